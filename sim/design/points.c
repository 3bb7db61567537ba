/* coopsim - GPL-3.0-or-later
 *
 * How many points a design has, and where they lie: the kinds that count through their axes, and
 * Saltelli's arrangement of a Sobol sample. */
#include "sim/design/points.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the points of the design");
}

static size_t most_dimensions(enum coop_scheme_kind kind)
{
    return kind == COOP_SALTELLI ? COOP_SOBOL_DIMENSIONS_MAX / 2 : COOP_SOBOL_DIMENSIONS_MAX;
}

/* Sobol's sequence has 40 dimensions in GSL, and a Saltelli design takes two of them an axis. */
static bool check_dimensions(const struct coop_design *design, const struct coop_scheme *scheme,
                             struct coop_problems *problems)
{
    const size_t most = most_dimensions(design->kind);
    if ((design->kind != COOP_SOBOL && design->kind != COOP_SALTELLI) || design->axes <= most)
        return true;
    coop_problems_add(
        problems, scheme->axis[most].place,
        "%zu axes, and a %s design has at most %zu (GSL's sequence has %d dimensions) "
        "- take fewer, or a %s",
        design->axes, coop_scheme_word(design->kind), most, COOP_SOBOL_DIMENSIONS_MAX,
        design->kind == COOP_SOBOL ? "latin_hypercube" : "morris design first");
    return false;
}

static bool check_lengths(const struct coop_design *design, const struct coop_scheme *scheme,
                          struct coop_problems *problems)
{
    const size_t first = coop_design_axis_values(design, 0);
    bool alike = true;
    for (size_t a = 1; a < design->axes; a++) {
        const size_t values = coop_design_axis_values(design, a);
        if (values != first)
            coop_problems_add(problems, scheme->axis[a].place,
                              "'%s' has %zu values and '%s' has %zu, but a list takes them side by "
                              "side - give as many, or 'kind: factorial' for all combinations",
                              coop_design_axis_name(design, a), values,
                              coop_design_axis_name(design, 0), first);
        alike = alike && values == first;
    }
    return alike;
}

bool coop_points_count(const struct coop_design *design, const struct coop_scheme *scheme,
                       double *ret, struct coop_problems *problems)
{
    double product = 1, sum = 1;
    for (size_t a = 0; a < design->axes; a++) {
        product *= (double)coop_design_axis_values(design, a);
        sum += (double)coop_design_axis_values(design, a);
    }
    switch (design->kind) {
    case COOP_FACTORIAL:
        *ret = product;
        return true;
    case COOP_LIST:
        *ret = (double)coop_design_axis_values(design, 0);
        return check_lengths(design, scheme, problems);
    case COOP_ONE_AT_A_TIME:
        *ret = sum;
        return true;
    case COOP_ARROWS:
        *ret = (double)design->points;
        return true;
    case COOP_LATIN_HYPERCUBE:
    case COOP_SOBOL:
        *ret = (double)scheme->points;
        break;
    case COOP_MORRIS:
        *ret = (double)scheme->points * (double)(design->axes + 1);
        break;
    case COOP_SALTELLI:
        *ret = (double)scheme->points * (double)(design->axes + 2);
        break;
    case COOP_NO_SCHEME:
    case COOP_SCHEME_KINDS:
        *ret = 1;
        break;
    }
    return check_dimensions(design, scheme, problems);
}

static double step_at(size_t step, size_t steps)
{
    return steps > 1 ? (double)step / (double)(steps - 1) : 0;
}

static void fill_factorial(struct coop_design *design)
{
    for (size_t p = 0; p < design->points; p++) {
        size_t rest = p;
        for (size_t a = design->axes; a-- > 0;) {
            const size_t values = coop_design_axis_values(design, a);
            design->unit[p * design->axes + a] = step_at(rest % values, values);
            rest /= values;
        }
    }
}

static void fill_list(struct coop_design *design)
{
    for (size_t p = 0; p < design->points; p++)
        for (size_t a = 0; a < design->axes; a++)
            design->unit[p * design->axes + a] = step_at(p, design->points);
}

static void fill_one_at_a_time(struct coop_design *design)
{
    for (size_t i = 0; i < design->points * design->axes; i++)
        design->unit[i] = (double)NAN;
    for (size_t a = 0, p = 1; a < design->axes; a++) {
        const size_t values = coop_design_axis_values(design, a);
        for (size_t v = 0; v < values; v++, p++)
            design->unit[p * design->axes + a] = step_at(v, values);
    }
}

static enum coop_status fill_latin_hypercube(struct coop_design *design, uint64_t seed)
{
    size_t *order = calloc(design->points, sizeof *order);
    if (!order)
        return no_memory();
    coop_points_latin_hypercube(design->unit, design->points, design->axes, seed, order);
    free(order);
    return COOP_OK;
}

/* Rows of k + 2 points, so that what is done of an unfinished sweep is whole rows: A, B, then A with
 * one coordinate after the other taken from B. The halves of the sequence's coordinates are A and
 * B. */
static enum coop_status fill_saltelli(struct coop_design *design)
{
    const size_t axes = design->axes, rows = design->points / (axes + 2);
    double *sample = calloc(rows * 2 * axes, sizeof *sample);
    if (!sample)
        return no_memory();
    const enum coop_status status = coop_points_sobol(sample, rows, 2 * axes);
    for (size_t row = 0; status == COOP_OK && row < rows; row++) {
        const double *a = sample + row * 2 * axes, *b = a + axes;
        double *unit = design->unit + row * (axes + 2) * axes;
        memcpy(unit, a, axes * sizeof *unit);
        memcpy(unit + axes, b, axes * sizeof *unit);
        for (size_t i = 0; i < axes; i++) {
            double *mixed = unit + (2 + i) * axes;
            memcpy(mixed, a, axes * sizeof *mixed);
            mixed[i] = b[i];
        }
    }
    free(sample);
    return status;
}

static void fill_arrows(struct coop_design *design)
{
    for (size_t p = 0; p < design->points; p++)
        for (size_t a = 0; a < design->axes; a++)
            design->unit[p * design->axes + a] = (double)(design->cut[p] >> a & 1u);
}

enum coop_status coop_points_init(struct coop_design *design, const struct coop_scheme *scheme)
{
    const uint64_t seed = (uint64_t)scheme->seed;
    design->unit = calloc(design->points * design->axes + 1, sizeof *design->unit);
    if (!design->unit)
        return no_memory();
    switch (design->kind) {
    case COOP_FACTORIAL:
        fill_factorial(design);
        break;
    case COOP_LIST:
        fill_list(design);
        break;
    case COOP_ONE_AT_A_TIME:
        fill_one_at_a_time(design);
        break;
    case COOP_ARROWS:
        fill_arrows(design);
        break;
    case COOP_LATIN_HYPERCUBE:
        return fill_latin_hypercube(design, seed);
    case COOP_SOBOL:
        return coop_points_sobol(design->unit, design->points, design->axes);
    case COOP_MORRIS:
        coop_points_morris(design->unit, (size_t)scheme->points, design->axes,
                           (size_t)scheme->levels, seed);
        break;
    case COOP_SALTELLI:
        return fill_saltelli(design);
    case COOP_NO_SCHEME:
    case COOP_SCHEME_KINDS:
        break;
    }
    return COOP_OK;
}
