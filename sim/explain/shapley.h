/* coopsim - GPL-3.0-or-later
 *
 * Which cause does it: the Shapley accounting of an excess over the arrows that make it (Shapley
 * 1953, doi:10.1515/9781400881970-018; sampled orders: Castro, Gomez and Tejada 2009,
 * doi:10.1016/j.cor.2008.04.004; antithetic pairs: Mitchell et al. 2022).
 *
 * The excess is the value with all arrows intact less the value with all of them cut. Cutting them one
 * after the other divides it among them, each getting by how much the value falls when it is cut; the
 * share of an arrow is the mean of that over all orders. Hence shares sum to the excess, whatever the
 * arrows do together, an arrow that never changes anything has none, and what two arrows do only
 * together is halved between them. Values are plain arrays, so that nothing here knows of runs. */
#ifndef COOP_EXPLAIN_SHAPLEY_H
#define COOP_EXPLAIN_SHAPLEY_H

#include "sim/param/config.h"
#include "sim/sensitivity/sensitivity.h"

/* What is known: the value where some arrows are cut, of each of several independent units (replicates
 * or organisations) that share their draws at all points. */
struct coop_game {
    size_t arrows; /* 1 to COOP_ARROWS_MAX */
    size_t points, units;
    const uint32_t *cut; /* [points] bit a: arrow a is cut there; each set once */
    const double *value; /* [points][units] */
    size_t orders;       /* 0: the points are all 2^arrows sets */
    const uint8_t
        *order; /* [orders][arrows] in which order the arrows are cut; 2 i + 1 is the reverse
                             of 2 i. Every set on the way is a point. */
};

struct coop_share {
    struct coop_interval share; /* in the unit of the value */
    double unit_error;          /* standard error from the units; NAN with one of them */
    double order_error; /* from the orders that were drawn; 0 with all sets, NAN with one pair */
    double first;       /* by how much the value falls if it is the first to be cut, so alone */
    double last;        /* if it is the last: what it does where all others are cut.
                                   `first` and `last` are NAN if that point is not there. Where they
                                   differ, the arrow acts together with others. */
};

struct coop_shapley {
    size_t arrows, units;
    struct coop_interval intact, cut,
        excess; /* excess.value is the sum of the shares but for rounding */
    struct coop_share share[COOP_ARROWS_MAX];
};

/* Shares, and intervals that add the noise of the units and of the orders that were drawn: each is
 * resampled by itself and their deviations are added (NAN with one unit, or one pair of orders).
 * COOP_USAGE if a value is missing; COOP_INTERNAL if a set on the way of an order is no point. */
enum coop_status coop_shapley(const struct coop_game *game, const struct coop_bootstrap *bootstrap,
                              struct coop_shapley *ret);

#endif
