/* coopsim - GPL-3.0-or-later
 *
 * Homophily (ODD 2, step 4; McPherson, Smith-Lovin and Cook 2001). In the assembly worker i listens
 * to l with the weight
 *
 *     Lambda_il ~ v_l h(i, l),   h = exp(homophily.gender [same gender] + homophily.race [same race]),
 *
 * rows summing to 1, and p = (1 - xi) w + xi Lambda' p. Only the sums P_a of p over the groups a of
 * listeners matter: with Z_a = sum_l v_l h(a, l),
 *
 *     p_l = (1 - xi) w_l + xi v_l sum_a P_a h(a, l) / Z_a.
 *
 * Summed over a group this says that P is the stationary distribution of a chain from group a to b
 * with the probabilities (1 - xi) w_b + xi V_b h(a, b) / Z_a, where w_b and V_b are the groups' votes
 * and voices. It is found by elimination without subtractions (Grassmann, Taksar and Heyman 1985),
 * which is exact to rounding at xi = 1 too, where the votes no longer matter: every voice reaches
 * every group, so that there is one solution. */
#include "models/seo/homophily.h"
#include "models/seo/status.h"
#include "models/seo/verify.h"

#define COOP_OWNER homophily
#define SOURCE                                                                                     \
    "ODD 2, step 4; McPherson, Smith-Lovin and Cook (2001), doi:10.1146/annurev.soc.27.1.415"
#define HOMOPHILY_PARAMS(X)                                                                        \
    X(REAL, same[SEO_GENDER], "homophily.gender", 0, -10, 10, "1", "0",                            \
      "Log weight that one's own gender group adds to a voice for the listener", SOURCE)           \
    X(REAL, same[SEO_RACE], "homophily.race", 0, -10, 10, "1", "0",                                \
      "Log weight that one's own race group adds to a voice for the listener", SOURCE)
struct homophily_params {
    double same[SEO_CATEGORIES];
};
COOP_PARAM_TABLE(HOMOPHILY_PARAMS)

extern COOP_MECHANISM(homophily);

static const struct homophily_params *params_of(const struct coop_batch *b)
{
    return coop_batch_of(b, &COOP_ISA_NAME(coop_mechanism_homophily)).params;
}

bool seo_homophily_acts(const struct coop_batch *b)
{
    const struct homophily_params *params = params_of(b);
    for (size_t c = 0; c < SEO_CATEGORIES; c++)
        if (seo_has(b, SEO_OPTION_STATUS) && params->same[c] != 0)
            return true;
    return false;
}

/* h(a, b) of the groups. */
static void find_ties(const struct homophily_params *params, double ret[SEO_GROUPS][SEO_GROUPS])
{
    for (size_t from = 0; from < SEO_GROUPS; from++)
        for (size_t to = 0; to < SEO_GROUPS; to++) {
            double tie = 0;
            for (size_t c = 0; c < SEO_CATEGORIES; c++)
                tie += ((from ^ to) >> c & 1) == 0 ? params->same[c] : 0;
            ret[from][to] = coop_exp(tie);
        }
}

/* Sums of a value in the groups of organisation o. */
static void sum_groups(const struct coop_batch *b, size_t o, const float *value,
                       double ret[SEO_GROUPS])
{
    for (size_t group = 0; group < SEO_GROUPS; group++)
        ret[group] = 0;
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        ret[seo_group(b, i)] += (double)value[i];
    }
}

static double total_of(const double group[SEO_GROUPS])
{
    return (group[0] + group[1]) + (group[2] + group[3]);
}

/* The groups, first the one of most voice, which every group listens to. */
static void order_groups(const double voices[SEO_GROUPS], size_t ret[SEO_GROUPS])
{
    size_t loudest = 0;
    for (size_t group = 1; group < SEO_GROUPS; group++)
        loudest = voices[group] > voices[loudest] ? group : loudest;
    for (size_t group = 0; group < SEO_GROUPS; group++)
        ret[group] = group == loudest ? 0 : group;
    ret[0] = loudest;
}

/* The stationary distribution of a chain with probabilities `go` from row to column, in which every
 * state goes to state 0; overwrites `go`. */
