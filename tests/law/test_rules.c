/* coopsim - GPL-3.0-or-later
 *
 * Laws of all voting rules in the list (rules/rule.h), over random ballots with ties, single
 * holders and votes of 0: a range is the outcome with the ballot at 1 minus the outcome with it at 0,
 * and never negative; outcomes lie between the opinions and what there is; names do not count;
 * what all want is decided. And of single rules: small cases reckoned by hand, and who has how many
 * votes. */
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

/* The mean rule counted by ballots, where governance has just reckoned it for all at once. */
static double voted_before[SEO_VARIABLE_COUNT][BALLOTS_MAX];
static size_t compared;

static void keep_voted(const struct coop_batch *b)
{
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
        for (size_t o = 0; o < b->organisations; o++)
            voted_before[y][o] = coop_organisation(b, SEO_VOTED, y)[o];
}

/* P_i by ballots: one's own votes as far as one is not convinced, and what the voice moves; what
 * outsiders leave goes to voice or to votes. */
static void compare_say(const struct coop_batch *b, size_t o, const struct seo_ballots *ballots)
{
    double xi = seo_shared(b)->susceptibility, inside = 0, voices = 0, n = (double)b->size[o];
    for (size_t p = 0; p < b->size[o]; p++) {
        inside += (double)ballots->vote[p];
        voices += (double)coop_worker(b, SEO_VOICE, 0)[coop_slot(b, o, p)];
    }
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        double voice = (double)coop_worker(b, SEO_VOICE, 0)[i] / voices;
        double vote = (double)ballots->vote[p], left = (double)ballots->vote[b->size[o]];
        double by_ballots = (1 - xi) * vote + xi * inside * voice +
                            left * (seo_shared(b)->formal ? vote / inside : voice);
        double say =
            coop_organisation(b, SEO_SAY, 0)[o] * (double)coop_worker(b, SEO_POWER, 0)[i] / n;
        assert_true(fabs(by_ballots - say) < 1e-6);
    }
}

static void compare_paths(const struct coop_batch *b)
{
    if ((b->week + 1) % 4 != 0)
        return;
    for (size_t o = 0; o < b->organisations; o++)
        for (size_t y = 0; y < SEO_VARIABLE_COUNT && coop_organisation(b, SEO_SAY, 0)[o] > 0; y++) {
            struct seo_ballots ballots;
            double moved = coop_organisation(b, SEO_VOTED, y)[o] - voted_before[y][o];
            assert_true(seo_ballots_collect(b, o, y, SEO_RULE_mean, &ballots));
            compare_say(b, o, &ballots);
            double outcome = seo_ballots_count(b, SEO_RULE_mean, &ballots, NULL);
            if (!(fabs(voted_before[y][o] + moved / .5 - outcome) < 1e-5))
                fail_msg("week %lld: %.9g by ballots, %.9g at once", (long long)b->week, outcome,
                         voted_before[y][o] + moved / .5);
            compared++;
        }
}

static void both_ways_to_the_mean_agree(void **state)
{
    static const char *const sets[] = {
        "", "rights.workers=.6; outsiders.owners=.5; outsiders.community=.5",
        "rights.workers=.3; rights.outsiders=neutral; attendance.mode=expected",
        "rights.workers=.5; rights.delegation=formal; association.absent=proxy"};
    static const struct coop_mechanism before = {.name = "before", .act = keep_voted};
    static const struct coop_mechanism after = {.name = "after", .act = compare_paths};
    (void)state;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        struct village_model model;
        struct village v;
        compared = 0;
        village_surround(&model, coop_registry_find("baseline", "seo"), "governance", &before,
                         &after);
        village_set_up(&v, &model.model,
                       "economy.organisations=9; economy.size=11; governance.rate=.5;"
                       "mechanisation.irreversibility=0; division.irreversibility=0");
        village_assign(&v, sets[i]);
        assert_int_equal(coop_run_init(&v.run, v.model, &v.set, 0, 1), COOP_OK);
        coop_run_live(&v.run, 52);
        assert_true(compared >= 13 * 9 * SEO_VARIABLE_COUNT - 20);
        village_end(&v);
    }
}

/* Cutting power_org is no other distribution of power: as long as decisions change nothing, runs
 * with and without the cut are the same, bit for bit, under every rule. */
