/* coopsim - GPL-3.0-or-later
 *
 * A small layer over SVG: pictures of a fixed width, text, lines, boxes. What is written is one
 * element that stands alone as a file and can stand inside a page; it has no style sheet and no
 * names but those made of its own id. Lengths are in user units, y downwards. */
#ifndef COOP_REPORT_SVG_H
#define COOP_REPORT_SVG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define COOP_SVG_WIDTH 800.0
#define COOP_SVG_TEXT 16.0  /* size of its letters */
#define COOP_SVG_SMALL 14.0 /* of those that matter less */

#define COOP_INK "#1a1a1a"
#define COOP_GREY "#5c5c5c"
#define COOP_RULE "#d9d9d9"

/* For those who cannot see it, and for the reader who points at it. */
struct coop_svg_head {
    const char *id;          /* letters, digits, "_" and "-"; unique in a page */
    const char *title;       /* short */
    const char *description; /* what it shows, in words */
};

void coop_svg_begin(FILE *out, const struct coop_svg_head *head, double height);
void coop_svg_end(FILE *out);

enum coop_anchor { COOP_ANCHOR_START, COOP_ANCHOR_MIDDLE, COOP_ANCHOR_END };
struct coop_svg_text {
    double x, y; /* of the base line */
    double size; /* 0: COOP_SVG_TEXT */
    enum coop_anchor anchor;
    const char *colour; /* NULL: COOP_INK */
    bool bold;
    bool halo;               /* an edge, so that it can be read on what is behind it */
    const char *halo_colour; /* NULL: white */
};
void coop_svg_text(FILE *out, struct coop_svg_text place, const char *text);
/* Room that a text takes at a size: an estimate that is rather too wide. */
double coop_svg_text_width(const char *text, double size);
/* As much of the text as has room, with "…" where it was cut. `ret` [size]. */
void coop_svg_fit(const char *text, double width, double letters, char *ret, size_t size);

struct coop_stroke {
    const char *colour;
    double width;
    const char *dash; /* NULL: solid */
};
void coop_svg_line(FILE *out, double x1, double y1, double x2, double y2,
                   struct coop_stroke stroke);
/* `opacity` 0 to 1. */
void coop_svg_box(FILE *out, double x, double y, double width, double height, const char *colour,
                  double opacity);

#endif
