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

/* Positions that each worker, by label, has held, and the most who moved in a round. */
static bool held[WATCHED][WATCHED_SIZE][WATCHED_SIZE];
static size_t most_moved[WATCHED];

static void note_positions(const struct coop_batch *b)
{
    for (size_t o = 0; o < b->organisations; o++) {
        size_t moved = watch_moved(b, o);
        most_moved[o] = moved > most_moved[o] ? moved : most_moved[o];
        assert_true(moved >= 2);
        for (size_t p = 0; p < b->size[o]; p++)
            held[o][watch_before[o].label[p]][watch_place(b, o, p)] = true;
    }
}

/* Whatever the size and the share, also where the movers divide the workers, everybody comes
 * through every position within n passes of at most n - 1 rounds. */
static void in_turn_everybody_comes_everywhere(void **state)
{
    static const double shares[] = {0, .25, .4, .5, 1};
    static const size_t size[WATCHED] = {2, 3, 4, 6, 8, 9, 10, 12, 12, 12, 15, 16, 20};
    (void)state;
    for (size_t s = 0; s < sizeof shares / sizeof *shares; s++) {
        char set[512];
        memset(held, 0, sizeof held);
        memset(most_moved, 0, sizeof most_moved);
        snprintf(set, sizeof set,
                 "economy.size_list=[2, 3, 4, 6, 8, 9, 10, 12, 12, 12, 15, 16, 20];"
                 "allocation.leave=0; rotation.every=1; rotation.order=in_turn; rotation.share=%g",
                 shares[s]);
        watch_live("rotation", set, 20 * 19, note_positions);
        for (size_t o = 0; o < WATCHED; o++) {
            assert_int_equal(most_moved[o], share_of(shares[s], size[o], 2, size[o]));
            for (size_t label = 0; label < size[o]; label++)
                for (size_t p = 0; p < size[o]; p++)
                    assert_true(held[o][label][p]);
        }
    }
}

/* Down by one, and the last of those who move takes the first of their places. */
static void goes_down(const struct coop_batch *b)
{
    for (size_t o = 0; o < b->organisations; o++) {
        size_t rises = 0;
        for (size_t p = 0; p < b->size[o]; p++) {
            size_t now = watch_place(b, o, p);
            assert_true(now <= p + 1);
            rises += now < p;
        }
        assert_int_equal(rises, 1);
    }
}

static void in_turn_jobs_are_passed_down(void **state)
{
    (void)state;
    watch_live("rotation", "rotation.every=1; rotation.share=.4; rotation.order=in_turn", 16,
               goes_down);
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
        cmocka_unit_test(in_turn_everybody_comes_everywhere),
        cmocka_unit_test(in_turn_jobs_are_passed_down),
        cmocka_unit_test(rotation_of_the_empowered_is_in_pairs),
        cmocka_unit_test(who_falls_may_refuse),
        cmocka_unit_test(movers_lose_skills),
    };
    return cmocka_run_group_tests_name("rotation", tests, NULL, NULL);
}
