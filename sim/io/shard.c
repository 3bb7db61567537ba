/* coopsim - GPL-3.0-or-later */
#include "sim/io/shard.h"

#include "sim/io/seal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The number of a shard of the range, or 0. */
static size_t number_of(const char *name, const char *range)
{
    char *end;
    const size_t length = strlen(range);
    if (strncmp(name, range, length) != 0 || name[length] != '-')
        return 0;
    const size_t number = strtoull(name + length + 1, &end, 10);
    return strncmp(end, ".h5", 3) == 0 ? number : 0;
}

/* ".2-of-4-000001.h5.0123abcd.part" */
static bool is_leftover(const char *name, const char *range)
{
    const size_t length = strlen(name);
    return name[0] == '.' && number_of(name + 1, range) > 0 && length > 5 &&
           strcmp(name + length - 5, ".part") == 0;
}

static enum coop_status look_through(struct coop_shard_writer *writer, const char *folder)
{
    char path[PATH_MAX];
    const struct dirent *entry;
    snprintf(path, sizeof path, "%s/%s", writer->directory, folder);
    DIR *stream = opendir(path);
    if (stream == NULL)
        return errno == ENOENT ? COOP_OK
                               : COOP_FAIL(COOP_IO, "%s: cannot open: %s", path, strerror(errno));
    while ((entry = readdir(stream)) != NULL) {
        const size_t number = number_of(entry->d_name, writer->range);
        if (number >= writer->next)
            writer->next = number + 1;
        if (is_leftover(entry->d_name, writer->range))
            unlinkat(dirfd(stream), entry->d_name, 0);
    }
    closedir(stream);
    return COOP_OK;
}

enum coop_status coop_shard_open(struct coop_shard_writer *ret, const char *directory,
                                 const char *range)
{
    *ret = (struct coop_shard_writer){.directory = directory, .next = 1, .manifest = -1};
    snprintf(ret->range, sizeof ret->range, "%s", range);
    COOP_TRY(look_through(ret, "shards"));
    COOP_TRY(look_through(ret, "quarantine"));
    return coop_manifest_open(directory, range, &ret->manifest);
}

void coop_shard_close(struct coop_shard_writer *writer)
{
    if (writer->manifest >= 0)
        close(writer->manifest);
    writer->manifest = -1;
}

static enum coop_status write_line(struct coop_shard_writer *writer, struct coop_manifest_line line,
                                   const int64_t *number, const int8_t *status, size_t rows)
{
    line.done = coop_manifest_ranges(number, status, rows, COOP_RUN_DONE);
    line.failed = coop_manifest_ranges(number, status, rows, COOP_RUN_ERROR);
    enum coop_status written = line.done != NULL && line.failed != NULL
                                   ? coop_manifest_append(writer->manifest, &line)
                                   : COOP_FAIL(COOP_MEMORY, "out of memory for the manifest");
    free(line.done);
    free(line.failed);
    return written;
}

static enum coop_status list(struct coop_shard_writer *writer, const struct coop_result *result,
                             const struct coop_manifest_line *line)
{
    int64_t *number = malloc((result->runs + 1) * sizeof *number);
    int8_t *status = malloc(result->runs + 1);
    enum coop_status written = COOP_FAIL(COOP_MEMORY, "out of memory for the manifest");
    for (size_t r = 0; number != NULL && status != NULL && r < result->runs; r++) {
        number[r] = (int64_t)result->number[r];
        status[r] = (int8_t)result->status[r];
    }
    if (number != NULL && status != NULL)
        written = write_line(writer, *line, number, status, result->runs);
    free(number);
    free(status);
    return written;
}

enum coop_status coop_shard_seal(struct coop_shard_writer *writer, const struct coop_result *result,
                                 const struct coop_manifest_line *done)
{
    char path[PATH_MAX];
    void *bytes = NULL;
    struct coop_manifest_line line = *done;
    COOP_TRY(coop_store_build(result, &bytes, &line.bytes));
    coop_digest(bytes, line.bytes - COOP_SEAL_BYTES, line.sha256);
    snprintf(line.shard, sizeof line.shard, "%s-%06zu.h5", writer->range, writer->next++);
    snprintf(path, sizeof path, "%s/shards/%s", writer->directory, line.shard);
    enum coop_status status = coop_seal_write(path, bytes, line.bytes, false);
    free(bytes);
    return status == COOP_OK ? list(writer, result, &line) : status;
}

enum coop_status coop_shard_adopt(struct coop_shard_writer *writer, const char *name,
                                  const char *sha256, size_t bytes, const int64_t *number,
                                  const int8_t *status, size_t rows)
{
    struct coop_manifest_line line = {.bytes = bytes};
    snprintf(line.shard, sizeof line.shard, "%s", name);
    snprintf(line.sha256, sizeof line.sha256, "%s", sha256);
    return write_line(writer, line, number, status, rows);
}

enum coop_status coop_shard_quarantine(const char *directory, const char *name, char *ret,
                                       size_t size)
{
    char from[PATH_MAX], folder[PATH_MAX];
    snprintf(from, sizeof from, "%s/shards/%s", directory, name);
    snprintf(folder, sizeof folder, "%s/quarantine", directory);
    snprintf(ret, size, "%s/quarantine/%s", directory, name);
    mkdir(folder, 0777);
    if (renameat2(AT_FDCWD, from, AT_FDCWD, ret, RENAME_NOREPLACE) == 0 || errno == ENOENT ||
        rename(from, ret) == 0)
        return COOP_OK;
    return COOP_FAIL(COOP_IO, "%s: cannot move it to %s: %s", from, ret, strerror(errno));
}
