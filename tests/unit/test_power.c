/* coopsim - GPL-3.0-or-later
 *
 * Power indices: published values, all coalitions of small games one by one, and laws. */
#include "sim/power/indices.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

struct solved {
    struct coop_game game;
    struct coop_power *power;
};

static struct solved solve(const char *text)
{
    struct solved solved;
    if (coop_game_parse(&solved.game, text) != COOP_OK ||
        coop_power_indices(&solved.game, &solved.power) != COOP_OK)
        fail_msg("%s: %s", text, coop_status_message());
    return solved;
}

static void release(struct solved *solved)
{
    coop_power_free(solved->power, solved->game.players);
    coop_game_free(&solved->game);
}

static void assert_fraction(const char *game, size_t player, const mpq_t index,
                            const char *expected)
{
    char found[8192];
    assert_true(mpz_sizeinbase(mpq_numref(index), 10) + mpz_sizeinbase(mpq_denref(index), 10) <
                sizeof found - 3);
    mpq_get_str(found, 10, index);
    if (strcmp(found, expected) != 0)
        fail_msg("%s, player %zu: %s instead of %s", game, player + 1, found, expected);
}

/* `expected` ends with NULL: normalised Banzhaf, Penrose and Shapley-Shubik of the first player, of
 * the second, ... */
static void assert_game(const char *text, const char *const *expected)
{
    struct solved solved = solve(text);
    size_t player = 0;
    for (; expected[3 * player] != NULL; player++) {
        assert_true(player < solved.game.players);
        assert_fraction(text, player, solved.power[player].banzhaf, expected[3 * player]);
        assert_fraction(text, player, solved.power[player].penrose, expected[3 * player + 1]);
        assert_fraction(text, player, solved.power[player].shapley, expected[3 * player + 2]);
    }
    release(&solved);
}

#define EXPECT(game, ...) assert_game(game, (const char *const[]){__VA_ARGS__, NULL})

/* The council of the European Economic Community of 1958, in which Luxembourg had no power; the
 * others are textbook games. */
static void test_published(void **state)
{
    (void)state;
#define LARGE "5/21", "5/16", "7/30"
#define SMALL "1/7", "3/16", "3/20"
    EXPECT("[12; 4, 4, 4, 2, 2, 1]", LARGE, LARGE, LARGE, SMALL, SMALL, "0", "0", "0");
    EXPECT("[51; 50, 49, 1]", "3/5", "3/4", "2/3", "1/5", "1/4", "1/6", "1/5", "1/4", "1/6");
    EXPECT("[1; 1]", "1", "1", "1");
    EXPECT("[3; 3, 1, 1]", "1", "1", "1", "0", "0", "0", "0", "0", "0");
    EXPECT("[3; 1, 1, 1]", "1/3", "1/4", "1/3");
    EXPECT("[1; 1, 1, 1]", "1/3", "1/4", "1/3");
    /* A caucus of four in an assembly of twenty. */
    EXPECT("[11; 4, 1x16]", "153/601", "21879/32768", "4/17", "28/601", "1001/8192", "13/272");
}

