/* coopsim - GPL-3.0-or-later
 *
 * Votes on counter-mechanisms, ballot by ballot: what members want of one, whom the assembly convinces,
 * how outsiders vote, and whether it passes, from formulas of the test's own. Without noise and outlook
 * nothing is drawn; everybody is present. */
#include "tests/law/village.h"

#include "models/seo/rules/list.h"

#include <math.h>

#define VOTES                                                                                      \
    "economy.sizes=list; economy.size_list=[2, 3, 4, 5, 7, 12, 20]; economy.organisations=14;"     \
    "allocation.leave=0; attendance.mode=all; decide.noise=0; outlook.spread=0; decide.every=4;"   \
    "rotation.on=true; decide.rotation=true; division.start=.9;"
/* Everybody is for it (.3 > .25) or everybody against, whatever the job. */
#define ALL_FOR VOTES "decide.interest=0; decide.pressure=0; decide.intercept=-.8473;"
#define ALL_AGAINST VOTES "decide.interest=0; decide.pressure=0; decide.intercept=-2;"

/* Of the running case: parameters, and how many votes passed and failed. */
static double intercept, interest, pressure, threshold;
static size_t passed, failed;

static double ideal_of(const struct coop_batch *b, size_t o, size_t p)
{
    double mean = 0, n = (double)b->size[o];
    for (size_t i = 0; i < b->size[o]; i++)
        mean += (double)coop_worker(b, SEO_EMPOWERMENT, 0)[coop_slot(b, o, i)] / n;
    double above = (double)coop_worker(b, SEO_EMPOWERMENT, 0)[coop_slot(b, o, p)] - mean;
    double logit = intercept + pressure * coop_organisation(b, SEO_PRESSURE, 0)[o] +
                   interest * above / .3 * (1 - coop_organisation(b, SEO_SOLIDARITY, 0)[o]);
    return 1 / (1 + exp(-logit));
}

/* The share of the rights that votes yes. */
static double share_for(const struct coop_batch *b, size_t o)
{
    const struct seo_params *shared = seo_shared(b);
    double n = (double)b->size[o], mean = 0, voices = 0, said = 0, yes = 0, rho = shared->workers;
    for (size_t p = 0; p < b->size[o]; p++) {
        double voice = (double)coop_worker(b, SEO_VOICE, 0)[coop_slot(b, o, p)];
        mean += ideal_of(b, o, p) / n;
        voices += voice;
        said += voice * ideal_of(b, o, p);
    }
    for (size_t p = 0; p < b->size[o]; p++) {
        double cast = (1 - shared->susceptibility) * ideal_of(b, o, p) +
                      shared->susceptibility * said / voices;
        yes += cast > threshold ? rho / n : 0;
    }
    yes += said / voices > threshold ? (1 - rho) * shared->left : 0;
    bool outsiders = shared->will == SEO_NEUTRAL    ? mean > threshold
                     : shared->will == SEO_OPPOSITE ? mean <= threshold
                                                    : false;
    return yes + (outsiders ? (1 - rho) * (1 - shared->left) : 0);
}

static void check_votes(const struct coop_batch *b)
{
    for (size_t o = 0; o < b->organisations; o++) {
        uint64_t adopted = (uint64_t)coop_organisation(b, SEO_ADOPTED, 0)[o];
        bool passes = adopted >> SEO_COUNTER_rotation & 1;
        double share = share_for(b, o);
        if (b->week % 4 != 0)
            continue;
        for (size_t p = 0; p < b->size[o]; p++)
            assert_true(fabs((double)coop_worker(b, SEO_IDEAL, SEO_PROPOSAL)[coop_slot(b, o, p)] -
                             ideal_of(b, o, p)) < 2e-6);
        if (fabs(share - .5) > 1e-5)
            assert_int_equal(passes, share > .5);
        passed += passes;
        failed += !passes;
    }
}

