/* coopsim - GPL-3.0-or-later
 *
 * coopsim run: compute, write the result file, tell what came out. */
#include "sim/cli/estimate.h"
#include "sim/cli/runs.h"
#include "sim/cli/text.h"
#include "sim/io/seal.h"

#include <inttypes.h>
#include <limits.h>
#include <string.h>

/* glass_factory.yaml gives glass_factory.h5 in the current directory. */
static void default_output(const char *file, char *ret, size_t size)
{
    const char *slash = strrchr(file, '/'), *name = slash != NULL ? slash + 1 : file;
    const char *dot = strrchr(name, '.');
    const bool is_yaml = dot != NULL && dot != name &&
                         (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
    snprintf(ret, size, "%.*s.h5", is_yaml ? (int)(dot - name) : (int)strlen(name), name);
}

/* The kernel would end a process that takes more than there is, without a word. */
static enum coop_status warn_of_memory(const struct coop_study *study)
{
    struct coop_needs needs;
    COOP_TRY(coop_estimate_needs(study, &needs));
    const double machine = coop_estimate_machine_bytes();
    if (needs.memory > machine)
        fprintf(stderr,
                "coopsim: warning: this takes about %s of memory, and this machine has %s: it may "
                "be ended by the system; choose fewer organisations\n",
                coop_cli_bytes(needs.memory).text, coop_cli_bytes(machine).text);
    return COOP_OK;
}

static enum coop_status check_output(const struct coop_study *study, const char *path, bool replace)
{
    struct coop_needs needs;
    if (path == NULL)
        return COOP_OK;
    COOP_TRY(coop_estimate_needs(study, &needs));
    return coop_seal_check(path, (size_t)needs.disk, replace);
}

static enum coop_status write_result(const struct coop_runs *runs, const char *path, bool replace)
{
    struct coop_provenance provenance;
    const struct coop_study *study = runs->study;
    COOP_TRY(coop_provenance_init(&provenance, &study->config, &study->design));
    const struct coop_result result = {.model = study->model,
                                       .design = &study->design,
                                       .record = runs->record,
                                       .status = runs->status,
                                       .provenance = &provenance};
    const enum coop_status status = coop_store_write(path, &result, replace);
    coop_provenance_free(&provenance);
    return status;
}

static void print_hashes(const struct coop_runs *runs)
{
    for (size_t r = 0; r < runs->study->design.runs; r++)
        if (runs->status[r] == COOP_RUN_DONE)
            printf("%s %016" PRIx64 "\n", runs->study->design.run[r].name,
                   runs->record[r].state_hash);
}

/* What happened to the runs comes first: a failure to write is told before it, and is graver. */
static enum coop_status report(const struct coop_runs *runs, const struct coop_arguments *arguments,
                               const char *path, enum coop_status status)
{
    if (runs->done == 0)
        return status == COOP_STOPPED
                   ? COOP_FAIL(status, "stopped before a run was finished, nothing is written")
                   : status;
    if (path != NULL)
        COOP_TRY(write_result(runs, path, arguments->force));
    if (arguments->hash)
        print_hashes(runs);
    else
        coop_headline_print(runs, path);
    if (status != COOP_STOPPED)
        return status;
    return COOP_FAIL(status, "stopped: %zu of %zu runs are finished%s%s", runs->done,
                     runs->study->design.runs, path != NULL ? " and written to " : "",
                     path != NULL ? path : "");
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
    COOP_TRY(check_output(study, path, arguments->force));
    COOP_TRY(warn_of_memory(study));
    enum coop_status status = coop_runs_init(&runs, study);
    if (status == COOP_OK) {
        status = coop_runs_compute(&runs, (enum coop_progress_mode)arguments->progress);
        status = report(&runs, arguments, path, status);
    }
    coop_runs_free(&runs);
    return status;
}

enum coop_status coop_cli_run(const struct coop_arguments *arguments)
{
    struct coop_study study;
    enum coop_status status = coop_study_open(&study, arguments);
    if (status == COOP_OK)
        status = run_study(&study, arguments);
    coop_study_close(&study);
    return status;
}
