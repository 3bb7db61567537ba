/* coopsim - GPL-3.0-or-later */
#include "sim/phase/phase.h"

#include "sim/param/text.h"
#include "sim/phase/curve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NET_LINES = 65 };

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the phase diagram");
}

void coop_phase_free(struct coop_phase *phase)
{
    free(phase->x);
    free(phase->y);
    free(phase->cell);
    free(phase->segment);
    *phase = (struct coop_phase){0};
}

/* The values of an axis in the design's own order, number `step` of them. */
static double axis_value(const struct coop_design *design, size_t axis, size_t step)
{
    const size_t fast = coop_design_axis_values(design, 1);
    return coop_design_axis_number(design, axis, axis == 0 ? step * fast : step);
}

/* Steps of an axis, by rising value. */
static void sort_steps(const struct coop_design *design, size_t axis, size_t count, size_t *ret)
{
    for (size_t i = 0; i < count; i++) {
        size_t k = i;
        for (; k > 0 && axis_value(design, axis, ret[k - 1]) > axis_value(design, axis, i); k--)
            ret[k] = ret[k - 1];
        ret[k] = i;
    }
}

/* What is asked of the model's law: parameters of an entry, of which two are varied. */
struct law {
    const struct coop_stability *stability; /* NULL: there is none */
    const struct coop_phase *phase;
    struct coop_param_set set;
};

/* A share of the way along an axis. */
static double along(const double *value, size_t count, bool logarithmic, double share)
{
    const double from = value[0], to = value[count - 1];
    if (share <= 0 || share >= 1)
        return share <= 0 ? from : to;
    return logarithmic ? exp(log(from) + share * (log(to) - log(from)))
                       : from + share * (to - from);
}

static bool assign(struct law *law, const struct coop_param *row, double value)
{
    char text[COOP_REAL_TEXT_SIZE];
    coop_real_text(row->type == COOP_PARAM_INTEGER ? floor(value + .5) : value, text);
    return coop_param_set_text(&law->set, row->name, text, "phase") == COOP_OK;
}

static double gain_at(struct law *law, double x, double y)
{
    if (law->stability == NULL || !assign(law, law->phase->x_row, x) ||
        !assign(law, law->phase->y_row, y))
        return (double)NAN;
    return law->stability->gain(&law->set);
}

static double gain_on_plane(void *context, double x, double y)
{
    struct law *law = context;
    const struct coop_phase *phase = law->phase;
    return gain_at(law, along(phase->x, phase->columns, phase->x_logarithmic, x),
                   along(phase->y, phase->rows, phase->y_logarithmic, y));
}

static enum coop_status find_curve(struct law *law, struct coop_phase *ret)
{
    const struct coop_plane plane = {gain_on_plane, law, NET_LINES};
    struct coop_curve_segment *segment = NULL;
    size_t segments = 0;
    enum coop_status status =
        coop_curve_find(&plane, &segment, &segments, &ret->gain_low, &ret->gain_high);
    ret->segment = calloc(segments + 1, sizeof *ret->segment);
    if (ret->segment == NULL)
        status = no_memory();
    for (size_t s = 0; s < segments && status == COOP_OK; s++)
        for (size_t end = 0; end < 2; end++) {
            struct coop_phase_segment *to = &ret->segment[s];
            to->x[end] = along(ret->x, ret->columns, ret->x_logarithmic, segment[s].x[end]);
            to->y[end] = along(ret->y, ret->rows, ret->y_logarithmic, segment[s].y[end]);
        }
    ret->segments = status == COOP_OK ? segments : 0;
    free(segment);
    return status;
}

/* Mean over replicates and its standard error. */
static void average(const struct coop_design *design, size_t entry, size_t point,
                    const double *value, double *ret_mean, double *ret_error)
{
    const size_t step = design->points * design->entries;
    const double count = (double)design->replicates;
    double sum = 0, squares = 0;
    *ret_mean = *ret_error = (double)NAN;
    if (value == NULL)
        return;
    value += point * design->entries + entry;
    for (size_t r = 0; r < design->replicates; r++)
        sum += value[r * step];
    for (size_t r = 0; r < design->replicates; r++)
        squares += (value[r * step] - sum / count) * (value[r * step] - sum / count);
    *ret_mean = sum / count;
    if (design->replicates > 1)
        *ret_error = sqrt(squares / (count - 1) / count);
}

