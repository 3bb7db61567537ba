/* coopsim - GPL-3.0-or-later
 *
 * Text for people and for programs, inside sim/cli. */
#ifndef COOP_CLI_TEXT_H
#define COOP_CLI_TEXT_H

#include "sim/base/status.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { COOP_CLI_COLUMNS = 92, COOP_CLI_TEXT_SIZE = 48 };

/* Prints a text in lines of COOP_CLI_COLUMNS, each with `prefix` before it. */
void coop_cli_print_lines(FILE *out, const char *prefix, const char *text);
/* The same behind what has been printed on the line, indented to where that ended. */
void coop_cli_print_behind(size_t column, const char *text);
/* A head, and behind it from `column` on its text. */
void coop_cli_print_item(const char *head, size_t column, const char *text);
/* A summary as a sentence: with a capital and a full stop. */
void coop_cli_print_sentence(const char *text);

/* Columns that a UTF-8 text takes. */
size_t coop_cli_columns(const char *text);

struct coop_cli_text {
    char text[COOP_CLI_TEXT_SIZE];
};
struct coop_cli_text coop_cli_bytes(double bytes);      /* "1.2 GB" */
struct coop_cli_text coop_cli_duration(double seconds); /* "3 min 20 s" */
struct coop_cli_text coop_cli_count(double count);      /* "45.2 million", "9,000" */
struct coop_cli_text coop_cli_weeks(int64_t weeks);     /* "10 years", "30 weeks" */

/* "3h50m" or "90s" in seconds; COOP_USAGE, naming the option, if it is no such time. */
enum coop_status coop_cli_read_time(const char *option, const char *text, double *ret);

double coop_cli_now(void); /* seconds of a clock that only runs forward */

/* A text in double quotes for JSON, `null` for NULL. */
void coop_cli_print_json(const char *text);

#endif
