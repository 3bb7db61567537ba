/* coopsim - GPL-3.0-or-later
 *
 * A configuration's problems as they are printed, for the tests of sim/param. */
#ifndef COOP_TESTS_UNIT_PROBLEMS_H
#define COOP_TESTS_UNIT_PROBLEMS_H

#include "tests/unit/printed.h"
#include "tests/unit/rows.h"

/* All problems as they are printed, of parsing and of applying the common and the cases' values
 * to the defaults. To be freed. */
static inline char *problems_of(const char *text, size_t length, const char *setting)
{
    struct coop_config config;
    struct coop_problems problems = {0};
    struct coop_param_set set;
    const enum coop_status status = coop_config_parse(&config, "x.yaml", text, length, &problems);
    assert_int_equal(status, problems.count > 0 ? COOP_USAGE : COOP_OK);
    assert_true(config.cases > 0);
    assert_int_equal(coop_param_init(&set, rows_tables, ROWS_TABLES), COOP_OK);
    if (setting)
        coop_config_set(&config, setting, &problems);
    coop_config_apply(&config.common, &set, &problems);
    for (size_t c = 0; c < config.cases; c++)
        coop_config_apply(&config.item[c].set, &set, &problems);
    coop_config_apply(&config.override, &set, &problems);
    coop_param_free(&set);
    coop_config_free(&config);
    coop_problems_sort(&problems);
    return printed(&problems);
}

static inline void assert_problems(const char *text, const char *expected)
{
    char *found = problems_of(text, strlen(text), NULL);
    assert_string_equal(found, expected);
    free(found);
}

/* One problem that begins with `start`. */
static inline void assert_problem_starts(const char *text, size_t length, const char *start)
{
    char *found = problems_of(text, length, NULL);
    if (strncmp(found, start, strlen(start)) != 0 || strchr(found, '\n')[1] != '\0')
        fail_msg("'%s' is not one problem '%s'", found, start);
    free(found);
}

#endif
