/* coopsim - GPL-3.0-or-later
 *
 * Numbers in tables for people, and rows of named values for programs: a JSON list of objects, or CSV
 * with the names in its first line. Inside sim/cli. */
#ifndef COOP_CLI_TABLE_H
#define COOP_CLI_TABLE_H

#include "sim/cli/cli.h"
#include "sim/cli/text.h"
#include "sim/sensitivity/sensitivity.h"

/* Four decimals, or fewer digits of what is too large or too small for them; "-" for NAN. */
struct coop_cli_text coop_cli_number(double value, bool sign);
/* "0.1 to 0.2", "-" without ends. */
struct coop_cli_text coop_cli_interval(const struct coop_interval *interval, bool sign);

struct coop_table_value {
    const char *name;
    const char *text; /* NULL: it is a number */
    double number;    /* NAN: null, or nothing in CSV */
};
struct coop_table {
    enum coop_table_format format; /* COOP_TABLE_JSON or COOP_TABLE_CSV */
    size_t rows;                   /* printed so far, 0 at first */
};
/* All rows have the same names. */
void coop_table_print(struct coop_table *table, const struct coop_table_value *value, size_t count);
void coop_table_end(struct coop_table *table);

#endif
