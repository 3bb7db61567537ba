/* coopsim - GPL-3.0-or-later
 *
 * A statistic of a sample as a function of weights of its clusters, so that leaving out clusters
 * (jackknife) and drawing them again (bootstrap) are only other weights. There are three: the mean
 * of a linear combination of columns, the share of a swap, which is half of one plus the ratio of two
 * means, and Fisher's z of Spearman's rank correlation. */
#ifndef COOP_HYPOTHESIS_STATISTIC_H
#define COOP_HYPOTHESIS_STATISTIC_H

#include "sim/hypothesis/sample.h"

/* One correlation: pairs in the order of each variable. */
struct coop_ranking {
    const double *value;
    size_t *order; /* [pairs], by rising value */
};
struct coop_correlated {
    size_t pairs;
    double *x, *y;   /* [pairs] */
    size_t *cluster; /* [pairs] */
    struct coop_ranking by_x, by_y;
};

struct coop_statistic {
    size_t clusters;
    double *score;                      /* [clusters] of a mean or ratio; NULL: a correlation */
    double *base;                       /* [clusters] what a ratio is to; NULL: no ratio */
    struct coop_correlated *correlated; /* [correlations] */
    size_t correlations;
    double *weight, *rank_x, *rank_y; /* [largest pairs] room for a correlation */
};

/* The mean over clusters of their means of sum_c coefficient[c] column[c]. */
enum coop_status coop_statistic_init_linear(struct coop_statistic *ret,
                                            const struct coop_sample *sample,
                                            const double *coefficient);
/* 1/2 (1 + mean of the first column / mean of the second), means over clusters of their means. */
enum coop_status coop_statistic_init_share(struct coop_statistic *ret,
                                           const struct coop_sample *sample);
/* Rank correlation of the first half of the columns with the second half: within each case, of
 * which the mean of Fisher's z is taken, or if `pooled` over all cases as if they were one. */
enum coop_status coop_statistic_init_correlation(struct coop_statistic *ret,
                                                 const struct coop_sample *sample, bool pooled);
void coop_statistic_free(struct coop_statistic *statistic); /* safe on a zeroed struct */

/* `weight` [clusters], each >= 0. NAN if it is undefined: no weight, a variable that does not
 * vary, or a ratio to 0 or less. Of a correlation it is Fisher's z = atanh r, with |r| at most 1 - 1e-9. */
double coop_statistic_value(const struct coop_statistic *statistic, const double *weight);

#endif
