/* coopsim - GPL-3.0-or-later */
#include "sim/io/read_blocks.h"

#include "sim/io/read_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_VALUES = 1 << 17 };

static enum coop_status no_memory(const char *name)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory reading `%s`", name);
}

void coop_blocks_free(struct coop_read_blocks *blocks)
{
    for (size_t b = 0; b < COOP_BLOCKS; b++)
        free(blocks->block[b].value);
    *blocks = (struct coop_read_blocks){0};
}

/* The block of that name, or the one that was not used for longest, emptied. */
static struct coop_read_block *find_block(struct coop_read_blocks *blocks, const char *name)
{
    struct coop_read_block *oldest = &blocks->block[0];
    for (size_t b = 0; b < COOP_BLOCKS; b++) {
        struct coop_read_block *block = &blocks->block[b];
        if (strcmp(block->name, name) == 0) {
            block->used = ++blocks->clock;
            return block;
        }
        if (block->used < oldest->used)
            oldest = block;
    }
    free(oldest->value);
    *oldest = (struct coop_read_block){.used = ++blocks->clock};
    return oldest;
}

/* The shape that the first source has. */
static enum coop_status find_shape(struct coop_reader *reader, const char *name,
                                   struct coop_h5_shape *ret, bool *ret_there)
{
    struct coop_h5_quiet quiet;
    *ret_there = false;
    if (reader->sources == 0)
        return COOP_FAIL(COOP_REFUSED, "%s has no finished run yet", reader->path);
    coop_h5_quiet_begin(&quiet);
    enum coop_status status = coop_source_open(&reader->source[0]);
    if (status == COOP_OK && coop_h5_exists((hid_t)reader->source[0].file, name)) {
        status = coop_h5_shape((hid_t)reader->source[0].file, name, ret);
        *ret_there = status == COOP_OK && ret->type != COOP_H5_TEXT && ret->rank >= 1;
    }
    coop_h5_quiet_end(&quiet);
    return status;
}

static enum coop_status begin(struct coop_read_blocks *blocks, struct coop_read_block *block,
                              const char *name, struct coop_h5_shape *shape)
{
    COOP_TRY(find_shape(blocks->reader, name, shape, &block->there));
    if (block->value != NULL || !block->there)
        return COOP_OK;
    snprintf(block->name, sizeof block->name, "%s", name);
    block->cells = coop_h5_row_cells(shape);
    block->at_once = block->cells > 0 ? BLOCK_VALUES / block->cells + 1 : 1;
    if (block->at_once > blocks->reader->runs)
        block->at_once = blocks->reader->runs;
    block->value = calloc(block->at_once * block->cells + 1, sizeof *block->value);
    return block->value != NULL ? COOP_OK : no_memory(name);
}

static void convert(enum coop_h5_type type, const char *cells, size_t values, double *ret)
{
    for (size_t i = 0; i < values; i++)
        switch (type) {
        case COOP_H5_F64:
            ret[i] = ((const double *)(const void *)cells)[i];
            break;
        case COOP_H5_F32:
            ret[i] = (double)((const float *)(const void *)cells)[i];
            break;
        case COOP_H5_I64:
            ret[i] = (double)((const int64_t *)(const void *)cells)[i];
            break;
        case COOP_H5_I8:
            ret[i] = (double)((const int8_t *)cells)[i];
            break;
        case COOP_H5_TEXT:
            ret[i] = NAN;
            break;
        }
}

static enum coop_status load(struct coop_read_blocks *blocks, struct coop_read_block *block,
                             const struct coop_h5_shape *shape, size_t run)
{
    const struct coop_reader *reader = blocks->reader;
    struct coop_rows rows = {.group = "", .name = block->name, .shape = *shape};
    const size_t first = run / block->at_once * block->at_once;
    const size_t left = reader->runs - first;
    const size_t count = left < block->at_once ? left : block->at_once;
    block->first = block->end = first;
    rows.cells = calloc(count * block->cells + 1, coop_h5_cell(shape->type));
    if (rows.cells == NULL)
        return no_memory(block->name);
    const enum coop_status status = coop_reader_rows(blocks->reader, &rows, first, count);
    if (status == COOP_OK)
        convert(shape->type, rows.cells, count * block->cells, block->value);
    free(rows.cells);
    COOP_TRY(status);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; reader->run[first + i].source == COOP_NO_SOURCE && k < block->cells; k++)
            block->value[i * block->cells + k] = NAN;
    block->end = first + count;
    return COOP_OK;
}

enum coop_status coop_blocks_row(struct coop_read_blocks *blocks, const char *variable, size_t run,
                                 const double **ret_row, size_t *ret_cells)
{
    struct coop_read_block *block = find_block(blocks, variable);
    *ret_row = NULL;
    *ret_cells = 0;
    if (run >= blocks->reader->runs)
        return COOP_FAIL(COOP_USAGE, "%s has %zu runs", blocks->reader->path, blocks->reader->runs);
    if (block->value == NULL || run < block->first || run >= block->end) {
        struct coop_h5_shape shape;
        COOP_TRY(begin(blocks, block, variable, &shape));
        if (!block->there)
            return COOP_OK;
        COOP_TRY(load(blocks, block, &shape, run));
    }
    *ret_row = block->value + (run - block->first) * block->cells;
    *ret_cells = block->cells;
    return COOP_OK;
}
