/* coopsim - GPL-3.0-or-later
 *
 * Consensus: a variable moves from where it is only as far as a share theta of the votes
 * (`consensus.threshold`, all by default) goes along,
 *
 *     y* = sup {c > now: votes with x >= c reach theta}, or the same downwards, else now.
 *
 * With more than half of the votes needed, only one direction can be open: y* is `now`, clipped
 * between the opinion that theta of the votes reach from above and the one that they reach from
 * below. Everybody has a veto at theta = 1, and what there is needs no majority. */
#include "models/seo/rules/order.h"

#define COOP_OWNER consensus
#define SOURCE "Buchanan and Tullock (1962), The Calculus of Consent; ODD 2, step 5"
#define CONSENSUS_PARAMS(X)                                                                        \
    X(REAL, threshold, "consensus.threshold", 1, .51, 1, "1", NULL,                                \
      "Share of the votes that a move needs under the rule consensus", SOURCE)
COOP_PARAMS(CONSENSUS_PARAMS)

/* As far as the votes go along when the holder at place `moved` casts its ballot at an end. */
static double reach(const struct coop_batch *b, const struct seo_ballots *ballots, double all,
                    size_t moved, bool low)
{
    const struct consensus_params *params = b->params;
    double needed = all * params->threshold - SEO_VOTES_SLACK;
    double up = seo_order_crossing(ballots, all - needed, moved, low);
    double down = seo_order_crossing(ballots, needed, moved, low);
    return coop_clip(ballots->now, up, down);
}

static double consensus_outcome(const struct coop_batch *b, const struct seo_ballots *ballots)
{
    return reach(b, ballots, seo_order_ballots(ballots), SIZE_MAX, true);
}

static void consensus_ranges(const struct coop_batch *b, const struct seo_ballots *ballots,
                             float *ret_range)
{
    double all = seo_order_ballots(ballots);
    for (size_t place = 0; place < ballots->holders; place++) {
        size_t h = ballots->order[place];
        ret_range[h] = ballots->vote[h] > 0 ? (float)(reach(b, ballots, all, place, false) -
                                                      reach(b, ballots, all, place, true))
                                            : 0.0f;
    }
}

SEO_RULE(consensus) = {
    .mechanism = {.name = "consensus",
                  .summary = "Rule: as far from what there is as enough votes go along",
                  .source = SOURCE,
                  .params = &consensus_table},
    .outcome = consensus_outcome,
    .ranges = consensus_ranges,
};
