/* coopsim - GPL-3.0-or-later
 *
 * From a tree of words to assignments: groups become dotted paths, lists become text. */
#include "sim/param/assign.h"

#include "sim/param/grow.h"
#include "sim/param/text.h"
#include "sim/param/yaml.h"

enum { ASSIGNMENTS_MAX = 4096 };

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the configuration");
}

static void free_assignment(struct coop_assignment *assignment)
{
    free(assignment->path);
    free(assignment->text);
    free(assignment->element);
}

enum coop_status coop_assignments_add(struct coop_assignments *assignments,
                                      struct coop_assignment assignment)
{
    if (!coop_grow(&assignments->item, assignments->count, sizeof assignment)) {
        free_assignment(&assignment);
        return no_memory();
    }
    assignments->item[assignments->count++] = assignment;
    return COOP_OK;
}

void coop_assignments_free(struct coop_assignments *assignments)
{
    for (size_t i = 0; i < assignments->count; i++)
        free_assignment(&assignments->item[i]);
    free(assignments->item);
    *assignments = (struct coop_assignments){0};
}

bool coop_assign_repeats(const struct coop_yaml *mapping, size_t i, struct coop_problems *problems)
{
    const struct coop_yaml *key = &mapping->child[i];
    for (size_t k = 0; k < i; k += 2) {
        const struct coop_yaml *first = &mapping->child[k];
        if (first->kind != COOP_YAML_WORD || strcmp(first->text, key->text) != 0)
            continue;
        coop_problems_add(
            problems, key->place, "duplicate key '%s', first at %s:%zu:%zu - keep one of the two",
            coop_show(key->text).text, first->place.file, first->place.line, first->place.column);
        return true;
    }
    return false;
}

/* The same path again, in whichever spelling. */
static bool is_duplicate(const struct coop_assignments *assignments, const char *path,
                         struct coop_place place, struct coop_problems *problems)
{
    for (size_t i = 0; i < assignments->count; i++) {
        const struct coop_assignment *first = &assignments->item[i];
        if (strcmp(first->path, path) != 0)
            continue;
        coop_problems_add(
            problems, place, "duplicate key '%s', first at %s:%zu:%zu - keep one of the two",
            coop_show(path).text, first->key.file, first->key.line, first->key.column);
        return true;
    }
    return false;
}

/* What is wrong with one element of a list, NULL if nothing is. A comma or a bracket would not
 * survive in the list's text. */
static const char *element_fault(const struct coop_yaml *element)
{
    if (element->kind == COOP_YAML_LIST)
        return "a list inside a list - a parameter's list holds plain values";
    if (element->kind == COOP_YAML_MAPPING)
        return "a mapping inside a list - a parameter's list holds plain values";
    if (element->kind == COOP_YAML_WORD && *element->text == '\0')
        return "an empty element of a list";
    if (element->kind == COOP_YAML_WORD && element->text[strcspn(element->text, ",[]")])
        return "an element of a list with a comma or a bracket in it";
    return NULL;
}

static bool check_elements(const struct coop_yaml *list, struct coop_problems *problems)
{
    bool fine = true;
    for (size_t i = 0; i < list->count; i++) {
        const char *fault = element_fault(&list->child[i]);
        if (fault)
            coop_problems_add(problems, list->child[i].place, "%s", fault);
        fine = fine && !fault && list->child[i].kind == COOP_YAML_WORD;
    }
    return fine;
}

/* The list as "[a, b]", NULL if there is no memory. */
static char *join(const struct coop_yaml *list)
{
    size_t length = 0;
    for (size_t i = 0; i < list->count; i++)
        length += strlen(list->child[i].text) + 2;
    char *text = malloc(length + 3), *end = text;
    if (!text)
        return NULL;
    *end++ = '[';
    for (size_t i = 0; i < list->count; i++) {
        end = i > 0 ? stpcpy(end, ", ") : end;
        end = stpcpy(end, list->child[i].text);
    }
    strcpy(end, "]");
    return text;
}

static enum coop_status add_list(struct coop_assignments *assignments,
                                 struct coop_assignment assignment, const struct coop_yaml *list)
{
    assignment.text = join(list);
    assignment.element = calloc(list->count + 1, sizeof *assignment.element);
    if (!assignment.text || !assignment.element) {
        free_assignment(&assignment);
        return no_memory();
    }
    for (size_t i = 0; i < list->count; i++)
        assignment.element[i] = list->child[i].place;
    assignment.elements = list->count;
    return coop_assignments_add(assignments, assignment);
}

