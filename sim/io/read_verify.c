/* coopsim - GPL-3.0-or-later
 *
 * Verifying results: every value is read once. */
#include "sim/io/read_parts.h"

#include "sim/io/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_AT_ONCE = 64 };

static enum coop_status read_block(hid_t place, const char *name, const struct coop_h5_shape *shape,
                                   size_t first, size_t rows)
{
    const size_t cells = coop_h5_row_cells(shape) * rows;
    char *block = calloc(cells + 1, coop_h5_cell(shape->type));
    if (block == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory reading `%s`", name);
    const enum coop_status status = coop_h5_read(place, name, shape, first, rows, block);
    if (shape->type == COOP_H5_TEXT)
        coop_h5_free_texts((char **)(void *)block, cells);
    free(block);
    return status;
}

static enum coop_status read_variable(hid_t place, const char *name)
{
    struct coop_h5_shape shape;
    COOP_TRY(coop_h5_shape(place, name, &shape));
    const size_t rows = shape.rank == 0 ? 1 : shape.size[0];
    const size_t step = shape.rank > 1 ? ROWS_AT_ONCE : rows;
    for (size_t first = 0; first < rows && coop_h5_row_cells(&shape) > 0; first += step)
        COOP_TRY(read_block(place, name, &shape, first, rows - first < step ? rows - first : step));
    return COOP_OK;
}

static enum coop_status read_all(hid_t place)
{
    struct coop_h5_names names;
    enum coop_status status = coop_h5_names(place, &names);
    for (size_t i = 0; status == COOP_OK && i < names.count; i++) {
        if (!coop_h5_is_group(place, names.name[i])) {
            status = read_variable(place, names.name[i]);
            continue;
        }
        hid_t group = H5Gopen2(place, names.name[i], H5P_DEFAULT);
        status = group < 0 ? coop_h5_refuse("open", names.name[i]) : read_all(group);
        if (group >= 0)
            H5Gclose(group);
    }
    coop_h5_names_free(&names);
    return status;
}

static enum coop_status verify_settings(hid_t file)
{
    char *stored = NULL, *settings = NULL, digest[COOP_DIGEST_TEXT];
    enum coop_status status = coop_h5_read_attribute(file, "settings_sha256", &stored);
    if (status == COOP_OK)
        status = coop_h5_read_text(file, "provenance/resolved_config", &settings);
    if (status == COOP_OK) {
        coop_digest(settings, strlen(settings), digest);
        if (strcmp(digest, stored) != 0)
            status = COOP_FAIL(COOP_REFUSED, "the settings are not those of the stored hash");
    }
    free(stored);
    free(settings);
    return status;
}

/* A done run has the hash of its state, any other has none. */
static enum coop_status verify_hashes(const struct coop_sealed_file *source, hid_t file)
{
    struct coop_h5_shape shape;
    enum coop_status status = coop_h5_shape(file, "state_hash", &shape);
    if (status == COOP_OK &&
        (shape.type != COOP_H5_TEXT || shape.rank != 1 || shape.size[0] != source->rows))
        status = COOP_FAIL(COOP_REFUSED, "`state_hash` is not one text a run");
    char **text = calloc(source->rows, sizeof *text);
    if (text == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory reading `state_hash`");
    if (status == COOP_OK)
        status = coop_h5_read(file, "state_hash", &shape, 0, source->rows, text);
    for (size_t r = 0; status == COOP_OK && r < source->rows; r++)
        if ((strlen(text[r] != NULL ? text[r] : "") == 16) != (source->status[r] == COOP_RUN_DONE))
            status = COOP_FAIL(COOP_REFUSED, "the state hash of run %lld does not fit its status",
                               (long long)source->number[r]);
    coop_h5_free_texts(text, source->rows);
    free(text);
    return status;
}

static enum coop_status verify_source(struct coop_reader *reader, size_t number)
{
    struct coop_sealed_file *source = &reader->source[number];
    source->used = ++reader->clock;
    COOP_TRY(coop_source_open(source));
    const hid_t file = (hid_t)source->file;
    enum coop_status status = read_all(file);
    if (status == COOP_OK)
        status = verify_settings(file);
    if (status == COOP_OK)
        status = verify_hashes(source, file);
    coop_reader_rest(reader);
    if (status != COOP_REFUSED)
        return status;
    char text[600];
    snprintf(text, sizeof text, "%s", coop_status_message());
    return COOP_FAIL(COOP_REFUSED, "%s: %s", source->path, text);
}

enum coop_status coop_reader_verify(struct coop_reader *reader)
{
    struct coop_h5_quiet quiet;
    enum coop_status status = COOP_OK;
    coop_h5_quiet_begin(&quiet);
    for (size_t i = 0; status == COOP_OK && i < reader->sources; i++)
        status = verify_source(reader, i);
    coop_h5_quiet_end(&quiet);
    return status;
}
