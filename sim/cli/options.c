/* coopsim - GPL-3.0-or-later
 *
 * The options of all verbs, and reading them. */
#include "sim/cli/cli.h"
#include "sim/engine/registry.h"
#include "sim/param/param.h"
#include "sim/param/text.h"

#include <stdlib.h>
#include <string.h>

enum { THREADS_MAX = 1024 };

#define AT(member) .offset = offsetof(struct coop_arguments, member)
static const struct coop_option options[COOP_OPTIONS_END] = {
    [COOP_OPTION_SETTING] = {"--set", NULL, "NAME=VALUE",
                             "set a parameter in every case; may be repeated, the last one wins",
                             COOP_OPTION_SET, AT(set)},
    [COOP_OPTION_SEED] = {"--seed", NULL, "N", "the same as --set run.seed=N", COOP_OPTION_WHOLE,
                          AT(seed), .max = COOP_WHOLE_MAX},
    [COOP_OPTION_THREADS] = {"--threads", NULL, "N",
                             "threads to compute with (default: the cores available); results are "
                             "the same with any number",
                             COOP_OPTION_WHOLE, AT(threads), .min = 1, .max = THREADS_MAX},
    [COOP_OPTION_OUTPUT] = {"--output", "-o", "FILE",
                            "the result file (default: the configuration's name, with .h5, in the "
                            "current directory)",
                            COOP_OPTION_TEXT, AT(output)},
    [COOP_OPTION_FORCE] = {"--force", NULL, NULL, "overwrite the file if it exists",
                           COOP_OPTION_FLAG, AT(force)},
    [COOP_OPTION_ISA] = {"--isa", NULL, "LEVEL",
                         "instruction set level to compute with (default: the best of this "
                         "machine); results are the same with any",
                         COOP_OPTION_TEXT, AT(isa)},
    [COOP_OPTION_PROGRESS] = {"--progress", NULL, "auto|plain|json|none",
                              "progress on stderr: a bar on a terminal and else lines, always "
                              "lines, JSON lines, or none",
                              COOP_OPTION_CHOICE, AT(progress)},
    [COOP_OPTION_HASH] = {"--hash", NULL, NULL,
                          "print the hash of each run's final state instead of the summary, and "
                          "write no file unless --output asks for one",
                          COOP_OPTION_FLAG, AT(hash)},
    [COOP_OPTION_FORMAT] = {"--format", NULL, "text|yaml|json",
                            "text for people, a complete configuration, or JSON",
                            COOP_OPTION_CHOICE, AT(format)},
    [COOP_OPTION_JSON] = {"--format", NULL, "text|json",
                          "a table for people, or JSON with every digit", COOP_OPTION_CHOICE,
                          AT(json)},
    [COOP_OPTION_DIRECTORY] = {"--output", "-o", "DIR",
                               "the directory of the sweep; the same command goes on with it",
                               COOP_OPTION_TEXT, AT(output)},
    [COOP_OPTION_MERGED] = {"--output", "-o", "FILE",
                            "the file to write (default: the directory's name, with .h5, in the "
                            "current directory)",
                            COOP_OPTION_TEXT, AT(output)},
    [COOP_OPTION_SHARD] = {"--shard", NULL, "I/N",
                           "compute part I of N only, so that N processes share the directory",
                           COOP_OPTION_TEXT, AT(shard)},
    [COOP_OPTION_MAX_TIME] = {"--max-time", NULL, "TIME",
                              "end after this time (3h50m, 90s), with 75 if runs are left: none is "
                              "started that could not be finished",
                              COOP_OPTION_TEXT, AT(max_time)},
    [COOP_OPTION_SEAL_EVERY] = {"--seal-every", NULL, "TIME",
                                "seal finished runs this often (default: 2s, later every hundredth "
                                "of the time taken, at most a minute)",
                                COOP_OPTION_TEXT, AT(seal_every)},
    [COOP_OPTION_ON_ERROR] = {"--on-error", NULL, "continue|stop",
                              "go on with the other runs when one fails, or stop",
                              COOP_OPTION_CHOICE, AT(on_error)},
    [COOP_OPTION_DRY_RUN] = {"--dry-run", NULL, NULL,
                             "say what would be done, and what it would take; write nothing",
                             COOP_OPTION_FLAG, AT(dry_run)},
    [COOP_OPTION_PARTIAL] = {"--partial", NULL, NULL,
                             "also if runs are missing, which the file then says of them",
                             COOP_OPTION_FLAG, AT(partial)},
    [COOP_OPTION_TABLE] = {"--format", NULL, "text|json|csv",
                           "a table for people, or JSON or CSV with every digit",
                           COOP_OPTION_CHOICE, AT(table)},
    [COOP_OPTION_KEEP] = {"--output", "-o", "FILE.h5|DIR",
                          "also write the result file, with the verdicts; any other name is the "
                          "directory of a sweep, in which the runs are computed",
                          COOP_OPTION_TEXT, AT(output)},
    [COOP_OPTION_PAGE] = {"--output", "-o", "FILE",
                          "the page to write (default: the result's name, with .html, in the "
                          "current directory)",
                          COOP_OPTION_TEXT, AT(output)},
    [COOP_OPTION_FOLDER] = {"--output", "-o", "FOLDER",
                            "where the files go; it is made if it is not there", COOP_OPTION_TEXT,
                            AT(output)},
    [COOP_OPTION_RUNS] = {"--output", "-o", "DIR",
                          "the directory of the runs, as of coopsim sweep: what is there is not "
                          "computed again (default: a temporary one)",
                          COOP_OPTION_TEXT, AT(output)},
    [COOP_OPTION_MEASURE] = {"--measure", NULL, "NAME,...",
                             "what is looked at (default: the design's 'measures', or the model's "
                             "headline)",
                             COOP_OPTION_TEXT, AT(measure)},
    [COOP_OPTION_CHECKPOINT] = {"--checkpoint", NULL, "PATH",
                                "keep all that is needed to go on in this file, written anew now "
                                "and then and when the run is stopped",
                                COOP_OPTION_TEXT, AT(checkpoint)},
    [COOP_OPTION_CHECKPOINT_EVERY] = {"--checkpoint-every", NULL, "TIME",
                                      "how often (default: 10m)", COOP_OPTION_TEXT,
                                      AT(checkpoint_every)},
    [COOP_OPTION_CHECKPOINT_WEEK] = {"--checkpoint-week", NULL, "W",
                                     "also keep the state of every run after W weeks there, for "
                                     "--from; a multiple of 4",
                                     COOP_OPTION_WHOLE, AT(checkpoint_week), .max = COOP_WHOLE_MAX},
    [COOP_OPTION_RESUME] = {"--resume", NULL, NULL,
                            "go on from the checkpoint; from the beginning if there is none",
                            COOP_OPTION_FLAG, AT(resume)},
    [COOP_OPTION_FROM] = {"--from", NULL, "CHECKPOINT",
                          "instead of FILE: fork the runs of this checkpoint, one case as it was "
                          "and one with --apply or --set from then on",
                          COOP_OPTION_TEXT, AT(from)},
    [COOP_OPTION_APPLY] = {"--apply", NULL, "ACT", "the intervention in the week of the checkpoint",
                           COOP_OPTION_TEXT, AT(apply)},
    [COOP_OPTION_ONLY] = {"--case", NULL, "NAME",
                          "fork this case of the checkpoint only, with its twins", COOP_OPTION_TEXT,
                          AT(only)},
};

