/* coopsim - GPL-3.0-or-later */
#include "sim/engine/expect.h"

#include "sim/param/text.h"

#include <string.h>

static const char twin_word[] = "twin";

static bool is_case(const struct coop_config *config, const char *name, size_t length)
{
    for (size_t c = 0; c < config->cases; c++)
        if (strlen(config->item[c].name) == length &&
            strncmp(config->item[c].name, name, length) == 0)
            return true;
    return false;
}

static bool is_twin(const struct coop_config *config, const char *name)
{
    for (size_t t = 0; t < config->twins; t++)
        if (strcmp(config->twin[t], name) == 0)
            return true;
    return false;
}

void coop_expect_verify_measure(const struct coop_model *model, const char *measure,
                                struct coop_place place, struct coop_problems *problems)
{
    struct coop_nearest nearest = {.word = measure};
    if (*measure == '\0' || coop_model_measure_find(model, measure) >= 0)
        return;
    for (size_t m = 0; m < coop_model_measure_count(model); m++) {
        const char *name = coop_model_measure(model, m)->name;
        coop_nearest_consider(&nearest, name, strlen(name));
    }
    const struct coop_shown shown = coop_show(measure);
    if (nearest.best != NULL)
        coop_problems_add(problems, place, "unknown measure '%s' - did you mean '%s'?", shown.text,
                          nearest.best);
    else
        coop_problems_add(problems, place,
                          "unknown measure '%s' - 'coopsim measures' lists all of them",
                          shown.text);
}

static void add_unknown_case(const struct coop_config *config, const char *name, bool or_twin,
                             struct coop_place place, struct coop_problems *problems)
{
    struct coop_nearest nearest = {.word = name};
    for (size_t c = 0; c < config->cases; c++)
        coop_nearest_consider(&nearest, config->item[c].name, strlen(config->item[c].name));
    if (or_twin)
        coop_nearest_consider(&nearest, twin_word, strlen(twin_word));
    const struct coop_shown shown = coop_show(name);
    if (nearest.best != NULL)
        coop_problems_add(problems, place, "unknown case '%s' - did you mean '%s'?", shown.text,
                          nearest.best);
    else
        coop_problems_add(problems, place, "unknown case '%s' - %s", shown.text,
                          or_twin ? "give a case of this file, 'twin', or CASE/TWIN"
                                  : "give a case of this file");
}

void coop_expect_verify_run(const struct coop_config *config, const char *name,
                            struct coop_place place, struct coop_problems *problems)
{
    const char *slash = strchr(name, '/');
    const size_t length = slash != NULL ? (size_t)(slash - name) : strlen(name);
    if (*name == '\0')
        return;
    if (!is_case(config, name, length))
        add_unknown_case(config, name, false, place, problems);
    else if (slash != NULL && !is_twin(config, slash + 1))
        coop_problems_add(problems, place, "the twin '%s' is not run - add it to 'twins'",
                          coop_show(slash + 1).text);
}

static void verify_own_twin(const struct coop_config *config,
                            const struct coop_expectation *expectation,
                            struct coop_problems *problems)
{
    if (config->twins == 0)
        coop_problems_add(problems, expectation->against_place,
                          "against a twin, but no twin is run - add 'twins: [exposure]'");
    else if (config->twins > 1)
        coop_problems_add(problems, expectation->against_place,
                          "which of the %zu twins? - write '%s/%s'", config->twins,
                          coop_show(expectation->subject).text, config->twin[0]);
}

void coop_expect_verify_against(const struct coop_config *config,
                                const struct coop_expectation *expectation,
                                struct coop_problems *problems)
{
    const char *against = expectation->against, *slash = strchr(against, '/');
    const size_t length = slash != NULL ? (size_t)(slash - against) : strlen(against);
    if (*against == '\0')
        return;
    if (strcmp(against, twin_word) == 0)
        verify_own_twin(config, expectation, problems);
    else if (strcmp(against, expectation->subject) == 0)
        coop_problems_add(problems, expectation->against_place,
                          "the case '%s' against itself - give another one, or 'twin'",
                          coop_show(against).text);
    else if (!is_case(config, against, length))
        add_unknown_case(config, against, true, expectation->against_place, problems);
    else if (slash != NULL && !is_twin(config, slash + 1))
        coop_problems_add(problems, expectation->against_place,
                          "against the twin '%s', which is not run - add it to 'twins'",
                          coop_show(slash + 1).text);
}

void coop_expect_verify(const struct coop_model *model, const struct coop_config *config,
                        struct coop_problems *problems)
{
    for (size_t e = 0; e < config->expectations; e++) {
        const struct coop_expectation *expectation = &config->expectation[e];
        const char *subject = expectation->subject;
        if (config->replicates > 1 || config->scheme.place.file != NULL)
            coop_problems_add(problems, expectation->measure_place,
                              "'expect' judges one run of each case, and here are replicates or a "
                              "design - remove the one or the other");
        coop_expect_verify_measure(model, expectation->measure, expectation->measure_place,
                                   problems);
        if (*subject != '\0' && !is_case(config, subject, strlen(subject)))
            add_unknown_case(config, subject, false, expectation->subject_place, problems);
        coop_expect_verify_against(config, expectation, problems);
    }
}

bool coop_expect_is_value(const struct coop_expectation *expectation)
{
    return *expectation->against == '\0';
}

/* Twins are named CASE/TWIN in the design, as in an expectation. */
static size_t find_run(const struct coop_design *design, const char *name)
{
    size_t r = 0;
    while (r + 1 < design->entries && strcmp(coop_design_plan(design, r).name, name) != 0)
        r++;
    return r;
}

void coop_expect_runs(const struct coop_design *design, const struct coop_expectation *expectation,
                      size_t *ret_run, size_t *ret_other)
{
    *ret_run = find_run(design, expectation->subject);
    *ret_other = *ret_run;
    if (strcmp(expectation->against, twin_word) == 0)
        *ret_other = *ret_run + 1;
    else if (!coop_expect_is_value(expectation))
        *ret_other = find_run(design, expectation->against);
}

enum coop_verdict coop_expect_judge(const struct coop_expectation *expectation, double low,
                                    double high)
{
    const double zero = coop_expect_is_value(expectation) ? expectation->value : 0;
    const double below = zero - expectation->margin, above = zero + expectation->margin;
    switch (expectation->direction) {
    case COOP_LOWER:
        return high < below  ? COOP_AS_EXPECTED
               : low > below ? COOP_NOT_AS_EXPECTED
                             : COOP_UNDETERMINED;
    case COOP_HIGHER:
        return low > above    ? COOP_AS_EXPECTED
               : high < above ? COOP_NOT_AS_EXPECTED
                              : COOP_UNDETERMINED;
    case COOP_EQUAL:
        break;
    }
    if (low >= below && high <= above)
        return COOP_AS_EXPECTED;
    return high < below || low > above ? COOP_NOT_AS_EXPECTED : COOP_UNDETERMINED;
}
