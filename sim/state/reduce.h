/* coopsim - GPL-3.0-or-later
 *
 * What is taken over the workers of each organisation of a batch: sum, largest, ranks, top; and the
 * other way round, giving every worker its organisation's value. Eight interleaved organisations
 * are taken at once, row by row; for the others the same operations run in the same order, so that
 * the bits are the same.
 *
 * Sums are 64-bit, in four accumulators by position modulo 4, joined as (0 + 2) + (1 + 3). Worker
 * arrays are [lanes] of the batch, organisation arrays [organisations]. */
#ifndef COOP_STATE_REDUCE_H
#define COOP_STATE_REDUCE_H

#include "sim/base/measure.h"
#include "sim/state/batch.h"

enum { COOP_TOP_MAX = 8 }; /* the top of more is found by ranks */

/* Gives every worker its organisation's value. In contiguous organisations whole blocks are
 * written and the next one overwrites what stands over: `ret` must be a scratch array. */
static inline void coop_batch_spread(const struct coop_batch *b, const double *value, float *ret)
{
    for (size_t o = 0; o < b->organisations; o += b->step[o]) {
        float *out = ret + b->first[o];
        float row[COOP_ROW];
        size_t rows = coop_rows(b, o);
        for (size_t lane = 0; lane < COOP_ROW; lane++)
            row[lane] = (float)value[coop_row_organisation(b, o, lane)];
        for (size_t p = 0; p < rows; p++)
            memcpy(out + COOP_ROW * p, row, sizeof row);
    }
}

/* Multiplies every worker's x by its organisation's value, as a float. */
static inline void coop_batch_scale(const struct coop_batch *b, const double *value, float *x)
{
    for (size_t o = 0; o < b->organisations; o += b->step[o]) {
        float *begin = x + b->first[o], factor = (float)value[o], row[COOP_ROW];
        if (b->step[o] != COOP_ROW) {
            COOP_LANEWISE (i, b->size[o])
                begin[i] *= factor;
            continue;
        }
        for (size_t lane = 0; lane < COOP_ROW; lane++)
            row[lane] = (float)value[o + lane];
        for (size_t part = 0; part < COOP_ROW; part += COOP_ROW_INTS) {
            const coop_row_singles factors = coop_row_load(row + part);
            for (size_t p = 0; p < b->size[o]; p++) {
                coop_row_singles scaled = coop_row_load(begin + COOP_ROW * p + part) * factors;
                memcpy(begin + COOP_ROW * p + part, &scaled, sizeof scaled);
            }
        }
    }
}

/* One row of eight floats added to eight doubles. */
#define COOP_ADD_ROW(sum, x)                                                                       \
    for (size_t coop_part = 0; coop_part < COOP_SUM_PARTS; coop_part++) {                          \
        coop_doubles coop_row;                                                                     \
        COOP_LOAD(coop_row, (x) + coop_part * COOP_WIDTH);                                         \
        (sum)[coop_part] += coop_row;                                                              \
    }

static inline void coop_sum_rows(const float *x, size_t rows, double *ret_sum)
{
    coop_doubles sum[4][COOP_SUM_PARTS] = {{{0}}};
    size_t p = 0;
    for (; p + 4 <= rows; p += 4)
        for (size_t k = 0; k < 4; k++)
            COOP_ADD_ROW(sum[k], x + COOP_ROW * (p + k))
    if (p < rows)
        COOP_ADD_ROW(sum[0], x + COOP_ROW * p)
    if (p + 1 < rows)
        COOP_ADD_ROW(sum[1], x + COOP_ROW * (p + 1))
    if (p + 2 < rows)
        COOP_ADD_ROW(sum[2], x + COOP_ROW * (p + 2))
    for (size_t part = 0; part < COOP_SUM_PARTS; part++) {
        coop_doubles joined = (sum[0][part] + sum[2][part]) + (sum[1][part] + sum[3][part]);
        memcpy(ret_sum + part * COOP_WIDTH, &joined, sizeof joined);
    }
}

