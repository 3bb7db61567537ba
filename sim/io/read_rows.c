/* coopsim - GPL-3.0-or-later
 *
 * Rows of a variable, gathered from the sources that have them, and which sources are open. */
#include "sim/io/read_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPEN_MAX = 64, NAME_LENGTH_MAX = 200 };

/* The first stays open, since it tells what all have. */
void coop_reader_rest(struct coop_reader *reader)
{
    size_t open = 0, oldest = 0;
    for (size_t i = 1; i < reader->sources; i++) {
        if (reader->source[i].file < 0 || reader->source[i].bytes != NULL)
            continue;
        if (open++ == 0 || reader->source[i].used < reader->source[oldest].used)
            oldest = i;
    }
    if (open <= OPEN_MAX)
        return;
    H5Fclose((hid_t)reader->source[oldest].file);
    reader->source[oldest].file = -1;
}

static enum coop_status no_memory(const char *name)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory reading `%s`", name);
}

static bool same_rows(const struct coop_h5_shape *a, const struct coop_h5_shape *b)
{
    for (int axis = 1; axis < a->rank; axis++)
        if (a->rank != b->rank || a->size[axis] != b->size[axis])
            return false;
    return a->rank == b->rank && a->type == b->type;
}

static const struct coop_place_of_run *place_of(const struct coop_reader *reader, size_t run)
{
    return &reader->run[run];
}

/* Rows [low, high] of a source, of which some are wanted by the runs. */
static enum coop_status read_span(struct coop_reader *reader, struct coop_rows *rows, size_t number,
                                  size_t low, size_t high, char *ret)
{
    char name[NAME_LENGTH_MAX];
    struct coop_h5_shape shape;
    struct coop_sealed_file *source = &reader->source[number];
    snprintf(name, sizeof name, "%s%s", rows->group, rows->name);
    source->used = ++reader->clock;
    COOP_TRY(coop_source_open(source));
    enum coop_status status = coop_h5_shape((hid_t)source->file, name, &shape);
    if (status == COOP_OK &&
        (!same_rows(&shape, &rows->shape) || shape.rank < 1 || shape.size[0] != source->rows))
        status = COOP_FAIL(COOP_REFUSED, "%s has `%s` in another shape", source->path, name);
    if (status == COOP_OK)
        status = coop_h5_read((hid_t)source->file, name, &shape, low, high - low + 1, ret);
    coop_reader_rest(reader);
    return status;
}

/* What the runs of the span take; texts that none of them takes are freed. */
static void hand_out(const struct coop_reader *reader, struct coop_rows *rows, size_t first,
                     size_t count, size_t number, size_t low, char *span, size_t span_rows)
{
    const size_t cells = coop_h5_row_cells(&rows->shape);
    const size_t bytes = cells * coop_h5_cell(rows->shape.type);
    for (size_t i = 0; i < count; i++) {
        const struct coop_place_of_run *place = place_of(reader, first + i);
        if (place->source != (int32_t)number)
            continue;
        char *from = span + (place->row - low) * bytes;
        memcpy(rows->cells + i * bytes, from, bytes);
        if (rows->shape.type == COOP_H5_TEXT)
            memset(from, 0, bytes);
    }
    if (rows->shape.type == COOP_H5_TEXT)
        coop_h5_free_texts((char **)(void *)span, span_rows * cells);
}

static enum coop_status read_source(struct coop_reader *reader, struct coop_rows *rows,
                                    size_t first, size_t count, size_t number)
{
    size_t low = SIZE_MAX, high = 0;
    for (size_t i = 0; i < count; i++) {
        const struct coop_place_of_run *place = place_of(reader, first + i);
        if (place->source != (int32_t)number)
            continue;
        low = place->row < low ? place->row : low;
        high = place->row > high ? place->row : high;
    }
    const size_t span_rows = high - low + 1;
    const size_t bytes = coop_h5_row_cells(&rows->shape) * coop_h5_cell(rows->shape.type);
    char *span = calloc(span_rows, bytes + 1);
    if (span == NULL)
        return no_memory(rows->name);
    const enum coop_status status = read_span(reader, rows, number, low, high, span);
    if (status == COOP_OK)
        hand_out(reader, rows, first, count, number, low, span, span_rows);
    free(span);
    return status;
}

enum coop_status coop_reader_rows(struct coop_reader *reader, struct coop_rows *rows, size_t first,
                                  size_t count)
{
    struct coop_h5_quiet quiet;
    enum coop_status status = COOP_OK;
    if (first > reader->runs || count > reader->runs - first)
        return COOP_FAIL(COOP_USAGE, "%s has %zu runs", reader->path, reader->runs);
    bool *seen = calloc(reader->sources + 1, sizeof *seen);
    if (seen == NULL)
        return no_memory(rows->name);
    coop_h5_quiet_begin(&quiet);
    for (size_t i = 0; status == COOP_OK && i < count; i++) {
        const int32_t source = place_of(reader, first + i)->source;
        if (source == COOP_NO_SOURCE || seen[source])
            continue;
        seen[source] = true;
        status = read_source(reader, rows, first, count, (size_t)source);
    }
    coop_h5_quiet_end(&quiet);
    free(seen);
    return status;
}
