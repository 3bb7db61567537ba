/* coopsim - GPL-3.0-or-later
 *
 * One variable copied: a scale, a text, or rows of runs along axes that the copy has already. */
#include "sim/io/merge_parts.h"

#include <hdf5_hl.h>
#include <stdlib.h>
#include <string.h>

/* A scale, or what all shards have in common. */
static enum coop_status copy_scale(struct coop_merge *merge, hid_t place, const char *name,
                                   const struct coop_h5_shape *shape, hid_t from,
                                   const struct coop_h5_variable *variable)
{
    const bool is_run = place == merge->to && strcmp(name, "run") == 0;
    const size_t size = is_run ? merge->reader->runs : shape->size[0];
    const char *units = NULL, *long_name = NULL;
    struct coop_h5_axis axis = {0};
    int64_t *value = NULL;
    for (size_t n = 0; n < variable->notes; n++) {
        if (strcmp(variable->note[n].name, "units") == 0)
            units = variable->note[n].text;
        if (strcmp(variable->note[n].name, "long_name") == 0)
            long_name = variable->note[n].text;
    }
    if (shape->type != COOP_H5_I64 || shape->rank != 1)
        return COOP_FAIL(COOP_REFUSED, "the scale `%s` is no list of whole numbers", name);
    if (!is_run) {
        value = calloc(size + 1, sizeof *value);
        if (value == NULL)
            return COOP_FAIL(COOP_MEMORY, "out of memory copying `%s`", name);
        COOP_TRY(coop_h5_read(from, name, shape, 0, size, value));
    }
    const enum coop_status status =
        coop_h5_scale(place, name, size, value, units, long_name, &axis);
    coop_h5_axis_close(&axis);
    free(value);
    return status;
}

/* What is said once of all runs, in memory whole. */
struct common {
    const char *cells;
    size_t row_bytes;
};

static void fill_common(const void *context, size_t row, void *ret_row)
{
    const struct common *common = context;
    memcpy(ret_row, common->cells + row * common->row_bytes, common->row_bytes);
}

/* All shards have the settings of the first, and so the same values. */
static enum coop_status copy_common(struct coop_h5_variable *variable, hid_t from,
                                    const struct coop_h5_shape *shape)
{
    const size_t rows = shape->rank == 0 ? 1 : shape->size[0];
    const size_t cells = rows * coop_h5_row_cells(shape);
    char *read = calloc(cells + 1, coop_h5_cell(shape->type));
    if (read == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory copying `%s`", variable->name);
    variable->fill_row = fill_common;
    variable->context =
        &(struct common){read, coop_h5_row_cells(shape) * coop_h5_cell(shape->type)};
    enum coop_status status = coop_h5_read(from, variable->name, shape, 0, rows, read);
    if (status == COOP_OK)
        status = coop_h5_write(variable);
    if (shape->type == COOP_H5_TEXT)
        coop_h5_free_texts((char **)(void *)read, cells);
    free(read);
    return status;
}

/* The axes that the copy has, opened. */
static enum coop_status open_axes(struct coop_merge *merge, hid_t dataset,
                                  const struct coop_h5_shape *shape,
                                  struct coop_h5_variable *variable, bool *ret_by_run)
{
    char path[COOP_MERGE_NAME_MAX];
    for (int axis = 0; axis < shape->rank; axis++) {
        COOP_TRY(coop_merge_scale(dataset, axis, path));
        if (path[0] == '\0')
            return COOP_FAIL(COOP_REFUSED, "an axis of `%s` has no scale", variable->name);
        *ret_by_run = axis == 0 ? strcmp(path, "/run") == 0 : *ret_by_run;
        COOP_TRY(coop_h5_scale_open(merge->to, path, &variable->axis[axis]));
        if (!(axis == 0 && *ret_by_run) && variable->axis[axis].size != shape->size[axis])
            return COOP_FAIL(COOP_REFUSED, "`%s` does not have the size of its axes",
                             variable->name);
    }
    return COOP_OK;
}

static enum coop_status copy_described(struct coop_merge *merge, struct coop_h5_variable *variable,
                                       hid_t from, hid_t dataset, const char *group,
                                       const struct coop_h5_shape *shape)
{
    bool by_run = false;
    if (H5DSis_scale(dataset) > 0)
        return copy_scale(merge, variable->place, variable->name, shape, from, variable);
    enum coop_status status = open_axes(merge, dataset, shape, variable, &by_run);
    if (status == COOP_OK)
        status = by_run ? coop_merge_rows(merge, variable, group, shape)
                        : copy_common(variable, from, shape);
    for (int axis = 0; axis < shape->rank; axis++)
        coop_h5_axis_close(&variable->axis[axis]);
    return status;
}

enum coop_status coop_merge_variable(struct coop_merge *merge, hid_t from, hid_t to,
                                     const char *group, const char *name)
{
    struct coop_h5_shape shape;
    struct coop_h5_variable variable = {.place = to, .name = name};
    struct coop_merge_attributes attributes = {.variable = &variable};
    COOP_TRY(coop_h5_shape(from, name, &shape));
    variable.type = shape.type;
    variable.rank = shape.rank;
    hid_t dataset = H5Dopen2(from, name, H5P_DEFAULT);
    if (dataset < 0)
        return coop_h5_refuse("open", name);
    enum coop_status status = coop_merge_attributes(dataset, &attributes);
    if (status == COOP_OK)
        status = copy_described(merge, &variable, from, dataset, group, &shape);
    coop_merge_attributes_free(&attributes);
    H5Dclose(dataset);
    return status;
}
