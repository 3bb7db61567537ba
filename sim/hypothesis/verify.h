/* coopsim - GPL-3.0-or-later
 *
 * What the words of hypotheses name, beside the model and the design. */
#ifndef COOP_HYPOTHESIS_VERIFY_H
#define COOP_HYPOTHESIS_VERIFY_H

#include "sim/engine/model.h"
#include "sim/param/design.h"
#include "sim/param/hypothesis.h"

/* Measures, cases and twins that are not there. Not what reading the configuration has already
 * reported. */
void coop_hypothesis_verify_names(const struct coop_model *model, const struct coop_config *config,
                                  struct coop_problems *problems);
/* What the runs of a design without errors cannot tell: parameters of trends that do not vary,
 * correlations without records of each organisation, lags beyond the run, measures of all
 * organisations together without replicates. */
void coop_hypothesis_verify_runs(const struct coop_model *model, const struct coop_config *config,
                                 const struct coop_design *design, struct coop_problems *problems);

#endif
