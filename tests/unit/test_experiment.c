/* coopsim - GPL-3.0-or-later
 *
 * Experiments of a real model: points and replicates share or do not share their draws as they
 * should, the resolved configuration gives the same runs, and the check says each problem once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/engine/expect.h"
#include "sim/engine/registry.h"
#include "sim/engine/run.h"
#include "sim/engine/verify.h"
#include "sim/io/provenance.h"

struct experiment {
    const struct coop_model *model;
    const struct coop_param_table *table[COOP_OWNERS_MAX];
    struct coop_config config;
    struct coop_design design;
    struct coop_problems problems;
    enum coop_status status;
};

static void begin(struct experiment *ret, const char *text)
{
    *ret = (struct experiment){.model = coop_registry_find(coop_registry_best_isa(), "seo")};
    assert_non_null(ret->model);
    coop_config_parse(&ret->config, "x.yaml", text, strlen(text), &ret->problems);
    ret->status = coop_design_init(&ret->design, &ret->config, ret->table,
                                   coop_model_tables(ret->model, ret->table), ret->model->twin,
                                   &ret->problems);
    coop_expect_verify(ret->model, &ret->config, &ret->problems);
    if (ret->status == COOP_OK)
        ret->status = coop_design_verify(ret->model, &ret->design, &ret->problems);
}

static void end(struct experiment *experiment)
{
    coop_design_free(&experiment->design);
    coop_config_free(&experiment->config);
    coop_problems_free(&experiment->problems);
}

static void record_run(const struct experiment *experiment, size_t run, struct coop_record *ret)
{
    struct coop_script script;
    struct coop_run living = {0};
    assert_int_equal(coop_design_script(&experiment->design, run, &script), COOP_OK);
    assert_int_equal(coop_run_init_script(&living, experiment->model, &script,
                                          coop_design_plan(&experiment->design, run).replicate, 1),
                     COOP_OK);
    assert_int_equal(coop_run_record(&living, ret, NULL, NULL), COOP_OK);
    coop_run_free(&living);
    coop_script_free(&script);
}

/* Whether all measures of two records are the same, bit for bit, before a week. A record in that week
 * already tells which counter-mechanisms act. */
static bool same_until(const struct coop_record *a, const struct coop_record *b, int64_t week)
{
    assert_int_equal(a->times, b->times);
    for (size_t m = 0; m < a->measures; m++)
        for (size_t t = 0; t < a->times && a->week[t] < week; t++)
            if (memcmp(&a->pooled[m * a->times + t], &b->pooled[m * a->times + t],
                       sizeof(double)) != 0)
                return false;
    return true;
}

static const char late_rotation[] =
    "model: seo\n"
    "run.weeks: 208\n"
    "economy: {organisations: 6, size: 12}\n"
    "rotation.on: true\n"
    "replicates: 2\n"
    "design:\n"
    "  kind: factorial\n"
    "  axes: [{parameter: rotation.start, values: [52, 104, 100000]}]\n";

/* Records are every 4 weeks; from the start on they tell that rotation acts. */
static void points_are_identical_until_the_intervention(void **state)
{
    (void)state;
    enum { RUNS = 6 };
    struct experiment experiment;
    struct coop_record record[RUNS] = {{0}};
    begin(&experiment, late_rotation);
    assert_int_equal(experiment.design.runs, RUNS);
    for (size_t r = 0; r < RUNS; r++)
        record_run(&experiment, r, &record[r]);
    for (size_t r = 0; r < RUNS; r += 3) {
        assert_true(same_until(&record[r], &record[r + 2], 52));
        assert_false(same_until(&record[r], &record[r + 2], 56));
        assert_true(same_until(&record[r + 1], &record[r + 2], 104));
        assert_false(same_until(&record[r + 1], &record[r + 2], 108));
    }
    for (size_t point = 0; point < 3; point++)
        assert_false(same_until(&record[point], &record[point + 3], 1));
    for (size_t r = 0; r < RUNS; r++)
        coop_record_free(&record[r]);
    end(&experiment);
}

static const char *const kinds[] = {
    "  kind: factorial\n  axes: [{parameter: voice.know, from: 1, to: 3, steps: 3},\n"
    "         {parameter: governance.rule, values: [mean, majority]},\n"
    "         {parameter: economy.size_list, values: [[3, 4], 5]}]\n",
    "  kind: one_at_a_time\n  axes: [{parameter: voice.know, from: 1, to: 3, steps: 3},\n"
    "         {parameter: arrows.autonomy_know, values: [cut]}]\n",
    "  kind: latin_hypercube\n  points: 7\n  seed: 12345\n"
    "  axes: [{parameter: voice.know, from: .1, to: 3, scale: log}]\n",
    "  kind: morris\n  points: 3\n  levels: 6\n  axes: [{parameter: voice.know, from: .1, to: "
    "3}]\n",
    "  kind: saltelli\n  points: 5\n  axes: [{parameter: voice.know, from: .1, to: 3}]\n",
};

static void assert_same_runs(const struct experiment *a, const struct experiment *b)
{
    assert_int_equal(a->design.runs, b->design.runs);
    for (size_t r = 0; r < a->design.runs; r++) {
        const struct coop_plan one = coop_design_plan(&a->design, r);
        const struct coop_plan other = coop_design_plan(&b->design, r);
        struct coop_script script, again;
        assert_string_equal(one.name, other.name);
        assert_int_equal(one.point, other.point);
        assert_int_equal(one.replicate, other.replicate);
        assert_int_equal(coop_design_script(&a->design, r, &script), COOP_OK);
        assert_int_equal(coop_design_script(&b->design, r, &again), COOP_OK);
        assert_true(coop_param_hash(script.set) == coop_param_hash(again.set));
        coop_script_free(&script);
        coop_script_free(&again);
    }
}

