/* coopsim - GPL-3.0-or-later
 *
 * The level curve of a function over the unit square, inside sim/phase. */
#ifndef COOP_PHASE_CURVE_H
#define COOP_PHASE_CURVE_H

#include "sim/base/status.h"

#include <stddef.h>

/* `of` returns NAN where there is no value; it may fail by itself, and then returns NAN too. */
struct coop_plane {
    double (*of)(void *context, double x, double y);
    void *context;
    size_t lines; /* of the net along each axis, at least 2 */
};
struct coop_curve_segment {
    double x[2], y[2];
};

/* Where the function less 1 changes its sign along a line of the net, the place is found by bisection;
 * in every mesh such places are joined. To be freed. */
enum coop_status coop_curve_find(const struct coop_plane *plane, struct coop_curve_segment **ret,
                                 size_t *ret_count, double *ret_low, double *ret_high);

#endif
