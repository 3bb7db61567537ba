/* coopsim - GPL-3.0-or-later
 *
 * Shares are linear in the values, share_a = sum over points p of weight_ap value_p, so that each unit
 * has shares of its own and what holds of shares holds of their means. */
#include "sim/explain/shapley.h"

#include "sim/sensitivity/bootstrap.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* A set with the number of its point. */
struct place {
    uint32_t cut, point;
};

struct work {
    struct place *place; /* [points], in the order of their sets */
    double *mean;        /* [points], over units */
    double *weight;      /* [points] of one arrow */
    double *unit;        /* [units] shares of an arrow, or the excess, by unit */
    double *pair;        /* [orders / 2] shares of an arrow, by pair of orders */
    uint32_t *times;     /* [units or pairs, whatever is more] */
    double *estimate;    /* [resamples] */
};

static int by_set(const void *a, const void *b)
{
    const uint32_t x = ((const struct place *)a)->cut, y = ((const struct place *)b)->cut;
    return (x > y) - (x < y);
}

/* The number of the point at which exactly these arrows are cut; `points` if there is none. */
static size_t point_of(const struct coop_game *game, const struct work *work, uint32_t cut)
{
    const struct place key = {.cut = cut};
    const struct place *found =
        bsearch(&key, work->place, game->points, sizeof *work->place, by_set);
    return found != NULL ? found->point : game->points;
}

static uint32_t all_of(const struct coop_game *game)
{
    return (uint32_t)((UINT64_C(1) << game->arrows) - 1);
}

/* Of all 2^k sets: an arrow is as likely to come after any number of others, and after each set of
 * that number: s! (k - s - 1)! / k! for each set of s arrows before it. */
static void weigh_sets(const struct coop_game *game, size_t arrow, double *ret)
{
    double chance[COOP_ARROWS_MAX] = {1 / (double)game->arrows};
    for (size_t s = 1; s < game->arrows; s++)
        chance[s] = chance[s - 1] * (double)s / (double)(game->arrows - s);
    for (size_t p = 0; p < game->points; p++) {
        const bool is_cut = game->cut[p] >> arrow & 1u;
        const size_t cut = (size_t)__builtin_popcount(game->cut[p]);
        ret[p] = is_cut ? -chance[cut - 1] : chance[cut];
    }
}

/* The points before and after an arrow is cut in an order. */
static enum coop_status find_step(const struct coop_game *game, const struct work *work,
                                  size_t order, size_t arrow, size_t ret[2])
{
    const uint8_t *sequence = game->order + order * game->arrows;
    uint32_t cut = 0;
    for (size_t i = 0; i < game->arrows && sequence[i] != arrow; i++)
        cut |= UINT32_C(1) << sequence[i];
    ret[0] = point_of(game, work, cut);
    ret[1] = point_of(game, work, cut | UINT32_C(1) << arrow);
    if (ret[0] < game->points && ret[1] < game->points)
        return COOP_OK;
    return COOP_FAIL(COOP_INTERNAL, "order %zu of the arrows meets a set that is no point", order);
}

static enum coop_status weigh_orders(const struct coop_game *game, const struct work *work,
                                     size_t arrow, double *ret)
{
    for (size_t p = 0; p < game->points; p++)
        ret[p] = 0;
    for (size_t o = 0; o < game->orders; o++) {
        size_t step[2];
        COOP_TRY(find_step(game, work, o, arrow, step));
        ret[step[0]] += 1 / (double)game->orders;
        ret[step[1]] -= 1 / (double)game->orders;
        work->pair[o / 2] =
            (o % 2 == 0 ? 0 : work->pair[o / 2]) + (work->mean[step[0]] - work->mean[step[1]]) / 2;
    }
    return COOP_OK;
}

static double mean_of(const double *value, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += value[i] - value[0];
    return value[0] + sum / (double)count;
}

/* Of the mean; NAN of a single value. */
static double error_of(const double *value, size_t count)
{
    const double mean = mean_of(value, count), n = (double)count;
    double squares = 0;
    for (size_t i = 0; i < count; i++)
        squares += (value[i] - mean) * (value[i] - mean);
    return count > 1 ? sqrt(squares / (n - 1) / n) : (double)NAN;
}

/* A resample's mean deviates less than the mean does: the sample's own variance is (n - 1) / n of what it
 * estimates, and being estimated it calls for Student's quantile in place of the normal one. */
static double widening(double n, double level)
{
    const double tail = (1 + level) / 2;
    return sqrt(n / (n - 1)) * gsl_cdf_tdist_Pinv(tail, n - 1) / gsl_cdf_ugaussian_Pinv(tail);
}

/* Adds to every estimate by how much the mean of a resample deviates. */
static void add_deviations(const double *value, size_t count,
                           const struct coop_bootstrap *bootstrap, size_t first, struct work *work)
{
    const double mean = mean_of(value, count), n = (double)count;
    const double wider = count > 1 ? widening(n, bootstrap->level) : (double)NAN;
    for (size_t s = 0; s < bootstrap->resamples; s++) {
        double sum = 0;
        coop_bootstrap_draw(bootstrap, first + s, count, work->times);
        for (size_t i = 0; i < count; i++)
            sum += (double)work->times[i] * (value[i] - mean);
        work->estimate[s] += wider * sum / n;
    }
}

