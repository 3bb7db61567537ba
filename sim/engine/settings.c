/* coopsim - GPL-3.0-or-later
 *
 * The engine's own parameters: how long, how many, what is recorded. */
#include "sim/engine/run.h"

#define COOP_OWNER coop_settings
#undef COOP_OWNER_STRUCT
#define COOP_OWNER_STRUCT struct coop_settings
#define SETTINGS(X)                                                                                \
    X(INTEGER, weeks, "run.weeks", 520, 0, 10000000, "week", NULL, "Weeks that are lived",         \
      "one step is one week")                                                                      \
    X(INTEGER, seed, "run.seed", 1, 0, 9007199254740992, "1", NULL,                                \
      "Seed of what happens; the same seed gives the same draws in every case", "Philox4x32-10")   \
    X(INTEGER, population_seed, "run.population_seed", -1, -1, 9007199254740992, "1", NULL,        \
      "Seed of who the people are; -1: the same as run.seed", "Philox4x32-10")                     \
    X(INTEGER, organisations, "economy.organisations", 100, 1, 50000000, "1", NULL,                \
      "Organisations in the economy", "ODD 1")                                                     \
    X(CHOICE, sizes, "economy.sizes", 0, 2, "fixed|lognormal|list", NULL,                          \
      "Sizes: all alike, lognormal around economy.size, or as economy.size_list says in turn",     \
      "ODD 7")                                                                                     \
    X(INTEGER, size, "economy.size", 20, 1, 100000, "worker", NULL,                                \
      "Workers in an organisation (median if lognormal)", "the prototype")                         \
    X(REAL, size_spread, "economy.size_spread", .8, 0, 5, "1", "0",                                \
      "Standard deviation of the log size", "ODD 7")                                               \
    X(INTEGER, size_min, "economy.size_min", 5, 1, 100000, "worker", NULL,                         \
      "Least size if lognormal", "ODD 7")                                                          \
    X(INTEGER, size_max, "economy.size_max", 500, 1, 100000, "worker", NULL,                       \
      "Largest size if lognormal", "ODD 7")                                                        \
    X(REALS, size_list, "economy.size_list", "20", COOP_LIST_MAX, 1, 100000, "worker",             \
      "Sizes if economy.sizes is list; organisation i takes number i modulo the length", "ODD 7")  \
    X(INTEGER, every, "record.every", 4, 1, 100000, "week", NULL,                                  \
      "Weeks from one record to the next", "ODD 7, time")                                          \
    X(BOOLEAN, by_organisation, "record.organisations", 0, "false",                                \
      "Whether measures are also kept for each organisation", "result file")                       \
    X(CHOICE, look_back, "record.look_back", 0, 1, "yearly|always", NULL,                          \
      "When measures look back 52 weeks: at whole years, or at every record (more state); never "  \
      "if 52 is no multiple of record.every",                                                      \
      "ODD 7")                                                                                     \
    X(INTEGER, panel_workers, "record.workers", 0, 0, 1000000, "worker", "0",                      \
      "Workers sampled into the panel of all their state", "result file")

static const struct coop_param settings_rows[] = {SETTINGS(COOP_ROW)};
const struct coop_param_table coop_settings_table = {
    settings_rows, sizeof settings_rows / sizeof *settings_rows, sizeof(struct coop_settings)};
