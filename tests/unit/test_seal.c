/* coopsim - GPL-3.0-or-later
 *
 * A sealed file appears whole or not at all, nothing is overwritten unasked, nothing temporary
 * stays behind, and the message says what to do. */
#include "sim/io/seal.h"

#include <dirent.h>
#include <errno.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATH_LENGTH = 512, NOT_POSSIBLE = 100 };

static char directory[] = "/tmp/coopsim-seal-XXXXXX";

static int make_directory(void **state)
{
    (void)state;
    strcpy(directory + strlen(directory) - 6, "XXXXXX");
    return mkdtemp(directory) == NULL;
}

/* The entries of a directory; also removes them, so that every test starts with none. */
static size_t count_entries(const char *path, bool delete)
{
    size_t entries = 0;
    DIR *open = opendir(path);
    assert_non_null(open);
    for (struct dirent *entry = readdir(open); entry != NULL; entry = readdir(open)) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        entries++;
        if (delete &&unlinkat(dirfd(open), entry->d_name, 0) != 0)
            unlinkat(dirfd(open), entry->d_name, AT_REMOVEDIR);
    }
    closedir(open);
    return entries;
}

static int remove_directory(void **state)
{
    (void)state;
    count_entries(directory, true);
    return rmdir(directory);
}

static const char *in_directory(const char *name)
{
    static char path[PATH_LENGTH];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    return path;
}

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void assert_content(const char *path, const char *expected)
{
    char content[256];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t length = fread(content, 1, sizeof content - 1, file);
    content[length] = '\0';
    fclose(file);
    assert_string_equal(content, expected);
}

static void assert_message_has(const char *part)
{
    if (strstr(coop_status_message(), part) == NULL)
        fail_msg("`%s` is missing in: %s", part, coop_status_message());
}

static void test_writes_whole_file(void **state)
{
    (void)state;
    size_t size = 5 << 20;
    char *bytes = malloc(size), *read_back = malloc(size + 1);
    assert_true(bytes != NULL && read_back != NULL);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(i * 2654435761u >> 13);
    const char *path = in_directory("out.h5");
    assert_int_equal(coop_seal_check(path, size, false), COOP_OK);
    assert_int_equal(coop_seal_write(path, bytes, size, false), COOP_OK);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fread(read_back, 1, size + 1, file), size);
    fclose(file);
    assert_memory_equal(bytes, read_back, size);
    assert_int_equal(count_entries(directory, false), 1);
    free(bytes);
    free(read_back);
}

static void test_writes_nothing_too(void **state)
{
    (void)state;
    assert_int_equal(coop_seal_write(in_directory("empty"), "", 0, false), COOP_OK);
    assert_content(in_directory("empty"), "");
}

static void test_existing_file_is_kept(void **state)
{
    (void)state;
    const char *path = in_directory("out.h5");
    write_text(path, "precious");
    assert_int_equal(coop_seal_check(path, 1, false), COOP_CANNOT_CREATE);
    assert_message_has("out.h5 exists: choose another name with -o or overwrite it with --force");
    assert_int_equal(coop_seal_write(path, "new", 3, false), COOP_CANNOT_CREATE);
    assert_message_has("--force");
    assert_content(path, "precious");
    assert_int_equal(count_entries(directory, false), 1);
}

static void test_existing_file_is_replaced_if_asked(void **state)
{
    (void)state;
    const char *path = in_directory("out.h5");
    write_text(path, "old and long");
    assert_int_equal(coop_seal_check(path, 1, true), COOP_OK);
    assert_int_equal(coop_seal_write(path, "new", 3, true), COOP_OK);
    assert_content(path, "new");
    assert_int_equal(count_entries(directory, false), 1);
}

/* Following it would overwrite a file elsewhere. */
static void test_dangling_link_exists(void **state)
{
    (void)state;
    const char *path = in_directory("out.h5");
    assert_int_equal(symlink("nowhere", path), 0);
    assert_int_equal(coop_seal_check(path, 1, false), COOP_CANNOT_CREATE);
    assert_int_equal(coop_seal_write(path, "new", 3, false), COOP_CANNOT_CREATE);
    assert_int_equal(count_entries(directory, false), 1);
}

static void test_missing_directory(void **state)
{
    (void)state;
    const char *path = in_directory("results/out.h5");
    assert_int_equal(coop_seal_check(path, 1, false), COOP_CANNOT_CREATE);
    assert_message_has("results does not exist: create it first");
    assert_int_equal(coop_seal_write(path, "new", 3, true), COOP_CANNOT_CREATE);
    assert_message_has("results does not exist: create it first");
}

static void test_file_as_directory(void **state)
{
    (void)state;
    write_text(in_directory("results"), "a file");
    const char *path = in_directory("results/out.h5");
    assert_int_equal(coop_seal_check(path, 1, false), COOP_CANNOT_CREATE);
    assert_message_has("results is not a directory");
    assert_int_equal(coop_seal_write(path, "new", 3, false), COOP_CANNOT_CREATE);
}

static void test_directory_as_file(void **state)
{
    (void)state;
    const char *path = in_directory("results");
    assert_int_equal(mkdir(path, 0777), 0);
    assert_int_equal(coop_seal_check(path, 1, true), COOP_CANNOT_CREATE);
    assert_message_has("is a directory");
    assert_int_equal(coop_seal_write(path, "new", 3, true), COOP_CANNOT_CREATE);
    assert_int_equal(coop_seal_write(in_directory("results/"), "new", 3, false),
                     COOP_CANNOT_CREATE);
    assert_message_has("is not the name of a file");
    assert_int_equal(count_entries(path, false), 0);
}

