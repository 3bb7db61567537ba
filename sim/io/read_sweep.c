/* coopsim - GPL-3.0-or-later
 *
 * The directory of a sweep as a source of runs: its shards, and what is wrong with them. */
#include "sim/io/experiment.h"
#include "sim/io/manifest.h"
#include "sim/io/read_parts.h"
#include "sim/io/store.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static enum coop_status no_memory(const char *path)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory reading %s", path);
}

static void keep_fault(struct coop_reader *reader, const char *path)
{
    struct coop_read_fault *grown =
        realloc(reader->fault, (reader->faults + 1) * sizeof *reader->fault);
    if (grown == NULL)
        return;
    reader->fault = grown;
    grown[reader->faults++] = (struct coop_read_fault){strdup(path), strdup(coop_status_message())};
}

/* Every shard must be of this experiment and of one version. */
static enum coop_status check_origin(const struct coop_sealed_file *source,
                                     const struct coop_experiment *experiment)
{
    char *settings = NULL, *text = NULL, head[512];
    hid_t root = (hid_t)source->file;
    enum coop_status status = coop_h5_read_attribute(root, "settings_sha256", &settings);
    if (status == COOP_OK && strcmp(settings, experiment->settings) != 0)
        status = COOP_FAIL(COOP_REFUSED, "it is of another experiment");
    if (status == COOP_OK)
        status = coop_h5_read_attribute(root, "source", &text);
    /* "coopsim 0.1.0 (abc)" and "# version: 0.1.0 (abc)" */
    snprintf(head, sizeof head, "# version: %s\n",
             text != NULL ? text + strcspn(text, " ") + 1 : "");
    if (status == COOP_OK && strstr(experiment->text, head) == NULL)
        status = COOP_FAIL(COOP_REFUSED, "it is of another version: %s", text);
    free(settings);
    free(text);
    return status;
}

/* Adds a shard, or a fault. */
static enum coop_status add_shard(struct coop_reader *reader, const char *name,
                                  const struct coop_manifest *manifest,
                                  const struct coop_experiment *experiment)
{
    char path[PATH_MAX];
    const struct coop_manifest_line *line = coop_manifest_find(manifest, name);
    snprintf(path, sizeof path, "%s/shards/%s", reader->path, name);
    struct coop_sealed_file *source = coop_reader_add_source(reader, path);
    if (source == NULL)
        return no_memory(path);
    source->listed = line != NULL;
    if (line != NULL)
        memcpy(source->sha256, line->sha256, sizeof source->sha256);
    enum coop_status status = coop_source_open(source);
    if (status == COOP_OK)
        status = check_origin(source, experiment);
    if (status == COOP_OK)
        status = coop_reader_index(reader, reader->sources - 1);
    if (status == COOP_OK) {
        coop_reader_rest(reader);
        return COOP_OK;
    }
    if (status == COOP_MEMORY)
        return status;
    keep_fault(reader, path);
    coop_source_free(&reader->source[--reader->sources]);
    return COOP_OK;
}

static int is_shard(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot != NULL && entry->d_name[0] != '.' && strcmp(dot, ".h5") == 0;
}

static bool has_undone(const struct coop_reader *reader, const char *ranges)
{
    bool undone = false;
    int8_t *named = calloc(reader->runs, 1);
    if (named == NULL)
        return true;
    coop_manifest_mark(ranges, named, reader->runs, 1);
    for (size_t r = 0; r < reader->runs; r++)
        undone = undone || (named[r] && reader->run[r].status != COOP_RUN_DONE);
    free(named);
    return undone;
}

/* Shards that the manifest names and nobody finds, unless their runs were computed again. */
static void note_lost(struct coop_reader *reader, const struct coop_manifest *manifest)
{
    for (size_t i = 0; i < manifest->lines; i++) {
        char path[PATH_MAX], moved[PATH_MAX];
        struct stat found;
        const struct coop_manifest_line *line = &manifest->line[i];
        snprintf(path, sizeof path, "%s/shards/%s", reader->path, line->shard);
        snprintf(moved, sizeof moved, "%s/quarantine/%s", reader->path, line->shard);
        if (stat(path, &found) == 0 || stat(moved, &found) == 0 || !has_undone(reader, line->done))
            continue;
        COOP_FAIL(COOP_REFUSED, "it was sealed and is gone");
        keep_fault(reader, path);
    }
}

static enum coop_status open_shards(struct coop_reader *reader,
                                    const struct coop_experiment *experiment)
{
    char path[PATH_MAX];
    struct dirent **entry = NULL;
    struct coop_manifest manifest;
    snprintf(path, sizeof path, "%s/shards", reader->path);
    enum coop_status status = coop_manifest_read(&manifest, reader->path);
    const int entries = scandir(path, &entry, is_shard, alphasort);
    if (status == COOP_OK && entries < 0)
        status = COOP_FAIL(COOP_IO, "%s: cannot read: %s", path, strerror(errno));
    for (int i = 0; i < entries; i++) {
        if (status == COOP_OK)
            status = add_shard(reader, entry[i]->d_name, &manifest, experiment);
        free(entry[i]);
    }
    free(entry);
    if (status == COOP_OK)
        note_lost(reader, &manifest);
    coop_manifest_free(&manifest);
    return status;
}

enum coop_status coop_reader_open_sweep(struct coop_reader *reader)
{
    struct coop_experiment experiment;
    enum coop_status status = coop_experiment_read(&experiment, reader->path);
    if (status == COOP_OK)
        status = coop_reader_make_index(reader, experiment.runs);
    if (status == COOP_OK)
        status = open_shards(reader, &experiment);
    coop_experiment_free(&experiment);
    return status;
}
