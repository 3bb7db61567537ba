/* coopsim - GPL-3.0-or-later */
#include "sim/power/game.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A decimal number taken apart: its digits without the point, and how many stand behind it. */
struct written {
    const char *at; /* where it begins */
    uint64_t digits;
    int decimals;
    size_t players; /* of that weight */
};

struct reader {
    const char *text, *at;
    struct written quota;
    struct written *item; /* [COOP_GAME_PLAYERS_MAX] the weights */
    size_t items, players;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void skip_blanks(struct reader *reader)
{
    reader->at += strspn(reader->at, " \t\n\r");
}

/* Characters, not bytes: those that continue a UTF-8 character do not count. */
static size_t column_of(const struct reader *reader, const char *at)
{
    size_t column = 1;
    for (const char *c = reader->text; c < at; c++)
        column += ((unsigned char)*c & 0xc0) != 0x80;
    return column;
}

static enum coop_status fail_at(const struct reader *reader, const char *at, const char *fault)
{
    return COOP_FAIL(COOP_USAGE,
                     "column %zu: %s - a game is written '[quota; weight, weight, ...]', as in "
                     "'[12; 4, 4, 4, 2, 2, 1]' or '[11; 4, 1x16]'",
                     column_of(reader, at), fault);
}

static enum coop_status read_mark(struct reader *reader, char mark, const char *fault)
{
    skip_blanks(reader);
    if (*reader->at != mark)
        return fail_at(reader, reader->at, fault);
    reader->at++;
    return COOP_OK;
}

static enum coop_status read_number(struct reader *reader, const char *missing, struct written *ret)
{
    bool point = false;
    skip_blanks(reader);
    *ret = (struct written){.at = reader->at, .players = 1};
    if (*reader->at == '-')
        return fail_at(reader, reader->at, "neither quota nor weights can be negative");
    if (!is_digit(*reader->at) && !(*reader->at == '.' && is_digit(reader->at[1])))
        return fail_at(reader, reader->at, missing);
    for (; is_digit(*reader->at) || (*reader->at == '.' && !point); reader->at++) {
        if (*reader->at == '.') {
            point = true;
            continue;
        }
        if (ret->digits >= UINT64_MAX / 100)
            return fail_at(reader, ret->at, "a number of too many digits");
        ret->digits = 10 * ret->digits + (uint64_t)(*reader->at - '0');
        ret->decimals += point;
    }
    for (; ret->decimals > 0 && ret->digits % 10 == 0; ret->decimals--)
        ret->digits /= 10;
    return COOP_OK;
}

/* `x16` behind a weight. */
static enum coop_status read_times(struct reader *reader, struct written *item)
{
    skip_blanks(reader);
    if (*reader->at != 'x')
        return COOP_OK;
    const char *at = ++reader->at;
    skip_blanks(reader);
    item->players = 0;
    for (; is_digit(*reader->at) && item->players <= COOP_GAME_PLAYERS_MAX; reader->at++)
        item->players = 10 * item->players + (size_t)(*reader->at - '0');
    if (item->players == 0)
        return fail_at(reader, at, "behind 'x' goes the number of players, 1 or more");
    return COOP_OK;
}

static enum coop_status read_weight(struct reader *reader)
{
    struct written item;
    COOP_TRY(read_number(reader, "a weight is missing", &item));
    COOP_TRY(read_times(reader, &item));
    reader->players += item.players;
    if (reader->players > COOP_GAME_PLAYERS_MAX)
        return COOP_FAIL(COOP_USAGE, "column %zu: more than %d players", column_of(reader, item.at),
                         COOP_GAME_PLAYERS_MAX);
    reader->item[reader->items++] = item;
    skip_blanks(reader);
    return COOP_OK;
}

static enum coop_status read_game(struct reader *reader)
{
    COOP_TRY(read_mark(reader, '[', "a '[' is missing"));
    COOP_TRY(read_number(reader, "the quota is missing", &reader->quota));
    COOP_TRY(read_mark(reader, ';', "a ';' is missing behind the quota"));
    skip_blanks(reader);
    if (*reader->at == ']')
        return fail_at(reader, reader->at, "a game without players");
    COOP_TRY(read_weight(reader));
    while (*reader->at == ',') {
        reader->at++;
        COOP_TRY(read_weight(reader));
    }
    COOP_TRY(read_mark(reader, ']', "a ',' or the closing ']' is missing"));
    skip_blanks(reader);
    return *reader->at == '\0' ? COOP_OK
                               : fail_at(reader, reader->at, "something behind the closing ']'");
}

static enum coop_status scale(const struct reader *reader, const struct written *number,
                              int decimals, uint64_t *ret)
{
    uint64_t limit = 1;
    for (int i = 0; i < COOP_GAME_DIGITS_MAX; i++)
        limit *= 10;
    *ret = number->digits;
    for (int i = number->decimals; i < decimals && *ret < limit; i++)
        *ret *= 10;
    if (*ret < limit)
        return COOP_OK;
    return COOP_FAIL(COOP_USAGE,
                     "column %zu: with %d decimals, the most of any number here, this number has "
                     "more than %d digits - round the weights",
                     column_of(reader, number->at), decimals, COOP_GAME_DIGITS_MAX);
}

static enum coop_status check_quota(const struct coop_game *game, size_t column)
{
    if (game->quota == 0)
        return COOP_FAIL(COOP_USAGE,
                         "column %zu: with a quota of 0 the empty coalition wins and nobody is "
                         "needed - the quota is above 0",
                         column);
    if (game->quota > game->total)
        return COOP_FAIL(COOP_USAGE,
                         "column %zu: the quota %s is above the sum of all weights, %s, so that no "
                         "coalition wins",
                         column, coop_game_number(game, game->quota).text,
                         coop_game_number(game, game->total).text);
    return COOP_OK;
}

static enum coop_status make_game(struct coop_game *ret, const struct reader *reader)
{
    ret->decimals = reader->quota.decimals;
    for (size_t i = 0; i < reader->items; i++)
        if (reader->item[i].decimals > ret->decimals)
            ret->decimals = reader->item[i].decimals;
    COOP_TRY(scale(reader, &reader->quota, ret->decimals, &ret->quota));
    ret->weight = calloc(reader->players, sizeof *ret->weight);
    if (ret->weight == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for a game of %zu players", reader->players);
    for (size_t i = 0; i < reader->items; i++) {
        uint64_t weight;
        COOP_TRY(scale(reader, &reader->item[i], ret->decimals, &weight));
        ret->total += weight * reader->item[i].players;
        for (size_t p = 0; p < reader->item[i].players; p++)
            ret->weight[ret->players++] = weight;
    }
    return check_quota(ret, column_of(reader, reader->quota.at));
}

enum coop_status coop_game_parse(struct coop_game *ret, const char *text)
{
    struct reader reader = {.text = text, .at = text};
    *ret = (struct coop_game){0};
    reader.item = calloc(COOP_GAME_PLAYERS_MAX, sizeof *reader.item);
    if (reader.item == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for a game");
    enum coop_status status = read_game(&reader);
    if (status == COOP_OK)
        status = make_game(ret, &reader);
    free(reader.item);
    return status;
}

void coop_game_free(struct coop_game *game)
{
    free(game->weight);
    *game = (struct coop_game){0};
}

struct coop_game_number coop_game_number(const struct coop_game *game, uint64_t value)
{
    struct coop_game_number number;
    uint64_t unit = 1;
    for (int i = 0; i < game->decimals; i++)
        unit *= 10;
    int used = snprintf(number.text, sizeof number.text, "%" PRIu64, value / unit);
    if (value % unit == 0)
        return number;
    used += snprintf(number.text + used, sizeof number.text - (size_t)used, ".%0*" PRIu64,
                     game->decimals, value % unit);
    while (number.text[used - 1] == '0')
        number.text[--used] = '\0';
    return number;
}
