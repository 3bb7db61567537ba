/* coopsim - GPL-3.0-or-later
 *
 * Between the files of engine/parts.h. */
#ifndef COOP_ENGINE_PARTS_INSIDE_H
#define COOP_ENGINE_PARTS_INSIDE_H

#include "sim/engine/parts.h"

/* Copies what is used, which is the same of both. */
void coop_part_copy(const struct coop_part *to, const struct coop_part *from);

/* Name of the part that a finished run has and an unfinished one has not. */
#define COOP_PART_OF_FINISHED "record/final_mean"

#endif
