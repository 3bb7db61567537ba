/* coopsim - GPL-3.0-or-later
 *
 * The set of all values of one run: memory, finding a row, setting and reading a value. */
#include "sim/param/param.h"

#include "sim/param/row.h"
#include "sim/param/text.h"

#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 16 };

/* A row in its set. */
struct seat {
    const struct coop_param *row;
    size_t table, number; /* the number is among the rows of all tables */
    void *value;
};

static struct seat seat_of(const struct coop_param_set *set, size_t table, size_t r, size_t number)
{
    const struct coop_param *row = &set->table[table]->row[r];
    return (struct seat){row, table, number, set->values + set->start[table] + row->offset};
}

static bool find(const struct coop_param_set *set, const char *name, struct seat *ret)
{
    size_t number = 0;
    for (size_t t = 0; t < set->tables; t++)
        for (size_t r = 0; r < set->table[t]->rows; r++, number++)
            if (strcmp(set->table[t]->row[r].name, name) == 0) {
                *ret = seat_of(set, t, r, number);
                return true;
            }
    return false;
}

static size_t count_rows(const struct coop_param_set *set)
{
    size_t rows = 0;
    for (size_t t = 0; t < set->tables; t++)
        rows += set->table[t]->rows;
    return rows;
}

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the parameters");
}

