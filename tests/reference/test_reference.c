/* coopsim - GPL-3.0-or-later
 *
 * The engine against the reference, worker by worker.
 *
 * The engine keeps workers in 32-bit floats, each right to 6e-8 of its value. Rounding errors add
 * up in ten years, most where power feeds back on itself; the largest difference seen in these
 * configurations is 6e-6. Chance decides by u < p or by the best score, and where the two sides of
 * such a decision are within a rounding error of each other, the runs part for good: once in some
 * 40 million worker-weeks. The seeds here are without it. */
#include "tests/reference/comparison.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const double tolerance = 2e-5;

struct configuration {
    const char *name;
    int64_t weeks;
    const char *set; /* "name=value; name=value" */
};

/* Odd values everywhere, so that a parameter shows which one side does not read. */
#define ODD                                                                                        \
    "economy.size=27; technology.speed=1.1; technology.intensity=.9; technology.means=1.3;"        \
    "technology.enabling=.1; formalisation.speed=.7; formalisation.intensity=.4;"                  \
    "formalisation.means=1.1; formalisation.enabling=.2; hierarchy.speed=.7;"                      \
    "hierarchy.intensity=.6; hierarchy.means=1; autonomy.standing=.4; learning.pace=.8;"           \
    "learning.forgetting=.003; learning.half_life=40; learning.keep=.7; positions.span=3;"         \
    "attendance.intercept=.8; attendance.standing=.4; attendance.autonomy=.8;"                     \
    "attendance.onerousness=.7; attendance.solidarity=.9; attendance.size=.2;"                     \
    "solidarity.start=.6; solidarity.rate=.03; solidarity.erosion=.02; solidarity.tolerance=.1;"   \
    "voice.skill=2; voice.know=6; voice.persuasiveness=.5; voice.rank=1; voice.office=.4;"         \
    "influence.susceptibility=.5; standing.memory=.07; office.memory=.02; rights.workers=.7;"      \
    "rights.left_inside=.3; governance.every=6; governance.rate=.08; governance.inertia=.4;"       \
    "governance.interest_unit=.4; governance.noise=.3; culture.spread=.2; outlook.spread=.4;"      \
    "allocation.leave=.01; allocation.fit=2; allocation.standing=1.5; allocation.chain=2;"         \
    "market.competition=.5; market.memory=.2; mechanisation.intercept=-.4;"                        \
    "mechanisation.irreversibility=.5; formalisation.interest=.7; hierarchy.pressure=.6;"          \
    "division.owners=.8; pay_spread.open=false; product.start=.4; product.irreversibility=.3;"     \
    "rotation.on=true; rotation.every=9; rotation.share=.1; rotation.start=7;"                     \
    "job_balance.on=true; job_balance.strength=.3; job_balance.start=50"

#define TASKS                                                                                      \
    "tasks.name=[tending, cleaning, planning]; tasks.empowerment=[.5, .1, .9];"                    \
    "tasks.speed=[.4, .3, .9]; tasks.intensity=[.6, .2, .8]; tasks.means=[.5, .1, .7];"            \
    "tasks.onerousness=[.5, .8, .3]; tasks.training_weeks=[10, 1, 40]; tasks.education=[1, 0, 2];" \
    "tasks.hours=[2, 3, 1]; tasks.shift_mechanisation=[-.5, 0, .4];"                               \
    "tasks.shift_formalisation=[0, .2, .6]"

