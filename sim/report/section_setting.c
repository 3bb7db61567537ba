/* coopsim - GPL-3.0-or-later
 *
 * What was run: cases, regimes, schedules, design, replicates, seeds, version, settings. */
#include "sim/report/markup.h"
#include "sim/report/sections.h"

#include "sim/engine/run.h"

#include <stdlib.h>
#include <string.h>

static void begin_row(FILE *out, const char *head)
{
    fprintf(out, "<tr><th scope=\"row\">%s</th><td>", head);
}

static void end_row(FILE *out)
{
    fputs("</td></tr>\n", out);
}

static void print_row(FILE *out, const char *head, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    begin_row(out, head);
    coop_markup_text(out, text);
    end_row(out);
}

static void print_numbers(FILE *out, const struct coop_report *report)
{
    char text[256];
    const struct coop_settings *settings =
        coop_param_values(report->design->script[0].set, COOP_TABLE_ENGINE);
    const struct coop_reader *reader = report->reader;
    snprintf(text, sizeof text, "%s", coop_section_span((double)settings->weeks).text);
    print_row(out, "Time", text);
    snprintf(text, sizeof text, "%s organisations%s%s%s",
             coop_number_show((double)settings->organisations).text,
             settings->sizes == COOP_SIZES_FIXED ? " of " : ", sizes differ",
             settings->sizes == COOP_SIZES_FIXED ? coop_number_show((double)settings->size).text
                                                 : "",
             settings->sizes == COOP_SIZES_FIXED ? " workers each" : "");
    print_row(out, "Economy", text);
    snprintf(text, sizeof text, "%s: %zu replicate%s of %zu point%s with %zu case%s%s%s",
             coop_number_show((double)reader->runs).text, report->design->replicates,
             report->design->replicates == 1 ? "" : "s", report->design->points,
             report->design->points == 1 ? "" : "s", report->design->cases,
             report->design->cases == 1 ? "" : "s", report->design->twins > 0 ? " and twins" : "",
             reader->done < reader->runs ? "; not all are done" : "");
    print_row(out, "Runs", text);
    snprintf(text, sizeof text, "%lld", (long long)settings->seed);
    print_row(out, "Seed", text);
}

static void print_value(FILE *out, const struct coop_param_set *set, const char *name)
{
    const int length = coop_param_format(set, name, NULL, 0);
    char *text = malloc((size_t)length + 1);
    if (text != NULL) {
        coop_param_format(set, name, text, (size_t)length + 1);
        coop_markup_text(out, text);
    }
    free(text);
}

/* "rotation.on true, rotation.every 13", of which the value differs from that of `base`. */
static size_t print_differences(FILE *out, const struct coop_param_set *set,
                                const struct coop_param_set *base)
{
    size_t said = 0;
    for (size_t t = 0; t < set->tables; t++)
        for (size_t r = 0; r < set->table[t]->rows; r++) {
            const char *name = set->table[t]->row[r].name;
            if (coop_param_same(set, base, name))
                continue;
            fputs(said++ > 0 ? ", " : "", out);
            fputs("<code>", out);
            coop_markup_text(out, name);
            fputs("</code>&#160;", out);
            print_value(out, set, name);
        }
    return said;
}

static void print_case(FILE *out, const struct coop_report *report, size_t number)
{
    const struct coop_script *script = &report->design->script[number];
    const char *name = report->design->name[number * (1 + report->design->twins)];
    size_t said = 0;
    fputs("<li><strong>", out);
    coop_markup_text(out, name);
    fputs("</strong>: ", out);
    if (script->regimes > 1 || script->regime[0].name[0] != '\0')
        for (size_t r = 0; r < script->regimes; r++) {
            fprintf(out, "%s%.3g&#160;%% ", r == 0 ? "regimes " : ", ",
                    100 * script->regime[r].share);
            coop_markup_text(out, script->regime[r].name);
            said++;
        }
    fputs(said > 0 ? "; " : "", out);
    if (number == 0)
        fputs("the settings below", out);
    else if (print_differences(out, script->set, report->design->script[0].set) == 0)
        fputs("the same values as the first case", out);
    for (size_t e = 1; e < script->epochs; e++) {
        fprintf(out, "; from week %lld: ", (long long)script->epoch[e].week);
        print_differences(out, coop_script_sets(script, e), coop_script_sets(script, e - 1));
    }
    fputs("</li>\n", out);
}

