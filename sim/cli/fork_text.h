/* coopsim - GPL-3.0-or-later
 *
 * A fork as a configuration, inside sim/cli: what changes in which week, and the YAML with two cases
 * for one. */
#ifndef COOP_CLI_FORK_TEXT_H
#define COOP_CLI_FORK_TEXT_H

#include "sim/cli/runs.h"

/* What changes in the second case of each two. */
struct coop_change_plan {
    const struct coop_model *model;
    const struct coop_arguments *arguments; /* --apply and the --set's */
    int64_t week;
    const char *name; /* "swap", or "changed" where there are --set's only */
};

/* COOP_USAGE if there is no such intervention: names the nearest and lists all. */
enum coop_status coop_change_plan_init(struct coop_change_plan *plan,
                                       const struct coop_model *model,
                                       const struct coop_arguments *arguments);
/* A coop_study_edit. What can only be set from week 0 on is a problem. */
enum coop_status coop_change_plan_edit(void *plan, struct coop_config *config,
                                       struct coop_problems *problems);

/* The resolved configuration with each case (`only` -1: all) twice, named `control` and `changed`,
 * or with these words behind the case's name if there are several; without expectations and
 * hypotheses, which speak of cases that are no more. To be freed. */
enum coop_status coop_fork_text(const struct coop_study *original, int64_t only,
                                const char *changed, const char *resolved, char **ret);
/* The user's configuration of a fork, which no file holds: the resolved one. */
enum coop_status coop_fork_tell_origin(struct coop_study *study);

/* For each measure of the headline how much more of it each changed case has than its control: some
 * time after the change and in the last 52 weeks. */
void coop_fork_print(const struct coop_runs *runs, const struct coop_change_plan *plan);

#endif
