/* coopsim - GPL-3.0-or-later
 *
 * Lines with bands, each named at its end; clouds of dots; points with whiskers. */
#include "sim/report/frame.h"

#include <math.h>

static const double left = 62, top = 44, right_least = 24, label_gap = 10, pitch = 21;
enum { MARKERS = 6, LABEL_MOST = 30 };

struct span {
    double low, high;
};

static void include(struct span *span, double value)
{
    if (!isfinite(value))
        return;
    span->low = !(span->low < value) ? value : span->low;
    span->high = !(span->high > value) ? value : span->high;
}

static struct span x_span(const struct coop_lines *chart)
{
    struct span span = {NAN, NAN};
    for (size_t l = 0; l < chart->lines; l++)
        for (size_t i = 0; i < chart->line[l].points; i++)
            include(&span, chart->line[l].x[i]);
    return span;
}

static struct span y_span(const struct coop_lines *chart)
{
    struct span span = {NAN, NAN};
    for (size_t l = 0; l < chart->lines; l++) {
        const struct coop_line *line = &chart->line[l];
        for (size_t i = 0; i < line->points; i++) {
            include(&span, line->y[i]);
            if (line->low != NULL)
                include(&span, line->low[i]);
            if (line->high != NULL)
                include(&span, line->high[i]);
        }
    }
    if (chart->from_zero)
        include(&span, 0);
    if (!isnan(chart->y_min) && span.low < chart->y_min)
        span.low = chart->y_min;
    if (!isnan(chart->y_max) && span.high > chart->y_max)
        span.high = chart->y_max;
    return span;
}

/* Room for the longest label at the right. */
static double label_room(const struct coop_lines *chart)
{
    double room = 0;
    for (size_t l = 0; l < chart->lines; l++) {
        const double width = coop_svg_text_width(chart->line[l].label, COOP_SVG_TEXT);
        room = width > room ? width : room;
    }
    const double most = LABEL_MOST * COOP_SVG_TEXT * .57;
    room = room > most ? most : room;
    return room > 0 ? room + COOP_STYLE_SAMPLE + 2 * label_gap : right_least;
}

static size_t labels_of(const struct coop_lines *chart)
{
    size_t labels = 0;
    for (size_t l = 0; l < chart->lines; l++)
        labels += chart->line[l].label[0] != '\0';
    return labels;
}

static struct coop_frame frame_of(const struct coop_lines *chart)
{
    const struct span x = x_span(chart), y = y_span(chart);
    const double needed = pitch * (double)labels_of(chart) + 10;
    struct coop_frame frame = {.left = left,
                               .top = top,
                               .width = COOP_SVG_WIDTH - left - label_room(chart),
                               .height = needed > 330 ? needed : 330,
                               .x = {x.low, x.high, chart->x_log && x.low > 0},
                               .y = coop_scale_round(y.low, y.high, false, 5),
                               .x_whole = chart->x_whole};
    if (!(x.low < x.high))
        frame.x = chart->x_whole ? (struct coop_scale){x.low - 1, x.high + 1, false}
                                 : coop_scale_round(x.low, x.high, chart->x_log, 5);
    return frame;
}

static void draw_band(FILE *out, const struct coop_frame *frame, const struct coop_line *line)
{
    if (line->low == NULL || line->high == NULL || line->whiskers || line->dots)
        return;
    fputs("<path class=\"band\" d=\"", out);
    coop_frame_band(out, frame, line);
    fprintf(out, "\" fill=\"%s\" fill-opacity=\"%s\"/>\n", coop_style_of(line->style).colour,
            line->style < 0 ? ".12" : ".16");
}

static void draw_whiskers(FILE *out, const struct coop_frame *frame, const struct coop_line *line)
{
    const struct coop_stroke stroke = {coop_style_of(line->style).colour, 2, NULL};
    for (size_t i = 0; line->whiskers && i < line->points; i++)
        if (isfinite(line->low[i]) && isfinite(line->high[i])) {
            const double x = coop_frame_x(frame, line->x[i]);
            coop_svg_line(out, x, coop_frame_y(frame, line->low[i]), x,
                          coop_frame_y(frame, line->high[i]), stroke);
        }
}

/* At every point, or at a few that are not those of the other lines. */
static void draw_markers(FILE *out, const struct coop_frame *frame, const struct coop_line *line,
                         size_t number, size_t lines)
{
    const struct coop_style style = coop_style_of(line->style);
    const bool all = line->markers || line->dots || line->points <= 2 * MARKERS;
    const size_t every = all ? 1 : line->points / MARKERS + 1;
    const size_t first = all || lines == 0 ? 0 : every * (2 * number + 1) / (2 * lines);
    for (size_t i = first; i < line->points; i += every)
        if (isfinite(line->x[i]) && isfinite(line->y[i]))
            coop_style_marker(out, style, coop_frame_x(frame, line->x[i]),
                              coop_frame_y(frame, line->y[i]), line->dots ? 2.2 : 4.5);
}

static void draw_line(FILE *out, const struct coop_frame *frame, const struct coop_line *line)
{
    const struct coop_style style = coop_style_of(line->style);
    if (line->dots)
        return;
    fputs("<path class=\"line\" d=\"", out);
    coop_frame_path(out, frame, line->x, line->y, line->points);
    fprintf(out, "\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-linejoin=\"round\"",
            style.colour, line->style < 0 ? "1.8" : "2.6");
    if (style.dash != NULL)
        fprintf(out, " stroke-dasharray=\"%s\"", style.dash);
    fputs("/>\n", out);
}

