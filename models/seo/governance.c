/* coopsim - GPL-3.0-or-later
 *
 * Governance (ODD 2, step 5): every four weeks each variable y open to decision moves towards what
 * is decided, all from the same state:
 *
 *     y += .05 (y* - y)
 *
 * Falls of what cannot easily be undone (machines, lay-outs) are slowed by its irreversibility. What
 * members want, b_i, is in ideals.c, what comes up in agenda.c. Under the mean rule, which is
 * reckoned here for all organisations at once, y* = sum P_i b_i + (1 - rho)(1 - kappa_d) ideal of
 * the outsiders; under another rule y* is what the ballots come to (ballots.h, force.h). */
#include "models/seo/calendar.h"
#include "models/seo/force.h"
#include "models/seo/governance.h"
#include "models/seo/rules/mandate.h"

#define COOP_OWNER governance
#define SOURCE "ODD 2, step 5"
#define GOVERNANCE_PARAMS(X)                                                                       \
    X(BOOLEAN, on, "governance.on", 1, "false", "Whether anything is decided", SOURCE)             \
    X(CHOICE, agenda, "governance.agenda", SEO_AGENDA_ALL, 1, "all|standing", "all",               \
      "What a meeting takes up: all variables, or the one that standing puts on the agenda",       \
      SOURCE)                                                                                      \
    X(INTEGER, every, "governance.every", 4, 1, 10000, "week", NULL,                               \
      "Weeks from one decision to the next", SOURCE)                                               \
    X(REAL, rate, "governance.rate", .05, 0, 1, "1", "0",                                          \
      "Share of the way to y* that a decision goes", SOURCE)                                       \
    X(REAL, inertia, "governance.inertia", .5, 0, 1, "1", NULL,                                    \
      "Pull of what exists on the ideal points, l", SOURCE)                                        \
    X(REAL, noise, "governance.noise", .2, 0, 5, "logit", "0",                                     \
      "Standard deviation of the momentary part of an ideal point", SOURCE)
COOP_PARAM_TABLE(GOVERNANCE_PARAMS)
extern COOP_MECHANISM(governance);

