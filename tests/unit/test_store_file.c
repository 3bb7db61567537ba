/* coopsim - GPL-3.0-or-later
 *
 * The result file as a file: equal bytes for equal results, refusals, failures of HDF5, and
 * variables of many chunks. */
#include "sim/io/h5.h"
#include "sim/io/seal.h"
#include "tests/unit/stored.h"

/* A measure that has the name of a variable every file has. */
static const struct coop_measure bad_measures[] = {
    {"status", "1", "", "Clashes.", NAN, NAN, NAN, 0, NULL, false, 0}};
static const struct coop_observer bad_observer = {
    .name = "bad", .summary = "", .measures = bad_measures, .measure_count = 1};
static const struct coop_observer *const bad_observers[] = {&bad_observer, NULL};

static char *read_file(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *ret_size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*ret_size);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *ret_size, file), *ret_size);
    fclose(file);
    unlink(path);
    return bytes;
}

static void test_equal_results_give_equal_bytes(void **state)
{
    size_t size[2];
    char *bytes[2];
    for (int i = 0; i < 2; i++) {
        const char *path = in_directory(i == 0 ? "first.h5" : "second.h5");
        /* Everything anew, and a missing value that another compiler might have made. */
        free_result(state);
        assert_int_equal(make_result(state), 0);
        record[1].final_error[0] = i == 0 ? NAN : -NAN;
        assert_int_equal(write_result(path, &model, false), COOP_OK);
        bytes[i] = read_file(path, &size[i]);
    }
    assert_int_equal(size[0], size[1]);
    assert_memory_equal(bytes[0], bytes[1], size[0]);
    free(bytes[0]);
    free(bytes[1]);
}

static void test_different_weeks_are_refused(void **state)
{
    (void)state;
    const char *path = in_directory("out.h5");
    record[2].week[1] = 51;
    assert_int_equal(write_result(path, &model, false), COOP_USAGE);
    record[2].week[1] = 52;
    assert_non_null(strstr(coop_status_message(), "runs `base` and `rotation` record different "
                                                  "weeks (record 2 is after week 52 in one, "
                                                  "after week 51 in the other)"));
    assert_true(access(path, F_OK) != 0);
}

/* HDF5 counts open files, groups and datasets only. It numbers the other objects upwards, so that
 * what was left open lies between two made before and after. */
struct probe {
    hid_t space, type, properties;
};

static struct probe make_probe(void)
{
    return (struct probe){H5Screate(H5S_SCALAR), H5Tcopy(H5T_C_S1), H5Pcreate(H5P_DATASET_CREATE)};
}

static size_t count_open(hid_t first, hid_t last)
{
    size_t open = 0;
    assert_true(first > 0 && last > first);
    for (hid_t id = first + 1; id < last; id++)
        open += H5Iis_valid(id) > 0;
    return open;
}

static void assert_nothing_open_since(struct probe before)
{
    struct probe after = make_probe();
    assert_int_equal(count_open(before.space, after.space), 0);
    assert_int_equal(count_open(before.type, after.type), 0);
    assert_int_equal(count_open(before.properties, after.properties), 0);
    H5Sclose(before.space);
    H5Sclose(after.space);
    H5Tclose(before.type);
    H5Tclose(after.type);
    H5Pclose(before.properties);
    H5Pclose(after.properties);
    assert_int_equal(H5Fget_obj_count((hid_t)H5F_OBJ_ALL, H5F_OBJ_ALL), 0);
}

static void test_existing_file_is_refused(void **state)
{
    (void)state;
    const char *path = in_directory("out.h5");
    struct probe before = make_probe();
    assert_int_equal(write_result(path, &model, false), COOP_OK);
    assert_int_equal(write_result(path, &model, false), COOP_CANNOT_CREATE);
    assert_int_equal(write_result(path, &model, true), COOP_OK);
    unlink(path);
    assert_nothing_open_since(before);
}

/* HDF5's own words, nothing on stderr, no object left open, and the caller's setting kept. */
static void test_failure_of_hdf5_is_told(void **state)
{
    (void)state;
    char printed[64];
    struct coop_model clashing = model;
    clashing.observers = bad_observers;
    const char *path = in_directory("out.h5");
    struct probe before = make_probe();
    FILE *log = tmpfile();
    int standard_error = dup(STDERR_FILENO);
    dup2(fileno(log), STDERR_FILENO);
    enum coop_status status = write_result(path, &clashing, false);
    dup2(standard_error, STDERR_FILENO);
    close(standard_error);
    assert_int_equal(status, COOP_INTERNAL);
    assert_string_equal(coop_status_message(), "HDF5 cannot create `status`: name already exists");
    rewind(log);
    assert_int_equal(fread(printed, 1, sizeof printed, log), 0);
    fclose(log);
    assert_true(access(path, F_OK) != 0);
    assert_nothing_open_since(before);
    H5E_auto2_t print = NULL;
    H5Eget_auto2(H5E_DEFAULT, &print, NULL);
    assert_true(print != NULL);
}

struct shape {
    size_t runs, times, organisations;
};

static float cell_value(size_t run, size_t cell)
{
    return (float)(run * 7919 + cell % 104729);
}

static void fill_cells(const void *context, size_t run, void *ret_row)
{
    const struct shape *shape = context;
    for (size_t i = 0; i < shape->times * shape->organisations; i++)
        ((float *)ret_row)[i] = cell_value(run, i);
}

static void write_shape(const char *path, const struct shape *shape)
{
    struct coop_h5_file file;
    void *bytes = NULL;
    size_t size = 0;
    assert_int_equal(coop_h5_file_open(&file), COOP_OK);
    struct coop_h5_variable variable = {
        .place = file.id,
        .name = "cells",
        .type = COOP_H5_F32,
        .rank = 3,
        .axis = {{0, shape->runs}, {0, shape->times}, {0, shape->organisations}},
        .fill_row = fill_cells,
        .context = shape};
    assert_int_equal(coop_h5_write(&variable), COOP_OK);
    assert_int_equal(coop_h5_file_close(&file, &bytes, &size), COOP_OK);
    assert_int_equal(coop_seal_write(path, bytes, size, false), COOP_OK);
    free(bytes);
}

/* More runs than a chunk has, and a run that needs more than one chunk. */
static void test_many_chunks(void **state)
{
    (void)state;
    static const struct shape shapes[] = {{150, 10, 20}, {3, 70, 4300}};
    static const char *const text[] = {"150x10x20", "3x70x4300"};
    for (size_t s = 0; s < 2; s++) {
        size_t cells = shapes[s].times * shapes[s].organisations, wrong = 0;
        float *value = filled(shapes[s].runs * cells, sizeof *value);
        write_shape(in_directory("out.h5"), &shapes[s]);
        hid_t file = H5Fopen(in_directory("out.h5"), H5F_ACC_RDONLY, H5P_DEFAULT);
        read_variable(file, "cells", text[s], H5T_NATIVE_FLOAT, value);
        for (size_t i = 0; i < shapes[s].runs * cells; i++)
            wrong += value[i] != cell_value(i / cells, i % cells);
        assert_int_equal(wrong, 0);
        free(value);
        close_result(file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal_results_give_equal_bytes),
        cmocka_unit_test(test_different_weeks_are_refused),
        cmocka_unit_test(test_existing_file_is_refused),
        cmocka_unit_test(test_failure_of_hdf5_is_told),
        cmocka_unit_test(test_many_chunks),
    };
    return cmocka_run_group_tests(tests, make_all, free_all);
}
