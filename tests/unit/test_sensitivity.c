/* coopsim - GPL-3.0-or-later
 *
 * Sensitivity indices of functions whose indices are known, at the points of real designs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sim/sensitivity/analysis.h"
#include "tests/unit/planned.h"

#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>

static const struct coop_bootstrap usual = {.resamples = 200, .seed = 1, .level = .95};

/* Axes x, y, z from 0 to 1 at the points of a design of that kind, and a function of them. */
struct trial {
    struct planned planned;
    double *output;
};

static struct trial begin_cases(const char *head, const char *kind, size_t points,
                                double (*function)(double x, double y, double z))
{
    char text[512];
    snprintf(text, sizeof text,
             "%sdesign:\n  kind: %s\n  points: %zu\n  axes:\n"
             "    - {parameter: voice.know, from: 0, to: 1}\n"
             "    - {parameter: voice.skill, from: 0, to: 1}\n"
             "    - {parameter: market.pressure, from: 0, to: 1}\n",
             head, kind, points);
    struct trial trial = {.planned = plan_good(text)};
    const struct coop_design *design = &trial.planned.design;
    trial.output = calloc(design->points, sizeof *trial.output);
    assert_non_null(trial.output);
    for (size_t p = 0; p < design->points; p++)
        trial.output[p] =
            function(coop_design_axis_number(design, 0, p), coop_design_axis_number(design, 1, p),
                     coop_design_axis_number(design, 2, p));
    return trial;
}

static struct trial begin(const char *kind, size_t points,
                          double (*function)(double x, double y, double z))
{
    return begin_cases("", kind, points, function);
}

static void end(struct trial *trial)
{
    end_plan(&trial->planned);
    free(trial->output);
}

/* Ishigami and Homma 1990, a = 7, b = .1, each angle from -pi to pi. */
static double ishigami(double x, double y, double z)
{
    const double a = sin(M_PI * (2 * x - 1)), b = sin(M_PI * (2 * y - 1));
    return a + 7 * b * b + .1 * pow(M_PI * (2 * z - 1), 4) * a;
}

static double shifted_ishigami(double x, double y, double z)
{
    return 1e6 + ishigami(x, y, z);
}

static double linear(double x, double y, double z)
{
    return 3 * x - 2 * y + 0 * z + 7;
}

static double product(double x, double y, double z)
{
    return 4 * (x - .5) * (y - .5) + z;
}

static double constant(double x, double y, double z)
{
    return .3 + 0 * (x + y + z);
}

static void assert_near(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.6f is not %.6f within %g", value, expected, tolerance);
}

static const double first[] = {.313905, .442411, 0}, total[] = {.557589, .442411, .243684};

static void assert_ishigami(double (*function)(double x, double y, double z), size_t rows,
                            double tolerance)
{
    struct coop_sobol_index index[3];
    struct trial trial = begin("saltelli", rows, function);
    assert_int_equal(coop_sobol_indices(trial.output, rows, 3, &usual, index), COOP_OK);
    for (size_t i = 0; i < 3; i++) {
        assert_near(index[i].first.value, first[i], tolerance);
        assert_near(index[i].total.value, total[i], tolerance);
        assert_true(index[i].first.low < index[i].first.value);
        assert_true(index[i].first.high > index[i].first.value);
        assert_true(index[i].total.low <= total[i] && index[i].total.high >= total[i]);
        assert_true(index[i].first.low <= first[i] && index[i].first.high >= first[i]);
    }
    end(&trial);
}

/* The largest error is below 1e-3 with 2^14 rows and some 0.023 with 2^10. */
static void ishigami_has_its_indices(void **state)
{
    (void)state;
    assert_ishigami(ishigami, 1 << 14, 1e-3);
    assert_ishigami(ishigami, 1 << 10, 3e-2);
    assert_ishigami(shifted_ishigami, 1 << 14, 1e-3);
}

/* The values of two replicates, which differ by noise of standard deviation .5 and by a constant that
 * is the same at all points; case by case, since the second case is something else. */
static double *replicate(const struct trial *trial, double noise)
{
    const struct coop_design *design = &trial->planned.design;
    double *value = calloc(design->runs, sizeof *value);
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    assert_true(value != NULL && random != NULL);
    for (size_t run = 0; run < design->runs; run++) {
        const struct coop_plan plan = coop_design_plan(design, run);
        value[run] = plan.case_number == 0
                         ? trial->output[plan.point] + 10 * (double)plan.replicate +
                               gsl_ran_gaussian(random, noise)
                         : -1;
    }
    gsl_rng_free(random);
    return value;
}