/* Sum of x in each organisation. */
static inline void coop_batch_sum(const struct coop_batch *b, const float *x, double *ret)
{
    for (size_t o = 0; o < b->organisations; o += b->step[o])
        if (b->step[o] == COOP_ROW)
            coop_sum_rows(x + b->first[o], b->size[o], ret + o);
        else
            ret[o] = coop_sum(x + b->first[o], b->size[o]);
}

/* Largest x in each organisation. */
static inline void coop_batch_largest(const struct coop_batch *b, const float *x, double *ret)
{
    for (size_t o = 0; o < b->organisations; o += b->step[o]) {
        const float *begin = x + b->first[o];
        if (b->step[o] != COOP_ROW) {
            ret[o] = (double)coop_largest(begin, b->size[o]);
            continue;
        }
        for (size_t part = 0; part < COOP_ROW; part += COOP_ROW_INTS) {
            coop_row_singles largest, other;
            memcpy(&largest, begin + part, sizeof largest);
            for (size_t p = 1; p < b->size[o]; p++) {
                memcpy(&other, begin + COOP_ROW * p + part, sizeof other);
                largest = COOP_ROW_LARGER(largest, other);
            }
            for (size_t lane = 0; lane < COOP_ROW_INTS; lane++)
                ret[o + part + lane] = (double)largest[lane];
        }
    }
}

/* Ranks in eight interleaved organisations; see coop_rank. */
static inline void coop_rank_rows(const float *x, size_t rows, float *ret_rank)
{
    for (size_t part = 0; part < COOP_ROW; part += COOP_ROW_INTS)
        for (size_t p = 0; p < rows; p++) {
            coop_row_ints mine, other, smaller = {0};
            memcpy(&mine, x + COOP_ROW * p + part, sizeof mine);
            /* A comparison that holds is -1. */
            COOP_UNROLL
            for (size_t q = 0; q < p; q++) {
                memcpy(&other, x + COOP_ROW * q + part, sizeof other);
                smaller -= other < mine;
            }
            mine += 1;
            COOP_UNROLL
            for (size_t q = p + 1; q < rows; q++) {
                memcpy(&other, x + COOP_ROW * q + part, sizeof other);
                smaller -= other < mine;
            }
            coop_row_singles rank = __builtin_convertvector(smaller, coop_row_singles);
            memcpy(ret_rank + COOP_ROW * p + part, &rank, sizeof rank);
        }
}

/* Ranks by x >= 0 within each organisation; see coop_rank. The spares are [lanes]. */
static inline void coop_batch_rank(const struct coop_batch *b, const float *x, float *ret_rank,
                                   uint32_t *const spare[4])
{
    for (size_t o = 0; o < b->organisations; o += b->step[o])
        if (b->step[o] == COOP_ROW)
            coop_rank_rows(x + b->first[o], b->size[o], ret_rank + b->first[o]);
        else
            coop_rank(x + b->first[o], b->size[o], ret_rank + b->first[o], spare);
}

/* Marks the `count` largest of a part of a row of interleaved organisations; `kept` of them, a
 * constant >= count, are kept in falling order. Of those that equal the least of the top, the first
 * ones find room in it. */
