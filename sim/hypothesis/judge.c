/* coopsim - GPL-3.0-or-later */
#include "sim/hypothesis/judge.h"

#include "sim/hypothesis/effects.h"

#include <math.h>
#include <stdlib.h>

const char *const coop_judged_words[] = {
    [COOP_SUPPORTED] = "supported",
    [COOP_CONTRADICTED] = "contradicted",
    [COOP_UNDECIDED] = "undetermined",
    [COOP_REPORTED] = "reported",
};

/* What speaks for and against a hypothesis, one-sided. */
struct chances {
    double for_it, against_it;
};

static double at_most_one(double p)
{
    return p < 1 ? p : 1;
}

/* Also which effect speaks least for the claim. NAN if any is undefined. */
static struct chances weigh(const struct coop_effects *effects, size_t *ret_weakest)
{
    struct chances ret = {0, 1};
    double least = INFINITY;
    for (size_t e = 0; e < effects->count; e++) {
        const double p_for = coop_claim_p_for(&effects->claim[e], &effects->estimate[e]);
        const double p_against = coop_claim_p_against(&effects->claim[e], &effects->estimate[e]);
        if (isnan(p_for) || isnan(p_against))
            return (struct chances){NAN, NAN};
        /* Their p values may all be 0 in doubles, so they do not tell the order. */
        const double lead = coop_claim_lead(&effects->claim[e], &effects->estimate[e]);
        if (e == 0 || lead < least) {
            *ret_weakest = e;
            least = lead;
        }
        ret.for_it = fmax(ret.for_it, p_for);
        ret.against_it = fmin(ret.against_it, p_against);
    }
    ret.against_it = at_most_one(ret.against_it * (double)effects->count);
    return ret;
}

static void describe(const struct coop_hypothesis *hypothesis, const struct coop_effects *effects,
                     size_t e, struct coop_judgement *ret)
{
    const bool correlation = hypothesis->contrast == COOP_CORRELATION;
    const struct coop_estimate *estimate = &effects->estimate[e];
    ret->effect = correlation ? tanh(estimate->value) : estimate->value;
    ret->low = correlation ? tanh(estimate->low) : estimate->low;
    ret->high = correlation ? tanh(estimate->high) : estimate->high;
    ret->error = estimate->error;
    ret->first = effects->pair[e][0];
    ret->second = effects->pair[e][1];
}

/* One hypothesis, of which the effects are kept for what needs the others' verdicts. */
static enum coop_status examine(const struct coop_config *config, const struct coop_model *model,
                                const struct coop_source *source, uint64_t seed, size_t h,
                                struct coop_effects *ret_effects, struct chances *ret_chances,
                                struct coop_judgement *ret)
{
    const struct coop_hypothesis *hypothesis = &config->hypothesis[h];
    struct coop_sample sample;
    size_t weakest = 0;
    enum coop_status status = coop_sample_init(&sample, hypothesis, config, model, source);
    ret->clusters = sample.clusters;
    ret->replicates = sample.replicates;
    ret->reason = sample.reason;
    if (status == COOP_OK && *sample.reason == '\0')
        status = coop_effects_init(ret_effects, hypothesis, &sample, seed);
    coop_sample_free(&sample);
    if (status != COOP_OK || *ret->reason != '\0')
        return status;
    *ret_chances = weigh(ret_effects, &weakest);
    describe(hypothesis, ret_effects, weakest, ret);
    if (isnan(ret_chances->for_it))
        ret->reason =
            hypothesis->contrast == COOP_SWAP_SHARE
                ? "no gap is left where nobody was exchanged, so there is nothing to share"
                : "a value is the same in all of them";
    else
        ret->p = at_most_one(2 * fmin(ret_chances->for_it, ret_chances->against_it));
    return COOP_OK;
}

struct place_of_p {
    double p;
    size_t number;
};

static int compare_places(const void *a, const void *b)
{
    const struct place_of_p *first = a, *second = b;
    if (first->p != second->p)
        return first->p < second->p ? -1 : 1;
    return first->number < second->number ? -1 : first->number > second->number;
}

