/* coopsim - GPL-3.0-or-later
 *
 * What differs between two configurations. A line of YAML says little without the groups that it
 * stands in, so lines are compared together with these: `rotation.every: 13`. */
#include "sim/io/experiment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 32, LINE_MAX_LENGTH = 300 };

/* The lines of a text with their groups. */
struct lines {
    char **line;
    size_t count;
};

static void free_lines(struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        free(lines->line[i]);
    free(lines->line);
    *lines = (struct lines){0};
}

/* The groups that are open, each with its indentation. */
struct groups {
    char name[DEPTH_MAX][64];
    size_t indent[DEPTH_MAX], depth;
};

static size_t indent_of(const char *line)
{
    return strspn(line, " ");
}

static char *with_groups(struct groups *groups, const char *line, size_t length)
{
    char text[LINE_MAX_LENGTH] = "";
    size_t used = 0;
    const size_t indent = indent_of(line);
    while (groups->depth > 0 && groups->indent[groups->depth - 1] >= indent)
        groups->depth--;
    for (size_t g = 0; g < groups->depth && used + 80 < sizeof text; g++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s.", groups->name[g]);
    snprintf(text + used, sizeof text - used, "%.*s", (int)(length - indent), line + indent);
    const bool opens = length > 0 && line[length - 1] == ':';
    if ((opens || strncmp(line + indent, "- ", 2) == 0) && groups->depth < DEPTH_MAX) {
        snprintf(groups->name[groups->depth], sizeof *groups->name, "%.*s",
                 (int)(length - indent - (opens ? 1 : 0)), line + indent);
        groups->indent[groups->depth++] = indent;
    }
    return strdup(text);
}

static bool split(const char *text, struct lines *ret)
{
    struct groups groups = {.depth = 0};
    *ret = (struct lines){0};
    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");
        char **grown = realloc(ret->line, (ret->count + 1) * sizeof *grown);
        if (grown == NULL)
            return false;
        ret->line = grown;
        grown[ret->count] = with_groups(&groups, text, length);
        if (grown[ret->count++] == NULL)
            return false;
        text += length + (text[length] == '\n');
    }
    return true;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void print_missing(FILE *out, const char *sign, const struct lines *from, char **sorted,
                          size_t count)
{
    for (size_t i = 0; i < from->count; i++)
        if (bsearch(&from->line[i], sorted, count, sizeof *sorted, compare) == NULL)
            fprintf(out, "%s %s\n", sign, from->line[i]);
}

static char **sort(const struct lines *lines)
{
    char **sorted = malloc((lines->count + 1) * sizeof *sorted);
    for (size_t i = 0; sorted != NULL && i < lines->count; i++)
        sorted[i] = lines->line[i];
    if (sorted != NULL)
        qsort(sorted, lines->count, sizeof *sorted, compare);
    return sorted;
}

char *coop_experiment_difference(const char *old, const char *new)
{
    struct lines before = {0}, after = {0};
    char *text = NULL;
    size_t size = 0;
    FILE *out = split(old, &before) && split(new, &after) ? open_memstream(&text, &size) : NULL;
    char **sorted_before = sort(&before), **sorted_after = sort(&after);
    if (out != NULL && sorted_before != NULL && sorted_after != NULL) {
        print_missing(out, "-", &before, sorted_after, after.count);
        print_missing(out, "+", &after, sorted_before, before.count);
    }
    if (out != NULL)
        fclose(out);
    free(sorted_before);
    free(sorted_after);
    free_lines(&before);
    free_lines(&after);
    return text;
}
