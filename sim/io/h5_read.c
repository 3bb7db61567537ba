/* coopsim - GPL-3.0-or-later */
#include "sim/io/h5_read.h"

#include <hdf5_hl.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_BYTES_MAX = 1 << 26 };

enum coop_status coop_h5_refuse(const char *what, const char *name)
{
    coop_h5_fail(__FILE__, what, name);
    char text[512];
    snprintf(text, sizeof text, "%s", coop_status_message());
    return COOP_FAIL(COOP_REFUSED, "%s", text);
}

enum coop_status coop_h5_open(const char *path, hid_t *ret)
{
    enum coop_status status = COOP_OK;
    hid_t access = -1;
    *ret = -1;
    COOP_H5_GET(access = H5Pcreate(H5P_FILE_ACCESS), "open", path);
#if H5_VERSION_GE(1, 10, 7)
    /* Sealed files do not change, and some file systems have no locks. */
    COOP_H5_GET(H5Pset_file_locking(access, false, true), "open", path);
#endif
    COOP_H5_GET(H5Pset_fclose_degree(access, H5F_CLOSE_STRONG), "open", path);
    COOP_H5_GET(*ret = H5Fopen(path, H5F_ACC_RDONLY, access), "open", path);
done:
    if (access >= 0)
        H5Pclose(access);
    return status;
}

enum coop_status coop_h5_open_image(const void *bytes, size_t size, hid_t *ret)
{
    enum coop_status status = COOP_OK;
    union {
        const void *given;
        void *lent; /* HDF5 does not write to it, but copies it */
    } memory = {bytes};
    COOP_H5_GET(*ret = H5LTopen_file_image(memory.lent, size, 0), "open", "the file in memory");
done:
    return status;
}

size_t coop_h5_cell(enum coop_h5_type type)
{
    switch (type) {
    case COOP_H5_F64:
    case COOP_H5_I64:
        return 8;
    case COOP_H5_F32:
        return 4;
    case COOP_H5_I8:
        return 1;
    case COOP_H5_TEXT:
        break;
    }
    return sizeof(char *);
}

size_t coop_h5_row_cells(const struct coop_h5_shape *shape)
{
    size_t cells = 1;
    for (int axis = 1; axis < shape->rank; axis++)
        cells *= shape->size[axis];
    return cells;
}

/* Only the types that the store writes. */
static bool find_type(hid_t stored, enum coop_h5_type *ret)
{
    if (H5Tget_class(stored) == H5T_STRING) {
        *ret = COOP_H5_TEXT;
        return H5Tis_variable_str(stored) > 0;
    }
    for (enum coop_h5_type type = COOP_H5_F64; type < COOP_H5_TEXT; type++)
        if (H5Tequal(stored, coop_h5_number_type(type, true)) > 0) {
            *ret = type;
            return true;
        }
    return false;
}

static enum coop_status read_shape(hid_t dataset, const char *name, struct coop_h5_shape *ret)
{
    enum coop_status status = COOP_OK;
    hid_t type = -1, space = -1;
    hsize_t size[COOP_H5_RANK_MAX] = {0};
    *ret = (struct coop_h5_shape){0};
    COOP_H5_GET(type = H5Dget_type(dataset), "describe", name);
    COOP_H5_GET(space = H5Dget_space(dataset), "describe", name);
    COOP_H5_GET(ret->rank = H5Sget_simple_extent_ndims(space), "describe", name);
    if (ret->rank > COOP_H5_RANK_MAX || !find_type(type, &ret->type)) {
        status = COOP_FAIL(COOP_REFUSED, "`%s` is not of a kind that coopsim writes", name);
        goto done;
    }
    COOP_H5_GET(H5Sget_simple_extent_dims(space, size, NULL), "describe", name);
    for (int axis = 0; axis < ret->rank; axis++)
        ret->size[axis] = (size_t)size[axis];
done:
    if (space >= 0)
        H5Sclose(space);
    if (type >= 0)
        H5Tclose(type);
    return status;
}

enum coop_status coop_h5_shape(hid_t place, const char *name, struct coop_h5_shape *ret)
{
    if (H5Lexists(place, name, H5P_DEFAULT) <= 0)
        return COOP_FAIL(COOP_REFUSED, "there is no `%s`", name);
    hid_t dataset = H5Dopen2(place, name, H5P_DEFAULT);
    if (dataset < 0)
        return coop_h5_refuse("open", name);
    const enum coop_status status = read_shape(dataset, name, ret);
    H5Dclose(dataset);
    return status;
}

static hid_t memory_type(enum coop_h5_type type)
{
    if (type != COOP_H5_TEXT)
        return H5Tcopy(coop_h5_number_type(type, false));
    hid_t text = H5Tcopy(H5T_C_S1);
    H5Tset_size(text, H5T_VARIABLE);
    H5Tset_cset(text, H5T_CSET_UTF8);
    return text;
}

