/* coopsim - GPL-3.0-or-later
 *
 * Fields: one row is one array of the state. The engine allocates, hashes, stores and samples
 * fields without knowing what they mean. */
#ifndef COOP_STATE_FIELD_H
#define COOP_STATE_FIELD_H

#include <stddef.h>
#include <stdint.h>

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
enum { COOP_EACH_KIND = -1, COOP_EACH_RECORD_OF_YEAR = -2, COOP_FIRST_OPTION = -3 };
/* One component if a mechanism asks for the model's option of that number (0 to 31), else none, so
 * that what is not used takes no memory. */
#define COOP_IF_OPTION(option) (COOP_FIRST_OPTION - (option))

/* The numbers behind these. */
struct coop_dimensions {
    size_t kinds, year_records;
    uint32_t options; /* bit i: option i is asked for */
};

struct coop_field {
    const char *name;
    enum coop_field_class class;
    enum coop_field_type type; /* COOP_F64 for the organisation classes, else 4 bytes */
    int count;                 /* components, each an array of its own; or one of those above */
    const char *unit;
    const char *summary; /* one sentence */
};

static inline size_t coop_field_components(const struct coop_field *field,
                                           struct coop_dimensions dimensions)
{
    if (field->count == COOP_EACH_KIND)
        return dimensions.kinds;
    if (field->count == COOP_EACH_RECORD_OF_YEAR)
        return dimensions.year_records;
    if (field->count <= COOP_FIRST_OPTION)
        return dimensions.options >> (COOP_FIRST_OPTION - field->count) & 1;
    return (size_t)field->count;
}

#endif
