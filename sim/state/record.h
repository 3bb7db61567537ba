/* coopsim - GPL-3.0-or-later
 *
 * What a run leaves behind: the measures at the recorded weeks, pooled over organisations and, if
 * asked, for each organisation; and a panel of sampled workers. */
#ifndef COOP_STATE_RECORD_H
#define COOP_STATE_RECORD_H

#include "sim/base/status.h"

#include <stddef.h>
#include <stdint.h>

/* Samples of one field component for the workers of the panel. */
struct coop_panel_column {
    const char *name; /* borrowed from the field */
    const char *unit, *summary;
    int component, components;
    int is_u32;  /* else float */
    void *value; /* [times][panel workers], 4 bytes each */
};

struct coop_record {
    size_t times, measures, organisations;
    int64_t *week;             /* [times] weeks lived */
    double *pooled;            /* [measures][times] run value; NAN missing */
    double *spread;            /* [measures][times] sd over organisations, divisor M; NAN missing */
    double *final_mean;        /* [measures] mean over the last 52 weeks' records, within the
                            organisation first, then over organisations */
    double *final_error;       /* [measures] its standard error over organisations; NAN below 2 */
    float *final_organisation; /* [measures][organisations] what final_mean is the mean of; NULL
                                  once it has been dropped */
    float *organisation;       /* [measures][times][organisations], or NULL if not asked for */
    uint32_t *size;            /* [organisations] workers */

    /* The same of each regime alone; NULL if the run has only one. */
    size_t regimes;
    size_t *regime_end;                             /* [regimes] id behind its last organisation */
    double *regime_pooled, *regime_spread;          /* [regimes][measures][times] */
    double *regime_final_mean, *regime_final_error; /* [regimes][measures] */

    size_t panel_workers;
    uint32_t *panel_organisation, *panel_label; /* [panel_workers] */
    struct coop_panel_column *column;
    size_t columns;

    uint64_t state_hash; /* of all kept fields at the end */
    double seconds;      /* wall time of the run */
    double worker_weeks; /* lived */
    size_t state_bytes;  /* of all kept fields */
};

void coop_record_free(struct coop_record *record); /* safe on a zeroed struct */
/* Gives back the values that only coop_record_excess needs. */
void coop_record_drop_finals(struct coop_record *record);

/* How much more of a measure one run has than another in the last 52 weeks: the mean of the
 * differences over organisations, which are paired since both runs have the same draws, and its
 * standard error. NAN where undefined. */
void coop_record_excess(const struct coop_record *record, const struct coop_record *other,
                        size_t measure, double *ret_mean, double *ret_error);
/* The same over the organisations of a regime, in runs that both have it. */
void coop_record_regime_excess(const struct coop_record *record, const struct coop_record *other,
                               size_t measure, size_t regime, double *ret_mean, double *ret_error);

/* Organisations that such a difference, or with `other` NULL a mean, is taken over: those in which
 * each run has a value. 0 if the values were dropped or cannot be paired. */
size_t coop_record_pairs(const struct coop_record *record, const struct coop_record *other,
                         size_t measure);

#endif
