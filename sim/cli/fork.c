/* coopsim - GPL-3.0-or-later
 *
 * A fork: every forked case of the checkpoint becomes two cases of a study of its own, which has all
 * settings and so needs no other file: the first as it was, the second with the intervention, or
 * with the --set's from the checkpoint's week on. The runs begin from the states that are kept. */
#include "sim/cli/fork.h"
#include "sim/cli/fork_text.h"
#include "sim/cli/keep.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct fork {
    const struct coop_arguments *arguments;
    struct coop_checkpoint source;
    struct coop_study original, study;
    struct coop_change_plan plan;
    int64_t only; /* number of the one case that is forked, -1: all are */
};

static enum coop_status check_words(const struct coop_arguments *arguments)
{
    if (arguments->operands > 0)
        return COOP_FAIL(COOP_USAGE, "--from takes no FILE: the configuration is the checkpoint's");
    if (arguments->checkpoint != NULL)
        return COOP_FAIL(COOP_USAGE, "--checkpoint and --from do not go together");
    if (arguments->seed >= 0)
        return COOP_FAIL(COOP_USAGE, "--seed: a fork goes on with the draws of its checkpoint");
    if (arguments->apply == NULL && arguments->sets == 0)
        return COOP_FAIL(COOP_USAGE, "a fork needs --apply ACT or --set NAME=VALUE");
    return COOP_OK;
}

static enum coop_status find_case(struct fork *fork)
{
    const struct coop_config *config = &fork->original.config;
    const char **known = calloc(config->cases + 1, sizeof *known);
    fork->only = -1;
    if (fork->arguments->only == NULL || known == NULL) {
        free(known);
        return known != NULL ? COOP_OK : COOP_FAIL(COOP_MEMORY, "out of memory for the cases");
    }
    for (size_t c = 0; c < config->cases; c++) {
        known[c] = config->item[c].name;
        if (strcmp(config->item[c].name, fork->arguments->only) == 0)
            fork->only = (int64_t)c;
    }
    enum coop_status status = COOP_OK;
    if (fork->only < 0)
        status = coop_cli_fail_unknown("case", fork->arguments->only, known,
                                       "see 'cases' of the configuration");
    free(known);
    return status;
}

/* Where the checkpoint has a state of the run. */
static enum coop_status find_state(const struct fork *fork, size_t run,
                                   char group[COOP_CHECKPOINT_GROUP], int64_t *ret_week)
{
    int64_t root = -1;
    char label[COOP_DESIGN_LABEL_SIZE];
    const struct coop_checkpoint *source = &fork->source;
    snprintf(group, COOP_CHECKPOINT_GROUP, "kept/%zu", run);
    if (!coop_checkpoint_has(source, group)) {
        snprintf(group, COOP_CHECKPOINT_GROUP, COOP_CHECKPOINT_ROOT);
        if (coop_checkpoint_has(source, group))
            COOP_TRY(coop_checkpoint_number(source, group, "run", &root));
        if (root != (int64_t)run)
            return COOP_FAIL(COOP_REFUSED,
                             "%s holds no state of the run %s: compute it with --checkpoint-week "
                             "to fork all its runs, or choose one with --case",
                             source->path, coop_design_label(&fork->original.design, run, label));
    }
    return coop_checkpoint_number(source, group, "week", ret_week);
}

/* The run of the checkpoint that a run of the fork goes on from. */
static size_t origin_of(const struct fork *fork, size_t run)
{
    const struct coop_design *design = &fork->study.design, *original = &fork->original.design;
    const size_t twins = 1 + design->twins, entry = run % design->entries;
    const size_t number = fork->only >= 0 ? (size_t)fork->only : entry / twins / 2;
    return run / design->entries * original->entries + number * twins + entry % twins;
}

static bool is_forked(const struct fork *fork, size_t run)
{
    return fork->only < 0 ||
           coop_design_plan(&fork->original.design, run).case_number == (size_t)fork->only;
}

/* All that is forked is in one week, in which the intervention is. */
static enum coop_status find_week(struct fork *fork)
{
    char group[COOP_CHECKPOINT_GROUP];
    const struct coop_design *design = &fork->original.design;
    fork->plan.week = -1;
    for (size_t r = 0; r < design->runs; r++) {
        struct coop_script script;
        int64_t week;
        if (!is_forked(fork, r))
            continue;
        COOP_TRY(find_state(fork, r, group, &week));
        if (fork->plan.week >= 0 && week != fork->plan.week)
            return COOP_FAIL(COOP_REFUSED,
                             "%s holds states of weeks %lld and %lld: choose one case with --case",
                             fork->source.path, (long long)fork->plan.week, (long long)week);
        fork->plan.week = week;
        COOP_TRY(coop_design_script(design, r, &script));
        const bool over = week >= coop_study_settings(&script)->weeks;
        coop_script_free(&script);
        if (over || week < COOP_MONTH)
            return COOP_FAIL(COOP_REFUSED, "%s: nothing can change in week %lld of the run",
                             fork->source.path, (long long)week);
    }
    return COOP_OK;
}

