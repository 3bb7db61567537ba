/* coopsim - GPL-3.0-or-later
 *
 * What the indices share, inside sim/sensitivity: drawing a sample again, and the interval. */
#ifndef COOP_SENSITIVITY_BOOTSTRAP_H
#define COOP_SENSITIVITY_BOOTSTRAP_H

#include "sim/sensitivity/sensitivity.h"

enum coop_status coop_bootstrap_check(const struct coop_bootstrap *bootstrap);
/* How often each of `count` members is drawn in resample number `resample`. */
void coop_bootstrap_draw(const struct coop_bootstrap *bootstrap, size_t resample, size_t count,
                         uint32_t *ret_times);
/* Sorts the estimates, and takes the interval of those that are numbers; NAN without any. */
void coop_bootstrap_interval(const struct coop_bootstrap *bootstrap, double *estimate,
                             struct coop_interval *ret);

/* COOP_USAGE if a value is missing. */
enum coop_status coop_sensitivity_check(const double *output, size_t points);

#endif
