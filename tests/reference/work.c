/* coopsim - GPL-3.0-or-later
 *
 * Jobs and what they do to the people who hold them: hours, positions, ranks, autonomy, learning
 * and productivity (ODD 1; 2, steps 1, 2 and 8; 7). */
#include "tests/reference/reference.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Shares of the organisation's hours, indexed like the table of kinds. */
static void hours_in_force(const struct reference_parameters *p,
                           const struct reference_organisation *o, double ret[REFERENCE_KINDS])
{
    double total = 0;
    for (size_t k = 0; k < p->kinds; k++) {
        const struct reference_kind *kind = &p->kind[k];
        ret[k] =
            kind->hours * exp(kind->shift_mechanisation * o->in_force[REFERENCE_MECHANISATION] +
                              kind->shift_formalisation * o->in_force[REFERENCE_FORMALISATION]);
        total += ret[k];
    }
    for (size_t k = 0; k < p->kinds; k++)
        ret[k] /= total;
}

/* The part of job j, the stretch [j, j+1), that lies below an edge; whole jobs give exactly 0 or 1,
 * so that jobs alike have the same empowerment to the last bit. */
static double part_below(double edge, size_t j)
{
    double part = edge - (double)j;
    return part < 0 ? 0 : part > 1 ? 1 : part;
}

static void cut_jobs(const struct reference_parameters *p, struct reference_organisation *o,
                     const double hours[REFERENCE_KINDS])
{
    double division = o->in_force[REFERENCE_DIVISION];
    double n = (double)o->size, before = 0, cumulated = 0;
    for (size_t place = 0; place < p->kinds; place++) {
        size_t k = p->by_empowerment[place];
        cumulated += hours[k];
        double edge = place + 1 == p->kinds ? n : n * cumulated;
        for (size_t j = 0; j < o->size; j++) {
            double corporate = part_below(edge, j) - part_below(before, j);
            o->position[j].share[k] = (1 - division) * hours[k] + division * corporate;
        }
        before = edge;
    }
}

static void sum_up_job(const struct reference_parameters *p, struct reference_position *job)
{
    double autonomy[REFERENCE_FACETS] = {0};
    job->empowerment = job->onerousness = 0;
    for (size_t k = 0; k < p->kinds; k++) {
        job->empowerment += job->share[k] * p->kind[k].empowerment;
        job->onerousness += job->share[k] * p->kind[k].onerousness;
        for (int f = 0; f < REFERENCE_FACETS; f++)
            autonomy[f] += job->share[k] * p->kind[k].autonomy[f];
    }
    for (int f = 0; f < REFERENCE_FACETS; f++)
        job->logit_potential[f] = log(autonomy[f] / (1 - autonomy[f]));
}

/* The largest l with span^l <= 1 + j (span - 1), in integers, since a rounded logarithm would put
 * the last position of a full tree on the wrong level. */
static int level_of(int64_t j, int64_t span)
{
    int level = 0;
    for (int64_t power = span; power <= 1 + j * (span - 1); power *= span)
        level++;
    return level;
}

static void rank_positions(const struct reference_parameters *p, struct reference_organisation *o)
{
    int lowest = level_of((int64_t)o->size - 1, p->span);
    for (size_t j = 0; j < o->size; j++) {
        int level = level_of((int64_t)j, p->span);
        o->position[j].rank = lowest == 0 ? 1 : 1 - (double)level / lowest;
    }
}

