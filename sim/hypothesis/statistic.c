/* coopsim - GPL-3.0-or-later
 *
 * Spearman, C. (1904), The proof and measurement of association between two things; Fisher (1921).
 * Ranks among weighted pairs: the weight below plus half the weight of those alike. */
#include "sim/hypothesis/statistic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double most_correlated = 1 - 1e-9;

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for a hypothesis");
}

/* The clusters' means of sum_c coefficient[c] column[c], which the caller frees. */
static enum coop_status score_clusters(const struct coop_sample *sample, const double *coefficient,
                                       double **ret)
{
    double *score = calloc(sample->clusters + 1, sizeof *score);
    double *count = calloc(sample->clusters + 1, sizeof *count);
    *ret = score;
    if (score == NULL || count == NULL) {
        free(count);
        return no_memory();
    }
    for (size_t u = 0; u < sample->units; u++) {
        double value = 0;
        for (size_t c = 0; c < sample->columns; c++)
            value += coefficient[c] * sample->value[c * sample->units + u];
        score[sample->cluster[u]] += value;
        count[sample->cluster[u]] += 1;
    }
    for (size_t i = 0; i < sample->clusters; i++)
        score[i] /= count[i];
    free(count);
    return COOP_OK;
}

enum coop_status coop_statistic_init_linear(struct coop_statistic *ret,
                                            const struct coop_sample *sample,
                                            const double *coefficient)
{
    *ret = (struct coop_statistic){.clusters = sample->clusters};
    return score_clusters(sample, coefficient, &ret->score);
}

enum coop_status coop_statistic_init_share(struct coop_statistic *ret,
                                           const struct coop_sample *sample)
{
    const double first[] = {1, 0}, second[] = {0, 1};
    *ret = (struct coop_statistic){.clusters = sample->clusters};
    COOP_TRY(score_clusters(sample, first, &ret->score));
    return score_clusters(sample, second, &ret->base);
}

/* qsort has no room for a context but the items themselves. */
struct item {
    double value;
    size_t number;
};

static int compare_items(const void *a, const void *b)
{
    const struct item *first = a, *second = b;
    if (first->value != second->value)
        return first->value < second->value ? -1 : 1;
    return first->number < second->number ? -1 : first->number > second->number;
}

static enum coop_status rank(struct coop_ranking *ret, const double *value, size_t n)
{
    struct item *item = calloc(n + 1, sizeof *item);
    *ret = (struct coop_ranking){value, calloc(n + 1, sizeof *ret->order)};
    if (item == NULL || ret->order == NULL) {
        free(item);
        return no_memory();
    }
    for (size_t i = 0; i < n; i++)
        item[i] = (struct item){value[i], i};
    qsort(item, n, sizeof *item, compare_items);
    for (size_t i = 0; i < n; i++)
        ret->order[i] = item[i].number;
    free(item);
    return COOP_OK;
}

/* The pairs of `cases` cases from case `first` on. */
static enum coop_status correlate(struct coop_correlated *ret, const struct coop_sample *sample,
                                  size_t first, size_t cases)
{
    const size_t units = sample->units, half = sample->columns / 2;
    ret->pairs = cases * units;
    ret->x = calloc(ret->pairs + 1, sizeof *ret->x);
    ret->y = calloc(ret->pairs + 1, sizeof *ret->y);
    ret->cluster = calloc(ret->pairs + 1, sizeof *ret->cluster);
    if (!ret->x || !ret->y || !ret->cluster)
        return no_memory();
    memcpy(ret->x, sample->value + first * units, ret->pairs * sizeof *ret->x);
    memcpy(ret->y, sample->value + (half + first) * units, ret->pairs * sizeof *ret->y);
    for (size_t i = 0; i < ret->pairs; i++)
        ret->cluster[i] = sample->cluster[i % units];
    COOP_TRY(rank(&ret->by_x, ret->x, ret->pairs));
    return rank(&ret->by_y, ret->y, ret->pairs);
}

