/* coopsim - GPL-3.0-or-later
 *
 * coopsim check: all errors, or what would be run and what it would take. */
#include "sim/cli/estimate.h"
#include "sim/cli/expect.h"
#include "sim/cli/experiment.h"
#include "sim/cli/text.h"
#include "sim/cli/verdicts.h"

#include <stdlib.h>
#include <string.h>

enum { LABEL_COLUMN = 16 };

/* The runs of one point, by name. */
static void print_runs(const struct coop_study *study)
{
    const struct coop_design *design = &study->design;
    char text[COOP_CLI_COLUMNS];
    size_t used = LABEL_COLUMN;
    snprintf(text, sizeof text, "%zu:", design->entries);
    printf("%-*s%s", LABEL_COLUMN, design->runs > design->entries ? "a point" : "runs", text);
    used += strlen(text);
    for (size_t r = 0; r < design->entries; r++) {
        snprintf(text, sizeof text, " %s%s", coop_design_plan(design, r).name,
                 r + 1 < design->entries ? "," : "");
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
    for (size_t i = 0; i < coop_study_samples(study); i++) {
        const size_t run = coop_study_sample(study, i);
        struct coop_script script;
        double count;
        COOP_TRY(coop_design_script(&study->design, run, &script));
        const struct coop_settings *settings = coop_study_settings(&script);
        const enum coop_status status = coop_study_workers(study, run, &script, &count);
        widen(&workers, count, i == 0);
        widen(&organisations, (double)settings->organisations, i == 0);
        widen(&weeks, (double)settings->weeks, i == 0);
        widen(&every, (double)settings->every, i == 0);
        coop_script_free(&script);
        COOP_TRY(status);
    }
    print_range("organisations", organisations.least, organisations.most);
    print_range("workers", workers.least, workers.most);
    print_range("weeks", weeks.least, weeks.most);
    print_range("weeks a record", every.least, every.most);
    return COOP_OK;
}

/* "worker 60, conventional 40 organisations". */
static void write_regimes(FILE *out, const struct coop_script *script, size_t organisations)
{
    for (size_t r = 0, begin = 0; r < script->regimes; r++) {
        const size_t end = coop_script_end(script, r, organisations);
        fprintf(out, "%s%s %s", r > 0 ? ", " : "", script->regime[r].name,
                coop_cli_count((double)(end - begin)).text);
        begin = end;
    }
    fprintf(out, " organisation%s", organisations == 1 ? "" : "s");
}

static enum coop_status write_change(FILE *out, const struct coop_param_set *set, const char *name)
{
    const int length = coop_param_format(set, name, NULL, 0);
    char *text = malloc((size_t)length + 1);
    if (text == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the schedule");
    coop_param_format(set, name, text, (size_t)length + 1);
    fprintf(out, " %s %s", name, text);
    free(text);
    return COOP_OK;
}

/* "week 260 in worker: rotation.on true; rotation.every 26", or nothing if all stays. */
static enum coop_status write_changes(FILE *out, const struct coop_script *script, size_t epoch,
                                      size_t regime, bool alike)
{
    const struct coop_param_set *set = &coop_script_sets(script, epoch)[regime];
    const char *separator = "";
    for (size_t t = 0; t < set->tables; t++)
        for (size_t r = 0; r < set->table[t]->rows; r++) {
            const char *name = set->table[t]->row[r].name;
            if (coop_param_same(set, set - script->regimes, name))
                continue;
            if (*separator == '\0')
                fprintf(out, "week %lld%s%s:", (long long)script->epoch[epoch].week,
                        alike ? "" : " in ", alike ? "" : script->regime[regime].name);
            fputs(separator, out);
            separator = ";";
            COOP_TRY(write_change(out, set, name));
        }
    return COOP_OK;
}

/* Epoch 0 stands for a run's regimes, the others for what its schedule changes. */
struct part {
    size_t epoch, regime;
    bool alike;
};

/* One item, with the case's name before it if there are others. The label stands once. */
static enum coop_status print_part(const struct coop_study *study, const char **label, size_t c,
                                   struct part part)
{
    const struct coop_script *script = &study->design.script[c];
    const size_t organisations = (size_t)coop_study_settings(script)->organisations;
    enum coop_status status = COOP_OK;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the schedule");
    if (part.epoch == 0)
        write_regimes(out, script, organisations);
    else
        status = write_changes(out, script, part.epoch, part.regime, part.alike);
    fclose(out);
    if (status == COOP_OK && text != NULL && *text != '\0') {
        printf("%-*s", LABEL_COLUMN, *label);
        if (study->config.cases > 1)
            printf("%s: ", study->config.item[c].name);
        printf("%s\n", text);
        *label = "";
    }
    free(text);
    return status;
}

static enum coop_status print_schedule(const struct coop_study *study, const char **label, size_t c)
{
    const struct coop_script *script = &study->design.script[c];
    for (size_t e = 1; e < script->epochs; e++) {
        const bool alike = coop_script_changes_alike(script, e);
        for (size_t r = 0; r < (alike ? 1 : script->regimes); r++)
            COOP_TRY(print_part(study, label, c, (struct part){e, r, alike}));
    }
    return COOP_OK;
}

/* Which regimes the cases have, and what their schedules change. */
static enum coop_status print_scripts(const struct coop_study *study)
{
    const char *regimes = "regimes", *schedule = "schedule";
    const struct coop_design *design = &study->design;
    for (size_t c = 0; c < design->cases; c++)
        if (design->script[c].regime[0].name[0] != '\0')
            COOP_TRY(print_part(study, &regimes, c, (struct part){0, 0, true}));
    for (size_t c = 0; c < design->cases; c++)
        COOP_TRY(print_schedule(study, &schedule, c));
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
    coop_experiment_print(study, LABEL_COLUMN);
    print_runs(study);
    coop_expectations_print(study, LABEL_COLUMN);
    coop_hypotheses_print(study, LABEL_COLUMN);
    COOP_TRY(print_sizes(study));
    COOP_TRY(print_scripts(study));
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
