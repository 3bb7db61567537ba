/* coopsim - GPL-3.0-or-later
 *
 * A manager decides with a share of all votes (`manager.discretion`), the assembly has the rest, one
 * vote each and the outsiders' rights, and what is decided is the mean of the opinions.
 *
 * A manager from inside is a member, elected like a board of one seat (mandate.h). One from outside
 * is employed: hired at a decision with what the members want in the unweighted mean, and drifting
 * away from it every month, w += drift (manager.ideal - w): the agent's own interests (Jensen and
 * Meckling 1976), and the oligarchy of leaders (Michels 1911). He or she is for no proposal. */
#include "models/seo/rules/list.h"
#include "models/seo/rules/mandate.h"
#include "models/seo/rules/mean.h"
#include "models/seo/status.h"

#define COOP_OWNER manager
#define SOURCE                                                                                     \
    "Michels (1911), Political Parties; Jensen and Meckling (1976), Theory of the Firm, "          \
    "doi:10.1016/0304-405X(76)90026-X; ODD 2, step 5"
enum { FROM_INSIDE, FROM_OUTSIDE };
#define MANAGER_PARAMS(X)                                                                          \
    X(REAL, discretion, "manager.discretion", .8, 0, 1, "1", "0",                                  \
      "Share of all votes with which a manager decides", SOURCE)                                   \
    X(CHOICE, from, "manager.from", 0, 1, "inside|outside", NULL,                                  \
      "Whether the manager is an elected member or employed from outside", SOURCE)                 \
    X(INTEGER, term, "manager.term", 52, 1, 100000, "week", NULL,                                  \
      "Weeks from one election of a manager to the next", SOURCE)                                  \
    X(REAL, standing, "manager.standing", 1, 0, 100, "1", "0",                                     \
      "Weight of standing in the election of a manager, beside voice", SOURCE)                     \
    X(REAL, drift, "manager.drift", .05, 0, 1, "1/month", "0",                                     \
      "Share of the way to manager.ideal that an employed manager goes in a month", SOURCE)        \
    X(REALS, ideal, "manager.ideal", ".6, .7, .7, .9, .7, .9", SEO_VARIABLE_COUNT, 0, 1, "1",      \
      "What an employed manager wants of the governed variables in the end, in their order",       \
      SOURCE)
COOP_PARAMS(MANAGER_PARAMS)

#define WISH_FIELD(X, variable, ...)                                                               \
    {"manager_wish_" #variable,                                                                    \
     COOP_ORGANISATION,                                                                            \
     COOP_F64,                                                                                     \
     COOP_IF_OPTION(SEO_OPTION_WISH),                                                              \
     "1",                                                                                          \
     "What the employed manager wants of " #variable},
static const struct coop_field manager_fields[] = {SEO_VARIABLES(WISH_FIELD, )};

static struct seo_body body_of(const struct coop_batch *b)
{
    const struct manager_params *params = b->params;
    return (struct seo_body){
        .rule = SEO_RULE_manager, .seats = 1, .term = params->term, .standing = params->standing};
}

static double *wish_of(const struct coop_batch *b, size_t o, size_t y)
{
    return &coop_organisation(b, b->own + (int)y, 0)[o];
}

static bool is_from_outside(const struct coop_batch *b)
{
    return ((const struct manager_params *)b->params)->from == FROM_OUTSIDE;
}

/* What somebody hired now would want: the members' mean, or everybody's if nobody is a member. */
static double mean_wish(const struct coop_batch *b, size_t o, size_t y)
{
    size_t members = seo_members(b, o);
    double wish = 0;
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        if (members == 0 || seo_is_member(b, i))
            wish += (double)coop_worker(b, SEO_IDEAL, y)[i];
    }
    return wish / (double)(members > 0 ? members : b->size[o]);
}

static void manager_month(const struct coop_batch *b)
{
    const struct manager_params *params = b->params;
    if (!seo_has(b, SEO_OPTION_WISH) || !is_from_outside(b))
        return;
    for (size_t y = 0; y < SEO_VARIABLE_COUNT && y < params->ideal.count; y++)
        for (size_t o = 0; o < b->organisations; o++)
            if (seo_has_mandates(b, o, SEO_RULE_manager))
                *wish_of(b, o, y) += params->drift * (params->ideal.value[y] - *wish_of(b, o, y));
}

