/* coopsim - GPL-3.0-or-later
 *
 * Many runs: side by side, each on one thread, or one after the other, each on all threads. Results
 * are the same either way. */
#ifndef COOP_ENGINE_SWEEP_H
#define COOP_ENGINE_SWEEP_H

#include "sim/engine/model.h"
#include "sim/engine/run.h"
#include "sim/param/design.h"

enum { COOP_OUTCOME_TEXT = 256 };

/* A run that has ended. Who collects it owns script and record. */
struct coop_outcome {
    size_t at; /* its place among the sweep's runs */
    enum coop_status status;
    char text[COOP_OUTCOME_TEXT]; /* why it failed */
    double seconds;               /* that the run took, with building its economy */
    struct coop_script script;
    struct coop_record record; /* zeroed unless the run is done */
};
void coop_outcome_free(struct coop_outcome *outcome); /* safe on a zeroed struct */

/* What the sweep asks and tells while it lasts. Nothing of it fails: what goes wrong is kept by
 * whom it happens to, and then no further run is started. */
struct coop_sweep_calls {
    /* The place of the next run, or SIZE_MAX; one thread at a time. */
    size_t (*next)(void *user);
    /* As coop_run_watch, by any thread at any time. */
    int (*watch)(void *user, int thread, double done, double total);
    /* Takes an outcome over; true if it is time to write. One thread at a time. */
    bool (*collect)(void *user, int thread, struct coop_outcome *outcome);
    /* Takes away what was collected, NULL if nothing; as collect, and not at the same time. */
    void *(*detach)(void *user);
    /* Writes it while others go on computing; one thread at a time. */
    void (*write)(void *user, void *detached);
    void *user;
};

struct coop_sweep {
    const struct coop_model *model;
    const struct coop_design *design;
    const size_t *run; /* numbers of the runs in the design */
    size_t runs;
    int threads;
    bool side_by_side;
    bool keep_finals; /* records keep the final values of each organisation */
    struct coop_sweep_calls calls;
};

/* Returns when no run is left, and all that was collected has been written. */
void coop_sweep_live(const struct coop_sweep *sweep);

#endif
