/* coopsim - GPL-3.0-or-later
 *
 * Shards: result files with some of a sweep's runs, sealed in DIR/shards and never changed. A range
 * ("2-of-4") is what one process may write: its shards are "2-of-4-000001.h5" and so on. */
#ifndef COOP_IO_SHARD_H
#define COOP_IO_SHARD_H

#include "sim/io/manifest.h"
#include "sim/io/store.h"

/* Where a process writes. */
struct coop_shard_writer {
    const char *directory;
    char range[COOP_SHARD_NAME / 2];
    size_t next;  /* number of the next shard */
    int manifest; /* descriptor */
};

/* Numbers go on behind those that are there, in quarantine too; what a process of this range left
 * half-written when it ended is removed. The caller holds the claim of the range. */
enum coop_status coop_shard_open(struct coop_shard_writer *ret, const char *directory,
                                 const char *range);
void coop_shard_close(struct coop_shard_writer *writer);

/* Builds, seals, and then writes the line: the runs are completed when this returns. `done` gives
 * the line its pid, seconds and worker-weeks. */
enum coop_status coop_shard_seal(struct coop_shard_writer *writer, const struct coop_result *result,
                                 const struct coop_manifest_line *done);
/* Writes the line of a shard that has none. */
enum coop_status coop_shard_adopt(struct coop_shard_writer *writer, const char *name,
                                  const char *sha256, size_t bytes, const int64_t *number,
                                  const int8_t *status, size_t rows);

/* Moves a shard that is not what it should be to DIR/quarantine, whose name is returned. */
enum coop_status coop_shard_quarantine(const char *directory, const char *name, char *ret,
                                       size_t size);

#endif
