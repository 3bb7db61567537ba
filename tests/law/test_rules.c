/* coopsim - GPL-3.0-or-later
 *
 * Laws of all voting rules in the list (rules/rule.h), over random ballots with ties, single
 * holders and votes of 0: a range is the outcome with the ballot at 1 minus the outcome with it at 0,
 * and never negative; outcomes lie between the opinions and what there is; names do not count;
 * what all want is decided. And of single rules small cases reckoned by hand. */
#include "models/seo/ballots.h"
#include "tests/law/ballots.h"

enum { TRIALS = 2000, WORKERS = 20 };
#define VILLAGE "economy.organisations=1; economy.size=20; consensus.threshold=.8;"

/* Uniform in (0, 1): number `number` of trial `trial`. */
static double chance(uint32_t trial, uint32_t number)
{
    struct coop_block block = coop_draw(7, coop_purpose("test.rules"), 0, trial, number, 0);
    return (double)coop_uniform(block.word[0]);
}

/* An opinion, every other trial one of five. */
static float random_opinion(uint32_t trial, uint32_t number)
{
    double u = chance(trial, number);
    return trial % 2 == 0 ? (float)u : (float)(int)(u * 5) / 4;
}

/* Ballots of one to 24 holders; a third of the votes is 0, or all are alike. */
static void fill_box(struct ballot_box *box, uint32_t trial)
{
    size_t holders = 1 + trial % (WORKERS + 4);
    double total = 0;
    ballot_box_open(box, holders, holders < WORKERS ? holders : WORKERS,
                    (double)random_opinion(trial, 0));
    for (size_t h = 0; h < holders; h++) {
        double u = chance(trial, 100 + (uint32_t)h);
        box->opinion[h] = random_opinion(trial, 1 + (uint32_t)h);
        box->vote[h] = trial % 3 == 0 ? 1.0f : u < 1. / 3 && h > 0 ? 0.0f : (float)(.1 + u);
        total += (double)box->vote[h];
    }
    for (size_t h = 0; h < holders; h++)
        box->vote[h] = (float)((double)box->vote[h] / total);
}

typedef void box_check(const struct coop_batch *b, size_t rule, uint32_t trial);

/* Calls a check for every rule and trial. */
static void each_box(const char *set, box_check *check)
{
    struct village v;
    const struct coop_batch *b = ballot_village(&v, set);
    for (size_t rule = 0; rule < SEO_RULE_COUNT; rule++)
        for (uint32_t trial = 0; trial < TRIALS; trial++)
            check(b, rule, trial);
    village_end(&v);
}

static void check_ranges(const struct coop_batch *b, size_t rule, uint32_t trial)
{
    struct ballot_box box;
    float range[BALLOTS_MAX];
    fill_box(&box, trial);
    seo_ballots_count(b, rule, &box.ballots, range);
    for (size_t h = 0; h < box.ballots.holders; h++) {
        float cast = box.opinion[h];
        box.opinion[h] = 1;
        double high = ballot_outcome(b, rule, &box);
        box.opinion[h] = 0;
        double low = ballot_outcome(b, rule, &box);
        box.opinion[h] = cast;
        if (!(fabs((double)range[h] - (high - low)) < 1e-6) || range[h] < 0 ||
            (box.vote[h] == 0 && range[h] != 0))
            fail_msg("%s, trial %u: holder %zu of %zu commands %.9g and not %.9g",
                     seo_rule(rule)->mechanism.name, trial, h, box.ballots.holders,
                     (double)range[h], high - low);
    }
}

static void ranges_are_counterfactual(void **state)
{
    (void)state;
    each_box(VILLAGE, check_ranges);
    each_box(VILLAGE "score.strategic=.5; score.options=4; consensus.threshold=1", check_ranges);
    each_box(VILLAGE "score.strategic=1; score.options=2; consensus.threshold=.51", check_ranges);
}

/* Of two proposals the nearer one has the larger score, but for the rounding of scores: half the way
 * from one to the next, and half of half a score. */
static double slack_of(size_t rule)
{
    return rule == SEO_RULE_score ? .125 + .25 / 9 : 1e-6;
}

static void check_hull(const struct coop_batch *b, size_t rule, uint32_t trial)
{
    struct ballot_box box;
    fill_box(&box, trial);
    double outcome = ballot_outcome(b, rule, &box), low = box.ballots.now, high = low;
    for (size_t h = 0; h < box.ballots.holders; h++) {
        low = box.vote[h] > 0 ? fmin(low, (double)box.opinion[h]) : low;
        high = box.vote[h] > 0 ? fmax(high, (double)box.opinion[h]) : high;
    }
    if (!(outcome >= low - slack_of(rule)) || !(outcome <= high + slack_of(rule)))
        fail_msg("%s, trial %u: %.9g is not between %.9g and %.9g", seo_rule(rule)->mechanism.name,
                 trial, outcome, low, high);
}

static void outcomes_lie_between_opinions(void **state)
{
    (void)state;
    each_box(VILLAGE, check_hull);
}

static void check_names(const struct coop_batch *b, size_t rule, uint32_t trial)
{
    struct ballot_box box, other;
    fill_box(&box, trial);
    fill_box(&other, trial);
    for (size_t h = 0; h < box.ballots.holders; h++) {
        other.opinion[h] = box.opinion[box.ballots.holders - 1 - h];
        other.vote[h] = box.vote[box.ballots.holders - 1 - h];
    }
    if (!(fabs(ballot_outcome(b, rule, &box) - ballot_outcome(b, rule, &other)) < 1e-6))
        fail_msg("%s, trial %u: names count", seo_rule(rule)->mechanism.name, trial);
}

