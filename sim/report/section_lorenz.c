/* coopsim - GPL-3.0-or-later
 *
 * Lorenz curves: at the start, and in the last year of every case and its twins. */
#include "sim/report/bands.h"
#include "sim/report/chart.h"
#include "sim/report/figure.h"
#include "sim/report/markup.h"
#include "sim/report/sections.h"
#include "sim/report/phrase.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const columns[] = {"line", "share_of_people", "share_held", "low", "high"};
enum { POINTS_MAX = COOP_PICTURE_MEASURES_MAX + 2 };

struct curve {
    double x[POINTS_MAX], y[POINTS_MAX], low[POINTS_MAX], high[POINTS_MAX];
};
struct curves {
    const struct coop_report *report;
    const struct coop_picture *picture;
    size_t points; /* with both ends */
    struct coop_grouping grouping;
    struct curve *final, start; /* [groups] */
    size_t measure[COOP_PICTURE_MEASURES_MAX];
};

static void set_point(struct curve *curve, size_t point, double x, const struct coop_final *final)
{
    curve->x[point] = x;
    curve->y[point] = final->mean;
    curve->low[point] = final->low;
    curve->high[point] = final->high;
}

static void set_ends(struct curve *curve, size_t points)
{
    set_point(curve, 0, 0, &(struct coop_final){.mean = 0});
    set_point(curve, points - 1, 1, &(struct coop_final){.mean = 1, .low = 1, .high = 1});
}

/* At the first recorded week, of the first finished run of each case; all cases share it unless
 * they start differently. */
static enum coop_status read_start(struct curves *curves)
{
    struct coop_reader *reader = curves->report->reader;
    double *series = calloc(reader->times + 1, sizeof *series);
    enum coop_status status =
        series != NULL ? COOP_OK : COOP_FAIL(COOP_MEMORY, "out of memory for Lorenz curves");
    size_t run = 0;
    while (run < reader->runs && reader->run[run].status != 0)
        run++;
    for (size_t i = 0; status == COOP_OK && i + 2 < curves->points; i++) {
        status = coop_reader_series(reader, curves->measure[i], run, 1, series);
        set_point(&curves->start, i + 1, curves->picture->place[i],
                  &(struct coop_final){.mean = series[0], .low = NAN, .high = NAN});
    }
    set_ends(&curves->start, curves->points);
    free(series);
    return status;
}

static enum coop_status read_finals(struct curves *curves)
{
    const size_t groups = curves->grouping.groups;
    struct coop_final *final = calloc(groups + 1, sizeof *final);
    enum coop_status status =
        final != NULL ? COOP_OK : COOP_FAIL(COOP_MEMORY, "out of memory for Lorenz curves");
    for (size_t i = 0; status == COOP_OK && i + 2 < curves->points; i++) {
        status = coop_finals_read(curves->report, curves->measure[i], &curves->grouping, final);
        for (size_t g = 0; g < groups; g++)
            set_point(&curves->final[g], i + 1, curves->picture->place[i], &final[g]);
    }
    for (size_t g = 0; g < groups; g++)
        set_ends(&curves->final[g], curves->points);
    free(final);
    return status;
}

static void add_rows(struct coop_sheet *table, const char *name, const struct curve *curve,
                     size_t points)
{
    for (size_t i = 0; i < points; i++) {
        coop_sheet_text(table, name);
        coop_sheet_number(table, curve->x[i]);
        coop_sheet_number(table, curve->y[i]);
        coop_sheet_number(table, curve->low[i]);
        coop_sheet_number(table, curve->high[i]);
    }
}

static struct coop_line line_of(const struct curve *curve, size_t points, const char *label,
                                int style)
{
    return (struct coop_line){.label = label,
                              .style = style,
                              .x = curve->x,
                              .y = curve->y,
                              .low = curve->low,
                              .high = curve->high,
                              .points = points};
}

static bool starts_equal(const struct curves *curves)
{
    for (size_t i = 0; i < curves->points; i++)
        if (!(fabs(curves->start.y[i] - curves->start.x[i]) < .005))
            return false;
    return true;
}

