/* coopsim - GPL-3.0-or-later */
#include "sim/cli/experiment.h"
#include "sim/cli/text.h"

/* "from 0.1 to 10, logarithmic" or "mean, majority, ... (9 values)". */
static void write_values(FILE *out, const struct coop_study *study, size_t axis)
{
    enum { SHOWN = 6 };
    const struct coop_axis *plan = study->design.axis[axis].plan;
    for (size_t v = 0; v < plan->values && v < SHOWN; v++)
        fprintf(out, "%s%s", v > 0 ? ", " : "", plan->value[v]);
    if (plan->values > SHOWN)
        fprintf(out, ", ... (%zu values)", plan->values);
    if (plan->values > 0)
        return;
    fprintf(out, "%.12g to %.12g", plan->from, plan->to);
    if (plan->steps > 0)
        fprintf(out, " in %lld points", (long long)plan->steps);
    if (plan->logarithmic)
        fprintf(out, ", logarithmic");
}

static void print_axes(const struct coop_study *study, size_t column)
{
    for (size_t a = 0; a < study->design.axes; a++) {
        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);
        if (out == NULL)
            return;
        fprintf(out, "%s: ", coop_design_axis_name(&study->design, a));
        write_values(out, study, a);
        if (fclose(out) == 0)
            coop_cli_print_item(a == 0 ? "axes" : "", column, text);
        free(text);
    }
}

void coop_experiment_print(const struct coop_study *study, size_t column)
{
    const struct coop_design *design = &study->design;
    if (design->kind == COOP_NO_SCHEME && design->replicates == 1)
        return;
    printf("%-*s%s: ", (int)column, "runs", coop_cli_count((double)design->runs).text);
    printf("%s replicate%s", coop_cli_count((double)design->replicates).text,
           design->replicates == 1 ? "" : "s");
    printf(" of %s point%s", coop_cli_count((double)design->points).text,
           design->points == 1 ? "" : "s");
    printf(" of %zu\n", design->entries);
    if (design->kind == COOP_NO_SCHEME)
        return;
    printf("%-*s%s of %zu ax%s\n", (int)column, "design", coop_scheme_word(design->kind),
           design->axes, design->axes == 1 ? "is" : "es");
    print_axes(study, column);
}
