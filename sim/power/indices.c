/* coopsim - GPL-3.0-or-later */
#include "sim/power/indices.h"

#include "sim/power/swings.h"

#include <stdlib.h>

/* Of numbers: [players of positive weight] each. */
struct room {
    mpz_t *swings;    /* of one player, by the number of others */
    mpz_t *factorial; /* 0! to (players - 1)! */
    size_t players;
};

static mpz_t *new_numbers(size_t count)
{
    mpz_t *number = malloc(count * sizeof *number);
    for (size_t i = 0; number != NULL && i < count; i++)
        mpz_init(number[i]);
    return number;
}

static void free_numbers(mpz_t *number, size_t count)
{
    for (size_t i = 0; number != NULL && i < count; i++)
        mpz_clear(number[i]);
    free(number);
}

/* Of the indices only what is the player's own: swings as `banzhaf`'s numerator. */
static void sum_swings(const struct room *room, struct coop_power *ret)
{
    mpz_t orders, total;
    mpz_inits(orders, total, NULL);
    for (size_t k = 0; k < room->players; k++) {
        mpz_add(mpq_numref(ret->banzhaf), mpq_numref(ret->banzhaf), room->swings[k]);
        mpz_mul(orders, room->factorial[k], room->factorial[room->players - 1 - k]);
        mpz_addmul(total, orders, room->swings[k]);
    }
    mpz_set(mpq_numref(ret->penrose), mpq_numref(ret->banzhaf));
    mpz_setbit(mpq_denref(ret->penrose), room->players - 1);
    if (room->players > 1)
        mpz_clrbit(mpq_denref(ret->penrose), 0);
    mpq_canonicalize(ret->penrose);
    mpz_set(mpq_numref(ret->shapley), total);
    mpz_mul_ui(mpq_denref(ret->shapley), room->factorial[room->players - 1], room->players);
    mpq_canonicalize(ret->shapley);
    mpz_clears(orders, total, NULL);
}

/* Players of equal weight are computed once. */
static enum coop_status fill_player(const struct coop_swings *swings, const struct room *room,
                                    size_t player, struct coop_power *power)
{
    for (size_t p = 0; p < player; p++) {
        if (swings->weight[p] != swings->weight[player])
            continue;
        mpq_set(power[player].banzhaf, power[p].banzhaf);
        mpq_set(power[player].penrose, power[p].penrose);
        mpq_set(power[player].shapley, power[p].shapley);
        return COOP_OK;
    }
    COOP_TRY(coop_swings_of(swings, swings->weight[player], room->swings));
    sum_swings(room, &power[player]);
    return COOP_OK;
}

static void normalise(struct coop_power *power, size_t players)
{
    mpz_t total;
    mpz_init(total);
    for (size_t p = 0; p < players; p++)
        mpz_add(total, total, mpq_numref(power[p].banzhaf));
    for (size_t p = 0; p < players; p++) {
        mpz_set(mpq_denref(power[p].banzhaf), total);
        mpq_canonicalize(power[p].banzhaf);
    }
    mpz_clear(total);
}

static enum coop_status fill(const struct coop_swings *swings, size_t players,
                             struct coop_power *power)
{
    struct room room = {.players = swings->players,
                        .swings = new_numbers(swings->players),
                        .factorial = new_numbers(swings->players)};
    enum coop_status status = COOP_OK;
    if (room.swings == NULL || room.factorial == NULL)
        status = COOP_FAIL(COOP_MEMORY, "out of memory for the power of %zu players", players);
    for (size_t k = 0; status == COOP_OK && k < room.players; k++)
        mpz_fac_ui(room.factorial[k], k);
    for (size_t p = 0; status == COOP_OK && p < players; p++)
        status = fill_player(swings, &room, p, power);
    if (status == COOP_OK)
        normalise(power, players);
    free_numbers(room.swings, room.players);
    free_numbers(room.factorial, room.players);
    return status;
}

enum coop_status coop_power_indices(const struct coop_game *game, struct coop_power **ret)
{
    struct coop_swings swings;
    struct coop_power *power = malloc(game->players * sizeof *power);
    *ret = NULL;
    if (power == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the power of %zu players", game->players);
    for (size_t p = 0; p < game->players; p++)
        mpq_inits(power[p].banzhaf, power[p].penrose, power[p].shapley, NULL);
    enum coop_status status = coop_swings_init(&swings, game);
    if (status == COOP_OK)
        status = fill(&swings, game->players, power);
    coop_swings_free(&swings);
    if (status == COOP_OK)
        *ret = power;
    else
        coop_power_free(power, game->players);
    return status;
}

void coop_power_free(struct coop_power *power, size_t players)
{
    for (size_t p = 0; power != NULL && p < players; p++)
        mpq_clears(power[p].banzhaf, power[p].penrose, power[p].shapley, NULL);
    free(power);
}
