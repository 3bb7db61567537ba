/* coopsim - GPL-3.0-or-later
 *
 * Designs of arrows, of every model that has any: their points, their orders, their errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "sim/design/arrows.h"
#include "sim/engine/registry.h"

#include <stdlib.h>
#include <string.h>

struct planned {
    struct coop_config config;
    const struct coop_param_table *table[COOP_OWNERS_MAX];
    struct coop_design design;
    struct coop_problems problems;
    enum coop_status status;
};

static const struct coop_model *seo(void)
{
    return coop_registry_find("baseline", "seo");
}

static void plan(struct planned *ret, const struct coop_model *model, const char *text)
{
    *ret = (struct planned){0};
    coop_config_parse(&ret->config, "x.yaml", text, strlen(text), &ret->problems);
    assert_int_equal(coop_arrows_resolve(&ret->config, model, &ret->problems), COOP_OK);
    const size_t tables = coop_model_tables(model, ret->table);
    ret->status = coop_design_init(&ret->design, &ret->config, ret->table, tables, model->twin,
                                   &ret->problems);
    if (ret->status == COOP_OK)
        coop_arrows_verify(&ret->config, &ret->design, &ret->problems);
}

static void end(struct planned *planned)
{
    coop_design_free(&planned->design);
    coop_config_free(&planned->config);
    coop_problems_free(&planned->problems);
}

static void few_arrows_have_all_sets(void **state)
{
    (void)state;
    struct planned planned;
    plan(&planned, seo(),
         "design:\n  kind: arrows\n  arrows: [know_voice, arrows.job_skill, skill_jobs]\n");
    const struct coop_design *design = &planned.design;
    assert_int_equal(planned.problems.count, 0);
    assert_int_equal(design->points, 8);
    assert_int_equal(design->orders, 0);
    assert_string_equal(coop_design_axis_name(design, 0), "arrows.know_voice");
    for (uint32_t p = 0; p < 8; p++) {
        struct coop_script script;
        assert_int_equal(design->cut[p], p);
        assert_int_equal(coop_design_script(design, p, &script), COOP_OK);
        for (size_t a = 0; a < 3; a++)
            assert_true(coop_param_real(script.set, coop_design_axis_name(design, a)) ==
                        (double)(p >> a & 1u));
        assert_true(coop_param_real(script.set, "arrows.rank_voice") == 0);
        coop_script_free(&script);
    }
    end(&planned);
}

static bool has_point(const struct coop_design *design, uint32_t cut)
{
    for (size_t p = 0; p < design->points; p++)
        if (design->cut[p] == cut)
            return true;
    return false;
}

/* Every order is a permutation, its partner the reverse, and every set on the way a point. */
static void assert_orders(const struct coop_design *design)
{
    const size_t arrows = design->axes;
    for (size_t o = 0; o < design->orders; o++) {
        const uint8_t *order = design->order + o * arrows;
        const uint8_t *partner = design->order + (o ^ 1u) * arrows;
        uint32_t cut = 0;
        for (size_t i = 0; i < arrows; i++) {
            assert_true(has_point(design, cut));
            assert_false(cut >> order[i] & 1u);
            assert_int_equal(order[i], partner[arrows - 1 - i]);
            cut |= UINT32_C(1) << order[i];
        }
        assert_int_equal(cut, (1u << arrows) - 1);
    }
}

static void without_names_the_return_arrows_are_cut_in_orders(void **state)
{
    (void)state;
    struct planned planned, other;
    plan(&planned, seo(), "design: {kind: arrows}");
    const struct coop_design *design = &planned.design;
    size_t returns = 0;
    for (const struct coop_arrow *arrow = seo()->arrows; arrow->row != NULL; arrow++)
        returns += arrow->returns;
    assert_int_equal(planned.problems.count, 0);
    assert_int_equal(design->axes, returns);
    assert_int_equal(design->orders, COOP_ORDERS);
    for (size_t p = 1; p < design->points; p++)
        assert_true(design->cut[p - 1] < design->cut[p]);
    assert_orders(design);
    for (size_t a = 0; a < design->axes; a++) {
        assert_true(has_point(design, 1u << a));
        assert_true(has_point(design, ((1u << design->axes) - 1) & ~(1u << a)));
    }
    plan(&other, seo(), "design: {kind: arrows, orders: 64, seed: 2}");
    assert_int_equal(other.design.orders, 64);
    assert_orders(&other.design);
    assert_memory_not_equal(design->order, other.design.order, design->axes);
    end(&planned);
    end(&other);
}

/* Cut one by one, the return arrows are what the twin cuts: the last point is its exposure twin. */
static void every_arrow_is_a_choice_of_two(void **state)
{
    (void)state;
    for (size_t m = 0; coop_registry_model("baseline", m) != NULL; m++) {
        const struct coop_model *model = coop_registry_model("baseline", m);
        for (const struct coop_arrow *arrow = model->arrows; arrow != NULL && arrow->row != NULL;
             arrow++) {
            char text[256];
            struct planned planned;
            snprintf(text, sizeof text, "model: %s\ndesign: {kind: arrows, arrows: %s}",
                     model->name, coop_arrow_name(arrow->row));
            plan(&planned, model, text);
            assert_int_equal(planned.problems.count, 0);
            assert_int_equal(planned.design.points, 2);
            assert_int_equal(coop_design_axis_values(&planned.design, 0), 2);
            end(&planned);
        }
    }
}

