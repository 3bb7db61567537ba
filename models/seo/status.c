/* coopsim - GPL-3.0-or-later
 *
 * Status (ODD 2, steps 1 and 4): what the groups of a worker add to autonomy and voice, apart from
 * position, skill and standing.
 *
 *     l_if += gender.autonomy [gender group 1] + race.autonomy [race group 1], in every facet
 *     ln v_i += gender.voice [gender group 1] + race.voice [race group 1]
 *
 * What it adds to the score of vacancies is in allocation.c, what education does in learning.c, that
 * hired hands do not attend in association.c. */
#include "models/seo/jobs.h"
#include "models/seo/status.h"
#include "models/seo/verify.h"

/* Odds B r are against autonomy, so that a logit more divides them by e. */
static void status_derive(const struct coop_batch *b)
{
    float factor[SEO_GROUPS];
    if (!seo_status_odds(b, factor))
        return;
    const uint32_t *status = coop_worker_u32(b, SEO_STATUS);
    const float *odds0 = coop_worker(b, SEO_ODDS, 0);
    const float *odds1 = coop_worker(b, SEO_ODDS, 1);
    const float *odds2 = coop_worker(b, SEO_ODDS, 2);
    float *hindrance = coop_worker(b, SEO_HINDRANCE, 0);
    float *autonomy = coop_worker(b, SEO_AUTONOMY, 0);
    COOP_LANEWISE (i, b->lanes) {
        hindrance[i] *= factor[status[i] & (SEO_GROUPS - 1)];
        autonomy[i] = seo_autonomy(odds0[i], odds1[i], odds2[i], hindrance[i]);
    }
}

static void status_act(const struct coop_batch *b)
{
    float bias[SEO_GROUPS];
    bool voiceless = seo_shared(b)->twin == SEO_TWIN_VOICELESS;
    if (voiceless || !seo_status_bias(b, SEO_BIAS_VOICE, bias))
        return;
    const uint32_t *status = coop_worker_u32(b, SEO_STATUS);
    float *extra = coop_worker(b, SEO_VOICE_EXTRA, 0);
    COOP_LANEWISE (i, b->lanes)
        extra[i] += bias[status[i] & (SEO_GROUPS - 1)];
}

static uint32_t status_options(const void *shared, const void *params)
{
    (void)params;
    return seo_status_is_asked(shared) ? 1u << SEO_OPTION_STATUS : 0;
}

/* A bias between groups that do not exist is a mistake. */
static void status_verify_script(const struct coop_script *script, struct coop_problems *problems)
{
    static const char *const name[SEO_CATEGORIES][1 + SEO_BIAS_COUNT] = {
        {"gender.share", "gender.autonomy", "gender.voice", "gender.allocation"},
        {"race.share", "race.autonomy", "race.voice", "race.allocation"}};
    for (size_t c = 0; c < SEO_CATEGORIES; c++)
        for (size_t i = 1; i <= SEO_BIAS_COUNT; i++)
            seo_verify_needs_group(script, name[c][i], name[c][0], problems);
}

static void status_verify(const struct coop_param_set *set, struct coop_problems *problems)
{
    const struct seo_params *shared = coop_param_values(set, COOP_TABLE_MODEL);
    const struct coop_real_list *share = &shared->status.education;
    struct coop_place place = coop_param_place(set, "education.shares");
    double total = 0;
    for (size_t level = 0; level < share->count; level++)
        total += share->value[level];
    if (share->count != SEO_LEVELS)
        coop_problems_add(problems, place,
                          "education.shares has %zu values - give one for each of the levels 0, 1, "
                          "2 and 3",
                          share->count);
    else if (total < 1 - 1e-9 || total > 1 + 1e-9)
        coop_problems_add(problems, place,
                          "education.shares sum to %.10g - everybody has one level: let them sum "
                          "to 1",
                          total);
}

COOP_MECHANISM(status) = {
    .name = "status",
    .summary = "What the group of a worker adds to autonomy and voice",
    .source = SEO_SOURCE_STATUS,
    .options = status_options,
    .verify = status_verify,
    .verify_script = status_verify_script,
    .derive = status_derive,
    .act = status_act,
};
