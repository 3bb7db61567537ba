/* coopsim - GPL-3.0-or-later
 *
 * How much memory a field takes, inside sim/state. */
#ifndef COOP_STATE_LAYOUT_H
#define COOP_STATE_LAYOUT_H

#include "sim/state/economy.h"

#include <stdbool.h>
#include <stdlib.h>

/* Worker arrays end this many slots behind the last batch: loops and draws go in whole blocks. */
enum { COOP_SLACK = 64 };

static inline size_t coop_round_up(size_t n, size_t multiple)
{
    return (n + multiple - 1) / multiple * multiple;
}

static inline bool coop_is_kept(enum coop_field_class class)
{
    return class == COOP_PERSON || class == COOP_POSITION || class == COOP_ORGANISATION ||
           class == COOP_TALLY;
}

static inline bool coop_is_of_workers(enum coop_field_class class)
{
    return class == COOP_PERSON || class == COOP_POSITION || class == COOP_DERIVED ||
           class == COOP_WORKER_SCRATCH;
}

static inline size_t coop_element_bytes(enum coop_field_class class)
{
    return coop_is_of_workers(class) ? 4 : 8;
}

/* Zeroed memory that begins at a cache line, so that no vector lies across two; `ret_block` is what
 * to free. It is calloc's, since pages that nothing writes take no memory then. */
static inline void *coop_calloc_aligned(size_t count, size_t each, void **ret_block)
{
    enum { LINE = 64 };
    *ret_block = calloc(count * each + LINE, 1);
    return *ret_block == NULL ? NULL : (void *)(((uintptr_t)*ret_block + LINE - 1) / LINE * LINE);
}

/* Elements of one component of a scratch field. */
static inline size_t coop_scratch_elements(const struct coop_economy *economy,
                                           enum coop_field_class class)
{
    return coop_is_of_workers(class)
               ? coop_round_up(economy->largest_batch, COOP_SLACK) + COOP_SLACK
               : economy->largest_count;
}

#endif
