/* coopsim - GPL-3.0-or-later
 *
 * What the author expected, and what came out. */
#include "sim/report/chart.h"
#include "sim/report/figure.h"
#include "sim/report/markup.h"
#include "sim/report/sections.h"
#include "sim/report/phrase.h"

#include "sim/engine/expect.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const columns[] = {"measure",  "case", "against", "direction", "margin",
                                      "estimate", "low",  "high",    "verdict",   "because"};
static const char *const verdict_words[] = {[COOP_AS_EXPECTED] = "as expected",
                                            [COOP_NOT_AS_EXPECTED] = "not as expected",
                                            [COOP_UNDETERMINED] = "undetermined"};
static const char *const direction_words[] = {
    [COOP_LOWER] = "lower", [COOP_HIGHER] = "higher", [COOP_EQUAL] = "equal"};
enum { ROWS_MAX = 40, LABEL = 256 };

struct judged {
    const struct coop_expectation *expected;
    const struct coop_finding *found;
};

static bool is_value(const struct judged *item)
{
    return item->expected->against[0] == '\0';
}

static void write_against(const struct judged *item, char *ret, size_t size)
{
    if (is_value(item))
        snprintf(ret, size, "%g", item->expected->value);
    else
        snprintf(ret, size, "%s",
                 strcmp(item->expected->against, "twin") == 0 ? "its twin"
                                                              : item->expected->against);
}

static void fill_row(const struct judged *item, struct coop_sheet *table)
{
    char against[LABEL];
    write_against(item, against, sizeof against);
    coop_sheet_text(table, item->expected->measure);
    coop_sheet_text(table, item->expected->subject);
    coop_sheet_text(table, against);
    coop_sheet_text(table, direction_words[item->expected->direction]);
    coop_sheet_number(table, item->expected->margin);
    coop_sheet_number(table, item->found->estimate);
    coop_sheet_number(table, item->found->low);
    coop_sheet_number(table, item->found->high);
    coop_sheet_text(table, verdict_words[item->found->verdict]);
    coop_sheet_text(table, item->expected->because);
}

static struct coop_effect effect_of(const struct judged *item, char *label, char *detail)
{
    char against[LABEL];
    write_against(item, against, sizeof against);
    coop_phrase_add(&(struct coop_phrase){label, LABEL, 0}, "%s against %s",
                    item->expected->subject, against);
    coop_phrase_add(&(struct coop_phrase){detail, LABEL, 0}, "%s: %s%s", item->expected->measure,
                    direction_words[item->expected->direction],
                    item->found->reason[0] != '\0' ? ", not judged" : "");
    return (struct coop_effect){.label = label,
                                .detail = detail,
                                .verdict = verdict_words[item->found->verdict],
                                .unit = is_value(item) ? item->expected->measure : "difference",
                                .value = item->found->estimate,
                                .low = item->found->low,
                                .high = item->found->high,
                                .margin = item->expected->margin,
                                .origin = is_value(item) ? item->expected->value : 0,
                                .style = item->found->verdict == COOP_AS_EXPECTED       ? 2
                                         : item->found->verdict == COOP_NOT_AS_EXPECTED ? 1
                                                                                        : 6};
}

static void list(const struct coop_report_sink *sink, const struct judged *item, size_t count)
{
    fputs("<ul>\n", sink->out);
    for (size_t i = 0; i < count; i++) {
        char text[4 * LABEL], against[LABEL];
        struct coop_phrase words = {text, sizeof text, 0};
        write_against(&item[i], against, sizeof against);
        coop_phrase_add(&words, "%s in %s %s %s %s: ", item[i].expected->measure,
                        item[i].expected->subject,
                        item[i].expected->direction == COOP_EQUAL
                            ? "equal"
                            : direction_words[item[i].expected->direction],
                        item[i].expected->direction == COOP_EQUAL ? "to" : "than", against);
        if (item[i].found->reason[0] != '\0')
            coop_phrase_add(&words, "not judged: %s. ", item[i].found->reason);
        else
            coop_phrase_add(
                &words, "%s (%g %%: %s to %s). ", coop_number_show(item[i].found->estimate).text,
                100 * item[i].expected->level, coop_number_show(item[i].found->low).text,
                coop_number_show(item[i].found->high).text);
        if (item[i].expected->because[0] != '\0')
            coop_phrase_add(&words, "Expected because: %s", item[i].expected->because);
        fprintf(sink->out, "<li><strong>%s</strong> – ", verdict_words[item[i].found->verdict]);
        coop_markup_text(sink->out, text);
        fputs("</li>\n", sink->out);
    }
    fputs("</ul>\n", sink->out);
}

static enum coop_status draw(const struct coop_report_sink *sink, const struct judged *item,
                             size_t count)
{
    struct coop_effect effect[ROWS_MAX];
    char label[ROWS_MAX][LABEL], detail[ROWS_MAX][LABEL];
    struct coop_drawing drawing;
    const size_t rows = count < ROWS_MAX ? count : ROWS_MAX;
    enum coop_status status = coop_drawing_begin(&drawing, "expectations", NULL, columns,
                                                 sizeof columns / sizeof *columns);
    snprintf(drawing.title, sizeof drawing.title, "What the author expected, and what came out");
    snprintf(drawing.caption, sizeof drawing.caption,
             "Differences between the means of the last 52 weeks, organisation by organisation, "
             "with their intervals (Student's t). The grey field is the margin: smaller "
             "differences are of no interest.");
    for (size_t i = 0; status == COOP_OK && i < count; i++)
        fill_row(&item[i], &drawing.table);
    for (size_t i = 0; i < rows; i++)
        effect[i] = effect_of(&item[i], label[i], detail[i]);
    if (status == COOP_OK)
        coop_chart_forest(drawing.svg,
                          &(struct coop_forest){coop_drawing_head(&drawing), effect, rows});
    return coop_drawing_end(&drawing, sink, status);
}

enum coop_status coop_section_expectations(const struct coop_report *report,
                                           const struct coop_report_sink *sink)
{
    const size_t count = report->config->expectations;
    if (count == 0)
        return COOP_OK;
    if (report->finding == NULL) {
        coop_section_paragraph(sink, "missing",
                               "The configuration says what its author expected, which is judged "
                               "when all runs are done.");
        return COOP_OK;
    }
    struct judged *item = calloc(count, sizeof *item);
    if (item == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the expectations");
    for (size_t i = 0; i < count; i++)
        item[i] = (struct judged){&report->config->expectation[i], &report->finding[i]};
    const enum coop_status status = draw(sink, item, count);
    if (status == COOP_OK)
        list(sink, item, count);
    free(item);
    return status;
}
