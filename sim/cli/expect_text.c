/* coopsim - GPL-3.0-or-later
 *
 * Expectations and findings in words. */
#include "sim/cli/expect.h"
#include "sim/cli/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { VERDICT_COLUMN = 19 };

static const char *const verdict_text[] = {
    [COOP_AS_EXPECTED] = "as expected",
    [COOP_NOT_AS_EXPECTED] = "not as expected",
    [COOP_UNDETERMINED] = "undetermined",
};

static void print_against(FILE *out, const struct coop_expectation *expectation)
{
    if (coop_expect_is_value(expectation))
        fprintf(out, "%g", expectation->value);
    else if (strcmp(expectation->against, "twin") == 0)
        fprintf(out, "its twin");
    else
        fprintf(out, "%s", expectation->against);
}

/* "power_gini lower in rotation than in takeover by more than 0.02" */
static void print_contrast(FILE *out, const struct coop_expectation *expectation)
{
    const bool is_value = coop_expect_is_value(expectation);
    const char *subject = expectation->subject;
    fprintf(out, "%s ", expectation->measure);
    if (expectation->direction == COOP_EQUAL) {
        fprintf(out, is_value ? "in %s equal to " : "equal in %s and ", subject);
        print_against(out, expectation);
        fprintf(out, " within %g", expectation->margin);
        return;
    }
    const char *direction = expectation->direction == COOP_LOWER ? "lower" : "higher";
    if (is_value)
        fprintf(out, "in %s %s than ", subject, direction);
    else
        fprintf(out, "%s in %s than in ", direction, subject);
    print_against(out, expectation);
    if (expectation->margin > 0)
        fprintf(out, " by more than %g", expectation->margin);
}

static void print_finding(FILE *out, const struct coop_expectation *expectation,
                          const struct coop_finding *finding)
{
    const char *number = coop_expect_is_value(expectation) ? "%.4g" : "%+.4g";
    print_contrast(out, expectation);
    fprintf(out, ": ");
    if (!isnan(finding->estimate))
        fprintf(out, number, finding->estimate);
    if (*finding->reason != '\0') {
        fprintf(out, "%s%s", isnan(finding->estimate) ? "" : ", but ", finding->reason);
    } else {
        fprintf(out, " (%g %%: ", 100 * expectation->level);
        fprintf(out, number, finding->low);
        fprintf(out, " to ");
        fprintf(out, number, finding->high);
        fprintf(out, ")");
    }
    if (*expectation->because != '\0')
        fprintf(out, ". Because: %s", expectation->because);
}

void coop_findings_print(const struct coop_study *study, const struct coop_finding *findings)
{
    const struct coop_config *config = &study->config;
    if (config->expectations > 0)
        printf("\nExpectations, on the mean of the last %lld weeks, with its interval over "
               "organisations\n",
               (long long)coop_cli_last_weeks(coop_study_settings(&study->design.script[0])));
    for (size_t e = 0; e < config->expectations; e++) {
        const struct coop_finding *finding = &findings[e];
        char head[32], *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);
        if (out == NULL)
            continue;
        print_finding(out, &config->expectation[e], finding);
        snprintf(head, sizeof head, "  %s", verdict_text[finding->verdict]);
        if (fclose(out) == 0)
            coop_cli_print_item(head, VERDICT_COLUMN, text);
        free(text);
    }
}

void coop_expectations_print(const struct coop_study *study, size_t column)
{
    char count[32];
    if (study->config.expectations > 0) {
        snprintf(count, sizeof count, "%zu:", study->config.expectations);
        printf("%-*s%s\n", (int)column, "expectations", count);
    }
    for (size_t e = 0; e < study->config.expectations; e++) {
        printf("%*s", (int)column, "");
        print_contrast(stdout, &study->config.expectation[e]);
        printf("\n");
    }
}
