/* coopsim - GPL-3.0-or-later
 *
 * coopsim check: all errors, or what would be run and what it would take. */
#include "sim/cli/estimate.h"
#include "sim/cli/expect.h"
#include "sim/cli/text.h"

#include <string.h>

enum { LABEL_COLUMN = 16 };

static void print_runs(const struct coop_study *study)
{
    char text[COOP_CLI_COLUMNS];
    size_t used = LABEL_COLUMN;
    snprintf(text, sizeof text, "%zu:", study->design.runs);
    printf("%-*s%s", LABEL_COLUMN, "runs", text);
    used += strlen(text);
    for (size_t r = 0; r < study->design.runs; r++) {
        snprintf(text, sizeof text, " %s%s", study->design.run[r].name,
                 r + 1 < study->design.runs ? "," : "");
        if (used + strlen(text) > COOP_CLI_COLUMNS) {
            printf("\n%*s", LABEL_COLUMN, "");
            used = LABEL_COLUMN;
        }
        printf("%s", used == LABEL_COLUMN ? text + 1 : text);
        used += strlen(text);
    }
    printf("\n");
}

/* "200", or "200 to 400" if the runs differ. */
static void print_range(const char *label, double least, double most)
{
    printf("%-*s%s", LABEL_COLUMN, label, coop_cli_count(least).text);
    if (most > least)
        printf(" to %s", coop_cli_count(most).text);
    printf("\n");
}

struct extent {
    double least, most;
};

static void widen(struct extent *extent, double value, bool first)
{
    extent->least = first || value < extent->least ? value : extent->least;
    extent->most = first || value > extent->most ? value : extent->most;
}

static enum coop_status print_sizes(const struct coop_study *study)
{
    struct extent organisations = {0}, workers = {0}, weeks = {0}, every = {0};
    for (size_t r = 0; r < study->design.runs; r++) {
        const struct coop_settings *settings = coop_study_settings(study, r);
        double count;
        COOP_TRY(coop_study_workers(study, r, &count));
        widen(&workers, count, r == 0);
        widen(&organisations, (double)settings->organisations, r == 0);
        widen(&weeks, (double)settings->weeks, r == 0);
        widen(&every, (double)settings->every, r == 0);
    }
    print_range("organisations", organisations.least, organisations.most);
    print_range("workers", workers.least, workers.most);
    print_range("weeks", weeks.least, weeks.most);
    print_range("weeks a record", every.least, every.most);
    return COOP_OK;
}

static enum coop_status print_needs(const struct coop_study *study)
{
    struct coop_needs needs;
    double seconds;
    COOP_TRY(coop_estimate_needs(study, &needs));
    const double machine = coop_estimate_machine_bytes();
    printf("%-*s%s at its peak%s%s%s\n", LABEL_COLUMN, "memory", coop_cli_bytes(needs.memory).text,
           needs.memory > machine ? ", MORE than the " : "",
           needs.memory > machine ? coop_cli_bytes(machine).text : "",
           needs.memory > machine ? " of this machine" : "");
    printf("%-*sabout %s\n", LABEL_COLUMN, "disk", coop_cli_bytes(needs.disk).text);
    fflush(stdout);
    COOP_TRY(coop_estimate_seconds(study, &seconds));
    printf("%-*sabout %s on %d thread%s (an estimate from a short piece)\n", LABEL_COLUMN, "time",
           coop_cli_duration(seconds).text, study->threads, study->threads == 1 ? "" : "s");
    return COOP_OK;
}

static enum coop_status print_study(const struct coop_study *study)
{
    printf("%s: no errors\n\n", study->config.file);
    printf("%-*s%s\n", LABEL_COLUMN, "model", study->model->name);
    if (study->config.title[0] != '\0')
        printf("%-*s%s\n", LABEL_COLUMN, "title", study->config.title);
    print_runs(study);
    coop_expectations_print(study, LABEL_COLUMN);
    COOP_TRY(print_sizes(study));
    return print_needs(study);
}

enum coop_status coop_cli_check(const struct coop_arguments *arguments)
{
    struct coop_study study;
    enum coop_status status = coop_study_open(&study, arguments);
    if (status == COOP_OK)
        status = print_study(&study);
    coop_study_close(&study);
    return status;
}
