/* coopsim - GPL-3.0-or-later
 *
 * The runs of a study, one after the other, each with all threads; and what the headline needs. */
#ifndef COOP_CLI_RUNS_H
#define COOP_CLI_RUNS_H

#include "sim/cli/study.h"
#include "sim/io/store.h"

/* How much more of a headline's measure a case has than its twin. */
struct coop_excess {
    double mean, error; /* NAN: undefined */
};

struct coop_keeper;

struct coop_runs {
    const struct coop_study *study;
    struct coop_keeper *keeper;        /* where runs are kept and begin; NULL: nowhere, in week 0 */
    struct coop_script *script;        /* [runs] */
    struct coop_record *record;        /* [runs] */
    enum coop_run_status *status;      /* [runs] */
    bool *kept;                        /* coop_study_kept */
    struct coop_excess *excess;        /* [runs][headlines], of its case over the twin */
    struct coop_excess *regime_excess; /* [runs][regimes][headlines], of mixes */
    size_t regimes;                    /* most of any run; 1 without a mix */
    size_t headlines;
    struct coop_finding *finding; /* [expectations of the configuration] */
    size_t *needed_until; /* [runs] the last run to compare its organisations' values with */
    size_t done;          /* runs that are finished */
    struct coop_progress progress;
    char label[COOP_DESIGN_LABEL_SIZE + 48]; /* what is being run */
    double *worker_weeks;                    /* [runs] to be lived */
    double lived, total;                     /* worker-weeks: before this run, and of all runs */
    double seconds;                          /* taken by all of it */
};

enum coop_status coop_runs_init(struct coop_runs *ret, const struct coop_study *study);
/* COOP_STOPPED after a signal, COOP_RUN_FAILED if some runs failed but others did not. */
enum coop_status coop_runs_compute(struct coop_runs *runs, enum coop_progress_mode mode);
void coop_runs_free(struct coop_runs *runs); /* safe on a zeroed struct */
/* A coop_run_watch that tells of the progress of the present run. */
int coop_runs_watch(void *runs, double done, double total);

/* Whether the result file can be written, to be asked before anything is computed, and writing it.
 * A `path` of NULL is none; `judgement` (may be NULL) [hypotheses] goes into the file too. */
struct coop_needs;
enum coop_status coop_runs_check_output(const char *config, const char *path,
                                        const struct coop_needs *needs, bool replace);
struct coop_judgement;
enum coop_status coop_runs_write(const struct coop_runs *runs,
                                 const struct coop_judgement *judgement, const char *path,
                                 bool replace);

/* coopsim run in two steps: what can be refused before anything is computed, and computing, writing
 * and telling. */
enum coop_status coop_runs_prepare(const struct coop_study *study,
                                   const struct coop_arguments *arguments, const char *path);
enum coop_status coop_runs_carry_out(struct coop_runs *runs, const struct coop_arguments *arguments,
                                     const char *path);

/* The summary for people. */
void coop_headline_print(const struct coop_runs *runs, const char *path);
/* Its sentence on the main result. */
void coop_reading_print(const struct coop_runs *runs);

#endif
