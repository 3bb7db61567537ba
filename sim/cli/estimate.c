/* coopsim - GPL-3.0-or-later */
#include "sim/cli/estimate.h"

#include "sim/engine/recorder.h"

#include <math.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Measured: a process with its libraries; what a thread adds beside its scratch; HDF5's own memory
 * while a file is built; the description of a variable in the file; and how far the measures and
 * the workers' values shrink by compression. */
static const double process_bytes = 12e6, thread_bytes = 2e5, writer_bytes = 8e6;
static const double variable_bytes = 2300, measure_ratio = 0.85, panel_ratio = 0.6;

enum { RUN_VARIABLES = 20, MEASURE_PARTS = 4 };

double coop_estimate_machine_bytes(void)
{
    return (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
}

static size_t variable_count(const struct coop_study *study)
{
    size_t variables = RUN_VARIABLES + MEASURE_PARTS * coop_model_measure_count(study->model);
    for (size_t t = 0; t < study->tables; t++)
        variables += study->table[t]->rows;
    return variables;
}

/* Runs are computed one after the other: at its peak a run holds its state and recorder, beside
 * the records of all runs before it and, if it is a twin, the last values of its case. */
enum coop_status coop_estimate_needs(const struct coop_study *study, struct coop_needs *ret)
{
    double peak = 0, records = 0, case_finals = 0, stored = 0;
    for (size_t r = 0; r < study->design.runs; r++) {
        const struct coop_run_plan *plan = &study->design.run[r];
        struct coop_run_bytes bytes;
        COOP_TRY(coop_run_bytes(study->model, &plan->set, study->threads, &bytes));
        if (plan->self == r)
            case_finals = 0;
        records += (double)bytes.record;
        stored += (double)(bytes.record - bytes.panel) * measure_ratio +
                  (double)bytes.panel * panel_ratio;
        peak = fmax(peak, records + case_finals + (double)bytes.state + (double)bytes.working +
                              (double)bytes.finals);
        if (plan->self == r)
            case_finals = (double)bytes.finals;
    }
    ret->disk = (double)variable_count(study) * variable_bytes + stored;
    ret->memory = process_bytes + thread_bytes * study->threads +
                  fmax(peak, records + ret->disk + writer_bytes);
    return COOP_OK;
}
