/* coopsim - GPL-3.0-or-later
 *
 * The summary of a study for people: for each measure that the model names one row a case, and
 * below it one for each regime of a mix. */
#include "sim/cli/experiment.h"
#include "sim/cli/expect.h"
#include "sim/cli/runs.h"
#include "sim/cli/text.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

enum { LABEL_MAX = 44, START_COLUMNS = 7, NUMBER_COLUMNS = 15, EXCESS_COLUMNS = 20, TWINS_MAX = 2 };

/* At least `widest`. */
static size_t regime_columns(const struct coop_script *script, size_t widest)
{
    for (size_t r = 0; script->regimes > 1 && r < script->regimes; r++) {
        const size_t columns = 4 + strlen(script->regime[r].name);
        widest = columns > widest ? columns : widest;
    }
    return widest;
}

static size_t label_columns(const struct coop_runs *runs)
{
    const struct coop_study *study = runs->study;
    size_t widest = 0;
    for (size_t h = 0; h < runs->headlines; h++) {
        const size_t columns = coop_cli_columns(study->model->headline[h].label);
        widest = columns > widest ? columns : widest;
    }
    for (size_t r = 0; r < study->design.runs; r++) {
        const size_t columns = 2 + strlen(coop_design_plan(&study->design, r).name);
        if (coop_design_plan(&study->design, r).twin == NULL && columns > widest)
            widest = columns;
        widest = regime_columns(&runs->script[r], widest);
    }
    return widest < LABEL_MAX ? widest : LABEL_MAX;
}

static void print_right(const char *text, size_t columns)
{
    const size_t used = coop_cli_columns(text);
    printf("%*s%s", used < columns ? (int)(columns - used) : 1, "", text);
}

/* A value with its standard error; nothing if it is missing. */
static void print_number(double value, double error, const char *format, size_t columns)
{
    char text[64] = "-";
    int used = 0;
    if (!isnan(value))
        used = snprintf(text, sizeof text, format, fabs(value) < 100 ? 3 : 1, value);
    if (!isnan(value) && !isnan(error))
        snprintf(text + used, sizeof text - (size_t)used, " ± %.*f", fabs(value) < 100 ? 3 : 1,
                 error);
    print_right(text, columns);
}

static void print_heading(const struct coop_runs *runs, const struct coop_headline *headline,
                          size_t label)
{
    const struct coop_config *config = &runs->study->config;
    printf("\n%s%*s", headline->label, (int)(label - coop_cli_columns(headline->label)), "");
    print_right(headline->start ? "start" : "", START_COLUMNS);
    char window[32];
    snprintf(window, sizeof window, "last %lld weeks",
             (long long)coop_cli_last_weeks(coop_study_settings(&runs->script[0])));
    print_right(window, NUMBER_COLUMNS);
    for (size_t t = 0; headline->excess && t < config->twins && t < TWINS_MAX; t++) {
        char text[48];
        snprintf(text, sizeof text, "over %s twin", config->twin[t]);
        print_right(text, EXCESS_COLUMNS);
    }
    printf("\n");
}

/* The excess over each twin; `excess` is of the case's first twin, `step` leads to the next. */
static void print_excesses(const struct coop_runs *runs, size_t number,
                           const struct coop_excess *excess, size_t step)
{
    for (size_t t = 0; t < runs->study->config.twins && t < TWINS_MAX; t++, excess += step) {
        const bool done = runs->status[number + 1 + t] == COOP_RUN_DONE;
        print_number(done ? excess->mean : NAN, done ? excess->error : NAN, "%+.*f",
                     EXCESS_COLUMNS);
    }
}

/* A line of the table: the value at the start, that of the last weeks. */
static void print_values(const struct coop_headline *headline, double start, double mean,
                         double error)
{
    if (headline->start)
        print_number(start, NAN, "%.*f", START_COLUMNS);
    else
        print_right("", START_COLUMNS);
    print_number(mean, error, "%.*f", NUMBER_COLUMNS);
}

static void print_regimes(const struct coop_runs *runs, size_t number, size_t h, size_t label)
{
    const struct coop_headline *headline = &runs->study->model->headline[h];
    const struct coop_record *record = &runs->record[number];
    const size_t m = (size_t)coop_model_measure_find(runs->study->model, headline->measure);
    for (size_t r = 0; record->regimes > 1 && r < record->regimes; r++) {
        const size_t at = r * record->measures + m;
        printf("    %-*s", (int)label - 4, runs->script[number].regime[r].name);
        print_values(headline, record->regime_pooled[at * record->times],
                     record->regime_final_mean[at], record->regime_final_error[at]);
        if (headline->excess && runs->study->config.twins > 0)
            print_excesses(
                runs, number,
                &runs->regime_excess[((number + 1) * runs->regimes + r) * runs->headlines + h],
                runs->regimes * runs->headlines);
        printf("\n");
    }
}

