/* coopsim - GPL-3.0-or-later
 *
 * Judgements as a table for people, as JSON, and as CSV. */
#include "sim/cli/verdicts.h"

#include "sim/cli/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 48 };

struct cell {
    char text[TEXT_SIZE];
};

/* Four decimals, or fewer digits of what is too large or too small for them. */
static struct cell number(double value, bool sign)
{
    struct cell ret = {"-"};
    const bool plain = value == 0 || (fabs(value) < 1000 && fabs(value) >= .001);
    if (!isnan(value))
        snprintf(ret.text, sizeof ret.text,
                 sign ? (plain ? "%+.4f" : "%+.3g") : (plain ? "%.4f" : "%.3g"), value);
    return ret;
}

static struct cell chance(double p)
{
    struct cell ret = {"-"};
    if (p < .0001)
        snprintf(ret.text, sizeof ret.text, "<.0001");
    else if (!isnan(p))
        snprintf(ret.text, sizeof ret.text, "%.4f", p);
    return ret;
}

static const char *unit_of(const struct coop_judgement *judgement)
{
    return judgement->replicates ? "replicates" : "organisations";
}

static struct cell enough(const struct coop_judgement *judgement)
{
    struct cell ret = {"-"};
    const char *unit = judgement->replicates ? "repl." : "org.";
    if (judgement->enough == 0)
        snprintf(ret.text, sizeof ret.text, "decided");
    else if (isinf(judgement->enough))
        snprintf(ret.text, sizeof ret.text, "no number");
    else if (!isnan(judgement->enough))
        snprintf(ret.text, sizeof ret.text, "%.20s %s", coop_cli_count(judgement->enough).text,
                 unit);
    return ret;
}

/* The claim, and what was compared; of an order its weakest step; or why nothing could be. */
static void write_remark(FILE *out, const struct coop_hypothesis *hypothesis,
                         const struct coop_judgement *judgement)
{
    if (*hypothesis->claim != '\0')
        fprintf(out, "%s - ", hypothesis->claim);
    coop_hypothesis_write(out, hypothesis);
    if (*judgement->reason != '\0')
        fprintf(out, ". Not judged: %s", judgement->reason);
    else if (hypothesis->contrast == COOP_ORDERING)
        fprintf(out, ". The effect is the weakest step, %s less %s",
                hypothesis->item[judgement->second].name, hypothesis->item[judgement->first].name);
    fprintf(out, " (%zu %s)", judgement->clusters, unit_of(judgement));
}

static void print_remark(const struct coop_hypothesis *hypothesis,
                         const struct coop_judgement *judgement)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL)
        return;
    write_remark(out, hypothesis, judgement);
    if (fclose(out) == 0)
        coop_cli_print_lines(stdout, "    ", text);
    free(text);
}

/* As wide as the longest name. */
static int name_columns(const struct coop_config *config)
{
    size_t most = strlen("hypothesis");
    for (size_t h = 0; h < config->hypotheses; h++)
        if (coop_cli_columns(config->hypothesis[h].name) > most)
            most = coop_cli_columns(config->hypothesis[h].name);
    return (int)most;
}

static void print_table(const struct coop_config *config, const struct coop_judgement *judgement)
{
    const int width = name_columns(config);
    printf("%-*s %9s %21s %7s %7s  %-13s %s\n", width, "hypothesis", "effect", "interval      ",
           "p", "Holm", "verdict", "to decide");
    for (size_t h = 0; h < config->hypotheses; h++) {
        const struct coop_judgement *item = &judgement[h];
        const bool sign = config->hypothesis[h].contrast < COOP_THRESHOLD;
        struct cell interval = {"-"};
        if (!isnan(item->low))
            snprintf(interval.text, sizeof interval.text, "%.20s to %.20s",
                     number(item->low, sign).text, number(item->high, sign).text);
        printf("%-*s %9s %21s %7s %7s  %-13s %s\n", width, config->hypothesis[h].name,
               number(item->effect, sign).text, interval.text, chance(item->p).text,
               chance(item->holm).text, coop_judged_words[item->verdict], enough(item).text);
        print_remark(&config->hypothesis[h], item);
    }
}

