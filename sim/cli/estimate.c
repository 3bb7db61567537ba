/* coopsim - GPL-3.0-or-later */
#include "sim/cli/estimate.h"

#include "sim/cli/expect.h"
#include "sim/engine/recorder.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

/* Measured: a process with its libraries; what a thread adds beside its scratch; a set of parameters
 * with the places they come from; HDF5's own memory while a file is built; the description of a variable in the file; and what compression leaves of
 * the measures, of those of each organisation and of the workers' values. */
static const double process_bytes = 10.5e6, thread_bytes = 1e5, set_bytes = 5.5e3;
static const double writer_bytes = 14.5e6;
static const double variable_bytes = 1350;
static const double measure_ratio = 0.8, organisation_ratio = 0.55, panel_ratio = 0.6;

/* Variables of a run in the result file, those of its parameters and measures apart; and those of
 * expectations if there are any. */
enum { RUN_VARIABLES = 40, MEASURE_PARTS = 4, EXPECT_VARIABLES = 20 };

double coop_estimate_machine_bytes(void)
{
    return (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
}

static bool has_mix(const struct coop_study *study)
{
    for (size_t c = 0; c < study->design.cases; c++)
        if (study->design.script[c].regimes > 1)
            return true;
    return false;
}

static double variable_count(const struct coop_study *study)
{
    size_t variables = RUN_VARIABLES + MEASURE_PARTS * coop_model_measure_count(study->model) *
                                           (has_mix(study) ? 2 : 1);
    for (size_t t = 0; t < study->tables; t++)
        variables += study->table[t]->rows;
    variables += study->config.expectations > 0 ? EXPECT_VARIABLES : 0;
    return (double)variables;
}

/* What a run adds to the file. */
static double stored_bytes(const struct coop_study *study, const struct coop_script *script,
                           const struct coop_run_bytes *bytes)
{
    const struct coop_settings *settings = coop_study_settings(script);
    const double values =
        (double)coop_recorder_times(settings) * (double)coop_model_measure_count(study->model);
    const double organisations =
        settings->by_organisation ? (double)settings->organisations * values * sizeof(float) : 0;
    const size_t regimes = script->regimes;
    return 2 * values * (double)(regimes > 1 ? 1 + regimes : 1) * sizeof(double) * measure_ratio +
           organisations * organisation_ratio + (double)bytes->panel * panel_ratio;
}

/* What one run takes by itself. */
struct take {
    struct coop_run_bytes bytes;
    double stored, sets;
};

static enum coop_status take_of(const struct coop_study *study, size_t run, struct take *ret)
{
    struct coop_script script;
    COOP_TRY(coop_design_script(&study->design, run, &script));
    const enum coop_status status =
        coop_run_bytes(study->model, &script, study->threads, &ret->bytes);
    if (status == COOP_OK) {
        ret->stored = stored_bytes(study, &script, &ret->bytes);
        ret->sets = (double)(script.epochs * script.regimes);
    }
    coop_script_free(&script);
    return status;
}

/* What all runs take together. */
struct total {
    double peak, records, sets, disk;
};

/* Runs are computed one after the other: at its peak a run holds its state and recorder, beside
 * the records of all runs before it and the values of each organisation in those runs that it or
 * a later one is compared with. `leaving` [runs] is what each run's end gives back of these. */
static enum coop_status add_runs(const struct coop_study *study, const size_t *needed_until,
                                 double *leaving, struct total *total)
{
    double finals = 0;
    for (size_t r = 0; r < study->design.runs; r++) {
        struct take take;
        COOP_TRY(take_of(study, r, &take));
        const struct coop_run_bytes *bytes = &take.bytes;
        total->records += (double)bytes->record;
        finals += (double)bytes->finals;
        leaving[needed_until[r]] += (double)bytes->finals;
        total->peak = fmax(total->peak,
                           total->records + finals + (double)bytes->state + (double)bytes->working);
        finals -= leaving[r];
        total->disk += take.stored;
        total->sets += take.sets;
    }
    return COOP_OK;
}

static enum coop_status add_together(const struct coop_study *study, struct total *total)
{
    size_t *needed_until;
    COOP_TRY(coop_finals_needed(study, &needed_until));
    double *leaving = calloc(study->design.runs + 1, sizeof *leaving);
    const enum coop_status status =
        leaving != NULL ? add_runs(study, needed_until, leaving, total)
                        : COOP_FAIL(COOP_MEMORY, "out of memory for %zu runs", study->design.runs);
    free(needed_until);
    free(leaving);
    return status;
}

/* A sweep keeps a case with its twins at a time, and the places of all points. */
static enum coop_status add_sweep(const struct coop_study *study, struct total *total)
{
    const struct coop_design *design = &study->design;
    const size_t samples = coop_study_samples(study);
    for (size_t i = 0; i < samples; i++) {
        struct take take;
        COOP_TRY(take_of(study, coop_study_sample(study, i), &take));
        const struct coop_run_bytes *bytes = &take.bytes;
        const double kept = (double)bytes->record + (double)bytes->finals;
        total->peak = fmax(total->peak, (double)bytes->state + (double)bytes->working +
                                            kept * (double)(1 + design->twins));
        total->disk += take.stored * (double)design->runs / (double)samples;
        total->sets = fmax(total->sets, take.sets * (double)(design->cases + 1));
    }
    total->records = (double)(design->points * design->axes) * sizeof *design->unit;
    total->peak += total->records;
    return COOP_OK;
}

enum coop_status coop_estimate_needs(const struct coop_study *study, struct coop_needs *ret)
{
    struct total total = {0};
    const bool together = study->design.runs <= COOP_RUNS_TOGETHER_MAX;
    COOP_TRY(together ? add_together(study, &total) : add_sweep(study, &total));
    ret->disk = variable_count(study) * variable_bytes + total.disk;
    ret->memory = process_bytes + thread_bytes * study->threads + set_bytes * total.sets +
                  fmax(total.peak, total.records + (together ? ret->disk : 0) + writer_bytes);
    return COOP_OK;
}