/* Where the line ends; the middle of the field if it has no value. */
static double end_of(const struct coop_frame *frame, const struct coop_line *line)
{
    for (size_t i = line->points; i > 0; i--)
        if (isfinite(line->y[i - 1]))
            return coop_frame_y(frame, line->y[i - 1]);
    return frame->top + frame->height / 2;
}

/* The labels that are shown, shortened, and the lines that they name. */
struct names {
    const char *whole[COOP_SERIES_MAX];
    char text[COOP_SERIES_MAX][COOP_LABEL_SIZE];
    size_t of[COOP_SERIES_MAX], count;
    bool suffice; /* without a key */
};

static void find_names(const struct coop_lines *chart, struct names *ret)
{
    ret->count = 0;
    for (size_t l = 0; l < chart->lines && ret->count < COOP_SERIES_MAX; l++)
        if (chart->line[l].label[0] != '\0') {
            ret->of[ret->count] = l;
            ret->whole[ret->count++] = chart->line[l].label;
        }
    const double room = label_room(chart) - label_gap - COOP_STYLE_SAMPLE - 6;
    ret->suffice = coop_labels_fit(ret->whole, ret->count, room, ret->text);
}

static void draw_label(FILE *out, const struct coop_frame *frame, const struct coop_line *line,
                       double y, const char *text)
{
    const double x = frame->left + frame->width + label_gap + COOP_STYLE_SAMPLE;
    if (line->dots)
        coop_style_marker(out, coop_style_of(line->style), x - COOP_STYLE_SAMPLE / 2, y, 4.5);
    else
        coop_style_sample(out, coop_style_of(line->style), x, y);
    coop_svg_text(out, (struct coop_svg_text){.x = x + 7, .y = y + 5.5}, text);
}

static void draw_labels(FILE *out, const struct coop_frame *frame, const struct coop_lines *chart,
                        const struct names *names)
{
    double y[COOP_SERIES_MAX];
    for (size_t i = 0; i < names->count; i++)
        y[i] = end_of(frame, &chart->line[names->of[i]]);
    coop_labels_spread(y, names->count, pitch, frame->top + 8, frame->top + frame->height - 6);
    for (size_t i = 0; i < names->count; i++)
        draw_label(out, frame, &chart->line[names->of[i]], y[i], names->text[i]);
}

static double key_height(const struct names *names)
{
    return names->suffice ? 0 : pitch * (double)names->count + 8;
}

/* Below the chart, in full. */
static void draw_key(FILE *out, const struct names *names, double y)
{
    for (size_t i = 0; !names->suffice && i < names->count; i++) {
        char text[COOP_LABEL_SIZE], fitted[COOP_LABEL_SIZE];
        snprintf(text, sizeof text, "%zu  %.*s", i + 1, COOP_LABEL_SIZE - 24, names->whole[i]);
        coop_svg_fit(text, COOP_SVG_WIDTH - 12, COOP_SVG_SMALL, fitted, sizeof fitted);
        coop_svg_text(
            out, (struct coop_svg_text){.x = 4, .y = y + pitch * (double)i, .size = COOP_SVG_SMALL},
            fitted);
    }
}

static void draw_marks(FILE *out, const struct coop_frame *frame, const struct coop_lines *chart)
{
    for (size_t i = 0; i < chart->marks; i++) {
        const double x = coop_frame_x(frame, chart->mark[i].x);
        coop_svg_line(out, x, frame->top, x, frame->top + frame->height,
                      (struct coop_stroke){COOP_GREY, 1.2, "2 4"});
        coop_svg_text(out,
                      (struct coop_svg_text){.x = x + 5,
                                             .y = frame->top + 14 + 17 * (double)(i % 4),
                                             .size = COOP_SVG_SMALL,
                                             .colour = COOP_GREY,
                                             .halo = true},
                      chart->mark[i].label);
    }
}

void coop_chart_lines(FILE *out, const struct coop_lines *chart)
{
    const struct coop_frame frame = frame_of(chart);
    struct names names;
    size_t coloured = 0, number = 0;
    find_names(chart, &names);
    for (size_t l = 0; l < chart->lines; l++)
        coloured += chart->line[l].style >= 0;
    coop_svg_begin(out, &chart->head, frame.top + frame.height + 56 + key_height(&names));
    coop_frame_draw(out, &frame, chart->x_label, chart->y_label);
    draw_marks(out, &frame, chart);
    for (size_t l = 0; l < chart->lines; l++)
        draw_band(out, &frame, &chart->line[l]);
    /* What others are compared with lies below them. */
    for (int twins = 1; twins >= 0; twins--)
        for (size_t l = 0; l < chart->lines; l++) {
            const struct coop_line *line = &chart->line[l];
            if ((line->style < 0) != (twins == 1))
                continue;
            draw_line(out, &frame, line);
            draw_whiskers(out, &frame, line);
            draw_markers(out, &frame, line, twins ? 0 : number++, coloured);
        }
    draw_labels(out, &frame, chart, &names);
    draw_key(out, &names, frame.top + frame.height + 70);
    coop_svg_end(out);
}
