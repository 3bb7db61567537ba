/* coopsim - GPL-3.0-or-later
 *
 * Every error of `replicates` and `design` with its place: of their own keys, of axes that fit no row
 * or no kind, and of what else sets an axis's parameter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/planned.h"

#define DESIGN(kind) "design:\n  kind: " kind "\n"
#define AXIS "  axes: [{parameter: voice.know, values: [4, 8]}]\n"

struct row {
    const char *text, *problems;
};

static void assert_rows(const struct row *row, size_t rows)
{
    for (size_t i = 0; i < rows; i++)
        assert_refused(row[i].text, NULL, row[i].problems);
}

static void keys_of_a_design(void **state)
{
    (void)state;
    static const struct row row[] = {
        {"replicates: 0",
         "x.yaml:1:13: error: 'replicates' is a whole number from 1 to 10000000\n"},
        {"replicates: [3]",
         "x.yaml:1:13: error: 'replicates' is a whole number from 1 to 10000000\n"},
        {"replicats: 3",
         "x.yaml:1:1: error: unknown key 'replicats' - did you mean 'replicates'?\n"},
        {"design: sobol", "x.yaml:1:9: error: 'design' takes a mapping with 'kind' and 'axes'\n"},
        {DESIGN("factoral") AXIS,
         "x.yaml:2:9: error: unknown kind of design 'factoral' - did you mean 'factorial'?\n"},
        {DESIGN("xyz") AXIS,
         "x.yaml:2:9: error: unknown kind of design 'xyz' - give factorial, list, one_at_a_time, "
         "arrows, latin_hypercube, sobol, morris or saltelli\n"},
        {"design:\n" AXIS, "x.yaml:1:1: error: a design without a kind - add 'kind: factorial'\n"},
        {DESIGN("list"), "x.yaml:1:1: error: a design without axes - add 'axes: [{parameter: "
                         "voice.know, values: [4, 8]}]'\n"},
        {DESIGN("list") "  axes: []\n",
         "x.yaml:3:9: error: 'axes' takes a list of 1 to 256, as in [{parameter: voice.know, "
         "values: [4, 8]}]\n"},
        {DESIGN("list") "  axis: 3\n" AXIS,
         "x.yaml:3:3: error: unknown key 'axis' in 'design' - did you mean 'axes'?\n"},
        {DESIGN("list") "  points: 3\n" AXIS, "x.yaml:3:11: error: the points of a list design "
                                              "follow from its axes - remove 'points'\n"},
        {DESIGN("list") "  seed: 3\n  levels: 4\n" AXIS,
         "x.yaml:3:9: error: nothing is drawn by lot in a list design - remove 'seed'\n"
         "x.yaml:4:11: error: only a morris design has levels - remove 'levels'\n"},
        {DESIGN("morris") AXIS, "x.yaml:1:1: error: a morris design without 'points' - add "
                                "'points: 20', the number of trajectories\n"},
        {DESIGN("saltelli") AXIS, "x.yaml:1:1: error: a saltelli design without 'points' - add "
                                  "'points: 512', the size of its base sample\n"},
        {DESIGN("sobol") AXIS,
         "x.yaml:1:1: error: a sobol design without 'points' - add 'points: 64'\n"},
        {DESIGN("sobol") "  points: 1.5\n" AXIS,
         "x.yaml:3:11: error: 'points' is a whole number from 2 to 10000000\n"},
        {DESIGN("morris") "  points: 4\n  levels: 5\n" AXIS,
         "x.yaml:4:11: error: 5 levels: only with an even number are all levels met equally often "
         "- give 4 or 6, for example\n"},
    };
    assert_rows(row, sizeof row / sizeof *row);
}

static void keys_of_an_axis(void **state)
{
    (void)state;
    static const struct row row[] = {
        {DESIGN("list") "  axes: [voice.know]\n",
         "x.yaml:3:10: error: an axis is a mapping, as in {parameter: voice.know, values: [4, "
         "8]}\n"},
        {DESIGN("list") "  axes: [{values: [1]}]\n",
         "x.yaml:3:10: error: an axis without a parameter - add 'parameter: voice.know'\n"},
        {DESIGN("list") "  axes: [{parameter: voice.know}]\n",
         "x.yaml:3:10: error: an axis needs 'values: [...]', or 'from' and 'to'\n"},
        {DESIGN("list") "  axes: [{parameter: voice.know, from: 1, to: 3}]\n",
         "x.yaml:3:10: error: how many points from 1 to 3? - add 'steps: 5'\n"},
        {DESIGN("list") "  axes: [{parameter: voice.know, from: 1, to: 3, steps: 1}]\n",
         "x.yaml:3:57: error: 'steps' is a whole number from 2 to 10000\n"},
        {DESIGN("list") "  axes: [{parameter: voice.know, from: 3, to: 3, steps: 2}]\n",
         "x.yaml:3:40: error: from 3 is not below to 3 - give the smaller one first\n"},
        {DESIGN("list") "  axes: [{parameter: voice.know, from: 0, to: 3, steps: 2, scale: log}]\n",
         "x.yaml:3:40: error: a logarithmic axis from 0: the logarithm begins above 0 - give a "
         "larger one, or 'scale: linear'\n"},
        {DESIGN(
             "list") "  axes: [{parameter: voice.know, from: 1, to: 3, steps: 2, scale: cubic}]\n",
         "x.yaml:3:67: error: 'scale' is linear or log\n"},
        {DESIGN("list") "  axes: [{parameter: voice.know, from: low, to: 3, steps: 2}]\n",
         "x.yaml:3:40: error: 'from' is a number, as in 0.5 - other values are listed: 'values: "
         "[a, b]'\n"},
        {DESIGN("list") "  axes: [{parameter: voice.know, values: 3}]\n",
         "x.yaml:3:42: error: an axis's 'values' is a list, as in [2, 4, 8]\n"},
        {DESIGN("list") "  axes: [{parameter: voice.know, values: [1], to: 3}]\n",
         "x.yaml:3:51: error: an axis with 'values' and 'to' - keep one of the two\n"},
        {DESIGN("list") "  axes: [{parameter: voice.know, valus: [1]}]\n",
         "x.yaml:3:10: error: an axis needs 'values: [...]', or 'from' and 'to'\n"
         "x.yaml:3:34: error: unknown key 'valus' in an axis - did you mean 'values'?\n"},
        {DESIGN(
             "sobol") "  points: 4\n  axes: [{parameter: voice.know, from: 1, to: 3, steps: 2}]\n",
         "x.yaml:4:57: error: a sobol design takes its points from the whole range - remove "
         "'steps'\n"},
    };
    assert_rows(row, sizeof row / sizeof *row);
}

static void axes_and_their_rows(void **state)
{
    (void)state;
    static const struct row row[] = {
        {DESIGN("list") "  axes: [{parameter: voice.knwo, values: [1]}]\n",
         "x.yaml:3:22: error: unknown key 'knwo' in 'voice' - did you mean 'know'?\n"},
        {DESIGN("list") "  axes: [{parameter: voice.know, values: [1, 99, x]}]\n",
         "x.yaml:3:46: error: 'voice.know' cannot be '99': above 20 - give a number from 0 to 20 "
         "(logit)\n"
         "x.yaml:3:50: error: 'voice.know' cannot be 'x': not a number - give a number from 0 to "
         "20 (logit)\n"},
        {DESIGN("list") "  axes: [{parameter: voice.know, from: -1, to: 21, steps: 3}]\n",
         "x.yaml:3:40: error: 'voice.know' cannot be '-1': below 0 - give a number from 0 to 20 "
         "(logit)\n"
         "x.yaml:3:48: error: 'voice.know' cannot be '21': above 20 - give a number from 0 to 20 "
         "(logit)\n"},
        {DESIGN("list") "  axes: [{parameter: arrows.twin, from: 0, to: 2, steps: 3}]\n",
         "x.yaml:3:41: error: 'arrows.twin' is no number and has no range - list its 'values'\n"},
        {DESIGN("list") "  axes: [{parameter: rotation.weeks, from: 1, to: 4, steps: 6}]\n",
         "x.yaml:3:61: error: 6 steps, and there are only 4 whole numbers from 1 to 4 - take "
         "fewer\n"},
        {DESIGN("factorial") "  axes: [{parameter: voice.know, values: [1, 2, 1.0]}]\n",
         "x.yaml:3:49: error: the value '1.0' a second time, first at x.yaml:3:43 - keep one\n"},
        {DESIGN("factorial") "  axes: [{parameter: voice.know, values: [1]}, {parameter: "
                             "voice.know, values: [2]}]\n",
         "x.yaml:3:60: error: a second axis 'voice.know', first at x.yaml:3:22 - keep one of the "
         "two\n"},
        {DESIGN(
             "list") "  axes: [{parameter: voice.know, values: [1, 2]}, {parameter: voice.skill, "
                     "values: [1]}]\n",
         "x.yaml:3:63: error: 'voice.skill' has 1 values and 'voice.know' has 2, but a list takes "
         "them side by side - give as many, or 'kind: factorial' for all combinations\n"},
    };
    assert_rows(row, sizeof row / sizeof *row);
}

static void an_axis_is_set_by_nothing_else(void **state)
{
    (void)state;
    static const struct row row[] = {
        {DESIGN("list") AXIS "cases: [{name: a}, {name: b, set: {voice.know: 3}}]\n",
         "x.yaml:3:22: error: 'voice.know' is an axis and is also set by the case 'b' at "
         "x.yaml:4:36, so that it is unclear which wins - keep one of the two\n"},
        {DESIGN("list") AXIS "schedule: [{week: 52, set: {voice.know: 3}}]\n",
         "x.yaml:3:22: error: 'voice.know' is an axis and is also set by the schedule at "
         "x.yaml:4:29, so that it is unclear which wins - keep one of the two\n"},
        {DESIGN(
             "list") "  axes: [{parameter: arrows.twin, values: [exposure]}]\ntwins: [voiceless]\n",
         "x.yaml:3:22: error: 'arrows.twin' is an axis, and 'twins' at x.yaml:4:9 sets it beside "
         "every case - keep one of the two\n"},
    };
    assert_rows(row, sizeof row / sizeof *row);
    assert_refused(DESIGN("list") AXIS, "voice.know=3",
                   "x.yaml:3:22: error: 'voice.know' is an axis and is also set by --set "
                   "voice.know=3, so that it is unclear which wins - keep one of the two\n");
}

static void too_much_is_refused_before_it_is_made(void **state)
{
    (void)state;
    static const struct row row[] = {
        {"replicates: 1000\n" DESIGN("sobol") "  points: 10001\n" AXIS,
         "x.yaml:2:1: error: 10001000 runs (1000 replicates of 10001 points of 1), and an "
         "experiment has at most 10000000 - take fewer replicates or points\n"},
        {DESIGN("factorial") "  axes:\n"
                             "    - {parameter: voice.know, from: 1, to: 2, steps: 10000}\n"
                             "    - {parameter: voice.skill, from: 1, to: 2, steps: 10000}\n"
                             "    - {parameter: market.pressure, from: 0, to: 1, steps: 10000}\n",
         "x.yaml:1:1: error: 1000000000000 runs (1 replicates of 1000000000000 points of 1), and "
         "an experiment has at most 10000000 - take fewer replicates or points\n"},
    };
    assert_rows(row, sizeof row / sizeof *row);
}

static const char good[] = "replicates: 3\n"
                           "twins: [exposure]\n"
                           "design:\n"
                           "  kind: latin_hypercube\n"
                           "  points: 24\n"
                           "  seed: 7\n"
                           "  axes:\n"
                           "    - {parameter: voice.know, from: 1, to: 2.5}\n"
                           "    - {parameter: voice.skill, from: .1, to: 9, scale: log}\n"
                           "    - {parameter: rotation.weeks, from: 1, to: 40}\n"
                           "    - {parameter: tasks.hours, values: [[1, 2], 3]}\n"
                           "    - {parameter: rotation.on, values: [off, on]}\n";
static const char *const words[] = {"factorial", "list",     "one_at_a_time", "sobol",
                                    "morris",    "saltelli", "nan",           "0",
                                    "-1",        "1e9",      "steps: 3",      "values: [1]"};

/* Whatever is planned can be made. */
static void plan_and_make(const char *text)
{
    struct planned planned = plan_text(text, NULL);
    const size_t runs = planned.status == COOP_OK ? planned.design.runs : 0;
    assert_true(planned.problems.count > 0 || runs > 0);
    for (size_t r = 0; r < runs; r += 1 + runs / 7) {
        struct coop_script script;
        assert_int_equal(coop_design_script(&planned.design, r, &script), COOP_OK);
        coop_script_free(&script);
    }
    end_plan(&planned);
}

