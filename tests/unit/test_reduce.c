/* coopsim - GPL-3.0-or-later
 *
 * What is taken over the workers of each organisation of a batch, against one plain organisation at
 * a time: the same bits whether eight organisations of one size are interleaved or an organisation
 * stands alone, at every instruction set level; and against the definitions. */
#include "sim/base/rng.h"
#include "sim/state/reduce.h"
#include "tests/unit/isa.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { UNITS = 9, ORGANISATIONS = 37, ROOM = 4096 };

/* Units of the batch: eight organisations of one size interleaved, or one. */
static const struct {
    uint32_t organisations, size;
} units[UNITS] = {{1, 5}, {8, 7}, {1, 1}, {1, 130}, {8, 1}, {8, 20}, {8, 33}, {1, 16}, {1, 129}};

static struct coop_batch batch;
static uint32_t size[ORGANISATIONS], first[ORGANISATIONS], step[ORGANISATIONS];
static float value[ROOM], ranks[ROOM], spare[ROOM];
static uint32_t rank_spare[4][ROOM];
static double result[ORGANISATIONS], total[ORGANISATIONS];

static int lay_out(void **state)
{
    uint32_t organisation = 0, slot = 0;
    (void)state;
    for (size_t unit = 0; unit < UNITS; unit++) {
        for (uint32_t i = 0; i < units[unit].organisations; i++, organisation++) {
            size[organisation] = units[unit].size;
            first[organisation] = slot + i;
            step[organisation] = units[unit].organisations;
        }
        slot += units[unit].organisations * units[unit].size;
    }
    batch = (struct coop_batch){.organisations = organisation,
                                .workers = slot,
                                .lanes = (slot + COOP_LANES - 1) / COOP_LANES * COOP_LANES,
                                .size = size,
                                .first = first,
                                .step = step};
    return organisation != ORGANISATIONS;
}

/* Uniform, with many ties, all alike, wide in range. */
enum { SHAPES = 4 };

static void fill(int shape)
{
    for (uint32_t i = 0; i < ROOM; i++) {
        float u = coop_uniform(
            coop_draw(5, coop_purpose("reduce.test"), (uint32_t)shape, 0, i, 0).word[0]);
        const float shapes[SHAPES] = {u, floorf(5 * u), 0.7f, expf(20 * u - 15)};
        value[i] = shapes[shape];
    }
}

/* The values of one organisation side by side. */
static size_t gather(size_t o, const float *from, float *ret)
{
    for (size_t p = 0; p < size[o]; p++)
        ret[p] = from[coop_slot(&batch, o, p)];
    return size[o];
}

static void rank_all(void)
{
    uint32_t *const spares[4] = {rank_spare[0], rank_spare[1], rank_spare[2], rank_spare[3]};
    coop_batch_rank(&batch, value, ranks, spares);
}

/* Calls a check for every organisation and every shape of values. */
static void each_organisation(void (*act)(void), void (*check)(size_t o, const float *x, size_t n))
{
    for (int shape = 0; shape < SHAPES; shape++) {
        float x[256];
        fill(shape);
        act();
        for (size_t o = 0; o < ORGANISATIONS; o++)
            check(o, x, gather(o, value, x));
    }
}

static void sum_all(void)
{
    coop_batch_sum(&batch, value, result);
}

static void check_sum(size_t o, const float *x, size_t n)
{
    assert_true(result[o] == coop_sum(x, n));
}

static void mean_all(void)
{
    coop_batch_mean(&batch, value, result);
}

static void check_mean(size_t o, const float *x, size_t n)
{
    assert_true(result[o] == coop_sum(x, n) / (double)n);
}

static void largest_all(void)
{
    coop_batch_largest(&batch, value, result);
}

static void check_largest(size_t o, const float *x, size_t n)
{
    assert_true(result[o] == (double)coop_largest(x, n));
}

static void spread_all(void)
{
    for (size_t o = 0; o < ORGANISATIONS; o++)
        result[o] = (double)value[o] + (double)o;
    coop_batch_spread(&batch, result, ranks);
}

static void check_spread(size_t o, const float *x, size_t n)
{
    (void)x;
    for (size_t p = 0; p < n; p++)
        assert_true(ranks[coop_slot(&batch, o, p)] == (float)result[o]);
}

static void scale_all(void)
{
    for (size_t o = 0; o < ORGANISATIONS; o++)
        result[o] = 1 + (double)o / 3;
    memcpy(spare, value, sizeof spare);
    coop_batch_scale(&batch, result, spare);
}

