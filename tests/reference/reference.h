/* coopsim - GPL-3.0-or-later
 *
 * The slow, obvious reference of the seo model: ODD 1, 2 and 7 read once more, in
 * doubles, with libm and arrays of structs. The tests compare the engine with it worker by worker;
 * it shares nothing with the engine but the names of parameters and the numbering of draws. */
#ifndef COOP_TESTS_REFERENCE_H
#define COOP_TESTS_REFERENCE_H

#include "sim/param/param.h"

#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REFERENCE_KINDS = 8, REFERENCE_FACETS = 3 };

enum reference_variable {
    REFERENCE_MECHANISATION,
    REFERENCE_FORMALISATION,
    REFERENCE_HIERARCHY,
    REFERENCE_DIVISION,
    REFERENCE_PAY_SPREAD,
    REFERENCE_PRODUCT,
    REFERENCE_VARIABLES
};

enum reference_arrow {
    REFERENCE_JOB_SKILL,
    REFERENCE_AUTONOMY_KNOW,
    REFERENCE_SKILL_VOICE,
    REFERENCE_KNOW_VOICE,
    REFERENCE_RANK_VOICE,
    REFERENCE_OFFICE_VOICE,
    REFERENCE_STANDING_AUTONOMY,
    REFERENCE_STANDING_ATTEND,
    REFERENCE_STANDING_JOBS,
    REFERENCE_POWER_ORG,
    REFERENCE_SKILL_JOBS,
    REFERENCE_AUTONOMY_ATTEND,
    REFERENCE_POWER_SOLIDARITY,
    REFERENCE_ARROWS
};

enum reference_attendance { REFERENCE_DRAWN, REFERENCE_EXPECTED, REFERENCE_ALL };

enum reference_stream { REFERENCE_POPULATION, REFERENCE_DYNAMICS };

enum reference_purpose {
    REFERENCE_PERSON_SKILL,
    REFERENCE_PERSON_TRAITS,
    REFERENCE_CULTURE,
    REFERENCE_ATTEND,
    REFERENCE_NOISE,
    REFERENCE_AGENDA,
    REFERENCE_LEAVE,
    REFERENCE_CANDIDATE,
    REFERENCE_PICK,
    REFERENCE_PURPOSES
};

/* Where random 32-bit words come from. A source may ignore what the word is for. */
struct reference_source {
    uint32_t (*word)(void *state, enum reference_stream stream, uint32_t purpose,
                     uint32_t organisation, int64_t time, uint32_t index, uint32_t draw, int word);
    void *state;
};

/* The engine's own numbering of draws; the state is a `struct coop_streams`. */
struct coop_streams;
struct reference_source reference_source_counter(struct coop_streams *streams);
/* Whatever comes next from a generator of 32-bit words, e.g. gsl_rng_mt19937. */
struct reference_source reference_source_gsl(gsl_rng *generator);

struct reference_variable_parameters {
    double start, intercept, interest, pressure, owners, irreversibility;
    bool open;
};

struct reference_kind {
    double empowerment, autonomy[REFERENCE_FACETS], onerousness, training_weeks, hours;
    double shift_mechanisation, shift_formalisation;
};

struct reference_parameters {
    struct reference_variable_parameters variable[REFERENCE_VARIABLES];
    struct reference_kind kind[REFERENCE_KINDS]; /* in the order of the configuration */
    size_t by_empowerment[REFERENCE_KINDS];      /* numbers of kinds, empowerment falling */
    size_t kinds;
    bool cut[REFERENCE_ARROWS];
    int64_t span;
    double workers, left_inside, culture_spread, outlook_spread, keep;
    bool delegation_is_formal, outsiders_are_neutral;

    double technology[REFERENCE_FACETS], rules[REFERENCE_FACETS], orders[REFERENCE_FACETS];
    double autonomy_standing;
    double pace, forgetting, half_life;
    enum reference_attendance attendance;
    double attend_intercept, attend_standing, attend_autonomy, attend_onerousness;
    double attend_solidarity, attend_size;
    double solidarity_start, solidarity_rate, solidarity_erosion, solidarity_tolerance;
    double voice_skill, voice_know, voice_persuasiveness, voice_rank, voice_office;
    double susceptibility, standing_memory, office_memory;
    bool absent_by_proxy;
    bool governance_on, agenda_by_standing;
    int64_t governance_every;
    double governance_rate, inertia, interest_unit, noise;
    double leave, fit_weight, standing_weight;
    int64_t chain;
    bool rotation_on;
    int64_t rotation_start, rotation_every;
    double rotation_share;
    bool balance_on;
    int64_t balance_start;
    double balance_strength;
    double competition, pressure_memory, constant_pressure; /* NAN: the market sets pressure */
};

