/* coopsim - GPL-3.0-or-later
 *
 * How long a study takes: pieces of its runs are computed for a moment, with the threads asked
 * for, and scaled up. */
#include "sim/cli/estimate.h"
#include "sim/cli/text.h"

#include <math.h>

enum { PIECES_MAX = 8, WORKERS_PER_THREAD = 100000, WEEKS_MAX = 5200 };

/* Of all pieces together; and what writing the result file takes, most of it compression. */
static const double calibration_seconds = 0.4, written_bytes_a_second = 3e7;

struct piece {
    double began, seconds /* that it may take */;
    double worker_weeks, taken; /* lived, and in how long */
    double init_a_worker;       /* seconds */
};

static int watch(void *user, double done, double total)
{
    struct piece *piece = user;
    (void)total;
    piece->taken = coop_cli_now() - piece->began;
    piece->worker_weeks = done;
    return piece->taken >= piece->seconds;
}

static enum coop_status live(struct piece *piece, const struct coop_study *study,
                             const struct coop_script *script)
{
    struct coop_run run = {0};
    struct coop_record record = {0};
    const double began = coop_cli_now();
    enum coop_status status = coop_run_init_script(&run, study->model, script, 0, study->threads);
    piece->began = coop_cli_now();
    if (status == COOP_OK) {
        piece->init_a_worker = (piece->began - began) / (double)run.economy.workers;
        status = coop_run_record(&run, &record, watch, piece);
    }
    coop_record_free(&record);
    coop_run_free(&run);
    return status == COOP_STOPPED ? COOP_OK : status;
}

static enum coop_status set_whole(struct coop_script *script, const char *name, double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.0f", value);
    return coop_script_set_text(script, name, text, NULL);
}

/* Fewer organisations of the same kind, and never so many weeks that their record is large. */
static enum coop_status compute_piece(struct piece *piece, const struct coop_study *study,
                                      const struct coop_script *of, double workers)
{
    const struct coop_settings *settings = coop_study_settings(of);
    const double organisations = (double)settings->organisations;
    const double wanted = WORKERS_PER_THREAD * (double)study->threads;
    struct coop_script script;
    COOP_TRY(coop_script_copy(&script, of));
    enum coop_status status =
        set_whole(&script, "economy.organisations",
                  fmin(organisations, ceil(organisations * fmin(1, wanted / workers))));
    if (status == COOP_OK)
        status = set_whole(&script, "run.weeks", fmin((double)settings->weeks, WEEKS_MAX));
    if (status == COOP_OK)
        status = live(piece, study, &script);
    coop_script_free(&script);
    return status;
}

/* A sampled run, with a new piece if `fresh`. Its time stands for `weight` runs. */
static enum coop_status add_run(struct piece *piece, const struct coop_study *study, size_t run,
                                bool fresh, double weight, double *ret)
{
    struct coop_script script;
    double workers = 0;
    COOP_TRY(coop_design_script(&study->design, run, &script));
    enum coop_status status = coop_study_workers(study, run, &script, &workers);
    if (status == COOP_OK && fresh)
        status = compute_piece(piece, study, &script, workers);
    *ret += weight * workers * piece->init_a_worker;
    if (piece->worker_weeks > 0)
        *ret += weight * workers * (double)coop_study_settings(&script)->weeks * piece->taken /
                piece->worker_weeks;
    coop_script_free(&script);
    return status;
}

/* Every few runs one piece, which speaks for those that follow it. */
enum coop_status coop_estimate_seconds(const struct coop_study *study, double *ret)
{
    const size_t samples = coop_study_samples(study);
    const size_t pieces = samples < PIECES_MAX ? samples : PIECES_MAX;
    const double weight = (double)study->design.runs / (double)samples;
    struct coop_needs needs;
    struct piece piece = {0};
    COOP_TRY(coop_estimate_needs(study, &needs));
    *ret = needs.disk / written_bytes_a_second;
    for (size_t i = 0, next = 0; i < samples; i++) {
        const bool fresh = i * pieces / samples >= next;
        if (fresh) {
            piece = (struct piece){.seconds = calibration_seconds / (double)pieces};
            next++;
        }
        COOP_TRY(add_run(&piece, study, coop_study_sample(study, i), fresh, weight, ret));
    }
    return COOP_OK;
}
