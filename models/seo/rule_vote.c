/* coopsim - GPL-3.0-or-later
 *
 * The rule put to the vote (ODD 2, step 5). Every `decide.every` weeks each holder of a vote votes
 * for that rule of `decide.rules`, or the present one, whose outcomes on the ballots of the week are
 * closest to its own ballot,
 *
 *     min over rules r of sum over open variables y of |y*_r - x_y|,
 *
 * of equal rules for the present one, else for the first. Votes weigh what they weigh under the
 * rule in force, in the mean over the open variables. The rule with most votes decides from the
 * next month on; of equals the present one stays, else the first wins. While `decide.rule` is off
 * the rule is as given (governance.c). A rule with mandates that is not there yet is judged by who
 * is likely to be elected (mandate.h). */
#include "models/seo/ballots.h"
#include "models/seo/calendar.h"
#include "models/seo/verify.h"

#define COOP_OWNER rule_vote
#define SOURCE "Barbera and Jackson (2004), Choosing How to Choose, doi:10.1162/0033553041502207"
enum { CANDIDATES_MAX = 32 };
#define RULE_VOTE_PARAMS(X)                                                                        \
    X(BOOLEAN, on, "decide.rule", 0, "false",                                                      \
      "Whether the rule by which the assembly decides is put to the vote", SOURCE)                 \
    X(TEXTS, rules, "decide.rules", "mean, majority, score, consensus", CANDIDATES_MAX,            \
      "The rules that are put to the vote", SOURCE)
COOP_PARAMS(RULE_VOTE_PARAMS)
extern COOP_MECHANISM(rule_vote);

