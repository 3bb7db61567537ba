/* coopsim - GPL-3.0-or-later
 *
 * What a hypothesis claims of one effect, the chances of its estimate if the claim is wrong and if
 * it is right, and the number of clusters that would tell. */
#ifndef COOP_HYPOTHESIS_CLAIM_H
#define COOP_HYPOTHESIS_CLAIM_H

#include "sim/hypothesis/resample.h"

enum coop_claim_kind { COOP_CLAIM_ABOVE, COOP_CLAIM_BELOW, COOP_CLAIM_INSIDE, COOP_CLAIM_NONE };

/* The effect is above `low`, below `high`, or between them; without a claim `low` is what it is
 * compared with. */
struct coop_claim {
    enum coop_claim_kind kind;
    double low, high;
};

/* One-sided p values by Student's t: how likely an estimate that speaks so much for the claim is
 * where the claim just fails, and one that speaks so much against it where it just holds. INSIDE
 * takes two one-sided tests for it (Schuirmann 1987, doi:10.1007/BF01068419), the farther bound
 * deciding, and against it the one on the estimate's side. NONE: above and below. */
double coop_claim_p_for(const struct coop_claim *claim, const struct coop_estimate *estimate);
double coop_claim_p_against(const struct coop_claim *claim, const struct coop_estimate *estimate);

/* How far an estimate is beyond the claim's nearest bound, in standard errors; negative: not beyond. */
double coop_claim_lead(const struct coop_claim *claim, const struct coop_estimate *estimate);

/* The smallest number of clusters at which claims, the estimates being true, are shown with
 * probability .8 in one-sided tests at `alpha`, all of them if all estimates are as claimed, else
 * one of them wrong (at alpha / count). INFINITY if no number below 1e9 does. `clusters` is the
 * number that the estimates' errors are of. */
double coop_claims_enough(const struct coop_claim *claim, const struct coop_estimate *estimate,
                          size_t count, size_t clusters, double alpha);

#endif