static void names_do_not_count(void **state)
{
    (void)state;
    each_box(VILLAGE, check_names);
}

static void check_unanimity(const struct coop_batch *b, size_t rule, uint32_t trial)
{
    struct ballot_box box;
    fill_box(&box, trial);
    double wanted = (double)random_opinion(trial, 0);
    box.ballots.now = chance(trial, 99);
    for (size_t h = 0; h < box.ballots.holders; h++)
        box.opinion[h] = (float)wanted;
    if (!(fabs(ballot_outcome(b, rule, &box) - wanted) < slack_of(rule) + 1e-6))
        fail_msg("%s, trial %u: all want %.9g and get %.9g", seo_rule(rule)->mechanism.name, trial,
                 wanted, ballot_outcome(b, rule, &box));
}

static void what_all_want_is_decided(void **state)
{
    (void)state;
    each_box(VILLAGE, check_unanimity);
}

/* Cases reckoned by hand: up to four opinions and their votes. */
static const struct {
    size_t rule;
    const char *set;
    double now;
    size_t holders;
    float opinion[4], vote[4];
    double outcome;
} cases[] = {
    {SEO_RULE_mean, "", .9, 3, {.1f, .5f, 1}, {.5f, .25f, .25f}, .425},
    {SEO_RULE_majority, "", 0, 3, {.1f, .9f, .2f}, {.2f, .6f, .2f}, .9},
    {SEO_RULE_majority, "", 0, 3, {.9f, .1f, .2f}, {.3f, .3f, .4f}, .2},
    {SEO_RULE_majority, "", 0, 2, {.2f, .4f}, {.5f, .5f}, .3},
    /* Scores 9 8 6 3 0 twice and 0 3 6 8 9: sums 18 19 18 14 9. */
    {SEO_RULE_score, "", 1, 3, {.1f, .1f, .9f}, {1.f / 3, 1.f / 3, 1.f / 3}, .25},
    /* 9 7 5 2 0 and 0 2 5 7 9: sums 9 9 10 9 9. */
    {SEO_RULE_score, "", 0, 2, {0, 1}, {.5f, .5f}, .5},
    /* 9 9 0 0 0 and 0 0 0 9 9: of equals the nearest, then the lower. */
    {SEO_RULE_score, "score.strategic=1", .6, 2, {0, 1}, {.5f, .5f}, .75},
    {SEO_RULE_score, "score.strategic=1", .5, 2, {0, 1}, {.5f, .5f}, .25},
    {SEO_RULE_score, "score.options=2", .9, 2, {0, 1}, {.4f, .6f}, 1},
    {SEO_RULE_score, "score.options=2", .9, 2, {0, 1}, {.6f, .4f}, 0},
    {SEO_RULE_consensus, "", .3, 3, {.5f, .6f, .9f}, {.3f, .3f, .4f}, .5},
    {SEO_RULE_consensus, "", .55, 3, {.5f, .6f, .9f}, {.3f, .3f, .4f}, .55},
    {SEO_RULE_consensus, "", .95, 3, {.5f, .6f, .9f}, {.3f, .3f, .4f}, .9},
    {SEO_RULE_consensus, "consensus.threshold=.6", .3, 3, {.5f, .6f, .9f}, {.3f, .3f, .4f}, .6},
    {SEO_RULE_consensus, "consensus.threshold=.6", .95, 3, {.5f, .6f, .9f}, {.3f, .3f, .4f}, .6},
    {SEO_RULE_consensus, "consensus.threshold=.7", .95, 3, {.5f, .6f, .9f}, {.3f, .3f, .4f}, .9},
};

static void cases_come_out_as_by_hand(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct village v;
        struct ballot_box box;
        const struct coop_batch *b = ballot_village(&v, cases[i].set);
        ballot_box_open(&box, cases[i].holders, cases[i].holders, cases[i].now);
        memcpy(box.opinion, cases[i].opinion, sizeof cases[i].opinion);
        memcpy(box.vote, cases[i].vote, sizeof cases[i].vote);
        double outcome = ballot_outcome(b, cases[i].rule, &box);
        if (!(fabs(outcome - cases[i].outcome) < 1e-6))
            fail_msg("case %zu: %.9g and not %.9g", i, outcome, cases[i].outcome);
        village_end(&v);
    }
}

/* Who has more than half of the votes decides under majority, and commands everything. */
static void more_than_half_is_all(void **state)
{
    struct village v;
    const struct coop_batch *b = ballot_village(&v, VILLAGE);
    (void)state;
    for (uint32_t trial = 0; trial < TRIALS; trial++) {
        struct ballot_box box;
        float range[BALLOTS_MAX];
        fill_box(&box, trial);
        size_t dictator = trial / 24 % box.ballots.holders;
        for (size_t h = 0; h < box.ballots.holders; h++)
            box.vote[h] *= .45f;
        box.vote[dictator] += .55f;
        double outcome = seo_ballots_count(b, SEO_RULE_majority, &box.ballots, range);
        assert_true(outcome == (double)box.opinion[dictator]);
        for (size_t h = 0; h < box.ballots.holders; h++)
            assert_true(range[h] == (h == dictator ? 1.0f : 0.0f));
    }
    village_end(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_are_counterfactual),
        cmocka_unit_test(outcomes_lie_between_opinions),
        cmocka_unit_test(names_do_not_count),
        cmocka_unit_test(what_all_want_is_decided),
        cmocka_unit_test(cases_come_out_as_by_hand),
        cmocka_unit_test(more_than_half_is_all),
    };
    return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
