/* coopsim - GPL-3.0-or-later
 *
 * Term limits (ODD 2, step 7): nobody holds one and the same empowered position, one with
 * E_j > mean E, for more than a number of weeks. Whoever has held it so long changes places with
 * the holder of a position that is not empowered, drawn by lot; the highest position comes first,
 * and nobody changes twice in a week. It counteracts the stay in positions that breed autonomy and
 * know-how. Where all jobs are equal nothing happens. */
#include "models/seo/counter.h"
#include "models/seo/jobs.h"
#include "models/seo/person.h"

#define COOP_OWNER term_limit
#define SOURCE "ODD 2, step 7"
#define TERM_LIMIT_PARAMS(X)                                                                       \
    X(INTEGER, weeks, "term_limit.weeks", 104, 1, 100000, "week", NULL,                            \
      "Longest stay in one empowered position", SOURCE)
COOP_PARAMS(TERM_LIMIT_PARAMS)

enum { EMPOWERED, OTHERS };
static const struct coop_field term_limit_fields[] = {
    {"term_limit_empowered", COOP_WORKER_SCRATCH, COOP_U32, 1, "1",
     "Slots of empowered positions, the highest first"},
    {"term_limit_others", COOP_WORKER_SCRATCH, COOP_U32, 1, "1",
     "Slots of the other positions, first those not yet drawn"}};

static bool has_served(const struct coop_batch *b, uint32_t slot)
{
    const struct term_limit_params *params = b->params;
    return b->week + 1 - (int64_t)coop_worker_u32(b, SEO_SINCE)[slot] >= params->weeks;
}

/* The holder of `slot` changes places with one of the first `count` others, who is put behind. */
static void step_down(const struct coop_batch *b, size_t o, uint32_t slot, uint32_t *others,
                      size_t count)
{
    struct coop_block block =
        coop_draw(b->streams.dynamics, coop_purpose("term_limit.pick"),
                  b->first_organisation + (uint32_t)o, b->week, b->position[slot], 0);
    uint32_t drawn = coop_below(block.word[0], (uint32_t)count);
    uint32_t pair[2] = {slot, others[drawn]};
    seo_person_cycle(b, pair, 2);
    others[drawn] = others[count - 1];
    others[count - 1] = pair[1];
}

static void limit_terms(const struct coop_batch *b, size_t o)
{
    uint32_t *empowered = coop_worker_u32(b, b->own + EMPOWERED);
    uint32_t *others = coop_worker_u32(b, b->own + OTHERS);
    size_t count = seo_split_empowered(b, o, empowered, others), left = b->size[o] - count;
    for (size_t i = 0; i < count && left > 0; i++)
        if (has_served(b, empowered[i]))
            step_down(b, o, empowered[i], others, left--);
}

static void term_limit_act(const struct coop_batch *b)
{
    if (!seo_counter_planned(seo_shared(b), SEO_COUNTER_term_limit))
        return;
    for (size_t o = 0; o < b->organisations; o++)
        if (seo_counter_acts(b, o, SEO_COUNTER_term_limit))
            limit_terms(b, o);
}

static uint32_t term_limit_options(const void *shared, const void *params)
{
    (void)params;
    return seo_counter_planned(shared, SEO_COUNTER_term_limit) ? 1u << SEO_OPTION_TENURE : 0;
}

COOP_MECHANISM(term_limit) = {
    .name = "term_limit",
    .summary = "Nobody holds an empowered position for longer than a term",
    .source = SOURCE "; the annual offices of Athens in Aristotle, Politics VI 2; Manin (1997), "
                     "The Principles of Representative Government",
    .params = &term_limit_table,
    .fields = term_limit_fields,
    .field_count = sizeof term_limit_fields / sizeof *term_limit_fields,
    .options = term_limit_options,
    .act = term_limit_act,
};
