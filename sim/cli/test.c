/* coopsim - GPL-3.0-or-later
 *
 * coopsim test: compute the runs and judge the hypotheses. */
#include "sim/cli/estimate.h"
#include "sim/cli/runs.h"
#include "sim/cli/text.h"
#include "sim/cli/verdicts.h"
#include "sim/hypothesis/records.h"

#include <stdlib.h>

static void print_head(const struct coop_study *study)
{
    const struct coop_settings *settings = coop_study_settings(&study->design.script[0]);
    if (*study->config.title != '\0')
        coop_cli_print_lines(stdout, "", study->config.title);
    printf("Means of the last %lld of %lld weeks; seed %lld\n\n",
           (long long)coop_cli_last_weeks(settings), (long long)settings->weeks,
           (long long)settings->seed);
}

static enum coop_status judge(const struct coop_runs *runs, enum coop_table_format format)
{
    const struct coop_study *study = runs->study;
    struct coop_records records = {study->model, &study->design, runs->script, runs->record};
    struct coop_judgement *judgement = calloc(study->config.hypotheses, sizeof *judgement);
    if (judgement == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the hypotheses");
    const struct coop_source source = coop_records_source(&records);
    const enum coop_status status =
        coop_judge(&study->config, study->model, &source,
                   (uint64_t)coop_study_settings(&study->design.script[0])->seed, judgement);
    if (status == COOP_OK && format == COOP_TABLE_TEXT)
        print_head(study);
    if (status == COOP_OK)
        coop_verdicts_print(&study->config, judgement, format);
    free(judgement);
    return status;
}

/* What was finished is written, and judged unless the user wants to stop. */
static enum coop_status report(const struct coop_runs *runs, const struct coop_arguments *arguments,
                               enum coop_status status)
{
    enum coop_status written = COOP_OK, judged = COOP_OK;
    if (runs->done == 0)
        return status;
    if (arguments->output != NULL)
        written = coop_runs_write(runs, arguments->output, arguments->force);
    if (status != COOP_STOPPED)
        judged = judge(runs, (enum coop_table_format)arguments->table);
    if (written != COOP_OK)
        return written;
    return judged != COOP_OK ? judged : status;
}

static enum coop_status test_study(const struct coop_study *study,
                                   const struct coop_arguments *arguments)
{
    struct coop_needs needs;
    struct coop_runs runs;
    if (study->config.hypotheses == 0)
        return COOP_FAIL(COOP_USAGE, "no hypotheses in %s - add a list 'hypotheses'",
                         arguments->operand[0]);
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

enum coop_status coop_cli_test(const struct coop_arguments *arguments)
{
    struct coop_study study;
    enum coop_status status = coop_study_open(&study, arguments);
    if (status == COOP_OK)
        status = test_study(&study, arguments);
    coop_study_close(&study);
    return status;
}
