/* coopsim - GPL-3.0-or-later
 *
 * Governance (ODD 2, step 5): every four weeks each variable y open to decision moves towards what
 * is decided, all from the same state:
 *
 *     y += .05 (y* - y)
 *     b_i = sig((1 - l) c_y + l logit(y) + C_y + k_y Pi + s_y zeta_i (1 - S) + u_iy + N(0, .2))
 *
 * zeta_i = (E_j - mean E) / .3 is the interest of the position. Falls of what cannot easily be
 * undone (machines, lay-outs) are slowed by its irreversibility. Under the mean rule, which is
 * reckoned here for all organisations at once, y* = sum P_i b_i + (1 - rho)(1 - kappa_d) ideal of
 * the outsiders; under another rule y* is what the ballots come to (ballots.h, force.h).
 *
 * What comes up may depend on standing (`governance.agenda`): then each meeting takes up a single
 * variable, drawn with odds sum W_i |b_i - y|, how much those of standing want it changed. */
#include "models/seo/calendar.h"
#include "models/seo/force.h"
#include "models/seo/rules/mandate.h"
#include "sim/base/fill.h"

#define COOP_OWNER governance
#define SOURCE "ODD 2, step 5"
#define GOVERNANCE_PARAMS(X)                                                                       \
    X(BOOLEAN, on, "governance.on", 1, "false", "Whether anything is decided", SOURCE)             \
    X(CHOICE, agenda, "governance.agenda", 0, 1, "all|standing", "all",                            \
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
COOP_PARAMS(GOVERNANCE_PARAMS)
extern COOP_MECHANISM(governance);

enum { NOISE, WEIGHT, WEIGHTED, BASE, STAKE, VALUE_BASE, VALUE_STAKE, TARGET, ODDS, GIVEN };
enum { AGENDA_ALL, AGENDA_STANDING };
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

/* Equal weights nP of the members, none of hired hands. */
static void weigh_members(const struct coop_batch *b, size_t o, float *ret_weight)
{
    double each = (double)b->size[o] / (double)seo_members(b, o);
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        ret_weight[i] = seo_is_hired(b, i) ? 0.0f : (float)each;
    }
}

/* zeta, and the weight in the decision: power, or equal weights of the members if
 * power_org is cut. */
static void find_interests(const struct coop_batch *b)
{
    bool cut = seo_is_cut(seo_shared(b), SEO_ARROW_power_org);
    double *mean = coop_organisation(b, b->own + VALUE_BASE, 0);
    const float *empowerment = coop_worker(b, SEO_EMPOWERMENT, 0);
    coop_batch_mean(b, empowerment, mean);
    coop_batch_spread(b, mean, coop_worker(b, b->own + BASE, 0));
    const float *center = coop_worker(b, b->own + BASE, 0);
    const float *power = coop_worker(b, SEO_POWER, 0);
    float *interest = coop_worker(b, SEO_INTEREST, 0);
    float *weight = coop_worker(b, b->own + WEIGHT, 0);
    float scale = (float)(1 / seo_shared(b)->interest_unit);
    COOP_LANEWISE (i, b->lanes) {
        interest[i] = (empowerment[i] - center[i]) * scale;
        weight[i] = cut ? 1.0f : power[i];
    }
    for (size_t o = 0; cut && seo_has(b, SEO_OPTION_STATUS) && o < b->organisations; o++)
        weigh_members(b, o, weight);
}

