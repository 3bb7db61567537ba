/* coopsim - GPL-3.0-or-later
 *
 * A run: one economy from week 0 to the end, month by month. Within a month every batch lives its
 * four weeks by itself, in cache; between months the organisations meet. */
#ifndef COOP_ENGINE_RUN_H
#define COOP_ENGINE_RUN_H

#include "sim/engine/model.h"
#include "sim/param/script.h"
#include "sim/state/economy.h"
#include "sim/state/record.h"

enum { COOP_SIZES_FIXED, COOP_SIZES_LOGNORMAL, COOP_SIZES_LIST };

/* The engine's own parameters (rows in engine/settings.c). */
struct coop_settings {
    int64_t weeks, seed, population_seed; /* population_seed -1: the same as seed */
    int64_t organisations, size, size_min, size_max;
    int32_t sizes; /* COOP_SIZES_... */
    double size_spread;
    struct coop_real_list size_list;
    int64_t every; /* weeks from one record to the next */
    int32_t by_organisation;
    int64_t panel_workers;
    int32_t look_back; /* 1: measures that look back a year at every record, 0: once a year */
};
extern const struct coop_param_table coop_settings_table;

/* Called between months with the worker-weeks lived; a result other than 0 stops the run. */
typedef int coop_run_watch(void *user, double done, double total);

/* The hooks of batches, by kind in the order of the mechanisms. */
typedef void coop_hook(const struct coop_batch *batch);
enum coop_hook_kind {
    COOP_HOOK_START,
    COOP_HOOK_SETTLE,
    COOP_HOOK_MONTH,
    COOP_HOOK_DERIVE,
    COOP_HOOK_ACT,
    COOP_HOOK_SIGNAL,
    COOP_HOOK_KINDS
};
struct coop_hook_call {
    coop_hook *call;
    size_t mechanism; /* its number */
};

struct coop_run {
    const struct coop_model *model;
    const struct coop_script *script; /* NULL: one set for all organisations and weeks */
    size_t epoch;
    const struct coop_param_set *set; /* [regimes] of the present epoch */
    size_t regimes, *regime_end;      /* [regimes] id behind the last organisation of each */
    const struct coop_settings *settings;
    struct coop_economy economy;
    struct coop_workspace *workspace; /* [threads] */
    int threads;
    int own[COOP_OWNERS_MAX]; /* first own field of each mechanism, then of each observer */
    struct coop_hook_call hook[COOP_HOOK_KINDS][COOP_OWNERS_MAX];
    size_t hooks[COOP_HOOK_KINDS]; /* how many there are of a kind */
    size_t mechanism_count, observer_count, state_fields /* without the observers' */;
    int label;    /* number of the model's field "label" (who holds a position), or -1 */
    int64_t week; /* weeks lived */
};

/* Most arrays that one observer fills. */
enum { COOP_OUTPUTS_MAX = 64 };

/* Shows a batch to an owner, mechanism number i or observer i - mechanism_count, with the
 * parameters that hold for the batch's organisations. */
void coop_run_set_owner(const struct coop_run *run, struct coop_batch *batch, size_t owner);

/* Builds the economy and lives up to the state of week 0. `script` must outlive the run. */
enum coop_status coop_run_init_script(struct coop_run *ret, const struct coop_model *model,
                                      const struct coop_script *script, uint32_t replicate,
                                      int threads);
/* The same with one set for all organisations and weeks, which must outlive the run. */
enum coop_status coop_run_init(struct coop_run *ret, const struct coop_model *model,
                               const struct coop_param_set *set, uint32_t replicate, int threads);
/* Lives `weeks` more from a month's start, without records (for tests and benchmarks that look at
 * the state). */
void coop_run_live(struct coop_run *run, int64_t weeks);
/* Lives a month from a month's start, or up to week `end` if that is earlier, recording with
 * `recorder` (NULL: nothing); and only records the present state, at a month's start. */
struct coop_recorder;
void coop_run_month(struct coop_run *run, int64_t end, const struct coop_recorder *recorder);
void coop_run_observe(struct coop_run *run, const struct coop_recorder *recorder);
/* Lives to the end and fills the record. COOP_STOPPED if `watch` (may be NULL) says so. */
enum coop_status coop_run_record(struct coop_run *run, struct coop_record *ret,
                                 coop_run_watch *watch, void *user);
void coop_run_free(struct coop_run *run); /* safe on a zeroed struct */

/* Presents batch `number` as at the start of the present week: month and derive hooks have run,
 * so that scratch fields hold (for tests). The pointer is valid until the next call on the run. */
const struct coop_batch *coop_run_look(struct coop_run *run, size_t number);

/* Sizes of the organisations that a parameter set asks for; the caller frees *ret_size. */
enum coop_status coop_run_sizes(const struct coop_settings *settings, uint64_t population_key,
                                uint32_t **ret_size, size_t *ret_count);
struct coop_streams coop_run_streams(const struct coop_settings *settings, uint32_t replicate);

/* Bytes that a run of a script takes, each as long as it is needed. */
struct coop_run_bytes {
    size_t state;   /* of the economy and the threads' scratch, until coop_run_free */
    size_t working; /* of the recorder, while the run is recorded */
    size_t finals;  /* of the record, until they are dropped */
    size_t record;  /* of the record otherwise, with its panel */
    size_t panel;   /* of the record's panel alone */
};
enum coop_status coop_run_bytes(const struct coop_model *model, const struct coop_script *script,
                                int threads, struct coop_run_bytes *ret);

#endif
