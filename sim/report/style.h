/* coopsim - GPL-3.0-or-later
 *
 * What tells one series from another: a colour that colour-blind readers can tell too (Okabe and
 * Ito 2008), and for print in grey a dash and a marker. */
#ifndef COOP_REPORT_STYLE_H
#define COOP_REPORT_STYLE_H

#include "sim/report/svg.h"

enum coop_marker {
    COOP_NO_MARKER,
    COOP_MARKER_CIRCLE,
    COOP_MARKER_SQUARE,
    COOP_MARKER_TRIANGLE,
    COOP_MARKER_DIAMOND,
    COOP_MARKER_DOWN
};
struct coop_style {
    const char *colour;
    const char *dash; /* NULL: solid */
    enum coop_marker marker;
};

/* Series number 0, 1, ...; COOP_STYLE_TWIN is what others are compared with, in grey, further
 * twins follow it downwards. */
enum { COOP_STYLE_TWIN = -1 };
struct coop_style coop_style_of(int number);

void coop_style_marker(FILE *out, struct coop_style style, double x, double y, double radius);
/* A sample of a line, 34 wide, that ends at `x`. */
#define COOP_STYLE_SAMPLE 34.0
void coop_style_sample(FILE *out, struct coop_style style, double x, double y);

#endif