enum coop_status coop_holm(const double *p, size_t count, double *ret_holm)
{
    struct place_of_p *place = calloc(count + 1, sizeof *place);
    double largest = 0;
    if (place == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for %zu hypotheses", count);
    for (size_t i = 0; i < count; i++)
        place[i] = (struct place_of_p){isnan(p[i]) ? 1 : p[i], i};
    qsort(place, count, sizeof *place, compare_places);
    for (size_t i = 0; i < count; i++) {
        largest = fmax(largest, at_most_one((double)(count - i) * place[i].p));
        ret_holm[place[i].number] = largest;
    }
    free(place);
    return COOP_OK;
}

static bool expects(const struct coop_config *config, size_t h)
{
    return config->hypothesis[h].expect != COOP_EXPECT_NONE;
}

/* Fills `holm` of those that expect something; `room` [2 hypotheses]. */
static enum coop_status correct(const struct coop_config *config, double *room,
                                struct coop_judgement *ret)
{
    size_t count = 0, next = 0;
    double *holm = room + config->hypotheses;
    for (size_t h = 0; h < config->hypotheses; h++)
        if (expects(config, h))
            room[count++] = ret[h].p;
    COOP_TRY(coop_holm(room, count, holm));
    for (size_t h = 0; h < config->hypotheses; h++)
        if (expects(config, h)) {
            ret[h].holm = isnan(ret[h].p) ? NAN : holm[next];
            next++;
        }
    return COOP_OK;
}

/* What is decided leaves its share of alpha to the others, as in Holm's method. */
static void decide(const struct coop_config *config, const struct coop_effects *effects,
                   const struct chances *chances, struct coop_judgement *ret)
{
    double open = 0;
    for (size_t h = 0; h < config->hypotheses; h++) {
        if (!expects(config, h)) {
            ret[h].verdict = COOP_REPORTED;
        } else if (ret[h].holm <= config->hypothesis[h].alpha) {
            ret[h].verdict =
                chances[h].for_it < chances[h].against_it ? COOP_SUPPORTED : COOP_CONTRADICTED;
            ret[h].enough = 0;
        } else {
            ret[h].verdict = COOP_UNDECIDED;
            open++;
        }
    }
    for (size_t h = 0; h < config->hypotheses; h++)
        if (ret[h].verdict == COOP_UNDECIDED && *ret[h].reason == '\0')
            ret[h].enough =
                coop_claims_enough(effects[h].claim, effects[h].estimate, effects[h].count,
                                   ret[h].clusters, config->hypothesis[h].alpha / open / 2);
}

static enum coop_status judge_all(const struct coop_config *config, const struct coop_model *model,
                                  const struct coop_source *source, uint64_t seed,
                                  struct coop_effects *effects, struct chances *chances,
                                  double *room, struct coop_judgement *ret)
{
    for (size_t h = 0; h < config->hypotheses; h++) {
        ret[h] = (struct coop_judgement){.effect = NAN,
                                         .error = NAN,
                                         .low = NAN,
                                         .high = NAN,
                                         .p = NAN,
                                         .holm = NAN,
                                         .enough = NAN,
                                         .reason = ""};
        COOP_TRY(examine(config, model, source, seed, h, &effects[h], &chances[h], &ret[h]));
    }
    COOP_TRY(correct(config, room, ret));
    decide(config, effects, chances, ret);
    return COOP_OK;
}

enum coop_status coop_judge(const struct coop_config *config, const struct coop_model *model,
                            const struct coop_source *source, uint64_t seed,
                            struct coop_judgement *ret)
{
    const size_t count = config->hypotheses;
    struct coop_effects *effects = calloc(count + 1, sizeof *effects);
    struct chances *chances = calloc(count + 1, sizeof *chances);
    double *room = calloc(2 * count + 1, sizeof *room);
    enum coop_status status =
        effects && chances && room
            ? judge_all(config, model, source, seed, effects, chances, room, ret)
            : COOP_FAIL(COOP_MEMORY, "out of memory for %zu hypotheses", count);
    for (size_t h = 0; effects != NULL && h < count; h++)
        coop_effects_free(&effects[h]);
    free(effects);
    free(chances);
    free(room);
    return status;
}
