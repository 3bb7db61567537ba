/* coopsim - GPL-3.0-or-later
 *
 * Phase diagrams: level curves that are known, and the values of a grid in the order of its axes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sim/phase/curve.h"
#include "sim/phase/phase.h"
#include "tests/unit/planned.h"

#include <math.h>

static void assert_near(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.12f is not %.12f within %g", value, expected, tolerance);
}

static double circle(void *context, double x, double y)
{
    (void)context;
    return ((x - .52) * (x - .52) + (y - .47) * (y - .47)) / .09;
}

/* Two branches that come near each other in the middle of a mesh. */
static double saddle(void *context, double x, double y)
{
    return 1 + (x - .5) * (y - .5) + *(const double *)context;
}

static double nowhere(void *context, double x, double y)
{
    (void)context;
    return x > .5 ? (double)NAN : 2 + y;
}

static void a_circle_is_closed_and_round(void **state)
{
    (void)state;
    const struct coop_plane plane = {circle, NULL, 65};
    struct coop_curve_segment *segment;
    size_t segments;
    double low, high, length = 0;
    assert_int_equal(coop_curve_find(&plane, &segment, &segments, &low, &high), COOP_OK);
    assert_near(low, 0, 1e-2);
    for (size_t s = 0; s < segments; s++) {
        const struct coop_curve_segment *piece = &segment[s];
        length += hypot(piece->x[1] - piece->x[0], piece->y[1] - piece->y[0]);
        for (size_t end = 0; end < 2; end++) {
            size_t shared = 0;
            assert_near(hypot(piece->x[end] - .52, piece->y[end] - .47), .3, 1e-10);
            for (size_t other = 0; other < 2 * segments; other++)
                shared += segment[other / 2].x[other % 2] == piece->x[end] &&
                          segment[other / 2].y[other % 2] == piece->y[end];
            assert_int_equal(shared, 2);
        }
    }
    assert_near(length, 2 * 3.14159265 * .3, 1e-3);
    free(segment);
}

/* With an even number of lines the middle of the saddle is the middle of a mesh: of its four crossings
 * those on the same branch are joined, which lie on the same side of the middle. */
static void branches_are_not_mixed_up(void **state)
{
    (void)state;
    for (double shift = -1e-5; shift <= 1e-5; shift += 2e-5) {
        const struct coop_plane plane = {saddle, &shift, 64};
        struct coop_curve_segment *segment;
        size_t segments;
        double low, high;
        assert_int_equal(coop_curve_find(&plane, &segment, &segments, &low, &high), COOP_OK);
        assert_true(segments > 100);
        for (size_t s = 0; s < segments; s++)
            assert_true((segment[s].x[0] < .5) == (segment[s].x[1] < .5));
        free(segment);
    }
}

static void without_values_there_is_no_curve(void **state)
{
    (void)state;
    const struct coop_plane plane = {nowhere, NULL, 9};
    struct coop_curve_segment *segment;
    size_t segments;
    double low, high;
    assert_int_equal(coop_curve_find(&plane, &segment, &segments, &low, &high), COOP_OK);
    assert_int_equal(segments, 0);
    assert_near(low, 2, 1e-12);
    assert_near(high, 3, 1e-12);
    free(segment);
}

/* Its curve is know = 10 / weeks. */
static double gain(const struct coop_param_set *set)
{
    return coop_param_real(set, "voice.know") * coop_param_real(set, "voice.skill") / 10;
}

static const struct coop_stability stability = {.inequality = "x", .locked = "y", .gain = gain};
static const struct coop_model model = {.name = "test", .stability = &stability};

