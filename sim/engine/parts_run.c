/* coopsim - GPL-3.0-or-later
 *
 * Which parts a run has. */
#include "sim/engine/parts_inside.h"
#include "sim/engine/shape.h"
#include "sim/state/layout.h"

#include <stdio.h>
#include <string.h>

enum { YEAR = 52 };

/* What parts mean that no model describes. */
static const struct {
    const char *name, *unit, *summary;
} described[] = {
    {"week", "week", "Weeks lived"},
    {"layout/size", "worker", "Workers of each organisation"},
    {"layout/first", "1", "Slot of each organisation's position 0"},
    {"layout/step", "1", "Slots from a position of an organisation to its next"},
    {"record/observed", "1", "Whether an observer has anything to observe"},
    {"record/week", "week", "Weeks that have been recorded"},
    {"record/pooled", "1", "Measures of the economy: (measure, record)"},
    {"record/spread", "1", "Their standard deviation over organisations"},
    {"record/organisation", "1", "Measures by organisation: (measure, record, organisation)"},
    {"record/regime_pooled", "1", "Measures of each regime: (regime, measure, record)"},
    {"record/regime_spread", "1", "Their standard deviation over the regime's organisations"},
    {"record/final_sum", "1", "Sums over the last 52 weeks' records so far"},
    {"record/final_count", "1", "Records in these sums"},
    {"record/final_mean", "1", "Means over the last 52 weeks' records"},
    {"record/final_error", "1", "Their standard errors over organisations"},
    {"record/final_organisation", "1", "Means over the last 52 weeks' records, by organisation"},
    {"record/regime_final_mean", "1", "Means over the last 52 weeks' records, by regime"},
    {"record/regime_final_error", "1", "Their standard errors over organisations"},
    {"record/state_hash", "1", "Hash of the state at the end"},
};

static void describe_field(struct coop_part *part, const struct coop_model *model)
{
    struct coop_field_owner owner[COOP_OWNERS_MAX];
    const size_t owners = coop_run_owners(model, owner);
    for (size_t i = 0; i < owners; i++)
        for (size_t f = 0; f < owner[i].count; f++)
            if (strcmp(strchr(part->name, '/') + 1, owner[i].fields[f].name) == 0) {
                part->unit = owner[i].fields[f].unit;
                part->summary = owner[i].fields[f].summary;
            }
}

void coop_parts_describe(struct coop_parts *parts, const struct coop_model *model)
{
    for (size_t i = 0; i < parts->count; i++) {
        struct coop_part *part = &parts->item[i];
        if (strncmp(part->name, "state/", 6) == 0)
            describe_field(part, model);
        for (size_t d = 0; d < sizeof described / sizeof *described; d++)
            if (strcmp(part->name, described[d].name) == 0) {
                part->unit = described[d].unit;
                part->summary = described[d].summary;
            }
    }
}

/* All of an array; sizes end with 0, since no array that is kept has an empty axis. */
static enum coop_status add_whole(struct coop_parts *parts, const char *name,
                                  enum coop_part_type type, const size_t *size, void *data)
{
    struct coop_part part = {.type = type, .data = data};
    snprintf(part.name, sizeof part.name, "%s", name);
    for (; size[part.rank] != 0; part.rank++)
        part.used[part.rank] = part.size[part.rank] = size[part.rank];
    return coop_parts_add(parts, part);
}
#define SHAPE(...) ((const size_t[]){__VA_ARGS__, 0})

/* The first `used` elements of axis `axis`. */
static enum coop_status add_begun(struct coop_parts *parts, const char *name,
                                  enum coop_part_type type, const size_t *size, int axis,
                                  size_t used, void *data)
{
    COOP_TRY(add_whole(parts, name, type, size, data));
    parts->item[parts->count - 1].used[axis] = used;
    return COOP_OK;
}

