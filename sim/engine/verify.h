/* coopsim - GPL-3.0-or-later
 *
 * What the ranges of single parameters cannot say: checks over several of them, by the engine, the
 * model and its mechanisms, and over the runs of a design. */
#ifndef COOP_ENGINE_VERIFY_H
#define COOP_ENGINE_VERIFY_H

#include "sim/engine/model.h"
#include "sim/param/design.h"

/* What must hold of every set of a run. */
void coop_set_verify(const struct coop_model *model, const struct coop_param_set *set,
                     struct coop_problems *problems);
/* What the sets of a script must be to each other: regimes that each have an organisation and agree
 * on what is the whole economy's, changes in weeks that are reached, of rows that can change, and
 * settings that have an effect somewhere. */
void coop_script_verify(const struct coop_model *model, const struct coop_script *script,
                        struct coop_problems *problems);
/* Both of a set by itself, without regimes and schedule. */
void coop_model_verify(const struct coop_model *model, const struct coop_param_set *set,
                       struct coop_problems *problems);
/* The same at every point of a design, and whether all runs fit one result file. A problem that many points
 * have is named once, with the values of the first. */
enum coop_status coop_design_verify(const struct coop_model *model,
                                    const struct coop_design *design,
                                    struct coop_problems *problems);

#endif
