/* coopsim - GPL-3.0-or-later
 *
 * Which counter-mechanisms act, in the week that begins at the record, and what they cost (ODD 2,
 * step 7). Pooled, X_acts is the share of the organisations in which X acts: 0 once X no longer
 * passes its vote; X_first_vote is the share of those that have voted in which the first one passed. */
#include "models/seo/productivity.h"

/* The first votes of the whole run, from those that are tallied between two records. */
static const struct coop_field counter_fields[] = {
    {"counter_first_votes", COOP_ORGANISATION, COOP_F64, COOP_IF_OPTION(SEO_OPTION_DECIDE), "1",
     "Sum of 2^(2 number + passed) over the counter-mechanisms' first votes"}};

#define ACTS(X, name_)                                                                             \
    {.name = #name_ "_acts",                                                                       \
     .unit = "1",                                                                                  \
     .formula = "1 if " #name_ " is on, has begun, has not ended and has passed its last vote",    \
     .summary = "Whether the counter-mechanism " #name_ " acts",                                   \
     .min = 0,                                                                                     \
     .max = 1,                                                                                     \
     .neutral = NAN},
#define FIRST_VOTE(X, name_)                                                                       \
    {.name = #name_ "_first_vote",                                                                 \
     .unit = "1",                                                                                  \
     .formula = "1 if the first vote on " #name_ " passed, 0 if it failed, missing before it",     \
     .summary = "Whether the counter-mechanism " #name_ " passed the first vote on it",            \
     .min = 0,                                                                                     \
     .max = 1,                                                                                     \
     .neutral = NAN,                                                                               \
     .of_whole_run = true,                                                                         \
     .absent = NAN},
static const struct coop_measure counter_measures[] = {SEO_COUNTER_LIST(ACTS, ) SEO_COUNTER_LIST(
    FIRST_VOTE, ){.name = "counter_cost",
                  .unit = "1",
                  .formula = "min(1, sum of the costs of those that act)",
                  .summary = "Share of the output that counter-mechanisms take",
                  .min = 0,
                  .max = 1,
                  .neutral = NAN}};

/* The votes of the tally that are the first of their counter-mechanism join those known. */
static double first_votes(const struct coop_batch *b, size_t o)
{
    double *known = &coop_organisation(b, b->own, 0)[o];
    const double tallied = coop_organisation(b, SEO_FIRST_VOTES, 0)[o];
    for (uint32_t counter = 0; counter < SEO_COUNTER_COUNT; counter++)
        if (seo_first_vote(*known, counter) == SEO_NO_VOTE)
            *known += (double)((uint64_t)seo_first_vote(tallied, counter) << 2 * counter);
    return *known;
}

static float first_vote(double votes, uint32_t counter)
{
    const enum seo_vote vote = seo_first_vote(votes, counter);
    return vote == SEO_NO_VOTE ? NAN : vote == SEO_PASSED ? 1.0f : 0.0f;
}

static void observe_votes(const struct coop_batch *b, float *const *ret)
{
    for (size_t o = 0; o < b->organisations; o++) {
        const double votes = seo_has(b, SEO_OPTION_DECIDE) ? first_votes(b, o) : 0;
        for (uint32_t counter = 0; counter < SEO_COUNTER_COUNT; counter++)
            ret[counter][o] = first_vote(votes, counter);
    }
}

static void counter_observe(const struct coop_batch *b, float *const *ret)
{
    observe_votes(b, ret + SEO_COUNTER_COUNT);
    for (size_t counter = 0; counter < SEO_COUNTER_COUNT; counter++)
        for (size_t o = 0; o < b->organisations; o++)
            ret[counter][o] = seo_counter_acts(b, o, (enum seo_counter)counter) ? 1.0f : 0.0f;
    for (size_t o = 0; o < b->organisations; o++)
        ret[2 * SEO_COUNTER_COUNT][o] = (float)seo_counter_costs(b, o);
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
    .fields = counter_fields,
    .field_count = sizeof counter_fields / sizeof *counter_fields,
    .measures = counter_measures,
    .measure_count = sizeof counter_measures / sizeof *counter_measures,
    .asked = any_is_planned,
    .observe = counter_observe,
};