/* What follows from the settings; kept so that it can be compared, and for readers. */
static enum coop_status add_layout(struct coop_parts *parts, const struct coop_run *run)
{
    const struct coop_economy *economy = &run->economy;
    const size_t *shape = SHAPE(economy->organisations);
    COOP_TRY(add_whole(parts, "layout/size", COOP_PART_U32, shape, NULL));
    memcpy(parts->item[parts->count - 1].data, economy->size, shape[0] * sizeof *economy->size);
    COOP_TRY(add_whole(parts, "layout/step", COOP_PART_U32, shape, NULL));
    memcpy(parts->item[parts->count - 1].data, economy->step, shape[0] * sizeof *economy->step);
    COOP_TRY(add_whole(parts, "layout/first", COOP_PART_I64, shape, NULL));
    int64_t *first = parts->item[parts->count - 1].data;
    for (size_t b = 0; b < economy->batches; b++) {
        const struct coop_batch_plan *plan = &economy->plan[b];
        for (size_t o = plan->first_organisation;
             o < (size_t)plan->first_organisation + plan->organisations; o++)
            first[o] = (int64_t)(plan->first_slot + economy->first[o]);
    }
    return COOP_OK;
}

static enum coop_status add_observed(struct coop_parts *parts, const struct coop_recorder *recorder)
{
    const size_t observers = recorder->run->observer_count;
    if (observers == 0)
        return COOP_OK;
    COOP_TRY(add_whole(parts, "record/observed", COOP_PART_U8, SHAPE(observers), NULL));
    uint8_t *observed = parts->item[parts->count - 1].data;
    for (size_t i = 0; i < observers; i++)
        observed[i] = recorder->asked[i];
    return COOP_OK;
}

static enum coop_part_type type_of(const struct coop_field *field)
{
    return field->type == COOP_F64   ? COOP_PART_F64
           : field->type == COOP_U32 ? COOP_PART_U32
                                     : COOP_PART_F32;
}

static enum coop_status add_state(struct coop_parts *parts, const struct coop_economy *economy)
{
    for (size_t f = 0; f < economy->fields; f++) {
        char name[COOP_PART_NAME];
        const struct coop_field *field = economy->row[f];
        const size_t stride = economy->stride[f], components = economy->components[f];
        if (!coop_is_kept(field->class) || components == 0)
            continue;
        snprintf(name, sizeof name, "state/%s", field->name);
        COOP_TRY(add_whole(parts, name, type_of(field),
                           components > 1 ? SHAPE(components, stride) : SHAPE(stride),
                           economy->field[f]));
    }
    return COOP_OK;
}

static enum coop_status add_panel(struct coop_parts *parts, struct coop_record *record,
                                  size_t recorded)
{
    for (size_t c = 0; c < record->columns; c++) {
        char name[COOP_PART_NAME];
        const struct coop_panel_column *column = &record->column[c];
        if (column->components > 1)
            snprintf(name, sizeof name, "panel/%s_%d", column->name, column->component);
        else
            snprintf(name, sizeof name, "panel/%s", column->name);
        COOP_TRY(add_begun(parts, name, column->is_u32 ? COOP_PART_U32 : COOP_PART_F32,
                           SHAPE(record->times, record->panel_workers), 0, recorded,
                           column->value));
    }
    return COOP_OK;
}

/* The first `recorded` records. */
static enum coop_status add_record(struct coop_parts *parts, struct coop_record *record,
                                   size_t recorded)
{
    const size_t measures = record->measures, times = record->times, regimes = record->regimes;
    COOP_TRY(
        add_begun(parts, "record/week", COOP_PART_I64, SHAPE(times), 0, recorded, record->week));
    COOP_TRY(add_begun(parts, "record/pooled", COOP_PART_F64, SHAPE(measures, times), 1, recorded,
                       record->pooled));
    COOP_TRY(add_begun(parts, "record/spread", COOP_PART_F64, SHAPE(measures, times), 1, recorded,
                       record->spread));
    if (record->organisation != NULL)
        COOP_TRY(add_begun(parts, "record/organisation", COOP_PART_F32,
                           SHAPE(measures, times, record->organisations), 1, recorded,
                           record->organisation));
    if (record->regime_pooled != NULL) {
        const size_t *shape = SHAPE(regimes, measures, times);
        COOP_TRY(add_begun(parts, "record/regime_pooled", COOP_PART_F64, shape, 2, recorded,
                           record->regime_pooled));
        COOP_TRY(add_begun(parts, "record/regime_spread", COOP_PART_F64, shape, 2, recorded,
                           record->regime_spread));
    }
    return add_panel(parts, record, recorded);
}

