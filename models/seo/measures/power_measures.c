/* coopsim - GPL-3.0-or-later
 *
 * How power is distributed, how far it has settled on positions, since when it is locked in
 * (ODD 4 and 7, measures). */
#include "models/seo/seo.h"
#include "sim/base/measure.h"

enum { RANKS, SPARE, LOCKED_SINCE };
static const struct coop_field power_fields[] = {
    {"power_rank", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Ranks"},
    {"power_spare", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Any values"},
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
     .unit = "1",
     .formula = "1 if lock_in_week is defined, else 0",
     .summary = "Share of the organisations in which power is locked in",
     .min = 0,
     .max = 1,
     .neutral = 0},
    {.name = "lock_in_week",
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
    float *gap = coop_worker(b, b->own + SPARE, 0);
    for (size_t o = 0; o < b->organisations; o++) {
        size_t n = coop_batch_size(b, o);
        double total = coop_sum(know + b->first[o], n);
        float share = total > 0 ? (float)(1 / total) : 0, each = 1 / (float)n;
        for (size_t i = b->first[o]; i < b->first[o + 1]; i++) {
            float difference = know[i] * share - standing[i] * each;
            gap[i] = difference < 0 ? -difference : difference;
        }
        ret[o] = total > 0 ? (float)(coop_sum(gap + b->first[o], n) / 2) : NAN;
    }
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

static void power_observe(const struct coop_batch *b, float *const *ret)
{
    const float *standing = coop_worker(b, SEO_STANDING, 0);
    const float *office = coop_worker(b, SEO_OFFICE, 0);
    float *rank = coop_worker(b, b->own + RANKS, 0), *spare = coop_worker(b, b->own + SPARE, 0);
    for (size_t o = 0; o < b->organisations; o++) {
        size_t n = coop_batch_size(b, o), first = b->first[o];
        seo_rank(b, o, standing, rank);
        double gini = coop_gini(standing + first, rank + first, n);
        ret[GINI][o] = (float)gini;
        ret[GINI_CORRECTED][o] = n > 1 ? (float)(gini * (double)n / ((double)n - 1)) : NAN;
        ret[TOP20][o] = (float)coop_top_fifth(standing + first, rank + first, n, spare + first);
        seo_rank(b, o, office, rank);
        ret[OFFICE_GINI][o] = (float)coop_gini(office + first, rank + first, n);
        double weeks = coop_organisation(b, SEO_SAY_WEEKS, 0)[o];
        double say = coop_organisation(b, SEO_SAY_SUM, 0)[o];
        ret[WORKERS_SAY][o] = weeks > 0 ? (float)(say / weeks) : NAN;
    }
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
