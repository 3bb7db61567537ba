/* coopsim - GPL-3.0-or-later
 *
 * A run that is being recorded, month by month: between two months it can be left, kept
 * (engine/parts.h) and gone on with. */
#ifndef COOP_ENGINE_RECORDING_H
#define COOP_ENGINE_RECORDING_H

#include "sim/engine/recorder.h"

struct coop_recording {
    struct coop_run *run;       /* borrowed */
    struct coop_record *record; /* borrowed; the caller frees it, also after a failure */
    struct coop_recorder recorder;
    double began; /* seconds, for the time that the run took */
};

enum coop_status coop_recording_begin(struct coop_recording *ret, struct coop_run *run,
                                      struct coop_record *record);
void coop_recording_free(struct coop_recording *recording); /* safe on a zeroed struct */

bool coop_recording_is_over(const struct coop_recording *recording);
/* Lives a month, or less at the end. */
void coop_recording_month(struct coop_recording *recording);
/* The record at the end and the final values, unless it has them: the record is complete. */
void coop_recording_finish(struct coop_recording *recording);

#endif
