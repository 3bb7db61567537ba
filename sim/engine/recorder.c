/* coopsim - GPL-3.0-or-later */
#include "sim/engine/recorder.h"

#include "sim/base/block.h"
#include "sim/engine/panel.h"

#include <stdlib.h>

enum { YEAR = 52 };

static size_t output_count(const struct coop_measure *measure)
{
    return measure->components > 1 ? (size_t)measure->components : 1;
}

static size_t slot_count(const struct coop_settings *settings)
{
    return (size_t)((COOP_MONTH - 1) / settings->every) + 2;
}

size_t coop_recorder_times(const struct coop_settings *settings)
{
    return (size_t)((settings->weeks + settings->every - 1) / settings->every) + 1;
}

int64_t coop_recorder_week(const struct coop_settings *settings, size_t number)
{
    int64_t week = (int64_t)number * settings->every;
    return week < settings->weeks ? week : settings->weeks;
}

bool coop_recorder_is_due(const struct coop_recorder *recorder, int64_t week)
{
    return week % recorder->run->settings->every == 0 || week == recorder->end;
}

void coop_recorder_bytes(const struct coop_model *model, const struct coop_settings *settings,
                         size_t organisations, struct coop_dimensions dimensions,
                         struct coop_run_bytes *ret)
{
    size_t measures = coop_model_measure_count(model), outputs = 0;
    for (size_t i = 0; i < measures; i++)
        outputs += output_count(coop_model_measure(model, i));
    size_t times = coop_recorder_times(settings);
    ret->working = slot_count(settings) * outputs * organisations * sizeof(float) +
                   measures * organisations * sizeof(uint8_t);
    ret->finals = measures * organisations * sizeof(float);
    ret->panel = coop_panel_bytes(model, settings, times, dimensions);
    ret->record = organisations * sizeof(uint32_t) + 2 * measures * times * sizeof(double) +
                  times * sizeof(int64_t) + ret->panel;
    if (settings->by_organisation)
        ret->record += measures * times * organisations * sizeof(float);
}

static enum coop_status allocate_record(struct coop_record *record, const struct coop_run *run,
                                        size_t measures)
{
    size_t times = coop_recorder_times(run->settings);
    size_t organisations = run->economy.organisations;
    *record =
        (struct coop_record){.times = times, .measures = measures, .organisations = organisations};
    record->week = calloc(times, sizeof *record->week);
    record->pooled = calloc(measures * times, sizeof *record->pooled);
    record->spread = calloc(measures * times, sizeof *record->spread);
    record->final_mean = calloc(measures, sizeof *record->final_mean);
    record->final_error = calloc(measures, sizeof *record->final_error);
    record->size = malloc(organisations * sizeof *record->size);
    if (!record->week || !record->pooled || !record->spread || !record->final_mean ||
        !record->final_error || !record->size)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the record");
    memcpy(record->size, run->economy.size, organisations * sizeof *record->size);
    if (run->settings->by_organisation) {
        record->organisation =
            malloc(measures * times * organisations * sizeof *record->organisation);
        if (record->organisation == NULL)
            return COOP_FAIL(COOP_MEMORY, "out of memory for the measures of each organisation: "
                                          "record less often or set record.organisations to off");
    }
    return coop_panel_init(record, run);
}

