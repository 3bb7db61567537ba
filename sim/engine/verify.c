/* coopsim - GPL-3.0-or-later */
#include "sim/engine/verify.h"

#include "sim/engine/recorder.h"
#include "sim/engine/run.h"

static const struct coop_settings *settings_of(const struct coop_param_set *set)
{
    return coop_param_values(set, COOP_TABLE_ENGINE);
}

/* The place of what was set; of two parameters the first that was not left at its default. */
static struct coop_place place_of(const struct coop_param_set *set, const char *first,
                                  const char *second)
{
    const struct coop_place place = coop_param_place(set, first);
    return place.file != NULL ? place : coop_param_place(set, second);
}

static void verify_sizes(const struct coop_param_set *set, struct coop_problems *problems)
{
    const struct coop_settings *settings = settings_of(set);
    if (settings->sizes == COOP_SIZES_LOGNORMAL && settings->size_min > settings->size_max)
        coop_problems_add(problems, place_of(set, "economy.size_min", "economy.size_max"),
                          "economy.size_min %lld is above economy.size_max %lld - raise the one or "
                          "lower the other",
                          (long long)settings->size_min, (long long)settings->size_max);
    if (settings->sizes != COOP_SIZES_LIST)
        return;
    for (size_t i = 0; i < settings->size_list.count; i++) {
        const double size = settings->size_list.value[i];
        if (size != (double)(int64_t)size)
            coop_problems_add(problems, coop_param_place(set, "economy.size_list"),
                              "element %zu of economy.size_list is %g - give whole numbers of "
                              "workers",
                              i + 1, size);
    }
}

void coop_model_verify(const struct coop_model *model, const struct coop_param_set *set,
                       struct coop_problems *problems)
{
    verify_sizes(set, problems);
    if (model->verify != NULL)
        model->verify(set, problems);
    for (size_t i = 0; model->mechanisms[i] != NULL; i++)
        if (model->mechanisms[i]->verify != NULL)
            model->mechanisms[i]->verify(set, problems);
}

/* A shorter run must record the same weeks as a longer one as far as it goes. */
static bool same_weeks(const struct coop_settings *a, const struct coop_settings *b)
{
    const size_t times = coop_recorder_times(a->weeks < b->weeks ? a : b);
    for (size_t number = 0; number < times; number++)
        if (coop_recorder_week(a, number) != coop_recorder_week(b, number))
            return false;
    return true;
}

/* One result file has one time axis: better said now than after the computation. */
static void verify_weeks(const struct coop_design *design, struct coop_problems *problems)
{
    size_t longest = 0;
    for (size_t r = 1; r < design->runs; r++)
        if (settings_of(design->run[r].script.set)->weeks >
            settings_of(design->run[longest].script.set)->weeks)
            longest = r;
    for (size_t r = 0; r < design->runs; r++) {
        const struct coop_param_set *set = design->run[r].script.set;
        if (design->run[r].twin != NULL ||
            same_weeks(settings_of(set), settings_of(design->run[longest].script.set)))
            continue;
        coop_problems_add(problems, place_of(set, "record.every", "run.weeks"),
                          "the cases '%s' and '%s' record different weeks, and one result file has "
                          "one time axis - give all cases the same record.every, and run.weeks "
                          "that are multiples of it",
                          design->run[longest].name, design->run[r].name);
    }
}

void coop_design_verify(const struct coop_model *model, const struct coop_design *design,
                        struct coop_problems *problems)
{
    for (size_t r = 0; r < design->runs; r++) {
        const struct coop_script *script = &design->run[r].script;
        for (size_t i = 0; i < script->epochs * script->regimes; i++)
            coop_model_verify(model, &script->set[i], problems);
        if (design->run[r].twin == NULL)
            coop_script_verify(model, script, problems);
    }
    verify_weeks(design, problems);
    coop_problems_sort(problems);
}
