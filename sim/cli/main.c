/* coopsim - GPL-3.0-or-later
 *
 * The program: the table of verbs, and from a command line to an exit code. The exit codes and
 * what they mean are the table in sim/base/status.h. */
#include "sim/cli/cli.h"
#include "sim/io/provenance.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct coop_verb verbs[] = {
    {.name = "run",
     .operands = "[FILE]",
     .operands_max = 1,
     .summary = "compute the runs of a configuration and write their result file",
     .details =
         "Computes every case of the configuration and its twins, writes one HDF5 file and "
         "prints a summary. Whether the file can be written is checked before anything is "
         "computed. SIGTERM or SIGINT (Ctrl-C) stops after the present month: finished runs "
         "are written; a second signal ends at once. With --checkpoint such a run goes on with "
         "the same command and --resume, to the same result bit for bit. With --from there is "
         "no FILE: the runs of a checkpoint are gone on with twice, as they were and with an "
         "intervention.",
     .option = {COOP_OPTION_SETTING, COOP_OPTION_SEED, COOP_OPTION_THREADS, COOP_OPTION_OUTPUT,
                COOP_OPTION_FORCE, COOP_OPTION_CHECKPOINT, COOP_OPTION_CHECKPOINT_EVERY,
                COOP_OPTION_CHECKPOINT_WEEK, COOP_OPTION_RESUME, COOP_OPTION_FROM,
                COOP_OPTION_APPLY, COOP_OPTION_ONLY, COOP_OPTION_ISA, COOP_OPTION_PROGRESS,
                COOP_OPTION_HASH},
     .act = coop_cli_run},
    {.name = "sweep",
     .operands = "FILE",
     .operands_min = 1,
     .operands_max = 1,
     .summary = "compute many runs into a directory; interrupted, the same command goes on",
     .details = "Finished runs are sealed every few seconds, and what is sealed is never lost. A "
                "resumed sweep must have the same settings and the same version (65 otherwise, "
                "with what differs). SIGTERM, SIGUSR1 or Ctrl-C: runs that take less than 10 more "
                "seconds are finished, all are sealed, the exit code is 75; a second signal ends "
                "at once. Runs are computed side by side, each on one thread, if there are at "
                "least two for each thread and memory allows, otherwise one after the other on all "
                "threads. Expectations are judged by `merge` and `test`.",
     .option = {COOP_OPTION_DIRECTORY, COOP_OPTION_SETTING, COOP_OPTION_SEED, COOP_OPTION_THREADS,
                COOP_OPTION_SHARD, COOP_OPTION_MAX_TIME, COOP_OPTION_SEAL_EVERY,
                COOP_OPTION_ON_ERROR, COOP_OPTION_DRY_RUN, COOP_OPTION_ISA, COOP_OPTION_PROGRESS},
     .act = coop_cli_sweep},
    {.name = "status",
     .operands = "DIR",
     .operands_min = 1,
     .operands_max = 1,
     .summary = "how far a sweep is, who works on it, how long it will take",
     .details = "Reads only, so that it may be called while the sweep goes on.",
     .act = coop_cli_status},
    {.name = "merge",
     .operands = "DIR",
     .operands_min = 1,
     .operands_max = 1,
     .summary = "join the runs of a sweep in one file, in their order",
     .details = "The file is the same, byte for byte, however the sweep was computed.",
     .option = {COOP_OPTION_MERGED, COOP_OPTION_PARTIAL, COOP_OPTION_FORCE, COOP_OPTION_ISA},
     .act = coop_cli_merge},
    {.name = "verify",
     .operands = "FILE|DIR",
     .operands_min = 1,
     .operands_max = 1,
     .summary = "read all of a result: checksums, structure, settings, how each run ended",
     .act = coop_cli_verify},
    {.name = "rerun",
     .operands = "FILE:RUN",
     .operands_min = 1,
     .operands_max = 1,
     .summary = "compute a run of a result again and compare every number bit for bit",
     .details = "Needs nothing but the file, which holds the configuration. RUN is its number, "
                "from 0. Exit code 0: equal; 65: different.",
     .option = {COOP_OPTION_THREADS, COOP_OPTION_ISA},
     .act = coop_cli_rerun},
    {.name = "test",
     .operands = "FILE|DIR",
     .operands_min = 1,
     .operands_max = 1,
     .summary = "judge the hypotheses of a configuration: effect, interval, p, verdict",
     .details =
         "Computes the runs of the configuration, with -o DIR as coopsim sweep does as far as they "
         "are missing; or takes the finished runs of a sweep's directory or of a result file. "
         "Judges the hypotheses, each with its effect and bootstrap interval, its p value and that "
         "corrected by Holm's method for all hypotheses of the file, the verdict, and how "
         "many organisations or replicates would decide what is undetermined. A verdict is a "
         "result and never an error: the exit code does not depend on it.",
     .option = {COOP_OPTION_SETTING, COOP_OPTION_SEED, COOP_OPTION_THREADS, COOP_OPTION_KEEP,
                COOP_OPTION_FORCE, COOP_OPTION_ISA, COOP_OPTION_PROGRESS, COOP_OPTION_TABLE},
     .act = coop_cli_test},
    {.name = "report",
     .operands = "FILE|DIR",
     .operands_min = 1,
     .operands_max = 1,
     .summary = "show a result as one page, for a screen, a lecture hall or paper",
     .details = "Writes one HTML file that needs nothing else: what was run, what came of it in "
                "words, figures with bands and intervals. A sweep that is not finished is shown "
                "as far as it is, and the page says so.",
     .option = {COOP_OPTION_PAGE, COOP_OPTION_FORCE, COOP_OPTION_ISA},
     .act = coop_cli_report},
    {.name = "export",
     .operands = "FILE|DIR",
     .operands_min = 1,
     .operands_max = 1,
     .summary = "write each figure of the report as SVG and its numbers as CSV",
     .details = "The same figures as the report's, each as NAME.svg and NAME.csv in a folder.",
     .option = {COOP_OPTION_FOLDER, COOP_OPTION_FORCE, COOP_OPTION_ISA},
     .act = coop_cli_export},
    {.name = "explain",
     .operands = "FILE|DIR",
     .operands_min = 1,
     .operands_max = 1,
     .summary = "which causes make the inequality: shares of the causal arrows in the excess",
     .details =
         "Cuts the causal arrows of a configuration in all sets, or of more than seven in orders "
         "drawn by lot, and divides the excess (the value with all intact less that with all cut) "
         "among them by Shapley's rule, so that the shares sum to it. FILE is a configuration, "
         "with "
         "or without a design of kind arrows, or a result of one; DIR is that of its sweep.",
     .option = {COOP_OPTION_RUNS, COOP_OPTION_MEASURE, COOP_OPTION_TABLE, COOP_OPTION_SETTING,
                COOP_OPTION_SEED, COOP_OPTION_THREADS, COOP_OPTION_ISA, COOP_OPTION_PROGRESS},
     .act = coop_cli_explain},
    {.name = "sensitivity",
     .operands = "FILE|DIR",
     .operands_min = 1,
     .operands_max = 1,
     .summary = "which parameters matter: indices of a saltelli or a morris design",
     .details = "Sobol's indices of first order and total, or Morris's mu, mu* and sigma, of every "
                "axis, with intervals, and how much of the variance is noise of the replicates. "
                "FILE is a configuration, or a result; DIR is that of its sweep.",
     .option = {COOP_OPTION_RUNS, COOP_OPTION_MEASURE, COOP_OPTION_TABLE, COOP_OPTION_SETTING,
                COOP_OPTION_SEED, COOP_OPTION_THREADS, COOP_OPTION_ISA, COOP_OPTION_PROGRESS},
     .act = coop_cli_sensitivity},
    {.name = "phase",
     .operands = "FILE|DIR",
     .operands_min = 1,
     .operands_max = 1,
     .summary = "inequality and lock-in over two parameters, with the critical gain",
     .details = "For a factorial design of two axes that are numbers: a measure and the share of "
                "lock-in over the grid, and where the gain of the model is 1, beyond which small "
                "differences grow. FILE is a configuration, or a result; DIR is that of its sweep.",
     .option = {COOP_OPTION_RUNS, COOP_OPTION_MEASURE, COOP_OPTION_TABLE, COOP_OPTION_SETTING,
                COOP_OPTION_SEED, COOP_OPTION_THREADS, COOP_OPTION_ISA, COOP_OPTION_PROGRESS},
     .act = coop_cli_phase},
    {.name = "check",
     .operands = "FILE",
     .operands_min = 1,
     .operands_max = 1,
     .summary = "find all errors of a configuration; estimate memory, disk and time",
     .details = "Prints every error with its line and column. Without errors it prints what would "
                "be run, and what it would take; for the time it computes a small piece of the "
                "configuration.",
     .option = {COOP_OPTION_SETTING, COOP_OPTION_SEED, COOP_OPTION_THREADS, COOP_OPTION_ISA},
     .act = coop_cli_check},
    {.name = "init",
     .operands = "[FILE]",
     .operands_max = 1,
     .summary = "write a small configuration to start from (default coopsim.yaml)",
     .details = "The file has comments and can be run as it is.",
     .option = {COOP_OPTION_FORCE},
     .act = coop_cli_init},
    {.name = "params",
     .operands = "[MODEL] [NAME]",
     .operands_max = 2,
     .summary = "list parameters: range, default, meaning, source",
     .details = "Lists all parameters, or those whose names begin with NAME (`coopsim params "
                "rotation`). The yaml format is a complete configuration with every default.",
     .option = {COOP_OPTION_FORMAT},
     .act = coop_cli_params},
    {.name = "models",
     .operands = "",
     .summary = "list the models and their mechanisms in the order of the week",
     .act = coop_cli_models},
    {.name = "measures",
     .operands = "[MODEL]",
     .operands_max = 1,
     .summary = "list what is measured: unit, formula, meaning",
     .act = coop_cli_measures},
    {.name = "power",
     .operands = "GAME",
     .operands_min = 1,
     .operands_max = 1,
     .summary = "power indices of a weighted voting game '[quota; weights]', exact",
     .details = "A coalition of players wins if their weights add up to the quota or more. '1x16' "
                "stands for sixteen players of weight 1, and decimals are exact: coopsim power "
                "'[11; 4, 1x16]'. Counting takes memory that grows with the quota (in steps of the "
                "weights' common divisor): beyond 1000 players or 1000 MB it is refused.",
     .option = {COOP_OPTION_JSON},
     .act = coop_cli_power},
    {.name = NULL}};

