/* coopsim - GPL-3.0-or-later
 *
 * The accounting of a design of arrows: the shares of one case and one measure, from the values of the
 * runs. */
#ifndef COOP_EXPLAIN_ACCOUNT_H
#define COOP_EXPLAIN_ACCOUNT_H

#include "sim/explain/shapley.h"
#include "sim/param/design.h"

/* What is independent of each other, and so gives the intervals. */
enum coop_account_units { COOP_ACCOUNT_REPLICATES, COOP_ACCOUNT_ORGANISATIONS };

struct coop_account {
    const char *entry;   /* the case; borrowed from the design */
    const char *measure; /* borrowed */
    enum coop_account_units units;
    bool all_sets; /* else orders were drawn */
    size_t orders;
    char reason[160]; /* "": there are shares; else why there are none */
    struct coop_shapley shapley;
    /* The arrow of shapley.share[a]: coop_arrow_name(coop_design_axis_name(design, a)). */
};

/* `value` [points][units]; what is missing gives a `reason` and no failure. COOP_USAGE if it is no
 * design of arrows. */
enum coop_status coop_account_find(const struct coop_design *design, size_t entry,
                                   const double *value, size_t units,
                                   const struct coop_bootstrap *bootstrap,
                                   struct coop_account *ret);
#endif
