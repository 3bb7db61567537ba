/* coopsim - GPL-3.0-or-later
 *
 * The Lorenz curve of power (ODD 4): what the 20, 40, 60, 80 and 90 % with least of it hold
 * together. A person at the border counts in part. Recorded in the first year and at whole years,
 * since it is for looking at the start, the end and the way between. */
#include "models/seo/seo.h"

enum { YEAR = 52 };
enum { RANKS, SORTED };
static const struct coop_field lorenz_fields[] = {
    {"lorenz_rank", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Ranks by standing"},
    {"lorenz_sorted", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Standing by rising rank"}};

#define LOW(percent)                                                                               \
    {                                                                                              \
        .name = "power_low" #percent, .unit = "1",                                                 \
        .formula = "sum of the smallest " #percent " n / 100 of W, the last in part",              \
        .summary = "Share of power that the " #percent " % with least of it hold", .min = 0,       \
        .max = .01 * (percent), .neutral = .01 * (percent)                                         \
    }
static const uint32_t percent[] = {20, 40, 60, 80, 90};
enum { POINTS = sizeof percent / sizeof *percent };
static const struct coop_measure lorenz_measures[] = {LOW(20), LOW(40), LOW(60), LOW(80), LOW(90)};

static void sort(const struct coop_batch *b, size_t o, const float *rank, float *ret_sorted)
{
    const float *standing = coop_worker(b, SEO_STANDING, 0);
    for (size_t p = 0; p < b->size[o]; p++) {
        const size_t i = coop_slot(b, o, p);
        ret_sorted[coop_slot(b, o, (size_t)rank[i])] = standing[i];
    }
}

static void add_up(const struct coop_batch *b, size_t o, const float *sorted, float *const *ret)
{
    double total = 0, share[POINTS] = {0};
    size_t point = 0;
    const size_t n = b->size[o];
    for (size_t p = 0; p < n; p++) {
        const double value = (double)sorted[coop_slot(b, o, p)];
        for (; point < POINTS && percent[point] * n / 100 == p; point++)
            share[point] = total + value * (double)(percent[point] * n % 100) / 100;
        total += value;
    }
    for (point = 0; point < POINTS; point++)
        ret[point][o] = (float)(share[point] / total);
}

static void lorenz_observe(const struct coop_batch *b, float *const *ret)
{
    float *rank = coop_worker(b, b->own + RANKS, 0), *sorted = coop_worker(b, b->own + SORTED, 0);
    const bool due = b->week <= YEAR || b->week % YEAR == 0 || b->year_records == 0;
    if (due)
        seo_rank(b, coop_worker(b, SEO_STANDING, 0), rank);
    for (size_t o = 0; o < b->organisations; o++) {
        for (size_t point = 0; point < POINTS; point++)
            ret[point][o] = NAN;
        if (!due)
            continue;
        sort(b, o, rank, sorted);
        add_up(b, o, sorted, ret);
    }
}

COOP_OBSERVER(lorenz_measures) = {
    .name = "lorenz_measures",
    .summary = "The Lorenz curve of power",
    .fields = lorenz_fields,
    .field_count = sizeof lorenz_fields / sizeof *lorenz_fields,
    .measures = lorenz_measures,
    .measure_count = sizeof lorenz_measures / sizeof *lorenz_measures,
    .observe = lorenz_observe,
};