static void find_ideals(const struct coop_batch *b, size_t y)
{
    const struct governance_params *params = b->params;
    const struct seo_variable_params *variable = &seo_shared(b)->variable[y];
    double *base = coop_organisation(b, b->own + VALUE_BASE, 0);
    double *stake = coop_organisation(b, b->own + VALUE_STAKE, 0);
    const double *voted = coop_organisation(b, SEO_VOTED, y);
    const double *culture = coop_organisation(b, SEO_CULTURE, y);
    const double *pressure = coop_organisation(b, SEO_PRESSURE, 0);
    const double *solidarity = coop_organisation(b, SEO_SOLIDARITY, 0);
    double start = (1 - params->inertia) * variable->intercept, inertia = params->inertia;
    double pushed = variable->pressure, interested = variable->interest;
    COOP_LANEWISE (o, b->organisations) {
        double now = coop_clip(voted[o], .01, .99);
        float pull = coop_logf((float)(now / (1 - now)));
        base[o] = start + inertia * (double)pull + culture[o] + pushed * pressure[o];
        stake[o] = interested * (1 - solidarity[o]);
    }
    coop_batch_spread(b, base, coop_worker(b, b->own + BASE, 0));
    coop_batch_spread(b, stake, coop_worker(b, b->own + STAKE, 0));
    const float *common = coop_worker(b, b->own + BASE, 0);
    const float *staked = coop_worker(b, b->own + STAKE, 0);
    const float *interest = coop_worker(b, SEO_INTEREST, 0);
    const float *outlook = coop_worker(b, SEO_OUTLOOK, y);
    const float *noise = coop_worker(b, b->own + NOISE, y % 4);
    const float *weight = coop_worker(b, b->own + WEIGHT, 0);
    float *ideal = coop_worker(b, SEO_IDEAL, y);
    float *weighted = coop_worker(b, b->own + WEIGHTED, 0);
    float sigma = (float)params->noise;
    COOP_LANEWISE (i, b->lanes) {
        ideal[i] = coop_sigf(common[i] + staked[i] * interest[i] + outlook[i] + sigma * noise[i]);
        weighted[i] = weight[i] * ideal[i];
    }
}

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
    double *target = coop_organisation(b, b->own + TARGET, y);
    double *mean = coop_organisation(b, b->own + VALUE_BASE, 0);
    double outside = (1 - shared->workers) * (1 - shared->left);
    coop_batch_mean(b, coop_worker(b, b->own + WEIGHTED, 0), target);
    if (shared->will != SEO_OWN_WILL)
        coop_batch_mean(b, coop_worker(b, SEO_IDEAL, y), mean);
    for (size_t o = 0; o < b->organisations; o++)
        target[o] = say[o] * target[o] + outside * outsiders_ideal(shared, y, mean[o]);
}

/* How much those of standing want y changed: sum W_i |b_i - y|; all alike if power_org is cut. */
static void find_odds(const struct coop_batch *b, size_t o, size_t y)
{
    bool cut = seo_is_cut(seo_shared(b), SEO_ARROW_power_org);
    const float *standing = coop_worker(b, SEO_STANDING, 0);
    const float *ideal = coop_worker(b, SEO_IDEAL, y);
    double now = coop_organisation(b, SEO_VOTED, y)[o], odds = 0;
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        double change = (double)ideal[i] - now;
        odds += (cut ? 1.0 : (double)standing[i]) * (change < 0 ? -change : change);
    }
    coop_organisation(b, b->own + ODDS, y)[o] = odds;
}

/* The variable that comes up under `agenda: standing`; none (the count) if nobody wants a change. */
static size_t draw_item(const struct coop_batch *b, size_t o)
{
    const struct seo_params *shared = seo_shared(b);
    struct coop_block block = coop_draw(b->streams.dynamics, coop_purpose("governance.agenda"),
                                        b->first_organisation + (uint32_t)o, b->week, 0, 0);
    double total = 0, passed = 0;
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
        total += shared->variable[y].open ? coop_organisation(b, b->own + ODDS, y)[o] : 0;
    double point = (double)coop_uniform(block.word[0]) * total;
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++) {
        passed += shared->variable[y].open ? coop_organisation(b, b->own + ODDS, y)[o] : 0;
        if (point < passed)
            return y;
    }
    return SEO_VARIABLE_COUNT;
}

static void decide(const struct coop_batch *b, size_t o, size_t y)
{
    const struct governance_params *params = b->params;
    double *value = &coop_organisation(b, SEO_VOTED, y)[o];
    double step = params->rate * (coop_organisation(b, b->own + TARGET, y)[o] - *value);
    if (step < 0)
        step *= 1 - seo_shared(b)->variable[y].irreversibility;
    *value = coop_clip(*value + step, 0, 1);
}

