/* coopsim - GPL-3.0-or-later
 *
 * The HDF5 store: the one module that calls HDF5. A result file holds stacked variables at the
 * root, one row a run: `run`, `time`, `case`, `twin`, `point`, `replicate`, seeds, `status`,
 * `p_<param>`, `<measure>(run, time)`; `/fixed` with the parameters that do not vary; if asked
 * `<measure>_by_organisation(run, time, organisation)` and `/workers`; `<measure>_final_by_organisation(run, organisation)` of measures
 * that something is to be judged by; `/regimes`, `/expectations` and `/hypotheses` if there are any; and
 * `/provenance`. */
#ifndef COOP_IO_STORE_H
#define COOP_IO_STORE_H

#include "sim/engine/expect.h"
#include "sim/engine/model.h"
#include "sim/io/layout.h"
#include "sim/io/provenance.h"
#include "sim/param/design.h"
#include "sim/state/record.h"

/* The group of parameters that are the same in all runs: `p_<param>`, one value or list each. */
#define COOP_STORE_FIXED "fixed"
struct coop_hypothesis;
struct coop_judgement;

enum coop_run_status { COOP_RUN_DONE = 0, COOP_RUN_ERROR = 1, COOP_RUN_STOPPED = 2 };

struct coop_result {
    const struct coop_model *model;
    const struct coop_design *design;
    size_t runs;                             /* in the file, one row each */
    const size_t *number;                    /* [runs] in the design, rising; NULL: all its runs */
    const struct coop_script *const *script; /* [runs], of coop_design_script */
    const struct coop_layout *layout;        /* NULL: that of these records, and `kept` */
    const bool *kept; /* [measures] final values of each organisation are stored; NULL: of none */
    const struct coop_record *record;   /* [runs]; zeroed where not done */
    const enum coop_run_status *status; /* [runs] */
    const struct coop_provenance *provenance;
    const struct coop_expectation *expectation; /* [expectations] */
    const struct coop_finding *finding;         /* [expectations] */
    size_t expectations;
    const struct coop_hypothesis *hypothesis; /* [hypotheses] */
    const struct coop_judgement *judgement;   /* [hypotheses] */
    size_t hypotheses;
};

/* Builds the file in memory and seals it at `path`; nothing is left there on failure. Refuses
 * (COOP_CANNOT_CREATE) to overwrite unless `replace`. Equal results give equal bytes. */
enum coop_status coop_store_write(const char *path, const struct coop_result *result, bool replace);

/* The same in memory, to be freed by the caller. */
enum coop_status coop_store_build(const struct coop_result *result, void **ret_bytes,
                                  size_t *ret_size);

/* Name and version of the library ("HDF5 1.10.8"); valid until the thread's next call. */
const char *coop_store_library(void);

#endif
