/* coopsim - GPL-3.0-or-later */
#include "sim/io/manifest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHECK_DIGITS = 16 };
static const char prefix[] = "manifest-", suffix[] = ".jsonl";

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the manifest");
}

char *coop_manifest_ranges(const int64_t *number, const int8_t *status, size_t rows, int8_t wanted)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL)
        return NULL;
    for (size_t r = 0; r < rows; r++) {
        if (status[r] != wanted)
            continue;
        size_t last = r;
        while (last + 1 < rows && status[last + 1] == wanted &&
               number[last + 1] == number[last] + 1)
            last++;
        fprintf(out, "%s%" PRId64, ftell(out) > 0 ? "," : "", number[r]);
        if (last > r)
            fprintf(out, "-%" PRId64, number[last]);
        r = last;
    }
    return fclose(out) == 0 ? text : NULL;
}

void coop_manifest_mark(const char *ranges, int8_t *ret, size_t runs, int8_t mark)
{
    while (*ranges >= '0' && *ranges <= '9') {
        char *end;
        size_t first = strtoull(ranges, &end, 10), last = first;
        if (*end == '-')
            last = strtoull(end + 1, &end, 10);
        for (size_t r = first; r <= last && r < runs; r++)
            ret[r] = mark;
        if (*end != ',')
            return;
        ranges = end + 1;
    }
}

/* The value behind `"key":`, without quotes; moves on to its end. NULL: it is not there. */
static char *take(char **at, const char *key)
{
    char head[32];
    const size_t length = (size_t)snprintf(head, sizeof head, "\"%s\":", key);
    if (strncmp(*at, head, length) != 0)
        return NULL;
    char *value = *at + length;
    const bool quoted = *value == '"';
    value += quoted;
    char *end = strpbrk(value, quoted ? "\"" : ",}");
    if (end == NULL)
        return NULL;
    *at = end + 1;
    *end = '\0';
    if (quoted && **at != '\0')
        ++*at;
    return value;
}

/* The line is taken apart; false if it is not what was written. */
static bool parse(char *text, struct coop_manifest_line *ret)
{
    char check[COOP_DIGEST_TEXT], *last = strstr(text, ",\"check\":\"");
    if (*text != '{' || last == NULL)
        return false;
    coop_digest(text, (size_t)(last - text), check);
    check[CHECK_DIGITS] = '\0';
    last += strlen(",\"check\":\"");
    if (strncmp(last, check, CHECK_DIGITS) != 0 || strcmp(last + CHECK_DIGITS, "\"}") != 0)
        return false;
    char *at = text + 1;
    static const char *const key[] = {"shard",  "sha256", "bytes",   "done",
                                      "failed", "pid",    "seconds", "worker_weeks"};
    enum { KEYS = sizeof key / sizeof *key };
    char *value[KEYS];
    for (size_t k = 0; k < KEYS; k++)
        if ((value[k] = take(&at, key[k])) == NULL)
            return false;
    if (strlen(value[0]) >= sizeof ret->shard || strlen(value[1]) >= sizeof ret->sha256 ||
        strchr(value[0], '/') != NULL)
        return false;
    strcpy(ret->shard, value[0]);
    strcpy(ret->sha256, value[1]);
    ret->bytes = strtoull(value[2], NULL, 10);
    ret->done = strdup(value[3]);
    ret->failed = strdup(value[4]);
    ret->pid = strtoll(value[5], NULL, 10);
    ret->seconds = strtod(value[6], NULL);
    ret->worker_weeks = strtod(value[7], NULL);
    return true;
}

static enum coop_status add(struct coop_manifest *manifest, char *text)
{
    struct coop_manifest_line line = {0}, *grown;
    if (!parse(text, &line)) {
        manifest->passed_over++;
        return COOP_OK;
    }
    grown = realloc(manifest->line, (manifest->lines + 1) * sizeof *grown);
    if (grown == NULL || line.done == NULL || line.failed == NULL) {
        manifest->line = grown != NULL ? grown : manifest->line;
        free(line.done);
        free(line.failed);
        return no_memory();
    }
    manifest->line = grown;
    grown[manifest->lines++] = line;
    return COOP_OK;
}

static enum coop_status read_file(struct coop_manifest *manifest, const char *directory,
                                  const char *name)
{
    char path[PATH_MAX], *text = NULL;
    size_t size = 0;
    ssize_t length;
    enum coop_status status = COOP_OK;
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return COOP_FAIL(COOP_IO, "%s: cannot open: %s", path, strerror(errno));
    while (status == COOP_OK && (length = getline(&text, &size, file)) > 0) {
        const bool whole = text[length - 1] == '\n';
        text[length - 1] = whole ? '\0' : text[length - 1];
        if (whole && strlen(text) == (size_t)length - 1)
            status = add(manifest, text);
        else
            manifest->passed_over++;
    }
    if (status == COOP_OK && ferror(file))
        status = COOP_FAIL(COOP_IO, "%s: cannot read: %s", path, strerror(errno));
    free(text);
    fclose(file);
    return status;
}