static enum coop_status begin_runs(struct fork *fork, struct coop_keeper *keeper)
{
    int64_t week;
    COOP_TRY(coop_keeper_open_fork(keeper, &fork->study));
    for (size_t r = 0; r < fork->study.design.runs; r++)
        COOP_TRY(find_state(fork, origin_of(fork, r), keeper->begin[r], &week));
    keeper->source = fork->source;
    fork->source = (struct coop_checkpoint){0};
    return COOP_OK;
}

/* run.h5 gives run-swap.h5 in the current directory. */
static void default_output(const struct fork *fork, char *ret, size_t size)
{
    const char *from = fork->arguments->from, *slash = strrchr(from, '/');
    const char *name = slash != NULL ? slash + 1 : from, *dot = strrchr(name, '.');
    const int length = dot != NULL && dot != name ? (int)(dot - name) : (int)strlen(name);
    snprintf(ret, size, "%.*s-%s.h5", length, name, fork->plan.name);
}

static enum coop_status carry_out(struct fork *fork, const struct coop_arguments *arguments)
{
    char name[PATH_MAX];
    const char *path = arguments->output;
    struct coop_runs runs;
    struct coop_keeper keeper = {0};
    if (path == NULL && !arguments->hash) {
        default_output(fork, name, sizeof name);
        path = name;
    }
    COOP_TRY(coop_runs_prepare(&fork->study, arguments, path));
    enum coop_status status = coop_runs_init(&runs, &fork->study);
    if (status == COOP_OK)
        status = begin_runs(fork, &keeper);
    if (status == COOP_OK) {
        coop_keeper_use(&keeper, &runs);
        status = coop_runs_carry_out(&runs, arguments, path);
        if (status == COOP_OK && !arguments->hash)
            coop_fork_print(&runs, &fork->plan);
    }
    coop_keeper_close(&keeper);
    coop_runs_free(&runs);
    return status;
}

/* Where the intervention is a row of the model, a run has one of them. */
static enum coop_status check_cases(const struct fork *fork)
{
    const struct coop_study *original = &fork->original;
    const char *row = original->model->intervention;
    for (size_t c = 0; fork->arguments->apply != NULL && c < original->design.cases; c++)
        if ((fork->only < 0 || fork->only == (int64_t)c) &&
            coop_param_real(original->design.script[c].set, row) != 0)
            return COOP_FAIL(COOP_USAGE,
                             "the case %s has an intervention already, and a run has "
                             "one - see %s",
                             original->config.item[c].name, row);
    return COOP_OK;
}

static enum coop_status open_all(struct fork *fork, const struct coop_arguments *arguments)
{
    char *text = NULL;
    COOP_TRY(coop_checkpoint_open(&fork->source, fork->arguments->from));
    COOP_TRY(coop_keeper_check_version(&fork->source));
    COOP_TRY(coop_study_open_text(&fork->original, arguments, fork->source.resolved));
    COOP_TRY(find_case(fork));
    COOP_TRY(find_week(fork));
    COOP_TRY(coop_change_plan_init(&fork->plan, fork->original.model, fork->arguments));
    COOP_TRY(check_cases(fork));
    COOP_TRY(
        coop_fork_text(&fork->original, fork->only, fork->plan.name, fork->source.resolved, &text));
    enum coop_status status =
        coop_study_open_edited(&fork->study, arguments, text, coop_change_plan_edit, &fork->plan);
    free(text);
    return status == COOP_OK ? coop_fork_tell_origin(&fork->study) : status;
}

enum coop_status coop_cli_fork(const struct coop_arguments *arguments)
{
    struct fork fork = {.arguments = arguments};
    COOP_TRY(check_words(arguments));
    /* The checkpoint takes the place of the configuration, whose settings are all in it. */
    struct coop_arguments as = *arguments;
    as.operand[0] = arguments->from;
    as.sets = 0;
    enum coop_status status = open_all(&fork, &as);
    if (status == COOP_OK)
        status = carry_out(&fork, &as);
    coop_study_close(&fork.study);
    coop_study_close(&fork.original);
    coop_checkpoint_close(&fork.source);
    return status;
}
