/* coopsim - GPL-3.0-or-later
 *
 * Parameters. One row is one parameter and the row is its documentation: it drives the default,
 * the parsing, the range check, `--set`, `coopsim params`, the attributes in the result file and
 * the tests over all rows.
 *
 * A mechanism lists its rows once:
 *
 *     #define COOP_OWNER learning
 *     #define LEARNING_PARAMS(X)                                                                  \
 *         X(REAL, keep, "learning.keep", 0.5, 0, 1, "1", "1", "Share of know-how kept ...", "...")
 *     COOP_PARAMS(LEARNING_PARAMS)
 *
 * which defines `struct learning_params { double keep; };` and `learning_table`, the
 * `struct coop_param_table` that its registration names. */
#ifndef COOP_PARAM_PARAM_H
#define COOP_PARAM_PARAM_H

#include "sim/base/status.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum coop_param_type {
    COOP_PARAM_REAL,
    COOP_PARAM_INTEGER,
    COOP_PARAM_BOOLEAN,
    COOP_PARAM_CHOICE,    /* one of `choices`; stored as its index (int32_t) */
    COOP_PARAM_REAL_LIST, /* at least one real; stored as struct coop_real_list */
    COOP_PARAM_TEXT_LIST  /* at least one short text; stored as struct coop_text_list */
};

/* Lists are columns of a table in the configuration, e.g. the task kinds. */
enum { COOP_LIST_MAX = 4096, COOP_TEXT_MAX = 32 };
struct coop_real_list {
    size_t count;
    double *value; /* [count], owned by the parameter set */
};
struct coop_text_list {
    size_t count;
    char (*text)[COOP_TEXT_MAX]; /* [count], owned by the parameter set */
};

struct coop_param {
    const char *name; /* "group.parameter", unique in a model */
    enum coop_param_type type;
    size_t offset;       /* of the value in the owner's struct */
    double initial;      /* default of a real, integer, boolean (0, 1) or choice (its index);
                                 NAN in a REAL row: unset, which may differ from every value */
    double min, max;     /* of each element; of the index for a choice */
    const char *list;    /* default of a list: "a, b, c"; else NULL */
    const char *choices; /* "first|second" for a choice, else NULL */
    size_t list_max;     /* most elements of a list, else 0 */
    const char *unit;    /* "1" if dimensionless, else "week", "logit", ... */
    const char *neutral; /* value at which the mechanism is absent, as text; NULL: none */
    const char *summary; /* one sentence */
    const char *source;  /* where the equation or the value comes from */
};

/* The rows of one owner (the engine, a model, a mechanism or an observer). */
struct coop_param_table {
    const struct coop_param *row;
    size_t rows;
    size_t size; /* of the owner's struct of values */
};

/* The kinds of row, expanded once as struct members, once as rows. */
#define COOP_MEMBER(kind, ...) COOP_MEMBER_##kind(__VA_ARGS__)
#define COOP_MEMBER_REAL(field, ...) double field;
#define COOP_MEMBER_INTEGER(field, ...) int64_t field;
#define COOP_MEMBER_BOOLEAN(field, ...) int32_t field;
#define COOP_MEMBER_CHOICE(field, ...) int32_t field;
#define COOP_MEMBER_REALS(field, ...) struct coop_real_list field;
#define COOP_MEMBER_TEXTS(field, ...) struct coop_text_list field;

/* clang-format off */
#define COOP_OWNER_STRUCT struct COOP_PARAM_PASTE(COOP_OWNER, _params)
#define COOP_ROW(kind, ...) COOP_ROW_##kind(__VA_ARGS__)
#define COOP_ROW_REAL(field_, name_, initial_, min_, max_, unit_, neutral_, summary_, source_)     \
    {.name = name_, .type = COOP_PARAM_REAL, .offset = offsetof(COOP_OWNER_STRUCT, field_),        \
     .initial = initial_, .min = min_, .max = max_, .unit = unit_, .neutral = neutral_,            \
     .summary = summary_, .source = source_},
#define COOP_ROW_INTEGER(field_, name_, initial_, min_, max_, unit_, neutral_, summary_, source_)  \
    {.name = name_, .type = COOP_PARAM_INTEGER, .offset = offsetof(COOP_OWNER_STRUCT, field_),     \
     .initial = (double)(initial_), .min = (double)(min_), .max = (double)(max_), .unit = unit_,   \
     .neutral = neutral_, .summary = summary_, .source = source_},
#define COOP_ROW_BOOLEAN(field_, name_, initial_, neutral_, summary_, source_)                     \
    {.name = name_, .type = COOP_PARAM_BOOLEAN, .offset = offsetof(COOP_OWNER_STRUCT, field_),     \
     .initial = initial_, .min = 0, .max = 1, .unit = "1", .neutral = neutral_,                    \
     .summary = summary_, .source = source_},
/* initial_ is the index of the default in choices_, last_ the index of the last choice. */
#define COOP_ROW_CHOICE(field_, name_, initial_, last_, choices_, neutral_, summary_, source_)     \
    {.name = name_, .type = COOP_PARAM_CHOICE, .offset = offsetof(COOP_OWNER_STRUCT, field_),      \
     .initial = initial_, .min = 0, .max = last_, .choices = choices_, .unit = "1",                \
     .neutral = neutral_, .summary = summary_, .source = source_},