static void check_scale(size_t o, const float *x, size_t n)
{
    for (size_t p = 0; p < n; p++)
        assert_true(spare[coop_slot(&batch, o, p)] == x[p] * (float)result[o]);
}

static void check_rank(size_t o, const float *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t below = 0;
        for (size_t j = 0; j < n; j++)
            below += x[j] < x[i] || (x[j] == x[i] && j > i);
        assert_true(ranks[coop_slot(&batch, o, i)] == (float)below);
    }
}

static size_t wanted;
static size_t wanted_of(size_t o)
{
    return wanted < size[o] ? wanted : size[o];
}

static void top_all(void)
{
    uint32_t *const spares[4] = {rank_spare[0], rank_spare[1], rank_spare[2], rank_spare[3]};
    for (size_t o = 0; o < ORGANISATIONS; o++)
        total[o] = (double)wanted_of(o);
    rank_all();
    coop_batch_top(&batch, value, total, spare, spares);
}

static void check_top(size_t o, const float *x, size_t n)
{
    (void)x;
    for (size_t p = 0; p < n; p++) {
        size_t slot = coop_slot(&batch, o, p);
        assert_true(spare[slot] == (ranks[slot] >= (float)(n - wanted_of(o)) ? 1.0f : 0.0f));
    }
}

static void deviation_all(void)
{
    coop_batch_deviation(&batch, value, spare, total, result);
}

/* Squares are 32-bit, and so is the mean they are taken from. */
static void check_deviation(size_t o, const float *x, size_t n)
{
    long double mean = 0, squares = 0, largest = 0;
    for (size_t i = 0; i < n; i++) {
        mean += (long double)x[i] / (long double)n;
        largest = fmaxl(largest, (long double)x[i]);
    }
    for (size_t i = 0; i < n; i++)
        squares += ((long double)x[i] - mean) * ((long double)x[i] - mean) / (long double)n;
    assert_true(fabsl((long double)result[o] - sqrtl(squares)) <= 2e-7L * largest);
    assert_true(n > 1 || result[o] == 0);
}

static void gini_all(void)
{
    rank_all();
    coop_batch_gini(&batch, value, ranks, spare, total, result);
}

/* Gini = sum over all pairs |x_i - x_j| / (2 n^2 mean). The products are 32-bit. */
static void check_gini(size_t o, const float *x, size_t n)
{
    long double differences = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += (long double)x[i];
        for (size_t j = 0; j < n; j++)
            differences += fabsl((long double)x[i] - (long double)x[j]);
    }
    long double gini = sum > 0 ? differences / (2 * (long double)n * sum) : 0;
    assert_true(fabsl((long double)result[o] - gini) <= 1.3e-7L);
    assert_true(result[o] >= 0);
}

static void top_has_the_highest_ranks(void **state)
{
    (void)state;
    for (wanted = 1; wanted <= 2 * COOP_TOP_MAX + 1; wanted++)
        each_organisation(top_all, check_top);
}

#define CHECK(name, act, check)                                                                    \
    static void name(void **state)                                                                 \
    {                                                                                              \
        (void)state;                                                                               \
        each_organisation(act, check);                                                             \
    }
CHECK(sums_are_those_of_one, sum_all, check_sum)
CHECK(means_are_those_of_one, mean_all, check_mean)
CHECK(largest_is_that_of_one, largest_all, check_largest)
CHECK(spread_gives_everybody_the_value, spread_all, check_spread)
CHECK(scale_multiplies_by_the_value, scale_all, check_scale)
CHECK(ranks_count_the_smaller, rank_all, check_rank)
CHECK(deviation_is_right, deviation_all, check_deviation)
CHECK(gini_is_the_mean_difference, gini_all, check_gini)

int main(void)
{
    if (!machine_has_isa())
        return skip_all();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_those_of_one),
        cmocka_unit_test(means_are_those_of_one),
        cmocka_unit_test(largest_is_that_of_one),
        cmocka_unit_test(spread_gives_everybody_the_value),
        cmocka_unit_test(scale_multiplies_by_the_value),
        cmocka_unit_test(ranks_count_the_smaller),
        cmocka_unit_test(top_has_the_highest_ranks),
        cmocka_unit_test(deviation_is_right),
        cmocka_unit_test(gini_is_the_mean_difference),
    };
    return cmocka_run_group_tests_name("reduce", tests, lay_out, NULL);
}
