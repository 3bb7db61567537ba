/* coopsim - GPL-3.0-or-later
 *
 * The lists `cases:` and `twins:` of a configuration. */
#include "sim/param/assign.h"
#include "sim/param/grow.h"
#include "sim/param/text.h"
#include "sim/param/yaml.h"

enum { CASE_NAME_MAX = 64 };

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the configuration");
}

const char *coop_config_name_fault(const struct coop_yaml *name)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    if (name->kind == COOP_YAML_LIST || name->kind == COOP_YAML_MAPPING)
        return "takes one word";
    if (name->kind == COOP_YAML_NONE)
        return NULL;
    if (*name->text == '\0')
        return "has no value";
    if (strlen(name->text) > CASE_NAME_MAX)
        return "is longer than 64 letters";
    if (name->text[strspn(name->text, plain)])
        return "may hold a-z, 0-9, _ and - only";
    return NULL;
}

static bool is_taken(const struct coop_config *config, const struct coop_yaml *name,
                     struct coop_problems *problems)
{
    for (size_t i = 0; i + 1 < config->cases; i++) {
        const struct coop_case *first = &config->item[i];
        if (strcmp(first->name, name->text) != 0)
            continue;
        coop_problems_add(problems, name->place,
                          "a second case is named '%s', first at %s:%zu:%zu - rename one",
                          name->text, first->place.file, first->place.line, first->place.column);
        return true;
    }
    return false;
}

/* The case is the last one of the configuration. A name at fault stays empty. */
static enum coop_status read_name(struct coop_config *config, const struct coop_yaml *name,
                                  struct coop_problems *problems)
{
    struct coop_case *item = &config->item[config->cases - 1];
    const char *fault = coop_config_name_fault(name);
    if (fault)
        coop_problems_add(problems, name->place, "the case's 'name' %s", fault);
    if (fault || name->kind != COOP_YAML_WORD || is_taken(config, name, problems))
        return COOP_OK;
    free(item->name);
    item->place = name->place;
    item->name = strdup(name->text);
    return item->name ? COOP_OK : no_memory();
}

static enum coop_status read_case_entry(struct coop_config *config, const struct coop_yaml *key,
                                        struct coop_problems *problems)
{
    static const char *const known[] = {"name", "set", "regime", "regimes", "schedule", NULL};
    struct coop_case *item = &config->item[config->cases - 1];
    const struct coop_shown shown = coop_show(key->text);
    if (strcmp(key->text, "name") == 0)
        return read_name(config, key + 1, problems);
    if (strcmp(key->text, "set") == 0)
        return coop_assign_mapping(&item->set, key + 1, problems);
    if (strcmp(key->text, "regime") == 0)
        return coop_config_read_regime(&item->mix, key, config->file, problems);
    if (strcmp(key->text, "regimes") == 0)
        return coop_config_read_regimes(&item->mix, key, config->file, problems);
    if (strcmp(key->text, "schedule") == 0)
        return coop_config_read_schedule(&item->schedule, key + 1, problems);
    const char *near = coop_nearest_word(known, key->text);
    if (near)
        coop_problems_add(problems, key->place, "unknown key '%s' in a case - did you mean '%s'?",
                          shown.text, near);
    else
        coop_problems_add(problems, key->place,
                          "unknown key '%s' in a case - its parameters go under 'set'", shown.text);
    return COOP_OK;
}

static enum coop_status read_case(struct coop_config *config, const struct coop_yaml *node,
                                  struct coop_problems *problems)
{
    bool named = false;
    for (size_t i = 0; i + 1 < node->count; i += 2) {
        const struct coop_yaml *key = &node->child[i];
        if (key->kind != COOP_YAML_WORD)
            continue;
        named = named || strcmp(key->text, "name") == 0;
        if (!coop_assign_repeats(node, i, problems))
            COOP_TRY(read_case_entry(config, key, problems));
    }
    if (!named)
        coop_problems_add(problems, node->place, "a case without a name - add 'name: word'");
    return COOP_OK;
}

static enum coop_status add_case(struct coop_config *config, struct coop_place place)
{
    if (!coop_grow(&config->item, config->cases, sizeof *config->item))
        return no_memory();
    config->item[config->cases++] = (struct coop_case){.name = strdup(""), .place = place};
    return config->item[config->cases - 1].name ? COOP_OK : no_memory();
}

enum coop_status coop_config_read_cases(struct coop_config *config, const struct coop_yaml *list,
                                        struct coop_problems *problems)
{
    if (list->kind == COOP_YAML_NONE)
        return COOP_OK;
    if (list->kind != COOP_YAML_LIST || list->count == 0)
        coop_problems_add(problems, list->place,
                          "'cases' takes a list of cases, each '- name: word' with its 'set'");
    for (size_t i = 0; list->kind == COOP_YAML_LIST && i < list->count; i++) {
        const struct coop_yaml *node = &list->child[i];
        if (node->kind == COOP_YAML_NONE)
            continue;
        if (node->kind != COOP_YAML_MAPPING) {
            coop_problems_add(problems, node->place, "a case is a mapping with 'name' and 'set'");
            continue;
        }
        COOP_TRY(add_case(config, node->place));
        COOP_TRY(read_case(config, node, problems));
    }
    return COOP_OK;
}

static enum coop_status add_twin(struct coop_config *config, const struct coop_yaml *word)
{
    if (!coop_grow(&config->twin, config->twins, sizeof *config->twin) ||
        !coop_grow(&config->twin_place, config->twins, sizeof *config->twin_place))
        return no_memory();
    char *twin = strdup(word->text);
    if (!twin)
        return no_memory();
    config->twin[config->twins] = twin;
    config->twin_place[config->twins++] = word->place;
    return COOP_OK;
}

static bool is_listed(const struct coop_config *config, const struct coop_yaml *word,
                      struct coop_problems *problems)
{
    for (size_t i = 0; i < config->twins; i++) {
        const struct coop_place first = config->twin_place[i];
        if (strcmp(config->twin[i], word->text) != 0)
            continue;
        coop_problems_add(problems, word->place,
                          "duplicate twin '%s', first at %s:%zu:%zu - keep one of the two",
                          coop_show(word->text).text, first.file, first.line, first.column);
        return true;
    }
    return false;
}

enum coop_status coop_config_read_twins(struct coop_config *config, const struct coop_yaml *list,
                                        struct coop_problems *problems)
{
    if (list->kind != COOP_YAML_LIST && list->kind != COOP_YAML_NONE)
        coop_problems_add(problems, list->place, "'twins' takes a list, as in [exposure]");
    for (size_t i = 0; list->kind == COOP_YAML_LIST && i < list->count; i++) {
        const struct coop_yaml *word = &list->child[i];
        if (word->kind == COOP_YAML_LIST || word->kind == COOP_YAML_MAPPING)
            coop_problems_add(problems, word->place, "a twin is one word");
        else if (word->kind == COOP_YAML_WORD && !is_listed(config, word, problems))
            COOP_TRY(add_twin(config, word));
    }
    return COOP_OK;
}
