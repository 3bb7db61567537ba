/* coopsim - GPL-3.0-or-later
 *
 * The parameters: one variable `p_<name>` a row of the tables. Where runs differ it is at the root and
 * has the value of every run; the others, most of them, are said once in the group /fixed. */
#include "sim/io/store_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_LENGTH = 160 };

struct param_values {
    const struct coop_result *result;
    size_t table;
    const struct coop_param *row;
    const struct coop_param_layout *layout;
};

/* The value where it lies, in its own type. */
static const void *value_of(const struct param_values *values, size_t run)
{
    const struct coop_param_set *set = coop_store_script(values->result, run)->set;
    return (const char *)coop_param_values(set, values->table) + values->row->offset;
}

/* Whether the regimes of a run have different values in week 0. */
static bool regimes_differ(const struct param_values *values, size_t run)
{
    const struct coop_script *script = coop_store_script(values->result, run);
    for (size_t r = 1; r < script->regimes; r++)
        if (!coop_param_same(&script->set[r], script->set, values->row->name))
            return true;
    return false;
}

static void fill_param(const void *context, size_t run, void *ret_row)
{
    const struct param_values *values = context;
    const void *value = value_of(values, run);
    if (values->layout->mixed && regimes_differ(values, run))
        return;
    switch (values->row->type) {
    case COOP_PARAM_REAL:
        *(double *)ret_row = *(const double *)value;
        break;
    case COOP_PARAM_INTEGER:
        *(int64_t *)ret_row = *(const int64_t *)value;
        break;
    case COOP_PARAM_BOOLEAN:
    case COOP_PARAM_CHOICE:
        *(int8_t *)ret_row = (int8_t) * (const int32_t *)value;
        break;
    case COOP_PARAM_REAL_LIST: {
        const struct coop_real_list *list = value;
        for (size_t i = 0; i < list->count; i++)
            ((double *)ret_row)[i] = list->value[i];
        break;
    }
    case COOP_PARAM_TEXT_LIST: {
        const struct coop_text_list *list = value;
        for (size_t i = 0; i < list->count; i++)
            ((const char **)ret_row)[i] = list->text[i];
        break;
    }
    }
}

/* The same of all runs; of a list one element a row. */
static void fill_fixed(const void *context, size_t element, void *ret_row)
{
    const struct param_values *values = context;
    const void *value = value_of(values, 0);
    if (values->row->type == COOP_PARAM_REAL_LIST)
        *(double *)ret_row = ((const struct coop_real_list *)value)->value[element];
    else if (values->row->type == COOP_PARAM_TEXT_LIST)
        *(const char **)ret_row = ((const struct coop_text_list *)value)->text[element];
    else
        fill_param(context, 0, ret_row);
}

static enum coop_h5_type type_of(enum coop_param_type type)
{
    switch (type) {
    case COOP_PARAM_REAL:
    case COOP_PARAM_REAL_LIST:
        return COOP_H5_F64;
    case COOP_PARAM_INTEGER:
        return COOP_H5_I64;
    case COOP_PARAM_BOOLEAN:
    case COOP_PARAM_CHOICE:
        return COOP_H5_I8;
    case COOP_PARAM_TEXT_LIST:
        break;
    }
    return COOP_H5_TEXT;
}

static bool is_list(const struct coop_param *row)
{
    return row->type == COOP_PARAM_REAL_LIST || row->type == COOP_PARAM_TEXT_LIST;
}

static int group_length(const struct coop_param *row)
{
    return (int)strcspn(row->name, ".");
}

static bool same_group(const struct coop_param *row, const struct coop_param *other)
{
    int length = group_length(row);
    return length == group_length(other) && strncmp(row->name, other->name, (size_t)length) == 0;
}

static size_t most_elements_in_group(const struct coop_store *store, const struct coop_param *row)
{
    const struct coop_param_set *set = coop_store_script(store->result, 0)->set;
    size_t most = 0, number = 0;
    for (size_t t = 0; t < set->tables; t++)
        for (size_t r = 0; r < set->table[t]->rows; r++, number++)
            if (same_group(row, &set->table[t]->row[r]) &&
                store->layout->param[number].elements > most)
                most = store->layout->param[number].elements;
    return most;
}

/* The lists of a group are columns of one table (tasks.name, tasks.share ...), so that they share
 * an axis, as long as the longest of them. */
static enum coop_status open_elements(const struct coop_store *store, hid_t place,
                                      const struct coop_param *row, struct coop_h5_axis *ret)
{
    char name[NAME_MAX_LENGTH], long_name[NAME_MAX_LENGTH];
    int length = group_length(row);
    snprintf(name, sizeof name, "%.*s_element", length, row->name);
    if (coop_h5_exists(place, name))
        return coop_h5_scale_open(place, name, ret);
    snprintf(long_name, sizeof long_name, "number of the element in the lists of %.*s", length,
             row->name);
    return coop_h5_scale(place, name, most_elements_in_group(store, row), NULL, "1", long_name,
                         ret);
}

