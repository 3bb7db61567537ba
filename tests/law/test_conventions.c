/* coopsim - GPL-3.0-or-later
 *
 * Conventions (ODD 7): organisations of one worker, assemblies that nobody comes to, decisions when
 * everybody wants what there is, what is in force under balanced jobs, when organisations meet. */
#include "tests/law/experiment.h"
#include "tests/law/variables.h"

/* Every value of an organisation: `field` must be what it was at week 0. */
static void check_kept(struct village *v, const char *field, double start)
{
    int number = village_field(&v->run, field);
    const double *value = v->run.economy.field[number];
    for (size_t i = 0; i < v->run.economy.organisations; i++)
        if (value[i] != start)
            fail_msg("%s is %.17g in organisation %zu", field, value[i], i);
}

/* One worker: no meeting, no decision, solidarity stays. */
static void one_worker_meets_nobody(void **state)
{
    struct village v;
    (void)state;
    village_begin_seo(&v, "economy.size=1; rights.workers=.5; allocation.leave=.05");
    coop_run_live(&v.run, 104);
    check_kept(&v, "solidarity", .5);
    check_kept(&v, "voted", .4);
    check_kept(&v, "say_weeks", 0);
    check_kept(&v, "turnout_weeks", 0);
    village_end(&v);
}

/* Nobody comes: no decision, and standing and office stay at equality. */
static void nobody_comes(void **state)
{
    struct village v;
    (void)state;
    village_begin_seo(&v, "attendance.intercept=-20; allocation.leave=0; economy.size=5");
    coop_run_live(&v.run, 104);
    check_kept(&v, "voted", .4);
    check_kept(&v, "say_weeks", 0);
    check_kept(&v, "turnout_sum", 0);
    const struct coop_batch *b = coop_run_look(&v.run, 0);
    for (size_t i = 0; i < b->workers; i++)
        assert_true(coop_worker(b, SEO_STANDING, 0)[i] == 1 &&
                    coop_worker(b, SEO_OFFICE, 0)[i] == 1);
    village_end(&v);
}

/* All ideals are what there is, the outsiders' too: their weights sum to 1 if nothing changes. */
static void nobody_wants_a_change(void **state)
{
    static const char *const further[] = {
        "",
        "rights.workers=.4",
        "rights.workers=.4; rights.outsiders=neutral",
        "rights.workers=.4; rights.delegation=formal; association.absent=proxy",
        "rights.workers=0; rights.left_inside=.6",
        "rights.workers=.5; arrows.power_org=cut"};
    char set[2048] =
        "governance.inertia=1; governance.noise=0; culture.spread=0; outlook.spread=0;";
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
        snprintf(set + strlen(set), sizeof set - strlen(set),
                 "%s.interest=0; %s.start=.7; %s.owners=.7; %s.irreversibility=0;",
                 variable_name[y], variable_name[y], variable_name[y], variable_name[y]);
    (void)state;
    for (size_t i = 0; i < sizeof further / sizeof *further; i++) {
        struct village v;
        village_set_up(&v, village_seo(), set);
        village_assign(&v, further[i]);
        assert_int_equal(coop_run_init(&v.run, v.model, &v.set, 0, 1), COOP_OK);
        coop_run_live(&v.run, 104);
        for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
            for (size_t o = 0; o < v.run.economy.organisations; o++) {
                double voted = *(double *)village_place(&v.run, SEO_VOTED, y, o, 0);
                if (!(fabs(voted - .7) < 1e-5))
                    fail_msg("%s is %.9g with %s", variable_name[y], voted, further[i]);
            }
        village_end(&v);
    }
}

/* What is in force, in a state in which much else is voted. */
static double in_force(struct village *v, enum seo_variable y, size_t organisation)
{
    return coop_organisation(coop_run_look(&v->run, 0), SEO_IN_FORCE, y)[organisation];
}

/* Balanced jobs take their share from the voted division and hierarchy, and from nothing else;
 * wholly balanced jobs are all alike. */
static void balanced_jobs_are_in_force(void **state)
{
    struct village v;
    (void)state;
    village_begin_seo(&v,
                      "economy.organisations=20; job_balance.on=true; job_balance.strength=.25");
    experiment_set_up(&v.run);
    for (enum seo_variable y = 0; y < SEO_VARIABLE_COUNT; y++)
        for (size_t o = 0; o < 20; o++) {
            double share = y == SEO_division || y == SEO_hierarchy ? .75 : 1;
            double voted = *(double *)village_place(&v.run, SEO_VOTED, y, o, 0);
            assert_true(in_force(&v, y, o) == share * voted);
        }
    village_end(&v);
    village_begin_seo(&v, "economy.organisations=20; job_balance.on=true");
    const struct coop_batch *b = coop_run_look(&v.run, 0);
    for (size_t i = 0; i < b->workers; i++)
        assert_true(coop_worker(b, SEO_EMPOWERMENT, 0)[i] == coop_worker(b, SEO_EMPOWERMENT, 0)[0]);
    village_end(&v);
}

/* Organisations meet when a month is over, not when a run ends within one. */
static void meetings_close_whole_months(void **state)
{
    struct village v;
    double pressure[3];
    (void)state;
    village_begin_seo(&v, "market.competition=1; economy.organisations=20");
    const double *felt = v.run.economy.field[village_field(&v.run, "pressure")];
    coop_run_live(&v.run, 48);
    for (size_t i = 0; i < 3; i++)
        pressure[i] = felt[i];
    coop_run_live(&v.run, 4);
    assert_memory_not_equal(pressure, felt, sizeof pressure);
    for (size_t i = 0; i < 3; i++)
        pressure[i] = felt[i];
    coop_run_live(&v.run, 3);
    assert_memory_equal(pressure, felt, sizeof pressure);
    village_end(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_worker_meets_nobody),     cmocka_unit_test(nobody_comes),
        cmocka_unit_test(nobody_wants_a_change),       cmocka_unit_test(balanced_jobs_are_in_force),
        cmocka_unit_test(meetings_close_whole_months),
    };
    return cmocka_run_group_tests_name("conventions", tests, NULL, NULL);
}
