/* coopsim - GPL-3.0-or-later
 *
 * The phase diagram of a factorial design of two numeric axes: what a measure and the share of lock-in
 * are over the grid, and the curve on which the model's critical gain is 1, beyond which small
 * differences grow. */
#ifndef COOP_PHASE_PHASE_H
#define COOP_PHASE_PHASE_H

#include "sim/engine/model.h"
#include "sim/param/design.h"

struct coop_phase_cell {
    double value, error; /* of the measure: mean over replicates, standard error (NAN with one) */
    double locked, locked_error; /* the same of the model's measure of lock-in; NAN without one */
    double gain;                 /* the model's; NAN if it is unknown here */
};

/* A piece of the curve, in the parameters' own units. */
struct coop_phase_segment {
    double x[2], y[2];
};

struct coop_phase {
    const char *entry, *x_name, *y_name; /* borrowed from the design; x is the first axis */
    const struct coop_param *x_row, *y_row;
    bool x_logarithmic, y_logarithmic; /* scales of the axes */
    size_t columns, rows;              /* values of x and of y, rising */
    double *x, *y;                     /* [columns], [rows] */
    struct coop_phase_cell *cell;      /* [rows][columns] */
    struct coop_phase_segment
        *segment; /* [segments] of the curve gain = 1, in no order, without gaps
                                           between neighbours; ends lie on it within 1e-9 of the axes'
                                           lengths */
    size_t segments;
    double gain_low, gain_high; /* over the plane; NAN if the law is unknown */
};

/* Errors of a design that is no plane (another kind, one axis or three, axes without order) go to
 * `problems`, with their places in the configuration. */
void coop_phase_verify(const struct coop_config *config, const struct coop_design *design,
                       struct coop_problems *problems);

/* `value` and `locked` [runs of the design], NAN where unknown; `locked` may be NULL. To be freed. */
enum coop_status coop_phase_find(const struct coop_model *model, const struct coop_design *design,
                                 size_t entry, const double *value, const double *locked,
                                 struct coop_phase *ret);
void coop_phase_free(struct coop_phase *phase); /* safe on a zeroed struct */

#endif
