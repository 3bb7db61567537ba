/* coopsim - GPL-3.0-or-later
 *
 * Going on from parts: first it is looked whether all fit, then they are copied. */
#include "sim/engine/parts_inside.h"

#include "sim/engine/shape.h"

#include <string.h>

/* Whether the field belongs to the mechanism that intervenes: nothing of it is there before the
 * intervention. */
static bool is_of_intervention(const struct coop_model *model, const char *field)
{
    struct coop_field_owner owner[COOP_OWNERS_MAX];
    const struct coop_param_table *table[COOP_OWNERS_MAX];
    const size_t owners = coop_run_owners(model, owner);
    coop_model_tables(model, table);
    for (size_t i = 1; model->intervention_week != NULL && i < owners; i++) {
        bool owns = false, intervenes = false;
        for (size_t f = 0; f < owner[i].count; f++)
            owns = owns || strcmp(owner[i].fields[f].name, field) == 0;
        /* Owners lack the engine, which has the first table. */
        for (size_t r = 0; r < table[i + 1]->rows; r++)
            intervenes =
                intervenes || strcmp(table[i + 1]->row[r].name, model->intervention_week) == 0;
        if (owns && intervenes)
            return true;
    }
    return false;
}

static bool same_shape(const struct coop_part *a, const struct coop_part *b)
{
    return a->type == b->type && a->rank == b->rank &&
           memcmp(a->used, b->used, (size_t)a->rank * sizeof *a->used) == 0;
}

/* A part in memory of its own follows from the settings, which are then not the same. Who observes is
 * no such: where there was nothing to observe, an observer would have found what was recorded without
 * it, and have nothing to remember. */
static enum coop_status check_part(const struct coop_part *part, const struct coop_part *from,
                                   const struct coop_model *model)
{
    const bool state = strncmp(part->name, "state/", 6) == 0;
    if (from == NULL && state && is_of_intervention(model, part->name + 6))
        return COOP_OK;
    if (from == NULL)
        return COOP_FAIL(COOP_REFUSED, "it does not hold `%s`", part->name);
    if (!same_shape(part, from))
        return COOP_FAIL(COOP_REFUSED, "its `%s` is of another shape", part->name);
    if (part->own != NULL && strcmp(part->name, "record/observed") != 0 &&
        memcmp(part->data, from->data, coop_part_elements(part) * coop_part_bytes(part->type)) != 0)
        return COOP_FAIL(COOP_REFUSED, "its `%s` has other values", part->name);
    return COOP_OK;
}

static enum coop_status check_parts(const struct coop_parts *parts, const struct coop_parts *from,
                                    const struct coop_model *model)
{
    for (size_t i = 0; i < parts->count; i++)
        COOP_TRY(check_part(&parts->item[i], coop_parts_find(from, parts->item[i].name), model));
    for (size_t i = 0; i < from->count; i++)
        if (coop_parts_find(parts, from->item[i].name) == NULL)
            return COOP_FAIL(COOP_REFUSED, "it holds `%s`, which this run has not",
                             from->item[i].name);
    return COOP_OK;
}

int64_t coop_parts_week(const struct coop_parts *parts)
{
    const struct coop_part *week = coop_parts_find(parts, "week");
    return week != NULL && week->type == COOP_PART_I64 && week->rank == 0
               ? *(const int64_t *)week->data
               : -1;
}

bool coop_parts_are_finished(const struct coop_parts *parts)
{
    return coop_parts_find(parts, COOP_PART_OF_FINISHED) != NULL;
}

static enum coop_status read_week(const struct coop_parts *parts, int64_t end, int64_t *ret)
{
    const bool finished = coop_parts_are_finished(parts);
    *ret = coop_parts_week(parts);
    if (*ret < 0 || (finished ? *ret != end : *ret > end || *ret % COOP_MONTH != 0))
        return COOP_FAIL(COOP_REFUSED, "week %lld is no month's start of a run of %lld weeks",
                         (long long)*ret, (long long)end);
    return COOP_OK;
}

/* Puts run and recorder into a week, as far as that follows from the week alone. */
static void go_to(struct coop_recording *recording, int64_t week, bool finished)
{
    struct coop_recorder *recorder = &recording->recorder;
    const struct coop_settings *settings = recording->run->settings;
    recording->run->week = week;
    recorder->recorded = 0;
    while (recorder->recorded < recording->record->times &&
           (finished || coop_recorder_week(settings, recorder->recorded) < week)) {
        recording->record->week[recorder->recorded] =
            coop_recorder_week(settings, recorder->recorded);
        recorder->recorded++;
    }
    if (finished) {
        recording->record->final_organisation = recorder->final_sum;
        recorder->final_sum = NULL;
    }
}

static void go_back(struct coop_recording *recording)
{
    if (recording->record->final_organisation != NULL)
        recording->recorder.final_sum = recording->record->final_organisation;
    recording->record->final_organisation = NULL;
    go_to(recording, 0, false);
}

enum coop_status coop_recording_load(struct coop_recording *recording,
                                     const struct coop_parts *parts)
{
    int64_t week;
    struct coop_parts own;
    const bool finished = coop_parts_are_finished(parts);
    COOP_TRY(read_week(parts, recording->recorder.end, &week));
    go_to(recording, week, finished);
    enum coop_status status = finished ? coop_record_parts(recording->record, &own)
                                       : coop_recording_parts(recording, &own);
    if (status == COOP_OK) {
        status = check_parts(&own, parts, recording->run->model);
        for (size_t i = 0; i < own.count && status == COOP_OK; i++) {
            const struct coop_part *from = coop_parts_find(parts, own.item[i].name);
            if (from != NULL && own.item[i].own == NULL)
                coop_part_copy(&own.item[i], from);
        }
        coop_parts_free(&own);
    }
    if (status != COOP_OK)
        go_back(recording);
    return status;
}