static inline void coop_top_rows(const float *x, size_t rows, size_t count, const size_t kept,
                                 float *ret_top)
{
    coop_row_singles best[COOP_TOP_MAX], mine;
    for (size_t place = 0; place < kept; place++)
        best[place] = (coop_row_singles){0} - 1;
    for (size_t p = 0; p < rows; p++) {
        memcpy(&mine, x + COOP_ROW * p, sizeof mine);
        for (size_t place = 0; place < kept; place++) {
            coop_row_singles larger = COOP_ROW_LARGER(best[place], mine);
            mine = COOP_ROW_SMALLER(best[place], mine);
            best[place] = larger;
        }
    }
    coop_row_singles least = best[count - 1];
    coop_row_ints room = {0}, one = (coop_row_ints)((coop_row_singles){0} + 1);
    for (size_t place = 0; place < count; place++)
        room -= best[place] == least;
    for (size_t p = 0; p < rows; p++) {
        memcpy(&mine, x + COOP_ROW * p, sizeof mine);
        coop_row_ints equal = mine == least;
        coop_row_ints top = ((mine > least) | (equal & (room > 0))) & one;
        room += equal;
        memcpy(ret_top + COOP_ROW * p, &top, sizeof top);
    }
}

/* Marks by 1, the others by 0, the workers with the count[o] largest x >= 0 of each organisation: of
 * equals the earlier, as in coop_rank. The counts, >= 1, are whole numbers, the same where sizes
 * are. The spares are [lanes]. */
static inline void coop_batch_top(const struct coop_batch *b, const float *x, const double *count,
                                  float *ret_top, uint32_t *const spare[4])
{
    for (size_t o = 0; o < b->organisations; o += b->step[o]) {
        const float *begin = x + b->first[o];
        float *top = ret_top + b->first[o];
        size_t n = b->size[o], wanted = (size_t)count[o];
        if (b->step[o] == COOP_ROW && wanted <= COOP_TOP_MAX) {
            for (size_t part = 0; part < COOP_ROW; part += COOP_ROW_INTS)
                if (wanted <= COOP_TOP_MAX / 2)
                    coop_top_rows(begin + part, n, wanted, COOP_TOP_MAX / 2, top + part);
                else
                    coop_top_rows(begin + part, n, wanted, COOP_TOP_MAX, top + part);
            continue;
        }
        if (b->step[o] == COOP_ROW)
            coop_rank_rows(begin, n, top);
        else
            coop_rank(begin, n, top, spare);
        for (size_t i = 0; i < n * b->step[o]; i++)
            top[i] = top[i] >= (float)(n - wanted) ? 1.0f : 0.0f;
    }
}

/* Mean of x in each organisation. */
static inline void coop_batch_mean(const struct coop_batch *b, const float *x, double *ret)
{
    coop_batch_sum(b, x, ret);
    for (size_t o = 0; o < b->organisations; o++)
        ret[o] /= (double)b->size[o];
}

/* Standard deviation of x, divisor n, in each organisation. `spare` is [lanes], `mean` is
 * [organisations], which holds the mean afterwards. */
static inline void coop_batch_deviation(const struct coop_batch *b, const float *x, float *spare,
                                        double *mean, double *ret)
{
    coop_batch_mean(b, x, mean);
    coop_batch_spread(b, mean, spare);
    COOP_LANEWISE (i, b->lanes)
        spare[i] = (x[i] - spare[i]) * (x[i] - spare[i]);
    coop_batch_mean(b, spare, ret);
    for (size_t o = 0; o < b->organisations; o++)
        ret[o] = sqrt(ret[o]);
}

/* Gini of x >= 0 with given ranks, divisor n, in each organisation: sum (2 rank - n + 1) x divided
 * by n sum x; 0 for equals, at most (n-1)/n; 0 if all are 0. Spares as above. */
static inline void coop_batch_gini(const struct coop_batch *b, const float *x, const float *rank,
                                   float *spare, double *total, double *ret)
{
    coop_batch_sum(b, x, total);
    COOP_LANEWISE (i, b->lanes)
        spare[i] = x[i] * rank[i];
    coop_batch_sum(b, spare, ret);
    for (size_t o = 0; o < b->organisations; o++) {
        double n = (double)b->size[o];
        double gini = (2 * ret[o] - (n - 1) * total[o]) / (n * total[o]);
        ret[o] = total[o] > 0 && gini > 0 ? gini : 0;
    }
}

#endif
