/* coopsim - GPL-3.0-or-later
 *
 * What a study will take: memory, disk and time. */
#ifndef COOP_CLI_ESTIMATE_H
#define COOP_CLI_ESTIMATE_H

#include "sim/cli/study.h"

struct coop_needs {
    double memory; /* bytes, at their peak */
    double disk;   /* bytes of the result file */
};

enum coop_status coop_estimate_needs(const struct coop_study *study, struct coop_needs *ret);
double coop_estimate_machine_bytes(void); /* memory that this process may have */

/* Computes small pieces of the study's runs for about half a second. */
enum coop_status coop_estimate_seconds(const struct coop_study *study, double *ret);

#endif