static enum coop_status add_word(struct coop_assignments *assignments,
                                 struct coop_assignment assignment, const struct coop_yaml *word)
{
    assignment.text = strdup(word->text);
    if (!assignment.text) {
        free_assignment(&assignment);
        return no_memory();
    }
    return coop_assignments_add(assignments, assignment);
}

/* Whether the value can be one at all; what cannot is reported. */
static bool check_value(const char *path, const struct coop_yaml *value,
                        struct coop_problems *problems)
{
    if (value->kind == COOP_YAML_LIST)
        return check_elements(value, problems);
    if (value->kind == COOP_YAML_WORD && *value->text)
        return true;
    if (value->kind == COOP_YAML_WORD)
        coop_problems_add(problems, value->place,
                          "'%s' has no value - write one, or remove the line",
                          coop_show(path).text);
    else if (value->kind == COOP_YAML_MAPPING)
        coop_problems_add(problems, value->place, "'%s' takes a value, not a mapping",
                          coop_show(path).text);
    return false;
}

char *coop_assign_text(const char *path, const struct coop_yaml *value,
                       struct coop_problems *problems)
{
    if (!check_value(path, value, problems))
        return NULL;
    return value->kind == COOP_YAML_LIST ? join(value) : strdup(value->text);
}

/* `group` is NULL if the key is written flat. Takes `path`. */
static enum coop_status add_setting(struct coop_assignments *assignments, char *path,
                                    const struct coop_yaml *group, const struct coop_yaml *key,
                                    const struct coop_yaml *value, struct coop_problems *problems)
{
    const struct coop_assignment assignment = {.path = path,
                                               .key = key->place,
                                               .value = value->place,
                                               .group = group ? group->place : key->place};
    if (!path)
        return no_memory();
    const bool again = is_duplicate(assignments, path, key->place, problems);
    if (!check_value(path, value, problems) || again) {
        free(path);
        return COOP_OK;
    }
    if (assignments->count == ASSIGNMENTS_MAX) {
        coop_problems_add(problems, key->place, "more than %d settings", ASSIGNMENTS_MAX);
        free(path);
        return COOP_FAIL(COOP_USAGE, "more than %d settings", ASSIGNMENTS_MAX);
    }
    return value->kind == COOP_YAML_LIST ? add_list(assignments, assignment, value)
                                         : add_word(assignments, assignment, value);
}

static char *dotted(const char *group, const char *name)
{
    char *path;
    return asprintf(&path, "%s.%s", group, name) < 0 ? NULL : path;
}

enum coop_status coop_assign_entry(struct coop_assignments *assignments,
                                   const struct coop_yaml *key, const struct coop_yaml *value,
                                   struct coop_problems *problems)
{
    if (key->kind != COOP_YAML_WORD)
        return COOP_OK;
    if (value->kind != COOP_YAML_MAPPING || strchr(key->text, '.'))
        return add_setting(assignments, strdup(key->text), NULL, key, value, problems);
    for (size_t i = 0; i + 1 < value->count; i += 2) {
        const struct coop_yaml *name = &value->child[i];
        if (name->kind == COOP_YAML_WORD)
            COOP_TRY(add_setting(assignments, dotted(key->text, name->text), key, name,
                                 &value->child[i + 1], problems));
    }
    return COOP_OK;
}

enum coop_status coop_assign_mapping(struct coop_assignments *assignments,
                                     const struct coop_yaml *mapping,
                                     struct coop_problems *problems)
{
    if (mapping->kind != COOP_YAML_MAPPING) {
        if (mapping->kind != COOP_YAML_NONE)
            coop_problems_add(problems, mapping->place,
                              "'set' takes a mapping, as in {voice.know: 8}");
        return COOP_OK;
    }
    for (size_t i = 0; i + 1 < mapping->count; i += 2) {
        const struct coop_yaml *key = &mapping->child[i], *value = key + 1;
        if (key->kind == COOP_YAML_WORD && !strchr(key->text, '.') &&
            value->kind == COOP_YAML_MAPPING)
            coop_assign_repeats(mapping, i, problems);
        COOP_TRY(coop_assign_entry(assignments, key, value, problems));
    }
    return COOP_OK;
}

void coop_assign_refuse_engine(const struct coop_assignments *assignments, const char *reason,
                               struct coop_problems *problems)
{
    static const char *const group[] = {"run.", "economy.", "record."};
    for (size_t i = 0; i < assignments->count; i++)
        for (size_t g = 0; g < sizeof group / sizeof *group; g++)
            if (strncmp(assignments->item[i].path, group[g], strlen(group[g])) == 0)
                coop_problems_add(problems, assignments->item[i].key, "'%s' %s",
                                  coop_show(assignments->item[i].path).text, reason);
}
