/* coopsim - GPL-3.0-or-later */
#include "tests/law/trials.h"

static double clip(const struct coop_param *row, double value)
{
    return fmin(fmax(value, row->min), row->max);
}

/* Value number `trial` to try instead of `now`; nothing far away, where runs would take long. */
static double other_number(const struct coop_param *row, double now, size_t trial)
{
    bool whole = row->type == COOP_PARAM_INTEGER;
    switch (trial) {
    case 0:
        return clip(row, whole ? now + 1 + floor(fabs(now) / 2) : now * 1.5 + .1);
    case 1:
        return clip(row, whole ? floor(now / 2) - 1 : now * .5 - .1);
    default:
        return row->min;
    }
}

enum { TRIALS = 3 };

static bool number_has_effect(const struct coop_model *model, const struct coop_param *row,
                              const char *configuration, uint64_t hash, trials_hash *take)
{
    struct village v;
    char text[64];
    village_set_up(&v, model, configuration);
    double now = coop_param_real(&v.set, row->name);
    village_end(&v);
    for (size_t trial = 0; trial < TRIALS; trial++) {
        snprintf(text, sizeof text, "%.17g", other_number(row, isnan(now) ? 1 : now, trial));
        if (take(model, configuration, row->name, text) != hash)
            return true;
    }
    return false;
}

static bool choice_has_effect(const struct coop_model *model, const struct coop_param *row,
                              const char *configuration, uint64_t hash, trials_hash *take)
{
    bool effect = false;
    char *choices = strdup(row->choices), *rest = choices;
    for (char *choice = strsep(&rest, "|"); choice != NULL; choice = strsep(&rest, "|"))
        effect = effect || take(model, configuration, row->name, choice) != hash;
    free(choices);
    return effect;
}

static bool switch_has_effect(const struct coop_model *model, const struct coop_param *row,
                              const char *configuration, uint64_t hash, trials_hash *take)
{
    return take(model, configuration, row->name, "true") != hash ||
           take(model, configuration, row->name, "false") != hash;
}

/* The list with one element changed. */
static bool element_has_effect(const struct coop_model *model, const struct coop_param *row,
                               const char *configuration, uint64_t hash, size_t element,
                               trials_hash *take)
{
    struct village v;
    char text[4096];
    size_t length = 0;
    village_set_up(&v, model, configuration);
    struct coop_real_list list = village_list(&v, row->name);
    for (size_t i = 0; i < list.count; i++) {
        double value = list.value[i];
        bool whole = value == floor(value) && value >= 1;
        if (i == element)
            value = whole && value + 1 <= row->max ? value + 1 : clip(row, value * .7 + .05);
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%.17g",
                                   i == 0 ? "" : ",", value);
    }
    village_end(&v);
    return take(model, configuration, row->name, text) != hash;
}

bool trials_differ(const struct coop_model *model, const struct coop_param *row, size_t element,
                   const char *configuration, uint64_t hash, trials_hash *take)
{
    switch (row->type) {
    case COOP_PARAM_CHOICE:
        return choice_has_effect(model, row, configuration, hash, take);
    case COOP_PARAM_BOOLEAN:
        return switch_has_effect(model, row, configuration, hash, take);
    case COOP_PARAM_REAL_LIST:
        return element_has_effect(model, row, configuration, hash, element, take);
    case COOP_PARAM_TEXT_LIST:
        return false;
    case COOP_PARAM_REAL:
    case COOP_PARAM_INTEGER:
        return number_has_effect(model, row, configuration, hash, take);
    }
    return false;
}

size_t trials_elements(const struct coop_model *model, const struct coop_param *row)
{
    struct village v;
    size_t elements = 1;
    village_set_up(&v, model, "");
    if (row->type == COOP_PARAM_REAL_LIST)
        elements = village_list(&v, row->name).count;
    village_end(&v);
    return elements;
}
