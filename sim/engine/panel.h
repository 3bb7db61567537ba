/* coopsim - GPL-3.0-or-later
 *
 * The panel: workers sampled evenly over the register of the whole economy (place of the
 * organisation and number in it), followed through positions; a successor takes the place of who
 * left. Kept are all fields of persons and positions and all derived ones. */
#ifndef COOP_ENGINE_PANEL_H
#define COOP_ENGINE_PANEL_H

#include "sim/engine/run.h"

enum coop_status coop_panel_init(struct coop_record *record, const struct coop_run *run);
/* Copies the state of the panel's workers in this batch to record `number`. */
void coop_panel_sample(const struct coop_record *record, const struct coop_run *run,
                       const struct coop_batch *batch, size_t number);
/* What column `number` of a run's panel will be, without values; false behind the last one. */
bool coop_panel_column(const struct coop_model *model, const struct coop_script *script,
                       size_t number, struct coop_panel_column *ret);
size_t coop_panel_bytes(const struct coop_model *model, const struct coop_settings *settings,
                        size_t times, struct coop_dimensions dimensions);

#endif
