/* coopsim - GPL-3.0-or-later
 *
 * What the result says, in words made of the model's sentence and the numbers, and the headline
 * measures of every case. */
#include "sim/report/bands.h"
#include "sim/report/markup.h"
#include "sim/report/phrase.h"
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
    ret->grouping = coop_grouping_joined(report);
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
        const double excess = headline->final[entry + 1 + t].excess;
        if (isnan(excess))
            continue;
        fprintf(out, "%s %s %s than in %s ", t == 0 ? "," : " and",
                difference(headline, excess).text, excess < 0 ? "less" : "more",
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
    /* Cases at different points differ by these. */
    const struct coop_reader *reader = report->reader;
    const bool alike = report->design->points == 1 || reader->done == reader->runs;
    if (cases < 2 || !alike || !(headline->final[least].mean < headline->final[most].mean))
        return;
    fprintf(out, "Of the %zu cases it is most in <strong>", cases);
    coop_markup_text(out, report->design->name[most]);
    fprintf(out, "</strong> (%s) and least in <strong>",
            shown(headline, headline->final[most].mean).text);
    coop_markup_text(out, report->design->name[least]);
    fprintf(out, "</strong> (%s).", shown(headline, headline->final[least].mean).text);
}

/* What the numbers are means over besides weeks, as far as it has been run. */
static void say_points(const struct coop_report *report, const struct coop_final *final,
                       struct coop_phrase *words)
{
    const size_t points = report->design->points;
    if (report->design->cut != NULL)
        coop_phrase_add(words, ", with all arrows intact");
    else if (points > 1 && final->points < points)
        coop_phrase_add(words, " and of the %zu finished of %zu points of the design",
                        final->points, points);
    else if (points > 1)
        coop_phrase_add(words, " and of all points of the design");
}

/* The rows of half a sweep may differ. */
static void say_points_of_rows(const struct coop_report *report, const struct headline *headline,
                               struct coop_phrase *words)
{
    if (headline->grouping.by_point || report->design->points == 1) {
        say_points(report, &headline->final[0], words);
        return;
    }
    coop_phrase_add(words, "; of %zu points of the design there are done", report->design->points);
    for (size_t g = 0; g < headline->grouping.groups; g++)
        coop_phrase_add(words, "%s %zu (%zu runs) of %s", g > 0 ? "," : "",
                        headline->final[g].points, headline->final[g].runs,
                        report->design->name[g]);
}

static void say(FILE *out, const struct coop_report *report, const struct headline *headline)
{
    const struct coop_settings *settings =
        coop_param_values(report->design->script[0].set, COOP_TABLE_ENGINE);
    char text[128] = "";
    struct coop_phrase points = {text, sizeof text, 0};
    if (headline->row->reading == NULL)
        return;
    say_points(report, &headline->final[0], &points);
    fprintf(out, "<p class=\"lead\">After %s, on average of the last %lld weeks%s: ",
            coop_section_span((double)settings->weeks).text, coop_section_final_weeks(report),
            text);
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

static bool has_interval(const struct headline *headline, size_t headlines)
{
    for (size_t h = 0; h < headlines; h++)
        for (size_t g = 0; headline[h].measure != NULL && g < headline[h].grouping.groups; g++)
            if (isfinite(headline[h].final[g].high))
                return true;
    return false;
}

/* "3", or "2 to 3" where rows differ. */
static void count_replicates(const struct headline *headline, struct coop_phrase *words)
{
    size_t least = SIZE_MAX, most = 0;
    for (size_t g = 0; g < headline->grouping.groups; g++) {
        const size_t replicates = headline->final[g].replicates;
        least = replicates < least ? replicates : least;
        most = replicates > most ? replicates : most;
    }
    if (least < most)
        coop_phrase_add(words, "%zu to ", least);
    coop_phrase_add(words, "%zu", most);
}

static void say_how(const struct coop_report *report, const struct coop_report_sink *sink,
                    const struct headline *headline, size_t headlines)
{
    const struct headline *first = headline;
    char text[512];
    struct coop_phrase words = {text, sizeof text, 0};
    while (first < headline + headlines && first->measure == NULL)
        first++;
    if (first == headline + headlines)
        return;
    coop_phrase_add(&words, "Means of the last %lld weeks", coop_section_final_weeks(report));
    if (report->reader->done == report->reader->runs)
        say_points(report, &first->final[0], &words);
    else
        say_points_of_rows(report, first, &words);
    if (has_interval(headline, headlines) && first->final[0].runs > 1) {
        coop_phrase_add(&words, "; ± is half of the 95 %% interval over the ");
        count_replicates(first, &words);
        coop_phrase_add(&words, " replicates%s",
                        first->grouping.by_point || report->design->points == 1
                            ? " of each row"
                            : " that have all points, each averaged over the points first");
    } else if (has_interval(headline, headlines))
        coop_phrase_add(&words, "; ± is half of the 95 %% interval, 1.96 standard errors over "
                                "organisations");
    coop_section_paragraph(sink, "note", "%s.", text);
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
        say_how(report, sink, headline, count);
    }
    for (size_t h = 0; h < HEADLINES_MAX; h++)
        free(headline[h].final);
    return status;
}