static void live(const char *set)
{
    const struct coop_mechanism after = {.name = "after", .act = check_votes};
    struct village_model model;
    struct village v;
    village_surround(&model, village_seo(), "decide", NULL, &after);
    village_begin(&v, &model.model, set);
    intercept = coop_param_real(&v.set, "decide.intercept");
    interest = coop_param_real(&v.set, "decide.interest");
    pressure = coop_param_real(&v.set, "decide.pressure");
    threshold = coop_param_real(&v.set, "decide.threshold");
    passed = failed = 0;
    coop_run_live(&v.run, 12);
    assert_int_equal(passed + failed, 3 * 14);
    village_end(&v);
}

static void all_pass(const char *set)
{
    live(set);
    if (failed > 0)
        fail_msg("%zu votes fail: %s", failed, set);
}

static void none_passes(const char *set)
{
    live(set);
    if (passed > 0)
        fail_msg("%zu votes pass: %s", passed, set);
}

/* Few are above the mean job and lose by rotation; most are below it and are for it. */
static void low_jobs_want_it(void **state)
{
#define FIVES VOTES "economy.size_list=[5, 12]; influence.susceptibility=0; decide.pressure=0;"
    (void)state;
    all_pass(FIVES "decide.intercept=0; decide.threshold=.5");
    none_passes(FIVES "decide.intercept=0; decide.threshold=.5; decide.interest=1.5");
}

/* Cases in which the assembly's persuasion, rights and pressure decide. */
static void ballots_are_as_by_hand(void **state)
{
    static const char *const set[] = {"",
                                      "influence.susceptibility=.2",
                                      "influence.susceptibility=1",
                                      "market.pressure=.5",
                                      "rights.workers=.7; rights.outsiders=neutral",
                                      "rights.workers=.7; rights.outsiders=opposite",
                                      "rights.workers=.6; rights.left_inside=.5"};
    static const char *const limit[] = {".1", ".2", ".25", ".27", ".3", ".4"};
    size_t all_passed = 0, all_failed = 0;
    (void)state;
    for (size_t i = 0; i < sizeof set / sizeof *set; i++)
        for (size_t t = 0; t < sizeof limit / sizeof *limit; t++) {
            char all[1024];
            snprintf(all, sizeof all, VOTES "decide.threshold=%s; %s", limit[t], set[i]);
            live(all);
            all_passed += passed;
            all_failed += failed;
        }
    print_message("# %zu votes passed, %zu failed\n", all_passed, all_failed);
    assert_true(all_passed > 100 && all_failed > 100);
}

/* Workers with 40 % of the rights, and outsiders who keep all of theirs. */
static void outsiders_vote(void **state)
{
#define KEPT "rights.workers=.4; rights.left_inside=0; rights.outsiders="
    (void)state;
    none_passes(ALL_FOR KEPT "own");
    all_pass(ALL_FOR KEPT "neutral");
    none_passes(ALL_FOR KEPT "opposite");
    none_passes(ALL_AGAINST KEPT "own");
    none_passes(ALL_AGAINST KEPT "neutral");
    all_pass(ALL_AGAINST KEPT "opposite");
    /* What they leave inside is for it too: 40 % + 60 % * .2 of the rights. */
    all_pass(ALL_FOR KEPT "own; rights.left_inside=.2");
    none_passes(ALL_FOR KEPT "own; rights.left_inside=.15");
}

/* Between no and yes there is nothing: a bare majority of the rights is enough under any of these. */
static void a_bare_majority_is_enough(void **state)
{
    static const char *const rule[] = {"mean", "majority", "score"};
    (void)state;
    for (size_t i = 0; i < sizeof rule / sizeof *rule; i++) {
        char set[1024];
        snprintf(set, sizeof set,
                 ALL_FOR "rights.left_inside=0; rights.workers=.52;"
                         "governance.rule=%s",
                 rule[i]);
        all_pass(set);
        snprintf(set, sizeof set,
                 ALL_FOR "rights.left_inside=0; rights.workers=.48;"
                         "governance.rule=%s",
                 rule[i]);
        none_passes(set);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(low_jobs_want_it),
        cmocka_unit_test(ballots_are_as_by_hand),
        cmocka_unit_test(outsiders_vote),
        cmocka_unit_test(a_bare_majority_is_enough),
    };
    return cmocka_run_group_tests_name("decide", tests, NULL, NULL);
}
