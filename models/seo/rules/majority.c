/* coopsim - GPL-3.0-or-later
 *
 * Majority: proposals are put against each other until none loses, which with opinions on a line is
 * the median of the ballots, weighted by votes (Black 1948). If exactly half of the votes is on
 * either side of a gap the outcome is its middle.
 *
 * Whoever is below the median commands the range from there to the next ballot above, whoever is
 * above the range down to the next below, and who casts the median ballot both. */
#include "models/seo/rules/rule.h"

/* Half of the votes, as far as 32-bit votes can tell. */
#define HALF_LOW (0.5 - 1e-6)
#define HALF_HIGH (0.5 + 1e-6)

/* Holders in the order of rising opinions. */
static void sort_holders(const struct seo_ballots *ballots)
{
    coop_rank(ballots->opinion, ballots->holders, ballots->rank, ballots->spare);
    for (size_t h = 0; h < ballots->holders; h++)
        ballots->order[(size_t)ballots->rank[h]] = (uint32_t)h;
}

/* Sums of the votes in that order. */
static void sum_votes(const struct seo_ballots *ballots)
{
    double sum = 0;
    for (size_t place = 0; place < ballots->holders; place++) {
        sum += (double)ballots->vote[ballots->order[place]];
        ballots->sum[place] = (float)sum;
    }
}

/* The opinion at which the votes counted from below exceed a level, when the holder at place `moved`
 * casts its ballot at 0 (`low`) or at 1 instead; SIZE_MAX: nobody moves. Found by bisection: votes
 * that move down count at every place, votes that move up at none. */
static double crossing(const struct seo_ballots *ballots, double level, size_t moved, bool low)
{
    double vote = moved < SIZE_MAX ? (double)ballots->vote[ballots->order[moved]] : 0;
    size_t begin = 0, end = ballots->holders;
    while (begin < end) {
        size_t place = begin + (end - begin) / 2;
        double counted = (double)ballots->sum[place];
        counted += low && place < moved ? vote : !low && place >= moved ? -vote : 0;
        if (counted > level)
            end = place;
        else
            begin = place + 1;
    }
    if (begin == ballots->holders)
        return 1;
    return begin == moved ? 0 : (double)ballots->opinion[ballots->order[begin]];
}

static double median(const struct seo_ballots *ballots, size_t moved, bool low)
{
    return (crossing(ballots, HALF_LOW, moved, low) + crossing(ballots, HALF_HIGH, moved, low)) / 2;
}

static double majority_outcome(const struct coop_batch *b, const struct seo_ballots *ballots)
{
    (void)b;
    sort_holders(ballots);
    sum_votes(ballots);
    return median(ballots, SIZE_MAX, true);
}

static void majority_ranges(const struct coop_batch *b, const struct seo_ballots *ballots,
                            float *ret_range)
{
    (void)b;
    sort_holders(ballots);
    sum_votes(ballots);
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
