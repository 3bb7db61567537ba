/* coopsim - GPL-3.0-or-later
 *
 * Learning (ODD 2, step 2).
 *
 *     standard skill          s_ik += (ln 5 / T_k) x_jk (1 - s_ik) - delta (1 - x_jk) s_ik
 *     non-standard know-how   z_i  += (ln 2 / 52) (A_i (1 - f/2) - z_i)
 *     competence              q_i   = sum e_k s_ik / sum e_k
 *
 * The first is linear in s: s' = keep s + gain, with coefficients fixed for a month. Whoever lacks
 * levels of the education that a kind requires gains slowing^(missing levels) of it. */
#include "models/seo/jobs.h"
#include "models/seo/status.h"
#include "sim/base/measure.h"

#define COOP_OWNER learning
#define SOURCE "ODD 2, step 2"
#define LEARNING_PARAMS(X)                                                                         \
    X(REAL, pace, "learning.pace", 1, 0, 10, "1", "0",                                             \
      "Pace of learning standard skills: 1 reaches 4/5 after the training time", SOURCE)           \
    X(REAL, forgetting, "learning.forgetting", .0025, 0, 1, "1/week", "0",                         \
      "Rate at which standard skills that one does not use fade, delta", SOURCE)                   \
    X(REAL, half_life, "learning.half_life", 52, 1, 100000, "week", NULL,                          \
      "Half-life of the adaptation of non-standard know-how to one's autonomy", SOURCE)
COOP_PARAMS(LEARNING_PARAMS)

