/* coopsim - GPL-3.0-or-later
 *
 * Configuration: one YAML document becomes a flat list of assignments, each with its place, so
 * that every later error can say `file:line:column`. The document is
 *
 *     model: seo                    # which model, default seo
 *     title: The glass factory      # shown in the headline; `about:` holds longer text
 *     voice:                        # a group: its keys are the parameters `voice.know` ...
 *       know: 8
 *     voice.skill: 3                # the same, flat
 *     tasks:
 *       name: [coordination, craft] # a list is one value
 *     cases:                        # the runs of the file; without it one case, named `base`
 *       - name: rotation
 *         set: {rotation.on: true}  # further assignments on top of the common ones
 *     twins: [exposure]             # beside every case its twin (values of arrows.twin)
 *     regimes:                      # parameter sets side by side, each of a share of the
 *       - file: worker.yaml         #   organisations; or `regime: worker.yaml`, one for all
 *         share: 1
 *     schedule:                     # what changes later
 *       - week: 260
 *         set: {rotation.on: false}
 *     expect:                       # what the author expects of the runs
 *       - {measure: power_gini, case: rotation, against: twin, direction: higher}
 *     replicates: 20                # each with its own persons and draws
 *     design:                       # at which points of the space of parameters all this is run
 *       kind: factorial
 *       axes: [{parameter: voice.know, from: 2, to: 16, steps: 8}]
 *     hypotheses: [...]             # what is to be tested: sim/param/hypothesis.h
 *
 * A case may have its own `regime`, `regimes` and `schedule`.
 *
 * Input is limited (64 KiB, depth 16, no aliases, tags or second documents), since libyaml is
 * quadratic on deep nesting. All errors of a file are gathered, not only the first. */
#ifndef COOP_PARAM_CONFIG_H
#define COOP_PARAM_CONFIG_H

#include "sim/base/status.h"
#include "sim/param/param.h"

#include <stdio.h>

/* A place in a configuration: line and column (in characters) count from 1; line 0 means the file
 * as a whole, or "--set" as `file`, or a default with NULL as `file`. */
struct coop_place {
    const char *file; /* borrowed from the config; a problem holds its own copy */
    size_t line, column;
};

/* The errors found so far, in the order of their places once sorted. */
struct coop_problem {
    struct coop_place place;
    char *text; /* NULL: there was no memory left for it */
};
struct coop_problems {
    struct coop_problem *item;
    size_t count;
};
void coop_problems_add(struct coop_problems *problems, struct coop_place place, const char *format,
                       ...) COOP_PRINTF(3, 4);
/* Sorts by file, line, column and text, and removes what is there twice. */
void coop_problems_sort(struct coop_problems *problems);
/* One line each: `file:line:column: error: text`, `file: error: text` for line 0 (with `--set
 * a.b=c` as the file for a setting of the command line), `error: text` without a file. */
void coop_problems_print(const struct coop_problems *problems, FILE *stream);
void coop_problems_free(struct coop_problems *problems); /* safe on a zeroed struct */

/* One `key: value`, the key as a dotted path, the value as text ("[1, 2]" for a list). */
struct coop_assignment {
    char *path, *text;
    struct coop_place key, value;
    struct coop_place group;    /* of the group's name; the key's place if written flat */
    struct coop_place *element; /* [elements] of a list, for errors inside it */
    size_t elements;
};
struct coop_assignments {
    struct coop_assignment *item;
    size_t count;
};

/* A regime: the values of a file, for a share of the organisations. */
struct coop_regime {
    char *name; /* "" as long as it is at fault */
    char *file; /* as it can be opened; NULL: none */
    struct coop_place place;
    double share;
    struct coop_assignments values; /* the file's */
    struct coop_assignments set;    /* the entry's own */
};
struct coop_mix {
    struct coop_regime *item;
    size_t count; /* 0: no regime */
    struct coop_place place;
};

/* What changes when the month begins that begins in `week`. */
struct coop_change {
    int64_t week; /* a multiple of 4, at least 4, unless it was reported */
    char *regime; /* whose organisations; NULL: all */
    struct coop_place place /* of the week */, regime_place;
    struct coop_assignments set;
};
struct coop_schedule {
    struct coop_change *item;
    size_t count;
};

struct coop_case {
    char *name;
    struct coop_place place;
    struct coop_assignments set;
    struct coop_mix mix;           /* in place of the file's, if it has any */
    struct coop_schedule schedule; /* beside the file's */
};

/* What is expected of a measure's mean over the last 52 weeks: in one case against another, or
 * against a number. */
enum coop_direction { COOP_LOWER, COOP_HIGHER, COOP_EQUAL };
struct coop_expectation {
    char *measure, *subject; /* "": at fault, which is among the problems; subject is the case */
    char *against; /* a case, "twin" (the subject's own), or CASE/TWIN; "": against `value` */
    char *because; /* "" if none */
    enum coop_direction direction;
    double value;  /* without `against`, in the measure's unit */
    double margin; /* the smallest difference of interest, >= 0; of COOP_EQUAL the largest, > 0 */
    double level;  /* of the interval that decides, .5 to .9999; default .95 */
    struct coop_place measure_place, subject_place, against_place;
};

/* One parameter that a design varies: along a range, or over a list of values. */
struct coop_axis {
    char *parameter;         /* "" if none could be read */
    struct coop_place place; /* of the parameter's name */
    char **value;            /* [values] as text, lists as "[a, b]" */
    struct coop_place *value_place;
    size_t values; /* 0: a range */
    struct coop_place values_place;
    bool ranged;      /* `from` and `to` are given and in order */
    double from, to;  /* from < to; > 0 if `logarithmic` */
    bool logarithmic; /* equal ratios instead of equal differences */
    int64_t steps;    /* points of the range, both ends included, 2 to 10,000; 0: not given */
    struct coop_place from_place, to_place, steps_place;
};

