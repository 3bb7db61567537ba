/* coopsim - GPL-3.0-or-later */
#include "sim/engine/verify.h"

#include "sim/engine/run.h"

static const struct coop_settings *settings_of(const struct coop_param_set *set)
{
    return coop_param_values(set, COOP_TABLE_ENGINE);
}

static void verify_sizes(const struct coop_param_set *set, struct coop_problems *problems)
{
    const struct coop_settings *settings = settings_of(set);
    if (settings->sizes == COOP_SIZES_LOGNORMAL && settings->size_min > settings->size_max)
        coop_problems_add(problems,
                          coop_param_first_place(set, "economy.size_min", "economy.size_max"),
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

void coop_set_verify(const struct coop_model *model, const struct coop_param_set *set,
                     struct coop_problems *problems)
{
    verify_sizes(set, problems);
    if (model->verify != NULL)
        model->verify(set, problems);
    for (size_t i = 0; model->mechanisms[i] != NULL; i++)
        if (model->mechanisms[i]->verify != NULL)
            model->mechanisms[i]->verify(set, problems);
}

void coop_model_verify(const struct coop_model *model, const struct coop_param_set *set,
                       struct coop_problems *problems)
{
    char unnamed[] = "";
    struct coop_param_set only = *set;
    struct coop_epoch epoch = {.week = 0};
    struct coop_script_regime regime = {.name = unnamed, .share = 1};
    const struct coop_script script = {1, 1, &regime, &epoch, &only};
    coop_set_verify(model, set, problems);
    coop_script_verify(model, &script, problems);
}
