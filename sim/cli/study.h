/* coopsim - GPL-3.0-or-later
 *
 * A study: a configuration file read, with its settings, its model and the design of its runs. */
#ifndef COOP_CLI_STUDY_H
#define COOP_CLI_STUDY_H

#include "sim/cli/cli.h"
#include "sim/engine/model.h"
#include "sim/engine/run.h"
#include "sim/param/design.h"

/* Most runs that are held in memory together; more of them are a sweep's. */
enum { COOP_RUNS_TOGETHER_MAX = 1000 };

struct coop_study {
    struct coop_config config;
    const struct coop_model *model;
    const struct coop_param_table *table[COOP_OWNERS_MAX]; /* the design points here */
    size_t tables;
    struct coop_design design;
    int threads;
};

/* Reads and checks everything, and prints all errors there are; the struct must stay where it
 * is. To be closed in any case. */
enum coop_status coop_study_open(struct coop_study *ret, const struct coop_arguments *arguments);
/* The same of a configuration in memory (NULL: the file); the operand is the name to show. */
enum coop_status coop_study_open_text(struct coop_study *ret,
                                      const struct coop_arguments *arguments, const char *text);
/* The same with changes to what was read, in place of the --set's: `edit` adds them, or problems. */
typedef enum coop_status coop_study_edit(void *user, struct coop_config *config,
                                         struct coop_problems *problems);
enum coop_status coop_study_open_edited(struct coop_study *ret,
                                        const struct coop_arguments *arguments, const char *text,
                                        coop_study_edit *edit, void *user);
/* What is given by --set, and by --seed, which is a setting like others, so that the result file
 * tells of it. */
enum coop_status coop_study_add_settings(struct coop_config *config,
                                         const struct coop_arguments *arguments,
                                         struct coop_problems *problems);
void coop_study_close(struct coop_study *study);

/* The measures of which the final values of each organisation are kept, since a hypothesis or an
 * expectation is judged by them: [measures of the model], to be freed; NULL: none. */
enum coop_status coop_study_kept(const struct coop_study *study, bool **ret);

/* The model of that name (NULL: the first there is), or a failure with the nearest name. */
enum coop_status coop_study_find_model(const char *isa, const char *name,
                                       const struct coop_model **ret);

/* Weeks that final values are means over: 52, or all of a shorter run. */
int64_t coop_cli_last_weeks(const struct coop_settings *settings);

/* Of a run's script. */
const struct coop_settings *coop_study_settings(const struct coop_script *script);
/* Workers of a run, given its script. */
enum coop_status coop_study_workers(const struct coop_study *study, size_t run,
                                    const struct coop_script *script, double *ret);

/* Runs that speak for all where all would take too long: of the first replicate all of them, or as
 * many at equal distances. Each stands for `runs` / samples. */
size_t coop_study_samples(const struct coop_study *study);
size_t coop_study_sample(const struct coop_study *study, size_t number);

#endif
