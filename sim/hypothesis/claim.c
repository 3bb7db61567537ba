/* coopsim - GPL-3.0-or-later */
#include "sim/hypothesis/claim.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static const double wanted_power = .8, most_clusters = 1e9;

/* The standard error if the effect is at the bound. */
static double error_at(double bound, const struct coop_estimate *estimate)
{
    const double away = bound - estimate->value;
    const double more = (estimate->tilt + estimate->bend * away) * away;
    return more == 0 ? estimate->error : sqrt(fmax(0, estimate->error * estimate->error + more));
}

/* P(T >= distance / error); without an error certainty, and even chances at distance 0. */
static double upper_tail(double distance, double error, double freedom)
{
    if (isnan(distance) || isnan(error))
        return NAN;
    if (error == 0)
        return distance > 0 ? 0 : distance < 0 ? 1 : .5;
    return gsl_cdf_tdist_Q(distance / error, freedom);
}

static double p_above(double bound, const struct coop_estimate *estimate)
{
    return upper_tail(estimate->value - bound, error_at(bound, estimate), estimate->freedom);
}

static double p_below(double bound, const struct coop_estimate *estimate)
{
    return upper_tail(bound - estimate->value, error_at(bound, estimate), estimate->freedom);
}

double coop_claim_p_for(const struct coop_claim *claim, const struct coop_estimate *estimate)
{
    switch (claim->kind) {
    case COOP_CLAIM_BELOW:
        return p_below(claim->high, estimate);
    case COOP_CLAIM_INSIDE:
        return fmax(p_above(claim->low, estimate), p_below(claim->high, estimate));
    case COOP_CLAIM_ABOVE:
    case COOP_CLAIM_NONE:
        break;
    }
    return p_above(claim->low, estimate);
}

double coop_claim_p_against(const struct coop_claim *claim, const struct coop_estimate *estimate)
{
    switch (claim->kind) {
    case COOP_CLAIM_BELOW:
        return p_above(claim->high, estimate);
    case COOP_CLAIM_INSIDE:
        return fmin(p_below(claim->low, estimate), p_above(claim->high, estimate));
    case COOP_CLAIM_ABOVE:
    case COOP_CLAIM_NONE:
        break;
    }
    return p_below(claim->low, estimate);
}

double coop_claim_lead(const struct coop_claim *claim, const struct coop_estimate *estimate)
{
    double distance = INFINITY;
    if (claim->kind != COOP_CLAIM_BELOW)
        distance = estimate->value - claim->low;
    if (claim->kind == COOP_CLAIM_BELOW || claim->kind == COOP_CLAIM_INSIDE)
        distance = fmin(distance, claim->high - estimate->value);
    return distance / fmax(estimate->error, 1e-300);
}

/* The chance that n clusters show an effect to be `distance` beyond a bound. The normal stands for
 * the noncentral t, whose quantile is Student's. */
static double power_beyond(double distance, double deviation, double n, double alpha)
{
    if (deviation == 0)
        return distance > 0;
    return gsl_cdf_ugaussian_P(distance * sqrt(n) / deviation - gsl_cdf_tdist_Qinv(alpha, n - 1));
}

static bool is_as_claimed(const struct coop_claim *claim, double value)
{
    return (claim->kind == COOP_CLAIM_BELOW || value > claim->low) &&
           (claim->kind == COOP_CLAIM_ABOVE || value < claim->high);
}

static double power_for(const struct coop_claim *claim, double value, double deviation, double n,
                        double alpha)
{
    double power = 1;
    if (claim->kind != COOP_CLAIM_BELOW)
        power -= 1 - power_beyond(value - claim->low, deviation, n, alpha);
    if (claim->kind != COOP_CLAIM_ABOVE)
        power -= 1 - power_beyond(claim->high - value, deviation, n, alpha);
    return power;
}

static double power_against(const struct coop_claim *claim, double value, double deviation,
                            double n, double alpha)
{
    double power = 0;
    if (claim->kind != COOP_CLAIM_BELOW)
        power = power_beyond(claim->low - value, deviation, n, alpha);
    if (claim->kind != COOP_CLAIM_ABOVE)
        power = fmax(power, power_beyond(value - claim->high, deviation, n, alpha));
    return power;
}

/* All claims shown: their chances to fail add up at worst. One shown wrong: the best chance. */
static double power_of(const struct coop_claim *claim, const struct coop_estimate *estimate,
                       size_t count, size_t clusters, double n, double alpha, bool as_claimed)
{
    double missed = 0, best = 0;
    for (size_t i = 0; i < count; i++) {
        const double value = estimate[i].value;
        const double deviation = estimate[i].error * sqrt((double)clusters);
        missed += 1 - power_for(&claim[i], value, deviation, n, alpha);
        best = fmax(best, power_against(&claim[i], value, deviation, n, alpha / (double)count));
    }
    return as_claimed ? 1 - missed : best;
}

double coop_claims_enough(const struct coop_claim *claim, const struct coop_estimate *estimate,
                          size_t count, size_t clusters, double alpha)
{
    bool as_claimed = true;
    double few = 1, many = 2;
    for (size_t i = 0; i < count; i++)
        as_claimed = as_claimed && is_as_claimed(&claim[i], estimate[i].value);
    while (power_of(claim, estimate, count, clusters, many, alpha, as_claimed) < wanted_power) {
        if (many >= most_clusters)
            return INFINITY;
        few = many;
        many *= 2;
    }
    while (many - few > 1) {
        const double middle = floor((few + many) / 2);
        const bool enough =
            power_of(claim, estimate, count, clusters, middle, alpha, as_claimed) >= wanted_power;
        *(enough ? &many : &few) = middle;
    }
    return many;
}
