/* coopsim - GPL-3.0-or-later
 *
 * The same bits (ODD 6): whatever the number of threads, the instruction set level, what is
 * recorded, who else is in the economy, and how long the run goes on. Of all models, in all
 * configurations. */
#include "tests/law/configurations.h"
#include "tests/law/village.h"

/* Several batches, so that threads have something to share. */
#define MANY "economy.organisations=400; run.weeks=28; record.organisations=true; record.workers=25"
#define WEEKS "run.weeks=160;"

static uint64_t recorded(const struct coop_model *model, const char *configuration,
                         const char *further, int threads, uint64_t *ret_state)
{
    struct village v;
    struct coop_record record;
    village_set_up(&v, model, configuration);
    village_assign(&v, further);
    village_record(&v, threads, &record);
    uint64_t hash = village_record_hash(&record);
    *ret_state = record.state_hash;
    coop_record_free(&record);
    village_end(&v);
    return hash;
}

static void check_levels(const char *name, const char *configuration)
{
    static const int threads[] = {2, 3, 8};
    const struct coop_model *model = coop_registry_find(coop_registry_best_isa(), name);
    uint64_t state, other, hash = recorded(model, configuration, MANY, 1, &state);
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++)
        if (recorded(model, configuration, MANY, threads[i], &other) != hash)
            fail_msg("%d threads differ, with %s", threads[i], configuration);
    for (size_t i = 0; coop_registry_isa[i] != NULL; i++)
        if (coop_registry_runs(coop_registry_isa[i])) {
            model = coop_registry_find(coop_registry_isa[i], name);
            if (recorded(model, configuration, MANY, 2, &other) != hash || other != state)
                fail_msg("level %s differs, with %s", coop_registry_isa[i], configuration);
        }
}

/* Calls a check for every configuration of every model. */
static void each_configuration(void (*check)(const char *name, const char *configuration))
{
    const struct coop_model *model;
    const char *configuration;
    for (size_t i = 0; (model = coop_registry_model(coop_registry_best_isa(), i)) != NULL; i++)
        for (size_t c = 0; (configuration = configuration_of(model, c)) != NULL; c++)
            check(model->name, configuration);
}

static void threads_and_levels(void **state)
{
    (void)state;
    each_configuration(check_levels);
}

/* Levels go from the lowest to the highest, and every level has the same models. */
static void levels_are_in_order(void **state)
{
    static const char *const order[] = {"baseline", "avx2", "avx512"};
    size_t last = 0;
    (void)state;
    for (size_t i = 0; coop_registry_isa[i] != NULL; i++) {
        size_t at = 0;
        while (at < sizeof order / sizeof *order && strcmp(order[at], coop_registry_isa[i]) != 0)
            at++;
        if (i > 0 && at <= last)
            fail_msg("%s is listed behind a higher level", coop_registry_isa[i]);
        last = at;
        for (size_t m = 0; coop_registry_model(coop_registry_isa[0], m) != NULL; m++)
            assert_string_equal(coop_registry_model(coop_registry_isa[0], m)->name,
                                coop_registry_model(coop_registry_isa[i], m)->name);
        assert_true(!coop_registry_runs(coop_registry_isa[i]) ||
                    strcmp(coop_registry_best_isa(), coop_registry_isa[i]) == 0 ||
                    coop_registry_isa[i + 1] != NULL);
    }
}

static void check_recording(const char *name, const char *configuration)
{
    static const char *const further[] = {
        WEEKS "record.every=1", WEEKS "record.every=13; record.workers=40",
        WEEKS "record.every=52; record.organisations=true",
        WEEKS "record.every=7; record.workers=1000; record.organisations=true",
        WEEKS "record.every=1000"};
    const struct coop_model *model = coop_registry_find(coop_registry_best_isa(), name);
    uint64_t state, other;
    recorded(model, configuration, WEEKS, 1, &state);
    for (size_t i = 0; i < sizeof further / sizeof *further; i++) {
        recorded(model, configuration, further[i], 1, &other);
        if (other != state)
            fail_msg("%s changes the state, with %s", further[i], configuration);
    }
}

static void recording_changes_nothing(void **state)
{
    (void)state;
    each_configuration(check_recording);
}

/* Runs to the end of `shorter` weeks within a longer run and alone. */
static void check_prefix(const char *name, const char *configuration)
{
    const struct coop_model *model = coop_registry_find(coop_registry_best_isa(), name);
    static const char *const weeks[] = {"run.weeks=104; record.every=2",
                                        "run.weeks=78; record.every=2",
                                        "run.weeks=0; record.every=2"};
    for (size_t i = 0; i < sizeof weeks / sizeof *weeks; i++) {
        struct village shorter, longer;
        struct coop_record part, whole;
        village_set_up(&shorter, model, configuration);
        village_assign(&shorter, weeks[i]);
        village_record(&shorter, 1, &part);
        village_set_up(&longer, model, configuration);
        village_assign(&longer, "run.weeks=150; record.every=2");
        village_record(&longer, 1, &whole);
        for (size_t m = 0; m < part.measures; m++)
            for (size_t t = 0; t < part.times; t++) {
                double ours = part.pooled[m * part.times + t];
                double theirs = whole.pooled[m * whole.times + t];
                assert_int_equal(part.week[t], whole.week[t]);
                if (memcmp(&ours, &theirs, sizeof ours) != 0 && !(isnan(ours) && isnan(theirs)))
                    fail_msg("%s is %.17g in week %lld, in a longer run %.17g, with %s",
                             coop_model_measure(model, m)->name, ours, (long long)part.week[t],
                             theirs, configuration);
            }
        coop_record_free(&part);
        coop_record_free(&whole);
        village_end(&shorter);
        village_end(&longer);
    }
}

static void longer_runs_begin_alike(void **state)
{
    (void)state;
    each_configuration(check_prefix);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_are_in_order),
        cmocka_unit_test(threads_and_levels),
        cmocka_unit_test(recording_changes_nothing),
        cmocka_unit_test(longer_runs_begin_alike),
    };
    return cmocka_run_group_tests_name("same bits", tests, NULL, NULL);
}
