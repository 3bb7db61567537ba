/* coopsim - GPL-3.0-or-later
 *
 * Who has how many votes, of the rules under which not all have one each: against formulas of the
 * test's own. */
#include "models/seo/ballots.h"
#include "tests/law/ballots.h"

enum { WORKERS = 20 };
#define VILLAGE "economy.organisations=1; economy.size=20; consensus.threshold=.8;"

/* The workers' votes on variable y under a rule, as shares. */
static void find_votes(const struct coop_batch *b, size_t rule, size_t y, float *ret)
{
    const struct coop_batch as_rule = coop_batch_of(b, &seo_rule(rule)->mechanism);
    double total = 0;
    seo_rule(rule)->votes(&as_rule, 0, y, ret);
    for (size_t p = 0; p < WORKERS; p++)
        total += (double)ret[p];
    for (size_t p = 0; p < WORKERS; p++)
        ret[p] = (float)((double)ret[p] / total);
}

static void compare_votes(const float *vote, const double *expected)
{
    double total = 0;
    for (size_t p = 0; p < WORKERS; p++)
        total += expected[p];
    for (size_t p = 0; p < WORKERS; p++)
        if (!(fabs((double)vote[p] - expected[p] / total) < 1e-5))
            fail_msg("position %zu has %.9g of the votes and not %.9g", p, (double)vote[p],
                     expected[p] / total);
}

static void patronage_is_output(void **state)
{
    struct village v;
    float vote[WORKERS];
    double expected[WORKERS] = {0};
    (void)state;
    ballot_village(&v, VILLAGE);
    coop_run_live(&v.run, 52);
    const struct coop_batch *b = coop_run_look(&v.run, 0);
    find_votes(b, SEO_RULE_patronage, 0, vote);
    for (size_t p = 0; p < WORKERS; p++) {
        size_t i = coop_slot(b, 0, p);
        for (size_t k = 0; k < b->kinds; k++)
            expected[p] += (double)coop_worker(b, SEO_SHARE, k)[i] *
                           (.5 + .5 * (double)coop_worker(b, SEO_SKILL, k)[i]);
        expected[p] *= 1 + .2 * ((double)coop_worker(b, SEO_KNOW, 0)[i] - .2);
    }
    compare_votes(vote, expected);
    village_end(&v);
}

/* Mean autonomy at a slot if ln of the odds against it were higher by `more` times the weights. */
static double autonomy_at(const struct coop_batch *b, size_t i, const double weight[3], double more)
{
    double autonomy = 0;
    for (size_t f = 0; f < 3; f++) {
        double odds =
            (double)coop_worker(b, SEO_ODDS, f)[i] * (double)coop_worker(b, SEO_HINDRANCE, 0)[i];
        autonomy += 1 / (1 + odds * exp(more * weight[f])) / 3;
    }
    return autonomy;
}

/* Votes on a variable that takes autonomy away, against its effect on autonomy by differences. */
static void check_affected(const struct coop_batch *b, size_t y, const double weight[3])
{
    const double step = 1e-4;
    float vote[WORKERS];
    double expected[WORKERS];
    for (size_t p = 0; p < WORKERS; p++) {
        size_t i = coop_slot(b, 0, p);
        double exposed = y == SEO_mechanisation ? 1 - (double)coop_worker(b, SEO_EMPOWERMENT, 0)[i]
                         : y == SEO_hierarchy   ? 1 - (double)coop_worker(b, SEO_RANK, 0)[i]
                                                : 1;
        expected[p] =
            autonomy_at(b, i, weight, -step * exposed) - autonomy_at(b, i, weight, step * exposed);
    }
    find_votes(b, SEO_RULE_self_management, y, vote);
    compare_votes(vote, expected);
}

static void self_management_follows_what_affects(void **state)
{
    struct village v;
    float vote[WORKERS];
    double expected[WORKERS], mean = 0;
    (void)state;
    ballot_village(&v, VILLAGE "technology.enabling=.25; formalisation.enabling=1");
    coop_run_live(&v.run, 52);
    const struct coop_batch *b = coop_run_look(&v.run, 0);
    check_affected(b, SEO_mechanisation, (const double[]){.75, .6, .4});
    check_affected(b, SEO_formalisation, (const double[]){.6, .6, 1.4});
    check_affected(b, SEO_hierarchy, (const double[]){.8, .8, .8});
    for (size_t p = 0; p < WORKERS; p++)
        mean += (double)coop_worker(b, SEO_EMPOWERMENT, 0)[coop_slot(b, 0, p)] / WORKERS;
    for (size_t p = 0; p < WORKERS; p++)
        expected[p] = fabs((double)coop_worker(b, SEO_EMPOWERMENT, 0)[coop_slot(b, 0, p)] - mean);
    find_votes(b, SEO_RULE_self_management, SEO_division, vote);
    compare_votes(vote, expected);
    find_votes(b, SEO_RULE_self_management, SEO_pay_spread, vote);
    compare_votes(vote, expected);
    for (size_t p = 0; p < WORKERS; p++)
        expected[p] = 1;
    find_votes(b, SEO_RULE_self_management, SEO_product, vote);
    compare_votes(vote, expected);
    find_votes(b, SEO_RULE_self_management, SEO_PROPOSAL, vote);
    compare_votes(vote, expected);
    village_end(&v);
    /* Equal jobs are affected alike by what lays them out. */
    b = ballot_village(&v, VILLAGE "division.start=0");
    find_votes(b, SEO_RULE_self_management, SEO_division, vote);
    compare_votes(vote, expected);
    village_end(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patronage_is_output),
        cmocka_unit_test(self_management_follows_what_affects),
    };
    return cmocka_run_group_tests_name("votes", tests, NULL, NULL);
}
