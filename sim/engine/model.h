/* coopsim - GPL-3.0-or-later
 *
 * The contract of a model: shared parameters, shared state, an ordered list of mechanisms and a
 * list of observers. */
#ifndef COOP_ENGINE_MODEL_H
#define COOP_ENGINE_MODEL_H

#include "sim/engine/mechanism.h"
#include "sim/engine/observer.h"
#include "sim/engine/picture.h"

/* A line of the summary that `coopsim run` prints for every case. */
struct coop_headline {
    const char *measure;
    const char *label;
    bool start;          /* also show its value at week 0 */
    bool excess;         /* also show the excess over the case's twin, if it was run */
    const char *reading; /* the same in plain words, with {} for the value; NULL: none */
};

/* A causal arrow: the choice row that cuts it, whose default is intact and whose other choice is
 * cut. */
struct coop_arrow {
    const char *row;
    bool returns; /* what it causes comes back to its cause: the exposure twin cuts it */
};

/* When equality is stable: the law behind phase diagrams. */
struct coop_stability {
    const char *inequality; /* the measure that tells equality from inequality */
    const char *locked;     /* the measure of what cannot be left any more */
    double (*gain)(const struct coop_param_set *set); /* equality is stable below 1; NAN where there
                                                         is no law */
    const char *law;                                  /* what the gain is, as a sentence */
};

struct coop_model {
    const char *name;
    const char *summary;
    const char *source;
    const struct coop_param_table *params; /* shared by all its mechanisms */
    const struct coop_field *fields;       /* shared state, numbered from 0 */
    size_t field_count;
    const struct coop_mechanism *const *mechanisms; /* NULL-terminated, in the order of the week */
    const struct coop_observer *const *observers;   /* NULL-terminated */
    const char *twin;                       /* the choice row that `twins:` sets; NULL: none */
    const struct coop_arrow *arrows;        /* ends with a NULL row; NULL: none */
    const struct coop_stability *stability; /* NULL: none is known */
    const char *intervention; /* the choice row of what is done to a running economy in one week,
                                   its first choice nothing; NULL: none */
    const char *intervention_week; /* the row that says in which week */
    const char *const *initial;    /* NULL-terminated: rows that are read in week 0 only, so that no
                                   schedule may change them; NULL: none */
    const struct coop_headline *headline; /* ends with a NULL measure */
    const struct coop_picture *picture;   /* ends with a NULL title; NULL: none */
    size_t (*kinds)(const void *shared);  /* task kinds, given the shared parameters */
    void (*verify)(const struct coop_param_set *set, struct coop_problems *problems);
};

enum { COOP_OWNERS_MAX = 64 };
size_t coop_model_tables(const struct coop_model *model,
                         const struct coop_param_table *ret_table[COOP_OWNERS_MAX]);

/* The measures of all observers, one after the other. */
size_t coop_model_measure_count(const struct coop_model *model);
const struct coop_measure *coop_model_measure(const struct coop_model *model, size_t number);
/* -1 if there is none of that name. */
int coop_model_measure_find(const struct coop_model *model, const char *name);

#define COOP_MODEL(name) const struct coop_model COOP_ISA_NAME(coop_model_##name)

#endif
