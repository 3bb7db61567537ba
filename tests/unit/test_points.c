/* coopsim - GPL-3.0-or-later
 *
 * The points of every kind of design: how many, where they lie, in which order, the same always. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/planned.h"

static const char two_axes[] = "  axes:\n"
                               "    - {parameter: voice.know, from: 2, to: 16, steps: 8}\n"
                               "    - {parameter: arrows.twin, values: [none, voiceless]}\n";
static const char three_ranges[] =
    "  axes:\n"
    "    - {parameter: voice.know, from: 0, to: 1}\n"
    "    - {parameter: voice.skill, from: 0.01, to: 10, scale: log}\n"
    "    - {parameter: rotation.weeks, from: 1, to: 5}\n";

static struct planned plan_design(const char *head, const char *axes)
{
    char text[1024];
    snprintf(text, sizeof text, "design:\n%s%s", head, axes);
    return plan_good(text);
}

static void a_factorial_has_all_combinations_in_the_order_of_its_axes(void **state)
{
    (void)state;
    struct planned planned = plan_design("  kind: factorial\n", two_axes);
    assert_int_equal(planned.design.axes, 2);
    assert_int_equal(planned.design.points, 16);
    assert_int_equal(planned.design.runs, 16);
    assert_point(&planned, 0, "2, none");
    assert_point(&planned, 1, "2, voiceless");
    assert_point(&planned, 2, "4, none");
    assert_point(&planned, 15, "16, voiceless");
    for (size_t p = 0; p < 16; p++) {
        assert_true(coop_design_axis_number(&planned.design, 0, p) == (double)(2 + p / 2 * 2));
        assert_true(coop_design_axis_number(&planned.design, 1, p) == (double)(p % 2 * 2));
        assert_true(run_value(&planned, p, "voice.know") == (double)(2 + p / 2 * 2));
        assert_true(run_value(&planned, p, "arrows.twin") == (double)(p % 2 * 2));
    }
    assert_string_equal(coop_design_axis_name(&planned.design, 1), "arrows.twin");
    end_plan(&planned);
}

static void steps_are_what_one_would_write(void **state)
{
    (void)state;
    static const char axes[] =
        "  axes:\n"
        "    - {parameter: voice.know, from: .1, to: 1, steps: 10}\n"
        "    - {parameter: voice.skill, from: .1, to: 10, steps: 10, scale: log}\n"
        "    - {parameter: rotation.weeks, from: 1, to: 1000, steps: 10, scale: log}\n"
        "    - {parameter: tasks.hours, values: [[1, 2], 1, 2, 3, 4, 5, 6, 7, 8, [9]]}\n"
        "    - {parameter: market.pressure, values: [unset, 0, .1, .2, .3, .4, .5, .6, .7, .8]}\n";
    static const char *const expected[] = {
        "0.1, 0.1, 1, [1, 2], unset",     "0.2, 0.16681005372, 2, 1, 0",
        "0.3, 0.278255940221, 5, 2, .1",  "0.4, 0.464158883361, 10, 3, .2",
        "0.5, 0.774263682681, 22, 4, .3", "0.6, 1.29154966501, 46, 5, .4",
        "0.7, 2.15443469003, 100, 6, .5", "0.8, 3.5938136638, 215, 7, .6",
        "0.9, 5.99484250319, 464, 8, .7", "1, 10, 1000, [9], .8"};
    struct planned planned = plan_design("  kind: list\n", axes);
    assert_int_equal(planned.design.points, 10);
    for (size_t p = 0; p < 10; p++) {
        assert_point(&planned, p, expected[p]);
        assert_true(coop_design_axis_number(&planned.design, 3, p) == (double)p);
    }
    assert_true(isnan(run_value(&planned, 0, "market.pressure")));
    assert_true(run_value(&planned, 4, "rotation.weeks") == 22);
    end_plan(&planned);
}

static void one_at_a_time_starts_from_the_configuration(void **state)
{
    (void)state;
    static const char text[] = "voice.know: 5\n"
                               "design:\n"
                               "  kind: one_at_a_time\n"
                               "  axes:\n"
                               "    - {parameter: voice.know, values: [1, 2]}\n"
                               "    - {parameter: rotation.on, values: [on]}\n"
                               "    - {parameter: voice.skill, from: 1, to: 3, steps: 3}\n";
    static const char *const expected[] = {"5, false, 0.3", "1, false, 0.3", "2, false, 0.3",
                                           "5, on, 0.3",    "5, false, 1",   "5, false, 2",
                                           "5, false, 3"};
    struct planned planned = plan_good(text);
    assert_int_equal(planned.design.points, 7);
    for (size_t p = 0; p < 7; p++)
        assert_point(&planned, p, expected[p]);
    assert_true(run_value(&planned, 3, "rotation.on") == 1);
    assert_true(run_value(&planned, 6, "voice.know") == 5);
    assert_true(isnan(coop_design_unit(&planned.design, 0, 0)));
    end_plan(&planned);
}

static void a_latin_hypercube_has_one_point_in_each_part_of_each_axis(void **state)
{
    (void)state;
    enum { POINTS = 50 };
    struct planned planned = plan_design("  kind: latin_hypercube\n  points: 50\n", three_ranges);
    struct planned other =
        plan_design("  kind: latin_hypercube\n  points: 50\n  seed: 2\n", three_ranges);
    size_t alike = 0;
    assert_int_equal(planned.design.points, POINTS);
    for (size_t a = 0; a < 3; a++) {
        bool met[POINTS] = {false};
        for (size_t p = 0; p < POINTS; p++) {
            const double unit = coop_design_unit(&planned.design, a, p);
            const size_t part = (size_t)(unit * POINTS);
            assert_in_range(part, 0, POINTS - 1);
            assert_false(met[part]);
            met[part] = true;
            alike += unit == coop_design_unit(&other.design, a, p);
        }
    }
    assert_int_equal(alike, 0);
    for (size_t p = 0; p < POINTS; p++) {
        const double unit = coop_design_unit(&planned.design, 1, p);
        const double weeks = coop_design_axis_number(&planned.design, 2, p);
        assert_true(fabs(coop_design_axis_number(&planned.design, 0, p) -
                         coop_design_unit(&planned.design, 0, p)) < 1e-12);
        assert_true(fabs(log10(coop_design_axis_number(&planned.design, 1, p)) + 2 - 3 * unit) <
                    1e-9);
        assert_true(weeks == 1 + floor(5 * coop_design_unit(&planned.design, 2, p)));
    }
    end_plan(&planned);
    end_plan(&other);
}

/* The sequence's points 8 to 15 (0.0625 + i / 8 in some order); the first few by hand from its
 * direction numbers. */
