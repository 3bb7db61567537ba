/* coopsim - GPL-3.0-or-later
 *
 * Judging results in files, and files that say how they were judged. */
#ifndef COOP_CLI_JUDGE_H
#define COOP_CLI_JUDGE_H

#include "sim/cli/study.h"
#include "sim/engine/expect.h"
#include "sim/hypothesis/judge.h"
#include "sim/io/read.h"

/* What came out of a study: [hypotheses] and [expectations]. */
struct coop_conclusions {
    struct coop_judgement *judgement;
    struct coop_finding *finding;
};

/* The judgements of the hypotheses by any source; `ret` [hypotheses], to be freed. */
enum coop_status coop_judge_source(const struct coop_study *study, const struct coop_source *source,
                                   struct coop_judgement **ret);
/* Hypotheses and expectations by a reader of all the study's runs. A measure that was not recorded
 * is COOP_REFUSED. Free `ret` in any case. */
enum coop_status coop_judge_results(const struct coop_study *study, struct coop_reader *reader,
                                    struct coop_conclusions *ret);
void coop_conclusions_free(struct coop_conclusions *judged); /* safe on a zeroed struct */

/* Adds what was judged to a sealed file in memory; what is NULL is left out. */
enum coop_status coop_conclusions_store(const struct coop_study *study,
                                        const struct coop_conclusions *judged, void **bytes,
                                        size_t *size);
/* The same to the file of the results (of a sweep's directory the merged one), sealed at `path`. */
enum coop_status coop_conclusions_write(const struct coop_study *study,
                                        const struct coop_conclusions *judged,
                                        struct coop_reader *reader, const char *path, bool replace);

#endif
