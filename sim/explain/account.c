/* coopsim - GPL-3.0-or-later */
#include "sim/explain/account.h"

#include <stdio.h>

enum coop_status coop_account_find(const struct coop_design *design, size_t entry,
                                   const double *value, size_t units,
                                   const struct coop_bootstrap *bootstrap, struct coop_account *ret)
{
    const struct coop_game game = {.arrows = design->axes,
                                   .points = design->points,
                                   .units = units,
                                   .cut = design->cut,
                                   .value = value,
                                   .orders = design->orders,
                                   .order = design->order};
    *ret = (struct coop_account){
        .entry = design->name[entry], .all_sets = design->orders == 0, .orders = design->orders};
    if (design->kind != COOP_ARROWS)
        return COOP_FAIL(COOP_USAGE, "a %s design has no arrows", coop_scheme_word(design->kind));
    const enum coop_status status = coop_shapley(&game, bootstrap, &ret->shapley);
    if (status != COOP_USAGE)
        return status;
    snprintf(ret->reason, sizeof ret->reason, "%s", coop_status_message());
    return COOP_OK;
}
