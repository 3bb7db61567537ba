/* coopsim - GPL-3.0-or-later
 *
 * coopsim sensitivity: which axes of a design a measure depends on. */
#include "sim/cli/analysis.h"
#include "sim/cli/table.h"
#include "sim/sensitivity/analysis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void verify(const struct coop_study *study, struct coop_problems *problems)
{
    const struct coop_scheme *scheme = &study->config.scheme;
    const struct coop_place file = {study->config.file, 0, 0};
    if (scheme->place.file == NULL)
        coop_problems_add(
            problems, file,
            "sensitivity needs a design - add 'design: {kind: morris, points: 20, "
            "axes: [...]}' to see which parameters matter at all, or 'kind: saltelli' "
            "for shares of the variance");
    else if (study->design.kind != COOP_SALTELLI && study->design.kind != COOP_MORRIS)
        coop_problems_add(problems, scheme->place,
                          "%s %s design gives no indices of sensitivity - give 'kind: saltelli' "
                          "(Sobol's indices) or 'kind: morris' (mu* and sigma)",
                          study->design.kind == COOP_ARROWS ? "an" : "a",
                          coop_scheme_word(study->design.kind));
}

static int name_columns(const struct coop_sensitivity *sensitivity)
{
    int width = (int)strlen("parameter");
    for (size_t a = 0; a < sensitivity->axes; a++)
        if ((int)strlen(sensitivity->axis[a].name) > width)
            width = (int)strlen(sensitivity->axis[a].name);
    return width;
}

/* The index that tells how much an axis matters in all. */
static double weight_of(const struct coop_sensitivity *sensitivity, size_t axis)
{
    return sensitivity->kind == COOP_SALTELLI ? sensitivity->axis[axis].sobol.total.value
                                              : sensitivity->axis[axis].morris.size.value;
}

static void sort_axes(const struct coop_sensitivity *sensitivity, size_t *ret)
{
    for (size_t a = 0; a < sensitivity->axes; a++) {
        size_t k = a;
        for (; k > 0 && weight_of(sensitivity, ret[k - 1]) < weight_of(sensitivity, a); k--)
            ret[k] = ret[k - 1];
        ret[k] = a;
    }
}

static void print_axis(const struct coop_sensitivity *sensitivity, size_t axis, int width)
{
    const struct coop_axis_sensitivity *item = &sensitivity->axis[axis];
    if (sensitivity->kind == COOP_SALTELLI)
        printf("  %-*s %9s  %-20s %9s  %-20s\n", width, item->name,
               coop_cli_number(item->sobol.first.value, false).text,
               coop_cli_interval(&item->sobol.first, false).text,
               coop_cli_number(item->sobol.total.value, false).text,
               coop_cli_interval(&item->sobol.total, false).text);
    else
        printf("  %-*s %9s  %-20s %9s %9s\n", width, item->name,
               coop_cli_number(item->morris.size.value, false).text,
               coop_cli_interval(&item->morris.size, false).text,
               coop_cli_number(item->morris.mean, true).text,
               coop_cli_number(item->morris.spread, false).text);
}

/* How far the replicates make the values noisy. */
static void print_noise(const struct coop_sensitivity *sensitivity)
{
    if (isnan(sensitivity->noise))
        printf("  noise: unknown, since there is one replicate\n");
    else
        printf("  noise: %.1f %% of the variance over points is that of %zu replicates\n",
               100 * sensitivity->noise, sensitivity->replicates);
}

static void print_text(const struct coop_sensitivity *sensitivity, const char *measure)
{
    const int width = name_columns(sensitivity);
    size_t order[COOP_AXES_MAX];
    printf("\n%s in %s: ", measure, sensitivity->entry);
    if (*sensitivity->reason != '\0') {
        coop_cli_print_behind(0, sensitivity->reason);
        return;
    }
    printf("mean %s, standard deviation %s over the points\n",
           coop_cli_number(sensitivity->mean, false).text,
           coop_cli_number(sensitivity->deviation, false).text);
    if (sensitivity->kind == COOP_SALTELLI)
        printf("  %-*s %9s  %-20s %9s  %-20s\n", width, "parameter", "alone", "interval", "total",
               "interval");
    else
        printf("  %-*s %9s  %-20s %9s %9s\n", width, "parameter", "mu*", "interval", "mu", "sigma");
    sort_axes(sensitivity, order);
    for (size_t i = 0; i < sensitivity->axes; i++)
        print_axis(sensitivity, order[i], width);
    print_noise(sensitivity);
}

