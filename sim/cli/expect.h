/* coopsim - GPL-3.0-or-later
 *
 * The expectations of a study: findings, and telling of them. */
#ifndef COOP_CLI_EXPECT_H
#define COOP_CLI_EXPECT_H

#include "sim/cli/runs.h"
#include "sim/io/read.h"

/* Nothing is finished yet. */
void coop_findings_init(struct coop_finding *ret, size_t count);
/* Fills the findings that run `number` completes, while the values of each organisation are kept. */
void coop_findings_update(const struct coop_runs *runs, size_t number);

/* A finding from two finished runs (the same one twice if it is compared with a number), of which the
 * measure has the number `at` and its values of each organisation are kept. */
void coop_finding_make(const struct coop_expectation *expectation,
                       const struct coop_measure *measure, const struct coop_record *record,
                       const struct coop_record *other, size_t at, struct coop_finding *ret);
/* The findings from results in files: [expectations], to be freed. */
enum coop_status coop_findings_read(const struct coop_study *study, struct coop_reader *reader,
                                    struct coop_finding **ret);

/* For each run the last one (itself or a later one) that its values of each organisation are to be
 * compared with, or the number of runs if they are needed behind all: [runs], to be freed. */
enum coop_status coop_finals_needed(const struct coop_study *study, size_t **ret_until);

void coop_findings_print(const struct coop_study *study, const struct coop_finding *findings);
/* The expectations as words, for `check`; their heading takes `column` columns. */
void coop_expectations_print(const struct coop_study *study, size_t column);

#endif
