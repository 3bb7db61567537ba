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

/* The rows [first, end) of a source that the runs asked for may take. */
struct span {
    size_t number, first, end;
};

static size_t first_row_from(const struct coop_sealed_file *source, size_t run)
{
    size_t low = 0, high = source->rows;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if ((size_t)source->number[middle] < run)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether the index has the run of a row in this row; another source may have it too. */
static bool is_taken(const struct coop_reader *reader, const struct span *span, size_t row)
{
    const int64_t run = reader->source[span->number].number[row];
    const struct coop_place_of_run *place = &reader->run[run];
    return place->source == (int32_t)span->number && place->row == row;
}

static struct span find_span(const struct coop_reader *reader, size_t number, size_t first,
                             size_t count)
{
    const struct coop_sealed_file *source = &reader->source[number];
    struct span span = {number, first_row_from(source, first),
                        first_row_from(source, first + count)};
    while (span.first < span.end && !is_taken(reader, &span, span.first))
        span.first++;
    while (span.first < span.end && !is_taken(reader, &span, span.end - 1))
        span.end--;
    return span;
}

static enum coop_status read_span(const struct coop_sealed_file *source,
                                  const struct coop_rows *rows, const struct span *span, char *ret)
{
    char name[NAME_LENGTH_MAX];
    struct coop_h5_shape shape;
    snprintf(name, sizeof name, "%s%s", rows->group, rows->name);
    COOP_TRY(coop_h5_shape((hid_t)source->file, name, &shape));
    if (!same_rows(&shape, &rows->shape) || shape.rank < 1 || shape.size[0] != source->rows)
        return COOP_FAIL(COOP_REFUSED, "%s has `%s` in another shape", source->path, name);
    return coop_h5_read((hid_t)source->file, name, &shape, span->first, span->end - span->first,
                        ret);
}

/* What the runs take of the span; texts that none of them takes are freed. */
static void hand_out(const struct coop_reader *reader, struct coop_rows *rows,
                     const struct span *span, size_t first, char *cells)
{
    const int64_t *run = reader->source[span->number].number;
    const size_t row_cells = coop_h5_row_cells(&rows->shape);
    const size_t bytes = row_cells * coop_h5_cell(rows->shape.type);
    for (size_t row = span->first; row < span->end; row++) {
        char *from = cells + (row - span->first) * bytes;
        if (!is_taken(reader, span, row))
            continue;
        memcpy(rows->cells + ((size_t)run[row] - first) * bytes, from, bytes);
        if (rows->shape.type == COOP_H5_TEXT)
            memset(from, 0, bytes);
    }
    if (rows->shape.type == COOP_H5_TEXT)
        coop_h5_free_texts((char **)(void *)cells, (span->end - span->first) * row_cells);
}

static enum coop_status read_variable(struct coop_reader *reader, struct coop_rows *rows,
                                      const struct span *span, size_t first)
{
    const size_t bytes = coop_h5_row_cells(&rows->shape) * coop_h5_cell(rows->shape.type);
    char *cells = calloc(span->end - span->first, bytes + 1);
    if (cells == NULL)
        return no_memory(rows->name);
    const enum coop_status status = read_span(&reader->source[span->number], rows, span, cells);
    if (status == COOP_OK)
        hand_out(reader, rows, span, first, cells);
    free(cells);
    return status;
}

static enum coop_status read_source(struct coop_reader *reader, struct coop_rows *rows,
                                    size_t variables, const struct span *span, size_t first)
{
    struct coop_sealed_file *source = &reader->source[span->number];
    source->used = ++reader->clock;
    enum coop_status status = coop_source_open(source);
    for (size_t v = 0; status == COOP_OK && v < variables; v++)
        status = read_variable(reader, &rows[v], span, first);
    coop_reader_rest(reader);
    return status;
}

enum coop_status coop_reader_rows(struct coop_reader *reader, struct coop_rows *rows, size_t first,
                                  size_t count)
{
    return coop_reader_rows_of(reader, rows, 1, first, count);
}

enum coop_status coop_reader_rows_of(struct coop_reader *reader, struct coop_rows *rows,
                                     size_t variables, size_t first, size_t count)
{
    struct coop_h5_quiet quiet;
    enum coop_status status = COOP_OK;
    if (first > reader->runs || count > reader->runs - first)
        return COOP_FAIL(COOP_USAGE, "%s has %zu runs", reader->path, reader->runs);
    coop_h5_quiet_begin(&quiet);
    for (size_t number = 0; status == COOP_OK && number < reader->sources; number++) {
        const struct span span = find_span(reader, number, first, count);
        if (span.first < span.end)
            status = read_source(reader, rows, variables, &span, first);
    }
    coop_h5_quiet_end(&quiet);
    return status;
}
