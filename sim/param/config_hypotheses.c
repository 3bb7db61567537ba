/* coopsim - GPL-3.0-or-later
 *
 * The list `hypotheses:` of a configuration. Which keys a hypothesis takes follows from its
 * contrast; what its words name - measures, cases, parameters - is checked where the model is
 * known. */
#include "sim/param/config_hypotheses.h"

#include "sim/param/assign.h"
#include "sim/param/grow.h"
#include "sim/param/text.h"

#include <math.h>

const char *const coop_hypothesis_key_name[COOP_KEYS + 1] = {
    "name", "claim", "measure", "contrast", "case",   "cases",  "against", "with",  "lag", "pooled",
    "over", "order", "within",  "value",    "expect", "margin", "alpha",   "level", NULL};

static const double usual_level = .95, usual_alpha = .05;

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the configuration");
}

void coop_hypothesis_free(struct coop_hypothesis *hypothesis)
{
    for (size_t c = 0; c < hypothesis->cases; c++)
        free(hypothesis->item[c].name);
    free(hypothesis->item);
    free(hypothesis->name);
    free(hypothesis->claim);
    free(hypothesis->measure);
    free(hypothesis->against);
    free(hypothesis->with);
    free(hypothesis->over);
}

static void refuse_key(const struct coop_yaml *key, struct coop_problems *problems)
{
    const char *near = coop_nearest_word(coop_hypothesis_key_name, key->text);
    if (near)
        coop_problems_add(problems, key->place,
                          "unknown key '%s' in a hypothesis - did you mean '%s'?",
                          coop_show(key->text).text, near);
    else
        coop_problems_add(problems, key->place,
                          "unknown key '%s' in a hypothesis, which has name, claim, measure, "
                          "contrast, expect, margin, alpha, level and the keys of its contrast",
                          coop_show(key->text).text);
}

static bool takes_list(enum coop_hypothesis_key k)
{
    return k == COOP_KEY_CASES || k == COOP_KEY_ORDER;
}

static void read_key(struct coop_hypothesis_entry *entry, const struct coop_yaml *key,
                     struct coop_problems *problems)
{
    const struct coop_yaml *value = key + 1;
    size_t k = 0;
    while (k < COOP_KEYS && strcmp(coop_hypothesis_key_name[k], key->text) != 0)
        k++;
    if (k == COOP_KEYS) {
        refuse_key(key, problems);
        return;
    }
    const char *name = coop_hypothesis_key_name[k];
    entry->key[k] = key;
    if (value->kind == COOP_YAML_NONE)
        return;
    if (value->kind == COOP_YAML_WORD && *value->text == '\0')
        coop_problems_add(problems, value->place,
                          "'%s' has no value - write one, or remove the line", name);
    else if (takes_list((enum coop_hypothesis_key)k) &&
             (value->kind != COOP_YAML_LIST || value->count == 0))
        coop_problems_add(problems, value->place, "'%s' takes a list of %s", name,
                          k == COOP_KEY_CASES ? "cases" : "groups of cases");
    else if (!takes_list((enum coop_hypothesis_key)k) && value->kind != COOP_YAML_WORD)
        coop_problems_add(problems, value->place, "'%s' takes one value, not a %s", name,
                          value->kind == COOP_YAML_LIST ? "list" : "mapping");
    else
        entry->value[k] = value;
}

static char *copy_word(const struct coop_hypothesis_entry *entry, enum coop_hypothesis_key k)
{
    return strdup(entry->value[k] != NULL ? entry->value[k]->text : "");
}

static struct coop_place place_of(const struct coop_hypothesis_entry *entry,
                                  enum coop_hypothesis_key k)
{
    return entry->value[k] != NULL ? entry->value[k]->place : entry->node->place;
}

static bool copy_words(const struct coop_hypothesis_entry *entry, struct coop_hypothesis *ret)
{
    *ret = (struct coop_hypothesis){.name = copy_word(entry, COOP_KEY_NAME),
                                    .claim = copy_word(entry, COOP_KEY_CLAIM),
                                    .measure = copy_word(entry, COOP_KEY_MEASURE),
                                    .against = copy_word(entry, COOP_KEY_AGAINST),
                                    .with = copy_word(entry, COOP_KEY_WITH),
                                    .over = copy_word(entry, COOP_KEY_OVER),
                                    .within = NAN,
                                    .alpha = usual_alpha,
                                    .level = usual_level,
                                    .place = entry->node->place,
                                    .name_place = place_of(entry, COOP_KEY_NAME),
                                    .measure_place = place_of(entry, COOP_KEY_MEASURE),
                                    .against_place = place_of(entry, COOP_KEY_AGAINST),
                                    .with_place = place_of(entry, COOP_KEY_WITH),
                                    .over_place = place_of(entry, COOP_KEY_OVER),
                                    .lag_place = place_of(entry, COOP_KEY_LAG)};
    return ret->name && ret->claim && ret->measure && ret->against && ret->with && ret->over;
}

static enum coop_status read_entry(struct coop_config *config, const struct coop_yaml *node,
                                   struct coop_problems *problems)
{
    struct coop_hypothesis_entry entry = {.node = node};
    for (size_t i = 0; i + 1 < node->count; i += 2)
        if (node->child[i].kind == COOP_YAML_WORD && !coop_assign_repeats(node, i, problems))
            read_key(&entry, &node->child[i], problems);
    if (!coop_grow(&config->hypothesis, config->hypotheses, sizeof *config->hypothesis))
        return no_memory();
    struct coop_hypothesis *item = &config->hypothesis[config->hypotheses++];
    if (!copy_words(&entry, item))
        return no_memory();
    COOP_TRY(coop_hypothesis_read_values(&entry, item, problems));
    coop_hypothesis_check_keys(&entry, item, problems);
    coop_hypothesis_check_name(config, problems);
    return COOP_OK;
}

enum coop_status coop_config_read_hypotheses(struct coop_config *config,
                                             const struct coop_yaml *list,
                                             struct coop_problems *problems)
{
    if (list->kind == COOP_YAML_NONE)
        return COOP_OK;
    if (list->kind != COOP_YAML_LIST || list->count == 0)
        coop_problems_add(problems, list->place,
                          "'hypotheses' takes a list of hypotheses, each '- name: word' with its "
                          "'contrast', 'measure' and 'expect'");
    for (size_t i = 0; list->kind == COOP_YAML_LIST && i < list->count; i++) {
        const struct coop_yaml *node = &list->child[i];
        if (node->kind == COOP_YAML_MAPPING)
            COOP_TRY(read_entry(config, node, problems));
        else if (node->kind != COOP_YAML_NONE)
            coop_problems_add(problems, node->place,
                              "a hypothesis is a mapping with 'name', 'contrast', 'measure'");
    }
    return COOP_OK;
}
