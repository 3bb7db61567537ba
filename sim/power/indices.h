/* coopsim - GPL-3.0-or-later
 *
 * Power indices of a weighted voting game, exact. */
#ifndef COOP_POWER_INDICES_H
#define COOP_POWER_INDICES_H

#include "sim/power/game.h"

#include <gmp.h>

/* Fractions in lowest terms. */
struct coop_power {
    /* The share of all players' swings that are this player's: the normalised Banzhaf index
     * (Penrose 1946, Banzhaf 1965, Coleman 1971). Adds up to 1. */
    mpq_t banzhaf;
    /* The share of all coalitions of the others in which the player has a swing: the absolute
     * Banzhaf index, or Penrose measure. */
    mpq_t penrose;
    /* The share of all orders of the players in which this one turns the coalition of those before
     * it from losing into winning (Shapley and Shubik 1954). Adds up to 1. */
    mpq_t shapley;
};

/* One for each player of the game, to be freed. COOP_USAGE if the numbers are too large to count
 * (see coop_swings_init). GMP ends the process where it finds no memory; what takes much of it is
 * taken apart from it and is an error. */
enum coop_status coop_power_indices(const struct coop_game *game, struct coop_power **ret);
void coop_power_free(struct coop_power *power, size_t players); /* safe on NULL */

#endif
