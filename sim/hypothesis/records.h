/* coopsim - GPL-3.0-or-later
 *
 * Finished runs in memory as the source of the numbers of hypotheses. */
#ifndef COOP_HYPOTHESIS_RECORDS_H
#define COOP_HYPOTHESIS_RECORDS_H

#include "sim/engine/model.h"
#include "sim/hypothesis/source.h"
#include "sim/param/design.h"
#include "sim/state/record.h"

struct coop_records {
    const struct coop_model *model;
    const struct coop_design *design;
    const struct coop_script *script; /* [runs] */
    const struct coop_record
        *record; /* [runs], with their final values of each organisation; zeroed
                                         where a run is not finished */
};

/* `records` must outlive it and stay where it is. */
struct coop_source coop_records_source(struct coop_records *records);

#endif