/* One field a rule, in the order of their numbers, and one more. */
enum { WEIGHT = SEO_RULE_COUNT };
#define DISTANCE_FIELD(name)                                                                       \
    {"rule_vote_distance_" #name,                                                                  \
     COOP_WORKER_SCRATCH,                                                                          \
     COOP_F32,                                                                                     \
     COOP_IF_OPTION(SEO_OPTION_RULE),                                                              \
     "1",                                                                                          \
     "Distance of a holder's ballots from the outcomes under the rule " #name},
static const struct coop_field rule_vote_fields[] = {
    SEO_RULE_LIST(DISTANCE_FIELD){"rule_vote_weight", COOP_WORKER_SCRATCH, COOP_F32,
                                  COOP_IF_OPTION(SEO_OPTION_RULE), "1", "Votes of a holder"}};

static float *distances(const struct coop_batch *b, size_t rule)
{
    return coop_worker(b, b->own + (int)rule, 0);
}

/* Votes for each rule. */
struct poll {
    bool stands[SEO_RULE_COUNT];
    double votes[SEO_RULE_COUNT];
    size_t first[SEO_RULE_COUNT]; /* places in decide.rules, to tell the first of equals */
    size_t present;               /* the rule that was voted for last */
};

static struct poll open_poll(const struct rule_vote_params *params, size_t present)
{
    struct poll poll = {.present = present};
    poll.stands[present] = true;
    poll.first[present] = params->rules.count;
    for (size_t i = params->rules.count; i-- > 0;) {
        size_t rule = seo_rule_of_name(params->rules.text[i]);
        if (rule < SEO_RULE_COUNT) {
            poll.stands[rule] = true;
            poll.first[rule] = i;
        }
    }
    return poll;
}

/* What the ballots on y come to under a rule; what there is if nobody has a vote. */
static double outcome_under(const struct coop_batch *b, size_t o, size_t y, size_t rule)
{
    struct seo_ballots ballots;
    if (!seo_ballots_collect(b, o, y, rule, &ballots))
        return coop_organisation(b, SEO_VOTED, y)[o];
    return seo_ballots_count(b, rule, &ballots, NULL);
}

/* Adds the distances and weights of one variable; returns the number of holders. */
static size_t add_variable(const struct coop_batch *b, size_t o, size_t y, const struct poll *poll)
{
    double outcome[SEO_RULE_COUNT] = {0};
    float *weight = coop_worker(b, b->own + WEIGHT, 0);
    struct seo_ballots ballots;
    for (size_t rule = 0; rule < SEO_RULE_COUNT; rule++)
        if (poll->stands[rule])
            outcome[rule] = outcome_under(b, o, y, rule);
    bool votes =
        seo_ballots_collect(b, o, y, (size_t)coop_organisation(b, SEO_RULE, 0)[o], &ballots);
    for (size_t h = 0; h < ballots.holders; h++)
        weight[h] += votes ? ballots.vote[h] : 0.0f;
    for (size_t rule = 0; rule < SEO_RULE_COUNT; rule++) {
        float *distance = distances(b, rule);
        for (size_t h = 0; poll->stands[rule] && h < ballots.holders; h++) {
            double away = outcome[rule] - (double)ballots.opinion[h];
            distance[h] += (float)(away < 0 ? -away : away);
        }
    }
    return ballots.holders;
}

/* Whether rule r comes before rule s among equals. */
static bool comes_first(const struct poll *poll, size_t r, size_t s)
{
    return r == poll->present || (s != poll->present && poll->first[r] < poll->first[s]);
}

/* Distances and votes this close are equal. */
#define SAME 1e-6

/* The best rule that stands: with the least or the largest value. */
static size_t best_rule(const struct poll *poll, const double value[SEO_RULE_COUNT], double sign)
{
    size_t best = SEO_RULE_COUNT;
    double most = -INFINITY;
    for (size_t rule = 0; rule < SEO_RULE_COUNT; rule++)
        if (poll->stands[rule] && sign * value[rule] > most)
            most = sign * value[rule];
    for (size_t rule = 0; rule < SEO_RULE_COUNT; rule++)
        if (poll->stands[rule] && sign * value[rule] >= most - SAME &&
            (best == SEO_RULE_COUNT || comes_first(poll, rule, best)))
            best = rule;
    return best;
}

static void cast(const struct coop_batch *b, size_t holder, struct poll *poll)
{
    double distance[SEO_RULE_COUNT];
    for (size_t rule = 0; rule < SEO_RULE_COUNT; rule++)
        distance[rule] = (double)distances(b, rule)[holder];
    size_t choice = best_rule(poll, distance, -1);
    if (choice < SEO_RULE_COUNT)
        poll->votes[choice] += (double)coop_worker(b, b->own + WEIGHT, 0)[holder];
}

static void vote(const struct coop_batch *b, size_t o)
{
    double *voted = &coop_organisation(b, SEO_VOTED_RULE, 0)[o];
    struct poll poll = open_poll(b->params, (size_t)*voted);
    size_t holders = 0, room = b->size[o] + SEO_HOLDERS_BESIDE;
    double all = 0;
    memset(coop_worker(b, b->own + WEIGHT, 0), 0, room * sizeof(float));
    for (size_t rule = 0; rule < SEO_RULE_COUNT; rule++)
        memset(distances(b, rule), 0, room * sizeof(float));
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
        if (seo_shared(b)->variable[y].open)
            holders = add_variable(b, o, y, &poll);
    for (size_t h = 0; h < holders; h++)
        cast(b, h, &poll);
    for (size_t rule = 0; rule < SEO_RULE_COUNT; rule++)
        all += poll.votes[rule];
    size_t winner = best_rule(&poll, poll.votes, 1);
    if (!(all > 0) || winner == SEO_RULE_COUNT || winner == poll.present)
        return;
    *voted = (double)winner;
    coop_organisation(b, SEO_RULE_CHANGES, 0)[o] += 1;
}

bool seo_rule_is_voted(const struct coop_batch *b)
{
    const struct rule_vote_params *params =
        coop_batch_of(b, &COOP_ISA_NAME(coop_mechanism_rule_vote)).params;
    return params->on;
}

static void rule_vote_act(const struct coop_batch *b)
{
    if (!seo_rule_is_voted(b) || !seo_falls_due(b, 0, seo_weeks_between_votes(b)))
        return;
    for (size_t o = 0; o < b->organisations; o++)
        if (coop_organisation(b, SEO_ATTENDANCE, 0)[o] > 0)
            vote(b, o);
}

static uint32_t rule_vote_options(const void *shared, const void *params)
{
    const struct rule_vote_params *own = params;
    uint32_t options = 1u << SEO_OPTION_FORCE | 1u << SEO_OPTION_RULE;
    (void)shared;
    if (!own->on)
        return 0;
    for (size_t i = 0; i < own->rules.count; i++) {
        size_t rule = seo_rule_of_name(own->rules.text[i]);
        options |= rule < SEO_RULE_COUNT ? seo_rule(rule)->options : 0;
    }
    return options;
}

static void rule_vote_verify(const struct coop_param_set *set, struct coop_problems *problems)
{
    const char *name[SEO_RULE_COUNT + 1] = {NULL};
    struct coop_value rules;
    for (size_t rule = 0; rule < SEO_RULE_COUNT; rule++)
        name[rule] = seo_rule(rule)->mechanism.name;
    if (coop_param_get(set, "decide.rules", &rules) != COOP_OK)
        return;
    for (size_t i = 0; i < rules.texts.count; i++) {
        const char *word = rules.texts.text[i], *near = coop_nearest_word(name, word);
        struct coop_place place = coop_param_place(set, "decide.rules");
        if (seo_rule_of_name(word) < SEO_RULE_COUNT)
            continue;
        if (near != NULL)
            coop_problems_add(problems, place,
                              "unknown rule '%s' in decide.rules - did you mean '%s'?", word, near);
        else
            coop_problems_add(problems, place,
                              "unknown rule '%s' in decide.rules - the rules are " SEO_RULE_NAMES,
                              word);
    }
}

COOP_MECHANISM(rule_vote) = {
    .name = "rule_vote",
    .summary = "The assembly votes on the rule by which it decides",
    .source = SOURCE,
    .params = &rule_vote_table,
    .fields = rule_vote_fields,
    .field_count = sizeof rule_vote_fields / sizeof *rule_vote_fields,
    .options = rule_vote_options,
    .verify = rule_vote_verify,
    .act = rule_vote_act,
};
