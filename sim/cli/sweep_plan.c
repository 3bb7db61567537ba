/* coopsim - GPL-3.0-or-later
 *
 * What a sweep has to do. */
#include "sim/cli/estimate.h"
#include "sim/cli/sweep.h"
#include "sim/io/experiment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARTS_MAX = 100000 };

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the runs of the sweep");
}

static enum coop_status count_workers(const struct coop_script *script, uint32_t replicate,
                                      double *ret)
{
    const struct coop_settings *settings = coop_param_values(script->set, COOP_TABLE_ENGINE);
    uint32_t *size;
    size_t organisations;
    COOP_TRY(coop_run_sizes(settings, coop_run_streams(settings, replicate).population, &size,
                            &organisations));
    *ret = 0;
    for (size_t o = 0; o < organisations; o++)
        *ret += (double)size[o];
    free(size);
    return COOP_OK;
}

static enum coop_status add_run(struct coop_sweep_plan *plan, size_t number,
                                const struct coop_script *script, double *largest)
{
    const struct coop_study *study = plan->study;
    const struct coop_settings *settings = coop_param_values(script->set, COOP_TABLE_ENGINE);
    const struct coop_plan run = coop_design_plan(&study->design, number);
    double workers;
    COOP_TRY(count_workers(script, run.replicate, &workers));
    plan->worker_weeks[number] = workers * (double)settings->weeks;
    plan->all_weeks += plan->worker_weeks[number];
    if (workers > *largest) {
        struct coop_run_bytes bytes;
        COOP_TRY(coop_run_bytes(study->model, script, 1, &bytes));
        plan->largest_bytes = (double)bytes.state + (double)bytes.working + (double)bytes.finals +
                              (double)bytes.record;
        *largest = workers;
    }
    coop_layout_add_script(&plan->layout, script);
    return coop_layout_add_plan(&plan->layout, run.name, study->model, script, run.replicate);
}

static enum coop_status add_runs(struct coop_sweep_plan *plan)
{
    const struct coop_design *design = &plan->study->design;
    double largest = -1;
    for (size_t r = 0; r < design->runs; r++) {
        struct coop_script script;
        enum coop_status status = coop_design_script(design, r, &script);
        if (status == COOP_OK && r == 0)
            status = coop_layout_init(&plan->layout, script.set, plan->kept,
                                      coop_model_measure_count(plan->study->model));
        if (status == COOP_OK)
            status = add_run(plan, r, &script, &largest);
        coop_script_free(&script);
        COOP_TRY(status);
    }
    return COOP_OK;
}

enum coop_status coop_sweep_plan_init(struct coop_sweep_plan *ret, const struct coop_study *study)
{
    *ret = (struct coop_sweep_plan){.study = study, .part = 1, .parts = 1};
    ret->worker_weeks = calloc(study->design.runs + 1, sizeof *ret->worker_weeks);
    ret->todo = calloc(study->design.runs + 1, sizeof *ret->todo);
    if (ret->worker_weeks == NULL || ret->todo == NULL)
        return no_memory();
    COOP_TRY(coop_study_kept(study, &ret->kept));
    COOP_TRY(add_runs(ret));
    COOP_TRY(coop_provenance_init(&ret->provenance, &study->config, &study->design));
    ret->experiment = coop_experiment_text(&ret->provenance, study->design.runs, ret->all_weeks);
    return ret->experiment != NULL ? COOP_OK : no_memory();
}

void coop_sweep_plan_free(struct coop_sweep_plan *plan)
{
    coop_provenance_free(&plan->provenance);
    coop_layout_free(&plan->layout);
    free(plan->experiment);
    free(plan->worker_weeks);
    free(plan->kept);
    free(plan->todo);
    *plan = (struct coop_sweep_plan){0};
}

enum coop_status coop_sweep_plan_part(struct coop_sweep_plan *plan, const char *part)
{
    char rest;
    if (part == NULL)
        return COOP_OK;
    if (sscanf(part, "%zu/%zu%c", &plan->part, &plan->parts, &rest) != 2 ||
        strspn(part, "0123456789/") != strlen(part) || plan->part < 1 || plan->part > plan->parts ||
        plan->parts > PARTS_MAX)
        return COOP_FAIL(COOP_USAGE, "--shard cannot be '%.40s' - give I/N, from 1/N to N/N", part);
    return COOP_OK;
}

enum coop_status coop_sweep_plan_todo(struct coop_sweep_plan *plan,
                                      const struct coop_reader *reader)
{
    plan->todos = 0;
    plan->todo_weeks = 0;
    if (reader != NULL && reader->runs != plan->study->design.runs)
        return COOP_FAIL(COOP_INTERNAL, "%s has %zu runs instead of %zu", reader->path,
                         reader->runs, plan->study->design.runs);
    for (size_t r = plan->part - 1; r < plan->study->design.runs; r += plan->parts) {
        if (reader != NULL && reader->run[r].source != COOP_NO_SOURCE &&
            reader->run[r].status == COOP_RUN_DONE)
            continue;
        plan->todo[plan->todos++] = r;
        plan->todo_weeks += plan->worker_weeks[r];
    }
    return COOP_OK;
}

bool coop_sweep_plan_side_by_side(const struct coop_sweep_plan *plan)
{
    const double threads = (double)plan->study->threads;
    return plan->study->threads > 1 && (double)plan->todos >= 2 * threads &&
           threads * plan->largest_bytes <= coop_estimate_machine_bytes() / 2;
}

/* The scripts are needed as long as the file is built. */
static enum coop_status make_scripts(const struct coop_design *design, const size_t *number,
                                     size_t runs, struct coop_script *ret,
                                     const struct coop_script **ret_pointer)
{
    for (size_t r = 0; r < runs; r++) {
        COOP_TRY(coop_design_script(design, number[r], &ret[r]));
        ret_pointer[r] = &ret[r];
    }
    return COOP_OK;
}

enum coop_status coop_sweep_plan_build(const struct coop_sweep_plan *plan, const size_t *number,
                                       size_t runs, const struct coop_record *record,
                                       const enum coop_run_status *status, void **ret_bytes,
                                       size_t *ret_size)
{
    const struct coop_design *design = &plan->study->design;
    struct coop_script *script = calloc(runs + 1, sizeof *script);
    const struct coop_script **pointer = calloc(runs + 1, sizeof *pointer);
    enum coop_status built = script != NULL && pointer != NULL
                                 ? make_scripts(design, number, runs, script, pointer)
                                 : no_memory();
    if (built == COOP_OK)
        built = coop_store_build(&(struct coop_result){.model = plan->study->model,
                                                       .design = design,
                                                       .runs = runs,
                                                       .number = number,
                                                       .script = pointer,
                                                       .layout = &plan->layout,
                                                       .record = record,
                                                       .status = status,
                                                       .provenance = &plan->provenance},
                                 ret_bytes, ret_size);
    for (size_t r = 0; script != NULL && r < runs; r++)
        coop_script_free(&script[r]);
    free(script);
    free(pointer);
    return built;
}
