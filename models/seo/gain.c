/* coopsim - GPL-3.0-or-later
 *
 * The critical gain (ODD 6). Among equals, with equal jobs, nothing decided and nobody leaving,
 * equality is stable if and only if
 *
 *     Gamma = gain (theta_O + theta_Z kappa_Z) + (1 - p)(a1 + a2 psi mean_f A_f (1 - A_f)) < 1,
 *     kappa_Z = psi (1 - f/2) mean_f A_f (1 - A_f),
 *
 * gain = xi, or (rho xi + (1 - rho) kappa_d) / (rho + (1 - rho) kappa_d) where outsiders leave say
 * to the voice; p is the mean turnout in expectation, 1 if all attend. A_f is the autonomy of equal
 * jobs. Arrows that are cut are absent; counter-mechanisms are not in it. */
#include "models/seo/gain.h"
#include "models/seo/voice.h"
#include "models/seo/rules/list.h"

#include "sim/base/fmath.h"
#include "sim/engine/mechanism.h"

/* The mean over the hours h_k ~ h0_k exp(shift_m m + shift_f f) of a property of the task kinds. */
static double over_hours(const struct seo_params *shared, const struct coop_real_list *property)
{
    const struct seo_tasks *tasks = &shared->tasks;
    const double m = shared->variable[SEO_mechanisation].start;
    const double f = shared->variable[SEO_formalisation].start;
    double total = 0, weighed = 0;
    for (size_t k = 0; k < tasks->hours.count; k++) {
        const double hours =
            tasks->hours.value[k] * coop_exp(tasks->shift_mechanisation.value[k] * m +
                                             tasks->shift_formalisation.value[k] * f);
        total += hours;
        weighed += hours * property->value[k];
    }
    return weighed / total;
}

/* The job of equals, in the structure of week 0. */
static void add_job(const struct coop_param_set *set, struct seo_gain *ret)
{
    static const char *const technology[SEO_FACETS] = {"technology.speed", "technology.intensity",
                                                       "technology.means"};
    static const char *const rules[SEO_FACETS] = {"formalisation.speed", "formalisation.intensity",
                                                  "formalisation.means"};
    const struct seo_params *shared = coop_param_values(set, COOP_TABLE_MODEL);
    const struct coop_real_list *potential[SEO_FACETS] = {
        &shared->tasks.speed, &shared->tasks.intensity, &shared->tasks.means};
    const double m = shared->variable[SEO_mechanisation].start *
                     (1 - 2 * coop_param_real(set, "technology.enabling"));
    const double f = shared->variable[SEO_formalisation].start *
                     (1 - 2 * coop_param_real(set, "formalisation.enabling"));
    const double empowerment = over_hours(shared, &shared->tasks.empowerment);
    for (size_t facet = 0; facet < SEO_FACETS; facet++) {
        const double autonomy =
            coop_sig(coop_logit(over_hours(shared, potential[facet])) -
                     coop_param_real(set, technology[facet]) * m * (1 - empowerment) -
                     coop_param_real(set, rules[facet]) * f);
        ret->autonomy += autonomy / SEO_FACETS;
        ret->slope += autonomy * (1 - autonomy) / SEO_FACETS;
    }
}

static double by_voice(const struct seo_params *shared)
{
    const double rho = shared->workers, left = (1 - rho) * shared->left;
    const double convinced = rho * shared->susceptibility + (shared->formal ? 0 : left);
    return convinced / (rho + left);
}

/* psi, 0 if it is cut. */
static double widening(const struct coop_param_set *set, const struct seo_params *shared)
{
    return seo_is_cut(shared, SEO_ARROW_standing_autonomy)
               ? 0
               : coop_param_real(set, "autonomy.standing");
}

/* Turnout counts in the votes and in the voice; if the absent vote by proxy, in the voice alone. */
static double by_turnout(const struct coop_param_set *set, const struct seo_params *shared,
                         const struct seo_gain *gain)
{
    enum { ATTEND_ALL = 2 };
    const bool by_standing = !seo_is_cut(shared, SEO_ARROW_standing_attend);
    const bool by_autonomy = !seo_is_cut(shared, SEO_ARROW_autonomy_attend);
    const double onerousness = over_hours(shared, &shared->tasks.onerousness);
    if (coop_param_real(set, "attendance.mode") == ATTEND_ALL)
        return 0;
    const double readiness = coop_param_real(set, "attendance.intercept") +
                             coop_param_real(set, "attendance.autonomy") * (gain->autonomy - .5) -
                             coop_param_real(set, "attendance.onerousness") * (onerousness - .5) +
                             coop_param_real(set, "attendance.solidarity") *
                                 (coop_param_real(set, "solidarity.start") - .5) -
                             coop_param_real(set, "attendance.size") *
                                 coop_log(coop_param_real(set, "economy.size") / 20);
    const double answer = (by_standing ? coop_param_real(set, "attendance.standing") : 0) +
                          (by_autonomy ? coop_param_real(set, "attendance.autonomy") : 0) *
                              widening(set, shared) * gain->slope;
    return (shared->proxy ? gain->voice : 1) * coop_sig(-readiness) * answer;
}

static bool law_is_known(const struct coop_param_set *set, const struct seo_params *shared)
{
    return shared->rule == SEO_RULE_mean && coop_param_real(set, "homophily.gender") == 0 &&
           coop_param_real(set, "homophily.race") == 0;
}

struct seo_gain seo_gain_find(const struct coop_param_set *set)
{
    const struct seo_params *shared = coop_param_values(set, COOP_TABLE_MODEL);
    struct seo_gain gain = {.voice = by_voice(shared)};
    add_job(set, &gain);
    gain.know = (double)seo_voice_weight(shared, 1, SEO_ARROW_know_voice) * shared->voice_know;
    gain.office = (double)seo_voice_weight(shared, 1, SEO_ARROW_office_voice) *
                  coop_param_real(set, "voice.office");
    gain.kappa = seo_is_cut(shared, SEO_ARROW_autonomy_know)
                     ? 0
                     : widening(set, shared) * (1 - shared->variable[SEO_formalisation].start / 2) *
                           gain.slope;
    gain.turnout = by_turnout(set, shared, &gain);
    gain.total = law_is_known(set, shared)
                     ? gain.voice * (gain.office + gain.know * gain.kappa) + gain.turnout
                     : (double)NAN;
    return gain;
}

double seo_gain(const struct coop_param_set *set)
{
    return seo_gain_find(set).total;
}
