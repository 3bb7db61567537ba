/* coopsim - GPL-3.0-or-later
 *
 * Hypotheses in words. */
#include "sim/cli/verdicts.h"

#include "sim/cli/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void write_cases(FILE *out, const struct coop_hypothesis *hypothesis)
{
    for (size_t c = 0; c < hypothesis->cases; c++)
        fprintf(out, "%s%s", c > 0 ? ", " : "", hypothesis->item[c].name);
}

/* "consumer, producer > worker" */
static void write_order(FILE *out, const struct coop_hypothesis *hypothesis)
{
    const char *step = hypothesis->expect == COOP_EXPECT_LOWER ? " > " : " < ";
    for (size_t c = 0; c < hypothesis->cases; c++) {
        const struct coop_hypothesis_case *item = &hypothesis->item[c];
        const bool next = c > 0 && item->group != item[-1].group;
        fprintf(out, "%s%s", c == 0 ? "" : next ? step : ", ", item->name);
    }
    if (hypothesis->margin > 0)
        fprintf(out, ", each step by more than %g", hypothesis->margin);
    if (!isnan(hypothesis->within))
        fprintf(out, ", equal within %g in a group", hypothesis->within);
}

/* "higher by more than 0.05", about `zero` where there is an effect at all. */
static void write_expected(FILE *out, const struct coop_hypothesis *hypothesis)
{
    const char *word = coop_expected_words[hypothesis->expect];
    if (hypothesis->expect == COOP_EXPECT_NONE)
        fprintf(out, "nothing expected");
    else if (hypothesis->expect == COOP_EXPECT_EQUAL)
        fprintf(out, "equal within %g", hypothesis->margin);
    else if (hypothesis->contrast == COOP_CORRELATION)
        fprintf(out, "%s than %g", word,
                hypothesis->expect == COOP_EXPECT_LOWER ? -hypothesis->margin : hypothesis->margin);
    else if (hypothesis->margin > 0)
        fprintf(out, "%s by more than %g", word, hypothesis->margin);
    else
        fprintf(out, "%s", word);
}

static void write_correlation(FILE *out, const struct coop_hypothesis *hypothesis)
{
    fprintf(out, "correlation of %s with %s", hypothesis->measure, hypothesis->with);
    if (hypothesis->lag != 0)
        fprintf(out, " %lld weeks %s", llabs((long long)hypothesis->lag),
                hypothesis->lag > 0 ? "before" : "later");
    fprintf(out, hypothesis->pooled ? " across all of " : " within ");
    write_cases(out, hypothesis);
}

void coop_hypothesis_write(FILE *out, const struct coop_hypothesis *hypothesis)
{
    switch (hypothesis->contrast) {
    case COOP_PAIRED:
        fprintf(out, "%s in %s against %s", hypothesis->measure, hypothesis->item[0].name,
                strcmp(hypothesis->against, "twin") == 0 ? "its twin" : hypothesis->against);
        break;
    case COOP_TREND:
        fprintf(out, "slope of %s over %s in ", hypothesis->measure, hypothesis->over);
        write_cases(out, hypothesis);
        break;
    case COOP_CORRELATION:
        write_correlation(out, hypothesis);
        break;
    case COOP_ORDERING:
        fprintf(out, "%s in ", hypothesis->measure);
        write_order(out, hypothesis);
        return;
    case COOP_SWAP_SHARE:
        fprintf(out,
                "share of the gap %s that stays with positions in %s, where %s exchanges "
                "nobody, against %g",
                hypothesis->measure, hypothesis->item[0].name, hypothesis->against,
                hypothesis->value);
        break;
    case COOP_THRESHOLD:
        fprintf(out, "%s in %s against %g", hypothesis->measure, hypothesis->item[0].name,
                hypothesis->value);
        break;
    }
    fprintf(out, ": ");
    write_expected(out, hypothesis);
}

void coop_hypotheses_print(const struct coop_study *study, size_t column)
{
    char count[32];
    if (study->config.hypotheses > 0) {
        snprintf(count, sizeof count, "%zu:", study->config.hypotheses);
        printf("%-*s%s\n", (int)column, "hypotheses", count);
    }
    for (size_t h = 0; h < study->config.hypotheses; h++) {
        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);
        if (out == NULL)
            return;
        fprintf(out, "%s: ", study->config.hypothesis[h].name);
        coop_hypothesis_write(out, &study->config.hypothesis[h]);
        if (fclose(out) == 0)
            coop_cli_print_item("", column, text);
        free(text);
    }
}
