/* coopsim - GPL-3.0-or-later
 *
 * coopsim run: compute, write the result file, tell what came out. */
#include "sim/cli/estimate.h"
#include "sim/cli/fork.h"
#include "sim/cli/keep.h"
#include "sim/cli/text.h"
#include "sim/io/seal.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* glass_factory.yaml gives glass_factory.h5 in the current directory. */
static void default_output(const char *file, char *ret, size_t size)
{
    const char *slash = strrchr(file, '/'), *name = slash != NULL ? slash + 1 : file;
    const char *dot = strrchr(name, '.');
    const bool is_yaml =
        dot != NULL && dot != name && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
    snprintf(ret, size, "%.*s.h5", is_yaml ? (int)(dot - name) : (int)strlen(name), name);
}

/* The kernel would end a process that takes more than there is, without a word. */
static void warn_of_memory(const struct coop_needs *needs)
{
    const double machine = coop_estimate_machine_bytes();
    if (needs->memory > machine)
        fprintf(stderr,
                "coopsim: warning: this takes about %s of memory, and this machine has %s: the "
                "system may end it; choose fewer organisations\n",
                coop_cli_bytes(needs->memory).text, coop_cli_bytes(machine).text);
}

enum coop_status coop_runs_check_output(const char *config, const char *path,
                                        const struct coop_needs *needs, bool replace)
{
    struct stat source, target;
    if (path == NULL)
        return COOP_OK;
    if (stat(config, &source) == 0 && stat(path, &target) == 0 && source.st_dev == target.st_dev &&
        source.st_ino == target.st_ino)
        return COOP_FAIL(COOP_CANNOT_CREATE,
                         "%s is the configuration: give the result another name", path);
    return coop_seal_check(path, (size_t)needs->disk, replace);
}

static enum coop_status write_scripts(const struct coop_runs *runs,
                                      const struct coop_judgement *judgement, const char *path,
                                      bool replace, const struct coop_script **script)
{
    struct coop_provenance provenance;
    const struct coop_study *study = runs->study;
    for (size_t r = 0; r < study->design.runs; r++)
        script[r] = &runs->script[r];
    COOP_TRY(coop_provenance_init(&provenance, &study->config, &study->design));
    const struct coop_result result = {.model = study->model,
                                       .design = &study->design,
                                       .runs = study->design.runs,
                                       .script = script,
                                       .record = runs->record,
                                       .status = runs->status,
                                       .kept = runs->kept,
                                       .provenance = &provenance,
                                       .expectation = study->config.expectation,
                                       .finding = runs->finding,
                                       .expectations = study->config.expectations,
                                       .hypothesis = study->config.hypothesis,
                                       .judgement = judgement,
                                       .hypotheses =
                                           judgement != NULL ? study->config.hypotheses : 0};
    const enum coop_status status = coop_store_write(path, &result, replace);
    coop_provenance_free(&provenance);
    return status;
}

enum coop_status coop_runs_write(const struct coop_runs *runs,
                                 const struct coop_judgement *judgement, const char *path,
                                 bool replace)
{
    const size_t count = runs->study->design.runs;
    const struct coop_script **script = calloc(count, sizeof *script);
    const enum coop_status status =
        script != NULL ? write_scripts(runs, judgement, path, replace, script)
                       : COOP_FAIL(COOP_MEMORY, "out of memory for %zu runs", count);
    free(script);
    return status;
}

static void print_hashes(const struct coop_runs *runs)
{
    char label[COOP_DESIGN_LABEL_SIZE];
    for (size_t r = 0; r < runs->study->design.runs; r++)
        if (runs->status[r] == COOP_RUN_DONE)
            printf("%s %016" PRIx64 "\n", coop_design_label(&runs->study->design, r, label),
                   runs->record[r].state_hash);
}

/* Prints what came out, also where it could not be written. */
static void print_runs(const struct coop_runs *runs, bool hash, const char *path)
{
    if (hash)
        print_hashes(runs);
    else if (runs->done > 0)
        coop_headline_print(runs, path);
}

/* A failure to write is graver than what happened to the runs. The file of a study that was stopped
 * also tells which runs are missing; without any finished run there is none. */
