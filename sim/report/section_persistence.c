/* coopsim - GPL-3.0-or-later
 *
 * Whether the order lasts: the measures that the model names for it, over time. */
#include "sim/report/sections.h"

enum coop_status coop_section_persistence(const struct coop_report *report,
                                          const struct coop_report_sink *sink)
{
    const struct coop_picture *picture;
    size_t at = 0;
    while ((picture = coop_section_picture(report, COOP_PICTURE_PERSISTENCE, &at)) != NULL)
        COOP_TRY(coop_course_figure(report, sink, picture));
    return COOP_OK;
}
