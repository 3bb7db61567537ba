/* coopsim - GPL-3.0-or-later
 *
 * Power that is realised in decisions: the same under the mean rule whether reckoned by ballots or at
 * once; not touched by a cut of power_org, which decides as among equals; and until the next decision
 * as the ranges of outcomes on what the meeting took up. */
#include "models/seo/ballots.h"
#include "tests/law/ballots.h"

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
static bool by_standing;

/* Whether the meeting that has just been took up a variable: under `agenda: standing` one alone has
 * moved, if it did not stay where it was. */
static bool was_taken_up(const struct coop_batch *b, size_t o, size_t y)
{
    return !by_standing || coop_organisation(b, SEO_VOTED, y)[o] != voted_before[y][o];
}

static void keep_commanded(const struct coop_batch *b)
{
    for (size_t o = 0; (b->week + 1) % 4 == 0 && o < b->organisations; o++) {
        double all = 0, left = 0, inside = 0;
        if (!(coop_organisation(b, SEO_ATTENDANCE, 0)[o] > 0))
            continue;
        memset(commanded[o], 0, sizeof commanded[o]);
        for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++) {
            struct seo_ballots ballots;
            if (!was_taken_up(b, o, y))
                continue;
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

static void check_power(const char *agenda)
{
    static const struct coop_mechanism before = {.name = "before", .act = keep_voted};
    static const struct coop_mechanism keep = {.name = "keep", .act = keep_commanded};
    static const struct coop_mechanism look = {.name = "look", .act = compare_power};
    struct village_model decided, both;
    struct village v;
    compared = 0;
    by_standing = strcmp(agenda, "standing") == 0;
    village_surround(&decided, coop_registry_find("baseline", "seo"), "governance", &before, &keep);
    village_surround(&both, &decided.model, "influence", NULL, &look);
    village_set_up(&v, &both.model,
                   "economy.organisations=20; economy.size=9; governance.rule=majority;"
                   "governance.noise=0; allocation.leave=0; rights.workers=.6;"
                   "rights.left_inside=.3; influence.susceptibility=.3");
    assert_int_equal(coop_param_set_text(&v.set, "governance.agenda", agenda, "test"), COOP_OK);
    assert_int_equal(coop_run_init(&v.run, v.model, &v.set, 0, 1), COOP_OK);
    coop_run_live(&v.run, 4);
    coop_run_live(&v.run, 48);
    assert_true(compared > 4000);
    village_end(&v);
}

static void power_between_decisions_is_as_by_hand(void **state)
{
    (void)state;
    check_power("all");
    check_power("standing");
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
        cmocka_unit_test(both_ways_to_the_mean_agree),
        cmocka_unit_test(a_cut_leaves_power_alone),
        cmocka_unit_test(a_cut_weighs_all_alike),
        cmocka_unit_test(power_between_decisions_is_as_by_hand),
        cmocka_unit_test(without_decisions_power_is_as_under_the_mean),
    };
    return cmocka_run_group_tests_name("realised power", tests, NULL, NULL);
}