static void write_words(const struct curves *curves, struct coop_drawing *drawing)
{
    struct coop_phrase words = {drawing->caption, sizeof drawing->caption, 0};
    const size_t middle = (curves->points - 2) / 2;
    snprintf(drawing->title, sizeof drawing->title, "%s", curves->picture->title);
    coop_phrase_add(&words, "%s Each curve is of the last year%s.", curves->picture->caption,
                    starts_equal(curves) ? "; at the start all held the same" : "");
    for (size_t g = 0; g < curves->grouping.groups; g++)
        if (g % (1 + curves->report->design->twins) == 0)
            coop_phrase_add(&words, " In %s the lowest %.0f %% hold %s.",
                            curves->report->design->name[g], 100 * curves->picture->place[middle],
                            coop_number_share(curves->final[g].y[middle + 1], 1).text);
}

/* One name speaks for the twins of all cases. */
static void name_line(const struct coop_design *design, size_t group, char *ret, size_t size)
{
    const size_t step = 1 + design->twins;
    ret[0] = '\0';
    if (group % step == 0)
        snprintf(ret, size, "%s", design->name[group]);
    else if (group < step)
        snprintf(ret, size, "%s twin%s", design->twin[group % step - 1],
                 design->cases > 1 ? "s" : "");
}

static size_t make_lines(const struct curves *curves, struct coop_line *line,
                         char (*label)[COOP_BAND_LABEL])
{
    const size_t step = 1 + curves->report->design->twins;
    size_t lines = 0;
    if (!starts_equal(curves))
        line[lines++] = line_of(&curves->start, curves->points, "at the start", -3);
    for (size_t g = 0; g < curves->grouping.groups && lines < COOP_SERIES_MAX; g++) {
        name_line(curves->report->design, g, label[lines], COOP_BAND_LABEL);
        line[lines] = line_of(&curves->final[g], curves->points, label[lines],
                              g % step > 0 ? -(int)(g % step) : (int)(g / step));
        lines++;
    }
    return lines;
}

static enum coop_status draw(const struct curves *curves, const struct coop_report_sink *sink)
{
    const struct coop_design *design = curves->report->design;
    struct coop_line line[COOP_SERIES_MAX];
    char label[COOP_SERIES_MAX][COOP_BAND_LABEL];
    struct coop_drawing drawing;
    size_t lines = 0;
    enum coop_status status = coop_drawing_begin(&drawing, "lorenz", curves->picture->measure[0],
                                                 columns, sizeof columns / sizeof *columns);
    if (status != COOP_OK)
        return coop_drawing_end(&drawing, sink, status);
    write_words(curves, &drawing);
    lines = make_lines(curves, line, label);
    add_rows(&drawing.table, "start", &curves->start, curves->points);
    for (size_t g = 0; g < curves->grouping.groups; g++)
        add_rows(&drawing.table, design->name[g], &curves->final[g], curves->points);
    coop_chart_lorenz(drawing.svg, &(struct coop_lorenz){.head = coop_drawing_head(&drawing),
                                                         .x_label = "share of the members",
                                                         .y_label = "share that they hold",
                                                         .line = line,
                                                         .lines = lines});
    return coop_drawing_end(&drawing, sink, status);
}

static bool find_measures(struct curves *curves)
{
    size_t count = 0;
    for (; count < COOP_PICTURE_MEASURES_MAX && curves->picture->measure[count] != NULL; count++)
        if (!coop_section_measure(curves->report, curves->picture->measure[count],
                                  &curves->measure[count]))
            return false;
    curves->points = count + 2;
    return count >= 2;
}

static enum coop_status make(struct curves *curves, const struct coop_report_sink *sink)
{
    curves->grouping = coop_grouping_joined(curves->report);
    curves->final = calloc(curves->grouping.groups + 1, sizeof *curves->final);
    if (curves->final == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for Lorenz curves");
    COOP_TRY(read_start(curves));
    COOP_TRY(read_finals(curves));
    return draw(curves, sink);
}

enum coop_status coop_section_lorenz(const struct coop_report *report,
                                     const struct coop_report_sink *sink)
{
    const struct coop_picture *picture;
    enum coop_status status = COOP_OK;
    size_t at = 0;
    while (status == COOP_OK &&
           (picture = coop_section_picture(report, COOP_PICTURE_LORENZ, &at)) != NULL) {
        struct curves curves = {.report = report, .picture = picture};
        if (find_measures(&curves))
            status = make(&curves, sink);
        else
            coop_section_paragraph(sink, "missing",
                                   "The result has no Lorenz curves: it was written before they "
                                   "were recorded.");
        free(curves.final);
    }
    return status;
}
