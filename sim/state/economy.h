/* coopsim - GPL-3.0-or-later
 *
 * The economy: all organisations of a run, their state as a structure of arrays, and the batches
 * they are worked on in. Everything is allocated at init; a week allocates nothing. */
#ifndef COOP_STATE_ECONOMY_H
#define COOP_STATE_ECONOMY_H

#include "sim/base/status.h"
#include "sim/state/batch.h"

/* Where the fields of one owner (the model, a mechanism or an observer) begin. */
struct coop_field_owner {
    const struct coop_field *fields;
    size_t count;
};

/* Whole organisations that are worked on together; the same for any number of threads. */
struct coop_batch_plan {
    uint32_t first_organisation, organisations;
    size_t first_slot; /* in the arrays of workers; a multiple of COOP_LANES */
    size_t workers;
};

/* Neighbouring organisations that share no batch with others; an empty block is allowed. */
struct coop_blocks {
    const size_t *end; /* [count], id behind the last organisation of each; the last is all */
    size_t count;
};

struct coop_economy {
    size_t organisations, workers, slots, batches, largest_batch /* lanes */, largest_count;
    uint32_t *size;               /* [organisations] workers */
    uint32_t *first;              /* [organisations] slot of position 0, within the batch */
    uint32_t *step;               /* [organisations] slots from a position to the next */
    struct coop_batch_plan *plan; /* [batches] */

    const struct coop_field **row; /* [fields] all owners' fields, one after the other */
    size_t fields;
    void **field;       /* [fields] the kept arrays, whole economy; NULL for scratch */
    void **block;       /* [fields] the memory that they lie in */
    size_t *stride;     /* [fields] elements from one component to the next */
    size_t *components; /* [fields] */
    size_t persons;     /* components of all fields of class COOP_PERSON */
    size_t kept_bytes;  /* of all kept arrays */
    struct coop_dimensions dimensions;
    struct coop_streams streams;
};

/* Lays out organisations of the given sizes and allocates their kept state, zeroed. */
enum coop_status coop_economy_init(struct coop_economy *ret, const uint32_t *size,
                                   struct coop_blocks blocks, const struct coop_field_owner *owner,
                                   size_t owners, struct coop_dimensions dimensions);
void coop_economy_free(struct coop_economy *economy); /* safe on a zeroed struct */

/* Scratch of one thread, and the batch that it presents to the mechanisms. */
struct coop_workspace {
    struct coop_batch batch;
    void **field;
    size_t *stride;
    void **scratch; /* [fields] own memory; NULL for kept fields */
    void **person;  /* [persons of the economy] the batch's part of each */
    void *slots;    /* the memory of the next two */
    uint32_t *position, *organisation_of;
    size_t bytes;
};
enum coop_status coop_workspace_init(struct coop_workspace *ret,
                                     const struct coop_economy *economy);
void coop_workspace_free(struct coop_workspace *workspace, const struct coop_economy *economy);

/* Points the workspace's batch at one of the economy's batches. */
void coop_workspace_enter(struct coop_workspace *workspace, const struct coop_economy *economy,
                          size_t batch);

/* FNV-1a over the kept fields of workers and organisations, in the order of fields, then
 * organisations, without tallies: `fields` of them, so that observers can be left out. */
uint64_t coop_economy_hash(const struct coop_economy *economy, size_t fields);

/* Bytes that coop_economy_init and `workspaces` workspaces will take, without taking them. */
size_t coop_economy_bytes(const uint32_t *size, struct coop_blocks blocks,
                          const struct coop_field_owner *owner, size_t owners,
                          struct coop_dimensions dimensions, size_t workspaces);

#endif
