/* coopsim - GPL-3.0-or-later
 *
 * One row of the parameters and one text, inside sim/param: reading a value, and what to say when
 * it cannot be read. */
#ifndef COOP_PARAM_ROW_H
#define COOP_PARAM_ROW_H

#include "sim/param/param.h"
#include "sim/param/text.h"

/* Why a text is no value of a row: the word at fault as shown, and the reason. `element` counts
 * from 1, 0 means the text as a whole. */
struct coop_fault {
    struct coop_shown word;
    char reason[128];
    size_t element;
};

bool coop_row_is_list(const struct coop_param *row);
/* A word that is one value or one element, without blanks around it. */
bool coop_row_read(const struct coop_param *row, const char *word, double *ret,
                   struct coop_fault *fault);
bool coop_row_read_text(const char *word, struct coop_fault *fault);
/* False and the first fault after element `from` (0: the whole text too), else true. */
bool coop_row_check(const struct coop_param *row, const char *text, size_t from,
                    struct coop_fault *fault);
/* Records the fault as this thread's failure, with the allowed range; returns COOP_USAGE. */
enum coop_status coop_row_fail(const struct coop_param *row, const struct coop_fault *fault);
/* The number of choices of a choice row. */
size_t coop_row_choices(const struct coop_param *row);

/* A list being read: its elements one after the other, each copied without blanks to `word`. */
enum { COOP_WORD_SIZE = 256 };
struct coop_list_reader {
    const char *next, *end;
    bool done;
    char word[COOP_WORD_SIZE];
};
/* False if the brackets do not match. */
bool coop_list_open(struct coop_list_reader *list, const char *text);
/* The next element; an overlong one ends in "...", so that no row accepts it. */
bool coop_list_next(struct coop_list_reader *list);
size_t coop_list_count(const char *text);

/* One value in its place in an owner's struct: from text that has been checked, from the row's
 * default (COOP_INTERNAL if the row contradicts itself), from another set, and given back. `value`
 * starts as zero bytes. */
enum coop_status coop_value_store(void *value, const struct coop_param *row, const char *text);
enum coop_status coop_value_default(void *value, const struct coop_param *row);
enum coop_status coop_value_copy(void *ret, const void *value, const struct coop_param *row);
void coop_value_free(void *value, const struct coop_param *row);

#endif
