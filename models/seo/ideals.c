/* coopsim - GPL-3.0-or-later
 *
 * What members want of the governed variables (ODD 2, step 5):
 *
 *     b_i = sig((1 - l) c_y + l logit(y) + C_y + k_y Pi + s_y zeta_i (1 - S) + u_iy + N(0, .2)),
 *
 * zeta_i = (E_j - mean E) / .3 the interest of the position. */
#include "models/seo/governance.h"
#include "models/seo/status.h"
#include "sim/base/fill.h"

/* Equal weights nP of the members, none of hired hands. */
static void weigh_members(const struct coop_batch *b, size_t o, float *ret_weight)
{
    double each = (double)b->size[o] / (double)seo_members(b, o);
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        ret_weight[i] = seo_is_hired(b, i) ? 0.0f : (float)each;
    }
}

void seo_ideals_prepare(const struct coop_batch *b)
{
    bool cut = seo_is_cut(seo_shared(b), SEO_ARROW_power_org);
    double *mean = coop_organisation(b, b->own + SEO_GOVERNANCE_VALUE_BASE, 0);
    const float *empowerment = coop_worker(b, SEO_EMPOWERMENT, 0);
    coop_batch_mean(b, empowerment, mean);
    coop_batch_spread(b, mean, coop_worker(b, b->own + SEO_GOVERNANCE_BASE, 0));
    const float *center = coop_worker(b, b->own + SEO_GOVERNANCE_BASE, 0);
    const float *power = coop_worker(b, SEO_POWER, 0);
    float *interest = coop_worker(b, SEO_INTEREST, 0);
    float *weight = coop_worker(b, b->own + SEO_GOVERNANCE_WEIGHT, 0);
    float scale = (float)(1 / seo_shared(b)->interest_unit);
    COOP_LANEWISE (i, b->lanes) {
        interest[i] = (empowerment[i] - center[i]) * scale;
        weight[i] = cut ? 1.0f : power[i];
    }
    for (size_t o = 0; cut && seo_has(b, SEO_OPTION_STATUS) && o < b->organisations; o++)
        weigh_members(b, o, weight);
}

static void draw_noise(const struct coop_batch *b, size_t y)
{
    float *noise[4];
    for (size_t i = 0; i < 4; i++)
        noise[i] = coop_worker(b, b->own + SEO_GOVERNANCE_NOISE, i);
    coop_fill_normal(b->streams.dynamics, b->position, b->organisation_of, b->lanes,
                     (uint32_t)b->week, coop_purpose("governance.noise"), (uint32_t)(y / 4),
                     SEO_VARIABLE_COUNT - y > 2 ? 2 : 1, noise);
}

static void find_ideals(const struct coop_batch *b, size_t y)
{
    const struct governance_params *params = b->params;
    const struct seo_variable_params *variable = &seo_shared(b)->variable[y];
    double *base = coop_organisation(b, b->own + SEO_GOVERNANCE_VALUE_BASE, 0);
    double *stake = coop_organisation(b, b->own + SEO_GOVERNANCE_VALUE_STAKE, 0);
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
    coop_batch_spread(b, base, coop_worker(b, b->own + SEO_GOVERNANCE_BASE, 0));
    coop_batch_spread(b, stake, coop_worker(b, b->own + SEO_GOVERNANCE_STAKE, 0));
    const float *common = coop_worker(b, b->own + SEO_GOVERNANCE_BASE, 0);
    const float *staked = coop_worker(b, b->own + SEO_GOVERNANCE_STAKE, 0);
    const float *interest = coop_worker(b, SEO_INTEREST, 0);
    const float *outlook = coop_worker(b, SEO_OUTLOOK, y);
    const float *noise = coop_worker(b, b->own + SEO_GOVERNANCE_NOISE, y % 4);
    const float *weight = coop_worker(b, b->own + SEO_GOVERNANCE_WEIGHT, 0);
    float *ideal = coop_worker(b, SEO_IDEAL, y);
    float *weighted = coop_worker(b, b->own + SEO_GOVERNANCE_WEIGHTED, 0);
    float sigma = (float)params->noise;
    COOP_LANEWISE (i, b->lanes) {
        ideal[i] = coop_sigf(common[i] + staked[i] * interest[i] + outlook[i] + sigma * noise[i]);
        weighted[i] = weight[i] * ideal[i];
    }
}

bool seo_ideals_find(const struct coop_batch *b, size_t y)
{
    if (y % 4 == 0)
        draw_noise(b, y);
    if (!seo_shared(b)->variable[y].open)
        return false;
    find_ideals(b, y);
    return true;
}
