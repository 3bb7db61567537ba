/* coopsim - GPL-3.0-or-later
 *
 * The hypotheses of a resolved configuration, each in one line, with what its contrast takes. */
#include "sim/io/resolved.h"

#include "sim/param/hypothesis.h"

#include <math.h>

static void print_text(FILE *out, const char *key, const char *text)
{
    if (*text == '\0')
        return;
    fprintf(out, ", %s: ", key);
    coop_resolved_quote(out, text);
}

static void print_number(FILE *out, const char *key, double value)
{
    fprintf(out, ", %s: %.17g", key, value);
}

static void print_case(FILE *out, const struct coop_hypothesis *hypothesis)
{
    print_text(out, "case", hypothesis->item[0].name);
}

/* `key: [a, b]`, with a list of its own for each group if they are groups. */
static void print_cases(FILE *out, const char *key, const struct coop_hypothesis *hypothesis,
                        bool grouped)
{
    fprintf(out, ", %s: %s", key, grouped ? "[[" : "[");
    for (size_t c = 0; c < hypothesis->cases; c++) {
        const struct coop_hypothesis_case *item = &hypothesis->item[c];
        const bool next = grouped && c > 0 && item->group != item[-1].group;
        fputs(c == 0 ? "" : next ? "], [" : ", ", out);
        coop_resolved_quote(out, item->name);
    }
    fputs(grouped ? "]]" : "]", out);
}

static void print_correlation(FILE *out, const struct coop_hypothesis *hypothesis)
{
    print_text(out, "with", hypothesis->with);
    print_cases(out, "cases", hypothesis, false);
    if (hypothesis->lag != 0)
        fprintf(out, ", lag: %lld", (long long)hypothesis->lag);
    if (hypothesis->pooled)
        fputs(", pooled: true", out);
}

static void print_contrast(FILE *out, const struct coop_hypothesis *hypothesis)
{
    switch (hypothesis->contrast) {
    case COOP_PAIRED:
        print_case(out, hypothesis);
        print_text(out, "against", hypothesis->against);
        break;
    case COOP_TREND:
        print_text(out, "over", hypothesis->over);
        if (hypothesis->cases > 0)
            print_cases(out, "cases", hypothesis, false);
        break;
    case COOP_CORRELATION:
        print_correlation(out, hypothesis);
        break;
    case COOP_ORDERING:
        print_cases(out, "order", hypothesis, true);
        if (!isnan(hypothesis->within))
            print_number(out, "within", hypothesis->within);
        break;
    case COOP_SWAP_SHARE:
        print_case(out, hypothesis);
        print_text(out, "against", hypothesis->against);
        print_number(out, "value", hypothesis->value);
        break;
    case COOP_THRESHOLD:
        print_case(out, hypothesis);
        print_number(out, "value", hypothesis->value);
        break;
    }
}

static void print_one(FILE *out, const struct coop_hypothesis *hypothesis)
{
    fputs("  - {name: ", out);
    coop_resolved_quote(out, hypothesis->name);
    print_text(out, "claim", hypothesis->claim);
    print_text(out, "contrast", coop_contrast_words[hypothesis->contrast]);
    print_text(out, "measure", hypothesis->measure);
    print_contrast(out, hypothesis);
    print_text(out, "expect", coop_expected_words[hypothesis->expect]);
    if (hypothesis->margin > 0)
        print_number(out, "margin", hypothesis->margin);
    print_number(out, "alpha", hypothesis->alpha);
    print_number(out, "level", hypothesis->level);
    fputs("}\n", out);
}

void coop_resolved_hypotheses(FILE *out, const struct coop_config *config)
{
    if (config->hypotheses > 0)
        fputs("hypotheses:\n", out);
    for (size_t h = 0; h < config->hypotheses; h++)
        print_one(out, &config->hypothesis[h]);
}
