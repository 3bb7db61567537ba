/* coopsim - GPL-3.0-or-later
 *
 * Parts come back from a checkpoint bit for bit, whatever their type, rank and used corner; a file
 * that is not whole is refused; nothing half-written stays. */
#include "sim/io/checkpoint.h"
#include "sim/io/digest.h"
#include "sim/io/seal.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATH_LENGTH = 128 };
static char directory[] = "/tmp/coopsim-checkpoint-XXXXXX";

static int make_directory(void **state)
{
    (void)state;
    return mkdtemp(directory) == NULL;
}

static int remove_directory(void **state)
{
    (void)state;
    return rmdir(directory);
}

static const char *in_directory(const char *name)
{
    static char path[4][PATH_LENGTH];
    static size_t next;
    next = (next + 1) % 4;
    snprintf(path[next], PATH_LENGTH, "%s/%s", directory, name);
    return path[next];
}

static struct coop_provenance provenance = {.title = "",
                                            .config_text = "model: seo # mine\n",
                                            .resolved_config = "model: seo\ncases:\n",
                                            .settings = "",
                                            .version = "1.2.3",
                                            .revision = "abc"};

static void add(struct coop_parts *parts, struct coop_part part, const size_t *size,
                const size_t *used)
{
    memcpy(part.size, size, sizeof part.size);
    memcpy(part.used, used, sizeof part.used);
    assert_int_equal(coop_parts_add(parts, part), COOP_OK);
    const struct coop_part *added = &parts->item[parts->count - 1];
    size_t elements = 1;
    for (int axis = 0; axis < added->rank; axis++)
        elements *= added->size[axis];
    /* Every bit pattern is a value, those of missing ones too. */
    for (size_t i = 0; i < elements * coop_part_bytes(added->type); i++)
        ((unsigned char *)added->data)[i] = (unsigned char)(i * 151 + 255 * (i / 256) + 127);
}
#define THREE(...) ((const size_t[COOP_PART_RANK]){__VA_ARGS__})

/* Every type, every rank, whole and in part, and nothing at all. */
static struct coop_parts make_parts(int64_t week)
{
    struct coop_parts parts = {0};
    static const enum coop_part_type type[] = {COOP_PART_F32, COOP_PART_F64, COOP_PART_U32,
                                               COOP_PART_I64, COOP_PART_U8};
    add(&parts, (struct coop_part){.name = "week", .type = COOP_PART_I64}, THREE(0), THREE(0));
    memcpy(parts.item[0].data, &week, sizeof week);
    for (size_t t = 0; t < sizeof type / sizeof *type; t++) {
        struct coop_part part = {.type = type[t], .rank = 1, .unit = "1", .summary = "Something"};
        snprintf(part.name, sizeof part.name, "state/line%zu", t);
        add(&parts, part, THREE(700), THREE(700));
        part.rank = 2;
        snprintf(part.name, sizeof part.name, "state/table%zu", t);
        add(&parts, part, THREE(5, 9), THREE(5, 4));
        snprintf(part.name, sizeof part.name, "record/none%zu", t);
        add(&parts, part, THREE(5, 9), THREE(0, 9));
        part.rank = 3;
        snprintf(part.name, sizeof part.name, "record/block%zu", t);
        add(&parts, part, THREE(3, 6, 7), THREE(3, 2, 7));
    }
    return parts;
}

/* Element by element of the used corner. */
static void assert_same_part(const struct coop_part *a, const struct coop_part *b)
{
    const size_t bytes = coop_part_bytes(a->type);
    assert_int_equal(a->type, b->type);
    assert_int_equal(a->rank, b->rank);
    for (int axis = 0; axis < a->rank; axis++)
        assert_int_equal(a->used[axis], b->used[axis]);
    for (size_t i = 0; i < coop_part_elements(a); i++) {
        size_t at[2] = {0, 0}, rest = i;
        const struct coop_part *part[2] = {a, b};
        for (int p = 0; p < 2; p++) {
            size_t step = 1;
            rest = i;
            for (int axis = a->rank - 1; axis >= 0; axis--) {
                at[p] += rest % a->used[axis] * step;
                rest /= a->used[axis];
                step *= part[p]->size[axis];
            }
        }
        assert_memory_equal((char *)a->data + at[0] * bytes, (char *)b->data + at[1] * bytes,
                            bytes);
    }
}

