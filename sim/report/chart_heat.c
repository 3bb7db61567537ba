/* coopsim - GPL-3.0-or-later
 *
 * A heat map: values over two axes, and curves over it. */
#include "sim/report/colours.h"
#include "sim/report/frame.h"
#include "sim/report/markup.h"

#include <math.h>

static const double top = 44, key_width = 22, key_room = 120;
enum { NUMBERS_MOST = 12, NAME_SIZE = 80, KEY_STEPS = 48 };

struct heat {
    const struct coop_heat *chart;
    double left, width, height; /* of the field */
    double low, high;           /* ends of the colours */
};

static double cell_width(const struct heat *heat)
{
    return heat->width / (double)heat->chart->x.count;
}

static double cell_height(const struct heat *heat)
{
    return heat->height / (double)heat->chart->y.count;
}

static void find_ends(struct heat *heat)
{
    const struct coop_heat *chart = heat->chart;
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < chart->x.count * chart->y.count; i++)
        if (isfinite(chart->value[i])) {
            low = fmin(low, chart->value[i]);
            high = fmax(high, chart->value[i]);
        }
    heat->low = isnan(chart->low) ? low : chart->low;
    heat->high = isnan(chart->high) ? high : chart->high;
    if (!(heat->low < heat->high)) {
        heat->high = (isfinite(heat->low) ? heat->low : 0) + 1e-9;
        heat->low = heat->high - 1e-9;
    }
}

static struct heat lay_out(const struct coop_heat *chart)
{
    struct heat heat = {.chart = chart};
    double room = 30;
    for (size_t i = 0; i < chart->y.count; i++) {
        const double width = coop_svg_text_width(chart->y.text[i], COOP_SVG_SMALL) + 14;
        room = width > room ? width : room;
    }
    heat.left = room < 220 ? room : 220;
    heat.width = COOP_SVG_WIDTH - heat.left - key_room;
    heat.height = fmin(fmax(44 * (double)chart->y.count, 220), 440);
    find_ends(&heat);
    return heat;
}

static struct coop_colour colour_of(const struct heat *heat, double value)
{
    return coop_colour_of(isfinite(value) ? (value - heat->low) / (heat->high - heat->low) : NAN);
}

static void draw_cells(FILE *out, const struct heat *heat)
{
    const struct coop_heat *chart = heat->chart;
    const double width = cell_width(heat), height = cell_height(heat);
    for (size_t i = 0; i < chart->x.count * chart->y.count; i++)
        coop_svg_box(out, heat->left + width * (double)(i % chart->x.count),
                     top + height * (double)(chart->y.count - 1 - i / chart->x.count), width + .3,
                     height + .3, colour_of(heat, chart->value[i]).text, 1);
}

static void draw_numbers(FILE *out, const struct heat *heat)
{
    const struct coop_heat *chart = heat->chart;
    const double width = cell_width(heat), height = cell_height(heat);
    if (chart->x.count > NUMBERS_MOST || height < 16)
        return;
    for (size_t i = 0; i < chart->x.count * chart->y.count; i++) {
        const double row = (double)(chart->y.count - 1 - i / chart->x.count);
        const struct coop_colour cell = colour_of(heat, chart->value[i]);
        coop_svg_text(
            out,
            (struct coop_svg_text){.x = heat->left + width * ((double)(i % chart->x.count) + .5),
                                   .y = top + height * (row + .5) + 5,
                                   .size = width < 52 ? 12 : COOP_SVG_SMALL,
                                   .anchor = COOP_ANCHOR_MIDDLE,
                                   .colour = cell.dark ? "#ffffff" : COOP_INK,
                                   .halo = chart->curves > 0,
                                   .halo_colour = cell.dark ? COOP_INK : NULL},
            coop_number_show(chart->value[i]).text);
    }
}

/* As many names as there is room for, always the first. */
static size_t every_of(size_t count, double each, double needed)
{
    size_t every = 1;
    while (every < count && each * (double)every < needed)
        every++;
    return every;
}

static void draw_names(FILE *out, const struct heat *heat)
{
    const struct coop_heat *chart = heat->chart;
    double widest = 0;
    char name[NAME_SIZE];
    for (size_t i = 0; i < chart->x.count; i++)
        widest = fmax(widest, coop_svg_text_width(chart->x.text[i], COOP_SVG_SMALL) + 8);
    const double room = fmin(widest, 160);
    const size_t every_x = every_of(chart->x.count, cell_width(heat), room);
    const size_t every_y = every_of(chart->y.count, cell_height(heat), 18);
    for (size_t i = 0; i < chart->x.count; i += every_x) {
        coop_svg_fit(chart->x.text[i], fmax(room, cell_width(heat)), COOP_SVG_SMALL, name,
                     sizeof name);
        coop_svg_text(out,
                      (struct coop_svg_text){.x = heat->left + cell_width(heat) * ((double)i + .5),
                                             .y = top + heat->height + 20,
                                             .size = COOP_SVG_SMALL,
                                             .anchor = COOP_ANCHOR_MIDDLE,
                                             .colour = COOP_GREY},
                      name);
    }
    for (size_t i = 0; i < chart->y.count; i += every_y) {
        coop_svg_fit(chart->y.text[i], heat->left - 10, COOP_SVG_SMALL, name, sizeof name);
        coop_svg_text(out,
                      (struct coop_svg_text){.x = heat->left - 8,
                                             .y = top + heat->height -
                                                  cell_height(heat) * ((double)i + .5) + 5,
                                             .size = COOP_SVG_SMALL,
                                             .anchor = COOP_ANCHOR_END,
                                             .colour = COOP_GREY},
                      name);
    }
}

