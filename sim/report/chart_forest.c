/* coopsim - GPL-3.0-or-later
 *
 * A forest plot: effects with their intervals, those of one unit over one axis. */
#include "sim/report/frame.h"
#include "sim/report/markup.h"

#include <math.h>
#include <string.h>

static const double name_most = 330, row_height = 46, panel_foot = 56;
enum { NAME_SIZE = 160 };

static bool same_panel(const struct coop_effect *a, const struct coop_effect *b)
{
    return strcmp(a->unit, b->unit) == 0;
}

static bool is_first(const struct coop_forest *chart, size_t number)
{
    for (size_t i = 0; i < number; i++)
        if (same_panel(&chart->effect[i], &chart->effect[number]))
            return false;
    return true;
}

static size_t rows_of(const struct coop_forest *chart, const struct coop_effect *like)
{
    size_t rows = 0;
    for (size_t i = 0; i < chart->effects; i++)
        rows += same_panel(&chart->effect[i], like);
    return rows;
}

/* Room for the longest name and verdict. */
static double name_width(const struct coop_forest *chart)
{
    double width = 120;
    for (size_t i = 0; i < chart->effects; i++) {
        width = fmax(width, coop_svg_text_width(chart->effect[i].label, COOP_SVG_TEXT) * 1.06);
        width = fmax(width, coop_svg_text_width(chart->effect[i].detail, 13));
    }
    return fmin(width + 24, name_most);
}

static double verdict_width(const struct coop_forest *chart)
{
    double width = 40;
    for (size_t i = 0; i < chart->effects; i++)
        width = fmax(width, coop_svg_text_width(chart->effect[i].verdict, COOP_SVG_TEXT));
    return width + 26;
}

/* Holds the intervals, the origin and the margins. */
static struct coop_scale scale_of(const struct coop_forest *chart, const struct coop_effect *like)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < chart->effects; i++) {
        const struct coop_effect *effect = &chart->effect[i];
        if (!same_panel(effect, like))
            continue;
        const double margin = isfinite(effect->margin) ? fabs(effect->margin) : 0;
        const double all[] = {effect->value, effect->low, effect->high, effect->origin - margin,
                              effect->origin + margin};
        for (size_t k = 0; k < sizeof all / sizeof *all; k++)
            if (isfinite(all[k])) {
                low = fmin(low, all[k]);
                high = fmax(high, all[k]);
            }
    }
    return coop_scale_round(low, high, false, 5);
}

static void draw_interval(FILE *out, const struct coop_frame *frame,
                          const struct coop_effect *effect, double y)
{
    const struct coop_style style = coop_style_of(effect->style);
    if (isfinite(effect->low) && isfinite(effect->high))
        coop_svg_line(out, coop_frame_x(frame, effect->low), y, coop_frame_x(frame, effect->high),
                      y, (struct coop_stroke){style.colour, 3, NULL});
    if (isfinite(effect->value))
        coop_style_marker(out, style, coop_frame_x(frame, effect->value), y, 6.5);
}

static void draw_margin(FILE *out, const struct coop_frame *frame, const struct coop_effect *effect,
                        double y)
{
    const double from = coop_frame_x(frame, effect->origin - effect->margin);
    const double to = coop_frame_x(frame, effect->origin + effect->margin);
    if (isfinite(effect->margin) && effect->margin > 0)
        coop_svg_box(out, from, y - row_height / 2 + 2, to - from, row_height - 4, "#bdbdbd", .45);
}

static void draw_origin(FILE *out, const struct coop_frame *frame, double origin, double y)
{
    const double x = coop_frame_x(frame, origin);
    coop_svg_line(out, x, y - row_height / 2, x, y + row_height / 2,
                  (struct coop_stroke){COOP_GREY, 1.8, NULL});
}

static void draw_words(FILE *out, const struct coop_frame *frame, const struct coop_effect *effect,
                       double y)
{
    char text[NAME_SIZE];
    const bool detailed = effect->detail[0] != '\0';
    coop_svg_fit(effect->label, (frame->left - 14) / 1.06, COOP_SVG_TEXT, text, sizeof text);
    coop_svg_text(out, (struct coop_svg_text){.x = 4, .y = y + (detailed ? -3 : 5), .bold = true},
                  text);
    coop_svg_fit(effect->detail, frame->left - 10, 13, text, sizeof text);
    coop_svg_text(out, (struct coop_svg_text){.x = 4, .y = y + 15, .size = 13, .colour = COOP_GREY},
                  text);
    coop_svg_text(out, (struct coop_svg_text){.x = frame->left + frame->width + 18, .y = y + 5},
                  effect->verdict);
}

/* Returns where the panel ends. */
static double draw_panel(FILE *out, const struct coop_forest *chart, size_t first, double y)
{
    const struct coop_effect *like = &chart->effect[first];
    const double left = name_width(chart);
    struct coop_frame frame = {.left = left,
                               .top = y,
                               .width = COOP_SVG_WIDTH - left - verdict_width(chart),
                               .height = row_height * (double)rows_of(chart, like),
                               .x = scale_of(chart, like),
                               .y = {0, 1, false}};
    coop_frame_draw_x(out, &frame, like->unit);
    for (size_t i = first, row = 0; i < chart->effects; i++) {
        if (!same_panel(&chart->effect[i], like))
            continue;
        const double middle = y + row_height * ((double)row++ + .5);
        draw_margin(out, &frame, &chart->effect[i], middle);
        draw_origin(out, &frame, chart->effect[i].origin, middle);
        draw_interval(out, &frame, &chart->effect[i], middle);
        draw_words(out, &frame, &chart->effect[i], middle);
    }
    return y + frame.height + panel_foot;
}

static double height_of(const struct coop_forest *chart)
{
    double height = 12 + row_height * (double)chart->effects;
    for (size_t i = 0; i < chart->effects; i++)
        height += is_first(chart, i) ? panel_foot : 0;
    return height;
}

void coop_chart_forest(FILE *out, const struct coop_forest *chart)
{
    double y = 8;
    coop_svg_begin(out, &chart->head, height_of(chart));
    for (size_t i = 0; i < chart->effects; i++)
        if (is_first(chart, i))
            y = draw_panel(out, chart, i, y);
    coop_svg_end(out);
}