/* Before the last year all sums are 0. */
static enum coop_status add_sums(struct coop_parts *parts, const struct coop_recorder *recorder)
{
    const struct coop_record *record = recorder->record;
    const int64_t before = recorder->end > YEAR ? recorder->end - YEAR : 0;
    const bool summed = recorder->recorded > 0 && record->week[recorder->recorded - 1] > before;
    const size_t *shape = SHAPE(record->measures, record->organisations);
    const size_t used = summed ? record->measures : 0;
    COOP_TRY(
        add_begun(parts, "record/final_sum", COOP_PART_F32, shape, 0, used, recorder->final_sum));
    return add_begun(parts, "record/final_count", COOP_PART_U8, shape, 0, used,
                     recorder->final_count);
}

static enum coop_status add_finals(struct coop_parts *parts, struct coop_record *record)
{
    const size_t *measures = SHAPE(record->measures);
    const size_t *shape = SHAPE(record->regimes, record->measures);
    COOP_TRY(add_whole(parts, COOP_PART_OF_FINISHED, COOP_PART_F64, measures, record->final_mean));
    COOP_TRY(add_whole(parts, "record/final_error", COOP_PART_F64, measures, record->final_error));
    if (record->final_organisation != NULL)
        COOP_TRY(add_whole(parts, "record/final_organisation", COOP_PART_F32,
                           SHAPE(record->measures, record->organisations),
                           record->final_organisation));
    if (record->regime_final_mean != NULL) {
        COOP_TRY(add_whole(parts, "record/regime_final_mean", COOP_PART_F64, shape,
                           record->regime_final_mean));
        COOP_TRY(add_whole(parts, "record/regime_final_error", COOP_PART_F64, shape,
                           record->regime_final_error));
    }
    return add_whole(parts, "record/state_hash", COOP_PART_I64, (const size_t[]){0},
                     &record->state_hash);
}

static enum coop_status add_recording(struct coop_parts *parts,
                                      const struct coop_recording *recording)
{
    COOP_TRY(add_whole(parts, "week", COOP_PART_I64, (const size_t[]){0}, &recording->run->week));
    COOP_TRY(add_layout(parts, recording->run));
    COOP_TRY(add_state(parts, &recording->run->economy));
    COOP_TRY(add_observed(parts, &recording->recorder));
    COOP_TRY(add_record(parts, recording->record, recording->recorder.recorded));
    COOP_TRY(add_sums(parts, &recording->recorder));
    coop_parts_describe(parts, recording->run->model);
    return COOP_OK;
}

enum coop_status coop_recording_parts(const struct coop_recording *recording,
                                      struct coop_parts *ret)
{
    *ret = (struct coop_parts){0};
    const enum coop_status status = add_recording(ret, recording);
    if (status != COOP_OK)
        coop_parts_free(ret);
    return status;
}

enum coop_status coop_record_parts(struct coop_record *record, struct coop_parts *ret)
{
    *ret = (struct coop_parts){0};
    enum coop_status status = add_whole(ret, "week", COOP_PART_I64, (const size_t[]){0},
                                        &record->week[record->times - 1]);
    if (status == COOP_OK)
        status = add_record(ret, record, record->times);
    if (status == COOP_OK)
        status = add_finals(ret, record);
    if (status != COOP_OK)
        coop_parts_free(ret);
    return status;
}
