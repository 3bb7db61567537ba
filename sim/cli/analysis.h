/* coopsim - GPL-3.0-or-later
 *
 * What the verbs that analyse a design share: its runs, whether they are to be computed or are there,
 * the measures in question, and their final values. Inside sim/cli. */
#ifndef COOP_CLI_ANALYSIS_H
#define COOP_CLI_ANALYSIS_H

#include "sim/cli/complete.h"
#include "sim/sensitivity/sensitivity.h"

/* What a verb wants of its design. */
struct coop_analysis_kind {
    /* Changes a configuration of the user before it is checked, say one without a design; NULL:
     * nothing. */
    void (*prepare)(struct coop_config *config);
    /* Adds what the design cannot tell to `problems`. */
    void (*verify)(const struct coop_study *study, struct coop_problems *problems);
    /* Whether the model shows a measure of its headline if the user names none; NULL: all. */
    bool (*takes)(const struct coop_headline *headline);
};

struct coop_analysis {
    struct coop_results results; /* study and reader */
    const char **measure;        /* [measures] names */
    size_t measures;
    struct coop_bootstrap bootstrap; /* of the intervals: 95 %, by the seed of the runs */
    char *temporary;                 /* a directory to be removed; NULL: none */
};

/* The operand is a configuration, whose runs are computed into -o DIR or a temporary directory as far
 * as they are missing, or a directory or file with finished runs. To be closed in any case; the struct
 * must stay where it is. */
enum coop_status coop_analysis_open(struct coop_analysis *ret,
                                    const struct coop_arguments *arguments,
                                    const struct coop_analysis_kind *kind);
void coop_analysis_close(struct coop_analysis *analysis);

/* Final values of all runs, [runs], to be freed. */
enum coop_status coop_analysis_finals(struct coop_analysis *analysis, const char *measure,
                                      double **ret);
/* Title, weeks, seed and replicates. */
void coop_analysis_print_head(const struct coop_analysis *analysis);

#endif
