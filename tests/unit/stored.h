/* coopsim - GPL-3.0-or-later
 *
 * Reading variables and attributes back with HDF5. */
#ifndef COOP_TESTS_UNIT_STORED_H
#define COOP_TESTS_UNIT_STORED_H

#include "tests/unit/village.h"

#include <hdf5.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static inline hid_t open_result(void)
{
    const char *path = in_directory("out.h5");
    assert_int_equal(write_result(path, &model, false), COOP_OK);
    hid_t file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
    assert_true(file >= 0);
    return file;
}

static inline void close_result(hid_t file)
{
    assert_true(H5Fclose(file) >= 0);
    assert_int_equal(H5Fget_obj_count((hid_t)H5F_OBJ_ALL, H5F_OBJ_ALL), 0);
    unlink(in_directory("out.h5"));
}

/* Reads a whole variable and checks its shape, given as "4x3". */
static inline void read_variable(hid_t file, const char *name, const char *shape, hid_t type,
                                 void *ret)
{
    char found[64] = "";
    hsize_t size[4] = {0};
    hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT), space = H5Dget_space(dataset);
    assert_true(dataset >= 0 && space >= 0);
    int rank = H5Sget_simple_extent_dims(space, size, NULL);
    for (int axis = 0; axis < rank; axis++)
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%d", axis > 0 ? "x" : "",
                 (int)size[axis]);
    assert_string_equal(found, shape);
    assert_true(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, ret) >= 0);
    H5Sclose(space);
    H5Dclose(dataset);
}

static inline void read_texts(hid_t file, const char *name, const char *shape, size_t count,
                              const char *const *expected)
{
    char *text[16];
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    read_variable(file, name, shape, type, text);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(text[i], expected[i]);
        H5free_memory(text[i]);
    }
    H5Tclose(type);
}

static inline void assert_text_attribute(hid_t file, const char *object, const char *name,
                                         const char *expected)
{
    char text[512] = "";
    hid_t attribute = H5Aopen_by_name(file, object, name, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(attribute >= 0);
    hid_t type = H5Aget_type(attribute);
    assert_true(H5Tget_size(type) < sizeof text);
    assert_true(H5Aread(attribute, type, text) >= 0);
    assert_string_equal(text, expected);
    H5Tclose(type);
    H5Aclose(attribute);
}

static inline double number_attribute(hid_t file, const char *object, const char *name)
{
    double number[8] = {0};
    hid_t attribute = H5Aopen_by_name(file, object, name, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(attribute >= 0);
    assert_true(H5Aread(attribute, H5T_NATIVE_DOUBLE, number) >= 0);
    H5Aclose(attribute);
    return number[0];
}

static inline bool has_attribute(hid_t file, const char *object, const char *name)
{
    return H5Aexists_by_name(file, object, name, H5P_DEFAULT) > 0;
}

#endif
