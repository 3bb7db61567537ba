/* coopsim - GPL-3.0-or-later
 *
 * Expectations: verdicts from intervals, the runs they speak of, errors at their places, and what
 * the result file tells of them. */
#include "sim/engine/expect.h"
#include "tests/unit/printed.h"
#include "tests/unit/stored.h"

#include <math.h>

/* Each interval lies to one side of the margin, to the other, across it, or touches it. */
static void test_verdicts(void **state)
{
    (void)state;
    enum { YES = COOP_AS_EXPECTED, NO = COOP_NOT_AS_EXPECTED, OPEN = COOP_UNDETERMINED };
    static const struct {
        enum coop_direction direction;
        const char *against;
        double value, margin, low, high;
        int verdict;
    } row[] = {
        {COOP_HIGHER, "a", 0, 0, .1, .2, YES},    {COOP_HIGHER, "a", 0, 0, -.2, -.1, NO},
        {COOP_HIGHER, "a", 0, 0, -.1, .1, OPEN},  {COOP_HIGHER, "a", 0, 0, 0, .1, OPEN},
        {COOP_HIGHER, "a", 0, 0, 0, 0, OPEN},     {COOP_HIGHER, "a", 0, .15, .2, .3, YES},
        {COOP_HIGHER, "a", 0, .15, .1, .2, OPEN}, {COOP_HIGHER, "a", 0, .15, .05, .1, NO},
        {COOP_HIGHER, "", 5, 0, 5.1, 5.2, YES},   {COOP_HIGHER, "", 5, 1, 5.1, 5.2, NO},
        {COOP_HIGHER, "", 5, 1, 5.9, 6.2, OPEN},  {COOP_LOWER, "a", 0, 0, -.2, -.1, YES},
        {COOP_LOWER, "a", 0, 0, .1, .2, NO},      {COOP_LOWER, "a", 0, 0, -.1, .1, OPEN},
        {COOP_LOWER, "a", 0, .15, -.3, -.2, YES}, {COOP_LOWER, "a", 0, .15, -.2, -.1, OPEN},
        {COOP_LOWER, "a", 0, .15, -.1, -.05, NO}, {COOP_LOWER, "", 5, 1, 3, 3.9, YES},
        {COOP_LOWER, "", 5, 1, 4.1, 4.9, NO},     {COOP_LOWER, "", 5, 1, 3.9, 4.1, OPEN},
        {COOP_EQUAL, "a", 0, .1, -.05, .05, YES}, {COOP_EQUAL, "a", 0, .1, -.1, .1, YES},
        {COOP_EQUAL, "a", 0, .1, 0, 0, YES},      {COOP_EQUAL, "a", 0, .1, .11, .2, NO},
        {COOP_EQUAL, "a", 0, .1, -.2, -.11, NO},  {COOP_EQUAL, "a", 0, .1, .05, .2, OPEN},
        {COOP_EQUAL, "a", 0, .1, -.2, .2, OPEN},  {COOP_EQUAL, "", 5, .1, 4.95, 5.05, YES},
        {COOP_EQUAL, "", 5, .1, -.05, .05, NO},   {COOP_EQUAL, "", 5, .1, 4.95, 5.2, OPEN},
        {COOP_HIGHER, "a", 0, 0, NAN, NAN, OPEN}, {COOP_LOWER, "a", 0, 0, NAN, NAN, OPEN},
        {COOP_EQUAL, "a", 0, .1, NAN, NAN, OPEN},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        char against[8];
        snprintf(against, sizeof against, "%s", row[i].against);
        const struct coop_expectation expectation = {.against = against,
                                                     .direction = row[i].direction,
                                                     .value = row[i].value,
                                                     .margin = row[i].margin};
        if ((int)coop_expect_judge(&expectation, row[i].low, row[i].high) != row[i].verdict)
            fail_msg("row %zu: verdict is not %d", i, row[i].verdict);
    }
}

