/* coopsim - GPL-3.0-or-later
 *
 * Sums, ranks and measures of inequality against their definitions, for 1 to 200 persons and
 * values with and without ties. Sums are compared to the bit with eight plain lanes, so that every
 * instruction set level agrees, and with long double. */
#include "sim/base/block.h"
#include "sim/base/measure.h"
#include "sim/base/rng.h"
#include "tests/unit/isa.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

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

/* Eight lanes and their joining, as measure.h describes them. */
static double joined(const double lane[8])
{
    return ((lane[0] + lane[4]) + (lane[2] + lane[6])) +
           ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

static bool close_to(double value, long double truth)
{
    return fabsl((long double)value - truth) <= 1e-13L * fmaxl(1, fabsl(truth));
}

static void check_sums(const float *x, const float *y, size_t n)
{
    double sum[8] = {0}, product[8] = {0}, squares[8] = {0};
    long double exact_sum = 0, exact_product = 0, exact_squares = 0;
    const double center = 0.3;
    for (size_t i = 0; i < n; i++) {
        double difference = (double)x[i] - center;
        sum[i % 8] += (double)x[i];
        product[i % 8] += (double)x[i] * (double)y[i];
        squares[i % 8] += difference * difference;
        exact_sum += (long double)x[i];
        exact_product += (long double)x[i] * (long double)y[i];
        exact_squares += ((long double)x[i] - 0.3L) * ((long double)x[i] - 0.3L);
    }
    assert_true(coop_sum(x, n) == joined(sum));
    assert_true(coop_sum_product(x, y, n) == joined(product));
    assert_true(coop_sum_squares(x, center, n) == joined(squares));
    assert_true(close_to(joined(sum), exact_sum));
    assert_true(close_to(joined(product), exact_product));
    assert_true(close_to(joined(squares), exact_squares));
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
    each_array(check_sums);
}

static void check_largest(const float *x, const float *y, size_t n)
{
    float largest = x[0];
    double mean = 0, squares = 0;
    (void)y;
    for (size_t i = 0; i < n; i++) {
        largest = x[i] > largest ? x[i] : largest;
        mean += (double)x[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++)
        squares += ((double)x[i] - mean) * ((double)x[i] - mean) / (double)n;
    assert_true(coop_largest(x, n) == largest);
    assert_true(close_to(coop_deviation(x, n), sqrtl(squares)) || squares < 1e-24);
}

static void largest_and_deviation_are_right(void **state)
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

/* Gini = sum over all pairs |x_i - x_j| / (2 n^2 mean). */
static void check_gini(const float *x, const float *y, size_t n)
{
    float ranks[ROOM];
    long double differences = 0, total = 0;
    (void)y;
    rank(x, n, ranks);
    for (size_t i = 0; i < n; i++) {
        total += (long double)x[i];
        for (size_t j = 0; j < n; j++)
            differences += fabsl((long double)x[i] - (long double)x[j]);
    }
    long double gini = total > 0 ? differences / (2 * (long double)n * total) : 0;
    assert_true(close_to(coop_gini(x, ranks, n), gini));
    assert_true(coop_gini(x, ranks, n) >= 0 &&
                coop_gini(x, ranks, n) <= (double)(n - 1) / (double)n);
}

static void gini_is_the_mean_difference(void **state)
{
    (void)state;
    each_array(check_gini);
    const float one_has_all[16] = {0, 0, 5, 0};
    float ranks[ROOM];
    rank(one_has_all, 4, ranks);
    assert_true(coop_gini(one_has_all, ranks, 4) == 0.75);
}

static int falling(const void *a, const void *b)
{
    const float x = *(const float *)a, y = *(const float *)b;
    return (x < y) - (x > y);
}

/* The largest floor(n/5) and the fraction of the next, of sorted values. */
static void check_top(const float *x, const float *y, size_t n)
{
    float ranks[ROOM], spare[ROOM], sorted[ROOM];
    long double total = 0, top = 0;
    (void)y;
    memcpy(sorted, x, sizeof sorted);
    qsort(sorted, n, sizeof *sorted, falling);
    for (size_t i = 0; i < n; i++) {
        long double part = (long double)n / 5 - (long double)i;
        total += (long double)sorted[i];
        top += (part > 1 ? 1 : part > 0 ? part : 0) * (long double)sorted[i];
    }
    rank(x, n, ranks);
    double ours = coop_top_fifth(x, ranks, n, spare);
    /* The fraction of the next one is what is left of a float of the size of n. */
    long double expected = n > 1 && total > 0 ? top / total : 0.2L;
    assert_true(fabsl((long double)ours - expected) <= 6e-8L * (long double)n);
}

static void top_fifth_is_that_of_the_sorted(void **state)
{
    (void)state;
    each_array(check_top);
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
        cmocka_unit_test(sums_are_in_order_and_right),
        cmocka_unit_test(largest_and_deviation_are_right),
        cmocka_unit_test(ranks_count_the_smaller),
        cmocka_unit_test(gini_is_the_mean_difference),
        cmocka_unit_test(top_fifth_is_that_of_the_sorted),
        cmocka_unit_test(kendall_counts_pairs),
        cmocka_unit_test(blocks_are_summed_in_order),
    };
    return cmocka_run_group_tests_name("measure", tests, NULL, NULL);
}
