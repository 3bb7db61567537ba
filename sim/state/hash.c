/* coopsim - GPL-3.0-or-later
 *
 * The hash of the state, which does not depend on the lay-out. */
#include "sim/state/layout.h"

static uint64_t hash_word(uint64_t hash, const char *bytes)
{
    uint32_t word;
    memcpy(&word, bytes, sizeof word);
    return (hash ^ word) * 0x100000001b3u;
}

/* The workers' values in the order of organisations and positions, whatever the lay-out. */
static uint64_t hash_workers(uint64_t hash, const struct coop_economy *economy, const char *array)
{
    for (size_t i = 0; i < economy->batches; i++) {
        const struct coop_batch_plan *plan = &economy->plan[i];
        for (size_t o = plan->first_organisation;
             o < (size_t)plan->first_organisation + plan->organisations; o++)
            for (size_t p = 0; p < economy->size[o]; p++)
                hash = hash_word(hash, array + 4 * (plan->first_slot + economy->first[o] +
                                                    p * economy->step[o]));
    }
    return hash;
}

uint64_t coop_economy_hash(const struct coop_economy *economy, size_t fields)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t f = 0; f < fields; f++) {
        enum coop_field_class class = economy->row[f]->class;
        if (!coop_is_kept(class) || class == COOP_TALLY)
            continue;
        for (size_t c = 0; c < economy->components[f]; c++) {
            const char *array =
                (char *)economy->field[f] + c * economy->stride[f] * coop_element_bytes(class);
            for (size_t i = 0; class == COOP_ORGANISATION && i < 2 * economy->organisations; i++)
                hash = hash_word(hash, array + 4 * i);
            if (class != COOP_ORGANISATION)
                hash = hash_workers(hash, economy, array);
        }
    }
    return hash;
}
