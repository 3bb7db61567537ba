/* coopsim - GPL-3.0-or-later
 *
 * The reader: what was stored is read; of a file that was changed in any way nothing is. */
#include "tests/unit/stored.h"

#include "sim/io/merge.h"
#include "sim/io/read.h"

#include <math.h>

enum { MUTATIONS = 300 };

static const char *stored(void)
{
    const char *path = in_directory("read.h5");
    assert_int_equal(write_result(path, &model, true), COOP_OK);
    return path;
}

static void test_values(void **state)
{
    struct coop_reader reader;
    double value[RUNS], error[RUNS], series[RUNS * 3];
    size_t measure;
    (void)state;
    assert_int_equal(coop_reader_open(&reader, stored()), COOP_OK);
    assert_int_equal(reader.runs, RUNS);
    assert_int_equal(reader.done, 3);
    assert_int_equal(reader.failed, 1);
    assert_int_equal(reader.times, 3);
    assert_int_equal(reader.week[2], 104);
    assert_int_equal(reader.measures, MEASURES);
    assert_int_equal(coop_reader_measure(&reader, "income", &measure), COOP_OK);
    assert_int_equal(coop_reader_finals(&reader, measure, 0, RUNS, value, error), COOP_OK);
    assert_true(value[0] == 0.5 && isnan(value[3]) && isnan(error[0]));
    assert_int_equal(coop_reader_series(&reader, measure, 1, 2, series), COOP_OK);
    assert_true(series[0] == 0.25 + 0.03125 * 3 && series[4] == 0.5 + 0.03125 * 3 &&
                isnan(series[5]));
    assert_int_equal(coop_reader_param(&reader, "rotation.on", 1, 3, value), COOP_OK);
    assert_true(value[0] == 0 && value[1] == 1 && value[2] == 1);
    assert_int_equal(coop_reader_param(&reader, "voice.know", 2, 2, value), COOP_OK);
    assert_true(value[0] == 9 && value[1] == 9);
    assert_int_equal(coop_reader_param(&reader, "voice.know", 3, 2, value), COOP_USAGE);
    assert_int_equal(coop_reader_number(&reader, "self", 0, RUNS, value), COOP_OK);
    assert_true(value[1] == 0 && value[3] == 2);
    coop_reader_close(&reader);
}

static void test_texts(void **state)
{
    struct coop_reader reader;
    char *text;
    (void)state;
    assert_int_equal(coop_reader_open(&reader, stored()), COOP_OK);
    assert_int_equal(coop_reader_text(&reader, "case", 3, &text), COOP_OK);
    assert_string_equal(text, "rotation");
    free(text);
    assert_int_equal(coop_reader_text(&reader, "state_hash", 3, &text), COOP_OK);
    assert_string_equal(text, "");
    free(text);
    assert_int_equal(coop_reader_provenance(&reader, "config_text", &text), COOP_OK);
    assert_string_equal(text, yaml);
    free(text);
    coop_reader_close(&reader);
}

static void test_what_is_not_there(void **state)
{
    struct coop_reader reader;
    double value[RUNS];
    size_t measure;
    char *text;
    (void)state;
    assert_int_equal(coop_reader_open(&reader, stored()), COOP_OK);
    assert_int_equal(coop_reader_require_whole(&reader), COOP_REFUSED);
    assert_int_equal(coop_reader_measure(&reader, "incom", &measure), COOP_REFUSED);
    assert_non_null(strstr(coop_status_message(), "did you mean 'income'?"));
    assert_int_equal(coop_reader_param(&reader, "rotation.of", 0, 1, value), COOP_REFUSED);
    assert_int_equal(coop_reader_param(&reader, "tasks.share", 0, 1, value), COOP_REFUSED);
    assert_int_equal(coop_reader_number(&reader, "case", 0, 1, value), COOP_REFUSED);
    assert_int_equal(coop_reader_number(&reader, "nothing", 0, 1, value), COOP_REFUSED);
    assert_int_equal(coop_reader_finals(&reader, 0, 2, RUNS, value, NULL), COOP_USAGE);
    assert_int_equal(coop_reader_provenance(&reader, "nothing", &text), COOP_REFUSED);
    assert_int_equal(coop_reader_text(&reader, "status", 0, &text), COOP_REFUSED);
    coop_reader_close(&reader);
    assert_int_equal(coop_reader_open(&reader, "/nowhere/at/all"), COOP_IO);
    coop_reader_close(&reader);
    assert_int_equal(coop_reader_open(&reader, directory), COOP_REFUSED);
    coop_reader_close(&reader);
}

