/* coopsim - GPL-3.0-or-later */
#include "sim/engine/recording.h"

#include <time.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

enum coop_status coop_recording_begin(struct coop_recording *ret, struct coop_run *run,
                                      struct coop_record *record)
{
    *ret = (struct coop_recording){.run = run, .record = record, .began = now()};
    return coop_recorder_init(&ret->recorder, run, record);
}

void coop_recording_free(struct coop_recording *recording)
{
    coop_recorder_free(&recording->recorder);
    *recording = (struct coop_recording){0};
}

bool coop_recording_is_over(const struct coop_recording *recording)
{
    return recording->run->week >= recording->recorder.end;
}

void coop_recording_month(struct coop_recording *recording)
{
    coop_run_month(recording->run, recording->recorder.end, &recording->recorder);
    coop_recorder_pool(&recording->recorder, recording->run->week);
}

void coop_recording_finish(struct coop_recording *recording)
{
    struct coop_run *run = recording->run;
    struct coop_record *record = recording->record;
    if (record->final_organisation == NULL) {
        if (run->week % COOP_MONTH == 0)
            coop_run_observe(run, &recording->recorder);
        coop_recorder_pool(&recording->recorder, recording->recorder.end + 1);
        coop_recorder_finish(&recording->recorder);
        record->state_hash = coop_economy_hash(&run->economy, run->state_fields);
    }
    record->state_bytes = run->economy.kept_bytes;
    record->worker_weeks = (double)run->economy.workers * (double)run->week;
    record->seconds = now() - recording->began;
}

static enum coop_status live(struct coop_recording *recording, coop_run_watch *watch, void *user)
{
    const double workers = (double)recording->run->economy.workers;
    const int64_t end = recording->recorder.end;
    while (!coop_recording_is_over(recording)) {
        coop_recording_month(recording);
        const int64_t week = recording->run->week;
        if (watch != NULL && watch(user, workers * (double)week, workers * (double)end) != 0)
            return COOP_FAIL(COOP_STOPPED, "stopped in week %lld of %lld", (long long)week,
                             (long long)end);
    }
    coop_recording_finish(recording);
    return COOP_OK;
}

enum coop_status coop_run_record(struct coop_run *run, struct coop_record *ret,
                                 coop_run_watch *watch, void *user)
{
    struct coop_recording recording;
    enum coop_status status = coop_recording_begin(&recording, run, ret);
    if (status == COOP_OK)
        status = live(&recording, watch, user);
    coop_recording_free(&recording);
    return status;
}
