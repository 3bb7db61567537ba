/* coopsim - GPL-3.0-or-later
 *
 * The list `expect:` of a configuration. What its words name - measures, cases, twins - is checked
 * where the model is known. */
#include "sim/param/assign.h"
#include "sim/param/grow.h"
#include "sim/param/text.h"
#include "sim/param/yaml.h"

#include <math.h>

static const double usual_level = .95, least_level = .5, most_level = .9999;

enum key { MEASURE, CASE, AGAINST, DIRECTION, VALUE, MARGIN, LEVEL, BECAUSE, KEYS };
static const char *const key_name[KEYS + 1] = {"measure", "case",  "against", "direction", "value",
                                               "margin",  "level", "because", NULL};

/* One expectation while it is read: its values by key, NULL where there is none that can be used. */
struct entry {
    const struct coop_yaml *node;
    const struct coop_yaml *key[KEYS], *word[KEYS];
};

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the configuration");
}

void coop_expectation_free(struct coop_expectation *expectation)
{
    free(expectation->measure);
    free(expectation->subject);
    free(expectation->against);
    free(expectation->because);
}

static size_t find_key(const char *word)
{
    size_t k = 0;
    while (k < KEYS && strcmp(key_name[k], word) != 0)
        k++;
    return k;
}

static void refuse_key(const struct coop_yaml *key, struct coop_problems *problems)
{
    const char *near = coop_nearest_word(key_name, key->text);
    if (near)
        coop_problems_add(problems, key->place,
                          "unknown key '%s' in an expectation - did you mean '%s'?",
                          coop_show(key->text).text, near);
    else
        coop_problems_add(problems, key->place,
                          "unknown key '%s' in an expectation, which has measure, case, against, "
                          "direction, value, margin, level and because",
                          coop_show(key->text).text);
}

static void read_key(struct entry *entry, const struct coop_yaml *key,
                     struct coop_problems *problems)
{
    const struct coop_yaml *value = key + 1;
    const size_t k = find_key(key->text);
    if (k == KEYS) {
        refuse_key(key, problems);
        return;
    }
    entry->key[k] = key;
    if (value->kind == COOP_YAML_LIST || value->kind == COOP_YAML_MAPPING)
        coop_problems_add(problems, value->place, "'%s' takes one value, not a %s", key_name[k],
                          value->kind == COOP_YAML_LIST ? "list" : "mapping");
    else if (value->kind == COOP_YAML_WORD && *value->text == '\0')
        coop_problems_add(problems, value->place,
                          "'%s' has no value - write one, or remove the line", key_name[k]);
    else if (value->kind == COOP_YAML_WORD)
        entry->word[k] = value;
}

static void read_number(const struct entry *entry, enum key k, double min, double max,
                        const char *remedy, double *ret, struct coop_problems *problems)
{
    double number;
    const struct coop_yaml *word = entry->word[k];
    if (word == NULL)
        return;
    if (coop_read_real(word->text, &number) == COOP_NUMBER_FINE && number >= min && number <= max)
        *ret = number;
    else
        coop_problems_add(problems, word->place, "'%s' cannot be '%s' - give %s", key_name[k],
                          coop_show(word->text).text, remedy);
}

static void read_direction(const struct entry *entry, struct coop_expectation *ret,
                           struct coop_problems *problems)
{
    static const char *const known[] = {"lower", "higher", "equal", NULL};
    const struct coop_yaml *word = entry->word[DIRECTION];
    for (size_t i = 0; word != NULL && known[i] != NULL; i++)
        if (strcmp(known[i], word->text) == 0) {
            ret->direction = (enum coop_direction)i;
            return;
        }
    if (word == NULL)
        return;
    const char *near = coop_nearest_word(known, word->text);
    if (near)
        coop_problems_add(problems, word->place, "unknown direction '%s' - did you mean '%s'?",
                          coop_show(word->text).text, near);
    else
        coop_problems_add(problems, word->place,
                          "unknown direction '%s' - give lower, higher or equal",
                          coop_show(word->text).text);
}

