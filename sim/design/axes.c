/* coopsim - GPL-3.0-or-later
 *
 * The axes of a design against the rows of the parameters: whether each names a row, whether all its
 * values are in the row's range, and whether nothing else sets the same row. */
#include "sim/design/points.h"

#include "sim/param/assign.h"
#include "sim/param/row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The axis being looked at. */
struct look {
    const struct coop_design *design;
    const struct coop_config *config;
    const struct coop_axis *plan;
    const struct coop_param *row;
    struct coop_problems *problems;
};

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the axes of the design");
}

static void check_text(const struct look *look, const char *text, struct coop_place place)
{
    struct coop_fault fault;
    if (coop_row_check(look->row, text, 0, &fault))
        return;
    coop_row_fail(look->row, &fault);
    coop_problems_add(look->problems, place, "%s", coop_status_message());
}

static bool same_value(const struct look *look, const char *text, const char *other)
{
    double a, b;
    struct coop_fault fault;
    if (coop_row_is_list(look->row))
        return strcmp(text, other) == 0;
    return coop_row_read(look->row, text, &a, &fault) &&
           coop_row_read(look->row, other, &b, &fault) && a == b;
}

/* In a list a value may come again, beside another one of another axis. */
static void check_values(const struct look *look)
{
    const struct coop_axis *plan = look->plan;
    const enum coop_scheme_kind kind = look->design->kind;
    for (size_t v = 0; v < plan->values; v++) {
        check_text(look, plan->value[v], plan->value_place[v]);
        for (size_t w = 0; w < v && kind != COOP_LIST && kind != COOP_NO_SCHEME; w++) {
            if (!same_value(look, plan->value[w], plan->value[v]))
                continue;
            coop_problems_add(look->problems, plan->value_place[v],
                              "the value '%s' a second time, first at %s:%zu:%zu - keep one",
                              coop_show(plan->value[v]).text, plan->value_place[w].file,
                              plan->value_place[w].line, plan->value_place[w].column);
            break;
        }
    }
}

static void check_range(const struct look *look)
{
    const struct coop_axis *plan = look->plan;
    char text[COOP_REAL_TEXT_SIZE];
    if (look->row->type != COOP_PARAM_REAL && look->row->type != COOP_PARAM_INTEGER) {
        coop_problems_add(look->problems, plan->from_place,
                          "'%s' is no number and has no range - list its 'values'",
                          look->row->name);
        return;
    }
    check_text(look, coop_real_text(plan->from, text), plan->from_place);
    check_text(look, coop_real_text(plan->to, text), plan->to_place);
    if (look->row->type == COOP_PARAM_INTEGER && plan->steps > 0 &&
        (double)plan->steps > plan->to - plan->from + 1)
        coop_problems_add(look->problems, plan->steps_place,
                          "%lld steps, and there are only %.0f whole numbers from %.0f to %.0f - "
                          "take fewer",
                          (long long)plan->steps, plan->to - plan->from + 1, plan->from, plan->to);
}

static void refuse_set(const struct look *look, const struct coop_assignment *item,
                       const char *where)
{
    char place[1024];
    if (item->key.line > 0)
        snprintf(place, sizeof place, "%s at %s:%zu:%zu", where, item->key.file, item->key.line,
                 item->key.column);
    else
        snprintf(place, sizeof place, "%s=%s", where, coop_show(item->text).text);
    coop_problems_add(look->problems, look->plan->place,
                      "'%s' is an axis and is also set by %s, so that it is unclear which wins - "
                      "keep one of the two",
                      look->plan->parameter, place);
}

static void check_set(const struct look *look, const struct coop_assignments *set,
                      const char *where)
{
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->item[i].path, look->plan->parameter) == 0)
            refuse_set(look, &set->item[i], where);
}

static void check_mix(const struct look *look, const struct coop_mix *mix)
{
    for (size_t r = 0; r < mix->count; r++)
        check_set(look, &mix->item[r].set, "a regime's 'set'");
}

static void check_schedule(const struct look *look, const struct coop_schedule *schedule)
{
    for (size_t i = 0; i < schedule->count; i++)
        check_set(look, &schedule->item[i].set, "the schedule");
}

/* The configuration's own values and those of a regime's file are what an axis is there to replace;
 * whatever else sets its parameter was meant to last. */
