/* coopsim - GPL-3.0-or-later
 *
 * A measure over time: a line with a band for each case, its twins in grey. */
#include "sim/report/bands.h"
#include "sim/report/chart.h"
#include "sim/report/figure.h"
#include "sim/report/markup.h"
#include "sim/report/sections.h"
#include "sim/report/phrase.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const columns[] = {"line", "week", "mean", "low", "high"};
enum { NUMBERS_IN_WORDS = 8 };

/* With many twins one label speaks for all; their bands would hide the cases. */
static void fill_lines(const struct coop_bands *bands, const struct coop_design *design,
                       struct coop_line *line, char (*label)[COOP_BAND_LABEL])
{
    for (size_t i = 0; i < bands->count; i++) {
        const struct coop_band *band = &bands->band[i];
        const bool several = band->twin && design->cases > 1;
        const bool first = i / (1 + design->twins) == 0;
        snprintf(label[i], sizeof label[i], "%s", band->label);
        if (band->twin && band->point == SIZE_MAX)
            snprintf(label[i], sizeof label[i], "%s twin%s",
                     design->twin[i % (1 + design->twins) - 1], several ? "s" : "");
        /* A line that is alone needs no name. */
        const bool unnamed = (several && !first) || bands->count == 1;
        line[i] = (struct coop_line){.label = unnamed ? "" : label[i],
                                     .style = band->style,
                                     .x = bands->year,
                                     .y = band->mean,
                                     .low = several ? NULL : band->low,
                                     .high = several ? NULL : band->high,
                                     .points = bands->times};
    }
}

static double last_of(const struct coop_bands *bands, const double *value)
{
    for (size_t t = bands->times; t > 0; t--)
        if (isfinite(value[t - 1]))
            return value[t - 1];
    return NAN;
}

static bool has_twins(const struct coop_bands *bands)
{
    for (size_t i = 0; i < bands->count; i++)
        if (bands->band[i].twin)
            return true;
    return false;
}

/* What the picture shows, in words and numbers, for those who cannot see it. */
static void write_caption(const struct coop_bands *bands, const struct coop_measure *row,
                          const char *caption, char *ret, size_t size)
{
    struct coop_phrase words = {ret, size, 0};
    size_t said = 0;
    coop_phrase_add(&words, "%s%s", caption, caption[0] != '\0' ? " " : "");
    if (bands->meaning[0] != '\0')
        coop_phrase_add(&words, "Bands: %s. ", bands->meaning);
    if (has_twins(bands))
        coop_phrase_add(&words, "Grey: twins, which the others are compared with. ");
    coop_phrase_add(&words, "Last values: ");
    for (size_t i = 0; i < bands->count; i++) {
        const double last = last_of(bands, bands->band[i].mean);
        if (bands->band[i].twin || !isfinite(last))
            continue;
        if (said++ < NUMBERS_IN_WORDS)
            coop_phrase_add(&words, "%s%s %s", said > 1 ? ", " : "", bands->band[i].label,
                            coop_number_share(last, coop_section_is_share(row)).text);
    }
    if (said > NUMBERS_IN_WORDS)
        coop_phrase_add(&words, " and %zu more", said - NUMBERS_IN_WORDS);
    coop_phrase_add(&words, ".");
}

static void fill_table(const struct coop_report *report, const struct coop_bands *bands,
                       struct coop_sheet *table)
{
    for (size_t i = 0; i < bands->count; i++)
        for (size_t t = 0; t < bands->times; t++) {
            const struct coop_band *band = &bands->band[i];
            coop_sheet_text(table, band->label);
            coop_sheet_number(table, (double)report->reader->week[t]);
            coop_sheet_number(table, band->mean[t]);
            coop_sheet_number(table, band->low[t]);
            coop_sheet_number(table, band->high[t]);
        }
}

static bool has_values(const struct coop_bands *bands)
{
    for (size_t i = 0; i < bands->count; i++)
        if (isfinite(last_of(bands, bands->band[i].mean)))
            return true;
    return false;
}

/* Measures of whole years have a value now and then: their lines join these. */
static size_t keep_recorded(struct coop_line *line, double *x, double *y, double *low, double *high)
{
    size_t kept = 0;
    for (size_t t = 0; t < line->points; t++)
        if (isfinite(line->y[t])) {
            x[kept] = line->x[t];
            y[kept] = line->y[t];
            low[kept] = line->low != NULL ? line->low[t] : NAN;
            high[kept++] = line->high != NULL ? line->high[t] : NAN;
        }
    line->x = x;
    line->y = y;
    line->low = line->low != NULL ? low : NULL;
    line->high = line->high != NULL ? high : NULL;
    line->markers = kept < line->points / 2;
    line->points = kept;
    return kept;
}

static void compress(struct coop_line *line, size_t lines, size_t times, double *room)
{
    for (size_t i = 0; i < lines; i++) {
        double *own = room + 4 * i * times;
        keep_recorded(&line[i], own, own + times, own + 2 * times, own + 3 * times);
    }
}

/* Whether values are at whole years only, so that what lies between them has no meaning. */
static bool is_yearly(const struct coop_line *line, size_t lines)
{
    size_t values = 0;
    for (size_t l = 0; l < lines; l++)
        for (size_t i = 0; i < line[l].points; i++, values++)
            if (fabs(line[l].x[i] - floor(line[l].x[i] + .5)) > 1e-9)
                return false;
    return values > 0;
}

