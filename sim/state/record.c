/* coopsim - GPL-3.0-or-later */
#include "sim/state/record.h"

#include <math.h>
#include <stdlib.h>

void coop_record_free(struct coop_record *record)
{
    free(record->week);
    free(record->pooled);
    free(record->spread);
    free(record->final_mean);
    free(record->final_error);
    free(record->final_organisation);
    free(record->organisation);
    free(record->size);
    free(record->regime_end);
    free(record->regime_pooled);
    free(record->regime_spread);
    free(record->regime_final_mean);
    free(record->regime_final_error);
    free(record->panel_organisation);
    free(record->panel_label);
    for (size_t c = 0; c < record->columns; c++)
        free(record->column[c].value);
    free(record->column);
    *record = (struct coop_record){0};
}

void coop_record_drop_finals(struct coop_record *record)
{
    free(record->final_organisation);
    record->final_organisation = NULL;
}

/* Organisations in which either run has no value count for neither. */
static size_t paired(const float *value, const float *other, size_t organisations, double *ret_mean,
                     double *ret_deviation)
{
    double count = 0, total = 0, squares = 0;
    for (size_t o = 0; o < organisations; o++)
        if (!isnan(value[o]) && !isnan(other[o])) {
            total += (double)value[o] - (double)other[o];
            count++;
        }
    *ret_mean = total / count;
    for (size_t o = 0; o < organisations; o++)
        if (!isnan(value[o]) && !isnan(other[o])) {
            double difference = (double)value[o] - (double)other[o] - *ret_mean;
            squares += difference * difference;
        }
    *ret_deviation = sqrt(squares / count);
    return (size_t)count;
}

/* Over the organisations [begin, end); both means are there. */
static void excess_over(const struct coop_record *record, const struct coop_record *other,
                        size_t measure, size_t begin, size_t end, double *ret_mean,
                        double *ret_error)
{
    const size_t organisations = record->organisations, at = measure * organisations + begin;
    double deviation = NAN;
    if (record->final_organisation == NULL || other->final_organisation == NULL ||
        organisations != other->organisations)
        return;
    const size_t count = paired(record->final_organisation + at, other->final_organisation + at,
                                end - begin, ret_mean, &deviation);
    if (count > 1)
        *ret_error = deviation / sqrt((double)count - 1);
}

size_t coop_record_pairs(const struct coop_record *record, const struct coop_record *other,
                         size_t measure)
{
    const size_t organisations = record->organisations;
    const struct coop_record *second = other != NULL ? other : record;
    size_t count = 0;
    if (record->final_organisation == NULL || second->final_organisation == NULL ||
        second->organisations != organisations)
        return 0;
    const float *value = record->final_organisation + measure * organisations;
    const float *against = second->final_organisation + measure * organisations;
    for (size_t o = 0; o < organisations; o++)
        count += !isnan(value[o]) && !isnan(against[o]);
    return count;
}

void coop_record_excess(const struct coop_record *record, const struct coop_record *other,
                        size_t measure, double *ret_mean, double *ret_error)
{
    *ret_mean = record->final_mean[measure] - other->final_mean[measure];
    *ret_error = NAN;
    if (!isnan(record->final_error[measure]))
        excess_over(record, other, measure, 0, record->organisations, ret_mean, ret_error);
}

void coop_record_regime_excess(const struct coop_record *record, const struct coop_record *other,
                               size_t measure, size_t regime, double *ret_mean, double *ret_error)
{
    const size_t at = regime * record->measures + measure;
    *ret_mean = record->regime_final_mean[at] - other->regime_final_mean[at];
    *ret_error = NAN;
    if (!isnan(record->regime_final_error[at]))
        excess_over(record, other, measure, regime > 0 ? record->regime_end[regime - 1] : 0,
                    record->regime_end[regime], ret_mean, ret_error);
}
