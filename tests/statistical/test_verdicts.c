/* coopsim - GPL-3.0-or-later
 *
 * How often verdicts and intervals are wrong, over data sets of fixed seeds. A count that is right
 * falls outside its bounds with a probability of 1e-4 (Poisson's tails, below .01 of rounding); what
 * takes dependent values for independent must fall outside. */
#include "tests/unit/hypothesis_data.h"

#include <gsl/gsl_cdf.h>

enum { SETS = 600 };
static struct data data;

/* The largest and smallest counts in SETS that chance allows for a probability. */
static void assert_rate(const char *what, size_t count, double least, double most)
{
    const unsigned seen = (unsigned)count;
    if (gsl_cdf_binomial_P(seen, least, SETS) < 1e-4)
        fail_msg("%s: %zu of %d are too few for %g", what, count, SETS, least);
    if (count > 0 && gsl_cdf_binomial_Q(seen - 1, most, SETS) < 1e-4)
        fail_msg("%s: %zu of %d are too many for %g", what, count, SETS, most);
}

/* A skewed variable of mean 0 and standard deviation 1: the square of a normal. */
static double skewed(uint64_t seed, uint32_t variable, uint32_t number)
{
    const double z = data_normal(seed, variable, number);
    return (z * z - 1) / sqrt(2);
}

/* No case differs from another and no measure goes with another; `shared` of the variance is a
 * replicate's own. */
static void make_null(uint64_t seed, size_t replicates, size_t organisations, double shared,
                      double (*draw)(uint64_t, uint32_t, uint32_t))
{
    data.replicates = replicates;
    data.organisations = organisations;
    for (uint32_t c = 0; c < DATA_CASES; c++) {
        data.place[c] = c;
        for (uint32_t m = 0; m < DATA_MEASURES; m++)
            for (uint32_t i = 0; i < replicates * organisations; i++) {
                const uint32_t cluster = i / (uint32_t)organisations;
                data.value[c][m][i] = sqrt(1 - shared) * draw(seed, 10 * c + m, i) +
                                      sqrt(shared) * draw(seed, 100 + 10 * c + m, cluster);
            }
    }
}

static const char contrasts[] =
    "- {name: paired, contrast: paired, measure: x, case: b, against: a, expect: higher}\n"
    "- {name: trend, contrast: trend, measure: x, over: p.x, cases: [a, b, c], expect: lower}\n"
    "- {name: correlation, contrast: correlation, measure: x, with: y, case: a, expect: higher}\n"
    "- {name: within, contrast: correlation, measure: x, with: y, cases: [a, b], expect: lower}\n"
    "- {name: threshold, contrast: threshold, measure: x, case: a, value: 0, expect: lower}\n"
    "- {name: none, contrast: paired, measure: x, case: b, against: a, expect: none}\n";
enum { CONTRASTS = 6 };
static const char *const contrast_name[CONTRASTS] = {"paired", "trend",     "correlation",
                                                     "within", "threshold", "none"};

/* How often p is at most .05 for each of them, and how often any Holm p is. */
static size_t count_alarms(size_t ret[CONTRASTS], size_t replicates, size_t organisations,
                           double shared, double (*draw)(uint64_t, uint32_t, uint32_t))
{
    size_t any = 0;
    memset(ret, 0, CONTRASTS * sizeof *ret);
    for (uint64_t seed = 1; seed <= SETS; seed++) {
        struct coop_judgement judgement[CONTRASTS];
        bool alarm = false;
        make_null(seed, replicates, organisations, shared, draw);
        data_judge(&data, contrasts, judgement);
        for (size_t h = 0; h < CONTRASTS; h++) {
            ret[h] += judgement[h].p <= .05;
            alarm = alarm || judgement[h].holm <= .05;
        }
        any += alarm;
    }
    return any;
}

static void assert_alarms(const char *what, const size_t alarms[CONTRASTS], double most)
{
    char name[64];
    for (size_t h = 0; h < CONTRASTS; h++) {
        snprintf(name, sizeof name, "%s, %s", what, contrast_name[h]);
        assert_rate(name, alarms[h], .035, most);
    }
}

static void organisations_give_false_alarms_at_alpha(void **state)
{
    (void)state;
    size_t alarms[CONTRASTS];
    const size_t any = count_alarms(alarms, 1, 40, 0, data_normal);
    assert_alarms("normal", alarms, .065);
    assert_rate("any of five", any, .03, .065);
}

/* Student's t of one skewed sample is known to err a little more. */
static void skewed_values_give_few_more(void **state)
{
    (void)state;
    size_t alarms[CONTRASTS];
    count_alarms(alarms, 1, 60, 0, skewed);
    assert_alarms("skewed", alarms, .09);
}

static void replicates_give_false_alarms_at_alpha(void **state)
{
    (void)state;
    size_t alarms[CONTRASTS];
    count_alarms(alarms, 30, 6, .5, data_normal);
    assert_alarms("replicates", alarms, .08);
}

/* The same values, the replicates taken for organisations of one run. */
static void dependence_overlooked_shows(void **state)
{
    (void)state;
    size_t paired = 0, correlation = 0;
    for (uint64_t seed = 1; seed <= SETS; seed++) {
        struct coop_judgement judgement[CONTRASTS];
        make_null(seed, 30, 6, .5, data_normal);
        data.replicates = 1;
        data.organisations = 180;
        data_judge(&data, contrasts, judgement);
        paired += judgement[0].p <= .05;
        correlation += judgement[2].p <= .05;
    }
    assert_true(paired > SETS / 5 && correlation > SETS / 10);
}

