/* coopsim - GPL-3.0-or-later
 *
 * The command line: a table of verbs, a table of options, and what was given. The tables are the
 * help. */
#ifndef COOP_CLI_CLI_H
#define COOP_CLI_CLI_H

#include "sim/base/status.h"
#include "sim/io/progress.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { COOP_OPERANDS_MAX = 2 };
enum coop_on_error { COOP_ON_ERROR_CONTINUE, COOP_ON_ERROR_STOP };
enum coop_format { COOP_FORMAT_TEXT, COOP_FORMAT_YAML, COOP_FORMAT_JSON };
enum coop_table_format { COOP_TABLE_TEXT, COOP_TABLE_JSON, COOP_TABLE_CSV };

/* What was given on the command line; each verb looks at its own options. */
struct coop_arguments {
    const char *operand[COOP_OPERANDS_MAX];
    size_t operands;
    const char **set; /* [sets] in their order */
    size_t sets;
    int64_t seed, threads; /* -1: not given */
    const char *output;    /* NULL: not given */
    int32_t force, hash;
    const char *isa;        /* a level that this machine runs */
    int32_t progress;       /* enum coop_progress_mode */
    int32_t format;         /* enum coop_format */
    int32_t json;           /* 0: text */
    const char *shard;      /* "2/4"; NULL: all runs */
    const char *max_time;   /* "3h50m"; NULL: as long as it takes */
    const char *seal_every; /* "30s"; NULL: as the sweep thinks best */
    int32_t on_error;       /* enum coop_on_error */
    int32_t dry_run, partial;
    int32_t table;                             /* enum coop_table_format */
    const char *measure;                       /* "power_gini,turnout"; NULL: not given */
    const char *checkpoint, *checkpoint_every; /* a path and "10m"; NULL: not given */
    int64_t checkpoint_week;                   /* -1: not given */
    int32_t resume;
    const char *from, *apply, *only; /* a checkpoint, an intervention, a case; NULL: not given */
};

enum coop_option_kind {
    COOP_OPTION_FLAG,   /* int32_t, set to 1 */
    COOP_OPTION_TEXT,   /* const char * */
    COOP_OPTION_WHOLE,  /* int64_t from `min` to `max` */
    COOP_OPTION_CHOICE, /* int32_t, the index in `argument` */
    COOP_OPTION_SET     /* may be repeated: arguments->set */
};

struct coop_option {
    const char *name;     /* "--seed" */
    const char *letter;   /* "-o", or NULL */
    const char *argument; /* as shown in the help; for a choice "first|second"; NULL: a flag */
    const char *summary;
    enum coop_option_kind kind;
    size_t offset; /* in struct coop_arguments */
    int64_t min, max;
};

/* The numbers of the rows in options.c. */
enum coop_option_number {
    COOP_OPTION_SETTING = 1, /* 0 ends a verb's list */
    COOP_OPTION_SEED,
    COOP_OPTION_THREADS,
    COOP_OPTION_OUTPUT,
    COOP_OPTION_FORCE,
    COOP_OPTION_ISA,
    COOP_OPTION_PROGRESS,
    COOP_OPTION_HASH,
    COOP_OPTION_FORMAT,
    COOP_OPTION_JSON,
    COOP_OPTION_DIRECTORY,
    COOP_OPTION_MERGED,
    COOP_OPTION_SHARD,
    COOP_OPTION_MAX_TIME,
    COOP_OPTION_SEAL_EVERY,
    COOP_OPTION_ON_ERROR,
    COOP_OPTION_DRY_RUN,
    COOP_OPTION_PARTIAL,
    COOP_OPTION_TABLE,
    COOP_OPTION_KEEP,
    COOP_OPTION_PAGE,
    COOP_OPTION_FOLDER,
    COOP_OPTION_RUNS,
    COOP_OPTION_MEASURE,
    COOP_OPTION_CHECKPOINT,
    COOP_OPTION_CHECKPOINT_EVERY,
    COOP_OPTION_CHECKPOINT_WEEK,
    COOP_OPTION_RESUME,
    COOP_OPTION_FROM,
    COOP_OPTION_APPLY,
    COOP_OPTION_ONLY,
    COOP_OPTIONS_END
};

struct coop_verb {
    const char *name;
    const char *operands; /* as shown in the help: "FILE" */
    size_t operands_min, operands_max;
    const char *summary;
    const char *details; /* more for the verb's own help */
    int option[COOP_OPTIONS_END];
    /* A failure's message has been recorded with COOP_FAIL; main prints it. */
    enum coop_status (*act)(const struct coop_arguments *arguments);
};

const struct coop_option *coop_cli_option(int number);
/* Reads what stands behind the verb. `--help` is not an option here: main looks for it first. */
enum coop_status coop_cli_parse(const struct coop_verb *verb, int count, char *const *word,
                                struct coop_arguments *ret);
void coop_cli_free(struct coop_arguments *arguments);

/* The help of the program, `verbs` ending with a NULL name, and of a verb. */
void coop_cli_print_help(const struct coop_verb *verbs);
void coop_cli_print_verb_help(const struct coop_verb *verb);

/* A failure that names an unknown word and the nearest known one; `known` ends with NULL. */
enum coop_status coop_cli_fail_unknown(const char *what, const char *word, const char *const *known,
                                       const char *remedy);

enum coop_status coop_cli_run(const struct coop_arguments *arguments);
enum coop_status coop_cli_sweep(const struct coop_arguments *arguments);
enum coop_status coop_cli_status(const struct coop_arguments *arguments);
enum coop_status coop_cli_merge(const struct coop_arguments *arguments);
enum coop_status coop_cli_verify(const struct coop_arguments *arguments);
enum coop_status coop_cli_rerun(const struct coop_arguments *arguments);
enum coop_status coop_cli_check(const struct coop_arguments *arguments);
enum coop_status coop_cli_params(const struct coop_arguments *arguments);
enum coop_status coop_cli_models(const struct coop_arguments *arguments);
enum coop_status coop_cli_measures(const struct coop_arguments *arguments);
enum coop_status coop_cli_power(const struct coop_arguments *arguments);
enum coop_status coop_cli_test(const struct coop_arguments *arguments);
enum coop_status coop_cli_report(const struct coop_arguments *arguments);
enum coop_status coop_cli_export(const struct coop_arguments *arguments);
enum coop_status coop_cli_explain(const struct coop_arguments *arguments);
enum coop_status coop_cli_sensitivity(const struct coop_arguments *arguments);
enum coop_status coop_cli_phase(const struct coop_arguments *arguments);
enum coop_status coop_cli_init(const struct coop_arguments *arguments);

#endif
