/* coopsim - GPL-3.0-or-later */
#include "sim/io/provenance.h"

#include "sim/io/store.h"

#include <gsl/gsl_version.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* meson defines these; the fallbacks serve a compilation by hand. */
#ifndef COOP_VERSION
#define COOP_VERSION "unknown"
#endif
#ifndef COOP_REVISION
#define COOP_REVISION "unknown"
#endif
#ifndef COOP_FLAGS
#define COOP_FLAGS "unknown"
#endif

#ifdef __clang__
#define COMPILER "clang (" __VERSION__ ")"
#else
#define COMPILER "gcc " __VERSION__
#endif

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

/* A YAML text in double quotes, so that no title or name is taken for something else. */
static void print_quoted(FILE *out, const char *text)
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

static void print_text_key(FILE *out, const char *key, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return;
    fprintf(out, "%s: ", key);
    print_quoted(out, text);
    fputc('\n', out);
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

static enum coop_status print_params(FILE *out, const struct coop_param_set *set)
{
    size_t rows = row_count(set);
    for (size_t row = 0; row < rows; row++)
        if (is_first_of_group(set, row))
            COOP_TRY(print_group(out, set, row, rows));
    return COOP_OK;
}

/* `set:` with what differs from the first run, left out if nothing does. */
static enum coop_status print_differences(FILE *out, const struct coop_param_set *base,
                                          const struct coop_param_set *set)
{
    size_t rows = row_count(set), differences = 0;
    for (size_t row = 0; row < rows; row++) {
        const char *name = row_name(set, row);
        char *value = format_value(set, name), *usual = format_value(base, name);
        bool failed = value == NULL || usual == NULL;
        if (!failed && strcmp(value, usual) != 0)
            fprintf(out, "%s      %s: %s\n", differences++ == 0 ? "    set:\n" : "", name, value);
        free(value);
        free(usual);
        if (failed)
            return COOP_FAIL(COOP_MEMORY, "out of memory writing the resolved configuration");
    }
    return COOP_OK;
}

static enum coop_status print_cases(FILE *out, const struct coop_design *design)
{
    const struct coop_run_plan *last = NULL;
    fputs("cases:\n", out);
    for (size_t r = 0; r < design->runs; r++) {
        const struct coop_run_plan *plan = &design->run[r];
        if (plan->twin != NULL || (last != NULL && last->case_number == plan->case_number))
            continue; /* twins follow from `twins:`, replicates from their number */
        fputs("  - name: ", out);
        print_quoted(out, plan->name);
        fputc('\n', out);
        COOP_TRY(print_differences(out, design->run[0].script.set, plan->script.set));
        last = plan;
    }
    return COOP_OK;
}

static enum coop_status print_resolved(FILE *out, const struct coop_config *config,
                                       const struct coop_design *design)
{
    fprintf(out, "model: %s\n", config->model);
    print_text_key(out, "title", config->title);
    print_text_key(out, "about", config->about);
    COOP_TRY(print_params(out, design->run[0].script.set));
    COOP_TRY(print_cases(out, design));
    for (size_t twin = 0; twin < config->twins; twin++)
        fprintf(out, "%s%s", twin == 0 ? "twins: [" : ", ", config->twin[twin]);
    if (config->twins > 0)
        fputs("]\n", out);
    return COOP_OK;
}

/* Closes a stream into memory; what did not fit shows only now. */
static enum coop_status finish(FILE *out, enum coop_status status)
{
    bool failed = ferror(out) != 0;
    failed = fclose(out) != 0 || failed;
    return status == COOP_OK && failed
               ? COOP_FAIL(COOP_MEMORY, "out of memory writing where the result comes from")
               : status;
}

static enum coop_status make_texts(struct coop_provenance *ret, const struct coop_config *config,
                                   const struct coop_design *design)
{
    size_t size;
    FILE *resolved = open_memstream(&ret->resolved_config, &size);
    if (resolved == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory writing the resolved configuration");
    COOP_TRY(finish(resolved, print_resolved(resolved, config, design)));
    FILE *settings = open_memstream(&ret->settings, &size);
    if (settings == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory writing the settings");
    for (size_t i = 0; i < config->override.count; i++)
        fprintf(settings, "%s=%s\n", config->override.item[i].path, config->override.item[i].text);
    COOP_TRY(finish(settings, COOP_OK));
    ret->config_text = strdup(config->text);
    ret->title = strdup(config->title);
    if (ret->config_text == NULL || ret->title == NULL ||
        asprintf(&ret->libraries, "%s, GSL %s, libyaml %s", coop_store_library(), gsl_version,
                 yaml_get_version_string()) < 0) {
        ret->libraries = NULL;
        return COOP_FAIL(COOP_MEMORY, "out of memory writing where the result comes from");
    }
    return COOP_OK;
}

enum coop_status coop_provenance_init(struct coop_provenance *ret, const struct coop_config *config,
                                      const struct coop_design *design)
{
    *ret = (struct coop_provenance){.version = COOP_VERSION,
                                    .revision = COOP_REVISION,
                                    .compiler = COMPILER,
                                    .flags = COOP_FLAGS};
    enum coop_status status = make_texts(ret, config, design);
    if (status != COOP_OK)
        coop_provenance_free(ret);
    return status;
}

void coop_provenance_free(struct coop_provenance *provenance)
{
    free(provenance->title);
    free(provenance->config_text);
    free(provenance->resolved_config);
    free(provenance->settings);
    free(provenance->libraries);
    *provenance = (struct coop_provenance){0};
}

const char *coop_provenance_version(void)
{
    return COOP_VERSION;
}

const char *coop_provenance_revision(void)
{
    return COOP_REVISION;
}
