/* coopsim - GPL-3.0-or-later
 *
 * The vote on the rule: counted again, holder by holder, from the ballots of the week; its effect
 * from the next month on; and what happens among equals. */
#include "models/seo/ballots.h"
#include "tests/law/ballots.h"

#define VOTE "decide.rule=true; decide.every=8; economy.organisations=30; economy.size=9;"

static size_t polls, changes;

/* What a rule's outcomes are away from each holder's ballots, and how the holder's votes weigh. */
static size_t look_at_rule(const struct coop_batch *b, size_t o, size_t rule,
                           double ret_distance[BALLOTS_MAX], double ret_weight[BALLOTS_MAX])
{
    struct seo_ballots ballots = {0};
    memset(ret_distance, 0, BALLOTS_MAX * sizeof *ret_distance);
    memset(ret_weight, 0, BALLOTS_MAX * sizeof *ret_weight);
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++) {
        assert_true(seo_ballots_collect(b, o, y, rule, &ballots));
        double outcome = seo_ballots_count(b, rule, &ballots, NULL);
        assert_true(
            seo_ballots_collect(b, o, y, (size_t)coop_organisation(b, SEO_RULE, 0)[o], &ballots));
        for (size_t h = 0; h < ballots.holders; h++) {
            ret_distance[h] += fabs(outcome - (double)ballots.opinion[h]);
            ret_weight[h] += (double)ballots.vote[h];
        }
    }
    return ballots.holders;
}

/* The vote in organisation o between two rules, as decide.rules has them. */
static void count_again(const struct coop_batch *b, size_t o)
{
    double distance[2][BALLOTS_MAX], weight[BALLOTS_MAX], votes[2] = {0, 0};
    size_t rule[2] = {SEO_RULE_self_management, SEO_RULE_patronage}, holders = 0;
    size_t present = (size_t)coop_organisation(b, SEO_RULE, 0)[o];
    size_t voted = (size_t)coop_organisation(b, SEO_VOTED_RULE, 0)[o];
    for (size_t r = 0; r < 2; r++)
        holders = look_at_rule(b, o, rule[r], distance[r], weight);
    for (size_t h = 0; h < holders; h++) {
        double lead = distance[1][h] - distance[0][h];
        size_t first = present == SEO_RULE_patronage ? 1 : 0;
        size_t choice = fabs(lead) < 2e-6 ? first : (size_t)(lead < 0);
        votes[choice] += weight[h];
    }
    if (fabs(votes[0] - votes[1]) > 1e-5)
        assert_int_equal(voted, votes[1] > votes[0] ? rule[1] : rule[0]);
    polls++;
    changes += voted != present;
}

static void look(const struct coop_batch *b)
{
    for (size_t o = 0; (b->week + 1) % 8 == 0 && o < b->organisations; o++)
        if (coop_organisation(b, SEO_ATTENDANCE, 0)[o] > 0)
            count_again(b, o);
}

static void votes_are_counted(void **state)
{
    static const struct coop_mechanism after = {.name = "after", .act = look};
    struct village_model model;
    struct village v;
    (void)state;
    polls = changes = 0;
    village_surround(&model, coop_registry_find("baseline", "seo"), "rule_vote", NULL, &after);
    village_begin(&v, &model.model,
                  VOTE "governance.rule=self_management; decide.rules=[self_management, "
                       "patronage]; rights.workers=.7;"
                       "attendance.mode=expected");
    coop_run_live(&v.run, 80);
    assert_int_equal(polls, 300);
    assert_true(changes > 30);
    village_end(&v);
}

static void check_rules(const char *set, int64_t weeks, double voted, double rule)
{
    struct village v;
    village_begin_seo(&v, set);
    coop_run_live(&v.run, weeks);
    for (size_t o = 0; o < v.run.economy.organisations; o++) {
        double *found = village_place(&v.run, village_field(&v.run, "voted_rule"), 0, o, 0);
        assert_true(*found == voted);
        found = village_place(&v.run, village_field(&v.run, "rule"), 0, o, 0);
        assert_true(*found == rule);
    }
    village_end(&v);
}

/* All want the same, so what rules come to does not divide them. */
#define ALIKE                                                                                      \
    VOTE "attendance.mode=all; governance.noise=0; outlook.spread=0; division.start=0;"            \
         "division.open=false; hierarchy.start=0; hierarchy.open=false; governance.inertia=0;"

