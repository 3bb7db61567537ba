/* coopsim - GPL-3.0-or-later
 *
 * Where a result comes from. What differs between equal runs (time, host, threads) stays out of
 * the file, so that equal runs give equal files. */
#ifndef COOP_IO_PROVENANCE_H
#define COOP_IO_PROVENANCE_H

#include "sim/base/status.h"
#include "sim/param/config.h"
#include "sim/param/design.h"

struct coop_provenance {
    char *title;           /* of the configuration; "" if none */
    char *config_text;     /* the user's YAML */
    char *resolved_config; /* a YAML that gives the same runs from this version: every parameter at
                              its value in the first case, then the cases' differences, regimes
                              and schedules, twins, replicates and design, and what is expected
                              and to be tested of them (no other file is needed) */
    char *settings;        /* the --set's, one a line */
    const char *version;   /* "0.1.0" */
    const char *revision;  /* git describe at build time */
    const char *compiler;  /* name and version */
    const char *flags;     /* compiler flags of the model code */
    char *libraries;       /* "HDF5 1.10.8, GSL 2.7.1, libyaml 0.2.5" */
};

enum coop_status coop_provenance_init(struct coop_provenance *ret, const struct coop_config *config,
                                      const struct coop_design *design);
void coop_provenance_free(struct coop_provenance *provenance); /* safe on a zeroed struct */

const char *coop_provenance_version(void);
const char *coop_provenance_revision(void);

#endif
