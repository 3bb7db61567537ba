/* coopsim - GPL-3.0-or-later
 *
 * Every measure of every model stays within the range that its row promises, at every record, in
 * every organisation, whatever the configuration; and the rows of measures are complete. */
#include "tests/law/configurations.h"
#include "tests/law/village.h"

#define RECORDED "run.weeks=120; record.every=4; record.organisations=true"

/* Shares of 32-bit floats may miss their bounds by a rounding or two. */
static const double slack = 2e-6;

static void check_value(const struct coop_measure *measure, double value, int64_t week,
                        const char *configuration)
{
    if (isnan(value))
        return;
    if (value < measure->min - slack || value > measure->max + slack)
        fail_msg("%s is %.9g in week %lld, beyond its range from %g to %g, with %s", measure->name,
                 value, (long long)week, measure->min, measure->max, configuration);
}

/* Values of organisations are those of the first component; a measure of several, or one pooled by
 * a rule of its own, has its range in the pooled value. */
static void check_record(const struct coop_model *model, const struct coop_record *record,
                         const char *configuration)
{
    for (size_t m = 0; m < record->measures; m++) {
        const struct coop_measure *measure = coop_model_measure(model, m);
        for (size_t t = 0; t < record->times; t++) {
            size_t at = m * record->times + t;
            check_value(measure, record->pooled[at], record->week[t], configuration);
            for (size_t o = 0; measure->pool == NULL && o < record->organisations; o++)
                check_value(measure, (double)record->organisation[at * record->organisations + o],
                            record->week[t], configuration);
        }
    }
}

static void measures_stay_in_range(void **state)
{
    const struct coop_model *model;
    (void)state;
    for (size_t i = 0; (model = coop_registry_model(coop_registry_best_isa(), i)) != NULL; i++) {
        const char *configuration;
        for (size_t c = 0; (configuration = configuration_of(model, c)) != NULL; c++) {
            struct village v;
            struct coop_record record;
            village_set_up(&v, model, configuration);
            village_assign(&v, RECORDED);
            village_record(&v, 1, &record);
            check_record(model, &record, configuration);
            coop_record_free(&record);
            village_end(&v);
        }
    }
}

#define VOTED(counter) #counter ".on=true; decide." #counter "=true;"
#define ALL_VOTED                                                                                  \
    VOTED(rotation)                                                                                \
    VOTED(job_balance)                                                                             \
    VOTED(term_limit)                                                                              \
    VOTED(open_book) VOTED(training) VOTED(association_building) VOTED(recall) VOTED(sortition)

/* Which measures have a value at the end, beside those that had one before. */
static void see_measures(const struct coop_model *model, const char *configuration, bool *seen)
{
    struct village v;
    struct coop_record record;
    village_set_up(&v, model, configuration);
    village_assign(&v, "run.weeks=312; economy.organisations=30; record.every=52");
    village_record(&v, 1, &record);
    for (size_t m = 0; m < record.measures; m++)
        seen[m] = seen[m] || !isnan(record.pooled[m * record.times + record.times - 1]);
    coop_record_free(&record);
    village_end(&v);
}

/* A measure that never has a value in any configuration measures nothing. */
static void every_measure_is_seen(void **state)
{
    static bool seen[1000];
    const struct coop_model *model;
    (void)state;
    for (size_t i = 0; (model = coop_registry_model(coop_registry_best_isa(), i)) != NULL; i++) {
        memset(seen, 0, sizeof seen);
        see_measures(model, "gender.share=.4; race.share=.3", seen);
        if (strcmp(model->name, "seo") == 0) {
            see_measures(model, ALL_VOTED, seen);
            see_measures(model, "intervention.act=swap; intervention.week=8", seen);
            see_measures(model, "intervention.act=impulse; intervention.week=8", seen);
        }
        for (size_t m = 0; m < coop_model_measure_count(model); m++)
            if (!seen[m])
                fail_msg("%s of %s has no value after five years",
                         coop_model_measure(model, m)->name, model->name);
    }
}

static bool is_name(const char *name)
{
    return name[0] != '\0' && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name);
}

static bool is_sentence(const char *text)
{
    return text[0] >= 'A' && text[0] <= 'Z' && text[strlen(text) - 1] != '.' &&
           strchr(text, '\n') == NULL;
}

static void check_measure(const struct coop_model *model, const struct coop_measure *measure)
{
    if (!is_name(measure->name) || coop_model_measure_find(model, measure->name) < 0)
        fail_msg("measure '%s' of %s has no good name", measure->name, model->name);
    if (!is_sentence(measure->summary))
        fail_msg("%s: '%s' is no sentence without a period", measure->name, measure->summary);
    if (measure->unit[0] == '\0' || measure->formula[0] == '\0')
        fail_msg("%s lacks its unit or formula", measure->name);
    if (measure->min > measure->max || measure->neutral < measure->min ||
        measure->neutral > measure->max)
        fail_msg("%s has a range that contradicts itself", measure->name);
    if (measure->components > 1 && measure->pool == NULL)
        fail_msg("%s has components that nothing joins", measure->name);
}

static void rows_of_measures_are_complete(void **state)
{
    const struct coop_model *model;
    (void)state;
    for (size_t i = 0; (model = coop_registry_model(coop_registry_best_isa(), i)) != NULL; i++)
        for (size_t m = 0; m < coop_model_measure_count(model); m++) {
            const struct coop_measure *measure = coop_model_measure(model, m);
            check_measure(model, measure);
            /* Found by its name means that the name is its own. */
            assert_int_equal(coop_model_measure_find(model, measure->name), (int)m);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_stay_in_range),
        cmocka_unit_test(every_measure_is_seen),
        cmocka_unit_test(rows_of_measures_are_complete),
    };
    return cmocka_run_group_tests_name("ranges", tests, NULL, NULL);
}
