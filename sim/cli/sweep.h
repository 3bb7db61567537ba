/* coopsim - GPL-3.0-or-later
 *
 * A sweep, inside sim/cli: what there is to do, and doing it. */
#ifndef COOP_CLI_SWEEP_H
#define COOP_CLI_SWEEP_H

#include "sim/cli/study.h"
#include "sim/engine/sweep.h"
#include "sim/io/layout.h"
#include "sim/io/provenance.h"
#include "sim/io/read.h"
#include "sim/io/shard.h"

/* All runs of a study, and which of them are to be computed. */
struct coop_sweep_plan {
    const struct coop_study *study;
    struct coop_provenance provenance;
    struct coop_layout layout;
    bool *kept;           /* coop_study_kept */
    char *experiment;     /* text of experiment.yaml */
    double *worker_weeks; /* [runs of the design] */
    double all_weeks;     /* their sum */
    double largest_bytes; /* of memory while it lives: the largest run on one thread */
    size_t part, parts;   /* of the runs, from 1 */
    size_t *todo;         /* [todos] numbers in their order */
    size_t todos;
    double todo_weeks;
};

enum coop_status coop_sweep_plan_init(struct coop_sweep_plan *ret, const struct coop_study *study);
void coop_sweep_plan_free(struct coop_sweep_plan *plan); /* safe on a zeroed struct */
/* "2/4", or all runs if NULL. */
enum coop_status coop_sweep_plan_part(struct coop_sweep_plan *plan, const char *part);
/* The runs of the part that `reader` (NULL: nothing) does not have done. */
enum coop_status coop_sweep_plan_todo(struct coop_sweep_plan *plan,
                                      const struct coop_reader *reader);
/* The rule: side by side if there are at least two runs for each thread and as many of the largest
 * as there are threads take at most half of the machine's memory. */
bool coop_sweep_plan_side_by_side(const struct coop_sweep_plan *plan);
/* Rows of runs that are not done, sealed, in memory; `status` of each. */
enum coop_status coop_sweep_plan_build(const struct coop_sweep_plan *plan, const size_t *number,
                                       size_t runs, const struct coop_record *record,
                                       const enum coop_run_status *status, void **ret_bytes,
                                       size_t *ret_size);

/* What came of it. */
struct coop_sweep_result {
    size_t done, failed;     /* of the runs to do */
    bool stopped;            /* by a signal, the time, or --on-error stop */
    double seconds;          /* of the clock */
    double running, sealing; /* of all threads, within runs and in sealing them */
    size_t shards;
};
struct coop_sweep_limits {
    double max_seconds;  /* 0: as long as it takes */
    double seal_seconds; /* from one seal to the next; 0: as is best */
    bool stop_on_error;
};
/* Computes and seals. */
enum coop_status coop_sweep_compute(const struct coop_sweep_plan *plan,
                                    struct coop_shard_writer *writer,
                                    const struct coop_sweep_limits *limits,
                                    enum coop_progress_mode mode, struct coop_sweep_result *ret);

/* The runs that a directory has already; `ret` stays closed if it is no sweep's yet. COOP_REFUSED if
 * it holds another experiment, with what differs on stderr. */
enum coop_status coop_sweep_look(const struct coop_sweep_plan *plan, const char *directory,
                                 struct coop_reader *ret);
/* Begins a directory, or goes on with it: claims the plan's part, puts aside shards at fault, and
 * computes what is missing. COOP_REFUSED as above; COOP_STOPPED and COOP_RUN_FAILED if runs are
 * left. */
enum coop_status coop_sweep_go_on(struct coop_sweep_plan *plan, const char *directory,
                                  const struct coop_sweep_limits *limits,
                                  enum coop_progress_mode mode, struct coop_sweep_result *ret);

#endif
