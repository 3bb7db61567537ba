/* coopsim - GPL-3.0-or-later
 *
 * A batch: whole organisations, about 1,000 workers together, that a mechanism works on. Arrays
 * are structures of arrays and slot = position. Eight neighbouring organisations of one size are
 * interleaved: a row of eight slots holds the same position of the eight, so that what is done
 * within an organisation is done for eight at once. Others are contiguous. Either way position p
 * of organisation o is slot coop_slot(b, o, p), and results do not depend on the lay-out.
 *
 * Loops over all workers run over the slots [0, lanes), the workers rounded up to COOP_LANES: every
 * worker array of a batch has that length, the slots behind the last worker hold harmless values
 * that nothing reads as a result. Sums and the like within organisations are in reduce.h. */
#ifndef COOP_STATE_BATCH_H
#define COOP_STATE_BATCH_H

#include "sim/base/lanes.h"
#include "sim/base/rng.h"
#include "sim/state/field.h"

#include <stdint.h>

enum { COOP_LANES = 16, COOP_ROW = 8, COOP_BATCH_WORKERS = 1024, COOP_MONTH = 4 /* weeks */ };

struct coop_batch {
    size_t organisations, workers, lanes;
    const uint32_t *size;            /* [organisations] workers */
    const uint32_t *first;           /* [organisations] slot of position 0 */
    const uint32_t *step;            /* [organisations] slots from a position to the next */
    uint32_t first_organisation;     /* id of the batch's first organisation in the economy */
    const uint32_t *position;        /* [lanes] position within the organisation */
    const uint32_t *organisation_of; /* [lanes] id of the worker's organisation in the economy */
    int64_t week;                    /* the week being lived; at a record: weeks lived so far */
    struct coop_streams streams;

    void *const *field;   /* by field number: the batch's part of each array */
    const size_t *stride; /* elements from one component to the next */
    const void *shared;   /* the model's own struct of parameters */
    const void *params;   /* the struct of parameters of the mechanism or observer called */
    int own;              /* number of its first own field */
    size_t kinds;         /* task kinds of the model (COOP_EACH_KIND) */
    size_t year_records;  /* records of a year, 0 if not a whole number */
    uint32_t options;     /* bit i: the model's option i is asked for (COOP_IF_OPTION) */
    void *const *person;  /* [persons] every component of every field of class COOP_PERSON */
    size_t persons;       /* number of these arrays */

    const struct coop_mechanism *const *mechanism; /* of the model, NULL-terminated */
    const struct coop_param_set *set;              /* all parameters of the batch's regime */
    const int *mechanism_own;                      /* the mechanisms' `own` */
};

static inline float *coop_worker(const struct coop_batch *b, int field, size_t component)
{
    return (float *)b->field[field] + component * b->stride[field];
}

static inline uint32_t *coop_worker_u32(const struct coop_batch *b, int field)
{
    return (uint32_t *)b->field[field];
}

static inline double *coop_organisation(const struct coop_batch *b, int field, size_t component)
{
    return (double *)b->field[field] + component * b->stride[field];
}

static inline size_t coop_slot(const struct coop_batch *b, size_t organisation, size_t position)
{
    return b->first[organisation] + position * b->step[organisation];
}

/* Rows of eight slots from an organisation's first on: those of eight interleaved organisations, or
 * those of one, the last of which may reach into the next organisation, or behind the last one,
 * where worker arrays have room. */
static inline size_t coop_rows(const struct coop_batch *b, size_t organisation)
{
    size_t n = b->size[organisation];
    return b->step[organisation] == COOP_ROW ? n : (n + COOP_ROW - 1) / COOP_ROW;
}

/* The organisation of a lane of these rows. */
static inline size_t coop_row_organisation(const struct coop_batch *b, size_t organisation,
                                           size_t lane)
{
    return b->step[organisation] == COOP_ROW ? organisation + lane : organisation;
}

#endif
