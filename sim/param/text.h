/* coopsim - GPL-3.0-or-later
 *
 * Small helpers on words, inside sim/param: showing a user's text in a message, refusing what is
 * not plain UTF-8, numbers from and to text, and the nearest word for "did you mean". */
#ifndef COOP_PARAM_TEXT_H
#define COOP_PARAM_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A user's text as it may stand in a message: cut if long, without control characters, so that a
 * hostile file cannot steer the terminal. Returned by value: `coop_show(text).text`. */
struct coop_shown {
    char text[64];
};
struct coop_shown coop_show(const char *text);

/* What keeps the bytes from being plain UTF-8 text ("a NUL byte", ...) and its offset; NULL if
 * nothing does. Tabs and line ends are plain. */
const char *coop_text_fault(const char *text, size_t length, size_t *ret_offset);

/* The largest whole number up to which every one has its own double. */
#define COOP_WHOLE_MAX (INT64_C(1) << 53)

enum coop_number {
    COOP_NUMBER_FINE,
    COOP_NUMBER_NONE,       /* not a decimal number */
    COOP_NUMBER_NOT_FINITE, /* nan, inf, or too large for a double */
    COOP_NUMBER_FRACTION,   /* where a whole number is wanted */
    COOP_NUMBER_TOO_LARGE   /* beyond COOP_WHOLE_MAX */
};
enum coop_number coop_read_real(const char *word, double *ret);
/* Exact: "1e3" and "2.0" are whole, 9007199254740993 is not rounded. */
enum coop_number coop_read_whole(const char *word, int64_t *ret);

/* The fewest digits that read back to the same double; "unset" for NAN. */
enum { COOP_REAL_TEXT_SIZE = 32 };
const char *coop_real_text(double value, char buffer[COOP_REAL_TEXT_SIZE]);

/* A search for the nearest word: start with {.word = word}, consider every candidate, read `best`
 * (NULL if none is near) and `length`, since a candidate may be a part of a longer text. */
struct coop_nearest {
    const char *word, *best;
    size_t length, distance;
};
void coop_nearest_consider(struct coop_nearest *nearest, const char *candidate, size_t length);

#endif