/* The variance of Ishigami's function is 13.844588. */
static void a_design_gives_its_indices_and_their_noise(void **state)
{
    (void)state;
    enum { ROWS = 1 << 14 };
    struct coop_sensitivity sensitivity;
    struct trial trial =
        begin_cases("replicates: 2\ncases: [{name: a}, {name: b}]\n", "saltelli", ROWS, ishigami);
    const struct coop_design *design = &trial.planned.design;
    double *value = replicate(&trial, 0);
    assert_int_equal(coop_sensitivity_analyse(design, 0, value, &usual, &sensitivity), COOP_OK);
    assert_string_equal(sensitivity.entry, "a");
    assert_string_equal(sensitivity.reason, "");
    assert_int_equal(sensitivity.rows, ROWS);
    for (size_t i = 0; i < 3; i++) {
        assert_near(sensitivity.axis[i].sobol.first.value, first[i], 1e-3);
        assert_near(sensitivity.axis[i].sobol.total.value, total[i], 1e-3);
        assert_near(sensitivity.axis[i].error[0], 0, 1e-9);
    }
    assert_string_equal(sensitivity.axis[1].name, "voice.skill");
    assert_near(sensitivity.noise, 0, 1e-9);
    coop_sensitivity_free(&sensitivity);
    free(value);
    value = replicate(&trial, 2);
    assert_int_equal(coop_sensitivity_analyse(design, 0, value, &usual, &sensitivity), COOP_OK);
    assert_near(sensitivity.noise, 2. / (13.844588 + 2), .01);
    assert_near(sensitivity.deviation, sqrt(13.844588 + 2), .05);
    assert_true(sensitivity.axis[0].error[0] > 1e-3 && sensitivity.axis[0].error[0] < .05);
    coop_sensitivity_free(&sensitivity);
    assert_int_equal(coop_sensitivity_analyse(design, 1, value, &usual, &sensitivity), COOP_OK);
    assert_non_null(strstr(sensitivity.reason, "no variance"));
    coop_sensitivity_free(&sensitivity);
    free(value);
    end(&trial);
}

static void other_designs_are_refused(void **state)
{
    (void)state;
    struct coop_sensitivity sensitivity;
    struct trial trial = begin("sobol", 16, linear);
    assert_int_equal(
        coop_sensitivity_analyse(&trial.planned.design, 0, trial.output, &usual, &sensitivity),
        COOP_USAGE);
    coop_sensitivity_free(&sensitivity);
    end(&trial);
    trial = begin("morris", 16, linear);
    assert_int_equal(
        coop_sensitivity_analyse(&trial.planned.design, 0, trial.output, &usual, &sensitivity),
        COOP_OK);
    assert_near(sensitivity.axis[1].morris.mean, -2, 1e-10);
    assert_true(isnan(sensitivity.noise) && isnan(sensitivity.axis[0].error[0]));
    coop_sensitivity_free(&sensitivity);
    end(&trial);
    struct planned planned = plan_good("design:\n  kind: morris\n  points: 4\n  axes: [{parameter: "
                                       "voice.know, values: [3]}]\n");
    coop_sensitivity_verify(&planned.config, &planned.design, &planned.problems);
    assert_int_equal(planned.problems.count, 1);
    assert_non_null(strstr(planned.problems.item[0].text, "one value only"));
    end_plan(&planned);
}

static void intervals_shrink_with_the_sample_and_repeat_with_the_seed(void **state)
{
    (void)state;
    struct coop_sobol_index small[3], large[3], again[3], other[3];
    const struct coop_bootstrap seed_2 = {.resamples = 200, .seed = 2, .level = .95};
    struct trial trial = begin("saltelli", 4096, ishigami);
    assert_int_equal(coop_sobol_indices(trial.output, 256, 3, &usual, small), COOP_OK);
    assert_int_equal(coop_sobol_indices(trial.output, 4096, 3, &usual, large), COOP_OK);
    assert_int_equal(coop_sobol_indices(trial.output, 4096, 3, &usual, again), COOP_OK);
    assert_int_equal(coop_sobol_indices(trial.output, 4096, 3, &seed_2, other), COOP_OK);
    assert_memory_equal(large, again, sizeof large);
    for (size_t i = 0; i < 3; i++) {
        const double width = large[i].first.high - large[i].first.low;
        assert_true(width < .5 * (small[i].first.high - small[i].first.low));
        assert_true(large[i].first.low != other[i].first.low);
        assert_true(large[i].first.value == other[i].first.value);
    }
    end(&trial);
}

static void an_axis_without_effect_has_none(void **state)
{
    (void)state;
    struct coop_sobol_index index[3];
    struct trial trial = begin("saltelli", 512, linear);
    assert_int_equal(coop_sobol_indices(trial.output, 512, 3, &usual, index), COOP_OK);
    assert_true(index[2].total.value == 0 && index[2].total.high == 0);
    assert_near(index[0].first.value, 9. / 13, 1e-3);
    assert_near(index[1].total.value, 4. / 13, 1e-3);
    end(&trial);
}