static void a_cut_leaves_power_alone(void **state)
{
    (void)state;
    for (size_t rule = 0; rule < SEO_RULE_COUNT; rule++)
        for (size_t from = 0; from < 2; from++) {
            struct village intact, cut;
            char set[400];
            snprintf(
                set, sizeof set,
                "economy.organisations=6; economy.size=9; rights.workers=.7; governance.rate=0;"
                "rights.left_inside=.4; board.seats=3; sortition.seats=3; rights.hired=.2;"
                "governance.rule=%s; manager.from=%s",
                seo_rule(rule)->mechanism.name, from == 0 ? "inside" : "outside");
            village_begin_seo(&intact, set);
            village_set_up(&cut, village_seo(), set);
            village_assign(&cut, "arrows.power_org=cut");
            assert_int_equal(coop_run_init(&cut.run, cut.model, &cut.set, 0, 1), COOP_OK);
            coop_run_live(&intact.run, 80);
            coop_run_live(&cut.run, 80);
            if (!village_all_same(&intact.run, &cut.run))
                fail_msg("the cut changes power under %s", seo_rule(rule)->mechanism.name);
            village_end(&intact);
            village_end(&cut);
        }
}

/* Exchanges what the persons of an organisation have of a field, first for last. */
static void turn_round(const struct coop_batch *b, size_t o, enum seo_field field)
{
    float *value = coop_worker(b, (int)field, 0);
    for (size_t p = 0; p < b->size[o] / 2; p++) {
        size_t i = coop_slot(b, o, p), j = coop_slot(b, o, b->size[o] - 1 - p);
        float kept = value[i];
        value[i] = value[j];
        value[j] = kept;
    }
}

/* If power_org is cut it does not matter to what is decided who has standing and voice; what the
 * workers hold together they share equally. */
static void compare_turned(const struct coop_batch *b)
{
    for (size_t o = 0; (b->week + 1) % 4 == 0 && o < b->organisations; o++)
        for (size_t rule = 0;
             rule < SEO_RULE_COUNT && coop_organisation(b, SEO_ATTENDANCE, 0)[o] > 0; rule++) {
            struct seo_ballots ballots;
            double outcome[2], inside[2] = {0, 0};
            assert_true(seo_ballots_cast(b, o, 0, rule, &ballots));
            for (size_t h = 0; h <= ballots.workers; h++)
                inside[0] += (double)ballots.vote[h];
            inside[0] += ballots.unelected ? (double)ballots.vote[ballots.holders - 1] : 0;
            for (size_t turn = 0; turn < 2; turn++) {
                assert_true(seo_ballots_collect(b, o, 0, rule, &ballots));
                outcome[turn] = seo_ballots_count(b, rule, &ballots, NULL);
                turn_round(b, o, SEO_VOICE);
                turn_round(b, o, SEO_STANDING);
            }
            for (size_t p = 0; p < ballots.workers; p++) {
                inside[1] += (double)ballots.vote[p];
                assert_true(ballots.vote[p] == ballots.vote[0]);
                assert_true(ballots.opinion[p] == coop_worker(b, SEO_IDEAL, 0)[coop_slot(b, o, p)]);
            }
            assert_true(fabs(inside[0] - inside[1]) < 1e-5);
            assert_true(fabs(outcome[0] - outcome[1]) < 1e-5);
            compared++;
        }
}

static void a_cut_weighs_all_alike(void **state)
{
    static const struct coop_mechanism after = {.name = "after", .act = compare_turned};
    struct village_model model;
    struct village v;
    (void)state;
    compared = 0;
    village_surround(&model, coop_registry_find("baseline", "seo"), "governance", NULL, &after);
    village_begin(&v, &model.model,
                  "economy.organisations=6; economy.size=9; board.seats=3; rights.workers=.7;"
                  "arrows.power_org=cut; governance.rule=board");
    coop_run_live(&v.run, 52);
    assert_true(compared > 600);
    village_end(&v);
}

/* Power after a decision by majority, kept for the weeks until the next: what the holders command by
 * trying both ends of every ballot. */
static double commanded[64][BALLOTS_MAX], commanded_inside[64], commanded_left[64];

static void keep_commanded(const struct coop_batch *b)
{
    for (size_t o = 0; (b->week + 1) % 4 == 0 && o < b->organisations; o++) {
        double all = 0, left = 0, inside = 0;
        if (!(coop_organisation(b, SEO_ATTENDANCE, 0)[o] > 0))
            continue;
        memset(commanded[o], 0, sizeof commanded[o]);
        for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++) {
            struct seo_ballots ballots;
            assert_true(seo_ballots_collect(b, o, y, SEO_RULE_majority, &ballots));
            for (size_t h = 0; h < ballots.holders; h++) {
                float cast = ballots.opinion[h];
                ballots.opinion[h] = 1;
                double range = seo_ballots_count(b, SEO_RULE_majority, &ballots, NULL);
                ballots.opinion[h] = 0;
                range -= seo_ballots_count(b, SEO_RULE_majority, &ballots, NULL);
                ballots.opinion[h] = cast;
                all += range;
                left += h == ballots.workers ? range : 0;
                inside += h < ballots.workers ? range : 0;
                commanded[o][h] += h < ballots.workers ? range : 0;
            }
        }
        for (size_t p = 0; p < b->size[o] && inside > 0; p++)
            commanded[o][p] /= inside;
        commanded_inside[o] = all > 0 ? inside / all : -1;
        commanded_left[o] = all > 0 ? left / all : -1;
    }
}

