/* coopsim - GPL-3.0-or-later
 *
 * The script of a run: epochs in the order of their weeks, regimes in blocks of organisations, and
 * whose value wins in which set. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/param/script.h"
#include "tests/unit/rows.h"

/* The script of a configuration's case, and its problems as they are printed. */
struct outcome {
    struct coop_config config;
    struct coop_param_set defaults;
    struct coop_problems problems;
    struct coop_script script;
};

static void begin(struct outcome *ret, const char *text, const char *setting, size_t number)
{
    *ret = (struct outcome){0};
    coop_config_parse(&ret->config, "x.yaml", text, strlen(text), &ret->problems);
    if (setting)
        assert_int_equal(coop_config_set(&ret->config, setting, &ret->problems), COOP_OK);
    assert_int_equal(coop_param_init(&ret->defaults, rows_tables, ROWS_TABLES), COOP_OK);
    assert_int_equal(coop_script_init(&ret->script, &ret->config, &ret->config.item[number],
                                      &ret->defaults, &ret->problems),
                     COOP_OK);
    coop_problems_sort(&ret->problems);
}

static void end(struct outcome *outcome)
{
    coop_script_free(&outcome->script);
    coop_script_free(&outcome->script);
    coop_param_free(&outcome->defaults);
    coop_config_free(&outcome->config);
    coop_problems_free(&outcome->problems);
}

static void assert_problems(const char *text, const char *expected)
{
    struct outcome outcome;
    char *printed = NULL;
    size_t size = 0;
    begin(&outcome, text, NULL, 0);
    FILE *stream = open_memstream(&printed, &size);
    coop_problems_print(&outcome.problems, stream);
    fclose(stream);
    assert_string_equal(printed, expected);
    free(printed);
    end(&outcome);
}

static double value_of(const struct outcome *outcome, size_t epoch, size_t regime, const char *name)
{
    return coop_param_real(&coop_script_sets(&outcome->script, epoch)[regime], name);
}

static void a_plain_case_has_one_set(void **state)
{
    struct outcome outcome;
    (void)state;
    begin(&outcome, "voice.know: 3", "voice.skill=1", 0);
    assert_int_equal(outcome.problems.count, 0);
    assert_int_equal(outcome.script.epochs, 1);
    assert_int_equal(outcome.script.regimes, 1);
    assert_string_equal(outcome.script.regime[0].name, "");
    assert_true(value_of(&outcome, 0, 0, "voice.know") == 3);
    assert_true(value_of(&outcome, 0, 0, "voice.skill") == 1);
    assert_int_equal(coop_script_end(&outcome.script, 0, 7), 7);
    end(&outcome);
}

static const char mixed[] = "voice: {know: 1, skill: 1}\n"
                            "regimes:\n"
                            "  - {name: a, share: .25, set: {voice.know: 2, rotation.weeks: 2}}\n"
                            "  - {name: b, share: .5}\n"
                            "  - {name: c, share: .25}\n"
                            "schedule:\n"
                            "  - {week: 12, set: {voice.know: 9}}\n"
                            "  - {week: 8, set: {market.open: off}, regime: c}\n"
                            "cases:\n"
                            "  - name: own\n"
                            "    set: {rotation.weeks: 3}\n"
                            "    schedule: [{week: 8, set: {voice.skill: 8}}]\n"
                            "  - name: other\n"
                            "    regimes: [{name: c, share: 1}]\n";

static void sets_follow_weeks_and_regimes(void **state)
{
    struct outcome outcome;
    (void)state;
    begin(&outcome, mixed, "voice.skill=4", 0);
    const struct coop_script *script = &outcome.script;
    assert_int_equal(outcome.problems.count, 0);
    assert_int_equal(script->regimes, 3);
    assert_int_equal(script->epochs, 3);
    assert_true(script->epoch[0].week == 0 && script->epoch[1].week == 8);
    assert_true(script->epoch[2].week == 12 && script->epoch[2].place.line == 7);
    static const double know[3][3] = {{2, 1, 1}, {2, 1, 1}, {9, 9, 9}};
    static const double open[3][3] = {{1, 1, 1}, {1, 1, 0}, {1, 1, 0}};
    for (size_t e = 0; e < 3; e++)
        for (size_t r = 0; r < 3; r++) {
            assert_true(value_of(&outcome, e, r, "voice.know") == know[e][r]);
            assert_true(value_of(&outcome, e, r, "market.open") == open[e][r]);
            assert_true(value_of(&outcome, e, r, "voice.skill") == (e == 0 ? 4 : 8));
            assert_true(value_of(&outcome, e, r, "rotation.weeks") == 3);
        }
    assert_false(coop_script_changes_alike(script, 1));
    assert_true(coop_script_changes_alike(script, 2));
    end(&outcome);
    begin(&outcome, mixed, NULL, 1);
    assert_int_equal(outcome.problems.count, 0);
    assert_int_equal(outcome.script.regimes, 1);
    assert_string_equal(outcome.script.regime[0].name, "c");
    assert_true(value_of(&outcome, 1, 0, "market.open") == 0);
    end(&outcome);
}

