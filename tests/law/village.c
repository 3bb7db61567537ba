/* coopsim - GPL-3.0-or-later */
#include "tests/law/village.h"

void village_assign(struct village *village, const char *assignments)
{
    char *text = strdup(assignments), *rest = text;
    assert_non_null(text);
    for (char *item = strsep(&rest, ";"); item != NULL; item = strsep(&rest, ";")) {
        char *name = item + strspn(item, " "), *value = strchr(name, '=');
        if (value == NULL)
            continue;
        *value++ = '\0';
        if (coop_param_set_text(&village->set, name, value, "test") != COOP_OK)
            fail_msg("%s=%s: %s", name, value, coop_status_message());
    }
    free(text);
}

void village_set_up(struct village *ret, const struct coop_model *model, const char *assignments)
{
    *ret = (struct village){.model = model};
    ret->tables = coop_model_tables(model, ret->table);
    assert_int_equal(coop_param_init(&ret->set, ret->table, ret->tables), COOP_OK);
    village_assign(ret, assignments);
}

void village_begin(struct village *ret, const struct coop_model *model, const char *assignments)
{
    village_set_up(ret, model, assignments);
    if (coop_run_init(&ret->run, model, &ret->set, 0, 1) != COOP_OK)
        fail_msg("%s: %s", assignments, coop_status_message());
}

const struct coop_model *village_seo(void)
{
    const struct coop_model *model = coop_registry_find(coop_registry_best_isa(), "seo");
    assert_non_null(model);
    return model;
}

void village_begin_seo(struct village *ret, const char *assignments)
{
    village_begin(ret, village_seo(), assignments);
}

void village_end(struct village *village)
{
    coop_run_free(&village->run);
    coop_param_free(&village->set);
}

void village_record(struct village *village, int threads, struct coop_record *ret)
{
    if (coop_run_init(&village->run, village->model, &village->set, 0, threads) != COOP_OK ||
        coop_run_record(&village->run, ret, NULL, NULL) != COOP_OK)
        fail_msg("%s", coop_status_message());
}

int village_field(const struct coop_run *run, const char *name)
{
    for (size_t field = 0; field < run->economy.fields; field++)
        if (strcmp(run->economy.row[field]->name, name) == 0)
            return (int)field;
    fail_msg("the model has no field %s", name);
    return -1;
}

bool village_is_kept(const struct coop_field *field)
{
    return field->class == COOP_PERSON || field->class == COOP_POSITION ||
           field->class == COOP_ORGANISATION;
}

bool village_is_of_workers(const struct coop_field *field)
{
    return field->type != COOP_F64;
}

void *village_place(const struct coop_run *run, int field, size_t component, size_t organisation,
                    size_t position)
{
    const struct coop_economy *economy = &run->economy;
    size_t batch = 0, element = organisation, bytes = 8;
    if (village_is_of_workers(economy->row[field])) {
        while (batch + 1 < economy->batches &&
               economy->plan[batch + 1].first_organisation <= organisation)
            batch++;
        element = economy->plan[batch].first_slot + economy->first[organisation] +
                  position * economy->step[organisation];
        bytes = 4;
    }
    return (char *)economy->field[field] + (component * economy->stride[field] + element) * bytes;
}

size_t village_values(const struct coop_run *run, int field, size_t organisation)
{
    return village_is_of_workers(run->economy.row[field]) ? run->economy.size[organisation] : 1;
}

static bool same_value(const struct coop_run *run, const struct coop_run *other, int field,
                       size_t component, size_t organisation, size_t position)
{
    return memcmp(village_place(run, field, component, organisation, position),
                  village_place(other, field, component, organisation, position),
                  village_is_of_workers(run->economy.row[field]) ? 4 : 8) == 0;
}

bool village_same(const struct coop_run *run, const struct coop_run *other, size_t organisation)
{
    if (run->economy.size[organisation] != other->economy.size[organisation])
        return false;
    for (size_t f = 0; f < run->state_fields; f++)
        for (size_t c = 0; village_is_kept(run->economy.row[f]) && c < run->economy.components[f] &&
                           c < other->economy.components[f];
             c++)
            for (size_t i = 0; i < village_values(run, (int)f, organisation); i++)
                if (!same_value(run, other, (int)f, c, organisation, i))
                    return false;
    return true;
}

bool village_all_same(const struct coop_run *run, const struct coop_run *other)
{
    if (run->economy.organisations != other->economy.organisations)
        return false;
    for (size_t o = 0; o < run->economy.organisations; o++)
        if (!village_same(run, other, o))
            return false;
    return true;
}

