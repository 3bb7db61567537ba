/* coopsim - GPL-3.0-or-later
 *
 * coopsim params: the rows are the documentation. */
#include "sim/cli/rows.h"
#include "sim/cli/study.h"
#include "sim/cli/text.h"
#include "sim/engine/registry.h"
#include "sim/param/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char indent[] = "    ";

/* What is asked for: a model, and how the names of its parameters begin. */
struct query {
    const struct coop_model *model;
    const char *prefix;
};

static bool is_wanted(const struct coop_rows *rows, size_t table, const struct coop_param *row,
                      const void *context)
{
    const char *summary, *prefix = ((const struct query *)context)->prefix;
    return strncmp(row->name, prefix, strlen(prefix)) == 0 ||
           strcmp(coop_rows_owner(rows, table, &summary), prefix) == 0;
}

static size_t count_wanted(const struct coop_rows *rows, size_t table, const struct query *query)
{
    size_t count = 0;
    for (size_t r = 0; r < rows->table[table]->rows; r++)
        count += is_wanted(rows, table, &rows->table[table]->row[r], query);
    return count;
}

static enum coop_status print_text_row(const struct coop_rows *rows, const struct coop_param *row)
{
    char range[512], *value = coop_rows_default(rows, row);
    if (value == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the parameters");
    coop_param_range(row, range, sizeof range);
    printf("\n  %s = %s\n", row->name, value);
    coop_cli_print_lines(stdout, indent, row->summary);
    printf("%s%s", indent, range);
    if (row->neutral != NULL)
        printf("; no effect at %s", row->neutral);
    printf("\n%sSource: %s\n", indent, row->source);
    free(value);
    return COOP_OK;
}

static enum coop_status print_text(const struct coop_rows *rows, const struct query *query)
{
    const char *summary;
    size_t owners = 0;
    for (size_t t = 0; t < rows->tables; t++) {
        if (count_wanted(rows, t, query) == 0)
            continue;
        const char *owner = coop_rows_owner(rows, t, &summary);
        printf("%s%s: %s\n", owners++ > 0 ? "\n" : "", owner, summary);
        for (size_t r = 0; r < rows->table[t]->rows; r++)
            if (is_wanted(rows, t, &rows->table[t]->row[r], query))
                COOP_TRY(print_text_row(rows, &rows->table[t]->row[r]));
    }
    return COOP_OK;
}

static enum coop_status print_yaml(const struct coop_rows *rows, const struct query *query)
{
    printf("# Parameters of the model %s at their defaults.\nmodel: %s\n", query->model->name,
           query->model->name);
    return coop_rows_print_yaml(rows, stdout, is_wanted, query);
}

static const char *type_name(enum coop_param_type type)
{
    static const char *const name[] = {
        [COOP_PARAM_REAL] = "real",           [COOP_PARAM_INTEGER] = "integer",
        [COOP_PARAM_BOOLEAN] = "boolean",     [COOP_PARAM_CHOICE] = "choice",
        [COOP_PARAM_REAL_LIST] = "real list", [COOP_PARAM_TEXT_LIST] = "text list"};
    return name[type];
}

static void print_json_text(const char *key, const char *text)
{
    printf(", \"%s\": ", key);
    coop_cli_print_json(text);
}

/* JSON has neither infinity nor NaN. */
static void print_json_number(const char *key, double number)
{
    char buffer[COOP_REAL_TEXT_SIZE];
    printf(", \"%s\": %s", key, isfinite(number) ? coop_real_text(number, buffer) : "null");
}

static enum coop_status print_json_row(const struct coop_rows *rows, size_t table,
                                       const struct coop_param *row)
{
    const char *summary;
    const bool has_range = row->type == COOP_PARAM_REAL || row->type == COOP_PARAM_INTEGER ||
                           row->type == COOP_PARAM_REAL_LIST;
    char *value = coop_rows_default(rows, row);
    if (value == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the parameters");
    printf("{\"name\": ");
    coop_cli_print_json(row->name);
    print_json_text("owner", coop_rows_owner(rows, table, &summary));
    print_json_text("type", type_name(row->type));
    print_json_text("default", value);
    print_json_number("min", has_range ? row->min : NAN);
    print_json_number("max", has_range ? row->max : NAN);
    print_json_text("choices", row->choices);
    print_json_text("unit", row->unit);
    print_json_text("neutral", row->neutral);
    print_json_text("summary", row->summary);
    print_json_text("source", row->source);
    printf("}");
    free(value);
    return COOP_OK;
}

static enum coop_status print_json(const struct coop_rows *rows, const struct query *query)
{
    size_t printed = 0;
    printf("[");
    for (size_t t = 0; t < rows->tables; t++)
        for (size_t r = 0; r < rows->table[t]->rows; r++)
            if (is_wanted(rows, t, &rows->table[t]->row[r], query)) {
                printf("%s\n ", printed++ > 0 ? "," : "");
                COOP_TRY(print_json_row(rows, t, &rows->table[t]->row[r]));
            }
    printf("\n]\n");
    return COOP_OK;
}

/* Nothing begins like that: the nearest parameter, group or model. */
static enum coop_status fail_prefix(const struct coop_rows *rows, const char *prefix)
{
    struct coop_nearest nearest = {.word = prefix};
    for (size_t t = 0; t < rows->tables; t++)
        for (size_t r = 0; r < rows->table[t]->rows; r++) {
            const char *name = rows->table[t]->row[r].name;
            coop_nearest_consider(&nearest, name, strcspn(name, "."));
            coop_nearest_consider(&nearest, name, strlen(name));
        }
    if (nearest.best == NULL)
        return COOP_FAIL(COOP_USAGE,
                         "no parameter begins with '%s', and no model is called so - see coopsim "
                         "params and coopsim models",
                         coop_show(prefix).text);
    return COOP_FAIL(COOP_USAGE, "no parameter begins with '%s' - did you mean '%.*s'?",
                     coop_show(prefix).text, (int)nearest.length, nearest.best);
}

static enum coop_status print(const struct coop_rows *rows, const struct query *query,
                              enum coop_format format)
{
    size_t count = 0;
    for (size_t t = 0; t < rows->tables; t++)
        count += count_wanted(rows, t, query);
    if (count == 0)
        return fail_prefix(rows, query->prefix);
    switch (format) {
    case COOP_FORMAT_YAML:
        return print_yaml(rows, query);
    case COOP_FORMAT_JSON:
        return print_json(rows, query);
    case COOP_FORMAT_TEXT:
        break;
    }
    return print_text(rows, query);
}

/* One word is a model if there is one of that name, else the begin of a parameter's name. */
static enum coop_status read_query(const struct coop_arguments *arguments, struct query *ret)
{
    const char *first = arguments->operands > 0 ? arguments->operand[0] : NULL;
    ret->prefix = arguments->operands > 1 ? arguments->operand[1] : "";
    if (arguments->operands == 1 && coop_registry_find(arguments->isa, first) == NULL) {
        ret->prefix = first;
        first = NULL;
    }
    return coop_study_find_model(arguments->isa, first, &ret->model);
}

enum coop_status coop_cli_params(const struct coop_arguments *arguments)
{
    struct query query;
    struct coop_rows rows;
    COOP_TRY(read_query(arguments, &query));
    enum coop_status status = coop_rows_open(&rows, query.model);
    if (status == COOP_OK)
        status = print(&rows, &query, (enum coop_format)arguments->format);
    coop_rows_close(&rows);
    return status;
}
