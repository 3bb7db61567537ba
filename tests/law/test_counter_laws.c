/* coopsim - GPL-3.0-or-later
 *
 * What each counter-mechanism but rotation does, against a little calculation of the test's own. */
#include "tests/law/experiment.h"
#include "tests/law/watch.h"

/* Nobody stays above the mean beyond the term of 6 weeks, unless all others have changed already;
 * and only pairs change, one above whose term is over and one not above. */
static void terms_are_kept(const struct coop_batch *b)
{
    for (size_t o = 0; o < b->organisations; o++) {
        size_t served = 0, others = 0, changed = 0;
        for (size_t p = 0; p < b->size[o]; p++) {
            size_t now = watch_place(b, o, p);
            bool above = watch_is_empowered(b, o, p);
            bool over = b->week + 1 - (int64_t)watch_since[o][p] >= 6;
            served += above && over;
            others += !above;
            changed += above && now != p;
            assert_int_equal(watch_place(b, o, now), p);
            assert_true(now == p || (above ? over : watch_is_empowered(b, o, now)));
        }
        assert_int_equal(changed, served < others ? served : others);
    }
    watch_count(b);
    watch_follow(b);
    for (size_t o = 0; o < b->organisations; o++)
        for (size_t p = 0; p < b->size[o]; p++)
            assert_int_equal(coop_worker_u32(b, SEO_SINCE)[coop_slot(b, o, p)], watch_since[o][p]);
}

static void nobody_stays_beyond_the_term(void **state)
{
    (void)state;
    watch_live("term_limit", "term_limit.weeks=6", 52, terms_are_kept);
    assert_true(watch_moves > 200);
    watch_live("term_limit", "term_limit.weeks=6; division.start=0; division.open=false", 24,
               watch_count);
    assert_int_equal(watch_moves, 0);
}

/* The share of the gap to the mean, of those below, in every kind. */
static void gaps_are_closed(const struct coop_batch *b)
{
    for (size_t o = 0; o < b->organisations; o++)
        for (size_t k = 0; k < b->kinds; k++) {
            double total = 0, n = (double)b->size[o];
            for (size_t p = 0; p < b->size[o]; p++)
                total += (double)watch_before[o].skill[k][p];
            for (size_t p = 0; p < b->size[o]; p++) {
                double was = (double)watch_before[o].skill[k][p];
                double expected = was + .1 * fmax(0, total / n - was);
                assert_true(fabs((double)watch_value(b, SEO_SKILL, k, o, p) - expected) < 1e-7);
            }
        }
}

static void training_closes_gaps(void **state)
{
    (void)state;
    watch_live("training", "training.rate=.1", 12, gaps_are_closed);
}

static void solidarity_is_raised(const struct coop_batch *b)
{
    for (size_t o = 0; o < b->organisations; o++) {
        double was = watch_before[o].solidarity, is = coop_organisation(b, SEO_SOLIDARITY, 0)[o];
        assert_true(was < 1 && fabs(is - (was + .1 * (1 - was))) < 1e-12);
    }
}

static void building_raises_solidarity(void **state)
{
    (void)state;
    watch_live("association_building", "association_building.rate=.1", 12, solidarity_is_raised);
}

/* Who works alone meets nobody. */
static void building_needs_others(void **state)
{
    struct village v, off;
    (void)state;
    village_begin_seo(&v, "economy.size=1; economy.organisations=4; association_building.on=true");
    village_begin_seo(&off, "economy.size=1; economy.organisations=4");
    coop_run_live(&v.run, 12);
    coop_run_live(&off.run, 12);
    assert_true(village_all_same(&v.run, &off.run));
    village_end(&v);
    village_end(&off);
}

/* Everybody's readiness is higher by as many logits. */
static void building_raises_readiness(void **state)
{
    static struct experiment_outcome plain, built;
    const struct experiment experiment = {
        .mechanism = "association", .hook = EXPERIMENT_ACT, .cause = "", .effect = "present"};
    (void)state;
    experiment_run(&experiment, VARIED "attendance.mode=expected", EXPERIMENT_KEPT, &plain);
    experiment_run(&experiment,
                   VARIED "attendance.mode=expected; association_building.on=true;"
                          "association_building.attendance=.7",
                   EXPERIMENT_KEPT, &built);
    assert_true(plain.count == built.count && plain.count > 100);
    for (size_t i = 0; i < plain.count; i++) {
        double was = plain.value[i], is = built.value[i];
        assert_true(fabs(log(is / (1 - is)) - log(was / (1 - was)) - .7) < 1e-4);
    }
}

