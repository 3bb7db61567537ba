/* coopsim - GPL-3.0-or-later
 *
 * The sensitivity of a design: indices of every axis from the values of all runs, for one entry (a case
 * or a twin) and one measure. */
#ifndef COOP_SENSITIVITY_ANALYSIS_H
#define COOP_SENSITIVITY_ANALYSIS_H

#include "sim/param/design.h"
#include "sim/sensitivity/sensitivity.h"

struct coop_axis_sensitivity {
    const char *name;                 /* of the parameter; borrowed from the design */
    struct coop_sobol_index sobol;    /* of COOP_SALTELLI */
    struct coop_morris_effect morris; /* of COOP_MORRIS */
    /* Standard errors of their mean over replicates, each of which has all points: of first order and total, or of
     * mu and mu*; NAN with one replicate. */
    double error[2];
};

struct coop_sensitivity {
    enum coop_scheme_kind kind; /* COOP_SALTELLI or COOP_MORRIS */
    const char *entry;          /* "rotation", "rotation/exposure"; borrowed from the design */
    size_t rows;                /* of the base sample; trajectories */
    size_t points, replicates;
    double mean, deviation; /* of the values of all points, replicates averaged */
    double
        noise; /* share of the variance over points that is noise of the replicates: what is left of
                     it in their mean, 0 to 1; what a replicate adds at all points alike is none of
                     it. NAN with one replicate. */
    char reason[160];                   /* "": there are indices; else why there are none */
    struct coop_axis_sensitivity *axis; /* [axes] */
    size_t axes;
};

/* Axes of a design of these kinds that cannot have an effect go to `problems`, with their places. */
void coop_sensitivity_verify(const struct coop_config *config, const struct coop_design *design,
                             struct coop_problems *problems);

/* `value` [runs of the design]. Values that are missing and outputs without variance give a `reason`
 * and no failure. COOP_USAGE if the design is of another kind. To be freed. */
enum coop_status coop_sensitivity_analyse(const struct coop_design *design, size_t entry,
                                          const double *value,
                                          const struct coop_bootstrap *bootstrap,
                                          struct coop_sensitivity *ret);
void coop_sensitivity_free(struct coop_sensitivity *sensitivity); /* safe on a zeroed struct */

#endif
