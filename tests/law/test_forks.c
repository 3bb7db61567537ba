/* coopsim - GPL-3.0-or-later
 *
 * Forks: a run that goes on from the state of another with other parameters, or with an
 * intervention, is the whole run with that schedule, bit for bit, and so is what is recorded, also of
 * before. Of all models, in all configurations, of every row that a schedule may change and of every
 * intervention. What a state lacks is refused, and then nothing is claimed. */
#include "sim/engine/parts.h"
#include "tests/law/configurations.h"
#include "tests/law/trials.h"
#include "tests/law/village.h"

#define SHORT                                                                                      \
    "run.weeks=41; economy.organisations=8; record.every=4; record.look_back=always;"              \
    "record.organisations=true; record.workers=5;"

enum { FORKED = 12, CONFIGURATIONS_MAX = 64 };

/* What there is of every configuration of the present model: parts after FORKED weeks. */
static struct coop_parts kept[CONFIGURATIONS_MAX];
static size_t forks, refused;

/* A village with one change, in week FORKED or, of an intervention, in all weeks. */
struct changed {
    struct village first, later;
    struct coop_param_set set[2];
    struct coop_epoch epoch[2];
    struct coop_script_regime regime;
    struct coop_script script;
};

static void set_up(struct changed *ret, const struct coop_model *model, const char *configuration)
{
    *ret = (struct changed){.epoch = {{.week = 0}, {.week = FORKED}}, .regime = {.share = 1}};
    village_set_up(&ret->first, model, configuration);
    village_assign(&ret->first, SHORT);
    village_set_up(&ret->later, model, configuration);
    village_assign(&ret->later, SHORT);
}

static void set(struct village *village, const char *name, const char *value)
{
    if (coop_param_set_text(&village->set, name, value, "test") != COOP_OK)
        fail_msg("%s=%s: %s", name, value, coop_status_message());
}

/* From `parts` on, or from the beginning if NULL; false if the parts do not do. */
static bool hash_from(struct changed *changed, const struct coop_parts *parts, uint64_t *ret)
{
    struct coop_recording recording;
    struct coop_record record;
    struct coop_run *run = &changed->first.run;
    changed->set[0] = changed->first.set;
    changed->set[1] = changed->later.set;
    changed->script = (struct coop_script){1, 2, &changed->regime, changed->epoch, changed->set};
    if (coop_run_init_script(run, changed->first.model, &changed->script, 0, 1) != COOP_OK ||
        coop_recording_begin(&recording, run, &record) != COOP_OK)
        fail_msg("%s", coop_status_message());
    const enum coop_status status =
        parts != NULL ? coop_recording_load(&recording, parts) : COOP_OK;
    assert_true(status == COOP_OK || status == COOP_REFUSED);
    while (!coop_recording_is_over(&recording))
        coop_recording_month(&recording);
    coop_recording_finish(&recording);
    *ret = village_record_hash(&record);
    coop_recording_free(&recording);
    coop_record_free(&record);
    coop_run_free(run);
    return status == COOP_OK;
}

static void clean_up(struct changed *changed)
{
    coop_param_free(&changed->first.set);
    coop_param_free(&changed->later.set);
}

static size_t number_of(const struct coop_model *model, const char *configuration)
{
    const char *other;
    for (size_t c = 0; (other = configuration_of(model, c)) != NULL; c++)
        if (strcmp(other, configuration) == 0)
            return c;
    fail_msg("no such configuration: %s", configuration);
    return 0;
}

/* Both ways to the end; their common hash. */
static uint64_t compare(struct changed *changed, const char *configuration, const char *what)
{
    uint64_t whole, forked;
    const struct coop_parts *parts = &kept[number_of(changed->first.model, configuration)];
    hash_from(changed, NULL, &whole);
    if (!hash_from(changed, parts, &forked))
        refused++;
    forks++;
    /* A refused one has begun anew, which changes nothing either. */
    if (whole != forked)
        fail_msg("a fork with %s is not the whole run, with %s", what, configuration);
    return whole;
}

static uint64_t compare_row(const struct coop_model *model, const char *configuration,
                            const char *name, const char *value)
{
    struct changed changed;
    char what[128] = "nothing";
    set_up(&changed, model, configuration);
    if (name != NULL) {
        set(&changed.later, name, value);
        snprintf(what, sizeof what, "%s=%.40s", name, value);
    }
    const uint64_t hash = compare(&changed, configuration, what);
    clean_up(&changed);
    return hash;
}

