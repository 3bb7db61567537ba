/* coopsim - GPL-3.0-or-later
 *
 * Education and membership (ODD 1 and 2, steps 2 and 3): standard learning at one's level of
 * education against its formula; hired hands, who neither attend nor decide. */
#include "tests/law/village.h"

#include "models/seo/status.h"

#define BASE                                                                                       \
    "run.weeks=104; record.every=52; economy.organisations=60; allocation.leave=.05; "             \
    "rotation.on=true; rotation.every=3;"

/* Skill as the week finds it. */
static float skill_before[SEO_KINDS_MAX][2048];
static double largest_difference;
static size_t slower, told;

static void keep_skill(const struct coop_batch *b)
{
    assert_true(b->workers <= 2048);
    for (size_t k = 0; k < b->kinds; k++)
        memcpy(skill_before[k], coop_worker(b, SEO_SKILL, k), b->workers * sizeof(float));
}

/* s += pace (ln 5 / T) x (1 - s) - delta (1 - x) s, pace = .7 for each level that is missing. */
static void check_skill(const struct coop_batch *b)
{
    const struct seo_tasks *tasks = &seo_shared(b)->tasks;
    for (size_t k = 0; k < b->kinds; k++)
        for (size_t i = 0; i < b->workers; i++) {
            double own = (double)(coop_worker_u32(b, SEO_STATUS)[i] >> 2 & 3);
            double missing = fmax(0, ceil(tasks->education.value[k] - own));
            double x = (double)coop_worker(b, SEO_SHARE, k)[i], s = (double)skill_before[k][i];
            double gain = pow(.7, missing) * log(5) / tasks->training_weeks.value[k] * x;
            double expected = fmin(fmax(s + gain * (1 - s) - .0025 * (1 - x) * s, 0), 1);
            double found = (double)coop_worker(b, SEO_SKILL, k)[i];
            largest_difference = fmax(largest_difference, fabs(found - expected));
            slower += missing > 0;
            told++;
        }
}

static void learning_follows_education(void **state)
{
    static const struct coop_mechanism before = {.name = "before", .act = keep_skill};
    static const struct coop_mechanism after = {.name = "after", .act = check_skill};
    struct village_model model;
    struct village v;
    (void)state;
    village_surround(&model, village_seo(), "learning", &before, &after);
    village_begin(&v, &model.model,
                  BASE "education.shares=[.4, .3, .2, .1]; tasks.education=[3, 2, 1.5, 1, .25, 0]");
    largest_difference = 0;
    slower = told = 0;
    coop_run_live(&v.run, 60);
    print_message("# largest difference %.2g, slower %zu of %zu\n", largest_difference, slower,
                  told);
    assert_true(largest_difference < 5e-7);
    assert_true(slower > told / 4 && slower < told);
    village_end(&v);
}

/* The less education, the less skill and the more is missing; nothing at the highest level. */
static void education_is_worth_something(void **state)
{
    static const char *const shares[] = {
        BASE "education.shares=[1, 0, 0, 0]", BASE "education.shares=[0, 1, 0, 0]",
        BASE "education.shares=[0, 0, 1, 0]", BASE "education.shares=[0, 0, 0, 1]"};
    double skill = 0, missing = 4;
    (void)state;
    for (size_t level = 0; level < SEO_LEVELS; level++) {
        double now = village_measure(shares[level], "skill_mean");
        double lacking = village_measure(shares[level], "missing_education");
        assert_true(now > skill + .001 && lacking < missing - .01);
        skill = now;
        missing = lacking;
    }
    assert_true(missing == 0);
    /* Whoever has nothing lacks all that positions require. */
    double required = village_measure(shares[0], "required_education");
    assert_true(fabs(village_measure(shares[0], "missing_education") - required) < 1e-6);
    assert_true(village_measure(BASE "division.start=0; division.open=false", "education_spread") <
                1e-6);
    assert_true(village_measure(BASE "division.start=1", "education_spread") > .5);
    assert_true(village_measure(BASE "division.start=1", "training_spread") > 5);
}

static size_t hired_seen, members_seen;

/* Hired hands are not there and have no power of this week; members have all of it. */
static void check_assembly(const struct coop_batch *b)
{
    bool shared_force = seo_has(b, SEO_OPTION_FORCE);
    for (size_t o = 0; o < b->organisations; o++) {
        bool met = coop_organisation(b, SEO_ATTENDANCE, 0)[o] > 0;
        size_t members = 0;
        for (size_t p = 0; p < b->size[o]; p++) {
            size_t i = coop_slot(b, o, p);
            bool hired = (coop_worker_u32(b, SEO_STATUS)[i] >> 4 & 1) != 0;
            assert_true(!hired || coop_worker(b, SEO_PRESENT, 0)[i] == 0);
            assert_true(!hired || !met || coop_worker(b, SEO_POWER, 0)[i] == 0);
            assert_true(!hired || !shared_force || coop_worker(b, SEO_FORCE, 0)[i] == 0);
            hired_seen += hired;
            members += !hired;
        }
        assert_true(members > 0 || !met);
        members_seen += members;
    }
}