static void check_names(const struct coop_config *read, struct coop_problems *problems)
{
    coop_expect_verify(&model, read, problems);
}

static void assert_text_problems(const char *text, const char *expected)
{
    assert_printed(text, check_names, expected);
}

#define CASES "cases: [{name: one}, {name: two}]\ntwins: [exposure]\nexpect:\n  - "

static void test_no_problems(void **state)
{
    (void)state;
    assert_text_problems(CASES "{measure: income, case: one, against: two, direction: lower}", "");
    assert_text_problems(CASES "{measure: income, case: one, against: twin, direction: higher, "
                               "margin: 1e-3, level: .99, because: 'It is so (Smith 1776)'}",
                         "");
    assert_text_problems(CASES "{measure: income, case: one, against: two/exposure, direction: "
                               "equal, margin: 2}",
                         "");
    assert_text_problems(CASES "{measure: income, case: one, value: -3.5, direction: lower}", "");
    assert_text_problems("expect: [{measure: income, case: base, value: 0, direction: lower}]", "");
}

static void test_keys(void **state)
{
    (void)state;
    assert_text_problems("expect: 3", "x.yaml:1:9: error: 'expect' takes a list of expectations, "
                                      "each '- measure: word' with its 'case', 'against' or "
                                      "'value', and 'direction'\n");
    assert_text_problems("expect: [x]", "x.yaml:1:10: error: an expectation is a mapping with "
                                        "'measure', 'case', 'direction'\n");
    assert_text_problems("expects: []",
                         "x.yaml:1:1: error: unknown key 'expects' - did you mean 'expect'?\n");
    assert_text_problems(CASES "{level: .9}",
                         "x.yaml:4:5: error: an expectation against nothing - add 'against' with a "
                         "case or 'twin', or 'value' with a number\n"
                         "x.yaml:4:5: error: an expectation without 'case' - add it\n"
                         "x.yaml:4:5: error: an expectation without 'direction' - add it\n"
                         "x.yaml:4:5: error: an expectation without 'measure' - add it\n");
    assert_text_problems(
        CASES "{measure: income, case: one, against: two, direction: lower, case: two}",
        "x.yaml:4:66: error: duplicate key 'case', first at x.yaml:4:23 - keep one of the two\n");
    assert_text_problems(CASES "{mesure: income, case: one, against: two, direction: lower}",
                         "x.yaml:4:5: error: an expectation without 'measure' - add it\n"
                         "x.yaml:4:6: error: unknown key 'mesure' in an expectation - did you mean "
                         "'measure'?\n");
    assert_text_problems(CASES "{measure: [income], case: '', against: two, direction: lower}",
                         "x.yaml:4:15: error: 'measure' takes one value, not a list\n"
                         "x.yaml:4:31: error: 'case' has no value - write one, or remove the "
                         "line\n");
    assert_text_problems(CASES
                         "{measure: income, case: one, against: two, value: 3, direction: lower}",
                         "x.yaml:4:48: error: 'value' beside 'against' - remove one of the two\n");
}

static void test_values(void **state)
{
    (void)state;
    assert_text_problems(
        CASES "{measure: income, case: one, against: two, direction: highr}",
        "x.yaml:4:59: error: unknown direction 'highr' - did you mean 'higher'?\n");
    assert_text_problems(
        CASES "{measure: income, case: one, against: two, direction: up}",
        "x.yaml:4:59: error: unknown direction 'up' - give lower, higher or equal\n");
    assert_text_problems(CASES "{measure: income, case: one, against: two, direction: equal}",
                         "x.yaml:4:59: error: 'equal' without 'margin' - add the largest "
                         "difference that is none\n");
    assert_text_problems(
        CASES "{measure: income, case: one, against: two, direction: equal, margin: 0}",
        "x.yaml:4:74: error: 'equal' with a margin of 0 can never be shown - give the largest "
        "difference that is none\n");
    assert_text_problems(CASES
                         "{measure: income, case: one, value: .nan, direction: lower, margin: -1}",
                         "x.yaml:4:41: error: 'value' cannot be '.nan' - give a number\n"
                         "x.yaml:4:73: error: 'margin' cannot be '-1' - give a number from 0\n");
    assert_text_problems(
        CASES "{measure: income, case: one, value: 1, direction: lower, level: 95}",
        "x.yaml:4:69: error: 'level' cannot be '95' - give a number from 0.5 to 0.9999, such as "
        "0.95\n");
}

