/* coopsim - GPL-3.0-or-later
 *
 * A board: `board.seats` members, elected every `board.term` weeks by those present, decide by the
 * mean of their opinions. Who stands is drawn with odds v (nW)^`board.standing` (mandate.h). Board
 * members take part in decisions whether or not they come to the assembly, which still has to meet
 * and convinces them like others. Outsiders keep their rights. */
#include "models/seo/rules/list.h"
#include "models/seo/rules/mandate.h"
#include "models/seo/rules/mean.h"
#include "models/seo/verify.h"

#define COOP_OWNER board
#define SOURCE                                                                                     \
    "Cornforth (2004), The Governance of Cooperatives and Mutual Associations; ODD 2, step 5"
#define BOARD_PARAMS(X)                                                                            \
    X(INTEGER, seats, "board.seats", 5, 1, 1000, "worker", NULL, "Seats of the board", SOURCE)     \
    X(INTEGER, term, "board.term", 52, 1, 100000, "week", NULL,                                    \
      "Weeks from one election of the board to the next", SOURCE)                                  \
    X(REAL, standing, "board.standing", 1, 0, 100, "1", "0",                                       \
      "Weight of standing in the election of the board or of a manager, beside voice", SOURCE)
COOP_PARAMS(BOARD_PARAMS)

static struct seo_body body_of(const struct coop_batch *b)
{
    const struct board_params *params = b->params;
    return (struct seo_body){.rule = SEO_RULE_board,
                             .seats = params->seats,
                             .term = params->term,
                             .standing = params->standing};
}

static void board_act(const struct coop_batch *b)
{
    const struct seo_body body = body_of(b);
    seo_bodies_renew(b, &body);
}

static void board_votes(const struct coop_batch *b, size_t o, size_t y, float *ret_vote)
{
    const struct seo_body body = body_of(b);
    (void)y;
    seo_body_votes(b, o, &body, ret_vote);
}

static bool board_wants(const struct coop_batch *b, size_t o, size_t y, double *ret_wish)
{
    return seo_body_wants(b, o, SEO_RULE_board, y, ret_wish);
}

static void board_verify(const struct coop_param_set *set, struct coop_problems *problems)
{
    if (seo_rule_may_act(set, SEO_RULE_board))
        seo_verify_at_most_smallest(set, "board.seats", problems);
}

SEO_RULE(board) = {
    .mechanism = {.name = "board",
                  .summary = "Rule: an elected board decides by the mean of its members' opinions",
                  .source = SOURCE,
                  .params = &board_table,
                  .verify = board_verify,
                  .act = board_act},
    .votes = board_votes,
    .always = true,
    .outcome = seo_mean_outcome,
    .ranges = seo_mean_ranges,
    .options = 1u << SEO_OPTION_MANDATE,
    .wants = board_wants,
};
