/* coopsim - GPL-3.0-or-later
 *
 * Opening results: from files to an index of runs and the names of what they have. */
#include "sim/io/read.h"

#include "sim/io/read_parts.h"
#include "sim/io/store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static enum coop_status no_memory(const char *path)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory reading %s", path);
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

static enum coop_status read_fixed(struct coop_reader *reader, hid_t file)
{
    struct coop_h5_names names;
    reader->params_by_run = reader->params;
    hid_t group = H5Gopen2(file, COOP_STORE_FIXED, H5P_DEFAULT);
    if (group < 0)
        return coop_h5_refuse("open", COOP_STORE_FIXED);
    enum coop_status status = coop_h5_names(group, &names);
    for (size_t i = 0; status == COOP_OK && i < names.count; i++)
        if (strncmp(names.name[i], "p_", 2) == 0)
            status = add_word(&reader->param, &reader->params, names.name[i] + 2,
                              strlen(names.name[i]) - 2);
    coop_h5_names_free(&names);
    H5Gclose(group);
    return status;
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
    return status == COOP_OK ? read_fixed(reader, file) : status;
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
    return coop_reader_index(reader, 0);
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
    enum coop_status status = ret->is_sweep ? coop_reader_open_sweep(ret) : open_file(ret);
    if (status == COOP_OK && ret->sources > 0)
        status = read_layout(ret);
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
    free(reader->fixed);
    free(reader->source);
    free(reader->fault);
    free(reader->run);
    free(reader->week);
    free(reader->path);
    *reader = (struct coop_reader){0};
}
