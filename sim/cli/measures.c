/* coopsim - GPL-3.0-or-later
 *
 * coopsim measures: the glossary of what is measured. */
#include "sim/cli/study.h"
#include "sim/cli/text.h"

#include <math.h>

static const char indent[] = "    ";

static void print_measure(const struct coop_measure *measure)
{
    printf("\n  %s\n", measure->name);
    coop_cli_print_lines(stdout, indent, measure->summary);
    coop_cli_print_lines(stdout, indent, measure->formula);
    printf("%sunit %s", indent, measure->unit);
    if (!isnan(measure->min))
        printf(", at least %g", measure->min);
    if (!isnan(measure->max))
        printf(", at most %g", measure->max);
    if (!isnan(measure->neutral))
        printf("; %g among equals", measure->neutral);
    printf("\n");
}

enum coop_status coop_cli_measures(const struct coop_arguments *arguments)
{
    const struct coop_model *model;
    COOP_TRY(coop_study_find_model(arguments->isa,
                                   arguments->operands > 0 ? arguments->operand[0] : NULL, &model));
    for (size_t i = 0; model->observers[i] != NULL; i++) {
        const struct coop_observer *observer = model->observers[i];
        printf("%s%s: %s\n", i > 0 ? "\n" : "", observer->name, observer->summary);
        for (size_t m = 0; m < observer->measure_count; m++)
            print_measure(&observer->measures[m]);
    }
    return COOP_OK;
}
