/* coopsim - GPL-3.0-or-later
 *
 * Which counter-mechanisms act, in the week that begins at the record, and what they cost (ODD 2,
 * step 7). Pooled, X_acts is the share of the organisations in which X acts: 0 once X no longer
 * passes its vote. */
#include "models/seo/productivity.h"

#define ACTS(X, name_)                                                                             \
    {.name = #name_ "_acts",                                                                       \
     .unit = "1",                                                                                  \
     .formula = "1 if " #name_ " is on, has begun, has not ended and has passed its last vote",    \
     .summary = "Whether the counter-mechanism " #name_ " acts",                                   \
     .min = 0,                                                                                     \
     .max = 1,                                                                                     \
     .neutral = NAN},
static const struct coop_measure counter_measures[] = {
    SEO_COUNTER_LIST(ACTS, ){.name = "counter_cost",
                             .unit = "1",
                             .formula = "min(1, sum of the costs of those that act)",
                             .summary = "Share of the output that counter-mechanisms take",
                             .min = 0,
                             .max = 1,
                             .neutral = NAN}};

static void counter_observe(const struct coop_batch *b, float *const *ret)
{
    for (size_t counter = 0; counter < SEO_COUNTER_COUNT; counter++)
        for (size_t o = 0; o < b->organisations; o++)
            ret[counter][o] = seo_counter_acts(b, o, (enum seo_counter)counter) ? 1.0f : 0.0f;
    for (size_t o = 0; o < b->organisations; o++)
        ret[SEO_COUNTER_COUNT][o] = (float)seo_counter_costs(b, o);
}

static bool any_is_planned(const void *shared)
{
    bool any = false;
    for (size_t counter = 0; counter < SEO_COUNTER_COUNT; counter++)
        any = any || seo_counter_planned(shared, (enum seo_counter)counter);
    return any;
}

COOP_OBSERVER(counter_measures) = {
    .name = "counter_measures",
    .summary = "Which counter-mechanisms act, and what they cost",
    .measures = counter_measures,
    .measure_count = sizeof counter_measures / sizeof *counter_measures,
    .asked = any_is_planned,
    .observe = counter_observe,
};
