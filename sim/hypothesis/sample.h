/* coopsim - GPL-3.0-or-later
 *
 * The sample that a hypothesis is tested on. Cases share their draws, so an organisation is one unit
 * with a value in every case; with several replicates a replicate is one unit with the runs'
 * values, as organisations of one run may meet in a market. Of correlations, which are across
 * organisations, an organisation stays a unit and its replicate is the cluster. Clusters are what is
 * independent of each other, and what is resampled. In a design of many points a unit's value is its
 * mean over the points (sim/hypothesis/gather.h). */
#ifndef COOP_HYPOTHESIS_SAMPLE_H
#define COOP_HYPOTHESIS_SAMPLE_H

#include "sim/base/status.h"
#include "sim/engine/model.h"
#include "sim/hypothesis/source.h"
#include "sim/param/hypothesis.h"

struct coop_sample {
    size_t columns; /* of struct coop_columns */
    size_t units;   /* with a value in every column */
    size_t room;    /* units that there is room for while they are gathered */
    size_t clusters;
    bool replicates;    /* clusters are replicates, else organisations */
    double *value;      /* [columns][units] */
    size_t *cluster;    /* [units] */
    double *place;      /* [columns] of a trend: the parameter's values */
    const char *reason; /* why there is no sample; "" if there is one */
};

/* Names are checked before (coop_hypothesis_verify). Free `ret` in any case. */
enum coop_status coop_sample_init(struct coop_sample *ret, const struct coop_hypothesis *hypothesis,
                                  const struct coop_config *config, const struct coop_model *model,
                                  const struct coop_source *source);
void coop_sample_free(struct coop_sample *sample); /* safe on a zeroed struct */

#endif
