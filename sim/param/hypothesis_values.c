/* coopsim - GPL-3.0-or-later
 *
 * The values of one hypothesis: choices, numbers, and lists of cases. */
#include "sim/param/config_hypotheses.h"

#include "sim/param/assign.h"
#include "sim/param/grow.h"
#include "sim/param/text.h"

#include <math.h>

const char *const coop_contrast_words[] = {"paired",    "trend",      "correlation", "ordering",
                                           "threshold", "swap_share", NULL};
const char *const coop_expected_words[] = {"lower", "higher", "equal", "none", NULL};

static const double least_level = .5, most_level = .999, least_alpha = 1e-6, most_alpha = .5;
enum { LAG_MAX = 100000 };

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the configuration");
}

static void read_number(const struct coop_hypothesis_entry *entry, enum coop_hypothesis_key k,
                        double min, double max, const char *remedy, double *ret,
                        struct coop_problems *problems)
{
    double number;
    const struct coop_yaml *word = entry->value[k];
    if (word == NULL)
        return;
    if (coop_read_real(word->text, &number) == COOP_NUMBER_FINE && number >= min && number <= max)
        *ret = number;
    else
        coop_problems_add(problems, word->place, "'%s' cannot be '%s' - give %s",
                          coop_hypothesis_key_name[k], coop_show(word->text).text, remedy);
}

static void read_numbers(const struct coop_hypothesis_entry *entry, struct coop_hypothesis *ret,
                         struct coop_problems *problems)
{
    double lag = 0;
    read_number(entry, COOP_KEY_VALUE, -INFINITY, INFINITY, "a number", &ret->value, problems);
    read_number(entry, COOP_KEY_MARGIN, 0, INFINITY, "a number from 0", &ret->margin, problems);
    read_number(entry, COOP_KEY_WITHIN, 1e-300, INFINITY, "a number above 0", &ret->within,
                problems);
    read_number(entry, COOP_KEY_ALPHA, least_alpha, most_alpha,
                "a number from 0.000001 to 0.5, such as 0.05", &ret->alpha, problems);
    read_number(entry, COOP_KEY_LEVEL, least_level, most_level,
                "a number from 0.5 to 0.999, such as 0.95", &ret->level, problems);
    read_number(entry, COOP_KEY_LAG, -LAG_MAX, LAG_MAX, "weeks", &lag, problems);
    ret->lag = (int64_t)lag;
    if ((double)ret->lag != lag)
        coop_problems_add(problems, entry->value[COOP_KEY_LAG]->place,
                          "'lag' cannot be '%s' - give whole weeks",
                          coop_show(entry->value[COOP_KEY_LAG]->text).text);
}

/* The number of the value among `known`, or `usual` if there is none or it is at fault. */
static size_t read_choice(const struct coop_hypothesis_entry *entry, enum coop_hypothesis_key k,
                          const char *const *known, const char *remedy, size_t usual,
                          struct coop_problems *problems)
{
    const struct coop_yaml *word = entry->value[k];
    for (size_t i = 0; word != NULL && known[i] != NULL; i++)
        if (strcmp(known[i], word->text) == 0)
            return i;
    if (word == NULL)
        return usual;
    const char *near = coop_nearest_word(known, word->text);
    if (near)
        coop_problems_add(problems, word->place, "unknown %s '%s' - did you mean '%s'?",
                          coop_hypothesis_key_name[k], coop_show(word->text).text, near);
    else
        coop_problems_add(problems, word->place, "unknown %s '%s' - give %s",
                          coop_hypothesis_key_name[k], coop_show(word->text).text, remedy);
    return usual;
}

static bool add_case(struct coop_hypothesis *ret, const struct coop_yaml *word, size_t group)
{
    if (!coop_grow(&ret->item, ret->cases, sizeof *ret->item))
        return false;
    char *name = strdup(word->text);
    if (name != NULL)
        ret->item[ret->cases++] = (struct coop_hypothesis_case){name, word->place, group};
    return name != NULL;
}

static enum coop_status read_cases(const struct coop_yaml *list, size_t group,
                                   struct coop_hypothesis *ret, struct coop_problems *problems)
{
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        const struct coop_yaml *word = &list->child[i];
        if (word->kind == COOP_YAML_LIST || word->kind == COOP_YAML_MAPPING)
            coop_problems_add(problems, word->place, "a case is named by one word");
        else if (word->kind == COOP_YAML_WORD && !add_case(ret, word, group))
            return no_memory();
    }
    return COOP_OK;
}

/* A group of one case may stand without brackets. */
static enum coop_status read_order(const struct coop_yaml *list, struct coop_hypothesis *ret,
                                   struct coop_problems *problems)
{
    for (size_t g = 0; list != NULL && g < list->count; g++) {
        const struct coop_yaml *group = &list->child[g];
        if (group->kind == COOP_YAML_WORD && !add_case(ret, group, g))
            return no_memory();
        if (group->kind == COOP_YAML_LIST)
            COOP_TRY(read_cases(group, g, ret, problems));
        if (group->kind == COOP_YAML_MAPPING ||
            (group->kind == COOP_YAML_LIST && group->count == 0))
            coop_problems_add(problems, group->place, "a group is a list of cases");
    }
    if (list != NULL && list->count == 1)
        coop_problems_add(problems, list->place,
                          "an order of one group - give two or more, the first one first");
    return COOP_OK;
}

enum coop_status coop_hypothesis_read_values(const struct coop_hypothesis_entry *entry,
                                             struct coop_hypothesis *ret,
                                             struct coop_problems *problems)
{
    static const char *const truth[] = {"false", "true", NULL};
    ret->contrast = (enum coop_contrast)read_choice(
        entry, COOP_KEY_CONTRAST, coop_contrast_words,
        "paired, trend, correlation, ordering, threshold or swap_share", COOP_PAIRED, problems);
    ret->expect =
        (enum coop_expected)read_choice(entry, COOP_KEY_EXPECT, coop_expected_words,
                                        "lower, higher, equal or none", COOP_EXPECT_NONE, problems);
    ret->pooled = read_choice(entry, COOP_KEY_POOLED, truth, "true or false", 0, problems) == 1;
    read_numbers(entry, ret, problems);
    if (entry->value[COOP_KEY_CASE] != NULL && !add_case(ret, entry->value[COOP_KEY_CASE], 0))
        return no_memory();
    COOP_TRY(read_cases(entry->value[COOP_KEY_CASES], 0, ret, problems));
    return read_order(entry->value[COOP_KEY_ORDER], ret, problems);
}