/* The same games in other words. */
static void test_spellings(void **state)
{
    (void)state;
    static const char *const same[] = {
        "[51; 50, 49, 1]",   " [ 51;50 , 49,1 ] ", "[0.51;.5,0.49,0.010]",  "[5.1; 5, 4.9, .1]",
        "[102; 100, 98, 2]", "[101;100,98,2]",     "[51.; 50x1, 49 x 1, 1]"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        EXPECT(same[i], "3/5", "3/4", "2/3", "1/5", "1/4", "1/6", "1/5", "1/4", "1/6");
    EXPECT("[2; 1x3, 0]", "1/3", "1/2", "1/3", "1/3", "1/2", "1/3", "1/3", "1/2", "1/3", "0", "0",
           "0");
}

/* Swings of every player by the number of others, from all coalitions one by one. */
static void count_swings(const struct coop_game *game, uint64_t (*ret)[12])
{
    for (uint32_t coalition = 0; coalition < 1U << game->players; coalition++) {
        uint64_t sum = 0;
        size_t size = 0;
        for (size_t p = 0; p < game->players; p++)
            if (coalition >> p & 1) {
                sum += game->weight[p];
                size++;
            }
        for (size_t p = 0; p < game->players; p++)
            if (!(coalition >> p & 1) && sum < game->quota && sum + game->weight[p] >= game->quota)
                ret[p][size]++;
    }
}

static void compare_with_all_coalitions(const char *text)
{
    struct solved solved = solve(text);
    const size_t players = solved.game.players;
    uint64_t swings[12][12] = {0}, factorial[13] = {1}, all = 0, own[12] = {0};
    char expected[64];
    for (size_t k = 1; k <= players; k++)
        factorial[k] = k * factorial[k - 1];
    count_swings(&solved.game, swings);
    for (size_t p = 0; p < players; p++)
        for (size_t k = 0; k < players; k++) {
            own[p] += swings[p][k];
            all += swings[p][k];
        }
    for (size_t p = 0; p < players; p++) {
        uint64_t orders = 0;
        mpq_t value;
        mpq_init(value);
        for (size_t k = 0; k < players; k++)
            orders += factorial[k] * factorial[players - 1 - k] * swings[p][k];
        const uint64_t fraction[3][2] = {
            {own[p], all}, {own[p], UINT64_C(1) << (players - 1)}, {orders, factorial[players]}};
        const mpq_t *const found[3] = {&solved.power[p].banzhaf, &solved.power[p].penrose,
                                       &solved.power[p].shapley};
        for (size_t i = 0; i < 3; i++) {
            mpq_set_ui(value, fraction[i][0], fraction[i][1]);
            mpq_canonicalize(value);
            mpq_get_str(expected, 10, value);
            assert_fraction(text, p, *found[i], expected);
        }
        mpq_clear(value);
    }
    release(&solved);
}

/* Weights are often alike, small, zero, even or dominant, and quotas reach from 1 to the sum. */
static void test_all_coalitions(void **state)
{
    (void)state;
    static const unsigned largest[] = {1, 3, 10, 1000, 1000000};
    uint64_t random = 20;
    for (size_t game = 0; game < 600; game++) {
        char text[512];
        unsigned total = 0, weight[12];
        const size_t players = 1 + game % 12;
        for (size_t p = 0; p < players; p++) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407U;
            weight[p] = (unsigned)(random >> 33) % (largest[game / 12 % 5] + 1);
            weight[p] *= game % 7 == 0 ? 6 : 1;
            total += weight[p];
        }
        weight[0] += total == 0;
        total += total == 0;
        random = random * UINT64_C(6364136223846793005) + 1442695040888963407U;
        int used =
            snprintf(text, sizeof text, "[%u; %u", 1 + (unsigned)(random >> 33) % total, weight[0]);
        for (size_t p = 1; p < players; p++)
            used += snprintf(text + used, sizeof text - (size_t)used, ", %u", weight[p]);
        snprintf(text + used, sizeof text - (size_t)used, "]");
        compare_with_all_coalitions(text);
    }
}

static void assert_sums_to_one(const struct solved *solved)
{
    mpq_t banzhaf, shapley;
    mpq_inits(banzhaf, shapley, NULL);
    for (size_t p = 0; p < solved->game.players; p++) {
        mpq_add(banzhaf, banzhaf, solved->power[p].banzhaf);
        mpq_add(shapley, shapley, solved->power[p].shapley);
    }
    assert_int_equal(mpq_cmp_ui(banzhaf, 1, 1), 0);
    assert_int_equal(mpq_cmp_ui(shapley, 1, 1), 0);
    mpq_clears(banzhaf, shapley, NULL);
}

static void test_equal_players(void **state)
{
    (void)state;
    static const char *const game[] = {"[151; 1x300]", "[300; 1x300]", "[1; 1x300]",
                                       "[75.25; 0.5x300]", "[200; 1x300]"};
    for (size_t g = 0; g < sizeof game / sizeof *game; g++) {
        struct solved solved = solve(game[g]);
        assert_sums_to_one(&solved);
        for (size_t p = 0; p < 300; p++) {
            assert_fraction(game[g], p, solved.power[p].banzhaf, "1/300");
            assert_fraction(game[g], p, solved.power[p].shapley, "1/300");
        }
        release(&solved);
    }
}

/* Of 200 different weights: who has more weighs at least as much, and the shares add up exactly. */
static void test_many_weights(void **state)
{
    (void)state;
    char text[2048];
    int used = snprintf(text, sizeof text, "[10051; 0");
    for (int weight = 1; weight <= 200; weight++)
        used += snprintf(text + used, sizeof text - (size_t)used, ", %d", weight);
    snprintf(text + used, sizeof text - (size_t)used, "]");
    struct solved solved = solve(text);
    assert_sums_to_one(&solved);
    assert_int_equal(mpq_sgn(solved.power[0].penrose), 0);
    for (size_t p = 1; p <= 200; p++) {
        assert_true(mpq_cmp(solved.power[p].banzhaf, solved.power[p - 1].banzhaf) > 0);
        assert_true(mpq_cmp(solved.power[p].shapley, solved.power[p - 1].shapley) > 0);
    }
    release(&solved);
}

