/* coopsim - GPL-3.0-or-later
 *
 * The manifest of a sweep: one line of JSON for every sealed shard, in a file of its own for each
 * process that may write. It is an index, so that shards need not be opened to know what they hold;
 * the shards are the truth. A line that is torn or altered does not fit its own check and is passed
 * over; its shard is then adopted. */
#ifndef COOP_IO_MANIFEST_H
#define COOP_IO_MANIFEST_H

#include "sim/io/digest.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { COOP_SHARD_NAME = 64 };

struct coop_manifest_line {
    char shard[COOP_SHARD_NAME]; /* name of the file in DIR/shards */
    char sha256[COOP_DIGEST_TEXT];
    size_t bytes;
    char *done, *failed; /* runs: "0-31,40" */
    int64_t pid;         /* of the process that sealed it, and what it had done until then: */
    double seconds, worker_weeks;
};

struct coop_manifest {
    struct coop_manifest_line *line; /* [lines], file after file, each in its order */
    size_t lines;
    size_t passed_over;
};

/* All manifests of a sweep; none is no failure. */
enum coop_status coop_manifest_read(struct coop_manifest *ret, const char *directory);
void coop_manifest_free(struct coop_manifest *manifest); /* safe on a zeroed struct */
/* The last line of a shard; NULL: none. */
const struct coop_manifest_line *coop_manifest_find(const struct coop_manifest *manifest,
                                                    const char *shard);

/* Opens the manifest "manifest-<range>.jsonl" to append to; cuts off a torn last line. */
enum coop_status coop_manifest_open(const char *directory, const char *range, int *ret_fd);
/* Returns when the line is on the disk. */
enum coop_status coop_manifest_append(int fd, const struct coop_manifest_line *line);

/* The runs of `status` as text, to be freed. */
char *coop_manifest_ranges(const int64_t *number, const int8_t *status, size_t rows, int8_t wanted);
/* Marks the runs of such a text that are below `runs` in `ret` (not NULL) with `mark`. */
void coop_manifest_mark(const char *ranges, int8_t *ret, size_t runs, int8_t mark);

#endif
