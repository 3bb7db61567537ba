/* coopsim - GPL-3.0-or-later
 *
 * The headline measures in the last year: a bar for each case and for its twins. */
#include "sim/report/bands.h"
#include "sim/report/chart.h"
#include "sim/report/figure.h"
#include "sim/report/sections.h"

#include <stdlib.h>
#include <string.h>

static const char *const columns[] = {"case", "mean", "low", "high", "runs"};
enum { TWINS_SHOWN = 2, LABEL = 160 };

struct bars {
    const struct coop_report *report;
    const struct coop_headline *headline;
    const struct coop_measure *row;
    const struct coop_final *final; /* [entries] */
};

static void copy(const struct coop_final *final, size_t step, size_t rows, size_t series,
                 double *ret_value, double *ret_low, double *ret_high)
{
    for (size_t r = 0; r < rows; r++)
        for (size_t s = 0; s < series; s++) {
            ret_value[r * series + s] = final[r * step + s].mean;
            ret_low[r * series + s] = final[r * step + s].low;
            ret_high[r * series + s] = final[r * step + s].high;
        }
}

static void write_words(const struct bars *bars, struct coop_drawing *drawing)
{
    const bool replicated = bars->final[0].runs > 1;
    snprintf(drawing->title, sizeof drawing->title, "%s, last %lld weeks", bars->headline->label,
             coop_section_final_weeks(bars->report));
    if (drawing->title[0] >= 'a' && drawing->title[0] <= 'z')
        drawing->title[0] = (char)(drawing->title[0] - 'a' + 'A');
    snprintf(drawing->caption, sizeof drawing->caption,
             "Mean of the last %lld weeks with its 95 %% interval %s.%s",
             coop_section_final_weeks(bars->report),
             replicated ? "over runs (Student's t)" : "over organisations (1.96 standard errors)",
             bars->report->design->twins > 0 ? " Grey: the case's twin." : "");
}

static void fill_table(const struct bars *bars, struct coop_sheet *table)
{
    for (size_t e = 0; e < bars->report->design->entries; e++) {
        coop_sheet_text(table, bars->report->design->name[e]);
        coop_sheet_number(table, bars->final[e].mean);
        coop_sheet_number(table, bars->final[e].low);
        coop_sheet_number(table, bars->final[e].high);
        coop_sheet_number(table, (double)bars->final[e].runs);
    }
}

static enum coop_status draw(const struct bars *bars, struct coop_drawing *drawing)
{
    const struct coop_design *design = bars->report->design;
    const size_t step = 1 + design->twins, rows = design->cases;
    const size_t series = step < 1 + TWINS_SHOWN ? step : 1 + TWINS_SHOWN;
    const char *name[1 + TWINS_SHOWN] = {"case"}, **row = calloc(rows, sizeof *row);
    char twin[TWINS_SHOWN][LABEL];
    const int style[1 + TWINS_SHOWN] = {0, -1, -2};
    double *number = calloc(3 * rows * series, sizeof *number);
    for (size_t t = 0; t + 1 < series; t++) {
        snprintf(twin[t], sizeof twin[t], "%s twin", design->twin[t]);
        name[1 + t] = twin[t];
    }
    for (size_t r = 0; row != NULL && r < rows; r++)
        row[r] = design->name[r * step];
    if (row != NULL && number != NULL) {
        double *low = number + rows * series, *high = low + rows * series;
        copy(bars->final, step, rows, series, number, low, high);
        coop_chart_bars(drawing->svg, &(struct coop_bars){.head = coop_drawing_head(drawing),
                                                          .x_label = bars->row->summary,
                                                          .row = row,
                                                          .series_name = name,
                                                          .style = style,
                                                          .value = number,
                                                          .low = low,
                                                          .high = high,
                                                          .rows = rows,
                                                          .series = series,
                                                          .by_row = true});
    }
    const bool whole = row != NULL && number != NULL;
    free(row);
    free(number);
    return whole ? COOP_OK : COOP_FAIL(COOP_MEMORY, "out of memory for bars");
}

static enum coop_status make(const struct bars *bars, const struct coop_report_sink *sink)
{
    struct coop_drawing drawing;
    enum coop_status status = coop_drawing_begin(&drawing, "final", bars->row->name, columns,
                                                 sizeof columns / sizeof *columns);
    if (status == COOP_OK) {
        write_words(bars, &drawing);
        fill_table(bars, &drawing.table);
        status = draw(bars, &drawing);
    }
    return coop_drawing_end(&drawing, sink, status);
}

enum coop_status coop_section_finals(const struct coop_report *report,
                                     const struct coop_report_sink *sink)
{
    struct coop_grouping grouping = coop_grouping_of(report);
    const struct coop_headline *headline = report->model->headline;
    enum coop_status status = COOP_OK;
    if (report->design->points > 1)
        return COOP_OK;
    struct coop_final *final = calloc(grouping.groups + 1, sizeof *final);
    if (final == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for bars");
    for (; status == COOP_OK && headline != NULL && headline->measure != NULL; headline++) {
        size_t measure;
        const struct coop_measure *row = coop_section_row(report, headline->measure);
        if (row == NULL || !coop_section_measure(report, headline->measure, &measure))
            continue;
        status = coop_finals_read(report, measure, &grouping, final);
        if (status == COOP_OK)
            status = make(&(struct bars){report, headline, row, final}, sink);
    }
    free(final);
    return status;
}
