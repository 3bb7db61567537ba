/* coopsim - GPL-3.0-or-later
 *
 * A person taken from a position: every component of every field of class COOP_PERSON, whichever
 * mechanism owns it. Slot = position, so who changes position is moved. */
#ifndef COOP_STATE_PERSON_H
#define COOP_STATE_PERSON_H

#include "sim/state/batch.h"

enum { COOP_PERSON_VALUES_MAX = 64 }; /* coop_run_init refuses a model with more */

struct coop_person {
    uint32_t value[COOP_PERSON_VALUES_MAX]; /* the bits of 4 bytes each */
};

static inline void coop_person_read(const struct coop_batch *b, size_t slot,
                                    struct coop_person *ret)
{
    for (size_t i = 0; i < b->persons; i++)
        memcpy(&ret->value[i], (const char *)b->person[i] + 4 * slot, 4);
}

static inline void coop_person_write(const struct coop_batch *b, size_t slot,
                                     const struct coop_person *person)
{
    for (size_t i = 0; i < b->persons; i++)
        memcpy((char *)b->person[i] + 4 * slot, &person->value[i], 4);
}

#endif
