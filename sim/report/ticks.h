/* coopsim - GPL-3.0-or-later
 *
 * Round numbers for an axis. */
#ifndef COOP_REPORT_TICKS_H
#define COOP_REPORT_TICKS_H

#include <stdbool.h>
#include <stddef.h>

enum { COOP_TICKS_MAX = 24, COOP_TICK_TEXT = 24 };

struct coop_ticks {
    double value[COOP_TICKS_MAX]; /* rising */
    size_t count;
    int decimals; /* that tell neighbouring ticks apart; negative: "1e-05" */
};

/* Ends of an axis, low < high and finite; log: 0 < low. */
struct coop_scale {
    double low, high;
    bool log;
};

/* A scale that holds all of [low, high] and is never empty: rounded outwards to ticks unless it is
 * logarithmic. Ends that are not finite are as if there were no values. */
struct coop_scale coop_scale_round(double low, double high, bool log, size_t wanted);
/* Ticks inside of the scale, about `wanted` of them: 1, 2 or 5 times a power of ten apart; of
 * a logarithmic scale 1, or 1, 2 and 5, times each power of ten. */
struct coop_ticks coop_ticks_of(struct coop_scale scale, size_t wanted);
void coop_tick_text(const struct coop_ticks *ticks, double value, char ret[COOP_TICK_TEXT]);

/* 0 at the scale's low end, 1 at its high end. */
double coop_scale_place(struct coop_scale scale, double value);

#endif
