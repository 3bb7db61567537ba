/* coopsim - GPL-3.0-or-later
 *
 * The registry of models, generated from the list of models and instruction set levels in
 * models/meson.build. */
#ifndef COOP_ENGINE_REGISTRY_H
#define COOP_ENGINE_REGISTRY_H

#include "sim/engine/model.h"

/* The instruction set levels compiled in, lowest first; NULL-terminated. */
extern const char *const coop_registry_isa[];
/* Whether this machine runs that level. */
bool coop_registry_runs(const char *isa);
/* The highest level that this machine runs. */
const char *coop_registry_best_isa(void);

/* The models of a level, in the order of the list; NULL behind the last, or if no such level. */
const struct coop_model *coop_registry_model(const char *isa, size_t number);
const struct coop_model *coop_registry_find(const char *isa, const char *name);

#endif
