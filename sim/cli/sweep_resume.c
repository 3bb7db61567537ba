/* coopsim - GPL-3.0-or-later
 *
 * The directory of a sweep: begun, or found and gone on with. */
#include "sim/cli/sweep.h"

#include "sim/io/claim.h"
#include "sim/io/experiment.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum coop_status coop_sweep_look(const struct coop_sweep_plan *plan, const char *directory,
                                 struct coop_reader *ret)
{
    char path[PATH_MAX];
    struct stat found;
    struct coop_experiment present;
    *ret = (struct coop_reader){0};
    snprintf(path, sizeof path, "%s/experiment.yaml", directory);
    if (stat(path, &found) != 0)
        return COOP_OK;
    enum coop_status status = coop_experiment_read(&present, directory);
    if (status == COOP_OK && strcmp(present.text, plan->experiment) != 0) {
        char *difference = coop_experiment_difference(present.text, plan->experiment);
        fprintf(stderr, "%s", difference != NULL ? difference : "");
        free(difference);
        status = COOP_FAIL(COOP_REFUSED,
                           "%s holds another experiment: take the settings and the version it was "
                           "begun with, or another directory",
                           directory);
    }
    coop_experiment_free(&present);
    return status == COOP_OK ? coop_reader_open(ret, directory) : status;
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
static enum coop_status find_todo(struct coop_sweep_plan *plan, struct coop_shard_writer *writer)
{
    struct coop_reader reader;
    enum coop_status status = coop_reader_open(&reader, writer->directory);
    if (status == COOP_OK) {
        leave_to_others(writer, &reader);
        status = tidy(writer, &reader);
    }
    if (status == COOP_OK)
        status = coop_sweep_plan_todo(plan, &reader);
    coop_reader_close(&reader);
    return status;
}

static enum coop_status compute(struct coop_sweep_plan *plan, const char *directory,
                                const struct coop_sweep_limits *limits,
                                enum coop_progress_mode mode, struct coop_sweep_result *ret)
{
    char range[COOP_SHARD_NAME / 2];
    struct coop_claim claim;
    struct coop_shard_writer writer = {.manifest = -1};
    snprintf(range, sizeof range, "%zu-of-%zu", plan->part, plan->parts);
    COOP_TRY(coop_claim_take(&claim, directory, plan->part, plan->parts));
    enum coop_status status = coop_shard_open(&writer, directory, range);
    if (status == COOP_OK)
        status = find_todo(plan, &writer);
    if (status == COOP_OK && plan->todos > 0)
        status = coop_sweep_compute(plan, &writer, limits, mode, ret);
    coop_shard_close(&writer);
    coop_claim_release(&claim);
    return status;
}

/* What is not done is a failure, of which the message says what to do. */
static enum coop_status judge(const struct coop_sweep_plan *plan,
                              const struct coop_sweep_limits *limits,
                              const struct coop_sweep_result *result)
{
    const size_t left = plan->todos - result->done - result->failed;
    if (left > 0 && (result->failed == 0 || !limits->stop_on_error))
        return COOP_FAIL(COOP_STOPPED,
                         "stopped: %zu of %zu runs were finished and %zu failed: the same command "
                         "goes on",
                         result->done, plan->todos, result->failed);
    if (result->failed > 0)
        return COOP_FAIL(COOP_RUN_FAILED,
                         "%zu of %zu runs failed: the same command tries them again",
                         result->failed, plan->todos);
    return COOP_OK;
}

enum coop_status coop_sweep_go_on(struct coop_sweep_plan *plan, const char *directory,
                                  const struct coop_sweep_limits *limits,
                                  enum coop_progress_mode mode, struct coop_sweep_result *ret)
{
    char *difference = NULL;
    *ret = (struct coop_sweep_result){0};
    enum coop_status status =
        coop_experiment_begin(directory, plan->experiment, &plan->provenance, &difference);
    if (difference != NULL)
        fprintf(stderr, "%s", difference);
    free(difference);
    if (status == COOP_OK)
        status = compute(plan, directory, limits, mode, ret);
    return status == COOP_OK ? judge(plan, limits, ret) : status;
}
