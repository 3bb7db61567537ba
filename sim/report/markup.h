/* coopsim - GPL-3.0-or-later
 *
 * Text inside SVG and HTML. Whatever comes from a configuration goes through here. */
#ifndef COOP_REPORT_MARKUP_H
#define COOP_REPORT_MARKUP_H

#include <stdio.h>

/* Writes a text so that it is text in XML and in HTML, in an element or in a quoted attribute:
 * & < > " ' as entities; bytes that are no UTF-8 and characters that XML forbids as U+FFFD. */
void coop_markup_text(FILE *out, const char *text);

/* Characters of a UTF-8 text. */
size_t coop_markup_length(const char *text);

/* A number for readers: as many decimals as tell four digits, "1,234", "–" for NAN. */
enum { COOP_NUMBER_SIZE = 48 };
struct coop_number {
    char text[COOP_NUMBER_SIZE];
};
struct coop_number coop_number_show(double value);
/* The shortest text that reads as the same number; "" for NAN. */
struct coop_number coop_number_exact(double value);
/* "69 %" of a share, else as coop_number_show. */
struct coop_number coop_number_share(double value, int is_share);

#endif
