/* coopsim - GPL-3.0-or-later
 *
 * coopsim sweep: compute many runs into a directory, and go on with it. */
#include "sim/cli/sweep.h"

#include "sim/cli/estimate.h"
#include "sim/cli/text.h"
#include "sim/io/claim.h"
#include "sim/io/experiment.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LABEL_COLUMN = 16 };

/* What a sweep needs beside its plan. */
struct sweep {
    const struct coop_arguments *arguments;
    const char *directory;
    struct coop_sweep_plan plan;
    struct coop_sweep_limits limits;
};

static void print_line(const char *label, const char *text)
{
    printf("%-*s%s\n", LABEL_COLUMN, label, text);
}

/* The runs that the directory has already; `reader` stays closed if there is none. */
static enum coop_status look_at(const struct sweep *sweep, struct coop_reader *reader)
{
    char path[PATH_MAX];
    struct stat found;
    struct coop_experiment present;
    *reader = (struct coop_reader){0};
    snprintf(path, sizeof path, "%s/experiment.yaml", sweep->directory);
    if (stat(path, &found) != 0)
        return COOP_OK;
    enum coop_status status = coop_experiment_read(&present, sweep->directory);
    if (status == COOP_OK && strcmp(present.text, sweep->plan.experiment) != 0) {
        char *difference = coop_experiment_difference(present.text, sweep->plan.experiment);
        fprintf(stderr, "%s", difference != NULL ? difference : "");
        free(difference);
        status = COOP_FAIL(COOP_REFUSED, "%s holds another experiment", sweep->directory);
    }
    coop_experiment_free(&present);
    return status == COOP_OK ? coop_reader_open(reader, sweep->directory) : status;
}

static enum coop_status print_plan(const struct sweep *sweep)
{
    const struct coop_sweep_plan *plan = &sweep->plan;
    const struct coop_study *study = plan->study;
    struct coop_needs needs;
    double seconds;
    const double share = plan->all_weeks > 0 ? plan->todo_weeks / plan->all_weeks : 0;
    COOP_TRY(coop_estimate_needs(study, &needs));
    COOP_TRY(coop_estimate_seconds(study, &seconds));
    print_line("directory", sweep->directory);
    printf("%-*s%zu, of which part %zu of %zu has %zu to compute\n", LABEL_COLUMN, "runs",
           study->design.runs, plan->part, plan->parts, plan->todos);
    printf("%-*s%s\n", LABEL_COLUMN, "worker-weeks", coop_cli_count(plan->todo_weeks).text);
    printf("%-*s%d, %s\n", LABEL_COLUMN, "threads", study->threads,
           coop_sweep_plan_side_by_side(plan) ? "each with a run of its own"
                                              : "all on one run after the other");
    print_line("disk", coop_cli_bytes(needs.disk * share).text);
    printf("%-*sabout %s (an estimate from a short piece)\n", LABEL_COLUMN, "time",
           coop_cli_duration(seconds * share).text);
    return COOP_OK;
}

static enum coop_status dry_run(struct sweep *sweep)
{
    struct coop_reader reader;
    enum coop_status status = look_at(sweep, &reader);
    if (status == COOP_OK)
        status = coop_sweep_plan_todo(&sweep->plan, reader.run != NULL ? &reader : NULL);
    if (status == COOP_OK)
        status = print_plan(sweep);
    coop_reader_close(&reader);
    return status;
}

/* Shards at fault are put aside, and those without a line get one. */
static enum coop_status tidy(struct coop_shard_writer *writer, struct coop_reader *reader)
{
    for (size_t i = 0; i < reader->faults; i++) {
        char moved[PATH_MAX];
        const char *name = strrchr(reader->fault[i].path, '/') + 1;
        COOP_TRY(coop_shard_quarantine(writer->directory, name, moved, sizeof moved));
        fprintf(stderr, "coopsim: warning: %s: %s: its runs are computed again\n",
                reader->fault[i].path, reader->fault[i].text);
    }
    for (size_t i = 0; i < reader->sources; i++) {
        const struct coop_sealed_file *source = &reader->source[i];
        if (source->listed)
            continue;
        COOP_TRY(coop_shard_adopt(writer, strrchr(source->path, '/') + 1, source->sha256,
                                  source->size, source->number, source->status, source->rows));
    }
    return COOP_OK;
}

/* A process tidies up what belongs to nobody else: its own range's shards, all of them if it is
 * alone. Others' shards are written while we look. */
static bool is_ours(const struct coop_shard_writer *writer, const char *path)
{
    const char *name = strrchr(path, '/') + 1;
    const size_t length = strlen(writer->range);
    return strcmp(writer->range, "1-of-1") == 0 ||
           (strncmp(name, writer->range, length) == 0 && name[length] == '-');
}

static void leave_to_others(const struct coop_shard_writer *writer, struct coop_reader *reader)
{
    for (size_t i = reader->faults; i > 0; i--)
        if (!is_ours(writer, reader->fault[i - 1].path)) {
            free(reader->fault[i - 1].path);
            free(reader->fault[i - 1].text);
            reader->fault[i - 1] = reader->fault[--reader->faults];
        }
    for (size_t i = 0; i < reader->sources; i++)
        if (!is_ours(writer, reader->source[i].path))
            reader->source[i].listed = true;
}

