/* coopsim - GPL-3.0-or-later
 *
 * The recorder calls the observers at the recorded weeks, batch by batch, and pools what they
 * found over the organisations when all batches have been seen. */
#ifndef COOP_ENGINE_RECORDER_H
#define COOP_ENGINE_RECORDER_H

#include "sim/engine/model.h"
#include "sim/engine/run.h"
#include "sim/state/economy.h"
#include "sim/state/record.h"

struct coop_recorder {
    const struct coop_run *run;
    struct coop_record *record;
    int64_t end;          /* weeks of the run */
    size_t outputs;       /* arrays that the observers fill: one a measure or component */
    size_t *first_output; /* [measures] */
    bool *asked;          /* [observers] whether there is anything to observe */
    size_t slots;         /* records that may fall into one month, and the last one */
    float *value;         /* [slots][outputs][organisations] */
    float *final_sum;     /* [measures][organisations] over the last 52 weeks' records; finishing
                             makes means of it and hands it to the record */
    uint8_t *final_count; /* [measures][organisations] records that had a value */
    size_t recorded;      /* times pooled so far */
};

/* Allocates the recorder's arrays and the record's. */
enum coop_status coop_recorder_init(struct coop_recorder *ret, const struct coop_run *run,
                                    struct coop_record *record);
void coop_recorder_free(struct coop_recorder *recorder); /* safe on a zeroed struct */

/* Whether the state after `week` weeks is recorded. */
bool coop_recorder_is_due(const struct coop_recorder *recorder, int64_t week);
/* Observes the workspace's batch (in the parallel loop). */
void coop_recorder_observe(const struct coop_recorder *recorder, struct coop_workspace *workspace,
                           int64_t week);
/* Pools everything that was observed before week `until`. */
void coop_recorder_pool(struct coop_recorder *recorder, int64_t until);
/* Means over the last 52 weeks. */
void coop_recorder_finish(struct coop_recorder *recorder);

/* Number of records of a run, and week of record `number`. */
size_t coop_recorder_times(const struct coop_settings *settings);
int64_t coop_recorder_week(const struct coop_settings *settings, size_t number);
/* Bytes of the recorder and its record, all members but the state's. */
void coop_recorder_bytes(const struct coop_model *model, const struct coop_settings *settings,
                         struct coop_blocks blocks, struct coop_dimensions dimensions,
                         struct coop_run_bytes *ret);

/* Between the recorder's two files. Arrays that an observer fills for a measure; one of them at
 * record `number`, [organisations]; and a value that rounding has led a hair beyond the measure's
 * range, which readers would take for missing, put back to its end. */
size_t coop_recorder_outputs(const struct coop_measure *measure);
bool coop_recorder_asks(const struct coop_recorder *recorder, size_t measure);
float *coop_recorder_output(const struct coop_recorder *recorder, size_t number, size_t output);
double coop_recorder_within(const struct coop_measure *measure, double value);

#endif
