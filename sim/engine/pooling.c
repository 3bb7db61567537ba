/* coopsim - GPL-3.0-or-later
 *
 * The recorder's second half: from values of organisations to those of the economy and of each
 * regime, at every record and over the last 52 weeks. */
#include "sim/base/block.h"
#include "sim/engine/recorder.h"

enum { YEAR = 52, PLACES = 8 };

/* Organisations that are pooled: all, or those of a regime. */
struct range {
    size_t begin, end;
};

static struct range range_of(const struct coop_record *record, size_t regime)
{
    return (struct range){regime > 0 ? record->regime_end[regime - 1] : 0,
                          record->regime_end[regime]};
}

/* Regimes that are recorded apart. */
static size_t parts(const struct coop_record *record)
{
    return record->regimes > 1 ? record->regimes : 0;
}

/* Sums over the values that are there, by place modulo 8, so that several are added at once. */
struct places {
    double sum[PLACES], count[PLACES];
};

static inline void add_values(struct places *places, const float *value, size_t n, double center,
                              bool squared)
{
    for (size_t k = 0; k < n; k++) {
        double x = (double)value[k], from = x - center, add = squared ? from * from : from;
        bool is_there = x == x;
        places->sum[k] += is_there ? add : 0;
        places->count[k] += is_there ? 1 : 0;
    }
}