uint64_t village_hash(const struct village *village)
{
    return coop_economy_hash(&village->run.economy, village->run.state_fields);
}

/* Numbers without the bits of a missing one, of which there are many. */
static uint64_t hash_doubles(uint64_t hash, const double *value, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t bits = 1;
        if (!isnan(value[i]))
            memcpy(&bits, &value[i], sizeof bits);
        hash = (hash ^ (bits >> 32)) * 0x100000001b3u;
        hash = (hash ^ (bits & 0xffffffffu)) * 0x100000001b3u;
    }
    return hash;
}

static uint64_t hash_floats(uint64_t hash, const void *values, size_t count)
{
    const char *bytes = values;
    for (size_t i = 0; bytes != NULL && i < count; i++) {
        float value;
        uint32_t bits = 1;
        memcpy(&value, bytes + 4 * i, sizeof value);
        if (!isnan(value))
            memcpy(&bits, &value, sizeof bits);
        hash = (hash ^ bits) * 0x100000001b3u;
    }
    return hash;
}

uint64_t village_hash_after(const struct coop_model *model, const char *assignments, int64_t weeks)
{
    struct village v;
    village_begin(&v, model, assignments);
    coop_run_live(&v.run, weeks);
    const uint64_t hash = village_hash(&v);
    village_end(&v);
    return hash;
}

bool village_same_after(const struct coop_model *model, const char *assignments,
                        const char *other_assignments, int64_t weeks)
{
    struct village v, other;
    village_begin(&v, model, assignments);
    village_begin(&other, model, other_assignments);
    coop_run_live(&v.run, weeks);
    coop_run_live(&other.run, weeks);
    const bool same = village_all_same(&v.run, &other.run);
    village_end(&v);
    village_end(&other);
    return same;
}

double village_measure(const char *assignments, const char *measure)
{
    struct village v;
    struct coop_record record;
    village_set_up(&v, village_seo(), assignments);
    village_record(&v, 1, &record);
    const int number = coop_model_measure_find(v.model, measure);
    if (number < 0)
        fail_msg("there is no measure %s", measure);
    const double value = record.pooled[((size_t)number + 1) * record.times - 1];
    coop_record_free(&record);
    village_end(&v);
    return value;
}

uint64_t village_record_hash(const struct coop_record *record)
{
    size_t values = record->measures * record->times;
    uint64_t hash = record->state_hash;
    for (size_t t = 0; t < record->times; t++)
        hash = (hash ^ (uint64_t)record->week[t]) * 0x100000001b3u;
    hash = hash_doubles(hash, record->pooled, values);
    hash = hash_doubles(hash, record->spread, values);
    hash = hash_doubles(hash, record->final_mean, record->measures);
    hash = hash_doubles(hash, record->final_error, record->measures);
    for (size_t o = 0; o < record->organisations; o++)
        hash = (hash ^ record->size[o]) * 0x100000001b3u;
    hash = hash_floats(hash, record->organisation, values * record->organisations);
    for (size_t c = 0; c < record->columns; c++)
        hash = hash_floats(hash, record->column[c].value, record->times * record->panel_workers);
    return hash;
}

struct coop_real_list village_list(const struct village *village, const char *name)
{
    struct coop_value value;
    assert_int_equal(coop_param_get(&village->set, name, &value), COOP_OK);
    return value.reals;
}

void village_surround(struct village_model *ret, const struct coop_model *model,
                      const char *mechanism, const struct coop_mechanism *before,
                      const struct coop_mechanism *after)
{
    size_t count = 0;
    bool found = false;
    ret->model = *model;
    for (size_t i = 0; model->mechanisms[i] != NULL; i++) {
        bool here = strcmp(model->mechanisms[i]->name, mechanism) == 0;
        found = found || here;
        if (here && before != NULL)
            ret->mechanism[count++] = before;
        ret->mechanism[count++] = model->mechanisms[i];
        if (here && after != NULL)
            ret->mechanism[count++] = after;
    }
    ret->mechanism[count] = NULL;
    ret->model.mechanisms = ret->mechanism;
    if (!found)
        fail_msg("%s has no mechanism %s", model->name, mechanism);
}

void village_each_row(village_row_visit *visit, void *user)
{
    const char *isa = coop_registry_best_isa();
    for (size_t i = 0; coop_registry_model(isa, i) != NULL; i++) {
        const struct coop_model *model = coop_registry_model(isa, i);
        const struct coop_param_table *table[COOP_OWNERS_MAX];
        size_t tables = coop_model_tables(model, table);
        for (size_t t = 0; t < tables; t++)
            for (size_t r = 0; r < table[t]->rows; r++)
                visit(model, &table[t]->row[r], user);
    }
}
