/* coopsim - GPL-3.0-or-later */
#include "sim/report/points.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLED_VALUES_MAX = 12 };

static void insert(struct coop_points_axis *axis, double value, const char *text)
{
    size_t at = 0;
    while (at < axis->count && axis->value[at] < value)
        at++;
    if (at < axis->count && axis->value[at] == value)
        return;
    if (axis->count == COOP_AXIS_VALUES_MAX) {
        axis->count = SIZE_MAX;
        return;
    }
    memmove(axis->value + at + 1, axis->value + at, (axis->count - at) * sizeof *axis->value);
    memmove(axis->text + at + 1, axis->text + at, (axis->count - at) * sizeof *axis->text);
    axis->value[at] = value;
    snprintf(axis->text[at], sizeof axis->text[at], "%s", text);
    axis->count++;
}

bool coop_points_tell(const struct coop_design *design, size_t axis, size_t point)
{
    bool others = false;
    if (design->kind != COOP_ONE_AT_A_TIME)
        return true;
    for (size_t a = 0; a < design->axes; a++)
        others = others || (a != axis && !isnan(coop_design_unit(design, a, point)));
    return !others;
}

void coop_points_axis_init(struct coop_points_axis *ret, const struct coop_design *design,
                           size_t axis)
{
    const struct coop_param *row = design->axis[axis].row;
    char text[COOP_AXIS_TEXT_SIZE];
    *ret = (struct coop_points_axis){.number = axis,
                                     .name = coop_design_axis_name(design, axis),
                                     .numeric = row->type == COOP_PARAM_REAL ||
                                                row->type == COOP_PARAM_INTEGER,
                                     .log = design->axis[axis].plan->logarithmic};
    for (size_t p = 0; p < design->points && ret->count <= COOP_AXIS_VALUES_MAX; p++) {
        const double value = coop_design_axis_number(design, axis, p);
        if (isnan(value) || !coop_points_tell(design, axis, p))
            continue;
        const char *shown = coop_design_axis_text(design, axis, p, text);
        char number[COOP_AXIS_TEXT_SIZE];
        snprintf(number, sizeof number, "%.4g", value);
        insert(ret, value, ret->numeric ? number : shown);
    }
    const bool sampled = coop_scheme_is_sampled(design->kind) && ret->count > SAMPLED_VALUES_MAX;
    if (ret->count > COOP_AXIS_VALUES_MAX || (sampled && ret->numeric))
        ret->count = 0;
}

size_t coop_points_axis_place(const struct coop_points_axis *axis, const struct coop_design *design,
                              size_t point)
{
    const double value = coop_design_axis_number(design, axis->number, point);
    for (size_t i = 0; i < axis->count; i++)
        if (axis->value[i] == value)
            return i;
    return COOP_AXIS_VALUES_MAX;
}

void coop_points_axis_cell(const struct coop_points_axis *axis, size_t value,
                           struct coop_sheet *table)
{
    if (axis->numeric)
        coop_sheet_number(table, axis->value[value]);
    else
        coop_sheet_text(table, axis->text[value]);
}

enum coop_status coop_points_read(const struct coop_report *report, size_t measure,
                                  struct coop_final **ret)
{
    const struct coop_grouping grouping = coop_grouping_points(report);
    *ret = calloc(grouping.groups + 1, sizeof **ret);
    if (*ret == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for %zu points", report->design->points);
    return coop_finals_read(report, measure, &grouping, *ret);
}
