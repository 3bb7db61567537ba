/* coopsim - GPL-3.0-or-later
 *
 * The contract of a mechanism: one file ending in one `COOP_MECHANISM(name) = {...}`. A mechanism
 * holds no pragma, no input or output, no allocation, no global; its hooks cannot fail, because
 * they run inside the parallel loop.
 *
 * The week (ODD 7), for every batch of organisations:
 *
 *     in weeks t mod 4 = 0:  month hooks   (structure in force, everything fixed for a month)
 *     every week:            derive hooks  (what follows from the state; changes no kept field)
 *                            record, if one is due
 *                            act hooks     (the steps that change the state)
 *     after a whole month:   signal hooks for every batch, then meet hooks once (economy scope)
 *
 * Parameters hold for a month at least: a schedule may change them when a month begins. A row that is
 * read by start and settle hooks alone belongs into the model's list `initial`. Organisations may
 * have different parameters, a batch has one set.
 *
 * Hooks of one kind run in the order of the model's list. Before week 0 all start hooks run, then
 * month and derive, then settle (initial values that need derived ones). */
#ifndef COOP_ENGINE_MECHANISM_H
#define COOP_ENGINE_MECHANISM_H

#include "sim/engine/isa.h"
#include "sim/param/config.h"
#include "sim/param/param.h"
#include "sim/param/script.h"
#include "sim/state/batch.h"

/* What a meet hook sees: every organisation of the economy, between two months. */
struct coop_meeting {
    size_t organisations;
    int64_t week; /* weeks lived */
    void *const *field;
    const size_t *stride;
    const void *shared, *params;
    int own;
};

static inline double *coop_meeting_organisation(const struct coop_meeting *meeting, int field,
                                                size_t component)
{
    return (double *)meeting->field[field] + component * meeting->stride[field];
}

struct coop_mechanism {
    const char *name;
    const char *summary; /* one sentence */
    const char *source;
    const struct coop_param_table *params; /* NULL: none */
    const struct coop_field *fields;       /* state it owns, numbered from `own` */
    size_t field_count;

    /* Bits of the model's options (COOP_IF_OPTION) that it needs at these values of its own and
     * the shared parameters; NULL: none. */
    uint32_t (*options)(const void *shared, const void *params);
    /* What ranges cannot say; adds to `problems`. Values come by name, NULL hook: nothing. */
    void (*verify)(const struct coop_param_set *set, struct coop_problems *problems);
    /* The same over a whole run, for what is wrong only if it is so in all weeks and regimes: a
     * setting that nowhere has an effect (coop_script_acts). NULL hook: nothing. */
    void (*verify_script)(const struct coop_script *script, struct coop_problems *problems);

    void (*start)(const struct coop_batch *batch);
    void (*settle)(const struct coop_batch *batch);
    void (*month)(const struct coop_batch *batch);
    void (*derive)(const struct coop_batch *batch);
    void (*act)(const struct coop_batch *batch);
    void (*signal)(const struct coop_batch *batch);
    void (*meet)(const struct coop_meeting *meeting);
};

/* The tables of all rows of a model: the engine's own (run, economy, record), the model's, the
 * mechanisms', the observers'. An owner without rows has an empty table, so that numbers match:
 * table COOP_TABLE_MODEL is the model's, the mechanisms' follow in order, then the observers'. */
enum { COOP_TABLE_ENGINE = 0, COOP_TABLE_MODEL = 1, COOP_TABLE_FIRST_MECHANISM = 2 };

/* The batch as another mechanism of the model sees it, with that one's parameters and fields. */
static inline struct coop_batch coop_batch_of(const struct coop_batch *b,
                                              const struct coop_mechanism *mechanism)
{
    struct coop_batch as = *b;
    size_t number = 0;
    while (b->mechanism[number] != mechanism)
        number++;
    as.params = coop_param_values(b->set, COOP_TABLE_FIRST_MECHANISM + number);
    as.own = b->mechanism_own[number];
    return as;
}

#define COOP_MECHANISM(name) const struct coop_mechanism COOP_ISA_NAME(coop_mechanism_##name)

#endif
