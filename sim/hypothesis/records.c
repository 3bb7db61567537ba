/* coopsim - GPL-3.0-or-later */
#include "sim/hypothesis/records.h"

#include <math.h>

enum { YEAR = 52 };

static bool finished(void *user, size_t run)
{
    const struct coop_records *records = user;
    return records->record[run].organisations > 0;
}

static enum coop_status organisations(void *user, size_t run, size_t *ret)
{
    const struct coop_records *records = user;
    *ret = records->record[run].organisations;
    return COOP_OK;
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

static enum coop_status values(void *user, size_t run, size_t measure, int64_t shift, size_t count,
                               double *ret, bool *ret_there)
{
    const struct coop_records *records = user;
    const struct coop_record *record = &records->record[run];
    const bool together = coop_model_measure(records->model, measure)->pool != NULL;
    *ret_there = (shift > 0 ? record->organisation : record->final_organisation) != NULL;
    if (!*ret_there)
        return COOP_OK;
    if (shift > 0)
        mean_of_year(record, measure, record->week[record->times - 1] - shift, ret);
    for (size_t o = 0; o < count; o++) {
        if (shift == 0)
            ret[o] = (double)record->final_organisation[measure * count + o];
        if (together)
            ret[o] = NAN;
    }
    return COOP_OK;
}

static enum coop_status value(void *user, size_t run, size_t measure, double *ret)
{
    const struct coop_records *records = user;
    *ret = records->record[run].final_mean[measure];
    return COOP_OK;
}

static enum coop_status parameter(void *user, size_t run, const char *name, double *ret)
{
    const struct coop_records *records = user;
    *ret = coop_param_real(records->script[run].set, name);
    return COOP_OK;
}

struct coop_source coop_records_source(struct coop_records *records)
{
    return (struct coop_source){.user = records,
                                .design = records->design,
                                .finished = finished,
                                .organisations = organisations,
                                .values = values,
                                .value = value,
                                .parameter = parameter};
}
