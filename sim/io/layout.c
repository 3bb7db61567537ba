/* coopsim - GPL-3.0-or-later */
#include "sim/io/layout.h"

#include "sim/engine/mechanism.h"
#include "sim/engine/panel.h"
#include "sim/engine/recorder.h"

#include <stdlib.h>
#include <string.h>

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the layout of the result");
}

enum coop_status coop_layout_init(struct coop_layout *ret, const struct coop_param_set *set,
                                  const bool *kept, size_t measures)
{
    *ret = (struct coop_layout){.regimes = 1};
    for (size_t t = 0; t < set->tables; t++)
        ret->params += set->table[t]->rows;
    ret->param = calloc(ret->params + 1, sizeof *ret->param);
    if (kept != NULL)
        ret->kept = malloc(measures * sizeof *ret->kept + 1);
    if (ret->param == NULL || (kept != NULL && ret->kept == NULL))
        return no_memory();
    if (kept != NULL)
        memcpy(ret->kept, kept, measures * sizeof *kept);
    return coop_param_copy(&ret->first, set);
}

void coop_layout_free(struct coop_layout *layout)
{
    free(layout->week);
    free(layout->longest);
    free(layout->field);
    free(layout->param);
    coop_param_free(&layout->first);
    free(layout->kept);
    *layout = (struct coop_layout){0};
}

static size_t elements_of(const struct coop_param *row, const char *values)
{
    if (row->type == COOP_PARAM_REAL_LIST)
        return ((const struct coop_real_list *)(values + row->offset))->count;
    if (row->type == COOP_PARAM_TEXT_LIST)
        return ((const struct coop_text_list *)(values + row->offset))->count;
    return 0;
}

static bool same_texts(const struct coop_text_list *a, const struct coop_text_list *b)
{
    for (size_t i = 0; a->count == b->count && i < a->count; i++)
        if (strcmp(a->text[i], b->text[i]) != 0)
            return false;
    return a->count == b->count;
}

/* Bit by bit, as what is said once of all runs stands for each of them. */
static bool same_value(const struct coop_param *row, const char *a, const char *b)
{
    const void *left = a + row->offset, *right = b + row->offset;
    switch (row->type) {
    case COOP_PARAM_REAL:
        return memcmp(left, right, sizeof(double)) == 0;
    case COOP_PARAM_INTEGER:
        return memcmp(left, right, sizeof(int64_t)) == 0;
    case COOP_PARAM_BOOLEAN:
    case COOP_PARAM_CHOICE:
        return memcmp(left, right, sizeof(int32_t)) == 0;
    case COOP_PARAM_REAL_LIST: {
        const struct coop_real_list *one = left, *other = right;
        return one->count == other->count &&
               (one->count == 0 ||
                memcmp(one->value, other->value, one->count * sizeof *one->value) == 0);
    }
    case COOP_PARAM_TEXT_LIST:
        break;
    }
    return same_texts(left, right);
}

static void add_row(struct coop_param_layout *layout, const struct coop_script *script,
                    const struct coop_param *row, size_t table, const struct coop_param_set *first)
{
    if (!layout->varies)
        layout->varies = !same_value(row, coop_param_values(script->set, table),
                                     coop_param_values(first, table));
    const size_t elements = elements_of(row, coop_param_values(script->set, table));
    if (elements > layout->elements)
        layout->elements = elements;
    for (size_t r = 1; !layout->mixed && r < script->regimes; r++)
        layout->mixed = !coop_param_same(&script->set[r], script->set, row->name);
    for (size_t s = script->regimes; !layout->scheduled && s < script->epochs * script->regimes;
         s++)
        layout->scheduled =
            !coop_param_same(&script->set[s], &script->set[s - script->regimes], row->name);
}

void coop_layout_add_script(struct coop_layout *layout, const struct coop_script *script)
{
    size_t number = 0;
    for (size_t t = 0; t < script->set->tables; t++)
        for (size_t r = 0; r < script->set->table[t]->rows; r++)
            add_row(&layout->param[number++], script, &script->set->table[t]->row[r], t,
                    &layout->first);
    if (script->regimes > layout->regimes)
        layout->regimes = script->regimes;
    layout->named = layout->named || script->regime[0].name[0] != '\0';
}

