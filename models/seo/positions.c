/* coopsim - GPL-3.0-or-later
 *
 * Positions (ODD 1). The hours of the task kinds are h_k ~ h0_k exp(shift_m m + shift_f f).
 * The corporate mix lays them end to end in falling empowerment and cuts them into n equal jobs;
 * the job of position j is x_jk = (1 - D) h_k + D x_jk^corporate. From x follow empowerment E and
 * onerousness o; from the tree of span c the rank g_j = 1 - level_j / (L - 1). */
#include "models/seo/seo.h"

static void order_by_empowerment(const struct coop_real_list *empowerment, size_t *ret_order)
{
    for (size_t k = 0; k < empowerment->count; k++) {
        size_t at = k;
        for (; at > 0 && empowerment->value[ret_order[at - 1]] < empowerment->value[k]; at--)
            ret_order[at] = ret_order[at - 1];
        ret_order[at] = k;
    }
}

static void hours_of_kinds(const struct coop_batch *b, size_t o, double *ret_hours)
{
    const struct seo_tasks *tasks = &seo_shared(b)->tasks;
    double m = coop_organisation(b, SEO_IN_FORCE, SEO_mechanisation)[o];
    double f = coop_organisation(b, SEO_IN_FORCE, SEO_formalisation)[o];
    double total = 0;
    for (size_t k = 0; k < b->kinds; k++) {
        ret_hours[k] = tasks->hours.value[k] * coop_exp(tasks->shift_mechanisation.value[k] * m +
                                                        tasks->shift_formalisation.value[k] * f);
        total += ret_hours[k];
    }
    for (size_t k = 0; k < b->kinds; k++)
        ret_hours[k] /= total;
}

/* How much of job j lies before an edge `edge` jobs from the top: 1, a fraction, or 0. Whole
 * numbers are kept apart from the fraction, so that equal jobs get equal bits. */
struct edge {
    float whole, fraction;
};

static struct edge edge_of(double jobs)
{
    double whole = (double)(int64_t)jobs;
    return (struct edge){(float)whole, (float)(jobs - whole)};
}

static inline float before(struct edge edge, float job)
{
    return coop_minf(coop_maxf((edge.whole - job) + edge.fraction, 0.0f), 1.0f);
}

static void lay_out_jobs(const struct coop_batch *b, size_t o, const size_t *order)
{
    size_t n = coop_batch_size(b, o);
    float division = (float)coop_organisation(b, SEO_IN_FORCE, SEO_division)[o];
    double hours[SEO_KINDS_MAX], laid = 0;
    hours_of_kinds(b, o, hours);
    struct edge upper = edge_of(0);
    for (size_t at = 0; at < b->kinds; at++) {
        size_t k = order[at];
        laid += hours[k];
        /* The last edge is exactly n: the hours' sum may miss 1 by a rounding. */
        struct edge lower = edge_of(at + 1 == b->kinds ? (double)n : laid * (double)n);
        float balanced = (float)hours[k];
        float *share = coop_worker(b, SEO_SHARE, k) + b->first[o];
        /* Whole blocks are written; the next organisation overwrites what stands over. */
        COOP_LANEWISE (j, (n + 7) / 8 * 8) {
            float job = (float)(int32_t)j;
            float corporate = before(lower, job) - before(upper, job);
            share[j] = balanced + division * (corporate - balanced);
        }
        upper = lower;
    }
}

/* Level l begins at position (c^l - 1) / (c - 1): the largest l with c^l <= 1 + j (c - 1). */
static void rank_positions(const struct coop_batch *b, size_t o)
{
    size_t n = coop_batch_size(b, o), span = (size_t)seo_shared(b)->span, levels = 0;
    float *rank = coop_worker(b, SEO_RANK, 0) + b->first[o];
    for (size_t begin = 0, width = 1; begin < n; begin += width, width *= span)
        levels++;
    float lowest = levels > 1 ? (float)(levels - 1) : 1.0f;
    size_t level = 0;
    for (size_t begin = 0, width = 1; begin < n; begin += width, width *= span, level++) {
        float value = 1.0f - (float)level / lowest;
        for (size_t j = begin, end = begin + width < n ? begin + width : n; j < end; j++)
            rank[j] = value;
    }
}

static void weigh(const struct coop_batch *b, const double *weight, float *ret)
{
    COOP_LANEWISE (i, b->lanes)
        ret[i] = 0;
    for (size_t k = 0; k < b->kinds; k++) {
        const float *share = coop_worker(b, SEO_SHARE, k);
        float w = (float)weight[k];
        COOP_LANEWISE (i, b->lanes)
            ret[i] += share[i] * w;
    }
}

static void positions_month(const struct coop_batch *b)
{
    const struct seo_tasks *tasks = &seo_shared(b)->tasks;
    size_t order[SEO_KINDS_MAX] = {0};
    order_by_empowerment(&tasks->empowerment, order);
    for (size_t o = 0; o < b->organisations; o++) {
        lay_out_jobs(b, o, order);
        rank_positions(b, o);
    }
    weigh(b, tasks->empowerment.value, coop_worker(b, SEO_EMPOWERMENT, 0));
    weigh(b, tasks->onerousness.value, coop_worker(b, SEO_ONEROUSNESS, 0));
}

COOP_MECHANISM(positions) = {
    .name = "positions",
    .summary = "The division of labour: which tasks make up which job",
    .source = "ODD 1 and 7",
    .month = positions_month,
};
