/* coopsim - GPL-3.0-or-later
 *
 * What each axis of a design changes: the headline measures in the last year over its values, as
 * means over all else; of sampled points the points themselves and the means of equal parts. */
#include "sim/report/chart.h"
#include "sim/report/figure.h"
#include "sim/report/moments.h"
#include "sim/report/points.h"
#include "sim/report/sections.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const columns[] = {"case", "value", "mean", "low", "high", "points"};
enum { MEASURES_SHOWN = 2, PARTS = 8, DOTS_MOST = 1200, CASES_SHOWN = 8, AXES_SHOWN = 12 };

struct effect {
    const struct coop_report *report;
    const struct coop_measure *row;
    const char *label;
    const struct coop_final *final; /* [points][entries] */
    const struct coop_points_axis *axis;
    size_t parts; /* values, or parts of a sampled range */
};
/* Of a case: means at each value or part. */
struct means {
    double x[COOP_AXIS_VALUES_MAX], mean[COOP_AXIS_VALUES_MAX], low[COOP_AXIS_VALUES_MAX],
        high[COOP_AXIS_VALUES_MAX], count[COOP_AXIS_VALUES_MAX];
};

static size_t part_of(const struct effect *effect, size_t point)
{
    const struct coop_design *design = effect->report->design;
    if (!coop_points_tell(design, effect->axis->number, point))
        return effect->parts;
    if (effect->axis->count > 0)
        return coop_points_axis_place(effect->axis, design, point);
    const double unit = coop_design_unit(design, effect->axis->number, point);
    const size_t part = isfinite(unit) ? (size_t)(unit * (double)effect->parts) : effect->parts;
    return isfinite(unit) && part == effect->parts ? part - 1 : part;
}

static void find_means(const struct effect *effect, size_t entry, struct means *ret)
{
    struct coop_moments x[COOP_AXIS_VALUES_MAX] = {{0}}, y[COOP_AXIS_VALUES_MAX] = {{0}};
    const struct coop_design *design = effect->report->design;
    for (size_t p = 0; p < design->points; p++) {
        const size_t part = part_of(effect, p);
        const double value = effect->final[p * design->entries + entry].mean;
        if (part >= effect->parts || !isfinite(value))
            continue;
        coop_moments_add(&x[part], coop_design_axis_number(design, effect->axis->number, p));
        coop_moments_add(&y[part], value);
    }
    for (size_t i = 0; i < effect->parts; i++) {
        const double half = coop_interval_half(coop_moments_deviation(&y[i]), y[i].count);
        ret->x[i] = effect->axis->count > 0 ? effect->axis->value[i] : coop_moments_mean(&x[i]);
        ret->mean[i] = coop_moments_mean(&y[i]);
        ret->low[i] = ret->mean[i] - half;
        ret->high[i] = ret->mean[i] + half;
        ret->count[i] = y[i].count;
    }
}

/* Where a point stands for itself its interval is that of its replicates. */
static void use_replicates(const struct effect *effect, size_t entry, struct means *means)
{
    const struct coop_design *design = effect->report->design;
    for (size_t p = 0; p < design->points; p++) {
        const size_t part = part_of(effect, p);
        if (part >= effect->parts || means->count[part] != 1)
            continue;
        means->low[part] = effect->final[p * design->entries + entry].low;
        means->high[part] = effect->final[p * design->entries + entry].high;
    }
}

static void add_rows(const struct effect *effect, const struct means *means, const char *name,
                     struct coop_sheet *table)
{
    for (size_t i = 0; i < effect->parts; i++) {
        coop_sheet_text(table, name);
        if (effect->axis->count > 0)
            coop_points_axis_cell(effect->axis, i, table);
        else
            coop_sheet_number(table, means->x[i]);
        coop_sheet_number(table, means->mean[i]);
        coop_sheet_number(table, means->low[i]);
        coop_sheet_number(table, means->high[i]);
        coop_sheet_number(table, means->count[i]);
    }
}

static size_t gather_dots(const struct effect *effect, size_t entry, double *x, double *y)
{
    const struct coop_design *design = effect->report->design;
    const size_t every = design->points / DOTS_MOST + 1;
    size_t dots = 0;
    for (size_t p = 0; p < design->points && dots < DOTS_MOST; p += every) {
        x[dots] = coop_design_axis_number(design, effect->axis->number, p);
        y[dots] = effect->final[p * design->entries + entry].mean;
        dots += isfinite(x[dots]) && isfinite(y[dots]);
    }
    return dots;
}

struct room {
    struct means means[2 * CASES_SHOWN];
    double dot_x[DOTS_MOST], dot_y[DOTS_MOST];
    struct coop_line line[2 * CASES_SHOWN + 1];
    const char *row[COOP_AXIS_VALUES_MAX], *name[CASES_SHOWN];
    int style[CASES_SHOWN];
    double value[3][COOP_AXIS_VALUES_MAX * CASES_SHOWN];
};

