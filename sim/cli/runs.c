/* coopsim - GPL-3.0-or-later */
#include "sim/cli/expect.h"
#include "sim/cli/keep.h"
#include "sim/cli/signals.h"
#include "sim/cli/text.h"

#include <math.h>
#include <stdlib.h>

enum coop_status coop_runs_init(struct coop_runs *ret, const struct coop_study *study)
{
    const size_t runs = study->design.runs;
    *ret = (struct coop_runs){.study = study};
    while (study->model->headline != NULL && study->model->headline[ret->headlines].measure != NULL)
        ret->headlines++;
    ret->script = calloc(runs, sizeof *ret->script);
    ret->record = calloc(runs, sizeof *ret->record);
    ret->status = calloc(runs, sizeof *ret->status);
    ret->worker_weeks = calloc(runs, sizeof *ret->worker_weeks);
    ret->excess = calloc(runs * ret->headlines + 1, sizeof *ret->excess);
    ret->finding = calloc(study->config.expectations + 1, sizeof *ret->finding);
    for (size_t c = 0; c < study->design.cases; c++)
        if (study->design.script[c].regimes > ret->regimes)
            ret->regimes = study->design.script[c].regimes;
    ret->regime_excess =
        calloc(runs * ret->regimes * ret->headlines + 1, sizeof *ret->regime_excess);
    if (!ret->script || !ret->record || !ret->status || !ret->worker_weeks || !ret->excess ||
        !ret->finding || !ret->regime_excess)
        return COOP_FAIL(COOP_MEMORY, "out of memory for %zu runs", runs);
    COOP_TRY(coop_study_kept(study, &ret->kept));
    coop_findings_init(ret->finding, study->config.expectations);
    COOP_TRY(coop_finals_needed(study, &ret->needed_until));
    for (size_t r = 0; r < runs; r++) {
        ret->status[r] = COOP_RUN_STOPPED;
        COOP_TRY(coop_design_script(&study->design, r, &ret->script[r]));
        COOP_TRY(coop_study_workers(study, r, &ret->script[r], &ret->worker_weeks[r]));
        ret->worker_weeks[r] *= (double)coop_study_settings(&ret->script[r])->weeks;
        ret->total += ret->worker_weeks[r];
    }
    return COOP_OK;
}

void coop_runs_free(struct coop_runs *runs)
{
    for (size_t r = 0; runs->record != NULL && r < runs->study->design.runs; r++)
        coop_record_free(&runs->record[r]);
    for (size_t r = 0; runs->script != NULL && r < runs->study->design.runs; r++)
        coop_script_free(&runs->script[r]);
    free(runs->script);
    free(runs->record);
    free(runs->status);
    free(runs->worker_weeks);
    free(runs->kept);
    free(runs->excess);
    free(runs->finding);
    free(runs->needed_until);
    free(runs->regime_excess);
    *runs = (struct coop_runs){0};
}

int coop_runs_watch(void *user, double done, double total)
{
    struct coop_runs *runs = user;
    (void)total;
    coop_progress_update(&runs->progress, runs->lived + done, runs->total, runs->label);
    return coop_signals_stop() != 0;
}

static void compare_headline(struct coop_runs *runs, size_t number, size_t h, size_t measure)
{
    const struct coop_plan plan = coop_design_plan(&runs->study->design, number);
    const struct coop_record *self = &runs->record[plan.self], *twin = &runs->record[number];
    struct coop_excess *excess = &runs->excess[number * runs->headlines + h];
    coop_record_excess(self, twin, measure, &excess->mean, &excess->error);
    for (size_t r = 0; twin->regimes > 1 && r < twin->regimes; r++) {
        excess = &runs->regime_excess[(number * runs->regimes + r) * runs->headlines + h];
        coop_record_regime_excess(self, twin, measure, r, &excess->mean, &excess->error);
    }
}

