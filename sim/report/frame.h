/* coopsim - GPL-3.0-or-later
 *
 * Inside sim/report: the field of a chart with its two axes, and labels that keep clear of each
 * other. */
#ifndef COOP_REPORT_FRAME_H
#define COOP_REPORT_FRAME_H

#include "sim/report/chart.h"

struct coop_frame {
    double left, top, width, height; /* of the field */
    struct coop_scale x, y;
    bool x_whole; /* ticks of x at whole numbers only */
};

double coop_frame_x(const struct coop_frame *frame, double x);
double coop_frame_y(const struct coop_frame *frame, double y);

/* Rules at the ticks, their numbers, the labels: y's above the field, x's below it. Needs 30 above
 * the field and 50 below it. */
void coop_frame_draw(FILE *out, const struct coop_frame *frame, const char *x_label,
                     const char *y_label);
/* The axis of a chart of bars: rules upright, numbers below `bottom`. */
void coop_frame_draw_x(FILE *out, const struct coop_frame *frame, const char *x_label);

/* Moves `y` [count] as little as an honest order allows, so that any two are at least `distance`
 * apart and all are between low and high, if there is room. */
void coop_labels_spread(double *y, size_t count, double distance, double low, double high);

/* Shortens labels [count] to a width such that no two that differ become equal: what all begin with
 * is left out, or they are numbered from 1 on and false is returned: then they need a key. */
enum { COOP_LABEL_SIZE = 288 };
bool coop_labels_fit(const char *const *label, size_t count, double width,
                     char (*ret)[COOP_LABEL_SIZE]);

/* Path data of a polyline "M0 0L1 1", broken where a value is missing. */
void coop_frame_path(FILE *out, const struct coop_frame *frame, const double *x, const double *y,
                     size_t points);
/* One closed path round a band, for each stretch in which it has both ends. */
void coop_frame_band(FILE *out, const struct coop_frame *frame, const struct coop_line *line);

#endif
