/* coopsim - GPL-3.0-or-later
 *
 * The rows of a variable, copied in the order of the runs, a few of them in memory at a time. */
#include "sim/io/merge_parts.h"
#include "sim/io/read_parts.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 1 << 25 };

/* A variable being copied, and the rows of it that are in memory. */
struct copy {
    struct coop_merge *merge;
    struct coop_rows rows;
    size_t first, count, at_once; /* runs */
    enum coop_status status;
};

static void drop(struct copy *copy)
{
    const size_t cells = copy->count * coop_h5_row_cells(&copy->rows.shape);
    if (copy->rows.shape.type == COOP_H5_TEXT)
        coop_h5_free_texts((char **)(void *)copy->rows.cells, cells);
    copy->count = 0;
}

static void load(struct copy *copy, size_t first)
{
    struct coop_reader *reader = copy->merge->reader;
    const size_t left = reader->runs - first;
    drop(copy);
    memset(copy->rows.cells, 0,
           copy->at_once * coop_h5_row_cells(&copy->rows.shape) *
               coop_h5_cell(copy->rows.shape.type));
    copy->first = first;
    copy->count = left < copy->at_once ? left : copy->at_once;
    copy->status = coop_reader_rows(reader, &copy->rows, copy->first, copy->count);
}

/* Rows are asked for in their order. */
static void fill_row(const void *context, size_t row, void *ret_row)
{
    /* The context is the copy below, which is no constant. */
    struct copy *copy;
    memcpy(&copy, context, sizeof copy);
    const size_t bytes = coop_h5_row_cells(&copy->rows.shape) * coop_h5_cell(copy->rows.shape.type);
    if (copy->status == COOP_OK && row >= copy->first + copy->count)
        load(copy, row);
    if (copy->status != COOP_OK)
        return;
    const char *from = copy->rows.cells + (row - copy->first) * bytes;
    if (copy->rows.shape.type != COOP_H5_TEXT) {
        memcpy(ret_row, from, bytes);
        return;
    }
    for (size_t i = 0; i < bytes / sizeof(char *); i++)
        if (((const char *const *)(const void *)from)[i] != NULL)
            ((const char **)ret_row)[i] = ((const char *const *)(const void *)from)[i];
}

/* A few rows at a time. */
static enum coop_status write_in_blocks(struct copy *copy, struct coop_h5_variable *variable)
{
    const size_t runs = copy->merge->reader->runs;
    const size_t bytes = coop_h5_row_cells(&copy->rows.shape) * coop_h5_cell(copy->rows.shape.type);
    copy->at_once = bytes > 0 && BLOCK_BYTES / bytes + 1 < runs ? BLOCK_BYTES / bytes + 1 : runs;
    copy->rows.cells = calloc(copy->at_once, bytes + 1);
    if (copy->rows.cells == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory copying `%s`", variable->name);
    enum coop_status status = coop_h5_write(variable);
    if (copy->status != COOP_OK)
        status = copy->status;
    else
        drop(copy);
    free(copy->rows.cells);
    return status;
}

enum coop_status coop_merge_rows(struct coop_merge *merge, struct coop_h5_variable *variable,
                                 const char *group, const struct coop_h5_shape *shape)
{
    const struct coop_rows *read = coop_merge_batch_find(merge, group, variable->name);
    struct copy copy = {.merge = merge, .rows = {group, variable->name, *shape, NULL}};
    struct copy *context = &copy;
    variable->fill_row = fill_row;
    variable->context = &context;
    if (read == NULL)
        return write_in_blocks(&copy, variable);
    copy.rows.cells = read->cells;
    copy.count = merge->reader->runs;
    return coop_h5_write(variable);
}
