/* coopsim - GPL-3.0-or-later
 *
 * Inside sim/report: the sections, a file each, and what they share. */
#ifndef COOP_REPORT_SECTIONS_H
#define COOP_REPORT_SECTIONS_H

#include "sim/report/report.h"
#include "sim/sensitivity/sensitivity.h"

enum coop_status coop_section_summary(const struct coop_report *report,
                                      const struct coop_report_sink *sink);
enum coop_status coop_section_setting(const struct coop_report *report,
                                      const struct coop_report_sink *sink);
enum coop_status coop_section_courses(const struct coop_report *report,
                                      const struct coop_report_sink *sink);
enum coop_status coop_section_lorenz(const struct coop_report *report,
                                     const struct coop_report_sink *sink);
enum coop_status coop_section_flows(const struct coop_report *report,
                                    const struct coop_report_sink *sink);
enum coop_status coop_section_persistence(const struct coop_report *report,
                                          const struct coop_report_sink *sink);
enum coop_status coop_section_finals(const struct coop_report *report,
                                     const struct coop_report_sink *sink);
enum coop_status coop_section_maps(const struct coop_report *report,
                                   const struct coop_report_sink *sink);
enum coop_status coop_section_axes(const struct coop_report *report,
                                   const struct coop_report_sink *sink);
enum coop_status coop_section_expectations(const struct coop_report *report,
                                           const struct coop_report_sink *sink);
enum coop_status coop_section_hypotheses(const struct coop_report *report,
                                         const struct coop_report_sink *sink);
enum coop_status coop_section_causes(const struct coop_report *report,
                                     const struct coop_report_sink *sink);
enum coop_status coop_section_sensitivity(const struct coop_report *report,
                                          const struct coop_report_sink *sink);

/* The measure's place in the result; false if it was not recorded. */
bool coop_section_measure(const struct coop_report *report, const char *name, size_t *ret);
/* Its row in the model; NULL if it has none of that name. */
const struct coop_measure *coop_section_row(const struct coop_report *report, const char *name);
/* Whether it is one of the shares, which are said in per cent: its sentence begins so. */
bool coop_section_is_share(const struct coop_measure *measure);
/* Final values of all runs, [runs], NAN where one is missing; NULL if the measure was not recorded. To
 * be freed. */
enum coop_status coop_section_finals_of_runs(const struct coop_report *report, const char *name,
                                             double **ret);
/* The draws of all intervals, the same as those of coopsim explain and sensitivity. */
struct coop_bootstrap coop_section_bootstrap(const struct coop_report *report);
/* "10 years" */
struct coop_span {
    char text[48];
};
struct coop_span coop_section_span(double weeks);
/* Over how many weeks final values are averaged: 52, or those of a shorter run. */
long long coop_section_final_weeks(const struct coop_report *report);
/* A paragraph of text, escaped. */
void coop_section_paragraph(const struct coop_report_sink *sink, const char *class,
                            const char *format, ...) COOP_PRINTF(3, 4);

/* The pictures of the model of a kind, one after the other from *at = 0 on; NULL: no more. */
const struct coop_picture *coop_section_picture(const struct coop_report *report,
                                                enum coop_picture_kind kind, size_t *at);

/* The course over time of the picture's measure, as a figure. */
enum coop_status coop_course_figure(const struct coop_report *report,
                                    const struct coop_report_sink *sink,
                                    const struct coop_picture *picture);
/* The same of each regime of a case, if it has several. */
enum coop_status coop_course_regimes(const struct coop_report *report,
                                     const struct coop_report_sink *sink,
                                     const struct coop_picture *picture);

#endif
