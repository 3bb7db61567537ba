/* coopsim - GPL-3.0-or-later */
#include "sim/sensitivity/bootstrap.h"

#include "sim/base/rng.h"

#include <math.h>
#include <stdlib.h>

enum coop_status coop_bootstrap_check(const struct coop_bootstrap *bootstrap)
{
    if (bootstrap->resamples == 0 || !(bootstrap->level > 0) || !(bootstrap->level < 1))
        return COOP_FAIL(COOP_INTERNAL, "a bootstrap of %zu resamples at level %g",
                         bootstrap->resamples, bootstrap->level);
    return COOP_OK;
}

enum coop_status coop_sensitivity_check(const double *output, size_t points)
{
    for (size_t p = 0; p < points; p++)
        if (!isfinite(output[p]))
            return COOP_FAIL(COOP_USAGE,
                             "point %zu has no value (its runs are missing or failed, or the "
                             "measure is not defined there), and every one of the %zu points is "
                             "needed - finish the sweep",
                             p, points);
    return COOP_OK;
}

void coop_bootstrap_draw(const struct coop_bootstrap *bootstrap, size_t resample, size_t count,
                         uint32_t *ret_times)
{
    enum { WORDS = 4 };
    const uint64_t stream = coop_stream_key(bootstrap->seed, 0, "sensitivity.bootstrap");
    struct coop_block block = {{0}};
    for (size_t i = 0; i < count; i++)
        ret_times[i] = 0;
    for (size_t i = 0; i < count; i++) {
        if (i % WORDS == 0)
            block = coop_philox((struct coop_block){{(uint32_t)(i / WORDS), (uint32_t)resample,
                                                     coop_purpose("sensitivity.row"), 0}},
                                stream);
        ret_times[coop_below(block.word[i % WORDS], (uint32_t)count)]++;
    }
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(const double *sorted, size_t count, double share)
{
    const double at = share * (double)(count - 1);
    const size_t below = (size_t)at;
    const size_t above = below + 1 < count ? below + 1 : below;
    return sorted[below] + (at - (double)below) * (sorted[above] - sorted[below]);
}

void coop_bootstrap_interval(const struct coop_bootstrap *bootstrap, double *estimate,
                             struct coop_interval *ret)
{
    size_t count = 0;
    for (size_t i = 0; i < bootstrap->resamples; i++)
        if (!isnan(estimate[i]))
            estimate[count++] = estimate[i];
    ret->low = ret->high = (double)NAN;
    if (count == 0)
        return;
    qsort(estimate, count, sizeof *estimate, by_size);
    ret->low = quantile(estimate, count, (1 - bootstrap->level) / 2);
    ret->high = quantile(estimate, count, (1 + bootstrap->level) / 2);
}