/* While both records hold the values of each organisation. */
static void compare(struct coop_runs *runs, size_t number)
{
    const struct coop_plan plan = coop_design_plan(&runs->study->design, number);
    const struct coop_model *model = runs->study->model;
    for (size_t h = 0; h < runs->headlines; h++) {
        const int measure = coop_model_measure_find(model, model->headline[h].measure);
        runs->excess[number * runs->headlines + h] = (struct coop_excess){NAN, NAN};
        for (size_t r = 0; r < runs->regimes; r++)
            runs->regime_excess[(number * runs->regimes + r) * runs->headlines + h] =
                (struct coop_excess){NAN, NAN};
        if (measure >= 0 && runs->status[plan.self] == COOP_RUN_DONE)
            compare_headline(runs, number, h, (size_t)measure);
    }
}

static enum coop_status compute(struct coop_runs *runs, size_t number)
{
    const struct coop_plan plan = coop_design_plan(&runs->study->design, number);
    struct coop_run run = {0};
    enum coop_status status = coop_run_init_script(&run, runs->study->model, &runs->script[number],
                                                   plan.replicate, runs->study->threads);
    if (status == COOP_OK)
        status = runs->keeper != NULL
                     ? coop_keeper_record(runs, number, &run)
                     : coop_run_record(&run, &runs->record[number], coop_runs_watch, runs);
    coop_run_free(&run);
    if (status != COOP_OK) {
        coop_record_free(&runs->record[number]);
        runs->status[number] = status == COOP_STOPPED ? COOP_RUN_STOPPED : COOP_RUN_ERROR;
        return status;
    }
    runs->status[number] = COOP_RUN_DONE;
    runs->done++;
    if (plan.twin != NULL)
        compare(runs, number);
    coop_findings_update(runs, number);
    return COOP_OK;
}

/* A run's values of each organisation are needed until the last comparison with it. */
static void leave(struct coop_runs *runs, size_t number)
{
    for (size_t r = 0; r <= number; r++)
        if (runs->needed_until[r] == number)
            coop_record_drop_finals(&runs->record[r]);
}

static enum coop_status stop_before(struct coop_runs *runs, size_t number)
{
    if (runs->keeper != NULL)
        return coop_keeper_stop(runs, number, NULL);
    return COOP_FAIL(COOP_STOPPED, "stopped before run %zu", number + 1);
}

static enum coop_status compute_all(struct coop_runs *runs)
{
    const struct coop_design *design = &runs->study->design;
    enum coop_status failure = COOP_OK;
    for (size_t r = 0; r < design->runs; r++) {
        char label[COOP_DESIGN_LABEL_SIZE];
        coop_design_label(design, r, label);
        snprintf(runs->label, sizeof runs->label, "%s (run %zu of %zu)", label, r + 1,
                 design->runs);
        if (coop_signals_stop() != 0)
            return stop_before(runs, r);
        const enum coop_status status = compute(runs, r);
        if (status == COOP_STOPPED || status == COOP_REFUSED ||
            (status != COOP_OK && coop_signals_stop() != 0))
            return status;
        if (status != COOP_OK) {
            fprintf(stderr, "coopsim: run %s failed: %s\n", label, coop_status_message());
            failure = status;
        }
        runs->lived += runs->worker_weeks[r];
        leave(runs, r);
    }
    if (failure == COOP_OK)
        return COOP_OK;
    return COOP_FAIL(runs->done > 0 ? COOP_RUN_FAILED : failure, "%zu of %zu runs failed",
                     design->runs - runs->done, design->runs);
}

enum coop_status coop_runs_compute(struct coop_runs *runs, enum coop_progress_mode mode)
{
    coop_signals_catch();
    coop_progress_begin(&runs->progress, mode);
    const double started = coop_cli_now();
    const enum coop_status status = compute_all(runs);
    runs->seconds = coop_cli_now() - started;
    coop_progress_end(&runs->progress);
    return status;
}
