/* coopsim - GPL-3.0-or-later
 *
 * How know-how and skill are distributed (ODD 4). */
#include "models/seo/jobs.h"

enum { COMPETENCE, RANKS, SPARE, TOTAL, RESULT };
static const struct coop_field know_fields[] = {
    {"know_competence", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Competence q"},
    {"know_rank", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Ranks"},
    {"know_spare", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Any values"},
    {"know_total", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "1", "A total"},
    {"know_result", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "1", "A measure"}};

enum { SKILL_MEAN, SKILL_GINI, KNOW_MEAN, KNOW_GINI };
static const struct coop_measure know_measures[] = {
    {.name = "skill_mean",
     .unit = "1",
     .formula = "mean(q)",
     .summary = "Mean competence in standard skills",
     .min = 0,
     .max = 1,
     .neutral = NAN},
    {.name = "skill_gini",
     .unit = "1",
     .formula = "Gini(q), divisor n",
     .summary = "Gini coefficient of competence",
     .min = 0,
     .max = 1,
     .neutral = 0},
    {.name = "know_mean",
     .unit = "1",
     .formula = "mean(z)",
     .summary = "Mean non-standard know-how",
     .min = 0,
     .max = 1,
     .neutral = NAN},
    {.name = "know_gini",
     .unit = "1",
     .formula = "Gini(z), divisor n",
     .summary = "Gini coefficient of non-standard know-how",
     .min = 0,
     .max = 1,
     .neutral = 0},
};

static void mean_and_gini(const struct coop_batch *b, const float *value, float *ret_mean,
                          float *ret_gini)
{
    float *rank = coop_worker(b, b->own + RANKS, 0);
    double *total = coop_organisation(b, b->own + TOTAL, 0);
    double *gini = coop_organisation(b, b->own + RESULT, 0);
    seo_rank(b, value, rank);
    coop_batch_gini(b, value, rank, coop_worker(b, b->own + SPARE, 0), total, gini);
    for (size_t o = 0; o < b->organisations; o++) {
        ret_mean[o] = (float)(total[o] / (double)b->size[o]);
        ret_gini[o] = (float)gini[o];
    }
}

static void know_observe(const struct coop_batch *b, float *const *ret)
{
    float *q = coop_worker(b, b->own + COMPETENCE, 0);
    seo_competence(b, q);
    mean_and_gini(b, q, ret[SKILL_MEAN], ret[SKILL_GINI]);
    mean_and_gini(b, coop_worker(b, SEO_KNOW, 0), ret[KNOW_MEAN], ret[KNOW_GINI]);
}

COOP_OBSERVER(know_measures) = {
    .name = "know_measures",
    .summary = "How skill and know-how are distributed",
    .fields = know_fields,
    .field_count = sizeof know_fields / sizeof *know_fields,
    .measures = know_measures,
    .measure_count = sizeof know_measures / sizeof *know_measures,
    .observe = know_observe,
};
