/* coopsim - GPL-3.0-or-later
 *
 * The effects of a hypothesis, each with its claim and its estimate. */
#ifndef COOP_HYPOTHESIS_EFFECTS_H
#define COOP_HYPOTHESIS_EFFECTS_H

#include "sim/hypothesis/claim.h"

struct coop_effects {
    size_t count;
    struct coop_claim *claim;       /* [count] */
    struct coop_estimate *estimate; /* [count]; of a correlation on the scale of Fisher's z */
    size_t (*pair)[2];              /* [count] of an ordering: numbers of the two cases */
};

/* `sample` has no reason not to be judged. Free `ret` in any case. */
enum coop_status coop_effects_init(struct coop_effects *ret,
                                   const struct coop_hypothesis *hypothesis,
                                   const struct coop_sample *sample, uint64_t seed);
void coop_effects_free(struct coop_effects *effects); /* safe on a zeroed struct */

#endif