/* The voices, the loudest 1, as if skill and know-how weighed 1 - o times as much. */
static void open_books_weaken_knowledge(void **state)
{
    static const char *const further[] = {"", "arrows.know_voice=cut;", "arrows.skill_voice=cut;"};
    static struct experiment_outcome plain, open, weighed;
    const struct experiment experiment = {
        .mechanism = "influence", .hook = EXPERIMENT_ACT, .cause = "", .effect = "voice"};
    (void)state;
    for (size_t i = 0; i < sizeof further / sizeof *further; i++) {
        char set[1024];
        snprintf(set, sizeof set, VARIED "%s", further[i]);
        experiment_run(&experiment, set, EXPERIMENT_KEPT, &plain);
        snprintf(set, sizeof set, VARIED "%sopen_book.on=true; open_book.openness=.7", further[i]);
        experiment_run(&experiment, set, EXPERIMENT_KEPT, &open);
        snprintf(set, sizeof set, VARIED "%svoice.skill=.9; voice.know=2.4", further[i]);
        experiment_run(&experiment, set, EXPERIMENT_KEPT, &weighed);
        assert_true(experiment_distance(&open, &weighed) < 5e-6);
        assert_true(experiment_distance(&open, &plain) > .05);
    }
}

/* The same over weeks: as much is said every week as in the first. */
static void open_books_stay_open(void **state)
{
    struct village open, weighed, plain;
    double largest = 0, change = 0;
    (void)state;
#define ALL_COME VARIED "allocation.leave=0; attendance.mode=all;"
    village_begin_seo(&open, ALL_COME "open_book.on=true; open_book.openness=.7");
    village_begin_seo(&weighed, ALL_COME "voice.skill=.9; voice.know=2.4");
    village_begin_seo(&plain, ALL_COME);
    coop_run_live(&open.run, 24);
    coop_run_live(&weighed.run, 24);
    coop_run_live(&plain.run, 24);
    int standing = village_field(&open.run, "standing");
    for (size_t o = 0; o < WATCHED; o++)
        for (size_t p = 0; p < village_values(&open.run, standing, o); p++) {
            double ours = (double)*(float *)village_place(&open.run, standing, 0, o, p);
            double same = (double)*(float *)village_place(&weighed.run, standing, 0, o, p);
            double other = (double)*(float *)village_place(&plain.run, standing, 0, o, p);
            largest = fmax(largest, fabs(ours - same));
            change = fmax(change, fabs(ours - other));
        }
    assert_true(largest < 2e-5 && change > .05);
    village_end(&open);
    village_end(&weighed);
    village_end(&plain);
}

/* What is in force is 1 - strength times what was voted, which goes on. */
static void balance_lays_work_out_anew(void **state)
{
    struct village v;
    (void)state;
    village_begin_seo(&v, VARIED "job_balance.on=true; job_balance.strength=.3");
    coop_run_live(&v.run, 12);
    for (size_t batch = 0; batch < v.run.economy.batches; batch++) {
        const struct coop_batch *b = coop_run_look(&v.run, batch);
        for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
            for (size_t o = 0; o < b->organisations; o++) {
                double voted = coop_organisation(b, SEO_VOTED, y)[o];
                double kept = y == SEO_division || y == SEO_hierarchy ? .7 : 1;
                assert_true(fabs(coop_organisation(b, SEO_IN_FORCE, y)[o] - kept * voted) < 1e-15);
            }
    }
    village_end(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_stays_beyond_the_term),
        cmocka_unit_test(training_closes_gaps),
        cmocka_unit_test(building_raises_solidarity),
        cmocka_unit_test(building_needs_others),
        cmocka_unit_test(building_raises_readiness),
        cmocka_unit_test(open_books_weaken_knowledge),
        cmocka_unit_test(open_books_stay_open),
        cmocka_unit_test(balance_lays_work_out_anew),
    };
    return cmocka_run_group_tests_name("counter laws", tests, NULL, NULL);
}