static void manager_act(const struct coop_batch *b)
{
    const struct seo_body body = body_of(b);
    if (!is_from_outside(b))
        seo_bodies_renew(b, &body);
}

/* Hired at the first decision without a manager. */
static void manager_decided(const struct coop_batch *b, size_t o)
{
    if (!is_from_outside(b) || seo_has_mandates(b, o, SEO_RULE_manager))
        return;
    seo_mandates_end(b, o, false);
    coop_organisation(b, SEO_MANDATE_RULE, 0)[o] = SEO_RULE_manager + 1;
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
        *wish_of(b, o, y) = seo_shared(b)->variable[y].open ? mean_wish(b, o, y)
                                                            : coop_organisation(b, SEO_VOTED, y)[o];
}

/* What is to be expected of a manager who is yet to be elected. */
static double expected_wish(const struct coop_batch *b, size_t o, size_t y)
{
    const struct seo_body body = body_of(b);
    float *odds = coop_worker(b, SEO_BALLOT, SEO_BALLOT_RANGE);
    double total = 0, wish = 0;
    seo_body_votes(b, o, &body, odds);
    for (size_t p = 0; p < b->size[o]; p++) {
        total += (double)odds[p];
        wish += (double)odds[p] * (double)coop_worker(b, SEO_IDEAL, y)[coop_slot(b, o, p)];
    }
    return total > 0 ? wish / total : mean_wish(b, o, y);
}

static double manager_decider(const struct coop_batch *b, size_t o, size_t y, size_t *ret_position,
                              double *ret_opinion)
{
    double share = ((const struct manager_params *)b->params)->discretion;
    if (is_from_outside(b)) {
        bool hired = seo_has_mandates(b, o, SEO_RULE_manager);
        *ret_opinion = y == SEO_PROPOSAL ? 0 : hired ? *wish_of(b, o, y) : mean_wish(b, o, y);
        return share;
    }
    for (size_t p = 0; p < b->size[o]; p++)
        if (seo_has_mandates(b, o, SEO_RULE_manager) && seo_holds_mandate(b, coop_slot(b, o, p)))
            *ret_position = p;
    if (*ret_position == SIZE_MAX) {
        *ret_opinion = expected_wish(b, o, y);
        *ret_position = SEO_UNELECTED;
    }
    return share;
}

static bool manager_wants(const struct coop_batch *b, size_t o, size_t y, double *ret_wish)
{
    if (!is_from_outside(b))
        return seo_body_wants(b, o, SEO_RULE_manager, y, ret_wish);
    *ret_wish = *wish_of(b, o, y);
    return seo_has_mandates(b, o, SEO_RULE_manager);
}

static void manager_verify(const struct coop_param_set *set, struct coop_problems *problems)
{
    struct coop_value ideal;
    if (coop_param_get(set, "manager.ideal", &ideal) != COOP_OK ||
        ideal.reals.count == SEO_VARIABLE_COUNT)
        return;
    coop_problems_add(problems, coop_param_place(set, "manager.ideal"),
                      "manager.ideal has %zu values - give one for each of the %d governed "
                      "variables",
                      ideal.reals.count, SEO_VARIABLE_COUNT);
}

SEO_RULE(manager) = {
    .mechanism = {.name = "manager",
                  .summary = "Rule: a manager decides with a share of all votes",
                  .source = SOURCE,
                  .params = &manager_table,
                  .fields = manager_fields,
                  .field_count = sizeof manager_fields / sizeof *manager_fields,
                  .verify = manager_verify,
                  .month = manager_month,
                  .act = manager_act},
    .decider = manager_decider,
    .outcome = seo_mean_outcome,
    .ranges = seo_mean_ranges,
    .options = 1u << SEO_OPTION_MANDATE | 1u << SEO_OPTION_WISH,
    .decided = manager_decided,
    .wants = manager_wants,
};
