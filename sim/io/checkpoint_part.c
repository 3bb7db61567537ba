/* coopsim - GPL-3.0-or-later
 *
 * Parts as HDF5 datasets. Unlike variables of a result they keep every bit, of missing values too,
 * and are neither cut into chunks nor compressed. */
#include "sim/io/checkpoint_part.h"

#include <stdio.h>
#include <string.h>

static hid_t type_of(enum coop_part_type type, bool stored)
{
    switch (type) {
    case COOP_PART_F32:
        return stored ? H5T_IEEE_F32LE : H5T_NATIVE_FLOAT;
    case COOP_PART_F64:
        return stored ? H5T_IEEE_F64LE : H5T_NATIVE_DOUBLE;
    case COOP_PART_U32:
        return stored ? H5T_STD_U32LE : H5T_NATIVE_UINT32;
    case COOP_PART_I64:
        return stored ? H5T_STD_I64LE : H5T_NATIVE_INT64;
    case COOP_PART_U8:
    case COOP_PART_TYPES:
        break;
    }
    return stored ? H5T_STD_U8LE : H5T_NATIVE_UINT8;
}

static void to_extent(const size_t *size, int rank, hsize_t ret[COOP_PART_RANK])
{
    for (int axis = 0; axis < rank; axis++)
        ret[axis] = size[axis];
}

static hid_t open_space(const size_t *size, int rank)
{
    hsize_t extent[COOP_PART_RANK];
    to_extent(size, rank, extent);
    return rank == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(rank, extent, NULL);
}

static enum coop_status describe(hid_t dataset, const struct coop_part *part)
{
    if (part->summary != NULL && part->summary[0] != '\0')
        COOP_TRY(coop_h5_text_attribute(dataset, "long_name", part->summary));
    if (part->unit != NULL && part->unit[0] != '\0')
        COOP_TRY(coop_h5_text_attribute(dataset, "units", part->unit));
    return COOP_OK;
}

/* Of the array in memory only the part's own corner is written. */
static enum coop_status write_values(hid_t dataset, const char *name, const struct coop_part *part)
{
    enum coop_status status = COOP_OK;
    const hsize_t start[COOP_PART_RANK] = {0};
    hsize_t used[COOP_PART_RANK];
    hid_t memory = -1;
    to_extent(part->used, part->rank, used);
    COOP_H5_TRY(memory = open_space(part->size, part->rank), "select", name);
    if (part->rank > 0)
        COOP_H5_TRY(H5Sselect_hyperslab(memory, H5S_SELECT_SET, start, NULL, used, NULL), "select",
                    name);
    COOP_H5_TRY(
        H5Dwrite(dataset, type_of(part->type, false), memory, H5S_ALL, H5P_DEFAULT, part->data),
        "write", name);
done:
    if (memory >= 0)
        H5Sclose(memory);
    return status;
}

enum coop_status coop_checkpoint_part_write(hid_t file, const char *name,
                                            const struct coop_part *part)
{
    enum coop_status status = COOP_OK;
    hid_t properties = -1, space = -1, dataset = -1;
    COOP_H5_TRY(properties = H5Pcreate(H5P_DATASET_CREATE), "describe", name);
    COOP_H5_TRY(coop_h5_set_order(properties), "order", name);
    COOP_H5_TRY(space = open_space(part->used, part->rank), "describe", name);
    COOP_H5_TRY(dataset = H5Dcreate2(file, name, type_of(part->type, true), space, H5P_DEFAULT,
                                     properties, H5P_DEFAULT),
                "create", name);
    if (coop_part_elements(part) > 0)
        status = write_values(dataset, name, part);
    if (status == COOP_OK)
        status = describe(dataset, part);
done:
    if (dataset >= 0)
        H5Dclose(dataset);
    if (space >= 0)
        H5Sclose(space);
    if (properties >= 0)
        H5Pclose(properties);
    return status;
}

static bool find_type(hid_t stored, enum coop_part_type *ret)
{
    for (enum coop_part_type type = COOP_PART_F32; type < COOP_PART_TYPES; type++)
        if (H5Tequal(stored, type_of(type, true)) > 0) {
            *ret = type;
            return true;
        }
    return false;
}

static enum coop_status read_shape(hid_t dataset, const char *name, struct coop_part *ret)
{
    enum coop_status status = COOP_OK;
    hid_t type = -1, space = -1;
    hsize_t size[H5S_MAX_RANK] = {0};
    COOP_H5_GET(type = H5Dget_type(dataset), "describe", name);
    COOP_H5_GET(space = H5Dget_space(dataset), "describe", name);
    COOP_H5_GET(ret->rank = H5Sget_simple_extent_dims(space, size, NULL), "describe", name);
    if (ret->rank > COOP_PART_RANK || !find_type(type, &ret->type))
        status = COOP_FAIL(COOP_REFUSED, "`%s` is not of a kind that a checkpoint has", name);
    for (int axis = 0; axis < ret->rank && axis < COOP_PART_RANK; axis++)
        ret->used[axis] = ret->size[axis] = (size_t)size[axis];
done:
    if (space >= 0)
        H5Sclose(space);
    if (type >= 0)
        H5Tclose(type);
    return status;
}

static enum coop_status read_part(hid_t dataset, const char *name, const char *as,
                                  struct coop_parts *parts)
{
    enum coop_status status = COOP_OK;
    struct coop_part part = {.rank = 0};
    snprintf(part.name, sizeof part.name, "%s", as);
    COOP_TRY(read_shape(dataset, name, &part));
    COOP_TRY(coop_parts_add(parts, part));
    if (coop_part_elements(&part) > 0)
        COOP_H5_GET(H5Dread(dataset, type_of(part.type, false), H5S_ALL, H5S_ALL, H5P_DEFAULT,
                            parts->item[parts->count - 1].data),
                    "read", name);
done:
    return status;
}

enum coop_status coop_checkpoint_part_read(hid_t file, const char *name, const char *as,
                                           struct coop_parts *parts)
{
    hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT);
    if (dataset < 0)
        return coop_h5_refuse("open", name);
    const enum coop_status status = read_part(dataset, name, as, parts);
    H5Dclose(dataset);
    return status;
}
