/* coopsim - GPL-3.0-or-later
 *
 * Shapley accounting: games whose shares are known, what holds of every game, and orders drawn by lot
 * against all sets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sim/base/rng.h"
#include "sim/design/points.h"
#include "sim/explain/account.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct coop_bootstrap usual = {.resamples = 400, .seed = 1, .level = .95};

typedef double game_function(uint32_t intact);

static void assert_near(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.9f is not %.9f within %g", value, expected, tolerance);
}

/* A game of all sets, one unit. */
static struct coop_shapley play(size_t arrows, game_function *of)
{
    const size_t points = (size_t)1 << arrows;
    uint32_t *cut = calloc(points, sizeof *cut);
    double *value = calloc(points, sizeof *value);
    struct coop_shapley ret;
    for (uint32_t p = 0; p < points; p++) {
        cut[p] = p;
        value[p] = of((uint32_t)(points - 1) & ~p);
    }
    const struct coop_game game = {
        .arrows = arrows, .points = points, .units = 1, .cut = cut, .value = value};
    assert_int_equal(coop_shapley(&game, &usual, &ret), COOP_OK);
    free(cut);
    free(value);
    return ret;
}

static double additive(uint32_t intact)
{
    static const double weight[] = {.3, -.1, 0, 2, .05};
    double sum = 7;
    for (size_t a = 0; a < 5; a++)
        sum += intact >> a & 1u ? weight[a] : 0;
    return sum;
}

static double majority(uint32_t intact)
{
    return __builtin_popcount(intact) >= 3;
}

/* A left glove and two right ones: a pair is worth 1. */
static double gloves(uint32_t intact)
{
    return (intact & 1u) && (intact & 6u);
}

/* Arrow 1 does what arrow 0 does; arrow 2 does nothing. */
static double alike(uint32_t intact)
{
    const double two = (double)(intact & 1u) + (double)(intact >> 1 & 1u);
    return two * two + 3 * two * (double)(intact >> 3 & 1u);
}

/* Anything, from -1 to 1, which depends on every set by itself. */
static double any(uint32_t intact)
{
    return 2 * (double)coop_uniform(coop_philox((struct coop_block){{intact}}, 5).word[0]) - 1;
}

static double pairs(uint32_t intact)
{
    double sum = 0;
    for (uint32_t a = 0; a < 9; a++)
        for (uint32_t b = 0; b < a; b++)
            if ((intact >> a & 1u) && (intact >> b & 1u))
                sum += any(a * 16 + b);
    return sum;
}

/* Know-how that needs a voice, office that adds: effects of all orders, as of a product. */
static double product(uint32_t intact)
{
    double value = 1;
    for (uint32_t a = 0; a < 7; a++)
        value *= intact >> a & 1u ? 1 + .1 * (double)(a + 1) : 1;
    return value;
}

static void games_of_the_books(void **state)
{
    (void)state;
    static const double weight[] = {.3, -.1, 0, 2, .05};
    const struct coop_shapley sum = play(5, additive), five = play(5, majority);
    const struct coop_shapley glove = play(3, gloves);
    for (size_t a = 0; a < 5; a++) {
        assert_near(sum.share[a].share.value, weight[a], 1e-14);
        assert_near(sum.share[a].first, weight[a], 1e-14);
        assert_near(sum.share[a].last, weight[a], 1e-14);
        assert_near(five.share[a].share.value, .2, 1e-15);
    }
    assert_near(sum.intact.value, 9.25, 1e-15);
    assert_near(sum.cut.value, 7, 0);
    assert_near(glove.share[0].share.value, 2. / 3, 1e-15);
    assert_near(glove.share[1].share.value, 1. / 6, 1e-15);
    assert_near(glove.share[2].share.value, 1. / 6, 1e-15);
    assert_near(glove.share[0].first, 1, 0);
    assert_near(glove.share[1].first, 0, 0);
    assert_near(glove.share[0].last, 0, 0);
}

