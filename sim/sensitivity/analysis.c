/* coopsim - GPL-3.0-or-later */
#include "sim/sensitivity/analysis.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* In fewer of Sobol's points an axis may not move at all. */
enum { SALTELLI_ROWS_MIN = 8 };

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the sensitivity of the design");
}

void coop_sensitivity_free(struct coop_sensitivity *sensitivity)
{
    free(sensitivity->axis);
    *sensitivity = (struct coop_sensitivity){0};
}

void coop_sensitivity_verify(const struct coop_config *config, const struct coop_design *design,
                             struct coop_problems *problems)
{
    if (design->kind == COOP_SALTELLI && design->points / (design->axes + 2) < SALTELLI_ROWS_MIN)
        coop_problems_add(problems, config->scheme.place,
                          "a saltelli design of %zu rows is too small for indices: its points "
                          "hardly differ - give 'points: %d' or more, 512 is usual",
                          design->points / (design->axes + 2), SALTELLI_ROWS_MIN);
    for (size_t a = 0; a < design->axes; a++)
        if ((design->kind == COOP_SALTELLI || design->kind == COOP_MORRIS) &&
            coop_design_axis_values(design, a) == 1)
            coop_problems_add(problems, config->scheme.axis[a].place,
                              "'%s' has one value only, and what does not vary has no index of "
                              "sensitivity - give it another, or set it outside of the design",
                              config->scheme.axis[a].parameter);
}

/* Effects are of the values' own steps: a switch goes its whole way however long the design's step is. */
static enum coop_status find_effects(const struct coop_design *design, const double *output,
                                     const struct coop_bootstrap *bootstrap,
                                     struct coop_morris_effect *ret)
{
    const size_t axes = design->axes;
    double *share = calloc(design->points * axes, sizeof *share);
    if (share == NULL)
        return no_memory();
    for (size_t p = 0; p < design->points; p++)
        for (size_t a = 0; a < axes; a++)
            share[p * axes + a] = coop_design_axis_share(design, a, p);
    const enum coop_status status =
        coop_morris_effects(share, output, design->points / (axes + 1), axes, bootstrap, ret);
    free(share);
    return status;
}

/* The indices of an output, [points]: of one replicate, or of their mean. */
static enum coop_status find_indices(const struct coop_design *design, const double *output,
                                     const struct coop_bootstrap *bootstrap,
                                     struct coop_axis_sensitivity *ret)
{
    const size_t axes = design->axes;
    const bool saltelli = design->kind == COOP_SALTELLI;
    struct coop_sobol_index sobol[COOP_AXES_MAX];
    struct coop_morris_effect morris[COOP_AXES_MAX];
    if (saltelli)
        COOP_TRY(coop_sobol_indices(output, design->points / (axes + 2), axes, bootstrap, sobol));
    else
        COOP_TRY(find_effects(design, output, bootstrap, morris));
    for (size_t a = 0; a < axes; a++) {
        ret[a].name = coop_design_axis_name(design, a);
        if (saltelli)
            ret[a].sobol = sobol[a];
        else
            ret[a].morris = morris[a];
    }
    return COOP_OK;
}

/* The two numbers of an axis that have a standard error over replicates. */
static double number_of(const struct coop_design *design, const struct coop_axis_sensitivity *axis,
                        size_t which)
{
    if (design->kind == COOP_SALTELLI)
        return which == 0 ? axis->sobol.first.value : axis->sobol.total.value;
    return which == 0 ? axis->morris.mean : axis->morris.size.value;
}

/* Values of an entry, [replicates][points]. */
static double at(const struct coop_design *design, size_t entry, const double *value,
                 size_t replicate, size_t point)
{
    return value[(replicate * design->points + point) * design->entries + entry];
}

/* Of a mean: values `step` apart. */
static double error_of(const double *value, size_t count, size_t step)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < count; i++)
        sum += value[i * step];
    for (size_t i = 0; i < count; i++)
        squares +=
            (value[i * step] - sum / (double)count) * (value[i * step] - sum / (double)count);
    return sqrt(squares / (double)(count - 1) / (double)count);
}

/* Each replicate as a sensitivity analysis of its own: `ret` is [replicates][2 axes]. */
static enum coop_status find_each(const struct coop_design *design, size_t entry,
                                  const double *value, double *output,
                                  struct coop_axis_sensitivity *one, double *ret)
{
    const struct coop_bootstrap least = {.resamples = 1, .level = .5};
    for (size_t r = 0; r < design->replicates; r++) {
        for (size_t p = 0; p < design->points; p++)
            output[p] = at(design, entry, value, r, p);
        COOP_TRY(find_indices(design, output, &least, one));
        for (size_t i = 0; i < 2 * design->axes; i++)
            ret[r * 2 * design->axes + i] = number_of(design, &one[i / 2], i % 2);
    }
    return COOP_OK;
}

