/* coopsim - GPL-3.0-or-later
 *
 * Varied configurations of every model, for laws that must hold in all of them. They are small, and
 * together they have every mechanism on and off, every choice, and sizes from 1 to 150. A model
 * without a list of its own is tried at its defaults and with every switch turned. */
#ifndef COOP_TESTS_LAW_CONFIGURATIONS_H
#define COOP_TESTS_LAW_CONFIGURATIONS_H

#include "sim/engine/model.h"

/* Configuration `number` of a model as assignments; NULL behind the last. Valid until the next
 * call. */
const char *configuration_of(const struct coop_model *model, size_t number);

#endif