static enum coop_status draw(const struct coop_report *report, const struct coop_bands *bands,
                             const struct coop_measure *row, struct coop_drawing *drawing)
{
    const size_t count = bands->count < COOP_SERIES_MAX ? bands->count : COOP_SERIES_MAX;
    struct coop_line line[COOP_SERIES_MAX];
    char label[COOP_SERIES_MAX][COOP_BAND_LABEL], y_label[256];
    double *room = calloc(4 * count * bands->times + 1, sizeof *room);
    if (room == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for a figure");
    struct coop_bands shown = *bands;
    shown.count = count;
    fill_lines(&shown, report->design, line, label);
    compress(line, count, bands->times, room);
    const bool tells_unit = strcmp(row->unit, "1") != 0 && strstr(row->summary, row->unit) == NULL;
    snprintf(y_label, sizeof y_label, tells_unit ? "%s (%s)" : "%s", row->summary, row->unit);
    coop_chart_lines(drawing->svg, &(struct coop_lines){.head = coop_drawing_head(drawing),
                                                        .x_label = "years",
                                                        .y_label = y_label,
                                                        .line = line,
                                                        .lines = count,
                                                        .x_whole = is_yearly(line, count),
                                                        .y_min = row->min,
                                                        .y_max = row->max,
                                                        .from_zero = row->min == 0});
    free(room);
    return COOP_OK;
}

/* What is drawn: of a picture of the model, for all cases or (`part` not NULL) by regime. */
struct course {
    const struct coop_report *report;
    const struct coop_picture *picture;
    const struct coop_measure *row;
    const char *part, *title;
};

static void drop_bands(struct coop_bands *bands)
{
    bands->meaning[0] = '\0';
    for (size_t i = 0; i < bands->count; i++)
        for (size_t t = 0; t < bands->times; t++)
            bands->band[i].low[t] = bands->band[i].high[t] = NAN;
}

static bool has_bands(const struct coop_bands *bands)
{
    for (size_t i = 0; i < bands->count; i++)
        if (isfinite(last_of(bands, bands->band[i].low)))
            return true;
    return false;
}

static void say_missing(const struct coop_report_sink *sink, const char *title)
{
    coop_section_paragraph(sink, "missing",
                           "%s: nothing was recorded. What looks back over a year needs run.weeks "
                           "of at least 52 and a record.every that divides 52.",
                           title);
}

static enum coop_status make(const struct course *course, const struct coop_report_sink *sink,
                             struct coop_bands *bands)
{
    struct coop_drawing drawing;
    if (!has_values(bands)) {
        /* What is not about a year has no value where it does not happen: an intervention. */
        if (course->picture->kind == COOP_PICTURE_PERSISTENCE)
            say_missing(sink, course->title);
        return COOP_OK;
    }
    if (course->picture->plain || !has_bands(bands))
        drop_bands(bands);
    enum coop_status status = coop_drawing_begin(&drawing, course->row->name, course->part, columns,
                                                 sizeof columns / sizeof *columns);
    if (status == COOP_OK) {
        snprintf(drawing.title, sizeof drawing.title, "%s", course->title);
        write_caption(bands, course->row, course->picture->caption, drawing.caption,
                      sizeof drawing.caption);
        fill_table(course->report, bands, &drawing.table);
        status = draw(course->report, bands, course->row, &drawing);
    }
    return coop_drawing_end(&drawing, sink, status);
}

enum coop_status coop_course_figure(const struct coop_report *report,
                                    const struct coop_report_sink *sink,
                                    const struct coop_picture *picture)
{
    struct coop_bands bands;
    size_t measure;
    const struct course course = {report, picture, coop_section_row(report, picture->measure[0]),
                                  NULL, picture->title};
    if (course.row == NULL || !coop_section_measure(report, course.row->name, &measure))
        return COOP_OK;
    enum coop_status status = coop_bands_read(report, measure, &bands);
    if (status == COOP_OK)
        status = make(&course, sink, &bands);
    coop_bands_free(&bands);
    return status;
}

/* The name of a case has its own place in the title and in the id. */
static enum coop_status regimes_of_case(const struct coop_report *report,
                                        const struct coop_report_sink *sink,
                                        const struct coop_picture *picture, size_t entry)
{
    struct coop_bands bands;
    size_t measure;
    char part[COOP_FIGURE_ID], title[COOP_FIGURE_TITLE];
    struct course course = {report, picture, coop_section_row(report, picture->measure[0]), part,
                            title};
    if (course.row == NULL || !coop_section_measure(report, course.row->name, &measure))
        return COOP_OK;
    snprintf(part, sizeof part, "regimes_%s", report->design->name[entry]);
    snprintf(title, sizeof title, "%s, by regime%s%s", picture->title,
             report->design->cases > 1 ? ": " : "",
             report->design->cases > 1 ? report->design->name[entry] : "");
    enum coop_status status = coop_bands_read_regimes(report, measure, entry, &bands);
    if (status == COOP_OK)
        status = make(&course, sink, &bands);
    coop_bands_free(&bands);
    return status;
}

enum coop_status coop_course_regimes(const struct coop_report *report,
                                     const struct coop_report_sink *sink,
                                     const struct coop_picture *picture)
{
    const size_t step = 1 + report->design->twins;
    for (size_t c = 0; c < report->design->cases; c++)
        if (report->design->script[c].regimes > 1)
            COOP_TRY(regimes_of_case(report, sink, picture, c * step));
    return COOP_OK;
}