/* P_i = I (1 - xi) gamma_i + (I xi + L) v_i / sum v. */
static void compare_power(const struct coop_batch *b)
{
    double xi = seo_shared(b)->susceptibility;
    for (size_t o = 0; b->week >= 4 && o < b->organisations; o++) {
        double inside = commanded_inside[o], left = commanded_left[o], voices = 0;
        if (!(coop_organisation(b, SEO_ATTENDANCE, 0)[o] > 0) || !(inside > 0))
            continue;
        for (size_t p = 0; p < b->size[o]; p++)
            voices += (double)coop_worker(b, SEO_VOICE, 0)[coop_slot(b, o, p)];
        for (size_t p = 0; p < b->size[o]; p++) {
            size_t i = coop_slot(b, o, p);
            double found = coop_organisation(b, SEO_SAY, 0)[o] *
                           (double)coop_worker(b, SEO_POWER, 0)[i] / (double)b->size[o];
            double voice = (double)coop_worker(b, SEO_VOICE, 0)[i] / voices;
            double power = inside * (1 - xi) * commanded[o][p] + (inside * xi + left) * voice;
            assert_true(fabs(found - power) < 1e-5);
            compared++;
        }
    }
}

static void power_between_decisions_is_as_by_hand(void **state)
{
    static const struct coop_mechanism keep = {.name = "keep", .act = keep_commanded};
    static const struct coop_mechanism look = {.name = "look", .act = compare_power};
    struct village_model decided, both;
    struct village v;
    (void)state;
    compared = 0;
    village_surround(&decided, coop_registry_find("baseline", "seo"), "governance", NULL, &keep);
    village_surround(&both, &decided.model, "influence", NULL, &look);
    village_begin(&v, &both.model,
                  "economy.organisations=20; economy.size=9; governance.rule=majority;"
                  "governance.noise=0; allocation.leave=0; rights.workers=.6;"
                  "rights.left_inside=.3; influence.susceptibility=.3");
    coop_run_live(&v.run, 4);
    coop_run_live(&v.run, 48);
    assert_true(compared > 4000);
    village_end(&v);
}

/* Where nothing is decided votes are equal under every rule that decides nothing. */
static void without_decisions_power_is_as_under_the_mean(void **state)
{
#define UNDECIDED "economy.organisations=6; allocation.leave=.02; association.absent=proxy;"
    static const char *const undecided[] = {
        "governance.on=false",
        "mechanisation.open=false; formalisation.open=false; hierarchy.open=false;"
        "division.open=false; pay_spread.open=false; product.open=false"};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct village mean, majority;
        village_set_up(&mean, village_seo(), UNDECIDED);
        village_assign(&mean, undecided[i]);
        assert_int_equal(coop_run_init(&mean.run, mean.model, &mean.set, 0, 1), COOP_OK);
        village_set_up(&majority, village_seo(), UNDECIDED "governance.rule=majority");
        village_assign(&majority, undecided[i]);
        assert_int_equal(coop_run_init(&majority.run, majority.model, &majority.set, 0, 1),
                         COOP_OK);
        coop_run_live(&mean.run, 24);
        coop_run_live(&majority.run, 24);
        int field = village_field(&mean.run, "standing");
        for (size_t o = 0; o < 6; o++)
            for (size_t p = 0; p < village_values(&mean.run, field, o); p++)
                assert_true(fabsf(*(float *)village_place(&mean.run, field, 0, o, p) -
                                  *(float *)village_place(&majority.run, field, 0, o, p)) < 1e-3f);
        village_end(&mean);
        village_end(&majority);
    }
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
        cmocka_unit_test(patronage_is_output),
        cmocka_unit_test(self_management_follows_what_affects),
        cmocka_unit_test(both_ways_to_the_mean_agree),
        cmocka_unit_test(a_cut_leaves_power_alone),
        cmocka_unit_test(a_cut_weighs_all_alike),
        cmocka_unit_test(power_between_decisions_is_as_by_hand),
        cmocka_unit_test(without_decisions_power_is_as_under_the_mean),
    };
    return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
