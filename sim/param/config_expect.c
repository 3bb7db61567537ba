/* coopsim - GPL-3.0-or-later
 *
 * The list `expect:` of a configuration. What its words name - measures, cases, twins - is checked
 * where the model is known. */
#include "sim/param/assign.h"
#include "sim/param/entries.h"
#include "sim/param/grow.h"
#include "sim/param/text.h"

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

static enum coop_status add(struct coop_config *config, const struct entry *entry,
                            struct coop_problems *problems)
{
    if (!coop_grow(&config->expectation, config->expectations, sizeof *config->expectation))
        return no_memory();
    struct coop_expectation *item = &config->expectation[config->expectations++];
    *item = (struct coop_expectation){
        .measure = coop_entry_word(entry->word[MEASURE]),
        .subject = coop_entry_word(entry->word[CASE]),
        .against = coop_entry_word(entry->word[AGAINST]),
        .because = coop_entry_word(entry->word[BECAUSE]),
        .level = usual_level,
        .measure_place = coop_entry_place(entry->word[MEASURE], entry->node),
        .subject_place = coop_entry_place(entry->word[CASE], entry->node),
        .against_place = coop_entry_place(entry->word[AGAINST], entry->node)};
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

static const struct coop_entries expectations;

static enum coop_status read_entry(struct coop_config *config, const struct coop_yaml *node,
                                   struct coop_problems *problems)
{
    struct entry entry = {.node = node};
    coop_entry_read(&expectations, node, entry.key, entry.word, problems);
    return add(config, &entry, problems);
}

static const struct coop_entries expectations = {
    .list_fault = "'expect' takes a list of expectations, each '- measure: word' with its 'case', "
                  "'against' or 'value', and 'direction'",
    .mapping_fault = "an expectation is a mapping with 'measure', 'case', 'direction'",
    .entry = "an expectation",
    .has = "measure, case, against, direction, value, margin, level and because",
    .key = key_name,
    .keys = KEYS,
    .read = read_entry,
};

enum coop_status coop_config_read_expect(struct coop_config *config, const struct coop_yaml *list,
                                         struct coop_problems *problems)
{
    return coop_entries_read(&expectations, config, list, problems);
}