/* At the bound between claim and opposite: an effect of the margin itself. */
static void margins_give_false_alarms_at_alpha(void **state)
{
    (void)state;
    size_t higher = 0, equal = 0, order = 0;
    for (uint64_t seed = 1; seed <= SETS; seed++) {
        struct coop_judgement judgement[3];
        make_null(seed, 1, 40, 0, data_normal);
        for (size_t i = 0; i < 40; i++) {
            data.value[1][0][i] += 1;
            data.value[2][0][i] += 2;
        }
        data_judge(&data,
                   "- {name: a, contrast: paired, measure: x, case: b, against: a, expect: higher, "
                   "margin: 1}\n"
                   "- {name: b, contrast: paired, measure: x, case: b, against: a, expect: equal, "
                   "margin: 1}\n"
                   "- {name: c, contrast: ordering, measure: x, order: [a, b, c], expect: higher, "
                   "margin: 1}",
                   judgement);
        higher += judgement[0].p <= .05;
        equal += judgement[1].p <= .05;
        order += judgement[2].p <= .05;
    }
    assert_rate("higher at its margin", higher, .035, .065);
    assert_rate("equal at its margin", equal, .035, .065);
    /* Supported takes both steps, contradicted either at half of alpha. */
    assert_rate("order at its margin", order, .015, .065);
}

/* How often the interval of one hypothesis holds the truth. */
static void assert_coverage(const char *hypothesis, double truth, size_t n, double share,
                            double (*draw)(uint64_t, uint32_t, uint32_t), double least)
{
    size_t covered = 0;
    for (uint64_t seed = 1; seed <= SETS; seed++) {
        struct coop_judgement judgement;
        make_null(seed, 1, n, 0, draw);
        for (size_t i = 0; i < n; i++)
            data.value[0][1][i] =
                share * data.value[0][0][i] + sqrt(1 - share * share) * data.value[0][1][i];
        data_judge(&data, hypothesis, &judgement);
        covered += judgement.low <= truth && truth <= judgement.high;
    }
    assert_rate(hypothesis, covered, least, .965);
}

#define THRESHOLD "- {name: h, contrast: threshold, measure: x, case: a, value: 0, expect: none}"
#define CORRELATION "- {name: h, contrast: correlation, measure: x, with: y, case: a, expect: none}"

/* Of a normal pair with correlation r Spearman's is 6/pi asin(r/2). */
static void intervals_cover_the_truth(void **state)
{
    (void)state;
    assert_coverage(THRESHOLD, 0, 10, 0, data_normal, .935);
    assert_coverage(THRESHOLD, 0, 40, 0, data_normal, .935);
    assert_coverage(THRESHOLD, 0, 40, 0, skewed, .9);
    assert_coverage(CORRELATION, 0, 30, 0, data_normal, .925);
    assert_coverage(CORRELATION, 6 / M_PI * asin(.4), 60, .8, data_normal, .92);
}

/* A share of .7 of a gap that is 1 in the mean and 1 in its spread, of 60 organisations and of 12, in
 * which it hardly differs from 0: p is that of Student's t, the interval that of the ratio. */
static void shares_give_false_alarms_at_alpha(void **state)
{
    (void)state;
    static const size_t organisations[] = {12, 60};
    for (size_t i = 0; i < 2; i++) {
        size_t alarms = 0, covered = 0;
        for (uint64_t seed = 1; seed <= SETS; seed++) {
            struct coop_judgement judgement;
            make_null(seed, 1, organisations[i], 0, data_normal);
            for (size_t o = 0; o < organisations[i]; o++) {
                data.value[0][0][o] += .4;
                data.value[1][0][o] += 1;
            }
            data_judge(&data,
                       "- {name: h, contrast: swap_share, measure: x, case: a, against: b, value: "
                       ".7, expect: none}",
                       &judgement);
            alarms += judgement.p <= .05;
            covered += judgement.low <= .7 && .7 <= judgement.high;
        }
        assert_rate("share", alarms, .035, .065);
        assert_rate("interval of a share", covered, .925, .975);
    }
}

/* With as many organisations as a first look says, four of five looks decide. */
static void as_many_as_said_decide(void **state)
{
    (void)state;
    const double effect = .3, wanted = pow((1.959964 + .841621) / effect, 2);
    size_t decided = 0;
    for (uint64_t seed = 1; seed <= SETS; seed++) {
        struct coop_judgement judgement;
        make_null(seed, 1, (size_t)wanted + 3, 0, data_normal);
        for (size_t i = 0; i < data.organisations; i++)
            data.value[0][0][i] += effect;
        data_judge(&data,
                   "- {name: h, contrast: threshold, measure: x, case: a, value: 0, expect: "
                   "higher}",
                   &judgement);
        decided += judgement.verdict == COOP_SUPPORTED;
    }
    assert_rate("power", decided, .78, .82);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(organisations_give_false_alarms_at_alpha),
        cmocka_unit_test(skewed_values_give_few_more),
        cmocka_unit_test(replicates_give_false_alarms_at_alpha),
        cmocka_unit_test(dependence_overlooked_shows),
        cmocka_unit_test(margins_give_false_alarms_at_alpha),
        cmocka_unit_test(intervals_cover_the_truth),
        cmocka_unit_test(shares_give_false_alarms_at_alpha),
        cmocka_unit_test(as_many_as_said_decide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
