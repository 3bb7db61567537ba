/* coopsim - GPL-3.0-or-later */
#include "sim/hypothesis/sample.h"

#include "sim/hypothesis/gather.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CORRELATED_MIN = 4, UNITS_MIN = 2 };

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for a hypothesis");
}

/* Makes room for `count` more units and returns where their values begin: they are kept unit by
 * unit until all are there. */
static double *grow(struct coop_sample *sample, size_t count)
{
    const size_t units = sample->units + count;
    if (units > sample->room) {
        const size_t room = units + sample->units;
        double *value = realloc(sample->value, (room * sample->columns + 1) * sizeof *value);
        if (value != NULL)
            sample->value = value;
        size_t *cluster = realloc(sample->cluster, (room + 1) * sizeof *cluster);
        if (cluster != NULL)
            sample->cluster = cluster;
        if (value == NULL || cluster == NULL)
            return NULL;
        sample->room = room;
    }
    return sample->value + sample->units * sample->columns;
}

/* Takes over the units that have a value in every column. */
static enum coop_status keep_complete(struct coop_sample *sample, const struct coop_gather *gather)
{
    const size_t columns = sample->columns, first = sample->units;
    double *value = grow(sample, gather->units);
    if (value == NULL)
        return no_memory();
    for (size_t u = 0; u < gather->units; u++) {
        bool complete = true;
        for (size_t c = 0; c < columns; c++)
            complete = complete && isfinite(gather->value[u * columns + c]);
        if (!complete)
            continue;
        memcpy(value, gather->value + u * columns, columns * sizeof *value);
        value += columns;
        sample->units++;
    }
    if (!sample->replicates)
        sample->clusters = sample->units;
    else if (sample->units > first)
        sample->clusters++;
    for (size_t u = first; u < sample->units; u++)
        sample->cluster[u] = sample->replicates ? sample->clusters - 1 : u;
    return COOP_OK;
}

/* Replicates with an unfinished run are left out; if all are, the reason stays. */
static enum coop_status add_units(struct coop_sample *sample, const struct coop_source *source,
                                  struct coop_gather *gather)
{
    const char *reason = "a run is not finished";
    for (size_t r = 0; r < source->design->replicates && !gather->hopeless; r++) {
        COOP_TRY(coop_gather_replicate(gather, r));
        reason = gather->reason;
        if (*reason == '\0')
            COOP_TRY(keep_complete(sample, gather));
    }
    if (gather->hopeless || sample->units == 0)
        sample->reason = reason;
    return COOP_OK;
}

/* From unit by unit to column by column. */
static enum coop_status transpose(struct coop_sample *sample)
{
    double *value = calloc(sample->columns * sample->units + 1, sizeof *value);
    if (value == NULL)
        return no_memory();
    for (size_t u = 0; u < sample->units; u++)
        for (size_t c = 0; c < sample->columns; c++)
            value[c * sample->units + u] = sample->value[u * sample->columns + c];
    free(sample->value);
    sample->value = value;
    return COOP_OK;
}

/* Of cases the value in the first run that is finished. */
static enum coop_status find_place(const struct coop_hypothesis *hypothesis,
                                   const struct coop_source *source, size_t entry, double *ret)
{
    const struct coop_design *design = source->design;
    for (size_t run = entry; run < design->runs; run += design->entries)
        if (source->finished(source->user, run))
            return source->parameter(source->user, run, hypothesis->over, ret);
    *ret = NAN;
    return COOP_OK;
}

static enum coop_status find_places(struct coop_sample *sample,
                                    const struct coop_hypothesis *hypothesis,
                                    const struct coop_source *source,
                                    const struct coop_columns *columns)
{
    sample->place = calloc(columns->count + 1, sizeof *sample->place);
    if (sample->place == NULL)
        return no_memory();
    for (size_t c = 0; c < columns->count && hypothesis->contrast == COOP_TREND; c++)
        if (columns->place != NULL)
            sample->place[c] = columns->place[c];
        else
            COOP_TRY(find_place(hypothesis, source, columns->item[c].entry, &sample->place[c]));
    return COOP_OK;
}

static void check_size(struct coop_sample *sample, bool correlation)
{
    if (*sample->reason != '\0')
        return;
    if (sample->clusters < UNITS_MIN)
        sample->reason = sample->replicates ? "fewer than two replicates have a value"
                                            : "fewer than two organisations have a value";
    else if (correlation && sample->clusters < CORRELATED_MIN)
        sample->reason = sample->replicates
                             ? "a correlation takes four or more replicates with a value"
                             : "a correlation takes four or more organisations with a value";
}

enum coop_status coop_sample_init(struct coop_sample *ret, const struct coop_hypothesis *hypothesis,
                                  const struct coop_config *config, const struct coop_model *model,
                                  const struct coop_source *source)
{
    const bool correlation = hypothesis->contrast == COOP_CORRELATION;
    struct coop_columns columns;
    struct coop_gather gather = {.source = source, .columns = &columns};
    *ret = (struct coop_sample){.replicates = source->design->replicates > 1, .reason = ""};
    enum coop_status status =
        coop_columns_init(&columns, hypothesis, config, model, source->design);
    ret->columns = columns.count;
    gather.by_run = ret->replicates && !correlation;
    if (status == COOP_OK)
        status = add_units(ret, source, &gather);
    if (status == COOP_OK)
        status = find_places(ret, hypothesis, source, &columns);
    coop_gather_free(&gather);
    coop_columns_free(&columns);
    COOP_TRY(status);
    check_size(ret, correlation);
    return transpose(ret);
}

void coop_sample_free(struct coop_sample *sample)
{
    free(sample->value);
    free(sample->cluster);
    free(sample->place);
    *sample = (struct coop_sample){0};
}
