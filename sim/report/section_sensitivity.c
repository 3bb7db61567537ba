/* coopsim - GPL-3.0-or-later
 *
 * On which axes the headline measures depend: Sobol's indices of a Saltelli design, Morris's effects
 * (sim/sensitivity). */
#include "sim/report/chart.h"
#include "sim/report/figure.h"
#include "sim/report/markup.h"
#include "sim/report/phrase.h"
#include "sim/report/points.h"
#include "sim/report/sections.h"

#include "sim/sensitivity/analysis.h"

#include <math.h>
#include <stdlib.h>

static const char *const sobol_columns[] = {"axis",  "first",     "first_low", "first_high",
                                            "total", "total_low", "total_high"};
static const char *const morris_columns[] = {"axis", "mu_star", "low", "high", "mu", "sigma"};
enum { CASES_SHOWN = 4, AXES_MAX = 40 };

struct indices {
    const struct coop_report *report;
    const struct coop_headline *headline;
    const struct coop_measure *row;
    const struct coop_sensitivity *found;
};
/* [axes][series] */
struct bars {
    const char *name[AXES_MAX];
    double value[2 * AXES_MAX], low[2 * AXES_MAX], high[2 * AXES_MAX];
};

static void set_bar(struct bars *bars, size_t at, const struct coop_interval *interval)
{
    bars->value[at] = interval->value;
    bars->low[at] = interval->low;
    bars->high[at] = interval->high;
}

static void fill(const struct indices *indices, struct bars *bars, struct coop_sheet *table)
{
    const bool sobol = indices->found->kind == COOP_SALTELLI;
    for (size_t a = 0; a < indices->found->axes && a < AXES_MAX; a++) {
        const struct coop_axis_sensitivity *axis = &indices->found->axis[a];
        bars->name[a] = axis->name;
        set_bar(bars, 2 * a, sobol ? &axis->sobol.first : &axis->morris.size);
        if (sobol)
            set_bar(bars, 2 * a + 1, &axis->sobol.total);
        else
            set_bar(bars, 2 * a + 1, &(struct coop_interval){axis->morris.spread, NAN, NAN});
        coop_sheet_text(table, axis->name);
        for (size_t s = 0; s < (sobol ? 2u : 1u); s++) {
            coop_sheet_number(table, bars->value[2 * a + s]);
            coop_sheet_number(table, bars->low[2 * a + s]);
            coop_sheet_number(table, bars->high[2 * a + s]);
        }
        if (!sobol) {
            coop_sheet_number(table, axis->morris.mean);
            coop_sheet_number(table, axis->morris.spread);
        }
    }
}

static void write_words(const struct indices *indices, struct coop_drawing *drawing)
{
    const struct coop_sensitivity *found = indices->found;
    struct coop_phrase title = {drawing->title, sizeof drawing->title, 0};
    struct coop_phrase words = {drawing->caption, sizeof drawing->caption, 0};
    coop_phrase_add(&title, "On what %s depends", indices->headline->label);
    if (indices->report->design->entries > 1)
        coop_phrase_add(&title, ": %s", found->entry);
    if (found->kind == COOP_SALTELLI)
        coop_phrase_add(
            &words,
            "Sobol's indices, shares of the variance over %zu points: first order is what "
            "an axis explains alone, total what it explains with all it does together "
            "with others. An estimate may fall below 0 by chance.",
            found->points);
    else
        coop_phrase_add(
            &words,
            "Morris's effects over %zu trajectories: mu* is the mean size of what happens "
            "along the axis, sigma how far that depends on where, and on the other axes.",
            found->rows);
    coop_phrase_add(&words, " Intervals: 95 %%, from the bootstrap.");
    if (isfinite(found->noise))
        coop_phrase_add(&words, " Chance makes %.0f %% of the variance.", 100 * found->noise);
}

static enum coop_status draw(const struct indices *indices, const struct coop_report_sink *sink)
{
    static const char *const sobol_series[] = {"first order", "total"};
    static const char *const morris_series[] = {"mu*", "sigma"};
    const bool sobol = indices->found->kind == COOP_SALTELLI;
    const int style[] = {0, 4};
    char part[COOP_FIGURE_ID];
    struct coop_drawing drawing;
    struct bars *bars = calloc(1, sizeof *bars);
    coop_phrase_add(&(struct coop_phrase){part, sizeof part, 0}, "%s_%s", indices->row->name,
                    indices->found->entry);
    enum coop_status status =
        coop_drawing_begin(&drawing, "sensitivity", part, sobol ? sobol_columns : morris_columns,
                           sobol ? sizeof sobol_columns / sizeof *sobol_columns
                                 : sizeof morris_columns / sizeof *morris_columns);
    if (status == COOP_OK && bars == NULL)
        status = COOP_FAIL(COOP_MEMORY, "out of memory for the indices");
    if (status == COOP_OK) {
        const size_t axes = indices->found->axes < AXES_MAX ? indices->found->axes : AXES_MAX;
        write_words(indices, &drawing);
        fill(indices, bars, &drawing.table);
        coop_chart_bars(
            drawing.svg,
            &(struct coop_bars){.head = coop_drawing_head(&drawing),
                                .x_label = sobol ? "share of the variance" : indices->row->summary,
                                .row = bars->name,
                                .series_name = sobol ? sobol_series : morris_series,
                                .style = style,
                                .value = bars->value,
                                .low = bars->low,
                                .high = bars->high,
                                .rows = axes,
                                .series = 2});
    }
    free(bars);
    return coop_drawing_end(&drawing, sink, status);
}

static enum coop_status analyse(const struct coop_report *report,
                                const struct coop_report_sink *sink,
                                const struct coop_headline *headline, const double *value,
                                size_t entry)
{
    struct coop_sensitivity found = {.axis = NULL};
    const struct coop_bootstrap bootstrap = coop_section_bootstrap(report);
    enum coop_status status =
        coop_sensitivity_analyse(report->design, entry, value, &bootstrap, &found);
    if (status == COOP_OK && found.reason[0] != '\0')
        coop_section_paragraph(sink, "missing", "%s in %s: %s.", headline->label, found.entry,
                               found.reason);
    else if (status == COOP_OK)
        status = draw(&(struct indices){report, headline,
                                        coop_section_row(report, headline->measure), &found},
                      sink);
    coop_sensitivity_free(&found);
    return status;
}

enum coop_status coop_section_sensitivity(const struct coop_report *report,
                                          const struct coop_report_sink *sink)
{
    const struct coop_design *design = report->design;
    const struct coop_headline *headline = report->model->headline;
    const size_t step = 1 + design->twins;
    enum coop_status status = COOP_OK;
    if ((design->kind != COOP_SALTELLI && design->kind != COOP_MORRIS) || headline == NULL)
        return COOP_OK;
    for (; status == COOP_OK && headline->measure != NULL; headline++) {
        double *value = NULL;
        status = coop_section_finals_of_runs(report, headline->measure, &value);
        for (size_t c = 0;
             status == COOP_OK && value != NULL && c < design->cases && c < CASES_SHOWN; c++)
            status = analyse(report, sink, headline, value, c * step);
        free(value);
    }
    return status;
}
