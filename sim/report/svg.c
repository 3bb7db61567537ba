/* coopsim - GPL-3.0-or-later */
#include "sim/report/svg.h"

#include "sim/report/markup.h"

#include <string.h>

/* Wide enough for the letters of the fonts below. */
static const double letter_width = .57;
static const char fonts[] = "Lato,'Helvetica Neue',Helvetica,Arial,'Liberation Sans',sans-serif";

void coop_svg_begin(FILE *out, const struct coop_svg_head *head, double height)
{
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" "
            "height=\"%.0f\" role=\"img\" aria-labelledby=\"%s-title %s-desc\" "
            "font-family=\"%s\" font-size=\"%.0f\" fill=\"" COOP_INK "\">\n<title id=\"%s-title\">",
            COOP_SVG_WIDTH, height, COOP_SVG_WIDTH, height, head->id, head->id, fonts,
            COOP_SVG_TEXT, head->id);
    coop_markup_text(out, head->title);
    fprintf(out, "</title>\n<desc id=\"%s-desc\">", head->id);
    coop_markup_text(out, head->description);
    fprintf(out, "</desc>\n<rect width=\"%.0f\" height=\"%.0f\" fill=\"#ffffff\"/>\n",
            COOP_SVG_WIDTH, height);
}

void coop_svg_end(FILE *out)
{
    fputs("</svg>\n", out);
}

void coop_svg_text(FILE *out, struct coop_svg_text place, const char *text)
{
    static const char *const anchor[] = {"", " text-anchor=\"middle\"", " text-anchor=\"end\""};
    fprintf(out, "<text x=\"%.1f\" y=\"%.1f\"%s", place.x, place.y, anchor[place.anchor]);
    if (place.size > 0)
        fprintf(out, " font-size=\"%.4g\"", place.size);
    if (place.colour != NULL)
        fprintf(out, " fill=\"%s\"", place.colour);
    if (place.bold)
        fputs(" font-weight=\"bold\"", out);
    if (place.halo)
        fprintf(out,
                " stroke=\"%s\" stroke-width=\"4\" stroke-linejoin=\"round\" "
                "paint-order=\"stroke\"",
                place.halo_colour != NULL ? place.halo_colour : "#ffffff");
    fputc('>', out);
    coop_markup_text(out, text);
    fputs("</text>\n", out);
}

double coop_svg_text_width(const char *text, double size)
{
    return letter_width * size * (double)coop_markup_length(text);
}

void coop_svg_fit(const char *text, double width, double letters, char *ret, size_t size)
{
    const size_t most = (size_t)(width / (letter_width * letters));
    size_t used = 0, length = 0;
    if (coop_markup_length(text) <= most && strlen(text) < size) {
        snprintf(ret, size, "%s", text);
        return;
    }
    /* Whole characters only: the bytes that follow a first one go with it. */
    while (text[used] != '\0' && used + 8 < size) {
        const bool starts = ((unsigned char)text[used] & 0xC0) != 0x80;
        if (starts && ++length >= most)
            break;
        used++;
    }
    snprintf(ret, size, "%.*s…", (int)used, text);
}

void coop_svg_line(FILE *out, double x1, double y1, double x2, double y2, struct coop_stroke stroke)
{
    fprintf(out,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" "
            "stroke-width=\"%.4g\"",
            x1, y1, x2, y2, stroke.colour, stroke.width);
    if (stroke.dash != NULL)
        fprintf(out, " stroke-dasharray=\"%s\"", stroke.dash);
    fputs("/>\n", out);
}

void coop_svg_box(FILE *out, double x, double y, double width, double height, const char *colour,
                  double opacity)
{
    fprintf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"", x, y,
            width > 0 ? width : 0, height > 0 ? height : 0, colour);
    if (opacity < 1)
        fprintf(out, " fill-opacity=\"%.4g\"", opacity);
    fputs("/>\n", out);
}
