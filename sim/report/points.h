/* coopsim - GPL-3.0-or-later
 *
 * Inside sim/report: final values at the points of a design, and where the points lie. */
#ifndef COOP_REPORT_POINTS_H
#define COOP_REPORT_POINTS_H

#include "sim/report/bands.h"

/* Distinct values of an axis in rising order, for each point which of them it has. */
enum { COOP_AXIS_VALUES_MAX = 64 };
struct coop_points_axis {
    size_t number; /* of the design */
    const char *name;
    bool numeric; /* real or whole numbers, and not choices */
    bool log;
    size_t count; /* 0: too many to be counted, they are sampled */
    double value[COOP_AXIS_VALUES_MAX];
    char text[COOP_AXIS_VALUES_MAX][COOP_AXIS_TEXT_SIZE];
};
void coop_points_axis_init(struct coop_points_axis *ret, const struct coop_design *design,
                           size_t axis);
/* COOP_AXIS_VALUES_MAX if the point has none of them. */
size_t coop_points_axis_place(const struct coop_points_axis *axis, const struct coop_design *design,
                              size_t point);
/* The value as a cell of a table, a number with every digit. */
void coop_points_axis_cell(const struct coop_points_axis *axis, size_t value,
                           struct coop_sheet *table);
/* Whether a point tells of an axis: of points varied one at a time only those that vary it. */
bool coop_points_tell(const struct coop_design *design, size_t axis, size_t point);

/* Final values of a measure at every point and entry, [points][entries], means over replicates. To
 * be freed. */
enum coop_status coop_points_read(const struct coop_report *report, size_t measure,
                                  struct coop_final **ret);

#endif
