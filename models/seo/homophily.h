/* coopsim - GPL-3.0-or-later
 *
 * Listening rather to one's like (ODD 2, step 4), for the assembly in influence.c. */
#ifndef COOP_MODELS_SEO_HOMOPHILY_H
#define COOP_MODELS_SEO_HOMOPHILY_H

#include "models/seo/seo.h"

/* A function of one name for each instruction set level that the models are compiled for. */
#define seo_homophily_acts COOP_ISA_NAME(seo_homophily_acts)
#define seo_homophily_reach COOP_ISA_NAME(seo_homophily_reach)

/* Whether there are groups whose members listen rather to each other, or rather to others. */
bool seo_homophily_acts(const struct coop_batch *b);

/* By how much more than v / sum v each group's voices move organisation o, which has met: voice i
 * convinces of ret_reach[group of i] v_i / sum v. `vote` is [lanes], the formal votes at any scale,
 * not all 0. Without homophily all would be 1. Returns sum v. */
double seo_homophily_reach(const struct coop_batch *b, size_t o, const float *vote,
                           double ret_reach[SEO_GROUPS]);

#endif
