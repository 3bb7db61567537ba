/* coopsim - GPL-3.0-or-later
 *
 * Fields: one row is one array of the state. The engine allocates, hashes, stores and samples
 * fields without knowing what they mean. */
#ifndef COOP_STATE_FIELD_H
#define COOP_STATE_FIELD_H

#include <stddef.h>

enum coop_field_class {
    COOP_PERSON,              /* 4 bytes a worker; moves with the person who changes position */
    COOP_POSITION,            /* 4 bytes a worker; stays with the position */
    COOP_ORGANISATION,        /* double an organisation */
    COOP_TALLY,               /* double an organisation: summed by mechanisms since the last record,
                          zeroed by the engine after each record; not part of the state's hash */
    COOP_DERIVED,             /* 4 bytes a worker of the batch: made by month and derive hooks, so
                                  that observers may read it; not kept between months */
    COOP_WORKER_SCRATCH,      /* the same, but rubbish at a record */
    COOP_ORGANISATION_SCRATCH /* double an organisation of the batch, not kept between months */
};

enum coop_field_type { COOP_F32, COOP_U32, COOP_F64 };

/* For `count`: one component for each task kind of the model (its `kinds`), or for each record of a
 * year (52 / record.every; none if that is no whole number). */
enum { COOP_EACH_KIND = -1, COOP_EACH_RECORD_OF_YEAR = -2 };

/* The numbers behind these. */
struct coop_dimensions {
    size_t kinds, year_records;
};

struct coop_field {
    const char *name;
    enum coop_field_class class;
    enum coop_field_type type; /* COOP_F64 for the organisation classes, else 4 bytes */
    int count;                 /* components, each an array of its own; or COOP_EACH_KIND */
    const char *unit;
    const char *summary; /* one sentence */
};

static inline size_t coop_field_components(const struct coop_field *field,
                                           struct coop_dimensions dimensions)
{
    if (field->count == COOP_EACH_KIND)
        return dimensions.kinds;
    return field->count == COOP_EACH_RECORD_OF_YEAR ? dimensions.year_records
                                                    : (size_t)field->count;
}

#endif
