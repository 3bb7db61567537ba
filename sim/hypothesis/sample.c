/* coopsim - GPL-3.0-or-later */
#include "sim/hypothesis/sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = 160, CORRELATED_MIN = 4, UNITS_MIN = 2 };

/* One column: the runs of a case by replicate, and what is read of them. */
struct column {
    char name[NAME_SIZE];
    size_t measure;
    int64_t shift;
};

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for a hypothesis");
}

static size_t measure_of(const struct coop_model *model, const char *name)
{
    return (size_t)coop_model_measure_find(model, name);
}

/* "twin" is the case's own, of which there is one. */
static void name_against(const struct coop_hypothesis *hypothesis, const struct coop_config *config,
                         char *ret)
{
    if (strcmp(hypothesis->against, "twin") == 0)
        snprintf(ret, NAME_SIZE, "%s/%s", hypothesis->item[0].name, config->twin[0]);
    else
        snprintf(ret, NAME_SIZE, "%s", hypothesis->against);
}

/* With the same measure in another case. */
static bool compares(const struct coop_hypothesis *hypothesis)
{
    return hypothesis->contrast == COOP_PAIRED || hypothesis->contrast == COOP_SWAP_SHARE;
}

/* The measure is looked at first if the other one is said to be earlier, by a negative lag else. */
static void make_columns(const struct coop_hypothesis *hypothesis, const struct coop_config *config,
                         const struct coop_model *model, struct column *ret)
{
    const size_t cases = hypothesis->cases;
    const int64_t lag = hypothesis->lag;
    for (size_t c = 0; c < cases; c++) {
        ret[c].measure = measure_of(model, hypothesis->measure);
        ret[c].shift = lag < 0 ? -lag : 0;
        snprintf(ret[c].name, NAME_SIZE, "%s", hypothesis->item[c].name);
        if (hypothesis->contrast != COOP_CORRELATION)
            continue;
        ret[cases + c] = ret[c];
        ret[cases + c].measure = measure_of(model, hypothesis->with);
        ret[cases + c].shift = lag > 0 ? lag : 0;
    }
    if (compares(hypothesis)) {
        ret[1] = ret[0];
        name_against(hypothesis, config, ret[1].name);
    }
}

/* The runs of all columns in a replicate, and if organisations are the units their common number;
 * or why not. */
static const char *find_runs(const struct coop_source *source, const struct column *column,
                             size_t columns, size_t replicate, bool by_run, size_t *ret_run,
                             size_t *ret_count)
{
    for (size_t c = 0; c < columns; c++) {
        ret_run[c] = source->find(source->user, column[c].name, replicate);
        if (ret_run[c] == COOP_NO_RUN)
            return "a run is not finished";
    }
    *ret_count = source->organisations(source->user, ret_run[0]);
    for (size_t c = 1; c < columns && !by_run; c++)
        if (source->organisations(source->user, ret_run[c]) != *ret_count)
            return "the cases have not the same number of organisations, so they cannot be paired";
    return "";
}

/* Makes room for `count` more units and returns where their values begin: they are kept unit by
 * unit until all are there. */
static double *grow(struct coop_sample *sample, size_t count)
{
    const size_t units = sample->units + count;
    double *value = realloc(sample->value, (units * sample->columns + 1) * sizeof *value);
    if (value != NULL)
        sample->value = value;
    size_t *cluster = realloc(sample->cluster, (units + 1) * sizeof *cluster);
    if (cluster != NULL)
        sample->cluster = cluster;
    return value != NULL && cluster != NULL ? value + sample->units * sample->columns : NULL;
}

