/* coopsim - GPL-3.0-or-later
 *
 * Where a study's checkpoint is, whether it may be written, and what it has of the runs already. */
#include "sim/cli/keep.h"

#include "sim/cli/text.h"
#include "sim/io/experiment.h"
#include "sim/io/seal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const double usual_seconds = 600;

static enum coop_status init(struct coop_keeper *ret, const struct coop_study *study)
{
    const size_t runs = study->design.runs;
    *ret = (struct coop_keeper){.study = study, .written = coop_cli_now(), .every = usual_seconds};
    ret->begin = calloc(runs + 1, sizeof *ret->begin);
    ret->kept = calloc(runs + 1, sizeof *ret->kept);
    return ret->begin != NULL && ret->kept != NULL
               ? COOP_OK
               : COOP_FAIL(COOP_MEMORY, "out of memory for %zu runs", runs);
}

enum coop_status coop_keeper_open_fork(struct coop_keeper *ret, const struct coop_study *study)
{
    COOP_TRY(init(ret, study));
    ret->may_begin_anew = true;
    return COOP_OK;
}

void coop_keeper_use(struct coop_keeper *keeper, struct coop_runs *runs)
{
    runs->keeper = keeper;
    for (size_t r = 0; r < runs->study->design.runs; r++)
        runs->needed_until[r] = runs->study->design.runs;
}

void coop_keeper_close(struct coop_keeper *keeper)
{
    for (size_t r = 0; keeper->kept != NULL && r < keeper->study->design.runs; r++)
        coop_parts_free(&keeper->kept[r]);
    free(keeper->kept);
    free(keeper->begin);
    coop_checkpoint_close(&keeper->source);
    coop_provenance_free(&keeper->provenance);
    *keeper = (struct coop_keeper){0};
}

static enum coop_status check_week(const struct coop_study *study, int64_t week)
{
    if (week < COOP_MONTH || week % COOP_MONTH != 0)
        return COOP_FAIL(
            COOP_USAGE,
            "--checkpoint-week cannot be %lld: a state is kept between two months, "
            "after a number of weeks that is a multiple of 4 - the nearest is %lld",
            (long long)week,
            (long long)(week < COOP_MONTH ? COOP_MONTH : week / COOP_MONTH * COOP_MONTH));
    for (size_t c = 0; c < study->design.cases; c++) {
        const int64_t weeks = coop_study_settings(&study->design.script[c])->weeks;
        if (week >= weeks)
            return COOP_FAIL(COOP_USAGE,
                             "--checkpoint-week cannot be %lld: the case %s has %lld weeks, and a "
                             "fork needs some after it",
                             (long long)week, study->config.item[c].name, (long long)weeks);
    }
    return COOP_OK;
}

static enum coop_status read_options(struct coop_keeper *keeper,
                                     const struct coop_arguments *arguments)
{
    keeper->path = arguments->checkpoint;
    if (arguments->checkpoint_every != NULL)
        COOP_TRY(
            coop_cli_read_time("--checkpoint-every", arguments->checkpoint_every, &keeper->every));
    if (arguments->checkpoint_week >= 0) {
        COOP_TRY(check_week(keeper->study, arguments->checkpoint_week));
        keeper->week = arguments->checkpoint_week;
    }
    return COOP_OK;
}

static bool same_file(const char *path, const char *other)
{
    struct stat a, b;
    if (other == NULL)
        return false;
    return strcmp(path, other) == 0 || (stat(path, &a) == 0 && stat(other, &b) == 0 &&
                                        a.st_dev == b.st_dev && a.st_ino == b.st_ino);
}

/* What the file will take: the largest state, or with kept states all of them. */
static enum coop_status estimate(const struct coop_keeper *keeper, size_t *ret)
{
    const struct coop_study *study = keeper->study;
    size_t largest = 0, all = 0;
    for (size_t c = 0; c < study->design.cases; c++) {
        struct coop_run_bytes bytes;
        COOP_TRY(coop_run_bytes(study->model, &study->design.script[c], 1, &bytes));
        const size_t one = bytes.state + bytes.record + bytes.finals;
        largest = one > largest ? one : largest;
        all += one * (study->design.runs / study->design.cases);
    }
    *ret = keeper->week > 0 ? all + largest : largest;
    return COOP_OK;
}

static enum coop_status check_path(const struct coop_keeper *keeper,
                                   const struct coop_arguments *arguments, const char *output)
{
    struct stat found;
    size_t bytes;
    const char *path = keeper->path;
    if (same_file(path, arguments->operand[0]) || same_file(path, output))
        return COOP_FAIL(COOP_CANNOT_CREATE,
                         "%s is the %s: give the checkpoint another name with --checkpoint", path,
                         same_file(path, output) ? "result" : "configuration");
    if (lstat(path, &found) == 0 && !arguments->resume && !arguments->force)
        return COOP_FAIL(COOP_CANNOT_CREATE,
                         "%s exists: go on from it with --resume, or begin anew and overwrite it "
                         "with --force",
                         path);
    COOP_TRY(estimate(keeper, &bytes));
    return coop_seal_check(path, bytes, true);
}