static void fill_cells(const struct coop_design *design, size_t entry, const double *value,
                       const double *locked, const size_t *x_step, const size_t *y_step,
                       struct law *law, struct coop_phase *ret)
{
    for (size_t row = 0; row < ret->rows; row++)
        for (size_t column = 0; column < ret->columns; column++) {
            struct coop_phase_cell *cell = &ret->cell[row * ret->columns + column];
            const size_t point = x_step[column] * ret->rows + y_step[row];
            average(design, entry, point, value, &cell->value, &cell->error);
            average(design, entry, point, locked, &cell->locked, &cell->locked_error);
            cell->gain = gain_at(law, ret->x[column], ret->y[row]);
        }
}

/* The law is that of one set of parameters: of several regimes side by side there is none. */
static enum coop_status begin_law(const struct coop_model *model, const struct coop_design *design,
                                  size_t entry, const struct coop_phase *phase, struct law *ret)
{
    const struct coop_plan plan = coop_design_plan(design, entry);
    const struct coop_script *script = &design->script[plan.case_number];
    *ret =
        (struct law){.phase = phase, .stability = script->regimes == 1 ? model->stability : NULL};
    COOP_TRY(coop_param_copy(&ret->set, script->set));
    if (plan.twin == NULL)
        return COOP_OK;
    return coop_param_set_text(&ret->set, design->twin_row, plan.twin, "phase");
}

static enum coop_status find_all(const struct coop_model *model, const struct coop_design *design,
                                 size_t entry, const double *value, const double *locked,
                                 size_t *x_step, size_t *y_step, struct coop_phase *ret)
{
    struct law law = {0};
    sort_steps(design, 0, ret->columns, x_step);
    sort_steps(design, 1, ret->rows, y_step);
    for (size_t i = 0; i < ret->columns; i++)
        ret->x[i] = axis_value(design, 0, x_step[i]);
    for (size_t i = 0; i < ret->rows; i++)
        ret->y[i] = axis_value(design, 1, y_step[i]);
    enum coop_status status = begin_law(model, design, entry, ret, &law);
    if (status == COOP_OK) {
        fill_cells(design, entry, value, locked, x_step, y_step, &law, ret);
        status = find_curve(&law, ret);
    }
    coop_param_free(&law.set);
    return status;
}

enum coop_status coop_phase_find(const struct coop_model *model, const struct coop_design *design,
                                 size_t entry, const double *value, const double *locked,
                                 struct coop_phase *ret)
{
    *ret = (struct coop_phase){0};
    if (design->kind != COOP_FACTORIAL || design->axes != 2)
        return COOP_FAIL(COOP_USAGE, "a phase diagram needs a factorial design of two axes");
    const size_t columns = coop_design_axis_values(design, 0);
    const size_t rows = coop_design_axis_values(design, 1);
    *ret = (struct coop_phase){.entry = design->name[entry],
                               .x_name = coop_design_axis_name(design, 0),
                               .y_name = coop_design_axis_name(design, 1),
                               .x_row = design->axis[0].row,
                               .y_row = design->axis[1].row,
                               .x_logarithmic = design->axis[0].plan->logarithmic,
                               .y_logarithmic = design->axis[1].plan->logarithmic,
                               .columns = columns,
                               .rows = rows,
                               .x = calloc(columns, sizeof(double)),
                               .y = calloc(rows, sizeof(double)),
                               .cell = calloc(columns * rows, sizeof(struct coop_phase_cell))};
    size_t *x_step = calloc(columns, sizeof *x_step), *y_step = calloc(rows, sizeof *y_step);
    const enum coop_status status =
        ret->x && ret->y && ret->cell && x_step && y_step
            ? find_all(model, design, entry, value, locked, x_step, y_step, ret)
            : no_memory();
    free(x_step);
    free(y_step);
    return status;
}
