/* coopsim - GPL-3.0-or-later
 *
 * coopsim status: how far a sweep is. The manifest is enough to tell; shards are not opened. */
#include "sim/cli/cli.h"
#include "sim/cli/text.h"
#include "sim/io/claim.h"
#include "sim/io/experiment.h"
#include "sim/io/manifest.h"
#include "sim/io/store.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LABEL_COLUMN = 16 };

struct state {
    const char *directory;
    struct coop_experiment experiment;
    struct coop_manifest manifest;
    struct coop_owner *owner;
    size_t owners;
    size_t done, failed, shards;
    double bytes, rate; /* worker-weeks a second, of those at work */
};

/* A shard that is gone counts for nothing. */
static bool is_there(const struct state *state, const struct coop_manifest_line *line)
{
    char path[PATH_MAX];
    struct stat found;
    snprintf(path, sizeof path, "%s/shards/%s", state->directory, line->shard);
    return stat(path, &found) == 0 && (size_t)found.st_size == line->bytes;
}

static enum coop_status count_runs(struct state *state)
{
    const size_t runs = state->experiment.runs;
    int8_t *ended = malloc(runs);
    if (ended == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for %zu runs", runs);
    memset(ended, COOP_RUN_STOPPED, runs);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < state->manifest.lines; i++) {
            const struct coop_manifest_line *line = &state->manifest.line[i];
            if (!is_there(state, line))
                continue;
            coop_manifest_mark(pass == 0 ? line->failed : line->done, ended, runs,
                               pass == 0 ? COOP_RUN_ERROR : COOP_RUN_DONE);
            state->shards += (size_t)pass;
            state->bytes += pass * (double)line->bytes;
        }
    for (size_t r = 0; r < runs; r++) {
        state->done += ended[r] == COOP_RUN_DONE;
        state->failed += ended[r] == COOP_RUN_ERROR;
    }
    free(ended);
    return COOP_OK;
}

/* As its last line says. */
static double rate_of(const struct state *state, const struct coop_owner *owner)
{
    char range[64];
    const size_t length =
        (size_t)snprintf(range, sizeof range, "%zu-of-%zu-", owner->part, owner->parts);
    for (size_t i = state->manifest.lines; i > 0; i--) {
        const struct coop_manifest_line *line = &state->manifest.line[i - 1];
        if (line->pid == owner->pid && strncmp(line->shard, range, length) == 0)
            return line->seconds > 0 ? line->worker_weeks / line->seconds : 0;
    }
    return 0;
}

static void print_owners(struct state *state)
{
    size_t alive = 0;
    for (size_t i = 0; i < state->owners; i++) {
        const struct coop_owner *owner = &state->owner[i];
        printf("%-*spart %zu of %zu: process %lld on %s since %s%s%s%s\n", LABEL_COLUMN,
               owner->dead ? "left behind" : "working", owner->part, owner->parts,
               (long long)owner->pid, owner->host, owner->began,
               owner->job[0] != '\0' ? ", job " : "", owner->job,
               owner->dead ? ", which has ended" : "");
        if (owner->dead)
            continue;
        alive++;
        state->rate += rate_of(state, owner);
    }
    if (alive == 0)
        printf("%-*snobody\n", LABEL_COLUMN, "working");
}

static void print_state(struct state *state)
{
    const struct coop_experiment *experiment = &state->experiment;
    const size_t missing = experiment->runs - state->done;
    printf("%-*s%zu: %zu done, %zu failed, %zu missing\n", LABEL_COLUMN, "runs", experiment->runs,
           state->done, state->failed, missing - state->failed);
    printf("%-*s%zu, %s\n", LABEL_COLUMN, "shards", state->shards,
           coop_cli_bytes(state->bytes).text);
    print_owners(state);
    const double weeks = experiment->worker_weeks * (double)missing / (double)experiment->runs;
    if (missing == 0)
        printf("%-*scoopsim merge %s\n", LABEL_COLUMN, "next", state->directory);
    else if (state->rate > 0)
        printf("%-*sabout %s at the present %s worker-weeks a second\n", LABEL_COLUMN, "time left",
               coop_cli_duration(weeks / state->rate).text, coop_cli_count(state->rate).text);
}

enum coop_status coop_cli_status(const struct coop_arguments *arguments)
{
    struct state state = {.directory = arguments->operand[0]};
    enum coop_status status = coop_experiment_read(&state.experiment, state.directory);
    if (status == COOP_OK)
        status = coop_manifest_read(&state.manifest, state.directory);
    if (status == COOP_OK)
        status = coop_claim_list(state.directory, &state.owner, &state.owners);
    if (status == COOP_OK)
        status = count_runs(&state);
    if (status == COOP_OK)
        print_state(&state);
    free(state.owner);
    coop_manifest_free(&state.manifest);
    coop_experiment_free(&state.experiment);
    return status;
}
