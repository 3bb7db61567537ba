/* coopsim - GPL-3.0-or-later
 *
 * Sums, ranks and Kendall's tau against their definitions, for 1 to 200 persons and values with and
 * without ties; block sums. Sums are compared to the bit with the order that measure.h describes, so
 * that every instruction set level agrees, and with long double. */
#include "sim/base/block.h"
#include "sim/base/measure.h"
#include "sim/base/rng.h"
#include "tests/unit/isa.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* Arrays may be read to a whole vector behind their end; what stands there must not matter. */
enum { LARGEST = 200, ROOM = LARGEST + 16, SHAPES = 6 };

static float draw(uint32_t i)
{
    return coop_uniform(coop_draw(3, coop_purpose("measure.test"), 0, 0, i, 0).word[0]);
}

/* All alike, many ties, zeros, few large ones, wide range, uniform; NANs behind. */
static void fill(float x[ROOM], size_t n, int shape)
{
    for (uint32_t i = 0; i < ROOM; i++) {
        float u = draw(i + 1000 * (uint32_t)shape + 7 * (uint32_t)n);
        const float value[SHAPES] = {
            0.7f, floorf(4 * u), u < 0.5f ? 0.0f : u, u < 0.9f ? 0.01f : 100 * u, expf(30 * u - 20),
            u};
        x[i] = i < n ? value[shape] : NAN;
    }
}

static bool close_to(double value, long double truth)
{
    return fabsl((long double)value - truth) <= 1e-13L * fmaxl(1, fabsl(truth));
}

/* Four accumulators by place modulo 4. */
static void check_sum(const float *x, const float *y, size_t n)
{
    double sum[4] = {0};
    long double exact = 0;
    (void)y;
    for (size_t i = 0; i < n; i++) {
        sum[i % 4] += (double)x[i];
        exact += (long double)x[i];
    }
    assert_true(coop_sum(x, n) == (sum[0] + sum[2]) + (sum[1] + sum[3]));
    assert_true(close_to(coop_sum(x, n), exact));
}

/* Calls a check for every size and shape; y is another array of the same shape. */
static void each_array(void (*check)(const float *x, const float *y, size_t n))
{
    for (size_t n = 1; n <= LARGEST; n++)
        for (int shape = 0; shape < SHAPES; shape++) {
            float x[ROOM], y[ROOM];
            fill(x, n, shape);
            fill(y, n + LARGEST, shape);
            check(x, y, n);
        }
}

static void sums_are_in_order_and_right(void **state)
{
    (void)state;
    each_array(check_sum);
}

static void check_largest(const float *x, const float *y, size_t n)
{
    float largest = x[0];
    (void)y;
    for (size_t i = 0; i < n; i++)
        largest = x[i] > largest ? x[i] : largest;
    assert_true(coop_largest(x, n) == largest);
}

static void largest_is_right(void **state)
{
    (void)state;
    each_array(check_largest);
}

static void rank(const float *x, size_t n, float ret_rank[ROOM])
{
    uint32_t spare[4][ROOM], *const spares[4] = {spare[0], spare[1], spare[2], spare[3]};
    coop_rank(x, n, ret_rank, spares);
}

/* How many are smaller; of equals the earlier ranks higher. */
static void check_rank(const float *x, const float *y, size_t n)
{
    float ours[ROOM], radix[ROOM];
    uint32_t spare[4][ROOM], *const spares[4] = {spare[0], spare[1], spare[2], spare[3]};
    (void)y;
    rank(x, n, ours);
    coop_rank_radix(x, n, radix, spares);
    for (size_t i = 0; i < n; i++) {
        size_t below = 0;
        for (size_t j = 0; j < n; j++)
            below += x[j] < x[i] || (x[j] == x[i] && j > i);
        assert_true(ours[i] == (float)below);
        assert_true(radix[i] == (float)below);
    }
}

static void ranks_count_the_smaller(void **state)
{
    (void)state;
    each_array(check_rank);
}

/* tau_b = (concordant - discordant) / sqrt((pairs - ties in x)(pairs - ties in y)). */
static void check_kendall(const float *x, const float *y, size_t n)
{
    float sorted_x[ROOM], sorted_y[ROOM], spare_x[ROOM], spare_y[ROOM];
    double score = 0, in_x = 0, in_y = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) {
            int sign_x = (x[i] > x[j]) - (x[i] < x[j]), sign_y = (y[i] > y[j]) - (y[i] < y[j]);
            score += sign_x * sign_y;
            in_x += sign_x != 0;
            in_y += sign_y != 0;
        }
    memcpy(sorted_x, x, sizeof sorted_x);
    memcpy(sorted_y, y, sizeof sorted_y);
    double ours = coop_kendall(sorted_x, sorted_y, n, spare_x, spare_y);
    if (in_x > 0 && in_y > 0)
        assert_true(fabs(ours - score / sqrt(in_x * in_y)) < 1e-12);
    else
        assert_true(ours != ours);
}

static void kendall_counts_pairs(void **state)
{
    (void)state;
    each_array(check_kendall);
}

/* Block sums, at the edges of blocks: the order is by blocks of COOP_BLOCK. */
static void blocks_are_summed_in_order(void **state)
{
    static const size_t size[] = {
        0, 1, COOP_BLOCK - 1, COOP_BLOCK, COOP_BLOCK + 1, 3 * COOP_BLOCK + 17};
    static double x[3 * COOP_BLOCK + 17];
    (void)state;
    for (uint32_t i = 0; i < sizeof x / sizeof *x; i++)
        x[i] = (double)draw(i) - .3;
    for (size_t s = 0; s < sizeof size / sizeof *size; s++) {
        double total = 0, squares = 0;
        for (size_t block = 0; block < 4; block++) {
            double part = 0, part_squares = 0;
            for (size_t i = block * COOP_BLOCK; i < size[s] && i < (block + 1) * COOP_BLOCK; i++) {
                part += x[i];
                part_squares += (x[i] - .2) * (x[i] - .2);
            }
            total += part;
            squares += part_squares;
        }
        assert_true(coop_block_sum(x, size[s]) == total);
        assert_true(coop_block_sum_squares(x, .2, size[s]) == squares);
    }
}

int main(void)
{
    if (!machine_has_isa())
        return skip_all();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_in_order_and_right), cmocka_unit_test(largest_is_right),
        cmocka_unit_test(ranks_count_the_smaller),     cmocka_unit_test(kendall_counts_pairs),
        cmocka_unit_test(blocks_are_summed_in_order),
    };
    return cmocka_run_group_tests_name("measure", tests, NULL, NULL);
}
