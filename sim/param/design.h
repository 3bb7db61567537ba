/* coopsim - GPL-3.0-or-later
 *
 * The design: which runs a configuration asks for, each with its own immutable parameters. A run
 * file gives its cases, and beside every case its twins. */
#ifndef COOP_PARAM_DESIGN_H
#define COOP_PARAM_DESIGN_H

#include "sim/param/config.h"
#include "sim/param/param.h"
#include "sim/param/script.h"

struct coop_run_plan {
    char *name; /* "rotation" or, for a twin, "rotation/exposure" */
    size_t case_number;
    const char *twin; /* NULL: the case itself; borrowed from the config */
    size_t self;      /* number of the run that is the case itself (its own number if no twin) */
    uint32_t replicate;
    struct coop_script script;
};

struct coop_design {
    struct coop_run_plan *run; /* each case followed by its twins */
    size_t runs;
};

/* Builds all runs, each with the script of its case, and in every set of it the twin. Errors of every run go to `problems`, each named once.
 * `twin_row` is the model's choice row that `twins:` sets, NULL if it has none. */
enum coop_status coop_design_init(struct coop_design *ret, const struct coop_config *config,
                                  const struct coop_param_table *const *table, size_t tables,
                                  const char *twin_row, struct coop_problems *problems);
/* The script of a run, made when it is needed; to be freed by the caller, also after a failure. */
enum coop_status coop_design_script(const struct coop_design *design, size_t run,
                                    struct coop_script *ret);
/* What else is known of a run. */
struct coop_plan {
    const char *name; /* borrowed from the design, like `twin` */
    const char *twin; /* NULL: the case itself */
    size_t case_number, point, self;
    uint32_t replicate;
};
struct coop_plan coop_design_plan(const struct coop_design *design, size_t run);
void coop_design_free(struct coop_design *design); /* safe on a zeroed struct */

#endif