static enum coop_status fail_verb(const char *word)
{
    const char *known[sizeof verbs / sizeof *verbs + 1] = {NULL};
    for (size_t i = 0; verbs[i].name != NULL; i++)
        known[i] = verbs[i].name;
    return coop_cli_fail_unknown("command", word, known, "see coopsim --help");
}

static bool is_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

/* Help is given whatever else stands on the line, but not for what follows "--". */
static bool asks_for_help(int count, char *const *word)
{
    for (int i = 0; i < count && strcmp(word[i], "--") != 0; i++)
        if (is_help(word[i]))
            return true;
    return false;
}

static enum coop_status act(const struct coop_verb *verb, int count, char *const *word)
{
    struct coop_arguments arguments;
    if (asks_for_help(count, word)) {
        coop_cli_print_verb_help(verb);
        return COOP_OK;
    }
    enum coop_status status = coop_cli_parse(verb, count, word, &arguments);
    if (status == COOP_OK)
        status = verb->act(&arguments);
    coop_cli_free(&arguments);
    return status;
}

static enum coop_status dispatch(int count, char *const *word)
{
    if (count < 2)
        return COOP_FAIL(COOP_USAGE, "no command given - see coopsim --help");
    if (is_help(word[1]) || (strcmp(word[1], "help") == 0 && count == 2)) {
        coop_cli_print_help(verbs);
        return COOP_OK;
    }
    if (strcmp(word[1], "--version") == 0) {
        printf("coopsim %s (%s)\n", coop_provenance_version(), coop_provenance_revision());
        return COOP_OK;
    }
    const bool help = strcmp(word[1], "help") == 0;
    for (const struct coop_verb *verb = verbs; verb->name != NULL; verb++)
        if (strcmp(verb->name, word[help ? 2 : 1]) == 0) {
            if (!help)
                return act(verb, count - 2, word + 2);
            coop_cli_print_verb_help(verb);
            return COOP_OK;
        }
    return fail_verb(word[help ? 2 : 1]);
}

