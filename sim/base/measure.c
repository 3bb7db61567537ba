/* coopsim - GPL-3.0-or-later */
#include "sim/base/measure.h"

enum { RADIX_BITS = 11, RADIX_BUCKETS = 1 << RADIX_BITS };

/* One stable pass over pairs of key and index. */
static void radix_pass(const uint32_t *key, const uint32_t *index, uint32_t *to_key,
                       uint32_t *to_index, size_t n, int shift)
{
    size_t start[RADIX_BUCKETS + 1] = {0};
    for (size_t i = 0; i < n; i++)
        start[((key[i] >> shift) & (RADIX_BUCKETS - 1)) + 1]++;
    for (size_t bucket = 0; bucket < RADIX_BUCKETS; bucket++)
        start[bucket + 1] += start[bucket];
    for (size_t i = 0; i < n; i++) {
        size_t to = start[(key[i] >> shift) & (RADIX_BUCKETS - 1)]++;
        to_key[to] = key[i];
        to_index[to] = index[i];
    }
}

void coop_rank_radix(const float *x, size_t n, float *ret_rank, uint32_t *const spare[4])
{
    /* From the last to the first: a stable sort then ranks the earlier of equals higher. */
    for (size_t i = 0; i < n; i++) {
        spare[0][i] = coop_bits_of_f32(x[n - 1 - i]);
        spare[1][i] = (uint32_t)(n - 1 - i);
    }
    radix_pass(spare[0], spare[1], spare[2], spare[3], n, 0);
    radix_pass(spare[2], spare[3], spare[0], spare[1], n, RADIX_BITS);
    radix_pass(spare[0], spare[1], spare[2], spare[3], n, 2 * RADIX_BITS);
    for (size_t i = 0; i < n; i++)
        ret_rank[spare[3][i]] = (float)i;
}

/* Kendall's tau_b by Knight's method (1966): sort by x, then y; the discordant pairs are the
 * exchanges that a merge sort by y makes. */
static void merge_runs(const float *x, const float *y, size_t left, size_t middle, size_t right,
                       float *to_x, float *to_y, bool by_x, double *exchanges)
{
    size_t i = left, j = middle;
    for (size_t k = left; k < right; k++) {
        bool take_right = i == middle;
        if (i < middle && j < right)
            take_right = by_x ? x[j] < x[i] || (x[j] == x[i] && y[j] < y[i]) : y[j] < y[i];
        if (take_right && i < middle)
            *exchanges += (double)(middle - i);
        size_t from = take_right ? j++ : i++;
        to_x[k] = x[from];
        to_y[k] = y[from];
    }
}

static double merge_sort(float *x, float *y, size_t n, float *spare_x, float *spare_y, bool by_x)
{
    double exchanges = 0;
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t left = 0; left < n; left += 2 * width) {
            size_t middle = left + width < n ? left + width : n;
            size_t right = left + 2 * width < n ? left + 2 * width : n;
            merge_runs(x, y, left, middle, right, spare_x, spare_y, by_x, &exchanges);
        }
        memcpy(x, spare_x, n * sizeof *x);
        memcpy(y, spare_y, n * sizeof *y);
    }
    return exchanges;
}

/* Pairs tied in x (and in y too, if `both`), the arrays being sorted. */
static double tied_pairs(const float *x, const float *y, size_t n)
{
    double pairs = 0, run = 1;
    for (size_t i = 1; i <= n; i++) {
        if (i < n && x[i] == x[i - 1] && (y == NULL || y[i] == y[i - 1])) {
            run += 1;
            continue;
        }
        pairs += run * (run - 1) / 2;
        run = 1;
    }
    return pairs;
}

double coop_kendall(float *x, float *y, size_t n, float *spare_x, float *spare_y)
{
    if (n < 2)
        return NAN;
    double pairs = (double)n * ((double)n - 1) / 2;
    merge_sort(x, y, n, spare_x, spare_y, true);
    double tied_x = tied_pairs(x, NULL, n), tied_both = tied_pairs(x, y, n);
    double discordant = merge_sort(x, y, n, spare_x, spare_y, false);
    double tied_y = tied_pairs(y, NULL, n);
    double concordant = pairs - tied_x - tied_y + tied_both - discordant;
    double scale = sqrt(pairs - tied_x) * sqrt(pairs - tied_y);
    return scale > 0 ? (concordant - discordant) / scale : NAN;
}
