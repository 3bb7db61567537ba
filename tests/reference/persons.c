/* coopsim - GPL-3.0-or-later
 *
 * Who the persons are and which position they take: draws, newcomers, vacancies and rotation
 * (ODD 1; 2, steps 6 and 7; 7). */
#include "tests/reference/reference.h"

#include "sim/base/rng.h"

#include <math.h>
#include <stdlib.h>

static uint32_t counter_word(void *state, enum reference_stream stream, uint32_t purpose,
                             uint32_t organisation, int64_t time, uint32_t index, uint32_t draw,
                             int word)
{
    const struct coop_streams *streams = state;
    uint64_t key = stream == REFERENCE_POPULATION ? streams->population : streams->dynamics;
    return coop_draw(key, purpose, organisation, time, index, draw).word[word];
}

struct reference_source reference_source_counter(struct coop_streams *streams)
{
    return (struct reference_source){counter_word, streams};
}

static uint32_t gsl_word(void *state, enum reference_stream stream, uint32_t purpose,
                         uint32_t organisation, int64_t time, uint32_t index, uint32_t draw,
                         int word)
{
    (void)stream, (void)purpose, (void)organisation, (void)time;
    (void)index, (void)draw, (void)word;
    return (uint32_t)gsl_rng_get(state);
}

struct reference_source reference_source_gsl(gsl_rng *generator)
{
    return (struct reference_source){gsl_word, generator};
}

static uint32_t word_of(const struct reference_draw *d, uint32_t draw, int word)
{
    const struct reference_source *source = &d->reference->source;
    return source->word(source->state, d->stream, d->reference->purpose[d->purpose],
                        d->organisation, d->time, d->index, draw, word);
}

/* The middle of one of 2^23 equal cells of (0, 1). */
static double uniform_of(uint32_t word)
{
    return ((double)(word >> 9) + .5) / 8388608;
}

double reference_uniform(const struct reference_draw *d, uint32_t draw, int word)
{
    return uniform_of(word_of(d, draw, word));
}

/* Box and Muller: two normals from two words, the angle's octant from its word's lowest bits. */
double reference_normal(const struct reference_draw *d, uint32_t number)
{
    int first_word = number % 4 < 2 ? 0 : 2;
    uint32_t radius_word = word_of(d, number / 4, first_word);
    uint32_t angle_word = word_of(d, number / 4, first_word + 1);
    double radius = sqrt(-2 * log(uniform_of(radius_word)));
    double angle = uniform_of(angle_word) * atan(1);
    bool is_second = number % 2 == 1, is_swapped = angle_word & 1u;
    bool is_negative = angle_word & (is_second ? 4u : 2u);
    double size = radius * (is_second != is_swapped ? sin(angle) : cos(angle));
    return is_negative ? -size : size;
}

/* Beta(2, 8) exactly: the second smallest of nine uniforms. */
static double skill_at_start(const struct reference_draw *d, size_t kind)
{
    double smallest = 2, second = 2;
    for (uint32_t i = 0; i < 9; i++) {
        uint32_t number = 9 * (uint32_t)kind + i;
        double u = reference_uniform(d, number / 4, (int)(number % 4));
        if (u < smallest) {
            second = smallest;
            smallest = u;
        } else if (u < second) {
            second = u;
        }
    }
    return second;
}

void reference_person_draw(struct reference_person *ret, const struct reference *reference,
                           uint32_t organisation, enum reference_stream stream, size_t index)
{
    const struct reference_parameters *p = &reference->parameters;
    int64_t time = stream == REFERENCE_POPULATION ? 0 : reference->week;
    struct reference_draw d = {reference,    stream, REFERENCE_PERSON_SKILL,
                               organisation, time,   (uint32_t)index};
    *ret = (struct reference_person){.standing = 1};
    for (size_t k = 0; k < p->kinds; k++)
        ret->skill[k] = skill_at_start(&d, k);
    d.purpose = REFERENCE_PERSON_TRAITS;
    ret->persuasiveness = reference_normal(&d, 0);
    for (uint32_t y = 0; y < REFERENCE_VARIABLES; y++)
        ret->outlook[y] = p->outlook_spread * reference_normal(&d, 1 + y);
}

static double fit_of(const struct reference_parameters *p, const struct reference_person *person,
                     const struct reference_position *job)
{
    double fit = 0;
    for (size_t k = 0; k < p->kinds; k++)
        fit += job->share[k] * person->skill[k];
    return fit;
}

/* The best of the stayers strictly below the vacancy; the size of the organisation if there is
 * none. A cut cause is the same for all, so that it can be left out. */
