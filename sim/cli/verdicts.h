/* coopsim - GPL-3.0-or-later
 *
 * Hypotheses and judgements in words and tables. */
#ifndef COOP_CLI_VERDICTS_H
#define COOP_CLI_VERDICTS_H

#include "sim/cli/study.h"
#include "sim/hypothesis/judge.h"

/* "power_gini in equals against its twin: higher by more than 0.05" */
void coop_hypothesis_write(FILE *out, const struct coop_hypothesis *hypothesis);
/* The hypotheses as words, for `check`; their heading takes `column` columns. */
void coop_hypotheses_print(const struct coop_study *study, size_t column);

/* All judgements [hypotheses of the configuration], on stdout. */
void coop_verdicts_print(const struct coop_config *config, const struct coop_judgement *judgement,
                         enum coop_table_format format);

#endif
