/* coopsim - GPL-3.0-or-later */
#include "sim/engine/run.h"

#include "sim/engine/recorder.h"
#include "sim/engine/shape.h"
#include "sim/state/person.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#ifdef _OPENMP
#include <omp.h>
#endif

static coop_hook *hook_of(const struct coop_mechanism *mechanism, enum coop_hook_kind kind)
{
    switch (kind) {
    case COOP_HOOK_START:
        return mechanism->start;
    case COOP_HOOK_SETTLE:
        return mechanism->settle;
    case COOP_HOOK_MONTH:
        return mechanism->month;
    case COOP_HOOK_DERIVE:
        return mechanism->derive;
    case COOP_HOOK_ACT:
        return mechanism->act;
    case COOP_HOOK_SIGNAL:
        return mechanism->signal;
    case COOP_HOOK_KINDS:
        break;
    }
    return NULL;
}

/* Lists who has a hook, so that a week does not ask all mechanisms. */
static void list_hooks(struct coop_run *run)
{
    for (int kind = 0; kind < COOP_HOOK_KINDS; kind++)
        for (size_t i = 0; i < run->mechanism_count; i++) {
            coop_hook *call = hook_of(run->model->mechanisms[i], (enum coop_hook_kind)kind);
            if (call != NULL)
                run->hook[kind][run->hooks[kind]++] = (struct coop_hook_call){call, i};
        }
}

/* Of the batch's regime: batches do not cross regimes. */
static const struct coop_param_set *set_of(const struct coop_run *run,
                                           const struct coop_batch *batch)
{
    size_t regime = 0;
    while (batch->first_organisation >= run->regime_end[regime])
        regime++;
    return &run->set[regime];
}

/* Points the workspace at a batch, in the present week, with the parameters of its regime. */
static struct coop_batch *enter(const struct coop_run *run, struct coop_workspace *workspace,
                                size_t number)
{
    struct coop_batch *batch = &workspace->batch;
    coop_workspace_enter(workspace, &run->economy, number);
    batch->week = run->week;
    batch->set = set_of(run, batch);
    batch->shared = coop_param_values(batch->set, COOP_TABLE_MODEL);
    batch->mechanism = run->model->mechanisms;
    batch->mechanism_own = run->own;
    return batch;
}

void coop_run_set_owner(const struct coop_run *run, struct coop_batch *batch, size_t owner)
{
    batch->params = coop_param_values(batch->set, COOP_TABLE_FIRST_MECHANISM + owner);
    batch->own = run->own[owner];
}

static void call_hooks(const struct coop_run *run, struct coop_batch *batch,
                       enum coop_hook_kind kind)
{
    for (size_t i = 0; i < run->hooks[kind]; i++) {
        coop_run_set_owner(run, batch, run->hook[kind][i].mechanism);
        run->hook[kind][i].call(batch);
    }
}

/* Numbers the owners' first fields. */
static void number_fields(struct coop_run *run, const struct coop_field_owner *owner, size_t owners)
{
    size_t field = owner[0].count;
    for (size_t i = 1; i < owners; i++) {
        run->own[i - 1] = (int)field;
        field += owner[i].count;
        if (i == run->mechanism_count)
            run->state_fields = field;
    }
    run->label = -1;
    for (size_t f = 0; f < run->model->field_count; f++)
        if (strcmp(run->model->fields[f].name, "label") == 0)
            run->label = (int)f;
}