enum coop_status coop_recorder_init(struct coop_recorder *ret, const struct coop_run *run,
                                    struct coop_record *record)
{
    size_t measures = coop_model_measure_count(run->model);
    size_t organisations = run->economy.organisations;
    *ret = (struct coop_recorder){.run = run,
                                  .record = record,
                                  .end = run->settings->weeks,
                                  .slots = slot_count(run->settings)};
    COOP_TRY(allocate_record(record, run, measures));
    ret->first_output = calloc(measures + 1, sizeof *ret->first_output);
    if (ret->first_output == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the recorder");
    for (size_t i = 0; i < measures; i++) {
        ret->first_output[i] = ret->outputs;
        ret->outputs += output_count(coop_model_measure(run->model, i));
    }
    ret->value = malloc(ret->slots * ret->outputs * organisations * sizeof *ret->value + 1);
    ret->final_sum = calloc(measures * organisations + 1, sizeof *ret->final_sum);
    ret->final_count = calloc(measures * organisations + 1, sizeof *ret->final_count);
    if (!ret->value || !ret->final_sum || !ret->final_count)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the recorder");
    return COOP_OK;
}

void coop_recorder_free(struct coop_recorder *recorder)
{
    free(recorder->first_output);
    free(recorder->value);
    free(recorder->final_sum);
    free(recorder->final_count);
    *recorder = (struct coop_recorder){0};
}

/* Records are numbered in the order of their weeks; those of one month have slots of their own. */
static size_t number_of(const struct coop_recorder *recorder, int64_t week)
{
    int64_t every = recorder->run->settings->every;
    return (size_t)((week + every - 1) / every);
}

static float *output_of(const struct coop_recorder *recorder, size_t number, size_t output)
{
    size_t row = number % recorder->slots * recorder->outputs + output;
    return recorder->value + row * recorder->run->economy.organisations;
}

static void clear_tallies(const struct coop_run *run, struct coop_workspace *workspace)
{
    const struct coop_economy *economy = &run->economy;
    for (size_t f = 0; f < economy->fields; f++)
        for (size_t c = 0; economy->row[f]->class == COOP_TALLY && c < economy->components[f]; c++)
            memset(coop_organisation(&workspace->batch, (int)f, c), 0,
                   workspace->batch.organisations * sizeof(double));
}

/* Rounding may lead a hair beyond a measure's range, and readers take what is beyond for missing. */
static double within_range(const struct coop_measure *measure, double value)
{
    const double hair = 1e-5;
    if (value < measure->min && value > measure->min - hair)
        return measure->min;
    if (value > measure->max && value < measure->max + hair)
        return measure->max;
    return value;
}

static void keep_within_ranges(const struct coop_observer *observer, size_t organisations,
                               float *const *value)
{
    for (size_t m = 0, output = 0; m < observer->measure_count; m++) {
        const struct coop_measure *measure = &observer->measures[m];
        for (size_t o = 0; measure->components <= 1 && o < organisations; o++)
            value[output][o] = (float)within_range(measure, (double)value[output][o]);
        output += output_count(measure);
    }
}

void coop_recorder_observe(const struct coop_recorder *recorder, struct coop_workspace *workspace,
                           int64_t week)
{
    const struct coop_run *run = recorder->run;
    struct coop_batch *batch = &workspace->batch;
    size_t number = number_of(recorder, week), output = 0;
    for (size_t i = 0; i < run->observer_count; i++) {
        const struct coop_observer *observer = run->model->observers[i];
        float *ret[COOP_OUTPUTS_MAX];
        size_t outputs = 0;
        for (size_t m = 0; m < observer->measure_count; m++)
            outputs += output_count(&observer->measures[m]);
        for (size_t k = 0; k < outputs; k++)
            ret[k] = output_of(recorder, number, output + k) + batch->first_organisation;
        coop_run_set_owner(run, batch, run->mechanism_count + i);
        observer->observe(batch, ret);
        keep_within_ranges(observer, batch->organisations, ret);
        output += outputs;
    }
    coop_panel_sample(recorder->record, run, batch, number);
    clear_tallies(run, workspace);
}

/* Mean and standard deviation over the organisations that have a value. */
static void pool_mean(const float *value, size_t organisations, double *ret_mean,
                      double *ret_deviation)
{
    double count = 0, total = 0, squares = 0;
    for (size_t begin = 0; begin < organisations; begin += COOP_BLOCK) {
        double block = 0;
        for (size_t o = begin; o < organisations && o < begin + COOP_BLOCK; o++)
            if (!isnan(value[o])) {
                block += (double)value[o];
                count += 1;
            }
        total += block;
    }
    double mean = count > 0 ? total / count : NAN;
    for (size_t begin = 0; begin < organisations; begin += COOP_BLOCK) {
        double block = 0;
        for (size_t o = begin; o < organisations && o < begin + COOP_BLOCK; o++)
            if (!isnan(value[o]))
                block += ((double)value[o] - mean) * ((double)value[o] - mean);
        squares += block;
    }
    *ret_mean = mean;
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

static void pool_measure(struct coop_recorder *recorder, size_t measure, size_t number,
                         int64_t week)
{
    const struct coop_measure *row = coop_model_measure(recorder->run->model, measure);
    struct coop_record *record = recorder->record;
    size_t organisations = record->organisations, at = measure * record->times + number;
    const float *value[COOP_OUTPUTS_MAX];
    for (size_t c = 0; c < output_count(row); c++)
        value[c] = output_of(recorder, number, recorder->first_output[measure] + c);
    pool_mean(value[0], organisations, &record->pooled[at], &record->spread[at]);
    if (row->pool != NULL) {
        struct coop_pool pool = {organisations, value, record->size};
        record->pooled[at] = within_range(row, row->pool(&pool));
    }
    if (row->components > 1)
        record->spread[at] = NAN;
    if (record->organisation != NULL)
        memcpy(record->organisation + at * organisations, value[0],
               organisations * sizeof *value[0]);
    if (!is_final(recorder, row, week))
        return;
    for (size_t o = 0; o < organisations; o++)
        if (!isnan(value[0][o])) {
            recorder->final_sum[measure * organisations + o] += value[0][o];
            recorder->final_count[measure * organisations + o]++;
        }
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
        for (size_t measure = 0; measure < record->measures; measure++)
            pool_measure(recorder, measure, recorder->recorded, week);
    }
}

/* A pooled measure has no value an organisation: its mean over the last year's records. */
static void finish_pooled(struct coop_recorder *recorder, size_t measure)
{
    struct coop_record *record = recorder->record;
    const struct coop_measure *row = coop_model_measure(recorder->run->model, measure);
    double total = 0, count = 0;
    for (size_t t = 0; t < record->times; t++) {
        double value = record->pooled[measure * record->times + t];
        if (is_final(recorder, row, record->week[t]) && !isnan(value)) {
            total += value;
            count += 1;
        }
    }
    record->final_mean[measure] = count > 0 ? total / count : NAN;
    record->final_error[measure] = NAN;
}

void coop_recorder_finish(struct coop_recorder *recorder)
{
    struct coop_record *record = recorder->record;
    size_t organisations = record->organisations;
    for (size_t measure = 0; measure < record->measures; measure++) {
        if (coop_model_measure(recorder->run->model, measure)->pool != NULL) {
            finish_pooled(recorder, measure);
            continue;
        }
        float *mean = recorder->final_sum + measure * organisations;
        const uint8_t *count = recorder->final_count + measure * organisations;
        double with_value = 0, deviation;
        for (size_t o = 0; o < organisations; o++) {
            mean[o] = count[o] > 0 ? mean[o] / (float)count[o] : NAN;
            with_value += count[o] > 0;
        }
        pool_mean(mean, organisations, &record->final_mean[measure], &deviation);
        record->final_error[measure] = with_value > 1 ? deviation / sqrt(with_value - 1) : NAN;
    }
    record->final_organisation = recorder->final_sum;
    recorder->final_sum = NULL;
}
