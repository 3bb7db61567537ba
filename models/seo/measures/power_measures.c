/* coopsim - GPL-3.0-or-later
 *
 * How power is distributed, how far it has settled on positions, since when it is locked in
 * (ODD 4 and 7, measures). */
#include "models/seo/seo.h"

enum { RANKS, SPARE, SPREAD, TOTAL, RESULT, LOCKED_SINCE };
static const struct coop_field power_fields[] = {
    {"power_rank", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Ranks"},
    {"power_spare", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Any values"},
    {"power_spread", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "A spread value"},
    {"power_total", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "1", "A total"},
    {"power_result", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "1", "A measure"},
    {"power_locked_since", COOP_ORGANISATION, COOP_F64, 1, "week",
     "1 + week since which the top fifth holds half or more; 0: it does not"}};

enum { GINI, GINI_CORRECTED, TOP20, OFFICE_GINI, WORKERS_SAY, KNOW_GAP, LOCKED, LOCK_WEEK };
static const struct coop_measure power_measures[] = {
    {.name = "power_gini",
     .unit = "1",
     .formula = "Gini(W), divisor n",
     .summary = "Gini coefficient of power",
     .min = 0,
     .max = 1,
     .neutral = 0},
    {.name = "power_gini_corrected",
     .unit = "1",
     .formula = "Gini(W) n/(n-1)",
     .summary = "Gini coefficient of power, at most 1 at every size",
     .min = 0,
     .max = 1,
     .neutral = 0},
    {.name = "power_top20",
     .unit = "1",
     .formula = "sum of the largest n/5 of W, the last in part",
     .summary = "Share of power that the top 20 % hold",
     .min = .2,
     .max = 1,
     .neutral = .2},
    {.name = "office_gini",
     .unit = "1",
     .formula = "Gini(U), divisor n",
     .summary = "Gini coefficient of the authority settled on positions (crystallisation)",
     .min = 0,
     .max = 1,
     .neutral = 0},
    {.name = "workers_say",
     .unit = "1",
     .formula = "mean of sum P since the last record",
     .summary = "Say of the workers together in decisions, outsiders hold the rest",
     .min = 0,
     .max = 1,
     .neutral = NAN},
    {.name = "know_power_gap",
     .unit = "1",
     .formula = "1/2 sum |z_i / sum z - W_i|",
     .summary = "Distance of shares in decisions from shares in know-how",
     .min = 0,
     .max = 1,
     .neutral = 0},
    {.name = "locked_in",
     .of_whole_run = true,
     .unit = "1",
     .formula = "1 if lock_in_week is defined, else 0",
     .summary = "Share of the organisations in which power is locked in",
     .min = 0,
     .max = 1,
     .neutral = 0},
    {.name = "lock_in_week",
     .of_whole_run = true,
     .unit = "week",
     .formula = "first t with top-20 % share >= .5 from t on, at least 52 weeks ago",
     .summary = "Week since which power is locked in, where it is",
     .min = 0,
     .max = NAN,
     .neutral = NAN},
};

static void know_gap(const struct coop_batch *b, float *ret)
{
    const float *know = coop_worker(b, SEO_KNOW, 0);
    const float *standing = coop_worker(b, SEO_STANDING, 0);
    float *gap = coop_worker(b, b->own + SPARE, 0), *mean = coop_worker(b, b->own + SPREAD, 0);
    double *total = coop_organisation(b, b->own + TOTAL, 0);
    double *result = coop_organisation(b, b->own + RESULT, 0);
    coop_batch_mean(b, know, total);
    coop_batch_spread(b, total, mean);
    COOP_LANEWISE (i, b->lanes) {
        float difference = know[i] / mean[i] - standing[i];
        gap[i] = difference < 0 ? -difference : difference;
    }
    coop_batch_mean(b, gap, result);
    for (size_t o = 0; o < b->organisations; o++)
        ret[o] = total[o] > 0 ? (float)(result[o] / 2) : NAN;
}

/* The top fifth are floor(n/5) persons and the fraction of the next: a person of rank r counts with
 * r - (n - 1 - floor(n/5)) + fraction, clipped to [0, 1]; whole ranks are kept apart from it. */
static void share_of_top(const struct coop_batch *b, const float *rank, float *ret)
{
    const float *standing = coop_worker(b, SEO_STANDING, 0);
    float *held = coop_worker(b, b->own + SPARE, 0), *part = coop_worker(b, b->own + SPREAD, 0);
    double *total = coop_organisation(b, b->own + TOTAL, 0);
    double *result = coop_organisation(b, b->own + RESULT, 0);
    for (size_t o = 0; o < b->organisations; o++) {
        result[o] = (double)(b->size[o] - 1 - b->size[o] / 5);
        total[o] = (double)(b->size[o] % 5) / 5;
    }
    coop_batch_spread(b, result, held);
    coop_batch_spread(b, total, part);
    COOP_LANEWISE (i, b->lanes) {
        float share = coop_at_least((rank[i] - held[i]) + part[i], 0.0f);
        held[i] = standing[i] * coop_at_most(share, 1.0f);
    }
    coop_batch_sum(b, held, result);
    coop_batch_sum(b, standing, total);
    for (size_t o = 0; o < b->organisations; o++)
        ret[o] = b->size[o] > 1 ? (float)(result[o] / total[o]) : 0.2f;
}

static void lock_in(const struct coop_batch *b, const float *top20, float *ret_locked,
                    float *ret_week)
{
    double *since = coop_organisation(b, b->own + LOCKED_SINCE, 0);
    for (size_t o = 0; o < b->organisations; o++) {
        if (top20[o] < 0.5f)
            since[o] = 0;
        else if (since[o] == 0)
            since[o] = 1 + (double)b->week;
        bool locked = since[o] > 0 && (double)b->week - (since[o] - 1) >= 52;
        ret_locked[o] = locked ? 1 : 0;
        ret_week[o] = locked ? (float)(since[o] - 1) : NAN;
    }
}

/* Gini of nW or nU; leaves the ranks. */
static const double *find_gini(const struct coop_batch *b, const float *value, float *rank)
{
    double *gini = coop_organisation(b, b->own + RESULT, 0);
    seo_rank(b, value, rank);
    coop_batch_gini(b, value, rank, coop_worker(b, b->own + SPARE, 0),
                    coop_organisation(b, b->own + TOTAL, 0), gini);
    return gini;
}

static void power_observe(const struct coop_batch *b, float *const *ret)
{
    float *rank = coop_worker(b, b->own + RANKS, 0);
    const double *gini = find_gini(b, coop_worker(b, SEO_OFFICE, 0), rank);
    for (size_t o = 0; o < b->organisations; o++)
        ret[OFFICE_GINI][o] = (float)gini[o];
    gini = find_gini(b, coop_worker(b, SEO_STANDING, 0), rank);
    for (size_t o = 0; o < b->organisations; o++) {
        double n = (double)b->size[o], weeks = coop_organisation(b, SEO_SAY_WEEKS, 0)[o];
        double say = coop_organisation(b, SEO_SAY_SUM, 0)[o];
        ret[GINI][o] = (float)gini[o];
        ret[GINI_CORRECTED][o] = n > 1 ? (float)(gini[o] * n / (n - 1)) : NAN;
        ret[WORKERS_SAY][o] = weeks > 0 ? (float)(say / weeks) : NAN;
    }
    share_of_top(b, rank, ret[TOP20]);
    know_gap(b, ret[KNOW_GAP]);
    lock_in(b, ret[TOP20], ret[LOCKED], ret[LOCK_WEEK]);
}

COOP_OBSERVER(power_measures) = {
    .name = "power_measures",
    .summary = "How power is distributed and how far it is locked in",
    .fields = power_fields,
    .field_count = sizeof power_fields / sizeof *power_fields,
    .measures = power_measures,
    .measure_count = sizeof power_measures / sizeof *power_measures,
    .observe = power_observe,
};
