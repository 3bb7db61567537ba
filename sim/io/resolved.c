/* coopsim - GPL-3.0-or-later */
#include "sim/io/resolved.h"

#include <stdlib.h>
#include <string.h>

/* A value may be longer than any buffer, a list for example. NULL: out of memory. */
static char *format_value(const struct coop_param_set *set, const char *name)
{
    int length = coop_param_format(set, name, NULL, 0);
    char *text = malloc((size_t)length + 1);
    if (text != NULL)
        coop_param_format(set, name, text, (size_t)length + 1);
    return text;
}

static int group_length(const char *name)
{
    const char *dot = strchr(name, '.');
    return dot == NULL ? 0 : (int)(dot - name);
}

static bool same_group(const char *name, const char *other)
{
    int length = group_length(name);
    return length > 0 && length == group_length(other) && strncmp(name, other, (size_t)length) == 0;
}

static size_t row_count(const struct coop_param_set *set)
{
    size_t rows = 0;
    for (size_t t = 0; t < set->tables; t++)
        rows += set->table[t]->rows;
    return rows;
}

/* The row of that number, counted through all tables. */
static const char *row_name(const struct coop_param_set *set, size_t number)
{
    size_t t = 0;
    for (; number >= set->table[t]->rows; t++)
        number -= set->table[t]->rows;
    return set->table[t]->row[number].name;
}

void coop_resolved_quote(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            fprintf(out, "\\%c", c);
        else if (c == '\n')
            fputs("\\n", out);
        else if (c < 0x20 || c == 0x7f)
            fprintf(out, "\\x%02X", c);
        else
            fputc(c, out);
    }
    fputc('"', out);
}

static enum coop_status print_value(FILE *out, const struct coop_param_set *set, const char *indent,
                                    const char *name, int skip)
{
    char *text = format_value(set, name);
    if (text == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory writing the resolved configuration");
    fprintf(out, "%s%s: %s\n", indent, name + skip, text);
    free(text);
    return COOP_OK;
}

static bool is_first_of_group(const struct coop_param_set *set, size_t number)
{
    for (size_t earlier = 0; earlier < number; earlier++)
        if (same_group(row_name(set, earlier), row_name(set, number)))
            return false;
    return true;
}

/* Owners may share a group (`run`, `record`), and a key may stand only once: all rows of a group
 * follow its first. */
static enum coop_status print_group(FILE *out, const struct coop_param_set *set, size_t first,
                                    size_t rows)
{
    const char *name = row_name(set, first);
    int length = group_length(name);
    if (length == 0)
        return print_value(out, set, "", name, 0);
    fprintf(out, "%.*s:\n", length, name);
    for (size_t row = first; row < rows; row++)
        if (same_group(name, row_name(set, row)))
            COOP_TRY(print_value(out, set, "  ", row_name(set, row), length + 1));
    return COOP_OK;
}

enum coop_status coop_resolved_params(FILE *out, const struct coop_param_set *set)
{
    size_t rows = row_count(set);
    for (size_t row = 0; row < rows; row++)
        if (is_first_of_group(set, row))
            COOP_TRY(print_group(out, set, row, rows));
    return COOP_OK;
}

/* Which rows of a set are printed: those that differ from `base`, of a mix only those that its
 * regimes have in common, or only the others. */
struct selection {
    const struct coop_param_set *set, *base;
    const struct coop_script *mix; /* NULL: whatever the regimes have in common */
    bool common;
};

static bool regimes_agree(const struct coop_script *script, const char *name)
{
    for (size_t r = 1; r < script->regimes; r++)
        if (!coop_param_same(&script->set[r], script->set, name))
            return false;
    return true;
}

static bool is_selected(const struct selection *selection, const char *name)
{
    return !coop_param_same(selection->set, selection->base, name) &&
           (selection->mix == NULL || regimes_agree(selection->mix, name) == selection->common);
}

static bool selects_any(const struct selection *selection)
{
    const size_t rows = row_count(selection->set);
    for (size_t row = 0; row < rows; row++)
        if (is_selected(selection, row_name(selection->set, row)))
            return true;
    return false;
}

/* `set:` with what is selected, left out if nothing is. `indent` is that of its rows. */
static enum coop_status print_selected(FILE *out, const char *indent,
                                       const struct selection *selection)
{
    const size_t rows = row_count(selection->set);
    if (selects_any(selection))
        fprintf(out, "%sset:\n", indent + 2);
    for (size_t row = 0; row < rows; row++) {
        const char *name = row_name(selection->set, row);
        if (is_selected(selection, name))
            COOP_TRY(print_value(out, selection->set, indent, name, 0));
    }
    return COOP_OK;
}

/* A regime's file is not needed any more: all that it gave is in the sets. */
static enum coop_status print_regimes(FILE *out, const struct coop_param_set *base,
                                      const struct coop_script *script)
{
    if (script->regimes == 1 && script->regime[0].name[0] == '\0')
        return COOP_OK;
    fputs("    regimes:\n", out);
    for (size_t r = 0; r < script->regimes; r++) {
        fprintf(out, "      - name: %s\n        share: %.17g\n", script->regime[r].name,
                script->regime[r].share);
        COOP_TRY(print_selected(out, "          ",
                                &(struct selection){&script->set[r], base, script, false}));
    }
    return COOP_OK;
}

/* What an epoch changes in a regime, or in all of them if they change alike. */
static enum coop_status print_change(FILE *out, const struct coop_script *script, size_t epoch,
                                     size_t regime, bool alike)
{
    const struct coop_param_set *set = &coop_script_sets(script, epoch)[regime];
    const struct selection change = {set, set - script->regimes, NULL, false};
    if (!selects_any(&change))
        return COOP_OK;
    fprintf(out, "      - week: %lld\n", (long long)script->epoch[epoch].week);
    if (!alike)
        fprintf(out, "        regime: %s\n", script->regime[regime].name);
    return print_selected(out, "          ", &change);
}

/* Whether any epoch changes anything: a schedule may set what holds already. */
static bool changes_any(const struct coop_script *script)
{
    for (size_t s = script->regimes; s < script->epochs * script->regimes; s++)
        if (selects_any(&(struct selection){&script->set[s], &script->set[s - script->regimes],
                                            NULL, false}))
            return true;
    return false;
}

static enum coop_status print_schedule(FILE *out, const struct coop_script *script)
{
    if (changes_any(script))
        fputs("    schedule:\n", out);
    for (size_t e = 1; e < script->epochs; e++) {
        const bool alike = coop_script_changes_alike(script, e);
        for (size_t r = 0; r < (alike ? 1 : script->regimes); r++)
            COOP_TRY(print_change(out, script, e, r, alike));
    }
    return COOP_OK;
}

static enum coop_status print_case(FILE *out, const struct coop_param_set *base, const char *name,
                                   const struct coop_script *script)
{
    fputs("  - name: ", out);
    coop_resolved_quote(out, name);
    fputc('\n', out);
    COOP_TRY(print_selected(out, "      ", &(struct selection){script->set, base, script, true}));
    COOP_TRY(print_regimes(out, base, script));
    return print_schedule(out, script);
}

enum coop_status coop_resolved_cases(FILE *out, const struct coop_design *design)
{
    fputs("cases:\n", out);
    for (size_t c = 0; c < design->cases; c++)
        COOP_TRY(print_case(out, design->script[0].set, design->name[c * (1 + design->twins)],
                            &design->script[c]));
    return COOP_OK;
}
