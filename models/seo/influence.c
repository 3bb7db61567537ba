/* coopsim - GPL-3.0-or-later
 *
 * Influence (ODD 2, step 4; Friedkin and Johnsen 1990). The voice of those present,
 *
 *     ln v_i = theta_R q_i + theta_Z z_i + theta_A tau_i + theta_G H g_j + theta_O ln(n U_j),
 *
 * with what other mechanisms add to it, and the formal votes w_i make, over the complete network,
 * p_i = (1 - xi) w_i + xi v_i / sum v. Where one listens rather to one's like see homophily.c.
 * Outsiders hold 1 - rho of the rights and leave kappa_d of it inside: the say of worker i is
 *
 *     P_i = rho p_i + (1 - rho) kappa_d v_i / sum v        (w_i for v_i / sum v if formal)
 *
 * and power among workers D_i = P_i / sum P. Memory: W += .05 (D - W), U_j += .01 (W - U_j), both
 * renormalised. Nobody comes, or nobody inside has say: D = W. */
#include "models/seo/force.h"
#include "models/seo/homophily.h"
#include "models/seo/rules/list.h"
#include "models/seo/status.h"
#include "models/seo/voice.h"

#define COOP_OWNER influence
#define SOURCE "ODD 2, step 4"
#define INFLUENCE_PARAMS(X)                                                                        \
    X(REAL, persuasiveness, "voice.persuasiveness", .3, 0, 100, "1", "0",                          \
      "Weight of persuasiveness, theta_A", SOURCE)                                                 \
    X(REAL, rank, "voice.rank", 1.5, 0, 100, "1", "0", "Weight of formal rank, theta_G", SOURCE)   \
    X(REAL, office, "voice.office", .5, 0, 100, "1", "0",                                          \
      "Weight of the authority settled on the position, theta_O", SOURCE)                          \
    X(REAL, memory, "standing.memory", .05, 0, 1, "1/week", NULL,                                  \
      "Rate at which standing follows power", SOURCE)                                              \
    X(REAL, office_memory, "office.memory", .01, 0, 1, "1/week", NULL,                             \
      "Rate at which authority settles on positions", SOURCE)
COOP_PARAMS(INFLUENCE_PARAMS)

enum { RANK_VOICE, SPREAD_A, SPREAD_B, VALUE_A, VALUE_B };
static const struct coop_field influence_fields[] = {
    {"influence_rank", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "theta_G H g"},
    {"influence_spread_a", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "A spread value"},
    {"influence_spread_b", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "A spread value"},
    {"influence_value_a", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "1", "A value to be spread"},
    {"influence_value_b", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "1", "A value to be spread"}};

/* What is silent: below every ln v, above the smallest float. */
#define SILENT (-1e30f)

/* Mechanisms add to it from 0; at a month's start it holds what another batch left. */
static void clear_extra(const struct coop_batch *b)
{
    memset(coop_worker(b, SEO_VOICE_EXTRA, 0), 0, b->lanes * sizeof(float));
}

static void influence_month(const struct coop_batch *b)
{
    const struct influence_params *params = b->params;
    float theta = seo_voice_weight(seo_shared(b), params->rank, SEO_ARROW_rank_voice);
    float *voice = coop_worker(b, b->own + RANK_VOICE, 0);
    const float *rank = coop_worker(b, SEO_RANK, 0);
    coop_batch_spread(b, coop_organisation(b, SEO_IN_FORCE, SEO_hierarchy), voice);
    COOP_LANEWISE (i, b->lanes)
        voice[i] *= theta * rank[i];
    if (seo_voice_is_changed(seo_shared(b)))
        clear_extra(b);
}

/* ln v of those present. */
static void find_words(const struct coop_batch *b)
{
    const struct influence_params *params = b->params;
    const struct seo_params *shared = seo_shared(b);
    float skill = seo_voice_weight(shared, shared->voice_skill, SEO_ARROW_skill_voice);
    float knowing = seo_voice_weight(shared, shared->voice_know, SEO_ARROW_know_voice);
    float office_weight = seo_voice_weight(shared, params->office, SEO_ARROW_office_voice);
    float tau = shared->twin == SEO_TWIN_VOICELESS ? 0.0f : (float)params->persuasiveness;
    const float *competence = coop_worker(b, SEO_COMPETENCE, 0);
    const float *know = seo_known(b);
    const float *persuasiveness = coop_worker(b, SEO_PERSUASIVENESS, 0);
    const float *rank = coop_worker(b, b->own + RANK_VOICE, 0);
    const float *office = coop_worker(b, SEO_OFFICE, 0);
    const float *present = coop_worker(b, SEO_PRESENT, 0);
    float *voice = coop_worker(b, SEO_VOICE, 0);
    COOP_LANEWISE (i, b->lanes) {
        float words = skill * competence[i] + knowing * know[i] + tau * persuasiveness[i] +
                      rank[i] + office_weight * coop_logf(coop_at_least(office[i], SEO_LOG_FLOOR));
        voice[i] = present[i] > 0.0f ? words : SILENT;
    }
}

