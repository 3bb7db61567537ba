/* coopsim - GPL-3.0-or-later */
#include "sim/engine/sweep.h"

#include <stdint.h>
#include <stdio.h>
#include <time.h>
#ifdef _OPENMP
#include <omp.h>
#endif

void coop_outcome_free(struct coop_outcome *outcome)
{
    coop_record_free(&outcome->record);
    coop_script_free(&outcome->script);
    *outcome = (struct coop_outcome){0};
}

/* Who watches a run, and from which thread. */
struct watcher {
    const struct coop_sweep *sweep;
    int thread;
};

static int watch(void *user, double done, double total)
{
    const struct watcher *watcher = user;
    const struct coop_sweep_calls *calls = &watcher->sweep->calls;
    return calls->watch(calls->user, watcher->thread, done, total);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static enum coop_status live(const struct coop_sweep *sweep, int thread,
                             struct coop_outcome *outcome)
{
    const size_t number = sweep->run[outcome->at];
    struct watcher watcher = {sweep, thread};
    struct coop_run run = {0};
    COOP_TRY(coop_design_script(sweep->design, number, &outcome->script));
    const double began = now();
    enum coop_status status = coop_run_init_script(
        &run, sweep->model, &outcome->script, coop_design_plan(sweep->design, number).replicate,
        sweep->side_by_side ? 1 : sweep->threads);
    if (status == COOP_OK)
        status = coop_run_record(&run, &outcome->record, watch, &watcher);
    coop_run_free(&run);
    outcome->seconds = now() - began;
    if (!sweep->keep_finals)
        coop_record_drop_finals(&outcome->record);
    return status;
}

/* A failure stays with its run. */
static void compute(const struct coop_sweep *sweep, int thread, size_t at, struct coop_outcome *ret)
{
    *ret = (struct coop_outcome){.at = at};
    ret->status = live(sweep, thread, ret);
    if (ret->status == COOP_OK)
        return;
    snprintf(ret->text, sizeof ret->text, "%s", coop_status_message());
    coop_record_free(&ret->record);
}

static void write_collected(const struct coop_sweep *sweep)
{
    const struct coop_sweep_calls *calls = &sweep->calls;
#pragma omp critical(coop_sweep_write)
    {
        void *detached;
#pragma omp critical(coop_sweep_collect)
        detached = calls->detach(calls->user);
        if (detached != NULL)
            calls->write(calls->user, detached);
    }
}

static void work(const struct coop_sweep *sweep, int thread)
{
    const struct coop_sweep_calls *calls = &sweep->calls;
    for (;;) {
        struct coop_outcome outcome;
        size_t at;
        bool due;
#pragma omp critical(coop_sweep_next)
        at = calls->next(calls->user);
        if (at == SIZE_MAX)
            return;
        compute(sweep, thread, at, &outcome);
#pragma omp critical(coop_sweep_collect)
        due = calls->collect(calls->user, thread, &outcome);
        if (due)
            write_collected(sweep);
    }
}

void coop_sweep_live(const struct coop_sweep *sweep)
{
    if (!sweep->side_by_side) {
        work(sweep, 0);
    } else {
#pragma omp parallel num_threads(sweep->threads)
        {
#ifdef _OPENMP
            work(sweep, omp_get_thread_num());
#else
            work(sweep, 0);
#endif
        }
    }
    write_collected(sweep);
}
