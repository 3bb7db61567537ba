/* coopsim - GPL-3.0-or-later
 *
 * A person's status (ODD 1): the groups, the level of education, whether he or she is hired without
 * being a member. Drawn when the person comes, it does not change. The field SEO_STATUS is there
 * only if something asks for it (SEO_OPTION_STATUS): what takes a slot may only be called then, unless
 * it says otherwise. */
#ifndef COOP_MODELS_SEO_STATUS_H
#define COOP_MODELS_SEO_STATUS_H

#include "models/seo/seo.h"

/* The bits of SEO_STATUS: one for each category, two for education, one for hired hands. */
enum { SEO_STATUS_EDUCATION = SEO_CATEGORIES, SEO_STATUS_HIRED = SEO_STATUS_EDUCATION + 2 };

/* The worker's group, 0 to 3: the gender group and twice the race group. */
static inline size_t seo_group(const struct coop_batch *b, size_t slot)
{
    return coop_worker_u32(b, SEO_STATUS)[slot] & (SEO_GROUPS - 1);
}

static inline size_t seo_education(uint32_t status)
{
    return status >> SEO_STATUS_EDUCATION & (SEO_LEVELS - 1);
}

static inline bool seo_is_hired(const struct coop_batch *b, size_t slot)
{
    return (coop_worker_u32(b, SEO_STATUS)[slot] >> SEO_STATUS_HIRED & 1) != 0;
}

/* Everybody but hired hands; with or without the field. */
static inline bool seo_is_member(const struct coop_batch *b, size_t slot)
{
    return !seo_has(b, SEO_OPTION_STATUS) || !seo_is_hired(b, slot);
}

/* Members of organisation o: all its workers but the hired hands. */
static inline size_t seo_members(const struct coop_batch *b, size_t o)
{
    size_t members = b->size[o];
    for (size_t p = 0; seo_has(b, SEO_OPTION_STATUS) && p < b->size[o]; p++)
        members -= seo_is_hired(b, coop_slot(b, o, p));
    return members;
}

/* Whether some of those who come have less than the highest level of education. */
static inline bool seo_levels_differ(const struct seo_params *shared)
{
    const struct coop_real_list *share = &shared->status.education;
    for (size_t level = 0; level + 1 < SEO_LEVELS && level < share->count; level++)
        if (share->value[level] > 0)
            return true;
    return false;
}

/* Whether persons differ in status: in group, education or membership. */
static inline bool seo_status_is_asked(const struct seo_params *params)
{
    bool asked = params->status.hired > 0 || seo_levels_differ(params);
    for (size_t category = 0; category < SEO_CATEGORIES; category++)
        asked = asked || params->status.category[category].share > 0;
    return asked;
}

/* What status adds for each of the groups. Returns false if it adds nothing to anybody. Groups may be
 * there when a share has changed to 0: who came before stays what he or she is. */
static inline bool seo_status_bias(const struct coop_batch *b, enum seo_bias bias,
                                   float ret[SEO_GROUPS])
{
    const struct seo_category_params *category = seo_shared(b)->status.category;
    bool any = false;
    for (size_t group = 0; group < SEO_GROUPS; group++)
        ret[group] = 0;
    for (size_t d = 0; d < SEO_CATEGORIES; d++) {
        if (!seo_has(b, SEO_OPTION_STATUS) || category[d].bias[bias] == 0)
            continue;
        any = true;
        for (size_t group = 0; group < SEO_GROUPS; group++)
            ret[group] += group >> d & 1 ? (float)category[d].bias[bias] : 0.0f;
    }
    return any;
}

/* The factor exp(-bias) by which status scales the odds against the autonomy of each of the groups.
 * Returns false if it scales nobody's. */
static inline bool seo_status_odds(const struct coop_batch *b, float ret[SEO_GROUPS])
{
    bool any = seo_status_bias(b, SEO_BIAS_AUTONOMY, ret);
    for (size_t group = 0; group < SEO_GROUPS; group++)
        ret[group] = coop_expf(-ret[group]);
    return any;
}

/* The level of education below whose upper end of the shares a uniform number falls. */
static inline uint32_t seo_level_of(const struct coop_real_list *share, double uniform)
{
    double total = 0, passed = 0;
    uint32_t level = 0;
    for (size_t i = 0; i < share->count && i < SEO_LEVELS; i++)
        total += share->value[i];
    for (; level + 1 < SEO_LEVELS; level++) {
        passed += level < share->count ? share->value[level] : 0;
        if (uniform * total < passed)
            break;
    }
    return level;
}

/* The status of a person who comes. */
static inline void seo_status_draw(const struct coop_batch *b, uint64_t stream,
                                   uint32_t organisation, int64_t time, size_t slot)
{
    const struct seo_status_params *params = &seo_shared(b)->status;
    struct coop_block block =
        coop_draw(stream, coop_purpose("status.groups"), organisation, time, b->position[slot], 0);
    uint32_t status = 0;
    _Static_assert(SEO_CATEGORIES + 2 <= 4, "a person's status comes from one draw");
    for (size_t d = 0; d < SEO_CATEGORIES; d++)
        if ((double)coop_uniform(block.word[d]) < params->category[d].share)
            status |= 1u << d;
    double learned = (double)coop_uniform(block.word[SEO_CATEGORIES]);
    status |= seo_level_of(&params->education, learned) << SEO_STATUS_EDUCATION;
    if ((double)coop_uniform(block.word[SEO_CATEGORIES + 1]) < params->hired)
        status |= 1u << SEO_STATUS_HIRED;
    coop_worker_u32(b, SEO_STATUS)[slot] = status;
}

#endif
