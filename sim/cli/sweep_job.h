/* coopsim - GPL-3.0-or-later
 *
 * Computing a sweep, inside sim/cli: what its parts share, which are when it stops
 * (sweep_stop.c), what is finished and not yet sealed (sweep_pending.c), and the whole
 * (sweep_job.c). */
#ifndef COOP_CLI_SWEEP_JOB_H
#define COOP_CLI_SWEEP_JOB_H

#include "sim/cli/sweep.h"
#include "sim/cli/text.h"

#include <stdatomic.h>

/* What a thread is doing. */
struct coop_sweep_lane {
    double began;
    _Atomic double done; /* worker-weeks of the present run */
};

struct coop_sweep_pending {
    struct coop_outcome *item;
    size_t count;
    double bytes;
};

struct coop_sweep_job {
    const struct coop_sweep_plan *plan;
    struct coop_shard_writer *writer;
    struct coop_sweep_result *result;
    const struct coop_sweep_limits *limits;
    double began, deadline /* 0: none */, sealed;
    size_t next;
    struct coop_sweep_pending pending;
    /* What more than one of the calls look at, each in its own time. */
    _Atomic double interval, lived, run_seconds; /* worker-weeks of finished runs, and their time */
    atomic_bool sealing /* somebody does, or is about to */, stopped;
    _Atomic int failure; /* enum coop_status of sealing */
    char failure_text[512];
    _Atomic double stop_at; /* 0: nobody has asked */
    atomic_flag printing;
    struct coop_progress progress;
    struct coop_sweep_lane *lane; /* [threads] */
};

/* The first failure of sealing ends the sweep; its text is that of coop_status_message(). */
void coop_sweep_job_fail(struct coop_sweep_job *job, enum coop_status status);

/* Calls of coop_sweep_live: a thread asks for its next run, and looks up while it computes. */
size_t coop_sweep_job_next(void *user);
int coop_sweep_job_watch(void *user, int thread, double done, double total);
void coop_sweep_job_print(struct coop_sweep_job *job);

/* What is finished is kept until it is due to be sealed, then detached and written. */
void coop_sweep_job_keep(struct coop_sweep_job *job, struct coop_outcome *outcome);
bool coop_sweep_job_due(struct coop_sweep_job *job);
void *coop_sweep_job_detach(void *user);
void coop_sweep_job_write(void *user, void *detached);
/* From one seal to the next at first, seconds. */
double coop_sweep_job_interval(const struct coop_sweep_limits *limits);

#endif