static void assert_same(const struct coop_parts *a, const struct coop_parts *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        const struct coop_part *other = coop_parts_find(b, a->item[i].name);
        assert_non_null(other);
        assert_same_part(&a->item[i], other);
    }
}

static void write_file(const char *path, const struct coop_parts *parts)
{
    const struct coop_checkpoint_item item[] = {{COOP_CHECKPOINT_ROOT, &parts[0], 7},
                                                {"finished/3", &parts[1], 3},
                                                {"kept/12", &parts[2], 12}};
    if (coop_checkpoint_write(path, &provenance, item, 3) != COOP_OK)
        fail_msg("%s", coop_status_message());
}

static void copies_are_compact(void **state)
{
    struct coop_parts parts = make_parts(4), copy;
    (void)state;
    assert_int_equal(coop_parts_copy(&copy, &parts), COOP_OK);
    assert_same(&parts, &copy);
    for (size_t i = 0; i < copy.count; i++)
        assert_memory_equal(copy.item[i].size, copy.item[i].used, sizeof copy.item[i].size);
    coop_parts_free(&parts);
    coop_parts_free(&copy);
}

static void parts_come_back(void **state)
{
    static const char *const group[] = {COOP_CHECKPOINT_ROOT, "finished/3", "kept/12"};
    static const size_t run[] = {7, 3, 12};
    struct coop_parts parts[] = {make_parts(4), make_parts(8), make_parts(12)};
    struct coop_checkpoint checkpoint;
    const char *path = in_directory("c.h5");
    (void)state;
    write_file(path, parts);
    assert_int_equal(coop_checkpoint_open(&checkpoint, path), COOP_OK);
    assert_string_equal(checkpoint.resolved, provenance.resolved_config);
    assert_string_equal(checkpoint.config_text, provenance.config_text);
    assert_string_equal(checkpoint.version, "1.2.3");
    assert_string_equal(checkpoint.revision, "abc");
    for (size_t g = 0; g < 3; g++) {
        struct coop_parts read;
        size_t number;
        int64_t week;
        assert_true(coop_checkpoint_has(&checkpoint, group[g]));
        assert_int_equal(coop_checkpoint_read(&checkpoint, group[g], &read, &number), COOP_OK);
        assert_int_equal(number, run[g]);
        assert_same(&parts[g], &read);
        assert_int_equal(coop_checkpoint_number(&checkpoint, group[g], "week", &week), COOP_OK);
        assert_int_equal(week, 4 * (g + 1));
        assert_int_equal(coop_parts_week(&read), week);
        coop_parts_free(&read);
    }
    assert_false(coop_checkpoint_has(&checkpoint, "finished/4"));
    assert_false(coop_checkpoint_has(&checkpoint, "other/3"));
    coop_checkpoint_close(&checkpoint);
    for (size_t g = 0; g < 3; g++)
        coop_parts_free(&parts[g]);
    unlink(path);
}

/* A new checkpoint takes the old one's place; who reads the old one goes on reading it. */
static void a_new_one_replaces_the_old_one(void **state)
{
    struct coop_parts parts[] = {make_parts(4), make_parts(8), make_parts(12)}, read;
    struct coop_checkpoint old, new;
    const char *path = in_directory("c.h5");
    size_t number;
    (void)state;
    write_file(path, parts);
    assert_int_equal(coop_checkpoint_open(&old, path), COOP_OK);
    const struct coop_checkpoint_item item = {COOP_CHECKPOINT_ROOT, &parts[2], 1};
    assert_int_equal(coop_checkpoint_write(path, &provenance, &item, 1), COOP_OK);
    assert_int_equal(coop_checkpoint_open(&new, path), COOP_OK);
    assert_true(coop_checkpoint_has(&old, "kept/12") && !coop_checkpoint_has(&new, "kept/12"));
    assert_int_equal(coop_checkpoint_read(&old, COOP_CHECKPOINT_ROOT, &read, &number), COOP_OK);
    assert_int_equal(coop_parts_week(&read), 4);
    coop_parts_free(&read);
    coop_checkpoint_close(&old);
    coop_checkpoint_close(&new);
    for (size_t g = 0; g < 3; g++)
        coop_parts_free(&parts[g]);
    unlink(path);
}

