/* coopsim - GPL-3.0-or-later
 *
 * The measures over time that the model names, or if it names none those of its headline. */
#include "sim/report/sections.h"

enum coop_status coop_section_courses(const struct coop_report *report,
                                      const struct coop_report_sink *sink)
{
    size_t at = 0, drawn = 0;
    const struct coop_picture *picture;
    if (report->reader->times < 2) {
        coop_section_paragraph(sink, "missing",
                               "The result has one recorded week only, so there is nothing over "
                               "time: set run.weeks and record.every so that there are more.");
        return COOP_OK;
    }
    while ((picture = coop_section_picture(report, COOP_PICTURE_COURSE, &at)) != NULL) {
        COOP_TRY(coop_course_figure(report, sink, picture));
        COOP_TRY(coop_course_regimes(report, sink, picture));
        drawn++;
    }
    for (const struct coop_headline *headline = report->model->headline;
         drawn == 0 && headline != NULL && headline->measure != NULL; headline++) {
        const struct coop_picture own = {
            .title = headline->label, .measure = {headline->measure}, .caption = ""};
        COOP_TRY(coop_course_figure(report, sink, &own));
        COOP_TRY(coop_course_regimes(report, sink, &own));
    }
    return COOP_OK;
}
