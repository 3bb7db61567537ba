/* coopsim - GPL-3.0-or-later
 *
 * What the assembly decides (ODD 2, step 5; 7). */
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

struct proposal {
    double goal;    /* what the assembly and the outsiders want together, y* */
    double urgency; /* how much those of standing want a change */
};

static struct proposal propose(const struct reference *reference,
                               const struct reference_organisation *o, int y)
{
    const struct reference_parameters *p = &reference->parameters;
    double n = (double)o->size, mean = 0, empowerment = mean_empowerment(o);
    struct proposal proposal = {0};
    for (size_t j = 0; j < o->size; j++) {
        const struct reference_person *person = &o->person[j];
        double ideal = ideal_of(reference, o, j, y, empowerment);
        double standing = p->cut[REFERENCE_POWER_ORG] ? 1 : person->standing;
        proposal.goal += ideal * (p->cut[REFERENCE_POWER_ORG] ? o->say / n : person->say);
        proposal.urgency += standing * fabs(ideal - o->voted[y]);
        mean += ideal / n;
    }
    double outside = p->outsiders_are_neutral ? mean : p->variable[y].owners;
    proposal.goal += (1 - p->workers) * (1 - p->left_inside) * outside;
    return proposal;
}

/* One of the open variables, drawn with odds that are their urgency. */
static int draw_agenda(const struct reference *reference, const struct reference_organisation *o,
                       const struct proposal proposal[REFERENCE_VARIABLES])
{
    const struct reference_parameters *p = &reference->parameters;
    struct reference_draw d = {reference, REFERENCE_DYNAMICS, REFERENCE_AGENDA,
                               o->id,     reference->week,    0};
    double left = 0;
    int last = -1;
    for (int y = 0; y < REFERENCE_VARIABLES; y++)
        left += p->variable[y].open ? proposal[y].urgency : 0;
    left *= reference_uniform(&d, 0, 0);
    for (int y = 0; y < REFERENCE_VARIABLES && (last < 0 || left >= 0); y++) {
        if (!p->variable[y].open)
            continue;
        last = y;
        left -= proposal[y].urgency;
    }
    return last;
}

static void decide(const struct reference_variable_parameters *variable, double rate, double goal,
                   double *y)
{
    double change = rate * (goal - *y);
    if (change < 0)
        change *= 1 - variable->irreversibility;
    *y = fmin(fmax(*y + change, 0), 1);
}

void reference_govern(const struct reference *reference, struct reference_organisation *o)
{
    const struct reference_parameters *p = &reference->parameters;
    struct proposal proposal[REFERENCE_VARIABLES] = {0};
    if (!p->governance_on || !o->met || (reference->week + 1) % p->governance_every != 0)
        return;
    for (int y = 0; y < REFERENCE_VARIABLES; y++)
        if (p->variable[y].open)
            proposal[y] = propose(reference, o, y);
    int only = p->agenda_by_standing ? draw_agenda(reference, o, proposal) : -1;
    for (int y = 0; y < REFERENCE_VARIABLES; y++)
        if (p->variable[y].open && (only < 0 || only == y))
            decide(&p->variable[y], p->governance_rate, proposal[y].goal, &o->voted[y]);
}
