/* coopsim - GPL-3.0-or-later
 *
 * The mean of the opinions, weighted by votes: what rules come to that differ in who has how many
 * votes. A holder commands a range of outcomes as wide as its vote. */
#ifndef COOP_MODELS_SEO_RULES_MEAN_H
#define COOP_MODELS_SEO_RULES_MEAN_H

#include "models/seo/rules/rule.h"

static inline double seo_mean_outcome(const struct coop_batch *b, const struct seo_ballots *ballots)
{
    (void)b;
    double sum = 0;
    for (size_t h = 0; h < ballots->holders; h++)
        sum += (double)ballots->vote[h] * (double)ballots->opinion[h];
    return coop_clip(sum, 0, 1);
}

static inline void seo_mean_ranges(const struct coop_batch *b, const struct seo_ballots *ballots,
                                   float *ret_range)
{
    (void)b;
    memcpy(ret_range, ballots->vote, ballots->holders * sizeof *ret_range);
}

#endif