static void test_longest_name(void **state)
{
    (void)state;
    char name[257];
    memset(name, 'n', sizeof name - 1);
    name[256] = '\0';
    assert_int_equal(coop_seal_write(in_directory(name), "new", 3, false), COOP_CANNOT_CREATE);
    name[255] = '\0';
    assert_int_equal(coop_seal_write(in_directory(name), "new", 3, false), COOP_OK);
    assert_int_equal(count_entries(directory, false), 1);
}

static void test_more_than_the_disk_has(void **state)
{
    (void)state;
    assert_int_equal(coop_seal_check(in_directory("out.h5"), SIZE_MAX, false), COOP_CANNOT_CREATE);
    assert_message_has("disk full: needs 1.84e+13 MB");
}

/* Runs in a child, since limits and mounts must not outlive the test. Returns what the child
 * returned: 0 if all was as it should be. */
static int in_child(int (*body)(void))
{
    int ended = 0;
    pid_t child = fork();
    if (child == 0)
        _exit(body());
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFEXITED(ended));
    return WEXITSTATUS(ended);
}

static bool leaves_nothing(const char *path, size_t before)
{
    return access(path, F_OK) != 0 && count_entries(directory, false) == before;
}

static int exceed_file_size(void)
{
    static char bytes[100000];
    struct rlimit limit = {40000, 40000};
    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        return 1;
    if (coop_seal_write(in_directory("out.h5"), bytes, sizeof bytes, false) != COOP_IO)
        return 2;
    if (strstr(coop_status_message(), "it needs 0.1 MB") == NULL)
        return 3;
    return leaves_nothing(in_directory("out.h5"), 0) ? 0 : 4;
}

static void test_failed_write_leaves_nothing(void **state)
{
    (void)state;
    assert_int_equal(in_child(exceed_file_size), 0);
    assert_int_equal(count_entries(directory, false), 0);
}

static int fill_disk(void)
{
    static char bytes[100000];
    if (unshare(CLONE_NEWNS) != 0 || mount("", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("coopsim", directory, "tmpfs", 0, "size=64k") != 0)
        return NOT_POSSIBLE;
    const char *path = in_directory("out.h5");
    if (coop_seal_check(path, sizeof bytes, false) != COOP_CANNOT_CREATE)
        return 1;
    if (coop_seal_write(path, bytes, sizeof bytes, false) != COOP_IO)
        return 2;
    if (strstr(coop_status_message(), "disk full: needs 0.1 MB") == NULL)
        return 3;
    if (!leaves_nothing(path, 0))
        return 4;
    /* The old file survives a replacement that does not fit, and what fits is written. */
    if (coop_seal_write(path, "old", 3, false) != COOP_OK ||
        coop_seal_write(path, bytes, sizeof bytes, true) != COOP_IO)
        return 5;
    struct stat found;
    return stat(path, &found) == 0 && found.st_size == 3 && count_entries(directory, false) == 1
               ? 0
               : 6;
}

/* Where mounts are forbidden, the file size limit above has stood in for the full disk. */
static void test_full_disk(void **state)
{
    (void)state;
    int result = in_child(fill_disk);
    if (result != NOT_POSSIBLE)
        assert_int_equal(result, 0);
}

/* The writers wait for the pipe to close, so that they start together. */
static pid_t start_writer(const int gate[2], const char *text)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    char byte;
    close(gate[1]);
    if (read(gate[0], &byte, 1) != 0)
        _exit(99);
    _exit((int)coop_seal_write(in_directory("out.h5"), text, strlen(text), false));
}

static void test_one_of_two_writers_wins(void **state)
{
    (void)state;
    static const char *const text[2] = {"first", "second"};
    for (int round = 0; round < 50; round++) {
        int gate[2], ended[2];
        pid_t child[2];
        assert_int_equal(pipe(gate), 0);
        for (int i = 0; i < 2; i++)
            child[i] = start_writer(gate, text[i]);
        close(gate[0]);
        close(gate[1]);
        for (int i = 0; i < 2; i++) {
            assert_int_equal(waitpid(child[i], &ended[i], 0), child[i]);
            assert_true(WIFEXITED(ended[i]));
        }
        int winner = WEXITSTATUS(ended[0]) == COOP_OK ? 0 : 1;
        assert_int_equal(WEXITSTATUS(ended[winner]), COOP_OK);
        assert_int_equal(WEXITSTATUS(ended[1 - winner]), COOP_CANNOT_CREATE);
        assert_content(in_directory("out.h5"), text[winner]);
        assert_int_equal(count_entries(directory, true), 1);
    }
}

#define SEAL_TEST(test) cmocka_unit_test_setup_teardown(test, make_directory, remove_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SEAL_TEST(test_writes_whole_file),
        SEAL_TEST(test_writes_nothing_too),
        SEAL_TEST(test_existing_file_is_kept),
        SEAL_TEST(test_existing_file_is_replaced_if_asked),
        SEAL_TEST(test_dangling_link_exists),
        SEAL_TEST(test_missing_directory),
        SEAL_TEST(test_file_as_directory),
        SEAL_TEST(test_directory_as_file),
        SEAL_TEST(test_longest_name),
        SEAL_TEST(test_more_than_the_disk_has),
        SEAL_TEST(test_failed_write_leaves_nothing),
        SEAL_TEST(test_full_disk),
        SEAL_TEST(test_one_of_two_writers_wins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
