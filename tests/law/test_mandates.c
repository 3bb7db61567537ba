/* coopsim - GPL-3.0-or-later
 *
 * Mandates: how many there are and until when, that they go with persons and that leavers' seats
 * stay vacant, who is elected or drawn, what an employed manager comes to want, recall, and the
 * council by lot as a counter-mechanism. */
#include "models/seo/rules/list.h"
#include "sim/engine/verify.h"
#include "tests/law/village.h"

#define STILL "economy.organisations=12; allocation.leave=0; attendance.mode=all;"
#define BOARD "governance.rule=board; board.seats=3; board.term=12;"
#define OUTSIDE "governance.rule=manager; manager.from=outside;"

enum { BARRED = -1 };

static uint32_t mandate_of(const struct village *v, size_t o, size_t p)
{
    uint32_t value;
    memcpy(&value, village_place(&v->run, village_field(&v->run, "mandate"), 0, o, p), 4);
    return value;
}

static uint32_t label_of(const struct village *v, size_t o, size_t p)
{
    uint32_t value;
    memcpy(&value, village_place(&v->run, village_field(&v->run, "label"), 0, o, p), 4);
    return value;
}

static double value_of(const struct village *v, const char *field, size_t o)
{
    return *(double *)village_place(&v->run, village_field(&v->run, field), 0, o, 0);
}

/* Those whose mandate ends in a given week; every other must be 0. */
static size_t holders(const struct village *v, size_t o, uint32_t until)
{
    size_t count = 0;
    for (size_t p = 0; p < v->run.economy.size[o]; p++) {
        uint32_t mandate = mandate_of(v, o, p);
        assert_true(mandate == until || mandate == 0);
        count += mandate == until;
    }
    return count;
}

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

static size_t dissatisfied;

/* Those with a mandate and all others want everything, but for some others who want nothing. */
static void some_want_nothing(const struct coop_batch *b)
{
    for (size_t o = 0; o < b->organisations; o++) {
        size_t left = dissatisfied;
        for (size_t p = 0; p < b->size[o]; p++) {
            size_t i = coop_slot(b, o, p);
            bool nothing = left > 0 && coop_worker_u32(b, SEO_MANDATE)[i] == 0;
            left -= nothing;
            for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
                coop_worker(b, SEO_IDEAL, y)[i] = nothing ? 0.0f : 1.0f;
        }
    }
}

/* Exactly half is not most. */
static void most_recall(void **state)
{
    const struct coop_mechanism before = {.name = "before", .act = some_want_nothing};
    struct village_model model;
    (void)state;
    village_surround(&model, village_seo(), "recall", &before, NULL);
    for (dissatisfied = 0; dissatisfied < 6; dissatisfied++) {
        struct village v;
        village_begin(&v, &model.model,
                      STILL "economy.size=6; governance.rule=board; board.seats=1; board.term=500;"
                            "recall.on=true; recall.every=4; recall.tolerance=.5");
        coop_run_live(&v.run, 4);
        for (size_t o = 0; o < 12; o++)
            assert_int_equal(value_of(&v, "mandate_rule", o) == 0, dissatisfied > 3);
        village_end(&v);
    }
}