static void print_case(const struct coop_runs *runs, size_t number, size_t h, size_t label)
{
    const struct coop_study *study = runs->study;
    const struct coop_headline *headline = &study->model->headline[h];
    const struct coop_record *record = &runs->record[number];
    const size_t m = (size_t)coop_model_measure_find(study->model, headline->measure);
    printf("  %-*s", (int)label - 2, coop_design_plan(&study->design, number).name);
    if (runs->status[number] != COOP_RUN_DONE) {
        printf("  %s\n", runs->status[number] == COOP_RUN_STOPPED ? "not finished" : "failed");
        return;
    }
    print_values(headline, record->pooled[m * record->times], record->final_mean[m],
                 record->final_error[m]);
    if (headline->excess && study->config.twins > 0)
        print_excesses(runs, number, &runs->excess[(number + 1) * runs->headlines + h],
                       runs->headlines);
    printf("\n");
    print_regimes(runs, number, h, label);
}

static void print_table(const struct coop_runs *runs)
{
    const struct coop_study *study = runs->study;
    const size_t label = label_columns(runs);
    for (size_t h = 0; h < runs->headlines; h++) {
        if (coop_model_measure_find(study->model, study->model->headline[h].measure) < 0)
            continue;
        print_heading(runs, &study->model->headline[h], label);
        for (size_t r = 0; r < study->design.runs; r++)
            if (coop_design_plan(&study->design, r).twin == NULL)
                print_case(runs, r, h, label);
    }
}

/* What the first case is like; cases that differ are said to. */
static void print_setting(const struct coop_runs *runs)
{
    const struct coop_study *study = runs->study;
    const struct coop_settings *settings = coop_study_settings(&runs->script[0]);
    const double workers =
        settings->weeks > 0 ? runs->worker_weeks[0] / (double)settings->weeks : 0;
    bool alike = true;
    for (size_t r = 1; r < study->design.runs; r++)
        alike = alike && runs->worker_weeks[r] == runs->worker_weeks[0] &&
                coop_study_settings(&runs->script[r])->weeks == settings->weeks;
    printf("%s\n", study->config.title[0] != '\0' ? study->config.title : study->config.file);
    printf("Model %s, %s%s: %s organisation%s", study->model->name,
           coop_cli_weeks(settings->weeks).text, alike ? "" : " in the first case",
           coop_cli_count((double)settings->organisations).text,
           settings->organisations == 1 ? "" : "s");
    if (settings->sizes == COOP_SIZES_FIXED)
        printf(" of %lld workers", (long long)settings->size);
    else if (workers > 0)
        printf(", %s workers together", coop_cli_count(workers).text);
    printf(", seed %lld\n", (long long)settings->seed);
}

static void print_notes(const struct coop_runs *runs)
{
    const struct coop_settings *settings = coop_study_settings(&runs->script[0]);
    if (settings->organisations < 2)
        return;
    printf("\n");
    coop_cli_print_lines(stdout, "",
                         runs->study->config.twins == 0
                             ? "± is the standard error over organisations."
                             : "± is the standard error over organisations. A case and its twin "
                               "have the same persons and draws, so their difference is taken "
                               "organisation by organisation.");
}

/* What a worker takes, in the first finished run. */
static void print_state(const struct coop_runs *runs)
{
    for (size_t r = 0; r < runs->study->design.runs; r++) {
        const int64_t weeks = coop_study_settings(&runs->script[r])->weeks;
        if (runs->status[r] != COOP_RUN_DONE || weeks == 0)
            continue;
        printf("State: %.0f bytes a worker\n",
               (double)runs->record[r].state_bytes / (runs->worker_weeks[r] / (double)weeks));
        return;
    }
}

static void print_effort(const struct coop_runs *runs, const char *path)
{
    struct stat file;
    double worker_weeks = 0;
    for (size_t r = 0; r < runs->study->design.runs; r++)
        worker_weeks += runs->status[r] == COOP_RUN_DONE ? runs->worker_weeks[r] : 0;
    printf("\n%zu run%s in %s on %d thread%s: %s worker-weeks", runs->done,
           runs->done == 1 ? "" : "s", coop_cli_duration(runs->seconds).text, runs->study->threads,
           runs->study->threads == 1 ? "" : "s", coop_cli_count(worker_weeks).text);
    if (runs->seconds > 0)
        printf(", %s a second", coop_cli_count(worker_weeks / runs->seconds).text);
    printf("\n");
    print_state(runs);
    if (path != NULL && stat(path, &file) == 0)
        printf("Result: %s (%s)\n", path, coop_cli_bytes((double)file.st_size).text);
}

void coop_headline_print(const struct coop_runs *runs, const char *path)
{
    print_setting(runs);
    if (runs->study->design.runs > runs->study->design.entries) {
        coop_experiment_headline_print(runs);
        print_effort(runs, path);
        return;
    }
    print_table(runs);
    coop_findings_print(runs->study, runs->finding);
    print_notes(runs);
    coop_reading_print(runs);
    print_effort(runs, path);
}
