/* coopsim - GPL-3.0-or-later
 *
 * How autonomy is dispersed (ODD 4). Primary is the standard deviation of logit A; Gini and
 * standard deviation of A stand beside it, since they can disagree. A facet's logit is
 * -ln B_f - ln r, as in autonomy.c; potential autonomy leaves out the effect of standing, r = 1 but
 * for status. */
#include "models/seo/jobs.h"
#include "models/seo/status.h"

enum { VALUE, RANKS, SPARE, TOTAL, RESULT };
static const struct coop_field autonomy_fields[] = {
    {"autonomy_value", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "A value of each worker"},
    {"autonomy_rank", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Its rank, or other values"},
    {"autonomy_spare", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Any values"},
    {"autonomy_total", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "1", "A total or mean"},
    {"autonomy_result", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "1", "A measure"}};

enum { LOGIT_SD, SD, GINI, MEAN, SPEED, INTENSITY, MEANS, POTENTIAL, WITHIN, BETWEEN = 10 };

/* Theil's T over all workers = within + between organisations:
 * within = sum n mu T_i / sum n mu, between = sum n mu ln(mu / mean) / sum n mu. */
static double pool_sum(const struct coop_pool *pool, bool between)
{
    double workers = 0, autonomy = 0, total = 0;
    for (size_t o = 0; o < pool->organisations; o++) {
        workers += (double)pool->size[o];
        autonomy += (double)pool->size[o] * (double)pool->value[1][o];
    }
    for (size_t o = 0; o < pool->organisations; o++) {
        double mu = (double)pool->value[1][o];
        double term = between ? coop_log(mu * workers / autonomy) : (double)pool->value[0][o];
        total += (double)pool->size[o] * mu * term;
    }
    return total / autonomy;
}

static double pool_within(const struct coop_pool *pool)
{
    return pool_sum(pool, false);
}

static double pool_between(const struct coop_pool *pool)
{
    return pool_sum(pool, true);
}

static const struct coop_measure autonomy_measures[] = {
    {.name = "autonomy_logit_sd",
     .unit = "logit",
     .formula = "sd(logit A), divisor n",
     .summary = "Dispersion of autonomy: standard deviation of its logit (primary)",
     .min = 0,
     .max = NAN,
     .neutral = 0},
    {.name = "autonomy_sd",
     .unit = "1",
     .formula = "sd(A), divisor n",
     .summary = "Standard deviation of autonomy",
     .min = 0,
     .max = .5,
     .neutral = 0},
    {.name = "autonomy_gini",
     .unit = "1",
     .formula = "Gini(A), divisor n",
     .summary = "Gini coefficient of autonomy",
     .min = 0,
     .max = 1,
     .neutral = 0},
    {.name = "autonomy_mean",
     .unit = "1",
     .formula = "mean(A)",
     .summary = "Mean autonomy",
     .min = 0,
     .max = 1,
     .neutral = NAN},
    {.name = "speed_logit_sd",
     .unit = "logit",
     .formula = "sd(l_speed), divisor n",
     .summary = "Dispersion of the control over one's speed",
     .min = 0,
     .max = NAN,
     .neutral = 0},
    {.name = "intensity_logit_sd",
     .unit = "logit",
     .formula = "sd(l_intensity), divisor n",
     .summary = "Dispersion of the control over one's intensity",
     .min = 0,
     .max = NAN,
     .neutral = 0},
    {.name = "means_logit_sd",
     .unit = "logit",
     .formula = "sd(l_means), divisor n",
     .summary = "Dispersion of the control over one's means of work",
     .min = 0,
     .max = NAN,
     .neutral = 0},
    {.name = "potential_logit_sd",
     .unit = "logit",
     .formula = "sd(logit A°), divisor n",
     .summary = "Dispersion of potential autonomy, without what standing adds",
     .min = 0,
     .max = NAN,
     .neutral = 0},
    {.name = "autonomy_theil_within",
     .unit = "1",
     .formula = "sum n mu T / sum n mu",
     .summary = "Theil index of autonomy within organisations",
     .min = 0,
     .max = NAN,
     .neutral = 0,
     .components = 2,
     .pool = pool_within},
    {.name = "autonomy_theil_between",
     .unit = "1",
     .formula = "sum n mu ln(mu / mean) / sum n mu",
     .summary = "Theil index of autonomy between organisations",
     .min = 0,
     .max = NAN,
     .neutral = 0,
     .components = 2,
     .pool = pool_between},
};

static void give(const struct coop_batch *b, const double *value, float *ret)
{
    for (size_t o = 0; o < b->organisations; o++)
        ret[o] = (float)value[o];
}

static void deviations(const struct coop_batch *b, const float *value, float *ret)
{
    double *total = coop_organisation(b, b->own + TOTAL, 0);
    double *result = coop_organisation(b, b->own + RESULT, 0);
    coop_batch_deviation(b, value, coop_worker(b, b->own + SPARE, 0), total, result);
    give(b, result, ret);
}

static void dispersion_of_logit(const struct coop_batch *b, const float *a, float *ret)
{
    float *value = coop_worker(b, b->own + VALUE, 0);
    COOP_LANEWISE (i, b->lanes)
        value[i] = coop_logf(a[i] / (1.0f - a[i]));
    deviations(b, value, ret);
}

static void dispersion_of_facet(const struct coop_batch *b, size_t facet, float *ret)
{
    float *value = coop_worker(b, b->own + VALUE, 0);
    const float *odds = coop_worker(b, SEO_ODDS, facet);
    const float *hindrance = coop_worker(b, SEO_HINDRANCE, 0);
    COOP_LANEWISE (i, b->lanes)
        value[i] = -coop_logf(odds[i] * hindrance[i]);
    deviations(b, value, ret);
}

static void potential_autonomy(const struct coop_batch *b, float *ret)
{
    const float *odds0 = coop_worker(b, SEO_ODDS, 0);
    const float *odds1 = coop_worker(b, SEO_ODDS, 1);
    const float *odds2 = coop_worker(b, SEO_ODDS, 2);
    float factor[SEO_GROUPS];
    const uint32_t *status = seo_status_odds(b, factor) ? coop_worker_u32(b, SEO_STATUS) : NULL;
    COOP_LANEWISE (i, b->lanes) {
        float r = status != NULL ? factor[status[i] & (SEO_GROUPS - 1)] : 1.0f;
        ret[i] = seo_autonomy(odds0[i], odds1[i], odds2[i], r);
    }
}

/* Theil's T = mean(A / mu ln(A / mu)) within organisations, given their mean autonomy. */
static void theil(const struct coop_batch *b, const double *mean, float *ret)
{
    const float *autonomy = coop_worker(b, SEO_AUTONOMY, 0);
    float *center = coop_worker(b, b->own + SPARE, 0), *value = coop_worker(b, b->own + VALUE, 0);
    double *result = coop_organisation(b, b->own + RESULT, 0);
    coop_batch_spread(b, mean, center);
    COOP_LANEWISE (i, b->lanes) {
        float share = autonomy[i] / center[i];
        value[i] = share * coop_logf(share);
    }
    coop_batch_mean(b, value, result);
    give(b, result, ret);
}

static void gini_and_theil(const struct coop_batch *b, float *const *ret)
{
    const float *autonomy = coop_worker(b, SEO_AUTONOMY, 0);
    float *rank = coop_worker(b, b->own + RANKS, 0);
    double *total = coop_organisation(b, b->own + TOTAL, 0);
    double *result = coop_organisation(b, b->own + RESULT, 0);
    seo_rank(b, autonomy, rank);
    coop_batch_gini(b, autonomy, rank, coop_worker(b, b->own + SPARE, 0), total, result);
    give(b, result, ret[GINI]);
    coop_batch_mean(b, autonomy, total);
    give(b, total, ret[MEAN]);
    theil(b, total, ret[WITHIN]);
    give(b, total, ret[WITHIN + 1]);
    memcpy(ret[BETWEEN], ret[WITHIN], b->organisations * sizeof(float));
    memcpy(ret[BETWEEN + 1], ret[WITHIN + 1], b->organisations * sizeof(float));
}

static void autonomy_observe(const struct coop_batch *b, float *const *ret)
{
    const float *autonomy = coop_worker(b, SEO_AUTONOMY, 0);
    float *potential = coop_worker(b, b->own + RANKS, 0);
    dispersion_of_logit(b, autonomy, ret[LOGIT_SD]);
    deviations(b, autonomy, ret[SD]);
    for (size_t facet = 0; facet < SEO_FACETS; facet++)
        dispersion_of_facet(b, facet, ret[SPEED + facet]);
    potential_autonomy(b, potential);
    dispersion_of_logit(b, potential, ret[POTENTIAL]);
    gini_and_theil(b, ret);
}

COOP_OBSERVER(autonomy_measures) = {
    .name = "autonomy_measures",
    .summary = "How autonomy is dispersed",
    .fields = autonomy_fields,
    .field_count = sizeof autonomy_fields / sizeof *autonomy_fields,
    .measures = autonomy_measures,
    .measure_count = sizeof autonomy_measures / sizeof *autonomy_measures,
    .observe = autonomy_observe,
};
