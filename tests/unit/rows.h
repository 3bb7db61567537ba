/* coopsim - GPL-3.0-or-later
 *
 * A small model's rows, one of every kind, in two owners, for the tests of sim/param. */
#ifndef COOP_TESTS_UNIT_ROWS_H
#define COOP_TESTS_UNIT_ROWS_H

#include "sim/param/param.h"

#define COOP_OWNER voice
#define VOICE_PARAMS(X)                                                                            \
    X(REAL, know, "voice.know", 8, 0, 20, "logit", "0", "Weight of know-how", "test")              \
    X(REAL, skill, "voice.skill", 0.3, -20, 20, "1", "0", "Weight of skill", "test")               \
    X(BOOLEAN, on, "rotation.on", 0, "false", "Whether jobs rotate", "test")                       \
    X(INTEGER, weeks, "rotation.weeks", 4, 1, 9007199254740992, "week", NULL, "Period", "test")    \
    X(CHOICE, twin, "arrows.twin", 0, 2, "none|exposure|voiceless", "none", "Twin", "test")
COOP_PARAMS(VOICE_PARAMS)
#undef COOP_OWNER

#define COOP_OWNER market
#define MARKET_PARAMS(X)                                                                           \
    X(BOOLEAN, open, "market.open", 1, "true", "Comes first, so that offsets differ", "test")      \
    X(REAL, pressure, "market.pressure", NAN, 0, 1, "1", "unset", "Unset by default", "test")      \
    X(REALS, hours, "tasks.hours", ".08, .2, 1", 4, 0, 1000, "hour", "Hours", "test")              \
    X(TEXTS, name, "tasks.name", "craft, shop floor", 3, "Kinds", "test")
COOP_PARAMS(MARKET_PARAMS)
#undef COOP_OWNER

static const struct coop_param_table *const rows_tables[] = {&voice_table, &market_table};
enum { ROWS_TABLES = 2 };

#endif
