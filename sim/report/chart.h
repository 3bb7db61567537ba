/* coopsim - GPL-3.0-or-later
 *
 * Charts: plain data in, one SVG out. They know nothing of a model or of a file, allocate nothing
 * and cannot fail; a missing value is NAN and is not drawn. What is pointed to is borrowed. */
#ifndef COOP_REPORT_CHART_H
#define COOP_REPORT_CHART_H

#include "sim/report/style.h"
#include "sim/report/svg.h"
#include "sim/report/ticks.h"

/* Series of a chart beyond which it cannot be read. */
enum { COOP_SERIES_MAX = 48 };

/* Values over a number, with a band; or a cloud of dots. */
struct coop_line {
    const char *label;        /* "": no label, for a line that another one's label speaks for */
    int style;                /* of coop_style_of */
    const double *x, *y;      /* [points] x rising, unless they are dots */
    const double *low, *high; /* [points] the band; NULL: none */
    size_t points;
    bool dots;     /* no line */
    bool markers;  /* at every point; else at a few, to tell lines apart */
    bool whiskers; /* low and high as a bar at every point instead of a band */
};
struct coop_mark {
    double x;
    const char *label;
};
struct coop_lines {
    struct coop_svg_head head;
    const char *x_label, *y_label;
    const struct coop_line *line;
    size_t lines;
    const struct coop_mark *mark; /* a moment at which something happens */
    size_t marks;
    double y_min, y_max; /* what a value can be, NAN: anything; the axis is cut there */
    bool from_zero;      /* 0 is on the axis */
    bool x_log;
    bool x_whole; /* ticks of x at whole numbers only */
};
void coop_chart_lines(FILE *out, const struct coop_lines *chart);

/* Bars that lie, in groups: for each row as many as there are series. */
struct coop_bars {
    struct coop_svg_head head;
    const char *x_label;
    const char *const *row;           /* [rows] */
    const char *const *series_name;   /* [series]; a single one needs none */
    const int *style;                 /* [series] of coop_style_of */
    const double *value, *low, *high; /* [rows][series]; low and high may be NULL */
    size_t rows, series;
    bool by_row; /* the first series has a colour for each row */
};
void coop_chart_bars(FILE *out, const struct coop_bars *chart);

/* Values over two axes. */
struct coop_grid_axis {
    const char *label;
    const char *const *text; /* [count] */
    const double *value;     /* [count] rising, for the place of a curve; NULL: no numbers */
    size_t count;
    bool log; /* a curve's place between two values goes by their ratio */
};
struct coop_curve {
    const char *label;
    const double *x, *y; /* [points] in the axes' units; NAN between pieces */
    size_t points;
};
struct coop_heat {
    struct coop_svg_head head;
    struct coop_grid_axis x, y;
    const double *value; /* [y.count][x.count] */
    const char *value_label;
    double low, high; /* ends of the colours; NAN: those of the values */
    const struct coop_curve *curve;
    size_t curves;
};
void coop_chart_heat(FILE *out, const struct coop_heat *chart);

/* Shares of the whole that the lowest shares of people hold, from (0, 0) to (1, 1). */
struct coop_lorenz {
    struct coop_svg_head head;
    const char *x_label, *y_label;
    const struct coop_line *line; /* x and y from 0 to 1 */
    size_t lines;
};
void coop_chart_lorenz(FILE *out, const struct coop_lorenz *chart);

/* Where the members of groups are later: one panel for each table of flows. */
enum { COOP_FLOW_GROUPS_MAX = 6 };
struct coop_flow_panel {
    const char *title;
    /* [from][to] shares of all people; rows beyond the named groups are those who came, columns
     * those who left. */
    double flow[COOP_FLOW_GROUPS_MAX][COOP_FLOW_GROUPS_MAX];
};
struct coop_flows {
    struct coop_svg_head head;
    const char *before, *after;          /* headings of the two sides */
    const char *const *from, *const *to; /* [groups] names on the two sides, the highest first */
    size_t from_groups, to_groups;
    const struct coop_flow_panel *panel;
    size_t panels;
};
void coop_chart_flows(FILE *out, const struct coop_flows *chart);

/* Effects with their intervals, one a row; rows with the same `unit` share an axis. */
struct coop_effect {
    const char *label, *detail, *verdict; /* detail and verdict may be "" */
    const char *unit;
    double value, low, high;
    double margin; /* effects within +-margin are of no interest; 0 or NAN: none */
    double origin; /* where there is no effect */
    int style;
};
struct coop_forest {
    struct coop_svg_head head;
    const struct coop_effect *effect;
    size_t effects;
};
void coop_chart_forest(FILE *out, const struct coop_forest *chart);

#endif