static void a_grid_is_averaged_and_put_in_order(void **state)
{
    (void)state;
    struct planned planned = plan_good("replicates: 2\n"
                                       "cases: [{name: a}, {name: b}]\n"
                                       "design:\n  kind: factorial\n  axes:\n"
                                       "    - {parameter: voice.know, values: [8, 2, 4]}\n"
                                       "    - {parameter: voice.skill, from: 1, to: 16, steps: 5, "
                                       "scale: log}\n");
    const struct coop_design *design = &planned.design;
    double *value = calloc(design->runs, sizeof *value);
    struct coop_phase phase;
    for (size_t run = 0; run < design->runs; run++) {
        const struct coop_plan plan = coop_design_plan(design, run);
        value[run] = 100 * (double)plan.case_number + 2 * (double)plan.replicate +
                     coop_design_axis_number(design, 0, plan.point) +
                     coop_design_axis_number(design, 1, plan.point) / 100;
    }
    assert_int_equal(coop_phase_find(&model, design, 1, value, NULL, &phase), COOP_OK);
    assert_string_equal(phase.entry, "b");
    assert_int_equal(phase.columns, 3);
    assert_int_equal(phase.rows, 5);
    assert_true(phase.y_logarithmic && !phase.x_logarithmic);
    for (size_t row = 0; row < 5; row++)
        for (size_t column = 0; column < 3; column++) {
            const struct coop_phase_cell *cell = &phase.cell[row * 3 + column];
            assert_near(phase.x[column], (double)(2 << column), 0);
            assert_near(phase.y[row], (double)(1 << row), 1e-12);
            assert_near(cell->value, 101 + phase.x[column] + phase.y[row] / 100, 1e-12);
            assert_near(cell->error, 1, 1e-12);
            assert_near(cell->gain, phase.x[column] * phase.y[row] / 10, 1e-12);
            assert_true(isnan(cell->locked));
        }
    assert_true(phase.segments > 60);
    for (size_t s = 0; s < phase.segments; s++)
        for (size_t end = 0; end < 2; end++)
            assert_near(phase.segment[s].x[end] * phase.segment[s].y[end], 10, 1e-7);
    coop_phase_free(&phase);
    free(value);
    end_plan(&planned);
}

static void one_replicate_has_no_error_and_no_law_no_curve(void **state)
{
    (void)state;
    static const struct coop_model lawless = {.name = "test"};
    struct planned planned = plan_good("design:\n  kind: factorial\n  axes:\n"
                                       "    - {parameter: voice.know, values: [2, 8]}\n"
                                       "    - {parameter: rotation.weeks, values: [1, 20]}\n");
    const double value[] = {1, 2, 3, NAN}, locked[] = {0, 0, 1, 1};
    struct coop_phase phase;
    assert_int_equal(coop_phase_find(&lawless, &planned.design, 0, value, locked, &phase), COOP_OK);
    assert_near(phase.cell[1].value, 3, 0);
    assert_near(phase.cell[1].locked, 1, 0);
    assert_true(isnan(phase.cell[1].error) && isnan(phase.cell[1].gain));
    assert_true(isnan(phase.cell[3].value) && isnan(phase.gain_low));
    assert_int_equal(phase.segments, 0);
    coop_phase_free(&phase);
    end_plan(&planned);
}

static void assert_no_plane(const char *design, const char *problem)
{
    struct planned planned = plan_good(design);
    coop_phase_verify(&planned.config, &planned.design, &planned.problems);
    assert_true(planned.problems.count > 0);
    if (strstr(planned.problems.item[0].text, problem) == NULL)
        fail_msg("%s", planned.problems.item[0].text);
    end_plan(&planned);
}

static void what_is_no_plane_is_told(void **state)
{
    (void)state;
#define FACTORIAL "design:\n  kind: factorial\n  axes:\n"
    assert_no_plane("voice.know: 3\n", "needs a design");
    assert_no_plane("design: {kind: list, axes: [{parameter: voice.know, values: [1, 2]}]}\n",
                    "and a list design has not");
    assert_no_plane(FACTORIAL "    - {parameter: voice.know, values: [1, 2]}\n",
                    "here is 1 - add another");
    assert_no_plane(FACTORIAL "    - {parameter: voice.know, values: [1, 2]}\n"
                              "    - {parameter: voice.skill, values: [1, 2]}\n"
                              "    - {parameter: rotation.weeks, values: [1, 2]}\n",
                    "here are 3 - make the others' values cases");
    assert_no_plane(FACTORIAL "    - {parameter: voice.know, values: [1, 2]}\n"
                              "    - {parameter: arrows.twin, values: [none, exposure]}\n",
                    "'arrows.twin' is no number");
    assert_no_plane(FACTORIAL "    - {parameter: voice.know, values: [1]}\n"
                              "    - {parameter: voice.skill, values: [1, 2]}\n",
                    "'voice.know' has one value only");
    assert_no_plane(FACTORIAL "    - {parameter: market.pressure, values: [unset, .5]}\n"
                              "    - {parameter: voice.skill, values: [1, 2]}\n",
                    "'market.pressure' is unset");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_circle_is_closed_and_round),
        cmocka_unit_test(branches_are_not_mixed_up),
        cmocka_unit_test(without_values_there_is_no_curve),
        cmocka_unit_test(a_grid_is_averaged_and_put_in_order),
        cmocka_unit_test(one_replicate_has_no_error_and_no_law_no_curve),
        cmocka_unit_test(what_is_no_plane_is_told),
    };
    return cmocka_run_group_tests_name("phase diagrams", tests, NULL, NULL);
}
