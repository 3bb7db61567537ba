/* coopsim - GPL-3.0-or-later
 *
 * Self-management: everybody has a say in proportion to how much a decision affects him or her
 * (affectedness.h), and what is decided is the mean of the opinions by these votes. */
#include "models/seo/affectedness.h"
#include "models/seo/rules/mean.h"

SEO_RULE(self_management) = {
    .mechanism = {.name = "self_management",
                  .summary = "Rule: the mean of the opinions, votes in proportion to how much the "
                             "change affects one's own job",
                  .source = "Albert and Hahnel (1991), The Political Economy of Participatory "
                            "Economics; ODD 2, step 5"},
    .votes = seo_affectedness,
    .outcome = seo_mean_outcome,
    .ranges = seo_mean_ranges,
};
