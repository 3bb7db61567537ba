/* coopsim - GPL-3.0-or-later
 *
 * The panel: the group /workers with the sampled workers' state over time. */
#include "sim/io/store_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_LENGTH = 160 };

struct panel {
    const struct coop_store *store;
    hid_t group;
    struct coop_h5_axis time, worker;
};

struct panel_values {
    const struct panel *panel;
    const struct coop_panel_layout *field;
};

static void fill_cell(const struct coop_panel_column *column, size_t from, void *ret_row, size_t to)
{
    if (column->is_u32)
        ((int64_t *)ret_row)[to] = ((const uint32_t *)column->value)[from];
    else
        ((float *)ret_row)[to] = ((const float *)column->value)[from];
}

static void fill_field(const void *context, size_t run, void *ret_row)
{
    const struct panel_values *values = context;
    const struct coop_record *record = &values->panel->store->result->record[run];
    size_t workers = values->panel->worker.size, components = values->field->components;
    components = components < 1 ? 1 : components;
    for (size_t c = 0; c < record->columns; c++) {
        const struct coop_panel_column *column = &record->column[c];
        if (strcmp(column->name, values->field->column.name) != 0)
            continue;
        for (size_t t = 0; t < record->times; t++)
            for (size_t w = 0; w < record->panel_workers; w++)
                fill_cell(column, t * record->panel_workers + w, ret_row,
                          (t * workers + w) * components + (size_t)column->component);
    }
}

static enum coop_status write_field(const struct panel *panel,
                                    const struct coop_panel_layout *field)
{
    const struct coop_panel_column *column = &field->column;
    struct coop_h5_axis component = {0};
    char name[NAME_MAX_LENGTH];
    snprintf(name, sizeof name, "%s_component", column->name);
    if (field->components > 1)
        COOP_TRY(coop_h5_scale(panel->group, name, field->components, NULL, "1",
                               "number of the component", &component));
    struct coop_h5_variable variable = {
        .place = panel->group,
        .name = column->name,
        .type = column->is_u32 ? COOP_H5_I64 : COOP_H5_F32,
        .rank = field->components > 1 ? 4 : 3,
        .axis = {panel->store->run, panel->time, panel->worker, component},
        .padded = true,
        .fill_row = fill_field,
        .context = &(struct panel_values){panel, field}};
    coop_h5_describe(&variable, column->unit, column->summary);
    enum coop_status status = coop_h5_write(&variable);
    coop_h5_axis_close(&component);
    return status;
}

static void fill_worker(const void *context, size_t run, void *ret_row, bool label)
{
    const struct panel *panel = context;
    const struct coop_record *record = &panel->store->result->record[run];
    const uint32_t *value = label ? record->panel_label : record->panel_organisation;
    for (size_t w = 0; w < record->panel_workers && value != NULL; w++)
        ((int64_t *)ret_row)[w] = value[w];
}

static void fill_label(const void *context, size_t run, void *ret_row)
{
    fill_worker(context, run, ret_row, true);
}

static void fill_organisation(const void *context, size_t run, void *ret_row)
{
    fill_worker(context, run, ret_row, false);
}

static enum coop_status write_worker(const struct panel *panel, bool label)
{
    struct coop_h5_variable variable = {.place = panel->group,
                                        .name = label ? "label" : "organisation",
                                        .type = COOP_H5_I64,
                                        .rank = 2,
                                        .axis = {panel->store->run, panel->worker},
                                        .padded = true,
                                        .fill_row = label ? fill_label : fill_organisation,
                                        .context = panel};
    coop_h5_describe(&variable, "1",
                     label ? "Label of the sampled worker within its organisation."
                           : "Number of the sampled worker's organisation in its economy.");
    return coop_h5_write(&variable);
}

static enum coop_status write_all(struct panel *panel)
{
    const struct coop_layout *layout = panel->store->layout;
    COOP_TRY(coop_h5_text_attribute(panel->group, "long_name", "State of the sampled workers."));
    COOP_TRY(coop_store_time(panel->store, panel->group, &panel->time));
    COOP_TRY(coop_h5_scale(panel->group, "worker", layout->workers, NULL, "1",
                           "number of the worker in the sample", &panel->worker));
    COOP_TRY(write_worker(panel, false));
    COOP_TRY(write_worker(panel, true));
    for (size_t f = 0; f < layout->fields; f++)
        COOP_TRY(write_field(panel, &layout->field[f]));
    return COOP_OK;
}

enum coop_status coop_store_panel(const struct coop_store *store)
{
    struct panel panel = {.store = store, .group = -1};
    if (store->layout->workers == 0)
        return COOP_OK;
    COOP_TRY(coop_h5_group(store->file, "workers", &panel.group));
    enum coop_status status = write_all(&panel);
    coop_h5_axis_close(&panel.time);
    coop_h5_axis_close(&panel.worker);
    H5Gclose(panel.group);
    return status;
}
