/* coopsim - GPL-3.0-or-later
 *
 * Inside sim/report: a measure over time with a band, for each group of runs that are drawn as one
 * line; and final values with their intervals. Runs are read a few at a time, so that memory
 * depends on the number of groups alone. */
#ifndef COOP_REPORT_BANDS_H
#define COOP_REPORT_BANDS_H

#include "sim/report/report.h"

enum { COOP_BAND_LABEL = 256, COOP_BAND_MEANING = 320 };

struct coop_band {
    char label[COOP_BAND_LABEL]; /* "rotation", "exposure twin", "rotation, voice.know 8" */
    bool twin;
    int style;
    size_t entry, point, runs; /* point SIZE_MAX: of all points */
    double *mean, *low, *high; /* [times] NAN where nothing was recorded */
};
struct coop_bands {
    struct coop_band *band; /* [count] */
    size_t count, times;
    double *year;                    /* [times] */
    char meaning[COOP_BAND_MEANING]; /* what the bands are, as a sentence; "" if there are none */
    bool is_of_runs;                 /* and not of the organisations of a single run */
    bool is_interval;                /* of a mean, and not a spread */
    double *values;                  /* what the bands point into */
};

/* How runs are joined to groups: an entry of the design each, or a point and an entry each. */
enum { COOP_GROUPING_CHOSEN_MAX = 24 };
struct coop_grouping {
    size_t entries, points;
    bool by_point;
    size_t slots; /* points that have groups of their own, if by_point */
    bool chooses; /* these are not all points but `chosen` [slots] */
    size_t chosen[COOP_GROUPING_CHOSEN_MAX];
    size_t groups;
};
/* For lines: by point where they are few. Of the sets of arrows of a design without cut arrows, with
 * one cut and with all cut if there are many. */
struct coop_grouping coop_grouping_of(const struct coop_report *report);
/* All points of an entry as one; of a design of arrows the point at which all are intact. */
struct coop_grouping coop_grouping_joined(const struct coop_report *report);
/* Every point by itself. */
struct coop_grouping coop_grouping_points(const struct coop_report *report);
/* SIZE_MAX: the run is in no group. */
size_t coop_grouping_group(const struct coop_grouping *grouping, size_t run);
/* The point of the groups [slot * entries, (slot + 1) * entries). */
size_t coop_grouping_point(const struct coop_grouping *grouping, size_t slot);
/* Adds "voice.know 8, governance.rule mean" or "cut: office_voice" to `ret`. */
void coop_grouping_name_point(const struct coop_design *design, size_t point, char *ret,
                              size_t size);

/* A band is +-1 standard deviation over organisations where a group is a single run, the 95 %
 * interval of the mean (Student) where it is replicates, +-1 standard deviation over runs where it
 * has several points of a design. */
enum coop_status coop_bands_read(const struct coop_report *report, size_t measure,
                                 struct coop_bands *ret);
/* A line for each regime of a case's run, over the runs of its replicates and points. */
enum coop_status coop_bands_read_regimes(const struct coop_report *report, size_t measure,
                                         size_t entry, struct coop_bands *ret);
void coop_bands_free(struct coop_bands *bands); /* safe on a zeroed struct */

/* Final value of each group with its 95 % interval, NAN without one: Student's over replicates, each
 * averaged over the group's points if it has them all; of a single run of a single point mean +-1.96
 * standard errors over organisations. */
struct coop_final {
    double mean, low, high;
    size_t runs;       /* that have a value */
    size_t replicates; /* of the interval: with all points of the group */
    size_t points;     /* at which at least one run has a value */
    double excess;     /* of the case over this twin, over `pairs` (point, replicate) of which both
                          have a value */
    size_t pairs;
};
enum coop_status coop_finals_read(const struct coop_report *report, size_t measure,
                                  const struct coop_grouping *grouping, struct coop_final *ret);

/* Half the width of the 95 % interval of a mean of `count` values with a standard deviation
 * (divisor count - 1); NAN below 2. */
double coop_interval_half(double deviation, double count);

#endif