/* A list of names, each once. */
struct coop_words {
    char **item;           /* [count] */
    struct coop_place *at; /* [count] */
    size_t count;
    struct coop_place place; /* of the list; file NULL: there is none */
};

/* Which points of the space of parameters are run. */
enum coop_scheme_kind {
    COOP_NO_SCHEME,     /* none is asked for, or it is at fault */
    COOP_FACTORIAL,     /* all combinations, the last axis fastest */
    COOP_LIST,          /* the axes' values side by side */
    COOP_ONE_AT_A_TIME, /* the configuration's own values, then each value of each axis alone */
    COOP_ARROWS,        /* sets of causal arrows that are cut: all, or those met in orders by lot */
    COOP_LATIN_HYPERCUBE,
    COOP_SOBOL,
    COOP_MORRIS,
    COOP_SALTELLI,
    COOP_SCHEME_KINDS
};
struct coop_scheme {
    enum coop_scheme_kind kind;
    struct coop_place place; /* of the key `design`; file NULL: there is none */
    struct coop_place points_place, levels_place;
    int64_t points; /* of a sample; trajectories of Morris, base sample of Saltelli; 0: not given */
    int64_t seed;   /* of Latin hypercubes, of Morris and of orders; default 1 */
    int64_t levels; /* of Morris, even; default 4 */
    struct coop_axis *axis; /* of COOP_ARROWS those of sim/design/arrows.h */
    size_t axes;
    struct coop_words arrows; /* of COOP_ARROWS: rows, or what is behind their last dot; none: the
                                 model's return arrows */
    int64_t orders;           /* in which arrows are cut, by lot, even; 0: not given */
    struct coop_place orders_place;
    struct coop_words
        measures; /* that the design's analysis is about; none: the model's own choice */
};
/* The most arrows of a design, those up to which all sets of them are its points, and the orders that
 * are drawn of more. */
enum { COOP_ARROWS_MAX = 30, COOP_ARROWS_ALL = 7, COOP_ORDERS = 32, COOP_ORDERS_MAX = 10000 };
struct coop_hypothesis;

struct coop_config {
    char *file;  /* as given by the user */
    char *text;  /* the user's YAML, byte for byte, for provenance */
    char *model; /* "seo" if the file names none */
    struct coop_place model_place;
    char *title, *about;              /* "" if none */
    struct coop_assignments common;   /* the file's */
    struct coop_assignments override; /* --set's, in their order; they win over the cases' too */
    struct coop_mix mix;
    struct coop_schedule schedule;
    struct coop_case *item; /* the cases; at least one after a successful parse */
    size_t cases;
    char **twin; /* [twins] */
    struct coop_place *twin_place;
    size_t twins;
    struct coop_expectation *expectation; /* [expectations] */
    size_t expectations;
    int64_t replicates; /* at least 1 */
    struct coop_scheme scheme;
    struct coop_hypothesis *hypothesis; /* [hypotheses] */
    size_t hypotheses;
};

/* Most runs of one experiment, and so most replicates and points; most axes of a design. */
enum { COOP_RUNS_MAX = 10000000, COOP_AXES_MAX = 256 };

/* The word of a configuration for a kind of design: "latin_hypercube". */
const char *coop_scheme_word(enum coop_scheme_kind kind);
/* Whether points are drawn from the whole of the axes, so that their steps have no meaning. */
static inline bool coop_scheme_is_sampled(enum coop_scheme_kind kind)
{
    return kind >= COOP_LATIN_HYPERCUBE;
}

/* Reads and parses; every error goes to `problems` (COOP_USAGE if there is any). A duplicate key,
 * also across the nested and the flat spelling, is an error that names the first place. After
 * COOP_USAGE `ret` holds what could be read, so that coop_design_init can find the other errors
 * too; it is to be freed in any case. */
enum coop_status coop_config_read(struct coop_config *ret, const char *file,
                                  struct coop_problems *problems);
/* The same from memory; `file` is the name to show. */
enum coop_status coop_config_parse(struct coop_config *ret, const char *file, const char *text,
                                   size_t length, struct coop_problems *problems);
/* Adds one `--set path=value` (problems say `--set path=value`). Later settings win over earlier
 * ones. */
enum coop_status coop_config_set(struct coop_config *config, const char *assignment,
                                 struct coop_problems *problems);
/* The same for case `number` alone: in week 0, if that is the week, or from the start of the month
 * that begins in the week. */
enum coop_status coop_config_set_case(struct coop_config *config, size_t number, int64_t week,
                                      const char *assignment, struct coop_problems *problems);
void coop_config_free(struct coop_config *config); /* safe on a zeroed struct */

/* Applies assignments to a parameter set. Unknown names get a "did you mean"; a value in a list is
 * reported at its own place. Goes on after an error. */
void coop_config_apply(const struct coop_assignments *assignments, struct coop_param_set *set,
                       struct coop_problems *problems);

/* Where a value was set, for the problems of a model's `verify`; borrowed from the set. */
struct coop_place coop_param_place(const struct coop_param_set *set, const char *name);
/* Whether a row of two sets was set at one place, or left at its default in both. */
bool coop_param_same_place(const struct coop_param_set *set, const struct coop_param_set *other,
                           const char *name);
/* The place of the first of two rows that was not left at its default. */
struct coop_place coop_param_first_place(const struct coop_param_set *set, const char *first,
                                         const char *second);

#endif