static enum coop_status allocate(struct coop_param_set *set,
                                 const struct coop_param_table *const *table, size_t tables)
{
    size_t size = ALIGNMENT; /* Also with no table at all there is something to give back. */
    *set = (struct coop_param_set){.table = table, .tables = tables};
    set->start = calloc(tables + 1, sizeof *set->start);
    set->origin = calloc(count_rows(set) + 1, sizeof *set->origin);
    if (!set->start || !set->origin)
        return no_memory();
    for (size_t t = 0; t < tables; t++) {
        set->start[t] = size - ALIGNMENT;
        size += (table[t]->size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
    set->values = aligned_alloc(ALIGNMENT, size);
    if (!set->values)
        return no_memory();
    memset(set->values, 0, size);
    return COOP_OK;
}

static enum coop_status set_defaults(struct coop_param_set *set)
{
    struct seat seat;
    for (size_t t = 0; t < set->tables; t++)
        for (size_t r = 0; r < set->table[t]->rows; r++) {
            const struct coop_param *row = &set->table[t]->row[r];
            if (!find(set, row->name, &seat) || seat.row != row)
                return COOP_FAIL(COOP_INTERNAL, "two rows are named '%s'", row->name);
            COOP_TRY(coop_value_default(seat.value, row));
        }
    return COOP_OK;
}

enum coop_status coop_param_init(struct coop_param_set *set,
                                 const struct coop_param_table *const *table, size_t tables)
{
    enum coop_status status = allocate(set, table, tables);
    if (status == COOP_OK)
        status = set_defaults(set);
    if (status != COOP_OK)
        coop_param_free(set);
    return status;
}

static enum coop_status copy_values(struct coop_param_set *ret, const struct coop_param_set *set)
{
    size_t number = 0;
    for (size_t t = 0; t < set->tables; t++)
        for (size_t r = 0; r < set->table[t]->rows; r++, number++) {
            const struct seat from = seat_of(set, t, r, number), to = seat_of(ret, t, r, number);
            COOP_TRY(coop_value_copy(to.value, from.value, from.row));
            if (set->origin[number] && !(ret->origin[number] = strdup(set->origin[number])))
                return no_memory();
        }
    return COOP_OK;
}

enum coop_status coop_param_copy(struct coop_param_set *ret, const struct coop_param_set *set)
{
    enum coop_status status = allocate(ret, set->table, set->tables);
    if (status == COOP_OK)
        status = copy_values(ret, set);
    if (status != COOP_OK)
        coop_param_free(ret);
    return status;
}

void coop_param_free(struct coop_param_set *set)
{
    size_t number = 0;
    for (size_t t = 0; t < set->tables; t++)
        for (size_t r = 0; r < set->table[t]->rows; r++, number++) {
            if (set->values)
                coop_value_free(seat_of(set, t, r, number).value, &set->table[t]->row[r]);
            if (set->origin)
                free(set->origin[number]);
        }
    free(set->values);
    free(set->start);
    free(set->origin);
    *set = (struct coop_param_set){0};
}

const struct coop_param *coop_param_find(const struct coop_param_set *set, const char *name,
                                         size_t *ret_table)
{
    struct seat seat;
    if (!find(set, name, &seat))
        return NULL;
    if (ret_table)
        *ret_table = seat.table;
    return seat.row;
}

const char *coop_param_origin(const struct coop_param_set *set, const char *name)
{
    struct seat seat;
    return find(set, name, &seat) ? set->origin[seat.number] : NULL;
}

static enum coop_status fail_unknown(const struct coop_param_set *set, const char *name)
{
    const char *near = coop_param_nearest(set, name);
    return COOP_FAIL(COOP_USAGE, "unknown parameter '%s'%s%s%s", coop_show(name).text,
                     near ? " - did you mean '" : "", near ? near : "", near ? "'?" : "");
}

enum coop_status coop_param_check(const struct coop_param_set *set, const char *name,
                                  const char *text, size_t *element)
{
    struct coop_fault fault;
    const struct coop_param *row = coop_param_find(set, name, NULL);
    const size_t from = *element;
    *element = 0;
    if (!row)
        return fail_unknown(set, name);
    if (coop_row_check(row, text, from, &fault))
        return COOP_OK;
    *element = fault.element;
    return coop_row_fail(row, &fault);
}

enum coop_status coop_param_set_text(struct coop_param_set *set, const char *name, const char *text,
                                     const char *origin)
{
    struct seat seat;
    size_t element = 0;
    COOP_TRY(coop_param_check(set, name, text, &element));
    char *copy = origin ? strdup(origin) : NULL;
    if ((origin && !copy) || !find(set, name, &seat))
        return no_memory();
    const enum coop_status status = coop_value_store(seat.value, seat.row, text);
    free(status == COOP_OK ? set->origin[seat.number] : copy);
    if (status == COOP_OK)
        set->origin[seat.number] = copy;
    return status;
}

enum coop_status coop_param_get(const struct coop_param_set *set, const char *name,
                                struct coop_value *ret)
{
    struct seat seat;
    *ret = (struct coop_value){.real = NAN};
    if (!find(set, name, &seat))
        return COOP_FAIL(COOP_INTERNAL, "no parameter is named '%s'", coop_show(name).text);
    ret->type = seat.row->type;
    if (ret->type == COOP_PARAM_REAL_LIST)
        ret->reals = *(const struct coop_real_list *)seat.value;
    else if (ret->type == COOP_PARAM_TEXT_LIST)
        ret->texts = *(const struct coop_text_list *)seat.value;
    else if (ret->type == COOP_PARAM_REAL)
        ret->real = *(const double *)seat.value;
    else if (ret->type == COOP_PARAM_INTEGER)
        ret->real = (double)*(const int64_t *)seat.value;
    else
        ret->real = *(const int32_t *)seat.value;
    return COOP_OK;
}

double coop_param_real(const struct coop_param_set *set, const char *name)
{
    struct coop_value value;
    return coop_param_get(set, name, &value) == COOP_OK ? value.real : (double)NAN;
}

static bool same_lists(const struct coop_value *a, const struct coop_value *b)
{
    if (a->type == COOP_PARAM_REAL_LIST)
        return a->reals.count == b->reals.count &&
               memcmp(a->reals.value, b->reals.value, a->reals.count * sizeof(double)) == 0;
    for (size_t i = 0; i < a->texts.count && i < b->texts.count; i++)
        if (strcmp(a->texts.text[i], b->texts.text[i]) != 0)
            return false;
    return a->texts.count == b->texts.count;
}

bool coop_param_same(const struct coop_param_set *set, const struct coop_param_set *other,
                     const char *name)
{
    struct coop_value a, b;
    if (coop_param_get(set, name, &a) != COOP_OK || coop_param_get(other, name, &b) != COOP_OK)
        return false;
    if (a.type == COOP_PARAM_REAL_LIST || a.type == COOP_PARAM_TEXT_LIST)
        return same_lists(&a, &b);
    return a.real == b.real || (isnan(a.real) && isnan(b.real));
}
