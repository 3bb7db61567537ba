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

static bool is_value(const struct coop_read_expectation *item)
{
    return item->against[0] == '\0';
}

static void write_against(const struct coop_read_expectation *item, char *ret, size_t size)
{
    if (is_value(item))
        snprintf(ret, size, "%g", item->value);
    else
        snprintf(ret, size, "%s", strcmp(item->against, "twin") == 0 ? "its twin" : item->against);
}

static void fill_row(const struct coop_read_expectation *item, struct coop_sheet *table)
{
    char against[LABEL];
    write_against(item, against, sizeof against);
    coop_sheet_text(table, item->measure);
    coop_sheet_text(table, item->subject);
    coop_sheet_text(table, against);
    coop_sheet_text(table, direction_words[item->direction]);
    coop_sheet_number(table, item->margin);
    coop_sheet_number(table, item->estimate);
    coop_sheet_number(table, item->low);
    coop_sheet_number(table, item->high);
    coop_sheet_text(table, verdict_words[item->verdict]);
    coop_sheet_text(table, item->because);
}

static struct coop_effect effect_of(const struct coop_read_expectation *item, char *label,
                                    char *detail)
{
    char against[LABEL];
    write_against(item, against, sizeof against);
    coop_phrase_add(&(struct coop_phrase){label, LABEL, 0}, "%s against %s", item->subject,
                    against);
    coop_phrase_add(&(struct coop_phrase){detail, LABEL, 0}, "%s: %s%s", item->measure,
                    direction_words[item->direction],
                    item->reason[0] != '\0' ? ", not judged" : "");
    return (struct coop_effect){.label = label,
                                .detail = detail,
                                .verdict = verdict_words[item->verdict],
                                .unit = is_value(item) ? item->measure : "difference",
                                .value = item->estimate,
                                .low = item->low,
                                .high = item->high,
                                .margin = item->margin,
                                .origin = is_value(item) ? item->value : 0,
                                .style = item->verdict == COOP_AS_EXPECTED       ? 2
                                         : item->verdict == COOP_NOT_AS_EXPECTED ? 1
                                                                                 : 6};
}

static void list(const struct coop_report_sink *sink, const struct coop_read_expectation *item,
                 size_t count)
{
    fputs("<ul>\n", sink->out);
    for (size_t i = 0; i < count; i++) {
        char text[4 * LABEL], against[LABEL];
        struct coop_phrase words = {text, sizeof text, 0};
        write_against(&item[i], against, sizeof against);
        coop_phrase_add(&words, "%s in %s %s %s %s: ", item[i].measure, item[i].subject,
                        item[i].direction == COOP_EQUAL ? "equal"
                                                        : direction_words[item[i].direction],
                        item[i].direction == COOP_EQUAL ? "to" : "than", against);
        if (item[i].reason[0] != '\0')
            coop_phrase_add(&words, "not judged: %s. ", item[i].reason);
        else
            coop_phrase_add(&words, "%s (%g %%: %s to %s). ",
                            coop_number_show(item[i].estimate).text, 100 * item[i].level,
                            coop_number_show(item[i].low).text,
                            coop_number_show(item[i].high).text);
        if (item[i].because[0] != '\0')
            coop_phrase_add(&words, "Expected because: %s", item[i].because);
        fprintf(sink->out, "<li><strong>%s</strong> – ", verdict_words[item[i].verdict]);
        coop_markup_text(sink->out, text);
        fputs("</li>\n", sink->out);
    }
    fputs("</ul>\n", sink->out);
}

static enum coop_status draw(const struct coop_report_sink *sink,
                             const struct coop_read_expectation *item, size_t count)
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
    struct coop_read_expectation *item;
    size_t count;
    COOP_TRY(coop_reader_expectations(report->reader, &item, &count));
    enum coop_status status = COOP_OK;
    if (count > 0) {
        status = draw(sink, item, count);
        list(sink, item, count);
    } else if (report->config->expectations > 0) {
        coop_section_paragraph(sink, "missing",
                               "The configuration says what its author expected, and only coopsim "
                               "run judges that: the result of a sweep has no verdicts.");
    }
    coop_read_expectations_free(item, count);
    return status;
}
