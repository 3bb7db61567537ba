/* coopsim - GPL-3.0-or-later
 *
 * The page: one file with all it needs, no script, nothing from elsewhere. */
#include "sim/report/markup.h"
#include "sim/report/page_style.h"
#include "sim/report/report.h"

#include <stdlib.h>

/* Tables that are longer are only in the export. */
enum { ROWS_SHOWN = 60 };

struct part {
    char *text;
    size_t size;
};

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the report");
}

static void print_numbers(FILE *out, const struct coop_figure *figure)
{
    if (coop_sheet_rows(figure->table) == 0)
        return;
    fputs("<details><summary>The numbers</summary>\n", out);
    if (coop_sheet_rows(figure->table) <= ROWS_SHOWN)
        coop_sheet_html(figure->table, out);
    else
        fprintf(out,
                "<p class=\"note\">%zu rows: <code>coopsim export</code> writes them to "
                "<code>%s.csv</code>, and the picture to <code>%s.svg</code>.</p>\n",
                coop_sheet_rows(figure->table), figure->id, figure->id);
    fputs("</details>\n", out);
}

static enum coop_status take_figure(const struct coop_report_sink *sink,
                                    const struct coop_figure *figure)
{
    FILE *out = sink->out;
    fprintf(out, "<figure id=\"figure-%s\">\n<h3>", figure->id);
    coop_markup_text(out, figure->title);
    fprintf(out, "</h3>\n<div class=\"picture\">%s</div>\n<figcaption>", figure->svg);
    coop_markup_text(out, figure->caption);
    fputs("</figcaption>\n", out);
    print_numbers(out, figure);
    fputs("</figure>\n", out);
    return COOP_OK;
}

static enum coop_status write_section(const struct coop_report *report,
                                      const struct coop_section *section, struct part *ret)
{
    FILE *out = open_memstream(&ret->text, &ret->size);
    if (out == NULL)
        return no_memory();
    const enum coop_status status =
        section->write(report, &(struct coop_report_sink){out, take_figure, NULL});
    return fclose(out) != 0 && status == COOP_OK ? no_memory() : status;
}

static const char *title_of(const struct coop_report *report)
{
    return report->config->title[0] != '\0' ? report->config->title : report->model->summary;
}

static void print_head(FILE *out, const struct coop_report *report)
{
    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
          "'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta name=\"referrer\" content=\"no-referrer\">\n<title>",
          out);
    coop_markup_text(out, title_of(report));
    fprintf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<header>\n<h1>", coop_page_style);
    coop_markup_text(out, title_of(report));
    fputs("</h1>\n<p class=\"under\">Report of ", out);
    coop_markup_text(out, report->name);
    fputs(", simulated with coopsim</p>\n", out);
}

static void print_contents(FILE *out, const struct part *part)
{
    fputs("<nav aria-label=\"Contents\"><ol>\n", out);
    for (size_t s = 0; coop_sections[s].id != NULL; s++)
        if (part[s].size > 0)
            fprintf(out, "<li><a href=\"#%s\">%s</a></li>\n", coop_sections[s].id,
                    coop_sections[s].title);
    fputs("</ol></nav>\n</header>\n<main>\n", out);
}

static void print_page(FILE *out, const struct coop_report *report, const struct part *part)
{
    print_head(out, report);
    print_contents(out, part);
    for (size_t s = 0; coop_sections[s].id != NULL; s++)
        if (part[s].size > 0)
            fprintf(out, "<section id=\"%s\">\n<h2>%s</h2>\n%s</section>\n", coop_sections[s].id,
                    coop_sections[s].title, part[s].text);
    fputs("</main>\n<footer>\n<p>All numbers are from the result named above. <code>coopsim "
          "export</code> writes each picture as SVG and its numbers as CSV.</p>\n</footer>\n"
          "</body>\n</html>\n",
          out);
}

enum coop_status coop_report_page(const struct coop_report *report, char **ret_text,
                                  size_t *ret_size)
{
    enum { SECTIONS_MAX = 32 };
    struct part part[SECTIONS_MAX] = {{NULL, 0}};
    enum coop_status status = COOP_OK;
    *ret_text = NULL;
    for (size_t s = 0; status == COOP_OK && coop_sections[s].id != NULL; s++)
        status = write_section(report, &coop_sections[s], &part[s]);
    FILE *out = status == COOP_OK ? open_memstream(ret_text, ret_size) : NULL;
    if (out != NULL)
        print_page(out, report, part);
    else if (status == COOP_OK)
        status = no_memory();
    if (out != NULL && fclose(out) != 0)
        status = no_memory();
    for (size_t s = 0; s < SECTIONS_MAX; s++)
        free(part[s].text);
    return status;
}
