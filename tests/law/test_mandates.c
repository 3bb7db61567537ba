/* coopsim - GPL-3.0-or-later
 *
 * Mandates: how many there are and until when, that they go with persons and that leavers' seats
 * stay vacant, who is elected or drawn, what an employed manager comes to want, and the council by
 * lot as a counter-mechanism. */
#include "tests/law/mandates.h"

/* Elected in the first week, and again when the term is over. */
static void terms_are_kept(void **state)
{
    static const struct {
        const char *set;
        size_t seats;
        int64_t term;
    } bodies[] = {{BOARD, 3, 12},
                  {"governance.rule=manager; manager.term=8", 1, 8},
                  {"governance.rule=sortition; sortition.seats=4; sortition.term=20", 4, 20}};
    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct village v;
        char set[512];
        snprintf(set, sizeof set, STILL "economy.sizes=list; economy.size_list=[2, 3, 9, 30]; %s",
                 bodies[i].set);
        village_begin_seo(&v, set);
        for (int64_t week = 4; week <= 60; week += 4) {
            coop_run_live(&v.run, 4);
            int64_t until = ((week - 1) / bodies[i].term + 1) * bodies[i].term;
            for (size_t o = 0; o < v.run.economy.organisations; o++) {
                size_t n = v.run.economy.size[o];
                assert_int_equal(holders(&v, o, (uint32_t)until),
                                 n < bodies[i].seats ? n : bodies[i].seats);
            }
        }
        village_end(&v);
    }
}

/* Within a term nobody gets a mandate, those who leave take theirs along, others keep it wherever
 * they go. */
static void leavers_leave_their_seat(void **state)
{
    struct village v;
    size_t vacated = 0;
    (void)state;
    village_begin_seo(&v, "economy.organisations=40; allocation.leave=.01; rotation.on=true;"
                          "rotation.every=2; governance.rule=board; board.seats=6;"
                          "board.term=100; attendance.mode=all");
    int joined = village_field(&v.run, "joined");
    coop_run_live(&v.run, 4);
    for (size_t month = 0; month < 5; month++) {
        bool held[40][20] = {{false}};
        for (size_t o = 0; o < 40; o++)
            for (size_t p = 0; p < 20; p++)
                held[o][label_of(&v, o, p)] = mandate_of(&v, o, p) > 0;
        coop_run_live(&v.run, 4);
        for (size_t o = 0; o < 40; o++)
            for (size_t p = 0; p < 20; p++) {
                uint32_t since;
                memcpy(&since, village_place(&v.run, joined, 0, o, p), 4);
                bool new = since > (uint32_t)v.run.week - 4, had = held[o][label_of(&v, o, p)];
                assert_int_equal(mandate_of(&v, o, p) > 0, had && !new);
                vacated += had && new;
            }
    }
    assert_true(vacated > 20);
    village_end(&v);
}

/* How many mandates the positions hold, over many organisations of five after the first month. */
static void count_by_position(const char *set, size_t ret[5])
{
    struct village v;
    memset(ret, 0, 5 * sizeof *ret);
    char all[512];
    snprintf(all, sizeof all,
             "economy.organisations=2000; economy.size=5; allocation.leave=0; attendance.mode=all;"
             "%s",
             set);
    village_begin_seo(&v, all);
    coop_run_live(&v.run, 4);
    for (size_t o = 0; o < 2000; o++)
        for (size_t p = 0; p < 5; p++)
            ret[p] += mandate_of(&v, o, p) > 0;
    village_end(&v);
}

/* The lot asks for nothing: a share of 400 each, of deviation 17.9. The election asks for voice,
 * of which the head's rank gives e^.45 times that of the others: 561 against 360. */
static void who_is_chosen(void **state)
{
    size_t drawn[5], elected[5], silent[5];
    (void)state;
    count_by_position("governance.rule=sortition; sortition.seats=1", drawn);
    count_by_position("governance.rule=board; board.seats=1", elected);
    count_by_position("governance.rule=board; board.seats=1; arrows.twin=voiceless", silent);
    for (size_t p = 0; p < 5; p++) {
        assert_in_range(drawn[p], 400 - 80, 400 + 80);
        assert_in_range(silent[p], 400 - 80, 400 + 80);
    }
    assert_true(elected[0] > 480 && elected[4] < 440);
}

/* Standing of 3 against 1, and equal voices, right before the board of one is elected. */
static void one_has_standing(const struct coop_batch *b)
{
    for (size_t o = 0; o < b->organisations; o++)
        for (size_t p = 0; p < b->size[o]; p++) {
            size_t i = coop_slot(b, o, p);
            coop_worker(b, SEO_LOG_STANDING, 0)[i] = p == 3 ? logf(3) : 0;
            coop_worker(b, SEO_VOICE, 0)[i] = 1;
        }
}

