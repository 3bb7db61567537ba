/* coopsim - GPL-3.0-or-later
 *
 * The rows of a model's parameters with their owners, for the verbs that list them. */
#ifndef COOP_CLI_ROWS_H
#define COOP_CLI_ROWS_H

#include "sim/engine/model.h"

#include <stdio.h>

struct coop_rows {
    const struct coop_model *model;
    const struct coop_param_table *table[COOP_OWNERS_MAX];
    size_t tables;
    struct coop_param_set set; /* every value at its default */
};

/* The struct must stay where it is. */
enum coop_status coop_rows_open(struct coop_rows *ret, const struct coop_model *model);
void coop_rows_close(struct coop_rows *rows);

/* Who owns a table: "engine", the model, a mechanism or an observer, with its summary. */
const char *coop_rows_owner(const struct coop_rows *rows, size_t table, const char **ret_summary);

/* The default as text, to be freed; NULL if there is no memory. */
char *coop_rows_default(const struct coop_rows *rows, const struct coop_param *row);

/* The rows as a configuration with comments: those of groups for which `wanted` (may be NULL) is
 * true, each group once, since owners may share a group and a key may stand only once. */
enum coop_status coop_rows_print_yaml(const struct coop_rows *rows, FILE *out,
                                      bool (*wanted)(const struct coop_rows *rows, size_t table,
                                                     const struct coop_param *row,
                                                     const void *context),
                                      const void *context);

#endif
