/* coopsim - GPL-3.0-or-later */
#include "sim/engine/model.h"
#include "sim/engine/run.h"

#include <string.h>

static const struct coop_param_table no_rows = {0};

static const struct coop_param_table *table_or_none(const struct coop_param_table *table)
{
    return table != NULL ? table : &no_rows;
}

size_t coop_model_tables(const struct coop_model *model,
                         const struct coop_param_table *ret_table[COOP_OWNERS_MAX])
{
    size_t tables = 0;
    ret_table[tables++] = &coop_settings_table;
    ret_table[tables++] = table_or_none(model->params);
    for (size_t i = 0; model->mechanisms[i] != NULL; i++)
        ret_table[tables++] = table_or_none(model->mechanisms[i]->params);
    for (size_t i = 0; model->observers[i] != NULL; i++)
        ret_table[tables++] = table_or_none(model->observers[i]->params);
    return tables;
}

size_t coop_model_measure_count(const struct coop_model *model)
{
    size_t measures = 0;
    for (size_t i = 0; model->observers[i] != NULL; i++)
        measures += model->observers[i]->measure_count;
    return measures;
}

const struct coop_measure *coop_model_measure(const struct coop_model *model, size_t number)
{
    for (size_t i = 0; model->observers[i] != NULL; i++) {
        if (number < model->observers[i]->measure_count)
            return &model->observers[i]->measures[number];
        number -= model->observers[i]->measure_count;
    }
    return NULL;
}

int coop_model_measure_find(const struct coop_model *model, const char *name)
{
    size_t measures = coop_model_measure_count(model);
    for (size_t i = 0; i < measures; i++)
        if (strcmp(coop_model_measure(model, i)->name, name) == 0)
            return (int)i;
    return -1;
}
