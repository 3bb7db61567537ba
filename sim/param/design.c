/* coopsim - GPL-3.0-or-later
 *
 * A planned design: the values of its points, and the parameters of a run. */
#include "sim/param/design.h"

#include "sim/base/fmath.h"
#include "sim/param/row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct coop_plan coop_design_plan(const struct coop_design *design, size_t run)
{
    const size_t entry = run % design->entries, twin = entry % (1 + design->twins);
    return (struct coop_plan){.name = design->name[entry],
                              .twin = twin > 0 ? design->twin[twin - 1] : NULL,
                              .case_number = entry / (1 + design->twins),
                              .point = run / design->entries % design->points,
                              .self = run - twin,
                              .replicate = (uint32_t)(run / design->entries / design->points)};
}

const char *coop_design_axis_name(const struct coop_design *design, size_t axis)
{
    return design->axis[axis].row->name;
}

double coop_design_unit(const struct coop_design *design, size_t axis, size_t point)
{
    return design->unit[point * design->axes + axis];
}

size_t coop_design_axis_values(const struct coop_design *design, size_t axis)
{
    const struct coop_axis *plan = design->axis[axis].plan;
    return plan->values > 0 ? plan->values : (size_t)plan->steps;
}

/* Which of `count` equal parts of the unit interval a place is in. */
static size_t part_of(double unit, size_t count)
{
    const size_t part = (size_t)(unit * (double)count);
    return part < count ? part : count - 1;
}

/* Twelve digits, so that what is meant as 0.3 is 0.3 and not its neighbour. */
static double rounded(double value)
{
    char text[COOP_REAL_TEXT_SIZE];
    snprintf(text, sizeof text, "%.12g", value);
    return strtod(text, NULL);
}

/* A step's number makes whole numbers exact, which the share of the range would not. */
static double real_at(const struct coop_axis *plan, double unit)
{
    const double steps = plan->steps > 1 ? (double)(plan->steps - 1) : 1;
    const double step = plan->steps > 1 ? (double)(int64_t)(unit * steps + .5) : unit;
    double value;
    if (unit <= 0 || unit >= 1)
        return unit <= 0 ? plan->from : plan->to;
    if (plan->logarithmic)
        value =
            coop_exp((coop_log(plan->from) * (steps - step) + coop_log(plan->to) * step) / steps);
    else
        value = (plan->from * (steps - step) + plan->to * step) / steps;
    return coop_clip(rounded(value), plan->from, plan->to);
}

/* Whole numbers: of a sampled range as many equal parts as there are numbers, of steps and of a
 * logarithmic range the nearest. */
static double whole_at(const struct coop_axis *plan, double unit)
{
    if (plan->steps == 0 && !plan->logarithmic)
        return plan->from + (double)part_of(unit, (size_t)(plan->to - plan->from) + 1);
    return (double)(int64_t)(real_at(plan, unit) + (real_at(plan, unit) < 0 ? -.5 : .5));
}

static double range_at(const struct coop_design_axis *axis, double unit)
{
    return axis->row->type == COOP_PARAM_INTEGER ? whole_at(axis->plan, unit)
                                                 : real_at(axis->plan, unit);
}

const char *coop_design_axis_text(const struct coop_design *design, size_t axis, size_t point,
                                  char buffer[COOP_AXIS_TEXT_SIZE])
{
    const struct coop_design_axis *at = &design->axis[axis];
    const double unit = coop_design_unit(design, axis, point);
    if (isnan(unit))
        return at->base;
    if (at->plan->values > 0)
        return at->plan->value[part_of(unit, at->plan->values)];
    return coop_real_text(range_at(at, unit), buffer);
}