const struct coop_option *coop_cli_option(int number)
{
    return &options[number];
}

enum coop_status coop_cli_fail_unknown(const char *what, const char *word, const char *const *known,
                                       const char *remedy)
{
    const char *near = coop_nearest_word(known, word);
    return near ? COOP_FAIL(COOP_USAGE, "unknown %s '%s' - did you mean '%s'?", what,
                            coop_show(word).text, near)
                : COOP_FAIL(COOP_USAGE, "unknown %s '%s' - %s", what, coop_show(word).text, remedy);
}

static enum coop_status fail_option(const struct coop_verb *verb, const char *word)
{
    const char *known[2 * COOP_OPTIONS_END + 2] = {"--help"};
    size_t count = 1;
    char remedy[64];
    for (const int *number = verb->option; *number != 0; number++)
        known[count++] = options[*number].name;
    snprintf(remedy, sizeof remedy, "see coopsim %s --help", verb->name);
    return coop_cli_fail_unknown("option", word, known, remedy);
}

/* The option that `word` names: its name, its letter, or its name with "=value" behind it. */
static const struct coop_option *find_option(const struct coop_verb *verb, const char *word,
                                             const char **ret_value)
{
    const char *equals = strncmp(word, "--", 2) == 0 ? strchr(word, '=') : NULL;
    const size_t length = equals != NULL ? (size_t)(equals - word) : strlen(word);
    *ret_value = equals != NULL ? equals + 1 : NULL;
    for (const int *number = verb->option; *number != 0; number++) {
        const struct coop_option *option = &options[*number];
        if (strlen(option->name) == length && strncmp(option->name, word, length) == 0)
            return option;
        if (option->letter != NULL && strcmp(option->letter, word) == 0)
            return option;
    }
    return NULL;
}

