/* coopsim - GPL-3.0-or-later
 *
 * Positions (ODD 1). The hours of the task kinds are h_k ~ h0_k exp(shift_m m + shift_f f).
 * The corporate mix lays them end to end in falling empowerment and cuts them into n equal jobs;
 * the job of position j is x_jk = (1 - D) h_k + D x_jk^corporate. From x follow empowerment E and
 * onerousness o; from the tree of span c the rank g_j = 1 - level_j / (L - 1). */
#include "models/seo/jobs.h"

enum { HOURS, TOTAL, WHOLE, FRACTION, EDGE_WHOLE, EDGE_FRACTION, DIVISION };
static const struct coop_field positions_fields[] = {
    {"positions_hours", COOP_ORGANISATION_SCRATCH, COOP_F64, COOP_EACH_KIND, "1", "Hours h"},
    {"positions_total", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "1", "Sums of hours"},
    {"positions_whole", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "job", "Whole jobs to an edge"},
    {"positions_fraction", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "job", "Rest of a job to it"},
    {"positions_edge_whole", COOP_WORKER_SCRATCH, COOP_F32, 2, "job", "Two edges, whole jobs"},
    {"positions_edge_fraction", COOP_WORKER_SCRATCH, COOP_F32, 2, "job", "Rests of a job"},
    {"positions_division", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Division in force"}};

static void order_by_empowerment(const struct coop_real_list *empowerment, size_t *ret_order)
{
    for (size_t k = 0; k < empowerment->count; k++) {
        size_t at = k;
        for (; at > 0 && empowerment->value[ret_order[at - 1]] < empowerment->value[k]; at--)
            ret_order[at] = ret_order[at - 1];
        ret_order[at] = k;
    }
}

/* h_k of every organisation, in the components of the field of hours. */
static void find_hours(const struct coop_batch *b)
{
    const struct seo_tasks *tasks = &seo_shared(b)->tasks;
    const double *m = coop_organisation(b, SEO_IN_FORCE, SEO_mechanisation);
    const double *f = coop_organisation(b, SEO_IN_FORCE, SEO_formalisation);
    double *total = coop_organisation(b, b->own + TOTAL, 0);
    for (size_t o = 0; o < b->organisations; o++)
        total[o] = 0;
    for (size_t k = 0; k < b->kinds; k++) {
        double base = tasks->hours.value[k], by_m = tasks->shift_mechanisation.value[k];
        double by_f = tasks->shift_formalisation.value[k];
        double *hours = coop_organisation(b, b->own + HOURS, k);
        COOP_LANEWISE (o, b->organisations) {
            hours[o] = base * coop_exp(by_m * m[o] + by_f * f[o]);
            total[o] += hours[o];
        }
    }
    for (size_t k = 0; k < b->kinds; k++) {
        double *hours = coop_organisation(b, b->own + HOURS, k);
        COOP_LANEWISE (o, b->organisations)
            hours[o] /= total[o];
    }
}

/* The edge below the kinds laid so far, n times their hours, for every worker: whole jobs are kept
 * apart from the fraction, so that equal jobs get equal bits. */
static void find_edge(const struct coop_batch *b, const double *laid, bool last, float *ret_whole,
                      float *ret_fraction)
{
    double *whole = coop_organisation(b, b->own + WHOLE, 0);
    double *fraction = coop_organisation(b, b->own + FRACTION, 0);
    for (size_t o = 0; o < b->organisations; o++) {
        /* The last edge is exactly n: the hours' sum may miss 1 by a rounding. */
        double n = (double)b->size[o], jobs = last ? n : laid[o] * n;
        whole[o] = (double)(int64_t)jobs;
        fraction[o] = jobs - whole[o];
    }
    coop_batch_spread(b, whole, ret_whole);
    coop_batch_spread(b, fraction, ret_fraction);
}

/* x_k of every worker, for the kind that lies between two edges: how much of job j lies before an
 * edge is 1, a fraction, or 0. */
static void lay_out_kind(const struct coop_batch *b, size_t k, size_t upper, size_t lower)
{
    const float *whole_upper = coop_worker(b, b->own + EDGE_WHOLE, upper);
    const float *fraction_upper = coop_worker(b, b->own + EDGE_FRACTION, upper);
    const float *whole_lower = coop_worker(b, b->own + EDGE_WHOLE, lower);
    const float *fraction_lower = coop_worker(b, b->own + EDGE_FRACTION, lower);
    const float *division = coop_worker(b, b->own + DIVISION, 0);
    float *share = coop_worker(b, SEO_SHARE, k);
    coop_batch_spread(b, coop_organisation(b, b->own + HOURS, k), share);
    COOP_LANEWISE (i, b->lanes) {
        float job = (float)(int32_t)b->position[i], balanced = share[i];
        float to_lower = (whole_lower[i] - job) + fraction_lower[i];
        float to_upper = (whole_upper[i] - job) + fraction_upper[i];
        float corporate = coop_at_most(coop_at_least(to_lower, 0.0f), 1.0f) -
                          coop_at_most(coop_at_least(to_upper, 0.0f), 1.0f);
        share[i] = balanced + division[i] * (corporate - balanced);
    }
}

static void lay_out_jobs(const struct coop_batch *b, const size_t *order)
{
    double *laid = coop_organisation(b, b->own + TOTAL, 0);
    coop_batch_spread(b, coop_organisation(b, SEO_IN_FORCE, SEO_division),
                      coop_worker(b, b->own + DIVISION, 0));
    for (size_t o = 0; o < b->organisations; o++)
        laid[o] = 0;
    find_edge(b, laid, false, coop_worker(b, b->own + EDGE_WHOLE, 0),
              coop_worker(b, b->own + EDGE_FRACTION, 0));
    for (size_t at = 0; at < b->kinds; at++) {
        const double *hours = coop_organisation(b, b->own + HOURS, order[at]);
        size_t upper = at % 2, lower = 1 - upper;
        for (size_t o = 0; o < b->organisations; o++)
            laid[o] += hours[o];
        find_edge(b, laid, at + 1 == b->kinds, coop_worker(b, b->own + EDGE_WHOLE, lower),
                  coop_worker(b, b->own + EDGE_FRACTION, lower));
        lay_out_kind(b, order[at], upper, lower);
    }
}

/* g of every position, level by level (seo_tree_levels). */
static void rank_positions(const struct coop_batch *b, size_t o)
{
    size_t n = b->size[o], span = (size_t)seo_shared(b)->span, level = 0;
    size_t levels = seo_tree_levels(n, span);
    float *rank = coop_worker(b, SEO_RANK, 0) + b->first[o];
    float lowest = levels > 1 ? (float)(levels - 1) : 1.0f;
    /* Interleaved organisations are of one size: a position is a row of one value. */
    for (size_t begin = 0, width = 1; begin < n; begin += width, width *= span, level++) {
        float value = 1.0f - (float)level / lowest;
        size_t end = begin + width < n ? begin + width : n;
        for (size_t i = begin * b->step[o]; i < end * b->step[o]; i++)
            rank[i] = value;
    }
}

static void positions_month(const struct coop_batch *b)
{
    const struct seo_tasks *tasks = &seo_shared(b)->tasks;
    size_t order[SEO_KINDS_MAX] = {0};
    order_by_empowerment(&tasks->empowerment, order);
    find_hours(b);
    lay_out_jobs(b, order);
    for (size_t o = 0; o < b->organisations; o += b->step[o])
        rank_positions(b, o);
    seo_job_mean(b, tasks->empowerment.value, coop_worker(b, SEO_EMPOWERMENT, 0));
    seo_job_mean(b, tasks->onerousness.value, coop_worker(b, SEO_ONEROUSNESS, 0));
}

COOP_MECHANISM(positions) = {
    .name = "positions",
    .summary = "The division of labour: which tasks make up which job",
    .source = "ODD 1 and 7",
    .fields = positions_fields,
    .field_count = sizeof positions_fields / sizeof *positions_fields,
    .month = positions_month,
};
