/* coopsim - GPL-3.0-or-later
 *
 * Opening results: from files to an index of runs. */
#include "sim/io/read.h"

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

enum { RUNS_MAX = 1 << 30 };

static enum coop_status no_memory(const char *path)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory reading %s", path);
}

void coop_source_free(struct coop_sealed_file *source)
{
    if (source->file >= 0)
        H5Fclose((hid_t)source->file);
    free(source->path);
    free(source->number);
    free(source->status);
    *source = (struct coop_sealed_file){.file = -1};
}

/* One number a run, of the type that it must have. */
static enum coop_status read_column(hid_t file, const char *name, enum coop_h5_type type,
                                    size_t rows, void *ret)
{
    struct coop_h5_shape shape;
    COOP_TRY(coop_h5_shape(file, name, &shape));
    if (shape.type != type || shape.rank != 1 || shape.size[0] != rows)
        return COOP_FAIL(COOP_REFUSED, "`%s` is not one number for each of %zu runs", name, rows);
    return coop_h5_read(file, name, &shape, 0, rows, ret);
}

static enum coop_status check_runs(const struct coop_sealed_file *source)
{
    for (size_t r = 0; r < source->rows; r++)
        if (source->number[r] < 0 || source->number[r] > RUNS_MAX ||
            (r > 0 && source->number[r] <= source->number[r - 1]) || source->status[r] < 0 ||
            source->status[r] > COOP_RUN_STOPPED)
            return COOP_FAIL(COOP_REFUSED, "row %zu has no run or no status", r);
    return COOP_OK;
}

static enum coop_status read_rows(struct coop_sealed_file *source, hid_t file)
{
    struct coop_h5_shape shape;
    COOP_TRY(coop_h5_shape(file, "run", &shape));
    if (shape.rank != 1 || shape.size[0] == 0 || shape.size[0] > RUNS_MAX)
        return COOP_FAIL(COOP_REFUSED, "`run` is not a list of runs");
    source->rows = shape.size[0];
    source->number = calloc(source->rows, sizeof *source->number);
    source->status = calloc(source->rows, sizeof *source->status);
    if (source->number == NULL || source->status == NULL)
        return no_memory(source->path);
    COOP_TRY(read_column(file, "run", COOP_H5_I64, source->rows, source->number));
    COOP_TRY(read_column(file, "status", COOP_H5_I8, source->rows, source->status));
    return check_runs(source);
}

static enum coop_status verify_source(struct coop_sealed_file *source)
{
    char digest[COOP_DIGEST_TEXT];
    COOP_TRY(coop_digest_verify(source->path, digest, &source->size));
    if (source->sha256[0] != '\0' && strcmp(source->sha256, digest) != 0)
        return COOP_FAIL(COOP_REFUSED, "%s is not the file that was sealed", source->path);
    memcpy(source->sha256, digest, sizeof digest);
    return COOP_OK;
}

enum coop_status coop_source_open(struct coop_sealed_file *source)
{
    hid_t file = -1;
    if (source->file >= 0)
        return COOP_OK;
    if (source->bytes != NULL) {
        COOP_TRY(coop_h5_open_image(source->bytes, source->size, &file));
    } else {
        if (source->number == NULL)
            COOP_TRY(verify_source(source));
        COOP_TRY(coop_h5_open(source->path, &file));
    }
    source->file = (int64_t)file;
    return source->number == NULL ? read_rows(source, file) : COOP_OK;
}

struct coop_sealed_file *coop_reader_add_source(struct coop_reader *reader, const char *path)
{
    struct coop_sealed_file *grown =
        realloc(reader->source, (reader->sources + 1) * sizeof *reader->source);
    if (grown == NULL)
        return NULL;
    reader->source = grown;
    grown[reader->sources] = (struct coop_sealed_file){.path = strdup(path), .file = -1};
    return grown[reader->sources].path != NULL ? &grown[reader->sources++] : NULL;
}

/* A done run wins over a failed one, which was tried again; of two that are equal the first. */
enum coop_status coop_reader_index(struct coop_reader *reader, size_t number)
{
    const struct coop_sealed_file *source = &reader->source[number];
    const int64_t last = source->number[source->rows - 1];
    if ((size_t)last >= reader->runs)
        return COOP_FAIL(COOP_REFUSED, "%s has a run %lld, but there are only %zu", source->path,
                         (long long)last, reader->runs);
    for (size_t row = 0; row < source->rows; row++) {
        struct coop_place_of_run *place = &reader->run[source->number[row]];
        const int8_t status = source->status[row];
        if (place->source != COOP_NO_SOURCE && place->status <= status)
            continue;
        if (place->source != COOP_NO_SOURCE && place->status == COOP_RUN_ERROR)
            reader->failed--;
        *place = (struct coop_place_of_run){(int32_t)number, status, (uint32_t)row};
        reader->done += status == COOP_RUN_DONE;
        reader->failed += status == COOP_RUN_ERROR;
    }
    return COOP_OK;
}

