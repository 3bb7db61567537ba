/* coopsim - GPL-3.0-or-later
 *
 * Writing one variable: its layout and its rows. */
#include "sim/io/h5.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_RUNS = 64, CHUNK_BYTES = 1 << 20, DEFLATE_LEVEL = 4 };

static const float missing_f32 = NAN;
static const double missing_f64 = NAN;
static const int64_t missing_i64 = -1;
static const int8_t missing_i8 = -1;
static const char *const missing_text = "";

/* The value of a cell that nothing is written to, and the size of a cell in memory. */
static const void *missing_value(enum coop_h5_type type, size_t *ret_size)
{
    switch (type) {
    case COOP_H5_F64:
        *ret_size = sizeof missing_f64;
        return &missing_f64;
    case COOP_H5_F32:
        *ret_size = sizeof missing_f32;
        return &missing_f32;
    case COOP_H5_I64:
        *ret_size = sizeof missing_i64;
        return &missing_i64;
    case COOP_H5_I8:
        *ret_size = sizeof missing_i8;
        return &missing_i8;
    case COOP_H5_TEXT:
        break;
    }
    *ret_size = sizeof missing_text;
    return &missing_text;
}

/* The type in the file or in memory, to be closed. */
static hid_t open_type(enum coop_h5_type type, bool stored)
{
    if (type != COOP_H5_TEXT)
        return H5Tcopy(coop_h5_number_type(type, stored));
    hid_t text = H5Tcopy(H5T_C_S1);
    if (text >= 0 &&
        (H5Tset_size(text, H5T_VARIABLE) < 0 || H5Tset_cset(text, H5T_CSET_UTF8) < 0)) {
        H5Tclose(text);
        return -1;
    }
    return text;
}

/* Chunks hold about 64 runs, whole in the other axes, and at most a megabyte; a variable with one
 * value a run is one chunk. */
static void choose_chunk(const struct coop_h5_variable *variable, hsize_t *ret_chunk)
{
    size_t cell;
    missing_value(variable->type, &cell);
    for (int axis = 0; axis < variable->rank; axis++)
        ret_chunk[axis] = variable->axis[axis].size;
    if (variable->rank > 1 && ret_chunk[0] > CHUNK_RUNS)
        ret_chunk[0] = CHUNK_RUNS;
    for (;;) {
        hsize_t bytes = cell;
        int widest = variable->rank - 1;
        for (int axis = 0; axis < variable->rank; axis++) {
            bytes *= ret_chunk[axis];
            if (axis > 0 && ret_chunk[axis] > ret_chunk[widest])
                widest = axis;
        }
        if (bytes <= CHUNK_BYTES)
            return;
        int halved = ret_chunk[0] > 1 ? 0 : widest;
        ret_chunk[halved] = (ret_chunk[halved] + 1) / 2;
    }
}

static bool is_empty(const struct coop_h5_variable *variable)
{
    for (int axis = 0; axis < variable->rank; axis++)
        if (variable->axis[axis].size == 0)
            return true;
    return false;
}

/* Texts lie in HDF5's heap, which no filter reaches; scalars and empty variables have no chunk. */
static bool is_chunked(const struct coop_h5_variable *variable)
{
    return variable->rank > 0 && variable->type != COOP_H5_TEXT && !is_empty(variable);
}

static int set_layout(const struct coop_h5_variable *variable, hid_t properties)
{
    size_t cell;
    hsize_t chunk[COOP_H5_RANK_MAX];
    const void *missing = missing_value(variable->type, &cell);
    if (variable->type != COOP_H5_TEXT && variable->padded &&
        H5Pset_fill_value(properties, coop_h5_number_type(variable->type, false), missing) < 0)
        return -1;
    if (!is_chunked(variable))
        return 0;
    choose_chunk(variable, chunk);
    if (H5Pset_chunk(properties, variable->rank, chunk) < 0 || H5Pset_shuffle(properties) < 0 ||
        H5Pset_deflate(properties, DEFLATE_LEVEL) < 0)
        return -1;
    return H5Pset_fletcher32(properties);
}

/* Not a number has many bit patterns, and which one arithmetic leaves differs between compilers. */
static void unify_missing(enum coop_h5_type type, void *cells, size_t count)
{
    if (type == COOP_H5_F64) {
        double *value = cells;
        for (size_t i = 0; i < count; i++)
            if (isnan(value[i]))
                value[i] = missing_f64;
    } else if (type == COOP_H5_F32) {
        float *value = cells;
        for (size_t i = 0; i < count; i++)
            if (isnan(value[i]))
                value[i] = missing_f32;
    }
}

struct block {
    size_t rows, row_cells, cell; /* rows of a block, cells of a row, bytes of a cell */
    char *cells;
};