static const struct configuration configurations[] = {
    {"defaults, takeover", 520, "economy.organisations=100"},
    {"equals", 520, "division.start=.02; hierarchy.start=.02"},
    {"few rights, neutral outsiders", 520, "rights.workers=.1; rights.outsiders=neutral"},
    {"few rights, owners", 520, "rights.workers=.1"},
    {"rotation and balanced jobs", 520,
     "rotation.on=true; rotation.share=.5; rotation.start=30; job_balance.on=true;"
     "job_balance.start=101; job_balance.strength=.7"},
    {"rotation of all", 520, "rotation.on=true"},
    {"fully balanced jobs", 260, "job_balance.on=true; allocation.leave=.02"},
    {"exposure twin", 520, "arrows.twin=exposure"},
    {"voiceless twin", 520, "arrows.twin=voiceless"},
    {"lognormal sizes", 520, "economy.sizes=lognormal; economy.size=15; economy.organisations=20"},
    {"very small ones", 520,
     "economy.sizes=list; economy.size_list=[1, 2, 3, 4, 5, 6, 7]; allocation.leave=.02;"
     "rotation.on=true; rotation.share=.3; economy.organisations=50"},
    {"large ones", 52,
     "economy.sizes=list; economy.size_list=[151, 156, 1500]; economy.organisations=5"},
    {"market", 520, "market.competition=1; economy.sizes=lognormal; economy.organisations=20"},
    {"constant pressure", 520, "market.pressure=1"},
    {"proxy and formal delegation", 520,
     "association.absent=proxy; rights.workers=.55; rights.delegation=formal"},
    {"formal delegation", 260, "rights.workers=.3; rights.delegation=formal"},
    {"attendance in expectation", 520, "attendance.mode=expected"},
    {"expectation by proxy", 260, "attendance.mode=expected; association.absent=proxy"},
    {"all attend", 520, "attendance.mode=all"},
    {"nobody may come", 260, "attendance.intercept=-4; economy.size=6"},
    {"high turnover", 520, "allocation.leave=.1"},
    {"everybody may leave", 104, "allocation.leave=.8; economy.size=4"},
    {"no promotion", 260, "allocation.chain=0; allocation.leave=.02"},
    {"long chains", 260, "allocation.chain=100; allocation.leave=.02; division.start=1"},
    {"no rights", 260, "rights.workers=0; rights.left_inside=0"},
    {"nothing is decided", 260, "governance.on=false"},
    {"agenda by standing", 520, "governance.agenda=standing"},
    {"agenda of its exposure twin", 260, "governance.agenda=standing; arrows.twin=exposure"},
    {"odd values", 520, ODD},
    {"other tasks, out of order", 260, TASKS},
    {"kinds of the same empowerment", 260,
     "tasks.empowerment=[.95, .8, .6, .6, .6, .05]; allocation.leave=.02"},
    {"job_skill cut", 104, "arrows.job_skill=cut"},
    {"autonomy_know cut", 104, "arrows.autonomy_know=cut"},
    {"skill_voice cut", 104, "arrows.skill_voice=cut"},
    {"know_voice cut", 104, "arrows.know_voice=cut"},
    {"rank_voice cut", 104, "arrows.rank_voice=cut"},
    {"office_voice cut", 104, "arrows.office_voice=cut"},
    {"standing_autonomy cut", 104, "arrows.standing_autonomy=cut"},
    {"standing_attend cut", 104, "arrows.standing_attend=cut"},
    {"standing_jobs cut", 104, "arrows.standing_jobs=cut; allocation.leave=.02"},
    {"power_org cut", 104, "arrows.power_org=cut; rights.workers=.7"},
    {"skill_jobs cut", 104, "arrows.skill_jobs=cut; allocation.leave=.02"},
    {"autonomy_attend cut", 104, "arrows.autonomy_attend=cut"},
    {"power_solidarity cut", 104, "arrows.power_solidarity=cut"},
};
enum { CONFIGURATIONS = sizeof configurations / sizeof *configurations };

static void engine_agrees(void **state)
{
    const struct configuration *configuration = *state;
    struct comparison c;
    char set[4096] = "economy.organisations=30;";
    strncat(set, configuration->set, sizeof set - strlen(set) - 1);
    comparison_set_up(&c, configuration->name, set, tolerance);
    comparison_live(&c, configuration->weeks);
    print_message("# %s: %.2g, %s\n", c.name, c.largest, c.where);
    comparison_tear_down(&c);
}

/* Mean and squared standard error over the organisations. */
struct estimate {
    double mean, squared_error;
};

static struct estimate estimate_gini(const struct reference *reference)
{
    double m = (double)reference->organisations, sum = 0, squares = 0;
    for (size_t o = 0; o < reference->organisations; o++) {
        double gini = reference->organisation[o].standing_gini;
        sum += gini / m;
        squares += gini * gini / m;
    }
    return (struct estimate){sum, (squares - sum * sum) / m};
}

/* The numbering of draws must not matter: with numbers from another generator, in any order, the
 * mean inequality of standing after two years is the same but for chance. */
static void draws_are_as_good_as_mt19937(void **state)
{
    (void)state;
    struct comparison c;
    struct reference other;
    gsl_rng *generator = gsl_rng_alloc(gsl_rng_mt19937);
    assert_non_null(generator);
    comparison_set_up(&c, "mt19937", "economy.organisations=200", tolerance);
    uint32_t size[200];
    for (size_t o = 0; o < 200; o++)
        size[o] = 20;
    reference_init(&other, &c.set, size, 200, reference_source_gsl(generator));
    reference_live(&other, 105);
    reference_live(&c.reference, 105);
    struct estimate a = estimate_gini(&c.reference), b = estimate_gini(&other);
    print_message("# mean Gini %.4f, with mt19937 %.4f\n", a.mean, b.mean);
    assert_true(fabs(a.mean - b.mean) < 4 * sqrt(a.squared_error + b.squared_error));
    reference_free(&other);
    comparison_tear_down(&c);
    gsl_rng_free(generator);
}

int main(void)
{
    struct CMUnitTest tests[CONFIGURATIONS + 1] = {cmocka_unit_test(draws_are_as_good_as_mt19937)};
    for (size_t i = 0; i < CONFIGURATIONS; i++)
        tests[1 + i] = (struct CMUnitTest){configurations[i].name, engine_agrees, NULL, NULL,
                                           (void *)(uintptr_t)&configurations[i]};
    return cmocka_run_group_tests_name("reference", tests, NULL, NULL);
}
