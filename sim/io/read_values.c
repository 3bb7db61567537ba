/* coopsim - GPL-3.0-or-later
 *
 * Values of runs: final values, series, parameters, texts. */
#include "sim/io/read_parts.h"
#include "sim/io/store.h"
#include "sim/param/param.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_LENGTH_MAX = 200 };

static enum coop_status no_memory(const char *name)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory reading `%s`", name);
}

enum coop_status coop_reader_require_whole(const struct coop_reader *reader)
{
    if (reader->faults > 0)
        return COOP_FAIL(COOP_REFUSED, "%s: %s%s", reader->fault[0].path, reader->fault[0].text,
                         reader->faults > 1 ? " (and others)" : "");
    if (reader->done < reader->runs)
        return COOP_FAIL(COOP_REFUSED, "%s: only %zu of %zu runs are done (%zu failed)",
                         reader->path, reader->done, reader->runs, reader->failed);
    return COOP_OK;
}

enum coop_status coop_reader_measure(const struct coop_reader *reader, const char *name,
                                     size_t *ret)
{
    for (size_t m = 0; m < reader->measures; m++)
        if (strcmp(reader->measure[m], name) == 0) {
            *ret = m;
            return COOP_OK;
        }
    if (reader->measures == 0)
        return COOP_FAIL(COOP_REFUSED, "%s has no measures", reader->path);
    const char *near = coop_nearest_word((const char *const *)reader->measure, name);
    return COOP_FAIL(COOP_REFUSED, "%s: '%s' was not recorded%s%s%s", reader->path, name,
                     near != NULL ? " - did you mean '" : "", near != NULL ? near : "",
                     near != NULL ? "'?" : "");
}

/* Doubles, whatever the type. */
static void convert(const struct coop_rows *rows, size_t values, double *ret)
{
    for (size_t i = 0; i < values; i++)
        switch (rows->shape.type) {
        case COOP_H5_F64:
            ret[i] = ((const double *)(const void *)rows->cells)[i];
            break;
        case COOP_H5_F32:
            ret[i] = (double)((const float *)(const void *)rows->cells)[i];
            break;
        case COOP_H5_I64:
            ret[i] = (double)((const int64_t *)(const void *)rows->cells)[i];
            break;
        case COOP_H5_I8:
            ret[i] = (double)((const int8_t *)rows->cells)[i];
            break;
        case COOP_H5_TEXT:
            ret[i] = NAN;
            break;
        }
}

enum coop_status coop_reader_shape(struct coop_reader *reader, const char *name,
                                   struct coop_h5_shape *ret)
{
    struct coop_h5_quiet quiet;
    if (reader->sources == 0)
        return COOP_FAIL(COOP_REFUSED, "%s has no finished run yet", reader->path);
    coop_h5_quiet_begin(&quiet);
    enum coop_status status = coop_source_open(&reader->source[0]);
    if (status == COOP_OK)
        status = coop_h5_shape((hid_t)reader->source[0].file, name, ret);
    coop_h5_quiet_end(&quiet);
    return status;
}

bool coop_reader_has_group(struct coop_reader *reader, const char *name)
{
    struct coop_h5_quiet quiet;
    coop_h5_quiet_begin(&quiet);
    const bool there = coop_h5_is_group((hid_t)reader->source[0].file, name);
    coop_h5_quiet_end(&quiet);
    return there;
}

enum coop_status coop_reader_numbers(struct coop_reader *reader, struct coop_number_rows wanted,
                                     size_t first, size_t count, double *ret)
{
    char name[NAME_LENGTH_MAX];
    struct coop_rows rows = {.group = wanted.group, .name = wanted.name};
    const size_t row = wanted.row;
    snprintf(name, sizeof name, "%s%s", wanted.group, wanted.name);
    COOP_TRY(coop_reader_shape(reader, name, &rows.shape));
    if (rows.shape.type == COOP_H5_TEXT || rows.shape.rank != wanted.rank ||
        coop_h5_row_cells(&rows.shape) != row)
        return COOP_FAIL(COOP_REFUSED, "%s: `%s` has not %zu number%s a run", reader->path, name,
                         row, row == 1 ? "" : "s");
    rows.cells = calloc(count * row + 1, coop_h5_cell(rows.shape.type));
    if (rows.cells == NULL)
        return no_memory(name);
    const enum coop_status status = coop_reader_rows(reader, &rows, first, count);
    if (status == COOP_OK)
        convert(&rows, count * row, ret);
    for (size_t i = 0; status == COOP_OK && i < count; i++)
        for (size_t k = 0; reader->run[first + i].source == COOP_NO_SOURCE && k < row; k++)
            ret[i * row + k] = NAN;
    free(rows.cells);
    return status;
}

static enum coop_status read_one(struct coop_reader *reader, const char *name, size_t first,
                                 size_t count, double *ret)
{
    return coop_reader_numbers(reader, (struct coop_number_rows){"", name, 1, 1}, first, count,
                               ret);
}