static size_t best_candidate(const struct reference *reference,
                             const struct reference_organisation *o, size_t vacancy, uint32_t step)
{
    const struct reference_parameters *p = &reference->parameters;
    double fit_weight = p->cut[REFERENCE_SKILL_JOBS] ? 0 : p->fit_weight;
    double standing_weight = p->cut[REFERENCE_STANDING_JOBS] ? 0 : p->standing_weight;
    double best_score = -INFINITY;
    size_t best = o->size;
    for (size_t j = 0; j < o->size; j++) {
        const struct reference_person *person = &o->person[j];
        double limit = o->position[vacancy].empowerment - 1e-9;
        if (person->fate != REFERENCE_STAYS || o->position[j].empowerment >= limit)
            continue;
        struct reference_draw d = {reference, REFERENCE_DYNAMICS, REFERENCE_CANDIDATE,
                                   o->id,     reference->week,    (uint32_t)j};
        double gumbel = -log(-log(reference_uniform(&d, step, 0)));
        double score = fit_weight * fit_of(p, person, &o->position[vacancy]) +
                       standing_weight * reference_log_standing(person->standing) + gumbel;
        if (score > best_score) {
            best_score = score;
            best = j;
        }
    }
    return best;
}

/* Fills a vacancy by a chain of moves from below; a newcomer takes the last place of the chain and
 * the leaver's place in the register, and is first seen in the state after this week. */
static void fill_vacancy(const struct reference *reference, struct reference_organisation *o,
                         size_t vacancy, double know, uint32_t *step)
{
    const struct reference_parameters *p = &reference->parameters;
    uint32_t label = o->person[vacancy].label;
    for (int64_t move = 0; move < p->chain; move++) {
        size_t candidate = best_candidate(reference, o, vacancy, (*step)++);
        if (candidate == o->size)
            break;
        o->person[vacancy] = o->person[candidate];
        o->person[vacancy].know *= p->keep;
        o->person[candidate].fate = REFERENCE_LEFT;
        vacancy = candidate;
    }
    struct reference_person *newcomer = &o->person[vacancy];
    reference_person_draw(newcomer, reference, o->id, REFERENCE_DYNAMICS, vacancy);
    newcomer->know = know;
    newcomer->label = label;
    newcomer->joined = (uint32_t)reference->week + 1;
    newcomer->fate = REFERENCE_NEW;
}

/* Newcomers hold half an equal share of standing each, the stayers the rest. */
static void share_out_standing(struct reference_organisation *o, size_t newcomers)
{
    double stayers = 0, rest = (double)o->size - .5 * (double)newcomers;
    for (size_t j = 0; j < o->size; j++)
        if (o->person[j].fate == REFERENCE_STAYS)
            stayers += o->person[j].standing;
    for (size_t j = 0; j < o->size; j++) {
        if (newcomers == o->size)
            o->person[j].standing = 1;
        else if (o->person[j].fate == REFERENCE_NEW)
            o->person[j].standing = .5;
        else
            o->person[j].standing *= rest / stayers;
    }
}

static size_t draw_leavers(const struct reference *reference, struct reference_organisation *o)
{
    size_t leavers = 0;
    for (size_t j = 0; j < o->size; j++) {
        struct reference_draw d = {reference, REFERENCE_DYNAMICS,  REFERENCE_LEAVE,
                                   o->id,     reference->week / 4, (uint32_t)j};
        bool leaves =
            reference_uniform(&d, 0, (int)(reference->week % 4)) < reference->parameters.leave;
        o->person[j].fate = leaves ? REFERENCE_LEFT : REFERENCE_STAYS;
        leavers += leaves;
    }
    return leavers;
}

void reference_allocate(const struct reference *reference, struct reference_organisation *o)
{
    double know = 0;
    uint32_t step = 0;
    for (size_t j = 0; j < o->size; j++)
        know += o->person[j].know / (double)o->size;
    size_t leavers = draw_leavers(reference, o);
    if (leavers == 0)
        return;
    for (size_t j = 0; j < o->size; j++)
        if (o->person[j].fate == REFERENCE_LEFT)
            fill_vacancy(reference, o, j, know / 2, &step);
    share_out_standing(o, leavers);
}

/* The first `moving` entries of a random order of the positions. */
static void pick_positions(const struct reference *reference,
                           const struct reference_organisation *o, size_t *ret_entry, size_t moving)
{
    for (size_t i = 0; i < o->size; i++)
        ret_entry[i] = i;
    for (size_t i = 0; i < moving; i++) {
        struct reference_draw d = {reference, REFERENCE_DYNAMICS, REFERENCE_PICK,
                                   o->id,     reference->week,    (uint32_t)i};
        size_t other = i + coop_below(word_of(&d, 0, 0), (uint32_t)(o->size - i));
        size_t entry = ret_entry[i];
        ret_entry[i] = ret_entry[other];
        ret_entry[other] = entry;
    }
}

void reference_rotate(const struct reference *reference, struct reference_organisation *o)
{
    const struct reference_parameters *p = &reference->parameters;
    int64_t since = reference->week - p->rotation_start;
    if (!p->rotation_on || since < 0 || (since + 1) % p->rotation_every != 0 || o->size == 1)
        return;
    double share = floor(p->rotation_share * (double)o->size + .5);
    size_t moving = share < 2 ? 2 : (size_t)share;
    size_t *entry = reference_allocate_array(o->size, sizeof *entry);
    pick_positions(reference, o, entry, moving);
    struct reference_person last = o->person[entry[moving - 1]];
    for (size_t i = moving - 1; i > 0; i--)
        o->person[entry[i]] = o->person[entry[i - 1]];
    o->person[entry[0]] = last;
    for (size_t i = 0; i < moving; i++)
        o->person[entry[i]].know *= p->keep;
    free(entry);
}
