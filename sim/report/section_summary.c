/* coopsim - GPL-3.0-or-later
 *
 * What the result says, in words made of the model's sentence and the numbers, and the headline
 * measures of every case. */
#include "sim/report/bands.h"
#include "sim/report/markup.h"
#include "sim/report/sections.h"

#include "sim/engine/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A measure of the headline, with its final value for every group of runs. */
struct headline {
    const struct coop_headline *row;
    const struct coop_measure *measure;
    size_t number;
    struct coop_final *final; /* [groups] */
    struct coop_grouping grouping;
};

static enum coop_status open_headline(const struct coop_report *report,
                                      const struct coop_headline *row, struct headline *ret)
{
    *ret = (struct headline){.row = row, .measure = coop_section_row(report, row->measure)};
    ret->grouping = coop_grouping_of(report);
    ret->grouping.by_point = false;
    ret->grouping.groups = ret->grouping.entries;
    if (ret->measure == NULL || !coop_section_measure(report, row->measure, &ret->number)) {
        ret->measure = NULL;
        return COOP_OK;
    }
    ret->final = calloc(ret->grouping.groups + 1, sizeof *ret->final);
    if (ret->final == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the summary");
    return coop_finals_read(report, ret->number, &ret->grouping, ret->final);
}

/* The model's sentences take what lies between 0 and 1 as per cent, as in coopsim run. */
static bool is_percent(const struct coop_measure *measure)
{
    return strcmp(measure->unit, "1") == 0 && measure->max == 1;
}

static struct coop_number shown(const struct headline *headline, double value)
{
    return coop_number_share(value, is_percent(headline->measure));
}

static struct coop_number difference(const struct headline *headline, double value)
{
    struct coop_number ret;
    if (!is_percent(headline->measure))
        return coop_number_show(fabs(value));
    snprintf(ret.text, sizeof ret.text, "%.0f points", 100 * fabs(value));
    return ret;
}

/* The model's sentence with the value in place of the braces. */
static void say_case(FILE *out, const struct coop_report *report, const struct headline *headline,
                     size_t entry)
{
    const char *sentence = headline->row->reading, *braces = strstr(sentence, "{}");
    const double mean = headline->final[entry].mean;
    if (braces == NULL || isnan(mean))
        return;
    if (report->design->cases > 1) {
        fputs("In <strong>", out);
        coop_markup_text(out, report->design->name[entry]);
        fputs("</strong> ", out);
    }
    fprintf(out, "%.*s<strong>%s</strong>%s", (int)(braces - sentence), sentence,
            shown(headline, mean).text, braces + 2);
    for (size_t t = 0; t < report->design->twins && headline->row->excess; t++) {
        const double twin = headline->final[entry + 1 + t].mean;
        if (isnan(twin))
            continue;
        fprintf(out, "%s %s %s than in %s ", t == 0 ? "," : " and",
                difference(headline, mean - twin).text, mean < twin ? "less" : "more",
                report->design->cases > 1 ? "its" : "the");
        coop_markup_text(out, report->design->twin[t]);
        fputs(" twin", out);
    }
    fputs(". ", out);
}

/* Which case has most of it and which least. */
static void say_comparison(FILE *out, const struct coop_report *report,
                           const struct headline *headline)
{
    const size_t step = 1 + report->design->twins;
    size_t least = SIZE_MAX, most = SIZE_MAX, cases = 0;
    for (size_t entry = 0; entry < report->design->entries; entry += step) {
        const double mean = headline->final[entry].mean;
        if (isnan(mean))
            continue;
        cases++;
        least = least == SIZE_MAX || mean < headline->final[least].mean ? entry : least;
        most = most == SIZE_MAX || mean > headline->final[most].mean ? entry : most;
    }
    if (cases < 2)
        return;
    fprintf(out, "Of the %zu cases it is most in <strong>", cases);
    coop_markup_text(out, report->design->name[most]);
    fprintf(out, "</strong> (%s) and least in <strong>",
            shown(headline, headline->final[most].mean).text);
    coop_markup_text(out, report->design->name[least]);
    fprintf(out, "</strong> (%s).", shown(headline, headline->final[least].mean).text);
}

static void say(FILE *out, const struct coop_report *report, const struct headline *headline)
{
    const struct coop_settings *settings =
        coop_param_values(report->design->script[0].set, COOP_TABLE_ENGINE);
    if (headline->row->reading == NULL)
        return;
    fprintf(out, "<p class=\"lead\">After %s, on average of the last %lld weeks%s: ",
            coop_section_span((double)settings->weeks).text,
            (long long)(settings->weeks < 52 ? settings->weeks : 52),
            report->design->points > 1 ? " and of all points of the design" : "");
    say_case(out, report, headline, 0);
    say_comparison(out, report, headline);
    fputs("</p>\n", out);
}

static void print_cell(FILE *out, const struct headline *headline, const struct coop_final *final)
{
    fprintf(out, "<td class=\"number\">%s", coop_number_show(final->mean).text);
    if (isfinite(final->high) && headline->measure != NULL)
        fprintf(out, " <small>± %s</small>", coop_number_show(final->high - final->mean).text);
    fputs("</td>", out);
}

static void print_table(FILE *out, const struct coop_report *report,
                        const struct headline *headline, size_t headlines)
{
    fputs("<div class=\"wide\"><table><thead><tr><th scope=\"col\">case</th>", out);
    for (size_t h = 0; h < headlines; h++)
        if (headline[h].measure != NULL) {
            fputs("<th scope=\"col\" class=\"number\">", out);
            coop_markup_text(out, headline[h].row->label);
            fputs("</th>", out);
        }
    fputs("</tr></thead><tbody>\n", out);
    for (size_t entry = 0; entry < report->design->entries; entry++) {
        const bool twin = entry % (1 + report->design->twins) > 0;
        fprintf(out, "<tr%s><th scope=\"row\">", twin ? " class=\"twin\"" : "");
        coop_markup_text(out, report->design->name[entry]);
        fputs("</th>", out);
        for (size_t h = 0; h < headlines; h++)
            if (headline[h].measure != NULL)
                print_cell(out, &headline[h], &headline[h].final[entry]);
        fputs("</tr>\n", out);
    }
    fputs("</tbody></table></div>\n", out);
}

static void say_how(const struct coop_report *report, const struct coop_report_sink *sink,
                    const struct headline *headline)
{
    const size_t runs = headline->final != NULL ? headline->final[0].runs : 0;
    if (runs > 1)
        coop_section_paragraph(sink, "note",
                               "Means of the last 52 weeks; ± is half of the 95 %% interval over "
                               "the %zu runs of each row%s.",
                               runs,
                               report->design->points > 1 ? ", all points of the design" : "");
    else
        coop_section_paragraph(sink, "note",
                               "Means of the last 52 weeks; ± is half of the 95 %% interval, 1.96 "
                               "standard errors over organisations.");
}

/* Half a sweep may be reported, if it is said. */
static void say_unfinished(const struct coop_report *report, const struct coop_report_sink *sink)
{
    const struct coop_reader *reader = report->reader;
    if (reader->done == reader->runs && reader->faults == 0)
        return;
    fputs("<p class=\"warning\" role=\"note\">", sink->out);
    fprintf(sink->out,
            "<strong>This is not the whole experiment:</strong> %zu of %zu runs are done, %zu "
            "failed, %zu are missing",
            reader->done, reader->runs, reader->failed,
            reader->runs - reader->done - reader->failed);
    if (reader->faults > 0)
        fprintf(sink->out, "; %zu of its files could not be read", reader->faults);
    fputs(". All that follows is about those that are done.</p>\n", sink->out);
}

enum coop_status coop_section_summary(const struct coop_report *report,
                                      const struct coop_report_sink *sink)
{
    enum { HEADLINES_MAX = 16 };
    struct headline headline[HEADLINES_MAX] = {{.row = NULL}};
    enum coop_status status = COOP_OK;
    size_t count = 0;
    say_unfinished(report, sink);
    for (; report->model->headline != NULL && report->model->headline[count].measure != NULL &&
           count < HEADLINES_MAX && status == COOP_OK;
         count++)
        status = open_headline(report, &report->model->headline[count], &headline[count]);
    for (size_t h = 0; status == COOP_OK && h < count; h++)
        if (headline[h].measure != NULL)
            say(sink->out, report, &headline[h]);
    if (status == COOP_OK && count > 0) {
        print_table(sink->out, report, headline, count);
        say_how(report, sink, &headline[0]);
    }
    for (size_t h = 0; h < HEADLINES_MAX; h++)
        free(headline[h].final);
    return status;
}
