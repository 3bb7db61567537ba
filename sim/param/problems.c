/* coopsim - GPL-3.0-or-later
 *
 * The list of errors with their places: gathering, sorting, printing. A problem holds copies, so
 * that it outlives the configuration and the parameters it speaks of. */
#include "sim/param/config.h"
#include "sim/param/grow.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void coop_problems_add(struct coop_problems *problems, struct coop_place place, const char *format,
                       ...)
{
    struct coop_problem problem = {.place = place};
    va_list arguments;
    if (!coop_grow(&problems->item, problems->count, sizeof problem))
        return;
    va_start(arguments, format);
    if (vasprintf(&problem.text, format, arguments) < 0)
        problem.text = NULL;
    va_end(arguments);
    problem.place.file = place.file ? strdup(place.file) : NULL;
    problems->item[problems->count++] = problem;
}

static const char *word(const char *text)
{
    return text ? text : "";
}

static int compare(const void *left, const void *right)
{
    const struct coop_problem *a = left, *b = right;
    const int file = strcmp(word(a->place.file), word(b->place.file));
    if (file != 0)
        return file;
    if (a->place.line != b->place.line)
        return a->place.line < b->place.line ? -1 : 1;
    if (a->place.column != b->place.column)
        return a->place.column < b->place.column ? -1 : 1;
    return strcmp(word(a->text), word(b->text));
}

static void free_problem(struct coop_problem *problem)
{
    free((char *)(uintptr_t)problem->place.file);
    free(problem->text);
}

void coop_problems_sort(struct coop_problems *problems)
{
    size_t kept = 0;
    if (problems->count == 0)
        return;
    qsort(problems->item, problems->count, sizeof *problems->item, compare);
    for (size_t i = 1; i < problems->count; i++) {
        if (compare(&problems->item[kept], &problems->item[i]) == 0)
            free_problem(&problems->item[i]);
        else
            problems->item[++kept] = problems->item[i];
    }
    problems->count = kept + 1;
}

void coop_problems_print(const struct coop_problems *problems, FILE *stream)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct coop_problem *problem = &problems->item[i];
        const struct coop_place place = problem->place;
        if (place.file && place.line > 0)
            fprintf(stream, "%s:%zu:%zu: ", place.file, place.line, place.column);
        else if (place.file)
            fprintf(stream, "%s: ", place.file);
        fprintf(stream, "error: %s\n", problem->text ? problem->text : "out of memory");
    }
}

void coop_problems_free(struct coop_problems *problems)
{
    for (size_t i = 0; i < problems->count; i++)
        free_problem(&problems->item[i]);
    free(problems->item);
    *problems = (struct coop_problems){0};
}
