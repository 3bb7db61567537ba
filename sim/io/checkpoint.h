/* coopsim - GPL-3.0-or-later
 *
 * Checkpoints: the parts of runs (engine/parts.h) in a file of their own, sealed like a result. A
 * group holds the parts of one run at one time, so that h5py finds `/state/<field>` of the run that
 * is being computed, `/finished/3/record/pooled` of a finished one and `/kept/3/state/<field>` of
 * one as it was in a week that is kept. `/provenance` says which configuration and version all are
 * of. Bits are written as they are, uncompressed: state hardly gets smaller. */
#ifndef COOP_IO_CHECKPOINT_H
#define COOP_IO_CHECKPOINT_H

#include "sim/engine/parts.h"
#include "sim/io/provenance.h"

enum { COOP_CHECKPOINT_GROUP = 32 };
#define COOP_CHECKPOINT_ROOT "/"

struct coop_checkpoint_item {
    char group[COOP_CHECKPOINT_GROUP]; /* "kept/3"; COOP_CHECKPOINT_ROOT: the file itself */
    const struct coop_parts *parts;
    size_t run; /* number in the design */
};

/* Writes all items; replaces the file atomically, so that there is always a whole one. */
enum coop_status coop_checkpoint_write(const char *path, const struct coop_provenance *provenance,
                                       const struct coop_checkpoint_item *item, size_t items);

struct coop_checkpoint {
    const char *path;                                  /* borrowed */
    int64_t file;                                      /* HDF5's */
    char *resolved, *version, *revision, *config_text; /* of the provenance */
};

/* COOP_REFUSED unless it is a whole and undamaged checkpoint; COOP_IO if it cannot be read. */
enum coop_status coop_checkpoint_open(struct coop_checkpoint *ret, const char *path);
void coop_checkpoint_close(struct coop_checkpoint *checkpoint); /* safe on a zeroed struct */
bool coop_checkpoint_has(const struct coop_checkpoint *checkpoint, const char *group);
/* One whole number of a group: its "week", its "run". */
enum coop_status coop_checkpoint_number(const struct coop_checkpoint *checkpoint, const char *group,
                                        const char *name, int64_t *ret);
/* The parts of a group, in their own memory, and which run they are of. */
enum coop_status coop_checkpoint_read(const struct coop_checkpoint *checkpoint, const char *group,
                                      struct coop_parts *ret, size_t *ret_run);

#endif
