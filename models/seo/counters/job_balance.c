/* coopsim - GPL-3.0-or-later
 *
 * Balanced job complexes (ODD 2, step 7): the division of labour and the hierarchy in force
 * are (1 - strength) times the voted ones, which go on being voted. */
#include "models/seo/counter.h"

#define COOP_OWNER job_balance
#define JOB_BALANCE_PARAMS(X)                                                                      \
    X(REAL, strength, "job_balance.strength", 1, 0, 1, "1", "0",                                   \
      "Share of the voted division and hierarchy that is taken away", "ODD 2, step 7")
COOP_PARAMS(JOB_BALANCE_PARAMS)

static void job_balance_month(const struct coop_batch *b)
{
    const struct job_balance_params *params = b->params;
    for (size_t o = 0; o < b->organisations; o++) {
        if (!seo_counter_acts(b, o, SEO_COUNTER_job_balance))
            continue;
        coop_organisation(b, SEO_IN_FORCE, SEO_division)[o] *= 1 - params->strength;
        coop_organisation(b, SEO_IN_FORCE, SEO_hierarchy)[o] *= 1 - params->strength;
    }
}

COOP_MECHANISM(job_balance) = {
    .name = "job_balance",
    .summary = "Balanced job complexes: every job holds its share of every kind of task",
    .source = "ODD 2, step 7; Albert and Hahnel (1991), The Political Economy of "
              "Participatory Economics",
    .params = &job_balance_table,
    .month = job_balance_month,
};
