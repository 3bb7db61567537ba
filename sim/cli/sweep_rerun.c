/* coopsim - GPL-3.0-or-later
 *
 * coopsim rerun: one run again, from the result alone. */
#include "sim/cli/sweep.h"
#include "sim/cli/text.h"
#include "sim/io/merge.h"
#include "sim/io/store.h"
#include "sim/param/text.h"

#include <stdlib.h>
#include <string.h>

struct rerun {
    struct coop_reader *reader;
    const struct coop_study *study;
    size_t run;
};

/* "result.h5:17", of which the file may hold colons itself. */
static enum coop_status split(const char *word, char **ret_file, size_t *ret_run)
{
    const char *colon = strrchr(word, ':');
    int64_t number;
    if (colon == NULL || colon == word || coop_read_whole(colon + 1, &number) != COOP_NUMBER_FINE ||
        number < 0)
        return COOP_FAIL(COOP_USAGE,
                         "'%s' is not FILE:RUN - give a file, a colon and the number "
                         "of a run, from 0",
                         coop_show(word).text);
    *ret_run = (size_t)number;
    *ret_file = strndup(word, (size_t)(colon - word));
    return *ret_file != NULL ? COOP_OK : COOP_FAIL(COOP_MEMORY, "out of memory for a name");
}

static enum coop_status compute(const struct rerun *rerun, struct coop_record *record)
{
    const struct coop_design *design = &rerun->study->design;
    struct coop_script script;
    struct coop_run run = {0};
    enum coop_status status = coop_design_script(design, rerun->run, &script);
    if (status == COOP_OK)
        status = coop_run_init_script(&run, rerun->study->model, &script,
                                      coop_design_plan(design, rerun->run).replicate,
                                      rerun->study->threads);
    if (status == COOP_OK)
        status = coop_run_record(&run, record, NULL, NULL);
    coop_run_free(&run);
    coop_script_free(&script);
    return status;
}

static enum coop_status tell(const struct rerun *rerun, const void *bytes, size_t size)
{
    char different[160];
    size_t values;
    COOP_TRY(coop_merge_compare(rerun->reader, rerun->run, bytes, size, different, sizeof different,
                                &values));
    if (different[0] == '\0') {
        printf("%s:%zu: equal: all %s values, bit for bit\n", rerun->reader->path, rerun->run,
               coop_cli_count((double)values).text);
        return COOP_OK;
    }
    printf("%s:%zu: different\n", rerun->reader->path, rerun->run);
    return COOP_FAIL(COOP_REFUSED, "%s:%zu: `%s` is not what coopsim %s (%s) computes",
                     rerun->reader->path, rerun->run, different, coop_provenance_version(),
                     coop_provenance_revision());
}

static enum coop_status rerun_study(const struct rerun *rerun)
{
    struct coop_sweep_plan plan = {0};
    struct coop_record record = {0};
    void *bytes = NULL;
    size_t size = 0;
    const enum coop_run_status done = COOP_RUN_DONE;
    enum coop_status status = COOP_OK;
    if (rerun->study->design.runs != rerun->reader->runs)
        return COOP_FAIL(COOP_REFUSED, "%s: its configuration gives %zu runs instead of %zu",
                         rerun->reader->path, rerun->study->design.runs, rerun->reader->runs);
    status = coop_sweep_plan_init(&plan, rerun->study);
    if (status == COOP_OK)
        status = compute(rerun, &record);
    if (status == COOP_OK)
        status = coop_sweep_plan_build(&plan, &rerun->run, 1, &record, &done, &bytes, &size);
    if (status == COOP_OK)
        status = tell(rerun, bytes, size);
    coop_record_free(&record);
    coop_sweep_plan_free(&plan);
    free(bytes);
    return status;
}

static enum coop_status rerun_from(const struct coop_arguments *arguments,
                                   struct coop_reader *reader, size_t run)
{
    struct coop_study study = {0};
    struct coop_arguments resolved = *arguments;
    char *text = NULL;
    if (run >= reader->runs)
        return COOP_FAIL(COOP_USAGE, "%s has no run %zu: the last is %zu", reader->path, run,
                         reader->runs - 1);
    if (reader->run[run].status != COOP_RUN_DONE)
        return COOP_FAIL(COOP_REFUSED, "%s: run %zu is not done", reader->path, run);
    enum coop_status status = coop_reader_provenance(reader, "resolved_config", &text);
    resolved.operand[0] = reader->path;
    if (status == COOP_OK)
        status = coop_study_open_text(&study, &resolved, text);
    if (status == COOP_OK)
        status = rerun_study(&(struct rerun){reader, &study, run});
    coop_study_close(&study);
    free(text);
    return status;
}

enum coop_status coop_cli_rerun(const struct coop_arguments *arguments)
{
    struct coop_reader reader;
    char *file;
    size_t run = 0;
    COOP_TRY(split(arguments->operand[0], &file, &run));
    enum coop_status status = coop_reader_open(&reader, file);
    if (status == COOP_OK)
        status = rerun_from(arguments, &reader, run);
    coop_reader_close(&reader);
    free(file);
    return status;
}
