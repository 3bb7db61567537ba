/* coopsim - GPL-3.0-or-later
 *
 * Bars with intervals, lying, so that names have room. */
#include "sim/report/frame.h"
#include "sim/report/markup.h"

#include <math.h>

static const double row_gap = 12, legend_height = 30, value_room = 70;
enum { NAME_MOST = 34, NAME_SIZE = 160 };

static double name_room(const struct coop_bars *chart)
{
    double room = 40;
    const double most = NAME_MOST * COOP_SVG_TEXT * .57;
    for (size_t r = 0; r < chart->rows; r++) {
        const double width = coop_svg_text_width(chart->row[r], COOP_SVG_TEXT) + 14;
        room = width > room ? width : room;
    }
    return room < most ? room : most;
}

static double high_of(const struct coop_bars *chart, size_t cell)
{
    const bool whiskered = chart->high != NULL && isfinite(chart->high[cell]);
    return whiskered ? chart->high[cell] : chart->value[cell];
}

static double low_of(const struct coop_bars *chart, size_t cell)
{
    const bool whiskered = chart->low != NULL && isfinite(chart->low[cell]);
    return whiskered ? chart->low[cell] : chart->value[cell];
}

/* Bars begin at 0, so it is always there. */
static struct coop_scale scale_of(const struct coop_bars *chart)
{
    double low = 0, high = 0;
    for (size_t cell = 0; cell < chart->rows * chart->series; cell++) {
        if (!isfinite(chart->value[cell]))
            continue;
        low = fmin(low, low_of(chart, cell));
        high = fmax(high, high_of(chart, cell));
    }
    return coop_scale_round(low, high > low ? high : low + 1, false, 6);
}

static double thickness(const struct coop_bars *chart)
{
    return chart->series == 1 ? 22 : chart->series == 2 ? 16 : 12;
}

static double row_height(const struct coop_bars *chart)
{
    return thickness(chart) * (double)chart->series + row_gap;
}

static void draw_whisker(FILE *out, const struct coop_frame *frame, double low, double high,
                         double y)
{
    const struct coop_stroke stroke = {COOP_INK, 1.8, NULL};
    const double from = coop_frame_x(frame, low), to = coop_frame_x(frame, high);
    coop_svg_line(out, from, y, to, y, stroke);
    coop_svg_line(out, from, y - 4, from, y + 4, stroke);
    coop_svg_line(out, to, y - 4, to, y + 4, stroke);
}

static void draw_value(FILE *out, const struct coop_bars *chart, const struct coop_frame *frame,
                       size_t cell, double y)
{
    struct coop_number number = coop_number_show(chart->value[cell]);
    coop_svg_text(
        out,
        (struct coop_svg_text){.x = coop_frame_x(frame, fmax(0, high_of(chart, cell))) + 7,
                               .y = y + 5,
                               .size = COOP_SVG_SMALL,
                               .halo = true},
        number.text);
}

static void draw_bar(FILE *out, const struct coop_bars *chart, const struct coop_frame *frame,
                     size_t row, size_t series, double y)
{
    const size_t cell = row * chart->series + series;
    const double thick = thickness(chart);
    const bool own = chart->by_row && series == 0;
    const struct coop_style style = coop_style_of(own ? (int)row : chart->style[series]);
    if (!isfinite(chart->value[cell]))
        return;
    const double from = coop_frame_x(frame, fmin(0, chart->value[cell]));
    const double to = coop_frame_x(frame, fmax(0, chart->value[cell]));
    coop_svg_box(out, from, y, to - from, thick - 2, style.colour, series == 0 ? .85 : .5);
    if (chart->low != NULL && chart->high != NULL && isfinite(chart->low[cell]) &&
        isfinite(chart->high[cell]))
        draw_whisker(out, frame, chart->low[cell], chart->high[cell], y + thick / 2 - 1);
    draw_value(out, chart, frame, cell, y + thick / 2 - 1);
}

static void draw_row(FILE *out, const struct coop_bars *chart, const struct coop_frame *frame,
                     size_t row)
{
    char name[NAME_SIZE];
    const double top = frame->top + row_height(chart) * (double)row + row_gap / 2;
    const double middle = top + thickness(chart) * (double)chart->series / 2;
    coop_svg_fit(chart->row[row], frame->left - 12, COOP_SVG_TEXT, name, sizeof name);
    coop_svg_text(
        out,
        (struct coop_svg_text){.x = frame->left - 10, .y = middle + 4, .anchor = COOP_ANCHOR_END},
        name);
    for (size_t s = 0; s < chart->series; s++)
        draw_bar(out, chart, frame, row, s, top + thickness(chart) * (double)s);
}

static void draw_legend(FILE *out, const struct coop_bars *chart, double x)
{
    for (size_t s = 0; chart->series > 1 && s < chart->series; s++) {
        const struct coop_style style = coop_style_of(chart->style[s]);
        coop_svg_box(out, x, 10, 22, 13, chart->by_row && s == 0 ? COOP_INK : style.colour,
                     s == 0 ? .85 : .5);
        coop_svg_text(out, (struct coop_svg_text){.x = x + 29, .y = 22}, chart->series_name[s]);
        x += 29 + coop_svg_text_width(chart->series_name[s], COOP_SVG_TEXT) + 26;
    }
}

void coop_chart_bars(FILE *out, const struct coop_bars *chart)
{
    const double room = name_room(chart);
    const struct coop_frame frame = {.left = room,
                                     .top = chart->series > 1 ? legend_height + 8 : 10,
                                     .width = COOP_SVG_WIDTH - room - value_room,
                                     .height = row_height(chart) * (double)chart->rows,
                                     .x = scale_of(chart),
                                     .y = {0, 1, false}};
    const double zero = coop_frame_x(&frame, 0);
    coop_svg_begin(out, &chart->head, frame.top + frame.height + 56);
    draw_legend(out, chart, room);
    coop_frame_draw_x(out, &frame, chart->x_label);
    for (size_t r = 0; r < chart->rows; r++)
        draw_row(out, chart, &frame, r);
    coop_svg_line(out, zero, frame.top, zero, frame.top + frame.height,
                  (struct coop_stroke){COOP_GREY, 1.5, NULL});
    coop_svg_end(out);
}
