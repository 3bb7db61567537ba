/* coopsim - GPL-3.0-or-later
 *
 * Heat maps: the headline measures in the last year over both axes of a factorial design. */
#include "sim/report/chart.h"
#include "sim/report/figure.h"
#include "sim/report/phrase.h"
#include "sim/report/points.h"
#include "sim/report/sections.h"

#include "sim/phase/phase.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CASES_SHOWN = 4, MEASURES_SHOWN = 3 };

struct map {
    const struct coop_report *report;
    const struct coop_measure *row;
    const char *label;
    size_t entry;
    const struct coop_final *final; /* [points][entries] */
    const struct coop_points_axis *x, *y;
    double low, high;               /* ends of the colours: one scale for the maps of all cases */
    const struct coop_curve *curve; /* on which the model's gain is 1; NULL: not in this plane */
};

/* [y][x]; NAN where no run is done. */
static double *lay_out(const struct map *map)
{
    const struct coop_design *design = map->report->design;
    double *value = malloc((map->x->count * map->y->count + 1) * sizeof *value);
    for (size_t i = 0; value != NULL && i < map->x->count * map->y->count; i++)
        value[i] = NAN;
    for (size_t p = 0; value != NULL && p < design->points; p++) {
        const size_t x = coop_points_axis_place(map->x, design, p);
        const size_t y = coop_points_axis_place(map->y, design, p);
        if (x < map->x->count && y < map->y->count)
            value[y * map->x->count + x] = map->final[p * design->entries + map->entry].mean;
    }
    return value;
}

static struct coop_grid_axis grid_of(const struct coop_points_axis *axis, const char **text)
{
    for (size_t i = 0; i < axis->count; i++)
        text[i] = axis->text[i];
    return (struct coop_grid_axis){axis->name, text, axis->numeric ? axis->value : NULL,
                                   axis->count, axis->log};
}

static void fill_table(const struct map *map, const double *value, struct coop_sheet *table)
{
    for (size_t y = 0; y < map->y->count; y++)
        for (size_t x = 0; x < map->x->count; x++) {
            coop_points_axis_cell(map->x, x, table);
            coop_points_axis_cell(map->y, y, table);
            coop_sheet_number(table, value[y * map->x->count + x]);
        }
}

static void write_words(const struct map *map, struct coop_drawing *drawing)
{
    const struct coop_design *design = map->report->design;
    snprintf(drawing->title, sizeof drawing->title, "%s over %s and %s%s%s", map->label,
             map->x->name, map->y->name, design->entries > 1 ? ": " : "",
             design->entries > 1 ? design->name[map->entry] : "");
    const struct coop_stability *stability = map->report->model->stability;
    const char *law = stability != NULL ? stability->law : NULL;
    struct coop_phrase words = {drawing->caption, sizeof drawing->caption, 0};
    coop_phrase_add(&words, "%s. Mean of the last %lld weeks%s.", map->row->summary,
                    coop_section_final_weeks(map->report),
                    design->replicates > 1 ? " and of the replicates" : "");
    if (map->curve != NULL)
        coop_phrase_add(&words,
                        " On the curve the gain is 1, beyond it small differences grow%s%s.",
                        law != NULL ? "; the gain is " : "", law != NULL ? law : "");
}

static enum coop_status make(const struct map *map, const struct coop_report_sink *sink)
{
    const char *column[] = {map->x->name, map->y->name, map->row->name};
    const char *text_x[COOP_AXIS_VALUES_MAX], *text_y[COOP_AXIS_VALUES_MAX];
    char part[COOP_FIGURE_ID];
    struct coop_drawing drawing;
    double *value = lay_out(map);
    snprintf(part, sizeof part, "%s_%s", map->row->name, map->report->design->name[map->entry]);
    enum coop_status status = coop_drawing_begin(&drawing, "map", part, column, 3);
    if (status == COOP_OK && value == NULL)
        status = COOP_FAIL(COOP_MEMORY, "out of memory for a map");
    if (status == COOP_OK) {
        write_words(map, &drawing);
        fill_table(map, value, &drawing.table);
        coop_chart_heat(drawing.svg, &(struct coop_heat){.head = coop_drawing_head(&drawing),
                                                         .x = grid_of(map->x, text_x),
                                                         .y = grid_of(map->y, text_y),
                                                         .value = value,
                                                         .value_label = map->label,
                                                         .low = map->low,
                                                         .high = map->high,
                                                         .curve = map->curve,
                                                         .curves = map->curve != NULL});
    }
    free(value);
    return coop_drawing_end(&drawing, sink, status);
}

