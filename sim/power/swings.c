/* coopsim - GPL-3.0-or-later
 *
 * The number of coalitions of sum s and size k is the coefficient of x^s y^k in the product of
 * (1 + x^w y) over the players (Mann and Shapley 1962; Brams and Affuso 1976). The polynomial in y
 * of each sum lies in memory as one long integer, y being 2 to the power of a count's bits: every
 * count fits, so that nothing is carried from one into the next, and a product or quotient by
 * (1 + x^w y) is made of long additions or subtractions. */
#include "sim/power/swings.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for counting coalitions");
}

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
    while (b != 0) {
        const uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static uint64_t total_of(const uint64_t *weight, size_t players)
{
    uint64_t total = 0;
    for (size_t p = 0; p < players; p++)
        total += weight[p];
    return total;
}

/* One step to smaller numbers; false if there is none. */
static bool shrink(uint64_t *weight, size_t players, uint64_t *quota)
{
    const uint64_t before = *quota, total = total_of(weight, players);
    uint64_t divisor = 0;
    for (size_t p = 0; p < players; p++)
        divisor = common_divisor(weight[p], divisor);
    *quota = (*quota + divisor - 1) / divisor;
    if (total / divisor - *quota + 1 < *quota)
        *quota = total / divisor - *quota + 1;
    for (size_t p = 0; p < players; p++) {
        weight[p] /= divisor;
        weight[p] = weight[p] < *quota ? weight[p] : *quota;
    }
    return *quota < before || total_of(weight, players) < total;
}

static int compare(const void *left, const void *right)
{
    const uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return a < b ? -1 : a > b;
}

/* The positive weights in rising order; NULL if there is no memory. */
static uint64_t *sorted_weights(struct coop_swings *swings, size_t players)
{
    uint64_t *sorted = malloc(players * sizeof *sorted);
    swings->players = 0;
    for (size_t p = 0; sorted != NULL && p < players; p++)
        if (swings->weight[p] > 0)
            sorted[swings->players++] = swings->weight[p];
    if (sorted != NULL)
        qsort(sorted, swings->players, sizeof *sorted, compare);
    return sorted;
}

/* Counts of all sums below the quota: a coalition of sum s has at most as many players as there are
 * smallest weights that add up to s or less. */
static double count_cells(const struct coop_swings *swings, const uint64_t *sorted)
{
    double cells = (double)swings->quota;
    uint64_t sum = 0;
    for (size_t p = 0; p < swings->players; p++) {
        sum += sorted[p];
        cells += sum < swings->quota ? (double)(swings->quota - sum) : 0;
    }
    return cells;
}

static enum coop_status allocate(struct coop_swings *swings, const uint64_t *sorted)
{
    swings->limbs = swings->players / GMP_NUMB_BITS + 1;
    const double megabytes =
        (count_cells(swings, sorted) * (double)swings->limbs + (double)swings->quota) *
        sizeof(mp_limb_t) / 1e6;
    if (megabytes > COOP_SWINGS_MEGABYTES_MAX)
        return COOP_FAIL(COOP_USAGE,
                         "counting the coalitions of these %zu weights exactly, by sums up to "
                         "%llu, takes %.0f MB, above the limit of %d MB - round the weights",
                         swings->players, (unsigned long long)swings->quota, megabytes,
                         COOP_SWINGS_MEGABYTES_MAX);
    swings->first = malloc((swings->quota + 1) * sizeof *swings->first);
    if (swings->first == NULL)
        return no_memory();
    size_t sizes = 1, next = 0;
    uint64_t sum = sorted[0];
    for (uint64_t s = 0; s < swings->quota; s++) {
        for (; sizes <= swings->players && sum <= s; sizes++)
            sum += sizes < swings->players ? sorted[sizes] : 0;
        swings->first[s] = next;
        next += sizes;
    }
    swings->first[swings->quota] = next;
    swings->count = calloc(next, swings->limbs * sizeof *swings->count);
    return swings->count != NULL ? COOP_OK : no_memory();
}

static mp_limb_t *counts_of(const struct coop_swings *swings, uint64_t sum)
{
    return swings->count + swings->first[sum] * swings->limbs;
}

static size_t sizes_of(const struct coop_swings *swings, uint64_t sum)
{
    return swings->first[sum + 1] - swings->first[sum];
}

/* From the largest sum down, so that the player joins only coalitions without it. */
static void multiply(struct coop_swings *swings, uint64_t weight, uint64_t largest)
{
    for (uint64_t s = largest; s >= weight; s--) {
        const size_t to = sizes_of(swings, s) - 1, from = sizes_of(swings, s - weight);
        mp_limb_t *joined = counts_of(swings, s) + swings->limbs;
        if (to > 0)
            mpn_add_n(joined, joined, counts_of(swings, s - weight),
                      (mp_size_t)((from < to ? from : to) * swings->limbs));
    }
}

static void count_coalitions(struct coop_swings *swings, const uint64_t *sorted)
{
    uint64_t largest = 0;
    swings->count[0] = 1;
    for (size_t p = 0; p < swings->players; p++) {
        largest += sorted[p];
        largest = largest < swings->quota ? largest : swings->quota - 1;
        multiply(swings, sorted[p], largest);
    }
    for (uint64_t s = 1; s < swings->quota; s++)
        mpn_add_n(counts_of(swings, s), counts_of(swings, s), counts_of(swings, s - 1),
                  (mp_size_t)(sizes_of(swings, s - 1) * swings->limbs));
}

enum coop_status coop_swings_init(struct coop_swings *ret, const struct coop_game *game)
{
    *ret = (struct coop_swings){.quota = game->quota};
    ret->weight = malloc(game->players * sizeof *ret->weight);
    if (ret->weight == NULL)
        return no_memory();
    memcpy(ret->weight, game->weight, game->players * sizeof *ret->weight);
    while (shrink(ret->weight, game->players, &ret->quota))
        continue;
    uint64_t *sorted = sorted_weights(ret, game->players);
    enum coop_status status = sorted != NULL ? allocate(ret, sorted) : no_memory();
    if (status == COOP_OK)
        count_coalitions(ret, sorted);
    free(sorted);
    return status;
}

void coop_swings_free(struct coop_swings *swings)
{
    free(swings->weight);
    free(swings->first);
    free(swings->count);
    *swings = (struct coop_swings){0};
}

/* Coalitions without the player whose sums are in the window of `weight` sums below `end` are all
 * such coalitions less those with it, which are without it in the window below. */
static void divide_window(const struct coop_swings *swings, uint64_t weight, uint64_t end,
                          const mp_limb_t *below, mp_limb_t *ret_window)
{
    const size_t limbs = swings->limbs, sizes = sizes_of(swings, swings->quota - 1);
    memset(ret_window, 0, sizes * limbs * sizeof *ret_window);
    memcpy(ret_window, counts_of(swings, end - 1),
           sizes_of(swings, end - 1) * limbs * sizeof *ret_window);
    if (end > weight)
        mpn_sub_n(ret_window, ret_window, counts_of(swings, end - weight - 1),
                  (mp_size_t)(sizes_of(swings, end - weight - 1) * limbs));
    if (sizes > 1)
        mpn_sub_n(ret_window + limbs, ret_window + limbs, below, (mp_size_t)((sizes - 1) * limbs));
}

enum coop_status coop_swings_of(const struct coop_swings *swings, uint64_t weight,
                                mpz_t *ret_swings)
{
    const size_t sizes = sizes_of(swings, swings->quota - 1), limbs = sizes * swings->limbs;
    for (size_t k = 0; k < swings->players; k++)
        mpz_set_ui(ret_swings[k], 0);
    if (weight == 0)
        return COOP_OK;
    mp_limb_t *room = calloc(2 * limbs, sizeof *room), *window = room;
    if (room == NULL)
        return no_memory();
    mp_limb_t *below = room + limbs;
    const uint64_t windows = (swings->quota + weight - 1) / weight;
    for (uint64_t w = windows; w-- > 0;) {
        divide_window(swings, weight, swings->quota - w * weight, below, window);
        mp_limb_t *last = below;
        below = window;
        window = last;
    }
    for (size_t k = 0; k < sizes && k < swings->players; k++)
        mpz_import(ret_swings[k], swings->limbs, -1, sizeof *below, 0, GMP_NAIL_BITS,
                   below + k * swings->limbs);
    free(room);
    return COOP_OK;
}
