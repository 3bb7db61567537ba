/* coopsim - GPL-3.0-or-later
 *
 * coopsim phase: inequality and lock-in over two axes, and where the critical gain is 1. */
#include "sim/phase/phase.h"
#include "sim/cli/analysis.h"
#include "sim/cli/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CELL = 8 };

static void verify(const struct coop_study *study, struct coop_problems *problems)
{
    coop_phase_verify(&study->config, &study->design, problems);
}

/* The model's measure of inequality, which stands in no headline of its own. */
static bool takes_none(const struct coop_headline *headline)
{
    (void)headline;
    return false;
}

/* The places x at which the curve meets the height y, rising; returns how many of `most`. */
static size_t crossings(const struct coop_phase *phase, double y, double *ret, size_t most)
{
    size_t count = 0;
    for (size_t s = 0; s < phase->segments && count < most; s++) {
        const struct coop_phase_segment *piece = &phase->segment[s];
        /* A shared end counts for one of its two pieces. */
        if ((piece->y[0] <= y) == (piece->y[1] <= y))
            continue;
        const double share = (y - piece->y[0]) / (piece->y[1] - piece->y[0]);
        const double x = piece->x[0] + share * (piece->x[1] - piece->x[0]);
        size_t k = count++;
        for (; k > 0 && ret[k - 1] > x; k--)
            ret[k] = ret[k - 1];
        ret[k] = x;
    }
    return count;
}

static void print_critical(const struct coop_phase *phase, double y)
{
    double x[4];
    /* At the lower edge of the plane the curve has no piece below it. */
    const double inside = y > phase->y[0] ? y : phase->y[0] + 1e-9 * (phase->y[1] - phase->y[0]);
    const size_t count = crossings(
        phase, y < phase->y[phase->rows - 1] ? inside : y - 1e-9 * (y - phase->y[0]), x, 4);
    for (size_t i = 0; i < count; i++)
        printf("%s%.4g", i == 0 ? "  " : ", ", x[i]);
}

/* One value a cell, `*` behind those whose gain is above 1; the row of the largest y first. */
static void print_grid(const struct coop_phase *phase, bool locked, bool curve)
{
    printf("  %10s", "");
    for (size_t c = 0; c < phase->columns; c++)
        printf("%*.4g ", CELL - 1, phase->x[c]);
    printf("%s\n", curve ? "  gain 1 at" : "");
    for (size_t row = phase->rows; row-- > 0;) {
        printf("  %10.4g", phase->y[row]);
        for (size_t c = 0; c < phase->columns; c++) {
            const struct coop_phase_cell *cell = &phase->cell[row * phase->columns + c];
            const double value = locked ? cell->locked : cell->value;
            if (isnan(value))
                printf("%*s", CELL - 1, "-");
            else
                printf("%*.3f", CELL - 1, value);
            printf("%s", cell->gain > 1 ? "*" : " ");
        }
        if (curve)
            print_critical(phase, phase->y[row]);
        printf("\n");
    }
}

static bool is_known(const struct coop_phase *phase)
{
    return !isnan(phase->gain_low);
}

static void print_text(const struct coop_phase *phase, const struct coop_model *model,
                       const char *measure, bool locked)
{
    const bool curve = is_known(phase) && phase->segments > 0;
    printf("\n%s in %s, over %s (to the right) and %s (upwards)\n", measure, phase->entry,
           phase->x_name, phase->y_name);
    print_grid(phase, false, curve);
    if (locked) {
        printf("\n%s in %s\n", model->stability->locked, phase->entry);
        print_grid(phase, true, curve);
    }
    printf("\n");
    if (!is_known(phase))
        coop_cli_print_lines(stdout, "  ", "The gain is not known for this model or its settings.");
    else if (!curve)
        printf("  The gain is %s 1 in the whole plane (%.3f to %.3f).\n",
               phase->gain_high > 1 ? "above" : "below", phase->gain_low, phase->gain_high);
}

static void print_reading(const struct coop_model *model)
{
    char text[512];
    if (model->stability == NULL)
        return;
    snprintf(text, sizeof text,
             "* where the gain is above 1. The gain is %s: below 1 small differences die, above it "
             "they grow; a large inequality may persist below it.",
             model->stability->law);
    coop_cli_print_lines(stdout, "", text);
}

