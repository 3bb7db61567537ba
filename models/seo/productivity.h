/* coopsim - GPL-3.0-or-later
 *
 * Productivity until pay and production exist (ODD 7): the mean per worker of
 * sum over k of x_jk (1/2 + 1/2 s_ik) (1 + .3 m)(1 + .2 (z_i - .2)), effort 1, less the shares
 * that counter-mechanisms cost. */
#ifndef COOP_MODELS_SEO_PRODUCTIVITY_H
#define COOP_MODELS_SEO_PRODUCTIVITY_H

#include "models/seo/counter.h"
#include "sim/base/measure.h"

/* What an hour of a kind of task brings at a skill, and the factor of know-how. */
static inline float seo_output_of_skill(float skill)
{
    return 0.5f + 0.5f * skill;
}

static inline float seo_output_of_know(float know)
{
    return 1.0f + 0.2f * (know - 0.2f);
}

/* The workers' output but for the factor 1 + .3 m; `ret` is [lanes]. */
static inline void seo_output(const struct coop_batch *b, float *ret)
{
    for (size_t k = 0; k < b->kinds; k++) {
        const float *share = coop_worker(b, SEO_SHARE, k);
        const float *skill = coop_worker(b, SEO_SKILL, k);
        COOP_LANEWISE (i, b->lanes)
            ret[i] = (k == 0 ? 0.0f : ret[i]) + share[i] * seo_output_of_skill(skill[i]);
    }
    const float *know = coop_worker(b, SEO_KNOW, 0);
    COOP_LANEWISE (i, b->lanes)
        ret[i] *= seo_output_of_know(know[i]);
}

/* The same of one worker. */
static inline float seo_output_of(const struct coop_batch *b, size_t slot)
{
    float output = 0;
    for (size_t k = 0; k < b->kinds; k++)
        output += coop_worker(b, SEO_SHARE, k)[slot] *
                  seo_output_of_skill(coop_worker(b, SEO_SKILL, k)[slot]);
    return output * seo_output_of_know(coop_worker(b, SEO_KNOW, 0)[slot]);
}

/* Share of the output that the acting counter-mechanisms take, at most all of it. */
static inline double seo_counter_costs(const struct coop_batch *b, size_t o)
{
    double cost = 0;
    for (size_t counter = 0; counter < SEO_COUNTER_COUNT; counter++)
        if (seo_counter_acts(b, o, (enum seo_counter)counter))
            cost += seo_shared(b)->counter[counter].cost;
    return cost < 1 ? cost : 1;
}

/* Productivity of every organisation; `spare` is [lanes]. */
static inline void seo_productivity(const struct coop_batch *b, float *spare, double *ret)
{
    const double *m = coop_organisation(b, SEO_IN_FORCE, SEO_mechanisation);
    seo_output(b, spare);
    coop_batch_mean(b, spare, ret);
    for (size_t o = 0; o < b->organisations; o++)
        ret[o] *= (1 + .3 * m[o]) * (1 - seo_counter_costs(b, o));
}

#endif
