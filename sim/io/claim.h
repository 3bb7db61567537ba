/* coopsim - GPL-3.0-or-later
 *
 * Claims: which process computes which range of a sweep's runs. A claim is the file
 * "claim-<i>-of-<n>" with host, boot, process and its start, locked as long as the process lives.
 * A claim left behind is taken over only if its process is provably dead: on this host, in this
 * boot, and there is no such process any more. */
#ifndef COOP_IO_CLAIM_H
#define COOP_IO_CLAIM_H

#include "sim/base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { COOP_CLAIM_TEXT = 128 };

struct coop_owner {
    size_t part, parts;
    char host[COOP_CLAIM_TEXT], boot[COOP_CLAIM_TEXT], job[COOP_CLAIM_TEXT], began[32];
    int64_t pid;
    uint64_t ticks; /* when the process was started, by the kernel's count */
    bool dead;      /* provably */
};

struct coop_claim {
    char path[4096];
    int fd;
};

/* Claims part `part` (from 1) of `parts`. COOP_REFUSED, with who it is, if another process has it or
 * has a part of another number of parts, which would overlap. */
enum coop_status coop_claim_take(struct coop_claim *ret, const char *directory, size_t part,
                                 size_t parts);
void coop_claim_release(struct coop_claim *claim); /* safe after a failure */

/* All claims of a directory; `ret` is to be freed. */
enum coop_status coop_claim_list(const char *directory, struct coop_owner **ret, size_t *ret_count);

#endif
