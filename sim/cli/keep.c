/* coopsim - GPL-3.0-or-later
 *
 * The runs that are being kept: where each begins, when the checkpoint is written, what is in it. */
#include "sim/cli/keep.h"

#include "sim/cli/signals.h"
#include "sim/cli/text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A checkpoint that is being put together: what is in it, and what of that is only for it. */
struct draft {
    struct coop_checkpoint_item *item; /* [2 runs + 1] at most */
    struct coop_parts *own;            /* the same number */
    size_t items;
};

static void draft_free(struct draft *draft)
{
    for (size_t i = 0; draft->own != NULL && i < draft->items; i++)
        coop_parts_free(&draft->own[i]);
    free(draft->own);
    free(draft->item);
    *draft = (struct draft){0};
}

/* Of parts that somebody else owns, or of draft->own if NULL. */
static void add_item(struct draft *draft, const char *folder, size_t run,
                     const struct coop_parts *parts)
{
    struct coop_checkpoint_item *item = &draft->item[draft->items];
    item->parts = parts != NULL ? parts : &draft->own[draft->items];
    item->run = run;
    if (folder == NULL)
        snprintf(item->group, sizeof item->group, COOP_CHECKPOINT_ROOT);
    else
        snprintf(item->group, sizeof item->group, "%s/%zu", folder, run);
    draft->items++;
}

/* A run that the source has and that is not yet computed further. */
static enum coop_status add_waiting(struct draft *draft, const struct coop_keeper *keeper,
                                    size_t run, bool present)
{
    size_t number;
    struct coop_parts *parts = &draft->own[draft->items];
    COOP_TRY(coop_checkpoint_read(&keeper->source, keeper->begin[run], parts, &number));
    coop_parts_describe(parts, keeper->study->model);
    const bool finished = coop_parts_are_finished(parts);
    if (finished || !present)
        add_item(draft, finished ? "finished" : NULL, run, NULL);
    else
        coop_parts_free(parts);
    return COOP_OK;
}

static enum coop_status add_kept(struct draft *draft, const struct coop_keeper *keeper, size_t run)
{
    char group[COOP_CHECKPOINT_GROUP];
    size_t number;
    if (keeper->kept[run].count > 0) {
        add_item(draft, "kept", run, &keeper->kept[run]);
        return COOP_OK;
    }
    snprintf(group, sizeof group, "kept/%zu", run);
    if (keeper->source.path == NULL || !coop_checkpoint_has(&keeper->source, group))
        return COOP_OK;
    struct coop_parts *parts = &draft->own[draft->items];
    COOP_TRY(coop_checkpoint_read(&keeper->source, group, parts, &number));
    coop_parts_describe(parts, keeper->study->model);
    add_item(draft, "kept", run, NULL);
    return COOP_OK;
}

