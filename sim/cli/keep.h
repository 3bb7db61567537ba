/* coopsim - GPL-3.0-or-later
 *
 * Keeping the runs of a study in a checkpoint while they are computed, and going on from one. */
#ifndef COOP_CLI_KEEP_H
#define COOP_CLI_KEEP_H

#include "sim/cli/runs.h"
#include "sim/io/checkpoint.h"

struct coop_keeper {
    const struct coop_study *study;
    const char *path;      /* of the checkpoint that is written; NULL: none is */
    double every, written; /* seconds from one to the next, and when the last one was */
    int64_t week;          /* after which the state of every run is kept; 0: none is */
    struct coop_provenance provenance;
    struct coop_checkpoint source;        /* that runs begin from, while it is open */
    char (*begin)[COOP_CHECKPOINT_GROUP]; /* [runs] in which group of it; "": in week 0 */
    bool may_begin_anew;                  /* in week 0, if the source lacks something */
    struct coop_parts *kept;              /* [runs] state after `week`, once it is reached */
};

/* Reads the options and, if it is asked for, the checkpoint to go on from, of which it tells on
 * stderr. COOP_REFUSED, with what differs on stderr, if that is another study's. */
enum coop_status coop_keeper_open(struct coop_keeper *ret, const struct coop_study *study,
                                  const struct coop_arguments *arguments, const char *output);
/* A keeper that writes nothing; its caller says where runs begin. */
enum coop_status coop_keeper_open_fork(struct coop_keeper *ret, const struct coop_study *study);
void coop_keeper_close(struct coop_keeper *keeper); /* safe on a zeroed struct */

/* From now on the runs are kept. All values by organisation stay until the end, since comparisons
 * are made again where a finished run is read. */
void coop_keeper_use(struct coop_keeper *keeper, struct coop_runs *runs);

/* COOP_REFUSED if the checkpoint is of another version. */
enum coop_status coop_keeper_check_version(const struct coop_checkpoint *checkpoint);

/* As coop_run_record, from where the run begins on. */
enum coop_status coop_keeper_record(struct coop_runs *runs, size_t number, struct coop_run *run);
/* Writes the checkpoint, with run `number` as it is (NULL: it has not begun), and fails with
 * COOP_STOPPED and how to go on, or with what was wrong. */
enum coop_status coop_keeper_stop(struct coop_runs *runs, size_t number,
                                  const struct coop_recording *recording);
/* When all runs are finished: the checkpoint for forks, if there is one. */
enum coop_status coop_keeper_finish(struct coop_runs *runs);
/* When their result is written: a checkpoint without kept states has served. */
void coop_keeper_remove(const struct coop_keeper *keeper);

#endif