static int compare_reals(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double *reference_sorted_standing(const struct reference_organisation *o)
{
    double *sorted = reference_allocate_array(o->size, sizeof *sorted);
    for (size_t i = 0; i < o->size; i++)
        sorted[i] = o->person[i].standing;
    qsort(sorted, o->size, sizeof *sorted, compare_reals);
    return sorted;
}

static double standing_gini(const struct reference_organisation *o)
{
    double *sorted = reference_sorted_standing(o);
    double n = (double)o->size, weighted = 0, total = 0;
    for (size_t i = 0; i < o->size; i++) {
        weighted += (2 * (double)(i + 1) - n - 1) * sorted[i];
        total += sorted[i];
    }
    free(sorted);
    return weighted / (n * total);
}

void reference_month(const struct reference *reference, struct reference_organisation *o)
{
    const struct reference_parameters *p = &reference->parameters;
    double hours[REFERENCE_KINDS];
    memcpy(o->in_force, o->voted, sizeof o->in_force);
    if (p->balance_on && reference->week >= p->balance_start) {
        o->in_force[REFERENCE_DIVISION] *= 1 - p->balance_strength;
        o->in_force[REFERENCE_HIERARCHY] *= 1 - p->balance_strength;
    }
    hours_in_force(p, o, hours);
    cut_jobs(p, o, hours);
    for (size_t j = 0; j < o->size; j++)
        sum_up_job(p, &o->position[j]);
    rank_positions(p, o);
    o->standing_gini = standing_gini(o);
}

double reference_sig(double x)
{
    return 1 / (1 + exp(-x));
}

double reference_log_standing(double standing)
{
    return log(fmax(standing, .001));
}

void reference_autonomy(const struct reference *reference, struct reference_organisation *o)
{
    const struct reference_parameters *p = &reference->parameters;
    const double *y = o->in_force;
    for (size_t j = 0; j < o->size; j++) {
        const struct reference_position *job = &o->position[j];
        double standing = p->cut[REFERENCE_STANDING_AUTONOMY] ? 1 : o->person[j].standing;
        double sum = 0;
        for (int f = 0; f < REFERENCE_FACETS; f++) {
            double l = job->logit_potential[f];
            l -= p->technology[f] * y[REFERENCE_MECHANISATION] * (1 - job->empowerment);
            l -= p->rules[f] * y[REFERENCE_FORMALISATION];
            l -= p->orders[f] * y[REFERENCE_HIERARCHY] * (1 - job->rank);
            l += p->autonomy_standing * reference_log_standing(standing);
            sum += reference_sig(l);
        }
        o->person[j].autonomy = sum / REFERENCE_FACETS;
    }
}

double reference_mean_autonomy(const struct reference_organisation *o)
{
    double sum = 0;
    for (size_t j = 0; j < o->size; j++)
        sum += o->person[j].autonomy;
    return sum / (double)o->size;
}

static double mean_share(const struct reference_organisation *o, size_t kind)
{
    double sum = 0;
    for (size_t j = 0; j < o->size; j++)
        sum += o->position[j].share[kind];
    return sum / (double)o->size;
}

static void learn_skills(const struct reference_parameters *p, struct reference_organisation *o)
{
    for (size_t k = 0; k < p->kinds; k++) {
        double mean = mean_share(o, k), rate = p->pace * log(5) / p->kind[k].training_weeks;
        for (size_t j = 0; j < o->size; j++) {
            double share = p->cut[REFERENCE_JOB_SKILL] ? mean : o->position[j].share[k];
            double *s = &o->person[j].skill[k];
            *s += rate * share * (1 - *s) - p->forgetting * (1 - share) * *s;
            *s = fmin(fmax(*s, 0), 1);
        }
    }
}

void reference_learn(const struct reference *reference, struct reference_organisation *o)
{
    const struct reference_parameters *p = &reference->parameters;
    double scope = 1 - o->in_force[REFERENCE_FORMALISATION] / 2;
    double mean = reference_mean_autonomy(o);
    learn_skills(p, o);
    for (size_t j = 0; j < o->size; j++) {
        struct reference_person *person = &o->person[j];
        double autonomy = p->cut[REFERENCE_AUTONOMY_KNOW] ? mean : person->autonomy;
        person->know += log(2) / p->half_life * (autonomy * scope - person->know);
    }
}

double reference_productivity(const struct reference *reference,
                              const struct reference_organisation *o)
{
    const struct reference_parameters *p = &reference->parameters;
    double machines = 1 + .3 * o->in_force[REFERENCE_MECHANISATION], sum = 0;
    for (size_t j = 0; j < o->size; j++) {
        const struct reference_person *person = &o->person[j];
        double skilled = 0;
        for (size_t k = 0; k < p->kinds; k++)
            skilled += o->position[j].share[k] * (.5 + .5 * person->skill[k]);
        sum += skilled * machines * (1 + .2 * (person->know - .2));
    }
    return sum / (double)o->size;
}
