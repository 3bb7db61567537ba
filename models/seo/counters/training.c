/* coopsim - GPL-3.0-or-later
 *
 * Training (ODD 2, step 7): who has less of a standard skill than the organisation's mean is
 * trained,
 *
 *     s_ik += rate max(0, mean_k - s_ik),
 *
 * every week before the work of the week teaches (step 2), so that competence is that of both. It
 * counteracts that unequal jobs breed unequal skills. */
#include "models/seo/counter.h"

#define COOP_OWNER training
#define TRAINING_PARAMS(X)                                                                         \
    X(REAL, rate, "training.rate", .02, 0, 1, "1/week", "0",                                       \
      "Share of the gap to the mean skill that a week of training closes", "ODD 2, step 7")
COOP_PARAMS(TRAINING_PARAMS)

enum { VALUE, RATE, MEAN };
static const struct coop_field training_fields[] = {
    {"training_value", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "1", "A value to be spread"},
    {"training_rate", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Rate where it acts, else 0"},
    {"training_mean", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Mean skill of the organisation"}};

static void training_act(const struct coop_batch *b)
{
    const struct training_params *params = b->params;
    double *value = coop_organisation(b, b->own + VALUE, 0);
    if (!seo_counter_dose(b, SEO_COUNTER_training, params->rate, value,
                          coop_worker(b, b->own + RATE, 0)))
        return;
    const float *rate = coop_worker(b, b->own + RATE, 0);
    const float *mean = coop_worker(b, b->own + MEAN, 0);
    for (size_t k = 0; k < b->kinds; k++) {
        float *skill = coop_worker(b, SEO_SKILL, k);
        coop_batch_mean(b, skill, value);
        coop_batch_spread(b, value, coop_worker(b, b->own + MEAN, 0));
        COOP_LANEWISE (i, b->lanes)
            skill[i] += rate[i] * coop_at_least(mean[i] - skill[i], 0.0f);
    }
}

COOP_MECHANISM(training) = {
    .name = "training",
    .summary = "Training raises the standard skills of those below the mean",
    .source = "ODD 2, step 7; education of members, the fifth cooperative principle (International "
              "Co-operative Alliance 1995, Statement on the Cooperative Identity)",
    .params = &training_table,
    .fields = training_fields,
    .field_count = sizeof training_fields / sizeof *training_fields,
    .act = training_act,
};
