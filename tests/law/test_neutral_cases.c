/* coopsim - GPL-3.0-or-later
 *
 * Neutral values (see test_neutral.c) whose absence shows in a way of its own: falls are as fast as
 * rises, who changes position keeps all know-how, large organisations attend like small ones. */
#include "tests/law/experiment.h"

#include "tests/law/variables.h"

#define STILL "economy.organisations=5; allocation.leave=0; run.population_seed=5;"

/* The first decision's move of every variable, from the same place in every organisation. */
static double first_move(const char *start, const char *irreversibility, size_t y)
{
    char set[1024] = STILL "arrows.power_org=cut;";
    struct village v;
    for (size_t i = 0; i < SEO_VARIABLE_COUNT; i++) {
        snprintf(set + strlen(set), sizeof set - strlen(set), "%s.start=%s; %s.irreversibility=%s;",
                 variable_name[i], start, variable_name[i], irreversibility);
    }
    village_begin_seo(&v, set);
    double *voted = village_place(&v.run, village_field(&v.run, "voted"), y, 3, 0), before = *voted;
    coop_run_live(&v.run, COOP_MONTH);
    double move = *voted - before;
    village_end(&v);
    return move;
}

/* A fall goes 1 - irreversibility of its way, a rise all of it. */
static void falls_are_slowed(void **state)
{
    (void)state;
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++) {
        double fall = first_move(".99", "0", y), rise = first_move(".01", "0", y);
        assert_true(fall < -1e-4 && rise > 1e-4);
        assert_true(fabs(first_move(".99", ".75", y) - fall / 4) < 1e-12);
        assert_true(first_move(".99", "1", y) == 0);
        assert_true(first_move(".01", "1", y) == rise);
    }
}

/* Everybody knows the same when jobs rotate: who keeps the whole of it knows it afterwards. */
static bool know_how_is_kept(const char *keep)
{
    static struct experiment_outcome rotated, stayed;
    const struct experiment experiment = {"rotation", EXPERIMENT_ACT, "know", "know", .4, false};
    char set[512];
    snprintf(set, sizeof set, STILL "rotation.every=1; rotation.on=true; learning.keep=%s", keep);
    experiment_run(&experiment, set, EXPERIMENT_LEVELLED, &rotated);
    experiment_run(&experiment, STILL "rotation.on=false", EXPERIMENT_LEVELLED, &stayed);
    return experiment_distance(&rotated, &stayed) == 0;
}

static void know_how_is_kept_at_one(void **state)
{
    (void)state;
    assert_true(know_how_is_kept("1"));
    assert_false(know_how_is_kept(".5"));
}

/* Equal members of a small and of a large organisation come with the same probability. */
static bool sizes_attend_alike(const char *size)
{
    char set[512];
    struct village v;
    snprintf(set, sizeof set,
             STILL "economy.sizes=list; economy.size_list=[5, 50]; attendance.mode=expected;"
                   "division.start=0; hierarchy.start=0; attendance.size=%s",
             size);
    village_begin_seo(&v, set);
    coop_run_live(&v.run, 1);
    const double *turnout = village_place(&v.run, village_field(&v.run, "turnout_sum"), 0, 0, 0);
    bool alike = turnout[0] == turnout[1];
    village_end(&v);
    return alike;
}

static void size_does_not_keep_away_at_zero(void **state)
{
    (void)state;
    assert_true(sizes_attend_alike("0"));
    assert_false(sizes_attend_alike(".3"));
}

static double productivity_of(const char *set)
{
    struct village v;
    village_begin_seo(&v, set);
    coop_run_live(&v.run, 4);
    double productivity = *(const double *)village_place(
        &v.run, village_field(&v.run, "market_productivity"), 0, 0, 0);
    village_end(&v);
    return productivity;
}

/* Every counter-mechanism takes its share of the output, and nothing at a cost of 0. */
static void counter_mechanisms_cost_what_they_cost(void **state)
{
    (void)state;
#define COST_NAME(X, name) #name,
    static const char *const name[] = {SEO_COUNTER_LIST(COST_NAME, )};
    for (size_t counter = 0; counter < SEO_COUNTER_COUNT; counter++) {
        double productivity[2];
        for (size_t costly = 0; costly < 2; costly++) {
            char set[256];
            snprintf(set, sizeof set, STILL "market.competition=1; %s.on=true; %s.cost=%s",
                     name[counter], name[counter], costly ? ".25" : "0");
            productivity[costly] = productivity_of(set);
        }
        assert_true(productivity[0] > 0);
        assert_true(fabs(productivity[1] / productivity[0] - .75) < 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(falls_are_slowed),
        cmocka_unit_test(know_how_is_kept_at_one),
        cmocka_unit_test(size_does_not_keep_away_at_zero),
        cmocka_unit_test(counter_mechanisms_cost_what_they_cost),
    };
    return cmocka_run_group_tests_name("neutral cases", tests, NULL, NULL);
}