enum coop_status coop_statistic_init_correlation(struct coop_statistic *ret,
                                                 const struct coop_sample *sample, bool pooled)
{
    const size_t cases = sample->columns / 2, room = sample->units * cases + 1;
    *ret =
        (struct coop_statistic){.clusters = sample->clusters, .correlations = pooled ? 1 : cases};
    ret->correlated = calloc(ret->correlations, sizeof *ret->correlated);
    ret->weight = calloc(room, sizeof *ret->weight);
    ret->rank_x = calloc(room, sizeof *ret->rank_x);
    ret->rank_y = calloc(room, sizeof *ret->rank_y);
    if (!ret->correlated || !ret->weight || !ret->rank_x || !ret->rank_y)
        return no_memory();
    for (size_t i = 0; i < ret->correlations; i++)
        COOP_TRY(correlate(&ret->correlated[i], sample, i, pooled ? cases : 1));
    return COOP_OK;
}

void coop_statistic_free(struct coop_statistic *statistic)
{
    for (size_t i = 0; statistic->correlated != NULL && i < statistic->correlations; i++) {
        struct coop_correlated *correlated = &statistic->correlated[i];
        free(correlated->x);
        free(correlated->y);
        free(correlated->cluster);
        free(correlated->by_x.order);
        free(correlated->by_y.order);
    }
    free(statistic->correlated);
    free(statistic->score);
    free(statistic->base);
    free(statistic->weight);
    free(statistic->rank_x);
    free(statistic->rank_y);
    *statistic = (struct coop_statistic){0};
}

static void weighted_ranks(const struct coop_ranking *ranking, size_t n, const double *weight,
                           double *ret)
{
    double below = 0;
    for (size_t begin = 0, end; begin < n; begin = end) {
        const double value = ranking->value[ranking->order[begin]];
        double alike = 0;
        for (end = begin; end < n && ranking->value[ranking->order[end]] == value; end++)
            alike += weight[ranking->order[end]];
        for (size_t i = begin; i < end; i++)
            ret[ranking->order[i]] = below + alike / 2;
        below += alike;
    }
}

static double weighted_correlation(const double *x, const double *y, const double *weight, size_t n)
{
    double total = 0, mean_x = 0, mean_y = 0, xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < n; i++) {
        total += weight[i];
        mean_x += weight[i] * x[i];
        mean_y += weight[i] * y[i];
    }
    mean_x /= total;
    mean_y /= total;
    for (size_t i = 0; i < n; i++) {
        xx += weight[i] * (x[i] - mean_x) * (x[i] - mean_x);
        yy += weight[i] * (y[i] - mean_y) * (y[i] - mean_y);
        xy += weight[i] * (x[i] - mean_x) * (y[i] - mean_y);
    }
    return xx > 0 && yy > 0 ? xy / (sqrt(xx) * sqrt(yy)) : NAN;
}

static double fisher(const struct coop_statistic *statistic,
                     const struct coop_correlated *correlated, const double *weight)
{
    const size_t n = correlated->pairs;
    for (size_t i = 0; i < n; i++)
        statistic->weight[i] = weight[correlated->cluster[i]];
    weighted_ranks(&correlated->by_x, n, statistic->weight, statistic->rank_x);
    weighted_ranks(&correlated->by_y, n, statistic->weight, statistic->rank_y);
    const double r =
        weighted_correlation(statistic->rank_x, statistic->rank_y, statistic->weight, n);
    return isnan(r) ? r : atanh(fmax(-most_correlated, fmin(most_correlated, r)));
}

double coop_statistic_value(const struct coop_statistic *statistic, const double *weight)
{
    double sum = 0, total = 0, base = 0;
    if (statistic->score == NULL) {
        for (size_t i = 0; i < statistic->correlations; i++)
            sum += fisher(statistic, &statistic->correlated[i], weight);
        return sum / (double)statistic->correlations;
    }
    for (size_t i = 0; i < statistic->clusters; i++) {
        sum += weight[i] * statistic->score[i];
        base += statistic->base != NULL ? weight[i] * statistic->base[i] : 0;
        total += weight[i];
    }
    if (statistic->base != NULL)
        return base > 0 ? (1 + sum / base) / 2 : NAN;
    return total > 0 ? sum / total : NAN;
}
