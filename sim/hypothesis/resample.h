/* coopsim - GPL-3.0-or-later
 *
 * The standard error of a statistic by the jackknife (Tukey 1958) and its interval by the bootstrap,
 * bias-corrected and accelerated (BCa; Efron 1987, doi:10.1080/01621459.1987.10478410): unlike
 * plain percentiles it is right for skewed statistics as correlations near 1 and Gini coefficients
 * near 0. The error of a ratio is Fieller's (1954): that an effect is e is tested by a mean that is
 * then 0, which stays right where the ratio is to little. Its tails are widened as Student's are beside the normal (Hesterberg 2015,
 * doi:10.1080/00031305.2015.1089789), without which it is too short below some 30 clusters. */
#ifndef COOP_HYPOTHESIS_RESAMPLE_H
#define COOP_HYPOTHESIS_RESAMPLE_H

#include "sim/hypothesis/statistic.h"

struct coop_estimate {
    double value;      /* NAN: undefined */
    double error;      /* standard error */
    double tilt, bend; /* where the effect is e instead, error^2 is error^2 + tilt (e - value) +
                          bend (e - value)^2: 0 but of ratios */
    double freedom;    /* degrees of freedom of the error */
    double low, high;  /* interval */
};

/* `seed` decides the draws of the bootstrap. `statistic` has two clusters or more. */
enum coop_status coop_resample(const struct coop_statistic *statistic, double level, uint64_t seed,
                               struct coop_estimate *ret);

#endif