static enum coop_status report(const struct coop_runs *runs, const struct coop_arguments *arguments,
                               const char *path, enum coop_status status)
{
    enum coop_status written = COOP_OK;
    if (runs->keeper != NULL && runs->keeper->path != NULL && status == COOP_STOPPED)
        return status;
    if (runs->done == 0 && status == COOP_STOPPED)
        return COOP_FAIL(status,
                         "stopped: 0 of %zu runs are finished, so there is nothing to write",
                         runs->study->design.runs);
    if (runs->done == 0)
        return status;
    if (path != NULL)
        written = coop_runs_write(runs, NULL, path, arguments->force);
    print_runs(runs, arguments->hash, written == COOP_OK ? path : NULL);
    if (written != COOP_OK || status != COOP_STOPPED)
        return written != COOP_OK ? written : status;
    return COOP_FAIL(status, "stopped: %zu of %zu runs are finished%s%s", runs->done,
                     runs->study->design.runs, path != NULL ? " and written to " : "",
                     path != NULL ? path : "");
}

/* With a checkpoint nothing is written before the end, as all that is finished is in there. */
enum coop_status coop_runs_carry_out(struct coop_runs *runs, const struct coop_arguments *arguments,
                                     const char *path)
{
    enum coop_status status = coop_runs_compute(runs, (enum coop_progress_mode)arguments->progress);
    if (runs->keeper != NULL && status == COOP_OK)
        status = coop_keeper_finish(runs);
    status = report(runs, arguments, path, status);
    if (runs->keeper != NULL && status == COOP_OK)
        coop_keeper_remove(runs->keeper);
    return status;
}

enum coop_status coop_runs_prepare(const struct coop_study *study,
                                   const struct coop_arguments *arguments, const char *path)
{
    struct coop_needs needs;
    if (study->design.runs > COOP_RUNS_TOGETHER_MAX)
        return COOP_FAIL(COOP_USAGE,
                         "%zu runs: 'coopsim run' keeps all in memory, at most %d - compute them "
                         "with 'coopsim sweep %s -o DIR'",
                         study->design.runs, COOP_RUNS_TOGETHER_MAX, arguments->operand[0]);
    COOP_TRY(coop_estimate_needs(study, &needs));
    COOP_TRY(coop_runs_check_output(arguments->operand[0], path, &needs, arguments->force));
    warn_of_memory(&needs);
    return COOP_OK;
}

static enum coop_status carry_out_kept(struct coop_runs *runs,
                                       const struct coop_arguments *arguments, const char *path)
{
    struct coop_keeper keeper = {0};
    enum coop_status status = coop_keeper_open(&keeper, runs->study, arguments, path);
    if (status == COOP_OK) {
        coop_keeper_use(&keeper, runs);
        status = coop_runs_carry_out(runs, arguments, path);
    }
    coop_keeper_close(&keeper);
    return status;
}

static enum coop_status run_study(const struct coop_study *study,
                                  const struct coop_arguments *arguments)
{
    char name[PATH_MAX];
    const char *path = arguments->output;
    struct coop_runs runs;
    if (path == NULL && !arguments->hash) {
        default_output(arguments->operand[0], name, sizeof name);
        path = name;
    }
    COOP_TRY(coop_runs_prepare(study, arguments, path));
    enum coop_status status = coop_runs_init(&runs, study);
    if (status == COOP_OK)
        status = arguments->checkpoint != NULL ? carry_out_kept(&runs, arguments, path)
                                               : coop_runs_carry_out(&runs, arguments, path);
    coop_runs_free(&runs);
    return status;
}

static enum coop_status check_words(const struct coop_arguments *arguments)
{
    const bool keeps = arguments->checkpoint != NULL;
    if (arguments->from == NULL && (arguments->apply != NULL || arguments->only != NULL))
        return COOP_FAIL(COOP_USAGE, "%s is for a fork - name the checkpoint with --from",
                         arguments->apply != NULL ? "--apply" : "--case");
    if (arguments->from == NULL && arguments->operands == 0)
        return COOP_FAIL(COOP_USAGE, "coopsim run needs FILE, or --from CHECKPOINT");
    if (!keeps && (arguments->resume || arguments->checkpoint_every != NULL ||
                   arguments->checkpoint_week >= 0))
        return COOP_FAIL(COOP_USAGE, "%s needs the checkpoint's name: --checkpoint PATH",
                         arguments->resume                     ? "--resume"
                         : arguments->checkpoint_every != NULL ? "--checkpoint-every"
                                                               : "--checkpoint-week");
    return COOP_OK;
}

enum coop_status coop_cli_run(const struct coop_arguments *arguments)
{
    struct coop_study study;
    COOP_TRY(check_words(arguments));
    if (arguments->from != NULL)
        return coop_cli_fork(arguments);
    enum coop_status status = coop_study_open(&study, arguments);
    if (status == COOP_OK)
        status = run_study(&study, arguments);
    coop_study_close(&study);
    return status;
}
