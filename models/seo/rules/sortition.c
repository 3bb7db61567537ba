/* coopsim - GPL-3.0-or-later
 *
 * Sortition: `sortition.seats` members drawn by lot every `sortition.term` weeks decide by the mean
 * of their opinions, whether or not they come to the assembly, which still has to meet. As a rule,
 * or while the counter-mechanism of this name acts (counters/sortition.c). */
#include "models/seo/rules/list.h"
#include "models/seo/rules/mandate.h"
#include "models/seo/rules/mean.h"
#include "models/seo/verify.h"

#define COOP_OWNER sortition
#define SOURCE "Dowlen (2008), The Political Potential of Sortition; ODD 2, step 5"
#define SORTITION_PARAMS(X)                                                                        \
    X(INTEGER, seats, "sortition.seats", 5, 1, 1000, "worker", NULL,                               \
      "Seats of the council by lot", SOURCE)                                                       \
    X(INTEGER, term, "sortition.term", 26, 1, 100000, "week", NULL,                                \
      "Weeks from one drawing of the council to the next", SOURCE)
COOP_PARAMS(SORTITION_PARAMS)

static struct seo_body body_of(const struct coop_batch *b)
{
    const struct sortition_params *params = b->params;
    return (struct seo_body){
        .rule = SEO_RULE_sortition, .seats = params->seats, .term = params->term, .by_lot = true};
}

static void sortition_act(const struct coop_batch *b)
{
    const struct seo_body body = body_of(b);
    seo_bodies_renew(b, &body);
}

static void sortition_votes(const struct coop_batch *b, size_t o, size_t y, float *ret_vote)
{
    const struct seo_body body = body_of(b);
    (void)y;
    seo_body_votes(b, o, &body, ret_vote);
}

static void sortition_verify(const struct coop_param_set *set, struct coop_problems *problems)
{
    if (seo_rule_may_act(set, SEO_RULE_sortition))
        seo_verify_at_most_smallest(set, "sortition.seats", problems);
}

SEO_RULE(sortition) = {
    .mechanism = {.name = "sortition",
                  .summary = "Rule: members drawn by lot decide by the mean of their opinions",
                  .source = SOURCE,
                  .params = &sortition_table,
                  .verify = sortition_verify,
                  .act = sortition_act},
    .votes = sortition_votes,
    .always = true,
    .outcome = seo_mean_outcome,
    .ranges = seo_mean_ranges,
    .options = 1u << SEO_OPTION_MANDATE,
};
