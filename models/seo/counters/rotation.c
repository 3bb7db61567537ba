/* coopsim - GPL-3.0-or-later
 *
 * Job rotation (ODD 2, step 7, and 7, persons): every few weeks a share of the workers passes
 * on positions, k = min(n, max(2, floor(r n + .5))) of them in one random cycle. Standing and
 * skills go with the person, settled authority stays with the position. */
#include "models/seo/person.h"

#define COOP_OWNER rotation
#define SOURCE "ODD 2, step 7"
#define ROTATION_PARAMS(X)                                                                         \
    X(INTEGER, every, "rotation.every", 13, 1, 10000, "week", NULL,                                \
      "Weeks from one rotation to the next", SOURCE)                                               \
    X(REAL, share, "rotation.share", 1, 0, 1, "1", NULL,                                           \
      "Share r of the workers who pass on positions; at least two do", SOURCE)
COOP_PARAMS(ROTATION_PARAMS)

enum { CHOSEN };
static const struct coop_field rotation_fields[] = {{"rotation_chosen", COOP_WORKER_SCRATCH,
                                                     COOP_U32, 1, "1",
                                                     "Slots in random order; the first k rotate"}};

/* The first `count` of a random order of the organisation's slots (Fisher and Yates). */
static void draw_order(const struct coop_batch *b, size_t o, size_t count, uint32_t *ret_slot)
{
    uint32_t n = b->size[o], purpose = coop_purpose("rotation.pick");
    for (uint32_t i = 0; i < n; i++)
        ret_slot[i] = (uint32_t)coop_slot(b, o, i);
    for (uint32_t i = 0; i < count; i++) {
        struct coop_block block = coop_draw(b->streams.dynamics, purpose,
                                            b->first_organisation + (uint32_t)o, b->week, i, 0);
        uint32_t other = i + coop_below(block.word[0], n - i), slot = ret_slot[i];
        ret_slot[i] = ret_slot[other];
        ret_slot[other] = slot;
    }
}

static void rotate(const struct coop_batch *b, size_t o, double share)
{
    size_t n = b->size[o];
    size_t count = (size_t)(share * (double)n + 0.5);
    count = count < 2 ? 2 : count > n ? n : count;
    if (n < 2)
        return;
    uint32_t *slot = coop_worker_u32(b, b->own + CHOSEN);
    draw_order(b, o, count, slot);
    seo_person_cycle(b, slot, count);
}

static void rotation_act(const struct coop_batch *b)
{
    const struct rotation_params *params = b->params;
    int64_t start = seo_shared(b)->counter[SEO_COUNTER_rotation].start;
    if ((b->week + 1 - start) % params->every != 0)
        return;
    for (size_t o = 0; o < b->organisations; o++)
        if (seo_counter_acts(b, o, SEO_COUNTER_rotation))
            rotate(b, o, params->share);
}

COOP_MECHANISM(rotation) = {
    .name = "rotation",
    .summary = "Workers pass on their positions in turn",
    .source = SOURCE,
    .params = &rotation_table,
    .fields = rotation_fields,
    .field_count = sizeof rotation_fields / sizeof *rotation_fields,
    .act = rotation_act,
};
