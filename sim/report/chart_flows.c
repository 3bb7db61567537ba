/* coopsim - GPL-3.0-or-later
 *
 * Flows between groups: on the left who was where, on the right who is where, ribbons as thick as
 * the share of all people that went that way. Two panels stand side by side. */
#include "sim/report/frame.h"
#include "sim/report/markup.h"

#include <math.h>

static const double top = 34, bar = 18, gap = 16, scale = 250, panel_gap = 46;
enum { ACROSS = 2, NAME_SIZE = 64 };

struct side {
    double y[COOP_FLOW_GROUPS_MAX],
        size[COOP_FLOW_GROUPS_MAX]; /* shares; y in units from the top */
};
struct panel {
    const struct coop_flows *chart;
    const struct coop_flow_panel *data;
    double x, y, width; /* of the ribbons, between the bars */
    struct side from, to;
};

static double positive(double share)
{
    return isfinite(share) && share > 0 ? share : 0;
}

static void stack(struct side *side, size_t groups)
{
    double y = 0;
    for (size_t i = 0; i < groups; i++) {
        side->y[i] = y;
        y += side->size[i] * scale + gap;
    }
}

static void measure(struct panel *panel)
{
    const struct coop_flows *chart = panel->chart;
    for (size_t i = 0; i < chart->from_groups; i++)
        for (size_t j = 0; j < chart->to_groups; j++) {
            panel->from.size[i] += positive(panel->data->flow[i][j]);
            panel->to.size[j] += positive(panel->data->flow[i][j]);
        }
    stack(&panel->from, chart->from_groups);
    stack(&panel->to, chart->to_groups);
}

static double panel_height(const struct coop_flows *chart)
{
    const size_t most =
        chart->from_groups > chart->to_groups ? chart->from_groups : chart->to_groups;
    return top + 48 + scale * 1.12 + gap * (double)most;
}

static void draw_ribbon(FILE *out, const struct panel *panel, size_t i, double from, double to,
                        double thick)
{
    const double x = panel->x, end = x + panel->width, middle = x + panel->width / 2;
    fprintf(out,
            "<path class=\"flow\" d=\"M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1fL%.1f %.1fC%.1f "
            "%.1f %.1f %.1f %.1f %.1fZ\" fill=\"%s\" fill-opacity=\".45\"/>\n",
            x, from, middle, from, middle, to, end, to, end, to + thick, middle, to + thick, middle,
            from + thick, x, from + thick, coop_style_of((int)i).colour);
}

static void draw_ribbons(FILE *out, const struct panel *panel)
{
    const struct coop_flows *chart = panel->chart;
    double left_used[COOP_FLOW_GROUPS_MAX] = {0}, right_used[COOP_FLOW_GROUPS_MAX] = {0};
    for (size_t i = 0; i < chart->from_groups; i++)
        for (size_t j = 0; j < chart->to_groups; j++) {
            const double thick = scale * positive(panel->data->flow[i][j]);
            if (thick > 0)
                draw_ribbon(out, panel, i, panel->y + panel->from.y[i] + left_used[i],
                            panel->y + panel->to.y[j] + right_used[j], thick);
            left_used[i] += thick;
            right_used[j] += thick;
        }
}

/* A name and, of a group that came from one of the named, which share of it stayed. */
static void draw_side(FILE *out, const struct panel *panel, bool after)
{
    const struct coop_flows *chart = panel->chart;
    const struct side *side = after ? &panel->to : &panel->from;
    const size_t groups = after ? chart->to_groups : chart->from_groups;
    const double x = after ? panel->x + panel->width : panel->x - bar;
    for (size_t i = 0; i < groups; i++) {
        char text[NAME_SIZE];
        const double y = panel->y + side->y[i], height = scale * side->size[i];
        if (side->size[i] <= 0)
            continue;
        coop_svg_box(out, x, y, bar, height, coop_style_of((int)i).colour, 1);
        snprintf(text, sizeof text, "%s", after ? chart->to[i] : chart->from[i]);
        struct coop_svg_text place = {.x = after ? x + bar + 6 : x - 6,
                                      .y = y + height / 2 + (height > 34 ? -3 : 5),
                                      .size = COOP_SVG_SMALL,
                                      .anchor = after ? COOP_ANCHOR_START : COOP_ANCHOR_END};
        coop_svg_text(out, place, text);
        if (height <= 34)
            continue;
        place.y += 17;
        place.colour = COOP_GREY;
        coop_svg_text(out, place, coop_number_share(side->size[i], 1).text);
    }
}

