/* coopsim - GPL-3.0-or-later
 *
 * What is known of a run before it lives, inside sim/engine: whose fields there are, how many
 * components they have, and which organisations belong together. */
#ifndef COOP_ENGINE_SHAPE_H
#define COOP_ENGINE_SHAPE_H

#include "sim/engine/run.h"

/* The model, its mechanisms, its observers; returns how many. */
size_t coop_run_owners(const struct coop_model *model,
                       struct coop_field_owner ret_owner[COOP_OWNERS_MAX]);
/* Of the first set; options are those of all sets of the script, if it is not NULL. */
struct coop_dimensions coop_run_dimensions(const struct coop_model *model,
                                           const struct coop_script *script,
                                           const struct coop_param_set *first);
/* Where each regime's organisations end, to be freed by the caller; all are of one block if
 * `script` is NULL. */
enum coop_status coop_run_blocks(size_t organisations, const struct coop_script *script,
                                 size_t **ret_end, struct coop_blocks *ret_blocks);

#endif