static void draw_numbers(const struct effect *effect, struct room *room,
                         struct coop_drawing *drawing)
{
    const struct coop_design *design = effect->report->design;
    const size_t step = 1 + design->twins;
    size_t lines = 0;
    for (size_t e = 0; e < design->entries && lines < 2 * CASES_SHOWN; e++) {
        const struct means *means = &room->means[lines];
        if (e % step > 1)
            continue;
        find_means(effect, e, &room->means[lines]);
        use_replicates(effect, e, &room->means[lines]);
        add_rows(effect, means, design->name[e], &drawing->table);
        room->line[lines++] =
            (struct coop_line){.label = design->entries > 1 ? design->name[e] : "",
                               .style = e % step > 0 ? -1 : (int)(e / step),
                               .x = means->x,
                               .y = means->mean,
                               .low = means->low,
                               .high = means->high,
                               .points = effect->parts,
                               .markers = true,
                               .whiskers = true};
    }
    if (effect->axis->count == 0) {
        const size_t dots = gather_dots(effect, 0, room->dot_x, room->dot_y);
        room->line[lines++] = (struct coop_line){.label = "",
                                                 .style = 0,
                                                 .x = room->dot_x,
                                                 .y = room->dot_y,
                                                 .points = dots,
                                                 .dots = true};
    }
    coop_chart_lines(drawing->svg, &(struct coop_lines){.head = coop_drawing_head(drawing),
                                                        .x_label = effect->axis->name,
                                                        .y_label = effect->row->summary,
                                                        .line = room->line,
                                                        .lines = lines,
                                                        .y_min = effect->row->min,
                                                        .y_max = effect->row->max,
                                                        .x_log = effect->axis->log});
}

/* Choices have no distance, so they are rows of bars. */
static void draw_choices(const struct effect *effect, struct room *room,
                         struct coop_drawing *drawing)
{
    const struct coop_design *design = effect->report->design;
    const size_t step = 1 + design->twins;
    const size_t series = design->cases < 4 ? design->cases : 4, parts = effect->parts;
    for (size_t s = 0; s < series; s++) {
        struct means *means = &room->means[s];
        find_means(effect, s * step, means);
        use_replicates(effect, s * step, means);
        add_rows(effect, means, design->name[s * step], &drawing->table);
        room->name[s] = design->name[s * step];
        room->style[s] = (int)s;
        for (size_t i = 0; i < parts; i++) {
            room->value[0][i * series + s] = means->mean[i];
            room->value[1][i * series + s] = means->low[i];
            room->value[2][i * series + s] = means->high[i];
        }
    }
    for (size_t i = 0; i < parts; i++)
        room->row[i] = effect->axis->text[i];
    coop_chart_bars(drawing->svg, &(struct coop_bars){.head = coop_drawing_head(drawing),
                                                      .x_label = effect->row->summary,
                                                      .row = room->row,
                                                      .series_name = room->name,
                                                      .style = room->style,
                                                      .value = room->value[0],
                                                      .low = room->value[1],
                                                      .high = room->value[2],
                                                      .rows = parts,
                                                      .series = series});
}

static void write_words(const struct effect *effect, struct coop_drawing *drawing)
{
    snprintf(drawing->title, sizeof drawing->title, "%s over %s", effect->label,
             effect->axis->name);
    snprintf(drawing->caption, sizeof drawing->caption,
             "Mean of the last %lld weeks%s%s, with its 95 %% interval over %s.",
             coop_section_final_weeks(effect->report),
             effect->report->design->axes > 1 && effect->report->design->kind != COOP_ONE_AT_A_TIME
                 ? ", over all values of the other axes"
                 : "",
             effect->axis->count == 0
                 ? ", in eight equal parts of the axis; dots are points of the "
                   "design in the first case"
                 : "",
             effect->report->design->axes > 1         ? "points"
             : effect->report->design->replicates > 1 ? "replicates"
                                                      : "organisations");
}

static enum coop_status make(const struct effect *effect, const struct coop_report_sink *sink)
{
    char part[COOP_FIGURE_ID];
    struct coop_drawing drawing;
    struct room *room = calloc(1, sizeof *room);
    snprintf(part, sizeof part, "%s_%s", effect->row->name, effect->axis->name);
    enum coop_status status =
        coop_drawing_begin(&drawing, "over", part, columns, sizeof columns / sizeof *columns);
    if (status == COOP_OK && room == NULL)
        status = COOP_FAIL(COOP_MEMORY, "out of memory for a figure");
    if (status == COOP_OK) {
        write_words(effect, &drawing);
        if (effect->axis->numeric || effect->axis->count == 0)
            draw_numbers(effect, room, &drawing);
        else
            draw_choices(effect, room, &drawing);
    }
    free(room);
    return coop_drawing_end(&drawing, sink, status);
}

static enum coop_status show_measure(const struct coop_report *report,
                                     const struct coop_report_sink *sink,
                                     const struct coop_headline *headline,
                                     struct coop_points_axis *axis)
{
    size_t measure;
    struct coop_final *final = NULL;
    const struct coop_measure *row = coop_section_row(report, headline->measure);
    if (row == NULL || !coop_section_measure(report, headline->measure, &measure))
        return COOP_OK;
    enum coop_status status = coop_points_read(report, measure, &final);
    for (size_t a = 0; status == COOP_OK && a < report->design->axes && a < AXES_SHOWN; a++) {
        coop_points_axis_init(axis, report->design, a);
        status = make(&(struct effect){report, row, headline->label, final, axis,
                                       axis->count > 0 ? axis->count : PARTS},
                      sink);
    }
    free(final);
    return status;
}

enum coop_status coop_section_axes(const struct coop_report *report,
                                   const struct coop_report_sink *sink)
{
    const struct coop_headline *headline = report->model->headline;
    enum coop_status status = COOP_OK;
    if (report->design->kind == COOP_NO_SCHEME || report->design->kind == COOP_ARROWS ||
        headline == NULL)
        return COOP_OK;
    struct coop_points_axis *axis = calloc(1, sizeof *axis);
    if (axis == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the axes");
    for (size_t h = 0; status == COOP_OK && h < MEASURES_SHOWN && headline[h].measure != NULL; h++)
        status = show_measure(report, sink, &headline[h], axis);
    if (status == COOP_OK && report->design->axes > AXES_SHOWN)
        coop_section_paragraph(sink, "note", "The first %d of %zu axes are shown.", AXES_SHOWN,
                               report->design->axes);
    free(axis);
    return status;
}