static char *load(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *ret_size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*ret_size + 64);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *ret_size, file), *ret_size);
    fclose(file);
    return bytes;
}

static enum coop_status open_bytes(const char *bytes, size_t size)
{
    struct coop_reader reader;
    const char *path = in_directory("changed.h5");
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
    const enum coop_status status = coop_reader_open(&reader, path);
    coop_reader_close(&reader);
    unlink(path);
    return status;
}

/* Bytes changed, cut off, added or exchanged. */
static void test_mutations(void **state)
{
    size_t size;
    char *bytes = load(stored(), &size), *changed = malloc(size + 64);
    uint32_t random = 777;
    (void)state;
    assert_non_null(changed);
    assert_int_equal(open_bytes(bytes, size), COOP_OK);
    for (int i = 0; i < MUTATIONS; i++) {
        size_t length = size;
        random = random * 1664525u + 1013904223u;
        const size_t at = (size_t)(random >> 4) % size;
        memcpy(changed, bytes, size);
        memset(changed + size, 'x', 64);
        if (i % 4 == 0)
            length = at;
        else if (i % 4 == 1)
            length = size + 1 + at % 63;
        else
            changed[at] = (char)(changed[at] ^ (1 << i % 8));
        assert_int_equal(open_bytes(changed, length), COOP_REFUSED);
    }
    free(bytes);
    free(changed);
}

/* Even with a fitting checksum a file that is none of coopsim's is refused by what it lacks. */
static void test_foreign_files(void **state)
{
    const char *path = in_directory("foreign.h5");
    static const char text[] = "This is not HDF5.";
    size_t size = sizeof text;
    void *bytes = malloc(size);
    (void)state;
    assert_non_null(bytes);
    memcpy(bytes, text, size);
    assert_int_equal(coop_digest_append(&bytes, &size), COOP_OK);
    assert_int_equal(open_bytes(bytes, size), COOP_REFUSED);
    free(bytes);
    hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    H5Gclose(H5Gcreate2(file, "run", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    H5Fclose(file);
    char *hdf5 = load(path, &size);
    assert_int_equal(open_bytes(hdf5, size), COOP_REFUSED);
    bytes = hdf5;
    assert_int_equal(coop_digest_append(&bytes, &size), COOP_OK);
    assert_int_equal(open_bytes(bytes, size), COOP_REFUSED);
    free(bytes);
    unlink(in_directory("foreign.h5"));
}

static void overwrite(hid_t file, const char *name, hid_t type, const void *value)
{
    hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT);
    assert_true(dataset >= 0);
    assert_true(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, value) >= 0);
    H5Dclose(dataset);
}

