/* coopsim - GPL-3.0-or-later
 *
 * An experiment changes a cause by hand in week 0, right before the one mechanism that reads it,
 * and looks at what this mechanism makes of it in the same week. The week begins in a state in
 * which persons, positions and organisations differ in everything (experiment_set_up makes it), so
 * that runs with other parameters begin in the same state. */
#ifndef COOP_TESTS_LAW_EXPERIMENT_H
#define COOP_TESTS_LAW_EXPERIMENT_H

#include "tests/law/village.h"

enum experiment_hook { EXPERIMENT_MONTH, EXPERIMENT_DERIVE, EXPERIMENT_ACT };

enum experiment_change {
    EXPERIMENT_KEPT,      /* as it is */
    EXPERIMENT_EXCHANGED, /* first for last, second for last but one, and so on: the workers of an
                             organisation, or the organisations */
    EXPERIMENT_RAISED,    /* higher by a twentieth: the last position's, or all organisations' */
    EXPERIMENT_TILTED,  /* half as much again as the mean for the upper half of the positions, half
                             of it for the lower */
    EXPERIMENT_LEVELLED /* the same for all: `level`, or the organisation's mean if it is NAN */
};

/* Fields are named with blanks between, a single component as "voted:3". */
struct experiment {
    const char *mechanism;
    enum experiment_hook hook; /* before which of the mechanism's hooks the cause is changed */
    const char *cause, *effect;
    double level;
    bool last; /* look at the effects on the last position alone */
};

/* The effects, all components of all workers or organisations, one after the other. */
struct experiment_outcome {
    double value[32768];
    size_t count;
};

void experiment_run(const struct experiment *experiment, const char *assignments,
                    enum experiment_change how, struct experiment_outcome *ret);
/* The largest difference of two outcomes. */
double experiment_distance(const struct experiment_outcome *a, const struct experiment_outcome *b);

/* The state described above, in a run at week 0. */
void experiment_set_up(struct coop_run *run);

#endif
