/* coopsim - GPL-3.0-or-later
 *
 * Errors in hypotheses, each at its place with a remedy; and hypotheses without errors. */
#include "sim/hypothesis/verify.h"
#include "tests/unit/printed.h"
#include "tests/unit/stored.h"

static void check_names(const struct coop_config *read, struct coop_problems *problems)
{
    coop_hypothesis_verify_names(&model, read, problems);
}

static void assert_errors(const char *text, const char *expected)
{
    assert_printed(text, check_names, expected);
}

#define CASES "cases: [{name: one}, {name: two}]\ntwins: [exposure]\nhypotheses:\n  - "
#define NAME CASES "{name: h, measure: income, "

static void no_errors(void **state)
{
    (void)state;
    assert_errors(NAME "contrast: paired, case: one, against: twin, expect: higher, margin: .1, "
                       "alpha: .01, level: .9, claim: 'It is so'}",
                  "");
    assert_errors(NAME "contrast: paired, case: one/exposure, against: two, expect: none}", "");
    assert_errors(NAME "contrast: trend, over: a.b, cases: [one, two], expect: equal, margin: 1}",
                  "");
    assert_errors(NAME "contrast: correlation, with: voice_gini, cases: [one, two], lag: -52, "
                       "pooled: true, expect: lower}",
                  "");
    assert_errors(NAME "contrast: ordering, order: [[one, two/exposure], two], within: .1, expect: "
                       "lower}",
                  "");
    assert_errors(NAME "contrast: threshold, case: one, value: -3, expect: higher}", "");
}

static void wrong_keys(void **state)
{
    (void)state;
    assert_errors("hypotheses: 3", "x.yaml:1:13: error: 'hypotheses' takes a list of hypotheses, "
                                   "each '- name: word' with its 'contrast', 'measure' and "
                                   "'expect'\n");
    assert_errors("hypotheses: [x]", "x.yaml:1:14: error: a hypothesis is a mapping with 'name', "
                                     "'contrast', 'measure'\n");
    assert_errors("hypothesis: []",
                  "x.yaml:1:1: error: unknown key 'hypothesis' - did you mean 'hypotheses'?\n");
    assert_errors(CASES "{level: .9}",
                  "x.yaml:4:5: error: a hypothesis without 'contrast' - add it\n"
                  "x.yaml:4:5: error: a hypothesis without 'expect' - add it\n"
                  "x.yaml:4:5: error: a hypothesis without 'measure' - add it\n"
                  "x.yaml:4:5: error: a hypothesis without 'name' - add it\n");
    assert_errors(NAME "contrast: paired, case: one, against: two, expct: lower}",
                  "x.yaml:4:5: error: a hypothesis without 'expect' - add it\n"
                  "x.yaml:4:75: error: unknown key 'expct' in a hypothesis - did you mean "
                  "'expect'?\n");
    assert_errors(NAME "contrast: paired, case: one, case: two, against: twin, expect: lower}",
                  "x.yaml:4:61: error: duplicate key 'case', first at x.yaml:4:50 - keep one of "
                  "the two\n");
    assert_errors(CASES "{name: h, measure: income, contrast: threshold, case: one, value: 1, "
                        "expect: lower}\n"
                        "  - {name: h, measure: income, contrast: threshold, case: two, value: 1, "
                        "expect: lower}",
                  "x.yaml:5:12: error: a second hypothesis is named 'h', first at x.yaml:4:12 - "
                  "rename one\n");
}

static void keys_of_contrasts(void **state)
{
    (void)state;
    assert_errors(NAME "contrast: paired, lag: 3, expect: lower}",
                  "x.yaml:4:5: error: a paired hypothesis without 'against' - add it\n"
                  "x.yaml:4:5: error: a paired hypothesis without 'case' - add it\n"
                  "x.yaml:4:50: error: 'lag' in a paired hypothesis, which takes case, against - "
                  "remove it\n");
    assert_errors(
        NAME "contrast: trend, lag: 1, expect: lower}",
        "x.yaml:4:5: error: a trend hypothesis without 'over' - add it\n"
        "x.yaml:4:5: error: a trend hypothesis without a case - add 'case' or 'cases'\n"
        "x.yaml:4:49: error: 'lag' in a trend hypothesis, which takes case, cases, over - "
        "remove it\n");
    assert_errors(NAME "contrast: correlation, expect: lower, margin: 1}",
                  "x.yaml:4:5: error: a correlation hypothesis without 'with' - add it\n"
                  "x.yaml:4:5: error: a correlation hypothesis without a case - add 'case' or "
                  "'cases'\n"
                  "x.yaml:4:78: error: no correlation is beyond 1 - give a margin below it\n");
    assert_errors(NAME "contrast: correlation, with: income, case: one, cases: [two], expect: "
                       "lower}",
                  "x.yaml:4:80: error: 'cases' beside 'case' - remove one of the two\n");
    assert_errors(
        NAME "contrast: ordering, value: 3, expect: equal, margin: 1}",
        "x.yaml:4:5: error: an ordering hypothesis without 'order' - add it\n"
        "x.yaml:4:52: error: 'value' in an ordering hypothesis, which takes order, within "
        "- remove it\n"
        "x.yaml:4:70: error: an order is expected to be 'lower' (each group than the one "
        "before it) or 'higher'\n");
    assert_errors(NAME "contrast: ordering, order: [[one, two]], expect: lower}",
                  "x.yaml:4:59: error: an order of one group - give two or more, the first one "
                  "first\n");
    assert_errors(NAME "contrast: threshold, case: one, expect: lower}",
                  "x.yaml:4:5: error: a threshold hypothesis without 'value' - add it\n");
}

