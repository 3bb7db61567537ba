/* coopsim - GPL-3.0-or-later
 *
 * Parameters that change during a run. A model lists the rows that it reads in week 0 only
 * (`initial`); every other row has an effect if it changes in week 4, and no listed row has. Until
 * the change a run is the unscheduled one, bit for bit. Of all models, in all configurations. */
#include "models/seo/rules/list.h"
#include "tests/law/configurations.h"
#include "tests/law/trials.h"
#include "tests/law/village.h"

#define SHORT                                                                                      \
    "run.weeks=65; economy.organisations=10; record.every=13; record.organisations=true;"          \
    "record.workers=5;"

enum { CHANGE = 4 };

/* A village whose parameters change in a week. */
struct scheduled {
    struct village village, later;
    struct coop_param_set set[2];
    struct coop_epoch epoch[2];
    struct coop_script_regime regime;
    struct coop_script script;
};

static void set_up(struct scheduled *ret, const struct coop_model *model, const char *configuration,
                   int64_t week)
{
    village_set_up(&ret->village, model, configuration);
    village_assign(&ret->village, SHORT);
    village_set_up(&ret->later, model, configuration);
    village_assign(&ret->later, SHORT);
    ret->epoch[0] = (struct coop_epoch){.week = 0};
    ret->epoch[1] = (struct coop_epoch){.week = week};
    ret->regime = (struct coop_script_regime){.share = 1};
}

/* The sets stay the villages'. */
static void begin(struct scheduled *scheduled)
{
    scheduled->set[0] = scheduled->village.set;
    scheduled->set[1] = scheduled->later.set;
    scheduled->script = (struct coop_script){.regimes = 1,
                                             .epochs = 2,
                                             .regime = &scheduled->regime,
                                             .epoch = scheduled->epoch,
                                             .set = scheduled->set};
    if (coop_run_init_script(&scheduled->village.run, scheduled->village.model, &scheduled->script,
                             0, 1) != COOP_OK)
        fail_msg("%s", coop_status_message());
}

static void end(struct scheduled *scheduled)
{
    village_end(&scheduled->village);
    village_end(&scheduled->later);
}

/* Of the state and all that is recorded, with the panel's derived autonomy. */
static uint64_t hash_changed(const struct coop_model *model, const char *configuration,
                             const char *name, const char *value)
{
    struct scheduled scheduled;
    struct coop_record record;
    set_up(&scheduled, model, configuration, CHANGE);
    if (name != NULL && coop_param_set_text(&scheduled.later.set, name, value, "test") != COOP_OK)
        fail_msg("%s=%s: %s", name, value, coop_status_message());
    begin(&scheduled);
    if (coop_run_record(&scheduled.village.run, &record, NULL, NULL) != COOP_OK)
        fail_msg("%s", coop_status_message());
    const uint64_t hash = village_record_hash(&record);
    coop_record_free(&record);
    end(&scheduled);
    return hash;
}

static bool is_listed(const struct coop_model *model, const char *name)
{
    for (size_t i = 0; model->initial != NULL && model->initial[i] != NULL; i++)
        if (strcmp(model->initial[i], name) == 0)
            return true;
    return false;
}

static bool is_of_the_engine(const struct coop_param *row)
{
    for (size_t r = 0; r < coop_settings_table.rows; r++)
        if (&coop_settings_table.row[r] == row)
            return true;
    return false;
}

struct base {
    const struct coop_model *model;
    uint64_t hash[64];
    size_t listed;
};

static void check_element(const struct base *base, const struct coop_param *row, size_t element)
{
    const char *configuration;
    const bool listed = is_listed(base->model, row->name);
    bool effect = false;
    for (size_t c = 0; !effect && (configuration = configuration_of(base->model, c)) != NULL; c++)
        effect =
            trials_differ(base->model, row, element, configuration, base->hash[c], hash_changed);
    if (effect == listed)
        fail_msg("%s (element %zu) is %sread after week 0, but it is %slisted as initial",
                 row->name, element, effect ? "" : "not ", listed ? "" : "not ");
}

/* What a schedule may not change for other reasons is not tried. */
static void check_row(const struct coop_model *model, const struct coop_param *row, void *user)
{
    struct base *base = user;
    const char *configuration;
    if (base->model != model) {
        base->model = model;
        for (size_t c = 0; (configuration = configuration_of(model, c)) != NULL; c++)
            base->hash[c] = hash_changed(model, configuration, NULL, NULL);
    }
    if (is_of_the_engine(row))
        return;
    base->listed += is_listed(model, row->name);
    for (size_t element = 0; element < trials_elements(model, row); element++)
        check_element(base, row, element);
}

static void rows_can_change_unless_they_are_initial(void **state)
{
    struct base base = {0};
    size_t listed = 0;
    (void)state;
    village_each_row(check_row, &base);
    const struct coop_model *model;
    for (size_t i = 0; (model = coop_registry_model(coop_registry_best_isa(), i)) != NULL; i++)
        for (size_t k = 0; model->initial != NULL && model->initial[k] != NULL; k++)
            listed++;
    /* A name that is no row's, or twice there, is out of date. */
    assert_int_equal(base.listed, listed);
}

