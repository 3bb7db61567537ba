/* coopsim - GPL-3.0-or-later
 *
 * Every parameter row of every model has an effect: in at least one of a few rich configurations
 * another value within the range changes the state or the record. So has every element of a list.
 * A row that is parsed and then forgotten fails here. */
#include "tests/law/configurations.h"
#include "tests/law/village.h"

/* Rows without an effect, each with its reason. */
static const struct {
    const char *name, *reason;
} exceptions[] = {
    {"tasks.name",
     "kinds of task are shown by name; how many there are, the other columns say too"},
};

#define SHORT                                                                                      \
    "run.weeks=65; economy.organisations=10; record.every=13; record.organisations=true;"          \
    "record.workers=5"

static uint64_t hash_of(const struct coop_model *model, const char *configuration, const char *name,
                        const char *value)
{
    struct village v;
    struct coop_record record;
    village_set_up(&v, model, configuration);
    village_assign(&v, SHORT);
    if (name != NULL && coop_param_set_text(&v.set, name, value, "test") != COOP_OK)
        fail_msg("%s=%s: %s", name, value, coop_status_message());
    village_record(&v, 1, &record);
    /* Shapes count too: nothing else may be left of what is recorded or not. */
    uint64_t hash = village_record_hash(&record) + record.times + record.panel_workers +
                    (record.organisation != NULL);
    coop_record_free(&record);
    village_end(&v);
    return hash;
}

static double clip(const struct coop_param *row, double value)
{
    return fmin(fmax(value, row->min), row->max);
}

/* Value number `trial` to try instead of `now`; nothing far away, where runs would take long. */
static double other_number(const struct coop_param *row, double now, size_t trial)
{
    bool whole = row->type == COOP_PARAM_INTEGER;
    switch (trial) {
    case 0:
        return clip(row, whole ? now + 1 + floor(fabs(now) / 2) : now * 1.5 + .1);
    case 1:
        return clip(row, whole ? floor(now / 2) - 1 : now * .5 - .1);
    default:
        return row->min;
    }
}

enum { TRIALS = 3 };

static bool number_has_effect(const struct coop_model *model, const struct coop_param *row,
                              const char *configuration, uint64_t hash)
{
    struct village v;
    char text[64];
    village_set_up(&v, model, configuration);
    village_assign(&v, SHORT);
    double now = coop_param_real(&v.set, row->name);
    village_end(&v);
    for (size_t trial = 0; trial < TRIALS; trial++) {
        snprintf(text, sizeof text, "%.17g", other_number(row, isnan(now) ? 1 : now, trial));
        if (hash_of(model, configuration, row->name, text) != hash)
            return true;
    }
    return false;
}

static bool choice_has_effect(const struct coop_model *model, const struct coop_param *row,
                              const char *configuration, uint64_t hash)
{
    bool effect = false;
    char *choices = strdup(row->choices), *rest = choices;
    for (char *choice = strsep(&rest, "|"); choice != NULL; choice = strsep(&rest, "|"))
        effect = effect || hash_of(model, configuration, row->name, choice) != hash;
    free(choices);
    return effect;
}

static bool switch_has_effect(const struct coop_model *model, const struct coop_param *row,
                              const char *configuration, uint64_t hash)
{
    return hash_of(model, configuration, row->name, "true") != hash ||
           hash_of(model, configuration, row->name, "false") != hash;
}

/* The list with one element changed. */
static bool element_has_effect(const struct coop_model *model, const struct coop_param *row,
                               const char *configuration, uint64_t hash, size_t element)
{
    struct village v;
    char text[4096];
    size_t length = 0;
    village_set_up(&v, model, configuration);
    struct coop_real_list list = village_list(&v, row->name);
    for (size_t i = 0; i < list.count; i++) {
        double value = list.value[i];
        bool whole = value == floor(value) && value >= 1;
        if (i == element)
            value = whole && value + 1 <= row->max ? value + 1 : clip(row, value * .7 + .05);
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%.17g",
                                   i == 0 ? "" : ",", value);
    }
    village_end(&v);
    return hash_of(model, configuration, row->name, text) != hash;
}

/* The last of the texts alone. */
static bool texts_have_effect(const struct coop_model *model, const struct coop_param *row,
                              const char *configuration, uint64_t hash)
{
    struct village v;
    struct coop_value value;
    village_set_up(&v, model, configuration);
    assert_int_equal(coop_param_get(&v.set, row->name, &value), COOP_OK);
    bool effect =
        hash_of(model, configuration, row->name, value.texts.text[value.texts.count - 1]) != hash;
    village_end(&v);
    return effect;
}

static bool row_has_effect(const struct coop_model *model, const struct coop_param *row,
                           const char *configuration, uint64_t hash, size_t element)
{
    switch (row->type) {
    case COOP_PARAM_CHOICE:
        return choice_has_effect(model, row, configuration, hash);
    case COOP_PARAM_BOOLEAN:
        return switch_has_effect(model, row, configuration, hash);
    case COOP_PARAM_REAL_LIST:
        return element_has_effect(model, row, configuration, hash, element);
    case COOP_PARAM_TEXT_LIST:
        return texts_have_effect(model, row, configuration, hash);
    case COOP_PARAM_REAL:
    case COOP_PARAM_INTEGER:
        return number_has_effect(model, row, configuration, hash);
    }
    return false;
}

static bool is_exception(const struct coop_param *row)
{
    for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++)
        if (strcmp(exceptions[i].name, row->name) == 0)
            return true;
    return false;
}

/* Hashes of the configurations as they are. */
struct base {
    const struct coop_model *model;
    uint64_t hash[32];
    size_t exceptions;
};

static void find_base(struct base *base, const struct coop_model *model)
{
    const char *configuration;
    base->model = model;
    for (size_t c = 0; (configuration = configuration_of(model, c)) != NULL; c++)
        base->hash[c] = hash_of(model, configuration, NULL, NULL);
}

static void check_effect(const struct coop_model *model, const struct coop_param *row, void *user)
{
    struct base *base = user;
    struct village v;
    size_t elements = 1;
    if (base->model != model)
        find_base(base, model);
    if (is_exception(row)) {
        base->exceptions++;
        return;
    }
    village_set_up(&v, model, "");
    if (row->type == COOP_PARAM_REAL_LIST)
        elements = village_list(&v, row->name).count;
    village_end(&v);
    for (size_t element = 0; element < elements; element++) {
        const char *configuration;
        bool effect = false;
        for (size_t c = 0; !effect && (configuration = configuration_of(model, c)) != NULL; c++)
            effect = row_has_effect(model, row, configuration, base->hash[c], element);
        if (!effect)
            fail_msg("%s (element %zu) has no effect", row->name, element);
    }
}

static void every_row_has_an_effect(void **state)
{
    struct base base = {0};
    (void)state;
    village_each_row(check_effect, &base);
    /* An exception for a row that is no more is out of date. */
    assert_int_equal(base.exceptions, sizeof exceptions / sizeof *exceptions);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_row_has_an_effect)};
    return cmocka_run_group_tests_name("effects", tests, NULL, NULL);
}
