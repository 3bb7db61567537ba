/* coopsim - GPL-3.0-or-later
 *
 * Computing a sweep: which run is next, what is finished and not yet sealed, when to seal, when to
 * stop. */
#include "sim/cli/signals.h"
#include "sim/cli/sweep.h"
#include "sim/cli/text.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Sealing takes little beside computing: at first every two seconds, later every hundredth of the
 * time that was taken, at most every minute, and never so often that it takes more than a
 * thirtieth. What a kill can cost is what was computed since. */
static const double interval_least = 2, interval_most = 60, interval_share = 0.01,
                    interval_sealing = 30;
/* Sealed earlier if so much is waiting; and if sealing is slower than computing, who computes waits
 * from this size on. */
static const double bytes_due = 32e6, bytes_full = 256e6;
/* After a signal; batch systems leave 30 s or more between SIGTERM and SIGKILL. */
static const double drain_seconds = 10;
/* A run may take longer than those before it, for its size. */
static const double time_margin = 1.25;

/* What a thread is doing. */
struct lane {
    double began;
    _Atomic double done; /* worker-weeks of the present run */
};

struct pending {
    struct coop_outcome *item;
    size_t count;
    double bytes;
};

struct job {
    const struct coop_sweep_plan *plan;
    struct coop_shard_writer *writer;
    struct coop_sweep_result *result;
    const struct coop_sweep_limits *limits;
    double began, deadline /* 0: none */, sealed;
    size_t next;
    struct pending pending;
    /* What more than one of the calls look at, each in its own time. */
    _Atomic double interval, lived, run_seconds; /* worker-weeks of finished runs, and their time */
    atomic_bool sealing /* somebody does, or is about to */, stopped;
    _Atomic int failure; /* enum coop_status of sealing */
    char failure_text[512];
    _Atomic double stop_at; /* 0: nobody has asked */
    atomic_flag printing;
    struct coop_progress progress;
    struct lane *lane; /* [threads] */
};

/* When everything must stand still; 0: not yet known. */
static double stop_time(struct job *job)
{
    if (job->stop_at == 0 && coop_signals_stop() != 0)
        job->stop_at = coop_cli_now() + drain_seconds;
    if (job->deadline > 0 && (job->stop_at == 0 || job->deadline < job->stop_at))
        return job->deadline;
    return job->stop_at;
}

static bool fits(const struct job *job, size_t at, double now)
{
    const double rate = job->lived > 0 ? job->run_seconds / job->lived : 0;
    const double weeks = job->plan->worker_weeks[job->plan->todo[at]];
    return job->deadline == 0 || now + time_margin * rate * weeks < job->deadline;
}

static size_t next(void *user)
{
    struct job *job = user;
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
static void print_progress(struct job *job)
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

static int watch(void *user, int thread, double done, double total)
{
    struct job *job = user;
    struct lane *lane = &job->lane[thread];
    const double now = coop_cli_now(), stop = stop_time(job);
    if (lane->done == 0)
        lane->began = now;
    lane->done = done;
    if (job->progress.mode != COOP_PROGRESS_NONE)
        print_progress(job);
    if (job->failure != COOP_OK)
        return 1;
    if (stop == 0)
        return 0;
    /* After a signal a run goes on only if it will be finished in time. */
    const double left = (now - lane->began) * (total - done) / done;
    return now > stop || (job->stop_at > 0 && now + left > stop);
}

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

static void fail(struct job *job, enum coop_status status)
{
    snprintf(job->failure_text, sizeof job->failure_text, "%s", coop_status_message());
    job->failure = (int)status;
}

static void keep(struct job *job, struct coop_outcome *outcome)
{
    struct pending *pending = &job->pending;
    if ((pending->count & (pending->count - 1)) == 0) {
        const size_t room = pending->count > 0 ? 2 * pending->count : 1;
        struct coop_outcome *grown = realloc(pending->item, room * sizeof *grown);
        if (grown == NULL) {
            coop_outcome_free(outcome);
            COOP_FAIL(COOP_MEMORY, "out of memory for finished runs");
            fail(job, COOP_MEMORY);
            return;
        }
        pending->item = grown;
    }
    pending->bytes += bytes_of(&outcome->record);
    pending->item[pending->count++] = *outcome;
}

/* A run that failed has its row too, so that it is known. */
static void count(struct job *job, struct coop_outcome *outcome)
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
        keep(job, outcome);
    else
        coop_outcome_free(outcome);
}

static bool collect(void *user, int thread, struct coop_outcome *outcome)
{
    struct job *job = user;
    job->lane[thread].done = 0;
    count(job, outcome);
    if (job->progress.mode != COOP_PROGRESS_NONE)
        print_progress(job);
    const bool due = job->pending.count > 0 && (job->pending.bytes > bytes_due ||
                                                coop_cli_now() - job->sealed > job->interval);
    const bool now = due && (!job->sealing || job->pending.bytes > bytes_full);
    if (now)
        job->sealing = true;
    return now;
}

static void *detach(void *user)
{
    struct job *job = user;
    struct pending *detached = NULL;
    job->sealing = false;
    job->sealed = coop_cli_now();
    if (job->pending.count > 0 && (detached = malloc(sizeof *detached)) != NULL) {
        *detached = job->pending;
        job->pending = (struct pending){0};
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

static enum coop_status seal_rows(struct job *job, const struct pending *pending, struct rows *rows)
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

static enum coop_status seal(struct job *job, struct pending *pending)
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

static void write_pending(void *user, void *detached)
{
    struct job *job = user;
    struct pending *pending = detached;
    const double began = coop_cli_now();
    enum coop_status status = job->failure == COOP_OK ? seal(job, pending) : COOP_OK;
    if (status != COOP_OK)
        fail(job, status);
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

static void live(struct job *job)
{
    const struct coop_sweep_plan *plan = job->plan;
    coop_sweep_live(&(struct coop_sweep){.model = plan->study->model,
                                         .design = &plan->study->design,
                                         .run = plan->todo,
                                         .runs = plan->todos,
                                         .threads = plan->study->threads,
                                         .side_by_side = coop_sweep_plan_side_by_side(plan),
                                         .keep_finals = plan->layout.kept != NULL,
                                         .calls = {.next = next,
                                                   .watch = watch,
                                                   .collect = collect,
                                                   .detach = detach,
                                                   .write = write_pending,
                                                   .user = job}});
}

enum coop_status coop_sweep_compute(const struct coop_sweep_plan *plan,
                                    struct coop_shard_writer *writer,
                                    const struct coop_sweep_limits *limits,
                                    enum coop_progress_mode mode, struct coop_sweep_result *ret)
{
    const double now = coop_cli_now();
    struct job job = {.plan = plan,
                      .writer = writer,
                      .limits = limits,
                      .result = ret,
                      .began = now,
                      .sealed = now,
                      .interval = limits->seal_seconds > 0 ? limits->seal_seconds : interval_least,
                      .deadline = limits->max_seconds > 0 ? now + limits->max_seconds : 0,
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
