/* coopsim - GPL-3.0-or-later
 *
 * What a sweep's directory belongs to: `experiment.yaml`, a configuration that gives the same runs,
 * with the version that computes them in comments before it. A resumed sweep must be the same to
 * the letter. `configuration.yaml` and `settings.txt` are what the user gave. */
#ifndef COOP_IO_EXPERIMENT_H
#define COOP_IO_EXPERIMENT_H

#include "sim/io/digest.h"
#include "sim/io/provenance.h"

struct coop_experiment {
    size_t runs;
    double worker_weeks;             /* of all runs */
    char settings[COOP_DIGEST_TEXT]; /* hash of the resolved configuration */
    char *text;                      /* the whole of experiment.yaml */
    const char *resolved;            /* its configuration, within `text` */
};

/* What the file of a sweep is to hold; to be freed. NULL: out of memory. */
char *coop_experiment_text(const struct coop_provenance *provenance, size_t runs,
                           double worker_weeks);

/* Makes the directory, or finds it. COOP_REFUSED if it belongs to another experiment, with what
 * differs in `ret_difference` (lines "- old" and "+ new", to be freed; NULL otherwise);
 * COOP_CANNOT_CREATE if something else is in it. The user's own texts in `provenance` become those
 * of the directory, since a comment may have changed. */
enum coop_status coop_experiment_begin(const char *directory, const char *text,
                                       struct coop_provenance *provenance, char **ret_difference);
/* COOP_REFUSED if the directory is no sweep's, or its file was changed. */
enum coop_status coop_experiment_read(struct coop_experiment *ret, const char *directory);
void coop_experiment_free(struct coop_experiment *experiment); /* safe on a zeroed struct */

/* The lines that only one of two YAML texts has, each with the groups it stands in; to be freed. */
char *coop_experiment_difference(const char *old, const char *new);

#endif