static void equals_share_alike_and_those_who_do_nothing_have_none(void **state)
{
    (void)state;
    const struct coop_shapley shapley = play(4, alike);
    assert_near(shapley.share[0].share.value, shapley.share[1].share.value, 1e-14);
    assert_near(shapley.share[2].share.value, 0, 1e-15);
    assert_true(shapley.share[2].first == 0 && shapley.share[2].last == 0);
    assert_near(shapley.share[3].share.value, 3, 1e-14);
}

static double sum_of(const struct coop_shapley *shapley)
{
    double sum = 0;
    for (size_t a = 0; a < shapley->arrows; a++)
        sum += shapley->share[a].share.value;
    return sum;
}

static void shares_sum_to_the_excess(void **state)
{
    (void)state;
    for (size_t arrows = 1; arrows <= 12; arrows++) {
        const struct coop_shapley shapley = play(arrows, any);
        assert_near(sum_of(&shapley), shapley.excess.value, 1e-13);
        assert_near(shapley.excess.value, shapley.intact.value - shapley.cut.value, 1e-15);
    }
}

/* A game along orders drawn by lot, of which the points are all sets. */
static struct coop_shapley sample(size_t arrows, size_t orders, uint64_t seed, game_function *of)
{
    const size_t points = (size_t)1 << arrows;
    uint32_t *cut = calloc(points, sizeof *cut);
    double *value = calloc(points, sizeof *value);
    uint8_t *order = calloc(orders * arrows, sizeof *order);
    struct coop_shapley ret;
    for (uint32_t p = 0; p < points; p++) {
        cut[p] = (uint32_t)points - 1 - p; /* in no rising order */
        value[p] = of(p);
    }
    coop_points_orders(order, orders, arrows, seed);
    const struct coop_game game = {.arrows = arrows,
                                   .points = points,
                                   .units = 1,
                                   .cut = cut,
                                   .value = value,
                                   .orders = orders,
                                   .order = order};
    assert_int_equal(coop_shapley(&game, &usual, &ret), COOP_OK);
    free(cut);
    free(value);
    free(order);
    return ret;
}

/* The error over pairs of orders is what it says: of 7 shares in 40 samples, 95 % are expected within
 * 1.96 of it, with 16 pairs 93 (seen: 91 and 93 %); at least 85 % must be, and all within 10
 * (seen: 7.8). */
static void sampled_orders_tell_how_far_they_are_off(void **state)
{
    (void)state;
    enum { SAMPLES = 40 };
    game_function *const game[] = {any, product};
    for (size_t g = 0; g < 2; g++)
        for (size_t arrows = 5; arrows <= 7; arrows++) {
            const struct coop_shapley exact = play(arrows, game[g]);
            size_t within = 0;
            for (uint64_t seed = 0; seed < SAMPLES; seed++) {
                const struct coop_shapley drawn = sample(arrows, 32, seed, game[g]);
                assert_near(sum_of(&drawn), exact.excess.value, 1e-12);
                for (size_t a = 0; a < arrows; a++) {
                    const double error = drawn.share[a].order_error;
                    const double off =
                        fabs(drawn.share[a].share.value - exact.share[a].share.value);
                    assert_true(off < 10 * error);
                    within += off < 1.96 * error;
                }
            }
            assert_true((double)within >= .85 * SAMPLES * (double)arrows);
        }
}

/* A sample of 4,000 orders of a game from -1 to 1 is off by less than .03 (seen: .017). */
static void many_orders_are_near_all_sets(void **state)
{
    (void)state;
    for (size_t arrows = 5; arrows <= 7; arrows++) {
        const struct coop_shapley exact = play(arrows, any), drawn = sample(arrows, 4000, 3, any);
        for (size_t a = 0; a < arrows; a++) {
            assert_near(drawn.share[a].share.value, exact.share[a].share.value, .03);
            assert_true(drawn.share[a].order_error < .02);
        }
    }
}

