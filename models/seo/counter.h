/* coopsim - GPL-3.0-or-later
 *
 * What all counter-mechanisms have in common (ODD 2, step 7): when they act, and how much. */
#ifndef COOP_MODELS_SEO_COUNTER_H
#define COOP_MODELS_SEO_COUNTER_H

#include "models/seo/seo.h"

static inline bool seo_counter_planned(const struct seo_params *params, enum seo_counter counter)
{
    return params->counter[counter].on;
}

/* How a first vote on a counter-mechanism went, from the number that SEO_FIRST_VOTES is. */
enum seo_vote { SEO_NO_VOTE, SEO_FAILED, SEO_PASSED };
static inline enum seo_vote seo_first_vote(double votes, uint32_t counter)
{
    _Static_assert(2 * SEO_COUNTER_COUNT <= 52, "a double holds two bits a counter-mechanism");
    return (enum seo_vote)((uint64_t)votes >> 2 * counter & 3);
}

/* Whether a counter-mechanism acts in organisation o this week: it is planned, has begun, has not
 * ended, and has passed its vote if it is put to one. */
static inline bool seo_counter_acts(const struct coop_batch *b, size_t o, enum seo_counter counter)
{
    const struct seo_counter_params *params = &seo_shared(b)->counter[counter];
    if (!params->on || b->week < params->start || b->week >= params->end)
        return false;
    return !params->vote || ((uint64_t)coop_organisation(b, SEO_ADOPTED, 0)[o] >> counter & 1) != 0;
}

/* The dose of a counter-mechanism in every organisation of the batch, `ret`, and for every worker,
 * `ret_worker`: 0 where it does not act. False if it acts nowhere; then neither is written. */
static inline bool seo_counter_dose(const struct coop_batch *b, enum seo_counter counter,
                                    double dose, double *ret, float *ret_worker)
{
    bool somewhere = false;
    if (!seo_counter_planned(seo_shared(b), counter))
        return false;
    for (size_t o = 0; o < b->organisations; o++)
        somewhere = seo_counter_acts(b, o, counter) || somewhere;
    for (size_t o = 0; somewhere && o < b->organisations; o++)
        ret[o] = seo_counter_acts(b, o, counter) ? dose : 0;
    if (somewhere)
        coop_batch_spread(b, ret, ret_worker);
    return somewhere;
}

#endif
