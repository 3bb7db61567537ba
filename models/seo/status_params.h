/* coopsim - GPL-3.0-or-later
 *
 * The parameters of status (ODD 1): groups, education, hired hands. Several mechanisms read them, so
 * that they belong to the model's shared ones. */
#ifndef COOP_MODELS_SEO_STATUS_PARAMS_H
#define COOP_MODELS_SEO_STATUS_PARAMS_H

#include "sim/param/param.h"

/* Two categories, each of a group 0 and a group 1; together they make four groups. */
enum seo_category { SEO_GENDER, SEO_RACE, SEO_CATEGORIES };
enum { SEO_GROUPS = 1 << SEO_CATEGORIES, SEO_LEVELS = 4 /* of education, 0 to 3 */ };

enum seo_bias { SEO_BIAS_AUTONOMY, SEO_BIAS_VOICE, SEO_BIAS_ALLOCATION, SEO_BIAS_COUNT };

struct seo_category_params {
    double share;                /* of group 1 among those who come; 0: there are no groups */
    double bias[SEO_BIAS_COUNT]; /* against group 1 if negative */
};

struct seo_status_params {
    struct seo_category_params category[SEO_CATEGORIES];
    struct coop_real_list education; /* shares of the levels among those who come */
    double slowing;                  /* factor of the pace of learning for each missing level */
    double hired;                    /* share of hired hands among those who come */
};

#define SEO_SOURCE_STATUS "ODD 1 and 2"
#define SEO_GROUP_ROWS(X, name, id)                                                                \
    X(REAL, status.category[SEO_##id].share, #name ".share", 0, 0, 1, "1", "0",                    \
      "Share of " #name " group 1 among those who come; 0: there are no such groups",              \
      SEO_SOURCE_STATUS)                                                                           \
    X(REAL, status.category[SEO_##id].bias[SEO_BIAS_AUTONOMY], #name ".autonomy", 0, -10, 10,      \
      "logit", "0", "What status adds to the autonomy of " #name " group 1", "ODD 2, step 1")      \
    X(REAL, status.category[SEO_##id].bias[SEO_BIAS_VOICE], #name ".voice", 0, -10, 10, "1", "0",  \
      "What status adds to the log voice of " #name " group 1", "ODD 2, step 4")                   \
    X(REAL, status.category[SEO_##id].bias[SEO_BIAS_ALLOCATION], #name ".allocation", 0, -10, 10,  \
      "1", "0", "What status adds to the score of " #name " group 1 in filling a vacancy",         \
      "ODD 2, step 6")

#define SEO_STATUS_ROWS(X)                                                                         \
    SEO_GROUP_ROWS(X, gender, GENDER)                                                              \
    SEO_GROUP_ROWS(X, race, RACE)                                                                  \
    X(REALS, status.education, "education.shares", "0, 0, 0, 1", SEO_LEVELS, 0, 1, "1",            \
      "Shares of the levels of education 0 to 3 among those who come", SEO_SOURCE_STATUS)          \
    X(REAL, status.slowing, "education.slowing", .7, 0, 1, "1", "1",                               \
      "Factor of the pace of learning standard skills for each missing level of education",        \
      "ODD 2, step 2")                                                                             \
    X(REAL, status.hired, "rights.hired", 0, 0, 1, "1", "0",                                       \
      "Share of hired hands, who are no members, among those who come", SEO_SOURCE_STATUS)

#endif