/* What changes in week 32 changes nothing before. */
static void check_prefix(const struct coop_model *model, const char *configuration)
{
    struct scheduled scheduled;
    struct village plain;
    const int64_t week = 32;
    set_up(&scheduled, model, configuration, week);
    village_assign(&scheduled.later, "outlook.spread=1; learning.keep=.9; voice.know=3");
    begin(&scheduled);
    village_set_up(&plain, model, configuration);
    village_assign(&plain, SHORT);
    if (coop_run_init(&plain.run, model, &plain.set, 0, 1) != COOP_OK)
        fail_msg("%s", coop_status_message());
    for (int64_t at = 0; at <= week; at += COOP_MONTH) {
        if (village_hash(&plain) != village_hash(&scheduled.village))
            fail_msg("week %lld differs, with %s", (long long)at, configuration);
        coop_run_live(&plain.run, COOP_MONTH);
        coop_run_live(&scheduled.village.run, COOP_MONTH);
    }
    if (village_hash(&plain) == village_hash(&scheduled.village))
        fail_msg("the change has no effect, with %s", configuration);
    village_end(&plain);
    end(&scheduled);
}

static void nothing_changes_before_its_week(void **state)
{
    const struct coop_model *model = village_seo();
    const char *configuration;
    (void)state;
    for (size_t c = 0; (configuration = configuration_of(model, c)) != NULL; c++)
        if (strstr(configuration, "voiceless") == NULL)
            check_prefix(model, configuration);
}

/* What is set to the value it has makes no difference, whatever the row. */
static void epochs_alike_are_one(void **state)
{
    const struct coop_model *model = village_seo();
    const char *configuration;
    (void)state;
    for (size_t c = 0; (configuration = configuration_of(model, c)) != NULL; c++) {
        struct village plain;
        struct coop_record record;
        village_set_up(&plain, model, configuration);
        village_assign(&plain, SHORT);
        village_record(&plain, 1, &record);
        assert_true(village_record_hash(&record) == hash_changed(model, configuration, NULL, NULL));
        coop_record_free(&record);
        village_end(&plain);
    }
}

/* A run of two regimes and two epochs, of which only the second epoch of the first regime is set up
 * in another way. */
struct mix {
    struct village village, later;
    struct coop_param_set set[4];
    struct coop_epoch epoch[2];
    struct coop_script_regime regime[2];
    struct coop_script script;
};

#define MIXED                                                                                      \
    SHORT "governance.rule=consensus; decide.every=8; decide.rules=[mean, majority, board];"

static void begin_mix(struct mix *ret, int64_t week, const char *first, const char *later)
{
    village_set_up(&ret->village, village_seo(), MIXED);
    village_assign(&ret->village, first);
    village_set_up(&ret->later, village_seo(), MIXED);
    village_assign(&ret->later, later);
    for (size_t i = 0; i < 4; i++)
        ret->set[i] = i == 2 ? ret->later.set : ret->village.set;
    ret->epoch[0] = (struct coop_epoch){.week = 0};
    ret->epoch[1] = (struct coop_epoch){.week = week};
    ret->regime[0] = ret->regime[1] = (struct coop_script_regime){.share = .5};
    ret->script = (struct coop_script){
        .regimes = 2, .epochs = 2, .regime = ret->regime, .epoch = ret->epoch, .set = ret->set};
    if (coop_run_init_script(&ret->village.run, ret->village.model, &ret->script, 0, 1) != COOP_OK)
        fail_msg("%s", coop_status_message());
}

static void end_mix(struct mix *mix)
{
    village_end(&mix->village);
    village_end(&mix->later);
}

/* A vote on the rule leaves alone the weeks before it and the other regime. */
static void a_vote_on_the_rule_waits_for_its_week(void **state)
{
    const int64_t begins = 32;
    struct mix with, without;
    (void)state;
    begin_mix(&with, begins, "", "decide.rule=true");
    begin_mix(&without, begins, "", "");
    struct coop_run *run = &with.village.run, *other = &without.village.run;
    for (int64_t week = 0; week <= 64; week += COOP_MONTH) {
        for (size_t o = 0; o < run->economy.organisations; o++)
            if (week <= begins || o >= run->regime_end[0])
                assert_true(village_same(run, other, o));
        assert_true(week <= begins + 12 || !village_all_same(run, other));
        coop_run_live(run, COOP_MONTH);
        coop_run_live(other, COOP_MONTH);
    }
    end_mix(&with);
    end_mix(&without);
}

/* Whether the rule in force in the first organisation is this one, after so many weeks. */
static void check_rule(struct mix *mix, int64_t weeks, double rule)
{
    coop_run_live(&mix->village.run, weeks);
    for (size_t o = 0; o < mix->village.run.regime_end[0]; o++) {
        int field = village_field(&mix->village.run, "rule");
        assert_true(*(double *)village_place(&mix->village.run, field, 0, o, 0) == rule);
    }
}

/* A rule that is given by schedule replaces what was voted, and without a vote what is given holds. */
static void a_rule_given_later_is_in_force(void **state)
{
    struct mix mix;
    (void)state;
    begin_mix(&mix, 32, "decide.rule=true", "decide.rule=true; governance.rule=score");
    check_rule(&mix, 36, SEO_RULE_score);
    end_mix(&mix);
    begin_mix(&mix, 32, "decide.rule=true", "governance.rule=majority");
    check_rule(&mix, 36, SEO_RULE_majority);
    check_rule(&mix, 24, SEO_RULE_majority);
    end_mix(&mix);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_can_change_unless_they_are_initial),
        cmocka_unit_test(nothing_changes_before_its_week),
        cmocka_unit_test(epochs_alike_are_one),
        cmocka_unit_test(a_vote_on_the_rule_waits_for_its_week),
        cmocka_unit_test(a_rule_given_later_is_in_force),
    };
    return cmocka_run_group_tests_name("schedules", tests, NULL, NULL);
}