#define COOP_ROW_REALS(field_, name_, list_, most_, min_, max_, unit_, summary_, source_)          \
    {.name = name_, .type = COOP_PARAM_REAL_LIST, .offset = offsetof(COOP_OWNER_STRUCT, field_),   \
     .list = list_, .list_max = most_, .min = min_, .max = max_, .unit = unit_,                    \
     .summary = summary_, .source = source_},
#define COOP_ROW_TEXTS(field_, name_, list_, most_, summary_, source_)                             \
    {.name = name_, .type = COOP_PARAM_TEXT_LIST, .offset = offsetof(COOP_OWNER_STRUCT, field_),   \
     .list = list_, .list_max = most_, .unit = "1", .summary = summary_, .source = source_},

/* clang-format on */

/* Defines the struct of values and the table of rows of COOP_OWNER. */
#define COOP_PARAMS(LIST)                                                                          \
    COOP_OWNER_STRUCT{LIST(COOP_MEMBER)};                                                          \
    COOP_PARAM_TABLE(LIST)
/* The table alone, for a struct that a header defines with COOP_MEMBER. */
#define COOP_PARAM_TABLE(LIST)                                                                     \
    static const struct coop_param COOP_PARAM_PASTE(COOP_OWNER, _rows)[] = {LIST(COOP_ROW)};       \
    static const struct coop_param_table COOP_PARAM_PASTE(COOP_OWNER, _table) = {                  \
        COOP_PARAM_PASTE(COOP_OWNER, _rows),                                                       \
        sizeof COOP_PARAM_PASTE(COOP_OWNER, _rows) / sizeof(struct coop_param),                    \
        sizeof(COOP_OWNER_STRUCT)};

/* The result file's and the reader's view of one value. */
struct coop_value {
    enum coop_param_type type;
    double real;                 /* real, integer, boolean, choice index */
    struct coop_real_list reals; /* borrowed from the set */
    struct coop_text_list texts; /* borrowed from the set */
};

/* All values of one run: the concatenated owners' structs. Immutable once a run has begun. */
struct coop_param_set {
    const struct coop_param_table *const *table; /* [tables], in the model's order */
    size_t tables;
    char *values;  /* the owners' structs, one after the other, each aligned to 16 bytes */
    size_t *start; /* [tables], byte offset of each owner's struct in `values` */
    char **origin; /* [rows of all tables], where the value was set ("file:3:9", "--set"); NULL:
                       default */
};

/* Every value at its default. `table` must outlive the set. */
enum coop_status coop_param_init(struct coop_param_set *set,
                                 const struct coop_param_table *const *table, size_t tables);
enum coop_status coop_param_copy(struct coop_param_set *ret, const struct coop_param_set *set);
void coop_param_free(struct coop_param_set *set); /* safe on a zeroed struct */

/* The owner's struct of values. */
static inline const void *coop_param_values(const struct coop_param_set *set, size_t table)
{
    return set->values + set->start[table];
}

/* The row of that name, and its table's number; NULL if there is none. */
const struct coop_param *coop_param_find(const struct coop_param_set *set, const char *name,
                                         size_t *ret_table);
/* The name closest to `name` among the rows (for "did you mean"); NULL if none is near. */
const char *coop_param_nearest(const struct coop_param_set *set, const char *name);
/* The same search in any list of words; `words` ends with NULL. */
const char *coop_nearest_word(const char *const *words, const char *word);

/* Sets a value from text: a number, true/false/on/off/yes/no, a choice, or `[a, b, c]` (the
 * brackets may be left out). `origin` is copied. On failure the message says value, allowed range
 * and remedy, without the place. */
enum coop_status coop_param_set_text(struct coop_param_set *set, const char *name, const char *text,
                                     const char *origin);

/* Checks without setting. `element` goes in as the number of list elements already looked at (0:
 * none, the list as a whole neither) and comes out as the element at fault, counted from 1 (0: the
 * text as a whole), so that a loop finds every fault of a list. */
enum coop_status coop_param_check(const struct coop_param_set *set, const char *name,
                                  const char *text, size_t *element);
/* Where the value was set ("file:3:9", "--set"); NULL: default, or no such row. */
const char *coop_param_origin(const struct coop_param_set *set, const char *name);

/* Reads a value; the set must hold the row. */
enum coop_status coop_param_get(const struct coop_param_set *set, const char *name,
                                struct coop_value *ret);
double coop_param_real(const struct coop_param_set *set, const char *name); /* NAN if no such row */
/* Whether a row has the same value in two sets of the same tables; unset is like unset. */
bool coop_param_same(const struct coop_param_set *set, const struct coop_param_set *other,
                     const char *name);

/* The value as text that coop_param_set_text reads back to the same bits ("0.3", "true", "proxy",
 * "[1, 2]", "unset"); returns the length it needs, like snprintf. */
int coop_param_format(const struct coop_param_set *set, const char *name, char *buffer,
                      size_t size);
/* What a row takes, for people: "a number from 0 to 20 (logit)"; returns like snprintf. */
int coop_param_range(const struct coop_param *row, char *buffer, size_t size);
/* 64-bit hash of all names and values, for provenance and resume. */
uint64_t coop_param_hash(const struct coop_param_set *set);

#define COOP_PARAM_PASTE_(a, b) a##b
#define COOP_PARAM_PASTE(a, b) COOP_PARAM_PASTE_(a, b)

#endif