/* One order and its reverse are exact where arrows act alone or by two. */
static void a_pair_of_orders_is_exact_for_pairs(void **state)
{
    (void)state;
    const struct coop_shapley exact = play(9, pairs), drawn = sample(9, 4, 1, pairs);
    for (size_t a = 0; a < 9; a++) {
        assert_near(drawn.share[a].share.value, exact.share[a].share.value, 1e-13);
        assert_near(drawn.share[a].order_error, 0, 1e-13);
    }
}

/* Units with shares .1 and .3 on average and independent deviations. */
static void intervals_are_those_of_the_units(void **state)
{
    (void)state;
    enum { UNITS = 200 };
    static const uint32_t cut[] = {0, 1, 2, 3};
    double value[4 * UNITS], total = 0;
    struct coop_shapley ret;
    for (uint32_t u = 0; u < UNITS; u++) {
        const double noise = any(1000 + u);
        value[3 * UNITS + u] = 5 * any(5000 + u); /* what all points share does not matter */
        value[2 * UNITS + u] = value[3 * UNITS + u] + .1 + noise;
        value[1 * UNITS + u] = value[3 * UNITS + u] + .3;
        value[u] = value[3 * UNITS + u] + .4 + noise;
        total += noise / UNITS;
    }
    const struct coop_game game = {
        .arrows = 2, .points = 4, .units = UNITS, .cut = cut, .value = value};
    assert_int_equal(coop_shapley(&game, &usual, &ret), COOP_OK);
    assert_near(ret.share[0].share.value, .1 + total, 1e-12);
    assert_near(ret.share[1].share.value, .3, 1e-12);
    assert_near(ret.share[1].share.low, .3, 1e-12);
    assert_near(ret.share[1].share.high, .3, 1e-12);
    const double width = ret.share[0].share.high - ret.share[0].share.low;
    assert_near(ret.share[0].unit_error, 1 / sqrt(3 * UNITS), .004);
    assert_near(width / (2 * 1.96 * ret.share[0].unit_error), 1, .12);
    assert_true(ret.intact.high - ret.intact.low > 4 * width);
    assert_near(ret.excess.high - ret.excess.low, width, 1e-12);
}

static void one_unit_has_no_interval(void **state)
{
    (void)state;
    const struct coop_shapley shapley = play(3, gloves);
    assert_true(isnan(shapley.share[0].share.low) && isnan(shapley.excess.high));
    assert_true(isnan(shapley.share[0].unit_error) && shapley.share[0].order_error == 0);
}

static void what_cannot_be_told_is_refused(void **state)
{
    (void)state;
    const uint32_t cut[] = {0, 1, 2, 3}, again[] = {0, 1, 1, 3};
    const uint8_t order[] = {0, 1, 1, 0};
    double value[] = {1, 2, NAN, 3};
    struct coop_shapley ret;
    struct coop_game game = {.arrows = 2, .points = 4, .units = 1, .cut = cut, .value = value};
    assert_int_equal(coop_shapley(&game, &usual, &ret), COOP_USAGE);
    assert_non_null(strstr(coop_status_message(), "no value at point 2"));
    value[2] = 0;
    game.points = 3;
    assert_int_equal(coop_shapley(&game, &usual, &ret), COOP_INTERNAL);
    game = (struct coop_game){2, 4, 1, again, value, 2, order};
    assert_int_equal(coop_shapley(&game, &usual, &ret), COOP_INTERNAL);
    game.orders = 1;
    assert_int_equal(coop_shapley(&game, &usual, &ret), COOP_INTERNAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(games_of_the_books),
        cmocka_unit_test(equals_share_alike_and_those_who_do_nothing_have_none),
        cmocka_unit_test(shares_sum_to_the_excess),
        cmocka_unit_test(sampled_orders_tell_how_far_they_are_off),
        cmocka_unit_test(many_orders_are_near_all_sets),
        cmocka_unit_test(a_pair_of_orders_is_exact_for_pairs),
        cmocka_unit_test(intervals_are_those_of_the_units),
        cmocka_unit_test(one_unit_has_no_interval),
        cmocka_unit_test(what_cannot_be_told_is_refused),
    };
    return cmocka_run_group_tests_name("shapley", tests, NULL, NULL);
}
