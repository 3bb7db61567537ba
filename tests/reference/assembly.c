/* coopsim - GPL-3.0-or-later
 *
 * The assembly: who comes, who convinces, and what remains of it as standing and office
 * (ODD 2, steps 3 and 4; 7). */
#include "tests/reference/reference.h"

#include <math.h>
#include <stdlib.h>

static double probability_to_attend(const struct reference_parameters *p,
                                    const struct reference_organisation *o, size_t j, double mean)
{
    const struct reference_person *person = &o->person[j];
    double standing = p->cut[REFERENCE_STANDING_ATTEND] ? 1 : person->standing;
    double autonomy = p->cut[REFERENCE_AUTONOMY_ATTEND] ? mean : person->autonomy;
    return reference_sig(
        p->attend_intercept + p->attend_standing * reference_log_standing(standing) +
        p->attend_autonomy * (autonomy - .5) -
        p->attend_onerousness * (o->position[j].onerousness - .5) +
        p->attend_solidarity * (o->solidarity - .5) - p->attend_size * log((double)o->size / 20));
}

static double presence_of(const struct reference *reference, const struct reference_organisation *o,
                          size_t j, double mean)
{
    const struct reference_parameters *p = &reference->parameters;
    if (p->attendance == REFERENCE_ALL)
        return 1;
    double probability = probability_to_attend(p, o, j, mean);
    if (p->attendance == REFERENCE_EXPECTED)
        return probability;
    struct reference_draw d = {reference, REFERENCE_DYNAMICS,  REFERENCE_ATTEND,
                               o->id,     reference->week / 4, (uint32_t)j};
    return reference_uniform(&d, 0, (int)(reference->week % 4)) < probability;
}

/* The least standing in the top fifth of the workers, which has at least one. */
static double standing_of_top(const struct reference_organisation *o, size_t top)
{
    double *sorted = reference_sorted_standing(o);
    double least = sorted[o->size - top];
    free(sorted);
    return least;
}

/* Among equals at the edge of the top fifth, those in higher positions belong to it. */
static void count_turnout(struct reference_organisation *o, double turnout)
{
    size_t top = o->size / 5 > 1 ? o->size / 5 : 1;
    double least = standing_of_top(o, top), bottom = 0;
    size_t equals = top;
    for (size_t j = 0; j < o->size; j++)
        equals -= o->person[j].standing > least;
    for (size_t j = 0; j < o->size; j++) {
        double standing = o->person[j].standing;
        if (standing > least || (!(standing < least) && equals > 0 && equals--))
            continue;
        bottom += o->person[j].presence;
    }
    o->turnout_sum += turnout;
    o->turnout_bottom_sum += bottom / (double)(o->size - top);
    o->turnout_weeks++;
}

void reference_attend(const struct reference *reference, struct reference_organisation *o)
{
    const struct reference_parameters *p = &reference->parameters;
    double mean = reference_mean_autonomy(o), turnout = 0;
    o->met = false;
    if (o->size == 1)
        return;
    for (size_t j = 0; j < o->size; j++) {
        o->person[j].presence = presence_of(reference, o, j, mean);
        turnout += o->person[j].presence / (double)o->size;
    }
    o->met = turnout > 0;
    count_turnout(o, turnout);
    double gini = p->cut[REFERENCE_POWER_SOLIDARITY] ? 0 : o->standing_gini;
    o->solidarity += p->solidarity_rate * (turnout - o->solidarity) -
                     p->solidarity_erosion * fmax(0, gini - p->solidarity_tolerance);
    o->solidarity = fmin(fmax(o->solidarity, 0), 1);
}

static double competence(const struct reference_parameters *p,
                         const struct reference_person *person)
{
    double sum = 0, total = 0;
    for (size_t k = 0; k < p->kinds; k++) {
        sum += p->kind[k].empowerment * person->skill[k];
        total += p->kind[k].empowerment;
    }
    return total > 0 ? sum / total : 0;
}

struct causes {
    double competence, know, rank;
};