/* The present run is in `recording`; NULL: none is. */
static enum coop_status collect(const struct coop_runs *runs, size_t present,
                                const struct coop_recording *recording, struct draft *draft)
{
    const struct coop_keeper *keeper = runs->keeper;
    const size_t count = runs->study->design.runs;
    draft->item = calloc(2 * count + 1, sizeof *draft->item);
    draft->own = calloc(2 * count + 1, sizeof *draft->own);
    if (draft->item == NULL || draft->own == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for a checkpoint");
    if (recording != NULL) {
        COOP_TRY(coop_recording_parts(recording, &draft->own[draft->items]));
        add_item(draft, NULL, present, NULL);
    }
    for (size_t r = 0; r < count; r++) {
        if (runs->status[r] == COOP_RUN_DONE) {
            COOP_TRY(coop_record_parts(&runs->record[r], &draft->own[draft->items]));
            coop_parts_describe(&draft->own[draft->items], runs->study->model);
            add_item(draft, "finished", r, NULL);
        } else if (keeper->begin[r][0] != '\0') {
            COOP_TRY(add_waiting(draft, keeper, r, recording != NULL));
        }
        COOP_TRY(add_kept(draft, keeper, r));
    }
    return COOP_OK;
}

static enum coop_status save(struct coop_runs *runs, size_t present,
                             const struct coop_recording *recording)
{
    struct coop_keeper *keeper = runs->keeper;
    struct draft draft = {0};
    enum coop_status status = collect(runs, present, recording, &draft);
    if (status == COOP_OK)
        status = coop_checkpoint_write(keeper->path, &keeper->provenance, draft.item, draft.items);
    draft_free(&draft);
    keeper->written = coop_cli_now();
    return status;
}

enum coop_status coop_keeper_stop(struct coop_runs *runs, size_t number,
                                  const struct coop_recording *recording)
{
    const struct coop_keeper *keeper = runs->keeper;
    char where[64] = "begun";
    if (keeper->path == NULL)
        return COOP_FAIL(COOP_STOPPED, "stopped in run %zu", number + 1);
    COOP_TRY(save(runs, number, recording));
    if (recording != NULL)
        snprintf(where, sizeof where, "in week %lld of %lld", (long long)recording->run->week,
                 (long long)recording->recorder.end);
    return COOP_FAIL(COOP_STOPPED,
                     "stopped: %zu of %zu runs are finished, run %zu is %s%s, and all of it is in "
                     "%s - the same command with --resume goes on",
                     runs->done, runs->study->design.runs, number + 1,
                     recording != NULL ? "" : "not ", where, keeper->path);
}

enum coop_status coop_keeper_finish(struct coop_runs *runs)
{
    const struct coop_keeper *keeper = runs->keeper;
    return keeper->path != NULL && keeper->week > 0 ? save(runs, 0, NULL) : COOP_OK;
}

void coop_keeper_remove(const struct coop_keeper *keeper)
{
    if (keeper->path != NULL && keeper->week == 0)
        unlink(keeper->path);
}

/* A fork's run that needs more than was kept is computed from its beginning, to the same bits. */
static enum coop_status begin(const struct coop_runs *runs, size_t number,
                              struct coop_recording *recording)
{
    const struct coop_keeper *keeper = runs->keeper;
    struct coop_parts parts;
    char reason[256];
    size_t run;
    if (keeper->begin[number][0] == '\0')
        return COOP_OK;
    COOP_TRY(coop_checkpoint_read(&keeper->source, keeper->begin[number], &parts, &run));
    enum coop_status status = coop_recording_load(recording, &parts);
    coop_parts_free(&parts);
    if (status == COOP_OK)
        keeper->begin[number][0] = '\0';
    if (status != COOP_REFUSED)
        return status;
    snprintf(reason, sizeof reason, "%s", coop_status_message());
    if (!keeper->may_begin_anew)
        return COOP_FAIL(COOP_REFUSED, "%s: run %zu: %s", keeper->source.path, number, reason);
    fprintf(stderr, "coopsim: %s: %s does not do (%s), so the run is computed from week 0\n",
            runs->label, keeper->source.path, reason);
    return COOP_OK;
}

static enum coop_status keep_state(const struct coop_keeper *keeper, size_t number,
                                   const struct coop_recording *recording)
{
    struct coop_parts parts;
    if (keeper->week == 0 || recording->run->week != keeper->week || keeper->kept[number].count > 0)
        return COOP_OK;
    COOP_TRY(coop_recording_parts(recording, &parts));
    const enum coop_status status = coop_parts_copy(&keeper->kept[number], &parts);
    coop_parts_free(&parts);
    return status;
}

/* A checkpoint that cannot be written does not end a run: the next one may be. */
static void save_if_due(struct coop_runs *runs, size_t number,
                        const struct coop_recording *recording)
{
    const struct coop_keeper *keeper = runs->keeper;
    if (keeper->path == NULL || coop_cli_now() - keeper->written < keeper->every)
        return;
    if (save(runs, number, recording) != COOP_OK)
        fprintf(stderr, "coopsim: warning: no checkpoint: %s\n", coop_status_message());
}

static enum coop_status live(struct coop_runs *runs, size_t number,
                             struct coop_recording *recording)
{
    const double workers = (double)recording->run->economy.workers;
    COOP_TRY(keep_state(runs->keeper, number, recording));
    while (!coop_recording_is_over(recording)) {
        coop_recording_month(recording);
        const int stop = coop_runs_watch(runs, workers * (double)recording->run->week,
                                         workers * (double)recording->recorder.end);
        COOP_TRY(keep_state(runs->keeper, number, recording));
        if (coop_recording_is_over(recording))
            break;
        if (stop != 0)
            return coop_keeper_stop(runs, number, recording);
        save_if_due(runs, number, recording);
    }
    coop_recording_finish(recording);
    return COOP_OK;
}

enum coop_status coop_keeper_record(struct coop_runs *runs, size_t number, struct coop_run *run)
{
    struct coop_recording recording;
    enum coop_status status = coop_recording_begin(&recording, run, &runs->record[number]);
    if (status == COOP_OK)
        status = begin(runs, number, &recording);
    if (status == COOP_OK)
        status = live(runs, number, &recording);
    coop_recording_free(&recording);
    return status;
}