static enum coop_status set_longest(struct coop_layout *layout, const char *name, size_t times,
                                    const int64_t *week)
{
    int64_t *copy = malloc(times * sizeof *copy);
    char *longest = strdup(name);
    if (copy == NULL || longest == NULL) {
        free(copy);
        free(longest);
        return no_memory();
    }
    memcpy(copy, week, times * sizeof *copy);
    free(layout->week);
    free(layout->longest);
    layout->week = copy;
    layout->longest = longest;
    layout->times = times;
    return COOP_OK;
}

static enum coop_status add_times(struct coop_layout *layout, const char *name, size_t times,
                                  const int64_t *week)
{
    const bool longer = times > layout->times;
    for (size_t t = 0; t < times && t < layout->times; t++)
        if (week[t] != layout->week[t])
            return COOP_FAIL(COOP_USAGE,
                             "runs `%s` and `%s` record different weeks (record %zu is after week "
                             "%lld in one, after week %lld in the other): one file has one time "
                             "axis, so record all cases at the same weeks or give each its own "
                             "file",
                             longer ? name : layout->longest, longer ? layout->longest : name,
                             t + 1, (long long)(longer ? week : layout->week)[t],
                             (long long)(longer ? layout->week : week)[t]);
    return longer ? set_longest(layout, name, times, week) : COOP_OK;
}

static enum coop_status add_column(struct coop_layout *layout,
                                   const struct coop_panel_column *column)
{
    const size_t components = column->components > 0 ? (size_t)column->components : 0;
    size_t f = 0;
    while (f < layout->fields && strcmp(layout->field[f].column.name, column->name) != 0)
        f++;
    if (f == layout->fields) {
        struct coop_panel_layout *grown = realloc(layout->field, (f + 1) * sizeof *grown);
        if (grown == NULL)
            return no_memory();
        layout->field = grown;
        grown[f] = (struct coop_panel_layout){.column = *column};
        grown[f].column.value = NULL;
        layout->fields++;
    }
    if (components > layout->field[f].components)
        layout->field[f].components = components;
    return COOP_OK;
}

static void add_organisations(struct coop_layout *layout, bool by_organisation,
                              size_t organisations)
{
    layout->by_organisation = layout->by_organisation || by_organisation;
    if ((by_organisation || layout->kept != NULL) && organisations > layout->organisations)
        layout->organisations = organisations;
}

enum coop_status coop_layout_add_record(struct coop_layout *layout, const char *name,
                                        const struct coop_record *record)
{
    add_organisations(layout, record->organisation != NULL, record->organisations);
    if (record->panel_workers > layout->workers)
        layout->workers = record->panel_workers;
    for (size_t c = 0; c < record->columns; c++)
        COOP_TRY(add_column(layout, &record->column[c]));
    return add_times(layout, name, record->times, record->week);
}

static enum coop_status add_panel(struct coop_layout *layout, const struct coop_model *model,
                                  const struct coop_script *script, uint32_t replicate)
{
    const struct coop_settings *settings = coop_param_values(script->set, COOP_TABLE_ENGINE);
    struct coop_panel_column column;
    size_t workers = 0, organisations;
    uint32_t *size;
    COOP_TRY(coop_run_sizes(settings, coop_run_streams(settings, replicate).population, &size,
                            &organisations));
    for (size_t o = 0; o < organisations; o++)
        workers += size[o];
    free(size);
    if ((size_t)settings->panel_workers < workers)
        workers = (size_t)settings->panel_workers;
    if (workers > layout->workers)
        layout->workers = workers;
    for (size_t c = 0; coop_panel_column(model, script, c, &column); c++)
        COOP_TRY(add_column(layout, &column));
    return COOP_OK;
}

enum coop_status coop_layout_add_plan(struct coop_layout *layout, const char *name,
                                      const struct coop_model *model,
                                      const struct coop_script *script, uint32_t replicate)
{
    const struct coop_settings *settings = coop_param_values(script->set, COOP_TABLE_ENGINE);
    const size_t times = coop_recorder_times(settings);
    int64_t *week = malloc(times * sizeof *week);
    if (week == NULL)
        return no_memory();
    for (size_t t = 0; t < times; t++)
        week[t] = coop_recorder_week(settings, t);
    const enum coop_status status = add_times(layout, name, times, week);
    free(week);
    COOP_TRY(status);
    add_organisations(layout, settings->by_organisation, (size_t)settings->organisations);
    return settings->panel_workers > 0 ? add_panel(layout, model, script, replicate) : COOP_OK;
}
