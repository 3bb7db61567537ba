/* coopsim - GPL-3.0-or-later
 *
 * How much a change of a governed variable would affect somebody's own job (ODD 4): by how much it
 * would move the mean of the facets f of autonomy,
 *
 *     mechanisation   sum over f of A_f (1 - A_f) |mu_f| (1 - E) / 3
 *     formalisation   sum over f of A_f (1 - A_f) |phi_f| / 3
 *     hierarchy       sum over f of A_f (1 - A_f) eta_f (1 - g) / 3
 *
 * with mu and phi as far as they are not enabling; division and pay spread by the distance of the
 * job from the mean, |E - mean E|; the product and proposals affect all alike. */
#ifndef COOP_MODELS_SEO_AFFECTEDNESS_H
#define COOP_MODELS_SEO_AFFECTEDNESS_H

#include "models/seo/autonomy.h"

/* Jobs that are closer to the mean than 32-bit floats can tell are the mean job. */
#define SEO_MEAN_JOB 3e-7f

/* Weights of the facets in the effect of a variable on autonomy; 0 for the other variables. */
static inline void seo_affected_weights(const struct coop_batch *b, size_t y,
                                        float ret_weight[SEO_FACETS])
{
    const struct autonomy_params *params = seo_autonomy_params(b);
    for (size_t f = 0; f < SEO_FACETS; f++) {
        double weight = 0;
        if (y == SEO_mechanisation)
            weight = params->technology[f] * (1 - 2 * params->technology_enabling);
        else if (y == SEO_formalisation)
            weight = params->rules[f] * (1 - 2 * params->rules_enabling);
        else if (y == SEO_hierarchy)
            weight = params->orders[f];
        ret_weight[f] = (float)((weight < 0 ? -weight : weight) / 3);
    }
}

/* A (1 - A) of a facet from the odds x against autonomy, A = 1 / (1 + x). */
static inline float seo_affected_facet(float odds)
{
    return odds / ((1.0f + odds) * (1.0f + odds));
}

/* The effect of a variable on the autonomy of the worker in a slot. */
static inline float seo_affected_autonomy(const struct coop_batch *b, size_t slot, size_t y,
                                          const float weight[SEO_FACETS])
{
    float hindrance = coop_worker(b, SEO_HINDRANCE, 0)[slot], effect = 0;
    for (size_t f = 0; f < SEO_FACETS; f++)
        effect += weight[f] * seo_affected_facet(coop_worker(b, SEO_ODDS, f)[slot] * hindrance);
    if (y == SEO_mechanisation)
        effect *= 1.0f - coop_worker(b, SEO_EMPOWERMENT, 0)[slot];
    if (y == SEO_hierarchy)
        effect *= 1.0f - coop_worker(b, SEO_RANK, 0)[slot];
    return effect;
}

/* Whether a variable affects jobs by their distance from the mean job, or by autonomy. */
static inline bool seo_affects_by_distance(size_t y)
{
    return y == SEO_division || y == SEO_pay_spread;
}

static inline bool seo_affects_autonomy(size_t y)
{
    return y == SEO_mechanisation || y == SEO_formalisation || y == SEO_hierarchy;
}

static inline float seo_affected_by_distance(float empowerment, float mean)
{
    float distance = empowerment < mean ? mean - empowerment : empowerment - mean;
    return distance < SEO_MEAN_JOB ? 0.0f : distance;
}

/* How much variable y (or SEO_PROPOSAL) affects the workers of organisation o, by position, in any
 * scale; all 1 if it affects nobody, or all alike. */
static inline void seo_affectedness(const struct coop_batch *b, size_t o, size_t y, float *ret)
{
    const float *empowerment = coop_worker(b, SEO_EMPOWERMENT, 0);
    float weight[SEO_FACETS];
    double mean = 0, total = 0;
    seo_affected_weights(b, y, weight);
    for (size_t p = 0; p < b->size[o]; p++)
        mean += (double)empowerment[coop_slot(b, o, p)] / (double)b->size[o];
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        ret[p] = seo_affects_by_distance(y) ? seo_affected_by_distance(empowerment[i], (float)mean)
                                            : seo_affected_autonomy(b, i, y, weight);
        total += (double)ret[p];
    }
    for (size_t p = 0; p < b->size[o] && !(total > 0); p++)
        ret[p] = 1;
}

#endif
