/* coopsim - GPL-3.0-or-later
 *
 * coopsim test: compute the runs, or what is missing of them, and judge the hypotheses. */
#include "sim/cli/complete.h"
#include "sim/cli/estimate.h"
#include "sim/cli/expect.h"
#include "sim/cli/judge.h"
#include "sim/cli/text.h"
#include "sim/cli/verdicts.h"
#include "sim/hypothesis/records.h"
#include "sim/io/seal.h"

#include <stdlib.h>
#include <string.h>

static void print_head(const struct coop_study *study)
{
    const struct coop_settings *settings = coop_study_settings(&study->design.script[0]);
    if (*study->config.title != '\0')
        coop_cli_print_lines(stdout, "", study->config.title);
    printf("Means of the last %lld of %lld weeks; seed %lld",
           (long long)coop_cli_last_weeks(settings), (long long)settings->weeks,
           (long long)settings->seed);
    if (study->design.points > 1)
        printf("; over %zu points of a design", study->design.points);
    printf("\n\n");
}

static void print(const struct coop_study *study, const struct coop_judgement *judgement,
                  const struct coop_finding *finding, enum coop_table_format format)
{
    if (format == COOP_TABLE_TEXT)
        print_head(study);
    if (format != COOP_TABLE_TEXT || study->config.hypotheses > 0)
        coop_verdicts_print(&study->config, judgement, format);
    if (format == COOP_TABLE_TEXT)
        coop_findings_print(study, finding);
}

static enum coop_status fail_empty(const char *name)
{
    return COOP_FAIL(COOP_USAGE, "no hypotheses in %s - add a list 'hypotheses'", name);
}

static enum coop_status judge_runs(const struct coop_runs *runs, struct coop_judgement **ret)
{
    struct coop_records records = {runs->study->model, &runs->study->design, runs->script,
                                   runs->record};
    const struct coop_source source = coop_records_source(&records);
    return coop_judge_source(runs->study, &source, ret);
}

/* What was finished is written, and judged unless the user wants to stop. */
static enum coop_status report(const struct coop_runs *runs, const struct coop_arguments *arguments,
                               enum coop_status status)
{
    struct coop_judgement *judgement = NULL;
    enum coop_status written = COOP_OK, judged = COOP_OK;
    if (runs->done == 0)
        return status;
    if (status != COOP_STOPPED)
        judged = judge_runs(runs, &judgement);
    if (judged == COOP_OK && arguments->output != NULL)
        written = coop_runs_write(runs, judgement, arguments->output, arguments->force);
    if (judged == COOP_OK && judgement != NULL)
        print(runs->study, judgement, runs->finding, (enum coop_table_format)arguments->table);
    free(judgement);
    if (written != COOP_OK)
        return written;
    return judged != COOP_OK ? judged : status;
}

/* All runs together in memory. */
static enum coop_status test_together(const struct coop_study *study,
                                      const struct coop_arguments *arguments)
{
    struct coop_needs needs;
    struct coop_runs runs;
    if (study->design.runs > COOP_RUNS_TOGETHER_MAX)
        return COOP_FAIL(COOP_USAGE,
                         "%zu runs: at most %d are kept in memory together - give a directory for "
                         "them with -o DIR",
                         study->design.runs, COOP_RUNS_TOGETHER_MAX);
    COOP_TRY(coop_estimate_needs(study, &needs));
    COOP_TRY(
        coop_runs_check_output(arguments->operand[0], arguments->output, &needs, arguments->force));
    enum coop_status status = coop_runs_init(&runs, study);
    if (status == COOP_OK) {
        status = coop_runs_compute(&runs, (enum coop_progress_mode)arguments->progress);
        status = report(&runs, arguments, status);
    }
    coop_runs_free(&runs);
    return status;
}

/* `path` (may be NULL): the file to write. */
static enum coop_status test_results(const struct coop_study *study, struct coop_reader *reader,
                                     const char *path, const struct coop_arguments *arguments)
{
    struct coop_conclusions judged;
    if (study->config.hypotheses + study->config.expectations == 0)
        return fail_empty(reader->path);
    enum coop_status status = path != NULL ? coop_seal_check(path, 0, arguments->force) : COOP_OK;
    COOP_TRY(status);
    status = coop_judge_results(study, reader, &judged);
    if (status == COOP_OK && path != NULL)
        status = coop_conclusions_write(study, &judged, reader, path, arguments->force);
    if (status == COOP_OK)
        print(study, judged.judgement, judged.finding, (enum coop_table_format)arguments->table);
    coop_conclusions_free(&judged);
    return status;
}

static bool is_file(const char *path)
{
    const size_t length = strlen(path);
    return length > 3 && strcmp(path + length - 3, ".h5") == 0;
}

static enum coop_status test_study(const struct coop_study *study,
                                   const struct coop_arguments *arguments)
{
    struct coop_reader reader;
    if (study->config.hypotheses == 0)
        return fail_empty(arguments->operand[0]);
    if (arguments->output == NULL || is_file(arguments->output))
        return test_together(study, arguments);
    enum coop_status status = coop_complete(study, arguments->output,
                                            (enum coop_progress_mode)arguments->progress, &reader);
    if (status == COOP_OK)
        status = test_results(study, &reader, NULL, arguments);
    coop_reader_close(&reader);
    return status;
}

static enum coop_status test_finished(const struct coop_arguments *arguments)
{
    struct coop_results results;
    enum coop_status status = coop_results_open(&results, arguments->operand[0], arguments);
    if (status == COOP_OK)
        status = test_results(&results.study, &results.reader, arguments->output, arguments);
    coop_results_close(&results);
    return status;
}

enum coop_status coop_cli_test(const struct coop_arguments *arguments)
{
    struct coop_study study;
    if (coop_results_are_at(arguments->operand[0]))
        return test_finished(arguments);
    enum coop_status status = coop_study_open(&study, arguments);
    if (status == COOP_OK)
        status = test_study(&study, arguments);
    coop_study_close(&study);
    return status;
}