static void find_stationary(double go[SEO_GROUPS][SEO_GROUPS], double ret[SEO_GROUPS])
{
    double total = 1;
    for (size_t k = SEO_GROUPS - 1; k > 0; k--) {
        double down = 0;
        for (size_t j = 0; j < k; j++)
            down += go[k][j];
        for (size_t i = 0; i < k; i++) {
            go[i][k] /= down;
            for (size_t j = 0; j < k; j++)
                go[i][j] += go[i][k] * go[k][j];
        }
    }
    ret[0] = 1;
    for (size_t k = 1; k < SEO_GROUPS; k++) {
        ret[k] = 0;
        for (size_t i = 0; i < k; i++)
            ret[k] += ret[i] * go[i][k];
        total += ret[k];
    }
    for (size_t k = 0; k < SEO_GROUPS; k++)
        ret[k] /= total;
}

double seo_homophily_reach(const struct coop_batch *b, size_t o, const float *vote,
                           double ret_reach[SEO_GROUPS])
{
    double tie[SEO_GROUPS][SEO_GROUPS], go[SEO_GROUPS][SEO_GROUPS], share[SEO_GROUPS];
    double voices[SEO_GROUPS], votes[SEO_GROUPS], heard[SEO_GROUPS];
    double xi = seo_shared(b)->susceptibility;
    size_t order[SEO_GROUPS];
    find_ties(params_of(b), tie);
    sum_groups(b, o, coop_worker(b, SEO_VOICE, 0), voices);
    sum_groups(b, o, vote, votes);
    order_groups(voices, order);
    double all_voices = total_of(voices), all_votes = total_of(votes);
    for (size_t from = 0; from < SEO_GROUPS; from++) {
        heard[from] = 0;
        for (size_t to = 0; to < SEO_GROUPS; to++)
            heard[from] += voices[to] * tie[from][to];
    }
    for (size_t i = 0; i < SEO_GROUPS; i++)
        for (size_t j = 0; j < SEO_GROUPS; j++) {
            size_t from = order[i], to = order[j];
            go[i][j] =
                (1 - xi) * votes[to] / all_votes + xi * voices[to] * tie[from][to] / heard[from];
        }
    find_stationary(go, share);
    for (size_t to = 0; to < SEO_GROUPS; to++) {
        ret_reach[to] = 0;
        for (size_t i = 0; i < SEO_GROUPS; i++)
            ret_reach[to] += share[i] * tie[order[i]][to] / heard[order[i]] * all_voices;
    }
    return all_voices;
}

/* Where ballots are cast the assembly convinces without regard to groups (ballots.h): under other
 * rules than the mean, and where a counter-mechanism is put to the vote. */
static void refuse_ballots(const struct coop_param_set *set, const char *name,
                           struct coop_problems *problems)
{
    const struct seo_params *shared = seo_shared_values(set);
    bool votes = false;
    for (size_t rule = 0; rule < SEO_RULE_COUNT; rule++)
        votes = votes || (rule != SEO_RULE_mean && seo_rule_may_act(set, rule));
    for (size_t counter = 0; counter < SEO_COUNTER_COUNT; counter++)
        votes = votes || shared->counter[counter].vote;
    if (votes)
        coop_problems_add(problems, coop_param_place(set, name),
                          "%s is for assemblies that decide by the mean rule and put no "
                          "counter-mechanism to the vote - leave it at 0, or governance.rule at "
                          "'mean' and sortition.on and decide.* at false",
                          name);
}

static void homophily_verify(const struct coop_param_set *set, struct coop_problems *problems)
{
    static const char *const name[SEO_CATEGORIES] = {"homophily.gender", "homophily.race"};
    for (size_t c = 0; c < SEO_CATEGORIES; c++)
        if (coop_param_real(set, name[c]) != 0)
            refuse_ballots(set, name[c], problems);
}

static void homophily_verify_script(const struct coop_script *script,
                                    struct coop_problems *problems)
{
    seo_verify_needs_group(script, "homophily.gender", "gender.share", problems);
    seo_verify_needs_group(script, "homophily.race", "race.share", problems);
}

COOP_MECHANISM(homophily) = {
    .name = "homophily",
    .summary = "Listening in the assembly rather to one's like",
    .source = SOURCE,
    .params = &homophily_table,
    .verify = homophily_verify,
    .verify_script = homophily_verify_script,
};
