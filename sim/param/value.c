/* coopsim - GPL-3.0-or-later
 *
 * One value in its place in an owner's struct: setting, copying, giving back. */
#include "sim/param/row.h"

#include <stdlib.h>
#include <string.h>

static enum coop_status no_memory(const struct coop_param *row)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the parameter '%s'", row->name);
}

static enum coop_status store_reals(struct coop_real_list *list, const struct coop_param *row,
                                    const char *text)
{
    const size_t count = coop_list_count(text);
    double *value = calloc(count, sizeof *value);
    struct coop_list_reader reader;
    struct coop_fault fault;
    if (!value)
        return no_memory(row);
    coop_list_open(&reader, text);
    for (size_t i = 0; i < count && coop_list_next(&reader); i++)
        coop_row_read(row, reader.word, &value[i], &fault);
    free(list->value);
    *list = (struct coop_real_list){count, value};
    return COOP_OK;
}

static enum coop_status store_texts(struct coop_text_list *list, const struct coop_param *row,
                                    const char *text)
{
    const size_t count = coop_list_count(text);
    char(*value)[COOP_TEXT_MAX] = calloc(count, sizeof *value);
    struct coop_list_reader reader;
    if (!value)
        return no_memory(row);
    coop_list_open(&reader, text);
    for (size_t i = 0; i < count && coop_list_next(&reader); i++)
        memcpy(value[i], reader.word, strlen(reader.word) + 1);
    free(list->text);
    *list = (struct coop_text_list){count, value};
    return COOP_OK;
}

static void store_scalar(void *value, enum coop_param_type type, double real)
{
    if (type == COOP_PARAM_REAL)
        *(double *)value = real;
    else if (type == COOP_PARAM_INTEGER)
        *(int64_t *)value = (int64_t)real;
    else
        *(int32_t *)value = (int32_t)real;
}

enum coop_status coop_value_store(void *value, const struct coop_param *row, const char *text)
{
    double real = 0;
    struct coop_fault fault;
    if (row->type == COOP_PARAM_REAL_LIST)
        return store_reals(value, row, text);
    if (row->type == COOP_PARAM_TEXT_LIST)
        return store_texts(value, row, text);
    coop_row_read(row, text, &real, &fault);
    store_scalar(value, row->type, real);
    return COOP_OK;
}

static bool is_default_in_range(const struct coop_param *row)
{
    if (row->type == COOP_PARAM_REAL && isnan(row->initial))
        return true;
    return row->initial >= row->min && row->initial <= row->max;
}

/* Bounds the model's programmer, not the user: a row must accept its own default. */
enum coop_status coop_value_default(void *value, const struct coop_param *row)
{
    struct coop_fault fault;
    const char *dot = strchr(row->name, '.');
    if (!dot || strchr(dot + 1, '.'))
        return COOP_FAIL(COOP_INTERNAL, "row '%s' is not named group.parameter", row->name);
    if (coop_row_is_list(row)) {
        if (row->list_max > COOP_LIST_MAX || !coop_row_check(row, row->list, 0, &fault))
            return COOP_FAIL(COOP_INTERNAL, "the default of row '%s' is no such list", row->name);
        return coop_value_store(value, row, row->list);
    }
    if (row->type == COOP_PARAM_CHOICE && row->max + 1 != (double)coop_row_choices(row))
        return COOP_FAIL(COOP_INTERNAL, "row '%s' miscounts its choices", row->name);
    if (!is_default_in_range(row))
        return COOP_FAIL(COOP_INTERNAL, "the default of row '%s' is out of range", row->name);
    store_scalar(value, row->type, row->initial);
    return COOP_OK;
}

static enum coop_status copy_bytes(void **ret, const void *from, size_t size,
                                   const struct coop_param *row)
{
    *ret = malloc(size);
    if (!*ret)
        return no_memory(row);
    memcpy(*ret, from, size);
    return COOP_OK;
}

enum coop_status coop_value_copy(void *ret, const void *value, const struct coop_param *row)
{
    void *bytes;
    if (row->type == COOP_PARAM_REAL_LIST) {
        const struct coop_real_list *list = value;
        COOP_TRY(copy_bytes(&bytes, list->value, list->count * sizeof *list->value, row));
        *(struct coop_real_list *)ret = (struct coop_real_list){list->count, bytes};
    } else if (row->type == COOP_PARAM_TEXT_LIST) {
        const struct coop_text_list *list = value;
        COOP_TRY(copy_bytes(&bytes, list->text, list->count * sizeof *list->text, row));
        *(struct coop_text_list *)ret = (struct coop_text_list){list->count, bytes};
    } else {
        const bool wide = row->type == COOP_PARAM_REAL || row->type == COOP_PARAM_INTEGER;
        memcpy(ret, value, wide ? sizeof(double) : sizeof(int32_t));
    }
    return COOP_OK;
}

void coop_value_free(void *value, const struct coop_param *row)
{
    if (row->type == COOP_PARAM_REAL_LIST)
        free(((struct coop_real_list *)value)->value);
    else if (row->type == COOP_PARAM_TEXT_LIST)
        free(((struct coop_text_list *)value)->text);
}