/* All workers want to be rid of a manager who wants something else: in the eighth week they vote for
 * another rule, which is in force from the ninth. */
static void in_force_from_the_next_month(void **state)
{
#define UNWANTED                                                                                   \
    ALIKE "governance.rule=manager; manager.from=outside; manager.discretion=.4; manager.drift=1;" \
          "decide.rules=[mean]"
    (void)state;
    check_rules(UNWANTED, 4, SEO_RULE_manager, SEO_RULE_manager);
    check_rules(UNWANTED, 8, SEO_RULE_mean, SEO_RULE_manager);
    check_rules(UNWANTED, 12, SEO_RULE_mean, SEO_RULE_mean);
    check_rules(UNWANTED, 40, SEO_RULE_mean, SEO_RULE_mean);
}

/* Where all rules come to the same the present one stays, whether or not decide.rules has it. */
static void among_equals(void **state)
{
    (void)state;
    check_rules(ALIKE "governance.rule=majority; decide.rules=[mean, majority]", 12,
                SEO_RULE_majority, SEO_RULE_majority);
    check_rules(ALIKE "governance.rule=consensus; decide.rules=[majority, mean]", 12,
                SEO_RULE_consensus, SEO_RULE_consensus);
}

/* What three workers want of mechanisation and of the product, right before they vote on the rule. */
static float wanted[2][3];

static void want(const struct coop_batch *b)
{
    for (size_t o = 0; o < b->organisations; o++)
        for (size_t p = 0; p < 3; p++) {
            size_t i = coop_slot(b, o, p);
            coop_worker(b, SEO_IDEAL, SEO_mechanisation)[i] = wanted[0][p];
            coop_worker(b, SEO_IDEAL, SEO_product)[i] = wanted[1][p];
        }
}

/* The rule that they vote for, from the rule `from` on. */
static double voted_rule(const char *open, const char *from)
{
    static const struct coop_mechanism before = {.name = "before", .act = want};
    struct village_model model;
    struct village v;
    village_surround(&model, village_seo(), "rule_vote", &before, NULL);
    village_set_up(&v, &model.model,
                   "decide.rule=true; decide.every=4; decide.rules=[mean, score];"
                   "score.options=2; score.strategic=0;"
                   "economy.organisations=1; economy.size=3; attendance.mode=all;"
                   "allocation.leave=0; influence.susceptibility=0; formalisation.open=false;"
                   "hierarchy.open=false; division.open=false; pay_spread.open=false");
    village_assign(&v, open);
    village_assign(&v, from);
    assert_int_equal(coop_run_init(&v.run, v.model, &v.set, 0, 1), COOP_OK);
    coop_run_live(&v.run, 4);
    double rule = *(double *)village_place(&v.run, village_field(&v.run, "voted_rule"), 0, 0, 0);
    village_end(&v);
    return rule;
}

/* Of two options the score takes the nearer to most. Where all want .4 the mean is at 0 from them
 * and the score, 0, at .4; where two want 0 and one .6 the mean is at .2, .2 and .4 and the score,
 * 0, at 0, 0 and .6. The one vote takes the sum of the two: all want .4 of the first variable, and
 * the mean wins, which would lose by the second alone; or .1, and it loses, which would win by the
 * first alone. */
static void variables_are_weighed_together(void **state)
{
    static const char *const from[] = {"governance.rule=mean", "governance.rule=score"};
    static const float product[3] = {0, 0, .6f};
    (void)state;
    memcpy(wanted[1], product, sizeof product);
    for (size_t far = 0; far < 2; far++)
        for (size_t r = 0; r < 2; r++) {
            for (size_t p = 0; p < 3; p++)
                wanted[0][p] = far ? .4f : .1f;
            assert_true(voted_rule("product.open=false", from[r]) == SEO_RULE_mean);
            assert_true(voted_rule("mechanisation.open=false", from[r]) == SEO_RULE_score);
            assert_true(voted_rule("", from[r]) == (far ? SEO_RULE_mean : SEO_RULE_score));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(votes_are_counted),
        cmocka_unit_test(variables_are_weighed_together),
        cmocka_unit_test(in_force_from_the_next_month),
        cmocka_unit_test(among_equals),
    };
    return cmocka_run_group_tests_name("rule vote", tests, NULL, NULL);
}
