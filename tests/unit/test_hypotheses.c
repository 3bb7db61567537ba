/* coopsim - GPL-3.0-or-later
 *
 * Hypotheses on constructed data: every contrast comes out supported, contradicted and
 * undetermined; numbers against textbooks and closed forms. */
#include "tests/unit/hypothesis_data.h"

#include "sim/hypothesis/claim.h"

static struct data data;

/* Each organisation has an own level of x in all cases, and case c is `mean[c]` higher. In y there
 * is `share` of x's deviation, a year before of the present y of x. */
static void make(size_t replicates, size_t organisations, const double *mean, double share,
                 double noise)
{
    data.replicates = replicates;
    data.organisations = organisations;
    for (uint32_t c = 0; c < DATA_CASES; c++) {
        data.place[c] = (double)c / 2;
        for (uint32_t i = 0; i < replicates * organisations; i++) {
            const double own = data_normal(7, 100, i), x = data_normal(7, c, i);
            const double y = share * x + sqrt(1 - share * share) * data_normal(7, 10 + c, i);
            data.value[c][0][i] = 5 + own + mean[c] + noise * x;
            data.value[c][1][i] = y;
            data.value[c][2][i] = data_normal(7, 20 + c, i);
            data.value[c][3][i] = y;
        }
    }
}

struct row {
    const char *hypothesis;
    double mean[DATA_CASES], share, noise;
    enum coop_judged verdict;
};

#define PAIRED "- {name: h, contrast: paired, measure: x, case: b, against: a, expect: "
#define TREND "- {name: h, contrast: trend, measure: x, over: p.x, cases: [a, b, c], expect: "
#define CORRELATION                                                                                \
    "- {name: h, contrast: correlation, measure: x, with: y, cases: [a, b], expect: "
#define LAGGED "- {name: h, contrast: correlation, measure: x, with: y, case: c, lag: 52, expect: "
#define ORDER "- {name: h, contrast: ordering, measure: x, order: [[d, c], [b], a], expect: "
#define WITHIN                                                                                     \
    "- {name: h, contrast: ordering, measure: x, order: [[d, c], b], within: .5, expect: "
#define THRESHOLD "- {name: h, contrast: threshold, measure: x, case: a, value: 5, expect: "
/* Where nobody changes places the gap is 5, in case b; in case a what a share of it comes to. */
#define SWAP                                                                                       \
    "- {name: h, contrast: swap_share, measure: x, case: a, against: b, value: .5, expect: "

