/* coopsim - GPL-3.0-or-later
 *
 * Lists of assignments, inside sim/param: from a word on the command line or a part of a YAML
 * tree. */
#ifndef COOP_PARAM_ASSIGN_H
#define COOP_PARAM_ASSIGN_H

#include "sim/param/config.h"

struct coop_yaml;

/* Takes over what `assignment` owns, also if there is no memory. */
enum coop_status coop_assignments_add(struct coop_assignments *assignments,
                                      struct coop_assignment assignment);
void coop_assignments_free(struct coop_assignments *assignments);

/* One entry of a mapping of parameters: a group with its parameters, or a flat `group.parameter`.
 * What cannot be an assignment is reported; fails if there is no memory or far too many. */
enum coop_status coop_assign_entry(struct coop_assignments *assignments,
                                   const struct coop_yaml *key, const struct coop_yaml *value,
                                   struct coop_problems *problems);
/* A whole mapping of parameters, the value of the key `set`. */
enum coop_status coop_assign_mapping(struct coop_assignments *assignments,
                                     const struct coop_yaml *mapping,
                                     struct coop_problems *problems);
/* Reports every assignment to a row of the whole run (run.*, economy.*, record.*), with `reason`
 * behind its name. */
void coop_assign_refuse_engine(const struct coop_assignments *assignments, const char *reason,
                               struct coop_problems *problems);
/* Whether an earlier key of the mapping is the same as key number `i`, which is reported. */
bool coop_assign_repeats(const struct coop_yaml *mapping, size_t i, struct coop_problems *problems);

/* Reports a path that no row has, with the nearest there is: an unknown group at the group's place,
 * so that it is named once for all its keys. */
void coop_assign_unknown(const char *path, const struct coop_param_set *set, struct coop_place key,
                         struct coop_place group, struct coop_problems *problems);

/* The configuration's parts that yaml.c's tree holds. */
enum coop_status coop_config_read_cases(struct coop_config *config, const struct coop_yaml *list,
                                        struct coop_problems *problems);
enum coop_status coop_config_read_twins(struct coop_config *config, const struct coop_yaml *list,
                                        struct coop_problems *problems);
enum coop_status coop_config_read_expect(struct coop_config *config, const struct coop_yaml *list,
                                         struct coop_problems *problems);
void coop_expectation_free(struct coop_expectation *expectation);
enum coop_status coop_config_read_hypotheses(struct coop_config *config,
                                             const struct coop_yaml *list,
                                             struct coop_problems *problems);
void coop_hypothesis_free(struct coop_hypothesis *hypothesis);
/* `regime:` (a file), `regimes:` (a list), of which one place has only one; `key` is followed by its
 * value. */
enum coop_status coop_config_read_regime(struct coop_mix *ret, const struct coop_yaml *key,
                                         const char *config_file, struct coop_problems *problems);
enum coop_status coop_config_read_regimes(struct coop_mix *ret, const struct coop_yaml *key,
                                          const char *config_file, struct coop_problems *problems);
/* The values of a regime's file, and its name if it has none yet. `file` is the path, from where
 * the configuration lies. */
enum coop_status coop_regime_read_file(struct coop_regime *regime, const struct coop_yaml *file,
                                       const char *config_file, struct coop_problems *problems);
void coop_mix_free(struct coop_mix *mix);
enum coop_status coop_config_read_schedule(struct coop_schedule *ret, const struct coop_yaml *list,
                                           struct coop_problems *problems);
void coop_schedule_free(struct coop_schedule *schedule);
enum coop_status coop_config_read_replicates(struct coop_config *config,
                                             const struct coop_yaml *value,
                                             struct coop_problems *problems);
/* `design:`; `key` is followed by its value. */
enum coop_status coop_config_read_design(struct coop_scheme *ret, const struct coop_yaml *key,
                                         struct coop_problems *problems);
void coop_scheme_free(struct coop_scheme *scheme);
/* A list of 1 to `most` names of `what` ("arrow"), or one name alone. */
enum coop_status coop_config_read_words(struct coop_words *ret, const struct coop_yaml *list,
                                        const char *what, const char *example, size_t most,
                                        struct coop_problems *problems);
void coop_words_free(struct coop_words *words); /* safe on a zeroed struct */
/* One element of a design's `axes`. */
enum coop_status coop_axis_read(struct coop_axis *ret, const struct coop_yaml *node,
                                enum coop_scheme_kind kind, struct coop_problems *problems);
void coop_axis_free(struct coop_axis *axis);
/* A whole number from `min` to `max` of the key `name`; what is none is reported, and `ret` stays. */
void coop_config_read_whole(const struct coop_yaml *value, const char *name, int64_t min,
                            int64_t max, int64_t *ret, struct coop_problems *problems);
/* A value as the text of an assignment, a list as "[a, b]"; NULL and a problem if it is none, NULL
 * without one if there is no memory or it has been reported already. */
char *coop_assign_text(const char *path, const struct coop_yaml *value,
                       struct coop_problems *problems);

/* Why the word may not name a case or a regime, which become parts of file names and of labels
 * ("has no value"); NULL if it may. */
const char *coop_config_name_fault(const struct coop_yaml *name);
/* The bytes of a file into `buffer`, at most `size` of them. */
enum coop_status coop_config_read_bytes(const char *file, char *buffer, size_t size,
                                        size_t *ret_length);

#endif
