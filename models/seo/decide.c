/* coopsim - GPL-3.0-or-later
 *
 * Counter-mechanisms put to the vote (ODD 2, step 7). From its first week on, and then every
 * `decide.every` weeks, the assembly votes whether a counter-mechanism acts until the next vote. Its
 * members have an ideal point for it as for the governed variables,
 *
 *     b_i = sig(c + k Pi + s zeta_i (1 - S) + u_i + N(0, .2)),   (c, s, k) = (-1, -1.5, -.5),
 *
 * without the pull of what exists, since a proposal is new; u_i ~ N(0, outlook.spread) is a lasting
 * leaning of the person on this proposal. After the assembly has convinced, whoever wants more than
 * `decide.threshold` votes yes. It passes if the ballots come to more than one half by the rule that
 * is in force. Outsiders vote no; neutral ones vote as the members' unweighted mean wish, and opposite
 * ones against it. */
#include "models/seo/ballots.h"
#include "models/seo/calendar.h"
#include "models/seo/counter.h"
#include "models/seo/jobs.h"
#include "models/seo/person.h"
#include "models/seo/verify.h"

#define COOP_OWNER decide
#define SOURCE "ODD 2, steps 5 and 7"
#define DECIDE_PARAMS(X)                                                                           \
    X(INTEGER, every, "decide.every", 52, 1, 10000, "week", NULL,                                  \
      "Weeks from one vote on a counter-mechanism or on the rule to the next", SOURCE)             \
    X(REAL, threshold, "decide.threshold", .25, 0, 1, "1", NULL,                                   \
      "Ideal point above which one is for a counter-mechanism", SOURCE)                            \
    X(REAL, intercept, "decide.intercept", -1, -10, 10, "logit", NULL,                             \
      "Members' ideal of a counter-mechanism apart from everything else, c", SOURCE)               \
    X(REAL, interest, "decide.interest", -1.5, -10, 10, "logit", "0",                              \
      "Weight of the position's interest in it, s", SOURCE)                                        \
    X(REAL, pressure, "decide.pressure", -.5, -10, 10, "logit", "0",                               \
      "Weight of market pressure in it, k", SOURCE)                                                \
    X(REAL, noise, "decide.noise", .2, 0, 5, "logit", "0",                                         \
      "Standard deviation of the momentary part of an ideal point", SOURCE)
COOP_PARAMS(DECIDE_PARAMS)
extern COOP_MECHANISM(decide);

int64_t seo_weeks_between_votes(const struct coop_batch *b)
{
    const struct decide_params *params =
        coop_batch_of(b, &COOP_ISA_NAME(coop_mechanism_decide)).params;
    return params->every;
}

/* Draws have the counter-mechanism's name, so that its place in the list changes none. */
static uint32_t leaning_purpose(uint32_t counter)
{
#define DECIDE_LEANING(X, name) coop_purpose("decide.leaning_" #name),
    const uint32_t purpose[] = {SEO_COUNTER_LIST(DECIDE_LEANING, )};
    return purpose[counter];
}

static uint32_t noise_purpose(uint32_t counter)
{
#define DECIDE_NOISE(X, name) coop_purpose("decide.noise_" #name),
    const uint32_t purpose[] = {SEO_COUNTER_LIST(DECIDE_NOISE, )};
    return purpose[counter];
}

/* u of the person on a proposal: always the same draw for the same person, who is known by the place
 * in the register and the week of joining. */
static float leaning(const struct coop_batch *b, size_t o, size_t slot, uint32_t counter)
{
    float normal = seo_normal(
        b->streams.population, leaning_purpose(counter), b->first_organisation + (uint32_t)o,
        coop_worker_u32(b, SEO_JOINED)[slot], coop_worker_u32(b, SEO_LABEL)[slot]);
    return (float)seo_shared(b)->outlook * normal;
}

static float momentary(const struct coop_batch *b, size_t o, size_t position, uint32_t counter)
{
    const struct decide_params *params = b->params;
    float normal = seo_normal(b->streams.dynamics, noise_purpose(counter),
                              b->first_organisation + (uint32_t)o, b->week, (uint32_t)position);
    return (float)params->noise * normal;
}

static void find_ideals(const struct coop_batch *b, size_t o, uint32_t counter)
{
    const struct decide_params *params = b->params;
    double pressure = coop_organisation(b, SEO_PRESSURE, 0)[o], center = seo_mean_empowerment(b, o);
    double stake = params->interest * (1 - coop_organisation(b, SEO_SOLIDARITY, 0)[o]);
    double base = params->intercept + params->pressure * pressure;
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        double empowerment = (double)coop_worker(b, SEO_EMPOWERMENT, 0)[i];
        double interest = (empowerment - center) / seo_shared(b)->interest_unit;
        coop_worker(b, SEO_IDEAL, SEO_PROPOSAL)[i] =
            coop_sigf((float)(base + stake * interest) + leaning(b, o, i, counter) +
                      momentary(b, o, p, counter));
    }
}

