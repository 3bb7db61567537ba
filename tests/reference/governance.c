/* coopsim - GPL-3.0-or-later
 *
 * What the assembly decides (MODEL.md 2, step 5; 7). */
#include "tests/reference/reference.h"

#include <math.h>

static double mean_empowerment(const struct reference_organisation *o)
{
    double sum = 0;
    for (size_t j = 0; j < o->size; j++)
        sum += o->position[j].empowerment;
    return sum / (double)o->size;
}

static double ideal_of(const struct reference *reference, const struct reference_organisation *o,
                       size_t j, int y, double mean_empowerment)
{
    const struct reference_parameters *p = &reference->parameters;
    const struct reference_variable_parameters *v = &p->variable[y];
    struct reference_draw d = {reference, REFERENCE_DYNAMICS, REFERENCE_NOISE,
                               o->id,     reference->week,    (uint32_t)j};
    double existing = fmin(fmax(o->voted[y], .01), .99);
    double interest = (o->position[j].empowerment - mean_empowerment) / p->interest_unit;
    return reference_sig((1 - p->inertia) * v->intercept +
                         p->inertia * log(existing / (1 - existing)) + o->culture[y] +
                         v->pressure * o->pressure + v->interest * interest * (1 - o->solidarity) +
                         o->person[j].outlook[y] + p->noise * reference_normal(&d, (uint32_t)y));
}

/* What the assembly and the outsiders want together: y*. */
static double wanted(const struct reference *reference, const struct reference_organisation *o,
                     int y)
{
    const struct reference_parameters *p = &reference->parameters;
    double n = (double)o->size, inside = 0, mean = 0, empowerment = mean_empowerment(o);
    for (size_t j = 0; j < o->size; j++) {
        double ideal = ideal_of(reference, o, j, y, empowerment);
        inside += ideal * (p->cut[REFERENCE_POWER_ORG] ? o->say / n : o->person[j].say);
        mean += ideal / n;
    }
    double outside = p->outsiders_are_neutral ? mean : p->variable[y].owners;
    return inside + (1 - p->workers) * (1 - p->left_inside) * outside;
}

void reference_govern(const struct reference *reference, struct reference_organisation *o)
{
    const struct reference_parameters *p = &reference->parameters;
    double goal[REFERENCE_VARIABLES];
    if (!p->governance_on || !o->met || (reference->week + 1) % p->governance_every != 0)
        return;
    for (int y = 0; y < REFERENCE_VARIABLES; y++)
        goal[y] = p->variable[y].open ? wanted(reference, o, y) : o->voted[y];
    for (int y = 0; y < REFERENCE_VARIABLES; y++) {
        double change = p->governance_rate * (goal[y] - o->voted[y]);
        if (change < 0)
            change *= 1 - p->variable[y].irreversibility;
        o->voted[y] = fmin(fmax(o->voted[y] + change, 0), 1);
    }
}
