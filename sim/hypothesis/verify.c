/* coopsim - GPL-3.0-or-later */
#include "sim/hypothesis/verify.h"

#include "sim/engine/expect.h"
#include "sim/engine/run.h"
#include "sim/hypothesis/columns.h"
#include "sim/param/text.h"

#include <math.h>
#include <string.h>

static void verify_one(const struct coop_model *model, const struct coop_config *config,
                       const struct coop_hypothesis *hypothesis, struct coop_problems *problems)
{
    coop_expect_verify_measure(model, hypothesis->measure, hypothesis->measure_place, problems);
    coop_expect_verify_measure(model, hypothesis->with, hypothesis->with_place, problems);
    for (size_t c = 0; c < hypothesis->cases; c++)
        coop_expect_verify_run(config, hypothesis->item[c].name, hypothesis->item[c].place,
                               problems);
    for (size_t c = 0; c < hypothesis->cases; c++)
        for (size_t first = 0; first < c; first++)
            if (strcmp(hypothesis->item[first].name, hypothesis->item[c].name) == 0)
                coop_problems_add(problems, hypothesis->item[c].place,
                                  "the case '%s' a second time - remove it",
                                  coop_show(hypothesis->item[c].name).text);
    if (!coop_contrast_has_against(hypothesis->contrast) || hypothesis->cases == 0)
        return;
    const struct coop_expectation pair = {.measure = hypothesis->measure,
                                          .subject = hypothesis->item[0].name,
                                          .against = hypothesis->against,
                                          .against_place = hypothesis->against_place};
    if (strchr(pair.subject, '/') != NULL && strcmp(pair.against, "twin") == 0)
        coop_problems_add(problems, pair.against_place,
                          "the twin '%s' has no twin - give a case, or CASE/TWIN",
                          coop_show(pair.subject).text);
    else
        coop_expect_verify_against(config, &pair, problems);
}

void coop_hypothesis_verify_names(const struct coop_model *model, const struct coop_config *config,
                                  struct coop_problems *problems)
{
    for (size_t h = 0; h < config->hypotheses; h++)
        verify_one(model, config, &config->hypothesis[h], problems);
}

/* The script of a case, or of a twin but for what makes it one. */
static const struct coop_script *script_of(const struct coop_design *design, const char *name)
{
    for (size_t entry = 0; entry < design->entries; entry++)
        if (strcmp(design->name[entry], name) == 0)
            return &design->script[entry / (1 + design->twins)];
    return NULL;
}

static void verify_correlation(const struct coop_design *design,
                               const struct coop_hypothesis *hypothesis,
                               struct coop_problems *problems)
{
    if (design->points > 1) {
        coop_problems_add(problems, hypothesis->place,
                          "a correlation is across the organisations of a run, and here is a "
                          "design of many points - write the points as cases");
        return;
    }
    for (size_t c = 0; c < hypothesis->cases; c++) {
        const struct coop_script *script = script_of(design, hypothesis->item[c].name);
        if (script == NULL)
            continue;
        const struct coop_settings *settings = coop_param_values(script->set, COOP_TABLE_ENGINE);
        if (!settings->by_organisation)
            coop_problems_add(problems, hypothesis->item[c].place,
                              "a correlation across the organisations of '%s', which are not "
                              "recorded - add 'record.organisations: true'",
                              coop_show(hypothesis->item[c].name).text);
        if (hypothesis->lag >= settings->weeks || hypothesis->lag <= -settings->weeks)
            coop_problems_add(problems, hypothesis->lag_place,
                              "a lag of %lld weeks in runs of %lld - give a smaller one",
                              (long long)hypothesis->lag, (long long)settings->weeks);
    }
}

/* False if it is no row whose values can be put in order, which is reported. */
static bool is_number(const struct coop_param_set *set, const struct coop_hypothesis *hypothesis,
                      struct coop_problems *problems)
{
    const struct coop_shown shown = coop_show(hypothesis->over);
    const struct coop_param *row = coop_param_find(set, hypothesis->over, NULL);
    const char *near = coop_param_nearest(set, hypothesis->over);
    if (row != NULL && row->type <= COOP_PARAM_BOOLEAN)
        return true;
    if (row != NULL)
        coop_problems_add(problems, hypothesis->over_place,
                          "a trend over '%s', which is no number - give a parameter that is one",
                          shown.text);
    else if (near != NULL)
        coop_problems_add(problems, hypothesis->over_place,
                          "unknown parameter '%s' - did you mean '%s'?", shown.text, near);
    else
        coop_problems_add(problems, hypothesis->over_place,
                          "unknown parameter '%s' - 'coopsim params' lists all parameters",
                          shown.text);
    return false;
}

