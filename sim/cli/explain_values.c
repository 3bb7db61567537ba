/* coopsim - GPL-3.0-or-later */
#include "sim/cli/explain_values.h"

#include "sim/io/results_source.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the accounting");
}

/* Leaves the units that have a value at every point. */
static void drop_missing(struct coop_explain_values *values, size_t points)
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
                                           size_t entry, struct coop_explain_values *ret)
{
    const struct coop_design *design = source->design;
    bool there = true;
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
static enum coop_status find_organisations(struct coop_analysis *analysis, const char *measure,
                                           size_t entry, struct coop_explain_values *ret)
{
    const struct coop_study *study = &analysis->results.study;
    const size_t number = (size_t)coop_model_measure_find(study->model, measure);
    struct coop_results_source results;
    *ret = (struct coop_explain_values){.kind = COOP_ACCOUNT_ORGANISATIONS};
    if (study->design.replicates > 1 || coop_model_measure(study->model, number)->pool != NULL)
        return COOP_OK;
    coop_results_source_init(&results, &analysis->results.reader, study->model, &study->design);
    const struct coop_source source = coop_results_source(&results);
    const enum coop_status status = read_organisations(&source, number, entry, ret);
    coop_results_source_free(&results);
    return status;
}

static enum coop_status find_replicates(struct coop_analysis *analysis, const char *measure,
                                        size_t entry, struct coop_explain_values *ret)
{
    const struct coop_design *design = &analysis->results.study.design;
    double *run_value;
    free(ret->value);
    *ret =
        (struct coop_explain_values){.kind = COOP_ACCOUNT_REPLICATES, .units = design->replicates};
    ret->value = calloc(design->points * design->replicates, sizeof *ret->value);
    if (ret->value == NULL)
        return no_memory();
    COOP_TRY(coop_analysis_finals(analysis, measure, &run_value));
    coop_account_gather(design, entry, run_value, ret->value);
    free(run_value);
    return COOP_OK;
}

enum coop_status coop_explain_values_find(struct coop_explain_values *ret,
                                          struct coop_analysis *analysis, const char *measure,
                                          size_t entry)
{
    COOP_TRY(find_organisations(analysis, measure, entry, ret));
    return ret->units < 2 ? find_replicates(analysis, measure, entry, ret) : COOP_OK;
}
