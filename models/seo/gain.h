/* coopsim - GPL-3.0-or-later
 *
 * The critical gain (ODD 6), by its parts. */
#ifndef COOP_MODELS_SEO_GAIN_H
#define COOP_MODELS_SEO_GAIN_H

#include "models/seo/seo.h"

#define seo_gain_find COOP_ISA_NAME(seo_gain_find)
#define seo_gain COOP_ISA_NAME(seo_gain)

/* By how much power answers, among equals, to what is larger by 1 (in the logarithm, or of
 * know-how itself). */
struct seo_gain {
    double autonomy;     /* A of the equal job, the mean of its facets */
    double slope;        /* mean of A_f (1 - A_f): how autonomy answers to its logit */
    double kappa;        /* kappa_Z: how know-how answers to standing */
    double voice;        /* how power answers to the voice */
    double know, office; /* theta_Z and theta_O, 0 where they are cut */
    double turnout;      /* how power answers to standing by way of attendance; 0 if all attend */
    double total;        /* Gamma: equality is stable below 1 */
};

/* Of the values in week 0. NAN in `total` where the law is not derived: under another rule than the
 * mean, and with homophily. */
struct seo_gain seo_gain_find(const struct coop_param_set *set);
/* The total alone. */
double seo_gain(const struct coop_param_set *set);

#endif