/* What programs read of a judgement, in one order for both formats. */
static void write_number(double value, const char *none)
{
    if (isnan(value))
        printf("%s", none);
    else
        printf("%.12g", value);
}

struct named_number {
    const char *name;
    double value;
};
enum { NUMBERS = 9 };

static void list_numbers(const struct coop_hypothesis *hypothesis,
                         const struct coop_judgement *judgement, struct named_number ret[NUMBERS])
{
    const struct named_number all[NUMBERS] = {
        {"margin", hypothesis->margin}, {"alpha", hypothesis->alpha}, {"level", hypothesis->level},
        {"effect", judgement->effect},  {"error", judgement->error},  {"low", judgement->low},
        {"high", judgement->high},      {"p", judgement->p},          {"p_holm", judgement->holm}};
    memcpy(ret, all, sizeof all);
}

static void print_json_text(const char *name, const char *text)
{
    printf(", \"%s\": ", name);
    coop_cli_print_json(text);
}

static void print_json(const struct coop_config *config, const struct coop_judgement *judgement)
{
    struct named_number value[NUMBERS];
    printf("[");
    for (size_t h = 0; h < config->hypotheses; h++) {
        const struct coop_hypothesis *hypothesis = &config->hypothesis[h];
        const struct coop_judgement *item = &judgement[h];
        printf("%s\n {\"name\": ", h > 0 ? "," : "");
        coop_cli_print_json(hypothesis->name);
        print_json_text("claim", hypothesis->claim);
        print_json_text("contrast", coop_contrast_words[hypothesis->contrast]);
        print_json_text("measure", hypothesis->measure);
        print_json_text("expect", coop_expected_words[hypothesis->expect]);
        list_numbers(hypothesis, item, value);
        for (size_t i = 0; i < NUMBERS; i++) {
            printf(", \"%s\": ", value[i].name);
            write_number(value[i].value, "null");
        }
        print_json_text("verdict", coop_judged_words[item->verdict]);
        printf(", \"units\": %zu", item->clusters);
        print_json_text("unit", unit_of(item));
        printf(", \"to_decide\": ");
        if (isinf(item->enough))
            printf("\"infinite\"");
        else
            write_number(item->enough, "null");
        print_json_text("reason", item->reason);
        printf("}");
    }
    printf("\n]\n");
}

static void print_csv_text(const char *text)
{
    putchar('"');
    for (; *text != '\0'; text++)
        printf(*text == '"' ? "\"\"" : "%c", *text);
    printf("\",");
}

static void print_csv(const struct coop_config *config, const struct coop_judgement *judgement)
{
    struct named_number value[NUMBERS];
    printf("name,claim,contrast,measure,expect,margin,alpha,level,effect,error,low,high,p,p_holm,"
           "verdict,units,unit,to_decide,reason\n");
    for (size_t h = 0; h < config->hypotheses; h++) {
        const struct coop_hypothesis *hypothesis = &config->hypothesis[h];
        const struct coop_judgement *item = &judgement[h];
        print_csv_text(hypothesis->name);
        print_csv_text(hypothesis->claim);
        printf("%s,%s,%s,", coop_contrast_words[hypothesis->contrast], hypothesis->measure,
               coop_expected_words[hypothesis->expect]);
        list_numbers(hypothesis, item, value);
        for (size_t i = 0; i < NUMBERS; i++) {
            write_number(value[i].value, "");
            printf(",");
        }
        printf("%s,%zu,%s,", coop_judged_words[item->verdict], item->clusters, unit_of(item));
        if (isinf(item->enough))
            printf("infinite");
        else
            write_number(item->enough, "");
        printf(",\"%s\"\n", item->reason);
    }
}

void coop_verdicts_print(const struct coop_config *config, const struct coop_judgement *judgement,
                         enum coop_table_format format)
{
    switch (format) {
    case COOP_TABLE_JSON:
        print_json(config, judgement);
        return;
    case COOP_TABLE_CSV:
        print_csv(config, judgement);
        return;
    case COOP_TABLE_TEXT:
        break;
    }
    print_table(config, judgement);
}