/* Whether somebody of this week is a candidate for vacancies. */
enum reference_fate { REFERENCE_STAYS, REFERENCE_LEFT, REFERENCE_NEW };

struct reference_person {
    double skill[REFERENCE_KINDS], know;
    double standing; /* nW: equality is 1 */
    double persuasiveness, outlook[REFERENCE_VARIABLES];
    uint32_t label, joined;

    /* What holds for the present week only. */
    double autonomy, presence /* 1, 0, or a probability */, vote, voice, say;
    enum reference_fate fate;
};

struct reference_position {
    double share[REFERENCE_KINDS], logit_potential[REFERENCE_FACETS];
    double empowerment, onerousness, rank;
    double office; /* nU: equality is 1 */
};

struct reference_organisation {
    uint32_t id;
    size_t size;
    struct reference_person *person;     /* [size] by position */
    struct reference_position *position; /* [size] */
    double voted[REFERENCE_VARIABLES], in_force[REFERENCE_VARIABLES], culture[REFERENCE_VARIABLES];
    double solidarity, standing_gini, pressure;
    double say; /* of all workers in this week's assembly */
    bool met;   /* this week */
    double turnout_sum, turnout_bottom_sum, turnout_weeks, say_sum, say_weeks; /* since week 0 */
};

struct reference {
    struct reference_parameters parameters;
    struct reference_source source;
    uint32_t purpose[REFERENCE_PURPOSES];
    struct reference_organisation *organisation;
    size_t organisations;
    int64_t week; /* weeks lived; within a week its number */
};

/* Builds organisations of the given sizes in the state of week 0. The process ends without memory
 * or if the set lacks a row. What `source` points to must outlive the reference. */
void reference_init(struct reference *ret, const struct coop_param_set *set, const uint32_t *size,
                    size_t organisations, struct reference_source source);
void reference_live(struct reference *reference, int64_t weeks);
/* Brings structure and autonomy up to the start of the present week, as a record would see it. */
void reference_look(struct reference *reference);
void reference_free(struct reference *reference);

/* parameters.c */
void reference_read(struct reference_parameters *ret, const struct coop_param_set *set);
void *reference_allocate_array(size_t count, size_t size);

/* persons.c: what persons are made of, and who takes which position. */
struct reference_draw {
    const struct reference *reference;
    enum reference_stream stream;
    enum reference_purpose purpose;
    uint32_t organisation;
    int64_t time;
    uint32_t index;
};
double reference_uniform(const struct reference_draw *d, uint32_t draw, int word);
double reference_normal(const struct reference_draw *d, uint32_t number);
void reference_person_draw(struct reference_person *ret, const struct reference *reference,
                           uint32_t organisation, enum reference_stream stream, size_t index);
void reference_allocate(const struct reference *reference, struct reference_organisation *o);
void reference_rotate(const struct reference *reference, struct reference_organisation *o);

/* work.c: jobs, and what they do to the people who hold them. */
void reference_month(const struct reference *reference, struct reference_organisation *o);
void reference_autonomy(const struct reference *reference, struct reference_organisation *o);
double reference_mean_autonomy(const struct reference_organisation *o);
void reference_learn(const struct reference *reference, struct reference_organisation *o);
double reference_productivity(const struct reference *reference,
                              const struct reference_organisation *o);
double reference_sig(double x); /* the logistic function */
double reference_log_standing(double standing);
double *reference_sorted_standing(const struct reference_organisation *o); /* caller frees */

/* assembly.c and governance.c: who comes, who convinces, what is decided. */
void reference_attend(const struct reference *reference, struct reference_organisation *o);
void reference_influence(const struct reference *reference, struct reference_organisation *o);
void reference_govern(const struct reference *reference, struct reference_organisation *o);

#endif