static void print_reading(enum coop_scheme_kind kind)
{
    printf("\n");
    if (kind == COOP_SALTELLI)
        coop_cli_print_lines(stdout, "",
                             "Shares of the variance over the points: what a parameter explains "
                             "alone (first order), and with all that it does together with others "
                             "(total). Intervals: 95 %, over the rows of the sample.");
    else
        coop_cli_print_lines(
            stdout, "",
            "Changes of the measure as a parameter goes from one end of its range "
            "to the other: mu* the mean of their sizes, mu with their signs, sigma "
            "how much they differ (0: the same everywhere). Intervals: 95 %, over "
            "the trajectories.");
}

static double or_none(const struct coop_sensitivity *sensitivity, double value)
{
    return *sensitivity->reason == '\0' ? value : (double)NAN;
}

static void print_rows(const struct coop_sensitivity *sensitivity, const char *measure,
                       struct coop_table *table)
{
    const bool saltelli = sensitivity->kind == COOP_SALTELLI;
    for (size_t a = 0; a < sensitivity->axes; a++) {
        const struct coop_axis_sensitivity *item = &sensitivity->axis[a];
        const struct coop_sobol_index *sobol = &item->sobol;
        const struct coop_morris_effect *morris = &item->morris;
        const struct coop_interval *main = saltelli ? &sobol->first : &morris->size;
        const double other[4] = {saltelli ? sobol->total.value : morris->mean,
                                 saltelli ? sobol->total.low : morris->spread,
                                 saltelli ? sobol->total.high : (double)NAN, 0};
        const struct coop_table_value value[] = {
            {"case", sensitivity->entry, 0},
            {"measure", measure, 0},
            {"parameter", item->name, 0},
            {saltelli ? "first" : "mu_star", NULL, or_none(sensitivity, main->value)},
            {saltelli ? "first_low" : "mu_star_low", NULL, or_none(sensitivity, main->low)},
            {saltelli ? "first_high" : "mu_star_high", NULL, or_none(sensitivity, main->high)},
            {saltelli ? "total" : "mu", NULL, or_none(sensitivity, other[0])},
            {saltelli ? "total_low" : "sigma", NULL, or_none(sensitivity, other[1])},
            {saltelli ? "first_error" : "mu_error", NULL, item->error[0]},
            {saltelli ? "total_error" : "mu_star_error", NULL, item->error[1]},
            {"mean", NULL, sensitivity->mean},
            {"deviation", NULL, sensitivity->deviation},
            {"noise", NULL, sensitivity->noise},
            {"rows", NULL, (double)sensitivity->rows},
            {"replicates", NULL, (double)sensitivity->replicates},
            {"reason", sensitivity->reason, 0},
            {"total_high", NULL, or_none(sensitivity, other[2])}};
        coop_table_print(table, value, sizeof value / sizeof *value - (saltelli ? 0 : 1));
    }
}

static enum coop_status analyse(struct coop_analysis *analysis, const char *measure, size_t entry,
                                struct coop_table *table)
{
    struct coop_sensitivity sensitivity;
    double *value;
    COOP_TRY(coop_analysis_finals(analysis, measure, &value));
    const enum coop_status status = coop_sensitivity_analyse(
        &analysis->results.study.design, entry, value, &analysis->bootstrap, &sensitivity);
    if (status == COOP_OK && table->format == COOP_TABLE_TEXT)
        print_text(&sensitivity, measure);
    else if (status == COOP_OK)
        print_rows(&sensitivity, measure, table);
    coop_sensitivity_free(&sensitivity);
    free(value);
    return status;
}

static enum coop_status analyse_all(struct coop_analysis *analysis, enum coop_table_format format)
{
    const struct coop_design *design = &analysis->results.study.design;
    struct coop_table table = {.format = format};
    if (format == COOP_TABLE_TEXT)
        coop_analysis_print_head(analysis);
    for (size_t entry = 0; entry < design->entries; entry++)
        for (size_t m = 0; m < analysis->measures; m++)
            COOP_TRY(analyse(analysis, analysis->measure[m], entry, &table));
    if (format == COOP_TABLE_TEXT)
        print_reading(design->kind);
    else
        coop_table_end(&table);
    return COOP_OK;
}

enum coop_status coop_cli_sensitivity(const struct coop_arguments *arguments)
{
    const struct coop_analysis_kind kind = {NULL, verify, NULL};
    struct coop_analysis analysis;
    enum coop_status status = coop_analysis_open(&analysis, arguments, &kind);
    if (status == COOP_OK)
        status = analyse_all(&analysis, (enum coop_table_format)arguments->table);
    coop_analysis_close(&analysis);
    return status;
}
