/* coopsim - GPL-3.0-or-later
 *
 * Designs of arrows: a model's causal arrows as axes, each intact or cut. */
#ifndef COOP_DESIGN_ARROWS_H
#define COOP_DESIGN_ARROWS_H

#include "sim/engine/model.h"
#include "sim/param/design.h"

/* Finds the arrows that a configuration's design names, or the model's return arrows, and gives the
 * design its axes and, of more than COOP_ARROWS_ALL, the number of its orders. Nothing happens to
 * another design. Names that the model does not have, and what cannot stand beside such a design, go
 * to `problems`. */
enum coop_status coop_arrows_resolve(struct coop_config *config, const struct coop_model *model,
                                     struct coop_problems *problems);
/* Gives a configuration without a design that of the model's return arrows. Its twins go, since the
 * design has them, and expectations and hypotheses, which are about other runs. */
void coop_arrows_begin(struct coop_config *config);
/* Cases in which all arrows are cut already. */
void coop_arrows_verify(const struct coop_config *config, const struct coop_design *design,
                        struct coop_problems *problems);
/* The arrow as it is called: what is behind the last dot of its row. */
const char *coop_arrow_name(const char *row);

#endif
