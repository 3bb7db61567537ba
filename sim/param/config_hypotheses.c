/* coopsim - GPL-3.0-or-later
 *
 * The list `hypotheses:` of a configuration. Which keys a hypothesis takes follows from its
 * contrast; what its words name - measures, cases, parameters - is checked where the model is
 * known. */
#include "sim/param/config_hypotheses.h"

#include "sim/param/assign.h"
#include "sim/param/entries.h"
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

static bool copy_words(const struct coop_hypothesis_entry *entry, struct coop_hypothesis *ret)
{
    *ret = (struct coop_hypothesis){
        .name = coop_entry_word(entry->value[COOP_KEY_NAME]),
        .claim = coop_entry_word(entry->value[COOP_KEY_CLAIM]),
        .measure = coop_entry_word(entry->value[COOP_KEY_MEASURE]),
        .against = coop_entry_word(entry->value[COOP_KEY_AGAINST]),
        .with = coop_entry_word(entry->value[COOP_KEY_WITH]),
        .over = coop_entry_word(entry->value[COOP_KEY_OVER]),
        .within = NAN,
        .alpha = usual_alpha,
        .level = usual_level,
        .place = entry->node->place,
        .name_place = coop_entry_place(entry->value[COOP_KEY_NAME], entry->node),
        .measure_place = coop_entry_place(entry->value[COOP_KEY_MEASURE], entry->node),
        .against_place = coop_entry_place(entry->value[COOP_KEY_AGAINST], entry->node),
        .with_place = coop_entry_place(entry->value[COOP_KEY_WITH], entry->node),
        .over_place = coop_entry_place(entry->value[COOP_KEY_OVER], entry->node),
        .lag_place = coop_entry_place(entry->value[COOP_KEY_LAG], entry->node)};
    return ret->name && ret->claim && ret->measure && ret->against && ret->with && ret->over;
}

static const struct coop_entries hypotheses;

static enum coop_status read_entry(struct coop_config *config, const struct coop_yaml *node,
                                   struct coop_problems *problems)
{
    struct coop_hypothesis_entry entry = {.node = node};
    coop_entry_read(&hypotheses, node, entry.key, entry.value, problems);
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

static const char *const list_of[COOP_KEYS] = {
    [COOP_KEY_CASES] = "cases", [COOP_KEY_ORDER] = "groups of cases"};
static const struct coop_entries hypotheses = {
    .list_fault = "'hypotheses' takes a list of hypotheses, each '- name: word' with its "
                  "'contrast', 'measure' and 'expect'",
    .mapping_fault = "a hypothesis is a mapping with 'name', 'contrast', 'measure'",
    .entry = "a hypothesis",
    .has = "name, claim, measure, contrast, expect, margin, alpha, level and the keys of its "
           "contrast",
    .key = coop_hypothesis_key_name,
    .list_of = list_of,
    .keys = COOP_KEYS,
    .read = read_entry,
};

enum coop_status coop_config_read_hypotheses(struct coop_config *config,
                                             const struct coop_yaml *list,
                                             struct coop_problems *problems)
{
    return coop_entries_read(&hypotheses, config, list, problems);
}
