/* coopsim - GPL-3.0-or-later
 *
 * A weighted voting game: every player has a weight, and a coalition wins if its weights add up to
 * the quota or more. It is written `[quota; weight, weight, ...]`, where `1x16` stands for sixteen
 * players of weight 1 and decimals are exact: [0.5; 0.2, 0.15x2] is [50; 20, 15, 15]. */
#ifndef COOP_POWER_GAME_H
#define COOP_POWER_GAME_H

#include "sim/base/status.h"

#include <stddef.h>
#include <stdint.h>

enum { COOP_GAME_PLAYERS_MAX = 1000, COOP_GAME_DIGITS_MAX = 15 };

struct coop_game {
    uint64_t quota;   /* from 1 to `total` */
    uint64_t *weight; /* [players], each below 10^15 */
    size_t players;   /* from 1 to COOP_GAME_PLAYERS_MAX */
    uint64_t total;   /* of all weights */
    int decimals;     /* quota and weights count units of 10^-decimals of what was written */
};

/* From text. COOP_USAGE with the column (in characters, from 1) of what is wrong, or if the quota
 * is not above 0 or is above the total. `ret` may be freed in any case. */
enum coop_status coop_game_parse(struct coop_game *ret, const char *text);
void coop_game_free(struct coop_game *game); /* safe on a zeroed struct */

/* A weight or a quota as a decimal number, as it was written. */
struct coop_game_number {
    char text[32];
};
struct coop_game_number coop_game_number(const struct coop_game *game, uint64_t value);

#endif
