/* coopsim - GPL-3.0-or-later
 *
 * The reference's beginning, its week and the market on which its organisations meet. */
#include "tests/reference/reference.h"

#include "sim/base/rng.h"

#include <math.h>
#include <stdlib.h>

static void start_organisation(const struct reference *reference, struct reference_organisation *o,
                               uint32_t id, size_t size)
{
    const struct reference_parameters *p = &reference->parameters;
    struct reference_draw d = {reference, REFERENCE_POPULATION, REFERENCE_CULTURE, id, 0, 0};
    o->id = id;
    o->size = size;
    o->person = reference_allocate_array(size, sizeof *o->person);
    o->position = reference_allocate_array(size, sizeof *o->position);
    for (uint32_t y = 0; y < REFERENCE_VARIABLES; y++) {
        o->voted[y] = p->variable[y].start;
        o->culture[y] = p->culture_spread * reference_normal(&d, y);
    }
    o->solidarity = p->solidarity_start;
    o->pressure = isnan(p->constant_pressure) ? 0 : p->constant_pressure;
    for (size_t j = 0; j < size; j++) {
        reference_person_draw(&o->person[j], reference, id, REFERENCE_POPULATION, j);
        o->person[j].label = (uint32_t)j;
        o->position[j].office = 1;
    }
}

/* Know-how begins where the organisation's mean autonomy would keep it. */
static void settle_organisation(const struct reference *reference, struct reference_organisation *o)
{
    reference_month(reference, o);
    reference_autonomy(reference, o);
    double know = reference_mean_autonomy(o) * (1 - o->in_force[REFERENCE_FORMALISATION] / 2);
    for (size_t j = 0; j < o->size; j++)
        o->person[j].know = know;
}

void reference_init(struct reference *ret, const struct coop_param_set *set, const uint32_t *size,
                    size_t organisations, struct reference_source source)
{
    static const char *const purpose[REFERENCE_PURPOSES] = {
        "person.skill",       "person.traits",        "population.culture",
        "association.attend", "governance.noise",     "governance.agenda",
        "allocation.leave",   "allocation.candidate", "rotation.pick"};
    *ret = (struct reference){.source = source, .organisations = organisations};
    reference_read(&ret->parameters, set);
    for (int i = 0; i < REFERENCE_PURPOSES; i++)
        ret->purpose[i] = coop_purpose(purpose[i]);
    ret->organisation = reference_allocate_array(organisations, sizeof *ret->organisation);
    for (size_t o = 0; o < organisations; o++) {
        start_organisation(ret, &ret->organisation[o], (uint32_t)o, size[o]);
        settle_organisation(ret, &ret->organisation[o]);
    }
}

void reference_free(struct reference *reference)
{
    for (size_t o = 0; o < reference->organisations; o++) {
        free(reference->organisation[o].person);
        free(reference->organisation[o].position);
    }
    free(reference->organisation);
    *reference = (struct reference){0};
}

void reference_look(struct reference *reference)
{
    for (size_t o = 0; o < reference->organisations; o++) {
        if (reference->week % 4 == 0)
            reference_month(reference, &reference->organisation[o]);
        reference_autonomy(reference, &reference->organisation[o]);
    }
}

static void live_week(const struct reference *reference, struct reference_organisation *o)
{
    reference_learn(reference, o);
    reference_attend(reference, o);
    reference_influence(reference, o);
    reference_govern(reference, o);
    reference_allocate(reference, o);
    reference_rotate(reference, o);
}

/* Those whose productivity is below the mean come under pressure. */
static void meet_on_market(struct reference *reference)
{
    const struct reference_parameters *p = &reference->parameters;
    double m = (double)reference->organisations, mean = 0, squares = 0;
    double *productivity = reference_allocate_array(reference->organisations, sizeof *productivity);
    for (size_t o = 0; o < reference->organisations; o++) {
        productivity[o] = reference_productivity(reference, &reference->organisation[o]);
        mean += productivity[o] / m;
    }
    for (size_t o = 0; o < reference->organisations; o++)
        squares += (productivity[o] - mean) * (productivity[o] - mean) / m;
    for (size_t o = 0; o < reference->organisations; o++) {
        double gap = squares > 0 ? fmax(0, (mean - productivity[o]) / sqrt(squares)) : 0;
        double *pressure = &reference->organisation[o].pressure;
        *pressure += p->pressure_memory * (p->competition * gap - *pressure);
    }
    free(productivity);
}

void reference_live(struct reference *reference, int64_t weeks)
{
    for (int64_t lived = 0; lived < weeks; lived++) {
        reference_look(reference);
        for (size_t o = 0; o < reference->organisations; o++)
            live_week(reference, &reference->organisation[o]);
        bool market_is_open = isnan(reference->parameters.constant_pressure);
        if (market_is_open && (reference->week + 1) % 4 == 0)
            meet_on_market(reference);
        reference->week++;
    }
}
