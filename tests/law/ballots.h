/* coopsim - GPL-3.0-or-later
 *
 * Ballots made by hand for tests of the voting rules. */
#ifndef COOP_TESTS_LAW_BALLOTS_H
#define COOP_TESTS_LAW_BALLOTS_H

#include "models/seo/rules/list.h"
#include "tests/law/village.h"

enum { BALLOTS_MAX = 64 };

/* Room of some ballots; what they point to. */
struct ballot_box {
    struct seo_ballots ballots;
    float opinion[BALLOTS_MAX], vote[BALLOTS_MAX], rank[BALLOTS_MAX], sum[BALLOTS_MAX];
    uint32_t order[BALLOTS_MAX], spare[4][BALLOTS_MAX];
};

static inline void ballot_box_open(struct ballot_box *box, size_t holders, size_t workers,
                                   double now)
{
    *box = (struct ballot_box){.ballots = {.holders = holders,
                                           .workers = workers,
                                           .opinion = box->opinion,
                                           .vote = box->vote,
                                           .now = now,
                                           .rank = box->rank,
                                           .sum = box->sum,
                                           .order = box->order}};
    for (size_t i = 0; i < 4; i++)
        box->ballots.spare[i] = box->spare[i];
}

/* The model at the level that the rules are linked from, and its first batch at week 0. */
static inline const struct coop_batch *ballot_village(struct village *ret, const char *set)
{
    const struct coop_model *model = coop_registry_find("baseline", "seo");
    assert_non_null(model);
    village_begin(ret, model, set);
    return coop_run_look(&ret->run, 0);
}

static inline double ballot_outcome(const struct coop_batch *b, size_t rule,
                                    const struct ballot_box *box)
{
    const struct coop_batch as_rule = coop_batch_of(b, &seo_rule(rule)->mechanism);
    return seo_rule(rule)->outcome(&as_rule, &box->ballots);
}

#endif
