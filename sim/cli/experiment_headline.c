/* coopsim - GPL-3.0-or-later
 *
 * The headline of an experiment: for each measure that the model names one row for each case at each
 * point, with means over the replicates. */
#include "sim/cli/experiment.h"
#include "sim/cli/text.h"

#include <math.h>
#include <stdbool.h>

enum { ROWS_MAX = 24, LABEL_COLUMNS = 52, NUMBER_COLUMNS = 16, EXCESS_COLUMNS = 22 };

/* Sums over replicates, of those that have a value. */
struct mean {
    double sum, squares;
    size_t count;
};

static void add(struct mean *mean, double value)
{
    if (isnan(value))
        return;
    mean->sum += value;
    mean->squares += value * value;
    mean->count++;
}

/* With the standard error over replicates if there are several. */
static void print_mean(const struct mean *mean, const char *format, int columns)
{
    const double n = (double)mean->count, value = mean->sum / n;
    const double variance = (mean->squares - n * value * value) / (n - 1);
    char text[64] = "-";
    int used = 0;
    if (mean->count > 0)
        used = snprintf(text, sizeof text, format, value);
    if (mean->count > 1)
        snprintf(text + used, sizeof text - (size_t)used, " ± %.3f", sqrt(fmax(variance, 0) / n));
    const int wide = (int)coop_cli_columns(text);
    printf("%*s%s", wide < columns ? columns - wide : 1, "", text);
}

/* Columns it takes, which may be more than `size`. */
static size_t write_label(const struct coop_design *design, size_t run, bool named, char *ret,
                          size_t size)
{
    const struct coop_plan plan = coop_design_plan(design, run);
    char value[COOP_AXIS_TEXT_SIZE];
    size_t used = (size_t)snprintf(ret, size, "  %s", plan.name);
    for (size_t a = 0; a < design->axes && used < size; a++)
        used += (size_t)snprintf(ret + used, size - used, "%s%s%s%s", a > 0 ? ", " : ": ",
                                 named ? coop_design_axis_name(design, a) : "", named ? " " : "",
                                 coop_design_axis_text(design, a, plan.point, value));
    return used;
}

/* "base: voice.know 4, governance.rule mean", where that is too long "base: 4, mean", else
 * "base, point 3". */
static void print_label(const struct coop_runs *runs, size_t run)
{
    const struct coop_design *design = &runs->study->design;
    const struct coop_plan plan = coop_design_plan(design, run);
    char label[LABEL_COLUMNS + 1];
    if (write_label(design, run, true, label, sizeof label) > LABEL_COLUMNS &&
        write_label(design, run, false, label, sizeof label) > LABEL_COLUMNS)
        snprintf(label, sizeof label, "  %.32s, point %zu", plan.name, plan.point);
    printf("%-*s", LABEL_COLUMNS, label);
}

/* `run` is of the first replicate. */
static void print_row(const struct coop_runs *runs, size_t run, size_t h, size_t measure)
{
    const struct coop_design *design = &runs->study->design;
    const size_t step = design->points * design->entries;
    struct mean value = {0}, excess = {0};
    for (size_t r = run; r < design->runs; r += step) {
        if (runs->status[r] == COOP_RUN_DONE)
            add(&value, runs->record[r].final_mean[measure]);
        if (design->twins > 0 && runs->status[r + 1] == COOP_RUN_DONE)
            add(&excess, runs->excess[(r + 1) * runs->headlines + h].mean);
    }
    print_label(runs, run);
    print_mean(&value, "%.3f", NUMBER_COLUMNS);
    if (runs->study->model->headline[h].excess && design->twins > 0)
        print_mean(&excess, "%+.3f", EXCESS_COLUMNS);
    printf("\n");
}

static void print_heading(const struct coop_runs *runs, size_t h)
{
    const struct coop_headline *headline = &runs->study->model->headline[h];
    char text[48];
    printf("\n%s%*s", headline->label, (int)(LABEL_COLUMNS - coop_cli_columns(headline->label)),
           "");
    snprintf(text, sizeof text, "last %lld weeks",
             (long long)coop_cli_last_weeks(coop_study_settings(&runs->script[0])));
    printf("%*s", NUMBER_COLUMNS, text);
    if (headline->excess && runs->study->design.twins > 0) {
        snprintf(text, sizeof text, "over %s twin", runs->study->config.twin[0]);
        printf("%*s", EXCESS_COLUMNS, text);
    }
    printf("\n");
}

static void print_rows(const struct coop_runs *runs, size_t h, size_t measure)
{
    const struct coop_design *design = &runs->study->design;
    const size_t rows = design->points * design->cases, step = 1 + design->twins;
    for (size_t row = 0; row < rows && row < ROWS_MAX; row++)
        print_row(runs, row * step, h, measure);
    if (rows > ROWS_MAX)
        printf("  ... and %zu more: all are in the result file\n", rows - ROWS_MAX);
}

void coop_experiment_headline_print(const struct coop_runs *runs)
{
    const struct coop_study *study = runs->study;
    for (size_t h = 0; h < runs->headlines; h++) {
        const int measure =
            coop_model_measure_find(study->model, study->model->headline[h].measure);
        if (measure < 0)
            continue;
        print_heading(runs, h);
        print_rows(runs, h, (size_t)measure);
    }
    if (study->design.replicates > 1)
        printf("\nMeans over %zu replicates; ± is their standard error.\n",
               study->design.replicates);
}
