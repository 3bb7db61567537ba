/* coopsim - GPL-3.0-or-later
 *
 * Lorenz curves: a square field with the line of equality, and the names in the corner above it,
 * where no curve comes. */
#include "sim/report/frame.h"

#include <math.h>

static const double left = 62, top = 44, side = 480, pitch = 23;
enum { NAME_SIZE = 120 };

static void draw_ticks(FILE *out, const struct coop_frame *frame)
{
    for (int i = 0; i <= 5; i++) {
        char text[8];
        const double share = i / 5.0, x = coop_frame_x(frame, share),
                     y = coop_frame_y(frame, share);
        snprintf(text, sizeof text, "%d %%", 20 * i);
        coop_svg_line(out, frame->left, y, frame->left + side, y,
                      (struct coop_stroke){COOP_RULE, 1, NULL});
        coop_svg_line(out, x, frame->top, x, frame->top + side,
                      (struct coop_stroke){COOP_RULE, 1, NULL});
        struct coop_svg_text place = {.x = frame->left - 8,
                                      .y = y + 5,
                                      .size = COOP_SVG_SMALL,
                                      .anchor = COOP_ANCHOR_END,
                                      .colour = COOP_GREY};
        coop_svg_text(out, place, text);
        place.x = x;
        place.y = frame->top + side + 21;
        place.anchor = COOP_ANCHOR_MIDDLE;
        coop_svg_text(out, place, text);
    }
}

static void draw_equality(FILE *out, const struct coop_frame *frame)
{
    const double x = coop_frame_x(frame, .5), y = coop_frame_y(frame, .5);
    coop_svg_line(out, frame->left, frame->top + side, frame->left + side, frame->top,
                  (struct coop_stroke){COOP_GREY, 1.5, NULL});
    fprintf(out, "<g transform=\"rotate(-45 %.1f %.1f)\">", x, y);
    coop_svg_text(out,
                  (struct coop_svg_text){.x = x,
                                         .y = y - 9,
                                         .size = COOP_SVG_SMALL,
                                         .anchor = COOP_ANCHOR_MIDDLE,
                                         .colour = COOP_GREY},
                  "all hold the same");
    fputs("</g>\n", out);
}

static void draw_curve(FILE *out, const struct coop_frame *frame, const struct coop_line *line)
{
    const struct coop_style style = coop_style_of(line->style);
    if (line->low != NULL && line->high != NULL) {
        fputs("<path class=\"band\" d=\"", out);
        coop_frame_band(out, frame, line);
        fprintf(out, "\" fill=\"%s\" fill-opacity=\".16\"/>\n", style.colour);
    }
    fputs("<path class=\"line\" d=\"", out);
    coop_frame_path(out, frame, line->x, line->y, line->points);
    fprintf(out, "\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-linejoin=\"round\"",
            style.colour, line->style < 0 ? "1.8" : "2.6");
    if (style.dash != NULL)
        fprintf(out, " stroke-dasharray=\"%s\"", style.dash);
    fputs("/>\n", out);
    for (size_t i = 1; i + 1 < line->points; i++)
        if (isfinite(line->y[i]))
            coop_style_marker(out, style, coop_frame_x(frame, line->x[i]),
                              coop_frame_y(frame, line->y[i]), 4);
}

/* Beside the square, from its top down. */
static void draw_names(FILE *out, const struct coop_lorenz *chart)
{
    const double x = left + side + 26 + COOP_STYLE_SAMPLE;
    size_t row = 0;
    for (size_t l = 0; l < chart->lines; l++) {
        char name[NAME_SIZE];
        const double y = top + 12 + pitch * (double)row;
        if (chart->line[l].label[0] == '\0')
            continue;
        row++;
        coop_svg_fit(chart->line[l].label, COOP_SVG_WIDTH - x - 14, COOP_SVG_TEXT, name,
                     sizeof name);
        coop_style_sample(out, coop_style_of(chart->line[l].style), x, y);
        coop_svg_text(out, (struct coop_svg_text){.x = x + 8, .y = y + 5.5}, name);
    }
}

void coop_chart_lorenz(FILE *out, const struct coop_lorenz *chart)
{
    const struct coop_frame frame = {left, top, side, side, {0, 1, false}, {0, 1, false}, false};
    const double names = pitch * (double)chart->lines + 20;
    coop_svg_begin(out, &chart->head, top + fmax(side, names) + 56);
    coop_svg_text(out, (struct coop_svg_text){.x = 4, .y = top - 16}, chart->y_label);
    draw_ticks(out, &frame);
    draw_equality(out, &frame);
    for (size_t l = 0; l < chart->lines; l++)
        if (chart->line[l].style < 0)
            draw_curve(out, &frame, &chart->line[l]);
    for (size_t l = 0; l < chart->lines; l++)
        if (chart->line[l].style >= 0)
            draw_curve(out, &frame, &chart->line[l]);
    coop_svg_text(out,
                  (struct coop_svg_text){
                      .x = left + side / 2, .y = top + side + 44, .anchor = COOP_ANCHOR_MIDDLE},
                  chart->x_label);
    draw_names(out, chart);
    coop_svg_end(out);
}