static const struct row rows[] = {
    {PAIRED "higher, margin: .5}", {0, 1}, 0, .1, COOP_SUPPORTED},
    {PAIRED "higher, margin: .5}", {0, .3}, 0, .1, COOP_CONTRADICTED},
    {PAIRED "higher, margin: .5}", {0, -1}, 0, .1, COOP_CONTRADICTED},
    {PAIRED "higher, margin: .5}", {0, .6}, 0, 2, COOP_UNDECIDED},
    {PAIRED "lower}", {1, 0}, 0, .1, COOP_SUPPORTED},
    {PAIRED "lower}", {0, 1}, 0, .1, COOP_CONTRADICTED},
    {PAIRED "lower}", {0, 0}, 0, 1, COOP_UNDECIDED},
    {PAIRED "equal, margin: .5}", {0, .1}, 0, .1, COOP_SUPPORTED},
    {PAIRED "equal, margin: .5}", {0, 1}, 0, .1, COOP_CONTRADICTED},
    {PAIRED "equal, margin: .5}", {0, -1}, 0, .1, COOP_CONTRADICTED},
    {PAIRED "equal, margin: .5}", {0, .5}, 0, .5, COOP_UNDECIDED},
    {PAIRED "equal, margin: .5}", {0, 0}, 0, 4, COOP_UNDECIDED},
    {PAIRED "none}", {0, 1}, 0, .1, COOP_REPORTED},
    {TREND "higher, margin: .5}", {0, .5, 1}, 0, .1, COOP_SUPPORTED},
    {TREND "higher, margin: .5}", {0, .1, .2}, 0, .1, COOP_CONTRADICTED},
    {TREND "higher, margin: .5}", {0, .3, .6}, 0, 2, COOP_UNDECIDED},
    {TREND "equal, margin: .5}", {0, 3, 0}, 0, .1, COOP_SUPPORTED},
    {TREND "lower}", {0, -.5, -1}, 0, .1, COOP_SUPPORTED},
    {CORRELATION "higher, margin: .3}", {0}, .9, 10, COOP_SUPPORTED},
    {CORRELATION "higher, margin: .3}", {0}, -.9, 10, COOP_CONTRADICTED},
    {CORRELATION "higher, margin: .3}", {0, 90}, -.3, 10, COOP_CONTRADICTED},
    {CORRELATION "higher, margin: .3}", {0}, .15, 10, COOP_UNDECIDED},
    {CORRELATION "lower}", {0}, -.9, 10, COOP_SUPPORTED},
    {CORRELATION "lower}", {0}, .9, 10, COOP_CONTRADICTED},
    {CORRELATION "equal, margin: .5}", {0}, 0, 10, COOP_SUPPORTED},
    {LAGGED "higher}", {0}, .9, 10, COOP_SUPPORTED},
    {LAGGED "higher}", {0}, -.9, 10, COOP_CONTRADICTED},
    {LAGGED "higher}", {0}, 0, 10, COOP_UNDECIDED},
    {ORDER "lower, margin: .2}", {0, 1, 2, 3}, 0, .1, COOP_SUPPORTED},
    {ORDER "lower, margin: .2}", {0, 1, 2, .9}, 0, .1, COOP_CONTRADICTED},
    {ORDER "lower, margin: .2}", {0, 1, 1.3, 2}, 0, 2, COOP_UNDECIDED},
    {ORDER "higher}", {3, 2, 1, 0}, 0, .1, COOP_SUPPORTED},
    {WITHIN "lower}", {0, 1, 2, 2.1}, 0, .1, COOP_SUPPORTED},
    {WITHIN "lower}", {0, 1, 2, 3}, 0, .1, COOP_CONTRADICTED},
    {WITHIN "lower}", {0, 1, 9, 9}, 0, 3, COOP_UNDECIDED},
    {THRESHOLD "higher, margin: .2}", {1}, 0, .1, COOP_SUPPORTED},
    {THRESHOLD "higher, margin: .2}", {-1}, 0, .1, COOP_CONTRADICTED},
    {THRESHOLD "higher, margin: .2}", {.2}, 0, .1, COOP_UNDECIDED},
    {THRESHOLD "equal, margin: 9}", {1}, 0, .1, COOP_SUPPORTED},
    {SWAP "higher, margin: .2}", {-1}, 0, .1, COOP_SUPPORTED},
    {SWAP "higher, margin: .2}", {-9}, 0, .1, COOP_CONTRADICTED},
    {SWAP "higher, margin: .2}", {-4}, 0, .1, COOP_CONTRADICTED},
    {SWAP "higher, margin: .2}", {-3}, 0, 2, COOP_UNDECIDED},
    {SWAP "lower}", {-9}, 0, .1, COOP_SUPPORTED},
    {SWAP "lower}", {-1}, 0, .1, COOP_CONTRADICTED},
    {SWAP "equal, margin: .2}", {-5}, 0, .1, COOP_SUPPORTED},
    {SWAP "equal, margin: .2}", {-9}, 0, .1, COOP_CONTRADICTED},
    {SWAP "equal, margin: .2}", {-3}, 0, 2, COOP_UNDECIDED},
    {SWAP "none}", {-1}, 0, .1, COOP_REPORTED},
};

