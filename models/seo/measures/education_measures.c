/* coopsim - GPL-3.0-or-later
 *
 * How far positions differ in the education and the training that they require, and how much
 * education their holders lack (ODD 4); the means are among the organisation's measures. */
#include "models/seo/jobs.h"
#include "models/seo/status.h"

enum { VALUE, SPARE, TOTAL, RESULT };
static const struct coop_field education_fields[] = {
    {"education_value", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "A value of each position"},
    {"education_spare", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Any values"},
    {"education_total", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "1", "A mean"},
    {"education_result", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "1", "A measure"}};

enum { EDUCATION_SPREAD, TRAINING_SPREAD, MISSING };
static const struct coop_measure education_measures[] = {
    {.name = "education_spread",
     .unit = "1",
     .formula = "sd over positions of sum x education, divisor n",
     .summary = "Dispersion of the education that positions require",
     .min = 0,
     .max = 1.5,
     .neutral = 0},
    {.name = "training_spread",
     .unit = "week",
     .formula = "sd over positions of sum x T, divisor n",
     .summary = "Dispersion of the training time that positions require",
     .min = 0,
     .max = NAN,
     .neutral = 0},
    {.name = "missing_education",
     .unit = "1",
     .formula = "mean of sum x max(0, education of the kind - one's own)",
     .summary = "Levels of education that workers lack for their tasks on average",
     .min = 0,
     .max = 3,
     .neutral = 0},
};

static void give(const struct coop_batch *b, float *ret)
{
    for (size_t o = 0; o < b->organisations; o++)
        ret[o] = (float)coop_organisation(b, b->own + RESULT, 0)[o];
}

static void dispersion(const struct coop_batch *b, const double *weight, float *ret)
{
    float *value = coop_worker(b, b->own + VALUE, 0);
    seo_job_mean(b, weight, value);
    coop_batch_deviation(b, value, coop_worker(b, b->own + SPARE, 0),
                         coop_organisation(b, b->own + TOTAL, 0),
                         coop_organisation(b, b->own + RESULT, 0));
    give(b, ret);
}

static void missing(const struct coop_batch *b, float *ret)
{
    float *value = coop_worker(b, b->own + VALUE, 0);
    COOP_LANEWISE (i, b->lanes)
        value[i] = 0;
    for (size_t k = 0; k < b->kinds && seo_has(b, SEO_OPTION_STATUS); k++) {
        float required = (float)seo_shared(b)->tasks.education.value[k];
        const float *share = coop_worker(b, SEO_SHARE, k);
        const uint32_t *status = coop_worker_u32(b, SEO_STATUS);
        COOP_LANEWISE (i, b->lanes) {
            float lacking = required - (float)seo_education(status[i]);
            value[i] += share[i] * coop_at_least(lacking, 0.0f);
        }
    }
    coop_batch_mean(b, value, coop_organisation(b, b->own + RESULT, 0));
    give(b, ret);
}

static void education_observe(const struct coop_batch *b, float *const *ret)
{
    const struct seo_tasks *tasks = &seo_shared(b)->tasks;
    dispersion(b, tasks->education.value, ret[EDUCATION_SPREAD]);
    dispersion(b, tasks->training_weeks.value, ret[TRAINING_SPREAD]);
    missing(b, ret[MISSING]);
}

COOP_OBSERVER(education_measures) = {
    .name = "education_measures",
    .summary = "How positions differ in education and training, and what holders lack",
    .fields = education_fields,
    .field_count = sizeof education_fields / sizeof *education_fields,
    .measures = education_measures,
    .measure_count = sizeof education_measures / sizeof *education_measures,
    .observe = education_observe,
};
