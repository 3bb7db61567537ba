/* coopsim - GPL-3.0-or-later
 *
 * From a configuration to the script of a case: who is in the mix, which weeks the schedules name,
 * and layer by layer the values of every set. */
#include "sim/param/grow.h"
#include "sim/param/script.h"
#include "sim/param/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The case and what it is made of. */
struct source {
    const struct coop_config *config;
    const struct coop_case *of;
    const struct coop_mix *mix;
    struct coop_problems *problems;
};

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the parameters of a run");
}

/* Entry number `i` of the file's schedule followed by the case's; NULL behind the last. */
static const struct coop_change *change_at(const struct source *source, size_t i)
{
    const struct coop_schedule *common = &source->config->schedule, *own = &source->of->schedule;
    if (i < common->count)
        return &common->item[i];
    return i - common->count < own->count ? &own->item[i - common->count] : NULL;
}

static enum coop_status add_epoch(struct coop_script *script, int64_t week, struct coop_place place)
{
    size_t at = script->epochs;
    while (at > 0 && script->epoch[at - 1].week >= week)
        at--;
    if (at < script->epochs && script->epoch[at].week == week)
        return COOP_OK;
    if (!coop_grow(&script->epoch, script->epochs, sizeof *script->epoch))
        return no_memory();
    memmove(script->epoch + at + 1, script->epoch + at,
            (script->epochs - at) * sizeof *script->epoch);
    script->epoch[at] = (struct coop_epoch){week, place};
    script->epochs++;
    return COOP_OK;
}

/* Weeks at fault have been reported, and what changes in them is checked in week 0. */
static enum coop_status add_epochs(struct coop_script *script, const struct source *source)
{
    const struct coop_change *change;
    COOP_TRY(add_epoch(script, 0, (struct coop_place){NULL, 0, 0}));
    for (size_t i = 0; (change = change_at(source, i)) != NULL; i++)
        if (change->week > 0)
            COOP_TRY(add_epoch(script, change->week, change->place));
    return COOP_OK;
}

static enum coop_status add_regimes(struct coop_script *script, const struct source *source)
{
    const size_t regimes = source->mix->count > 0 ? source->mix->count : 1;
    script->regime = calloc(regimes, sizeof *script->regime);
    if (!script->regime)
        return no_memory();
    script->regimes = regimes;
    for (size_t r = 0; r < regimes; r++) {
        const struct coop_regime *regime =
            source->mix->count > 0 ? &source->mix->item[r] : &(struct coop_regime){.share = 1};
        script->regime[r].share = regime->share;
        script->regime[r].place = regime->place;
        script->regime[r].name = strdup(regime->name ? regime->name : "");
        if (!script->regime[r].name)
            return no_memory();
    }
    return COOP_OK;
}

static bool concerns(const struct coop_change *change, const char *regime)
{
    return change->regime == NULL || strcmp(change->regime, regime) == 0;
}

/* The values of week 0. */
static enum coop_status begin_set(struct coop_param_set *ret, const struct source *source, size_t r,
                                  const struct coop_param_set *defaults)
{
    const struct coop_regime *regime = source->mix->count > 0 ? &source->mix->item[r] : NULL;
    COOP_TRY(coop_param_copy(ret, defaults));
    if (regime)
        coop_config_apply(&regime->values, ret, source->problems);
    coop_config_apply(&source->config->common, ret, source->problems);
    if (regime)
        coop_config_apply(&regime->set, ret, source->problems);
    coop_config_apply(&source->of->set, ret, source->problems);
    coop_config_apply(&source->config->override, ret, source->problems);
    return COOP_OK;
}