static void fill_block(const struct coop_h5_variable *variable, const struct block *block,
                       size_t first, size_t rows)
{
    size_t cell, row_bytes = block->row_cells * block->cell;
    const void *missing = missing_value(variable->type, &cell);
    for (size_t i = 0; i < rows * block->row_cells; i++)
        memcpy(block->cells + i * cell, missing, cell);
    for (size_t row = 0; row < rows; row++)
        variable->fill_row(variable->context, first + row, block->cells + row * row_bytes);
    unify_missing(variable->type, block->cells, rows * block->row_cells);
}

static enum coop_status write_block(const struct coop_h5_variable *variable, hid_t dataset,
                                    hid_t type, const struct block *block, size_t first,
                                    size_t rows)
{
    enum coop_status status = COOP_OK;
    hid_t part = -1, whole = -1;
    hsize_t start[COOP_H5_RANK_MAX] = {first}, count[COOP_H5_RANK_MAX] = {rows};
    for (int axis = 1; axis < variable->rank; axis++)
        count[axis] = variable->axis[axis].size;
    fill_block(variable, block, first, rows);
    COOP_H5_TRY(whole = H5Dget_space(dataset), "select", variable->name);
    COOP_H5_TRY(part = H5Screate_simple(variable->rank, count, NULL), "select", variable->name);
    if (variable->rank > 0)
        COOP_H5_TRY(H5Sselect_hyperslab(whole, H5S_SELECT_SET, start, NULL, count, NULL), "select",
                    variable->name);
    COOP_H5_TRY(H5Dwrite(dataset, type, part, whole, H5P_DEFAULT, block->cells), "write",
                variable->name);
done:
    if (part >= 0)
        H5Sclose(part);
    if (whole >= 0)
        H5Sclose(whole);
    return status;
}

static enum coop_status write_rows(const struct coop_h5_variable *variable, hid_t dataset)
{
    enum coop_status status = COOP_OK;
    hid_t type = -1;
    hsize_t chunk[COOP_H5_RANK_MAX] = {CHUNK_RUNS};
    struct block block = {.row_cells = 1};
    size_t all = variable->rank == 0 ? 1 : variable->axis[0].size;
    missing_value(variable->type, &block.cell);
    for (int axis = 1; axis < variable->rank; axis++)
        block.row_cells *= variable->axis[axis].size;
    if (is_chunked(variable))
        choose_chunk(variable, chunk);
    block.rows = chunk[0] < all ? chunk[0] : all;
    block.cells = calloc(block.rows, block.row_cells * block.cell);
    if (block.cells == NULL) {
        status = COOP_FAIL(COOP_MEMORY, "out of memory writing `%s`", variable->name);
        goto done;
    }
    COOP_H5_TRY(type = open_type(variable->type, false), "describe", variable->name);
    for (size_t first = 0; first < all && status == COOP_OK; first += block.rows)
        status = write_block(variable, dataset, type, &block, first,
                             all - first < block.rows ? all - first : block.rows);
done:
    if (type >= 0)
        H5Tclose(type);
    free(block.cells);
    return status;
}

static hid_t open_space(const struct coop_h5_variable *variable)
{
    hsize_t size[COOP_H5_RANK_MAX];
    for (int axis = 0; axis < variable->rank; axis++)
        size[axis] = variable->axis[axis].size;
    return variable->rank == 0 ? H5Screate(H5S_SCALAR)
                               : H5Screate_simple(variable->rank, size, NULL);
}

enum coop_status coop_h5_write(const struct coop_h5_variable *variable)
{
    enum coop_status status = COOP_OK;
    hid_t properties = -1, type = -1, space = -1, dataset = -1;
    const char *name = variable->name;
    COOP_H5_TRY(properties = H5Pcreate(H5P_DATASET_CREATE), "describe", name);
    COOP_H5_TRY(coop_h5_set_order(properties), "order", name);
    COOP_H5_TRY(set_layout(variable, properties), "lay out", name);
    COOP_H5_TRY(type = open_type(variable->type, true), "describe", name);
    COOP_H5_TRY(space = open_space(variable), "describe", name);
    COOP_H5_TRY(dataset = H5Dcreate2(variable->place, name, type, space, H5P_DEFAULT, properties,
                                     H5P_DEFAULT),
                "create", name);
    if (!is_empty(variable))
        status = write_rows(variable, dataset);
    if (status == COOP_OK)
        status = coop_h5_write_attributes(dataset, variable);
done:
    if (dataset >= 0)
        H5Dclose(dataset);
    if (space >= 0)
        H5Sclose(space);
    if (type >= 0)
        H5Tclose(type);
    if (properties >= 0)
        H5Pclose(properties);
    return status;
}
