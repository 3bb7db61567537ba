/* coopsim - GPL-3.0-or-later
 *
 * The numbers of a figure: rows of texts and numbers, as CSV (RFC 4180, every digit) and as a table
 * of a page (rounded). A failure of memory is kept and told at the end. */
#ifndef COOP_REPORT_TABLE_H
#define COOP_REPORT_TABLE_H

#include "sim/base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct coop_table_cell {
    char *text; /* NULL: a number */
    double number;
};
struct coop_table {
    const char *const *column; /* [columns] borrowed */
    size_t columns;
    struct coop_table_cell *cell; /* [cells] row after row */
    size_t cells, room;
    bool failed;
};

void coop_table_init(struct coop_table *ret, const char *const *column, size_t columns);
void coop_table_free(struct coop_table *table); /* safe on a zeroed struct */

/* The next cell of the present row. */
void coop_table_text(struct coop_table *table, const char *text);
void coop_table_number(struct coop_table *table, double number); /* NAN: empty */
enum coop_status coop_table_status(const struct coop_table *table);
size_t coop_table_rows(const struct coop_table *table);

void coop_table_csv(const struct coop_table *table, FILE *out);
void coop_table_html(const struct coop_table *table, FILE *out);

#endif
