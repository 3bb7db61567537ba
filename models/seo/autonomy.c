/* coopsim - GPL-3.0-or-later
 *
 * Autonomy (ODD 2, step 1), by facet f of speed, intensity and means:
 *
 *     l_if = logit(a_jf) - mu_f m (1 - E_j) - phi_f f - eta_f H (1 - g_j) + psi ln(n W_i)
 *     A_if = sig(l_if) = 1 / (1 + B_f r),   B_f = exp(-l at nW = 1),  r = (nW)^-psi
 *
 * B changes with the structure, once a month; r with standing, every week. What status adds to l is
 * in status.c. */
#include "models/seo/autonomy.h"
#include "models/seo/jobs.h"

#define COOP_OWNER autonomy
#define SOURCE "ODD 2, step 1"
#define AUTONOMY_PARAMS(X)                                                                         \
    X(REAL, technology[0], "technology.speed", 1.5, 0, 20, "logit", "0",                           \
      "How much machines take away of the control over one's speed, mu", SOURCE)                   \
    X(REAL, technology[1], "technology.intensity", 1.2, 0, 20, "logit", "0",                       \
      "How much machines take away of the control over one's intensity, mu", SOURCE)               \
    X(REAL, technology[2], "technology.means", .8, 0, 20, "logit", "0",                            \
      "How much machines take away of the control over one's means of work, mu", SOURCE)           \
    X(REAL, technology_enabling, "technology.enabling", 0, 0, 1, "1", NULL,                        \
      "Scales mu by 1 - 2 enabling: 0 deskilling, 1 skill-using technology", SOURCE)               \
    X(REAL, rules[0], "formalisation.speed", .6, 0, 20, "logit", "0",                              \
      "How much rules take away of the control over one's speed, phi", SOURCE)                     \
    X(REAL, rules[1], "formalisation.intensity", .6, 0, 20, "logit", "0",                          \
      "How much rules take away of the control over one's intensity, phi", SOURCE)                 \
    X(REAL, rules[2], "formalisation.means", 1.4, 0, 20, "logit", "0",                             \
      "How much rules take away of the control over one's means of work, phi", SOURCE)             \
    X(REAL, rules_enabling, "formalisation.enabling", 0, 0, 1, "1", NULL,                          \
      "Scales phi by 1 - 2 enabling: 0 coercive, 1 enabling rules", SOURCE)                        \
    X(REAL, orders[0], "hierarchy.speed", .8, 0, 20, "logit", "0",                                 \
      "How much a rank below the top takes away of the control over one's speed, eta", SOURCE)     \
    X(REAL, orders[1], "hierarchy.intensity", .8, 0, 20, "logit", "0",                             \
      "How much a rank below the top takes away of the control over one's intensity, eta", SOURCE) \
    X(REAL, orders[2], "hierarchy.means", .8, 0, 20, "logit", "0",                                 \
      "How much a rank below the top takes away of the control over one's means, eta", SOURCE)     \
    X(REAL, standing, "autonomy.standing", .5, 0, 20, "logit", "0",                                \
      "How much standing widens one's own autonomy, psi", SOURCE)
COOP_PARAM_TABLE(AUTONOMY_PARAMS)

enum { MECHANISATION, FORMALISATION, HIERARCHY, LOSS_COUNT };
static const struct coop_field autonomy_fields[] = {{"autonomy_structure", COOP_WORKER_SCRATCH,
                                                     COOP_F32, LOSS_COUNT, "1",
                                                     "m, f and H in force, for every worker"}};

static void autonomy_month(const struct coop_batch *b)
{
    const struct autonomy_params *params = b->params;
    const enum seo_variable variable[LOSS_COUNT] = {SEO_mechanisation, SEO_formalisation,
                                                    SEO_hierarchy};
    for (size_t loss = 0; loss < LOSS_COUNT; loss++)
        coop_batch_spread(b, coop_organisation(b, SEO_IN_FORCE, variable[loss]),
                          coop_worker(b, b->own, loss));
    const float *m = coop_worker(b, b->own, MECHANISATION);
    const float *f = coop_worker(b, b->own, FORMALISATION);
    const float *h = coop_worker(b, b->own, HIERARCHY);
    const float *empowerment = coop_worker(b, SEO_EMPOWERMENT, 0);
    const float *rank = coop_worker(b, SEO_RANK, 0);
    const struct seo_tasks *tasks = &seo_shared(b)->tasks;
    const struct coop_real_list *potential[SEO_FACETS] = {&tasks->speed, &tasks->intensity,
                                                          &tasks->means};
    for (size_t facet = 0; facet < SEO_FACETS; facet++) {
        float technology =
            (float)(params->technology[facet] * (1 - 2 * params->technology_enabling));
        float rules = (float)(params->rules[facet] * (1 - 2 * params->rules_enabling));
        float orders = (float)params->orders[facet];
        float *odds = coop_worker(b, SEO_ODDS, facet);
        seo_job_mean(b, potential[facet]->value, odds);
        COOP_LANEWISE (i, b->lanes) {
            float a = odds[i];
            float loss = technology * m[i] * (1.0f - empowerment[i]) + rules * f[i] +
                         orders * h[i] * (1.0f - rank[i]);
            odds[i] = (1.0f - a) / a * coop_expf(loss);
        }
    }
}

static void autonomy_derive(const struct coop_batch *b)
{
    const struct autonomy_params *params = b->params;
    float psi =
        seo_is_cut(seo_shared(b), SEO_ARROW_standing_autonomy) ? 0.0f : (float)params->standing;
    const float *standing = coop_worker(b, SEO_STANDING, 0);
    const float *odds0 = coop_worker(b, SEO_ODDS, 0);
    const float *odds1 = coop_worker(b, SEO_ODDS, 1);
    const float *odds2 = coop_worker(b, SEO_ODDS, 2);
    float *log_standing = coop_worker(b, SEO_LOG_STANDING, 0);
    float *hindrance = coop_worker(b, SEO_HINDRANCE, 0);
    float *autonomy = coop_worker(b, SEO_AUTONOMY, 0);
    /* Loops of their own: the processor works on several steps of a short one at once. */
    COOP_LANEWISE (i, b->lanes)
        log_standing[i] = coop_logf(coop_at_least(standing[i], SEO_LOG_FLOOR));
    COOP_LANEWISE (i, b->lanes)
        hindrance[i] = coop_expf(-psi * log_standing[i]);
    COOP_LANEWISE (i, b->lanes)
        autonomy[i] = seo_autonomy(odds0[i], odds1[i], odds2[i], hindrance[i]);
}

COOP_MECHANISM(autonomy) = {
    .name = "autonomy",
    .summary = "Control over the speed, the intensity and the means of one's own work",
    .source = SOURCE,
    .params = &autonomy_table,
    .fields = autonomy_fields,
    .field_count = sizeof autonomy_fields / sizeof *autonomy_fields,
    .month = autonomy_month,
    .derive = autonomy_derive,
};
