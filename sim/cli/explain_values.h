/* coopsim - GPL-3.0-or-later
 *
 * The values that an accounting of arrows is made of. Inside sim/cli. */
#ifndef COOP_CLI_EXPLAIN_VALUES_H
#define COOP_CLI_EXPLAIN_VALUES_H

#include "sim/cli/analysis.h"
#include "sim/explain/account.h"

struct coop_explain_values {
    double *value; /* [points][units], to be freed */
    size_t units;
    enum coop_account_units kind;
};

/* Of each replicate; of one replicate, of each organisation if there are two or more that were kept
 * and have a value at every point. `ret->value` is to be freed in any case. */
enum coop_status coop_explain_values_find(struct coop_explain_values *ret,
                                          struct coop_analysis *analysis, const char *measure,
                                          size_t entry);

#endif