static void hired_hands_do_not_decide(void **state)
{
    static const struct coop_mechanism after = {.name = "after", .act = check_assembly};
    struct village_model model;
    struct village v;
    village_surround(&model, village_seo(), "governance", NULL, &after);
    village_begin(&v, &model.model, *state);
    hired_seen = members_seen = 0;
    coop_run_live(&v.run, 40);
    assert_true(hired_seen > 1000 && members_seen > 1000);
    village_end(&v);
}

/* Turnout is that of the members; where all are hired nobody meets and nothing is decided. */
static void turnout_is_of_members(void **state)
{
    struct village v;
    (void)state;
    assert_true(village_measure(BASE "rights.hired=.4; attendance.mode=all", "turnout") == 1);
    assert_true(village_measure(BASE "rights.hired=.4; attendance.mode=all", "turnout_bottom80") ==
                1);
    assert_true(isnan(village_measure(BASE "rights.hired=1", "turnout")));
    assert_true(village_measure(BASE "rights.hired=1", "members_share") == 0);
    assert_true(fabs(village_measure(BASE "rights.hired=.4", "members_share") - .6) < .05);
    village_begin_seo(&v, BASE "rights.hired=1; rights.workers=.5");
    coop_run_live(&v.run, 40);
    const double *voted = v.run.economy.field[village_field(&v.run, "voted")];
    for (size_t o = 0; o < v.run.economy.organisations; o++)
        assert_true(voted[o] == .4);
    village_end(&v);
}

/* The workers' weights in decisions when power_org is cut: members alike, hired hands none. */
static void cut_power_is_of_members(void **state)
{
    const char *set = BASE "arrows.power_org=cut; outlook.spread=0; culture.spread=0;"
                           "governance.noise=0; allocation.leave=0; rotation.on=false;"
                           "attendance.mode=all; division.start=0; division.open=false;"
                           "mechanisation.interest=0;";
    char hired[1024];
    struct village v, other;
    (void)state;
    snprintf(hired, sizeof hired, "%s rights.hired=.5", set);
    village_begin_seo(&v, set);
    village_begin_seo(&other, hired);
    coop_run_live(&v.run, 4);
    coop_run_live(&other.run, 4);
    /* All want the same, so that it does not matter who decides, but their weights must sum to 1. */
    const double *voted = v.run.economy.field[village_field(&v.run, "voted")];
    const double *with_hired = other.run.economy.field[village_field(&other.run, "voted")];
    for (size_t o = 0; o < v.run.economy.organisations; o++)
        assert_true(voted[o] != .4 && fabs(voted[o] - with_hired[o]) < 1e-8);
    village_end(&v);
    village_end(&other);
}

/* A run whose parameters are others from week 8 on. */
static uint64_t hash_of(const char *set, const char *later)
{
    struct village v, changed;
    struct coop_script_regime regime = {.share = 1};
    struct coop_epoch epoch[2] = {{.week = 0}, {.week = 8}};
    village_set_up(&v, village_seo(), set);
    village_set_up(&changed, village_seo(), set);
    village_assign(&changed, later);
    struct coop_param_set both[2] = {v.set, changed.set};
    struct coop_script script = {
        .regimes = 1, .epochs = 2, .regime = &regime, .epoch = epoch, .set = both};
    assert_int_equal(coop_run_init_script(&v.run, v.model, &script, 0, 1), COOP_OK);
    coop_run_live(&v.run, 40);
    uint64_t hash = village_hash(&v);
    village_end(&v);
    village_end(&changed);
    return hash;
}

/* Shares are of those who come: while nobody does, other shares change nothing. */
static void who_came_stays_what_he_is(void **state)
{
#define STAY                                                                                       \
    "economy.organisations=30; gender.share=.4; race.share=.3; gender.autonomy=-1;"                \
    "gender.voice=-1; homophily.race=1; rights.hired=.3; education.shares=[.5, .5, 0, 0];"
    static const char *const other[] = {"gender.share=0", "race.share=0", "rights.hired=0",
                                        "education.shares=[0, 0, 0, 1]"};
    (void)state;
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        assert_true(hash_of(STAY "allocation.leave=0", other[i]) ==
                    hash_of(STAY "allocation.leave=0", ""));
        assert_true(hash_of(STAY "allocation.leave=.1", other[i]) !=
                    hash_of(STAY "allocation.leave=.1", ""));
    }
}

#define CASE(set)                                                                                  \
    {                                                                                              \
#set, hired_hands_do_not_decide, NULL, NULL,                                               \
            (void *)(uintptr_t)(BASE "rights.hired=.4;" set)                                       \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(learning_follows_education),
        cmocka_unit_test(education_is_worth_something),
        CASE("rights.workers=.6"),
        CASE("attendance.mode=all"),
        CASE("attendance.mode=expected; association.absent=proxy"),
        CASE("governance.rule=majority; association.absent=proxy; rights.workers=.6"),
        CASE("governance.rule=majority; arrows.power_org=cut"),
        cmocka_unit_test(turnout_is_of_members),
        cmocka_unit_test(cut_power_is_of_members),
        cmocka_unit_test(who_came_stays_what_he_is),
    };
    return cmocka_run_group_tests_name("education and membership", tests, NULL, NULL);
}
