/* coopsim - GPL-3.0-or-later
 *
 * Replicates and design of a resolved configuration. */
#include "sim/io/resolved.h"

static void print_axis(FILE *out, const struct coop_axis *axis)
{
    fprintf(out, "    - parameter: %s\n", axis->parameter);
    for (size_t v = 0; v < axis->values; v++)
        fprintf(out, "%s%s%s", v == 0 ? "      values: [" : ", ", axis->value[v],
                v + 1 == axis->values ? "]\n" : "");
    if (axis->values > 0)
        return;
    fprintf(out, "      from: %.17g\n      to: %.17g\n", axis->from, axis->to);
    if (axis->steps > 0)
        fprintf(out, "      steps: %lld\n", (long long)axis->steps);
    if (axis->logarithmic)
        fputs("      scale: log\n", out);
}

/* An arrow is an axis of its own, so that its row's whole name is there. */
static void print_arrows(FILE *out, const struct coop_scheme *scheme)
{
    if (scheme->orders > 0)
        fprintf(out, "  orders: %lld\n  seed: %lld\n", (long long)scheme->orders,
                (long long)scheme->seed);
    for (size_t a = 0; a < scheme->axes; a++)
        fprintf(out, "%s%s%s", a == 0 ? "  arrows: [" : ", ", scheme->axis[a].parameter,
                a + 1 == scheme->axes ? "]\n" : "");
}

static void print_axes(FILE *out, const struct coop_scheme *scheme)
{
    fputs("  axes:\n", out);
    for (size_t a = 0; a < scheme->axes; a++)
        print_axis(out, &scheme->axis[a]);
}

void coop_resolved_design(FILE *out, const struct coop_config *config)
{
    const struct coop_scheme *scheme = &config->scheme;
    if (config->replicates > 1)
        fprintf(out, "replicates: %lld\n", (long long)config->replicates);
    if (scheme->kind == COOP_NO_SCHEME)
        return;
    fprintf(out, "design:\n  kind: %s\n", coop_scheme_word(scheme->kind));
    if (coop_scheme_is_sampled(scheme->kind))
        fprintf(out, "  points: %lld\n", (long long)scheme->points);
    if (scheme->kind == COOP_LATIN_HYPERCUBE || scheme->kind == COOP_MORRIS)
        fprintf(out, "  seed: %lld\n", (long long)scheme->seed);
    if (scheme->kind == COOP_MORRIS)
        fprintf(out, "  levels: %lld\n", (long long)scheme->levels);
    for (size_t m = 0; m < scheme->measures.count; m++)
        fprintf(out, "%s%s%s", m == 0 ? "  measures: [" : ", ", scheme->measures.item[m],
                m + 1 == scheme->measures.count ? "]\n" : "");
    if (scheme->kind == COOP_ARROWS)
        print_arrows(out, scheme);
    else
        print_axes(out, scheme);
}