/* Cells first, then the ends of the pieces of the curve, told apart by `part`. */
static void print_row(struct coop_table *table, const char *part, const struct coop_phase *phase,
                      const char *measure, const double place[4],
                      const struct coop_phase_cell *cell)
{
    const struct coop_table_value value[] = {{"part", part, 0},
                                             {"case", phase->entry, 0},
                                             {"measure", measure, 0},
                                             {"x_parameter", phase->x_name, 0},
                                             {"y_parameter", phase->y_name, 0},
                                             {"x", NULL, place[0]},
                                             {"y", NULL, place[1]},
                                             {"x_to", NULL, place[2]},
                                             {"y_to", NULL, place[3]},
                                             {"value", NULL, cell->value},
                                             {"error", NULL, cell->error},
                                             {"locked", NULL, cell->locked},
                                             {"locked_error", NULL, cell->locked_error},
                                             {"gain", NULL, cell->gain}};
    coop_table_print(table, value, sizeof value / sizeof *value);
}

static void print_rows(struct coop_table *table, const struct coop_phase *phase,
                       const char *measure)
{
    const struct coop_phase_cell on_curve = {NAN, NAN, NAN, NAN, 1};
    for (size_t i = 0; i < phase->rows * phase->columns; i++) {
        const double place[] = {phase->x[i % phase->columns], phase->y[i / phase->columns], NAN,
                                NAN};
        print_row(table, "cell", phase, measure, place, &phase->cell[i]);
    }
    for (size_t s = 0; s < phase->segments; s++) {
        const struct coop_phase_segment *piece = &phase->segment[s];
        const double place[] = {piece->x[0], piece->y[0], piece->x[1], piece->y[1]};
        print_row(table, "curve", phase, measure, place, &on_curve);
    }
}

static enum coop_status show(struct coop_analysis *analysis, const char *measure, size_t entry,
                             const double *locked, struct coop_table *table)
{
    const struct coop_study *study = &analysis->results.study;
    struct coop_phase phase = {0};
    double *value;
    COOP_TRY(coop_analysis_finals(analysis, measure, &value));
    const enum coop_status status =
        coop_phase_find(study->model, &study->design, entry, value, locked, &phase);
    if (status == COOP_OK && table->format == COOP_TABLE_TEXT)
        print_text(&phase, study->model, measure, locked != NULL);
    else if (status == COOP_OK)
        print_rows(table, &phase, measure);
    coop_phase_free(&phase);
    free(value);
    return status;
}

static enum coop_status show_all(struct coop_analysis *analysis, struct coop_table *table)
{
    const struct coop_study *study = &analysis->results.study;
    const struct coop_stability *stability = study->model->stability;
    const bool by_default = analysis->measures == 0 && stability != NULL;
    const size_t measures = by_default ? 1 : analysis->measures;
    double *locked = NULL;
    enum coop_status status =
        measures > 0 ? COOP_OK : COOP_FAIL(COOP_USAGE, "which measure? - give --measure");
    if (stability != NULL && status == COOP_OK)
        status = coop_analysis_finals(analysis, stability->locked, &locked);
    for (size_t entry = 0; entry < study->design.entries; entry++)
        for (size_t m = 0; m < measures && status == COOP_OK; m++)
            status = show(analysis, by_default ? stability->inequality : analysis->measure[m],
                          entry, locked, table);
    free(locked);
    return status;
}

enum coop_status coop_cli_phase(const struct coop_arguments *arguments)
{
    const struct coop_analysis_kind kind = {NULL, verify, takes_none};
    struct coop_table table = {.format = (enum coop_table_format)arguments->table};
    struct coop_analysis analysis;
    enum coop_status status = coop_analysis_open(&analysis, arguments, &kind);
    if (status == COOP_OK && table.format == COOP_TABLE_TEXT)
        coop_analysis_print_head(&analysis);
    if (status == COOP_OK)
        status = show_all(&analysis, &table);
    if (status == COOP_OK && table.format == COOP_TABLE_TEXT)
        print_reading(analysis.results.study.model);
    else if (status == COOP_OK)
        coop_table_end(&table);
    coop_analysis_close(&analysis);
    return status;
}