static void print_cases(FILE *out, const struct coop_report *report)
{
    begin_row(out, "Cases");
    fputs("<ul>\n", out);
    for (size_t c = 0; c < report->design->cases; c++)
        print_case(out, report, c);
    fputs("</ul>", out);
    end_row(out);
    for (size_t t = 0; t < report->design->twins; t++) {
        begin_row(out, t == 0 ? "Twins" : "");
        coop_markup_text(out, report->design->twin[t]);
        fputs(": every case once more, without what the twin cuts, with the same persons and draws",
              out);
        end_row(out);
    }
}

static void print_axis(FILE *out, const struct coop_report *report, size_t number)
{
    const struct coop_axis *axis = report->design->axis[number].plan;
    fputs("<li><code>", out);
    coop_markup_text(out, axis->parameter);
    fputs("</code> ", out);
    if (axis->values == 0)
        fprintf(out, "from %g to %g%s", axis->from, axis->to,
                axis->logarithmic ? ", in equal ratios" : "");
    for (size_t v = 0; v < axis->values; v++) {
        fputs(v > 0 ? ", " : "", out);
        coop_markup_text(out, axis->value[v]);
    }
    fputs("</li>\n", out);
}

static void print_design(FILE *out, const struct coop_report *report)
{
    const struct coop_design *design = report->design;
    if (design->kind == COOP_NO_SCHEME)
        return;
    begin_row(out, "Design");
    fprintf(out, "%s, %zu points, axes:<ul>\n", coop_scheme_word(design->kind), design->points);
    for (size_t a = 0; a < design->axes; a++)
        print_axis(out, report, a);
    fputs("</ul>", out);
    end_row(out);
}

static enum coop_status print_provenance(FILE *out, const struct coop_report *report,
                                         const char *name, const char *head)
{
    char *text = NULL;
    COOP_TRY(coop_reader_provenance(report->reader, name, &text));
    print_row(out, head, text);
    free(text);
    return COOP_OK;
}

static enum coop_status print_settings(FILE *out, const struct coop_report *report)
{
    struct coop_param_set defaults;
    const struct coop_param_set *set = report->design->script[0].set;
    COOP_TRY(coop_param_init(&defaults, set->table, set->tables));
    begin_row(out, "Settings that differ from the defaults");
    if (print_differences(out, set, &defaults) == 0)
        fputs("none", out);
    end_row(out);
    coop_param_free(&defaults);
    return COOP_OK;
}

static enum coop_status print_details(FILE *out, const struct coop_report *report)
{
    static const char *const item[][2] = {{"resolved_config", "All settings, as they were run"},
                                          {"config_text", "The configuration as it was written"}};
    for (size_t i = 0; i < sizeof item / sizeof *item; i++) {
        char *text = NULL;
        COOP_TRY(coop_reader_provenance(report->reader, item[i][0], &text));
        fprintf(out, "<details><summary>%s</summary><pre>", item[i][1]);
        coop_markup_text(out, text);
        fputs("</pre></details>\n", out);
        free(text);
    }
    return COOP_OK;
}

/* Of the settings: two results are of the same experiment if these are equal. */
static enum coop_status print_origin(FILE *out, const struct coop_report *report)
{
    char digest[COOP_DIGEST_TEXT], *text = NULL;
    COOP_TRY(print_provenance(out, report, "settings", "Set on the command line"));
    COOP_TRY(print_provenance(out, report, "version", "Version of coopsim"));
    COOP_TRY(print_provenance(out, report, "revision", "Revision of its source"));
    COOP_TRY(print_provenance(out, report, "compiler", "Compiler"));
    COOP_TRY(coop_reader_provenance(report->reader, "resolved_config", &text));
    coop_digest(text, strlen(text), digest);
    free(text);
    print_row(out, "SHA-256 of all settings", digest);
    if (!report->reader->is_sweep)
        print_row(out, "SHA-256 of the result", report->reader->source[0].sha256);
    print_row(out, "Result", report->name);
    return COOP_OK;
}

enum coop_status coop_section_setting(const struct coop_report *report,
                                      const struct coop_report_sink *sink)
{
    FILE *out = sink->out;
    if (report->config->about[0] != '\0')
        coop_section_paragraph(sink, NULL, "%s", report->config->about);
    fputs("<div class=\"wide\"><table class=\"facts\"><tbody>\n", out);
    print_row(out, "Model", report->model->summary);
    print_numbers(out, report);
    print_cases(out, report);
    print_design(out, report);
    COOP_TRY(print_settings(out, report));
    COOP_TRY(print_origin(out, report));
    fputs("</tbody></table></div>\n", out);
    return print_details(out, report);
}