static void draw_key(FILE *out, const struct heat *heat)
{
    const double x = heat->left + heat->width + 26, height = heat->height / KEY_STEPS;
    const struct coop_scale scale = {heat->low, heat->high, false};
    const struct coop_ticks ticks = coop_ticks_of(scale, 5);
    for (int i = 0; i < KEY_STEPS; i++)
        coop_svg_box(out, x, top + height * i, key_width, height + .5,
                     coop_colour_of(1 - (i + .5) / KEY_STEPS).text, 1);
    for (size_t i = 0; i < ticks.count; i++) {
        char text[COOP_TICK_TEXT];
        const double y = top + heat->height * (1 - coop_scale_place(scale, ticks.value[i]));
        coop_tick_text(&ticks, ticks.value[i], text);
        coop_svg_line(out, x + key_width, y, x + key_width + 5, y,
                      (struct coop_stroke){COOP_GREY, 1, NULL});
        coop_svg_text(
            out,
            (struct coop_svg_text){
                .x = x + key_width + 8, .y = y + 5, .size = COOP_SVG_SMALL, .colour = COOP_GREY},
            text);
    }
}

/* The place of a number between the middles of the cells, 0 to 1; NAN beyond the axis. */
static double place_on(const struct coop_grid_axis *axis, double value)
{
    const double half = .5 / (double)axis->count;
    for (size_t i = 0; i + 1 < axis->count; i++) {
        const double from = axis->value[i], to = axis->value[i + 1];
        if (value >= from && value <= to)
            return half +
                   ((double)i + coop_scale_place((struct coop_scale){from, to, axis->log}, value)) /
                       (double)axis->count;
    }
    return NAN;
}

static void draw_curve(FILE *out, const struct heat *heat, const struct coop_curve *curve)
{
    const struct coop_frame frame = {heat->left,    top,           heat->width, heat->height,
                                     {0, 1, false}, {0, 1, false}, false};
    static const struct coop_stroke stroke[] = {{"#ffffff", 6, NULL}, {"#D55E00", 3, NULL}};
    if (heat->chart->x.value == NULL || heat->chart->y.value == NULL)
        return;
    for (size_t pass = 0; pass < 2; pass++) {
        bool open = false;
        fputs("<path class=\"curve\" d=\"", out);
        for (size_t i = 0; i < curve->points; i++) {
            const double x = place_on(&heat->chart->x, curve->x[i]);
            const double y = place_on(&heat->chart->y, curve->y[i]);
            if (isnan(x) || isnan(y)) {
                open = false;
                continue;
            }
            fprintf(out, "%c%.1f %.1f", open ? 'L' : 'M', coop_frame_x(&frame, x),
                    coop_frame_y(&frame, y));
            open = true;
        }
        fprintf(out,
                "\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.0f\" stroke-linecap=\"round\"/>\n",
                stroke[pass].colour, stroke[pass].width);
    }
}

static void draw_curve_names(FILE *out, const struct heat *heat)
{
    const struct coop_heat *chart = heat->chart;
    for (size_t c = 0; c < chart->curves; c++) {
        const double y = top + heat->height + 72 + 22 * (double)c;
        coop_svg_line(out, heat->left, y, heat->left + 34, y,
                      (struct coop_stroke){"#D55E00", 3, NULL});
        coop_svg_text(out, (struct coop_svg_text){.x = heat->left + 42, .y = y + 5},
                      chart->curve[c].label);
    }
}

void coop_chart_heat(FILE *out, const struct coop_heat *chart)
{
    const struct heat heat = lay_out(chart);
    coop_svg_begin(out, &chart->head, top + heat.height + 60 + 22 * (double)chart->curves);
    coop_svg_text(out, (struct coop_svg_text){.x = 4, .y = top - 16}, chart->y.label);
    coop_svg_text(
        out,
        (struct coop_svg_text){.x = COOP_SVG_WIDTH - 6, .y = top - 16, .anchor = COOP_ANCHOR_END},
        chart->value_label);
    draw_cells(out, &heat);
    for (size_t c = 0; c < chart->curves; c++)
        draw_curve(out, &heat, &chart->curve[c]);
    draw_numbers(out, &heat);
    draw_names(out, &heat);
    draw_key(out, &heat);
    coop_svg_text(out,
                  (struct coop_svg_text){.x = heat.left + heat.width / 2,
                                         .y = top + heat.height + 44,
                                         .anchor = COOP_ANCHOR_MIDDLE},
                  chart->x.label);
    draw_curve_names(out, &heat);
    coop_svg_end(out);
}
