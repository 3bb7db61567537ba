/* coopsim - GPL-3.0-or-later
 *
 * The units of one replicate, gathered over the points of the design: a unit's value in a column is
 * its mean over those points at which it has a value in every column that the point has. Cases share
 * their draws at all points, so that they stay paired. */
#ifndef COOP_HYPOTHESIS_GATHER_H
#define COOP_HYPOTHESIS_GATHER_H

#include "sim/hypothesis/columns.h"

struct coop_gather {
    const struct coop_source *source;
    const struct coop_columns *columns;
    bool by_run;        /* one unit, with the values of whole runs; else the organisations */
    size_t units;       /* of the last replicate */
    double *value;      /* [units][columns] of the last replicate; NAN: none */
    double *count;      /* [units][columns] points that it is a mean over */
    double *point;      /* [columns][units] of the last point */
    size_t room;        /* units that there is room for */
    const char *reason; /* why the last replicate has no units; "" if it has */
    bool hopeless;      /* no other replicate can have units either */
};

/* `gather` has source, columns and by_run set and the others zeroed. */
enum coop_status coop_gather_replicate(struct coop_gather *gather, size_t replicate);
void coop_gather_free(struct coop_gather *gather);

#endif
