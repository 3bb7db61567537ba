/* coopsim - GPL-3.0-or-later
 *
 * Inside sim/report: making a figure in memory, and handing it to the sink. */
#ifndef COOP_REPORT_FIGURE_H
#define COOP_REPORT_FIGURE_H

#include "sim/report/report.h"
#include "sim/report/svg.h"

enum { COOP_FIGURE_ID = 96, COOP_FIGURE_TITLE = 256, COOP_FIGURE_CAPTION = 1600 };

/* Begin, draw into `svg`, fill `table`, end. */
struct coop_drawing {
    char id[COOP_FIGURE_ID], title[COOP_FIGURE_TITLE], caption[COOP_FIGURE_CAPTION];
    FILE *svg;
    struct coop_sheet table;
    char *text;
    size_t size;
};

/* The id is made of `id` and, if not NULL, "_" and `part`, with what is no letter or digit as "_".
 * Title and caption are to be set before anything is drawn. */
enum coop_status coop_drawing_begin(struct coop_drawing *ret, const char *id, const char *part,
                                    const char *const *column, size_t columns);
struct coop_svg_head coop_drawing_head(const struct coop_drawing *drawing);
/* Frees all, whether or not `status` is COOP_OK; only then the figure is handed over. */
enum coop_status coop_drawing_end(struct coop_drawing *drawing, const struct coop_report_sink *sink,
                                  enum coop_status status);

#endif
