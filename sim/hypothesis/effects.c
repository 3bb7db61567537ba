/* coopsim - GPL-3.0-or-later
 *
 * All contrasts but the correlation and the share of a swap are means over clusters of a linear combination of the cases'
 * values, since cases share their draws: a difference; the least-squares slope over the parameter's
 * values within each cluster. Student's t on these means keeps its level without assuming more than
 * a finite variance once there are some 20 clusters; rank tests and permutations would test other
 * null hypotheses than "the mean effect is the margin". */
#include "sim/hypothesis/effects.h"

#include <math.h>
#include <stdlib.h>

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for a hypothesis");
}

/* What is claimed of an effect whose absence is `zero`. */
static struct coop_claim claim_of(enum coop_expected expect, double zero, double margin)
{
    switch (expect) {
    case COOP_EXPECT_LOWER:
        return (struct coop_claim){COOP_CLAIM_BELOW, -INFINITY, zero - margin};
    case COOP_EXPECT_HIGHER:
        return (struct coop_claim){COOP_CLAIM_ABOVE, zero + margin, INFINITY};
    case COOP_EXPECT_EQUAL:
        return (struct coop_claim){COOP_CLAIM_INSIDE, zero - margin, zero + margin};
    case COOP_EXPECT_NONE:
        break;
    }
    return (struct coop_claim){COOP_CLAIM_NONE, zero, zero};
}

static enum coop_status estimate_linear(const struct coop_hypothesis *hypothesis,
                                        const struct coop_sample *sample, const double *coefficient,
                                        uint64_t seed, struct coop_estimate *ret)
{
    struct coop_statistic statistic;
    enum coop_status status = coop_statistic_init_linear(&statistic, sample, coefficient);
    if (status == COOP_OK)
        status = coop_resample(&statistic, hypothesis->level, seed, ret);
    coop_statistic_free(&statistic);
    return status;
}

static enum coop_status estimate_share(const struct coop_hypothesis *hypothesis,
                                       const struct coop_sample *sample, uint64_t seed,
                                       struct coop_estimate *ret)
{
    struct coop_statistic statistic;
    enum coop_status status = coop_statistic_init_share(&statistic, sample);
    if (status == COOP_OK)
        status = coop_resample(&statistic, hypothesis->level, seed, ret);
    coop_statistic_free(&statistic);
    return status;
}

static enum coop_status estimate_correlation(const struct coop_hypothesis *hypothesis,
                                             const struct coop_sample *sample, uint64_t seed,
                                             struct coop_estimate *ret)
{
    struct coop_statistic statistic;
    enum coop_status status =
        coop_statistic_init_correlation(&statistic, sample, hypothesis->pooled);
    if (status == COOP_OK)
        status = coop_resample(&statistic, hypothesis->level, seed, ret);
    coop_statistic_free(&statistic);
    return status;
}

/* Weights of the cases that give the least-squares slope. */
static void slope(const struct coop_sample *sample, double *ret)
{
    double mean = 0, squares = 0;
    for (size_t c = 0; c < sample->columns; c++)
        mean += sample->place[c] / (double)sample->columns;
    for (size_t c = 0; c < sample->columns; c++)
        squares += (sample->place[c] - mean) * (sample->place[c] - mean);
    for (size_t c = 0; c < sample->columns; c++)
        ret[c] = (sample->place[c] - mean) / squares;
}

static enum coop_status find_single(struct coop_effects *ret,
                                    const struct coop_hypothesis *hypothesis,
                                    const struct coop_sample *sample, double *coefficient,
                                    uint64_t seed)
{
    const bool correlation = hypothesis->contrast == COOP_CORRELATION;
    const bool share = hypothesis->contrast == COOP_SWAP_SHARE;
    const bool valued = share || hypothesis->contrast == COOP_THRESHOLD;
    ret->count = 1;
    ret->claim[0] = claim_of(hypothesis->expect, valued ? hypothesis->value : 0,
                             correlation ? atanh(hypothesis->margin) : hypothesis->margin);
    if (share)
        return estimate_share(hypothesis, sample, seed, &ret->estimate[0]);
    if (correlation)
        return estimate_correlation(hypothesis, sample, seed, &ret->estimate[0]);
    coefficient[0] = 1;
    if (hypothesis->contrast == COOP_PAIRED)
        coefficient[1] = -1;
    if (hypothesis->contrast == COOP_TREND)
        slope(sample, coefficient);
    return estimate_linear(hypothesis, sample, coefficient, seed, &ret->estimate[0]);
}

/* The effect of a pair of cases is the second one's value less the first one's. */
static enum coop_status add_pair(struct coop_effects *ret, const struct coop_hypothesis *hypothesis,
                                 const struct coop_sample *sample, size_t first, size_t second,
                                 double *coefficient, uint64_t seed)
{
    const size_t e = ret->count++;
    const bool alike = hypothesis->item[first].group == hypothesis->item[second].group;
    ret->pair[e][0] = first;
    ret->pair[e][1] = second;
    ret->claim[e] = alike ? claim_of(COOP_EXPECT_EQUAL, 0, hypothesis->within)
                          : claim_of(hypothesis->expect, 0, hypothesis->margin);
    coefficient[first] = -1;
    coefficient[second] = 1;
    const enum coop_status status =
        estimate_linear(hypothesis, sample, coefficient, seed, &ret->estimate[e]);
    coefficient[first] = coefficient[second] = 0;
    return status;
}

static enum coop_status find_steps(struct coop_effects *ret,
                                   const struct coop_hypothesis *hypothesis,
                                   const struct coop_sample *sample, double *coefficient,
                                   uint64_t seed)
{
    for (size_t i = 0; i < hypothesis->cases; i++)
        for (size_t j = i + 1; j < hypothesis->cases; j++) {
            const size_t steps = hypothesis->item[j].group - hypothesis->item[i].group;
            if (steps == 1 || (steps == 0 && !isnan(hypothesis->within)))
                COOP_TRY(add_pair(ret, hypothesis, sample, i, j, coefficient, seed));
        }
    return COOP_OK;
}

enum coop_status coop_effects_init(struct coop_effects *ret,
                                   const struct coop_hypothesis *hypothesis,
                                   const struct coop_sample *sample, uint64_t seed)
{
    const size_t most = hypothesis->cases * hypothesis->cases + 1;
    double *coefficient = calloc(sample->columns + 1, sizeof *coefficient);
    *ret = (struct coop_effects){.claim = calloc(most, sizeof *ret->claim),
                                 .estimate = calloc(most, sizeof *ret->estimate),
                                 .pair = calloc(most, sizeof *ret->pair)};
    enum coop_status status = no_memory();
    if (coefficient && ret->claim && ret->estimate && ret->pair)
        status = hypothesis->contrast == COOP_ORDERING
                     ? find_steps(ret, hypothesis, sample, coefficient, seed)
                     : find_single(ret, hypothesis, sample, coefficient, seed);
    free(coefficient);
    return status;
}

void coop_effects_free(struct coop_effects *effects)
{
    free(effects->claim);
    free(effects->estimate);
    free(effects->pair);
    *effects = (struct coop_effects){0};
}
