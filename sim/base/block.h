/* coopsim - GPL-3.0-or-later
 *
 * Sums over organisations: over fixed blocks, then over the blocks' sums, in order. So they are the
 * same bits whoever computes a block, a thread or, later, a rank. */
#ifndef COOP_BASE_BLOCK_H
#define COOP_BASE_BLOCK_H

#include <stddef.h>

enum { COOP_BLOCK = 1024 };

static inline double coop_block_sum(const double *x, size_t n)
{
    double total = 0;
    for (size_t begin = 0; begin < n; begin += COOP_BLOCK) {
        double block = 0;
        for (size_t i = begin; i < n && i < begin + COOP_BLOCK; i++)
            block += x[i];
        total += block;
    }
    return total;
}

/* Sum of (x - center)^2. */
static inline double coop_block_sum_squares(const double *x, double center, size_t n)
{
    double total = 0;
    for (size_t begin = 0; begin < n; begin += COOP_BLOCK) {
        double block = 0;
        for (size_t i = begin; i < n && i < begin + COOP_BLOCK; i++)
            block += (x[i] - center) * (x[i] - center);
        total += block;
    }
    return total;
}

#endif
