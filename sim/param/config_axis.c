/* coopsim - GPL-3.0-or-later
 *
 * One axis of a design: a parameter with its values or its range. */
#include "sim/param/assign.h"
#include "sim/param/text.h"
#include "sim/param/yaml.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS_MAX = 10000 };

enum key { PARAMETER, VALUES, FROM, TO, STEPS, SCALE, KEYS };
static const char *const key_name[KEYS + 1] = {"parameter", "values", "from", "to",
                                               "steps",     "scale",  NULL};

/* An axis while it is read: its values by key, NULL where there is none. */
struct entry {
    struct coop_axis *axis;
    const struct coop_yaml *node, *value[KEYS];
    enum coop_scheme_kind kind;
    struct coop_problems *problems;
};

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the design");
}

void coop_axis_free(struct coop_axis *axis)
{
    for (size_t v = 0; axis->value && v < axis->values; v++)
        free(axis->value[v]);
    free(axis->value);
    free(axis->value_place);
    free(axis->parameter);
    *axis = (struct coop_axis){0};
}

static void read_key(struct entry *entry, const struct coop_yaml *key)
{
    size_t k = 0;
    while (k < KEYS && strcmp(key_name[k], key->text) != 0)
        k++;
    if (k < KEYS) {
        entry->value[k] = key + 1;
        return;
    }
    const char *near = coop_nearest_word(key_name, key->text);
    coop_problems_add(entry->problems, key->place, "unknown key '%s' in an axis%s%s%s",
                      coop_show(key->text).text,
                      near ? " - did you mean '"
                           : ", which has parameter, and values or from, to, steps and scale",
                      near ? near : "", near ? "'?" : "");
}

static enum coop_status read_parameter(struct entry *entry)
{
    const struct coop_yaml *word = entry->value[PARAMETER];
    if (!word)
        coop_problems_add(entry->problems, entry->node->place,
                          "an axis without a parameter - add 'parameter: voice.know'");
    else if (word->kind != COOP_YAML_WORD && word->kind != COOP_YAML_NONE)
        coop_problems_add(entry->problems, word->place,
                          "an axis's 'parameter' is one name, as in voice.know");
    else if (word->kind == COOP_YAML_WORD && *word->text == '\0')
        coop_problems_add(entry->problems, word->place,
                          "'parameter' has no value - write one, as in voice.know");
    else
        entry->axis->place = word->place;
    entry->axis->parameter = strdup(word && word->kind == COOP_YAML_WORD ? word->text : "");
    return entry->axis->parameter ? COOP_OK : no_memory();
}

static enum coop_status read_values(struct entry *entry)
{
    struct coop_axis *axis = entry->axis;
    const struct coop_yaml *list = entry->value[VALUES];
    axis->values_place = list->place;
    if (list->kind != COOP_YAML_LIST || list->count == 0) {
        if (list->kind != COOP_YAML_NONE)
            coop_problems_add(entry->problems, list->place,
                              "an axis's 'values' is a list, as in [2, 4, 8]");
        return COOP_OK;
    }
    axis->value = calloc(list->count, sizeof *axis->value);
    axis->value_place = calloc(list->count, sizeof *axis->value_place);
    if (!axis->value || !axis->value_place)
        return no_memory();
    const size_t before = entry->problems->count;
    for (size_t i = 0; i < list->count; i++) {
        const struct coop_yaml *child = &list->child[i];
        char *text = coop_assign_text("values", child, entry->problems);
        if (!text && child->kind == COOP_YAML_WORD && entry->problems->count == before)
            return no_memory();
        if (!text)
            continue;
        axis->value_place[axis->values] = child->place;
        axis->value[axis->values++] = text;
    }
    return COOP_OK;
}

static bool read_end(struct entry *entry, enum key key, double *ret)
{
    const struct coop_yaml *word = entry->value[key];
    if (!word || word->kind == COOP_YAML_NONE)
        return false;
    if (word->kind == COOP_YAML_WORD && coop_read_real(word->text, ret) == COOP_NUMBER_FINE)
        return true;
    coop_problems_add(entry->problems, word->place, "'%s' is a number, as in 0.5%s", key_name[key],
                      word->kind == COOP_YAML_WORD ? " - other values are listed: 'values: [a, b]'"
                                                   : "");
    return false;
}