static void assert_problems(const char *text, const char *expected)
{
    struct planned planned;
    char *printed = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&printed, &size);
    plan(&planned, seo(), text);
    coop_problems_sort(&planned.problems);
    coop_problems_print(&planned.problems, stream);
    fclose(stream);
    assert_string_equal(printed, expected);
    free(printed);
    end(&planned);
}

static void errors_have_their_place_and_a_remedy(void **state)
{
    (void)state;
    assert_problems("design: {kind: arrows, arrows: [autonomy_knwo, xyz]}",
                    "x.yaml:1:33: error: unknown arrow 'autonomy_knwo' - did you mean "
                    "'autonomy_know'?\n"
                    "x.yaml:1:48: error: unknown arrow 'xyz' - the arrows are job_skill, "
                    "autonomy_know, skill_voice, know_voice, rank_voice, office_voice, "
                    "standing_autonomy, standing_attend, standing_jobs, power_org, skill_jobs, "
                    "autonomy_attend, power_solidarity\n");
    assert_problems("design: {kind: arrows, arrows: []}",
                    "x.yaml:1:32: error: 'arrows' takes a list of 1 to 30 names, as in "
                    "[autonomy_know]\n");
    assert_problems("design: {kind: arrows, arrows: [power_org, power_org]}",
                    "x.yaml:1:44: error: the arrow 'power_org' a second time, first at "
                    "x.yaml:1:33 - keep one\n");
    assert_problems("design: {kind: arrows, arrows: [power_org, arrows.power_org]}",
                    "x.yaml:1:44: error: a second axis 'arrows.power_org', first at x.yaml:1:33 - "
                    "keep one of the two\n");
    assert_problems("design: {kind: arrows, orders: 7}",
                    "x.yaml:1:32: error: 7 orders: they are drawn in pairs, each with its reverse "
                    "- give 8\n");
    assert_problems("design: {kind: arrows, arrows: [power_org], orders: 8}",
                    "x.yaml:1:53: error: of up to 7 arrows all 2 sets are run and no orders drawn "
                    "- remove 'orders'\n");
    assert_problems("design: {kind: arrows, points: 8}",
                    "x.yaml:1:32: error: the points of an arrows design follow from its arrows - "
                    "remove 'points'\n");
}

static void what_contradicts_the_design_is_refused(void **state)
{
    (void)state;
    assert_problems("twins: [exposure]\ndesign: {kind: arrows}",
                    "x.yaml:1:9: error: 'twins' beside a design of arrows, which has the point "
                    "where all of them are cut itself - remove 'twins'\n");
    assert_problems("arrows.twin: exposure\ndesign: {kind: arrows}",
                    "x.yaml:2:1: error: a design of arrows, and the case 'base' is a twin itself - "
                    "remove its 'arrows.twin'\n");
    assert_problems("design:\n  kind: arrows\n  axes: [{parameter: voice.know, values: [1, 2]}]",
                    "x.yaml:3:9: error: a design of arrows has no other axes - remove 'axes', and "
                    "write what is to be varied besides as cases\n");
    assert_problems("design:\n  kind: list\n  arrows: [power_org]\n"
                    "  axes: [{parameter: voice.know, values: [1, 2]}]",
                    "x.yaml:3:11: error: only a design of kind arrows has 'arrows' - remove it, or "
                    "give 'kind: arrows' instead of the axes\n");
    assert_problems("cases: [{name: a, set: {arrows.power_org: cut}}]\ndesign: {kind: arrows, "
                    "arrows: power_org}",
                    "x.yaml:2:32: error: 'arrows.power_org' is an axis and is also set by the case "
                    "'a' at x.yaml:1:25, so that it is unclear which wins - keep one of the two\n");
}

static void a_configuration_without_design_gets_one(void **state)
{
    (void)state;
    static const char text[] = "twins: [exposure]\nexpect: [{measure: power_gini, case: base, "
                               "against: twin, direction: higher}]\n";
    struct planned planned = {0};
    coop_config_parse(&planned.config, "x.yaml", text, strlen(text), &planned.problems);
    assert_int_equal(planned.problems.count, 0);
    coop_arrows_begin(&planned.config);
    assert_int_equal(planned.config.scheme.kind, COOP_ARROWS);
    assert_int_equal(planned.config.twins, 0);
    assert_int_equal(planned.config.expectations, 0);
    coop_arrows_begin(&planned.config);
    end(&planned);
    plan(&planned, seo(), "design: {kind: arrows, arrows: power_org}");
    coop_arrows_begin(&planned.config);
    assert_int_equal(planned.config.scheme.axes, 1);
    end(&planned);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_arrows_have_all_sets),
        cmocka_unit_test(without_names_the_return_arrows_are_cut_in_orders),
        cmocka_unit_test(every_arrow_is_a_choice_of_two),
        cmocka_unit_test(errors_have_their_place_and_a_remedy),
        cmocka_unit_test(what_contradicts_the_design_is_refused),
        cmocka_unit_test(a_configuration_without_design_gets_one),
    };
    return cmocka_run_group_tests_name("designs of arrows", tests, NULL, NULL);
}