enum { GAIN, KEEP, MEAN, OPENNESS, MEAN_AUTONOMY, OWN_GAIN, OWN_KEEP };
static const struct coop_field learning_fields[] = {
    {"learning_gain", COOP_WORKER_SCRATCH, COOP_F32, COOP_EACH_KIND, "1", "Weekly gain of skill"},
    {"learning_keep", COOP_WORKER_SCRATCH, COOP_F32, COOP_EACH_KIND, "1", "Skill kept in a week"},
    {"learning_mean", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "1", "A mean, to be spread"},
    {"learning_openness", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Room that rules leave, 1 - f/2"},
    {"learning_mean_autonomy", COOP_WORKER_SCRATCH, COOP_F32, 1, "1",
     "Mean autonomy of the organisation"},
    {"learning_own_gain", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Gain at one's education"},
    {"learning_own_keep", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Skill kept at one's education"}};

/* Spreads the organisation's mean of a worker array; for arrows that are cut. */
static void spread_mean(const struct coop_batch *b, const float *value, float *ret)
{
    double *mean = coop_organisation(b, b->own + MEAN, 0);
    coop_batch_mean(b, value, mean);
    coop_batch_spread(b, mean, ret);
}

static void learning_month(const struct coop_batch *b)
{
    const struct learning_params *params = b->params;
    bool cut = seo_is_cut(seo_shared(b), SEO_ARROW_job_skill);
    double *openness = coop_organisation(b, b->own + MEAN, 0);
    for (size_t o = 0; o < b->organisations; o++)
        openness[o] = 1 - coop_organisation(b, SEO_IN_FORCE, SEO_formalisation)[o] / 2;
    coop_batch_spread(b, openness, coop_worker(b, b->own + OPENNESS, 0));
    float forgetting = (float)params->forgetting;
    for (size_t k = 0; k < b->kinds; k++) {
        const double weeks = seo_shared(b)->tasks.training_weeks.value[k];
        float rate = (float)(params->pace * coop_log(5) / weeks);
        float *gain = coop_worker(b, b->own + GAIN, k);
        float *keep = coop_worker(b, b->own + KEEP, k);
        const float *share = coop_worker(b, SEO_SHARE, k);
        if (cut)
            spread_mean(b, share, gain);
        COOP_LANEWISE (i, b->lanes) {
            float x = cut ? gain[i] : share[i];
            gain[i] = rate * x;
            keep[i] = 1.0f - rate * x - forgetting * (1.0f - x);
        }
    }
}

/* z(0) is at its stationary mean: the mean A at W = 1/n times (1 - f/2) (ODD 7, persons). */
static void learning_settle(const struct coop_batch *b)
{
    const float *openness = coop_worker(b, b->own + OPENNESS, 0);
    float *mean = coop_worker(b, b->own + MEAN_AUTONOMY, 0);
    float *know = coop_worker(b, SEO_KNOW, 0);
    spread_mean(b, coop_worker(b, SEO_AUTONOMY, 0), mean);
    COOP_LANEWISE (i, b->lanes)
        know[i] = mean[i] * openness[i];
}

/* slowing^missing, where levels missing to what a kind requires are whole. */
static void find_paces(const struct coop_batch *b, size_t k, float ret_pace[SEO_LEVELS])
{
    double required = seo_shared(b)->tasks.education.value[k];
    for (size_t level = 0; level < SEO_LEVELS; level++) {
        double pace = 1;
        for (double reached = (double)level; reached < required; reached++)
            pace *= seo_shared(b)->status.slowing;
        ret_pace[level] = (float)pace;
    }
}

/* The coefficients of kind k at everybody's own education; persons may move in the month. */
static void find_own_coefficients(const struct coop_batch *b, size_t k, float *ret_gain,
                                  float *ret_keep)
{
    float pace[SEO_LEVELS];
    find_paces(b, k, pace);
    const float *gain = coop_worker(b, b->own + GAIN, k);
    const float *keep = coop_worker(b, b->own + KEEP, k);
    const uint32_t *status = coop_worker_u32(b, SEO_STATUS);
    COOP_LANEWISE (i, b->lanes) {
        float own = pace[seo_education(status[i])] * gain[i];
        ret_gain[i] = own;
        ret_keep[i] = keep[i] + (gain[i] - own);
    }
}

static void learn_standard(const struct coop_batch *b)
{
    bool educated = seo_has(b, SEO_OPTION_STATUS);
    float *own_gain = coop_worker(b, b->own + OWN_GAIN, 0);
    float *own_keep = coop_worker(b, b->own + OWN_KEEP, 0);
    float *competence = coop_worker(b, SEO_COMPETENCE, 0);
    for (size_t k = 0; k < b->kinds; k++) {
        float weight = seo_competence_weight(b, k);
        if (educated)
            find_own_coefficients(b, k, own_gain, own_keep);
        const float *gain = educated ? own_gain : coop_worker(b, b->own + GAIN, k);
        const float *keep = educated ? own_keep : coop_worker(b, b->own + KEEP, k);
        float *skill = coop_worker(b, SEO_SKILL, k);
        COOP_LANEWISE (i, b->lanes) {
            float s = coop_at_most(coop_at_least(skill[i] * keep[i] + gain[i], 0.0f), 1.0f);
            skill[i] = s;
            competence[i] = (k == 0 ? 0.0f : competence[i]) + weight * s;
        }
    }
}

static void learn_nonstandard(const struct coop_batch *b)
{
    const struct learning_params *params = b->params;
    const float *autonomy = coop_worker(b, SEO_AUTONOMY, 0);
    if (seo_is_cut(seo_shared(b), SEO_ARROW_autonomy_know)) {
        spread_mean(b, autonomy, coop_worker(b, b->own + MEAN_AUTONOMY, 0));
        autonomy = coop_worker(b, b->own + MEAN_AUTONOMY, 0);
    }
    float rate = (float)(coop_log(2) / params->half_life);
    const float *a = autonomy;
    const float *openness = coop_worker(b, b->own + OPENNESS, 0);
    float *know = coop_worker(b, SEO_KNOW, 0);
    COOP_LANEWISE (i, b->lanes)
        know[i] += rate * (a[i] * openness[i] - know[i]);
}

static void learning_act(const struct coop_batch *b)
{
    learn_standard(b);
    learn_nonstandard(b);
}

COOP_MECHANISM(learning) = {
    .name = "learning",
    .summary = "Jobs breed standard skills, autonomy breeds non-standard know-how",
    .source = SOURCE,
    .params = &learning_table,
    .fields = learning_fields,
    .field_count = sizeof learning_fields / sizeof *learning_fields,
    .month = learning_month,
    .settle = learning_settle,
    .act = learning_act,
};