static int is_manifest(const struct dirent *entry)
{
    const size_t length = strlen(entry->d_name);
    return length > strlen(prefix) + strlen(suffix) &&
           strncmp(entry->d_name, prefix, strlen(prefix)) == 0 &&
           strcmp(entry->d_name + length - strlen(suffix), suffix) == 0;
}

enum coop_status coop_manifest_read(struct coop_manifest *ret, const char *directory)
{
    struct dirent **entry = NULL;
    enum coop_status status = COOP_OK;
    *ret = (struct coop_manifest){0};
    const int entries = scandir(directory, &entry, is_manifest, alphasort);
    if (entries < 0)
        return COOP_FAIL(COOP_IO, "%s: cannot read: %s", directory, strerror(errno));
    for (int i = 0; i < entries; i++) {
        if (status == COOP_OK)
            status = read_file(ret, directory, entry[i]->d_name);
        free(entry[i]);
    }
    free(entry);
    return status;
}

void coop_manifest_free(struct coop_manifest *manifest)
{
    for (size_t i = 0; i < manifest->lines; i++) {
        free(manifest->line[i].done);
        free(manifest->line[i].failed);
    }
    free(manifest->line);
    *manifest = (struct coop_manifest){0};
}

const struct coop_manifest_line *coop_manifest_find(const struct coop_manifest *manifest,
                                                    const char *shard)
{
    for (size_t i = manifest->lines; i > 0; i--)
        if (strcmp(manifest->line[i - 1].shard, shard) == 0)
            return &manifest->line[i - 1];
    return NULL;
}

/* Where the last whole line ends. */
static off_t end_of_lines(int fd)
{
    char piece[4096];
    for (off_t end = lseek(fd, 0, SEEK_END); end > 0;) {
        const off_t begin = end > (off_t)sizeof piece ? end - (off_t)sizeof piece : 0;
        const ssize_t got = pread(fd, piece, (size_t)(end - begin), begin);
        for (ssize_t i = got; i > 0; i--)
            if (piece[i - 1] == '\n')
                return begin + i;
        end = begin;
    }
    return 0;
}

enum coop_status coop_manifest_open(const char *directory, const char *range, int *ret_fd)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s%s%s", directory, prefix, range, suffix);
    *ret_fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (*ret_fd < 0)
        return COOP_FAIL(COOP_CANNOT_CREATE, "%s: cannot open: %s", path, strerror(errno));
    if (ftruncate(*ret_fd, end_of_lines(*ret_fd)) != 0)
        return COOP_FAIL(COOP_IO, "%s: cannot cut off a torn line: %s", path, strerror(errno));
    return COOP_OK;
}

static const char *reason_of(int error)
{
    return error == ENOSPC ? "disk full: free some space and give the same command again"
                           : strerror(error);
}

static enum coop_status write_line(int fd, const char *text, size_t size)
{
    const ssize_t written = write(fd, text, size);
    if (written != (ssize_t)size)
        return COOP_FAIL(COOP_IO, "cannot write the manifest: %s",
                         reason_of(written < 0 ? errno : ENOSPC));
    while (fdatasync(fd) != 0)
        if (errno != EINTR)
            return COOP_FAIL(COOP_IO, "cannot write the manifest: %s", reason_of(errno));
    return COOP_OK;
}

enum coop_status coop_manifest_append(int fd, const struct coop_manifest_line *line)
{
    char *text = NULL, check[COOP_DIGEST_TEXT];
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL)
        return no_memory();
    fprintf(out,
            "{\"shard\":\"%s\",\"sha256\":\"%s\",\"bytes\":%zu,\"done\":\"%s\",\"failed\":\"%s\","
            "\"pid\":%" PRId64 ",\"seconds\":%.3f,\"worker_weeks\":%.0f",
            line->shard, line->sha256, line->bytes, line->done, line->failed, line->pid,
            line->seconds, line->worker_weeks);
    fflush(out);
    coop_digest(text, size, check);
    fprintf(out, ",\"check\":\"%.*s\"}\n", CHECK_DIGITS, check);
    enum coop_status status = fclose(out) == 0 ? COOP_OK : no_memory();
    if (status == COOP_OK)
        status = write_line(fd, text, size);
    free(text);
    return status;
}
