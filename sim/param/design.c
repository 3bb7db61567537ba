/* coopsim - GPL-3.0-or-later
 *
 * From a configuration to its runs: every case followed by its twins. */
#include "sim/param/design.h"

#include "sim/param/row.h"

#include <stdlib.h>
#include <string.h>

/* What all runs are made of. */
struct plan {
    const struct coop_config *config;
    const char *twin_row;
    size_t twins; /* 0 while the twins are at fault */
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

static enum coop_status check_twins(struct plan *plan)
{
    const struct coop_config *config = plan->config;
    const size_t before = plan->problems->count;
    const struct coop_param *row =
        plan->twin_row ? coop_param_find(&plan->defaults, plan->twin_row, NULL) : NULL;
    if (plan->twin_row && (!row || row->type != COOP_PARAM_CHOICE))
        return COOP_FAIL(COOP_INTERNAL, "'%s' is no choice row", plan->twin_row);
    if (config->twins > 0 && !row)
        coop_problems_add(plan->problems, config->twin_place[0],
                          "the model '%s' has no twins - remove 'twins'", config->model);
    for (size_t t = 0; row && t < config->twins; t++)
        check_twin(plan, row, t);
    plan->twins = plan->problems->count == before ? config->twins : 0;
    return COOP_OK;
}

/* A case that is already a twin would be compared with itself. */
static void check_case(const struct plan *plan, const struct coop_run_plan *run)
{
    const struct coop_script *script = &run->script;
    for (size_t i = 0; plan->twins > 0 && i < script->epochs * script->regimes; i++) {
        if (coop_param_real(&script->set[i], plan->twin_row) == 0)
            continue;
        const char *origin = coop_param_origin(&script->set[i], plan->twin_row);
        coop_problems_add(plan->problems, plan->config->twin_place[0],
                          "'twins' beside the case '%s', which is a twin itself (%s) - remove one "
                          "of the two",
                          run->name, origin ? origin : "by default");
        return;
    }
}

static enum coop_status add_case(const struct plan *plan, size_t c, struct coop_design *design)
{
    const struct coop_case *of = &plan->config->item[c];
    struct coop_run_plan *run = &design->run[design->runs];
    *run = (struct coop_run_plan){.name = strdup(of->name), .case_number = c, .self = design->runs};
    design->runs++;
    if (!run->name)
        return no_memory();
    COOP_TRY(coop_script_init(&run->script, plan->config, of, &plan->defaults, plan->problems));
    check_case(plan, run);
    return COOP_OK;
}

static enum coop_status add_twin(const struct plan *plan, size_t t, size_t self,
                                 struct coop_design *design)
{
    const struct coop_place place = plan->config->twin_place[t];
    const struct coop_run_plan *original = &design->run[self];
    struct coop_run_plan *run = &design->run[design->runs];
    char *origin;
    *run = (struct coop_run_plan){
        .case_number = original->case_number, .twin = plan->config->twin[t], .self = self};
    COOP_TRY(coop_script_copy(&run->script, &original->script));
    design->runs++;
    if (asprintf(&run->name, "%s/%s", original->name, run->twin) < 0) {
        run->name = NULL;
        return no_memory();
    }
    if (asprintf(&origin, "%s:%zu:%zu", place.file, place.line, place.column) < 0)
        return no_memory();
    const enum coop_status status =
        coop_script_set_text(&run->script, plan->twin_row, run->twin, origin);
    free(origin);
    return status;
}

static enum coop_status add_runs(const struct plan *plan, struct coop_design *design)
{
    const size_t most = plan->config->cases * (1 + plan->twins);
    design->run = calloc(most > 0 ? most : 1, sizeof *design->run);
    if (!design->run)
        return no_memory();
    for (size_t c = 0; c < plan->config->cases; c++) {
        const size_t self = design->runs;
        COOP_TRY(add_case(plan, c, design));
        for (size_t t = 0; t < plan->twins; t++)
            COOP_TRY(add_twin(plan, t, self, design));
    }
    return COOP_OK;
}

static enum coop_status build(struct plan *plan, struct coop_design *design)
{
    COOP_TRY(check_twins(plan));
    return add_runs(plan, design);
}

enum coop_status coop_design_init(struct coop_design *ret, const struct coop_config *config,
                                  const struct coop_param_table *const *table, size_t tables,
                                  const char *twin_row, struct coop_problems *problems)
{
    struct plan plan = {.config = config, .twin_row = twin_row, .problems = problems};
    const size_t before = problems->count;
    *ret = (struct coop_design){0};
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

enum coop_status coop_design_script(const struct coop_design *design, size_t run,
                                    struct coop_script *ret)
{
    return coop_script_copy(ret, &design->run[run].script);
}

struct coop_plan coop_design_plan(const struct coop_design *design, size_t run)
{
    const struct coop_run_plan *plan = &design->run[run];
    return (struct coop_plan){.name = plan->name,
                              .twin = plan->twin,
                              .case_number = plan->case_number,
                              .point = plan->case_number,
                              .self = plan->self,
                              .replicate = plan->replicate};
}

void coop_design_free(struct coop_design *design)
{
    for (size_t i = 0; i < design->runs; i++) {
        free(design->run[i].name);
        coop_script_free(&design->run[i].script);
    }
    free(design->run);
    *design = (struct coop_design){0};
}