static const struct coop_field governance_fields[] = {
    {"governance_noise", COOP_WORKER_SCRATCH, COOP_F32, 4, "1", "Standard normals"},
    {"governance_weight", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Weight nP in the decision"},
    {"governance_weighted", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Weighted ideal point nP b"},
    {"governance_base", COOP_WORKER_SCRATCH, COOP_F32, 1, "logit", "What is the same for all"},
    {"governance_stake", COOP_WORKER_SCRATCH, COOP_F32, 1, "logit", "s (1 - S)"},
    {"governance_value_base", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "logit", "To be spread"},
    {"governance_value_stake", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "logit", "To be spread"},
    {"governance_target", COOP_ORGANISATION_SCRATCH, COOP_F64, SEO_VARIABLE_COUNT, "1", "y*"},
    {"governance_odds", COOP_ORGANISATION_SCRATCH, COOP_F64, SEO_VARIABLE_COUNT, "1",
     "Odds of coming up"},
    {"governance_given", COOP_ORGANISATION, COOP_F64, COOP_IF_OPTION(SEO_OPTION_RULE), "1",
     "Number of the rule that was given last"}};

/* What the outsiders together want of y, given the workers' unweighted mean. */
static double outsiders_ideal(const struct seo_params *shared, size_t y, double mean)
{
    double ideal = 0;
    for (size_t kind = 0; kind < SEO_OUTSIDER_COUNT; kind++)
        ideal += shared->outsider[kind] * seo_will_of_outsider(shared, y, kind, mean);
    return ideal;
}

/* y* under the mean rule: the ideals of the workers by their say, and of the outsiders. */
static void find_target(const struct coop_batch *b, size_t y)
{
    const struct seo_params *shared = seo_shared(b);
    const double *say = coop_organisation(b, SEO_SAY, 0);
    double *target = coop_organisation(b, b->own + SEO_GOVERNANCE_TARGET, y);
    double *mean = coop_organisation(b, b->own + SEO_GOVERNANCE_VALUE_BASE, 0);
    double outside = (1 - shared->workers) * (1 - shared->left);
    coop_batch_mean(b, coop_worker(b, b->own + SEO_GOVERNANCE_WEIGHTED, 0), target);
    if (shared->will != SEO_OWN_WILL)
        coop_batch_mean(b, coop_worker(b, SEO_IDEAL, y), mean);
    for (size_t o = 0; o < b->organisations; o++)
        target[o] = say[o] * target[o] + outside * outsiders_ideal(shared, y, mean[o]);
}

static void decide(const struct coop_batch *b, size_t o, size_t y)
{
    const struct governance_params *params = b->params;
    double *value = &coop_organisation(b, SEO_VOTED, y)[o];
    double step =
        params->rate * (coop_organisation(b, b->own + SEO_GOVERNANCE_TARGET, y)[o] - *value);
    if (step < 0)
        step *= 1 - seo_shared(b)->variable[y].irreversibility;
    *value = coop_clip(*value + step, 0, 1);
}

/* Every open variable's target, all from the same state. */
static void find_targets(const struct coop_batch *b)
{
    const struct governance_params *params = b->params;
    seo_ideals_prepare(b);
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++) {
        if (!seo_ideals_find(b, y))
            continue;
        find_target(b, y);
        for (size_t o = 0; params->agenda == SEO_AGENDA_STANDING && o < b->organisations; o++)
            seo_agenda_weigh(b, o, y);
    }
}

/* Mandates for another rule than the one that decides have lapsed. */
static void end_old_mandates(const struct coop_batch *b, size_t o, size_t rule)
{
    if (seo_has(b, SEO_OPTION_MANDATE) && !seo_has_mandates(b, o, rule) &&
        coop_organisation(b, SEO_MANDATE_RULE, 0)[o] > 0)
        seo_mandates_end(b, o, false);
}

/* The variables that are open to decision: bit y for variable y. */
static uint32_t open_variables(const struct coop_batch *b)
{
    uint32_t open = 0;
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
        open |= (seo_shared(b)->variable[y].open ? 1u : 0u) << y;
    return open;
}

/* Those of them that a meeting of organisation o takes up. */
static uint32_t taken_up(const struct coop_batch *b, size_t o)
{
    const struct governance_params *params = b->params;
    if (params->agenda == SEO_AGENDA_ALL)
        return open_variables(b);
    size_t item = seo_agenda_draw(b, o);
    return item < SEO_VARIABLE_COUNT ? 1u << item : 0;
}

/* A decision where rules other than the mean may be in force. Where nobody wants any of the open
 * variables changed, power stays as it was. */
static void decide_by_rule(const struct coop_batch *b, size_t o, size_t rule, uint32_t items)
{
    const struct coop_batch as_rule = coop_batch_of(b, &seo_rule(rule)->mechanism);
    double target[SEO_VARIABLE_COUNT];
    end_old_mandates(b, o, rule);
    seo_force_tally(b, o, rule);
    if (rule == SEO_RULE_mean || open_variables(b) == 0) {
        seo_force_reset(b, o);
    } else if (items != 0) {
        seo_force_count(b, o, rule, items, target);
        for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
            coop_organisation(b, b->own + SEO_GOVERNANCE_TARGET, y)[o] = target[y];
    }
    if (seo_rule(rule)->decided != NULL)
        seo_rule(rule)->decided(&as_rule, o);
}

/* Before the first decision everybody has the power of the mean rule. */
static void governance_start(const struct coop_batch *b)
{
    double rule = seo_shared(b)->rule;
    for (size_t o = 0; o < b->organisations; o++)
        coop_organisation(b, SEO_RULE, 0)[o] = rule;
    for (size_t o = 0; seo_has(b, SEO_OPTION_RULE) && o < b->organisations; o++)
        coop_organisation(b, SEO_VOTED_RULE, 0)[o] =
            coop_organisation(b, b->own + SEO_GOVERNANCE_GIVEN, 0)[o] = rule;
    for (size_t o = 0; seo_has(b, SEO_OPTION_FORCE) && o < b->organisations; o++)
        seo_force_reset(b, o);
}

/* The vote on the rule starts from the rule as it is given: while there is no vote, and whenever
 * another one is given. The field of the votes is also there where only other weeks or regimes of
 * the run vote. */
static void follow_given_rule(const struct coop_batch *b, size_t o)
{
    double rule = seo_shared(b)->rule,
           *given = &coop_organisation(b, b->own + SEO_GOVERNANCE_GIVEN, 0)[o];
    if (!seo_rule_is_voted(b) || *given != rule)
        coop_organisation(b, SEO_VOTED_RULE, 0)[o] = rule;
    *given = rule;
}

/* The rule as it is given, or as it was voted; counter-mechanisms that follow may replace it. Where
 * nothing is decided formal power is that of the mean rule. */
static void governance_month(const struct coop_batch *b)
{
    const struct governance_params *params = b->params;
    bool may_vote = seo_has(b, SEO_OPTION_RULE), decides = params->on && open_variables(b) != 0;
    for (size_t o = 0; o < b->organisations; o++) {
        if (may_vote)
            follow_given_rule(b, o);
        coop_organisation(b, SEO_RULE, 0)[o] =
            may_vote ? coop_organisation(b, SEO_VOTED_RULE, 0)[o] : seo_shared(b)->rule;
        if (seo_has(b, SEO_OPTION_FORCE) && !decides)
            seo_force_reset(b, o);
    }
}

static uint32_t governance_options(const void *shared, const void *params)
{
    size_t rule = (size_t)((const struct seo_params *)shared)->rule;
    (void)params;
    return rule == SEO_RULE_mean ? 0 : 1u << SEO_OPTION_FORCE | seo_rule(rule)->options;
}

int64_t seo_weeks_between_decisions(const struct coop_batch *b)
{
    const struct governance_params *params =
        coop_batch_of(b, &COOP_ISA_NAME(coop_mechanism_governance)).params;
    return params->on ? params->every : 0;
}

static void governance_act(const struct coop_batch *b)
{
    const struct governance_params *params = b->params;
    if (!params->on || (b->week + 1) % params->every != 0)
        return;
    find_targets(b);
    for (size_t o = 0; o < b->organisations; o++) {
        if (!(coop_organisation(b, SEO_ATTENDANCE, 0)[o] > 0))
            continue;
        const uint32_t items = taken_up(b, o);
        if (seo_has(b, SEO_OPTION_FORCE))
            decide_by_rule(b, o, (size_t)coop_organisation(b, SEO_RULE, 0)[o], items);
        for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
            if (items >> y & 1)
                decide(b, o, y);
    }
}

COOP_MECHANISM(governance) = {
    .name = "governance",
    .summary = "The assembly shapes technology, rules, hierarchy and the division of labour",
    .source = SOURCE,
    .params = &governance_table,
    .fields = governance_fields,
    .field_count = sizeof governance_fields / sizeof *governance_fields,
    .options = governance_options,
    .start = governance_start,
    .month = governance_month,
    .act = governance_act,
};
