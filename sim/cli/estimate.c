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
    for (size_t r = 0; r < study->design.runs; r++)
        if (study->design.run[r].script.regimes > 1)
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
static double stored_bytes(const struct coop_study *study, size_t run,
                           const struct coop_run_bytes *bytes)
{
    const struct coop_settings *settings = coop_study_settings(study, run);
    const double values =
        (double)coop_recorder_times(settings) * (double)coop_model_measure_count(study->model);
    const double organisations =
        settings->by_organisation ? (double)settings->organisations * values * sizeof(float) : 0;
    const size_t regimes = study->design.run[run].script.regimes;
    return 2 * values * (double)(regimes > 1 ? 1 + regimes : 1) * sizeof(double) * measure_ratio +
           organisations * organisation_ratio + (double)bytes->panel * panel_ratio;
}

/* Runs are computed one after the other: at its peak a run holds its state and recorder, beside
 * the records of all runs before it and the values of each organisation in those runs that it or
 * a later one is compared with. `leaving` [runs] is what each run's end gives back of these. */
static enum coop_status add_runs(const struct coop_study *study, const size_t *needed_until,
                                 double *leaving, double *ret_peak, double *ret_records,
                                 struct coop_needs *ret)
{
    double finals = 0;
    for (size_t r = 0; r < study->design.runs; r++) {
        struct coop_run_bytes bytes;
        const struct coop_script *script = &study->design.run[r].script;
        COOP_TRY(coop_run_bytes(study->model, script, study->threads, &bytes));
        *ret_records += (double)bytes.record;
        finals += (double)bytes.finals;
        leaving[needed_until[r]] += (double)bytes.finals;
        *ret_peak =
            fmax(*ret_peak, *ret_records + finals + (double)bytes.state + (double)bytes.working);
        finals -= leaving[r];
        ret->disk += stored_bytes(study, r, &bytes);
    }
    return COOP_OK;
}

enum coop_status coop_estimate_needs(const struct coop_study *study, struct coop_needs *ret)
{
    double peak = 0, records = 0, sets = 0;
    size_t *needed_until;
    ret->disk = variable_count(study) * variable_bytes;
    COOP_TRY(coop_finals_needed(study, &needed_until));
    double *leaving = calloc(study->design.runs + 1, sizeof *leaving);
    const enum coop_status status =
        leaving != NULL ? add_runs(study, needed_until, leaving, &peak, &records, ret)
                        : COOP_FAIL(COOP_MEMORY, "out of memory for %zu runs", study->design.runs);
    free(needed_until);
    free(leaving);
    COOP_TRY(status);
    for (size_t r = 0; r < study->design.runs; r++)
        sets += (double)(study->design.run[r].script.epochs * study->design.run[r].script.regimes);
    ret->memory = process_bytes + thread_bytes * study->threads + set_bytes * sets +
                  fmax(peak, records + ret->disk + writer_bytes);
    return COOP_OK;
}
