/* coopsim - GPL-3.0-or-later
 *
 * The design: which runs a configuration gives, whose value wins, and that each problem is named
 * once however many runs have it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/param/design.h"
#include "tests/unit/rows.h"

/* A configuration's runs and problems. */
struct outcome {
    struct coop_config config;
    struct coop_design design;
    struct coop_problems problems;
    enum coop_status status;
};

static struct outcome plan(const char *text, const char *const *setting, const char *twin_row)
{
    struct outcome outcome = {0};
    coop_config_parse(&outcome.config, "x.yaml", text, strlen(text), &outcome.problems);
    for (; setting && *setting; setting++)
        coop_config_set(&outcome.config, *setting, &outcome.problems);
    outcome.status = coop_design_init(&outcome.design, &outcome.config, rows_tables, ROWS_TABLES,
                                      twin_row, &outcome.problems);
    return outcome;
}

static void end(struct outcome *outcome)
{
    coop_design_free(&outcome->design);
    coop_design_free(&outcome->design);
    coop_config_free(&outcome->config);
    coop_problems_free(&outcome->problems);
}

static void assert_problems(const char *text, const char *const *setting, const char *twin_row,
                            const char *expected)
{
    struct outcome outcome = plan(text, setting, twin_row);
    char *printed = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&printed, &size);
    coop_problems_print(&outcome.problems, stream);
    fclose(stream);
    assert_string_equal(printed, expected);
    assert_int_equal(outcome.status, COOP_USAGE);
    assert_int_equal(outcome.design.runs, 0);
    free(printed);
    end(&outcome);
}

static double value_of(const struct outcome *outcome, size_t run, const char *name)
{
    struct coop_script script;
    assert_int_equal(coop_design_script(&outcome->design, run, &script), COOP_OK);
    const double value = coop_param_real(script.set, name);
    coop_script_free(&script);
    return value;
}

static void assert_origin(const struct outcome *outcome, size_t run, const char *name,
                          const char *expected)
{
    struct coop_script script;
    assert_int_equal(coop_design_script(&outcome->design, run, &script), COOP_OK);
    assert_string_equal(coop_param_origin(script.set, name), expected);
    coop_script_free(&script);
}

static void every_case_is_followed_by_its_twins(void **state)
{
    (void)state;
    static const char *const name[] = {"a", "a/exposure", "a/voiceless",
                                       "b", "b/exposure", "b/voiceless"};
    struct outcome outcome = plan("cases: [{name: a}, {name: b, set: {voice.know: 1}}]\n"
                                  "twins: [exposure, voiceless]\n",
                                  NULL, "arrows.twin");
    assert_int_equal(outcome.status, COOP_OK);
    assert_int_equal(outcome.design.runs, 6);
    for (size_t i = 0; i < 6; i++) {
        const struct coop_plan run = coop_design_plan(&outcome.design, i);
        assert_string_equal(run.name, name[i]);
        assert_int_equal(run.case_number, i / 3);
        assert_int_equal(run.self, i - i % 3);
        assert_int_equal(run.replicate, 0);
        assert_true(value_of(&outcome, i, "arrows.twin") == (double)(i % 3));
        assert_true(value_of(&outcome, i, "voice.know") == (i < 3 ? 8 : 1));
        assert_int_equal(run.twin == NULL, i % 3 == 0);
    }
    assert_origin(&outcome, 2, "arrows.twin", "x.yaml:2:19");
    end(&outcome);
}

static void the_later_layer_wins(void **state)
{
    (void)state;
    static const char *const setting[] = {"voice.skill=3", "rotation.weeks=9", NULL};
    static const char text[] = "voice: {know: 1, skill: 1}\n"
                               "rotation.weeks: 1\n"
                               "cases: [{name: a}, {name: b, set: {voice: {know: 2, skill: 2}}}]\n";
    struct outcome outcome = plan(text, setting, NULL);
    assert_int_equal(outcome.status, COOP_OK);
    assert_true(value_of(&outcome, 0, "voice.know") == 1);
    assert_true(value_of(&outcome, 1, "voice.know") == 2);
    assert_true(value_of(&outcome, 0, "voice.skill") == 3);
    assert_true(value_of(&outcome, 1, "voice.skill") == 3);
    assert_true(value_of(&outcome, 1, "rotation.weeks") == 9);
    assert_true(value_of(&outcome, 1, "market.open") == 1);
    assert_origin(&outcome, 1, "voice.know", "x.yaml:3:50");
    assert_origin(&outcome, 1, "voice.skill", "--set");
    end(&outcome);
}

