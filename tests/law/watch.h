/* coopsim - GPL-3.0-or-later
 *
 * Watching one mechanism of the seo model at work: hooks of the test right before and right after it
 * look at the organisations, so that a law can be told from what was and what is. */
#ifndef COOP_TESTS_LAW_WATCH_H
#define COOP_TESTS_LAW_WATCH_H

#include "tests/law/village.h"

#include "models/seo/seo.h"

#include <math.h>

#define VARIED                                                                                     \
    "economy.sizes=list; economy.size_list=[2, 3, 5, 12, 12, 12, 12, 12, 12, 12, 12, 20, 33];"     \
    "economy.organisations=13; allocation.leave=.02;"
enum { WATCHED = 13, WATCHED_SIZE = 33, WATCHED_PERSONS = 2 + 3 + 5 + 8 * 12 + 20 + 33 };

/* What was right before the mechanism acted, by position. */
struct watch_sight {
    uint32_t label[WATCHED_SIZE];
    float skill[SEO_KINDS_MAX][WATCHED_SIZE];
    double solidarity;
};
extern struct watch_sight watch_before[WATCHED]; /* of each organisation */
/* The week since which each position's holder has held it, as seen by label and week of joining. */
extern uint32_t watch_since[WATCHED][WATCHED_SIZE];

/* Lives some weeks with a counter-mechanism on; `compare` runs right after it. */
void watch_live(const char *counter, const char *set, int64_t weeks,
                void (*compare)(const struct coop_batch *b));
/* Brings watch_since up to date. */
void watch_follow(const struct coop_batch *b);

float watch_value(const struct coop_batch *b, int field, size_t component, size_t o, size_t p);
/* Where the holder that a position had before is now. */
size_t watch_place(const struct coop_batch *b, size_t o, size_t position);
/* Persons of an organisation who have changed position; adds them to watch_moves. */
size_t watch_moved(const struct coop_batch *b, size_t o);
/* The same of all organisations. */
void watch_count(const struct coop_batch *b);
extern size_t watch_moves; /* since watch_live began */
/* Whether a position is above the mean empowerment. */
bool watch_is_empowered(const struct coop_batch *b, size_t o, size_t position);

#endif
