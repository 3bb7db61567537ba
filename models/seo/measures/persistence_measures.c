/* coopsim - GPL-3.0-or-later
 *
 * Whether power stays with the same persons from year to year (ODD 4 and 7, measures):
 * Kendall's tau_b of W against 52 weeks before, over those present at both dates, the half-life of
 * the top fifth, and who moved where. Standing of a year ago is kept by the person's label in the register. */
#include "models/seo/seo.h"

enum { YEAR = 52 };
enum { HISTORY, PAST, PRESENT_NOW, SPARE_PAST, SPARE_NOW, RANK_THEN, RANK_NOW };
static const struct coop_field persistence_fields[] = {
    {"persistence_history", COOP_POSITION, COOP_F32, COOP_EACH_RECORD_OF_YEAR, "1",
     "Standing nW by label at each record of the last year"},
    {"persistence_past", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Standing a year ago"},
    {"persistence_now", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Standing now"},
    {"persistence_spare_past", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "For sorting"},
    {"persistence_spare_now", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "For sorting"},
    {"persistence_rank_then", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Rank a year ago, by label"},
    {"persistence_rank_now", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Rank now"}};

/* Half-life = 52 ln 2 / -ln(mean share of last year's top fifth that is still there). */
static double pool_half_life(const struct coop_pool *pool)
{
    double total = 0, count = 0;
    for (size_t o = 0; o < pool->organisations; o++)
        if (!isnan(pool->value[0][o])) {
            total += (double)pool->value[0][o];
            count += 1;
        }
    if (count == 0)
        return NAN;
    if (total == 0 || total == count)
        return total == 0 ? 0 : INFINITY;
    return YEAR * coop_log(2) / -coop_log(total / count);
}

/* Where those of a group of a year ago are now, as shares of all n: the top floor(n/5) by W, the low
 * floor(2n/5), the middle between them. Rows are the groups then, columns the groups now and gone. */
enum { TOP, MIDDLE, LOW, GONE, GROUPS = GONE, PLACES };
#define MOVED(from, to, words)                                                                     \
    {                                                                                              \
        .name = #from "_to_" #to, .unit = "1",                                                     \
        .formula = "number of those in " #from " at t - 52 who are " #to " at t, divided by n",    \
        .summary =                                                                                 \
            "Share of all workers who were in the " #from " group a year ago and are " words,      \
        .min = 0, .max = 1, .neutral = NAN                                                         \
    }
#define MOVED_FROM(from)                                                                           \
    MOVED(from, top, "in the top fifth"), MOVED(from, middle, "in the middle two fifths"),         \
        MOVED(from, low, "in the low two fifths"), MOVED(from, gone, "gone")

enum { TAU, TOP_STAYS, HALF_LIFE, MOVES };
static const struct coop_measure persistence_measures[] = {
    {.name = "power_tau",
     .unit = "1",
     .formula = "Kendall tau_b of W(t) and W(t - 52)",
     .summary = "Persistence of the order of power among those who were there a year ago",
     .min = -1,
     .max = 1,
     .neutral = NAN},
    {.name = "top_stays",
     .unit = "1",
     .formula = "share of the top floor(n/5) by W(t - 52) that is in it at t",
     .summary = "Share of last year's top fifth that is still the top fifth; leavers are gone",
     .min = 0,
     .max = 1,
     .neutral = NAN},
    {.name = "power_half_life",
     .unit = "week",
     .formula = "52 ln 2 / -ln(mean top_stays)",
     .summary = "Half-life of the top fifth",
     .min = 0,
     .max = NAN,
     .neutral = NAN,
     .pool = pool_half_life},
    MOVED_FROM(top),
    MOVED_FROM(middle),
    MOVED_FROM(low),
};

/* Kendall's tau_b over all ordered pairs; exact, and quick for small n. Behind n there are NANs to
 * a whole vector, which compare as neither smaller nor larger. */
static double small_kendall(const float *x, const float *y, size_t n)
{
    /* Counts of ordered pairs, negative, since a comparison that holds is -1. Each pair is met from
     * both ends, so those in which mine is the larger are half of those that differ. */
    coop_ints agree = {0}, oppose = {0}, in_x = {0}, in_y = {0};
    for (size_t i = 0; i < n; i += COOP_INT_WIDTH) {
        coop_singles mine_x, mine_y;
        memcpy(&mine_x, x + i, sizeof mine_x);
        memcpy(&mine_y, y + i, sizeof mine_y);
        for (size_t j = 0; j < n; j++) {
            coop_ints above_x = mine_x > x[j], above_y = mine_y > y[j];
            agree += above_x & above_y;
            oppose += above_x & (mine_y < y[j]);
            in_x += above_x;
            in_y += above_y;
        }
    }
    double sum_both = 0, sum_x = 0, sum_y = 0;
    for (size_t lane = 0; lane < COOP_INT_WIDTH; lane++) {
        sum_both += (double)(oppose[lane] - agree[lane]);
        sum_x -= (double)in_x[lane];
        sum_y -= (double)in_y[lane];
    }
    return sum_x > 0 && sum_y > 0 ? sum_both / (sqrt(sum_x) * sqrt(sum_y)) : NAN;
}

/* Pairs of standing then and now of those present at both dates; returns how many. */
static size_t pair_up(const struct coop_batch *b, size_t o, const float *history)
{
    size_t pairs = 0;
    const float *standing = coop_worker(b, SEO_STANDING, 0);
    const uint32_t *label = coop_worker_u32(b, SEO_LABEL);
    const uint32_t *joined = coop_worker_u32(b, SEO_JOINED);
    float *past = coop_worker(b, b->own + PAST, 0);
    float *now = coop_worker(b, b->own + PRESENT_NOW, 0);
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        if ((int64_t)joined[i] + YEAR <= b->week) {
            past[pairs] = history[coop_slot(b, o, label[i])];
            now[pairs++] = standing[i];
        }
    }
    for (size_t i = pairs; i < pairs + COOP_INT_WIDTH; i++)
        past[i] = now[i] = NAN;
    return pairs;
}

static double tau(const struct coop_batch *b, size_t pairs)
{
    float *past = coop_worker(b, b->own + PAST, 0);
    float *now = coop_worker(b, b->own + PRESENT_NOW, 0);
    if (pairs < 2)
        return NAN;
    if (pairs <= COOP_RANK_COUNT_MAX)
        return small_kendall(past, now, pairs);
    return coop_kendall(past, now, pairs, coop_worker(b, b->own + SPARE_PAST, 0),
                        coop_worker(b, b->own + SPARE_NOW, 0));
}

/* Share of last year's top fifth that is still there; by ranks of the history by label and of
 * standing by position. */
static float top_stays(const struct coop_batch *b, size_t o, const float *rank_then,
                       const float *rank_now)
{
    size_t top = b->size[o] / 5;
    if (top == 0)
        return NAN;
    const uint32_t *label = coop_worker_u32(b, SEO_LABEL);
    const uint32_t *joined = coop_worker_u32(b, SEO_JOINED);
    float least = (float)(b->size[o] - top), stayed = 0;
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        if (rank_now[i] >= least && rank_then[coop_slot(b, o, label[i])] >= least &&
            (int64_t)joined[i] + YEAR <= b->week)
            stayed += 1;
    }
    return stayed / (float)top;
}

static size_t group_of(float rank, size_t n)
{
    return rank >= (float)(n - n / 5) ? TOP : rank < (float)(2 * n / 5) ? LOW : MIDDLE;
}

static void count_moves(const struct coop_batch *b, size_t o, const float *rank_then,
                        const float *rank_now, float *const *ret)
{
    const uint32_t *label = coop_worker_u32(b, SEO_LABEL);
    const uint32_t *joined = coop_worker_u32(b, SEO_JOINED);
    const size_t n = b->size[o];
    uint32_t moved[GROUPS][PLACES] = {{0}};
    for (size_t p = 0; p < n; p++) {
        const size_t i = coop_slot(b, o, p);
        const bool stayed = (int64_t)joined[i] + YEAR <= b->week;
        const size_t then = group_of(rank_then[coop_slot(b, o, label[i])], n);
        moved[then][stayed ? group_of(rank_now[i], n) : GONE]++;
    }
    for (size_t from = 0; n >= 5 && from < GROUPS; from++)
        for (size_t to = 0; to < PLACES; to++)
            ret[MOVES + from * PLACES + to][o] = (float)moved[from][to] / (float)n;
}

static void compare_years(const struct coop_batch *b, const float *history, float *const *ret)
{
    float *rank_then = coop_worker(b, b->own + RANK_THEN, 0);
    float *rank_now = coop_worker(b, b->own + RANK_NOW, 0);
    seo_rank(b, history, rank_then);
    seo_rank(b, coop_worker(b, SEO_STANDING, 0), rank_now);
    for (size_t o = 0; o < b->organisations; o++) {
        ret[TAU][o] = (float)tau(b, pair_up(b, o, history));
        ret[TOP_STAYS][o] = top_stays(b, o, rank_then, rank_now);
        count_moves(b, o, rank_then, rank_now, ret);
    }
}

static void keep_history(const struct coop_batch *b, float *history)
{
    const float *standing = coop_worker(b, SEO_STANDING, 0);
    const uint32_t *label = coop_worker_u32(b, SEO_LABEL);
    for (size_t o = 0; o < b->organisations; o++)
        for (size_t p = 0; p < b->size[o]; p++) {
            size_t i = coop_slot(b, o, p);
            history[coop_slot(b, o, label[i])] = standing[i];
        }
}

static void persistence_observe(const struct coop_batch *b, float *const *ret)
{
    int64_t year_records = (int64_t)b->year_records;
    for (size_t measure = 0; measure < MOVES + GROUPS * PLACES; measure++)
        for (size_t o = 0; o < b->organisations; o++)
            ret[measure][o] = NAN;
    if (year_records > 0 && b->week * year_records % YEAR == 0) {
        size_t record = (size_t)(b->week * year_records / YEAR % year_records);
        float *history = coop_worker(b, b->own + HISTORY, record);
        if (b->week >= YEAR)
            compare_years(b, history, ret);
        keep_history(b, history);
    }
    memcpy(ret[HALF_LIFE], ret[TOP_STAYS], b->organisations * sizeof(float));
}

COOP_OBSERVER(persistence_measures) = {
    .name = "persistence_measures",
    .summary = "Whether power stays with the same persons",
    .fields = persistence_fields,
    .field_count = sizeof persistence_fields / sizeof *persistence_fields,
    .measures = persistence_measures,
    .measure_count = sizeof persistence_measures / sizeof *persistence_measures,
    .observe = persistence_observe,
};
