/* coopsim - GPL-3.0-or-later
 *
 * Positions (ODD 1). The hours of the task kinds are h_k ~ h0_k exp(shift_m m + shift_f f).
 * The corporate mix lays them end to end in falling empowerment and cuts them into n equal jobs;
 * the job of position j is x_jk = (1 - D) h_k + D x_jk^corporate. From x follow empowerment E and
 * onerousness o; from the tree of span c the rank g_j = 1 - level_j / (L - 1). */
#include "models/seo/jobs.h"

enum { HOURS, TOTAL };
static const struct coop_field positions_fields[] = {
    {"positions_hours", COOP_ORGANISATION_SCRATCH, COOP_F64, COOP_EACH_KIND, "1", "Hours h"},
    {"positions_total", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "1", "Sums of hours"}};

/* What the jobs of eight neighbouring slots follow from: hours by kind, in falling empowerment; the
 * edge below each kind, n times the hours laid so far; division in force. */
struct plan {
    float hours[SEO_KINDS_MAX][COOP_ROW];
    float whole[SEO_KINDS_MAX][COOP_ROW], fraction[SEO_KINDS_MAX][COOP_ROW]; /* jobs to an edge */
    float division[COOP_ROW];
};

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

/* The plan of organisation o, or of the eight interleaved ones from o on. Whole jobs are kept apart
 * from the fraction, so that equal jobs get equal bits. */
static void plan_jobs(const struct coop_batch *b, size_t o, const size_t *order, struct plan *ret)
{
    const double *division = coop_organisation(b, SEO_IN_FORCE, SEO_division);
    double n = (double)b->size[o], laid[COOP_ROW] = {0};
    for (size_t lane = 0; lane < COOP_ROW; lane++)
        ret->division[lane] = (float)division[coop_row_organisation(b, o, lane)];
    for (size_t at = 0; at < b->kinds; at++) {
        const double *hours = coop_organisation(b, b->own + HOURS, order[at]);
        /* The last edge is exactly n: the hours' sum may miss 1 by a rounding. */
        bool last = at + 1 == b->kinds;
        for (size_t lane = 0; lane < COOP_ROW; lane++) {
            double h = hours[coop_row_organisation(b, o, lane)];
            laid[lane] += h;
            double jobs = last ? n : laid[lane] * n, whole = (double)(int32_t)jobs;
            ret->hours[at][lane] = (float)h;
            ret->whole[at][lane] = (float)whole;
            ret->fraction[at][lane] = (float)(jobs - whole);
        }
    }
}

/* x of a part of a row of slots. How much of job j lies before an edge is 1, a fraction, or 0; what
 * lies between two edges is the kind's. */
static void lay_out_part(const struct plan *plan, size_t lane, const uint32_t *positions,
                         size_t slot, size_t kinds, float *const share_of[])
{
    const coop_row_singles none = {0}, all = none + 1;
    coop_row_singles job, before = none, division = coop_row_load(plan->division + lane);
    coop_row_ints position;
    memcpy(&position, positions + slot, sizeof position);
    job = __builtin_convertvector(position, coop_row_singles);
    for (size_t at = 0; at < kinds; at++) {
        coop_row_singles whole = coop_row_load(plan->whole[at] + lane);
        coop_row_singles to_edge = (whole - job) + coop_row_load(plan->fraction[at] + lane);
        coop_row_singles part = COOP_ROW_SMALLER(COOP_ROW_LARGER(to_edge, none), all);
        coop_row_singles balanced = coop_row_load(plan->hours[at] + lane);
        coop_row_singles share = balanced + division * ((part - before) - balanced);
        memcpy(share_of[at] + slot, &share, sizeof share);
        before = part;
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

static void lay_out_jobs(const struct coop_batch *b, const size_t *order)
{
    const size_t kinds = b->kinds;
    const uint32_t *position = b->position;
    float *share_of[SEO_KINDS_MAX];
    for (size_t at = 0; at < kinds; at++)
        share_of[at] = coop_worker(b, SEO_SHARE, order[at]);
    for (size_t o = 0; o < b->organisations; o += b->step[o]) {
        struct plan plan;
        plan_jobs(b, o, order, &plan);
        const size_t first = b->first[o], slots = COOP_ROW * coop_rows(b, o);
        for (size_t i = 0; i < slots; i += COOP_ROW_INTS)
            lay_out_part(&plan, i % COOP_ROW, position, first + i, kinds, share_of);
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