static void changes_are_alike_or_not(void **state)
{
    struct outcome outcome;
    (void)state;
    begin(&outcome,
          "regimes: [{name: a, share: .5, set: {voice.know: 9}}, {name: b, share: .5}]\n"
          "schedule:\n"
          "  - {week: 4, set: {voice.skill: 1}}\n"
          "  - {week: 8, set: {voice.know: 9}}\n"
          "  - {week: 12, set: {voice.know: 9}}\n",
          NULL, 0);
    assert_true(coop_script_changes_alike(&outcome.script, 1));
    assert_false(coop_script_changes_alike(&outcome.script, 2));
    assert_true(coop_script_changes_alike(&outcome.script, 3));
    end(&outcome);
}

/* floor(M * cumulative share + 1/2), and everybody is in one block. */
static void regimes_have_blocks(void **state)
{
    struct outcome outcome;
    (void)state;
    begin(&outcome, mixed, NULL, 0);
    static const struct {
        size_t organisations, end[3];
    } expected[] = {{100, {25, 75, 100}}, {10, {3, 8, 10}},
                    {3, {1, 2, 3}},       {2, {1, 2, 2}},
                    {1, {0, 1, 1}},       {50000000, {12500000, 37500000, 50000000}}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        for (size_t r = 0; r < 3; r++)
            assert_int_equal(coop_script_end(&outcome.script, r, expected[i].organisations),
                             expected[i].end[r]);
    end(&outcome);
    begin(&outcome, "regimes: [{name: a, share: .6}, {name: b, share: .4}]", NULL, 0);
    assert_int_equal(coop_script_end(&outcome.script, 0, 50), 30);
    assert_int_equal(coop_script_end(&outcome.script, 1, 50), 50);
    end(&outcome);
}

static void a_copy_is_the_copys_own(void **state)
{
    struct outcome outcome;
    struct coop_script copy;
    (void)state;
    begin(&outcome, mixed, NULL, 0);
    assert_int_equal(coop_script_copy(&copy, &outcome.script), COOP_OK);
    assert_int_equal(coop_script_set_text(&copy, "arrows.twin", "exposure", "here"), COOP_OK);
    for (size_t s = 0; s < 9; s++) {
        assert_true(coop_param_real(&copy.set[s], "arrows.twin") == 1);
        assert_true(coop_param_real(&outcome.script.set[s], "arrows.twin") == 0);
        assert_true(coop_param_same(&copy.set[s], &outcome.script.set[s], "tasks.name"));
        assert_false(coop_param_same(&copy.set[s], &outcome.script.set[s], "arrows.twin"));
    }
    coop_script_free(&copy);
    end(&outcome);
}

static void what_contradicts_is_named(void **state)
{
    (void)state;
    assert_problems("schedule:\n"
                    "  - {week: 8, set: {voice.know: 1}}\n"
                    "  - {week: 8, set: {voice: {know: 2}}}\n",
                    "x.yaml:3:29: error: 'voice.know' is set twice in week 8, first at x.yaml:2:21 "
                    "- keep one of the two\n");
    assert_problems("schedule: [{week: 8, set: {voice.know: 1}, regime: a}]\n",
                    "x.yaml:1:52: error: the configuration has no regime 'a' - remove 'regime', "
                    "or move the entry to the cases that have it\n");
    /* Two regimes may change the same in one week. */
    assert_problems("regimes: [{name: a, share: .5}, {name: b, share: .5}]\n"
                    "schedule:\n"
                    "  - {week: 8, set: {voice.know: 1}, regime: a}\n"
                    "  - {week: 8, set: {voice.know: 2}, regime: b}\n",
                    "");
    assert_problems("schedule: [{week: 6, set: {voice.kow: 1}}]\n",
                    "x.yaml:1:19: error: week 6 is within a month: a change holds from a month's "
                    "start, in weeks that are multiples of 4 - the nearest are 4 and 8\n"
                    "x.yaml:1:28: error: unknown key 'kow' in 'voice' - did you mean 'know'?\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_case_has_one_set), cmocka_unit_test(sets_follow_weeks_and_regimes),
        cmocka_unit_test(changes_are_alike_or_not), cmocka_unit_test(regimes_have_blocks),
        cmocka_unit_test(a_copy_is_the_copys_own),  cmocka_unit_test(what_contradicts_is_named),
    };
    return cmocka_run_group_tests_name("script", tests, NULL, NULL);
}
