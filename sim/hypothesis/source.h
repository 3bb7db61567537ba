/* coopsim - GPL-3.0-or-later
 *
 * Where hypotheses get their numbers from: finished runs of a design, in memory or in files, behind a
 * few functions. Runs are asked for replicate by replicate, so that only a few of them need be in
 * memory. */
#ifndef COOP_HYPOTHESIS_SOURCE_H
#define COOP_HYPOTHESIS_SOURCE_H

#include "sim/base/status.h"
#include "sim/param/design.h"

struct coop_source {
    void *user;                       /* handed to the functions */
    const struct coop_design *design; /* replicates of equal number share their draws */
    bool (*finished)(void *user, size_t run);
    enum coop_status (*organisations)(void *user, size_t run, size_t *ret);
    /* A measure's mean within each organisation over the records of the 52 weeks that end `shift`
     * weeks before the run's end: [organisations], NAN where it has no value. `ret_there` is false
     * if there are no records by organisation (of shift 0 there may be without
     * record.organisations). */
    enum coop_status (*values)(void *user, size_t run, size_t measure, int64_t shift,
                               size_t organisations, double *ret, bool *ret_there);
    /* A measure's value for the whole run in its last 52 weeks; NAN if it has none. */
    enum coop_status (*value)(void *user, size_t run, size_t measure, double *ret);
    /* The value of a numeric parameter at the run's start. */
    enum coop_status (*parameter)(void *user, size_t run, const char *name, double *ret);
};

#endif
