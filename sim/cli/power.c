/* coopsim - GPL-3.0-or-later
 *
 * coopsim power: the power indices of a weighted voting game. Players beside each other of the same
 * weight share a line of the table; JSON has every player and every digit. */
#include "sim/cli/cli.h"
#include "sim/cli/text.h"
#include "sim/power/indices.h"

#include <stdlib.h>
#include <string.h>

enum {
    INDICES = 3,
    LONGEST_FRACTION = 16,
    INDEX_COLUMNS = LONGEST_FRACTION + 10 /* " 0.123456" */
};

static const mpq_t *index_of(const struct coop_power *power, size_t number)
{
    return number == 0 ? &power->banzhaf : number == 1 ? &power->penrose : &power->shapley;
}

/* To be given back with free_fraction. */
static char *fraction_text(const mpq_t *fraction)
{
    return mpq_get_str(NULL, 10, *fraction);
}

static void free_fraction(char *text)
{
    void (*release)(void *, size_t);
    mp_get_memory_functions(NULL, NULL, &release);
    release(text, strlen(text) + 1);
}

static size_t last_alike(const struct coop_game *game, size_t player)
{
    while (player + 1 < game->players && game->weight[player + 1] == game->weight[player])
        player++;
    return player;
}

/* False if the fraction is too long for the table. */
static bool print_index(const mpq_t *index)
{
    char *fraction = fraction_text(index);
    const bool fits = strlen(fraction) <= LONGEST_FRACTION;
    if (fits)
        printf(" %*s %.6f", LONGEST_FRACTION + 1, fraction, mpq_get_d(*index));
    else
        printf(" %*.9g", INDEX_COLUMNS, mpq_get_d(*index));
    free_fraction(fraction);
    return fits;
}

static bool print_line(const struct coop_game *game, const struct coop_power *power, size_t first,
                       size_t last)
{
    char players[48];
    bool fits = true;
    if (first == last)
        snprintf(players, sizeof players, "%zu", first + 1);
    else
        snprintf(players, sizeof players, "%zu-%zu", first + 1, last + 1);
    printf("%-9s %9s", players, coop_game_number(game, game->weight[first]).text);
    for (size_t i = 0; i < INDICES; i++)
        fits = print_index(index_of(&power[first], i)) && fits;
    printf("\n");
    return fits;
}

static void print_table(const struct coop_game *game, const struct coop_power *power)
{
    bool fits = true;
    printf("%zu player%s with a weight of %s together; a coalition wins with %s or more.\n\n",
           game->players, game->players == 1 ? "" : "s", coop_game_number(game, game->total).text,
           coop_game_number(game, game->quota).text);
    printf("%-9s %9s %*s %*s %*s\n", "player", "weight", INDEX_COLUMNS, "Banzhaf", INDEX_COLUMNS,
           "Penrose", INDEX_COLUMNS, "Shapley-Shubik");
    for (size_t first = 0, last; first < game->players; first = last + 1) {
        last = last_alike(game, first);
        fits = print_line(game, power, first, last) && fits;
    }
    printf("\n");
    coop_cli_print_lines(stdout, "",
                         "Banzhaf: the player's share of all swings. Penrose: the share of the "
                         "coalitions of others in which the player swings the result. "
                         "Shapley-Shubik: the share of all orders of voting in which the player "
                         "is the one who brings the majority.");
    if (!fits)
        printf(
            "Fractions of more than %d characters are left out; --format json has all of them.\n",
            LONGEST_FRACTION);
}

static void print_json_index(const char *name, const mpq_t *index)
{
    char *fraction = fraction_text(index);
    printf(", \"%s\": \"%s\", \"%s_decimal\": %.17g", name, fraction, name, mpq_get_d(*index));
    free_fraction(fraction);
}

static void print_json(const struct coop_game *game, const struct coop_power *power)
{
    printf("{\"quota\": %s,\n \"players\": [", coop_game_number(game, game->quota).text);
    for (size_t p = 0; p < game->players; p++) {
        printf("%s\n  {\"player\": %zu, \"weight\": %s", p > 0 ? "," : "", p + 1,
               coop_game_number(game, game->weight[p]).text);
        print_json_index("banzhaf", &power[p].banzhaf);
        print_json_index("penrose", &power[p].penrose);
        print_json_index("shapley_shubik", &power[p].shapley);
        printf("}");
    }
    printf("\n]}\n");
}

enum coop_status coop_cli_power(const struct coop_arguments *arguments)
{
    struct coop_game game;
    struct coop_power *power = NULL;
    enum coop_status status = coop_game_parse(&game, arguments->operand[0]);
    if (status == COOP_OK)
        status = coop_power_indices(&game, &power);
    if (status == COOP_OK && arguments->json)
        print_json(&game, power);
    else if (status == COOP_OK)
        print_table(&game, power);
    coop_power_free(power, game.players);
    coop_game_free(&game);
    return status;
}