static double wish_of(const struct village *v, size_t o)
{
    return value_of(v, "manager_wish_hierarchy", o);
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

/* Nothing is judged with full tolerance; without any the board goes, and none of it comes back. */
static void recalled_members_cannot_stand(void **state)
{
    struct village v;
    bool was[12][20] = {{false}};
    (void)state;
    village_begin_seo(&v, STILL BOARD "board.term=500; recall.on=true; recall.every=8;"
                                      "recall.tolerance=0");
    coop_run_live(&v.run, 4);
    for (size_t o = 0; o < 12; o++)
        for (size_t p = 0; p < 20; p++)
            was[o][p] = mandate_of(&v, o, p) == 500;
    coop_run_live(&v.run, 4);
    for (size_t o = 0; o < 12; o++)
        for (size_t p = 0; p < 20; p++)
            assert_int_equal(mandate_of(&v, o, p), was[o][p] ? (uint32_t)BARRED : 0);
    coop_run_live(&v.run, 4);
    for (size_t o = 0; o < 12; o++) {
        assert_int_equal(holders(&v, o, 508), 3);
        for (size_t p = 0; p < 20; p++)
            assert_false(was[o][p] && mandate_of(&v, o, p) > 0);
    }
    village_end(&v);
}

/* A small organisation that recalls everybody elects again, whoever there is. */
static void everybody_may_be_recalled(void **state)
{
    struct village v;
    (void)state;
    village_begin_seo(&v, STILL BOARD "economy.size=3; board.term=500; recall.on=true;"
                                      "recall.every=8; recall.tolerance=0");
    coop_run_live(&v.run, 12);
    for (size_t o = 0; o < 12; o++)
        assert_int_equal(holders(&v, o, 508), 3);
    village_end(&v);
}

static uint64_t hash_after(const char *set, int64_t weeks)
{
    struct village v;
    village_begin_seo(&v, set);
    coop_run_live(&v.run, weeks);
    uint64_t hash = village_hash(&v);
    village_end(&v);
    return hash;
}

static void tolerance_of_everything_recalls_nobody(void **state)
{
    (void)state;
    assert_int_equal(
        hash_after(STILL BOARD "recall.on=false", 40),
        hash_after(STILL BOARD "recall.on=true; recall.every=4; recall.tolerance=1", 40));
    assert_int_not_equal(
        hash_after(STILL BOARD "recall.on=false", 40),
        hash_after(STILL BOARD "recall.on=true; recall.every=4; recall.tolerance=.02", 40));
}

/* Another manager is hired with what the members want then. */
static void a_recalled_manager_is_replaced(void **state)
{
    struct village v;
    (void)state;
    village_begin_seo(&v, STILL OUTSIDE "manager.drift=1; manager.ideal=[1, 1, 1, 1, 1, 1];"
                                        "recall.on=true; recall.every=12; recall.tolerance=.05");
    coop_run_live(&v.run, 8);
    for (size_t o = 0; o < 12; o++)
        assert_true(wish_of(&v, o) == 1);
    coop_run_live(&v.run, 4);
    for (size_t o = 0; o < 12; o++)
        assert_true(value_of(&v, "mandate_rule", o) == 0);
    coop_run_live(&v.run, 4);
    for (size_t o = 0; o < 12; o++)
        assert_true(value_of(&v, "mandate_rule", o) > 0 && wish_of(&v, o) < .7);
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

/* The last pooled value of a measure. */
static double measure_of(const char *set, const char *name)
{
    struct village v;
    struct coop_record record;
    village_set_up(&v, village_seo(), set);
    village_record(&v, 1, &record);
    int measure = coop_model_measure_find(v.model, name);
    assert_true(measure >= 0);
    double value = record.pooled[((size_t)measure + 1) * record.times - 1];
    coop_record_free(&record);
    village_end(&v);
    return value;
}

/* Three of twenty have a vote each: Gini 17/20. A decision under equal votes counts as equal. */
static void mandates_are_measured(void **state)
{
#define RECORDED STILL "run.weeks=16; record.every=16; decide.every=8;"
    (void)state;
    assert_true(fabs(measure_of(RECORDED BOARD, "formal_gini") - .85) < 1e-6);
    assert_true(fabs(measure_of(RECORDED BOARD, "mandate_holders") - .15) < 1e-6);
    assert_true(measure_of(RECORDED "governance.rule=majority", "formal_gini") == 0);
    /* Some assemblies want a board for the second half of the decisions, the others stay as they are. */
#define VOTED                                                                                      \
    RECORDED BOARD "economy.organisations=200; governance.rule=mean; decide.rule=true;"            \
                   "decide.rules=[board]"
    double changes = measure_of(VOTED, "rule_changes"), gini = measure_of(VOTED, "formal_gini");
    assert_true(changes > 0 && changes < 1);
    assert_true(gini > 0 && gini < .85 / 2);
}

/* What is wrong with a configuration as a whole; "" if nothing is. */
static void check_problem(const char *set, const char *expected)
{
    struct village v;
    struct coop_problems problems = {0};
    village_set_up(&v, village_seo(), set);
    coop_model_verify(v.model, &v.set, &problems);
    assert_int_equal(problems.count, *expected != '\0');
    if (problems.count > 0 && strstr(problems.item[0].text, expected) == NULL)
        fail_msg("'%s' does not say '%s'", problems.item[0].text, expected);
    coop_problems_free(&problems);
    village_end(&v);
}

static void impossible_bodies_are_refused(void **state)
{
    (void)state;
    check_problem("governance.rule=board; economy.size=3",
                  "board.seats 5 is above the smallest organisation of 3 workers");
    check_problem("board.seats=9; economy.size=3", "");
    check_problem("governance.rule=board; board.seats=6; economy.sizes=lognormal",
                  "smallest organisation of 5 workers");
    check_problem("decide.rule=true; decide.rules=[mean, board]; economy.sizes=list;"
                  "economy.size_list=[9, 4, 5]",
                  "smallest organisation of 4 workers");
    check_problem("sortition.on=true; sortition.seats=21",
                  "sortition.seats 21 is above the smallest organisation of 20 workers");
    check_problem("governance.rule=sortition; sortition.seats=20", "");
    check_problem("recall.on=true", "recall.on would have no effect");
    check_problem("recall.on=true; governance.rule=manager", "");
    check_problem("recall.on=true; decide.rule=true; decide.rules=[mean, board]", "");
    check_problem("recall.on=true; decide.rules=[mean, board]", "recall.on would have no effect");
    check_problem("manager.ideal=[.5]", "manager.ideal has 1 values");
    check_problem("decide.rules=[mean, bord]", "unknown rule 'bord' in decide.rules - did you mean "
                                               "'board'?");
    check_problem("decide.rules=[anarchy]", "the rules are mean|majority");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_are_kept),
        cmocka_unit_test(leavers_leave_their_seat),
        cmocka_unit_test(who_is_chosen),
        cmocka_unit_test(standing_is_elected),
        cmocka_unit_test(most_recall),
        cmocka_unit_test(an_employed_manager_drifts),
        cmocka_unit_test(discretion_is_power),
        cmocka_unit_test(recalled_members_cannot_stand),
        cmocka_unit_test(everybody_may_be_recalled),
        cmocka_unit_test(tolerance_of_everything_recalls_nobody),
        cmocka_unit_test(a_recalled_manager_is_replaced),
        cmocka_unit_test(the_council_takes_the_rules_place),
        cmocka_unit_test(mandates_are_measured),
        cmocka_unit_test(impossible_bodies_are_refused),
    };
    return cmocka_run_group_tests_name("mandates", tests, NULL, NULL);
}