enum coop_status coop_keeper_check_version(const struct coop_checkpoint *checkpoint)
{
    if (strcmp(checkpoint->version, coop_provenance_version()) == 0 &&
        strcmp(checkpoint->revision, coop_provenance_revision()) == 0)
        return COOP_OK;
    return COOP_FAIL(COOP_REFUSED,
                     "%s was written by coopsim %s (%s), and this is %s (%s), which may compute "
                     "otherwise: take that one, or begin anew",
                     checkpoint->path, checkpoint->version, checkpoint->revision,
                     coop_provenance_version(), coop_provenance_revision());
}

static enum coop_status check_settings(const struct coop_keeper *keeper)
{
    if (strcmp(keeper->source.resolved, keeper->provenance.resolved_config) == 0)
        return COOP_OK;
    char *difference =
        coop_experiment_difference(keeper->source.resolved, keeper->provenance.resolved_config);
    fprintf(stderr, "%s", difference != NULL ? difference : "");
    free(difference);
    return COOP_FAIL(COOP_REFUSED,
                     "%s is of other settings (above, - is the checkpoint's, + this command's): "
                     "take those, or another --checkpoint",
                     keeper->path);
}

/* The week whose states are kept goes on to be the one that they were kept for. */
static enum coop_status find_kept(struct coop_keeper *keeper, size_t run, bool *ret_found)
{
    char group[COOP_CHECKPOINT_GROUP];
    int64_t week;
    snprintf(group, sizeof group, "kept/%zu", run);
    *ret_found = coop_checkpoint_has(&keeper->source, group);
    if (!*ret_found)
        return COOP_OK;
    COOP_TRY(coop_checkpoint_number(&keeper->source, group, "week", &week));
    if (keeper->week != 0 && keeper->week != week)
        return COOP_FAIL(COOP_USAGE,
                         "%s keeps the states after week %lld: resume with that "
                         "--checkpoint-week, or without",
                         keeper->path, (long long)week);
    keeper->week = week;
    return COOP_OK;
}

static enum coop_status passed_already(const struct coop_keeper *keeper, size_t run)
{
    return COOP_FAIL(COOP_USAGE,
                     "--checkpoint-week cannot be %lld: in %s run %zu has passed it without its "
                     "state being kept - begin anew with --force, or choose a later week",
                     (long long)keeper->week, keeper->path, run + 1);
}

/* What the checkpoint has of a run; `root` is the run that was being computed, in `root_week`. */
static enum coop_status find_run(struct coop_keeper *keeper, size_t run, int64_t root,
                                 int64_t root_week, size_t *finished)
{
    bool kept;
    char *group = keeper->begin[run];
    COOP_TRY(find_kept(keeper, run, &kept));
    snprintf(group, COOP_CHECKPOINT_GROUP, "finished/%zu", run);
    const bool done = coop_checkpoint_has(&keeper->source, group);
    const bool begun = !done && (int64_t)run == root;
    if (begun)
        snprintf(group, COOP_CHECKPOINT_GROUP, COOP_CHECKPOINT_ROOT);
    else if (!done)
        group[0] = '\0';
    *finished += done;
    if (keeper->week > 0 && !kept && (done || (begun && root_week > keeper->week)))
        return passed_already(keeper, run);
    return COOP_OK;
}

static enum coop_status find_runs(struct coop_keeper *keeper)
{
    const size_t runs = keeper->study->design.runs;
    const struct coop_checkpoint *source = &keeper->source;
    size_t finished = 0;
    int64_t root = -1, week = -1;
    if (coop_checkpoint_has(source, COOP_CHECKPOINT_ROOT)) {
        COOP_TRY(coop_checkpoint_number(source, COOP_CHECKPOINT_ROOT, "run", &root));
        COOP_TRY(coop_checkpoint_number(source, COOP_CHECKPOINT_ROOT, "week", &week));
    }
    for (size_t r = 0; r < runs; r++)
        COOP_TRY(find_run(keeper, r, root, week, &finished));
    fprintf(stderr, "coopsim: going on from %s: %zu of %zu runs are finished", keeper->path,
            finished, runs);
    if (root >= 0)
        fprintf(stderr, ", run %lld is in week %lld", (long long)root + 1, (long long)week);
    fprintf(stderr, "\n");
    return COOP_OK;
}

/* What a killed process left half-written of either file is taken away. */
static enum coop_status resume(struct coop_keeper *keeper, const char *output)
{
    struct stat found;
    coop_seal_clear(keeper->path);
    if (output != NULL)
        coop_seal_clear(output);
    if (stat(keeper->path, &found) != 0 && errno == ENOENT) {
        fprintf(stderr, "coopsim: there is no checkpoint %s: beginning in week 0\n", keeper->path);
        return COOP_OK;
    }
    COOP_TRY(coop_checkpoint_open(&keeper->source, keeper->path));
    COOP_TRY(coop_keeper_check_version(&keeper->source));
    COOP_TRY(check_settings(keeper));
    return find_runs(keeper);
}

enum coop_status coop_keeper_open(struct coop_keeper *ret, const struct coop_study *study,
                                  const struct coop_arguments *arguments, const char *output)
{
    COOP_TRY(init(ret, study));
    COOP_TRY(coop_provenance_init(&ret->provenance, &study->config, &study->design));
    COOP_TRY(read_options(ret, arguments));
    COOP_TRY(check_path(ret, arguments, output));
    return arguments->resume ? resume(ret, output) : COOP_OK;
}