enum coop_status coop_reader_finals(struct coop_reader *reader, size_t measure, size_t first,
                                    size_t count, double *ret_value, double *ret_error)
{
    char name[NAME_LENGTH_MAX];
    snprintf(name, sizeof name, "%s_final", reader->measure[measure]);
    COOP_TRY(read_one(reader, name, first, count, ret_value));
    if (ret_error == NULL)
        return COOP_OK;
    snprintf(name, sizeof name, "%s_final_error", reader->measure[measure]);
    return read_one(reader, name, first, count, ret_error);
}

enum coop_status coop_reader_series(struct coop_reader *reader, size_t measure, size_t first,
                                    size_t count, double *ret)
{
    return coop_reader_numbers(
        reader, (struct coop_number_rows){"", reader->measure[measure], 2, reader->times}, first,
        count, ret);
}

enum coop_status coop_reader_spreads(struct coop_reader *reader, size_t measure, size_t first,
                                     size_t count, double *ret)
{
    char name[NAME_LENGTH_MAX];
    snprintf(name, sizeof name, "%s_sd", reader->measure[measure]);
    return coop_reader_numbers(reader, (struct coop_number_rows){"", name, 2, reader->times}, first,
                               count, ret);
}

enum coop_status coop_reader_number(struct coop_reader *reader, const char *variable, size_t first,
                                    size_t count, double *ret)
{
    return read_one(reader, variable, first, count, ret);
}

/* What is said once of all runs, read once. */
static enum coop_status read_fixed(struct coop_reader *reader, size_t param, double *ret)
{
    char name[NAME_LENGTH_MAX], cell[sizeof *ret] = "";
    struct coop_rows rows = {.cells = cell};
    if (reader->fixed == NULL)
        reader->fixed = calloc(reader->params, sizeof *reader->fixed);
    if (reader->fixed == NULL)
        return no_memory(reader->param[param]);
    struct coop_fixed_param *fixed = &reader->fixed[param];
    snprintf(name, sizeof name, COOP_STORE_FIXED "/p_%s", reader->param[param]);
    if (!fixed->is_read) {
        COOP_TRY(coop_reader_shape(reader, name, &rows.shape));
        if (rows.shape.type == COOP_H5_TEXT || rows.shape.rank != 0)
            return COOP_FAIL(COOP_REFUSED, "%s: `%s` has not 1 number a run", reader->path, name);
        COOP_TRY(coop_h5_read((hid_t)reader->source[0].file, name, &rows.shape, 0, 1, cell));
        convert(&rows, 1, &fixed->value);
        fixed->is_read = true;
    }
    *ret = fixed->value;
    return COOP_OK;
}

static enum coop_status repeat_fixed(struct coop_reader *reader, size_t param, size_t first,
                                     size_t count, double *ret)
{
    double value = NAN;
    if (first > reader->runs || count > reader->runs - first)
        return COOP_FAIL(COOP_USAGE, "%s has %zu runs", reader->path, reader->runs);
    COOP_TRY(read_fixed(reader, param, &value));
    for (size_t i = 0; i < count; i++)
        ret[i] = reader->run[first + i].source == COOP_NO_SOURCE ? NAN : value;
    return COOP_OK;
}

enum coop_status coop_reader_param(struct coop_reader *reader, const char *name, size_t first,
                                   size_t count, double *ret)
{
    char variable[NAME_LENGTH_MAX];
    size_t p = 0;
    while (p < reader->params && strcmp(reader->param[p], name) != 0)
        p++;
    if (p == reader->params) {
        const char *near =
            p > 0 ? coop_nearest_word((const char *const *)reader->param, name) : NULL;
        return COOP_FAIL(COOP_REFUSED, "%s has no parameter '%s'%s%s%s", reader->path, name,
                         near != NULL ? " - did you mean '" : "", near != NULL ? near : "",
                         near != NULL ? "'?" : "");
    }
    if (p >= reader->params_by_run)
        return repeat_fixed(reader, p, first, count, ret);
    snprintf(variable, sizeof variable, "p_%s", name);
    return read_one(reader, variable, first, count, ret);
}

enum coop_status coop_reader_text(struct coop_reader *reader, const char *variable, size_t run,
                                  char **ret)
{
    char *text = NULL;
    struct coop_rows rows = {.group = "", .name = variable, .cells = (char *)&text};
    *ret = NULL;
    COOP_TRY(coop_reader_shape(reader, variable, &rows.shape));
    if (rows.shape.type != COOP_H5_TEXT || rows.shape.rank != 1)
        return COOP_FAIL(COOP_REFUSED, "%s: `%s` is not one text a run", reader->path, variable);
    COOP_TRY(coop_reader_rows(reader, &rows, run, 1));
    *ret = strdup(text != NULL ? text : "");
    coop_h5_free_texts(&text, 1);
    return *ret != NULL ? COOP_OK : no_memory(variable);
}

enum coop_status coop_reader_provenance(struct coop_reader *reader, const char *name, char **ret)
{
    char path[NAME_LENGTH_MAX];
    struct coop_h5_shape shape;
    struct coop_h5_quiet quiet;
    *ret = NULL;
    snprintf(path, sizeof path, "provenance/%s", name);
    COOP_TRY(coop_reader_shape(reader, path, &shape));
    coop_h5_quiet_begin(&quiet);
    const enum coop_status status = coop_h5_read_text((hid_t)reader->source[0].file, path, ret);
    coop_h5_quiet_end(&quiet);
    return status;
}