/* What is missing or contradicts itself. A key that has been complained of is there. */
static void check_keys(const struct entry *entry, const struct coop_expectation *expectation,
                       struct coop_problems *problems)
{
    static const enum key needed[] = {MEASURE, CASE, DIRECTION};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (entry->key[needed[i]] == NULL)
            coop_problems_add(problems, entry->node->place, "an expectation without '%s' - add it",
                              key_name[needed[i]]);
    if (entry->key[AGAINST] == NULL && entry->key[VALUE] == NULL)
        coop_problems_add(problems, entry->node->place,
                          "an expectation against nothing - add 'against' with a case or 'twin', "
                          "or 'value' with a number");
    if (entry->key[AGAINST] != NULL && entry->key[VALUE] != NULL)
        coop_problems_add(problems, entry->key[VALUE]->place,
                          "'value' beside 'against' - remove one of the two");
    if (expectation->direction == COOP_EQUAL && entry->key[MARGIN] == NULL)
        coop_problems_add(problems, entry->word[DIRECTION]->place,
                          "'equal' without 'margin' - add the largest difference that is none");
    if (expectation->direction == COOP_EQUAL && entry->word[MARGIN] != NULL &&
        expectation->margin == 0)
        coop_problems_add(problems, entry->word[MARGIN]->place,
                          "'equal' with a margin of 0 can never be shown - give the largest "
                          "difference that is none");
}

static char *copy_word(const struct entry *entry, enum key k)
{
    return strdup(entry->word[k] != NULL ? entry->word[k]->text : "");
}

static struct coop_place place_of(const struct entry *entry, enum key k)
{
    return entry->word[k] != NULL ? entry->word[k]->place : entry->node->place;
}

static enum coop_status add(struct coop_config *config, const struct entry *entry,
                            struct coop_problems *problems)
{
    if (!coop_grow(&config->expectation, config->expectations, sizeof *config->expectation))
        return no_memory();
    struct coop_expectation *item = &config->expectation[config->expectations++];
    *item = (struct coop_expectation){.measure = copy_word(entry, MEASURE),
                                      .subject = copy_word(entry, CASE),
                                      .against = copy_word(entry, AGAINST),
                                      .because = copy_word(entry, BECAUSE),
                                      .level = usual_level,
                                      .measure_place = place_of(entry, MEASURE),
                                      .subject_place = place_of(entry, CASE),
                                      .against_place = place_of(entry, AGAINST)};
    if (!item->measure || !item->subject || !item->against || !item->because)
        return no_memory();
    read_direction(entry, item, problems);
    read_number(entry, VALUE, -INFINITY, INFINITY, "a number", &item->value, problems);
    read_number(entry, MARGIN, 0, INFINITY, "a number from 0", &item->margin, problems);
    read_number(entry, LEVEL, least_level, most_level, "a number from 0.5 to 0.9999, such as 0.95",
                &item->level, problems);
    check_keys(entry, item, problems);
    return COOP_OK;
}

static enum coop_status read_entry(struct coop_config *config, const struct coop_yaml *node,
                                   struct coop_problems *problems)
{
    struct entry entry = {.node = node};
    for (size_t i = 0; i + 1 < node->count; i += 2)
        if (node->child[i].kind == COOP_YAML_WORD && !coop_assign_repeats(node, i, problems))
            read_key(&entry, &node->child[i], problems);
    return add(config, &entry, problems);
}

enum coop_status coop_config_read_expect(struct coop_config *config, const struct coop_yaml *list,
                                         struct coop_problems *problems)
{
    if (list->kind == COOP_YAML_NONE)
        return COOP_OK;
    if (list->kind != COOP_YAML_LIST || list->count == 0)
        coop_problems_add(problems, list->place,
                          "'expect' takes a list of expectations, each '- measure: word' with its "
                          "'case', 'against' or 'value', and 'direction'");
    for (size_t i = 0; list->kind == COOP_YAML_LIST && i < list->count; i++) {
        const struct coop_yaml *node = &list->child[i];
        if (node->kind == COOP_YAML_MAPPING)
            COOP_TRY(read_entry(config, node, problems));
        else if (node->kind != COOP_YAML_NONE)
            coop_problems_add(problems, node->place,
                              "an expectation is a mapping with 'measure', 'case', 'direction'");
    }
    return COOP_OK;
}
