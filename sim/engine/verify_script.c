/* coopsim - GPL-3.0-or-later */
#include "sim/engine/verify.h"

#include "sim/engine/run.h"

#include <stdlib.h>
#include <string.h>

static const struct coop_settings *settings_of(const struct coop_script *script)
{
    return coop_param_values(script->set, COOP_TABLE_ENGINE);
}

static void verify_blocks(const struct coop_script *script, struct coop_problems *problems)
{
    const size_t organisations = (size_t)settings_of(script)->organisations;
    for (size_t r = 0, begin = 0; r < script->regimes; r++) {
        const struct coop_script_regime *regime = &script->regime[r];
        const size_t end = coop_script_end(script, r, organisations);
        if (end <= begin)
            coop_problems_add(problems, regime->place,
                              "the regime '%s' gets none of the %zu organisations - give it a "
                              "larger share, or raise economy.organisations",
                              regime->name, organisations);
        begin = end > begin ? end : begin;
    }
}

static void verify_epochs(const struct coop_script *script, struct coop_problems *problems)
{
    const int64_t weeks = settings_of(script)->weeks;
    for (size_t e = 1; e < script->epochs; e++)
        if (script->epoch[e].week >= weeks)
            coop_problems_add(problems, script->epoch[e].place,
                              "week %lld is never reached in a run of %lld weeks - choose an "
                              "earlier week, or raise run.weeks",
                              (long long)script->epoch[e].week, (long long)weeks);
}

/* Whether a set and that of the epoch before it have the row from one place. */
static bool is_scheduled(const struct coop_script *script, size_t set, const char *name)
{
    return coop_param_origin(&script->set[set], name) != NULL &&
           !coop_param_same_place(&script->set[set], &script->set[set - script->regimes], name);
}

static void verify_initial(const struct coop_model *model, const struct coop_script *script,
                           struct coop_problems *problems)
{
    for (size_t i = 0; model->initial != NULL && model->initial[i] != NULL; i++)
        for (size_t s = script->regimes; s < script->epochs * script->regimes; s++)
            if (is_scheduled(script, s, model->initial[i]))
                coop_problems_add(problems, coop_param_place(&script->set[s], model->initial[i]),
                                  "'%s' is read at week 0 only, so that no schedule can change it "
                                  "- set it outside of 'schedule'",
                                  model->initial[i]);
}

/* The place of a value in whichever of two sets it was set. */
static struct coop_place place_in(const struct coop_param_set *set,
                                  const struct coop_param_set *other, const char *name)
{
    const struct coop_place place = coop_param_place(set, name);
    return place.file != NULL ? place : coop_param_place(other, name);
}

/* A mechanism that meets sees all organisations at once, with one set. */
static void verify_meeting(const struct coop_script *script, size_t set,
                           const struct coop_mechanism *mechanism, struct coop_problems *problems)
{
    const size_t first = set - set % script->regimes;
    const struct coop_param_table *table = mechanism->params;
    for (size_t r = 0; table != NULL && mechanism->meet != NULL && r < table->rows; r++) {
        const char *name = table->row[r].name;
        if (coop_param_same(&script->set[set], &script->set[first], name))
            continue;
        coop_problems_add(problems, place_in(&script->set[set], &script->set[first], name),
                          "'%s' differs between the regimes '%s' and '%s', but organisations of "
                          "all regimes meet in one %s - set it outside of the regimes",
                          name, script->regime[0].name, script->regime[set % script->regimes].name,
                          mechanism->name);
    }
}

static size_t kinds_of(const struct coop_model *model, const struct coop_param_set *set)
{
    return model->kinds != NULL ? model->kinds(coop_param_values(set, COOP_TABLE_MODEL)) : 1;
}

/* The list of texts that names the kinds. */
static const char *kinds_row(const struct coop_param_set *set, size_t kinds)
{
    const struct coop_param_table *table = set->table[COOP_TABLE_MODEL];
    for (size_t r = 0; r < table->rows; r++) {
        struct coop_value value;
        if (table->row[r].type == COOP_PARAM_TEXT_LIST &&
            coop_param_get(set, table->row[r].name, &value) == COOP_OK &&
            value.texts.count == kinds)
            return table->row[r].name;
    }
    return "kinds";
}

/* The state has as many components as there are kinds of task. */
static void verify_kinds(const struct coop_model *model, const struct coop_script *script, size_t r,
                         struct coop_problems *problems)
{
    const size_t kinds = kinds_of(model, &script->set[r]), first = kinds_of(model, script->set);
    const char *name = kinds_row(&script->set[r], kinds);
    if (kinds != first)
        coop_problems_add(problems, place_in(&script->set[r], script->set, name),
                          "'%s' has %zu elements in the regime '%s' and %zu in '%s' - regimes of "
                          "one mix need the same number",
                          name, first, script->regime[0].name, kinds, script->regime[r].name);
}

void coop_script_verify(const struct coop_model *model, const struct coop_script *script,
                        struct coop_problems *problems)
{
    verify_blocks(script, problems);
    verify_epochs(script, problems);
    verify_initial(model, script, problems);
    for (size_t i = 0; model->mechanisms[i] != NULL; i++)
        if (model->mechanisms[i]->verify_script != NULL)
            model->mechanisms[i]->verify_script(script, problems);
    for (size_t s = 0; s < coop_script_set_count(script); s++)
        for (size_t i = 0; model->mechanisms[i] != NULL; i++)
            verify_meeting(script, s, model->mechanisms[i], problems);
    for (size_t r = 1; r < script->regimes; r++)
        verify_kinds(model, script, r, problems);
}
