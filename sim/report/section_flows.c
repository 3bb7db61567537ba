/* coopsim - GPL-3.0-or-later
 *
 * Flows between groups over a year: a panel for each case, and for the first case's twins. */
#include "sim/report/bands.h"
#include "sim/report/chart.h"
#include "sim/report/figure.h"
#include "sim/report/sections.h"
#include "sim/report/phrase.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const columns[] = {"case", "from", "to", "share_of_all"};
enum { PANELS_MAX = 10, TITLE = 128 };

struct flows {
    const struct coop_report *report;
    const struct coop_picture *picture;
    size_t groups; /* that have names */
    const char *from[COOP_FLOW_GROUPS_MAX], *to[COOP_FLOW_GROUPS_MAX];
    struct coop_flow_panel panel[PANELS_MAX];
    size_t panels, entry[PANELS_MAX];
};

/* Cases, and the twins of the first. */
static void choose(struct flows *flows)
{
    const struct coop_design *design = flows->report->design;
    const size_t step = 1 + design->twins;
    for (size_t e = 0; e < design->entries && flows->panels < PANELS_MAX; e++)
        if (e < step || e % step == 0)
            flows->entry[flows->panels++] = e;
}

static bool name_groups(struct flows *flows)
{
    const struct coop_picture *picture = flows->picture;
    for (; flows->groups < COOP_PICTURE_GROUPS_MAX && picture->group[flows->groups] != NULL;
         flows->groups++)
        flows->from[flows->groups] = flows->to[flows->groups] = picture->group[flows->groups];
    flows->from[flows->groups] = "new";
    flows->to[flows->groups] = "left";
    return flows->groups >= 2;
}

/* Groups are as large as they were, so whoever did not come from one of them is new. */
static void add_newcomers(struct coop_flow_panel *panel, size_t groups)
{
    for (size_t to = 0; to < groups; to++) {
        double size = 0, came = 0;
        for (size_t other = 0; other <= groups; other++)
            size += panel->flow[to][other];
        for (size_t from = 0; from < groups; from++)
            came += panel->flow[from][to];
        panel->flow[groups][to] = fmax(0, size - came);
    }
}

static enum coop_status read(struct flows *flows, bool *ret_any)
{
    const struct coop_grouping grouping = coop_grouping_joined(flows->report);
    struct coop_final *final = calloc(grouping.groups + 1, sizeof *final);
    enum coop_status status =
        final != NULL ? COOP_OK : COOP_FAIL(COOP_MEMORY, "out of memory for flows");
    const size_t wide = flows->groups + 1;
    for (size_t m = 0; status == COOP_OK && m < flows->groups * wide; m++) {
        size_t measure;
        if (!coop_section_measure(flows->report, flows->picture->measure[m], &measure))
            continue;
        status = coop_finals_read(flows->report, measure, &grouping, final);
        for (size_t p = 0; p < flows->panels; p++) {
            const double share = final[flows->entry[p]].mean;
            *ret_any = *ret_any || isfinite(share);
            flows->panel[p].flow[m / wide][m % wide] = isfinite(share) ? share : 0;
        }
    }
    for (size_t p = 0; p < flows->panels; p++)
        add_newcomers(&flows->panel[p], flows->groups);
    free(final);
    return status;
}

static void fill_table(const struct flows *flows, struct coop_sheet *table)
{
    for (size_t p = 0; p < flows->panels; p++)
        for (size_t from = 0; from <= flows->groups; from++)
            for (size_t to = 0; to <= flows->groups; to++) {
                if (from == flows->groups && to == flows->groups)
                    continue;
                coop_sheet_text(table, flows->report->design->name[flows->entry[p]]);
                coop_sheet_text(table, flows->from[from]);
                coop_sheet_text(table, flows->to[to]);
                coop_sheet_number(table, flows->panel[p].flow[from][to]);
            }
}

static void write_words(const struct flows *flows, struct coop_drawing *drawing)
{
    struct coop_phrase words = {drawing->caption, sizeof drawing->caption, 0};
    snprintf(drawing->title, sizeof drawing->title, "%s", flows->picture->title);
    coop_phrase_add(&words,
                    "%s Means over the last year. Ribbons are as thick as the share of all people "
                    "that went that way.",
                    flows->picture->caption);
    for (size_t p = 0; p < flows->panels; p++) {
        double size = 0;
        for (size_t to = 0; to <= flows->groups; to++)
            size += flows->panel[p].flow[0][to];
        if (size > 0)
            coop_phrase_add(&words, " In %s %.0f %% of the %s are still there.",
                            flows->panel[p].title, 100 * flows->panel[p].flow[0][0] / size,
                            flows->picture->group[0]);
    }
}

static enum coop_status draw(struct flows *flows, const struct coop_report_sink *sink)
{
    struct coop_drawing drawing;
    enum coop_status status = coop_drawing_begin(&drawing, "flows", flows->picture->measure[0],
                                                 columns, sizeof columns / sizeof *columns);
    if (status == COOP_OK) {
        write_words(flows, &drawing);
        fill_table(flows, &drawing.table);
        coop_chart_flows(drawing.svg, &(struct coop_flows){.head = coop_drawing_head(&drawing),
                                                           .before = flows->picture->before,
                                                           .after = flows->picture->after,
                                                           .from = flows->from,
                                                           .to = flows->to,
                                                           .from_groups = flows->groups + 1,
                                                           .to_groups = flows->groups + 1,
                                                           .panel = flows->panel,
                                                           .panels = flows->panels});
    }
    return coop_drawing_end(&drawing, sink, status);
}

enum coop_status coop_section_flows(const struct coop_report *report,
                                    const struct coop_report_sink *sink)
{
    const struct coop_picture *picture;
    size_t at = 0;
    while ((picture = coop_section_picture(report, COOP_PICTURE_FLOWS, &at)) != NULL) {
        struct flows flows = {.report = report, .picture = picture};
        bool any = false;
        if (!name_groups(&flows))
            continue;
        choose(&flows);
        for (size_t p = 0; p < flows.panels; p++)
            flows.panel[p].title = report->design->name[flows.entry[p]];
        COOP_TRY(read(&flows, &any));
        if (any)
            COOP_TRY(draw(&flows, sink));
        else
            coop_section_paragraph(sink, "missing",
                                   "Who moved where was not recorded: that needs run.weeks of at "
                                   "least 52, a record.every that divides 52, and organisations of "
                                   "5 or more.");
    }
    return COOP_OK;
}
