/* coopsim - GPL-3.0-or-later
 *
 * What `check` says of the parameters of a run as a whole: bodies that cannot be, and settings that
 * have no effect, which are refused only if they have none in any week and any regime. */
#include "models/seo/rules/list.h"
#include "sim/engine/verify.h"
#include "tests/law/village.h"
#include "tests/unit/printed.h"

/* What is wrong with a set of parameters; "" if nothing is. */
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

/* The problems of a configuration with its regimes and schedules, as they are printed. */
static char *problems_of(const char *text)
{
    const struct coop_param_table *table[COOP_OWNERS_MAX];
    const struct coop_model *seo = village_seo();
    struct coop_config config;
    struct coop_design design = {0};
    struct coop_problems problems = {0};
    assert_int_equal(coop_config_parse(&config, "x.yaml", text, strlen(text), &problems), COOP_OK);
    coop_design_init(&design, &config, table, coop_model_tables(seo, table), seo->twin, &problems);
    assert_int_equal(coop_design_verify(seo, &design, &problems), COOP_OK);
    coop_design_free(&design);
    coop_config_free(&config);
    return printed(&problems);
}

/* One problem at a place in the first line with these words; or none, for "". */
static void check_text(const char *text, size_t column, const char *words)
{
    char *found = problems_of(text), place[64];
    snprintf(place, sizeof place, "x.yaml:1:%zu: error: ", column);
    const char *end = strchr(found, '\n');
    bool one = end != NULL && end[1] == '\0' && strncmp(found, place, strlen(place)) == 0;
    if (*words == '\0' ? *found != '\0' : !one || strstr(found, words) == NULL)
        fail_msg("%s: '%s' is not '%s%s'", text, found, place, words);
    free(found);
}

#define LATER(set) "\nschedule: [{week: 100, set: {" set "}}]"

/* A counter-mechanism that is on acts in some week. */
static void what_is_on_acts(void **state)
{
#define NOT_AFTER "is not after rotation.start"
#define NEVER "rotation.on never holds in a week from rotation.start"
    (void)state;
    check_text("rotation: {on: true, end: 0}", 27, NOT_AFTER);
    check_text("rotation: {on: false, end: 0}", 0, "");
    check_text("rotation: {on: true}" LATER("rotation.end: 0"), 0, "");
    check_text("rotation: {on: true}" LATER("rotation.on: false"), 0, "");
    check_text("rotation: {on: true, end: 50}" LATER("rotation.start: 100"), 0, "");
    check_text("rotation: {on: true, end: 0}" LATER("rotation.end: 200"), 0, "");
    check_text("rotation: {on: true, start: 100}" LATER("rotation.on: false"), 16, NEVER);
    check_text("rotation: {on: true, start: 99}" LATER("rotation.on: false"), 0, "");
}

/* What is put to the vote is on somewhere. */
static void what_is_voted_on_is_on(void **state)
{
#define NOT_ON "what is not on is not proposed - set rotation.on to true"
    (void)state;
    check_text("decide: {rotation: true}", 20, NOT_ON);
    check_text("decide: {rotation: true, training: false}" LATER("training.on: true"), 20, NOT_ON);
    check_text("decide: {rotation: true}" LATER("rotation.on: true"), 0, "");
    check_text("decide.rotation: true\nrotation.on: true" LATER("rotation.on: false"), 0, "");
}

static void who_is_recalled_has_a_mandate(void **state)
{
#define NOBODY "recall.on would have no effect"
    (void)state;
    check_text("recall.on: true", 12, NOBODY);
    check_text("recall.on: true" LATER("governance.rule: board"), 0, "");
    check_text("recall.on: true" LATER("governance.rule: majority"), 12, NOBODY);
    check_text("recall.on: true\ngovernance.rule: board" LATER("governance.rule: mean"), 0, "");
    /* The one has gone when the other comes. */
    check_text("recall.on: true" LATER("recall.on: false, governance.rule: board"), 12, NOBODY);
}

static void biases_are_between_groups(void **state)
{
#define NO_GROUP "gender.voice has no effect because gender.share is 0"
    (void)state;
    check_text("gender.voice: -1", 15, NO_GROUP);
    check_text("gender.voice: -1" LATER("gender.share: .4"), 0, "");
    check_text("gender.voice: -1" LATER("race.share: .4"), 15, NO_GROUP);
    /* Who has come stays. */
    check_text("gender.share: .4" LATER("gender.share: 0, gender.voice: -1"), 0, "");
    check_text("gender.voice: -1" LATER("gender.voice: 0, gender.share: .4"), 15, NO_GROUP);
    check_text("homophily.race: 1", 17, "homophily.race has no effect because race.share is 0");
    check_text("homophily.race: 1" LATER("race.share: .4"), 0, "");
}

/* A line for all regimes is judged by all, a line for one by that one. */
static void regimes_are_judged_together(void **state)
{
    (void)state;
    check_text("recall.on: true\nregimes: [{name: a, share: .5}, {name: b, share: .5, set: "
               "{governance.rule: board}}]",
               0, "");
    check_text("regimes: [{name: a, share: .5, set: {recall.on: true}}, {name: b, share: .5, set: "
               "{governance.rule: board}}]",
               49, NOBODY);
    check_text("regimes: [{name: a, share: .5, set: {gender.voice: -1}}, {name: b, share: .5, set: "
               "{gender.share: .3}}]",
               52, NO_GROUP);
    check_text("gender.voice: -1\nregimes: [{name: a, share: .5, set: {gender.share: .3}}, {name: "
               "b, share: .5}]",
               0, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(impossible_bodies_are_refused),
        cmocka_unit_test(what_is_on_acts),
        cmocka_unit_test(what_is_voted_on_is_on),
        cmocka_unit_test(who_is_recalled_has_a_mandate),
        cmocka_unit_test(biases_are_between_groups),
        cmocka_unit_test(regimes_are_judged_together),
    };
    return cmocka_run_group_tests_name("checks", tests, NULL, NULL);
}