/* How many of a group are still in it, written on the ribbon. */
static void draw_stays(FILE *out, const struct panel *panel)
{
    const struct coop_flows *chart = panel->chart;
    for (size_t i = 0; i < chart->from_groups && i < chart->to_groups; i++) {
        char text[NAME_SIZE];
        double before = 0, above = 0;
        const double stays = positive(panel->data->flow[i][i]);
        for (size_t j = 0; j < i; j++) {
            before += positive(panel->data->flow[i][j]);
            above += positive(panel->data->flow[j][i]);
        }
        if (scale * stays < 15)
            continue;
        const double y = panel->y + (panel->from.y[i] + panel->to.y[i]) / 2 +
                         scale * ((before + above) / 2 + stays / 2);
        snprintf(text, sizeof text, "%.0f\xC2\xA0%% stay", 100 * stays / panel->from.size[i]);
        coop_svg_text(out,
                      (struct coop_svg_text){.x = panel->x + panel->width / 2,
                                             .y = y + 5,
                                             .size = COOP_SVG_SMALL,
                                             .anchor = COOP_ANCHOR_MIDDLE,
                                             .halo = true},
                      text);
    }
}

static double name_room(const char *const *name, size_t groups)
{
    double room = 0;
    for (size_t i = 0; i < groups; i++)
        room = fmax(room, coop_svg_text_width(name[i], COOP_SVG_SMALL));
    return room + 10;
}

static void draw_panel(FILE *out, const struct coop_flows *chart, size_t number)
{
    char title[NAME_SIZE];
    const size_t across = chart->panels < ACROSS ? 1 : ACROSS;
    const double whole = (COOP_SVG_WIDTH - panel_gap * (double)(across - 1)) / (double)across;
    const double x = (double)(number % across) * (whole + panel_gap);
    const double y = (double)(number / across) * panel_height(chart);
    const double before = name_room(chart->from, chart->from_groups);
    const double after = name_room(chart->to, chart->to_groups);
    struct panel panel = {.chart = chart,
                          .data = &chart->panel[number],
                          .x = x + before + bar,
                          .y = y + top + 30,
                          .width = whole - before - after - 2 * bar};
    measure(&panel);
    coop_svg_fit(panel.data->title, whole, COOP_SVG_TEXT, title, sizeof title);
    coop_svg_text(out, (struct coop_svg_text){.x = x + 2, .y = y + 20, .bold = true}, title);
    struct coop_svg_text head = {.x = panel.x,
                                 .y = y + top + 18,
                                 .size = COOP_SVG_SMALL,
                                 .anchor = COOP_ANCHOR_END,
                                 .colour = COOP_GREY};
    coop_svg_text(out, head, chart->before);
    head.x = panel.x + panel.width;
    head.anchor = COOP_ANCHOR_START;
    coop_svg_text(out, head, chart->after);
    draw_ribbons(out, &panel);
    draw_side(out, &panel, false);
    draw_side(out, &panel, true);
    draw_stays(out, &panel);
}

void coop_chart_flows(FILE *out, const struct coop_flows *chart)
{
    const size_t rows =
        chart->panels < ACROSS ? chart->panels : (chart->panels + ACROSS - 1) / ACROSS;
    coop_svg_begin(out, &chart->head, panel_height(chart) * (double)rows + 4);
    for (size_t p = 0; p < chart->panels; p++)
        draw_panel(out, chart, p);
    coop_svg_end(out);
}