/* Around the mean of `unit`; `pairs` 0: nothing was drawn but the units. */
static struct coop_interval interval_of(const struct coop_game *game, size_t pairs,
                                        const struct coop_bootstrap *bootstrap, struct work *work)
{
    struct coop_interval ret = {.value = mean_of(work->unit, game->units)};
    for (size_t s = 0; s < bootstrap->resamples; s++)
        work->estimate[s] = ret.value;
    add_deviations(work->unit, game->units, bootstrap, 0, work);
    if (pairs > 0)
        add_deviations(work->pair, pairs, bootstrap, bootstrap->resamples, work);
    coop_bootstrap_interval(bootstrap, work->estimate, &ret);
    return ret;
}

static double fall(const struct coop_game *game, const struct work *work, uint32_t before,
                   uint32_t after)
{
    const size_t from = point_of(game, work, before), to = point_of(game, work, after);
    return from < game->points && to < game->points ? work->mean[from] - work->mean[to]
                                                    : (double)NAN;
}

static enum coop_status find_share(const struct coop_game *game, size_t arrow,
                                   const struct coop_bootstrap *bootstrap, struct work *work,
                                   struct coop_share *ret)
{
    const uint32_t all = all_of(game), own = UINT32_C(1) << arrow;
    const size_t pairs = game->orders / 2;
    if (game->orders == 0)
        weigh_sets(game, arrow, work->weight);
    else
        COOP_TRY(weigh_orders(game, work, arrow, work->weight));
    for (size_t u = 0; u < game->units; u++)
        work->unit[u] = 0;
    for (size_t p = 0; p < game->points; p++)
        for (size_t u = 0; work->weight[p] != 0 && u < game->units; u++)
            work->unit[u] += work->weight[p] * game->value[p * game->units + u];
    ret->share = interval_of(game, pairs, bootstrap, work);
    ret->unit_error = error_of(work->unit, game->units);
    ret->order_error = pairs > 0 ? error_of(work->pair, pairs) : 0;
    ret->first = fall(game, work, 0, own);
    ret->last = fall(game, work, all & ~own, all);
    return COOP_OK;
}

/* `plus` and `minus`: points, or `points` for none. */
static struct coop_interval difference(const struct coop_game *game, size_t plus, size_t minus,
                                       const struct coop_bootstrap *bootstrap, struct work *work)
{
    for (size_t u = 0; u < game->units; u++)
        work->unit[u] = (plus < game->points ? game->value[plus * game->units + u] : 0) -
                        (minus < game->points ? game->value[minus * game->units + u] : 0);
    return interval_of(game, 0, bootstrap, work);
}

static enum coop_status find_all(const struct coop_game *game,
                                 const struct coop_bootstrap *bootstrap, struct work *work,
                                 struct coop_shapley *ret)
{
    for (size_t p = 0; p < game->points; p++) {
        work->place[p] = (struct place){game->cut[p], (uint32_t)p};
        work->mean[p] = mean_of(game->value + p * game->units, game->units);
    }
    qsort(work->place, game->points, sizeof *work->place, by_set);
    const size_t intact = point_of(game, work, 0), cut = point_of(game, work, all_of(game));
    if (intact == game->points || cut == game->points)
        return COOP_FAIL(COOP_INTERNAL, "a game without the points of none and of all arrows");
    *ret = (struct coop_shapley){.arrows = game->arrows, .units = game->units};
    ret->intact = difference(game, intact, game->points, bootstrap, work);
    ret->cut = difference(game, cut, game->points, bootstrap, work);
    ret->excess = difference(game, intact, cut, bootstrap, work);
    for (size_t a = 0; a < game->arrows; a++)
        COOP_TRY(find_share(game, a, bootstrap, work, &ret->share[a]));
    return COOP_OK;
}

static enum coop_status check(const struct coop_game *game, const struct coop_bootstrap *bootstrap)
{
    COOP_TRY(coop_bootstrap_check(bootstrap));
    if (game->arrows == 0 || game->arrows > COOP_ARROWS_MAX || game->units == 0 ||
        game->units > UINT32_MAX || game->orders % 2 != 0 ||
        (game->orders == 0 && game->points != (size_t)1 << game->arrows))
        return COOP_FAIL(COOP_INTERNAL, "a game of %zu arrows, %zu points, %zu units, %zu orders",
                         game->arrows, game->points, game->units, game->orders);
    for (size_t i = 0; i < game->points * game->units; i++)
        if (!isfinite(game->value[i]))
            return COOP_FAIL(COOP_USAGE,
                             "it has no value at point %zu: every set of arrows is needed",
                             i / game->units);
    return COOP_OK;
}

enum coop_status coop_shapley(const struct coop_game *game, const struct coop_bootstrap *bootstrap,
                              struct coop_shapley *ret)
{
    COOP_TRY(check(game, bootstrap));
    const size_t pairs = game->orders / 2, most = pairs > game->units ? pairs : game->units;
    struct work work = {.place = calloc(game->points, sizeof *work.place),
                        .mean = calloc(game->points, sizeof *work.mean),
                        .weight = calloc(game->points, sizeof *work.weight),
                        .unit = calloc(game->units, sizeof *work.unit),
                        .pair = calloc(pairs + 1, sizeof *work.pair),
                        .times = calloc(most, sizeof *work.times),
                        .estimate = calloc(bootstrap->resamples, sizeof *work.estimate)};
    const enum coop_status status =
        work.place && work.mean && work.weight && work.unit && work.pair && work.times &&
                work.estimate
            ? find_all(game, bootstrap, &work, ret)
            : COOP_FAIL(COOP_MEMORY, "out of memory for the accounting of the arrows");
    free(work.place);
    free(work.mean);
    free(work.weight);
    free(work.unit);
    free(work.pair);
    free(work.times);
    free(work.estimate);
    return status;
}
