/* coopsim - GPL-3.0-or-later */
#include "sim/cli/rows.h"
#include "sim/cli/text.h"

#include <stdlib.h>
#include <string.h>

enum coop_status coop_rows_open(struct coop_rows *ret, const struct coop_model *model)
{
    *ret = (struct coop_rows){.model = model};
    ret->tables = coop_model_tables(model, ret->table);
    return coop_param_init(&ret->set, ret->table, ret->tables);
}

void coop_rows_close(struct coop_rows *rows)
{
    coop_param_free(&rows->set);
}

const char *coop_rows_owner(const struct coop_rows *rows, size_t table, const char **ret_summary)
{
    const struct coop_model *model = rows->model;
    size_t mechanisms = 0;
    if (table == COOP_TABLE_ENGINE) {
        *ret_summary = "How long is lived, how many live, what is recorded";
        return "engine";
    }
    if (table == COOP_TABLE_MODEL) {
        *ret_summary = model->summary;
        return model->name;
    }
    table -= COOP_TABLE_FIRST_MECHANISM;
    while (model->mechanisms[mechanisms] != NULL)
        mechanisms++;
    if (table < mechanisms) {
        *ret_summary = model->mechanisms[table]->summary;
        return model->mechanisms[table]->name;
    }
    *ret_summary = model->observers[table - mechanisms]->summary;
    return model->observers[table - mechanisms]->name;
}

char *coop_rows_default(const struct coop_rows *rows, const struct coop_param *row)
{
    const int length = coop_param_format(&rows->set, row->name, NULL, 0);
    char *text = malloc((size_t)length + 1);
    if (text != NULL)
        coop_param_format(&rows->set, row->name, text, (size_t)length + 1);
    return text;
}

static int group_length(const char *name)
{
    return (int)strcspn(name, ".");
}

static bool same_group(const char *a, const char *b)
{
    const int length = group_length(a);
    return length == group_length(b) && strncmp(a, b, (size_t)length) == 0;
}

/* The rows that are wanted, in the order of the tables. */
static enum coop_status gather(const struct coop_rows *rows,
                               bool (*wanted)(const struct coop_rows *rows, size_t table,
                                              const struct coop_param *row, const void *context),
                               const void *context, const struct coop_param ***ret_row,
                               size_t *ret_count)
{
    size_t most = 0, count = 0;
    for (size_t t = 0; t < rows->tables; t++)
        most += rows->table[t]->rows;
    const struct coop_param **row = calloc(most + 1, sizeof *row);
    if (row == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the parameters");
    for (size_t t = 0; t < rows->tables; t++)
        for (size_t r = 0; r < rows->table[t]->rows; r++)
            if (wanted == NULL || wanted(rows, t, &rows->table[t]->row[r], context))
                row[count++] = &rows->table[t]->row[r];
    *ret_row = row;
    *ret_count = count;
    return COOP_OK;
}

static enum coop_status print_row(const struct coop_rows *rows, const struct coop_param *row,
                                  FILE *out)
{
    char range[512], comment[1024], *value = coop_rows_default(rows, row);
    if (value == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the parameters");
    coop_param_range(row, range, sizeof range);
    snprintf(comment, sizeof comment, "%s: %s%s%s", row->summary, range,
             row->neutral != NULL ? "; no effect at " : "",
             row->neutral != NULL ? row->neutral : "");
    coop_cli_print_lines(out, "  # ", comment);
    fprintf(out, "  %s: %s\n", row->name + group_length(row->name) + 1, value);
    free(value);
    return COOP_OK;
}

enum coop_status coop_rows_print_yaml(const struct coop_rows *rows, FILE *out,
                                      bool (*wanted)(const struct coop_rows *rows, size_t table,
                                                     const struct coop_param *row,
                                                     const void *context),
                                      const void *context)
{
    const struct coop_param **row = NULL;
    size_t count = 0;
    COOP_TRY(gather(rows, wanted, context, &row, &count));
    enum coop_status status = COOP_OK;
    for (size_t i = 0; i < count && status == COOP_OK; i++) {
        if (row[i] == NULL)
            continue;
        const char *name = row[i]->name;
        fprintf(out, "\n%.*s:\n", group_length(name), name);
        for (size_t j = i; j < count && status == COOP_OK; j++) {
            if (row[j] == NULL || !same_group(name, row[j]->name))
                continue;
            status = print_row(rows, row[j], out);
            row[j] = NULL;
        }
    }
    free(row);
    return status;
}
