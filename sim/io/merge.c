/* coopsim - GPL-3.0-or-later
 *
 * Every variable of a result is copied from the shards; one has a row a run if its first axis is
 * `run`, and else is the same in all of them. */
#include "sim/io/merge.h"

#include "sim/io/read_parts.h"

#include <hdf5_hl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_LENGTH_MAX = 200, BLOCK_BYTES = 1 << 25 };

struct merge {
    struct coop_reader *reader;
    hid_t from; /* the first source, which tells what there is */
    hid_t to;
};

/* A variable being copied, and the rows of it that are in memory. */
struct copy {
    struct merge *merge;
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

/* What is read of the attributes of a variable, until it has been written. */
struct attributes {
    struct coop_h5_variable *variable;
    char *text[COOP_H5_NOTES_MAX + 1]; /* to be freed */
    size_t texts;
    char name[COOP_H5_NOTES_MAX][48];
};

/* HDF5's own, which come with the scales; and those that others stand for. */
static bool is_own(const char *name)
{
    static const char *const own[] = {"CLASS", "NAME", "REFERENCE_LIST", "DIMENSION_LIST",
                                      "flag_values"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(name, own[i]) == 0)
            return true;
    return false;
}

static herr_t take_number(hid_t attribute, struct attributes *all, const char *name)
{
    double number = 0;
    hid_t space = H5Aget_space(attribute);
    const hssize_t values = space >= 0 ? H5Sget_simple_extent_npoints(space) : -1;
    if (space >= 0)
        H5Sclose(space);
    if (values != 1 || H5Aread(attribute, H5T_NATIVE_DOUBLE, &number) < 0)
        return -1;
    coop_h5_note_number(all->variable, name, number);
    return 0;
}

static herr_t take_attribute(hid_t object, const char *name, const H5A_info_t *info, void *user)
{
    struct attributes *all = user;
    char *kept = all->name[all->variable->notes], *text;
    (void)info;
    if (is_own(name))
        return 0;
    if (strcmp(name, "_FillValue") == 0) {
        all->variable->padded = true;
        return 0;
    }
    if (all->variable->notes + 1 >= COOP_H5_NOTES_MAX || strlen(name) >= sizeof all->name[0])
        return -1;
    strcpy(kept, name);
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    hid_t type = attribute >= 0 ? H5Aget_type(attribute) : -1;
    herr_t result = type >= 0 ? 0 : -1;
    if (result == 0 && H5Tget_class(type) != H5T_STRING)
        result = take_number(attribute, all, kept);
    else if (result == 0 && coop_h5_read_attribute(object, name, &text) == COOP_OK) {
        all->text[all->texts++] = text;
        if (strcmp(name, "flag_meanings") == 0) {
            for (char *c = text; *c != '\0'; c++)
                *c = *c == ' ' ? '|' : *c;
            all->variable->choices = text;
        } else
            coop_h5_note_text(all->variable, kept, text);
    } else
        result = -1;
    if (type >= 0)
        H5Tclose(type);
    if (attribute >= 0)
        H5Aclose(attribute);
    return result;
}

static void free_attributes(struct attributes *all)
{
    for (size_t i = 0; i < all->texts; i++)
        free(all->text[i]);
}

/* The path of the scale of an axis: "/run", "/workers/worker"; "" if it has none. */
static herr_t keep_scale(hid_t dataset, unsigned axis, hid_t scale, void *user)
{
    (void)dataset;
    (void)axis;
    return H5Iget_name(scale, user, NAME_LENGTH_MAX) > 0 ? 1 : -1;
}

static enum coop_status find_scale(hid_t dataset, int axis, char ret[NAME_LENGTH_MAX])
{
    ret[0] = '\0';
    if (H5DSiterate_scales(dataset, (unsigned)axis, NULL, keep_scale, ret) < 0)
        return coop_h5_refuse("find", "an axis");
    return COOP_OK;
}

/* A scale, or what all shards have in common. */
static enum coop_status copy_scale(struct merge *merge, hid_t place, const char *name,
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

static void fill_scalar(const void *context, size_t row, void *ret_row)
{
    (void)row;
    *(const char **)ret_row = context;
}

static enum coop_status copy_scalar(struct coop_h5_variable *variable, hid_t from, const char *name)
{
    char *text;
    COOP_TRY(coop_h5_read_text(from, name, &text));
    variable->fill_row = fill_scalar;
    variable->context = text;
    const enum coop_status status = coop_h5_write(variable);
    free(text);
    return status;
}

static enum coop_status copy_rows(struct merge *merge, struct coop_h5_variable *variable,
                                  const char *group, const struct coop_h5_shape *shape)
{
    struct copy copy = {.merge = merge, .rows = {group, variable->name, *shape, NULL}};
    struct copy *context = &copy;
    const size_t bytes = coop_h5_row_cells(shape) * coop_h5_cell(shape->type);
    copy.at_once = bytes > 0 ? BLOCK_BYTES / bytes + 1 : merge->reader->runs;
    if (copy.at_once > merge->reader->runs)
        copy.at_once = merge->reader->runs;
    copy.rows.cells = calloc(copy.at_once, bytes + 1);
    if (copy.rows.cells == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory copying `%s`", variable->name);
    variable->fill_row = fill_row;
    variable->context = &context;
    enum coop_status status = coop_h5_write(variable);
    if (copy.status != COOP_OK)
        status = copy.status;
    else
        drop(&copy);
    free(copy.rows.cells);
    return status;
}

/* The axes that the copy has, opened. */
static enum coop_status open_axes(struct merge *merge, hid_t dataset,
                                  const struct coop_h5_shape *shape,
                                  struct coop_h5_variable *variable, bool *ret_by_run)
{
    char path[NAME_LENGTH_MAX];
    for (int axis = 0; axis < shape->rank; axis++) {
        COOP_TRY(find_scale(dataset, axis, path));
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

static enum coop_status copy_described(struct merge *merge, struct coop_h5_variable *variable,
                                       hid_t from, hid_t dataset, const char *group,
                                       const struct coop_h5_shape *shape)
{
    bool by_run = false;
    if (H5DSis_scale(dataset) > 0)
        return copy_scale(merge, variable->place, variable->name, shape, from, variable);
    if (shape->rank == 0)
        return copy_scalar(variable, from, variable->name);
    enum coop_status status = open_axes(merge, dataset, shape, variable, &by_run);
    if (status == COOP_OK && !by_run)
        status =
            COOP_FAIL(COOP_REFUSED, "`%s` has no row a run and cannot be joined", variable->name);
    if (status == COOP_OK)
        status = copy_rows(merge, variable, group, shape);
    for (int axis = 0; axis < shape->rank; axis++)
        coop_h5_axis_close(&variable->axis[axis]);
    return status;
}

static enum coop_status copy_variable(struct merge *merge, hid_t from, hid_t to, const char *group,
                                      const char *name)
{
    struct coop_h5_shape shape;
    struct coop_h5_variable variable = {.place = to, .name = name};
    struct attributes attributes = {.variable = &variable};
    COOP_TRY(coop_h5_shape(from, name, &shape));
    variable.type = shape.type;
    variable.rank = shape.rank;
    hid_t dataset = H5Dopen2(from, name, H5P_DEFAULT);
    if (dataset < 0)
        return coop_h5_refuse("open", name);
    enum coop_status status = COOP_OK;
    if (H5Aiterate2(dataset, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, take_attribute, &attributes) <
        0)
        status = coop_h5_refuse("read the attributes of", name);
    if (status == COOP_OK)
        status = copy_described(merge, &variable, from, dataset, group, &shape);
    free_attributes(&attributes);
    H5Dclose(dataset);
    return status;
}

static herr_t copy_text(hid_t object, const char *name, const H5A_info_t *info, void *user)
{
    const hid_t *to = user;
    char *text;
    (void)info;
    if (coop_h5_read_attribute(object, name, &text) != COOP_OK)
        return -1;
    const enum coop_status status = coop_h5_text_attribute(*to, name, text);
    free(text);
    return status == COOP_OK ? 0 : -1;
}

/* The variables of the root or of a group ("" or "workers/"). */
static enum coop_status copy_group(struct merge *merge, hid_t from, hid_t to, const char *group)
{
    struct coop_h5_names names;
    if (H5Aiterate2(from, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, copy_text, &to) < 0)
        return coop_h5_refuse("copy the attributes of", group);
    enum coop_status status = coop_h5_names(from, &names);
    for (size_t i = 0; status == COOP_OK && i < names.count; i++) {
        char inner[NAME_LENGTH_MAX];
        if (!coop_h5_is_group(from, names.name[i])) {
            status = copy_variable(merge, from, to, group, names.name[i]);
            continue;
        }
        hid_t target = -1, source = H5Gopen2(from, names.name[i], H5P_DEFAULT);
        snprintf(inner, sizeof inner, "%s/", names.name[i]);
        status = source < 0 || group[0] != '\0' ? coop_h5_refuse("open", names.name[i])
                                                : coop_h5_group(to, names.name[i], &target);
        if (status == COOP_OK)
            status = copy_group(merge, source, target, inner);
        if (target >= 0)
            H5Gclose(target);
        if (source >= 0)
            H5Gclose(source);
    }
    coop_h5_names_free(&names);
    return status;
}

static enum coop_status check_complete(const struct coop_reader *reader)
{
    for (size_t r = 0; r < reader->runs; r++)
        if (reader->run[r].source == COOP_NO_SOURCE)
            return COOP_FAIL(COOP_REFUSED, "%s: run %zu is missing", reader->path, r);
    return reader->runs > 0 ? COOP_OK : COOP_FAIL(COOP_REFUSED, "%s has no runs", reader->path);
}

enum coop_status coop_reader_add_image(struct coop_reader *reader, const void *bytes, size_t size)
{
    struct coop_sealed_file *source = coop_reader_add_source(reader, "the missing runs");
    if (source == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the missing runs");
    source->bytes = bytes;
    source->size = size - COOP_SEAL_BYTES;
    COOP_TRY(coop_source_open(source));
    return coop_reader_index(reader, reader->sources - 1);
}

static enum coop_status build(struct coop_reader *reader, void **ret_bytes, size_t *ret_size)
{
    struct coop_h5_file file;
    struct merge merge = {.reader = reader};
    COOP_TRY(coop_source_open(&reader->source[0]));
    merge.from = (hid_t)reader->source[0].file;
    enum coop_status status = coop_h5_file_open(&file);
    merge.to = file.id;
    if (status == COOP_OK)
        status = copy_group(&merge, merge.from, merge.to, "");
    if (status == COOP_OK)
        return coop_h5_file_close(&file, ret_bytes, ret_size);
    coop_h5_file_close(&file, NULL, NULL);
    return status;
}

enum coop_status coop_merge_build(struct coop_reader *reader, const void *filler, size_t size,
                                  void **ret_bytes, size_t *ret_size)
{
    struct coop_h5_quiet quiet;
    enum coop_status status = COOP_OK;
    *ret_bytes = NULL;
    coop_h5_quiet_begin(&quiet);
    if (filler != NULL)
        status = coop_reader_add_image(reader, filler, size);
    if (status == COOP_OK)
        status = check_complete(reader);
    if (status == COOP_OK)
        status = build(reader, ret_bytes, ret_size);
    coop_h5_quiet_end(&quiet);
    return status == COOP_OK ? coop_digest_append(ret_bytes, ret_size) : status;
}
