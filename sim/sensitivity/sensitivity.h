/* coopsim - GPL-3.0-or-later
 *
 * Sensitivity indices: which axes of a design an output depends on. Outputs are plain arrays in the
 * order of the design's points, one value a point (of several replicates their mean). */
#ifndef COOP_SENSITIVITY_H
#define COOP_SENSITIVITY_H

#include "sim/base/status.h"

#include <stddef.h>
#include <stdint.h>

/* How intervals are found: the sample is drawn again, with replacement, row by row (trajectory by
 * trajectory), and the interval holds the middle `level` of the estimates from these. */
struct coop_bootstrap {
    size_t resamples; /* at least 1; 1000 is usual */
    uint64_t seed;    /* the same seed gives the same intervals on every machine */
    double level;     /* within 0 to 1, as in .95 */
};

struct coop_interval {
    double value, low, high;
};

/* Shares of the output's variance. */
struct coop_sobol_index {
    struct coop_interval first; /* explained by the axis alone */
    struct coop_interval total; /* with all that it does together with other axes */
};

/* Of a Saltelli design: `output` [rows][axes + 2] holds A, B, then A with one coordinate after the
 * other taken from B. First order by Saltelli et al. 2010 (doi:10.1016/j.cpc.2009.09.018, table 2 b)
 * from centred outputs, total by Jansen 1999 (table 2 f). `ret` is [axes].
 * COOP_USAGE if a value is missing (NAN or infinite), if there are fewer than two rows, or if the
 * output is the same at all points. */
enum coop_status coop_sobol_indices(const double *output, size_t rows, size_t axes,
                                    const struct coop_bootstrap *bootstrap,
                                    struct coop_sobol_index *ret);

/* Of the elementary effects of an axis: change of the output, by change of the axis's place from 0 to
 * 1. */
struct coop_morris_effect {
    double mean;               /* mu: effects of both signs cancel */
    struct coop_interval size; /* mu*, the mean of their absolute values (Campolongo et al. 2007) */
    double spread;             /* sigma, their standard deviation: 0 for a linear output */
};

/* Of a Morris design: `unit` [trajectories * (axes + 1)][axes] holds the places of the points, each
 * trajectory moving along every axis once, `output` the values there. `ret` is [axes].
 * COOP_USAGE if a value is missing, if there are fewer than two trajectories, or if the points are no
 * trajectories. */
enum coop_status coop_morris_effects(const double *unit, const double *output, size_t trajectories,
                                     size_t axes, const struct coop_bootstrap *bootstrap,
                                     struct coop_morris_effect *ret);

#endif