static void sobol_takes_an_aligned_block_of_the_sequence(void **state)
{
    (void)state;
    static const double expected[8][2] = {{.1875, .3125}, {.6875, .8125}, {.9375, .0625},
                                          {.4375, .5625}, {.3125, .1875}, {.8125, .6875},
                                          {.5625, .4375}, {.0625, .9375}};
    struct planned planned = plan_design("  kind: sobol\n  points: 8\n", three_ranges);
    assert_int_equal(planned.design.points, 8);
    for (size_t p = 0; p < 8; p++)
        for (size_t a = 0; a < 2; a++)
            assert_true(coop_design_unit(&planned.design, a, p) == expected[p][a]);
    end_plan(&planned);
    planned = plan_design("  kind: sobol\n  points: 6\n", three_ranges);
    for (size_t p = 0; p < 6; p++)
        assert_true(coop_design_unit(&planned.design, 1, p) == expected[p][1]);
    end_plan(&planned);
}

static void morris_moves_along_one_axis_at_a_time(void **state)
{
    (void)state;
    enum { TRAJECTORIES = 40, AXES = 3, LEVELS = 6 };
    struct planned planned =
        plan_design("  kind: morris\n  points: 40\n  levels: 6\n", three_ranges);
    const double delta = LEVELS / (2. * (LEVELS - 1));
    size_t met[LEVELS] = {0}, rises = 0, first_moves[AXES] = {0};
    assert_int_equal(planned.design.points, TRAJECTORIES * (AXES + 1));
    for (size_t p = 0; p < planned.design.points; p++) {
        size_t moved = 0, axis = 0;
        for (size_t a = 0; a < AXES; a++) {
            const double unit = coop_design_unit(&planned.design, a, p);
            const double level = unit * (LEVELS - 1);
            assert_true(fabs(level - round(level)) < 1e-12);
            met[(size_t)round(level)]++;
            if (p % (AXES + 1) == 0 || unit == coop_design_unit(&planned.design, a, p - 1))
                continue;
            const double step = unit - coop_design_unit(&planned.design, a, p - 1);
            assert_true(fabs(fabs(step) - delta) < 1e-12);
            rises += step > 0;
            axis = a;
            moved++;
        }
        assert_int_equal(moved, p % (AXES + 1) == 0 ? 0 : 1);
        first_moves[axis] += p % (AXES + 1) == 1;
    }
    for (size_t l = 0; l < LEVELS; l++)
        assert_in_range(met[l], 50, 110);
    assert_in_range(rises, 40, 80);
    for (size_t a = 0; a < AXES; a++)
        assert_in_range(first_moves[a], 5, 25);
    end_plan(&planned);
}

static void saltelli_has_rows_of_a_b_and_their_mixtures(void **state)
{
    (void)state;
    enum { ROWS = 64, AXES = 3 };
    struct planned planned = plan_design("  kind: saltelli\n  points: 64\n", three_ranges);
    const struct coop_design *design = &planned.design;
    bool met[2 * AXES][ROWS] = {{false}};
    assert_int_equal(design->points, ROWS * (AXES + 2));
    for (size_t row = 0; row < ROWS; row++) {
        const size_t first = row * (AXES + 2);
        for (size_t a = 0; a < AXES; a++) {
            const double in_a = coop_design_unit(design, a, first);
            const double in_b = coop_design_unit(design, a, first + 1);
            for (size_t i = 0; i < AXES; i++)
                assert_true(coop_design_unit(design, a, first + 2 + i) == (i == a ? in_b : in_a));
            met[a][(size_t)(in_a * ROWS)] = true;
            met[AXES + a][(size_t)(in_b * ROWS)] = true;
        }
    }
    for (size_t a = 0; a < 2 * AXES; a++)
        for (size_t row = 0; row < ROWS; row++)
            assert_true(met[a][row]);
    end_plan(&planned);
}

