/* coopsim - GPL-3.0-or-later
 *
 * Morris's elementary effects (Morris 1991, doi:10.1080/00401706.1991.10484804; Campolongo, Cariboni
 * and Saltelli 2007, doi:10.1016/j.envsoft.2006.10.004). */
#include "sim/sensitivity/bootstrap.h"

#include <math.h>
#include <stdlib.h>

/* The one axis in which two points differ; `axes` if it is none or several. */
static size_t moved_axis(const double *from, const double *to, size_t axes)
{
    size_t moved = axes;
    for (size_t i = 0; i < axes; i++) {
        if (from[i] == to[i])
            continue;
        if (moved < axes)
            return axes;
        moved = i;
    }
    return moved;
}

/* The effects of a trajectory into `effect` [axes], `step` apart, which are NAN before. */
static enum coop_status find_effects(const double *unit, const double *output, size_t first,
                                     size_t axes, double *effect, size_t step)
{
    for (size_t s = 0; s < axes; s++) {
        const double *from = unit + (first + s) * axes, *to = from + axes;
        const size_t i = moved_axis(from, to, axes);
        if (i == axes || !isnan(effect[i * step]))
            return COOP_FAIL(COOP_USAGE,
                             "points %zu and %zu do not differ in exactly one axis that their "
                             "trajectory has not moved along before: no Morris design",
                             first + s, first + s + 1);
        effect[i * step] = (output[first + s + 1] - output[first + s]) / (to[i] - from[i]);
    }
    return COOP_OK;
}

static void summarise(const double *effect, size_t count, struct coop_morris_effect *ret)
{
    const double n = (double)count;
    double sum = 0, size = 0, squares = 0;
    for (size_t t = 0; t < count; t++) {
        sum += effect[t];
        size += fabs(effect[t]);
    }
    for (size_t t = 0; t < count; t++)
        squares += (effect[t] - sum / n) * (effect[t] - sum / n);
    ret->mean = sum / n;
    ret->size.value = size / n;
    ret->spread = sqrt(squares / (n - 1));
}

/* The interval of mu*; `times` [count] and `estimate` [resamples] are scratch. */
static void find_interval(const double *effect, size_t count,
                          const struct coop_bootstrap *bootstrap, uint32_t *times, double *estimate,
                          struct coop_interval *ret)
{
    for (size_t s = 0; s < bootstrap->resamples; s++) {
        double size = 0;
        coop_bootstrap_draw(bootstrap, s, count, times);
        for (size_t t = 0; t < count; t++)
            size += (double)times[t] * fabs(effect[t]);
        estimate[s] = size / (double)count;
    }
    coop_bootstrap_interval(bootstrap, estimate, ret);
}

static enum coop_status find_all(const double *unit, const double *output, size_t trajectories,
                                 size_t axes, const struct coop_bootstrap *bootstrap,
                                 double *effect, uint32_t *times, double *estimate,
                                 struct coop_morris_effect *ret)
{
    for (size_t e = 0; e < trajectories * axes; e++)
        effect[e] = (double)NAN;
    for (size_t t = 0; t < trajectories; t++)
        COOP_TRY(find_effects(unit, output, t * (axes + 1), axes, effect + t, trajectories));
    for (size_t i = 0; i < axes; i++) {
        summarise(effect + i * trajectories, trajectories, &ret[i]);
        find_interval(effect + i * trajectories, trajectories, bootstrap, times, estimate,
                      &ret[i].size);
    }
    return COOP_OK;
}

enum coop_status coop_morris_effects(const double *unit, const double *output, size_t trajectories,
                                     size_t axes, const struct coop_bootstrap *bootstrap,
                                     struct coop_morris_effect *ret)
{
    COOP_TRY(coop_bootstrap_check(bootstrap));
    if (axes == 0 || trajectories < 2 || trajectories > UINT32_MAX)
        return COOP_FAIL(COOP_USAGE,
                         "elementary effects need at least 1 axis and 2 trajectories, here are %zu "
                         "and %zu",
                         axes, trajectories);
    COOP_TRY(coop_sensitivity_check(output, trajectories * (axes + 1)));
    double *effect = calloc(trajectories * axes, sizeof *effect);
    uint32_t *times = calloc(trajectories, sizeof *times);
    double *estimate = calloc(bootstrap->resamples, sizeof *estimate);
    const enum coop_status status =
        effect && times && estimate
            ? find_all(unit, output, trajectories, axes, bootstrap, effect, times, estimate, ret)
            : COOP_FAIL(COOP_MEMORY, "out of memory for the elementary effects");
    free(effect);
    free(times);
    free(estimate);
    return status;
}
