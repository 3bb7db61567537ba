/* coopsim - GPL-3.0-or-later
 *
 * What a configuration does once it is read: settings of the command line, and applying
 * assignments to a set of parameters. Nothing here knows YAML. */
#include "sim/param/config.h"

#include "sim/param/assign.h"
#include "sim/param/text.h"

#include <stdlib.h>
#include <string.h>

static const char command_line[] = "--set";

/* Enough for two shown words, and for a file name with line and column. */
enum { NAME_SIZE = 512 };

static char *trimmed(const char *begin, const char *end)
{
    while (begin < end && strchr(" \t\n\r", *begin))
        begin++;
    while (end > begin && strchr(" \t\n\r", end[-1]))
        end--;
    return strndup(begin, (size_t)(end - begin));
}

/* NULL if `assignment` is path=value. */
static const char *setting_fault(const char *assignment)
{
    size_t offset;
    const char *equals = strchr(assignment, '=');
    const char *fault = coop_text_fault(assignment, strlen(assignment), &offset);
    if (fault)
        return fault;
    if (!equals)
        return "no '=' in it";
    if (strspn(assignment, " \t\n\r") == (size_t)(equals - assignment))
        return "no parameter before the '='";
    if (equals[1 + strspn(equals + 1, " \t\n\r")] == '\0')
        return "no value after the '='";
    return NULL;
}

enum coop_status coop_config_set(struct coop_config *config, const char *assignment,
                                 struct coop_problems *problems)
{
    const char *fault = setting_fault(assignment);
    if (fault) {
        char name[NAME_SIZE];
        snprintf(name, sizeof name, "%s %s", command_line, coop_show(assignment).text);
        coop_problems_add(problems, (struct coop_place){name, 0, 0},
                          "%s - write group.parameter=value", fault);
        return COOP_FAIL(COOP_USAGE, "%s: %s", name, fault);
    }
    const char *equals = strchr(assignment, '=');
    const struct coop_place place = {command_line, 0, 0};
    struct coop_assignment item = {.path = trimmed(assignment, equals),
                                   .text = trimmed(equals + 1, equals + strlen(equals)),
                                   .key = place, .value = place, .group = place};
    if (item.path && item.text)
        return coop_assignments_add(&config->override, item);
    free(item.path);
    free(item.text);
    return COOP_FAIL(COOP_MEMORY, "out of memory for '%s'", coop_show(assignment).text);
}

/* The place to name in a problem: a setting of the command line is its own place. */
static struct coop_place shown_place(const struct coop_assignment *assignment,
                                     struct coop_place place, char name[NAME_SIZE])
{
    if (place.line > 0 || place.file != command_line)
        return place;
    snprintf(name, NAME_SIZE, "%s %s=%s", command_line, coop_show(assignment->path).text,
             coop_show(assignment->text).text);
    return (struct coop_place){name, 0, 0};
}

/* The rows' groups, or the last parts of the rows of one group, or of all (`group` NULL). */
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
