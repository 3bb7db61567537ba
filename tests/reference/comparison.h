/* coopsim - GPL-3.0-or-later
 *
 * Lives a configuration twice, with the engine and with the reference, and compares every worker
 * and every organisation each month. */
#ifndef COOP_TESTS_REFERENCE_COMPARISON_H
#define COOP_TESTS_REFERENCE_COMPARISON_H

#include "sim/engine/run.h"
#include "tests/reference/reference.h"

/* Either of a value, or absolute where the value is below 1. */
struct comparison {
    double tolerance, largest /* difference so far */;
    char where[200]; /* it was */

    const char *name;
    struct coop_param_set set;
    const struct coop_param_table *table[COOP_OWNERS_MAX];
    struct coop_run run;
    struct coop_streams streams;
    struct reference reference;
    const struct coop_batch *batch; /* of the engine, the one looked at */
};

/* Both in the state of week 0, for "name=value; name=value". A failure fails the test. */
void comparison_set_up(struct comparison *ret, const char *name, const char *assignments,
                       double tolerance);
/* Lives whole months; the first value that differs too much fails the test. */
void comparison_live(struct comparison *c, int64_t weeks);
void comparison_tear_down(struct comparison *c);

#endif
