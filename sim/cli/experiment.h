/* coopsim - GPL-3.0-or-later
 *
 * Replicates and design of a study, as words. */
#ifndef COOP_CLI_EXPERIMENT_H
#define COOP_CLI_EXPERIMENT_H

#include "sim/cli/runs.h"

/* For `check`: the number of runs and what it is made of, the design and its axes; nothing without
 * replicates and design. The heading takes `column` columns. */
void coop_experiment_print(const struct coop_study *study, size_t column);

/* The headline of an experiment: of each case at each point the mean over replicates. */
void coop_experiment_headline_print(const struct coop_runs *runs);

#endif