static void keep(const struct coop_model *model)
{
    const char *configuration;
    for (size_t c = 0; (configuration = configuration_of(model, c)) != NULL; c++) {
        struct changed changed;
        struct coop_recording recording;
        struct coop_record record;
        struct coop_parts parts;
        assert_true(c < CONFIGURATIONS_MAX);
        set_up(&changed, model, configuration);
        assert_int_equal(coop_run_init(&changed.first.run, model, &changed.first.set, 0, 1),
                         COOP_OK);
        assert_int_equal(coop_recording_begin(&recording, &changed.first.run, &record), COOP_OK);
        while (changed.first.run.week < FORKED)
            coop_recording_month(&recording);
        assert_int_equal(coop_recording_parts(&recording, &parts), COOP_OK);
        coop_parts_free(&kept[c]);
        assert_int_equal(coop_parts_copy(&kept[c], &parts), COOP_OK);
        coop_parts_free(&parts);
        coop_recording_free(&recording);
        coop_record_free(&record);
        coop_run_free(&changed.first.run);
        clean_up(&changed);
    }
}

static bool is_excepted(const struct coop_model *model, const struct coop_param *row)
{
    bool excepted = model->intervention != NULL && strcmp(model->intervention, row->name) == 0;
    for (size_t i = 0; model->initial != NULL && model->initial[i] != NULL; i++)
        excepted = excepted || strcmp(model->initial[i], row->name) == 0;
    for (size_t r = 0; r < coop_settings_table.rows; r++)
        excepted = excepted || &coop_settings_table.row[r] == row;
    return excepted;
}

/* Rows are spread over the configurations: in which one makes a difference does not matter here. */
static void check_row(const struct coop_model *model, const struct coop_param *row, void *user)
{
    const struct coop_model **present = user;
    static size_t next;
    size_t configurations = 0;
    if (*present != model)
        keep(model);
    *present = model;
    while (configuration_of(model, configurations) != NULL)
        configurations++;
    for (size_t element = 0; !is_excepted(model, row) && element < trials_elements(model, row);
         element++, next++) {
        const char *configuration = configuration_of(model, next % configurations);
        const uint64_t hash = compare_row(model, configuration, NULL, NULL);
        trials_differ(model, row, element, configuration, hash, compare_row);
    }
}

/* Most states hold all that a fork needs, or the law would say little. */
static void rows_fork(void **state)
{
    const struct coop_model *model = NULL;
    (void)state;
    forks = refused = 0;
    village_each_row(check_row, &model);
    print_message("# %zu forks, %zu of them refused\n", forks, refused);
    assert_true(refused * 10 < forks);
}

static const struct coop_param *find_row(const struct village *village, const char *name)
{
    const struct coop_param *row = coop_param_find(&village->set, name, NULL);
    assert_non_null(row);
    return row;
}

static void check_act(const struct coop_model *model, const char *configuration, const char *act)
{
    struct changed changed;
    char week[16];
    struct village *part[] = {&changed.first, &changed.later};
    set_up(&changed, model, configuration);
    /* A run has one intervention, and these have theirs already. */
    if (coop_param_real(&changed.first.set, model->intervention) != 0) {
        clean_up(&changed);
        return;
    }
    snprintf(week, sizeof week, "%d", FORKED);
    for (size_t i = 0; i < 2; i++) {
        set(part[i], model->intervention, act);
        set(part[i], model->intervention_week, week);
    }
    compare(&changed, configuration, act);
    clean_up(&changed);
}

static void check_acts(const struct coop_model *model)
{
    struct village village;
    const char *configuration;
    village_set_up(&village, model, "");
    char *choices = strdup(find_row(&village, model->intervention)->choices), *rest = choices;
    coop_param_free(&village.set);
    keep(model);
    for (strsep(&rest, "|"); rest != NULL;) {
        const char *act = strsep(&rest, "|");
        for (size_t c = 0; (configuration = configuration_of(model, c)) != NULL; c++)
            check_act(model, configuration, act);
    }
    free(choices);
}

/* No state lacks anything that an intervention needs. */
static void interventions_fork(void **state)
{
    const struct coop_model *model;
    (void)state;
    forks = refused = 0;
    for (size_t i = 0; (model = coop_registry_model(coop_registry_best_isa(), i)) != NULL; i++)
        if (model->intervention != NULL)
            check_acts(model);
    assert_int_equal(refused, 0);
    assert_true(forks > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(interventions_fork),
        cmocka_unit_test(rows_fork),
    };
    const int failed = cmocka_run_group_tests_name("forks", tests, NULL, NULL);
    for (size_t c = 0; c < CONFIGURATIONS_MAX; c++)
        coop_parts_free(&kept[c]);
    return failed;
}