static void draw_noise(const struct coop_batch *b, size_t y)
{
    float *noise[4];
    for (size_t i = 0; i < 4; i++)
        noise[i] = coop_worker(b, b->own + NOISE, i);
    coop_fill_normal(b->streams.dynamics, b->position, b->organisation_of, b->lanes,
                     (uint32_t)b->week, coop_purpose("governance.noise"), (uint32_t)(y / 4),
                     SEO_VARIABLE_COUNT - y > 2 ? 2 : 1, noise);
}

/* Every open variable's target, all from the same state. */
static void find_targets(const struct coop_batch *b)
{
    const struct governance_params *params = b->params;
    find_interests(b);
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++) {
        if (y % 4 == 0)
            draw_noise(b, y);
        if (!seo_shared(b)->variable[y].open)
            continue;
        find_ideals(b, y);
        find_target(b, y);
        for (size_t o = 0; params->agenda == AGENDA_STANDING && o < b->organisations; o++)
            find_odds(b, o, y);
    }
}

/* Mandates for another rule than the one that decides have lapsed. */
static void end_old_mandates(const struct coop_batch *b, size_t o, size_t rule)
{
    if (seo_has(b, SEO_OPTION_MANDATE) && !seo_has_mandates(b, o, rule) &&
        coop_organisation(b, SEO_MANDATE_RULE, 0)[o] > 0)
        seo_mandates_end(b, o, false);
}

static bool something_is_open(const struct coop_batch *b)
{
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
        if (seo_shared(b)->variable[y].open)
            return true;
    return false;
}

/* A decision where rules other than the mean may be in force. */
static void decide_by_rule(const struct coop_batch *b, size_t o, size_t rule)
{
    const struct coop_batch as_rule = coop_batch_of(b, &seo_rule(rule)->mechanism);
    double target[SEO_VARIABLE_COUNT];
    end_old_mandates(b, o, rule);
    seo_force_tally(b, o, rule);
    if (rule == SEO_RULE_mean || !something_is_open(b)) {
        seo_force_reset(b, o);
    } else {
        seo_force_count(b, o, rule, target);
        for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
            coop_organisation(b, b->own + TARGET, y)[o] = target[y];
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
        coop_organisation(b, SEO_VOTED_RULE, 0)[o] = coop_organisation(b, b->own + GIVEN, 0)[o] =
            rule;
    for (size_t o = 0; seo_has(b, SEO_OPTION_FORCE) && o < b->organisations; o++)
        seo_force_reset(b, o);
}

/* The vote on the rule starts from the rule as it is given: while there is no vote, and whenever
 * another one is given. The field of the votes is also there where only other weeks or regimes of
 * the run vote. */
static void follow_given_rule(const struct coop_batch *b, size_t o)
{
    double rule = seo_shared(b)->rule, *given = &coop_organisation(b, b->own + GIVEN, 0)[o];
    if (!seo_rule_is_voted(b) || *given != rule)
        coop_organisation(b, SEO_VOTED_RULE, 0)[o] = rule;
    *given = rule;
}

/* The rule as it is given, or as it was voted; counter-mechanisms that follow may replace it. Where
 * nothing is decided formal power is that of the mean rule. */
static void governance_month(const struct coop_batch *b)
{
    const struct governance_params *params = b->params;
    bool may_vote = seo_has(b, SEO_OPTION_RULE), decides = params->on && something_is_open(b);
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
        size_t item = params->agenda == AGENDA_STANDING ? draw_item(b, o) : 0;
        size_t rule = (size_t)coop_organisation(b, SEO_RULE, 0)[o];
        if (seo_has(b, SEO_OPTION_FORCE))
            decide_by_rule(b, o, rule);
        for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
            if (seo_shared(b)->variable[y].open && (params->agenda == AGENDA_ALL || y == item))
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
