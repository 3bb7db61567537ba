/* coopsim - GPL-3.0-or-later
 *
 * Patronage: members of a producers' cooperative vote in proportion to what they contribute, here
 * their output (productivity.h)
 *
 *     sum over k of x_jk (1/2 + 1/2 s_ik) (1 + .2 (z_i - .2)),
 *
 * and what is decided is the mean of the opinions by these votes. */
#include "models/seo/productivity.h"
#include "models/seo/rules/mean.h"

static void patronage_votes(const struct coop_batch *b, size_t o, size_t y, float *ret_vote)
{
    (void)y;
    for (size_t p = 0; p < b->size[o]; p++)
        ret_vote[p] = seo_output_of(b, coop_slot(b, o, p));
}

SEO_RULE(patronage) = {
    .mechanism = {.name = "patronage",
                  .summary = "Rule: the mean of the opinions, votes in proportion to output",
                  .source =
                      "Barton (1989), Principles, in Cobia: Cooperatives in Agriculture; ODD 2, "
                      "step 5"},
    .votes = patronage_votes,
    .outcome = seo_mean_outcome,
    .ranges = seo_mean_ranges,
};
