/* coopsim - GPL-3.0-or-later
 *
 * Joining the shards of a sweep: one file with all runs in their order, the same bytes whichever
 * shards they come from. */
#ifndef COOP_IO_MERGE_H
#define COOP_IO_MERGE_H

#include "sim/io/read.h"

/* Builds the file of all runs of a reader in memory, a few rows of a variable at a time. `filler`
 * (may be NULL) is a file in memory with a row for each run that no shard has. COOP_REFUSED if a run
 * is in neither. */
enum coop_status coop_merge_build(struct coop_reader *reader, const void *filler, size_t size,
                                  void **ret_bytes, size_t *ret_size);

/* Compares the values of run `run` with the only row of a file in memory, bit by bit, in all
 * variables with a row a run. `ret_different` names the first that differs, "" if none does, and
 * `ret_values` counts the values compared. */
enum coop_status coop_merge_compare(struct coop_reader *reader, size_t run, const void *bytes,
                                    size_t size, char *ret_different, size_t different_size,
                                    size_t *ret_values);

#endif
