/* coopsim - GPL-3.0-or-later
 *
 * The manifest: what is written is read; what was altered is passed over, never taken for something
 * else. */
#include "sim/io/manifest.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { LINES = 3, MUTATIONS = 600 };

static char directory[] = "/tmp/coopsim-manifest-XXXXXX";
static char path[sizeof directory + 32];

static void write_lines(void)
{
    static char done[] = "0-9,12", failed[] = "11";
    int fd;
    unlink(path);
    assert_int_equal(coop_manifest_open(directory, "1-of-1", &fd), COOP_OK);
    for (size_t i = 0; i < LINES; i++) {
        struct coop_manifest_line line = {.bytes = 1000 + i,
                                          .done = done,
                                          .failed = failed,
                                          .pid = 42,
                                          .seconds = 1.5,
                                          .worker_weeks = 1e12};
        snprintf(line.shard, sizeof line.shard, "1-of-1-%06zu.h5", i);
        snprintf(line.sha256, sizeof line.sha256, "%064zu", i);
        assert_int_equal(coop_manifest_append(fd, &line), COOP_OK);
    }
    close(fd);
}

static size_t load(char *ret, size_t size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    const size_t got = fread(ret, 1, size, file);
    fclose(file);
    return got;
}

static void store(const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static void test_what_is_written_is_read(void **state)
{
    struct coop_manifest manifest;
    (void)state;
    write_lines();
    assert_int_equal(coop_manifest_read(&manifest, directory), COOP_OK);
    assert_int_equal(manifest.lines, LINES);
    assert_int_equal(manifest.passed_over, 0);
    const struct coop_manifest_line *line = coop_manifest_find(&manifest, "1-of-1-000001.h5");
    assert_non_null(line);
    assert_int_equal(line->bytes, 1001);
    assert_int_equal(line->pid, 42);
    assert_string_equal(line->done, "0-9,12");
    assert_string_equal(line->failed, "11");
    assert_true(line->seconds == 1.5 && line->worker_weeks == 1e12);
    assert_null(coop_manifest_find(&manifest, "1-of-1-000009.h5"));
    coop_manifest_free(&manifest);
}

/* Whatever is cut off, the lines before it are read, and writing goes on with a line of its own. */
static void test_torn_lines(void **state)
{
    char bytes[4096];
    (void)state;
    write_lines();
    const size_t size = load(bytes, sizeof bytes);
    for (size_t cut = 0; cut <= size; cut += 7) {
        struct coop_manifest manifest;
        size_t whole = 0;
        int fd;
        store(bytes, size - cut);
        for (size_t i = 0; i < size - cut; i++)
            whole += bytes[i] == '\n';
        assert_int_equal(coop_manifest_open(directory, "1-of-1", &fd), COOP_OK);
        char none[] = "";
        assert_int_equal(
            coop_manifest_append(
                fd, &(struct coop_manifest_line){.shard = "x.h5", .done = none, .failed = none}),
            COOP_OK);
        close(fd);
        assert_int_equal(coop_manifest_read(&manifest, directory), COOP_OK);
        assert_int_equal(manifest.lines, whole + 1);
        assert_int_equal(manifest.passed_over, 0);
        coop_manifest_free(&manifest);
    }
}

/* A changed byte costs at most the two lines that it stands between. */
static void test_mutations(void **state)
{
    char bytes[4096], changed[sizeof bytes];
    (void)state;
    write_lines();
    const size_t size = load(bytes, sizeof bytes);
    uint32_t random = 12345;
    for (int i = 0; i < MUTATIONS; i++) {
        struct coop_manifest manifest;
        memcpy(changed, bytes, size);
        random = random * 1664525u + 1013904223u;
        const size_t at = (random >> 8) % size;
        changed[at] ^= (char)(1 << i % 8);
        store(changed, size);
        assert_int_equal(coop_manifest_read(&manifest, directory), COOP_OK);
        assert_true(manifest.lines >= LINES - 2 && manifest.lines < LINES);
        for (size_t l = 0; l < manifest.lines; l++) {
            assert_string_equal(manifest.line[l].done, "0-9,12");
            assert_true(manifest.line[l].bytes >= 1000 && manifest.line[l].bytes < 1000 + LINES);
        }
        coop_manifest_free(&manifest);
    }
}

static void test_ranges(void **state)
{
    const int64_t number[] = {0, 1, 2, 5, 7, 8};
    const int8_t ended[] = {0, 0, 0, 1, 0, 0};
    int8_t mark[9];
    (void)state;
    char *done = coop_manifest_ranges(number, ended, 6, 0);
    char *failed = coop_manifest_ranges(number, ended, 6, 1);
    char *stopped = coop_manifest_ranges(number, ended, 6, 2);
    assert_string_equal(done, "0-2,7-8");
    assert_string_equal(failed, "5");
    assert_string_equal(stopped, "");
    memset(mark, 2, sizeof mark);
    coop_manifest_mark(done, mark, 8, 0);
    assert_memory_equal(mark, ((int8_t[]){0, 0, 0, 2, 2, 2, 2, 0, 2}), sizeof mark);
    coop_manifest_mark("3-99999999999999999999,x", mark, sizeof mark, 1);
    coop_manifest_mark("9-3,,-", mark, sizeof mark, 1);
    free(done);
    free(failed);
    free(stopped);
}

static int make_directory(void **state)
{
    (void)state;
    if (mkdtemp(directory) == NULL)
        return 1;
    snprintf(path, sizeof path, "%s/manifest-1-of-1.jsonl", directory);
    return 0;
}

static int remove_directory(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_written_is_read), cmocka_unit_test(test_torn_lines),
        cmocka_unit_test(test_mutations), cmocka_unit_test(test_ranges)};
    return cmocka_run_group_tests_name("manifest", tests, make_directory, remove_directory);
}