double coop_design_axis_share(const struct coop_design *design, size_t axis, size_t point)
{
    const struct coop_axis *plan = design->axis[axis].plan;
    const double unit = coop_design_unit(design, axis, point);
    if (isnan(unit))
        return unit;
    if (plan->values > 0)
        return plan->values > 1 ? (double)part_of(unit, plan->values) / (double)(plan->values - 1)
                                : 0;
    if (design->axis[axis].row->type != COOP_PARAM_INTEGER)
        return unit;
    const double value = coop_design_axis_number(design, axis, point);
    if (plan->logarithmic)
        return (coop_log(value) - coop_log(plan->from)) /
               (coop_log(plan->to) - coop_log(plan->from));
    return (value - plan->from) / (plan->to - plan->from);
}

double coop_design_axis_number(const struct coop_design *design, size_t axis, size_t point)
{
    const struct coop_design_axis *at = &design->axis[axis];
    const double unit = coop_design_unit(design, axis, point);
    char buffer[COOP_AXIS_TEXT_SIZE];
    struct coop_fault fault;
    double number;
    if (coop_row_is_list(at->row))
        return isnan(unit) ? (double)NAN : (double)part_of(unit, at->plan->values);
    const char *text = coop_design_axis_text(design, axis, point, buffer);
    return coop_row_read(at->row, text, &number, &fault) ? number : (double)NAN;
}

/* An axis at the configuration's own value leaves the script as it is: regimes may differ in it. */
static enum coop_status set_point(const struct coop_design *design, size_t point,
                                  struct coop_script *script)
{
    char buffer[COOP_AXIS_TEXT_SIZE];
    for (size_t a = 0; a < design->axes; a++)
        if (!isnan(coop_design_unit(design, a, point)))
            COOP_TRY(coop_script_set_text(script, coop_design_axis_name(design, a),
                                          coop_design_axis_text(design, a, point, buffer),
                                          design->axis[a].origin));
    return COOP_OK;
}

static enum coop_status set_run(const struct coop_design *design, size_t run,
                                struct coop_script *script)
{
    const struct coop_plan plan = coop_design_plan(design, run);
    COOP_TRY(set_point(design, plan.point, script));
    if (plan.twin == NULL)
        return COOP_OK;
    return coop_script_set_text(script, design->twin_row, plan.twin,
                                design->twin_origin[run - plan.self - 1]);
}

enum coop_status coop_design_script(const struct coop_design *design, size_t run,
                                    struct coop_script *ret)
{
    const size_t case_number = coop_design_plan(design, run).case_number;
    COOP_TRY(coop_script_copy(ret, &design->script[case_number]));
    const enum coop_status status = set_run(design, run, ret);
    if (status != COOP_OK)
        coop_script_free(ret);
    return status;
}

const char *coop_design_label(const struct coop_design *design, size_t run,
                              char buffer[COOP_DESIGN_LABEL_SIZE])
{
    const struct coop_plan plan = coop_design_plan(design, run);
    char point[32] = "", replicate[32] = "";
    if (design->kind != COOP_NO_SCHEME)
        snprintf(point, sizeof point, ", point %zu", plan.point);
    if (design->replicates > 1)
        snprintf(replicate, sizeof replicate, ", replicate %u", plan.replicate);
    snprintf(buffer, COOP_DESIGN_LABEL_SIZE, "%s%s%s", plan.name, point, replicate);
    return buffer;
}

void coop_design_free(struct coop_design *design)
{
    for (size_t e = 0; design->name && e < design->entries; e++)
        free(design->name[e]);
    for (size_t c = 0; design->script && c < design->cases; c++)
        coop_script_free(&design->script[c]);
    for (size_t a = 0; design->axis && a < design->axes; a++) {
        free(design->axis[a].base);
        free(design->axis[a].origin);
    }
    for (size_t t = 0; design->twin_origin && t < design->twins; t++)
        free(design->twin_origin[t]);
    free(design->name);
    free(design->script);
    free(design->axis);
    free(design->twin_origin);
    free(design->unit);
    free(design->cut);
    free(design->order);
    *design = (struct coop_design){0};
}