static void morris_is_exact_for_a_linear_function(void **state)
{
    (void)state;
    static const double slope[] = {3, -2, 0};
    struct coop_morris_effect effect[3];
    struct trial trial = begin("morris", 20, linear);
    const struct coop_design *design = &trial.planned.design;
    assert_int_equal(coop_morris_effects(design->unit, trial.output, 20, 3, &usual, effect),
                     COOP_OK);
    for (size_t i = 0; i < 3; i++) {
        assert_near(effect[i].mean, slope[i], 1e-10);
        assert_near(effect[i].size.value, fabs(slope[i]), 1e-10);
        assert_near(effect[i].size.low, fabs(slope[i]), 1e-10);
        assert_near(effect[i].size.high, fabs(slope[i]), 1e-10);
        assert_near(effect[i].spread, 0, 1e-10);
    }
    end(&trial);
}

/* The effect of x is 4 (y - .5), of levels 0, 1/3, 2/3 and 1 as likely: 0 on average, in size 4/3,
 * with a standard deviation of 2 sqrt(5) / 3. */
static void morris_tells_interactions_from_effects(void **state)
{
    (void)state;
    struct coop_morris_effect effect[3];
    struct trial trial = begin("morris", 4000, product);
    const struct coop_design *design = &trial.planned.design;
    assert_int_equal(coop_morris_effects(design->unit, trial.output, 4000, 3, &usual, effect),
                     COOP_OK);
    for (size_t i = 0; i < 2; i++) {
        assert_near(effect[i].mean, 0, .1);
        assert_near(effect[i].size.value, 4. / 3, .05);
        assert_near(effect[i].spread, 2 * sqrt(5) / 3, .05);
        assert_true(effect[i].size.low < 4. / 3 && effect[i].size.high > 4. / 3);
        assert_true(effect[i].size.low > 1.2 && effect[i].size.high < 1.5);
    }
    assert_near(effect[2].spread, 0, 1e-10);
    end(&trial);
}

static void what_cannot_be_estimated_is_refused(void **state)
{
    (void)state;
    struct coop_sobol_index index[3];
    struct coop_morris_effect effect[3];
    struct trial trial = begin("saltelli", 16, ishigami);
    trial.output[17] = NAN;
    assert_int_equal(coop_sobol_indices(trial.output, 16, 3, &usual, index), COOP_USAGE);
    assert_non_null(strstr(coop_status_message(), "point 17 has no value"));
    assert_int_equal(coop_sobol_indices(trial.output, 3, 3, &usual, index), COOP_OK);
    assert_int_equal(coop_sobol_indices(trial.output, 1, 3, &usual, index), COOP_USAGE);
    assert_int_equal(coop_sobol_indices(trial.output, 3, 3, &(struct coop_bootstrap){0}, index),
                     COOP_INTERNAL);
    assert_int_equal(
        coop_morris_effects(trial.planned.design.unit, trial.output, 3, 3, &usual, effect),
        COOP_USAGE);
    assert_non_null(strstr(coop_status_message(), "no Morris design"));
    end(&trial);
    trial = begin("saltelli", 16, constant);
    assert_int_equal(coop_sobol_indices(trial.output, 16, 3, &usual, index), COOP_USAGE);
    assert_non_null(strstr(coop_status_message(), "no variance"));
    end(&trial);
    trial = begin("morris", 2, linear);
    assert_int_equal(
        coop_morris_effects(trial.planned.design.unit, trial.output, 1, 3, &usual, effect),
        COOP_USAGE);
    trial.output[5] = INFINITY;
    assert_int_equal(
        coop_morris_effects(trial.planned.design.unit, trial.output, 2, 3, &usual, effect),
        COOP_USAGE);
    assert_non_null(strstr(coop_status_message(), "point 5 has no value"));
    end(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ishigami_has_its_indices),
        cmocka_unit_test(a_design_gives_its_indices_and_their_noise),
        cmocka_unit_test(other_designs_are_refused),
        cmocka_unit_test(intervals_shrink_with_the_sample_and_repeat_with_the_seed),
        cmocka_unit_test(an_axis_without_effect_has_none),
        cmocka_unit_test(morris_is_exact_for_a_linear_function),
        cmocka_unit_test(morris_tells_interactions_from_effects),
        cmocka_unit_test(what_cannot_be_estimated_is_refused),
    };
    return cmocka_run_group_tests_name("sensitivity", tests, NULL, NULL);
}
