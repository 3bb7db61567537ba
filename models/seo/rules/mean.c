/* coopsim - GPL-3.0-or-later
 *
 * The mean rule (ODD 2, step 5): the assembly deliberates until what it wants is the mean of the
 * opinions, weighted by votes (rules/mean.h). */
#include "models/seo/rules/mean.h"

SEO_RULE(mean) = {
    .mechanism = {.name = "mean",
                  .summary = "Rule: the mean of the opinions, weighted by votes",
                  .source = "ODD 2, step 5"},
    .outcome = seo_mean_outcome,
    .ranges = seo_mean_ranges,
};
