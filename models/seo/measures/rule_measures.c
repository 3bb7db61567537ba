/* coopsim - GPL-3.0-or-later
 *
 * What the rules of voting make of rights: how unequal formal votes are, who has a mandate, how
 * often the rule changes, and how far power is from how much decisions affect one's own job. */
#include "models/seo/affectedness.h"
#include "models/seo/rules/mandate.h"

enum { FACETS, AFFECTED, SHARES, SPREAD, VALUE };
static const struct coop_field rule_measure_fields[] = {
    {"rule_facets", COOP_WORKER_SCRATCH, COOP_F32, SEO_FACETS, "1", "A (1 - A) of the facets"},
    {"rule_affected", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Affectedness by a variable"},
    {"rule_shares", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "n alpha"},
    {"rule_spread", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "A spread value"},
    {"rule_value", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "1", "A value to be spread"}};

enum { FORMAL_GINI, MANDATES, CHANGES, AFFECTED_GAP };
static const struct coop_measure rule_measures[] = {
    {.name = "formal_gini",
     .unit = "1",
     .formula = "mean Gini of the votes that workers are entitled to, over variables and decisions "
                "since the last record",
     .summary = "Gini coefficient of formal votes among the workers",
     .min = 0,
     .max = 1,
     .neutral = 0},
    {.name = "mandate_holders",
     .unit = "1",
     .formula = "workers with a mandate / n",
     .summary = "Share of the workers who decide with a mandate",
     .min = 0,
     .max = 1,
     .neutral = NAN},
    {.name = "rule_changes",
     .unit = "1",
     .formula = "changes of the rule by vote since the last record",
     .summary = "How often the rule by which the assembly decides was changed",
     .min = 0,
     .max = NAN,
     .neutral = NAN},
    {.name = "say_affected_gap",
     .unit = "1",
     .formula = "1/2 sum |W_i - alpha_i|, alpha the mean over open variables of shares in how much "
                "a change affects one's own job",
     .summary = "Distance of shares in decisions from shares in how much one is affected",
     .min = 0,
     .max = 1,
     .neutral = NAN},
};

/* A (1 - A) of every facet. */
static void find_facets(const struct coop_batch *b)
{
    const float *hindrance = coop_worker(b, SEO_HINDRANCE, 0);
    for (size_t f = 0; f < SEO_FACETS; f++) {
        const float *odds = coop_worker(b, SEO_ODDS, f);
        float *facet = coop_worker(b, b->own + FACETS, f);
        COOP_LANEWISE (i, b->lanes)
            facet[i] = seo_affected_facet(odds[i] * hindrance[i]);
    }
}

/* Affectedness of all workers of the batch by a variable that takes autonomy away. */
static void find_affected(const struct coop_batch *b, size_t y, float *ret)
{
    const float *empowerment = coop_worker(b, SEO_EMPOWERMENT, 0);
    const float *rank = coop_worker(b, SEO_RANK, 0);
    const float *facet[SEO_FACETS];
    float weight[SEO_FACETS];
    seo_affected_weights(b, y, weight);
    for (size_t f = 0; f < SEO_FACETS; f++)
        facet[f] = coop_worker(b, b->own + FACETS, f);
    float by_job = y == SEO_mechanisation ? 1.0f : 0.0f, by_rank = y == SEO_hierarchy ? 1.0f : 0.0f;
    COOP_LANEWISE (i, b->lanes)
        ret[i] = (1.0f - by_job * empowerment[i] - by_rank * rank[i]) *
                 (weight[0] * facet[0][i] + weight[1] * facet[1][i] + weight[2] * facet[2][i]);
}

/* The distance of jobs from the mean job. */
static void find_distances(const struct coop_batch *b, float *ret)
{
    const float *empowerment = coop_worker(b, SEO_EMPOWERMENT, 0);
    double *mean = coop_organisation(b, b->own + VALUE, 0);
    coop_batch_mean(b, empowerment, mean);
    coop_batch_spread(b, mean, coop_worker(b, b->own + SPREAD, 0));
    const float *center = coop_worker(b, b->own + SPREAD, 0);
    COOP_LANEWISE (i, b->lanes)
        ret[i] = seo_affected_by_distance(empowerment[i], center[i]);
}

/* Adds `times` the shares n alpha in what the workers are affected by; equal ones if by nothing. */
static void add_shares(const struct coop_batch *b, float times)
{
    float *affected = coop_worker(b, b->own + AFFECTED, 0);
    double *factor = coop_organisation(b, b->own + VALUE, 0);
    coop_batch_mean(b, affected, factor);
    for (size_t o = 0; o < b->organisations; o++)
        factor[o] = factor[o] > 0 ? 1 / factor[o] : 0;
    coop_batch_spread(b, factor, coop_worker(b, b->own + SPREAD, 0));
    const float *scale = coop_worker(b, b->own + SPREAD, 0);
    float *shares = coop_worker(b, b->own + SHARES, 0);
    COOP_LANEWISE (i, b->lanes)
        shares[i] += times * (scale[i] > 0.0f ? affected[i] * scale[i] : 1.0f);
}

/* Sums n alpha over the open variables, of which it returns the number. */
static float sum_shares(const struct coop_batch *b)
{
    float *affected = coop_worker(b, b->own + AFFECTED, 0);
    float *shares = coop_worker(b, b->own + SHARES, 0), open = 0, by_distance = 0, equal = 0;
    memset(shares, 0, b->lanes * sizeof *shares);
    find_facets(b);
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++) {
        if (!seo_shared(b)->variable[y].open)
            continue;
        open += 1;
        if (seo_affects_autonomy(y)) {
            find_affected(b, y, affected);
            add_shares(b, 1);
        } else if (seo_affects_by_distance(y)) {
            by_distance += 1;
        } else {
            equal += 1;
        }
    }
    if (by_distance > 0) {
        find_distances(b, affected);
        add_shares(b, by_distance);
    }
    COOP_LANEWISE (i, b->lanes)
        shares[i] += equal;
    return open;
}

