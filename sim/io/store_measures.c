/* coopsim - GPL-3.0-or-later
 *
 * The measures: four variables each, and others by organisation if asked for. */
#include "sim/io/store_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NAME_MAX_LENGTH = 160, TEXT_MAX_LENGTH = 640 };

struct measure_values {
    const struct coop_store *store;
    const struct coop_measure *measure;
    size_t number;
};

static const struct coop_record *record_of(const struct measure_values *values, size_t run)
{
    return &values->store->result->record[run];
}

static void fill_pooled(const void *context, size_t run, void *ret_row)
{
    const struct measure_values *values = context;
    const struct coop_record *record = record_of(values, run);
    if (record->pooled != NULL)
        memcpy(ret_row, record->pooled + values->number * record->times,
               record->times * sizeof(double));
}

static void fill_spread(const void *context, size_t run, void *ret_row)
{
    const struct measure_values *values = context;
    const struct coop_record *record = record_of(values, run);
    if (record->spread != NULL)
        memcpy(ret_row, record->spread + values->number * record->times,
               record->times * sizeof(double));
}

static void fill_final(const void *context, size_t run, void *ret_row)
{
    const struct measure_values *values = context;
    const struct coop_record *record = record_of(values, run);
    if (record->final_mean != NULL)
        *(double *)ret_row = record->final_mean[values->number];
}

static void fill_final_error(const void *context, size_t run, void *ret_row)
{
    const struct measure_values *values = context;
    const struct coop_record *record = record_of(values, run);
    if (record->final_error != NULL)
        *(double *)ret_row = record->final_error[values->number];
}

static void fill_by_organisation(const void *context, size_t run, void *ret_row)
{
    const struct measure_values *values = context;
    const struct coop_record *record = record_of(values, run);
    if (record->organisation == NULL)
        return;
    for (size_t t = 0; t < record->times; t++)
        memcpy((float *)ret_row + t * values->store->organisation.size,
               record->organisation + (values->number * record->times + t) * record->organisations,
               record->organisations * sizeof(float));
}

static void fill_final_by_organisation(const void *context, size_t run, void *ret_row)
{
    const struct measure_values *values = context;
    const struct coop_record *record = record_of(values, run);
    if (record->final_organisation != NULL)
        memcpy(ret_row, record->final_organisation + values->number * record->organisations,
               record->organisations * sizeof(float));
}

/* What a variable made of a measure is: its name is the measure's with `suffix`, its sentence the
 * measure's in front of `remark`. An error or a spread has the unit but not the range. */
struct measure_part {
    const char *suffix, *remark;
    bool is_value;
    int rank;
    enum coop_h5_type type;
    void (*fill_row)(const void *context, size_t run, void *ret_row);
};

static const struct measure_part parts[] = {
    {"", "", true, 2, COOP_H5_F64, fill_pooled},
    {"_sd", " Standard deviation over organisations.", false, 2, COOP_H5_F64, fill_spread},
    {"_final", " Mean of the last 52 weeks.", true, 1, COOP_H5_F64, fill_final},
    {"_final_error", " Standard error, over organisations, of the mean of the last 52 weeks.",
     false, 1, COOP_H5_F64, fill_final_error},
    {"_by_organisation", " Of each organisation.", true, 3, COOP_H5_F32, fill_by_organisation},
    {"_final_by_organisation", " Mean of the last 52 weeks, of each organisation.", true, 2,
     COOP_H5_F32, fill_final_by_organisation},
};

static enum coop_status write_part(const struct measure_values *values,
                                   const struct measure_part *part)
{
    const struct coop_store *store = values->store;
    const struct coop_measure *measure = values->measure;
    char name[NAME_MAX_LENGTH], long_name[TEXT_MAX_LENGTH];
    snprintf(name, sizeof name, "%s%s", measure->name, part->suffix);
    snprintf(long_name, sizeof long_name, "%s%s", measure->summary, part->remark);
    const bool of_finals = part->fill_row == fill_final_by_organisation;
    struct coop_h5_variable variable = {
        .place = store->file,
        .name = name,
        .type = part->type,
        .rank = part->rank,
        .axis = {store->run, of_finals ? store->organisation : store->time, store->organisation},
        .padded = true,
        .fill_row = part->fill_row,
        .context = values};
    coop_h5_describe(&variable, measure->unit, long_name);
    coop_h5_note_text(&variable, "formula", measure->formula);
    coop_h5_note_number(&variable, "valid_min", part->is_value ? measure->min : 0);
    coop_h5_note_number(&variable, "valid_max", part->is_value ? measure->max : NAN);
    coop_h5_note_number(&variable, "neutral_value", part->is_value ? measure->neutral : NAN);
    return coop_h5_write(&variable);
}

/* A measure with several components has no single value an organisation. */
static bool is_wanted(const struct measure_values *values, const struct measure_part *part)
{
    const struct coop_layout *layout = values->store->layout;
    if (part->fill_row == fill_by_organisation)
        return layout->by_organisation && values->measure->components <= 1;
    if (part->fill_row == fill_final_by_organisation)
        return layout->kept != NULL && layout->kept[values->number];
    return true;
}

static enum coop_status write_measure(const struct measure_values *values)
{
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
        if (is_wanted(values, &parts[p]))
            COOP_TRY(write_part(values, &parts[p]));
    return COOP_OK;
}

static void fill_size(const void *context, size_t run, void *ret_row)
{
    const struct coop_store *store = context;
    const struct coop_record *record = &store->result->record[run];
    if (record->organisation == NULL || record->size == NULL)
        return;
    for (size_t o = 0; o < record->organisations; o++)
        ((int64_t *)ret_row)[o] = record->size[o];
}

enum coop_status coop_store_measures(const struct coop_store *store)
{
    const struct coop_model *model = store->result->model;
    for (size_t m = 0; m < coop_model_measure_count(model); m++)
        COOP_TRY(write_measure(&(struct measure_values){store, coop_model_measure(model, m), m}));
    if (!store->layout->by_organisation)
        return COOP_OK;
    struct coop_h5_variable size = {.place = store->file,
                                    .name = "organisation_size",
                                    .type = COOP_H5_I64,
                                    .rank = 2,
                                    .axis = {store->run, store->organisation},
                                    .padded = true,
                                    .fill_row = fill_size,
                                    .context = store};
    coop_h5_describe(&size, "1", "Workers of each organisation.");
    return coop_h5_write(&size);
}
