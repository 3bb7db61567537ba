/* coopsim - GPL-3.0-or-later
 *
 * Results in files as the source of the numbers of hypotheses. The numbers are those that the runs
 * have in memory, digit for digit. */
#ifndef COOP_IO_RESULTS_SOURCE_H
#define COOP_IO_RESULTS_SOURCE_H

#include "sim/engine/model.h"
#include "sim/hypothesis/source.h"
#include "sim/io/read_blocks.h"

struct coop_results_source {
    struct coop_read_blocks blocks;
    const struct coop_model *model;
    const struct coop_design *design; /* that of the results */
};

/* What is pointed to must outlive `ret`. Nothing is read yet. */
void coop_results_source_init(struct coop_results_source *ret, struct coop_reader *reader,
                              const struct coop_model *model, const struct coop_design *design);
void coop_results_source_free(struct coop_results_source *source);

/* `source` must outlive it and stay where it is. A measure that was not recorded is COOP_REFUSED. */
struct coop_source coop_results_source(struct coop_results_source *source);

#endif
