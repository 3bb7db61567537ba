/* coopsim - GPL-3.0-or-later
 *
 * A village is a small economy for a test of laws: a run built from "name=value; name=value",
 * whose model may have hooks of the test itself between its mechanisms. So a test can look at
 * every week, and can change a cause by hand where only a mechanism reads it. Every failure here
 * fails the test. */
#ifndef COOP_TESTS_LAW_VILLAGE_H
#define COOP_TESTS_LAW_VILLAGE_H

#include "sim/engine/registry.h"
#include "sim/engine/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct village {
    const struct coop_model *model;
    const struct coop_param_table *table[COOP_OWNERS_MAX];
    size_t tables;
    struct coop_param_set set;
    struct coop_run run;
};

/* Parameters of a model: defaults, then the assignments. */
void village_set_up(struct village *ret, const struct coop_model *model, const char *assignments);
/* Sets up and begins a run on one thread, at week 0. */
void village_begin(struct village *ret, const struct coop_model *model, const char *assignments);
/* The same of the model `seo`, at the best level of this machine. */
void village_begin_seo(struct village *ret, const char *assignments);
void village_end(struct village *village);

/* Sets further values before the run begins: "a.b=1; c.d=[2, 3]". */
void village_assign(struct village *village, const char *assignments);
/* Runs with records; the caller frees the record. Begins the run by itself. */
void village_record(struct village *village, int threads, struct coop_record *ret);

const struct coop_model *village_seo(void);
/* The number of a field, of whichever owner. */
int village_field(const struct coop_run *run, const char *name);
/* Where the economy keeps a value: 4 bytes of a worker, by position, or a double of an
 * organisation. */
void *village_place(const struct coop_run *run, int field, size_t component, size_t organisation,
                    size_t position);
/* Values of a field in an organisation: its size, or 1. */
size_t village_values(const struct coop_run *run, int field, size_t organisation);
bool village_is_kept(const struct coop_field *field); /* state, without what records sum up */
bool village_is_of_workers(const struct coop_field *field);
/* Whether an organisation is in the same state in both runs, bit for bit; of optional fields those
 * count that both keep. */
bool village_same(const struct coop_run *run, const struct coop_run *other, size_t organisation);
/* The same of all organisations. */
bool village_all_same(const struct coop_run *run, const struct coop_run *other);
/* Hash of the whole state. */
uint64_t village_hash(const struct village *village);
/* The same after so many weeks of a run, and whether two runs are in the same state then, as
 * village_all_same. */
uint64_t village_hash_after(const struct coop_model *model, const char *assignments, int64_t weeks);
bool village_same_after(const struct coop_model *model, const char *assignments,
                        const char *other_assignments, int64_t weeks);
/* The last pooled value of a measure in a run of the model `seo` with records. */
double village_measure(const char *assignments, const char *measure);
/* Hash of the state and of everything recorded. */
uint64_t village_record_hash(const struct coop_record *record);
/* The reals of a list row, borrowed from the set. */
struct coop_real_list village_list(const struct village *village, const char *name);

/* A model with the test's mechanisms around one of its own; NULL: none. */
struct village_model {
    struct coop_model model;
    const struct coop_mechanism *mechanism[COOP_OWNERS_MAX + 3];
};
void village_surround(struct village_model *ret, const struct coop_model *model,
                      const char *mechanism, const struct coop_mechanism *before,
                      const struct coop_mechanism *after);

/* Calls `visit` for every row of every table of every model, at the best level. */
typedef void village_row_visit(const struct coop_model *model, const struct coop_param *row,
                               void *user);
void village_each_row(village_row_visit *visit, void *user);

#endif
