/* coopsim - GPL-3.0-or-later
 *
 * The points of a design, inside sim/design: the axes with their rows, how many points there are, and
 * where each lies in the unit cube of the axes. The same on every machine. */
#ifndef COOP_DESIGN_POINTS_H
#define COOP_DESIGN_POINTS_H

#include "sim/param/design.h"

#include <stdbool.h>

/* Finds the row of every axis, the cases' scripts being there. Axes and values that cannot be go to
 * `problems`. */
enum coop_status coop_axes_init(struct coop_design *design, const struct coop_config *config,
                                const struct coop_param_set *defaults,
                                struct coop_problems *problems);

void coop_axes_drop(struct coop_design *design);

/* The number of points, which may be larger than anything can be built for; false if the axes do not
 * fit the kind of design. */
bool coop_points_count(const struct coop_design *design, const struct coop_scheme *scheme,
                       double *ret, struct coop_problems *problems);
/* Fills `unit`; the number of points is set. */
enum coop_status coop_points_init(struct coop_design *design, const struct coop_scheme *scheme);

/* The sets of arrows of COOP_ARROWS, and so the number of points: all sets, or those on the way of the
 * orders drawn, with those where one arrow is cut or one intact. */
enum coop_status coop_points_arrows(struct coop_design *design, const struct coop_scheme *scheme);
/* Orders in pairs, the second of each the reverse of the first, [orders][arrows]. */
void coop_points_orders(uint8_t *order, size_t orders, size_t arrows, uint64_t seed);

/* The kinds that draw lots, [points][axes]. */
void coop_points_latin_hypercube(double *unit, size_t points, size_t axes, uint64_t seed,
                                 size_t *order /* [points] scratch */);
void coop_points_morris(double *unit, size_t trajectories, size_t axes, size_t levels,
                        uint64_t seed);

/* Sobol's sequence as GSL has it, without scrambling: its points number `first`, first + 1, ... (the
 * origin, which GSL leaves out, is number 0) for the least power of two `first` that is not below
 * `points`. Such a block has exactly one point, at the middle, in each of `points` equal parts of
 * every axis if `points` is a power of two; the block that begins with the origin would have one in
 * the corner where all axes are at their lower end. */
enum { COOP_SOBOL_DIMENSIONS_MAX = 40 };
enum coop_status coop_points_sobol(double *unit, size_t points, size_t dimensions);

#endif
