/* coopsim - GPL-3.0-or-later
 *
 * coopsim merge: the one file that users read. */
#include "sim/cli/expect.h"
#include "sim/cli/judge.h"
#include "sim/cli/sweep.h"
#include "sim/cli/text.h"
#include "sim/io/experiment.h"
#include "sim/io/merge.h"
#include "sim/io/seal.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* The directory's name with .h5, in the current directory. */
static void default_output(const char *directory, char *ret, size_t size)
{
    size_t end = strlen(directory);
    while (end > 1 && directory[end - 1] == '/')
        end--;
    size_t begin = end;
    while (begin > 0 && directory[begin - 1] != '/')
        begin--;
    const bool dots = strspn(directory + begin, "./") >= end - begin;
    snprintf(ret, size, "%.*s.h5", dots ? 5 : (int)(end - begin),
             dots ? "sweep" : directory + begin);
}

/* Rows of the runs that nobody has computed. */
static enum coop_status fill_rows(const struct coop_sweep_plan *plan,
                                  const struct coop_reader *reader, void **ret_bytes,
                                  size_t *ret_size)
{
    const size_t runs = plan->study->design.runs;
    size_t *number = calloc(runs, sizeof *number), missing = 0;
    struct coop_record *record = calloc(runs, sizeof *record);
    enum coop_run_status *ended = calloc(runs, sizeof *ended);
    enum coop_status status = COOP_OK;
    if (number == NULL || record == NULL || ended == NULL)
        status = COOP_FAIL(COOP_MEMORY, "out of memory for the missing runs");
    for (size_t r = 0; status == COOP_OK && r < runs; r++)
        if (reader->run[r].source == COOP_NO_SOURCE) {
            ended[missing] = COOP_RUN_STOPPED;
            number[missing++] = r;
        }
    if (status == COOP_OK && missing > 0)
        status = coop_sweep_plan_build(plan, number, missing, record, ended, ret_bytes, ret_size);
    free(number);
    free(record);
    free(ended);
    return status;
}

static enum coop_status fill(const struct coop_study *study, const struct coop_reader *reader,
                             void **ret_bytes, size_t *ret_size)
{
    struct coop_sweep_plan plan;
    enum coop_status status = coop_sweep_plan_init(&plan, study);
    if (status == COOP_OK)
        status = fill_rows(&plan, reader, ret_bytes, ret_size);
    coop_sweep_plan_free(&plan);
    return status;
}

/* Only for rows of missing runs and for expectations is the study needed; so results of another
 * version, whose configurations may be another's, are joined too. */
static enum coop_status open_study(struct coop_study *ret, const struct coop_arguments *arguments,
                                   const struct coop_reader *reader)
{
    const bool lacking = reader->done + reader->failed < reader->runs;
    struct coop_experiment experiment;
    struct coop_arguments resolved = *arguments;
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/experiment.yaml", reader->path);
    resolved.operand[0] = path;
    enum coop_status status = coop_experiment_read(&experiment, reader->path);
    const bool needed =
        status == COOP_OK && (lacking || strstr(experiment.resolved, "\nexpect:\n") != NULL);
    if (needed)
        status = coop_study_open_text(ret, &resolved, experiment.resolved);
    if (needed && status == COOP_OK && ret->design.runs != reader->runs)
        status = COOP_FAIL(COOP_REFUSED, "%s gives %zu runs instead of %zu", path, ret->design.runs,
                           reader->runs);
    coop_experiment_free(&experiment);
    return status;
}

static enum coop_status check(const struct coop_reader *reader, bool partial)
{
    if (!reader->is_sweep)
        return COOP_FAIL(COOP_USAGE, "%s is not the directory of a sweep", reader->path);
    if (!partial)
        return coop_reader_require_whole(reader);
    if (reader->sources == 0)
        return COOP_FAIL(COOP_REFUSED, "%s has no finished run", reader->path);
    for (size_t i = 0; i < reader->faults; i++)
        fprintf(stderr, "coopsim: warning: %s: %s: left out\n", reader->fault[i].path,
                reader->fault[i].text);
    return COOP_OK;
}

static enum coop_status merge(const struct coop_arguments *arguments, struct coop_reader *reader,
                              const char *path)
{
    struct coop_study study = {0};
    struct coop_conclusions judged = {0};
    void *filler = NULL, *bytes = NULL;
    size_t filler_size = 0, size = 0;
    const size_t done = reader->done, runs = reader->runs;
    enum coop_status status = check(reader, arguments->partial);
    if (status == COOP_OK)
        status = open_study(&study, arguments, reader);
    if (status == COOP_OK && study.config.expectations > 0)
        status = coop_findings_read(&study, reader, &judged.finding);
    if (status == COOP_OK && reader->done + reader->failed < reader->runs)
        status = fill(&study, reader, &filler, &filler_size);
    if (status == COOP_OK)
        status = coop_merge_build(reader, filler, filler_size, &bytes, &size);
    if (status == COOP_OK && study.config.expectations > 0)
        status = coop_conclusions_store(&study, &judged, &bytes, &size);
    if (status == COOP_OK)
        status = coop_seal_write(path, bytes, size, arguments->force);
    /* The reader holds the filler. */
    coop_reader_close(reader);
    free(filler);
    free(bytes);
    coop_conclusions_free(&judged);
    coop_study_close(&study);
    if (status == COOP_OK)
        printf("%s: %zu of %zu runs, %s\n", path, done, runs, coop_cli_bytes((double)size).text);
    return status;
}

enum coop_status coop_cli_merge(const struct coop_arguments *arguments)
{
    char name[PATH_MAX];
    const char *path = arguments->output;
    struct coop_reader reader;
    if (path == NULL) {
        default_output(arguments->operand[0], name, sizeof name);
        path = name;
    }
    COOP_TRY(coop_seal_check(path, 0, arguments->force));
    enum coop_status status = coop_reader_open(&reader, arguments->operand[0]);
    if (status == COOP_OK)
        status = merge(arguments, &reader, path);
    coop_reader_close(&reader);
    return status;
}