static void the_resolved_configuration_gives_the_same_runs(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        char text[1024];
        struct experiment experiment, again;
        struct coop_provenance provenance;
        snprintf(text, sizeof text,
                 "voice.know: 2\nreplicates: 2\ntwins: [exposure]\n"
                 "cases: [{name: a}, {name: b, set: {voice.skill: 2}}]\ndesign:\n%s",
                 kinds[k]);
        begin(&experiment, text);
        coop_problems_print(&experiment.problems, stderr);
        assert_int_equal(experiment.status, COOP_OK);
        assert_int_equal(coop_provenance_init(&provenance, &experiment.config, &experiment.design),
                         COOP_OK);
        begin(&again, provenance.resolved_config);
        coop_problems_print(&again.problems, stderr);
        assert_int_equal(again.status, COOP_OK);
        assert_same_runs(&experiment, &again);
        end(&experiment);
        end(&again);
        coop_provenance_free(&provenance);
    }
}

static void assert_said(const char *text, const char *expected)
{
    struct experiment experiment;
    char *printed = NULL;
    size_t size = 0;
    begin(&experiment, text);
    coop_problems_sort(&experiment.problems);
    FILE *stream = open_memstream(&printed, &size);
    coop_problems_print(&experiment.problems, stream);
    fclose(stream);
    assert_string_equal(printed, expected);
    free(printed);
    end(&experiment);
}

static void a_problem_of_many_points_is_said_once(void **state)
{
    (void)state;
    assert_said("economy: {sizes: lognormal, size_min: 10}\n"
                "design:\n"
                "  kind: sobol\n"
                "  points: 500\n"
                "  axes: [{parameter: economy.size_max, from: 5, to: 50}]\n",
                "x.yaml:1:39: error: economy.size_min 10 is above economy.size_max 5 - raise the "
                "one or lower the other (at economy.size_max 5)\n");
    assert_said("record.every: 8\n"
                "design:\n"
                "  kind: list\n"
                "  axes: [{parameter: run.weeks, values: [16, 20, 24]}]\n",
                "x.yaml:1:15: error: base, point 2 and base, point 1 record different weeks, and "
                "one result file has one time axis - give all the same record.every, and "
                "run.weeks that are multiples of it\n");
}

static void some_rows_are_no_axes(void **state)
{
    (void)state;
    assert_said("design:\n"
                "  kind: factorial\n"
                "  axes:\n"
                "    - {parameter: run.seed, values: [1, 2]}\n"
                "    - {parameter: record.workers, values: [1, 2]}\n",
                "x.yaml:4:19: error: 'run.seed' cannot be an axis: all points share their draws, "
                "so that they differ because of their values alone - use 'replicates'\n"
                "x.yaml:5:19: error: 'record.workers' cannot be an axis: what is recorded is the "
                "same for a whole result file - set it outside of 'design'\n");
    assert_said("replicates: 2\n"
                "expect: [{measure: power_gini, case: base, value: .3, direction: lower}]\n",
                "x.yaml:2:20: error: 'expect' judges one run of each case, and here are "
                "replicates or a design - remove the one or the other\n");
}

/* A design with that many axes, of one value each, the default. */
static char *many_axes(const char *head, size_t axes)
{
    const struct coop_param_table *table[COOP_OWNERS_MAX];
    const struct coop_model *model = coop_registry_find(coop_registry_best_isa(), "seo");
    const size_t tables = coop_model_tables(model, table);
    struct coop_param_set defaults;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_int_equal(coop_param_init(&defaults, table, tables), COOP_OK);
    fprintf(stream, "design:\n%s  axes:\n", head);
    for (size_t t = 0; t < tables; t++)
        for (size_t r = 0; r < table[t]->rows && axes > 0; r++) {
            char value[64];
            if (table[t]->row[r].type != COOP_PARAM_REAL)
                continue;
            coop_param_format(&defaults, table[t]->row[r].name, value, sizeof value);
            fprintf(stream, "    - {parameter: %s, values: [%s]}\n", table[t]->row[r].name, value);
            axes--;
        }
    assert_int_equal(axes, 0);
    coop_param_free(&defaults);
    fclose(stream);
    return text;
}

static void a_sequence_has_so_many_dimensions(void **state)
{
    (void)state;
    static const struct {
        const char *head, *start;
        size_t most;
    } row[] = {
        {"  kind: sobol\n  points: 4\n",
         "41 axes, and a sobol design has at most 40 (GSL's sequence has 40 dimensions) - take "
         "fewer, or a latin_hypercube",
         40},
        {"  kind: saltelli\n  points: 4\n",
         "21 axes, and a saltelli design has at most 20 (GSL's sequence has 40 dimensions) - take "
         "fewer, or a morris design first",
         20},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct experiment experiment;
        char *text = many_axes(row[i].head, row[i].most);
        begin(&experiment, text);
        assert_int_equal(experiment.status, COOP_OK);
        end(&experiment);
        free(text);
        text = many_axes(row[i].head, row[i].most + 1);
        begin(&experiment, text);
        assert_int_equal(experiment.problems.count, 1);
        assert_string_equal(experiment.problems.item[0].text, row[i].start);
        assert_int_equal(experiment.problems.item[0].place.line, 5 + row[i].most);
        end(&experiment);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_are_identical_until_the_intervention),
        cmocka_unit_test(the_resolved_configuration_gives_the_same_runs),
        cmocka_unit_test(a_problem_of_many_points_is_said_once),
        cmocka_unit_test(some_rows_are_no_axes),
        cmocka_unit_test(a_sequence_has_so_many_dimensions),
    };
    return cmocka_run_group_tests_name("experiment", tests, NULL, NULL);
}
