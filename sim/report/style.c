/* coopsim - GPL-3.0-or-later */
#include "sim/report/style.h"

struct coop_style coop_style_of(int number)
{
    static const char *const colour[] = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                         "#E69F00", "#56B4E9", "#000000"};
    static const char *const dash[] = {NULL, "9 4", "3 3", "12 4 3 4", "6 3 1 3 1 3", "16 4"};
    static const enum coop_marker marker[] = {COOP_MARKER_CIRCLE, COOP_MARKER_SQUARE,
                                              COOP_MARKER_TRIANGLE, COOP_MARKER_DIAMOND,
                                              COOP_MARKER_DOWN};
    static const char *const twin_dash[] = {"5 4", "2 3", "9 3 2 3"};
    if (number < 0)
        return (struct coop_style){"#767676", twin_dash[(-number - 1) % 3], COOP_NO_MARKER};
    return (struct coop_style){colour[number % 7], dash[number % 6], marker[number % 5]};
}

void coop_style_marker(FILE *out, struct coop_style style, double x, double y, double radius)
{
    static const char *const form[] = {
        [COOP_MARKER_SQUARE] = "-.9 -.9 .9 -.9 .9 .9 -.9 .9",
        [COOP_MARKER_TRIANGLE] = "0 -1.2 1.1 .8 -1.1 .8",
        [COOP_MARKER_DIAMOND] = "0 -1.25 1.25 0 0 1.25 -1.25 0",
        [COOP_MARKER_DOWN] = "0 1.2 1.1 -.8 -1.1 -.8",
    };
    if (style.marker == COOP_NO_MARKER)
        return;
    if (style.marker == COOP_MARKER_CIRCLE)
        fprintf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.4g\"", x, y, radius);
    else
        fprintf(out, "<polygon points=\"%s\" transform=\"translate(%.1f %.1f) scale(%.4g)\"",
                form[style.marker], x, y, radius);
    fprintf(out, " fill=\"%s\"/>\n", style.colour);
}

void coop_style_sample(FILE *out, struct coop_style style, double x, double y)
{
    coop_svg_line(out, x - COOP_STYLE_SAMPLE, y, x, y,
                  (struct coop_stroke){style.colour, 2.5, style.dash});
    coop_style_marker(out, style, x - COOP_STYLE_SAMPLE / 2, y, 4.5);
}