/* What was printed may be wanted as a whole, by a script for example: a full disk is a failure. */
static enum coop_status flush(enum coop_status status)
{
    errno = 0;
    if ((fflush(stdout) == 0 && !ferror(stdout)) || status != COOP_OK)
        return status;
    return COOP_FAIL(COOP_IO, "cannot write the output: %s", strerror(errno != 0 ? errno : EIO));
}

/* Between two months the threads wait for each other. Waiting actively for long, OpenMP's default,
 * makes a run several times slower where other programs want the cores too. The limits are read
 * when the library is loaded, so the program starts once more with them. */
static void wait_politely(char **word)
{
    if (getenv("OMP_WAIT_POLICY") != NULL || getenv("GOMP_SPINCOUNT") != NULL)
        return;
    if (setenv("GOMP_SPINCOUNT", "10000", 1) == 0 && setenv("KMP_BLOCKTIME", "0", 0) == 0)
        execv("/proc/self/exe", word);
}

int main(int count, char **word)
{
    wait_politely(word);
    /* Writing beyond `ulimit -f` shall be an error that can be told, not the end. */
    signal(SIGXFSZ, SIG_IGN);
    const enum coop_status status = flush(dispatch(count, word));
    if (status == COOP_OK)
        return COOP_OK;
    fprintf(stderr, "coopsim: %s\n", coop_status_message());
    if (status == COOP_INTERNAL)
        fprintf(stderr, "coopsim: this is a fault of the program (%s), please report it\n",
                coop_status_place());
    return (int)status;
}
