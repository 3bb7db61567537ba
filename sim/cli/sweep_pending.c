/* coopsim - GPL-3.0-or-later
 *
 * What is finished and not yet sealed, when it is sealed, and sealing it. */
#include "sim/cli/sweep_job.h"

#include <stdlib.h>
#include <unistd.h>

/* Sealing takes little beside computing: at first every two seconds, later every hundredth of the
 * time that was taken, at most every minute, and never so often that it takes more than a
 * thirtieth. What a kill can cost is what was computed since. */
static const double interval_least = 2, interval_most = 60, interval_share = 0.01,
                    interval_sealing = 30;
/* Sealed earlier if so much is waiting; and if sealing is slower than computing, who computes waits
 * from this size on. */
static const double bytes_due = 32e6, bytes_full = 256e6;

static double bytes_of(const struct coop_record *record)
{
    const double values = (double)record->measures * (double)record->times;
    const double panel = (double)record->panel_workers * (double)record->columns;
    double bytes = 2 * sizeof(double) * values * (double)(1 + record->regimes);
    if (record->organisation != NULL)
        bytes += sizeof(float) * values * (double)record->organisations;
    if (record->final_organisation != NULL)
        bytes += sizeof(float) * (double)record->measures * (double)record->organisations;
    return bytes + 4 * panel * (double)record->times + 8000;
}

void coop_sweep_job_keep(struct coop_sweep_job *job, struct coop_outcome *outcome)
{
    struct coop_sweep_pending *pending = &job->pending;
    if ((pending->count & (pending->count - 1)) == 0) {
        const size_t room = pending->count > 0 ? 2 * pending->count : 1;
        struct coop_outcome *grown = realloc(pending->item, room * sizeof *grown);
        if (grown == NULL) {
            coop_outcome_free(outcome);
            COOP_FAIL(COOP_MEMORY, "out of memory for finished runs");
            coop_sweep_job_fail(job, COOP_MEMORY);
            return;
        }
        pending->item = grown;
    }
    pending->bytes += bytes_of(&outcome->record);
    pending->item[pending->count++] = *outcome;
}

bool coop_sweep_job_due(struct coop_sweep_job *job)
{
    const bool due = job->pending.count > 0 && (job->pending.bytes > bytes_due ||
                                                coop_cli_now() - job->sealed > job->interval);
    const bool now = due && (!job->sealing || job->pending.bytes > bytes_full);
    if (now)
        job->sealing = true;
    return now;
}

void *coop_sweep_job_detach(void *user)
{
    struct coop_sweep_job *job = user;
    struct coop_sweep_pending *detached = NULL;
    job->sealing = false;
    job->sealed = coop_cli_now();
    if (job->pending.count > 0 && (detached = malloc(sizeof *detached)) != NULL) {
        *detached = job->pending;
        job->pending = (struct coop_sweep_pending){0};
        job->sealing = true;
    }
    return detached;
}

static int by_place(const void *a, const void *b)
{
    const struct coop_outcome *left = a, *right = b;
    return left->at < right->at ? -1 : left->at > right->at;
}

/* The arrays that a result is made of. */
struct rows {
    size_t *number;
    const struct coop_script **script;
    struct coop_record *record;
    enum coop_run_status *status;
};

static enum coop_status seal_rows(struct coop_sweep_job *job,
                                  const struct coop_sweep_pending *pending, struct rows *rows)
{
    const struct coop_sweep_plan *plan = job->plan;
    for (size_t i = 0; i < pending->count; i++) {
        const struct coop_outcome *outcome = &pending->item[i];
        rows->number[i] = plan->todo[outcome->at];
        rows->script[i] = &outcome->script;
        rows->record[i] = outcome->record;
        rows->status[i] = outcome->status == COOP_OK ? COOP_RUN_DONE : COOP_RUN_ERROR;
    }
    const struct coop_result result = {.model = plan->study->model,
                                       .design = &plan->study->design,
                                       .runs = pending->count,
                                       .number = rows->number,
                                       .script = rows->script,
                                       .layout = &plan->layout,
                                       .record = rows->record,
                                       .status = rows->status,
                                       .provenance = &plan->provenance};
    return coop_shard_seal(job->writer, &result,
                           &(struct coop_manifest_line){.pid = getpid(),
                                                        .seconds = coop_cli_now() - job->began,
                                                        .worker_weeks = job->lived});
}

static enum coop_status seal(struct coop_sweep_job *job, struct coop_sweep_pending *pending)
{
    const size_t n = pending->count;
    struct rows rows = {calloc(n, sizeof *rows.number), calloc(n, sizeof *rows.script),
                        calloc(n, sizeof *rows.record), calloc(n, sizeof *rows.status)};
    enum coop_status status = COOP_OK;
    qsort(pending->item, n, sizeof *pending->item, by_place);
    if (!rows.number || !rows.script || !rows.record || !rows.status)
        status = COOP_FAIL(COOP_MEMORY, "out of memory for %zu finished runs", n);
    else
        status = seal_rows(job, pending, &rows);
    free(rows.number);
    free(rows.script);
    free(rows.record);
    free(rows.status);
    return status;
}

static double clip(double value, double least, double most)
{
    return value < least ? least : value > most ? most : value;
}

static double next_interval(double seconds, double sealing)
{
    const double interval = clip(interval_share * seconds, interval_least, interval_most);
    return clip(interval_sealing * sealing, interval, interval_most);
}

void coop_sweep_job_write(void *user, void *detached)
{
    struct coop_sweep_job *job = user;
    struct coop_sweep_pending *pending = detached;
    const double began = coop_cli_now();
    enum coop_status status = job->failure == COOP_OK ? seal(job, pending) : COOP_OK;
    if (status != COOP_OK)
        coop_sweep_job_fail(job, status);
    for (size_t i = 0; i < pending->count; i++)
        coop_outcome_free(&pending->item[i]);
    free(pending->item);
    free(pending);
    const double taken = coop_cli_now() - began;
    job->result->sealing += taken;
    job->result->shards++;
    if (job->limits->seal_seconds == 0)
        job->interval = next_interval(coop_cli_now() - job->began, taken);
    job->sealing = false;
}

double coop_sweep_job_interval(const struct coop_sweep_limits *limits)
{
    return limits->seal_seconds > 0 ? limits->seal_seconds : interval_least;
}