/* What mechanisms before this one add to ln v; the absent stay silent. */
static void add_extra(const struct coop_batch *b)
{
    const float *extra = coop_worker(b, SEO_VOICE_EXTRA, 0);
    float *voice = coop_worker(b, SEO_VOICE, 0);
    COOP_LANEWISE (i, b->lanes)
        voice[i] += extra[i];
    clear_extra(b);
}

/* v, scaled so that the loudest has 1: the largest ln v is subtracted first. */
static void speak(const struct coop_batch *b)
{
    double *largest = coop_organisation(b, b->own + VALUE_A, 0);
    float *voice = coop_worker(b, SEO_VOICE, 0);
    coop_batch_largest(b, voice, largest);
    coop_batch_spread(b, largest, coop_worker(b, b->own + SPREAD_A, 0));
    const float *loudest = coop_worker(b, b->own + SPREAD_A, 0);
    const float *present = coop_worker(b, SEO_PRESENT, 0);
    COOP_LANEWISE (i, b->lanes)
        voice[i] = present[i] * coop_expf(voice[i] - loudest[i]);
}

/* nD = by_vote w + by_voice v: the two factors of each organisation, so that sum D = 1, and the
 * workers' say sum P; all 0 where there is no assembly. They come as the sums of w and v. Returns
 * whether all met. */
static bool shares_of_say(const struct coop_batch *b, double *by_vote, double *by_voice,
                          double *say)
{
    const struct seo_params *shared = seo_shared(b);
    double rho = shared->workers, xi = shared->susceptibility;
    double left = (1 - rho) * shared->left, all_say = rho + left;
    double vote = rho * (1 - xi) + (shared->formal ? left : 0);
    double convinced = rho * xi + (shared->formal ? 0 : left);
    const double *present = coop_organisation(b, SEO_ATTENDANCE, 0);
    int32_t missing = 0;
    COOP_LANEWISE (o, b->organisations) {
        double n = (double)(int32_t)b->size[o], votes = by_vote[o];
        bool meets = present[o] > 0 && all_say > 0;
        by_vote[o] = meets ? n * vote / all_say / votes : 0;
        by_voice[o] = meets ? n * convinced / all_say / by_voice[o] : 0;
        say[o] = meets ? all_say : 0;
        missing += meets ? 0 : 1;
    }
    return missing == 0;
}

/* Formal votes w, but for their scale: of those present, or by proxy of all members. */
static const float *formal_votes(const struct coop_batch *b)
{
    float *vote = coop_worker(b, SEO_POWER, 0);
    if (!seo_shared(b)->proxy)
        return coop_worker(b, SEO_PRESENT, 0);
    COOP_LANEWISE (i, b->lanes)
        vote[i] = 1.0f;
    for (size_t i = 0; seo_has(b, SEO_OPTION_STATUS) && i < b->workers; i++)
        vote[i] = seo_is_hired(b, i) ? 0.0f : 1.0f;
    return vote;
}

/* The factor of v by groups: where workers convince workers, rho xi, it counts who listens to whom. */
static void share_by_group(const struct coop_batch *b, size_t o, const float *vote,
                           float *ret_factor)
{
    const struct seo_params *shared = seo_shared(b);
    double left = shared->formal ? 0 : (1 - shared->workers) * shared->left, reach[SEO_GROUPS];
    double voices = seo_homophily_reach(b, o, vote, reach);
    double unit = (double)b->size[o] / coop_organisation(b, SEO_SAY, 0)[o] / voices;
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        double convinced = shared->workers * shared->susceptibility * reach[seo_group(b, i)];
        ret_factor[i] = (float)((convinced + left) * unit);
    }
}

