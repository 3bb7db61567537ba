/* coopsim - GPL-3.0-or-later
 *
 * Reading what a result has of the regimes of its runs. */
#include "sim/io/read_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_LENGTH_MAX = 200 };

enum coop_status coop_reader_regimes(struct coop_reader *reader, size_t *ret)
{
    struct coop_h5_shape shape;
    *ret = 0;
    /* Opens the first source, if it had to be closed. */
    COOP_TRY(coop_reader_shape(reader, "run", &shape));
    if (!coop_reader_has_group(reader, "regimes"))
        return COOP_OK;
    COOP_TRY(coop_reader_shape(reader, "regimes/regime", &shape));
    if (shape.rank != 1 || shape.size[0] > 10000)
        return COOP_FAIL(COOP_REFUSED, "%s: `regimes/regime` is no list", reader->path);
    *ret = shape.size[0];
    return COOP_OK;
}

enum coop_status coop_reader_regime_name(struct coop_reader *reader, size_t run, size_t regime,
                                         char **ret)
{
    struct coop_rows rows = {.group = "regimes/", .name = "name"};
    *ret = NULL;
    COOP_TRY(coop_reader_shape(reader, "regimes/name", &rows.shape));
    const size_t regimes = coop_h5_row_cells(&rows.shape);
    if (rows.shape.type != COOP_H5_TEXT || rows.shape.rank != 2 || regime >= regimes)
        return COOP_FAIL(COOP_REFUSED, "%s: `regimes/name` has no regime %zu", reader->path,
                         regime);
    char **name = calloc(regimes, sizeof *name);
    if (name == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the names of the regimes");
    rows.cells = (char *)name;
    enum coop_status status = coop_reader_rows(reader, &rows, run, 1);
    if (status == COOP_OK) {
        *ret = strdup(name[regime] != NULL ? name[regime] : "");
        status = *ret != NULL ? COOP_OK : COOP_FAIL(COOP_MEMORY, "out of memory for a name");
    }
    coop_h5_free_texts(name, regimes);
    free(name);
    return status;
}

enum coop_status coop_reader_regime_series(struct coop_reader *reader, size_t measure, size_t first,
                                           size_t count, double *ret_value, double *ret_spread)
{
    char name[NAME_LENGTH_MAX];
    size_t regimes;
    COOP_TRY(coop_reader_regimes(reader, &regimes));
    struct coop_number_rows rows = {"regimes/", name, 3, reader->times * regimes};
    snprintf(name, sizeof name, "%s", reader->measure[measure]);
    COOP_TRY(coop_reader_numbers(reader, rows, first, count, ret_value));
    snprintf(name, sizeof name, "%s_sd", reader->measure[measure]);
    return coop_reader_numbers(reader, rows, first, count, ret_spread);
}
