/* coopsim - GPL-3.0-or-later
 *
 * What is left of an intervention (ODD 4, interventions): of a swap the gap in power between the two
 * positions, of an impulse the power of who got it and of the position in which it was got. */
#include "models/seo/intervention.h"

extern COOP_MECHANISM(intervention);

enum { FOUND, GAP, GAP_YEAR, GAP_LONG, PERSON, POSITION };
#define FORMULA_GAP "ln W of the upper position's occupant - ln W of the lower's"
static const struct coop_measure intervention_measures[] = {
    {.name = "swap_found",
     .unit = "1",
     .formula = "1 if two members were within the calipers on z and q, else 0",
     .summary = "Whether a pair was found to be swapped",
     .min = 0,
     .max = 1,
     .neutral = NAN,
     .absent = NAN},
    {.name = "swap_gap",
     .unit = "1",
     .formula = FORMULA_GAP ", at t",
     .summary = "Gap in power of the swapped pair, by position; upper is where more power was",
     .min = NAN,
     .max = NAN,
     .neutral = NAN,
     .absent = NAN},
    {.name = "swap_gap_52",
     .unit = "1",
     .formula = FORMULA_GAP ", 52 weeks after the swap",
     .summary = "Gap in power of the swapped pair after a year, by position; kept to the end",
     .min = NAN,
     .max = NAN,
     .neutral = NAN,
     .of_whole_run = true,
     .absent = NAN},
    {.name = "swap_gap_260",
     .unit = "1",
     .formula = FORMULA_GAP ", 260 weeks after the swap",
     .summary = "Gap in power of the swapped pair after five years, by position; kept to the end",
     .min = NAN,
     .max = NAN,
     .neutral = NAN,
     .of_whole_run = true,
     .absent = NAN},
    {.name = "impulse_person",
     .unit = "1",
     .formula = "ln(nW) of who got the impulse",
     .summary = "Power of the person who got the impulse, while the person stays",
     .min = NAN,
     .max = NAN,
     .neutral = 0,
     .absent = NAN},
    {.name = "impulse_position",
     .unit = "1",
     .formula = "ln(nW) of the occupant of the position in which it was got",
     .summary = "Power of whoever holds the position in which the impulse was got",
     .min = NAN,
     .max = NAN,
     .neutral = 0,
     .absent = NAN},
};

/* ln nW of the person with a label who was there at the intervention; NAN if the person has left. */
static float power_of_person(const struct coop_batch *b, size_t o, double label, double week)
{
    for (uint32_t p = 0; p < b->size[o]; p++) {
        size_t slot = coop_slot(b, o, p);
        if ((double)coop_worker_u32(b, SEO_LABEL)[slot] == label &&
            (double)coop_worker_u32(b, SEO_JOINED)[slot] <= week)
            return (float)seo_log_standing(b, o, p);
    }
    return NAN;
}

/* `b` is the batch as the mechanism sees it. */
static void observe_organisation(const struct coop_batch *b, size_t o, float *const *ret)
{
    const double *note[SEO_INTERVENTION_LONG + 1];
    for (int field = 0; field <= SEO_INTERVENTION_LONG; field++)
        note[field] = coop_organisation(b, b->own + field, 0);
    double week = note[SEO_INTERVENTION_DONE][o] - 1, since = (double)b->week - week;
    if (note[SEO_INTERVENTION_PERSON][o] > 0) {
        ret[PERSON][o] = power_of_person(b, o, note[SEO_INTERVENTION_PERSON][o] - 1, week);
        ret[POSITION][o] = (float)seo_log_standing(b, o, note[SEO_INTERVENTION_UPPER][o] - 1);
    }
    if (note[SEO_INTERVENTION_LOWER][o] != 0)
        ret[FOUND][o] = note[SEO_INTERVENTION_LOWER][o] > 0 ? 1 : 0;
    if (note[SEO_INTERVENTION_LOWER][o] > 0) {
        ret[GAP][o] = (float)seo_pair_gap(b, o);
        if (since >= SEO_GAP_YEAR)
            ret[GAP_YEAR][o] = (float)note[SEO_INTERVENTION_YEAR][o];
        if (since >= SEO_GAP_LONG)
            ret[GAP_LONG][o] = (float)note[SEO_INTERVENTION_LONG][o];
    }
}

static bool is_asked(const void *shared)
{
    return ((const struct seo_params *)shared)->act != SEO_ACT_NONE;
}

static void intervention_observe(const struct coop_batch *b, float *const *ret)
{
    const struct coop_batch as = coop_batch_of(b, &COOP_ISA_NAME(coop_mechanism_intervention));
    for (int measure = FOUND; measure <= POSITION; measure++)
        for (size_t o = 0; o < b->organisations; o++)
            ret[measure][o] = NAN;
    for (size_t o = 0; o < b->organisations; o++)
        if (coop_organisation(&as, as.own + SEO_INTERVENTION_DONE, 0)[o] > 0)
            observe_organisation(&as, o, ret);
}

COOP_OBSERVER(intervention_measures) = {
    .name = "intervention_measures",
    .summary = "What is left of an intervention",
    .measures = intervention_measures,
    .measure_count = sizeof intervention_measures / sizeof *intervention_measures,
    .asked = is_asked,
    .observe = intervention_observe,
};
