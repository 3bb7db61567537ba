/* coopsim - GPL-3.0-or-later
 *
 * Sums, orderings and measures of inequality over the workers of one organisation. Sums are 64-bit
 * in eight lanes joined in a fixed order, so that they are the same bits at every vector width.
 * Arrays may be read to the next multiple of 8 behind `n` (slots of a batch always can). */
#ifndef COOP_BASE_MEASURE_H
#define COOP_BASE_MEASURE_H

#include "sim/base/fmath.h"
#include "sim/base/lanes.h"

#include <stdbool.h>
#include <stddef.h>

/* The eight lanes together, in a fixed order. */
static inline double coop_join_lanes(const coop_doubles part[COOP_SUM_PARTS])
{
    double lane[COOP_SUM_LANES];
    memcpy(lane, part, sizeof lane);
    return ((lane[0] + lane[4]) + (lane[2] + lane[6])) +
           ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

/* Sum of x[0..n). */
static inline double coop_sum(const float *x, size_t n)
{
    coop_doubles part[COOP_SUM_PARTS] = {{0}}, value;
    size_t whole = n / COOP_SUM_LANES * COOP_SUM_LANES;
    for (size_t i = 0; i < whole; i += COOP_SUM_LANES)
        for (size_t p = 0; p < COOP_SUM_PARTS; p++) {
            COOP_LOAD(value, x + i + p * COOP_WIDTH);
            part[p] += value;
        }
    for (size_t p = 0; whole < n && p < COOP_SUM_PARTS; p++) {
        COOP_LOAD_FIRST(value, x + whole + p * COOP_WIDTH, n - whole, p);
        part[p] += value;
    }
    return coop_join_lanes(part);
}

/* Sum of x y. */
static inline double coop_sum_product(const float *x, const float *y, size_t n)
{
    coop_doubles part[COOP_SUM_PARTS] = {{0}}, left, right;
    size_t whole = n / COOP_SUM_LANES * COOP_SUM_LANES;
    for (size_t i = 0; i < whole; i += COOP_SUM_LANES)
        for (size_t p = 0; p < COOP_SUM_PARTS; p++) {
            COOP_LOAD(left, x + i + p * COOP_WIDTH);
            COOP_LOAD(right, y + i + p * COOP_WIDTH);
            part[p] += left * right;
        }
    for (size_t p = 0; whole < n && p < COOP_SUM_PARTS; p++) {
        COOP_LOAD_FIRST(left, x + whole + p * COOP_WIDTH, n - whole, p);
        COOP_LOAD_FIRST(right, y + whole + p * COOP_WIDTH, n - whole, p);
        part[p] += left * right;
    }
    return coop_join_lanes(part);
}

/* Sum of (x - center)^2. */
static inline double coop_sum_squares(const float *x, double center, size_t n)
{
    coop_doubles part[COOP_SUM_PARTS] = {{0}}, value;
    double lane[COOP_SUM_LANES] = {0};
    size_t whole = n / COOP_SUM_LANES * COOP_SUM_LANES;
    for (size_t i = 0; i < whole; i += COOP_SUM_LANES)
        for (size_t p = 0; p < COOP_SUM_PARTS; p++) {
            COOP_LOAD(value, x + i + p * COOP_WIDTH);
            value -= center;
            part[p] += value * value;
        }
    for (size_t i = whole; i < n; i++)
        lane[i - whole] = ((double)x[i] - center) * ((double)x[i] - center);
    for (size_t p = 0; p < COOP_SUM_PARTS; p++) {
        memcpy(&value, lane + p * COOP_WIDTH, sizeof value);
        part[p] += value;
    }
    return coop_join_lanes(part);
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

/* Standard deviation with divisor n. */
static inline double coop_deviation(const float *x, size_t n)
{
    double mean = coop_sum(x, n) / (double)n;
    return sqrt(coop_sum_squares(x, mean, n) / (double)n);
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

/* Gini with divisor n of non-negative values, of given ranks: 0 for equals, at most (n-1)/n; 0 if
 * all are 0. G = sum (2 rank - n + 1) x / (n sum x). */
static inline double coop_gini(const float *x, const float *rank, size_t n)
{
    double total = coop_sum(x, n), ranked = coop_sum_product(x, rank, n);
    double gini = (2 * ranked - ((double)n - 1) * total) / ((double)n * total);
    return total > 0 && gini > 0 ? gini : 0;
}

/* Share of the total held by the top fifth of values of given ranks: floor(n/5) persons and the
 * fraction of the next. .2 if all are 0; of one person too. `spare` has room for n. */
static inline double coop_top_fifth(const float *x, const float *rank, size_t n, float *spare)
{
    double total = coop_sum(x, n);
    float beyond = (float)((double)n / 5 - (double)(n - 1));
    COOP_LANEWISE (i, n)
        spare[i] = coop_minf(coop_maxf(rank[i] + beyond, 0.0f), 1.0f);
    return total > 0 && n > 1 ? coop_sum_product(x, spare, n) / total : 0.2;
}

/* Kendall's tau_b of pairs; NAN below two pairs or without variation. x and y are overwritten, the
 * spares have room for n. */
double coop_kendall(float *x, float *y, size_t n, float *spare_x, float *spare_y);

#endif
