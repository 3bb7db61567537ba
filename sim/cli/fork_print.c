/* coopsim - GPL-3.0-or-later
 *
 * What a fork did: differences of changed cases from their controls, which share all draws. */
#include "sim/cli/fork_text.h"
#include "sim/cli/text.h"

#include <math.h>
#include <string.h>

enum { LABEL_MAX = 44, COLUMNS = 12, LAST_COLUMNS = 20 };

/* Weeks after the change. */
static const int64_t after[] = {4, 52, 260};
enum { AFTERS = sizeof after / sizeof *after };

/* A changed case beside its control: entries of the design, and the model's number of a measure. */
struct comparison {
    const struct coop_runs *runs;
    size_t changed, control, measure;
};

/* The difference at a recorded week; NAN if that is none. */
static double at_week(const struct comparison *comparison, size_t first, int64_t week)
{
    const struct coop_record *a = &comparison->runs->record[first + comparison->changed];
    const struct coop_record *b = &comparison->runs->record[first + comparison->control];
    for (size_t t = 0; t < a->times && t < b->times; t++)
        if (a->week[t] == week)
            return a->pooled[comparison->measure * a->times + t] -
                   b->pooled[comparison->measure * b->times + t];
    return NAN;
}

static bool is_done(const struct comparison *comparison, size_t first)
{
    return comparison->runs->status[first + comparison->changed] == COOP_RUN_DONE &&
           comparison->runs->status[first + comparison->control] == COOP_RUN_DONE;
}

/* Over replicates and points. */
static double mean_at_week(const struct comparison *comparison, int64_t week)
{
    const struct coop_design *design = &comparison->runs->study->design;
    double total = 0, count = 0;
    for (size_t first = 0; first < design->runs; first += design->entries)
        if (is_done(comparison, first)) {
            total += at_week(comparison, first, week);
            count++;
        }
    return total / count;
}

/* In the last 52 weeks: of one pair with its standard error over organisations, of several with that
 * over the pairs. */
static void at_end(const struct comparison *comparison, double *ret_mean, double *ret_error)
{
    const struct coop_design *design = &comparison->runs->study->design;
    double total = 0, squares = 0, count = 0, mean, error = NAN;
    for (size_t first = 0; first < design->runs; first += design->entries) {
        if (!is_done(comparison, first))
            continue;
        coop_record_excess(&comparison->runs->record[first + comparison->changed],
                           &comparison->runs->record[first + comparison->control],
                           comparison->measure, &mean, &error);
        total += mean;
        squares += mean * mean;
        count++;
    }
    *ret_mean = total / count;
    *ret_error = error;
    if (count > 1)
        *ret_error = sqrt(fmax(0, squares / count - *ret_mean * *ret_mean) / (count - 1));
}

static void print_value(double value, double error, int columns)
{
    char text[64] = "-";
    if (!isnan(value) && !isnan(error))
        snprintf(text, sizeof text, "%+.4f ± %.4f", value, error);
    else if (!isnan(value))
        snprintf(text, sizeof text, "%+.4f", value);
    printf("%*s%s", columns - (int)coop_cli_columns(text), "", text);
}

static void print_measure(const struct comparison *comparison, const char *label, int64_t week)
{
    double mean, error;
    printf("  %s%*s", label, LABEL_MAX - 2 - (int)coop_cli_columns(label), "");
    for (size_t i = 0; i < AFTERS; i++)
        print_value(mean_at_week(comparison, week + after[i]), NAN, COLUMNS);
    at_end(comparison, &mean, &error);
    print_value(mean, error, LAST_COLUMNS);
    printf("\n");
}

static void print_heading(const struct coop_runs *runs, const struct comparison *comparison)
{
    const struct coop_design *design = &runs->study->design;
    char text[160];
    snprintf(text, sizeof text, "%s less %s", design->name[comparison->changed],
             design->name[comparison->control]);
    printf("\n%s", text);
    if (strlen(text) >= LABEL_MAX)
        printf("\n%*s", LABEL_MAX, "");
    else
        printf("%*s", LABEL_MAX - (int)strlen(text), "");
    for (size_t i = 0; i < AFTERS; i++) {
        snprintf(text, sizeof text, "%lld weeks", (long long)after[i]);
        printf("%*s", COLUMNS, text);
    }
    printf("%*s\n", LAST_COLUMNS, "last 52 weeks");
}

void coop_fork_print(const struct coop_runs *runs, const struct coop_change_plan *plan)
{
    const struct coop_model *model = runs->study->model;
    const size_t twins = 1 + runs->study->design.twins;
    printf("\nWhat was changed in week %lld did this, after:\n", (long long)plan->week);
    for (size_t e = 0; e < runs->study->design.entries; e++) {
        struct comparison comparison = {runs, e, e - twins, 0};
        if (e / twins % 2 == 0)
            continue;
        print_heading(runs, &comparison);
        for (size_t h = 0; h < runs->headlines; h++) {
            const int measure = coop_model_measure_find(model, model->headline[h].measure);
            comparison.measure = (size_t)measure;
            if (measure >= 0)
                print_measure(&comparison, model->headline[h].label, plan->week);
        }
    }
}
