/* coopsim - GPL-3.0-or-later
 *
 * The resolved configuration, inside sim/io: a YAML that gives the same runs without any other file.
 * Its parameters are those of the first case in week 0, before any axis of a design; every case says
 * what differs, with its regimes and its schedule written out. */
#ifndef COOP_IO_RESOLVED_H
#define COOP_IO_RESOLVED_H

#include "sim/param/design.h"

#include <stdio.h>

/* Every parameter at its value, in groups. */
enum coop_status coop_resolved_params(FILE *out, const struct coop_param_set *set);
/* `cases:`, as against the first one. */
enum coop_status coop_resolved_cases(FILE *out, const struct coop_design *design);
/* `replicates:` and `design:`, as far as there are any. */
void coop_resolved_design(FILE *out, const struct coop_config *config);
/* `hypotheses:`, as far as there are any. */
void coop_resolved_hypotheses(FILE *out, const struct coop_config *config);
/* A YAML text in double quotes, so that no title or name is taken for something else. */
void coop_resolved_quote(FILE *out, const char *text);

#endif
