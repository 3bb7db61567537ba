/* coopsim - GPL-3.0-or-later
 *
 * Sums, orderings and measures of inequality over the workers of one organisation. Sums are 64-bit
 * in eight lanes joined in a fixed order, so that they are the same bits at every vector width.
 * Arrays may be read to the next multiple of 8 behind `n` (slots of a batch always can). */
#ifndef COOP_BASE_MEASURE_H
#define COOP_BASE_MEASURE_H

#include "sim/base/fmath.h"

#include <stdbool.h>
#include <stddef.h>

static inline double coop_join_lanes(const double lane[8])
{
    return ((lane[0] + lane[4]) + (lane[2] + lane[6])) +
           ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

/* Sum of x[0..n). */
static inline double coop_sum(const float *x, size_t n)
{
    double lane[8] = {0};
    for (uint32_t i = 0; i < n; i += 8)
        for (uint32_t l = 0; l < 8; l++) {
            float term = i + l < (uint32_t)n ? x[i + l] : 0.0f;
            lane[l] += (double)term;
        }
    return coop_join_lanes(lane);
}

/* Sum of x y. */
static inline double coop_sum_product(const float *x, const float *y, size_t n)
{
    double lane[8] = {0};
    for (uint32_t i = 0; i < n; i += 8)
        for (uint32_t l = 0; l < 8; l++) {
            float left = i + l < (uint32_t)n ? x[i + l] : 0.0f;
            float right = i + l < (uint32_t)n ? y[i + l] : 0.0f;
            lane[l] += (double)left * (double)right;
        }
    return coop_join_lanes(lane);
}

/* Sum of (x - center)^2. */
static inline double coop_sum_squares(const float *x, double center, size_t n)
{
    double lane[8] = {0};
    for (uint32_t i = 0; i < n; i += 8)
        for (uint32_t l = 0; l < 8; l++) {
            double distance = (double)x[i + l] - center;
            lane[l] += i + l < (uint32_t)n ? distance * distance : 0.0;
        }
    return coop_join_lanes(lane);
}

/* Largest of x[0..n), n >= 1. */
static inline float coop_largest(const float *x, size_t n)
{
    float lane[8];
    for (uint32_t l = 0; l < 8; l++)
        lane[l] = x[0];
    for (uint32_t i = 0; i < n; i += 8)
        for (uint32_t l = 0; l < 8; l++) {
            float candidate = i + l < (uint32_t)n ? x[i + l] : x[0];
            lane[l] = coop_maxf(lane[l], candidate);
        }
    float largest = lane[0];
    for (size_t l = 1; l < 8; l++)
        largest = coop_maxf(largest, lane[l]);
    return largest;
}

/* Standard deviation with divisor n. */
static inline double coop_deviation(const float *x, size_t n)
{
    double mean = coop_sum(x, n) / (double)n;
    return sqrt(coop_sum_squares(x, mean, n) / (double)n);
}

enum { COOP_RANK_SORT_MAX = 128 };

/* Radix sort of non-negative finite floats, upwards; `spare` is overwritten. */
void coop_sort_radix(float *x, size_t n, float *spare);

/* Sorts non-negative finite floats upwards into ret_sorted; `spare` is overwritten. Both have room
 * for n rounded up to a multiple of 8. Up to COOP_RANK_SORT_MAX by counting, for each value, the
 * smaller ones: quadratic, but without a branch. Floats >= 0 sort like the integers of their bits;
 * equal ones keep their order, which is why the later counts one more. */
static inline void coop_sort(const float *restrict x, size_t n, float *restrict ret_sorted,
                             float *restrict spare)
{
    if (n > COOP_RANK_SORT_MAX) {
        memcpy(ret_sorted, x, n * sizeof *x);
        coop_sort_radix(ret_sorted, n, spare);
        return;
    }
    int32_t key[COOP_RANK_SORT_MAX], rank[COOP_RANK_SORT_MAX] = {0};
    int32_t lanes = (int32_t)((n + 7) / 8 * 8);
    memcpy(key, x, (size_t)lanes * sizeof *x);
    for (int32_t j = 0; j < (int32_t)n; j++)
        for (int32_t i = 0; i < lanes; i++)
            rank[i] += key[j] < key[i] + (i > j);
    for (size_t i = 0; i < n; i++)
        ret_sorted[rank[i]] = x[i];
}

/* Gini with divisor n of non-negative values sorted upwards: 0 for equals, at most (n-1)/n; 0 if
 * all are 0. */
double coop_gini_sorted(const float *sorted, size_t n);

/* Share of the total held by the top fifth of values sorted upwards: floor(n/5) persons and the
 * fraction of the next. .2 if all are 0. */
double coop_top_fifth_sorted(const float *sorted, size_t n);

/* Kendall's tau_b of pairs; NAN below two pairs or without variation. x and y are overwritten, the
 * spares have room for n. */
double coop_kendall(float *x, float *y, size_t n, float *spare_x, float *spare_y);

#endif