static bool passes(const struct coop_batch *b, size_t o)
{
    const struct decide_params *params = b->params;
    size_t rule = (size_t)coop_organisation(b, SEO_RULE, 0)[o];
    struct seo_ballots ballots;
    return seo_ballots_collect_votes(b, o, params->threshold, rule, &ballots) &&
           seo_ballots_count(b, rule, &ballots, NULL) > 0.5;
}

/* Keeps the first vote since the last record for whoever observes. */
static void note_vote(const struct coop_batch *b, size_t o, uint32_t counter, bool passed)
{
    double *first = &coop_organisation(b, SEO_FIRST_VOTES, 0)[o];
    if (seo_first_vote(*first, counter) == SEO_NO_VOTE)
        *first += (double)((uint64_t)1 << (2 * counter + passed));
}

static void vote_on(const struct coop_batch *b, size_t o, uint32_t counter)
{
    double *adopted = &coop_organisation(b, SEO_ADOPTED, 0)[o];
    uint64_t others = (uint64_t)*adopted & ~((uint64_t)1 << counter);
    find_ideals(b, o, counter);
    const bool passed = passes(b, o);
    *adopted = (double)(others | (uint64_t)passed << counter);
    note_vote(b, o, counter, passed);
}

static void decide_act(const struct coop_batch *b)
{
    const struct decide_params *params = b->params;
    for (uint32_t counter = 0; counter < SEO_COUNTER_COUNT; counter++) {
        const struct seo_counter_params *common = &seo_shared(b)->counter[counter];
        if (!common->on || !common->vote || b->week < common->start || b->week >= common->end ||
            (b->week - common->start) % params->every != 0)
            continue;
        for (size_t o = 0; o < b->organisations; o++)
            if (coop_organisation(b, SEO_ATTENDANCE, 0)[o] > 0)
                vote_on(b, o, counter);
    }
}

static uint32_t decide_options(const void *shared, const void *params)
{
    (void)params;
    for (size_t counter = 0; counter < SEO_COUNTER_COUNT; counter++)
        if (((const struct seo_params *)shared)->counter[counter].vote)
            return 1u << SEO_OPTION_DECIDE;
    return 0;
}

/* The rows that say when a counter-mechanism acts. */
struct rows {
    const char *on, *start, *end, *vote;
};

static const struct seo_counter_params *common_of(const struct coop_script *script, size_t set,
                                                  size_t counter)
{
    return &seo_shared_values(&script->set[set])->counter[counter];
}

/* Whether there is a week in which the set holds and the counter-mechanism is on, has begun and has
 * not ended. */
static bool may_act(const struct coop_script *script, size_t set, const void *counter)
{
    const struct seo_counter_params *common = common_of(script, set, *(const size_t *)counter);
    const size_t epoch = set / script->regimes;
    const int64_t begin = script->epoch[epoch].week, end = coop_script_epoch_end(script, epoch);
    return common->on && (begin > common->start ? begin : common->start) <
                             (end < common->end ? end : common->end);
}

static bool may_be_put(const struct coop_script *script, size_t set, const void *counter)
{
    return common_of(script, set, *(const size_t *)counter)->on;
}

static void refuse_idle(const struct coop_param_set *set, const struct seo_counter_params *common,
                        const struct rows *row, struct coop_problems *problems)
{
    if (common->start >= common->end)
        coop_problems_add(problems, coop_param_first_place(set, row->end, row->start),
                          "%s %lld is not after %s %lld, so that it never acts - raise %s, or "
                          "leave %s at false",
                          row->end, (long long)common->end, row->start, (long long)common->start,
                          row->end, row->on);
    else
        coop_problems_add(problems, coop_param_place(set, row->on),
                          "%s never holds in a week from %s %lld on and before %s %lld, so that it "
                          "never acts - change these weeks, or leave %s at false",
                          row->on, row->start, (long long)common->start, row->end,
                          (long long)common->end, row->on);
}

static void decide_verify_script(const struct coop_script *script, struct coop_problems *problems)
{
#define DECIDE_ROWS(X, name) {#name ".on", #name ".start", #name ".end", "decide." #name},
    static const struct rows row[] = {SEO_COUNTER_LIST(DECIDE_ROWS, )};
    for (size_t s = 0; s < coop_script_set_count(script); s++)
        for (size_t counter = 0; counter < SEO_COUNTER_COUNT; counter++) {
            const struct seo_counter_params *common = common_of(script, s, counter);
            if (common->on && !coop_script_acts(script, s, row[counter].on, may_act, &counter))
                refuse_idle(&script->set[s], common, &row[counter], problems);
            if (common->vote &&
                !coop_script_acts(script, s, row[counter].vote, may_be_put, &counter))
                coop_problems_add(problems, coop_param_place(&script->set[s], row[counter].vote),
                                  "%s would have no effect, what is not on is not proposed - set "
                                  "%s to true too, or leave %s at false",
                                  row[counter].vote, row[counter].on, row[counter].vote);
        }
}

COOP_MECHANISM(decide) = {
    .name = "decide",
    .summary = "The assembly votes on counter-mechanisms that are put to the vote",
    .source = SOURCE,
    .params = &decide_table,
    .options = decide_options,
    .verify_script = decide_verify_script,
    .act = decide_act,
};
