/* coopsim - GPL-3.0-or-later */
#include "sim/cli/estimate.h"

#include "sim/engine/recorder.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* Measured: a process with its libraries; what a thread adds to its scratch; HDF5's own memory
 * while a file is built; the description of a variable in the file; and how far a measure and a
 * worker's value shrink by compression. */
static const double process_bytes = 12e6, thread_bytes = 2e5, writer_bytes = 8e6;
static const double variable_bytes = 2300, measure_ratio = 0.85, panel_ratio = 0.6;

enum { RUN_VARIABLES = 20, MEASURE_PARTS = 4, PIECES_MAX = 8 };

static size_t row_count(const struct coop_study *study)
{
    size_t rows = 0;
    for (size_t t = 0; t < study->tables; t++)
        rows += study->table[t]->rows;
    return rows;
}

/* Bytes of a run's record that stay until the file is written. */
static double record_bytes(const struct coop_study *study, size_t run, double *ret_panel)
{
    const struct coop_settings *settings = coop_study_settings(study, run);
    const double times = (double)coop_recorder_times(settings);
    const double measures = (double)coop_model_measure_count(study->model);
    const double organisations = (double)settings->organisations;
    *ret_panel = (double)coop_run_panel_bytes(study->model, &study->design.run[run].set);
    double bytes = times * (8 + 2 * measures * 8) + organisations * 4;
    if (settings->by_organisation)
        bytes += measures * times * organisations * 4;
    return bytes + *ret_panel;
}

double coop_estimate_machine_bytes(void)
{
    return (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
}
