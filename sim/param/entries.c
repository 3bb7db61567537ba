/* coopsim - GPL-3.0-or-later */
#include "sim/param/entries.h"

#include "sim/param/assign.h"
#include "sim/param/text.h"

#include <stdlib.h>
#include <string.h>

static void refuse_key(const struct coop_entries *entries, const struct coop_yaml *key,
                       struct coop_problems *problems)
{
    const char *near = coop_nearest_word(entries->key, key->text);
    if (near)
        coop_problems_add(problems, key->place, "unknown key '%s' in %s - did you mean '%s'?",
                          coop_show(key->text).text, entries->entry, near);
    else
        coop_problems_add(problems, key->place, "unknown key '%s' in %s, which has %s",
                          coop_show(key->text).text, entries->entry, entries->has);
}

/* Whether the value can be one of key number `k`. */
static bool check_value(const struct coop_entries *entries, size_t k, const struct coop_yaml *value,
                        struct coop_problems *problems)
{
    const char *name = entries->key[k];
    const char *list_of = entries->list_of != NULL ? entries->list_of[k] : NULL;
    if (value->kind == COOP_YAML_NONE)
        return false;
    const size_t before = problems->count;
    if (value->kind == COOP_YAML_WORD && *value->text == '\0')
        coop_problems_add(problems, value->place,
                          "'%s' has no value - write one, or remove the line", name);
    else if (list_of != NULL && (value->kind != COOP_YAML_LIST || value->count == 0))
        coop_problems_add(problems, value->place, "'%s' takes a list of %s", name, list_of);
    else if (list_of == NULL && value->kind != COOP_YAML_WORD)
        coop_problems_add(problems, value->place, "'%s' takes one value, not a %s", name,
                          value->kind == COOP_YAML_LIST ? "list" : "mapping");
    return problems->count == before;
}

static void read_key(const struct coop_entries *entries, const struct coop_yaml *key,
                     const struct coop_yaml **ret_key, const struct coop_yaml **ret_value,
                     struct coop_problems *problems)
{
    size_t k = 0;
    while (k < entries->keys && strcmp(entries->key[k], key->text) != 0)
        k++;
    if (k == entries->keys) {
        refuse_key(entries, key, problems);
        return;
    }
    ret_key[k] = key;
    if (check_value(entries, k, key + 1, problems))
        ret_value[k] = key + 1;
}

void coop_entry_read(const struct coop_entries *entries, const struct coop_yaml *node,
                     const struct coop_yaml **ret_key, const struct coop_yaml **ret_value,
                     struct coop_problems *problems)
{
    for (size_t k = 0; k < entries->keys; k++)
        ret_key[k] = ret_value[k] = NULL;
    for (size_t i = 0; i + 1 < node->count; i += 2)
        if (node->child[i].kind == COOP_YAML_WORD && !coop_assign_repeats(node, i, problems))
            read_key(entries, &node->child[i], ret_key, ret_value, problems);
}

char *coop_entry_word(const struct coop_yaml *value)
{
    return strdup(value != NULL ? value->text : "");
}

struct coop_place coop_entry_place(const struct coop_yaml *value, const struct coop_yaml *entry)
{
    return value != NULL ? value->place : entry->place;
}

enum coop_status coop_entries_read(const struct coop_entries *entries, struct coop_config *config,
                                   const struct coop_yaml *list, struct coop_problems *problems)
{
    if (list->kind == COOP_YAML_NONE)
        return COOP_OK;
    if (list->kind != COOP_YAML_LIST || list->count == 0)
        coop_problems_add(problems, list->place, "%s", entries->list_fault);
    for (size_t i = 0; list->kind == COOP_YAML_LIST && i < list->count; i++) {
        const struct coop_yaml *node = &list->child[i];
        if (node->kind == COOP_YAML_MAPPING)
            COOP_TRY(entries->read(config, node, problems));
        else if (node->kind != COOP_YAML_NONE)
            coop_problems_add(problems, node->place, "%s", entries->mapping_fault);
    }
    return COOP_OK;
}