static char *read_bytes(const char *path, size_t *ret_size)
{
    struct stat found;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &found), 0);
    char *bytes = malloc((size_t)found.st_size);
    assert_non_null(bytes);
    *ret_size = fread(bytes, 1, (size_t)found.st_size, file);
    fclose(file);
    return bytes;
}

static void write_bytes(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static void assert_refused(const char *path)
{
    struct coop_checkpoint checkpoint;
    assert_int_equal(coop_checkpoint_open(&checkpoint, path), COOP_REFUSED);
    assert_non_null(strstr(coop_status_message(), path));
    coop_checkpoint_close(&checkpoint);
}

static void what_is_not_whole_is_refused(void **state)
{
    struct coop_parts parts[] = {make_parts(4), make_parts(8), make_parts(12)};
    struct coop_checkpoint checkpoint;
    const char *path = in_directory("c.h5"), *bad = in_directory("bad.h5");
    size_t size;
    (void)state;
    write_file(path, parts);
    char *bytes = read_bytes(path, &size);
    for (size_t i = 0; i < 60; i++) {
        const size_t at = i * (size - 1) / 59;
        bytes[at] ^= 1;
        write_bytes(bad, bytes, size);
        assert_refused(bad);
        bytes[at] ^= 1;
        write_bytes(bad, bytes, at);
        assert_refused(bad);
    }
    unlink(bad);
    assert_int_equal(coop_checkpoint_open(&checkpoint, bad), COOP_IO);
    coop_checkpoint_close(&checkpoint);
    assert_int_equal(coop_checkpoint_open(&checkpoint, directory), COOP_REFUSED);
    coop_checkpoint_close(&checkpoint);
    free(bytes);
    for (size_t g = 0; g < 3; g++)
        coop_parts_free(&parts[g]);
    unlink(path);
}

/* Sealed, but with nothing in it that coopsim would have written. */
static void what_is_no_checkpoint_is_refused(void **state)
{
    const char *path = in_directory("c.h5");
    size_t size = 200;
    void *bytes = calloc(size, 1);
    (void)state;
    assert_non_null(bytes);
    assert_int_equal(coop_digest_append(&bytes, &size), COOP_OK);
    assert_int_equal(coop_seal_write(path, bytes, size, true), COOP_OK);
    struct coop_checkpoint checkpoint;
    assert_int_equal(coop_checkpoint_open(&checkpoint, path), COOP_REFUSED);
    coop_checkpoint_close(&checkpoint);
    free(bytes);
    unlink(path);
}

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static void leftovers_are_removed(void **state)
{
    static const char *const stays[] = {"c.h5", ".c.h5.0123abc.part", ".c.h5.0123abcd.part2",
                                        ".cc.h5.0123abcd.part", "c.h5.0123abcd.part"};
    const char *gone = in_directory(".c.h5.0123abcd.part");
    (void)state;
    write_bytes(gone, "x", 1);
    for (size_t i = 0; i < sizeof stays / sizeof *stays; i++)
        write_bytes(in_directory(stays[i]), "x", 1);
    coop_seal_clear(in_directory("c.h5"));
    assert_false(exists(in_directory(".c.h5.0123abcd.part")));
    for (size_t i = 0; i < sizeof stays / sizeof *stays; i++) {
        assert_true(exists(in_directory(stays[i])));
        unlink(in_directory(stays[i]));
    }
    coop_seal_clear(in_directory("no/c.h5"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_are_compact),
        cmocka_unit_test(parts_come_back),
        cmocka_unit_test(a_new_one_replaces_the_old_one),
        cmocka_unit_test(what_is_not_whole_is_refused),
        cmocka_unit_test(what_is_no_checkpoint_is_refused),
        cmocka_unit_test(leftovers_are_removed),
    };
    return cmocka_run_group_tests_name("checkpoint", tests, make_directory, remove_directory);
}
