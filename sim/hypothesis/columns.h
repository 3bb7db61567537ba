/* coopsim - GPL-3.0-or-later
 *
 * The columns of a hypothesis's sample: which runs each is read of. */
#ifndef COOP_HYPOTHESIS_COLUMNS_H
#define COOP_HYPOTHESIS_COLUMNS_H

#include "sim/engine/model.h"
#include "sim/hypothesis/source.h"
#include "sim/param/hypothesis.h"

struct coop_column {
    size_t entry; /* of the design: a case or a twin of it */
    size_t measure;
    int64_t shift;
};

/* A column is a case, with the one to compare with last; of a correlation the measure's cases, then
 * the other measure's. Of a trend over an axis of the design it is a value of the axis. */
struct coop_columns {
    size_t count;
    struct coop_column *item; /* [count] */
    size_t *of_point; /* [points] of a trend over an axis: the column, or COOP_NO_COLUMN where
                                 another axis is varied alone; else NULL: every point has all columns */
    double *place;    /* [count] of a trend over an axis: its values, rising */
};
#define COOP_NO_COLUMN SIZE_MAX

/* Names are checked before (coop_hypothesis_verify). Free `ret` in any case. */
enum coop_status coop_columns_init(struct coop_columns *ret,
                                   const struct coop_hypothesis *hypothesis,
                                   const struct coop_config *config, const struct coop_model *model,
                                   const struct coop_design *design);
void coop_columns_free(struct coop_columns *columns); /* safe on a zeroed struct */

/* The number of the axis of that name, or the number of axes. */
size_t coop_columns_axis(const struct coop_design *design, const char *name);

#endif