static void test_names(void **state)
{
    (void)state;
    assert_text_problems(CASES "{measure: incme, case: one, against: two, direction: lower}",
                         "x.yaml:4:15: error: unknown measure 'incme' - did you mean 'income'?\n");
    assert_text_problems(
        CASES "{measure: power, case: one, against: two, direction: lower}",
        "x.yaml:4:15: error: unknown measure 'power' - 'coopsim measures' lists all of them\n");
    assert_text_problems(CASES "{measure: income, case: onee, against: twoo, direction: lower}",
                         "x.yaml:4:29: error: unknown case 'onee' - did you mean 'one'?\n"
                         "x.yaml:4:44: error: unknown case 'twoo' - did you mean 'two'?\n");
    assert_text_problems(CASES "{measure: income, case: one/exposure, value: 1, direction: lower}",
                         "x.yaml:4:29: error: unknown case 'one/exposure' - give a case of this "
                         "file\n");
    assert_text_problems(CASES "{measure: income, case: one, against: one, direction: lower}",
                         "x.yaml:4:43: error: the case 'one' against itself - give another one, or "
                         "'twin'\n");
    assert_text_problems(
        CASES "{measure: income, case: one, against: two/voiceless, direction: lower}",
        "x.yaml:4:43: error: against the twin 'voiceless', which is not run - add it to 'twins'\n");
    assert_text_problems("expect: [{measure: income, case: base, against: twin, direction: lower}]",
                         "x.yaml:1:49: error: against a twin, but no twin is run - add 'twins: "
                         "[exposure]'\n");
    assert_text_problems("twins: [exposure, voiceless]\n"
                         "expect: [{measure: income, case: base, against: twin, direction: lower}]",
                         "x.yaml:2:49: error: which of the 2 twins? - write 'base/exposure'\n");
}

/* Cases may stand behind the expectations; twins are runs of their own. */
static void test_runs(void **state)
{
    (void)state;
    static const struct {
        const char *subject, *against;
        size_t run, other;
    } row[] = {{"base", "rotation", 0, 2},
               {"rotation", "base", 2, 0},
               {"rotation", "twin", 2, 3},
               {"base", "rotation/exposure", 0, 3},
               {"rotation", "", 2, 2}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        size_t run, other;
        char subject[16], against[32];
        snprintf(subject, sizeof subject, "%s", row[i].subject);
        snprintf(against, sizeof against, "%s", row[i].against);
        const struct coop_expectation expectation = {.subject = subject, .against = against};
        coop_expect_runs(&design, &expectation, &run, &other);
        assert_int_equal(run, row[i].run);
        assert_int_equal(other, row[i].other);
    }
}

static void test_pairs(void **state)
{
    (void)state;
    float one[] = {1, 2, NAN, 4, NAN, 6, 7, 8}, two[] = {1, 2, 3, 4, 5, NAN, NAN, 8};
    struct coop_record a = {.organisations = 4, .final_organisation = one};
    struct coop_record b = {.organisations = 4, .final_organisation = two};
    assert_int_equal(coop_record_pairs(&a, NULL, 0), 3);
    assert_int_equal(coop_record_pairs(&a, &b, 0), 3);
    assert_int_equal(coop_record_pairs(&a, &b, 1), 1);
    b.organisations = 3;
    assert_int_equal(coop_record_pairs(&a, &b, 0), 0);
    b = (struct coop_record){.organisations = 4};
    assert_int_equal(coop_record_pairs(&a, &b, 0), 0);
}

