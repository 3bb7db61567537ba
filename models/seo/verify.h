/* coopsim - GPL-3.0-or-later
 *
 * What several mechanisms check about a configuration as a whole. */
#ifndef COOP_MODELS_SEO_VERIFY_H
#define COOP_MODELS_SEO_VERIFY_H

#include "models/seo/rules/list.h"
#include "sim/engine/model.h"
#include "sim/engine/run.h"

static inline const struct seo_params *seo_shared_values(const struct coop_param_set *set)
{
    return coop_param_values(set, COOP_TABLE_MODEL);
}

/* Workers in the smallest organisation that the economy's settings allow. */
static inline size_t seo_smallest_size(const struct coop_param_set *set)
{
    const struct coop_settings *settings = coop_param_values(set, COOP_TABLE_ENGINE);
    double smallest = (double)settings->size;
    if (settings->sizes == COOP_SIZES_LOGNORMAL)
        smallest = (double)settings->size_min;
    for (size_t i = 0; settings->sizes == COOP_SIZES_LIST && i < settings->size_list.count; i++)
        if (i == 0 || settings->size_list.value[i] < smallest)
            smallest = settings->size_list.value[i];
    return (size_t)smallest;
}

/* The row that says how many these are. */
static inline const char *seo_smallest_size_row(const struct coop_param_set *set)
{
    static const char *const size_row[] = {
        [COOP_SIZES_FIXED] = "economy.size",
        [COOP_SIZES_LOGNORMAL] = "economy.size_min",
        [COOP_SIZES_LIST] = "economy.size_list",
    };
    const struct coop_settings *settings = coop_param_values(set, COOP_TABLE_ENGINE);
    return size_row[settings->sizes];
}

/* A problem if a whole number of workers is above the size of the smallest organisation. */
static inline void seo_verify_at_most_smallest(const struct coop_param_set *set, const char *name,
                                               struct coop_problems *problems)
{
    const char *row = seo_smallest_size_row(set);
    size_t smallest = seo_smallest_size(set), workers = (size_t)coop_param_real(set, name);
    if (workers > smallest)
        coop_problems_add(
            problems, coop_param_first_place(set, name, row),
            "%s %zu is above the smallest organisation of %zu %s - lower it, or raise "
            "%s",
            name, workers, smallest, smallest == 1 ? "worker" : "workers", row);
}

/* The number of the rule of a name; SEO_RULE_COUNT if there is none. */
static inline size_t seo_rule_of_name(const char *name)
{
    size_t rule = 0;
    while (rule < SEO_RULE_COUNT && strcmp(seo_rule(rule)->mechanism.name, name) != 0)
        rule++;
    return rule;
}

/* Whether a rule can come into force: as it is given, by vote, or as a counter-mechanism. */
static inline bool seo_rule_may_act(const struct coop_param_set *set, size_t rule)
{
    const struct seo_params *shared = seo_shared_values(set);
    struct coop_value candidates;
    if ((size_t)shared->rule == rule ||
        (rule == SEO_RULE_sortition && shared->counter[SEO_COUNTER_sortition].on))
        return true;
    if (!(coop_param_real(set, "decide.rule") > 0) ||
        coop_param_get(set, "decide.rules", &candidates) != COOP_OK)
        return false;
    for (size_t i = 0; i < candidates.texts.count; i++)
        if (seo_rule_of_name(candidates.texts.text[i]) == rule)
            return true;
    return false;
}

/* Whether somebody may be in the group of a row X.share: who has come while it was above 0 stays what
 * he or she is. A coop_script_test of the row's name. */
static inline bool seo_group_may_be(const struct coop_script *script, size_t set, const void *share)
{
    bool may = coop_param_real(&script->set[set], share) > 0;
    for (; !may && set >= script->regimes; set -= script->regimes)
        may = coop_param_real(&script->set[set - script->regimes], share) > 0;
    return may;
}

/* A problem where a row that tells groups apart is not 0 and there never are any. */
static inline void seo_verify_needs_group(const struct coop_script *script, const char *name,
                                          const char *share, struct coop_problems *problems)
{
    for (size_t s = 0; s < coop_script_set_count(script); s++)
        if (coop_param_real(&script->set[s], name) != 0 &&
            !coop_script_acts(script, s, name, seo_group_may_be, share))
            coop_problems_add(problems, coop_param_place(&script->set[s], name),
                              "%s has no effect because %s is 0 - give group 1 a share of the "
                              "workers, or leave %s at 0",
                              name, share, name);
}

#endif