static void check_others(const struct look *look)
{
    const struct coop_config *config = look->config;
    char where[256];
    snprintf(where, sizeof where, "--set %s", coop_show(look->plan->parameter).text);
    check_set(look, &config->override, where);
    check_mix(look, &config->mix);
    check_schedule(look, &config->schedule);
    for (size_t c = 0; c < config->cases; c++) {
        snprintf(where, sizeof where, "the case '%s'", config->item[c].name);
        check_set(look, &config->item[c].set, where);
        check_mix(look, &config->item[c].mix);
        check_schedule(look, &config->item[c].schedule);
    }
    if (config->twins > 0 && look->design->twin_row &&
        strcmp(look->design->twin_row, look->plan->parameter) == 0)
        coop_problems_add(look->problems, look->plan->place,
                          "'%s' is an axis, and 'twins' at %s:%zu:%zu sets it beside every case - "
                          "keep one of the two",
                          look->plan->parameter, config->twin_place[0].file,
                          config->twin_place[0].line, config->twin_place[0].column);
}

/* What would make the points of a design incomparable. */
static void check_row(const struct look *look)
{
    if (strcmp(look->row->name, "run.seed") == 0)
        coop_problems_add(look->problems, look->plan->place,
                          "'run.seed' cannot be an axis: all points share their draws, so that "
                          "they differ because of their values alone - use 'replicates'");
    else if (strncmp(look->row->name, "record.", 7) == 0)
        coop_problems_add(look->problems, look->plan->place,
                          "'%s' cannot be an axis: what is recorded is the same for a whole result "
                          "file - set it outside of 'design'",
                          look->row->name);
}

static bool is_again(const struct look *look, size_t a)
{
    const struct coop_axis *axis = look->config->scheme.axis;
    for (size_t other = 0; other < a; other++) {
        if (strcmp(axis[other].parameter, axis[a].parameter) != 0)
            continue;
        coop_problems_add(look->problems, axis[a].place,
                          "a second axis '%s', first at %s:%zu:%zu - keep one of the two",
                          coop_show(axis[a].parameter).text, axis[other].place.file,
                          axis[other].place.line, axis[other].place.column);
        return true;
    }
    return false;
}

static void check_axis(struct look *look, size_t a, const struct coop_param_set *defaults)
{
    if (*look->plan->parameter == '\0' || is_again(look, a))
        return;
    if (!look->row) {
        coop_assign_unknown(look->plan->parameter, defaults, look->plan->place, look->plan->place,
                            look->problems);
        return;
    }
    check_row(look);
    check_others(look);
    if (look->plan->values > 0)
        check_values(look);
    else if (look->plan->ranged)
        check_range(look);
}

static enum coop_status add_base(struct coop_design_axis *axis, const struct coop_design *design)
{
    const struct coop_place place = axis->plan->place;
    const struct coop_param_set *set = design->script[0].set;
    const int length = coop_param_format(set, axis->row->name, NULL, 0);
    axis->base = malloc((size_t)length + 1);
    if (!axis->base)
        return no_memory();
    coop_param_format(set, axis->row->name, axis->base, (size_t)length + 1);
    if (asprintf(&axis->origin, "%s:%zu:%zu", place.file, place.line, place.column) < 0) {
        axis->origin = NULL;
        return no_memory();
    }
    return COOP_OK;
}

void coop_axes_drop(struct coop_design *design)
{
    for (; design->axes > 0; design->axes--) {
        free(design->axis[design->axes - 1].base);
        free(design->axis[design->axes - 1].origin);
    }
}

enum coop_status coop_axes_init(struct coop_design *design, const struct coop_config *config,
                                const struct coop_param_set *defaults,
                                struct coop_problems *problems)
{
    const struct coop_scheme *scheme = &config->scheme;
    design->axis = calloc(scheme->axes + 1, sizeof *design->axis);
    if (!design->axis)
        return no_memory();
    for (size_t a = 0; a < scheme->axes; a++) {
        const struct coop_axis *plan = &scheme->axis[a];
        struct look look = {.design = design,
                            .config = config,
                            .plan = plan,
                            .row = coop_param_find(defaults, plan->parameter, NULL),
                            .problems = problems};
        check_axis(&look, a, defaults);
        design->axis[design->axes++] = (struct coop_design_axis){.plan = plan, .row = look.row};
        if (look.row)
            COOP_TRY(add_base(&design->axis[a], design));
    }
    return COOP_OK;
}