enum coop_status coop_h5_read(hid_t place, const char *name, const struct coop_h5_shape *shape,
                              size_t first, size_t rows, void *ret)
{
    enum coop_status status = COOP_OK;
    hid_t dataset = -1, type = -1, part = -1, whole = -1;
    hsize_t start[COOP_H5_RANK_MAX] = {first}, count[COOP_H5_RANK_MAX] = {rows};
    for (int axis = 1; axis < shape->rank; axis++)
        count[axis] = shape->size[axis];
    if (shape->type == COOP_H5_TEXT)
        memset(ret, 0, rows * coop_h5_row_cells(shape) * sizeof(char *));
    if (shape->rank > 0 && (rows > shape->size[0] || first > shape->size[0] - rows))
        return COOP_FAIL(COOP_REFUSED, "`%s` has %zu rows and no row %zu", name, shape->size[0],
                         first + rows - 1);
    COOP_H5_GET(dataset = H5Dopen2(place, name, H5P_DEFAULT), "open", name);
    COOP_H5_GET(type = memory_type(shape->type), "read", name);
    COOP_H5_GET(whole = H5Dget_space(dataset), "read", name);
    COOP_H5_GET(part = H5Screate_simple(shape->rank, count, NULL), "read", name);
    if (shape->rank > 0)
        COOP_H5_GET(H5Sselect_hyperslab(whole, H5S_SELECT_SET, start, NULL, count, NULL), "read",
                    name);
    COOP_H5_GET(H5Dread(dataset, type, part, whole, H5P_DEFAULT, ret), "read", name);
done:
    if (part >= 0)
        H5Sclose(part);
    if (whole >= 0)
        H5Sclose(whole);
    if (type >= 0)
        H5Tclose(type);
    if (dataset >= 0)
        H5Dclose(dataset);
    return status;
}

void coop_h5_free_texts(char **text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text[i] != NULL)
            H5free_memory(text[i]);
}

static enum coop_status no_memory(const char *name)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory reading `%s`", name);
}

enum coop_status coop_h5_read_attribute(hid_t object, const char *name, char **ret)
{
    enum coop_status status = COOP_OK;
    hid_t attribute = -1, type = -1;
    *ret = NULL;
    COOP_H5_GET(attribute = H5Aopen(object, name, H5P_DEFAULT), "find", name);
    COOP_H5_GET(type = H5Aget_type(attribute), "describe", name);
    const size_t size = H5Tget_size(type);
    if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) > 0 || size > TEXT_BYTES_MAX) {
        status = COOP_FAIL(COOP_REFUSED, "`%s` is no text", name);
        goto done;
    }
    *ret = calloc(size + 1, 1);
    if (*ret == NULL)
        status = no_memory(name);
    else
        COOP_H5_GET(H5Aread(attribute, type, *ret), "read", name);
done:
    if (type >= 0)
        H5Tclose(type);
    if (attribute >= 0)
        H5Aclose(attribute);
    return status;
}

enum coop_status coop_h5_read_text(hid_t place, const char *name, char **ret)
{
    struct coop_h5_shape shape;
    char *text = NULL;
    *ret = NULL;
    COOP_TRY(coop_h5_shape(place, name, &shape));
    if (shape.type != COOP_H5_TEXT || shape.rank != 0)
        return COOP_FAIL(COOP_REFUSED, "`%s` is not one text", name);
    enum coop_status status = coop_h5_read(place, name, &shape, 0, 1, &text);
    if (status == COOP_OK) {
        *ret = strdup(text != NULL ? text : "");
        status = *ret != NULL ? COOP_OK : no_memory(name);
    }
    coop_h5_free_texts(&text, 1);
    return status;
}

static herr_t add_name(hid_t place, const char *name, const H5L_info_t *info, void *user)
{
    struct coop_h5_names *names = user;
    (void)place;
    (void)info;
    char **grown = realloc(names->name, (names->count + 1) * sizeof *grown);
    if (grown == NULL)
        return -1;
    names->name = grown;
    grown[names->count] = strdup(name);
    return grown[names->count++] != NULL ? 0 : -1;
}

enum coop_status coop_h5_names(hid_t place, struct coop_h5_names *ret)
{
    *ret = (struct coop_h5_names){0};
    if (H5Literate(place, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, add_name, ret) < 0)
        return coop_h5_refuse("list", "the variables");
    return COOP_OK;
}

void coop_h5_names_free(struct coop_h5_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->name[i]);
    free(names->name);
    *names = (struct coop_h5_names){0};
}

bool coop_h5_is_group(hid_t place, const char *name)
{
    H5O_info_t info;
    return H5Oget_info_by_name(place, name, &info, H5P_DEFAULT) >= 0 && info.type == H5O_TYPE_GROUP;
}
