/* coopsim - GPL-3.0-or-later
 *
 * A run as a list of named arrays, its parts: all from which the rest of it follows, bit for bit.
 * Whoever keeps a run keeps its parts, without knowing what they are; the names are
 *
 *     week                     weeks lived
 *     layout/size, first, step which worker array slot is whose: that of position p in organisation
 *                              o is first[o] + p step[o]
 *     state/<field>            every kept field, the observers' memory too: ([component,] slot) of
 *                              workers, ([component,] organisation) of organisations
 *     record/..., panel/...    what has been recorded before that week
 *
 * A finished run has only its record, with the final values. */
#ifndef COOP_ENGINE_PARTS_H
#define COOP_ENGINE_PARTS_H

#include "sim/engine/recording.h"

enum coop_part_type {
    COOP_PART_F32,
    COOP_PART_F64,
    COOP_PART_U32,
    COOP_PART_I64,
    COOP_PART_U8,
    COOP_PART_TYPES
};
enum { COOP_PART_NAME = 96, COOP_PART_RANK = 3 };

struct coop_part {
    char name[COOP_PART_NAME];
    const char *unit, *summary; /* borrowed; NULL: unknown */
    enum coop_part_type type;
    int rank;                    /* 0: one value */
    size_t size[COOP_PART_RANK]; /* of the array in memory, the last axis fastest */
    size_t used[COOP_PART_RANK]; /* of it that holds something, from the first element of each axis
                                    on; the part is that much */
    void *data;                  /* borrowed, or of the list's own memory */
    void *own;                   /* the latter; NULL: borrowed */
};

struct coop_parts {
    struct coop_part *item;
    size_t count;
};

size_t coop_part_bytes(enum coop_part_type type); /* of an element */
size_t coop_part_elements(const struct coop_part *part);
const struct coop_part *coop_parts_find(const struct coop_parts *parts, const char *name);
/* Adds a part; it has memory of its own, zeroed, if `data` is NULL. */
enum coop_status coop_parts_add(struct coop_parts *parts, struct coop_part part);
void coop_parts_free(struct coop_parts *parts); /* safe on a zeroed struct */
/* The parts as they are now, in memory of their own and without what is not used. */
enum coop_status coop_parts_copy(struct coop_parts *ret, const struct coop_parts *parts);
/* Unit and summary by name, where parts come from a file. */
void coop_parts_describe(struct coop_parts *parts, const struct coop_model *model);

/* Weeks lived, -1 if the parts do not say; whether they are a finished run's. */
int64_t coop_parts_week(const struct coop_parts *parts);
bool coop_parts_are_finished(const struct coop_parts *parts);

/* The parts of a run between two months, borrowed from it. */
enum coop_status coop_recording_parts(const struct coop_recording *recording,
                                      struct coop_parts *ret);
/* Those of a finished run, borrowed from its record. */
enum coop_status coop_record_parts(struct coop_record *record, struct coop_parts *ret);

/* Puts a recording that has just begun where the parts were taken, which may be its end. Nothing is
 * changed and COOP_REFUSED returned unless they are those of a run with the same organisations and
 * records, and hold all state that this run keeps and all measures that it observes; only the state
 * of the model's intervention may be absent and stays as begun. */
enum coop_status coop_recording_load(struct coop_recording *recording,
                                     const struct coop_parts *parts);

#endif