static struct causes mean_causes(const struct reference_parameters *p,
                                 const struct reference_organisation *o)
{
    struct causes mean = {0};
    for (size_t j = 0; j < o->size; j++) {
        mean.competence += competence(p, &o->person[j]) / (double)o->size;
        mean.know += o->person[j].know / (double)o->size;
        mean.rank += o->position[j].rank / (double)o->size;
    }
    return mean;
}

static double log_voice(const struct reference_parameters *p,
                        const struct reference_organisation *o, size_t j, const struct causes *mean)
{
    const struct reference_person *person = &o->person[j];
    double q = p->cut[REFERENCE_SKILL_VOICE] ? mean->competence : competence(p, person);
    double z = p->cut[REFERENCE_KNOW_VOICE] ? mean->know : person->know;
    double rank = p->cut[REFERENCE_RANK_VOICE] ? mean->rank : o->position[j].rank;
    double office = p->cut[REFERENCE_OFFICE_VOICE] ? 1 : o->position[j].office;
    return p->voice_skill * q + p->voice_know * z +
           p->voice_persuasiveness * person->persuasiveness +
           p->voice_rank * o->in_force[REFERENCE_HIERARCHY] * rank +
           p->voice_office * reference_log_standing(office);
}

/* Shares of voice and of formal votes; those present in part have that part of both. */
static void raise_voices(const struct reference_parameters *p, struct reference_organisation *o)
{
    struct causes mean = mean_causes(p, o);
    double largest = -INFINITY, voices = 0, present = 0;
    for (size_t j = 0; j < o->size; j++) {
        o->person[j].voice = log_voice(p, o, j, &mean);
        if (o->person[j].presence > 0)
            largest = fmax(largest, o->person[j].voice);
    }
    for (size_t j = 0; j < o->size; j++) {
        struct reference_person *person = &o->person[j];
        person->voice = person->presence > 0 ? person->presence * exp(person->voice - largest) : 0;
        voices += person->voice;
        present += person->presence;
    }
    for (size_t j = 0; j < o->size; j++) {
        struct reference_person *person = &o->person[j];
        person->voice /= voices;
        person->vote = p->absent_by_proxy ? 1 / (double)o->size : person->presence / present;
    }
}

static void share_out_say(const struct reference_parameters *p, struct reference_organisation *o)
{
    o->say = 0;
    for (size_t j = 0; j < o->size; j++) {
        struct reference_person *person = &o->person[j];
        double convinced =
            (1 - p->susceptibility) * person->vote + p->susceptibility * person->voice;
        double left = p->delegation_is_formal ? person->vote : person->voice;
        person->say = p->workers * convinced + (1 - p->workers) * p->left_inside * left;
        o->say += person->say;
    }
    o->say_sum += o->say;
    o->say_weeks++;
}

static void remember_standing(const struct reference_parameters *p,
                              struct reference_organisation *o)
{
    double n = (double)o->size, total = 0;
    for (size_t j = 0; j < o->size; j++) {
        struct reference_person *person = &o->person[j];
        double power = o->met && o->say > 0 ? n * person->say / o->say : person->standing;
        person->standing += p->standing_memory * (power - person->standing);
        person->standing = fmax(person->standing, 1e-12);
        total += person->standing;
    }
    for (size_t j = 0; j < o->size; j++)
        o->person[j].standing *= n / total;
}

static void settle_office(const struct reference_parameters *p, struct reference_organisation *o)
{
    double n = (double)o->size, total = 0;
    for (size_t j = 0; j < o->size; j++) {
        double *office = &o->position[j].office;
        *office += p->office_memory * (o->person[j].standing - *office);
        *office = fmax(*office, 1e-12);
        total += *office;
    }
    for (size_t j = 0; j < o->size; j++)
        o->position[j].office *= n / total;
}

void reference_influence(const struct reference *reference, struct reference_organisation *o)
{
    const struct reference_parameters *p = &reference->parameters;
    if (o->size == 1)
        return;
    if (o->met) {
        raise_voices(p, o);
        share_out_say(p, o);
    }
    remember_standing(p, o);
    settle_office(p, o);
}
