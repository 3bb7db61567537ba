/* coopsim - GPL-3.0-or-later
 *
 * Expectations, from finished runs to findings. Intervals are Student's t over organisations. */
#include "sim/cli/expect.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* To six digits: the last bits of the C library's functions differ between machines, and equal
 * results are to give equal files. */
static double quantile(double level, size_t organisations)
{
    const double digits = 1e6, t = gsl_cdf_tdist_Pinv((1 + level) / 2, (double)organisations - 1);
    return round(t * digits) / digits;
}

void coop_findings_init(struct coop_finding *ret, size_t count)
{
    for (size_t e = 0; e < count; e++)
        ret[e] = (struct coop_finding){.verdict = COOP_UNDETERMINED,
                                       .estimate = NAN,
                                       .error = NAN,
                                       .low = NAN,
                                       .high = NAN,
                                       .reason = "a run is not finished"};
}

/* Why there is no standard error. */
static const char *reason_of(const struct coop_finding *finding, const struct coop_record *record,
                             const struct coop_record *other, const struct coop_measure *measure)
{
    if (measure->pool != NULL)
        return "the measure is one of all organisations together, without a standard error";
    if (record->organisations != other->organisations)
        return "the two have not the same number of organisations, so they cannot be paired";
    return finding->organisations < 2 ? "fewer than two organisations have a value"
                                      : "it has no standard error";
}

void coop_finding_make(const struct coop_expectation *expectation,
                       const struct coop_measure *measure, const struct coop_record *record,
                       const struct coop_record *other, size_t at, struct coop_finding *ret)
{
    ret->organisations = measure->pool == NULL ? coop_record_pairs(record, other, at) : 0;
    if (coop_expect_is_value(expectation)) {
        ret->estimate = record->final_mean[at];
        ret->error = record->final_error[at];
    } else {
        coop_record_excess(record, other, at, &ret->estimate, &ret->error);
    }
    if (isnan(ret->error) || ret->organisations < 2) {
        ret->reason = reason_of(ret, record, other, measure);
        return;
    }
    const double half = quantile(expectation->level, ret->organisations) * ret->error;
    ret->reason = "";
    ret->low = ret->estimate - half;
    ret->high = ret->estimate + half;
    ret->verdict = coop_expect_judge(expectation, ret->low, ret->high);
}

static void find(const struct coop_runs *runs, const struct coop_expectation *expectation,
                 size_t run, size_t other, struct coop_finding *ret)
{
    const struct coop_model *model = runs->study->model;
    const size_t measure = (size_t)coop_model_measure_find(model, expectation->measure);
    if (runs->status[run] == COOP_RUN_DONE && runs->status[other] == COOP_RUN_DONE)
        coop_finding_make(expectation, coop_model_measure(model, measure), &runs->record[run],
                          &runs->record[other], measure, ret);
}

void coop_findings_update(const struct coop_runs *runs, size_t number)
{
    const struct coop_config *config = &runs->study->config;
    for (size_t e = 0; e < config->expectations; e++) {
        size_t run, other;
        coop_expect_runs(&runs->study->design, &config->expectation[e], &run, &other);
        if ((run > other ? run : other) == number)
            find(runs, &config->expectation[e], run, other, &runs->finding[e]);
    }
}

static void extend(size_t *needed_until, size_t run, size_t until)
{
    if (needed_until[run] < until)
        needed_until[run] = until;
}

enum coop_status coop_finals_needed(const struct coop_study *study, size_t **ret_until)
{
    const struct coop_design *design = &study->design;
    size_t *until = calloc(design->runs + 1, sizeof *until);
    if (until == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for %zu runs", design->runs);
    for (size_t r = 0; r < design->runs; r++) {
        extend(until, r, r);
        extend(until, coop_design_plan(design, r).self, r);
    }
    /* What is judged is stored, behind the last run. */
    const bool judged = study->config.hypotheses + study->config.expectations > 0;
    for (size_t r = 0; judged && r < design->runs; r++)
        until[r] = design->runs;
    *ret_until = until;
    return COOP_OK;
}
