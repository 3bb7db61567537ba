/* coopsim - GPL-3.0-or-later
 *
 * An unknown parameter, and what may have been meant: the nearest group, the nearest key of a
 * known group, the same key in another group, the nearest full name. */
#include "sim/param/assign.h"
#include "sim/param/text.h"

#include <stdlib.h>
#include <string.h>

static bool is_in_group(const char *name, const char *group, size_t length)
{
    return strncmp(name, group, length) == 0 && name[length] == '.';
}

static bool has_group(const struct coop_param_set *set, const char *group, size_t length)
{
    for (size_t t = 0; t < set->tables; t++)
        for (size_t r = 0; r < set->table[t]->rows; r++)
            if (is_in_group(set->table[t]->row[r].name, group, length))
                return true;
    return false;
}

static struct coop_nearest nearest_group(const struct coop_param_set *set, const char *group)
{
    struct coop_nearest nearest = {.word = group};
    for (size_t t = 0; t < set->tables; t++)
        for (size_t r = 0; r < set->table[t]->rows; r++) {
            const char *name = set->table[t]->row[r].name;
            coop_nearest_consider(&nearest, name, strcspn(name, "."));
        }
    return nearest;
}

static const char *nearest_key(const struct coop_param_set *set, const char *group, size_t length,
                               const char *key)
{
    struct coop_nearest nearest = {.word = key};
    for (size_t t = 0; t < set->tables; t++)
        for (size_t r = 0; r < set->table[t]->rows; r++) {
            const char *name = set->table[t]->row[r].name;
            if (is_in_group(name, group, length))
                coop_nearest_consider(&nearest, name + length + 1, strlen(name + length + 1));
        }
    return nearest.best;
}

/* The full name of the same key in the only other group that has it, else the nearest full name,
 * else NULL. */
static const char *nearest_elsewhere(const struct coop_param_set *set, const char *path,
                                     const char *key)
{
    const char *only = NULL;
    size_t groups = 0;
    for (size_t t = 0; t < set->tables; t++)
        for (size_t r = 0; r < set->table[t]->rows; r++) {
            const char *name = set->table[t]->row[r].name;
            if (strcmp(strchr(name, '.') + 1, key) != 0)
                continue;
            only = name;
            groups++;
        }
    return groups == 1 ? only : coop_param_nearest(set, path);
}

static void add(struct coop_problems *problems, struct coop_place place, const char *what,
                const char *near, size_t length)
{
    if (near)
        coop_problems_add(problems, place, "%s - did you mean '%.*s'?", what, (int)length, near);
    else
        coop_problems_add(problems, place, "%s - 'coopsim params' lists all parameters", what);
}

/* A word without a point. */
static void add_undotted(const char *path, const struct coop_param_set *set,
                         struct coop_place place, struct coop_problems *problems)
{
    const char *near = nearest_elsewhere(set, path, path);
    const struct coop_nearest group = nearest_group(set, path);
    const struct coop_shown shown = coop_show(path);
    if (has_group(set, path, strlen(path)))
        coop_problems_add(problems, place, "'%s' is a group - set the parameters in it",
                          shown.text);
    else if (near || group.best)
        coop_problems_add(problems, place, "unknown key '%s' - did you mean '%.*s'?", shown.text,
                          near ? (int)strlen(near) : (int)group.length, near ? near : group.best);
    else
        coop_problems_add(problems, place,
                          "unknown key '%s' - a parameter is written group.parameter", shown.text);
}

void coop_assign_unknown(const char *path, const struct coop_param_set *set, struct coop_place key,
                         struct coop_place group, struct coop_problems *problems)
{
    const size_t length = strcspn(path, ".");
    char what[256], *head = strndup(path, length);
    if (path[length] == '\0' || !head) {
        add_undotted(path, set, key, problems);
    } else if (has_group(set, path, length)) {
        const char *name = path + length + 1, *near = nearest_key(set, path, length, name);
        snprintf(what, sizeof what, "unknown key '%s' in '%s'", coop_show(name).text,
                 coop_show(head).text);
        near = near ? near : nearest_elsewhere(set, path, name);
        add(problems, key, what, near, near ? strlen(near) : 0);
    } else {
        const struct coop_nearest nearest = nearest_group(set, head);
        const char *near =
            nearest.best ? nearest.best : nearest_elsewhere(set, path, path + length + 1);
        snprintf(what, sizeof what, "unknown group '%s'", coop_show(head).text);
        add(problems, group, what, near, nearest.best ? nearest.length : near ? strlen(near) : 0);
    }
    free(head);
}