/* Takes over the units that have a value in every column. */
static void keep_complete(struct coop_sample *sample, const double *value, size_t count,
                          size_t replicate)
{
    const size_t columns = sample->columns, first = sample->units;
    for (size_t u = 0; u < count; u++) {
        bool complete = true;
        for (size_t c = 0; c < columns; c++)
            complete = complete && isfinite(value[u * columns + c]);
        if (!complete)
            continue;
        memmove(sample->value + sample->units * columns, value + u * columns,
                columns * sizeof *value);
        sample->cluster[sample->units++] = sample->replicates ? replicate : u;
    }
    if (!sample->replicates)
        sample->clusters = sample->units;
    else if (sample->units > first)
        sample->clusters++;
    for (size_t u = first; u < sample->units; u++)
        sample->cluster[u] = sample->replicates ? sample->clusters - 1 : u;
}

static enum coop_status add_organisations(struct coop_sample *sample,
                                          const struct coop_source *source,
                                          const struct column *column, const size_t *run,
                                          size_t count, size_t replicate)
{
    double *value = grow(sample, count), *one = calloc(count + 1, sizeof *one);
    for (size_t c = 0; value != NULL && one != NULL && c < sample->columns; c++) {
        if (!source->values(source->user, run[c], column[c].measure, column[c].shift, one))
            sample->reason = "there are no records of each organisation - set record.organisations "
                             "to true";
        for (size_t u = 0; u < count; u++)
            value[u * sample->columns + c] = *sample->reason == '\0' ? one[u] : NAN;
    }
    free(one);
    if (value == NULL || one == NULL)
        return no_memory();
    keep_complete(sample, value, count, replicate);
    return COOP_OK;
}

static enum coop_status add_replicate(struct coop_sample *sample, const struct coop_source *source,
                                      const struct column *column, const size_t *run,
                                      size_t replicate)
{
    double *value = grow(sample, 1);
    if (value == NULL)
        return no_memory();
    for (size_t c = 0; c < sample->columns; c++)
        value[c] = source->value(source->user, run[c], column[c].measure);
    keep_complete(sample, value, 1, replicate);
    return COOP_OK;
}

/* Replicates with an unfinished run are left out; if all are, the reason stays. */
static enum coop_status add_units(struct coop_sample *sample, const struct coop_source *source,
                                  const struct column *column, bool correlation, size_t *run)
{
    const char *reason = "a run is not finished";
    const bool by_run = sample->replicates && !correlation;
    for (size_t r = 0; r < source->replicates && *sample->reason == '\0'; r++) {
        size_t count;
        const char *fault = find_runs(source, column, sample->columns, r, by_run, run, &count);
        if (*fault != '\0') {
            reason = fault;
            continue;
        }
        reason = "";
        COOP_TRY(by_run ? add_replicate(sample, source, column, run, r)
                        : add_organisations(sample, source, column, run, count, r));
    }
    if (*sample->reason == '\0' && sample->units == 0)
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

static void find_places(struct coop_sample *sample, const struct coop_hypothesis *hypothesis,
                        const struct coop_source *source)
{
    for (size_t c = 0; c < hypothesis->cases; c++) {
        sample->place[c] = NAN;
        for (size_t r = 0; r < source->replicates && isnan(sample->place[c]); r++) {
            const size_t run = source->find(source->user, hypothesis->item[c].name, r);
            if (run != COOP_NO_RUN)
                sample->place[c] = source->parameter(source->user, run, hypothesis->over);
        }
    }
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
    const size_t more = compares(hypothesis) ? 1 : 0;
    *ret = (struct coop_sample){.columns = hypothesis->cases * (correlation ? 2 : 1) + more,
                                .replicates = source->replicates > 1,
                                .reason = ""};
    struct column *column = calloc(ret->columns + 1, sizeof *column);
    size_t *run = calloc(ret->columns + 1, sizeof *run);
    ret->place = calloc(hypothesis->cases + 1, sizeof *ret->place);
    enum coop_status status = column && run && ret->place ? COOP_OK : no_memory();
    if (status == COOP_OK) {
        make_columns(hypothesis, config, model, column);
        status = add_units(ret, source, column, correlation, run);
    }
    free(column);
    free(run);
    COOP_TRY(status);
    if (hypothesis->contrast == COOP_TREND)
        find_places(ret, hypothesis, source);
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
