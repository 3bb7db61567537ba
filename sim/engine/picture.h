/* coopsim - GPL-3.0-or-later
 *
 * What a report draws of a model: a table of pictures, each of measures by their names. */
#ifndef COOP_ENGINE_PICTURE_H
#define COOP_ENGINE_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

enum { COOP_PICTURE_MEASURES_MAX = 16, COOP_PICTURE_GROUPS_MAX = 5 };

enum coop_picture_kind {
    COOP_PICTURE_COURSE,      /* a measure over time */
    COOP_PICTURE_PERSISTENCE, /* a measure over time that tells whether an order lasts */
    COOP_PICTURE_LORENZ,      /* shares of the whole that the lowest shares of people hold */
    COOP_PICTURE_FLOWS /* where the members of g groups are after a while: g x (g + 1) measures,
                                 each a share of all people, for each group first where they are, the
                                 highest group first, then those who left */
};

struct coop_picture {
    enum coop_picture_kind kind;
    const char *title;
    const char *measure[COOP_PICTURE_MEASURES_MAX]; /* ends with NULL */
    double place[COOP_PICTURE_MEASURES_MAX]; /* of Lorenz curves: the share of people, rising */
    const char *caption; /* what it means, in sentences; "" if the measure's summary says it all */
    bool plain; /* a course without a band: the measure is yes or no in every organisation */
    const char *group[COOP_PICTURE_GROUPS_MAX]; /* of flows, the highest first; ends with NULL */
    const char *before, *after;                 /* of flows: "a year ago", "now" */
};

#endif
