/* coopsim - GPL-3.0-or-later
 *
 * The values that an accounting of arrows is made of, taken from finished runs. */
#ifndef COOP_EXPLAIN_VALUES_H
#define COOP_EXPLAIN_VALUES_H

#include "sim/engine/model.h"
#include "sim/explain/account.h"
#include "sim/hypothesis/source.h"

struct coop_account_values {
    double *value; /* [points][units], to be freed */
    size_t units;
    enum coop_account_units kind;
};

/* Of a measure and a case or twin: of each replicate; of one replicate, of each organisation if there
 * are two or more that were kept and have a value at every point. `ret->value` is to be freed in any
 * case. */
enum coop_status coop_account_values_find(struct coop_account_values *ret,
                                          const struct coop_source *source,
                                          const struct coop_model *model, const char *measure,
                                          size_t entry);

#endif