/* What somebody may do to a file with HDF5's own tools. */
static void plant(hid_t file, int number)
{
    switch (number) {
    case 0:
        overwrite(file, "status", H5T_NATIVE_INT8, (int8_t[]){0, 0, 9, 1});
        break;
    case 1:
        overwrite(file, "run", H5T_NATIVE_INT64, (int64_t[]){0, 1, 1, 2});
        break;
    case 2:
        overwrite(file, "run", H5T_NATIVE_INT64, (int64_t[]){-1, 0, 1, 2});
        break;
    case 3:
        overwrite(file, "run", H5T_NATIVE_INT64, (int64_t[]){0, 1, 2, 1LL << 40});
        break;
    case 4:
        assert_true(H5Ldelete(file, "time", H5P_DEFAULT) >= 0);
        break;
    case 5:
        assert_true(H5Ldelete(file, "status", H5P_DEFAULT) >= 0);
        break;
    case 6:
        assert_true(H5Ldelete(file, "provenance", H5P_DEFAULT) >= 0);
        break;
    case 7:
        assert_true(H5Adelete(file, "settings_sha256") >= 0);
        break;
    case 8:
        assert_true(H5Ldelete(file, "state_hash", H5P_DEFAULT) >= 0);
        break;
    case 9:
        overwrite(file, "status", H5T_NATIVE_INT8, (int8_t[]){0, 0, 0, 0});
        break;
    default:
        assert_true(H5Lmove(file, "self", file, "time2", H5P_DEFAULT, H5P_DEFAULT) >= 0);
        assert_true(H5Lmove(file, "case", file, "self", H5P_DEFAULT, H5P_DEFAULT) >= 0);
        assert_true(H5Lmove(file, "time2", file, "case", H5P_DEFAULT, H5P_DEFAULT) >= 0);
    }
}

static enum coop_status use(const char *path)
{
    struct coop_reader reader;
    double value[RUNS];
    char *text = NULL;
    enum coop_status status = coop_reader_open(&reader, path);
    if (status == COOP_OK)
        status = coop_reader_verify(&reader);
    if (status == COOP_OK)
        status = coop_reader_text(&reader, "case", 0, &text);
    if (status == COOP_OK)
        status = coop_reader_param(&reader, "run.seed", 0, RUNS, value);
    free(text);
    coop_reader_close(&reader);
    return status;
}

/* HDF5 itself crashes on files whose structure was damaged, which is why it never sees one whose
 * checksum does not fit. What fits and still is not what coopsim writes is refused too. */
static void test_planted_changes(void **state)
{
    (void)state;
    for (int number = 0; number <= 10; number++) {
        size_t size;
        const char *path = in_directory("planted.h5");
        char *bytes = load(stored(), &size);
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(bytes, 1, size - COOP_SEAL_BYTES, file), size - COOP_SEAL_BYTES);
        fclose(file);
        free(bytes);
        hid_t planted = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
        assert_true(planted >= 0);
        plant(planted, number);
        H5Fclose(planted);
        void *changed = load(path, &size);
        assert_int_equal(coop_digest_append(&changed, &size), COOP_OK);
        file = fopen(path, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(changed, 1, size, file), size);
        fclose(file);
        free(changed);
        assert_int_equal(use(path), COOP_REFUSED);
        unlink(path);
    }
}

static void test_merging_one_file_gives_the_file(void **state)
{
    struct coop_reader reader;
    size_t size, merged_size, values;
    void *merged;
    char different[64];
    const char *path = stored();
    char *bytes = load(path, &size);
    (void)state;
    assert_int_equal(coop_reader_open(&reader, path), COOP_OK);
    assert_int_equal(coop_merge_build(&reader, NULL, 0, &merged, &merged_size), COOP_OK);
    assert_int_equal(merged_size, size);
    assert_memory_equal(merged, bytes, size);
    assert_int_equal(
        coop_merge_compare(&reader, 1, merged, merged_size, different, sizeof different, &values),
        COOP_OK);
    assert_string_equal(different, "");
    assert_true(values > 50);
    coop_reader_close(&reader);
    free(merged);
    free(bytes);
}

static int remove_files(void **state)
{
    unlink(in_directory("read.h5"));
    return free_all(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_what_is_not_there),
        cmocka_unit_test(test_mutations),
        cmocka_unit_test(test_foreign_files),
        cmocka_unit_test(test_planted_changes),
        cmocka_unit_test(test_merging_one_file_gives_the_file),
    };
    return cmocka_run_group_tests_name("read", tests, make_all, remove_files);
}
