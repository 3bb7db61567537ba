/* coopsim - GPL-3.0-or-later
 *
 * Reading the group /expectations of a result. */
#include "sim/io/read_parts.h"

#include <stdio.h>
#include <stdlib.h>

enum { NAME_LENGTH_MAX = 200 };

static enum coop_status read_column(struct coop_reader *reader, const char *name,
                                    enum coop_h5_type type, size_t rows, void *ret)
{
    char path[NAME_LENGTH_MAX];
    struct coop_h5_shape shape;
    snprintf(path, sizeof path, "expectations/%s", name);
    COOP_TRY(coop_reader_shape(reader, path, &shape));
    if (shape.type != type || shape.rank != 1 || shape.size[0] != rows)
        return COOP_FAIL(COOP_REFUSED, "%s: `%s` is not one value an expectation", reader->path,
                         path);
    return coop_h5_read((hid_t)reader->source[0].file, path, &shape, 0, rows, ret);
}

static enum coop_status read_texts(struct coop_reader *reader, size_t rows,
                                   struct coop_read_expectation *ret)
{
    static const char *const name[] = {"measure", "unit", "case", "against", "because", "reason"};
    char **text = calloc(rows, sizeof *text);
    enum coop_status status =
        text != NULL ? COOP_OK : COOP_FAIL(COOP_MEMORY, "out of memory for the expectations");
    for (size_t i = 0; status == COOP_OK && i < sizeof name / sizeof *name; i++) {
        status = read_column(reader, name[i], COOP_H5_TEXT, rows, text);
        for (size_t row = 0; row < rows; row++) {
            char **place[] = {&ret[row].measure, &ret[row].unit,    &ret[row].subject,
                              &ret[row].against, &ret[row].because, &ret[row].reason};
            if (asprintf(place[i], "%s", text[row] != NULL ? text[row] : "") < 0) {
                *place[i] = NULL;
                status = COOP_FAIL(COOP_MEMORY, "out of memory for the expectations");
            }
        }
        coop_h5_free_texts(text, rows);
    }
    free(text);
    return status;
}

static enum coop_status read_numbers(struct coop_reader *reader, size_t rows,
                                     struct coop_read_expectation *ret)
{
    static const char *const name[] = {"value", "margin", "level", "estimate", "low", "high"};
    double *number = calloc(rows, sizeof *number);
    enum coop_status status =
        number != NULL ? COOP_OK : COOP_FAIL(COOP_MEMORY, "out of memory for the expectations");
    for (size_t i = 0; status == COOP_OK && i < sizeof name / sizeof *name; i++) {
        status = read_column(reader, name[i], COOP_H5_F64, rows, number);
        for (size_t row = 0; row < rows; row++) {
            double *place[] = {&ret[row].value,    &ret[row].margin, &ret[row].level,
                               &ret[row].estimate, &ret[row].low,    &ret[row].high};
            *place[i] = number[row];
        }
    }
    free(number);
    return status;
}

static enum coop_status read_words(struct coop_reader *reader, size_t rows,
                                   struct coop_read_expectation *ret)
{
    int8_t *word = calloc(2 * rows, sizeof *word);
    if (word == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the expectations");
    enum coop_status status = read_column(reader, "direction", COOP_H5_I8, rows, word);
    if (status == COOP_OK)
        status = read_column(reader, "verdict", COOP_H5_I8, rows, word + rows);
    for (size_t row = 0; status == COOP_OK && row < rows; row++) {
        ret[row].direction = word[row];
        ret[row].verdict = word[rows + row];
        if (word[row] < 0 || word[row] > 2 || word[rows + row] < 0 || word[rows + row] > 2)
            status = COOP_FAIL(COOP_REFUSED, "%s: an expectation has no direction or verdict",
                               reader->path);
    }
    free(word);
    return status;
}

enum coop_status coop_reader_expectations(struct coop_reader *reader,
                                          struct coop_read_expectation **ret, size_t *ret_count)
{
    struct coop_h5_shape shape;
    struct coop_h5_quiet quiet;
    *ret = NULL;
    *ret_count = 0;
    COOP_TRY(coop_reader_shape(reader, "run", &shape));
    if (!coop_reader_has_group(reader, "expectations"))
        return COOP_OK;
    COOP_TRY(coop_reader_shape(reader, "expectations/measure", &shape));
    const size_t rows = shape.rank == 1 ? shape.size[0] : 0;
    struct coop_read_expectation *all = rows > 0 ? calloc(rows, sizeof *all) : NULL;
    if (all == NULL)
        return COOP_FAIL(COOP_REFUSED, "%s: no expectations can be read", reader->path);
    coop_h5_quiet_begin(&quiet);
    enum coop_status status = read_texts(reader, rows, all);
    if (status == COOP_OK)
        status = read_numbers(reader, rows, all);
    if (status == COOP_OK)
        status = read_words(reader, rows, all);
    coop_h5_quiet_end(&quiet);
    if (status != COOP_OK) {
        coop_read_expectations_free(all, rows);
        return status;
    }
    *ret = all;
    *ret_count = rows;
    return COOP_OK;
}

void coop_read_expectations_free(struct coop_read_expectation *expectation, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(expectation[i].measure);
        free(expectation[i].unit);
        free(expectation[i].subject);
        free(expectation[i].against);
        free(expectation[i].because);
        free(expectation[i].reason);
    }
    free(expectation);
}
