/* coopsim - GPL-3.0-or-later
 *
 * Files, groups and scales. */
#include "sim/io/h5.h"

#include <hdf5_hl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Attributes and links stay in the object's header up to these numbers: a header is read at once.
 * HDF5 finds the name of an object, which readers ask of every axis of every variable, by walking
 * the links: in a header these lie in their order, scales first, and beyond it in that of a hash. A
 * header that must grow moves its first link to its end, so there is room from the start for 600
 * links with names of 32 bytes.
 * The index of a variable's chunks has room for twice its half width; most variables have one
 * chunk, and HDF5's usual 32 would double the size of a file of few runs. */
enum {
    ATTRIBUTES_COMPACT = 24,
    ATTRIBUTES_DENSE = 20,
    LINKS_COMPACT = 10000,
    LINKS_DENSE = 9000,
    LINKS_ROOM = 600,
    LINK_NAME = 32,
    INDEX_HALF_WIDTH = 8,
    MEMORY_STEP = 1 << 20
};

/* HDF5 lists the innermost error first, which says most. */
static herr_t copy_innermost(unsigned number, const H5E_error2_t *error, void *ret_text)
{
    if (number == 0)
        snprintf(ret_text, 256, "%s", error->desc);
    return 0;
}

enum coop_status coop_h5_fail(const char *place, const char *what, const char *name)
{
    char text[256] = "no reason given";
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, copy_innermost, text);
    return coop_status_fail(COOP_INTERNAL, place, "HDF5 cannot %s `%s`: %s", what, name, text);
}

void coop_h5_quiet_begin(struct coop_h5_quiet *ret)
{
    *ret = (struct coop_h5_quiet){0};
    H5Eget_auto2(H5E_DEFAULT, &ret->print, &ret->context);
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

void coop_h5_quiet_end(const struct coop_h5_quiet *quiet)
{
    H5Eset_auto2(H5E_DEFAULT, quiet->print, quiet->context);
}

/* Equal results give equal bytes, hence no times; readers list things as they were made. */
herr_t coop_h5_set_order(hid_t properties)
{
    const unsigned order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    if (H5Pset_obj_track_times(properties, false) < 0 ||
        H5Pset_attr_creation_order(properties, order) < 0 ||
        H5Pset_attr_phase_change(properties, ATTRIBUTES_COMPACT, ATTRIBUTES_DENSE) < 0)
        return -1;
    if (H5Pisa_class(properties, H5P_GROUP_CREATE) <= 0)
        return 0;
    if (H5Pset_link_phase_change(properties, LINKS_COMPACT, LINKS_DENSE) < 0)
        return -1;
    return H5Pset_link_creation_order(properties, order);
}

/* The core driver keeps the file in memory that these lend it. H5Fget_file_image would give the
 * bytes too, but up to HDF5 1.14.6 with a wrong checksum (HDFGroup/hdf5 issue 1915). */
static void *grow_image(void *image, size_t size, H5FD_file_image_op_t operation, void *file)
{
    (void)operation;
    void *grown = realloc(image, size);
    if (grown != NULL)
        ((struct coop_h5_file *)file)->image = grown;
    return grown;
}

/* The properties of a file that is opened hold copies of it. */
static bool is_of_properties(H5FD_file_image_op_t operation)
{
    return operation == H5FD_FILE_IMAGE_OP_PROPERTY_LIST_SET ||
           operation == H5FD_FILE_IMAGE_OP_PROPERTY_LIST_COPY ||
           operation == H5FD_FILE_IMAGE_OP_PROPERTY_LIST_GET ||
           operation == H5FD_FILE_IMAGE_OP_PROPERTY_LIST_CLOSE;
}

static void *allocate_image(size_t size, H5FD_file_image_op_t operation, void *file)
{
    return is_of_properties(operation) ? malloc(size) : grow_image(NULL, size, operation, file);
}

/* What the driver gives back when it closes the file is the finished file. */
static herr_t keep_image(void *image, H5FD_file_image_op_t operation, void *file)
{
    (void)file;
    if (is_of_properties(operation))
        free(image);
    return 0;
}

static void *lend_file(void *file)
{
    return file;
}

static herr_t take_file_back(void *file)
{
    (void)file;
    return 0;
}

static int keep_in_memory(hid_t access, struct coop_h5_file *file)
{
    H5FD_file_image_callbacks_t callbacks = {.image_malloc = allocate_image,
                                             .image_realloc = grow_image,
                                             .image_free = keep_image,
                                             .udata_copy = lend_file,
                                             .udata_free = take_file_back,
                                             .udata = file};
    if (H5Pset_fapl_core(access, MEMORY_STEP, false) < 0)
        return -1;
    return H5Pset_file_image_callbacks(access, &callbacks);
}

/* The index of chunks makes HDF5 extend its superblock, by an object that takes its properties from
 * the usual ones of a group, times among them. Where these cannot be changed, equal results differ
 * in that time alone. */
static hid_t create_file(const char *name, hid_t create, hid_t access)
{
    bool times = true;
    H5Pget_obj_track_times(H5P_GROUP_CREATE_DEFAULT, &times);
    H5Pset_obj_track_times(H5P_GROUP_CREATE_DEFAULT, false);
    hid_t file = H5Fcreate(name, H5F_ACC_EXCL, create, access);
    H5Pset_obj_track_times(H5P_GROUP_CREATE_DEFAULT, times);
    return file;
}

enum coop_status coop_h5_file_open(struct coop_h5_file *ret)
{
    enum coop_status status = COOP_OK;
    hid_t create = -1, access = -1;
    char name[64]; /* never on disk, but HDF5 takes two open files of one name for the same */
    snprintf(name, sizeof name, "coopsim-%p", (void *)ret);
    *ret = (struct coop_h5_file){.id = -1};
    COOP_H5_TRY(create = H5Pcreate(H5P_FILE_CREATE), "create", name);
    COOP_H5_TRY(access = H5Pcreate(H5P_FILE_ACCESS), "create", name);
    COOP_H5_TRY(coop_h5_set_order(create), "order", name);
    COOP_H5_TRY(H5Pset_est_link_info(create, LINKS_ROOM, LINK_NAME), "order", name);
    COOP_H5_TRY(H5Pset_istore_k(create, INDEX_HALF_WIDTH), "order", name);
    COOP_H5_TRY(keep_in_memory(access, ret), "keep in memory", name);
    COOP_H5_TRY(H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V110), "bound", name);
    COOP_H5_TRY(ret->id = create_file(name, create, access), "create", name);
done:
    if (access >= 0)
        H5Pclose(access);
    if (create >= 0)
        H5Pclose(create);
    return status;
}

