/* coopsim - GPL-3.0-or-later
 *
 * Comparing a run with the same run computed again. */
#include "sim/io/merge.h"

#include "sim/io/merge_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct comparison {
    struct coop_reader *stored, again; /* `again` has the one run */
    size_t run, values;
    char different[128]; /* "" so far */
};

static bool same_cells(enum coop_h5_type type, const char *a, const char *b, size_t cells)
{
    if (type != COOP_H5_TEXT)
        return memcmp(a, b, cells * coop_h5_cell(type)) == 0;
    for (size_t i = 0; i < cells; i++) {
        const char *left = ((const char *const *)(const void *)a)[i];
        const char *right = ((const char *const *)(const void *)b)[i];
        if (strcmp(left != NULL ? left : "", right != NULL ? right : "") != 0)
            return false;
    }
    return true;
}

static enum coop_status compare_variable(struct comparison *comparison, hid_t place,
                                         const char *group, const char *name)
{
    struct coop_rows rows = {.group = group, .name = name}, again;
    COOP_TRY(coop_h5_shape(place, name, &rows.shape));
    const size_t cells = coop_h5_row_cells(&rows.shape);
    const size_t bytes = cells * coop_h5_cell(rows.shape.type);
    rows.cells = calloc(2, bytes + 1);
    again = rows;
    if (rows.cells == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory comparing `%s`", name);
    again.cells = rows.cells + bytes;
    enum coop_status status = coop_reader_rows(comparison->stored, &rows, comparison->run, 1);
    if (status == COOP_OK)
        status = coop_reader_rows(&comparison->again, &again, comparison->run, 1);
    if (status == COOP_OK && comparison->different[0] == '\0' &&
        !same_cells(rows.shape.type, rows.cells, again.cells, cells))
        snprintf(comparison->different, sizeof comparison->different, "%s%s", group, name);
    comparison->values += cells;
    if (rows.shape.type == COOP_H5_TEXT)
        coop_h5_free_texts((char **)(void *)rows.cells, 2 * cells);
    free(rows.cells);
    return status;
}

static enum coop_status compare_group(struct comparison *comparison, hid_t place, const char *group)
{
    struct coop_h5_names names;
    enum coop_status status = coop_h5_names(place, &names);
    for (size_t i = 0; status == COOP_OK && i < names.count; i++) {
        char inner[128];
        if (!coop_h5_is_group(place, names.name[i])) {
            if (coop_merge_is_by_run(place, names.name[i]))
                status = compare_variable(comparison, place, group, names.name[i]);
            continue;
        }
        hid_t below = H5Gopen2(place, names.name[i], H5P_DEFAULT);
        snprintf(inner, sizeof inner, "%s/", names.name[i]);
        status = below >= 0 ? compare_group(comparison, below, inner)
                            : coop_h5_refuse("open", names.name[i]);
        if (below >= 0)
            H5Gclose(below);
    }
    coop_h5_names_free(&names);
    return status;
}

enum coop_status coop_merge_compare(struct coop_reader *reader, size_t run, const void *bytes,
                                    size_t size, char *ret_different, size_t different_size,
                                    size_t *ret_values)
{
    struct comparison comparison = {.stored = reader, .run = run};
    struct coop_h5_quiet quiet;
    coop_h5_quiet_begin(&quiet);
    comparison.again.path = strdup("the run computed again");
    enum coop_status status = comparison.again.path != NULL
                                  ? coop_reader_make_index(&comparison.again, reader->runs)
                                  : COOP_FAIL(COOP_MEMORY, "out of memory for the comparison");
    if (status == COOP_OK)
        status = coop_reader_add_image(&comparison.again, bytes, size);
    if (status == COOP_OK)
        status = compare_group(&comparison, (hid_t)comparison.again.source[0].file, "");
    coop_reader_close(&comparison.again);
    coop_h5_quiet_end(&quiet);
    snprintf(ret_different, different_size, "%s", comparison.different);
    *ret_values = comparison.values;
    return status;
}
