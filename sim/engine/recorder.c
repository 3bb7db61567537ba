/* coopsim - GPL-3.0-or-later */
#include "sim/engine/recorder.h"

#include "sim/base/lanes.h"

#include "sim/engine/panel.h"

#include <stdlib.h>

size_t coop_recorder_outputs(const struct coop_measure *measure)
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
                         struct coop_blocks blocks, struct coop_dimensions dimensions,
                         struct coop_run_bytes *ret)
{
    size_t measures = coop_model_measure_count(model), outputs = 0;
    size_t organisations = blocks.end[blocks.count - 1];
    size_t pooled = 1 + (blocks.count > 1 ? blocks.count : 0);
    for (size_t i = 0; i < measures; i++)
        outputs += coop_recorder_outputs(coop_model_measure(model, i));
    size_t times = coop_recorder_times(settings);
    ret->working = slot_count(settings) * outputs * organisations * sizeof(float) +
                   measures * organisations * sizeof(uint8_t);
    ret->finals = measures * organisations * sizeof(float);
    ret->panel = coop_panel_bytes(model, settings, times, dimensions);
    ret->record = organisations * sizeof(uint32_t) +
                  2 * pooled * measures * times * sizeof(double) + times * sizeof(int64_t) +
                  ret->panel;
    if (settings->by_organisation)
        ret->record += measures * times * organisations * sizeof(float);
}

/* What is also recorded of each regime, if there is more than one. */
static enum coop_status allocate_regimes(struct coop_record *record, const struct coop_run *run)
{
    size_t finals = run->regimes * record->measures, values = finals * record->times;
    record->regimes = run->regimes;
    record->regime_end = malloc(run->regimes * sizeof *record->regime_end);
    if (record->regime_end == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the record of the regimes");
    memcpy(record->regime_end, run->regime_end, run->regimes * sizeof *record->regime_end);
    if (run->regimes == 1)
        return COOP_OK;
    record->regime_pooled = calloc(values, sizeof *record->regime_pooled);
    record->regime_spread = calloc(values, sizeof *record->regime_spread);
    record->regime_final_mean = calloc(finals, sizeof *record->regime_final_mean);
    record->regime_final_error = calloc(finals, sizeof *record->regime_final_error);
    if (!record->regime_pooled || !record->regime_spread || !record->regime_final_mean ||
        !record->regime_final_error)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the record of the regimes");
    return COOP_OK;
}

static enum coop_status allocate_organisations(struct coop_record *record,
                                               const struct coop_run *run)
{
    if (!run->settings->by_organisation)
        return COOP_OK;
    record->organisation = malloc(record->measures * record->times * record->organisations *
                                  sizeof *record->organisation);
    if (record->organisation == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the measures of each organisation: "
                                      "record less often or set record.organisations to off");
    return COOP_OK;
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
    COOP_TRY(allocate_organisations(record, run));
    COOP_TRY(allocate_regimes(record, run));
    return coop_panel_init(record, run);
}

/* In which of the run's sets there is something to observe does not matter: one is enough. */
static bool is_asked(const struct coop_run *run, const struct coop_observer *observer)
{
    const size_t sets = run->script != NULL ? run->script->epochs * run->script->regimes : 1;
    const struct coop_param_set *set = run->script != NULL ? run->script->set : run->set;
    bool asked = observer->asked == NULL;
    for (size_t i = 0; i < sets && !asked; i++)
        asked = observer->asked(coop_param_values(&set[i], COOP_TABLE_MODEL));
    return asked;
}

bool coop_recorder_asks(const struct coop_recorder *recorder, size_t measure)
{
    size_t observer = 0;
    const struct coop_observer *const *list = recorder->run->model->observers;
    while (measure >= list[observer]->measure_count)
        measure -= list[observer++]->measure_count;
    return recorder->asked[observer];
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
    ret->asked = calloc(run->observer_count + 1, sizeof *ret->asked);
    if (ret->first_output == NULL || ret->asked == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the recorder");
    for (size_t i = 0; i < run->observer_count; i++)
        ret->asked[i] = is_asked(run, run->model->observers[i]);
    for (size_t i = 0; i < measures; i++) {
        ret->first_output[i] = ret->outputs;
        ret->outputs += coop_recorder_outputs(coop_model_measure(run->model, i));
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
    free(recorder->asked);
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

float *coop_recorder_output(const struct coop_recorder *recorder, size_t number, size_t output)
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

/* How far rounding may lead beyond a bound. */
#define HAIR 1e-5

double coop_recorder_within(const struct coop_measure *measure, double value)
{
    if (value < measure->min && value > measure->min - HAIR)
        return measure->min;
    if (value > measure->max && value < measure->max + HAIR)
        return measure->max;
    return value;
}

/* coop_recorder_within of many values; no comparison holds where there is no bound or no value. */
static void keep_within(const struct coop_measure *measure, size_t organisations, float *value)
{
    const double min = measure->min, max = measure->max;
    COOP_LANEWISE (o, organisations) {
        double x = (double)value[o];
        x = x < min && x > min - HAIR ? min : x;
        value[o] = (float)(x > max && x < max + HAIR ? max : x);
    }
}

static void keep_within_ranges(const struct coop_observer *observer, size_t organisations,
                               float *const *value)
{
    for (size_t m = 0, output = 0; m < observer->measure_count; m++) {
        const struct coop_measure *measure = &observer->measures[m];
        if (measure->components <= 1)
            keep_within(measure, organisations, value[output]);
        output += coop_recorder_outputs(measure);
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
            outputs += coop_recorder_outputs(&observer->measures[m]);
        for (size_t k = 0; recorder->asked[i] && k < outputs; k++)
            ret[k] = coop_recorder_output(recorder, number, output + k) + batch->first_organisation;
        output += outputs;
        if (!recorder->asked[i])
            continue;
        coop_run_set_owner(run, batch, run->mechanism_count + i);
        observer->observe(batch, ret);
        keep_within_ranges(observer, batch->organisations, ret);
    }
    coop_panel_sample(recorder->record, run, batch, number);
    clear_tallies(run, workspace);
}
