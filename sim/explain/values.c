/* coopsim - GPL-3.0-or-later */
#include "sim/explain/values.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the accounting");
}

/* Leaves the units that have a value at every point. */
static void drop_missing(struct coop_account_values *values, size_t points)
{
    size_t kept = 0;
    for (size_t u = 0; u < values->units; u++) {
        bool whole = true;
        for (size_t p = 0; p < points; p++)
            whole = whole && isfinite(values->value[p * values->units + u]);
        for (size_t p = 0; p < points && whole; p++)
            values->value[p * values->units + kept] = values->value[p * values->units + u];
        kept += whole;
    }
    for (size_t p = 1; p < points && kept > 0; p++)
        memmove(values->value + p * kept, values->value + p * values->units,
                kept * sizeof *values->value);
    values->units = kept;
}

/* Of each organisation, if they were kept; none otherwise. */
static enum coop_status read_organisations(const struct coop_source *source, size_t measure,
                                           size_t entry, struct coop_account_values *ret)
{
    const struct coop_design *design = source->design;
    bool there = true;
    for (size_t p = 0; p < design->points; p++)
        if (!source->finished(source->user, p * design->entries + entry))
            return COOP_OK;
    COOP_TRY(source->organisations(source->user, entry, &ret->units));
    ret->value = calloc(design->points * ret->units + 1, sizeof *ret->value);
    if (ret->value == NULL)
        return no_memory();
    for (size_t p = 0; p < design->points && there; p++)
        COOP_TRY(source->values(source->user, p * design->entries + entry, measure, 0, ret->units,
                                ret->value + p * ret->units, &there));
    if (there)
        drop_missing(ret, design->points);
    else
        ret->units = 0;
    return COOP_OK;
}

/* Of one replicate the organisations are what is independent, unless the measure is one of all of
 * them together. */
static enum coop_status find_organisations(const struct coop_source *source,
                                           const struct coop_model *model, size_t measure,
                                           size_t entry, struct coop_account_values *ret)
{
    *ret = (struct coop_account_values){.kind = COOP_ACCOUNT_ORGANISATIONS};
    if (source->design->replicates > 1 || coop_model_measure(model, measure)->pool != NULL)
        return COOP_OK;
    return read_organisations(source, measure, entry, ret);
}

static enum coop_status find_replicates(const struct coop_source *source, size_t measure,
                                        size_t entry, struct coop_account_values *ret)
{
    const struct coop_design *design = source->design;
    const size_t units = design->replicates, runs = design->points * design->entries;
    free(ret->value);
    *ret = (struct coop_account_values){.kind = COOP_ACCOUNT_REPLICATES, .units = units};
    ret->value = calloc(design->points * units, sizeof *ret->value);
    if (ret->value == NULL)
        return no_memory();
    for (size_t r = 0; r < units; r++)
        for (size_t p = 0; p < design->points; p++) {
            const size_t run = r * runs + p * design->entries + entry;
            double *value = &ret->value[p * units + r];
            *value = NAN;
            if (source->finished(source->user, run))
                COOP_TRY(source->value(source->user, run, measure, value));
        }
    return COOP_OK;
}

enum coop_status coop_account_values_find(struct coop_account_values *ret,
                                          const struct coop_source *source,
                                          const struct coop_model *model, const char *measure,
                                          size_t entry)
{
    const size_t number = (size_t)coop_model_measure_find(model, measure);
    COOP_TRY(find_organisations(source, model, number, entry, ret));
    return ret->units < 2 ? find_replicates(source, number, entry, ret) : COOP_OK;
}