static enum coop_status read_whole(const struct coop_option *option, const char *word, int64_t *ret)
{
    if (coop_read_whole(word, ret) == COOP_NUMBER_FINE && *ret >= option->min &&
        *ret <= option->max)
        return COOP_OK;
    return COOP_FAIL(COOP_USAGE, "%s cannot be '%s' - give a whole number from %lld to %lld",
                     option->name, coop_show(word).text, (long long)option->min,
                     (long long)option->max);
}

static enum coop_status read_choice(const struct coop_option *option, const char *word,
                                    int32_t *ret)
{
    char copy[64], remedy[80], *rest = copy;
    const char *known[8] = {NULL};
    snprintf(copy, sizeof copy, "%s", option->argument);
    snprintf(remedy, sizeof remedy, "give one of %s", option->argument);
    for (int32_t i = 0; rest != NULL; i++) {
        known[i] = strsep(&rest, "|");
        if (strcmp(known[i], word) == 0) {
            *ret = i;
            return COOP_OK;
        }
    }
    return coop_cli_fail_unknown(option->name, word, known, remedy);
}

static enum coop_status read_value(const struct coop_option *option, const char *word,
                                   struct coop_arguments *ret)
{
    void *value = (char *)ret + option->offset;
    switch (option->kind) {
    case COOP_OPTION_FLAG:
        *(int32_t *)value = 1;
        return COOP_OK;
    case COOP_OPTION_TEXT:
        *(const char **)value = word;
        return *word != '\0' ? COOP_OK
                             : COOP_FAIL(COOP_USAGE, "%s needs a word behind it", option->name);
    case COOP_OPTION_WHOLE:
        return read_whole(option, word, value);
    case COOP_OPTION_CHOICE:
        return read_choice(option, word, value);
    case COOP_OPTION_SET:
        ret->set[ret->sets++] = word;
        break;
    }
    return COOP_OK;
}

/* Reads the option at word number *number and moves on to its last word. */
static enum coop_status read_option(const struct coop_verb *verb, int count, char *const *word,
                                    int *number, struct coop_arguments *ret)
{
    const char *value, *name = word[*number];
    const struct coop_option *option = find_option(verb, name, &value);
    if (option == NULL)
        return fail_option(verb, name);
    if (option->argument == NULL && value != NULL)
        return COOP_FAIL(COOP_USAGE, "%s takes no value", option->name);
    if (option->argument != NULL && value == NULL && ++*number >= count)
        return COOP_FAIL(COOP_USAGE, "%s needs a value: %s %s", name, option->name,
                         option->argument);
    return read_value(option, value != NULL ? value : word[*number], ret);
}

/* The level must be known before a model can be looked up. */
static enum coop_status choose_isa(struct coop_arguments *arguments)
{
    if (arguments->isa == NULL) {
        arguments->isa = coop_registry_best_isa();
        return COOP_OK;
    }
    for (size_t i = 0; coop_registry_isa[i] != NULL; i++)
        if (strcmp(coop_registry_isa[i], arguments->isa) == 0)
            return coop_registry_runs(arguments->isa)
                       ? COOP_OK
                       : COOP_FAIL(COOP_USAGE, "this machine does not run --isa %s - it runs %s",
                                   arguments->isa, coop_registry_best_isa());
    return coop_cli_fail_unknown("--isa", arguments->isa, coop_registry_isa,
                                 "see coopsim run --help");
}

static enum coop_status check_operands(const struct coop_verb *verb, size_t operands)
{
    if (operands < verb->operands_min)
        return COOP_FAIL(COOP_USAGE, "coopsim %s needs %s", verb->name, verb->operands);
    if (operands > verb->operands_max)
        return COOP_FAIL(COOP_USAGE, "too many words for coopsim %s: it takes %s", verb->name,
                         verb->operands[0] != '\0' ? verb->operands : "none");
    return COOP_OK;
}

enum coop_status coop_cli_parse(const struct coop_verb *verb, int count, char *const *word,
                                struct coop_arguments *ret)
{
    bool only_operands = false;
    size_t operands = 0;
    *ret = (struct coop_arguments){.seed = -1, .threads = -1, .checkpoint_week = -1};
    ret->set = calloc((size_t)count + 1, sizeof *ret->set);
    if (ret->set == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the command line");
    for (int i = 0; i < count; i++) {
        if (!only_operands && strcmp(word[i], "--") == 0)
            only_operands = true;
        else if (!only_operands && word[i][0] == '-' && word[i][1] != '\0')
            COOP_TRY(read_option(verb, count, word, &i, ret));
        else if (operands++ < COOP_OPERANDS_MAX)
            ret->operand[ret->operands++] = word[i];
    }
    COOP_TRY(check_operands(verb, operands));
    return choose_isa(ret);
}

void coop_cli_free(struct coop_arguments *arguments)
{
    free(arguments->set);
    *arguments = (struct coop_arguments){0};
}
