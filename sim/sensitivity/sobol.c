/* coopsim - GPL-3.0-or-later
 *
 * Sobol's indices from a Saltelli design:
 *
 *     V    = variance of the outputs of A and B
 *     S_i  = sum (f(B) - m)(f(AB_i) - f(A)) / (N V)
 *     ST_i = sum (f(A) - f(AB_i))^2 / (2 N V)
 *
 * with m the mean of the outputs of A and B, which does not change what S_i estimates and makes it
 * far less noisy where the mean is large. */
#include "sim/sensitivity/bootstrap.h"

#include <math.h>
#include <stdlib.h>

struct sample {
    const double *centred; /* [rows][axes + 2], less their common mean, which cancels exactly */
    size_t rows, axes;
};

/* Sums of an axis over rows; and all that a resample needs. */
struct sums {
    double cross, difference, squares;
};
struct work {
    uint32_t *times;       /* [rows] */
    struct sums *sums;     /* [axes] */
    double *first, *total; /* [axes][resamples] */
};

/* `times` says how often each row counts; NULL: once. `ret_first` and `ret_total` are `step` apart.
 * NAN without any variance. */
static void estimate(const struct sample *sample, const uint32_t *times, struct sums *sums,
                     double *ret_first, double *ret_total, size_t step)
{
    const double rows = (double)sample->rows;
    double sum = 0, squares = 0;
    for (size_t i = 0; i < sample->axes; i++)
        sums[i] = (struct sums){0};
    for (size_t r = 0; r < sample->rows; r++) {
        const double weight = times != NULL ? (double)times[r] : 1;
        const double *row = sample->centred + r * (sample->axes + 2), a = row[0], b = row[1];
        if (weight == 0)
            continue;
        sum += weight * (a + b);
        squares += weight * (a * a + b * b);
        for (size_t i = 0; i < sample->axes; i++) {
            const double difference = row[2 + i] - a;
            sums[i].cross += weight * b * difference;
            sums[i].difference += weight * difference;
            sums[i].squares += weight * difference * difference;
        }
    }
    const double mean = sum / (2 * rows), variance = squares / (2 * rows) - mean * mean;
    for (size_t i = 0; i < sample->axes; i++) {
        ret_first[i * step] = variance > 0
                                  ? (sums[i].cross - mean * sums[i].difference) / (rows * variance)
                                  : (double)NAN;
        ret_total[i * step] = variance > 0 ? sums[i].squares / (2 * rows * variance) : (double)NAN;
    }
}

static void find_indices(const struct sample *sample, const struct coop_bootstrap *bootstrap,
                         struct work *work, struct coop_sobol_index *ret)
{
    const size_t resamples = bootstrap->resamples;
    estimate(sample, NULL, work->sums, work->first, work->total, 1);
    for (size_t i = 0; i < sample->axes; i++) {
        ret[i].first.value = work->first[i];
        ret[i].total.value = work->total[i];
    }
    for (size_t s = 0; s < resamples; s++) {
        coop_bootstrap_draw(bootstrap, s, sample->rows, work->times);
        estimate(sample, work->times, work->sums, work->first + s, work->total + s, resamples);
    }
    for (size_t i = 0; i < sample->axes; i++) {
        coop_bootstrap_interval(bootstrap, work->first + i * resamples, &ret[i].first);
        coop_bootstrap_interval(bootstrap, work->total + i * resamples, &ret[i].total);
    }
}

static enum coop_status check(const double *output, size_t rows, size_t axes,
                              const struct coop_bootstrap *bootstrap)
{
    const size_t points = rows * (axes + 2);
    COOP_TRY(coop_bootstrap_check(bootstrap));
    if (axes == 0 || rows < 2 || rows > UINT32_MAX)
        return COOP_FAIL(COOP_USAGE,
                         "Sobol indices need at least 1 axis and 2 rows, here are %zu and %zu",
                         axes, rows);
    COOP_TRY(coop_sensitivity_check(output, points));
    for (size_t p = 1; p < points; p++)
        if (output[p] != output[0])
            return COOP_OK;
    return COOP_FAIL(COOP_USAGE,
                     "the output is %g at all %zu points, so that there is no variance "
                     "to be shared among the axes",
                     output[0], points);
}

static void centre(double *ret, const double *output, size_t points)
{
    double sum = 0;
    for (size_t p = 0; p < points; p++)
        sum += output[p] - output[0];
    for (size_t p = 0; p < points; p++)
        ret[p] = output[p] - output[0] - sum / (double)points;
}

enum coop_status coop_sobol_indices(const double *output, size_t rows, size_t axes,
                                    const struct coop_bootstrap *bootstrap,
                                    struct coop_sobol_index *ret)
{
    COOP_TRY(check(output, rows, axes, bootstrap));
    double *centred = calloc(rows * (axes + 2), sizeof *centred);
    struct work work = {.times = calloc(rows, sizeof *work.times),
                        .sums = calloc(axes, sizeof *work.sums),
                        .first = calloc(axes * bootstrap->resamples, sizeof *work.first),
                        .total = calloc(axes * bootstrap->resamples, sizeof *work.total)};
    enum coop_status status = COOP_OK;
    if (!centred || !work.times || !work.sums || !work.first || !work.total) {
        status = COOP_FAIL(COOP_MEMORY, "out of memory for the Sobol indices");
    } else {
        centre(centred, output, rows * (axes + 2));
        find_indices(&(struct sample){centred, rows, axes}, bootstrap, &work, ret);
    }
    free(centred);
    free(work.times);
    free(work.sums);
    free(work.first);
    free(work.total);
    return status;
}