static double join(const double sum[PLACES])
{
    return ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

/* Sum of x - center, or of its square, over the values that are there, and their number: over
 * blocks that do not depend on who sums. */
static double sum_values(const float *value, size_t n, double center, bool squared,
                         double *ret_count)
{
    double total = 0;
    *ret_count = 0;
    for (size_t begin = 0; begin < n; begin += COOP_BLOCK) {
        size_t end = n - begin < COOP_BLOCK ? n : begin + COOP_BLOCK, o = begin;
        struct places places = {{0}, {0}};
        for (; o + PLACES <= end; o += PLACES)
            add_values(&places, value + o, PLACES, center, squared);
        add_values(&places, value + o, end - o, center, squared);
        total += join(places.sum);
        *ret_count += join(places.count);
    }
    return total;
}

/* Mean and standard deviation over the organisations that have a value. */
static void pool_mean(const float *value, size_t organisations, double *ret_mean,
                      double *ret_deviation)
{
    double count, total = sum_values(value, organisations, 0, false, &count);
    *ret_mean = count > 0 ? total / count : NAN;
    double squares = sum_values(value, organisations, *ret_mean, true, &count);
    *ret_deviation = count > 0 ? sqrt(squares / count) : NAN;
}

/* Whether a record counts for the final value: those of the last 52 weeks, the start apart; the last
 * one alone for a measure that judges the whole run. */
static bool is_final(const struct coop_recorder *recorder, const struct coop_measure *measure,
                     int64_t week)
{
    int64_t before = recorder->end > YEAR ? recorder->end - YEAR : 0;
    return week == recorder->end || (week > before && !measure->of_whole_run);
}

static void pool_range(const struct coop_recorder *recorder, size_t measure, size_t number,
                       struct range range, double *ret_pooled, double *ret_spread)
{
    const struct coop_measure *row = coop_model_measure(recorder->run->model, measure);
    const float *value[COOP_OUTPUTS_MAX];
    for (size_t c = 0; c < coop_recorder_outputs(row); c++)
        value[c] = coop_recorder_output(recorder, number, recorder->first_output[measure] + c) +
                   range.begin;
    pool_mean(value[0], range.end - range.begin, ret_pooled, ret_spread);
    *ret_pooled = coop_recorder_within(row, *ret_pooled);
    if (row->pool != NULL) {
        struct coop_pool pool = {range.end - range.begin, value,
                                 recorder->record->size + range.begin};
        *ret_pooled = coop_recorder_within(row, row->pool(&pool));
    }
    if (row->components > 1)
        *ret_spread = NAN;
}

/* What each organisation has, for those who want to know and for the final value. */
static void keep_values(struct coop_recorder *recorder, size_t measure, size_t number,
                        const float *value, bool final)
{
    struct coop_record *record = recorder->record;
    size_t organisations = record->organisations, at = measure * record->times + number;
    if (record->organisation != NULL)
        memcpy(record->organisation + at * organisations, value, organisations * sizeof *value);
    for (size_t o = 0; final && o < organisations; o++)
        if (!isnan(value[o])) {
            recorder->final_sum[measure * organisations + o] += value[o];
            recorder->final_count[measure * organisations + o]++;
        }
}

static void pool_measure(struct coop_recorder *recorder, size_t measure, size_t number,
                         int64_t week)
{
    const struct coop_measure *row = coop_model_measure(recorder->run->model, measure);
    struct coop_record *record = recorder->record;
    size_t at = measure * record->times + number;
    pool_range(recorder, measure, number, (struct range){0, record->organisations},
               &record->pooled[at], &record->spread[at]);
    for (size_t r = 0; r < parts(record); r++) {
        size_t part = r * record->measures * record->times + at;
        pool_range(recorder, measure, number, range_of(record, r), &record->regime_pooled[part],
                   &record->regime_spread[part]);
    }
    keep_values(recorder, measure, number,
                coop_recorder_output(recorder, number, recorder->first_output[measure]),
                is_final(recorder, row, week));
}

/* A measure of what is not there: `absent` everywhere. */
static void pool_absent(struct coop_recorder *recorder, size_t measure, size_t number, int64_t week)
{
    const struct coop_measure *row = coop_model_measure(recorder->run->model, measure);
    struct coop_record *record = recorder->record;
    size_t at = measure * record->times + number;
    bool final = is_final(recorder, row, week);
    record->pooled[at] = row->absent;
    record->spread[at] = isnan(row->absent) ? NAN : 0;
    for (size_t r = 0; r < parts(record); r++) {
        size_t part = r * record->measures * record->times + at;
        record->regime_pooled[part] = record->pooled[at];
        record->regime_spread[part] = record->spread[at];
    }
    if (record->organisation == NULL && !final)
        return;
    float *value = coop_recorder_output(recorder, number, recorder->first_output[measure]);
    for (size_t o = 0; o < record->organisations; o++)
        value[o] = (float)row->absent;
    keep_values(recorder, measure, number, value, final);
}

void coop_recorder_pool(struct coop_recorder *recorder, int64_t until)
{
    const struct coop_settings *settings = recorder->run->settings;
    struct coop_record *record = recorder->record;
    for (; recorder->recorded < record->times; recorder->recorded++) {
        int64_t week = coop_recorder_week(settings, recorder->recorded);
        if (week >= until)
            return;
        record->week[recorder->recorded] = week;
        for (size_t measure = 0; measure < record->measures; measure++) {
            if (coop_recorder_asks(recorder, measure))
                pool_measure(recorder, measure, recorder->recorded, week);
            else
                pool_absent(recorder, measure, recorder->recorded, week);
        }
    }
}

/* A pooled measure has no value an organisation: its mean over the last year's records. */
static double final_of_pooled(const struct coop_recorder *recorder, size_t measure,
                              const double *pooled)
{
    const struct coop_record *record = recorder->record;
    const struct coop_measure *row = coop_model_measure(recorder->run->model, measure);
    double total = 0, count = 0;
    for (size_t t = 0; t < record->times; t++)
        if (is_final(recorder, row, record->week[t]) && !isnan(pooled[t])) {
            total += pooled[t];
            count += 1;
        }
    return count > 0 ? total / count : NAN;
}

static void finish_pooled(struct coop_recorder *recorder, size_t measure)
{
    struct coop_record *record = recorder->record;
    record->final_mean[measure] =
        final_of_pooled(recorder, measure, record->pooled + measure * record->times);
    record->final_error[measure] = NAN;
    for (size_t r = 0; r < parts(record); r++) {
        size_t at = r * record->measures + measure;
        record->regime_final_mean[at] =
            final_of_pooled(recorder, measure, record->regime_pooled + at * record->times);
        record->regime_final_error[at] = NAN;
    }
}

/* Mean over organisations of their own means, and its standard error. */
static void finish_range(const struct coop_measure *row, const float *mean, size_t organisations,
                         double *ret_mean, double *ret_error)
{
    double with_value = 0, deviation;
    for (size_t o = 0; o < organisations; o++)
        with_value += !isnan(mean[o]);
    pool_mean(mean, organisations, ret_mean, &deviation);
    *ret_mean = coop_recorder_within(row, *ret_mean);
    *ret_error = with_value > 1 ? deviation / sqrt(with_value - 1) : NAN;
}

static void finish_measure(struct coop_recorder *recorder, size_t measure)
{
    struct coop_record *record = recorder->record;
    size_t organisations = record->organisations;
    const struct coop_measure *row = coop_model_measure(recorder->run->model, measure);
    float *mean = recorder->final_sum + measure * organisations;
    const uint8_t *count = recorder->final_count + measure * organisations;
    for (size_t o = 0; o < organisations; o++)
        mean[o] = count[o] > 0
                      ? (float)coop_recorder_within(row, (double)(mean[o] / (float)count[o]))
                      : NAN;
    finish_range(row, mean, organisations, &record->final_mean[measure],
                 &record->final_error[measure]);
    for (size_t r = 0; r < parts(record); r++) {
        struct range range = range_of(record, r);
        size_t at = r * record->measures + measure;
        finish_range(row, mean + range.begin, range.end - range.begin,
                     &record->regime_final_mean[at], &record->regime_final_error[at]);
    }
}

void coop_recorder_finish(struct coop_recorder *recorder)
{
    for (size_t measure = 0; measure < recorder->record->measures; measure++) {
        if (coop_model_measure(recorder->run->model, measure)->pool != NULL)
            finish_pooled(recorder, measure);
        else
            finish_measure(recorder, measure);
    }
    recorder->record->final_organisation = recorder->final_sum;
    recorder->final_sum = NULL;
}
