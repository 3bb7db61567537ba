/* coopsim - GPL-3.0-or-later
 *
 * What was judged of a result: the groups /expectations and /hypotheses, added to a file that is
 * otherwise finished, so that it has the same bytes whoever computed the runs and whenever it is
 * judged. */
#ifndef COOP_IO_STORE_JUDGED_H
#define COOP_IO_STORE_JUDGED_H

#include "sim/engine/expect.h"
#include "sim/engine/model.h"
#include "sim/hypothesis/judge.h"

struct coop_judged_result {
    const struct coop_model *model;
    const struct coop_design *design;
    const struct coop_expectation *expectation; /* [expectations] */
    const struct coop_finding *finding;         /* [expectations] */
    size_t expectations;
    const struct coop_hypothesis *hypothesis; /* [hypotheses] */
    const struct coop_judgement *judgement;   /* [hypotheses] */
    size_t hypotheses;
};

/* Adds the groups to a sealed file in memory: expectations unless they are there, hypotheses in the
 * place of earlier ones. `bytes` may move. */
enum coop_status coop_store_judged(void **bytes, size_t *size,
                                   const struct coop_judged_result *judged);

#endif