static void affected_gap(const struct coop_batch *b, float *ret)
{
    const float *standing = coop_worker(b, SEO_STANDING, 0);
    const float *shares = coop_worker(b, b->own + SHARES, 0);
    float *gap = coop_worker(b, b->own + AFFECTED, 0);
    double *mean = coop_organisation(b, b->own + VALUE, 0);
    float open = sum_shares(b), part = open > 0 ? 1.0f / open : 0.0f;
    COOP_LANEWISE (i, b->lanes) {
        float difference = standing[i] - part * shares[i];
        gap[i] = difference < 0.0f ? -difference : difference;
    }
    coop_batch_mean(b, gap, mean);
    for (size_t o = 0; o < b->organisations; o++)
        ret[o] = open > 0 ? (float)(mean[o] / 2) : NAN;
}

/* Votes are equal under the mean rule; where there may be others they are as they were at decisions. */
static float formal_gini(const struct coop_batch *b, size_t o)
{
    if (!seo_has(b, SEO_OPTION_FORCE))
        return 0;
    double count = coop_organisation(b, SEO_VOTES_GINI_COUNT, 0)[o];
    return count > 0 ? (float)(coop_organisation(b, SEO_VOTES_GINI_SUM, 0)[o] / count) : NAN;
}

static float mandate_holders(const struct coop_batch *b, size_t o)
{
    double holders = 0;
    for (size_t p = 0; seo_has(b, SEO_OPTION_MANDATE) && p < b->size[o]; p++)
        holders += seo_holds_mandate(b, coop_slot(b, o, p)) ? 1 : 0;
    return (float)(holders / (double)b->size[o]);
}

static void rule_observe(const struct coop_batch *b, float *const *ret)
{
    for (size_t o = 0; o < b->organisations; o++) {
        ret[FORMAL_GINI][o] = formal_gini(b, o);
        ret[MANDATES][o] = mandate_holders(b, o);
        ret[CHANGES][o] = seo_has(b, SEO_OPTION_RULE)
                              ? (float)coop_organisation(b, SEO_RULE_CHANGES, 0)[o]
                              : 0.0f;
    }
    affected_gap(b, ret[AFFECTED_GAP]);
}

COOP_OBSERVER(rule_measures) = {
    .name = "rule_measures",
    .summary = "What the rules of voting make of rights",
    .fields = rule_measure_fields,
    .field_count = sizeof rule_measure_fields / sizeof *rule_measure_fields,
    .measures = rule_measures,
    .measure_count = sizeof rule_measures / sizeof *rule_measures,
    .observe = rule_observe,
};
