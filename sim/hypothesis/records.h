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
    const struct coop_design *design; /* of one point */
    const struct coop_script *script; /* [runs] */
    const struct coop_record *record; /* [runs]; zeroed where a run is not finished */
    size_t *by_name;                  /* [runs] by name, then replicate */
};

/* What is pointed to must outlive `ret`; the records keep their final values. Free in any case. */
enum coop_status coop_records_init(struct coop_records *ret, const struct coop_model *model,
                                   const struct coop_design *design,
                                   const struct coop_script *script,
                                   const struct coop_record *record);
void coop_records_free(struct coop_records *records); /* safe on a zeroed struct */

/* `records` must outlive it and stay where it is. */
struct coop_source coop_records_source(const struct coop_records *records);

#endif