/* Odds of 3 to 1 to 1 to 1 to 1: 3/7 of 2000 elections are 857, of deviation 22; the bounds are five
 * of them, which a right election misses once in a million. */
static void standing_is_elected(void **state)
{
    const struct coop_mechanism before = {.name = "before", .act = one_has_standing};
    struct village_model model;
    struct village v;
    size_t elected = 0;
    (void)state;
    village_surround(&model, village_seo(), "board", &before, NULL);
    village_begin(&v, &model.model,
                  "economy.organisations=2000; economy.size=5; allocation.leave=0;"
                  "attendance.mode=all; governance.rule=board; board.seats=1; board.standing=1");
    coop_run_live(&v.run, 4);
    for (size_t o = 0; o < 2000; o++)
        elected += mandate_of(&v, o, 3) > 0;
    assert_in_range(elected, 857 - 110, 857 + 110);
    village_end(&v);
}

/* Hired in the first week of decision with the members' mean wish, then drifting month by month. */
static void an_employed_manager_drifts(void **state)
{
    struct village v;
    double before[12];
    (void)state;
    village_begin_seo(&v, STILL OUTSIDE "manager.drift=.25; manager.ideal=[1, 1, .9, 1, 1, 1]");
    for (size_t month = 0; month < 6; month++) {
        coop_run_live(&v.run, 4);
        for (size_t o = 0; o < 12; o++) {
            double wish = wish_of(&v, o);
            assert_true(month > 0 ? fabs(wish - (before[o] + .25 * (.9 - before[o]))) < 1e-12
                                  : wish > 0 && wish < .9);
            before[o] = wish;
        }
    }
    village_end(&v);
}

/* What a manager from outside decides with all discretion is what he or she wants. */
static void discretion_is_power(void **state)
{
    struct village v;
    (void)state;
    village_begin_seo(&v, STILL OUTSIDE "manager.discretion=1; governance.rate=1; manager.drift=0;"
                                        "rights.workers=.3");
    coop_run_live(&v.run, 8);
    int voted = village_field(&v.run, "voted");
    for (size_t o = 0; o < 12; o++) {
        double hierarchy = *(double *)village_place(&v.run, voted, SEO_hierarchy, o, 0);
        assert_true(fabs(hierarchy - wish_of(&v, o)) < 1e-6);
        assert_true(value_of(&v, "force_inside", o) == 0);
    }
    village_end(&v);
}

/* The council decides from its start to its end, and what it was in place of before and after. */
static void the_council_takes_the_rules_place(void **state)
{
    struct village v;
    (void)state;
    village_begin_seo(&v, STILL "governance.rule=majority; sortition.on=true; sortition.start=8;"
                                "sortition.end=20; sortition.seats=2; sortition.term=6");
    for (int64_t week = 4; week <= 32; week += 4) {
        coop_run_live(&v.run, 4);
        bool acts = week > 8 && week <= 20;
        for (size_t o = 0; o < 12; o++) {
            size_t members = 0;
            for (size_t p = 0; p < 20; p++)
                members += mandate_of(&v, o, p) > 0;
            assert_true(value_of(&v, "rule", o) == (acts ? SEO_RULE_sortition : SEO_RULE_majority));
            assert_int_equal(members, acts ? 2 : 0);
        }
    }
    village_end(&v);
}

/* Three of twenty have a vote each: Gini 17/20. A decision under equal votes counts as equal. */
static void mandates_are_measured(void **state)
{
#define RECORDED STILL "run.weeks=16; record.every=16; decide.every=8;"
    (void)state;
    assert_true(fabs(village_measure(RECORDED BOARD, "formal_gini") - .85) < 1e-6);
    assert_true(fabs(village_measure(RECORDED BOARD, "mandate_holders") - .15) < 1e-6);
    assert_true(village_measure(RECORDED "governance.rule=majority", "formal_gini") == 0);
    /* Some assemblies want a board for the second half of the decisions, the others stay as they are. */
#define VOTED                                                                                      \
    RECORDED BOARD "economy.organisations=200; governance.rule=mean; decide.rule=true;"            \
                   "decide.rules=[board]"
    double changes = village_measure(VOTED, "rule_changes"),
           gini = village_measure(VOTED, "formal_gini");
    assert_true(changes > 0 && changes < 1);
    assert_true(gini > 0 && gini < .85 / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_are_kept),
        cmocka_unit_test(leavers_leave_their_seat),
        cmocka_unit_test(who_is_chosen),
        cmocka_unit_test(standing_is_elected),
        cmocka_unit_test(an_employed_manager_drifts),
        cmocka_unit_test(discretion_is_power),
        cmocka_unit_test(the_council_takes_the_rules_place),
        cmocka_unit_test(mandates_are_measured),
    };
    return cmocka_run_group_tests_name("mandates", tests, NULL, NULL);
}
