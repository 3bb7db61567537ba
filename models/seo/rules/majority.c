/* coopsim - GPL-3.0-or-later
 *
 * Majority: proposals are put against each other until none loses, which with opinions on a line is
 * the median of the ballots, weighted by votes (Black 1948). If exactly half of the votes is on
 * either side of a gap the outcome is its middle.
 *
 * Whoever is below the median commands the range from there to the next ballot above, whoever is
 * above the range down to the next below, and who casts the median ballot both. */
#include "models/seo/rules/order.h"

/* Half of the votes, as far as 32-bit votes can tell. */
#define HALF_LOW (0.5 - SEO_VOTES_SLACK)
#define HALF_HIGH (0.5 + SEO_VOTES_SLACK)

static double median(const struct seo_ballots *ballots, size_t moved, bool low)
{
    return (seo_order_crossing(ballots, HALF_LOW, moved, low) +
            seo_order_crossing(ballots, HALF_HIGH, moved, low)) /
           2;
}

static double majority_outcome(const struct coop_batch *b, const struct seo_ballots *ballots)
{
    (void)b;
    seo_order_ballots(ballots);
    return median(ballots, SIZE_MAX, true);
}

static void majority_ranges(const struct coop_batch *b, const struct seo_ballots *ballots,
                            float *ret_range)
{
    (void)b;
    seo_order_ballots(ballots);
    for (size_t place = 0; place < ballots->holders; place++) {
        size_t h = ballots->order[place];
        ret_range[h] = ballots->vote[h] > 0
                           ? (float)(median(ballots, place, false) - median(ballots, place, true))
                           : 0.0f;
    }
}

SEO_RULE(majority) = {
    .mechanism = {.name = "majority",
                  .summary = "Rule: the median of the opinions, weighted by votes",
                  .source = "Black (1948), On the Rationale of Group Decision-making, Journal of "
                            "Political Economy 56(1), doi:10.1086/256633"},
    .outcome = majority_outcome,
    .ranges = majority_ranges,
};
