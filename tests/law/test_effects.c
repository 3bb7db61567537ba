/* coopsim - GPL-3.0-or-later
 *
 * Every parameter row of every model has an effect: in at least one of a few rich configurations
 * another value within the range changes the state or the record. So has every element of a list.
 * A row that is parsed and then forgotten fails here. */
#include "tests/law/configurations.h"
#include "tests/law/trials.h"
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
    uint64_t hash[64];
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
    if (base->model != model)
        find_base(base, model);
    if (is_exception(row)) {
        base->exceptions++;
        return;
    }
    for (size_t element = 0; element < trials_elements(model, row); element++) {
        const char *configuration;
        bool effect = false;
        for (size_t c = 0; !effect && (configuration = configuration_of(model, c)) != NULL; c++)
            effect = trials_differ(model, row, element, configuration, base->hash[c], hash_of);
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
