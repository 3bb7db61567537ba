/* coopsim - GPL-3.0-or-later */
#include "sim/report/frame.h"

#include <math.h>

enum { X_TICKS = 10, Y_TICKS = 5 };

double coop_frame_x(const struct coop_frame *frame, double x)
{
    return frame->left + frame->width * coop_scale_place(frame->x, x);
}

/* What is beyond the axis is drawn at its end. */
double coop_frame_y(const struct coop_frame *frame, double y)
{
    double place = coop_scale_place(frame->y, y);
    place = place < 0 ? 0 : place > 1 ? 1 : place;
    return frame->top + frame->height * (1 - place);
}

static void draw_y(FILE *out, const struct coop_frame *frame)
{
    const struct coop_ticks ticks = coop_ticks_of(frame->y, Y_TICKS);
    for (size_t i = 0; i < ticks.count; i++) {
        char text[COOP_TICK_TEXT];
        const double y = coop_frame_y(frame, ticks.value[i]);
        coop_tick_text(&ticks, ticks.value[i], text);
        coop_svg_line(out, frame->left, y, frame->left + frame->width, y,
                      (struct coop_stroke){COOP_RULE, 1, NULL});
        coop_svg_text(out,
                      (struct coop_svg_text){.x = frame->left - 8,
                                             .y = y + 5,
                                             .size = COOP_SVG_SMALL,
                                             .anchor = COOP_ANCHOR_END,
                                             .colour = COOP_GREY},
                      text);
    }
}

static void draw_x_tick(FILE *out, const struct coop_frame *frame, double x, const char *text)
{
    const double bottom = frame->top + frame->height;
    coop_svg_line(out, x, bottom, x, bottom + 5, (struct coop_stroke){COOP_GREY, 1, NULL});
    coop_svg_text(out,
                  (struct coop_svg_text){.x = x,
                                         .y = bottom + 21,
                                         .size = COOP_SVG_SMALL,
                                         .anchor = COOP_ANCHOR_MIDDLE,
                                         .colour = COOP_GREY},
                  text);
}

static void draw_x(FILE *out, const struct coop_frame *frame, const char *label, bool rules)
{
    struct coop_ticks ticks = coop_ticks_of(frame->x, frame->width < 500 ? X_TICKS / 2 : X_TICKS);
    const double bottom = frame->top + frame->height;
    ticks.decimals = frame->x_whole ? 0 : ticks.decimals;
    for (size_t i = 0; i < ticks.count; i++) {
        char text[COOP_TICK_TEXT];
        const double x = coop_frame_x(frame, ticks.value[i]);
        if (frame->x_whole && fabs(ticks.value[i] - floor(ticks.value[i] + .5)) > 1e-9)
            continue;
        coop_tick_text(&ticks, ticks.value[i], text);
        if (rules)
            coop_svg_line(out, x, frame->top, x, bottom, (struct coop_stroke){COOP_RULE, 1, NULL});
        draw_x_tick(out, frame, x, text);
    }
    coop_svg_text(out,
                  (struct coop_svg_text){.x = frame->left + frame->width / 2,
                                         .y = bottom + 44,
                                         .anchor = COOP_ANCHOR_MIDDLE},
                  label);
}

void coop_frame_draw_x(FILE *out, const struct coop_frame *frame, const char *x_label)
{
    draw_x(out, frame, x_label, true);
}

void coop_frame_draw(FILE *out, const struct coop_frame *frame, const char *x_label,
                     const char *y_label)
{
    const double bottom = frame->top + frame->height;
    draw_y(out, frame);
    coop_svg_line(out, frame->left, bottom, frame->left + frame->width, bottom,
                  (struct coop_stroke){COOP_GREY, 1.5, NULL});
    draw_x(out, frame, x_label, false);
    char fitted[256];
    coop_svg_fit(y_label, COOP_SVG_WIDTH - 10, COOP_SVG_TEXT, fitted, sizeof fitted);
    coop_svg_text(out, (struct coop_svg_text){.x = 4, .y = frame->top - 14}, fitted);
}

/* Labels are in few places, so going over them until none moves is quick enough. */
void coop_labels_spread(double *y, size_t count, double distance, double low, double high)
{
    size_t order[COOP_SERIES_MAX];
    if (count > COOP_SERIES_MAX)
        count = COOP_SERIES_MAX;
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        for (; at > 0 && y[order[at - 1]] > y[i]; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    for (int round = 0; round < 200; round++) {
        for (size_t i = 1; i < count; i++) {
            const double lack = distance - (y[order[i]] - y[order[i - 1]]);
            if (lack > 0) {
                y[order[i - 1]] -= lack / 2;
                y[order[i]] += lack / 2;
            }
        }
        for (size_t i = 0; i < count; i++)
            y[i] = fmin(fmax(y[i], low), high);
    }
    /* What has no room is set below the one before it. */
    for (size_t i = 1; i < count; i++)
        if (y[order[i]] - y[order[i - 1]] < distance - .5)
            y[order[i]] = y[order[i - 1]] + distance;
}

void coop_frame_path(FILE *out, const struct coop_frame *frame, const double *x, const double *y,
                     size_t points)
{
    bool open = false;
    for (size_t i = 0; i < points; i++) {
        if (!isfinite(x[i]) || !isfinite(y[i])) {
            open = false;
            continue;
        }
        fprintf(out, "%c%.1f %.1f", open ? 'L' : 'M', coop_frame_x(frame, x[i]),
                coop_frame_y(frame, y[i]));
        open = true;
    }
}

static bool has_band(const struct coop_line *line, size_t i)
{
    return isfinite(line->x[i]) && isfinite(line->low[i]) && isfinite(line->high[i]);
}

void coop_frame_band(FILE *out, const struct coop_frame *frame, const struct coop_line *line)
{
    for (size_t begin = 0; begin < line->points;) {
        size_t end = begin;
        while (end < line->points && has_band(line, end))
            end++;
        for (size_t i = begin; i < end; i++)
            fprintf(out, "%c%.1f %.1f", i == begin ? 'M' : 'L', coop_frame_x(frame, line->x[i]),
                    coop_frame_y(frame, line->high[i]));
        for (size_t i = end; i > begin; i--)
            fprintf(out, "L%.1f %.1f", coop_frame_x(frame, line->x[i - 1]),
                    coop_frame_y(frame, line->low[i - 1]));
        if (end > begin)
            fputc('Z', out);
        begin = end + 1;
    }
}