/* Three expectations, one of each verdict. */
static char gini[] = "voice_gini", income[] = "income", base[] = "base", rotation[] = "rotation";
static char none[] = "", twin[] = "twin", because[] = "Smith (1776) says so";
static const struct coop_expectation expectation[] = {
    {.measure = gini, .subject = base, .against = rotation, .because = because, .level = .95},
    {.measure = income,
     .subject = rotation,
     .against = twin,
     .because = none,
     .direction = COOP_EQUAL,
     .margin = .25,
     .level = .99},
    {.measure = income,
     .subject = base,
     .against = none,
     .because = none,
     .direction = COOP_HIGHER,
     .value = 3.5,
     .level = .95}};
static const struct coop_finding finding[] = {
    {COOP_AS_EXPECTED, -.5, .125, -.75, -.25, 7, ""},
    {COOP_UNDETERMINED, NAN, NAN, NAN, NAN, 0, "a run is not finished"},
    {COOP_NOT_AS_EXPECTED, 1, .5, 0, 2, 2, ""}};

static void assert_wholes(hid_t file, const char *name, int64_t first, int64_t second,
                          int64_t third)
{
    int64_t found[3];
    read_variable(file, name, "3", H5T_NATIVE_INT64, found);
    assert_true(found[0] == first && found[1] == second && found[2] == third);
}

/* NAN: missing. */
static void assert_numbers(hid_t file, const char *name, double first, double second, double third)
{
    const double expected[3] = {first, second, third};
    double found[3];
    read_variable(file, name, "3", H5T_NATIVE_DOUBLE, found);
    for (size_t i = 0; i < 3; i++)
        assert_true(isnan(expected[i]) ? isnan(found[i]) : found[i] == expected[i]);
}

static void assert_words(hid_t file, const char *name, const char *first, const char *second,
                         const char *third)
{
    read_texts(file, name, "3", 3, (const char *const[]){first, second, third});
}

static void test_file(void **state)
{
    (void)state;
    const struct coop_result result = {.model = &model,
                                       .design = &design,
                                       .runs = design.runs,
                                       .script = script_of,
                                       .record = record,
                                       .status = status_of,
                                       .provenance = &provenance,
                                       .expectation = expectation,
                                       .finding = finding,
                                       .expectations = 3};
    assert_int_equal(coop_store_write(in_directory("out.h5"), &result, false), COOP_OK);
    hid_t file = H5Fopen(in_directory("out.h5"), H5F_ACC_RDONLY, H5P_DEFAULT);
    assert_true(file >= 0);
    assert_words(file, "expectations/measure", "voice_gini", "income", "income");
    assert_words(file, "expectations/unit", "1", "euro", "euro");
    assert_words(file, "expectations/against", "rotation", "twin", "");
    assert_words(file, "expectations/reason", "", "a run is not finished", "");
    assert_words(file, "expectations/because", because, "", "");
    assert_wholes(file, "expectations/verdict", 0, 2, 1);
    assert_wholes(file, "expectations/direction", 0, 2, 1);
    assert_wholes(file, "expectations/against_run", 2, 3, -1);
    assert_wholes(file, "expectations/organisations", 7, 0, 2);
    assert_numbers(file, "expectations/estimate", -.5, NAN, 1);
    assert_numbers(file, "expectations/value", NAN, NAN, 3.5);
    assert_numbers(file, "expectations/low", -.75, NAN, 0);
    assert_text_attribute(file, "expectations/verdict", "flag_meanings",
                          "as_expected not_as_expected undetermined");
    close_result(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verdicts), cmocka_unit_test(test_no_problems),
        cmocka_unit_test(test_keys),     cmocka_unit_test(test_values),
        cmocka_unit_test(test_names),    cmocka_unit_test(test_runs),
        cmocka_unit_test(test_pairs),    cmocka_unit_test(test_file),
    };
    return cmocka_run_group_tests(tests, make_all, free_all);
}
