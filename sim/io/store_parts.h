/* coopsim - GPL-3.0-or-later
 *
 * The parts of the store, one file each: the runs and where they come from (store.c), their
 * parameters, their measures, their regimes, the panel of workers, and the expectations. */
#ifndef COOP_IO_STORE_PARTS_H
#define COOP_IO_STORE_PARTS_H

#include "sim/io/h5.h"
#include "sim/io/store.h"

/* A result file being built. Runs may differ in their length and their number of organisations:
 * the axes are as long as the longest run needs, the others end in missing values. */
struct coop_store {
    hid_t file;
    const struct coop_result *result;
    const struct coop_layout *layout;
    struct coop_h5_axis run, time;
    struct coop_h5_axis organisation; /* size 0: there are no values by organisation */
};

/* Which run of the design a row is, and its parameters. */
static inline size_t coop_store_number(const struct coop_result *result, size_t row)
{
    return result->number != NULL ? result->number[row] : row;
}
static inline const struct coop_script *coop_store_script(const struct coop_result *result,
                                                          size_t row)
{
    return result->script[row];
}

/* The scale of time in a group of its own, which readers see only with the scales that it holds. */
enum coop_status coop_store_time(const struct coop_store *store, hid_t group,
                                 struct coop_h5_axis *ret);

enum coop_status coop_store_runs(const struct coop_store *store);
enum coop_status coop_store_params(const struct coop_store *store);
enum coop_status coop_store_measures(const struct coop_store *store);
enum coop_status coop_store_regimes(const struct coop_store *store);
enum coop_status coop_store_panel(const struct coop_store *store);

/* The groups of what was judged, in a file that is otherwise finished. */
struct coop_judged_result;
enum coop_status coop_store_expect(hid_t file, const struct coop_judged_result *judged);
enum coop_status coop_store_hypotheses(hid_t file, const struct coop_judged_result *judged);

#endif
