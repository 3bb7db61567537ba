/* coopsim - GPL-3.0-or-later
 *
 * Recall (ODD 2, step 7): every `recall.every` weeks from its start the members judge those who
 * decide with a mandate, a board or a manager. Somebody is dissatisfied where
 *
 *     mean over open variables y of |what they want of y - b_iy| > `recall.tolerance`,
 *
 * what a board wants being the mean of its members' ideal points. If most of those present are
 * dissatisfied the mandates end: an employed manager is replaced at the next decision by one hired
 * with the members' mean wish; for a board or a manager from inside there is an election in the
 * next week, in which those recalled cannot stand. The judgement needs the ideal points of a
 * decision and waits for one. */
#include "models/seo/calendar.h"
#include "models/seo/counter.h"
#include "models/seo/rules/mandate.h"
#include "models/seo/verify.h"

#define COOP_OWNER recall
#define SOURCE "Lenin (1917), The State and Revolution; Marx (1871), The Civil War in France"
#define RECALL_PARAMS(X)                                                                           \
    X(INTEGER, every, "recall.every", 52, 1, 10000, "week", NULL,                                  \
      "Weeks from one judgement of those with a mandate to the next", SOURCE)                      \
    X(REAL, tolerance, "recall.tolerance", .1, 0, 1, "1", NULL,                                    \
      "Distance of what they want from one's own wishes that is still accepted", SOURCE)
COOP_PARAMS(RECALL_PARAMS)

/* Mean distance of the worker's wishes from those of the ones with a mandate. */
static double distance_of(const struct coop_batch *b, size_t slot,
                          const double wish[SEO_VARIABLE_COUNT])
{
    double distance = 0, open = 0;
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++) {
        if (!seo_shared(b)->variable[y].open)
            continue;
        double difference = (double)coop_worker(b, SEO_IDEAL, y)[slot] - wish[y];
        distance += difference < 0 ? -difference : difference;
        open += 1;
    }
    return open > 0 ? distance / open : 0;
}

static bool most_are_dissatisfied(const struct coop_batch *b, size_t o,
                                  const double wish[SEO_VARIABLE_COUNT])
{
    const struct recall_params *params = b->params;
    double present = 0, dissatisfied = 0;
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        double here = (double)coop_worker(b, SEO_PRESENT, 0)[i];
        present += here;
        dissatisfied += distance_of(b, i, wish) > params->tolerance ? here : 0;
    }
    return dissatisfied > present / 2;
}

static void judge(const struct coop_batch *b, size_t o)
{
    const struct seo_rule *rule = seo_rule((size_t)coop_organisation(b, SEO_RULE, 0)[o]);
    double wish[SEO_VARIABLE_COUNT] = {0};
    if (rule->wants == NULL)
        return;
    const struct coop_batch as_rule = coop_batch_of(b, &rule->mechanism);
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
        if (seo_shared(b)->variable[y].open && !rule->wants(&as_rule, o, y, &wish[y]))
            return;
    if (most_are_dissatisfied(b, o, wish))
        seo_mandates_end(b, o, true);
}

static void recall_act(const struct coop_batch *b)
{
    const struct recall_params *params = b->params;
    const struct seo_counter_params *common = &seo_shared(b)->counter[SEO_COUNTER_recall];
    if (!common->on || !seo_has(b, SEO_OPTION_MANDATE) ||
        !seo_falls_due(b, common->start, params->every))
        return;
    for (size_t o = 0; o < b->organisations; o++)
        if (coop_organisation(b, SEO_ATTENDANCE, 0)[o] > 0 &&
            seo_counter_acts(b, o, SEO_COUNTER_recall))
            judge(b, o);
}

static bool recall_is_on(const struct coop_param_set *set)
{
    return seo_shared_values(set)->counter[SEO_COUNTER_recall].on;
}

/* Whether it is on while somebody may have a mandate. */
static bool may_recall(const struct coop_script *script, size_t set, const void *what)
{
    (void)what;
    for (size_t rule = 0; rule < SEO_RULE_COUNT; rule++)
        if (seo_rule(rule)->wants != NULL && seo_rule_may_act(&script->set[set], rule))
            return recall_is_on(&script->set[set]);
    return false;
}

static void recall_verify_script(const struct coop_script *script, struct coop_problems *problems)
{
    for (size_t s = 0; s < coop_script_set_count(script); s++)
        if (recall_is_on(&script->set[s]) &&
            !coop_script_acts(script, s, "recall.on", may_recall, NULL))
            coop_problems_add(
                problems, coop_param_place(&script->set[s], "recall.on"),
                "recall.on would have no effect, nobody has a mandate to be recalled from - "
                "choose governance.rule board or manager, or put them into decide.rules");
}

COOP_MECHANISM(recall) = {
    .name = "recall",
    .summary = "Members recall a board or a manager who wants other things than they do",
    .source = SOURCE,
    .params = &recall_table,
    .verify_script = recall_verify_script,
    .act = recall_act,
};
