/* coopsim - GPL-3.0-or-later
 *
 * coopsim sweep: compute many runs into a directory, and go on with it. */
#include "sim/cli/sweep.h"

#include "sim/cli/estimate.h"
#include "sim/cli/text.h"

#include <stdlib.h>
#include <string.h>

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
    enum coop_status status = coop_sweep_look(&sweep->plan, sweep->directory, &reader);
    if (status == COOP_OK)
        status = coop_sweep_plan_todo(&sweep->plan, reader.run != NULL ? &reader : NULL);
    if (status == COOP_OK)
        status = print_plan(sweep);
    coop_reader_close(&reader);
    return status;
}

static void report(const struct sweep *sweep, const struct coop_sweep_result *result)
{
    const struct coop_sweep_plan *plan = &sweep->plan;
    printf("%s: %zu run%s computed in %s on %d thread%s, %s worker-weeks a second (within runs "
           "%.2f s, "
           "sealing %.2f s)\n",
           sweep->directory, result->done, result->done == 1 ? "" : "s",
           coop_cli_duration(result->seconds).text, plan->study->threads,
           plan->study->threads == 1 ? "" : "s",
           coop_cli_count(plan->todo_weeks / (result->seconds > 0 ? result->seconds : 1)).text,
           result->running, result->sealing);
}

static enum coop_status compute(struct sweep *sweep)
{
    struct coop_sweep_result result;
    COOP_TRY(coop_sweep_go_on(&sweep->plan, sweep->directory, &sweep->limits,
                              (enum coop_progress_mode)sweep->arguments->progress, &result));
    report(sweep, &result);
    return COOP_OK;
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
        status = arguments->dry_run ? dry_run(&sweep) : compute(&sweep);
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
