/* coopsim - GPL-3.0-or-later
 *
 * From a configuration to its runs: replicates of points, at each of them every case followed by its
 * twins. */
#include "sim/design/points.h"
#include "sim/param/row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What all runs are made of. */
struct plan {
    const struct coop_config *config;
    struct coop_param_set defaults;
    struct coop_problems *problems;
};

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the runs");
}

/* The first choice is the case itself and so no twin. */
static void check_twin(const struct plan *plan, const struct coop_param *row, size_t t)
{
    const struct coop_place place = plan->config->twin_place[t];
    const char *twin = plan->config->twin[t];
    struct coop_fault fault;
    double choice;
    if (!coop_row_check(row, twin, 0, &fault)) {
        coop_row_fail(row, &fault);
        coop_problems_add(plan->problems, place, "%s", coop_status_message());
    } else if (coop_row_read(row, twin, &choice, &fault) && choice == 0) {
        coop_problems_add(plan->problems, place, "'%s' is no twin but the case itself - remove it",
                          twin);
    }
}

/* A twin at fault leaves the design without any. */
static enum coop_status check_twins(const struct plan *plan, struct coop_design *design)
{
    const struct coop_config *config = plan->config;
    const size_t before = plan->problems->count;
    const char *twin_row = design->twin_row;
    const struct coop_param *row =
        twin_row ? coop_param_find(&plan->defaults, twin_row, NULL) : NULL;
    if (twin_row && (!row || row->type != COOP_PARAM_CHOICE))
        return COOP_FAIL(COOP_INTERNAL, "'%s' is no choice row", twin_row);
    if (config->twins > 0 && !row)
        coop_problems_add(plan->problems, config->twin_place[0],
                          "the model '%s' has no twins - remove 'twins'", config->model);
    for (size_t t = 0; row && t < config->twins; t++)
        check_twin(plan, row, t);
    design->twins = plan->problems->count == before ? config->twins : 0;
    return COOP_OK;
}

/* A case that is already a twin would be compared with itself. */
static void check_case(const struct plan *plan, const struct coop_design *design, size_t c)
{
    const struct coop_script *script = &design->script[c];
    for (size_t i = 0; design->twins > 0 && i < script->epochs * script->regimes; i++) {
        if (coop_param_real(&script->set[i], design->twin_row) == 0)
            continue;
        const char *origin = coop_param_origin(&script->set[i], design->twin_row);
        coop_problems_add(plan->problems, plan->config->twin_place[0],
                          "'twins' beside the case '%s', which is a twin itself (%s) - remove one "
                          "of the two",
                          plan->config->item[c].name, origin ? origin : "by default");
        return;
    }
}

static enum coop_status add_cases(const struct plan *plan, struct coop_design *design)
{
    design->cases = plan->config->cases;
    design->script = calloc(design->cases + 1, sizeof *design->script);
    if (!design->script)
        return no_memory();
    for (size_t c = 0; c < design->cases; c++) {
        COOP_TRY(coop_script_init(&design->script[c], plan->config, &plan->config->item[c],
                                  &plan->defaults, plan->problems));
        check_case(plan, design, c);
    }
    return COOP_OK;
}

static enum coop_status add_names(const struct plan *plan, struct coop_design *design)
{
    const struct coop_config *config = plan->config;
    design->twin = config->twin;
    design->entries = design->cases * (1 + design->twins);
    design->name = calloc(design->entries + 1, sizeof *design->name);
    design->twin_origin = calloc(design->twins + 1, sizeof *design->twin_origin);
    if (!design->name || !design->twin_origin)
        return no_memory();
    for (size_t e = 0; e < design->entries; e++) {
        const size_t t = e % (1 + design->twins);
        const char *name = config->item[e / (1 + design->twins)].name;
        if (asprintf(&design->name[e], "%s%s%s", name, t > 0 ? "/" : "",
                     t > 0 ? config->twin[t - 1] : "") < 0) {
            design->name[e] = NULL;
            return no_memory();
        }
    }
    for (size_t t = 0; t < design->twins; t++) {
        const struct coop_place place = config->twin_place[t];
        if (asprintf(&design->twin_origin[t], "%s:%zu:%zu", place.file, place.line, place.column) <
            0) {
            design->twin_origin[t] = NULL;
            return no_memory();
        }
    }
    return COOP_OK;
}

/* Said before anything of that size is made. */
static bool check_count(const struct plan *plan, const struct coop_design *design, double points)
{
    const struct coop_scheme *scheme = &plan->config->scheme;
    const double runs = (double)design->replicates * points * (double)design->entries;
    if (runs <= COOP_RUNS_MAX)
        return true;
    coop_problems_add(plan->problems,
                      scheme->place.file ? scheme->place
                                         : (struct coop_place){plan->config->file, 0, 0},
                      "%.0f runs (%zu replicates of %.0f points of %zu), and an experiment has at "
                      "most %d - take fewer replicates or points",
                      runs, design->replicates, points, design->entries, COOP_RUNS_MAX);
    return false;
}

static enum coop_status build(const struct plan *plan, struct coop_design *design)
{
    const size_t before = plan->problems->count;
    double points;
    COOP_TRY(check_twins(plan, design));
    COOP_TRY(add_cases(plan, design));
    COOP_TRY(add_names(plan, design));
    COOP_TRY(coop_axes_init(design, plan->config, &plan->defaults, plan->problems));
    /* Of a design at fault the axes have been looked at, and what is without it can be checked. */
    if (design->kind == COOP_NO_SCHEME)
        coop_axes_drop(design);
    if (design->kind == COOP_ARROWS)
        COOP_TRY(coop_points_arrows(design, &plan->config->scheme));
    if (plan->problems->count > before ||
        !coop_points_count(design, &plan->config->scheme, &points, plan->problems))
        return COOP_OK;
    if (!check_count(plan, design, points))
        return COOP_OK;
    design->points = (size_t)points;
    design->runs = design->replicates * design->points * design->entries;
    return coop_points_init(design, &plan->config->scheme);
}

enum coop_status coop_design_init(struct coop_design *ret, const struct coop_config *config,
                                  const struct coop_param_table *const *table, size_t tables,
                                  const char *twin_row, struct coop_problems *problems)
{
    struct plan plan = {.config = config, .problems = problems};
    const size_t before = problems->count;
    *ret =
        (struct coop_design){.twin_row = twin_row,
                             .kind = config->scheme.kind,
                             .replicates = config->replicates > 0 ? (size_t)config->replicates : 1};
    COOP_TRY(coop_param_init(&plan.defaults, table, tables));
    enum coop_status status = build(&plan, ret);
    const bool wrong = problems->count > before;
    coop_param_free(&plan.defaults);
    /* What is common is applied to every case and so complained of in each. */
    coop_problems_sort(problems);
    if (status == COOP_OK && wrong)
        status = COOP_FAIL(COOP_USAGE, "errors in the configuration '%s'", config->file);
    if (status != COOP_OK)
        coop_design_free(ret);
    return status;
}
