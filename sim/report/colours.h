/* coopsim - GPL-3.0-or-later
 *
 * Colours of numbers: from light to dark, so that the order survives a print in grey, and told
 * apart by colour-blind readers. */
#ifndef COOP_REPORT_COLOURS_H
#define COOP_REPORT_COLOURS_H

#include <stdbool.h>

struct coop_colour {
    char text[8]; /* "#0a2b4c" */
    bool dark;    /* light letters are read on it */
};
/* `share` 0 to 1; NAN: no value. */
struct coop_colour coop_colour_of(double share);

#endif