static void runs_own_their_lists(void **state)
{
    (void)state;
    struct outcome outcome = plan("tasks.hours: [1, 2]\n"
                                  "cases: [{name: a}, {name: b, set: {tasks.hours: [3]}}]",
                                  NULL, NULL);
    assert_int_equal(outcome.design.runs, 2);
    for (size_t run = 0; run < 2; run++) {
        struct coop_script script;
        struct coop_value value;
        assert_int_equal(coop_design_script(&outcome.design, run, &script), COOP_OK);
        coop_param_get(script.set, "tasks.hours", &value);
        assert_int_equal(value.reals.count, 2 - run);
        coop_script_free(&script);
    }
    end(&outcome);
}

static void each_problem_is_named_once(void **state)
{
    (void)state;
    static const char *const setting[] = {"voice.skill=99", NULL};
    assert_problems("voice.know: 99\n"
                    "cases:\n"
                    "  - name: a\n"
                    "  - name: b\n"
                    "    set: {voice.kow: 1}\n"
                    "  - name: c\n"
                    "twins: [exposre]\n",
                    setting, "arrows.twin",
                    "--set voice.skill=99: error: 'voice.skill' cannot be '99': above 20 - give a "
                    "number from -20 to 20\n"
                    "x.yaml:1:13: error: 'voice.know' cannot be '99': above 20 - give a number "
                    "from 0 to 20 (logit)\n"
                    "x.yaml:5:11: error: unknown key 'kow' in 'voice' - did you mean 'know'?\n"
                    "x.yaml:7:9: error: 'arrows.twin' cannot be 'exposre': no such choice, did "
                    "you mean 'exposure'? - give one of none, exposure, voiceless\n");
}

static void twins_are_checked(void **state)
{
    (void)state;
    static const char *const setting[] = {"arrows.twin=voiceless", NULL};
    assert_problems("twins: [none]", NULL, "arrows.twin",
                    "x.yaml:1:9: error: 'none' is no twin but the case itself - remove it\n");
    assert_problems("twins: [exposure]", NULL, NULL,
                    "x.yaml:1:9: error: the model 'seo' has no twins - remove 'twins'\n");
    assert_problems("arrows.twin: exposure\ntwins: [exposure]", NULL, "arrows.twin",
                    "x.yaml:2:9: error: 'twins' beside the case 'base', which is a twin itself "
                    "(x.yaml:1:14) - remove one of the two\n");
    assert_problems("twins: [exposure]", setting, "arrows.twin",
                    "x.yaml:1:9: error: 'twins' beside the case 'base', which is a twin itself "
                    "(--set) - remove one of the two\n");
}

/* The structure's errors and the values' errors of one file, together. */
static void a_configuration_with_errors_can_be_planned(void **state)
{
    (void)state;
    assert_problems("titel: x\nvoice.know: 99\n", NULL, NULL,
                    "x.yaml:1:1: error: unknown key 'titel' - did you mean 'title'?\n"
                    "x.yaml:2:13: error: 'voice.know' cannot be '99': above 20 - give a number "
                    "from 0 to 20 (logit)\n");
}

static void a_twin_row_must_be_a_choice(void **state)
{
    (void)state;
    struct outcome outcome = plan("{}", NULL, "voice.know");
    assert_int_equal(outcome.status, COOP_INTERNAL);
    end(&outcome);
    outcome = plan("{}", NULL, "no.row");
    assert_int_equal(outcome.status, COOP_INTERNAL);
    end(&outcome);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_is_followed_by_its_twins),
        cmocka_unit_test(the_later_layer_wins),
        cmocka_unit_test(runs_own_their_lists),
        cmocka_unit_test(each_problem_is_named_once),
        cmocka_unit_test(twins_are_checked),
        cmocka_unit_test(a_configuration_with_errors_can_be_planned),
        cmocka_unit_test(a_twin_row_must_be_a_choice),
    };
    return cmocka_run_group_tests_name("design", tests, NULL, NULL);
}
