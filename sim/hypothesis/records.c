/* coopsim - GPL-3.0-or-later */
#include "sim/hypothesis/records.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { YEAR = 52 };

static int compare_plans(struct coop_plan plan, const char *name, size_t replicate)
{
    const int order = strcmp(plan.name, name);
    if (order != 0)
        return order;
    return plan.replicate < replicate ? -1 : plan.replicate > replicate;
}

static int compare_runs(const void *a, const void *b, void *user)
{
    const struct coop_design *design = user;
    const struct coop_plan second = coop_design_plan(design, *(const size_t *)b);
    return compare_plans(coop_design_plan(design, *(const size_t *)a), second.name,
                         second.replicate);
}

enum coop_status coop_records_init(struct coop_records *ret, const struct coop_model *model,
                                   const struct coop_design *design,
                                   const struct coop_script *script,
                                   const struct coop_record *record)
{
    *ret =
        (struct coop_records){.model = model, .design = design, .script = script, .record = record};
    ret->by_name = calloc(design->runs + 1, sizeof *ret->by_name);
    if (ret->by_name == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for %zu runs", design->runs);
    for (size_t r = 0; r < design->runs; r++)
        ret->by_name[r] = r;
    qsort_r(ret->by_name, design->runs, sizeof *ret->by_name, compare_runs,
            (void *)(uintptr_t)design);
    return COOP_OK;
}

void coop_records_free(struct coop_records *records)
{
    free(records->by_name);
    *records = (struct coop_records){0};
}

static size_t find(const void *user, const char *name, size_t replicate)
{
    const struct coop_records *records = user;
    size_t begin = 0, end = records->design->runs;
    while (begin < end) {
        const size_t middle = begin + (end - begin) / 2, run = records->by_name[middle];
        const int order = compare_plans(coop_design_plan(records->design, run), name, replicate);
        if (order == 0)
            return records->record[run].organisations > 0 ? run : COOP_NO_RUN;
        if (order < 0)
            begin = middle + 1;
        else
            end = middle;
    }
    return COOP_NO_RUN;
}

static size_t organisations(const void *user, size_t run)
{
    const struct coop_records *records = user;
    return records->record[run].organisations;
}

/* Mean over the records of the 52 weeks that end in week `end`. */
static void mean_of_year(const struct coop_record *record, size_t measure, int64_t end, double *ret)
{
    const int64_t before = end > YEAR ? end - YEAR : 0;
    for (size_t o = 0; o < record->organisations; o++) {
        double sum = 0, count = 0;
        for (size_t t = 0; t < record->times; t++) {
            const size_t at = (measure * record->times + t) * record->organisations + o;
            const bool counts = record->week[t] > before && record->week[t] <= end;
            if (!counts || isnan(record->organisation[at]))
                continue;
            sum += (double)record->organisation[at];
            count += 1;
        }
        ret[o] = count > 0 ? sum / count : NAN;
    }
}

static bool values(const void *user, size_t run, size_t measure, int64_t shift, double *ret)
{
    const struct coop_records *records = user;
    const struct coop_record *record = &records->record[run];
    const bool together = coop_model_measure(records->model, measure)->pool != NULL;
    if (shift > 0 && record->organisation == NULL)
        return false;
    if (shift == 0 && record->final_organisation == NULL)
        return false;
    if (shift > 0)
        mean_of_year(record, measure, record->week[record->times - 1] - shift, ret);
    for (size_t o = 0; o < record->organisations; o++) {
        if (shift == 0)
            ret[o] = (double)record->final_organisation[measure * record->organisations + o];
        if (together)
            ret[o] = NAN;
    }
    return true;
}

static double value(const void *user, size_t run, size_t measure)
{
    const struct coop_records *records = user;
    return records->record[run].final_mean[measure];
}

static double parameter(const void *user, size_t run, const char *name)
{
    const struct coop_records *records = user;
    return coop_param_real(records->script[run].set, name);
}

struct coop_source coop_records_source(const struct coop_records *records)
{
    struct coop_source source = {.user = records,
                                 .replicates = records->design->replicates,
                                 .find = find,
                                 .organisations = organisations,
                                 .values = values,
                                 .value = value,
                                 .parameter = parameter};
    return source;
}
