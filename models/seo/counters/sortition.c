/* coopsim - GPL-3.0-or-later
 *
 * Sortition as a counter-mechanism (ODD 2, step 7): while it acts, a council drawn by lot
 * (rules/sortition.c) decides in place of the organisation's rule. What it changes takes effect at
 * a month's start. */
#include "models/seo/counter.h"
#include "models/seo/rules/list.h"

static void sortition_month(const struct coop_batch *b)
{
    if (!seo_shared(b)->counter[SEO_COUNTER_sortition].on)
        return;
    for (size_t o = 0; o < b->organisations; o++)
        if (seo_counter_acts(b, o, SEO_COUNTER_sortition))
            coop_organisation(b, SEO_RULE, 0)[o] = SEO_RULE_sortition;
}

static uint32_t sortition_options(const void *shared, const void *params)
{
    (void)params;
    bool on = ((const struct seo_params *)shared)->counter[SEO_COUNTER_sortition].on;
    return on ? 1u << SEO_OPTION_FORCE | seo_rule(SEO_RULE_sortition)->options : 0;
}

COOP_MECHANISM(sortition) = {
    .name = "sortition_council",
    .summary = "A council drawn by lot decides in place of the organisation's rule",
    .source = "Dowlen (2008), The Political Potential of Sortition; ODD 2, step 7",
    .options = sortition_options,
    .month = sortition_month,
};
