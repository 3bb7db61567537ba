/* coopsim - GPL-3.0-or-later
 *
 * One source of a reader: a sealed file, and which runs it has. */
#include "sim/io/read_parts.h"
#include "sim/io/store.h"

#include <stdlib.h>
#include <string.h>

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
    if (!coop_h5_exists(file, "run"))
        return COOP_FAIL(COOP_REFUSED, "%s is not a result%s", source->path,
                         coop_h5_exists(file, "kept") || coop_h5_exists(file, "state")
                             ? " but a checkpoint: coopsim run goes on from it with --resume, or "
                               "forks it with --from"
                             : " of coopsim");
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

enum coop_status coop_reader_add_image(struct coop_reader *reader, const void *bytes, size_t size)
{
    struct coop_sealed_file *source = coop_reader_add_source(reader, "the missing runs");
    if (source == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the missing runs");
    source->bytes = bytes;
    source->size = size - COOP_SEAL_BYTES;
    COOP_TRY(coop_source_open(source));
    return coop_reader_index(reader, reader->sources - 1);
}
