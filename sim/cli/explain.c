/* coopsim - GPL-3.0-or-later
 *
 * coopsim explain: which arrows make the excess. */
#include "sim/cli/analysis.h"
#include "sim/cli/table.h"

#include "sim/design/arrows.h"
#include "sim/explain/values.h"
#include "sim/io/results_source.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool takes(const struct coop_headline *headline)
{
    return headline->excess;
}

static void verify(const struct coop_study *study, struct coop_problems *problems)
{
    const struct coop_scheme *scheme = &study->config.scheme;
    if (study->design.kind != COOP_ARROWS)
        coop_problems_add(
            problems, scheme->place,
            "a %s design does not tell which arrows are causes - give 'kind: arrows', "
            "or no design, and coopsim explain makes its own",
            coop_scheme_word(study->design.kind));
    for (size_t a = 0; study->design.kind == COOP_ARROWS && a < study->design.axes; a++)
        if (strcmp(study->design.axis[a].base, study->design.axis[a].plan->value[0]) != 0)
            coop_problems_add(problems, study->design.axis[a].plan->place,
                              "the configuration itself has %s: %s - leave the arrow as it is, or "
                              "name in 'arrows' the others alone",
                              coop_design_axis_name(&study->design, a), study->design.axis[a].base);
}

static const char *unit_of(const struct coop_account *account)
{
    return account->units == COOP_ACCOUNT_REPLICATES ? "replicates" : "organisations";
}

static const char *arrow_name(const struct coop_design *design, size_t arrow)
{
    return coop_arrow_name(coop_design_axis_name(design, arrow));
}

/* Of the excess; NAN where that may as well be none. */
static double percent_of(const struct coop_account *account, double share)
{
    const struct coop_interval *excess = &account->shapley.excess;
    const bool is_there = excess->low > 0 || excess->high < 0;
    return is_there ? 100 * share / excess->value : (double)NAN;
}

/* Arrows in the order of their shares, the largest first. */
static void sort_arrows(const struct coop_shapley *shapley, size_t *ret)
{
    for (size_t a = 0; a < shapley->arrows; a++) {
        size_t k = a;
        for (; k > 0 && shapley->share[ret[k - 1]].share.value < shapley->share[a].share.value; k--)
            ret[k] = ret[k - 1];
        ret[k] = a;
    }
}

static void print_line(const char *name, int width, const struct coop_interval *share,
                       double percent, double first, double last)
{
    char text[16] = "-";
    if (!isnan(percent))
        snprintf(text, sizeof text, "%.0f %%", percent);
    printf("  %-*s %9s  %-20s %6s %9s %9s\n", width, name, coop_cli_number(share->value, true).text,
           coop_cli_interval(share, true).text, text, coop_cli_number(first, true).text,
           coop_cli_number(last, true).text);
}

static void print_shares(const struct coop_design *design, const struct coop_account *account)
{
    const struct coop_shapley *shapley = &account->shapley;
    size_t order[COOP_ARROWS_MAX];
    int width = (int)strlen("excess");
    for (size_t a = 0; a < shapley->arrows; a++)
        if ((int)strlen(arrow_name(design, a)) > width)
            width = (int)strlen(arrow_name(design, a));
    printf("  %-*s %9s  %-20s %6s %9s %9s\n", width, "arrow", "share", "interval", "", "first",
           "last");
    sort_arrows(shapley, order);
    for (size_t i = 0; i < shapley->arrows; i++) {
        const struct coop_share *share = &shapley->share[order[i]];
        print_line(arrow_name(design, order[i]), width, &share->share,
                   percent_of(account, share->share.value), share->first, share->last);
    }
    print_line("excess", width, &shapley->excess, percent_of(account, shapley->excess.value),
               (double)NAN, (double)NAN);
}

static void print_text(const struct coop_design *design, const struct coop_account *account)
{
    const struct coop_shapley *shapley = &account->shapley;
    printf("\n%s in %s: ", account->measure, account->entry);
    if (*account->reason != '\0') {
        coop_cli_print_behind(0, account->reason);
        return;
    }
    printf("%s with all arrows intact, %s with all of them cut\n",
           coop_cli_number(shapley->intact.value, false).text,
           coop_cli_number(shapley->cut.value, false).text);
    print_shares(design, account);
}