/* Of one run with 60 organisations, and of 60 replicates with 3 each. */
static void every_contrast_has_every_verdict(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t layout = 0; layout < 2; layout++) {
            struct coop_judgement judgement;
            make(layout == 0 ? 1 : 60, layout == 0 ? 60 : 3, rows[i].mean, rows[i].share,
                 rows[i].noise);
            data_judge(&data, rows[i].hypothesis, &judgement);
            if (judgement.verdict != rows[i].verdict)
                fail_msg("layout %zu of '%s' is %s instead of %s: %g (%g to %g), p %g", layout,
                         rows[i].hypothesis, coop_judged_words[judgement.verdict],
                         coop_judged_words[rows[i].verdict], judgement.effect, judgement.low,
                         judgement.high, judgement.p);
            assert_int_equal(judgement.clusters, 60);
            assert_int_equal(judgement.replicates, layout == 1);
            assert_true(judgement.low <= judgement.effect && judgement.effect <= judgement.high);
            const bool open = judgement.verdict == COOP_UNDECIDED;
            assert_true(open ? judgement.enough > 60 : !(judgement.enough > 0));
        }
}

static void set_pairs(const double *a, const double *b, size_t n)
{
    data.replicates = 1;
    data.organisations = n;
    memcpy(data.value[0][0], a, n * sizeof *a);
    memcpy(data.value[1][0], b, n * sizeof *b);
    memcpy(data.value[0][1], b, n * sizeof *b);
}

/* Student (1908): hours of sleep gained with two drugs; t = 4.0621, p = .002833. */
static void paired_is_students_t(void **state)
{
    (void)state;
    static const double one[] = {.7, -1.6, -.2, -1.2, -.1, 3.4, 3.7, .8, 0, 2};
    static const double two[] = {1.9, .8, 1.1, .1, -.1, 4.4, 5.5, 1.6, 4.6, 3.4};
    struct coop_judgement judgement;
    set_pairs(one, two, 10);
    data_judge(&data, PAIRED "higher}", &judgement);
    assert_true(fabs(judgement.effect - 1.58) < 1e-12);
    assert_true(fabs(judgement.effect / judgement.error - 4.062128) < 1e-6);
    assert_true(fabs(judgement.p - .002832890) < 1e-8);
}

/* That the share is s is that a + (1 - 2 s) b is 0 in the mean: p is that of Student's t on it, however
 * small the gap is that it is a share of. */
static void share_is_tested_without_a_ratio(void **state)
{
    (void)state;
    struct coop_judgement judgement[4];
    const double mean[DATA_CASES] = {-4.4, -4};
    make(1, 30, mean, 0, 1);
    data_judge(
        &data,
        SWAP "none}\n"
             "- {name: i, contrast: swap_share, measure: x, case: a, against: b, value: 1, expect: "
             "none}\n"
             "- {name: j, contrast: threshold, measure: x, case: a, value: 0, expect: none}\n"
             "- {name: k, contrast: paired, measure: x, case: a, against: b, expect: none}\n",
        judgement);
    assert_true(judgement[0].p > 0 && judgement[0].p < 1);
    assert_true(fabs(judgement[0].p - judgement[2].p) < 1e-9);
    assert_true(fabs(judgement[1].p - judgement[3].p) < 1e-9);
}

/* 1 stays with positions, 0 goes with persons. */
static void shares_are_as_constructed(void **state)
{
    (void)state;
    for (double share = -.2; share < 1.25; share += .2) {
        struct coop_judgement judgement;
        const double mean[DATA_CASES] = {5 * (2 * share - 1) - 5};
        make(1, 4000, mean, 0, 1);
        data_judge(&data, SWAP "none}", &judgement);
        assert_true(fabs(judgement.effect - share) < 4 * judgement.error);
        assert_true(judgement.error > 0 && judgement.error < .01);
        assert_true(judgement.low < judgement.effect && judgement.effect < judgement.high);
    }
}

/* Nothing is left to be shared. */
static void no_gap_is_not_judged(void **state)
{
    (void)state;
    struct coop_judgement judgement;
    const double mean[DATA_CASES] = {-3, -8};
    make(1, 60, mean, 0, 1);
    data_judge(&data, SWAP "higher}", &judgement);
    assert_int_equal(judgement.verdict, COOP_UNDECIDED);
    assert_true(isnan(judgement.effect) && isnan(judgement.p));
    assert_non_null(strstr(judgement.reason, "no gap"));
}