static enum coop_status find_errors(const struct coop_design *design, size_t entry,
                                    const double *value, struct coop_sensitivity *ret)
{
    const size_t numbers = 2 * design->axes;
    double *output = calloc(design->points, sizeof *output);
    double *number = calloc(numbers * design->replicates, sizeof *number);
    struct coop_axis_sensitivity *one = calloc(design->axes, sizeof *one);
    enum coop_status status = output != NULL && number != NULL && one != NULL
                                  ? find_each(design, entry, value, output, one, number)
                                  : no_memory();
    for (size_t i = 0; i < numbers && status == COOP_OK; i++)
        ret->axis[i / 2].error[i % 2] = error_of(number + i, design->replicates, numbers);
    free(output);
    free(number);
    free(one);
    /* A replicate may be without variance where their mean is not. */
    return status == COOP_USAGE ? COOP_OK : status;
}

/* What is left of a value when the means of its point and of its replicate are taken away is noise; the
 * mean of a point has the replicates' number less of it. */
static double noise_of(const struct coop_design *design, size_t entry, const double *value,
                       const double *mean, double deviation)
{
    const double replicates = (double)design->replicates, points = (double)design->points;
    double squares = 0;
    for (size_t r = 0; r < design->replicates; r++) {
        double shift = 0;
        for (size_t p = 0; p < design->points; p++)
            shift += (at(design, entry, value, r, p) - mean[p]) / points;
        for (size_t p = 0; p < design->points; p++) {
            const double rest = at(design, entry, value, r, p) - mean[p] - shift;
            squares += rest * rest;
        }
    }
    const double variance = squares / ((replicates - 1) * (points - 1)) / replicates;
    const double share = variance / (deviation * deviation);
    return share < 1 ? share : 1;
}

static void summarise(const double *mean, size_t points, struct coop_sensitivity *ret)
{
    double squares = 0;
    ret->mean = 0;
    for (size_t p = 0; p < points; p++)
        ret->mean += mean[p] / (double)points;
    for (size_t p = 0; p < points; p++)
        squares += (mean[p] - ret->mean) * (mean[p] - ret->mean);
    ret->deviation = sqrt(squares / (double)(points - 1));
}

static enum coop_status find_all(const struct coop_design *design, size_t entry,
                                 const double *value, const struct coop_bootstrap *bootstrap,
                                 double *mean, struct coop_sensitivity *ret)
{
    for (size_t p = 0; p < design->points; p++) {
        mean[p] = 0;
        for (size_t r = 0; r < design->replicates; r++)
            mean[p] += at(design, entry, value, r, p);
        mean[p] /= (double)design->replicates;
    }
    summarise(mean, design->points, ret);
    COOP_TRY(find_indices(design, mean, bootstrap, ret->axis));
    if (design->replicates < 2)
        return COOP_OK;
    ret->noise = noise_of(design, entry, value, mean, ret->deviation);
    return find_errors(design, entry, value, ret);
}

enum coop_status coop_sensitivity_analyse(const struct coop_design *design, size_t entry,
                                          const double *value,
                                          const struct coop_bootstrap *bootstrap,
                                          struct coop_sensitivity *ret)
{
    const bool saltelli = design->kind == COOP_SALTELLI;
    *ret = (struct coop_sensitivity){.kind = design->kind};
    if (!saltelli && design->kind != COOP_MORRIS)
        return COOP_FAIL(COOP_USAGE, "a %s design gives no sensitivity indices",
                         coop_scheme_word(design->kind));
    ret->entry = design->name[entry];
    ret->points = design->points;
    ret->replicates = design->replicates;
    ret->rows = design->points / (design->axes + (saltelli ? 2 : 1));
    ret->noise = (double)NAN;
    ret->axes = design->axes;
    ret->axis = calloc(design->axes, sizeof *ret->axis);
    double *mean = calloc(design->points, sizeof *mean);
    if (ret->axis == NULL || mean == NULL) {
        free(mean);
        return no_memory();
    }
    for (size_t a = 0; a < design->axes; a++)
        ret->axis[a] = (struct coop_axis_sensitivity){.name = coop_design_axis_name(design, a),
                                                      .error = {(double)NAN, (double)NAN}};
    enum coop_status status = find_all(design, entry, value, bootstrap, mean, ret);
    free(mean);
    if (status == COOP_USAGE) {
        snprintf(ret->reason, sizeof ret->reason, "%s", coop_status_message());
        status = COOP_OK;
    }
    return status;
}
