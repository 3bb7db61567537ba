/* coopsim - GPL-3.0-or-later */
#include "sim/hypothesis/gather.h"

#include <math.h>
#include <stdlib.h>

/* Columns [first, end) that a point has. */
static void find_columns(const struct coop_columns *columns, size_t point, size_t *ret_first,
                         size_t *ret_end)
{
    *ret_first = columns->of_point != NULL ? columns->of_point[point] : 0;
    *ret_end = columns->of_point != NULL ? *ret_first + 1 : columns->count;
    if (*ret_first == COOP_NO_COLUMN)
        *ret_first = *ret_end = 0;
}

static enum coop_status make_room(struct coop_gather *gather, size_t units)
{
    const size_t cells = units * gather->columns->count + 1;
    gather->units = units;
    if (units > gather->room) {
        coop_gather_free(gather);
        gather->value = malloc(cells * sizeof *gather->value);
        gather->count = malloc(cells * sizeof *gather->count);
        gather->point = malloc(cells * sizeof *gather->point);
        if (gather->value == NULL || gather->count == NULL || gather->point == NULL)
            return COOP_FAIL(COOP_MEMORY, "out of memory for a hypothesis");
        gather->room = units;
    }
    for (size_t i = 0; i < cells; i++)
        gather->value[i] = gather->count[i] = 0;
    return COOP_OK;
}

static size_t run_of(const struct coop_gather *gather, size_t replicate, size_t point,
                     size_t column)
{
    const struct coop_design *design = gather->source->design;
    return (replicate * design->points + point) * design->entries +
           gather->columns->item[column].entry;
}

/* The units are those of the first run. */
static enum coop_status read_organisations(struct coop_gather *gather, size_t run, size_t column)
{
    const struct coop_source *source = gather->source;
    const struct coop_column *item = &gather->columns->item[column];
    size_t organisations;
    bool there;
    COOP_TRY(source->organisations(source->user, run, &organisations));
    if (gather->units == 0)
        COOP_TRY(make_room(gather, organisations));
    if (organisations != gather->units) {
        gather->reason =
            "the cases have not the same number of organisations, so they cannot be paired";
        return COOP_OK;
    }
    COOP_TRY(source->values(source->user, run, item->measure, item->shift, organisations,
                            gather->point + column * gather->units, &there));
    if (!there) {
        gather->reason =
            "there are no records of each organisation - set record.organisations to true";
        gather->hopeless = true;
    }
    return COOP_OK;
}

static enum coop_status read_column(struct coop_gather *gather, size_t replicate, size_t point,
                                    size_t column)
{
    const struct coop_source *source = gather->source;
    const size_t run = run_of(gather, replicate, point, column);
    if (!source->finished(source->user, run)) {
        gather->reason = "a run is not finished";
        return COOP_OK;
    }
    if (!gather->by_run)
        return read_organisations(gather, run, column);
    return source->value(source->user, run, gather->columns->item[column].measure,
                         &gather->point[column]);
}

static void add_unit(struct coop_gather *gather, size_t unit, size_t first, size_t end)
{
    const size_t columns = gather->columns->count;
    for (size_t c = first; c < end; c++)
        if (!isfinite(gather->point[c * gather->units + unit]))
            return;
    for (size_t c = first; c < end; c++) {
        gather->value[unit * columns + c] += gather->point[c * gather->units + unit];
        gather->count[unit * columns + c] += 1;
    }
}

static enum coop_status add_point(struct coop_gather *gather, size_t replicate, size_t point)
{
    size_t first, end;
    find_columns(gather->columns, point, &first, &end);
    for (size_t c = first; c < end && *gather->reason == '\0'; c++)
        COOP_TRY(read_column(gather, replicate, point, c));
    for (size_t u = 0; u < gather->units && *gather->reason == '\0'; u++)
        add_unit(gather, u, first, end);
    return COOP_OK;
}

enum coop_status coop_gather_replicate(struct coop_gather *gather, size_t replicate)
{
    gather->reason = "";
    gather->units = 0;
    if (gather->by_run)
        COOP_TRY(make_room(gather, 1));
    for (size_t p = 0; p < gather->source->design->points && *gather->reason == '\0'; p++)
        COOP_TRY(add_point(gather, replicate, p));
    for (size_t i = 0; i < gather->units * gather->columns->count; i++)
        gather->value[i] = gather->count[i] > 0 ? gather->value[i] / gather->count[i] : (double)NAN;
    return COOP_OK;
}

void coop_gather_free(struct coop_gather *gather)
{
    free(gather->value);
    free(gather->count);
    free(gather->point);
    gather->value = gather->count = gather->point = NULL;
    gather->room = 0;
}