static void wrong_values(void **state)
{
    (void)state;
    assert_errors(NAME "contrast: pared, expect: lower}",
                  "x.yaml:4:42: error: unknown contrast 'pared' - did you mean 'paired'?\n");
    assert_errors(
        NAME "contrast: t-test, expect: lower}",
        "x.yaml:4:42: error: unknown contrast 't-test' - give paired, trend, correlation, "
        "ordering, threshold or swap_share\n");
    assert_errors(NAME "contrast: threshold, case: one, value: 1, expect: loer}",
                  "x.yaml:4:82: error: unknown expect 'loer' - did you mean 'lower'?\n");
    assert_errors(NAME "contrast: threshold, case: [one], value: x, expect: equal}",
                  "x.yaml:4:59: error: 'case' takes one value, not a list\n"
                  "x.yaml:4:73: error: 'value' cannot be 'x' - give a number\n"
                  "x.yaml:4:84: error: 'equal' without 'margin' - add the largest effect that is "
                  "none\n");
    assert_errors(
        NAME "contrast: threshold, case: one, value: 1, expect: equal, margin: 0, "
             "alpha: 5, level: 95}",
        "x.yaml:4:97: error: 'equal' with a margin of 0 can never be shown - give the "
        "largest effect that is none\n"
        "x.yaml:4:107: error: 'alpha' cannot be '5' - give a number from 0.000001 to 0.5, "
        "such as 0.05\n"
        "x.yaml:4:117: error: 'level' cannot be '95' - give a number from 0.5 to 0.999, "
        "such as 0.95\n");
    assert_errors(NAME "contrast: threshold, case: one, value: 1, expect: none, margin: 1}",
                  "x.yaml:4:88: error: 'margin' where nothing is expected - remove it, or give a "
                  "direction\n");
    assert_errors(NAME "contrast: correlation, with: income, cases: one, lag: 2.5, expect: lower}",
                  "x.yaml:4:76: error: 'cases' takes a list of cases\n"
                  "x.yaml:4:86: error: 'lag' cannot be '2.5' - give whole weeks\n");
}

static void wrong_names(void **state)
{
    (void)state;
    assert_errors(CASES "{name: h, measure: incme, contrast: correlation, with: voice_gin, case: "
                        "onee, expect: lower}",
                  "x.yaml:4:24: error: unknown measure 'incme' - did you mean 'income'?\n"
                  "x.yaml:4:60: error: unknown measure 'voice_gin' - did you mean 'voice_gini'?\n"
                  "x.yaml:4:77: error: unknown case 'onee' - did you mean 'one'?\n");
    assert_errors(NAME "contrast: ordering, order: [[one, one], two/voiceless], expect: lower}",
                  "x.yaml:4:66: error: the case 'one' a second time - remove it\n"
                  "x.yaml:4:72: error: the twin 'voiceless' is not run - add it to 'twins'\n");
    assert_errors(NAME "contrast: paired, case: one, against: one, expect: lower}",
                  "x.yaml:4:70: error: the case 'one' against itself - give another one, or "
                  "'twin'\n");
    assert_errors(NAME "contrast: paired, case: one/exposure, against: twin, expect: lower}",
                  "x.yaml:4:79: error: the twin 'one/exposure' has no twin - give a case, or "
                  "CASE/TWIN\n");
    assert_errors("hypotheses: [{name: h, measure: income, contrast: paired, case: base, against: "
                  "twin, expect: lower}]",
                  "x.yaml:1:80: error: against a twin, but no twin is run - add 'twins: "
                  "[exposure]'\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_errors),         cmocka_unit_test(wrong_keys),
        cmocka_unit_test(keys_of_contrasts), cmocka_unit_test(wrong_values),
        cmocka_unit_test(wrong_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