/* Bytes removed, words put in, whole values exchanged. */
static void mutated_designs_do_no_harm(void **state)
{
    (void)state;
    static const char spice[] = "{}[]:,-'\"#\n .0e";
    uint64_t random = 20240229;
    plan_and_make(good);
    for (int round = 0; round < 3000; round++) {
        char text[2 * sizeof good];
        memcpy(text, good, sizeof good);
        for (int change = 0; change <= round % 4; change++) {
            random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            const size_t length = strlen(text), at = (size_t)(random >> 33) % length;
            const char *word = words[(random >> 8) % (sizeof words / sizeof *words)];
            const size_t part = (size_t)(random >> 12) % 12 % (length - at);
            if (random >> 20 & 1) {
                text[at] = spice[(random >> 24) % (sizeof spice - 1)];
            } else if (length + strlen(word) < sizeof text) {
                char rest[sizeof text];
                strcpy(rest, text + at + part);
                snprintf(text + at, sizeof text - at, "%s%s", word, rest);
            }
        }
        plan_and_make(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_of_a_design),
        cmocka_unit_test(keys_of_an_axis),
        cmocka_unit_test(axes_and_their_rows),
        cmocka_unit_test(an_axis_is_set_by_nothing_else),
        cmocka_unit_test(too_much_is_refused_before_it_is_made),
        cmocka_unit_test(mutated_designs_do_no_harm),
    };
    return cmocka_run_group_tests_name("design_errors", tests, NULL, NULL);
}