/* What is there already is read, and closed again before anything is computed. */
static enum coop_status resume(struct sweep *sweep, struct coop_shard_writer *writer)
{
    struct coop_reader reader;
    enum coop_status status = coop_reader_open(&reader, sweep->directory);
    if (status == COOP_OK) {
        leave_to_others(writer, &reader);
        status = tidy(writer, &reader);
    }
    if (status == COOP_OK)
        status = coop_sweep_plan_todo(&sweep->plan, &reader);
    coop_reader_close(&reader);
    return status;
}

static enum coop_status report(const struct sweep *sweep, const struct coop_sweep_result *result)
{
    const struct coop_sweep_plan *plan = &sweep->plan;
    const size_t left = plan->todos - result->done - result->failed;
    if (left > 0 && (result->failed == 0 || sweep->arguments->on_error == COOP_ON_ERROR_CONTINUE))
        return COOP_FAIL(COOP_STOPPED,
                         "stopped: %zu of %zu runs were finished and %zu failed: the same command "
                         "goes on",
                         result->done, plan->todos, result->failed);
    if (result->failed > 0)
        return COOP_FAIL(COOP_RUN_FAILED,
                         "%zu of %zu runs failed: the same command tries them again",
                         result->failed, plan->todos);
    printf("%s: %zu run%s computed in %s on %d thread%s, %s worker-weeks a second (within runs "
           "%.2f s, "
           "sealing %.2f s)\n",
           sweep->directory, result->done, result->done == 1 ? "" : "s",
           coop_cli_duration(result->seconds).text, plan->study->threads,
           plan->study->threads == 1 ? "" : "s",
           coop_cli_count(plan->todo_weeks / (result->seconds > 0 ? result->seconds : 1)).text,
           result->running, result->sealing);
    return COOP_OK;
}

static enum coop_status compute(struct sweep *sweep, struct coop_shard_writer *writer)
{
    struct coop_sweep_result result = {0};
    COOP_TRY(resume(sweep, writer));
    if (sweep->plan.todos > 0)
        COOP_TRY(coop_sweep_compute(&sweep->plan, writer, &sweep->limits,
                                    (enum coop_progress_mode)sweep->arguments->progress, &result));
    return report(sweep, &result);
}

static enum coop_status claim_and_compute(struct sweep *sweep)
{
    char range[COOP_SHARD_NAME / 2];
    struct coop_claim claim;
    struct coop_shard_writer writer = {.manifest = -1};
    snprintf(range, sizeof range, "%zu-of-%zu", sweep->plan.part, sweep->plan.parts);
    COOP_TRY(coop_claim_take(&claim, sweep->directory, sweep->plan.part, sweep->plan.parts));
    enum coop_status status = coop_shard_open(&writer, sweep->directory, range);
    if (status == COOP_OK)
        status = compute(sweep, &writer);
    coop_shard_close(&writer);
    coop_claim_release(&claim);
    return status;
}

static enum coop_status begin(struct sweep *sweep)
{
    char *difference = NULL;
    const enum coop_status status = coop_experiment_begin(sweep->directory, sweep->plan.experiment,
                                                          &sweep->plan.provenance, &difference);
    if (difference != NULL)
        fprintf(stderr, "%s", difference);
    free(difference);
    return status == COOP_OK ? claim_and_compute(sweep) : status;
}

static enum coop_status run_sweep(const struct coop_study *study,
                                  const struct coop_arguments *arguments)
{
    struct sweep sweep = {.arguments = arguments,
                          .directory = arguments->output,
                          .limits = {.stop_on_error = arguments->on_error == COOP_ON_ERROR_STOP}};
    enum coop_status status = coop_sweep_plan_init(&sweep.plan, study);
    if (status == COOP_OK)
        status = coop_sweep_plan_part(&sweep.plan, arguments->shard);
    if (status == COOP_OK && arguments->max_time != NULL)
        status = coop_cli_read_time("--max-time", arguments->max_time, &sweep.limits.max_seconds);
    if (status == COOP_OK && arguments->seal_every != NULL)
        status =
            coop_cli_read_time("--seal-every", arguments->seal_every, &sweep.limits.seal_seconds);
    if (status == COOP_OK)
        status = arguments->dry_run ? dry_run(&sweep) : begin(&sweep);
    coop_sweep_plan_free(&sweep.plan);
    return status;
}

enum coop_status coop_cli_sweep(const struct coop_arguments *arguments)
{
    struct coop_study study;
    if (arguments->output == NULL)
        return COOP_FAIL(COOP_USAGE, "coopsim sweep needs -o DIR");
    enum coop_status status = coop_study_open(&study, arguments);
    if (status == COOP_OK)
        status = run_sweep(&study, arguments);
    coop_study_close(&study);
    return status;
}
