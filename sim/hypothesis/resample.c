/* coopsim - GPL-3.0-or-later */
#include "sim/hypothesis/resample.h"

#include "sim/base/rng.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* Clusters beyond BLOCKS_MAX are left out some at a time, as leaving out each costs the square. A
 * quantile has 20 resamples or more beyond it. */
enum { BLOCKS_MAX = 1000, RESAMPLES_MIN = 2000, TAIL_RESAMPLES = 20 };

static double mean_of(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum / (double)n;
}

/* Pseudo-values, whose mean has the statistic's standard error; a mean's are its scores. */
static void jackknife(const struct coop_statistic *statistic, double value, size_t blocks,
                      double *weight, double *ret)
{
    const size_t n = statistic->clusters;
    for (size_t b = 0; b < blocks; b++) {
        for (size_t i = 0; i < n; i++)
            weight[i] = i % blocks != b;
        const double without = coop_statistic_value(statistic, weight);
        ret[b] = (double)blocks * value - (double)(blocks - 1) * without;
    }
}

/* Standard error and acceleration of the pseudo-values. */
static double spread_of(const double *pseudo, size_t n, double *ret_acceleration)
{
    const double mean = mean_of(pseudo, n);
    double squares = 0, cubes = 0;
    for (size_t i = 0; i < n; i++) {
        const double d = pseudo[i] - mean;
        squares += d * d;
        cubes += d * d * d;
    }
    *ret_acceleration = squares > 0 ? cubes / (6 * squares * sqrt(squares)) : 0;
    return sqrt(squares / (double)(n - 1) / (double)n);
}

/* How often each cluster is drawn in a resample. */
static void draw(uint64_t seed, size_t resample, size_t n, double *ret_weight)
{
    const size_t indices = (size_t)1 << COOP_INDEX_BITS;
    for (size_t i = 0; i < n; i++)
        ret_weight[i] = 0;
    for (size_t i = 0; i < n; i += 4) {
        const size_t block = i / 4;
        const struct coop_block words =
            coop_draw(seed, coop_purpose("hypothesis.resample"), 0, (int64_t)resample,
                      (uint32_t)(block % indices), (uint32_t)(block / indices));
        for (size_t w = 0; w < 4 && i + w < n; w++)
            ret_weight[coop_below(words.word[w], (uint32_t)n)] += 1;
    }
}

/* Of x / y the half of 1 + it is e if the mean of x + (1 - 2 e) y is 0. Its standard error, on the
 * scale of e. */
static void find_error_of_share(const struct coop_statistic *statistic, struct coop_estimate *ret)
{
    const double *x = statistic->score, *y = statistic->base;
    const size_t n = statistic->clusters;
    const double mean_x = mean_of(x, n), mean_y = mean_of(y, n), ratio = mean_x / mean_y;
    double rest = 0, both = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        const double from_y = y[i] - mean_y, from_line = x[i] - mean_x - ratio * from_y;
        rest += from_line * from_line;
        both += from_line * from_y;
        squares += from_y * from_y;
    }
    const double scale = (double)(n - 1) * (double)n * mean_y * mean_y;
    ret->error = sqrt(rest / scale) / 2;
    ret->tilt = -both / scale;
    ret->bend = squares / scale;
    ret->freedom = (double)n - 1;
}

static int compare(const void *a, const void *b)
{
    const double first = *(const double *)a, second = *(const double *)b;
    return first < second ? -1 : first > second;
}

/* The defined values of `resamples` resamples, sorted; returns how many. */
static size_t bootstrap(const struct coop_statistic *statistic, uint64_t seed, size_t resamples,
                        double *weight, double *ret)
{
    size_t defined = 0;
    for (size_t r = 0; r < resamples; r++) {
        draw(seed, r, statistic->clusters, weight);
        ret[defined] = coop_statistic_value(statistic, weight);
        if (!isnan(ret[defined]))
            defined++;
    }
    qsort(ret, defined, sizeof *ret, compare);
    return defined;
}

/* Normal quantile of the share of the resamples below the value. */
static double bias_of(const double *sorted, size_t n, double value)
{
    double below = 0;
    for (size_t i = 0; i < n; i++)
        below += sorted[i] < value ? 1 : sorted[i] == value ? .5 : 0;
    const double least = .5 / (double)n;
    return gsl_cdf_ugaussian_Pinv(fmin(1 - least, fmax(least, below / (double)n)));
}

static double quantile(const double *sorted, size_t n, double share)
{
    const double at = share * (double)n - .5;
    if (!(at > 0))
        return sorted[0];
    if (at >= (double)(n - 1))
        return sorted[n - 1];
    const size_t i = (size_t)at;
    return sorted[i] + (at - (double)i) * (sorted[i + 1] - sorted[i]);
}

/* The share of the resamples below the end of the interval whose normal quantile is `z`. */
static double share_of(double z, double bias, double acceleration)
{
    const double shifted = bias + z, denominator = 1 - acceleration * shifted;
    return denominator > 0 ? gsl_cdf_ugaussian_P(bias + shifted / denominator) : (z > 0 ? 1 : 0);
}

static void find_interval(const double *sorted, size_t n, double level, double acceleration,
                          size_t clusters, struct coop_estimate *ret)
{
    const double m = (double)clusters, bias = bias_of(sorted, n, ret->value);
    const double z = sqrt(m / (m - 1)) * gsl_cdf_tdist_Pinv((1 + level) / 2, m - 1);
    ret->low = quantile(sorted, n, share_of(-z, bias, acceleration));
    ret->high = quantile(sorted, n, share_of(z, bias, acceleration));
}

static size_t resamples_for(double level)
{
    const double wanted = ceil(2 * TAIL_RESAMPLES / (1 - level));
    return wanted > RESAMPLES_MIN ? (size_t)wanted : RESAMPLES_MIN;
}

static void estimate(const struct coop_statistic *statistic, double level, uint64_t seed,
                     double *weight, double *room, struct coop_estimate *ret)
{
    const size_t n = statistic->clusters, blocks = n < BLOCKS_MAX ? n : BLOCKS_MAX;
    double acceleration;
    for (size_t i = 0; i < n; i++)
        weight[i] = 1;
    *ret = (struct coop_estimate){.value = coop_statistic_value(statistic, weight),
                                  .low = NAN,
                                  .high = NAN,
                                  .freedom = (double)blocks - 1};
    if (statistic->score != NULL && statistic->base == NULL) {
        ret->error = spread_of(statistic->score, n, &acceleration);
        ret->freedom = (double)n - 1;
    } else {
        jackknife(statistic, ret->value, blocks, weight, room);
        ret->error = spread_of(room, blocks, &acceleration);
        if (statistic->base != NULL)
            find_error_of_share(statistic, ret);
    }
    const size_t defined = bootstrap(statistic, seed, resamples_for(level), weight, room);
    if (!isnan(ret->value) && defined > resamples_for(level) / 2)
        find_interval(room, defined, level, acceleration, n, ret);
}

enum coop_status coop_resample(const struct coop_statistic *statistic, double level, uint64_t seed,
                               struct coop_estimate *ret)
{
    double *weight = calloc(statistic->clusters + 1, sizeof *weight);
    double *room = calloc(resamples_for(level) + 1, sizeof *room);
    const bool fine = weight != NULL && room != NULL;
    if (fine)
        estimate(statistic, level, seed, weight, room, ret);
    free(weight);
    free(room);
    return fine ? COOP_OK : COOP_FAIL(COOP_MEMORY, "out of memory for a hypothesis");
}