/* The textbook's IQ and hours of television; rho = -29/165. One tie and its average rank beside it. */
static void correlation_is_spearmans(void **state)
{
    (void)state;
    static const double iq[] = {106, 100, 86, 101, 99, 103, 97, 113, 112, 110};
    static const double hours[] = {7, 27, 2, 50, 28, 29, 20, 12, 6, 17};
    static const double tied[] = {1, 2, 2, 4}, other[] = {1, 2, 3, 4};
    struct coop_judgement judgement;
    set_pairs(iq, hours, 10);
    data_judge(&data,
               "- {name: h, contrast: correlation, measure: x, with: y, case: a, expect: none}",
               &judgement);
    assert_true(fabs(judgement.effect + 29. / 165) < 1e-12);
    set_pairs(tied, other, 4);
    data_judge(&data,
               "- {name: h, contrast: correlation, measure: x, with: y, case: a, expect: none}",
               &judgement);
    assert_true(fabs(judgement.effect - 4.5 / sqrt(4.5 * 5)) < 1e-9);
}

/* Two cases far apart in both variables: what a survey would find, and what is there within. */
static void pooling_confounds_cases(void **state)
{
    (void)state;
    struct coop_judgement judgement[2];
    make(1, 60, (const double[]){0, 0, 0, 0}, 0, 10);
    for (size_t i = 0; i < 60; i++) {
        data.value[3][0][i] += 100;
        data.value[3][1][i] += 100;
    }
    data_judge(&data,
               "- {name: within, contrast: correlation, measure: x, with: y, cases: [c, d], "
               "expect: higher}\n"
               "- {name: survey, contrast: correlation, measure: x, with: y, cases: [c, d], "
               "pooled: true, expect: higher}",
               judgement);
    assert_int_equal(judgement[0].verdict, COOP_UNDECIDED);
    assert_int_equal(judgement[1].verdict, COOP_SUPPORTED);
    assert_true(judgement[1].effect > .6 && fabs(judgement[0].effect) < .2);
}

static void holm_is_the_textbooks(void **state)
{
    (void)state;
    static const double p[] = {.01, .04, .03, .005}, expected[] = {.03, .06, .06, .02};
    static const double gaps[] = {NAN, .5, .001}, with_gaps[] = {1, 1, .003};
    double holm[4];
    assert_int_equal(coop_holm(p, 4, holm), COOP_OK);
    for (size_t i = 0; i < 4; i++)
        assert_true(fabs(holm[i] - expected[i]) < 1e-15);
    assert_int_equal(coop_holm(gaps, 3, holm), COOP_OK);
    for (size_t i = 0; i < 3; i++)
        assert_true(fabs(holm[i] - with_gaps[i]) < 1e-15);
}

/* What expects nothing takes no part: two hypotheses double the p values, a third reported one does
 * not treble them. */
static void reported_hypotheses_take_no_part(void **state)
{
    (void)state;
    struct coop_judgement judgement[3];
    make(1, 60, (const double[]){0, .4, 0, 0}, 0, 1);
    data_judge(&data,
               "- {name: one, contrast: paired, measure: x, case: b, against: a, expect: higher}\n"
               "- {name: two, contrast: paired, measure: x, case: b, against: a, expect: higher}\n"
               "- {name: three, contrast: paired, measure: x, case: b, against: a, expect: none}",
               judgement);
    assert_true(judgement[0].p > 0 && judgement[0].p < .5);
    assert_true(judgement[0].holm == 2 * judgement[0].p && isnan(judgement[2].holm));
    assert_true(judgement[2].p == judgement[0].p);
    assert_int_equal(judgement[2].verdict, COOP_REPORTED);
}

