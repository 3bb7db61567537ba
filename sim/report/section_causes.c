/* coopsim - GPL-3.0-or-later
 *
 * Which cause does it: how a design of arrows divides the excess among them (sim/explain). */
#include "sim/report/chart.h"
#include "sim/report/figure.h"
#include "sim/report/markup.h"
#include "sim/report/phrase.h"
#include "sim/report/points.h"
#include "sim/report/sections.h"

#include "sim/design/arrows.h"
#include "sim/explain/values.h"
#include "sim/io/results_source.h"

#include <stdlib.h>

static const char *const columns[] = {"arrow", "share", "low", "high", "first", "last"};
enum { CASES_SHOWN = 6 };

struct causes {
    const struct coop_report *report;
    const struct coop_headline *headline;
    const struct coop_measure *row;
    const struct coop_account *account;
};

static const char *arrow_of(const struct causes *causes, size_t arrow)
{
    return coop_arrow_name(coop_design_axis_name(causes->report->design, arrow));
}

/* The largest share first. */
static void sort(const struct coop_shapley *shapley, size_t *ret)
{
    for (size_t a = 0; a < shapley->arrows; a++) {
        size_t at = a;
        for (; at > 0 && shapley->share[ret[at - 1]].share.value < shapley->share[a].share.value;
             at--)
            ret[at] = ret[at - 1];
        ret[at] = a;
    }
}

static void write_words(const struct causes *causes, struct coop_drawing *drawing)
{
    const struct coop_shapley *shapley = &causes->account->shapley;
    struct coop_phrase title = {drawing->title, sizeof drawing->title, 0};
    struct coop_phrase words = {drawing->caption, sizeof drawing->caption, 0};
    coop_phrase_add(&title, "What makes the excess in %s", causes->headline->label);
    if (causes->report->design->cases > 1)
        coop_phrase_add(&title, ": %s", causes->account->entry);
    coop_phrase_add(
        &words,
        "With all arrows intact it is %s, with all of them cut %s. Each bar is by how much "
        "it falls when that arrow is cut, on average over %s of cutting them (Shapley); "
        "together they are the excess of %s.",
        coop_number_show(shapley->intact.value).text, coop_number_show(shapley->cut.value).text,
        causes->account->all_sets ? "all orders" : "orders drawn by lot",
        coop_number_show(shapley->excess.value).text);
    if (shapley->units > 1)
        coop_phrase_add(&words, " Intervals: 95 %%, over %zu %s.", shapley->units,
                        causes->account->units == COOP_ACCOUNT_REPLICATES ? "replicates"
                                                                          : "organisations");
    else
        coop_phrase_add(&words, " There is one run of each set, so there are no intervals: "
                                "replicates: 20 gives them.");
}

static enum coop_status draw(const struct causes *causes, const struct coop_report_sink *sink)
{
    char part[COOP_FIGURE_ID];
    const struct coop_shapley *shapley = &causes->account->shapley;
    const char *name[COOP_ARROWS_MAX], *series[] = {"share"};
    const int style[] = {0};
    double value[COOP_ARROWS_MAX], low[COOP_ARROWS_MAX], high[COOP_ARROWS_MAX];
    size_t order[COOP_ARROWS_MAX];
    struct coop_drawing drawing;
    coop_phrase_add(&(struct coop_phrase){part, sizeof part, 0}, "%s_%s", causes->row->name,
                    causes->account->entry);
    enum coop_status status =
        coop_drawing_begin(&drawing, "causes", part, columns, sizeof columns / sizeof *columns);
    sort(shapley, order);
    for (size_t i = 0; status == COOP_OK && i < shapley->arrows; i++) {
        const struct coop_share *share = &shapley->share[order[i]];
        const double number[] = {share->share.value, share->share.low, share->share.high,
                                 share->first, share->last};
        name[i] = arrow_of(causes, order[i]);
        value[i] = share->share.value;
        low[i] = share->share.low;
        high[i] = share->share.high;
        coop_sheet_text(&drawing.table, name[i]);
        for (size_t k = 0; k < sizeof number / sizeof *number; k++)
            coop_sheet_number(&drawing.table, number[k]);
    }
    write_words(causes, &drawing);
    if (status == COOP_OK)
        coop_chart_bars(drawing.svg, &(struct coop_bars){.head = coop_drawing_head(&drawing),
                                                         .x_label = causes->row->summary,
                                                         .row = name,
                                                         .series_name = series,
                                                         .style = style,
                                                         .value = value,
                                                         .low = low,
                                                         .high = high,
                                                         .rows = shapley->arrows,
                                                         .series = 1});
    return coop_drawing_end(&drawing, sink, status);
}

static enum coop_status account_case(const struct coop_report *report,
                                     const struct coop_report_sink *sink,
                                     const struct coop_headline *headline,
                                     const struct coop_source *source, size_t entry)
{
    struct coop_bootstrap bootstrap = coop_section_bootstrap(report);
    struct coop_account_values values;
    struct coop_account *account = calloc(1, sizeof *account);
    enum coop_status status =
        coop_account_values_find(&values, source, report->model, headline->measure, entry);
    if (status == COOP_OK && account == NULL)
        status = COOP_FAIL(COOP_MEMORY, "out of memory for the accounting");
    if (status == COOP_OK)
        status = coop_account_find(report->design, entry, values.value, values.units, &bootstrap,
                                   account);
    if (status == COOP_OK)
        account->units = values.kind;
    if (status == COOP_OK && account->reason[0] != '\0')
        coop_section_paragraph(sink, "missing", "%s in %s: %s.", headline->label, account->entry,
                               account->reason);
    else if (status == COOP_OK)
        status = draw(&(struct causes){report, headline,
                                       coop_section_row(report, headline->measure), account},
                      sink);
    free(values.value);
    free(account);
    return status;
}

enum coop_status coop_section_causes(const struct coop_report *report,
                                     const struct coop_report_sink *sink)
{
    const struct coop_headline *headline = report->model->headline;
    const size_t entries =
        report->design->entries < CASES_SHOWN ? report->design->entries : CASES_SHOWN;
    struct coop_results_source results;
    size_t measure;
    enum coop_status status = COOP_OK;
    if (report->design->kind != COOP_ARROWS || headline == NULL)
        return COOP_OK;
    coop_results_source_init(&results, report->reader, report->model, report->design);
    const struct coop_source source = coop_results_source(&results);
    for (; status == COOP_OK && headline->measure != NULL; headline++)
        for (size_t e = 0; status == COOP_OK && e < entries && headline->excess &&
                           coop_section_measure(report, headline->measure, &measure);
             e++)
            status = account_case(report, sink, headline, &source, e);
    coop_results_source_free(&results);
    return status;
}
