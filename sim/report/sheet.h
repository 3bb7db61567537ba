/* coopsim - GPL-3.0-or-later
 *
 * The numbers of a figure: rows of texts and numbers, as CSV (RFC 4180, every digit) and as a table
 * of a page (rounded). A failure of memory is kept and told at the end. */
#ifndef COOP_REPORT_SHEET_H
#define COOP_REPORT_SHEET_H

#include "sim/base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct coop_sheet_cell {
    char *text; /* NULL: a number */
    double number;
};
struct coop_sheet {
    const char *const *column; /* [columns] borrowed */
    size_t columns;
    struct coop_sheet_cell *cell; /* [cells] row after row */
    size_t cells, room;
    bool failed;
};

void coop_sheet_init(struct coop_sheet *ret, const char *const *column, size_t columns);
void coop_sheet_free(struct coop_sheet *table); /* safe on a zeroed struct */

/* The next cell of the present row. */
void coop_sheet_text(struct coop_sheet *table, const char *text);
void coop_sheet_number(struct coop_sheet *table, double number); /* NAN: empty */
enum coop_status coop_sheet_status(const struct coop_sheet *table);
size_t coop_sheet_rows(const struct coop_sheet *table);

void coop_sheet_csv(const struct coop_sheet *table, FILE *out);
void coop_sheet_html(const struct coop_sheet *table, FILE *out);

#endif
