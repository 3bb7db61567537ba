/* coopsim - GPL-3.0-or-later */
#include "sim/cli/complete.h"

#include "sim/cli/sweep.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What is there, if that is all there is to it. */
static enum coop_status look(struct coop_sweep_plan *plan, const char *directory,
                             struct coop_reader *ret, bool *ret_whole)
{
    *ret_whole = false;
    COOP_TRY(coop_sweep_look(plan, directory, ret));
    if (ret->run == NULL)
        return COOP_OK;
    COOP_TRY(coop_sweep_plan_todo(plan, ret));
    *ret_whole = plan->todos == 0 && ret->faults == 0;
    if (!*ret_whole)
        coop_reader_close(ret);
    return COOP_OK;
}

static enum coop_status compute(struct coop_sweep_plan *plan, const char *directory,
                                enum coop_progress_mode mode, struct coop_reader *ret)
{
    const struct coop_sweep_limits limits = {0};
    struct coop_sweep_result result;
    bool whole;
    COOP_TRY(look(plan, directory, ret, &whole));
    if (whole)
        return COOP_OK;
    COOP_TRY(coop_sweep_go_on(plan, directory, &limits, mode, &result));
    COOP_TRY(coop_reader_open(ret, directory));
    return coop_reader_require_whole(ret);
}

enum coop_status coop_complete(const struct coop_study *study, const char *directory,
                               enum coop_progress_mode mode, struct coop_reader *ret)
{
    struct coop_sweep_plan plan;
    *ret = (struct coop_reader){0};
    enum coop_status status = coop_sweep_plan_init(&plan, study);
    if (status == COOP_OK)
        status = compute(&plan, directory, mode, ret);
    coop_sweep_plan_free(&plan);
    return status;
}

static bool begins_as_hdf5(const char *path)
{
    static const char signature[8] = "\211HDF\r\n\032\n";
    char head[sizeof signature];
    FILE *file = fopen(path, "rbe");
    if (file == NULL)
        return false;
    const bool equal = fread(head, 1, sizeof head, file) == sizeof head &&
                       memcmp(head, signature, sizeof head) == 0;
    fclose(file);
    return equal;
}

bool coop_results_are_at(const char *path)
{
    struct stat found;
    const size_t length = strlen(path);
    if (stat(path, &found) == 0 && S_ISDIR(found.st_mode))
        return true;
    return (length > 3 && strcmp(path + length - 3, ".h5") == 0) || begins_as_hdf5(path);
}

/* The errors of a configuration that was written by the program are none of the user's. */
static enum coop_status open_study(struct coop_results *ret, const struct coop_arguments *arguments)
{
    char *text = NULL, *version = NULL;
    struct coop_arguments resolved = *arguments;
    resolved.operand[0] = ret->reader.path;
    enum coop_status status = coop_reader_provenance(&ret->reader, "resolved_config", &text);
    if (status == COOP_OK)
        status = coop_reader_provenance(&ret->reader, "version", &version);
    if (status == COOP_OK)
        status = coop_study_open_text(&ret->study, &resolved, text);
    if (status == COOP_USAGE)
        status = COOP_FAIL(COOP_REFUSED,
                           "%s: this version does not understand the configuration, which "
                           "coopsim %s has written",
                           ret->reader.path, version);
    free(text);
    free(version);
    return status;
}

enum coop_status coop_results_open(struct coop_results *ret, const char *path,
                                   const struct coop_arguments *arguments)
{
    *ret = (struct coop_results){0};
    if (arguments->sets > 0 || arguments->seed >= 0)
        return COOP_FAIL(COOP_USAGE,
                         "%s is finished: its settings cannot be changed - give the configuration "
                         "instead",
                         path);
    COOP_TRY(coop_reader_open(&ret->reader, path));
    COOP_TRY(coop_reader_require_whole(&ret->reader));
    COOP_TRY(open_study(ret, arguments));
    if (ret->study.design.runs == ret->reader.runs)
        return COOP_OK;
    return COOP_FAIL(COOP_REFUSED, "%s: its configuration gives %zu runs instead of %zu", path,
                     ret->study.design.runs, ret->reader.runs);
}

void coop_results_close(struct coop_results *results)
{
    coop_study_close(&results->study);
    coop_reader_close(&results->reader);
}
