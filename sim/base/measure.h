/* coopsim - GPL-3.0-or-later
 *
 * Sums, ranks and measures over contiguous values of one organisation. */
#ifndef COOP_BASE_MEASURE_H
#define COOP_BASE_MEASURE_H

#include "sim/base/fmath.h"
#include "sim/base/lanes.h"

#include <stdbool.h>
#include <stddef.h>

/* Sum of x[0..n): 64-bit, in four accumulators by place modulo 4, joined as (0 + 2) + (1 + 3). */
static inline double coop_sum(const float *x, size_t n)
{
    double sum[4] = {0};
    size_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (size_t k = 0; k < 4; k++)
            sum[k] += (double)x[i + k];
    for (size_t k = 0; i + k < n; k++)
        sum[k] += (double)x[i + k];
    return (sum[0] + sum[2]) + (sum[1] + sum[3]);
}

/* Largest of x[0..n), n >= 1. */
static inline float coop_largest(const float *x, size_t n)
{
    float lane[8];
    for (size_t l = 0; l < 8; l++)
        lane[l] = x[l < n ? l : 0];
    for (size_t i = 8; i < n; i += 8) {
        /* The last block reaches back over values that were seen. */
        size_t from = i + 8 <= n ? i : n - 8;
        for (size_t l = 0; l < 8; l++)
            lane[l] = coop_maxf(lane[l], x[from + l]);
    }
    float largest = lane[0];
    for (size_t l = 1; l < 8; l++)
        largest = coop_maxf(largest, lane[l]);
    return largest;
}

enum { COOP_RANK_COUNT_MAX = 128 };

/* Ranks by radix sort, at any n; see coop_rank. */
void coop_rank_radix(const float *x, size_t n, float *ret_rank, uint32_t *const spare[4]);

/* Rank of each of n non-negative finite floats, 0 the smallest; of equals the earlier ranks higher.
 * Up to COOP_RANK_COUNT_MAX by counting the smaller ones: quadratic, but without a branch, and
 * floats >= 0 sort like the integers of their bits. Above by radix sort, for which the spares have
 * room for n each. x and ret_rank have room for n rounded up to COOP_INT_WIDTH. */
static inline void coop_rank(const float *x, size_t n, float *ret_rank, uint32_t *const spare[4])
{
    if (n > COOP_RANK_COUNT_MAX) {
        coop_rank_radix(x, n, ret_rank, spare);
        return;
    }
    int32_t keys[COOP_RANK_COUNT_MAX];
    memcpy(keys, x, n * sizeof *x);
    for (int32_t begin = 0; begin < (int32_t)n; begin += COOP_INT_WIDTH) {
        int32_t end = begin + COOP_INT_WIDTH < (int32_t)n ? begin + COOP_INT_WIDTH : (int32_t)n;
        coop_ints mine, place, smaller = {0};
        memcpy(&mine, x + begin, sizeof mine);
        for (int32_t lane = 0; lane < COOP_INT_WIDTH; lane++)
            place[lane] = begin + lane;
        /* A comparison that holds is -1: `mine - (place < j)` is mine + 1 for those before j. */
        for (int32_t j = 0; j < begin; j++)
            smaller -= keys[j] < mine;
        for (int32_t j = begin; j < end; j++)
            smaller -= keys[j] < mine - (place < j);
        for (int32_t j = end; j < (int32_t)n; j++)
            smaller -= keys[j] < mine + 1;
        coop_singles rank = __builtin_convertvector(smaller, coop_singles);
        memcpy(ret_rank + begin, &rank, sizeof rank);
    }
}

/* Kendall's tau_b of pairs; NAN below two pairs or without variation. x and y are overwritten, the
 * spares have room for n. */
double coop_kendall(float *x, float *y, size_t n, float *spare_x, float *spare_y);

#endif
