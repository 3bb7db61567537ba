/* coopsim - GPL-3.0-or-later
 *
 * Which run of a sweep is next, and when to stop: a signal, the time, a failure. */
#include "sim/cli/signals.h"
#include "sim/cli/sweep_job.h"

#include <stdlib.h>

/* After a signal; batch systems leave 30 s or more between SIGTERM and SIGKILL. */
static const double drain_seconds = 10;
/* A run may take longer than those before it, for its size. */
static const double time_margin = 1.25;

/* When everything must stand still; 0: not yet known. */
static double stop_time(struct coop_sweep_job *job)
{
    if (job->stop_at == 0 && coop_signals_stop() != 0)
        job->stop_at = coop_cli_now() + drain_seconds;
    if (job->deadline > 0 && (job->stop_at == 0 || job->deadline < job->stop_at))
        return job->deadline;
    return job->stop_at;
}

static bool fits(const struct coop_sweep_job *job, size_t at, double now)
{
    const double rate = job->lived > 0 ? job->run_seconds / job->lived : 0;
    const double weeks = job->plan->worker_weeks[job->plan->todo[at]];
    return job->deadline == 0 || now + time_margin * rate * weeks < job->deadline;
}

size_t coop_sweep_job_next(void *user)
{
    struct coop_sweep_job *job = user;
    const double now = coop_cli_now();
    if (job->failure != COOP_OK || job->stopped || job->next == job->plan->todos)
        return SIZE_MAX;
    if (coop_signals_stop() != 0 || !fits(job, job->next, now)) {
        job->stopped = true;
        return SIZE_MAX;
    }
    return job->next++;
}

/* By whoever comes by; the others do not wait. */
void coop_sweep_job_print(struct coop_sweep_job *job)
{
    char label[80];
    double done = job->lived;
    if (atomic_flag_test_and_set(&job->printing))
        return;
    for (int thread = 0; thread < job->plan->study->threads; thread++)
        done += job->lane[thread].done;
    snprintf(label, sizeof label, "%zu of %zu runs%s", job->result->done, job->plan->todos,
             job->result->failed > 0 ? ", some failed" : "");
    coop_progress_update(&job->progress, done, job->plan->todo_weeks, label);
    atomic_flag_clear(&job->printing);
}

int coop_sweep_job_watch(void *user, int thread, double done, double total)
{
    struct coop_sweep_job *job = user;
    struct coop_sweep_lane *lane = &job->lane[thread];
    const double now = coop_cli_now(), stop = stop_time(job);
    if (lane->done == 0)
        lane->began = now;
    lane->done = done;
    if (job->progress.mode != COOP_PROGRESS_NONE)
        coop_sweep_job_print(job);
    if (job->failure != COOP_OK)
        return 1;
    if (stop == 0)
        return 0;
    /* After a signal a run goes on only if it will be finished in time. */
    const double left = (now - lane->began) * (total - done) / done;
    return now > stop || (job->stop_at > 0 && now + left > stop);
}
