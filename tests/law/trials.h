/* coopsim - GPL-3.0-or-later
 *
 * Other values of a row, tried one after the other: does any of them make a difference? */
#ifndef COOP_TESTS_LAW_TRIALS_H
#define COOP_TESTS_LAW_TRIALS_H

#include "tests/law/village.h"

/* Hash of a run with another value of a row; as it is if `name` is NULL. */
typedef uint64_t trials_hash(const struct coop_model *model, const char *configuration,
                             const char *name, const char *value);

/* Whether another value of the row, or of one element of a list, gives another hash than `hash`.
 * Nothing far away is tried, where runs would take long. Lists of texts are never tried. */
bool trials_differ(const struct coop_model *model, const struct coop_param *row, size_t element,
                   const char *configuration, uint64_t hash, trials_hash *take);
/* Elements of a list of reals, 1 for other rows. */
size_t trials_elements(const struct coop_model *model, const struct coop_param *row);

#endif