/* Whether the parameter has one value, and a value at all, in a case; what is not so is reported. */
static bool has_place(const struct coop_script *script, const struct coop_hypothesis *hypothesis,
                      size_t c, struct coop_problems *problems)
{
    bool has = true;
    for (size_t r = 1; r < script->regimes; r++)
        if (!coop_param_same(script->set, script->set + r, hypothesis->over)) {
            coop_problems_add(problems, hypothesis->item[c].place,
                              "'%s' differs between the regimes of '%s', so it has no place in "
                              "a trend",
                              hypothesis->over, hypothesis->item[c].name);
            has = false;
        }
    if (isnan(coop_param_real(script->set, hypothesis->over))) {
        coop_problems_add(problems, hypothesis->item[c].place,
                          "'%s' is unset in '%s', so it has no place in a trend", hypothesis->over,
                          hypothesis->item[c].name);
        has = false;
    }
    return has;
}

/* The cases of the trend are the points of the design. */
static void verify_axis(const struct coop_design *design, const struct coop_hypothesis *hypothesis,
                        struct coop_problems *problems)
{
    const struct coop_script *script = script_of(design, hypothesis->item[0].name);
    if (hypothesis->cases > 1)
        coop_problems_add(problems, hypothesis->item[1].place,
                          "'%s' is an axis of the design, over whose points a trend is of one case "
                          "- give one, and a hypothesis for each other",
                          hypothesis->over);
    else if (script != NULL && design->kind == COOP_ONE_AT_A_TIME)
        has_place(script, hypothesis, 0, problems);
}

static void verify_trend(const struct coop_design *design, const struct coop_hypothesis *hypothesis,
                         struct coop_problems *problems)
{
    double least = INFINITY, most = -INFINITY;
    if (*hypothesis->over == '\0' || hypothesis->cases == 0 ||
        !is_number(design->script[0].set, hypothesis, problems))
        return;
    if (coop_columns_axis(design, hypothesis->over) < design->axes) {
        verify_axis(design, hypothesis, problems);
        return;
    }
    for (size_t c = 0; c < hypothesis->cases; c++) {
        const struct coop_script *script = script_of(design, hypothesis->item[c].name);
        if (script == NULL)
            return;
        if (!has_place(script, hypothesis, c, problems))
            continue;
        const double value = coop_param_real(script->set, hypothesis->over);
        least = fmin(least, value);
        most = fmax(most, value);
    }
    if (!(most > least))
        coop_problems_add(problems, hypothesis->over_place,
                          "'%s' has the same value in all cases of the trend - give cases that "
                          "differ in it",
                          hypothesis->over);
}

/* A measure that is made of all organisations together varies between runs only. */
static void verify_spread(const struct coop_model *model, const char *name, struct coop_place place,
                          bool correlation, bool replicates, struct coop_problems *problems)
{
    const int number = coop_model_measure_find(model, name);
    if (number < 0 || coop_model_measure(model, (size_t)number)->pool == NULL)
        return;
    if (correlation)
        coop_problems_add(problems, place,
                          "'%s' is one of all organisations together, so it cannot vary across "
                          "them - give another measure",
                          name);
    else if (!replicates)
        coop_problems_add(problems, place,
                          "'%s' is one of all organisations together, so one run does not tell "
                          "how it varies - give another measure, or replicates",
                          name);
}

/* Points that are laid out for indices stand for nothing in a mean. */
static void verify_scheme(const struct coop_config *config, const struct coop_design *design,
                          struct coop_problems *problems)
{
    if (config->hypotheses > 0 && (design->kind == COOP_MORRIS || design->kind == COOP_SALTELLI))
        coop_problems_add(
            problems, config->scheme.place,
            "hypotheses are not tested at the points of '%s', which serve sensitivity "
            "indices - give another design, such as factorial or sobol",
            coop_scheme_word(design->kind));
}

void coop_hypothesis_verify_runs(const struct coop_model *model, const struct coop_config *config,
                                 const struct coop_design *design, struct coop_problems *problems)
{
    const bool replicates = design->replicates > 1;
    if (design->runs > 0)
        verify_scheme(config, design, problems);
    for (size_t h = 0; h < config->hypotheses && design->runs > 0; h++) {
        const struct coop_hypothesis *hypothesis = &config->hypothesis[h];
        const bool correlation = hypothesis->contrast == COOP_CORRELATION;
        verify_spread(model, hypothesis->measure, hypothesis->measure_place, correlation,
                      replicates, problems);
        verify_spread(model, hypothesis->with, hypothesis->with_place, correlation, replicates,
                      problems);
        if (correlation)
            verify_correlation(design, hypothesis, problems);
        if (hypothesis->contrast == COOP_TREND)
            verify_trend(design, hypothesis, problems);
    }
}
