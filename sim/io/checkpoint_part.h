/* coopsim - GPL-3.0-or-later
 *
 * One part in a checkpoint, between its two files. */
#ifndef COOP_IO_CHECKPOINT_PART_H
#define COOP_IO_CHECKPOINT_PART_H

#include "sim/engine/parts.h"
#include "sim/io/h5_read.h"

#define COOP_CHECKPOINT_KIND "coopsim checkpoint"

/* Writes what is used of it. */
enum coop_status coop_checkpoint_part_write(hid_t file, const char *name,
                                            const struct coop_part *part);
/* Adds it to a list under the name `as`; COOP_REFUSED if it is none that is written. */
enum coop_status coop_checkpoint_part_read(hid_t file, const char *name, const char *as,
                                           struct coop_parts *parts);

#endif