static void print_reading(const struct coop_account *account)
{
    char text[640], drawn[128] = "";
    if (!account->all_sets)
        snprintf(drawn, sizeof drawn, ", here over %zu orders drawn by lot", account->orders);
    snprintf(text, sizeof text,
             "A share is by how much the measure falls when the arrow is cut, on average over all "
             "orders of cutting them%s; first: if it is cut first, so alone; last: if all others "
             "are cut already. Where these differ, the arrow acts together with others.",
             drawn);
    printf("\n");
    coop_cli_print_lines(stdout, "", text);
    if (account->shapley.units == 0)
        return;
    if (account->shapley.units > 1)
        snprintf(text, sizeof text, "Intervals: 95 %%, over %zu %s%s.", account->shapley.units,
                 unit_of(account), account->all_sets ? "" : " and the orders");
    else
        snprintf(text, sizeof text,
                 "No intervals, since there is one run of each point, and its organisations were "
                 "not kept "
                 "one by one: give 'replicates: 20', or name the measure in the design.");
    coop_cli_print_lines(stdout, "", text);
}

static void print_rows(const struct coop_design *design, const struct coop_account *account,
                       struct coop_table *table)
{
    const struct coop_shapley *shapley = &account->shapley;
    const bool known = *account->reason == '\0';
    for (size_t a = 0; a < (known ? shapley->arrows : 1); a++) {
        const struct coop_share none = {.share = {NAN, NAN, NAN}, NAN, NAN, NAN, NAN};
        const struct coop_interval unknown = {NAN, NAN, NAN};
        const struct coop_share *share = known ? &shapley->share[a] : &none;
        const struct coop_interval *excess = known ? &shapley->excess : &unknown;
        const struct coop_table_value value[] = {
            {"case", account->entry, 0},
            {"measure", account->measure, 0},
            {"arrow", known ? arrow_name(design, a) : "", 0},
            {"share", NULL, share->share.value},
            {"low", NULL, share->share.low},
            {"high", NULL, share->share.high},
            {"unit_error", NULL, share->unit_error},
            {"order_error", NULL, share->order_error},
            {"first", NULL, share->first},
            {"last", NULL, share->last},
            {"excess", NULL, excess->value},
            {"excess_low", NULL, excess->low},
            {"excess_high", NULL, excess->high},
            {"intact", NULL, known ? shapley->intact.value : NAN},
            {"cut", NULL, known ? shapley->cut.value : NAN},
            {"units", NULL, known ? (double)shapley->units : NAN},
            {"unit", unit_of(account), 0},
            {"sets", NULL, (double)design->points},
            {"orders", NULL, (double)account->orders},
            {"reason", account->reason, 0}};
        coop_table_print(table, value, sizeof value / sizeof *value);
    }
}

static enum coop_status account_case(struct coop_analysis *analysis, const char *measure,
                                     size_t entry, struct coop_account *ret)
{
    const struct coop_study *study = &analysis->results.study;
    struct coop_account_values values;
    struct coop_results_source results;
    coop_results_source_init(&results, &analysis->results.reader, study->model, &study->design);
    const struct coop_source source = coop_results_source(&results);
    enum coop_status status =
        coop_account_values_find(&values, &source, study->model, measure, entry);
    if (status == COOP_OK)
        status = coop_account_find(&study->design, entry, values.value, values.units,
                                   &analysis->bootstrap, ret);
    ret->measure = measure;
    ret->units = values.kind;
    free(values.value);
    coop_results_source_free(&results);
    return status;
}

static enum coop_status explain(struct coop_analysis *analysis, enum coop_table_format format)
{
    const struct coop_design *design = &analysis->results.study.design;
    struct coop_table table = {.format = format};
    struct coop_account account, shown = {.all_sets = design->orders == 0};
    if (format == COOP_TABLE_TEXT)
        coop_analysis_print_head(analysis);
    for (size_t entry = 0; entry < design->entries; entry++)
        for (size_t m = 0; m < analysis->measures; m++) {
            COOP_TRY(account_case(analysis, analysis->measure[m], entry, &account));
            if (*account.reason == '\0')
                shown = account;
            if (format == COOP_TABLE_TEXT)
                print_text(design, &account);
            else
                print_rows(design, &account, &table);
        }
    if (format == COOP_TABLE_TEXT)
        print_reading(&shown);
    else
        coop_table_end(&table);
    return COOP_OK;
}

enum coop_status coop_cli_explain(const struct coop_arguments *arguments)
{
    const struct coop_analysis_kind kind = {coop_arrows_begin, verify, takes};
    struct coop_analysis analysis;
    enum coop_status status = coop_analysis_open(&analysis, arguments, &kind);
    if (status == COOP_OK)
        status = explain(&analysis, (enum coop_table_format)arguments->table);
    coop_analysis_close(&analysis);
    return status;
}