/* Power nD of the week: of an organisation that did not meet it is its standing nW. */
static void share_power(const struct coop_batch *b)
{
    double *by_vote = coop_organisation(b, b->own + VALUE_A, 0);
    double *by_voice = coop_organisation(b, b->own + VALUE_B, 0);
    double *say = coop_organisation(b, SEO_SAY, 0);
    coop_batch_sum(b, coop_worker(b, SEO_VOICE, 0), by_voice);
    for (size_t o = 0; o < b->organisations; o++)
        by_vote[o] = seo_shared(b)->proxy ? (double)seo_members(b, o)
                                          : coop_organisation(b, SEO_ATTENDANCE, 0)[o];
    bool all_met = shares_of_say(b, by_vote, by_voice, say);
    coop_batch_spread(b, by_vote, coop_worker(b, b->own + SPREAD_A, 0));
    coop_batch_spread(b, by_voice, coop_worker(b, b->own + SPREAD_B, 0));
    const float *vote = formal_votes(b);
    bool like = seo_homophily_acts(b);
    for (size_t o = 0; like && o < b->organisations; o++)
        if (say[o] > 0)
            share_by_group(b, o, vote, coop_worker(b, b->own + SPREAD_B, 0));
    const float *vote_factor = coop_worker(b, b->own + SPREAD_A, 0);
    const float *voice_factor = coop_worker(b, b->own + SPREAD_B, 0);
    const float *voice = coop_worker(b, SEO_VOICE, 0);
    float *power = coop_worker(b, SEO_POWER, 0);
    COOP_LANEWISE (i, b->lanes)
        power[i] = vote_factor[i] * vote[i] + voice_factor[i] * voice[i];
    for (size_t o = 0; !all_met && o < b->organisations; o++)
        for (size_t p = 0; say[o] == 0 && p < b->size[o]; p++)
            power[coop_slot(b, o, p)] = coop_worker(b, SEO_STANDING, 0)[coop_slot(b, o, p)];
}

/* share += rate (target - share), floored and renormalised to a mean of 1. */
static void remember(const struct coop_batch *b, double memory, const float *target, float *share)
{
    float rate = (float)memory;
    double *scale = coop_organisation(b, b->own + VALUE_A, 0);
    COOP_LANEWISE (i, b->lanes)
        share[i] = coop_at_least(share[i] + rate * (target[i] - share[i]), SEO_SHARE_FLOOR);
    coop_batch_sum(b, share, scale);
    COOP_LANEWISE (o, b->organisations)
        scale[o] = (double)(int32_t)b->size[o] / scale[o];
    coop_batch_scale(b, scale, share);
}

static void note_say(const struct coop_batch *b)
{
    const double *present = coop_organisation(b, SEO_ATTENDANCE, 0);
    const double *say = coop_organisation(b, SEO_SAY, 0);
    double *say_sum = coop_organisation(b, SEO_SAY_SUM, 0);
    double *say_weeks = coop_organisation(b, SEO_SAY_WEEKS, 0);
    COOP_LANEWISE (o, b->organisations) {
        say_sum[o] += say[o];
        say_weeks[o] += present[o] > 0 ? 1 : 0;
    }
}

static void influence_act(const struct coop_batch *b)
{
    const struct influence_params *params = b->params;
    find_words(b);
    if (seo_voice_is_changed(seo_shared(b)))
        add_extra(b);
    speak(b);
    share_power(b);
    for (size_t o = 0; seo_has(b, SEO_OPTION_FORCE) && o < b->organisations; o++)
        if (coop_organisation(b, SEO_RULE, 0)[o] != SEO_RULE_mean)
            seo_force_share(b, o);
    note_say(b);
    float *standing = coop_worker(b, SEO_STANDING, 0);
    remember(b, params->memory, coop_worker(b, SEO_POWER, 0), standing);
    remember(b, params->office_memory, standing, coop_worker(b, SEO_OFFICE, 0));
}

COOP_MECHANISM(influence) = {
    .name = "influence",
    .summary = "Who convinces in the assembly has power, and power is remembered",
    .source = SOURCE "; Friedkin and Johnsen (1990), doi:10.1080/0022250X.1990.9990069",
    .params = &influence_table,
    .fields = influence_fields,
    .field_count = sizeof influence_fields / sizeof *influence_fields,
    .month = influence_month,
    .act = influence_act,
};
