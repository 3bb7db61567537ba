/* coopsim - GPL-3.0-or-later
 *
 * What more than one mechanism or measure asks about jobs (ODD 1 and 2, step 2). */
#ifndef COOP_MODELS_SEO_JOBS_H
#define COOP_MODELS_SEO_JOBS_H

#include "models/seo/seo.h"

/* Jobs within this of each other in empowerment are on one level: the specification's 1e-9, as far
 * as 32-bit floats below 1 can tell. */
#define SEO_LEVEL 3e-7f

/* The job's mean of a property of task kinds, sum over k of x_jk weight_k; `ret` is [lanes]. Three
 * kinds are added in one loop; where there are none left, nothing of the first of the three. */
static inline void seo_job_mean(const struct coop_batch *b, const double *weight, float *ret)
{
    for (size_t k = 0; k < b->kinds; k += 3) {
        const bool second = k + 1 < b->kinds, third = k + 2 < b->kinds;
        const float *x0 = coop_worker(b, SEO_SHARE, k);
        const float *x1 = coop_worker(b, SEO_SHARE, second ? k + 1 : k);
        const float *x2 = coop_worker(b, SEO_SHARE, third ? k + 2 : k);
        float w0 = (float)weight[k];
        float w1 = second ? (float)weight[k + 1] : 0.0f, w2 = third ? (float)weight[k + 2] : 0.0f;
        COOP_LANEWISE (i, b->lanes)
            ret[i] = (k == 0 ? 0.0f : ret[i]) + x0[i] * w0 + x1[i] * w1 + x2[i] * w2;
    }
}

/* Autonomy A, the mean of sig(l_f) over the facets, where odds B against it are scaled by r. */
static inline float seo_autonomy(float odds0, float odds1, float odds2, float r)
{
    return (1.0f / (1.0f + odds0 * r) + 1.0f / (1.0f + odds1 * r) + 1.0f / (1.0f + odds2 * r)) *
           (1.0f / 3.0f);
}

/* Weight of a kind's skill in competence q_i = sum over k of e_k s_ik / sum e_k. */
static inline float seo_competence_weight(const struct coop_batch *b, size_t kind)
{
    const struct coop_real_list *empowerment = &seo_shared(b)->tasks.empowerment;
    double total = 0;
    for (size_t k = 0; k < b->kinds; k++)
        total += empowerment->value[k];
    return (float)(empowerment->value[kind] / total);
}

/* Competence q_i of the skills as they are now; `ret` is [lanes]. */
static inline void seo_competence(const struct coop_batch *b, float *ret)
{
    for (size_t k = 0; k < b->kinds; k++) {
        const float *skill = coop_worker(b, SEO_SKILL, k);
        float weight = seo_competence_weight(b, k);
        COOP_LANEWISE (i, b->lanes)
            ret[i] = (k == 0 ? 0.0f : ret[i]) + weight * skill[i];
    }
}

/* Levels L of a tree of `n` positions. Level l begins at position (c^l - 1) / (c - 1): it is the
 * largest l with c^l <= 1 + j (c - 1). */
static inline size_t seo_tree_levels(size_t n, size_t span)
{
    size_t levels = 0;
    for (size_t begin = 0, width = 1; begin < n; begin += width, width *= span)
        levels++;
    return levels;
}

/* Mean empowerment of the positions of organisation o. */
static inline double seo_mean_empowerment(const struct coop_batch *b, size_t o)
{
    const float *empowerment = coop_worker(b, SEO_EMPOWERMENT, 0);
    double total = 0;
    for (size_t p = 0; p < b->size[o]; p++)
        total += (double)empowerment[coop_slot(b, o, p)];
    return total / (double)b->size[o];
}

/* Slots of the empowered positions of organisation o, those with E_j > mean E, and of the others, in
 * the order of positions; both have room for all. Returns how many are empowered. */
static inline size_t seo_split_empowered(const struct coop_batch *b, size_t o,
                                         uint32_t *ret_empowered, uint32_t *ret_others)
{
    const float *empowerment = coop_worker(b, SEO_EMPOWERMENT, 0);
    float limit = (float)seo_mean_empowerment(b, o) + SEO_LEVEL;
    size_t empowered = 0, others = 0;
    for (size_t p = 0; p < b->size[o]; p++) {
        uint32_t slot = (uint32_t)coop_slot(b, o, p);
        if (empowerment[slot] > limit)
            ret_empowered[empowered++] = slot;
        else
            ret_others[others++] = slot;
    }
    return empowered;
}

#endif
