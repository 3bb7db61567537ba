/* coopsim - GPL-3.0-or-later
 *
 * The mean rule (ODD 2, step 5): the assembly deliberates until what it wants is the mean of the
 * opinions, weighted by votes. A holder commands a range of outcomes as wide as its vote. */
#include "models/seo/rules/rule.h"

static double mean_outcome(const struct coop_batch *b, const struct seo_ballots *ballots)
{
    (void)b;
    double sum = 0;
    for (size_t h = 0; h < ballots->holders; h++)
        sum += (double)ballots->vote[h] * (double)ballots->opinion[h];
    return coop_clip(sum, 0, 1);
}

static void mean_ranges(const struct coop_batch *b, const struct seo_ballots *ballots,
                        float *ret_range)
{
    (void)b;
    memcpy(ret_range, ballots->vote, ballots->holders * sizeof *ret_range);
}

SEO_RULE(mean) = {
    .mechanism = {.name = "mean",
                  .summary = "Rule: the mean of the opinions, weighted by votes",
                  .source = "ODD 2, step 5"},
    .outcome = mean_outcome,
    .ranges = mean_ranges,
};
