/* coopsim - GPL-3.0-or-later */
#include "sim/cli/estimate.h"

#include "sim/engine/recorder.h"

#include <math.h>
#include <unistd.h>

/* Measured: a process with its libraries; what a thread adds beside its scratch; a set of parameters
 * with the places they come from; HDF5's own memory while a file is built; the description of a variable in the file; and what compression leaves of
 * the measures, of those of each organisation and of the workers' values. */
static const double process_bytes = 10.5e6, thread_bytes = 1e5, set_bytes = 5.5e3;
static const double writer_bytes = 14.5e6;
static const double variable_bytes = 1350;
static const double measure_ratio = 0.8, organisation_ratio = 0.55, panel_ratio = 0.6;

/* Variables of a run in the result file, those of its parameters and measures apart. */
enum { RUN_VARIABLES = 40, MEASURE_PARTS = 4 };

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
 * the records of all runs before it and, if it is a twin, the last values of its case. */
enum coop_status coop_estimate_needs(const struct coop_study *study, struct coop_needs *ret)
{
    double peak = 0, records = 0, case_finals = 0, sets = 0;
    ret->disk = variable_count(study) * variable_bytes;
    for (size_t r = 0; r < study->design.runs; r++) {
        const struct coop_run_plan *plan = &study->design.run[r];
        struct coop_run_bytes bytes;
        COOP_TRY(coop_run_bytes(study->model, &plan->script, study->threads, &bytes));
        if (plan->self == r)
            case_finals = 0;
        records += (double)bytes.record;
        peak = fmax(peak, records + case_finals + (double)bytes.state + (double)bytes.working +
                              (double)bytes.finals);
        if (plan->self == r)
            case_finals = (double)bytes.finals;
        ret->disk += stored_bytes(study, r, &bytes);
        sets += (double)(plan->script.epochs * plan->script.regimes);
    }
    ret->memory = process_bytes + thread_bytes * study->threads + set_bytes * sets +
                  fmax(peak, records + ret->disk + writer_bytes);
    return COOP_OK;
}
