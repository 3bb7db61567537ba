/* coopsim - GPL-3.0-or-later */
#include "sim/engine/panel.h"

#include "sim/engine/shape.h"

#include <stdlib.h>

/* The label is what a worker of the panel is found by, and is kept once. */
static bool is_sampled(const struct coop_field *field)
{
    return (field->class == COOP_PERSON || field->class == COOP_POSITION ||
            field->class == COOP_DERIVED) &&
           strcmp(field->name, "label") != 0;
}

size_t coop_panel_bytes(const struct coop_model *model, const struct coop_settings *settings,
                        size_t times, struct coop_dimensions dimensions)
{
    size_t columns = 1;
    for (size_t f = 0; f < model->field_count; f++)
        if (is_sampled(&model->fields[f]))
            columns += coop_field_components(&model->fields[f], dimensions);
    return (size_t)settings->panel_workers * (columns * times * 4 + 8);
}

/* Worker number i of the sample is worker (i + 1/2) N / k of the register. */
static void choose_workers(struct coop_record *record, const struct coop_economy *economy)
{
    size_t organisation = 0, before = 0;
    for (size_t i = 0; i < record->panel_workers; i++) {
        size_t number =
            (size_t)(((double)i + 0.5) * (double)economy->workers / (double)record->panel_workers);
        while (number >= before + economy->size[organisation])
            before += economy->size[organisation++];
        record->panel_organisation[i] = (uint32_t)organisation;
        record->panel_label[i] = (uint32_t)(number - before);
    }
}

static enum coop_status add_column(struct coop_record *record, struct coop_panel_column column)
{
    column.value = calloc(record->times * record->panel_workers + 1, 4);
    if (column.value == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the panel: lower record.workers");
    record->column[record->columns++] = column;
    return COOP_OK;
}

/* Column number `number`, without values: first the position, then the fields. */
static bool column_at(const struct coop_model *model, struct coop_dimensions dimensions,
                      size_t number, struct coop_panel_column *ret)
{
    if (number == 0)
        *ret = (struct coop_panel_column){.name = "position",
                                          .unit = "1",
                                          .summary = "Position, 0 the most empowered",
                                          .components = 1,
                                          .is_u32 = 1};
    for (size_t f = 0, first = 1; number > 0 && f < model->field_count; f++) {
        const struct coop_field *field = &model->fields[f];
        const size_t components = is_sampled(field) ? coop_field_components(field, dimensions) : 0;
        if (number < first + components) {
            *ret = (struct coop_panel_column){.name = field->name,
                                              .unit = field->unit,
                                              .summary = field->summary,
                                              .component = (int)(number - first),
                                              .components = (int)components,
                                              .is_u32 = field->type == COOP_U32};
            return true;
        }
        first += components;
    }
    return number == 0;
}

bool coop_panel_column(const struct coop_model *model, const struct coop_script *script,
                       size_t number, struct coop_panel_column *ret)
{
    return column_at(model, coop_run_dimensions(model, script, script->set), number, ret);
}

enum coop_status coop_panel_init(struct coop_record *record, const struct coop_run *run)
{
    size_t wanted = (size_t)run->settings->panel_workers, columns = 1;
    struct coop_panel_column column;
    if (wanted == 0)
        return COOP_OK;
    record->panel_workers = wanted < run->economy.workers ? wanted : run->economy.workers;
    for (size_t f = 0; f < run->model->field_count; f++)
        columns += coop_field_components(&run->model->fields[f], run->economy.dimensions);
    record->column = calloc(columns, sizeof *record->column);
    record->panel_organisation = calloc(record->panel_workers, sizeof(uint32_t));
    record->panel_label = calloc(record->panel_workers, sizeof(uint32_t));
    if (!record->column || !record->panel_organisation || !record->panel_label)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the panel: lower record.workers");
    choose_workers(record, &run->economy);
    for (size_t c = 0; column_at(run->model, run->economy.dimensions, c, &column); c++)
        COOP_TRY(add_column(record, column));
    return COOP_OK;
}

static void sample_worker(const struct coop_record *record, const struct coop_run *run,
                          const struct coop_batch *batch, size_t at, size_t slot)
{
    size_t column = 0;
    ((uint32_t *)record->column[column++].value)[at] = batch->position[slot];
    for (size_t f = 0; f < run->model->field_count; f++) {
        const struct coop_field *field = &run->model->fields[f];
        size_t components = coop_field_components(field, run->economy.dimensions);
        for (size_t c = 0; is_sampled(field) && c < components; c++)
            memcpy((char *)record->column[column++].value + 4 * at,
                   coop_worker(batch, (int)f, c) + slot, 4);
    }
}

void coop_panel_sample(const struct coop_record *record, const struct coop_run *run,
                       const struct coop_batch *batch, size_t number)
{
    const uint32_t *label = run->label < 0 ? batch->position : coop_worker_u32(batch, run->label);
    for (size_t i = 0; i < record->panel_workers; i++) {
        size_t o = (size_t)record->panel_organisation[i] - batch->first_organisation;
        if (o >= batch->organisations)
            continue;
        for (size_t p = 0; p < batch->size[o]; p++) {
            size_t slot = coop_slot(batch, o, p);
            if (label[slot] == record->panel_label[i])
                sample_worker(record, run, batch, number * record->panel_workers + i, slot);
        }
    }
}