static void choices_take_equal_parts_of_a_sample(void **state)
{
    (void)state;
    size_t count[3] = {0};
    struct planned planned =
        plan_design("  kind: sobol\n  points: 96\n",
                    "  axes: [{parameter: arrows.twin, values: [none, exposure, voiceless]}]\n");
    for (size_t p = 0; p < 96; p++)
        count[(size_t)coop_design_axis_number(&planned.design, 0, p)]++;
    for (size_t i = 0; i < 3; i++)
        assert_in_range(count[i], 31, 33);
    end_plan(&planned);
}

/* FNV-1a over the texts of all values: they are the same on every machine. */
static uint64_t hash_of(const char *head)
{
    struct planned planned = plan_design(head, three_ranges);
    uint64_t hash = UINT64_C(14695981039346656037);
    char text[COOP_AXIS_TEXT_SIZE];
    for (size_t p = 0; p < planned.design.points; p++)
        for (size_t a = 0; a < planned.design.axes; a++)
            for (const char *at = coop_design_axis_text(&planned.design, a, p, text); *at; at++)
                hash = (hash ^ (uint8_t)*at) * UINT64_C(1099511628211);
    end_plan(&planned);
    return hash;
}

static void points_are_the_same_always(void **state)
{
    (void)state;
    static const struct {
        const char *head;
        uint64_t hash;
    } row[] = {
        {"  kind: latin_hypercube\n  points: 20\n", UINT64_C(0xf9bf1d7107b695b8)},
        {"  kind: sobol\n  points: 20\n", UINT64_C(0xb50007cdf89622ad)},
        {"  kind: morris\n  points: 20\n", UINT64_C(0x5ef378e2998a65cc)},
        {"  kind: saltelli\n  points: 20\n", UINT64_C(0x3151850d901c90f3)},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const uint64_t hash = hash_of(row[i].head);
        if (hash != row[i].hash)
            fail_msg("%s has 0x%016llx", row[i].head, (unsigned long long)hash);
    }
}

static void replicates_are_slowest_and_twins_fastest(void **state)
{
    (void)state;
    static const char text[] = "replicates: 3\n"
                               "twins: [exposure]\n"
                               "cases: [{name: a}, {name: b, set: {voice.skill: 2}}]\n"
                               "design:\n"
                               "  kind: factorial\n"
                               "  axes: [{parameter: voice.know, values: [1, 2, 3, 4, 5]}]\n";
    static const char *const name[] = {"a", "a/exposure", "b", "b/exposure"};
    char label[COOP_DESIGN_LABEL_SIZE];
    struct planned planned = plan_good(text);
    assert_int_equal(planned.design.runs, 60);
    assert_int_equal(planned.design.replicates, 3);
    assert_int_equal(planned.design.entries, 4);
    for (size_t r = 0; r < 60; r++) {
        const struct coop_plan plan = coop_design_plan(&planned.design, r);
        assert_int_equal(plan.replicate, r / 20);
        assert_int_equal(plan.point, r / 4 % 5);
        assert_int_equal(plan.case_number, r / 2 % 2);
        assert_int_equal(plan.self, r - r % 2);
        assert_string_equal(plan.name, name[r % 4]);
        assert_int_equal(plan.twin == NULL, r % 2 == 0);
        assert_true(run_value(&planned, r, "voice.know") == (double)(r / 4 % 5 + 1));
        assert_true(run_value(&planned, r, "voice.skill") == (r / 2 % 2 == 1 ? 2 : .3));
        assert_true(run_value(&planned, r, "arrows.twin") == (double)(r % 2));
    }
    assert_string_equal(coop_design_label(&planned.design, 47, label),
                        "b/exposure, point 1, replicate 2");
    end_plan(&planned);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_factorial_has_all_combinations_in_the_order_of_its_axes),
        cmocka_unit_test(steps_are_what_one_would_write),
        cmocka_unit_test(one_at_a_time_starts_from_the_configuration),
        cmocka_unit_test(a_latin_hypercube_has_one_point_in_each_part_of_each_axis),
        cmocka_unit_test(sobol_takes_an_aligned_block_of_the_sequence),
        cmocka_unit_test(morris_moves_along_one_axis_at_a_time),
        cmocka_unit_test(saltelli_has_rows_of_a_b_and_their_mixtures),
        cmocka_unit_test(choices_take_equal_parts_of_a_sample),
        cmocka_unit_test(points_are_the_same_always),
        cmocka_unit_test(replicates_are_slowest_and_twins_fastest),
    };
    return cmocka_run_group_tests_name("points", tests, NULL, NULL);
}