static enum coop_status open_workspaces(struct coop_run *run)
{
    run->workspace = calloc((size_t)run->threads, sizeof *run->workspace);
    if (run->workspace == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for %d threads", run->threads);
    for (int thread = 0; thread < run->threads; thread++)
        COOP_TRY(coop_workspace_init(&run->workspace[thread], &run->economy));
    return COOP_OK;
}

/* What is done to every batch: `weeks` and `recorder` are live_batch's. */
typedef void batch_task(const struct coop_run *run, struct coop_workspace *workspace, size_t number,
                        int64_t weeks, const struct coop_recorder *recorder);

/* The one parallel loop: batches are shared out, each thread has a workspace of its own. */
static void each_batch(struct coop_run *run, batch_task *task, int64_t weeks,
                       const struct coop_recorder *recorder)
{
    int64_t batches = (int64_t)run->economy.batches;
#pragma omp parallel for schedule(dynamic, 1) num_threads(run->threads)
    for (int64_t number = 0; number < batches; number++) {
#ifdef _OPENMP
        struct coop_workspace *workspace = &run->workspace[omp_get_thread_num()];
#else
        struct coop_workspace *workspace = &run->workspace[0];
#endif
        task(run, workspace, (size_t)number, weeks, recorder);
    }
}

/* The state of week 0. */
static void begin_batch(const struct coop_run *run, struct coop_workspace *workspace, size_t number,
                        int64_t weeks, const struct coop_recorder *recorder)
{
    (void)weeks;
    (void)recorder;
    struct coop_batch *batch = enter(run, workspace, number);
    call_hooks(run, batch, COOP_HOOK_START);
    call_hooks(run, batch, COOP_HOOK_MONTH);
    call_hooks(run, batch, COOP_HOOK_DERIVE);
    call_hooks(run, batch, COOP_HOOK_SETTLE);
}

static void count_owners(struct coop_run *run)
{
    while (run->model->mechanisms[run->mechanism_count] != NULL)
        run->mechanism_count++;
    while (run->model->observers[run->observer_count] != NULL)
        run->observer_count++;
    list_hooks(run);
}

/* The model, the sets of week 0 and the threads are there. */
static enum coop_status begin(struct coop_run *run, uint32_t replicate)
{
    struct coop_field_owner owner[COOP_OWNERS_MAX];
    size_t owners = coop_run_owners(run->model, owner), organisations;
    struct coop_blocks blocks;
    run->settings = coop_param_values(run->set, COOP_TABLE_ENGINE);
    count_owners(run);
    number_fields(run, owner, owners);
    struct coop_streams streams = coop_run_streams(run->settings, replicate);
    uint32_t *size;
    COOP_TRY(coop_run_sizes(run->settings, streams.population, &size, &organisations));
    enum coop_status status =
        coop_run_blocks(organisations, run->script, &run->regime_end, &blocks);
    if (status == COOP_OK)
        status = coop_economy_init(&run->economy, size, blocks, owner, owners,
                                   coop_run_dimensions(run->model, run->script, run->set));
    free(size);
    COOP_TRY(status);
    if (run->economy.persons > COOP_PERSON_VALUES_MAX)
        return COOP_FAIL(COOP_INTERNAL, "persons of the model %s have %zu values, at most %d fit",
                         run->model->name, run->economy.persons, COOP_PERSON_VALUES_MAX);
    run->regimes = blocks.count;
    run->economy.streams = streams;
    if ((size_t)run->threads > run->economy.batches)
        run->threads = (int)run->economy.batches;
    COOP_TRY(open_workspaces(run));
    each_batch(run, begin_batch, 0, NULL);
    return COOP_OK;
}

enum coop_status coop_run_init(struct coop_run *ret, const struct coop_model *model,
                               const struct coop_param_set *set, uint32_t replicate, int threads)
{
    *ret = (struct coop_run){.model = model, .set = set, .threads = threads};
    return begin(ret, replicate);
}

enum coop_status coop_run_init_script(struct coop_run *ret, const struct coop_model *model,
                                      const struct coop_script *script, uint32_t replicate,
                                      int threads)
{
    *ret = (struct coop_run){
        .model = model, .script = script, .set = coop_script_sets(script, 0), .threads = threads};
    return begin(ret, replicate);
}

void coop_run_free(struct coop_run *run)
{
    for (int thread = 0; run->workspace != NULL && thread < run->threads; thread++)
        coop_workspace_free(&run->workspace[thread], &run->economy);
    free(run->workspace);
    free(run->regime_end);
    coop_economy_free(&run->economy);
    *run = (struct coop_run){0};
}

/* One batch through `weeks` weeks of a month, records included; with 0 weeks only the record of
 * the present state. The record at the end of a run waits for the meeting that closes a whole
 * month, but not for one that never comes. */
static void live_batch(const struct coop_run *run, struct coop_workspace *workspace, size_t number,
                       int64_t weeks, const struct coop_recorder *recorder)
{
    struct coop_batch *batch = enter(run, workspace, number);
    call_hooks(run, batch, COOP_HOOK_MONTH);
    for (int64_t end = run->week + weeks;; batch->week++) {
        if (batch->week == end && (weeks == COOP_MONTH || recorder == NULL))
            break;
        call_hooks(run, batch, COOP_HOOK_DERIVE);
        if (recorder != NULL && coop_recorder_is_due(recorder, batch->week))
            coop_recorder_observe(recorder, workspace, batch->week);
        if (batch->week == end)
            return;
        call_hooks(run, batch, COOP_HOOK_ACT);
    }
    call_hooks(run, batch, COOP_HOOK_SIGNAL);
}

/* Mechanisms that meet have the same parameters in all regimes (verify.c sees to it). */
static void meet(struct coop_run *run)
{
    for (size_t i = 0; i < run->mechanism_count; i++) {
        const struct coop_mechanism *mechanism = run->model->mechanisms[i];
        if (mechanism->meet == NULL)
            continue;
        struct coop_meeting meeting = {
            .organisations = run->economy.organisations,
            .week = run->week,
            .field = run->economy.field,
            .stride = run->economy.stride,
            .shared = coop_param_values(run->set, COOP_TABLE_MODEL),
            .params = coop_param_values(run->set, COOP_TABLE_FIRST_MECHANISM + i),
            .own = run->own[i]};
        mechanism->meet(&meeting);
    }
}

/* From the present week on the parameters of its epoch hold. */
static void enter_epoch(struct coop_run *run)
{
    const struct coop_script *script = run->script;
    while (script != NULL && run->epoch + 1 < script->epochs &&
           script->epoch[run->epoch + 1].week <= run->week)
        run->set = coop_script_sets(script, ++run->epoch);
}

void coop_run_month(struct coop_run *run, int64_t end, const struct coop_recorder *recorder)
{
    const int64_t left = end - run->week, weeks = left < COOP_MONTH ? left : COOP_MONTH;
    enter_epoch(run);
    each_batch(run, live_batch, weeks, recorder);
    run->week += weeks;
    if (weeks == COOP_MONTH)
        meet(run);
}

void coop_run_observe(struct coop_run *run, const struct coop_recorder *recorder)
{
    each_batch(run, live_batch, 0, recorder);
}

void coop_run_live(struct coop_run *run, int64_t weeks)
{
    assert(run->week % COOP_MONTH == 0);
    for (int64_t end = run->week + weeks; run->week < end;)
        coop_run_month(run, end, NULL);
}

const struct coop_batch *coop_run_look(struct coop_run *run, size_t number)
{
    struct coop_workspace *workspace = &run->workspace[0];
    assert(run->week % COOP_MONTH == 0);
    enter_epoch(run);
    struct coop_batch *batch = enter(run, workspace, number);
    call_hooks(run, batch, COOP_HOOK_MONTH);
    call_hooks(run, batch, COOP_HOOK_DERIVE);
    return batch;
}
