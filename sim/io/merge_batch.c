/* coopsim - GPL-3.0-or-later
 *
 * Variables that are read together: a sweep may have thousands of shards, of which only some can be
 * open, so each is opened once for many variables. */
#include "sim/io/merge_parts.h"

#include <hdf5_hl.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH_BYTES = 1 << 26 };

/* The path of the scale of an axis: "/run", "/workers/worker"; "" if it has none. */
static herr_t keep_scale(hid_t dataset, unsigned axis, hid_t scale, void *user)
{
    (void)dataset;
    (void)axis;
    return H5Iget_name(scale, user, COOP_MERGE_NAME_MAX) > 0 ? 1 : -1;
}

enum coop_status coop_merge_scale(hid_t dataset, int axis, char ret[COOP_MERGE_NAME_MAX])
{
    ret[0] = '\0';
    if (H5DSiterate_scales(dataset, (unsigned)axis, NULL, keep_scale, ret) < 0)
        return coop_h5_refuse("find", "an axis");
    return COOP_OK;
}

bool coop_merge_is_by_run(hid_t place, const char *name)
{
    char path[COOP_MERGE_NAME_MAX] = "";
    struct coop_h5_shape shape;
    hid_t dataset = H5Dopen2(place, name, H5P_DEFAULT);
    if (dataset < 0)
        return false;
    if (H5DSis_scale(dataset) <= 0 && coop_h5_shape(place, name, &shape) == COOP_OK &&
        shape.rank > 0 && coop_merge_scale(dataset, 0, path) != COOP_OK)
        path[0] = '\0';
    H5Dclose(dataset);
    return strcmp(path, "/run") == 0;
}

static size_t bytes_of(const struct coop_h5_shape *shape, size_t runs)
{
    return runs * coop_h5_row_cells(shape) * coop_h5_cell(shape->type);
}

void coop_merge_batch_free(struct coop_merge_batch *batch, size_t runs)
{
    for (size_t v = 0; v < batch->variables; v++) {
        struct coop_rows *rows = &batch->rows[v];
        if (rows->shape.type == COOP_H5_TEXT && rows->cells != NULL)
            coop_h5_free_texts((char **)(void *)rows->cells,
                               runs * coop_h5_row_cells(&rows->shape));
        free(rows->cells);
    }
    free(batch->rows);
    *batch = (struct coop_merge_batch){0};
}

/* The variables from `first` on that are small enough to be in memory whole and together. */
static enum coop_status choose(struct coop_merge *merge, hid_t from, const char *group,
                               const struct coop_h5_names *names, size_t first)
{
    struct coop_merge_batch *batch = &merge->batch;
    const size_t runs = merge->reader->runs;
    size_t bytes = 0;
    batch->rows = calloc(names->count - first, sizeof *batch->rows);
    if (batch->rows == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory joining %zu runs", runs);
    for (size_t i = first; i < names->count; i++) {
        struct coop_rows rows = {.group = group, .name = names->name[i]};
        if (coop_h5_is_group(from, rows.name) || !coop_merge_is_by_run(from, rows.name))
            continue;
        COOP_TRY(coop_h5_shape(from, rows.name, &rows.shape));
        bytes += bytes_of(&rows.shape, runs);
        if (bytes > BATCH_BYTES)
            break;
        rows.cells = calloc(1, bytes_of(&rows.shape, runs) + 1);
        if (rows.cells == NULL)
            return COOP_FAIL(COOP_MEMORY, "out of memory joining `%s`", rows.name);
        batch->rows[batch->variables++] = rows;
    }
    return COOP_OK;
}

struct coop_rows *coop_merge_batch_find(const struct coop_merge *merge, const char *group,
                                        const char *name)
{
    for (size_t v = 0; v < merge->batch.variables; v++)
        if (strcmp(merge->batch.rows[v].name, name) == 0 &&
            strcmp(merge->batch.rows[v].group, group) == 0)
            return &merge->batch.rows[v];
    return NULL;
}

enum coop_status coop_merge_batch_load(struct coop_merge *merge, hid_t from, const char *group,
                                       const struct coop_h5_names *names, size_t first)
{
    if (coop_merge_batch_find(merge, group, names->name[first]) != NULL ||
        !coop_merge_is_by_run(from, names->name[first]))
        return COOP_OK;
    coop_merge_batch_free(&merge->batch, merge->reader->runs);
    COOP_TRY(choose(merge, from, group, names, first));
    return coop_reader_rows_of(merge->reader, merge->batch.rows, merge->batch.variables, 0,
                               merge->reader->runs);
}