/* Losing where the complement wins changes nobody's power, and scaling neither. */
static void test_dual_and_scale(void **state)
{
    (void)state;
    struct solved one = solve("[40; 17, 11, 9, 9, 5, 3, 2]");
    struct solved dual = solve("[17; 17, 11, 9, 9, 5, 3, 2]");
    struct solved scaled = solve("[398; 170, 110, 90, 90, 50, 30, 20]");
    for (size_t p = 0; p < one.game.players; p++) {
        assert_true(mpq_equal(one.power[p].banzhaf, dual.power[p].banzhaf));
        assert_true(mpq_equal(one.power[p].shapley, dual.power[p].shapley));
        assert_true(mpq_equal(one.power[p].penrose, scaled.power[p].penrose));
        assert_true(mpq_equal(one.power[p].shapley, scaled.power[p].shapley));
    }
    release(&one);
    release(&dual);
    release(&scaled);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *start;
    } row[] = {
        {"", "column 1: a '[' is missing"},
        {"12; 4", "column 1: a '[' is missing"},
        {"[", "column 2: the quota is missing"},
        {"[x; 4]", "column 2: the quota is missing"},
        {"[12, 4]", "column 4: a ';' is missing"},
        {"[12; ]", "column 6: a game without players"},
        {"[12; a]", "column 6: a weight is missing"},
        {"[12; 4,]", "column 8: a weight is missing"},
        {"[12; 4 4]", "column 8: a ',' or the closing"},
        {"[12; 4", "column 7: a ',' or the closing"},
        {"[3; 4] 5", "column 8: something behind"},
        {"[3; 4, -1]", "column 8: neither quota nor weights can be negative"},
        {"[-3; 4]", "column 2: neither quota nor weights can be negative"},
        {"[3; 4x]", "column 7: behind 'x'"},
        {"[3; 4x0]", "column 7: behind 'x'"},
        {"[3; 4e2]", "column 6: a ',' or the closing"},
        {"[3; 1.2.3]", "column 8: a ',' or the closing"},
        {"[\xc3\xa9; 4]", "column 2: the quota is missing"},
        {"[3; 4, \xc3\xa9, 5]", "column 8: a weight is missing"},
        {"[3; 4\xc3\xa9, 5]", "column 6: a ',' or the closing"},
        {"[0; 4]", "column 2: with a quota of 0"},
        {"[ 9; 4, 4.5]", "column 3: the quota 9 is above the sum of all weights, 8.5"},
        {"[1; 0, 0]", "column 2: the quota 1 is above the sum"},
        {"[1; 1x1001]", "column 5: more than 1000 players"},
        {"[1; 1x99999999999999999999]", "column 5: more than 1000 players"},
        {"[1; 1x600, 1x401]", "column 12: more than 1000 players"},
        {"[1; 1000000000000000]", "column 5: with 0 decimals"},
        {"[0.0001; 1, 100000000000]", "column 13: with 4 decimals"},
        {"[1; 99999999999999999999999]", "column 5: a number of too many digits"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct coop_game game;
        assert_int_equal(coop_game_parse(&game, row[i].text), COOP_USAGE);
        if (strncmp(coop_status_message(), row[i].start, strlen(row[i].start)) != 0)
            fail_msg("%s: '%s' does not begin with '%s'", row[i].text, coop_status_message(),
                     row[i].start);
        coop_game_free(&game);
    }
}

/* Refused before it is tried. */
static void test_too_large(void **state)
{
    (void)state;
    struct coop_game game;
    struct coop_power *power;
    const clock_t began = clock();
    assert_int_equal(coop_game_parse(&game, "[500000000000; 333333333331, 333333333333, "
                                            "333333333337, 1, 7]"),
                     COOP_OK);
    assert_int_equal(coop_power_indices(&game, &power), COOP_USAGE);
    assert_null(power);
    assert_non_null(strstr(coop_status_message(), "above the limit of 1000 MB"));
    assert_true(clock() - began < 5 * CLOCKS_PER_SEC);
    coop_game_free(&game);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published),      cmocka_unit_test(test_spellings),
        cmocka_unit_test(test_all_coalitions), cmocka_unit_test(test_equal_players),
        cmocka_unit_test(test_many_weights),   cmocka_unit_test(test_dual_and_scale),
        cmocka_unit_test(test_refused),        cmocka_unit_test(test_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