enum coop_status coop_h5_file_reopen(struct coop_h5_file *ret, void *bytes, size_t size)
{
    enum coop_status status = COOP_OK;
    hid_t access = -1;
    char name[64];
    snprintf(name, sizeof name, "coopsim-%p", (void *)ret);
    *ret = (struct coop_h5_file){.id = -1};
    COOP_H5_TRY(access = H5Pcreate(H5P_FILE_ACCESS), "create", name);
    COOP_H5_TRY(keep_in_memory(access, ret), "keep in memory", name);
    COOP_H5_TRY(H5Pset_file_image(access, bytes, size), "keep in memory", name);
    COOP_H5_TRY(H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V110), "bound", name);
    COOP_H5_TRY(ret->id = H5Fopen(name, H5F_ACC_RDWR, access), "open", name);
done:
    if (access >= 0)
        H5Pclose(access);
    return status;
}

/* The superblock (version 2 or 3, since the file is bound to V18 at least) has the end of the
 * file at byte 28, lowest byte first; the memory behind it is spare. */
static size_t image_size(const char *image)
{
    size_t size = 0;
    for (int byte = 7; byte >= 0; byte--)
        size = size << 8 | (unsigned char)image[28 + byte];
    return size;
}

enum coop_status coop_h5_file_close(struct coop_h5_file *file, void **ret_bytes, size_t *ret_size)
{
    /* A file that cannot be closed may still be using its memory, which is then lost. */
    if (file->id >= 0 && H5Fclose(file->id) < 0)
        return coop_h5_fail(__FILE__, "finish", "file");
    char *image = file->image;
    *file = (struct coop_h5_file){.id = -1};
    if (ret_bytes == NULL || image == NULL) {
        free(image);
        return COOP_OK;
    }
    *ret_size = image_size(image);
    *ret_bytes = image;
    return COOP_OK;
}

enum coop_status coop_h5_group(hid_t file, const char *name, hid_t *ret)
{
    enum coop_status status = COOP_OK;
    hid_t create = -1;
    COOP_H5_TRY(create = H5Pcreate(H5P_GROUP_CREATE), "create", name);
    COOP_H5_TRY(coop_h5_set_order(create), "order", name);
    COOP_H5_TRY(*ret = H5Gcreate2(file, name, H5P_DEFAULT, create, H5P_DEFAULT), "create", name);
done:
    if (create >= 0)
        H5Pclose(create);
    return status;
}

static void fill_scale(const void *context, size_t row, void *ret_row)
{
    const int64_t *value = context;
    *(int64_t *)ret_row = value == NULL ? (int64_t)row : value[row];
}

enum coop_status coop_h5_scale(hid_t place, const char *name, size_t size, const int64_t *value,
                               const char *units, const char *long_name, struct coop_h5_axis *ret)
{
    struct coop_h5_variable scale = {.place = place,
                                     .name = name,
                                     .type = COOP_H5_I64,
                                     .rank = 1,
                                     .axis = {{0, size}},
                                     .fill_row = fill_scale,
                                     .context = value};
    coop_h5_describe(&scale, units, long_name);
    COOP_TRY(coop_h5_write(&scale));
    COOP_TRY(coop_h5_scale_open(place, name, ret));
    if (H5DSset_scale(ret->scale, name) < 0) {
        coop_h5_axis_close(ret);
        return coop_h5_fail(__FILE__, "make a scale of", name);
    }
    return COOP_OK;
}

enum coop_status coop_h5_scale_open(hid_t place, const char *name, struct coop_h5_axis *ret)
{
    enum coop_status status = COOP_OK;
    hid_t scale = -1, space = -1;
    hssize_t size = 0;
    COOP_H5_TRY(scale = H5Dopen2(place, name, H5P_DEFAULT), "open", name);
    COOP_H5_TRY(space = H5Dget_space(scale), "measure", name);
    COOP_H5_TRY(size = H5Sget_simple_extent_npoints(space), "measure", name);
    *ret = (struct coop_h5_axis){scale, (hsize_t)size};
    scale = -1;
done:
    if (space >= 0)
        H5Sclose(space);
    if (scale >= 0)
        H5Dclose(scale);
    return status;
}

bool coop_h5_exists(hid_t place, const char *name)
{
    return H5Lexists(place, name, H5P_DEFAULT) > 0;
}

void coop_h5_axis_close(struct coop_h5_axis *axis)
{
    if (axis->scale > 0)
        H5Dclose(axis->scale);
    *axis = (struct coop_h5_axis){0};
}