/* Pieces of the curve, with NAN between them. */
static enum coop_status find_curve(const struct coop_report *report, size_t entry,
                                   const double *value, struct coop_curve *ret, double **ret_points)
{
    struct coop_phase phase = {0};
    enum coop_status status =
        coop_phase_find(report->model, report->design, entry, value, NULL, &phase);
    double *x = status == COOP_OK ? malloc((6 * phase.segments + 1) * sizeof *x) : NULL;
    double *y = x != NULL ? x + 3 * phase.segments : NULL;
    if (status == COOP_OK && x == NULL)
        status = COOP_FAIL(COOP_MEMORY, "out of memory for a curve");
    for (size_t i = 0; x != NULL && i < phase.segments; i++)
        for (size_t k = 0; k < 3; k++) {
            x[3 * i + k] = k < 2 ? phase.segment[i].x[k] : NAN;
            y[3 * i + k] = k < 2 ? phase.segment[i].y[k] : NAN;
        }
    *ret = (struct coop_curve){"critical gain 1", x, y, 3 * phase.segments};
    *ret_points = x;
    coop_phase_free(&phase);
    return status;
}

static enum coop_status map_case(struct map map, const struct coop_report_sink *sink,
                                 const double *value)
{
    struct coop_curve curve = {.points = 0};
    double *points = NULL;
    enum coop_status status = COOP_OK;
    if (map.x->numeric && map.y->numeric && map.report->model->stability != NULL)
        status = find_curve(map.report, map.entry, value, &curve, &points);
    map.curve = curve.points > 0 ? &curve : NULL;
    if (status == COOP_OK)
        status = make(&map, sink);
    free(points);
    return status;
}

/* Of the cases that are shown; NAN if there is no value. */
static void find_ends(const struct coop_report *report, const struct coop_final *final,
                      double *ret_low, double *ret_high)
{
    const struct coop_design *design = report->design;
    const size_t step = 1 + design->twins;
    *ret_low = *ret_high = NAN;
    for (size_t p = 0; p < design->points; p++)
        for (size_t c = 0; c < design->cases && c < CASES_SHOWN; c++) {
            const double mean = final[p * design->entries + c * step].mean;
            *ret_low = fmin(*ret_low, mean);
            *ret_high = fmax(*ret_high, mean);
        }
}

static enum coop_status map_measure(const struct coop_report *report,
                                    const struct coop_report_sink *sink,
                                    const struct coop_headline *headline,
                                    const struct coop_points_axis *axis)
{
    size_t measure;
    struct coop_final *final = NULL;
    double *value = NULL, low, high;
    const size_t step = 1 + report->design->twins;
    const struct coop_measure *row = coop_section_row(report, headline->measure);
    if (row == NULL || !coop_section_measure(report, headline->measure, &measure))
        return COOP_OK;
    enum coop_status status = coop_points_read(report, measure, &final);
    if (status == COOP_OK)
        status = coop_section_finals_of_runs(report, headline->measure, &value);
    if (status == COOP_OK)
        find_ends(report, final, &low, &high);
    for (size_t c = 0; status == COOP_OK && c < report->design->cases && c < CASES_SHOWN; c++)
        status = map_case((struct map){report, row, headline->label, c * step, final, &axis[0],
                                       &axis[1], low, high, NULL},
                          sink, value);
    free(value);
    free(final);
    return status;
}

enum coop_status coop_section_maps(const struct coop_report *report,
                                   const struct coop_report_sink *sink)
{
    const struct coop_design *design = report->design;
    const struct coop_headline *headline = report->model->headline;
    if (design->kind != COOP_FACTORIAL || design->axes != 2 || headline == NULL)
        return COOP_OK;
    struct coop_points_axis *axis = calloc(2, sizeof *axis);
    if (axis == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the axes");
    coop_points_axis_init(&axis[0], design, 0);
    coop_points_axis_init(&axis[1], design, 1);
    enum coop_status status = COOP_OK;
    const bool fits = axis[0].count > 1 && axis[1].count > 1;
    for (size_t h = 0; status == COOP_OK && fits && h < MEASURES_SHOWN; h++)
        if (headline[h].measure != NULL)
            status = map_measure(report, sink, &headline[h], axis);
        else
            break;
    if (status == COOP_OK && fits && report->model->stability != NULL) {
        const struct coop_headline locked = {.measure = report->model->stability->locked,
                                             .label = "lock-in"};
        status = map_measure(report, sink, &locked, axis);
    }
    if (status == COOP_OK && fits && design->cases > CASES_SHOWN)
        coop_section_paragraph(sink, "note", "Maps of the first %d of %zu cases.", CASES_SHOWN,
                               design->cases);
    free(axis);
    return status;
}
