/* coopsim - GPL-3.0-or-later
 *
 * The script of a run: which parameters hold for which organisation in which week. Epochs follow
 * each other (a schedule's weeks cut them), regimes stand side by side (a mix cuts the organisations
 * into blocks of neighbours), and each epoch of each regime has its immutable set of parameters. A
 * run without regimes and schedule has one of each. */
#ifndef COOP_PARAM_SCRIPT_H
#define COOP_PARAM_SCRIPT_H

#include "sim/param/config.h"
#include "sim/param/param.h"

struct coop_script_regime {
    char *name; /* "" where the configuration names no regime */
    double share;
    struct coop_place place; /* borrowed from the config */
};

struct coop_epoch {
    int64_t week;            /* from whose start it holds; 0 for the first */
    struct coop_place place; /* of the week in the schedule; borrowed from the config */
};

struct coop_script {
    size_t regimes, epochs; /* at least 1 each */
    struct coop_script_regime *regime;
    struct coop_epoch *epoch;   /* [epochs], in the order of their weeks */
    struct coop_param_set *set; /* [epochs][regimes] */
};

/* The script of a case, from `defaults` on: the regime's file, the configuration's own values, the
 * regime's `set`, the case's `set`, then `--set`'s, then in its week each entry of the schedules.
 * Problems may be named several times; free `ret` in any case. */
enum coop_status coop_script_init(struct coop_script *ret, const struct coop_config *config,
                                  const struct coop_case *of, const struct coop_param_set *defaults,
                                  struct coop_problems *problems);
enum coop_status coop_script_copy(struct coop_script *ret, const struct coop_script *script);
void coop_script_free(struct coop_script *script); /* safe on a zeroed struct */

/* Sets a value in every set. */
enum coop_status coop_script_set_text(struct coop_script *script, const char *name,
                                      const char *text, const char *origin);

/* The sets of an epoch, [regimes]. */
static inline const struct coop_param_set *coop_script_sets(const struct coop_script *script,
                                                            size_t epoch)
{
    return script->set + epoch * script->regimes;
}

static inline size_t coop_script_set_count(const struct coop_script *script)
{
    return script->epochs * script->regimes;
}

/* The week in which the sets of an epoch cease to hold; that of the last is never reached. */
static inline int64_t coop_script_epoch_end(const struct coop_script *script, size_t epoch)
{
    return epoch + 1 < script->epochs ? script->epoch[epoch + 1].week : INT64_MAX;
}

/* Whether what is set of a row in set number `set` has an effect somewhere in the run: one line of a
 * configuration may hold in several regimes and epochs, and it is enough that `acts` is true of one
 * of the sets that have the row from the same place. `what` is handed to it. */
typedef bool coop_script_test(const struct coop_script *script, size_t set, const void *what);
bool coop_script_acts(const struct coop_script *script, size_t set, const char *name,
                      coop_script_test *acts, const void *what);

/* Whether an epoch (not the first) changes the same in all regimes. */
bool coop_script_changes_alike(const struct coop_script *script, size_t epoch);

/* The id behind the last organisation of a regime: floor(M * cumulative share + 1/2). */
size_t coop_script_end(const struct coop_script *script, size_t regime, size_t organisations);

#endif