/* n = ((z_.975 + z_.8) s / d)^2 (Lehr), of which Student's t needs two more. */
static void replicates_to_decide_are_the_closed_form(void **state)
{
    (void)state;
    static const double distance[] = {.05, .1, .2, .5};
    for (size_t i = 0; i < 4; i++) {
        const double z = 1.959963985 + .841621234, expected = z * z / distance[i] / distance[i];
        const struct coop_estimate estimate = {
            .value = 2 + distance[i], .error = .1, .freedom = 99};
        const struct coop_claim above = {COOP_CLAIM_ABOVE, 2, INFINITY};
        const struct coop_claim below = {COOP_CLAIM_BELOW, -INFINITY, 2};
        const double n = coop_claims_enough(&above, &estimate, 1, 100, .025);
        assert_true(n >= expected && n <= expected + 4);
        assert_true(coop_claims_enough(&below, &estimate, 1, 100, .025) == n);
    }
    const struct coop_claim inside = {COOP_CLAIM_INSIDE, -.1, .1};
    const struct coop_estimate middle = {.value = 0, .error = .1, .freedom = 99};
    /* Each side is to miss with at most .1. */
    const double z = 1.959963985 + 1.281551566,
                 n = coop_claims_enough(&inside, &middle, 1, 100, .025);
    assert_true(n >= z * z * 100 && n <= z * z * 100 + 4);
    const struct coop_claim touched = {COOP_CLAIM_ABOVE, 0, INFINITY};
    assert_true(isinf(coop_claims_enough(&touched, &middle, 1, 100, .025)));
}

static void draws_are_the_seeds(void **state)
{
    (void)state;
    struct coop_judgement one, two;
    make(1, 30, (const double[]){0, .2, .2, 0}, 0, 1);
    data_judge(&data, PAIRED "higher}", &one);
    data_judge(&data, PAIRED "higher}", &two);
    assert_true(one.low == two.low && one.high == two.high);
    const double t = 2.045230;
    assert_true(fabs(one.low - (one.effect - t * one.error)) < .2 * one.error);
    assert_true(fabs(one.high - (one.effect + t * one.error)) < .2 * one.error);
}

/* Organisations without a value in one of the cases count in neither. */
static void what_cannot_be_judged(void **state)
{
    (void)state;
    struct coop_judgement judgement;
    make(1, 30, (const double[]){0, 1, 0, 0}, 0, 1);
    for (size_t i = 3; i < 30; i++)
        data.value[i % 2][0][i] = NAN;
    data_judge(&data, PAIRED "higher}", &judgement);
    assert_int_equal(judgement.clusters, 3);
    data_judge(&data, CORRELATION "higher}", &judgement);
    assert_string_equal(judgement.reason, "a correlation takes four or more organisations with a "
                                          "value");
    assert_true(judgement.verdict == COOP_UNDECIDED && isnan(judgement.p));
    data.value[0][0][1] = data.value[1][0][2] = NAN;
    data_judge(&data, PAIRED "higher}", &judgement);
    assert_string_equal(judgement.reason, "fewer than two organisations have a value");
    make(1, 30, (const double[]){0, 1, 0, 0}, 0, 1);
    for (size_t i = 0; i < 30; i++)
        data.value[0][1][i] = 3;
    data_judge(&data, CORRELATION "higher}", &judgement);
    assert_string_equal(judgement.reason, "a value is the same in all of them");
    make(1, 30, (const double[]){0, 1, 0, 0}, 0, 0);
    data_judge(&data, PAIRED "higher}", &judgement);
    assert_int_equal(judgement.verdict, COOP_SUPPORTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_contrast_has_every_verdict),
        cmocka_unit_test(paired_is_students_t),
        cmocka_unit_test(share_is_tested_without_a_ratio),
        cmocka_unit_test(shares_are_as_constructed),
        cmocka_unit_test(no_gap_is_not_judged),
        cmocka_unit_test(correlation_is_spearmans),
        cmocka_unit_test(pooling_confounds_cases),
        cmocka_unit_test(holm_is_the_textbooks),
        cmocka_unit_test(reported_hypotheses_take_no_part),
        cmocka_unit_test(replicates_to_decide_are_the_closed_form),
        cmocka_unit_test(draws_are_the_seeds),
        cmocka_unit_test(what_cannot_be_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