/* The value at which the mechanism is absent, a number if it reads as one. */
static void note_neutral(struct coop_h5_variable *variable, const struct coop_param *row)
{
    char *end = NULL;
    if (row->neutral == NULL)
        return;
    double number = strtod(row->neutral, &end);
    if (variable->type != COOP_H5_TEXT && end != row->neutral && *end == '\0')
        coop_h5_note_number(variable, "neutral_value", number);
    else
        coop_h5_note_text(variable, "neutral_value", row->neutral);
}

static void describe_param(struct coop_h5_variable *variable, const struct coop_param *row)
{
    bool has_range = variable->type == COOP_H5_F64 || variable->type == COOP_H5_I64;
    coop_h5_describe(variable, variable->type == COOP_H5_TEXT ? NULL : row->unit, row->summary);
    if (has_range) {
        coop_h5_note_number(variable, "valid_min", row->min);
        coop_h5_note_number(variable, "valid_max", row->max);
    }
    note_neutral(variable, row);
    coop_h5_note_text(variable, "references", row->source);
    variable->choices = row->type == COOP_PARAM_BOOLEAN ? "false|true" : row->choices;
    variable->padded = variable->type == COOP_H5_F64; /* NaN also means unset */
}

/* One value a run cannot say all of a mix or of a schedule. */
static void note_script(struct coop_h5_variable *variable, const struct param_values *values)
{
    const bool mixed = values->layout->mixed, scheduled = values->layout->scheduled;
    variable->padded = variable->padded || mixed;
    if (mixed && scheduled)
        coop_h5_note_text(variable, "comment",
                          "Value in week 0, changed by the schedule of some runs; missing where "
                          "the regimes of a run differ. See /provenance/resolved_config.");
    else if (mixed)
        coop_h5_note_text(variable, "comment",
                          "Missing where the regimes of a run differ. See "
                          "/provenance/resolved_config.");
    else if (scheduled)
        coop_h5_note_text(variable, "comment",
                          "Value in week 0, changed by the schedule of some runs. See "
                          "/provenance/resolved_config.");
}

/* `place` is the root, or the group of what is the same in all runs. */
static enum coop_status write_param(const struct coop_store *store, hid_t place,
                                    const struct param_values *values)
{
    const struct coop_param *row = values->row;
    const bool fixed = place != store->file;
    char name[NAME_MAX_LENGTH];
    struct coop_h5_axis element = {0};
    snprintf(name, sizeof name, "p_%s", row->name);
    if (is_list(row))
        COOP_TRY(open_elements(store, place, row, &element));
    struct coop_h5_variable variable = {.place = place,
                                        .name = name,
                                        .type = type_of(row->type),
                                        .rank = !fixed + is_list(row),
                                        .axis = {store->run, element},
                                        .fill_row = fixed ? fill_fixed : fill_param,
                                        .context = values};
    if (fixed)
        variable.axis[0] = element;
    describe_param(&variable, row);
    note_script(&variable, values);
    enum coop_status status = coop_h5_write(&variable);
    coop_h5_axis_close(&element);
    return status;
}

/* An axis of the design has its variable even if it has one value. */
static bool is_fixed(const struct coop_store *store, const struct coop_param *row,
                     const struct coop_param_layout *layout)
{
    const struct coop_design *design = store->result->design;
    for (size_t a = 0; a < design->axes; a++)
        if (strcmp(coop_design_axis_name(design, a), row->name) == 0)
            return false;
    return !layout->varies && !layout->mixed && !layout->scheduled;
}

static enum coop_status write_params(const struct coop_store *store, hid_t place)
{
    const struct coop_result *result = store->result;
    const struct coop_param_set *set = coop_store_script(result, 0)->set;
    size_t number = 0;
    for (size_t t = 0; t < set->tables; t++)
        for (size_t r = 0; r < set->table[t]->rows; r++, number++) {
            const struct param_values values = {result, t, &set->table[t]->row[r],
                                                &store->layout->param[number]};
            if (is_fixed(store, values.row, values.layout) == (place != store->file))
                COOP_TRY(write_param(store, place, &values));
        }
    return COOP_OK;
}

enum coop_status coop_store_params(const struct coop_store *store)
{
    hid_t fixed = -1;
    COOP_TRY(write_params(store, store->file));
    COOP_TRY(coop_h5_group(store->file, COOP_STORE_FIXED, &fixed));
    enum coop_status status =
        coop_h5_text_attribute(fixed, "long_name", "Parameters that are the same in all runs.");
    if (status == COOP_OK)
        status = write_params(store, fixed);
    H5Gclose(fixed);
    return status;
}
