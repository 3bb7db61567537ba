/* coopsim - GPL-3.0-or-later
 *
 * The regimes of the runs: the group /regimes with who they are, which organisations they have, and
 * the measures of each. A run of one regime has the economy's measures in its first place. */
#include "sim/io/store_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NAME_MAX_LENGTH = 160, TEXT_MAX_LENGTH = 640 };

struct regimes {
    const struct coop_store *store;
    hid_t group;
    struct coop_h5_axis time, regime;
};

static const struct coop_script *script_of(const struct regimes *regimes, size_t run)
{
    return coop_store_script(regimes->store->result, run);
}

static void fill_name(const void *context, size_t run, void *ret_row)
{
    const struct coop_script *script = script_of(context, run);
    for (size_t r = 0; r < script->regimes; r++)
        ((const char **)ret_row)[r] = script->regime[r].name;
}

static void fill_share(const void *context, size_t run, void *ret_row)
{
    const struct coop_script *script = script_of(context, run);
    for (size_t r = 0; r < script->regimes; r++)
        ((double *)ret_row)[r] = script->regime[r].share;
}

static size_t first_of(const struct coop_record *record, size_t regime)
{
    return regime > 0 ? record->regime_end[regime - 1] : 0;
}

static const struct coop_record *record_of(const struct regimes *regimes, size_t run)
{
    return &regimes->store->result->record[run];
}

static void fill_first(const void *context, size_t run, void *ret_row)
{
    const struct coop_record *record = record_of(context, run);
    for (size_t r = 0; r < record->regimes; r++)
        ((int64_t *)ret_row)[r] = (int64_t)first_of(record, r);
}

static void fill_count(const void *context, size_t run, void *ret_row)
{
    const struct coop_record *record = record_of(context, run);
    for (size_t r = 0; r < record->regimes; r++)
        ((int64_t *)ret_row)[r] = (int64_t)(record->regime_end[r] - first_of(record, r));
}

static void fill_of_organisation(const void *context, size_t run, void *ret_row)
{
    const struct coop_record *record = record_of(context, run);
    for (size_t r = 0; record->organisation != NULL && r < record->regimes; r++)
        for (size_t o = first_of(record, r); o < record->regime_end[r]; o++)
            ((int64_t *)ret_row)[o] = (int64_t)r;
}

static enum coop_status write_register(const struct regimes *regimes)
{
    const struct coop_store *store = regimes->store;
    const struct {
        const char *name, *units, *long_name;
        enum coop_h5_type type;
        void (*fill_row)(const void *context, size_t run, void *ret_row);
        struct coop_h5_axis axis;
    } item[] = {
        {"name", NULL, "Name of the regime, empty where a run has none.", COOP_H5_TEXT, fill_name,
         regimes->regime},
        {"share", "1", "Share of the organisations.", COOP_H5_F64, fill_share, regimes->regime},
        {"first_organisation", "1",
         "Number of the regime's first organisation; its others follow it.", COOP_H5_I64,
         fill_first, regimes->regime},
        {"organisations", "1", "Number of organisations.", COOP_H5_I64, fill_count,
         regimes->regime},
        {"organisation_regime", "1", "Number of each organisation's regime.", COOP_H5_I64,
         fill_of_organisation, store->organisation},
    };
    for (size_t i = 0; i < sizeof item / sizeof *item; i++) {
        struct coop_h5_variable variable = {.place = regimes->group,
                                            .name = item[i].name,
                                            .type = item[i].type,
                                            .rank = 2,
                                            .axis = {store->run, item[i].axis},
                                            .padded = true,
                                            .fill_row = item[i].fill_row,
                                            .context = regimes};
        coop_h5_describe(&variable, item[i].units, item[i].long_name);
        if (item[i].axis.size > 0)
            COOP_TRY(coop_h5_write(&variable));
    }
    return COOP_OK;
}

/* What is stored of a measure, as in store_measures.c: values at the times or over the last year,
 * of the whole run or of its regimes. */