static void read_scale(struct entry *entry)
{
    const struct coop_yaml *word = entry->value[SCALE];
    if (!word || word->kind == COOP_YAML_NONE)
        return;
    if (word->kind == COOP_YAML_WORD && strcmp(word->text, "log") == 0)
        entry->axis->logarithmic = true;
    else if (word->kind != COOP_YAML_WORD || strcmp(word->text, "linear") != 0)
        coop_problems_add(entry->problems, word->place, "'scale' is linear or log");
}

static void check_ends(struct entry *entry)
{
    struct coop_axis *axis = entry->axis;
    char from[COOP_REAL_TEXT_SIZE], to[COOP_REAL_TEXT_SIZE];
    coop_real_text(axis->from, from);
    coop_real_text(axis->to, to);
    axis->ranged = axis->from < axis->to && (!axis->logarithmic || axis->from >= DBL_MIN);
    if (!(axis->from < axis->to))
        coop_problems_add(entry->problems, axis->from_place,
                          "from %s is not below to %s - give the smaller one first", from, to);
    if (axis->logarithmic && axis->from < DBL_MIN)
        coop_problems_add(
            entry->problems, axis->from_place,
            "a logarithmic axis from %s: the logarithm begins above 0 - give a larger "
            "one, or 'scale: linear'",
            from);
}

static void read_steps(struct entry *entry)
{
    struct coop_axis *axis = entry->axis;
    const struct coop_yaml *steps = entry->value[STEPS];
    if (steps)
        axis->steps_place = steps->place;
    if (steps && coop_scheme_is_sampled(entry->kind))
        coop_problems_add(entry->problems, steps->place,
                          "a %s design takes its points from the whole range - remove 'steps'",
                          coop_scheme_word(entry->kind));
    else if (steps)
        coop_config_read_whole(steps, "steps", 2, STEPS_MAX, &axis->steps, entry->problems);
    else if (entry->kind != COOP_NO_SCHEME && !coop_scheme_is_sampled(entry->kind))
        coop_problems_add(entry->problems, entry->node->place,
                          "how many points from %s to %s? - add 'steps: 5'",
                          entry->value[FROM]->text, entry->value[TO]->text);
}

static void read_range(struct entry *entry)
{
    struct coop_axis *axis = entry->axis;
    if (entry->value[FROM])
        axis->from_place = entry->value[FROM]->place;
    if (entry->value[TO])
        axis->to_place = entry->value[TO]->place;
    const bool from = read_end(entry, FROM, &axis->from), to = read_end(entry, TO, &axis->to);
    read_scale(entry);
    if (!entry->value[FROM] || !entry->value[TO])
        coop_problems_add(entry->problems, entry->node->place,
                          "an axis needs 'values: [...]', or 'from' and 'to'");
    if (!from || !to)
        return;
    check_ends(entry);
    read_steps(entry);
}

static enum coop_status read_entry(struct entry *entry)
{
    COOP_TRY(read_parameter(entry));
    if (!entry->value[VALUES]) {
        read_range(entry);
        return COOP_OK;
    }
    for (size_t k = FROM; k < KEYS; k++)
        if (entry->value[k])
            coop_problems_add(entry->problems, entry->value[k]->place,
                              "an axis with 'values' and '%s' - keep one of the two", key_name[k]);
    return read_values(entry);
}

enum coop_status coop_axis_read(struct coop_axis *ret, const struct coop_yaml *node,
                                enum coop_scheme_kind kind, struct coop_problems *problems)
{
    struct entry entry = {.axis = ret, .node = node, .kind = kind, .problems = problems};
    if (node->kind != COOP_YAML_MAPPING) {
        if (node->kind != COOP_YAML_NONE)
            coop_problems_add(
                problems, node->place,
                "an axis is a mapping, as in {parameter: voice.know, values: [4, 8]}");
        ret->parameter = strdup("");
        return ret->parameter ? COOP_OK : no_memory();
    }
    for (size_t i = 0; i + 1 < node->count; i += 2) {
        const struct coop_yaml *key = &node->child[i];
        if (key->kind == COOP_YAML_WORD && !coop_assign_repeats(node, i, problems))
            read_key(&entry, key);
    }
    return read_entry(&entry);
}
