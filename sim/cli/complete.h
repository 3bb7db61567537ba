/* coopsim - GPL-3.0-or-later
 *
 * Complete results: what the verbs share that look at finished runs (test, explain, sensitivity,
 * phase, report). Their runs are computed into the directory of a sweep as far as they are missing,
 * or are there already, in such a directory or in a result file, from which the study is read too. */
#ifndef COOP_CLI_COMPLETE_H
#define COOP_CLI_COMPLETE_H

#include "sim/cli/study.h"
#include "sim/io/read.h"

/* Computes in `directory` what is missing of a study, exactly as coopsim sweep does, and opens the
 * reader of all its runs. Nothing is claimed or written if nothing is missing. COOP_REFUSED if the
 * directory holds another experiment (what differs goes to stderr), COOP_STOPPED and
 * COOP_RUN_FAILED if runs are left. `ret` is to be closed in any case. */
enum coop_status coop_complete(const struct coop_study *study, const char *directory,
                               enum coop_progress_mode mode, struct coop_reader *ret);

/* Whether a path is that of results (a directory, a file of HDF5 or one named *.h5), and not of a
 * configuration. */
bool coop_results_are_at(const char *path);

/* A study and all its runs. */
struct coop_results {
    struct coop_study study;
    struct coop_reader reader;
};
/* Opens finished results, of which the study is that of their resolved configuration. COOP_REFUSED
 * if runs are missing or failed, if it is one shard of several, or if this version does not
 * understand the configuration; COOP_USAGE if `arguments` want to change settings. Of `arguments`
 * only isa, threads, set and seed are looked at. The struct must stay where it is; to be closed in
 * any case. */
enum coop_status coop_results_open(struct coop_results *ret, const char *path,
                                   const struct coop_arguments *arguments);
void coop_results_close(struct coop_results *results); /* safe on a zeroed struct */

#endif