static enum coop_status add_sets(struct coop_script *script, const struct source *source,
                                 const struct coop_param_set *defaults)
{
    const struct coop_change *change;
    const size_t regimes = script->regimes;
    script->set = calloc(script->epochs * regimes, sizeof *script->set);
    if (!script->set)
        return no_memory();
    for (size_t s = 0; s < script->epochs * regimes; s++) {
        const size_t r = s % regimes, e = s / regimes;
        if (e == 0)
            COOP_TRY(begin_set(&script->set[s], source, r, defaults));
        else
            COOP_TRY(coop_param_copy(&script->set[s], &script->set[s - regimes]));
        for (size_t i = 0; (change = change_at(source, i)) != NULL; i++)
            if ((change->week > 0 ? change->week : 0) == script->epoch[e].week &&
                concerns(change, script->regime[r].name))
                coop_config_apply(&change->set, &script->set[s], source->problems);
    }
    return COOP_OK;
}

/* Of the file's own mix it is said once, whatever the case. */
static void refuse_regime(const struct coop_script *script, const struct source *source,
                          const struct coop_change *change)
{
    char where[128] = "the configuration";
    struct coop_nearest nearest = {.word = change->regime};
    if (source->mix == &source->of->mix)
        snprintf(where, sizeof where, "the case '%s'", source->of->name);
    for (size_t r = 0; r < script->regimes; r++)
        coop_nearest_consider(&nearest, script->regime[r].name, strlen(script->regime[r].name));
    if (nearest.best)
        coop_problems_add(source->problems, change->regime_place,
                          "%s has no regime '%s' - did you mean '%.*s'?", where, change->regime,
                          (int)nearest.length, nearest.best);
    else
        coop_problems_add(source->problems, change->regime_place,
                          "%s has no regime '%s' - remove 'regime', or move the entry to the cases "
                          "that have it",
                          where, change->regime);
}

/* Changes for regimes that the case does not have. */
static void check_regimes(const struct coop_script *script, const struct source *source)
{
    const struct coop_change *change;
    for (size_t i = 0; (change = change_at(source, i)) != NULL; i++) {
        bool found = change->regime == NULL;
        for (size_t r = 0; !found && r < script->regimes; r++)
            found = strcmp(script->regime[r].name, change->regime) == 0;
        if (!found)
            refuse_regime(script, source, change);
    }
}

/* Two entries that set one row in one week, of which no order says which wins. */
static void check_pair(const struct coop_change *first, const struct coop_change *second,
                       struct coop_problems *problems)
{
    for (size_t i = 0; i < second->set.count; i++)
        for (size_t k = 0; k < first->set.count; k++) {
            const struct coop_assignment *a = &first->set.item[k], *b = &second->set.item[i];
            if (strcmp(a->path, b->path) == 0)
                coop_problems_add(problems, b->key,
                                  "'%s' is set twice in week %lld, first at %s:%zu:%zu - keep one "
                                  "of the two",
                                  coop_show(b->path).text, (long long)second->week, a->key.file,
                                  a->key.line, a->key.column);
        }
}

static void check_pairs(const struct source *source)
{
    const struct coop_change *first, *second;
    for (size_t i = 0; (second = change_at(source, i)) != NULL; i++)
        for (size_t k = 0; k < i && (first = change_at(source, k)) != NULL; k++)
            if (first->week == second->week && second->week > 0 &&
                (first->regime == NULL || second->regime == NULL ||
                 strcmp(first->regime, second->regime) == 0))
                check_pair(first, second, source->problems);
}

enum coop_status coop_script_init(struct coop_script *ret, const struct coop_config *config,
                                  const struct coop_case *of, const struct coop_param_set *defaults,
                                  struct coop_problems *problems)
{
    const struct source source = {.config = config,
                                  .of = of,
                                  .mix = of->mix.place.file ? &of->mix : &config->mix,
                                  .problems = problems};
    *ret = (struct coop_script){0};
    COOP_TRY(add_epochs(ret, &source));
    COOP_TRY(add_regimes(ret, &source));
    COOP_TRY(add_sets(ret, &source, defaults));
    check_regimes(ret, &source);
    check_pairs(&source);
    return COOP_OK;
}
