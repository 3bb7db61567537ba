/* coopsim - GPL-3.0-or-later
 *
 * The structure in force: what was voted takes effect at the next month's start (ODD 7,
 * time). Mechanisms listed after this one may change what is in force before jobs are laid out. */
#include "models/seo/seo.h"

static void structure_month(const struct coop_batch *b)
{
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
        for (size_t o = 0; o < b->organisations; o++)
            coop_organisation(b, SEO_IN_FORCE, y)[o] = coop_organisation(b, SEO_VOTED, y)[o];
}

COOP_MECHANISM(structure) = {
    .name = "structure",
    .summary = "Decisions take effect at the next month's start",
    .source = "ODD 7",
    .month = structure_month,
};
