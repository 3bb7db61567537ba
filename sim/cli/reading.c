/* coopsim - GPL-3.0-or-later
 *
 * The main result in words, made of the model's sentence and the numbers. */
#include "sim/cli/runs.h"
#include "sim/cli/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A difference of less than this many standard errors is none to speak of. */
static const double clear_errors = 2;

/* The measure that is put into words. */
struct reading {
    const struct coop_runs *runs;
    size_t headline, measure;
    bool share; /* said in per cent */
};

static double final_of(const struct reading *reading, size_t run)
{
    return reading->runs->record[run].final_mean[reading->measure];
}

static void print_value(FILE *out, const struct reading *reading, double value)
{
    if (reading->share)
        fprintf(out, "%.0f %%", 100 * value);
    else
        fprintf(out, "%.2f", value);
}

/* The model's sentence, with the value in place of the braces. */
static void print_sentence(FILE *out, const struct reading *reading, size_t run)
{
    const char *sentence = reading->runs->study->model->headline[reading->headline].reading;
    const char *braces = strstr(sentence, "{}");
    if (braces == NULL)
        return;
    fprintf(out, "%.*s", (int)(braces - sentence), sentence);
    print_value(out, reading, final_of(reading, run));
    fprintf(out, "%s", braces + 2);
}

static void print_start(FILE *out, const struct reading *reading, size_t run)
{
    const struct coop_record *record = &reading->runs->record[run];
    const double start = record->pooled[reading->measure * record->times];
    if (!reading->runs->study->model->headline[reading->headline].start || isnan(start))
        return;
    fprintf(out, " (start: ");
    print_value(out, reading, start);
    fprintf(out, ")");
}

static void print_excess(FILE *out, const struct reading *reading, size_t run)
{
    const struct coop_runs *runs = reading->runs;
    if (runs->study->config.twins == 0 || runs->status[run + 1] != COOP_RUN_DONE)
        return;
    const struct coop_excess *excess =
        &runs->excess[(run + 1) * runs->headlines + reading->headline];
    const char *twin = runs->study->config.twin[0];
    if (isnan(excess->mean))
        return;
    if (!isnan(excess->error) && fabs(excess->mean) < clear_errors * excess->error)
        fprintf(out, ", not clearly different from the %s twin", twin);
    else if (reading->share)
        fprintf(out, ", %.0f points %s than in the %s twin", 100 * fabs(excess->mean),
                excess->mean < 0 ? "less" : "more", twin);
    else
        fprintf(out, ", %.2f %s than in the %s twin", fabs(excess->mean),
                excess->mean < 0 ? "less" : "more", twin);
}

/* Which case has most and which least of it. */
static void print_comparison(FILE *out, const struct reading *reading)
{
    const struct coop_runs *runs = reading->runs;
    const struct coop_design *design = &runs->study->design;
    size_t least = design->runs, most = design->runs, cases = 0;
    for (size_t r = 0; r < design->runs; r++) {
        if (coop_design_plan(design, r).twin != NULL || runs->status[r] != COOP_RUN_DONE ||
            isnan(final_of(reading, r)))
            continue;
        cases++;
        if (least == design->runs || final_of(reading, r) < final_of(reading, least))
            least = r;
        if (most == design->runs || final_of(reading, r) > final_of(reading, most))
            most = r;
    }
    if (cases < 2)
        return;
    fprintf(out, " Of the %zu cases it is most in %s (", cases,
            coop_design_plan(design, most).name);
    print_value(out, reading, final_of(reading, most));
    fprintf(out, ") and least in %s (", coop_design_plan(design, least).name);
    print_value(out, reading, final_of(reading, least));
    fprintf(out, ").");
}

static void print_reading(FILE *out, const struct reading *reading, size_t run)
{
    const struct coop_study *study = reading->runs->study;
    const char *name = coop_design_plan(&study->design, run).name;
    if (study->config.cases > 1)
        fprintf(out, "%s: after ", name);
    else
        fprintf(out, "After ");
    const struct coop_settings *settings = coop_study_settings(&reading->runs->script[run]);
    fprintf(out, "%s, on average of the last %lld weeks, ", coop_cli_weeks(settings->weeks).text,
            (long long)coop_cli_last_weeks(settings));
    print_sentence(out, reading, run);
    print_start(out, reading, run);
    print_excess(out, reading, run);
    fprintf(out, ".");
    print_comparison(out, reading);
}

/* The first finished case. */
static size_t first_case(const struct coop_runs *runs)
{
    size_t r = 0;
    while (r < runs->study->design.runs &&
           (coop_design_plan(&runs->study->design, r).twin != NULL ||
            runs->status[r] != COOP_RUN_DONE))
        r++;
    return r;
}

void coop_reading_print(const struct coop_runs *runs)
{
    const struct coop_model *model = runs->study->model;
    const size_t run = first_case(runs);
    for (size_t h = 0; h < runs->headlines && run < runs->study->design.runs; h++) {
        const int number = coop_model_measure_find(model, model->headline[h].measure);
        if (model->headline[h].reading == NULL || number < 0)
            continue;
        const struct coop_measure *measure = coop_model_measure(model, (size_t)number);
        const struct reading reading = {runs, h, (size_t)number,
                                        strcmp(measure->unit, "1") == 0 && measure->max == 1};
        char *text = NULL;
        size_t size = 0;
        FILE *out = isnan(final_of(&reading, run)) ? NULL : open_memstream(&text, &size);
        if (out == NULL)
            continue;
        print_reading(out, &reading, run);
        if (fclose(out) == 0) {
            printf("\n");
            coop_cli_print_lines(stdout, "", text);
        }
        free(text);
    }
}
