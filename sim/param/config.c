/* coopsim - GPL-3.0-or-later
 *
 * What a configuration does once it is read: settings of the command line, and applying
 * assignments to a set of parameters. Nothing here knows YAML. */
#include "sim/param/config.h"

#include "sim/param/assign.h"
#include "sim/param/grow.h"
#include "sim/param/hypothesis.h"
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

static enum coop_status add_setting(struct coop_assignments *assignments, const char *assignment,
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
                                   .key = place,
                                   .value = place,
                                   .group = place};
    if (item.path && item.text)
        return coop_assignments_add(assignments, item);
    free(item.path);
    free(item.text);
    return COOP_FAIL(COOP_MEMORY, "out of memory for '%s'", coop_show(assignment).text);
}

enum coop_status coop_config_set(struct coop_config *config, const char *assignment,
                                 struct coop_problems *problems)
{
    return add_setting(&config->override, assignment, problems);
}

enum coop_status coop_config_set_case(struct coop_config *config, size_t number, int64_t week,
                                      const char *assignment, struct coop_problems *problems)
{
    struct coop_case *of = &config->item[number];
    struct coop_schedule *schedule = &of->schedule;
    if (week == 0)
        return add_setting(&of->set, assignment, problems);
    if (!coop_grow(&schedule->item, schedule->count, sizeof *schedule->item))
        return COOP_FAIL(COOP_MEMORY, "out of memory for '%s'", coop_show(assignment).text);
    schedule->item[schedule->count++] =
        (struct coop_change){.week = week, .place = {command_line, 0, 0}};
    return add_setting(&schedule->item[schedule->count - 1].set, assignment, problems);
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

/* Every element at fault, each at its own place. */
static void check_value(const struct coop_assignment *assignment, const struct coop_param_set *set,
                        struct coop_problems *problems)
{
    char name[NAME_SIZE];
    size_t element = 0;
    while (coop_param_check(set, assignment->path, assignment->text, &element) != COOP_OK) {
        const bool inside = element > 0 && element <= assignment->elements;
        coop_problems_add(problems,
                          inside ? assignment->element[element - 1]
                                 : shown_place(assignment, assignment->value, name),
                          "%s", coop_status_message());
        if (element == 0)
            return;
    }
}

static enum coop_status set_value(const struct coop_assignment *assignment,
                                  struct coop_param_set *set)
{
    const struct coop_place place = assignment->value;
    char *origin = NULL;
    if (place.line == 0)
        return coop_param_set_text(set, assignment->path, assignment->text, place.file);
    if (asprintf(&origin, "%s:%zu:%zu", place.file, place.line, place.column) < 0)
        return COOP_FAIL(COOP_MEMORY, "out of memory for '%s'", assignment->path);
    const enum coop_status status =
        coop_param_set_text(set, assignment->path, assignment->text, origin);
    free(origin);
    return status;
}

void coop_config_apply(const struct coop_assignments *assignments, struct coop_param_set *set,
                       struct coop_problems *problems)
{
    for (size_t i = 0; i < assignments->count; i++) {
        const struct coop_assignment *assignment = &assignments->item[i];
        const size_t before = problems->count;
        char name[NAME_SIZE];
        if (coop_param_find(set, assignment->path, NULL))
            check_value(assignment, set, problems);
        else
            coop_assign_unknown(assignment->path, set,
                                shown_place(assignment, assignment->key, name),
                                shown_place(assignment, assignment->group, name), problems);
        if (problems->count == before && set_value(assignment, set) != COOP_OK)
            coop_problems_add(problems, shown_place(assignment, assignment->value, name), "%s",
                              coop_status_message());
    }
}

struct coop_place coop_param_place(const struct coop_param_set *set, const char *name)
{
    return (struct coop_place){coop_param_origin(set, name), 0, 0};
}

bool coop_param_same_place(const struct coop_param_set *set, const struct coop_param_set *other,
                           const char *name)
{
    const char *first = coop_param_origin(set, name), *second = coop_param_origin(other, name);
    return first == second || (first != NULL && second != NULL && strcmp(first, second) == 0);
}

struct coop_place coop_param_first_place(const struct coop_param_set *set, const char *first,
                                         const char *second)
{
    const struct coop_place place = coop_param_place(set, first);
    return place.file != NULL ? place : coop_param_place(set, second);
}

void coop_config_free(struct coop_config *config)
{
    for (size_t i = 0; i < config->cases; i++) {
        free(config->item[i].name);
        coop_assignments_free(&config->item[i].set);
        coop_mix_free(&config->item[i].mix);
        coop_schedule_free(&config->item[i].schedule);
    }
    for (size_t i = 0; i < config->twins; i++)
        free(config->twin[i]);
    for (size_t i = 0; i < config->expectations; i++)
        coop_expectation_free(&config->expectation[i]);
    for (size_t i = 0; i < config->hypotheses; i++)
        coop_hypothesis_free(&config->hypothesis[i]);
    free(config->item);
    free(config->twin);
    free(config->expectation);
    free(config->hypothesis);
    free(config->twin_place);
    coop_assignments_free(&config->common);
    coop_mix_free(&config->mix);
    coop_schedule_free(&config->schedule);
    coop_scheme_free(&config->scheme);
    coop_assignments_free(&config->override);
    free(config->file);
    free(config->text);
    free(config->model);
    free(config->title);
    free(config->about);
    *config = (struct coop_config){0};
}
