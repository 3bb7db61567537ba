/* coopsim - GPL-3.0-or-later
 *
 * Where hypotheses get their numbers from: finished runs, in memory or in a file, behind a few
 * functions. */
#ifndef COOP_HYPOTHESIS_SOURCE_H
#define COOP_HYPOTHESIS_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COOP_NO_RUN SIZE_MAX

struct coop_source {
    const void *user;  /* handed to the functions */
    size_t replicates; /* runs of each case, at least 1 */
    /* The finished run of a case (CASE or CASE/TWIN) in a replicate, COOP_NO_RUN if there is none.
     * Replicates of equal number share their draws. */
    size_t (*find)(const void *user, const char *name, size_t replicate);
    size_t (*organisations)(const void *user, size_t run);
    /* A measure's mean within each organisation over the records of the 52 weeks that end `shift`
     * weeks before the run's end, [organisations], NAN where it has no value. False if there are
     * no records by organisation (of shift 0 there may be without record.organisations). */
    bool (*values)(const void *user, size_t run, size_t measure, int64_t shift, double *ret);
    /* A measure's value for the whole run in its last 52 weeks; NAN if it has none. */
    double (*value)(const void *user, size_t run, size_t measure);
    /* The value of a numeric parameter at the run's start. */
    double (*parameter)(const void *user, size_t run, const char *name);
};

#endif
