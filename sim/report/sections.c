/* coopsim - GPL-3.0-or-later
 *
 * The sections of a report in their order; a section is one line here. */
#include "sim/report/sections.h"

#include "sim/report/markup.h"

#include "sim/engine/run.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const struct coop_section coop_sections[] = {
    {"summary", "What this says", coop_section_summary},
    {"expectations", "What was expected", coop_section_expectations},
    {"hypotheses", "What was tested", coop_section_hypotheses},
    {"courses", "How it went", coop_section_courses},
    {"lorenz", "Who holds how much", coop_section_lorenz},
    {"flows", "Who comes up, who stays up", coop_section_flows},
    {"persistence", "Does it set?", coop_section_persistence},
    {"finals", "In the last year", coop_section_finals},
    {"causes", "Which cause does it", coop_section_causes},
    {"maps", "Over two parameters", coop_section_maps},
    {"sensitivity", "On what it depends", coop_section_sensitivity},
    {"axes", "What the parameters change", coop_section_axes},
    {"setting", "What was run", coop_section_setting},
    {NULL, NULL, NULL},
};

bool coop_section_measure(const struct coop_report *report, const char *name, size_t *ret)
{
    for (size_t m = 0; m < report->reader->measures; m++)
        if (strcmp(report->reader->measure[m], name) == 0) {
            *ret = m;
            return true;
        }
    return false;
}

const struct coop_measure *coop_section_row(const struct coop_report *report, const char *name)
{
    const int number = coop_model_measure_find(report->model, name);
    return number < 0 ? NULL : coop_model_measure(report->model, (size_t)number);
}

bool coop_section_is_share(const struct coop_measure *measure)
{
    return strcmp(measure->unit, "1") == 0 && strncmp(measure->summary, "Share", 5) == 0;
}

enum coop_status coop_section_finals_of_runs(const struct coop_report *report, const char *name,
                                             double **ret)
{
    size_t measure;
    *ret = NULL;
    if (coop_section_row(report, name) == NULL || !coop_section_measure(report, name, &measure))
        return COOP_OK;
    *ret = malloc((report->reader->runs + 1) * sizeof **ret);
    if (*ret == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for %zu values", report->reader->runs);
    return coop_reader_finals(report->reader, measure, 0, report->reader->runs, *ret, NULL);
}

struct coop_bootstrap coop_section_bootstrap(const struct coop_report *report)
{
    const struct coop_settings *settings =
        coop_param_values(report->design->script[0].set, COOP_TABLE_ENGINE);
    return (struct coop_bootstrap){1000, (uint64_t)settings->seed, .95};
}

struct coop_span coop_section_span(double weeks)
{
    struct coop_span ret;
    const double years = weeks / 52;
    if (weeks >= 52)
        snprintf(ret.text, sizeof ret.text, "%.3g year%s", years, years == 1 ? "" : "s");
    else
        snprintf(ret.text, sizeof ret.text, "%.0f week%s", weeks, weeks == 1 ? "" : "s");
    return ret;
}

long long coop_section_final_weeks(const struct coop_report *report)
{
    const struct coop_settings *settings =
        coop_param_values(report->design->script[0].set, COOP_TABLE_ENGINE);
    return settings->weeks < 52 ? (long long)settings->weeks : 52;
}

void coop_section_paragraph(const struct coop_report_sink *sink, const char *class,
                            const char *format, ...)
{
    char text[4096];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    fprintf(sink->out, class != NULL ? "<p class=\"%s\">" : "<p>", class);
    coop_markup_text(sink->out, text);
    fputs("</p>\n", sink->out);
}

const struct coop_picture *coop_section_picture(const struct coop_report *report,
                                                enum coop_picture_kind kind, size_t *at)
{
    const struct coop_picture *picture = report->model->picture;
    while (picture != NULL && picture[*at].title != NULL) {
        const struct coop_picture *found = &picture[(*at)++];
        if (found->kind == kind)
            return found;
    }
    return NULL;
}