struct part {
    const char *suffix, *remark;
    bool is_value, is_final, is_spread;
};
static const struct part parts[] = {
    {"", " Of each regime.", true, false, false},
    {"_sd", " Standard deviation over the organisations of each regime.", false, false, true},
    {"_final", " Mean of the last 52 weeks of each regime.", true, true, false},
    {"_final_error",
     " Standard error, over the organisations of each regime, of the mean of the last 52 weeks.",
     false, true, true},
};

struct part_values {
    const struct regimes *regimes;
    const struct part *part;
    size_t measure;
};

static const double *array_of(const struct coop_record *record, const struct part *part)
{
    const bool whole = record->regimes == 1;
    if (part->is_final && part->is_spread)
        return whole ? record->final_error : record->regime_final_error;
    if (part->is_final)
        return whole ? record->final_mean : record->regime_final_mean;
    if (part->is_spread)
        return whole ? record->spread : record->regime_spread;
    return whole ? record->pooled : record->regime_pooled;
}

static void fill_part(const void *context, size_t run, void *ret_row)
{
    const struct part_values *values = context;
    const struct coop_record *record = record_of(values->regimes, run);
    const double *array = array_of(record, values->part);
    const size_t times = values->part->is_final ? 1 : record->times;
    for (size_t r = 0; array != NULL && r < record->regimes; r++)
        for (size_t t = 0; t < times; t++)
            ((double *)ret_row)[t * values->regimes->regime.size + r] =
                array[(r * record->measures + values->measure) * times + t];
}

static enum coop_status write_part(const struct part_values *values)
{
    const struct regimes *regimes = values->regimes;
    const struct coop_store *store = regimes->store;
    const struct part *part = values->part;
    const struct coop_measure *measure = coop_model_measure(store->result->model, values->measure);
    char name[NAME_MAX_LENGTH], long_name[TEXT_MAX_LENGTH];
    snprintf(name, sizeof name, "%s%s", measure->name, part->suffix);
    snprintf(long_name, sizeof long_name, "%s%s", measure->summary, part->remark);
    struct coop_h5_variable variable = {
        .place = regimes->group,
        .name = name,
        .type = COOP_H5_F64,
        .rank = part->is_final ? 2 : 3,
        .axis = {store->run, part->is_final ? regimes->regime : regimes->time, regimes->regime},
        .padded = true,
        .fill_row = fill_part,
        .context = values};
    coop_h5_describe(&variable, measure->unit, long_name);
    coop_h5_note_text(&variable, "formula", measure->formula);
    coop_h5_note_number(&variable, "valid_min", part->is_value ? measure->min : 0);
    coop_h5_note_number(&variable, "valid_max", part->is_value ? measure->max : NAN);
    coop_h5_note_number(&variable, "neutral_value", part->is_value ? measure->neutral : NAN);
    return coop_h5_write(&variable);
}

static enum coop_status write_group(struct regimes *regimes, size_t most)
{
    const size_t measures = coop_model_measure_count(regimes->store->result->model);
    COOP_TRY(coop_h5_text_attribute(regimes->group, "long_name", "The regimes of the runs."));
    COOP_TRY(coop_store_time(regimes->store, regimes->group, &regimes->time));
    COOP_TRY(coop_h5_scale(regimes->group, "regime", most, NULL, "1",
                           "number of the regime in its run", &regimes->regime));
    COOP_TRY(write_register(regimes));
    for (size_t m = 0; most > 1 && m < measures; m++)
        for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
            COOP_TRY(write_part(&(struct part_values){regimes, &parts[p], m}));
    return COOP_OK;
}

enum coop_status coop_store_regimes(const struct coop_store *store)
{
    struct regimes regimes = {.store = store, .group = -1};
    if (!store->layout->named)
        return COOP_OK;
    COOP_TRY(coop_h5_group(store->file, "regimes", &regimes.group));
    enum coop_status status = write_group(&regimes, store->layout->regimes);
    coop_h5_axis_close(&regimes.time);
    coop_h5_axis_close(&regimes.regime);
    H5Gclose(regimes.group);
    return status;
}
