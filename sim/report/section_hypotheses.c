/* coopsim - GPL-3.0-or-later
 *
 * The hypotheses: effects with intervals, p raw and corrected, verdicts. */
#include "sim/report/chart.h"
#include "sim/report/figure.h"
#include "sim/report/markup.h"
#include "sim/report/sections.h"

#include "sim/hypothesis/judge.h"

#include <math.h>
#include <string.h>

static const char *const columns[] = {"hypothesis", "claim",   "measure", "contrast", "expect",
                                      "margin",     "effect",  "low",     "high",     "p",
                                      "p_holm",     "verdict", "remark"};
enum { ROWS_MAX = 40 };

static const char *unit_of(const struct coop_hypothesis *hypothesis)
{
    switch (hypothesis->contrast) {
    case COOP_CORRELATION:
        return "rank correlation";
    case COOP_TREND:
        return "slope";
    case COOP_THRESHOLD:
        return "mean";
    case COOP_SWAP_SHARE:
        return "share";
    case COOP_PAIRED:
    case COOP_ORDERING:
        break;
    }
    return "difference";
}

static int style_of(enum coop_judged verdict)
{
    return verdict == COOP_SUPPORTED ? 2 : verdict == COOP_CONTRADICTED ? 1 : 6;
}

static void fill_row(const struct coop_hypothesis *hypothesis,
                     const struct coop_judgement *judgement, struct coop_sheet *table)
{
    coop_sheet_text(table, hypothesis->name);
    coop_sheet_text(table, hypothesis->claim);
    coop_sheet_text(table, hypothesis->measure);
    coop_sheet_text(table, coop_contrast_words[hypothesis->contrast]);
    coop_sheet_text(table, coop_expected_words[hypothesis->expect]);
    coop_sheet_number(table, hypothesis->margin);
    coop_sheet_number(table, judgement->effect);
    coop_sheet_number(table, judgement->low);
    coop_sheet_number(table, judgement->high);
    coop_sheet_number(table, judgement->p);
    coop_sheet_number(table, judgement->holm);
    coop_sheet_text(table, coop_judged_words[judgement->verdict]);
    coop_sheet_text(table, judgement->reason);
}

static struct coop_effect effect_of(const struct coop_hypothesis *hypothesis,
                                    const struct coop_judgement *judgement)
{
    return (struct coop_effect){
        .label = hypothesis->name,
        .detail = hypothesis->claim,
        .verdict =
            judgement->reason[0] != '\0' ? "not judged" : coop_judged_words[judgement->verdict],
        .unit = unit_of(hypothesis),
        .value = judgement->effect,
        .low = judgement->low,
        .high = judgement->high,
        .margin = hypothesis->margin,
        .origin = hypothesis->contrast == COOP_THRESHOLD || hypothesis->contrast == COOP_SWAP_SHARE
                      ? hypothesis->value
                      : 0,
        .style = style_of(judgement->verdict)};
}

static enum coop_status draw(const struct coop_report *report, const struct coop_report_sink *sink)
{
    const struct coop_config *config = report->config;
    struct coop_effect effect[ROWS_MAX];
    struct coop_drawing drawing;
    const size_t rows = config->hypotheses < ROWS_MAX ? config->hypotheses : ROWS_MAX;
    enum coop_status status =
        coop_drawing_begin(&drawing, "hypotheses", NULL, columns, sizeof columns / sizeof *columns);
    snprintf(drawing.title, sizeof drawing.title, "What was claimed, and what the runs say");
    snprintf(drawing.caption, sizeof drawing.caption,
             "Effects with their bootstrap intervals; the grey field is the margin, the smallest "
             "effect of interest. A claim is supported or contradicted at a p that is corrected "
             "for all hypotheses of the file (Holm).");
    for (size_t h = 0; status == COOP_OK && h < config->hypotheses; h++)
        fill_row(&config->hypothesis[h], &report->judgement[h], &drawing.table);
    for (size_t h = 0; h < rows; h++)
        effect[h] = effect_of(&config->hypothesis[h], &report->judgement[h]);
    if (status == COOP_OK)
        coop_chart_forest(drawing.svg,
                          &(struct coop_forest){coop_drawing_head(&drawing), effect, rows});
    return coop_drawing_end(&drawing, sink, status);
}

static void print_chance(FILE *out, double p)
{
    if (p < .0001)
        fputs("<td class=\"number\">&lt;&#160;.0001</td>", out);
    else if (isnan(p))
        fputs("<td class=\"number\">–</td>", out);
    else
        fprintf(out, "<td class=\"number\">%.4f</td>", p);
}

static void print_row(FILE *out, const struct coop_hypothesis *hypothesis,
                      const struct coop_judgement *judgement)
{
    fputs("<tr><th scope=\"row\">", out);
    coop_markup_text(out, hypothesis->name);
    fputs("</th><td>", out);
    coop_markup_text(out, hypothesis->claim);
    if (judgement->reason[0] != '\0') {
        fputs(" <small>Not judged: ", out);
        coop_markup_text(out, judgement->reason);
        fputs("</small>", out);
    }
    fprintf(out, "</td><td class=\"number\">%s</td><td class=\"number\">%s to %s</td>",
            coop_number_show(judgement->effect).text, coop_number_show(judgement->low).text,
            coop_number_show(judgement->high).text);
    print_chance(out, judgement->p);
    print_chance(out, judgement->holm);
    fprintf(out, "<td>%s</td></tr>\n", coop_judged_words[judgement->verdict]);
}

enum coop_status coop_section_hypotheses(const struct coop_report *report,
                                         const struct coop_report_sink *sink)
{
    FILE *out = sink->out;
    if (report->config->hypotheses == 0)
        return COOP_OK;
    if (report->judgement == NULL) {
        coop_section_paragraph(
            sink, "missing",
            "Here the hypotheses are not judged: coopsim test does it, once all runs "
            "are done.");
        return COOP_OK;
    }
    COOP_TRY(draw(report, sink));
    fputs("<div class=\"wide\"><table><thead><tr><th scope=\"col\">hypothesis</th><th "
          "scope=\"col\">claim</th><th scope=\"col\" class=\"number\">effect</th><th scope=\"col\" "
          "class=\"number\">interval</th><th scope=\"col\" class=\"number\">p</th><th "
          "scope=\"col\" class=\"number\">Holm</th><th scope=\"col\">verdict</th></tr></thead>"
          "<tbody>\n",
          out);
    for (size_t h = 0; h < report->config->hypotheses; h++)
        print_row(out, &report->config->hypothesis[h], &report->judgement[h]);
    fputs("</tbody></table></div>\n", out);
    return COOP_OK;
}
