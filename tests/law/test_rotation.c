/* coopsim - GPL-3.0-or-later
 *
 * Job rotation: who passes on to whom in each order, who refuses, and what movers lose. */
#include "tests/law/watch.h"

static size_t share_of(double share, size_t of, size_t least, size_t most)
{
    double count = fmax((double)least, floor(share * (double)of + .5));
    return (size_t)fmin(count, (double)most);
}

/* All who move are in one cycle. */
static void in_one_cycle(const struct coop_batch *b)
{
    for (size_t o = 0; o < b->organisations; o++) {
        size_t n = b->size[o], moved = watch_moved(b, o), position = 0, length = 1;
        assert_int_equal(moved, share_of(.4, n, 2, n));
        while (watch_place(b, o, position) == position)
            position++;
        for (size_t p = watch_place(b, o, position); p != position; p = watch_place(b, o, p))
            length++;
        assert_int_equal(length, moved);
    }
}

static void rotation_by_lot_is_one_cycle(void **state)
{
    (void)state;
    watch_live("rotation", "rotation.every=1; rotation.share=.4", 8, in_one_cycle);
}

/* A window of positions goes round: each holder to the next, the last to the first of them. */
static void in_turn(const struct coop_batch *b)
{
    for (size_t o = 0; o < b->organisations; o++) {
        size_t n = b->size[o], count = share_of(.4, n, 2, n), expected[WATCHED_SIZE];
        size_t first = (size_t)b->week * count % n;
        for (size_t p = 0; p < n; p++)
            expected[p] = p;
        for (size_t i = 0; i < count; i++)
            expected[(first + i) % n] = (first + (i + 1) % count) % n;
        for (size_t p = 0; p < n; p++)
            assert_int_equal(watch_place(b, o, p), expected[p]);
    }
}

static void rotation_in_turn_goes_round(void **state)
{
    (void)state;
    watch_live("rotation", "rotation.every=1; rotation.share=.4; rotation.order=in_turn", 16,
               in_turn);
}

/* Pairs change places, one of each empowered. */
static void in_pairs(const struct coop_batch *b)
{
    for (size_t o = 0; o < b->organisations; o++) {
        size_t n = b->size[o], empowered = 0;
        for (size_t p = 0; p < n; p++) {
            size_t now = watch_place(b, o, p);
            empowered += watch_is_empowered(b, o, p);
            assert_int_equal(watch_place(b, o, now), p);
            assert_true(now == p || watch_is_empowered(b, o, p) != watch_is_empowered(b, o, now));
        }
        size_t rest = n - empowered, most = empowered < rest ? empowered : rest;
        assert_true(empowered > 0 && rest > 0);
        assert_int_equal(watch_moved(b, o), 2 * share_of(.4, empowered, 1, most));
    }
}

static void rotation_of_the_empowered_is_in_pairs(void **state)
{
    (void)state;
    watch_live("rotation", "rotation.every=1; rotation.share=.4; rotation.order=empowered", 12,
               in_pairs);
}

static void nobody_falls(const struct coop_batch *b)
{
    for (size_t o = 0; o < b->organisations; o++) {
        for (size_t p = 0; p < b->size[o]; p++)
            assert_true(watch_value(b, SEO_EMPOWERMENT, 0, o, watch_place(b, o, p)) >=
                        watch_value(b, SEO_EMPOWERMENT, 0, o, p) - 4e-7f);
        watch_moved(b, o);
    }
}

static void who_falls_may_refuse(void **state)
{
    static const char *const order[] = {"random", "in_turn", "empowered"};
    size_t moved[3];
    (void)state;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        static const char *const refusal[] = {"0", ".3", ".7"};
        char set[256];
        snprintf(set, sizeof set, "rotation.every=1; rotation.refusal=1; rotation.order=%s",
                 order[i]);
        watch_live("rotation", set, 12, nobody_falls);
        for (size_t r = 0; r < 3; r++) {
            snprintf(set, sizeof set, "rotation.every=1; rotation.refusal=%s; rotation.order=%s",
                     refusal[r], order[i]);
            watch_live("rotation", set, 12, watch_count);
            moved[r] = watch_moves;
        }
        assert_true(moved[0] > moved[1] && moved[1] > moved[2] && moved[2] > 0);
    }
    /* Equal jobs are no fall: everybody goes. */
    watch_live("rotation",
               "rotation.every=1; rotation.refusal=1; division.start=0; division.open=false", 4,
               nobody_falls);
    assert_int_equal(watch_moves, 4 * WATCHED_PERSONS);
}

/* Who moves has .7 of the skills left, who stays all. */
static void skills_are_lost(const struct coop_batch *b)
{
    for (size_t o = 0; o < b->organisations; o++)
        for (size_t p = 0; p < b->size[o]; p++)
            for (size_t k = 0; k < b->kinds; k++) {
                size_t now = watch_place(b, o, p);
                double kept = now == p ? 1 : .7, was = (double)watch_before[o].skill[k][p];
                double is = (double)watch_value(b, SEO_SKILL, k, o, now);
                assert_true(fabs(is - kept * was) <= (now == p ? 0 : 1e-7));
            }
    watch_count(b);
}

static void movers_lose_skills(void **state)
{
    (void)state;
    watch_live("rotation", "rotation.every=1; rotation.share=.4; rotation.training_loss=.3", 4,
               skills_are_lost);
    assert_true(watch_moves > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rotation_by_lot_is_one_cycle),
        cmocka_unit_test(rotation_in_turn_goes_round),
        cmocka_unit_test(rotation_of_the_empowered_is_in_pairs),
        cmocka_unit_test(who_falls_may_refuse),
        cmocka_unit_test(movers_lose_skills),
    };
    return cmocka_run_group_tests_name("rotation", tests, NULL, NULL);
}