enum coop_status coop_reader_make_index(struct coop_reader *reader, size_t runs)
{
    reader->run = malloc(runs * sizeof *reader->run);
    if (reader->run == NULL)
        return no_memory(reader->path);
    reader->runs = runs;
    for (size_t r = 0; r < runs; r++)
        reader->run[r] = (struct coop_place_of_run){COOP_NO_SOURCE, COOP_RUN_STOPPED, 0};
    return COOP_OK;
}

static bool ends_in(const char *name, const char *end, size_t *ret_length)
{
    const size_t length = strlen(name), tail = strlen(end);
    *ret_length = length > tail ? length - tail : 0;
    return length > tail && strcmp(name + length - tail, end) == 0;
}

static enum coop_status add_word(char ***list, size_t *count, const char *word, size_t length)
{
    char **grown = realloc(*list, (*count + 2) * sizeof *grown);
    if (grown == NULL)
        return no_memory("the names");
    *list = grown;
    grown[*count] = strndup(word, length);
    if (grown[*count] == NULL)
        return no_memory("the names");
    grown[++*count] = NULL;
    return COOP_OK;
}

/* A measure is what has a final value with an error. */
static enum coop_status read_names(struct coop_reader *reader, hid_t file)
{
    struct coop_h5_names names;
    size_t length;
    enum coop_status status = coop_h5_names(file, &names);
    for (size_t i = 0; status == COOP_OK && i < names.count; i++)
        if (strncmp(names.name[i], "p_", 2) == 0)
            status = add_word(&reader->param, &reader->params, names.name[i] + 2,
                              strlen(names.name[i]) - 2);
        else if (ends_in(names.name[i], "_final_error", &length))
            status = add_word(&reader->measure, &reader->measures, names.name[i], length);
    coop_h5_names_free(&names);
    return status;
}

/* The first source tells what all have. */
static enum coop_status read_layout(struct coop_reader *reader)
{
    struct coop_h5_shape shape;
    COOP_TRY(coop_source_open(&reader->source[0]));
    const hid_t file = (hid_t)reader->source[0].file;
    COOP_TRY(coop_h5_shape(file, "time", &shape));
    if (shape.rank != 1 || shape.type != COOP_H5_I64)
        return COOP_FAIL(COOP_REFUSED, "%s: `time` is not a list of weeks", reader->path);
    reader->times = shape.size[0];
    reader->week = calloc(reader->times + 1, sizeof *reader->week);
    if (reader->week == NULL)
        return no_memory(reader->path);
    COOP_TRY(coop_h5_read(file, "time", &shape, 0, reader->times, reader->week));
    return read_names(reader, file);
}

static enum coop_status open_file(struct coop_reader *reader)
{
    struct coop_sealed_file *source = coop_reader_add_source(reader, reader->path);
    if (source == NULL)
        return no_memory(reader->path);
    COOP_TRY(coop_source_open(source));
    COOP_TRY(coop_reader_make_index(reader, source->rows));
    COOP_TRY(coop_reader_index(reader, 0));
    return read_layout(reader);
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
    size_t length;
    return entry->d_name[0] != '.' && ends_in(entry->d_name, ".h5", &length);
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

static enum coop_status open_sweep(struct coop_reader *reader)
{
    struct coop_experiment experiment;
    enum coop_status status = coop_experiment_read(&experiment, reader->path);
    if (status == COOP_OK)
        status = coop_reader_make_index(reader, experiment.runs);
    if (status == COOP_OK)
        status = open_shards(reader, &experiment);
    coop_experiment_free(&experiment);
    return status == COOP_OK && reader->sources > 0 ? read_layout(reader) : status;
}

enum coop_status coop_reader_open(struct coop_reader *ret, const char *path)
{
    struct stat found;
    struct coop_h5_quiet quiet;
    *ret = (struct coop_reader){.path = strdup(path)};
    if (ret->path == NULL)
        return no_memory(path);
    if (stat(path, &found) != 0)
        return COOP_FAIL(COOP_IO, "%s: cannot open: %s", path, strerror(errno));
    ret->is_sweep = S_ISDIR(found.st_mode);
    coop_h5_quiet_begin(&quiet);
    const enum coop_status status = ret->is_sweep ? open_sweep(ret) : open_file(ret);
    coop_h5_quiet_end(&quiet);
    return status;
}

void coop_reader_close(struct coop_reader *reader)
{
    for (size_t i = 0; i < reader->sources; i++)
        coop_source_free(&reader->source[i]);
    for (size_t i = 0; i < reader->faults; i++) {
        free(reader->fault[i].path);
        free(reader->fault[i].text);
    }
    for (size_t i = 0; i < reader->measures; i++)
        free(reader->measure[i]);
    for (size_t i = 0; i < reader->params; i++)
        free(reader->param[i]);
    free(reader->measure);
    free(reader->param);
    free(reader->source);
    free(reader->fault);
    free(reader->run);
    free(reader->week);
    free(reader->path);
    *reader = (struct coop_reader){0};
}
