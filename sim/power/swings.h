/* coopsim - GPL-3.0-or-later
 *
 * Counting swings: a player has a swing in a coalition of others that loses without it and wins
 * with it. Both power indices are sums over a player's swings by the size of the coalition. */
#ifndef COOP_POWER_SWINGS_H
#define COOP_POWER_SWINGS_H

#include "sim/power/game.h"

#include <gmp.h>

/* All coalitions counted by the sum of their weights and their size. Of a game with the same
 * swings but smaller numbers: weights are divided by their greatest common divisor and cut at the
 * quota; players of weight 0, who have no swings, are left out; of the game and its dual (which
 * loses where the complement wins, so that a swing with k others becomes one with the rest) it is
 * that with the smaller quota. */
struct coop_swings {
    uint64_t *weight; /* [all players of the original game] in the smaller one */
    uint64_t quota;
    size_t players;   /* of positive weight */
    size_t limbs;     /* of a count */
    size_t *first;    /* [quota + 1] where the counts of a sum begin: one for each size 0, 1, ... */
    mp_limb_t *count; /* [first[quota]][limbs] coalitions of at most that sum */
};

enum { COOP_SWINGS_MEGABYTES_MAX = 1000 };

/* O(players * quota * sizes) additions. COOP_USAGE if the counts would take more than
 * COOP_SWINGS_MEGABYTES_MAX, which also bounds the time, to minutes. To be freed in any case. */
enum coop_status coop_swings_init(struct coop_swings *ret, const struct coop_game *game);
void coop_swings_free(struct coop_swings *swings); /* safe on a zeroed struct */

/* The swings of a player of that weight in the smaller game, ret_swings[k] with k others, all
 * [players] of them initialised. */
enum coop_status coop_swings_of(const struct coop_swings *swings, uint64_t weight,
                                mpz_t *ret_swings);

#endif
