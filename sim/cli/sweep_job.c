/* coopsim - GPL-3.0-or-later
 *
 * Computing a sweep: taking what its runs give, and the whole. */
#include "sim/cli/sweep_job.h"

#include "sim/cli/signals.h"

#include <stdio.h>
#include <stdlib.h>

void coop_sweep_job_fail(struct coop_sweep_job *job, enum coop_status status)
{
    snprintf(job->failure_text, sizeof job->failure_text, "%s", coop_status_message());
    job->failure = (int)status;
}

/* A run that failed has its row too, so that it is known. */
static void count(struct coop_sweep_job *job, struct coop_outcome *outcome)
{
    const size_t number = job->plan->todo[outcome->at];
    if (outcome->status == COOP_STOPPED) {
        job->stopped = true;
        coop_outcome_free(outcome);
        return;
    }
    if (outcome->status == COOP_OK) {
        job->result->done++;
        job->lived = job->lived + job->plan->worker_weeks[number];
        job->run_seconds = job->run_seconds + outcome->seconds;
    } else {
        job->result->failed++;
        if (job->limits->stop_on_error)
            job->stopped = true;
        fprintf(stderr, "coopsim: run %zu (%s) failed: %s\n", number,
                coop_design_plan(&job->plan->study->design, number).name, outcome->text);
    }
    if (outcome->script.set != NULL)
        coop_sweep_job_keep(job, outcome);
    else
        coop_outcome_free(outcome);
}

static bool collect(void *user, int thread, struct coop_outcome *outcome)
{
    struct coop_sweep_job *job = user;
    job->lane[thread].done = 0;
    count(job, outcome);
    if (job->progress.mode != COOP_PROGRESS_NONE)
        coop_sweep_job_print(job);
    return coop_sweep_job_due(job);
}

static void live(struct coop_sweep_job *job)
{
    const struct coop_sweep_plan *plan = job->plan;
    coop_sweep_live(&(struct coop_sweep){.model = plan->study->model,
                                         .design = &plan->study->design,
                                         .run = plan->todo,
                                         .runs = plan->todos,
                                         .threads = plan->study->threads,
                                         .side_by_side = coop_sweep_plan_side_by_side(plan),
                                         .keep_finals = plan->layout.kept != NULL,
                                         .calls = {.next = coop_sweep_job_next,
                                                   .watch = coop_sweep_job_watch,
                                                   .collect = collect,
                                                   .detach = coop_sweep_job_detach,
                                                   .write = coop_sweep_job_write,
                                                   .user = job}});
}

enum coop_status coop_sweep_compute(const struct coop_sweep_plan *plan,
                                    struct coop_shard_writer *writer,
                                    const struct coop_sweep_limits *limits,
                                    enum coop_progress_mode mode, struct coop_sweep_result *ret)
{
    const double now = coop_cli_now();
    struct coop_sweep_job job = {.plan = plan,
                                 .writer = writer,
                                 .limits = limits,
                                 .result = ret,
                                 .began = now,
                                 .sealed = now,
                                 .interval = coop_sweep_job_interval(limits),
                                 .deadline =
                                     limits->max_seconds > 0 ? now + limits->max_seconds : 0,
                                 .printing = ATOMIC_FLAG_INIT};
    *ret = (struct coop_sweep_result){0};
    job.lane = calloc((size_t)plan->study->threads, sizeof *job.lane);
    if (job.lane == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for %d threads", plan->study->threads);
    coop_signals_catch();
    coop_progress_begin(&job.progress, mode);
    live(&job);
    coop_progress_end(&job.progress);
    ret->seconds = coop_cli_now() - now;
    ret->stopped = job.stopped;
    ret->running = job.run_seconds;
    free(job.lane);
    free(job.pending.item);
    return job.failure == COOP_OK
               ? COOP_OK
               : COOP_FAIL((enum coop_status)job.failure, "%s", job.failure_text);
}
