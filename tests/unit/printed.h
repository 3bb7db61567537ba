/* coopsim - GPL-3.0-or-later
 *
 * Problems as they are printed. */
#ifndef COOP_TESTS_UNIT_PRINTED_H
#define COOP_TESTS_UNIT_PRINTED_H

#include "sim/param/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Frees the problems; the text is to be freed. Not inlined: gcc would take the stream's pointer for
 * dangling. */
__attribute__((noinline, unused)) static char *printed(struct coop_problems *problems)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    coop_problems_print(problems, stream);
    fclose(stream);
    coop_problems_free(problems);
    return text;
}

/* All problems of a text: of reading it, and those that `check` finds in what could be read. */
typedef void check_read(const struct coop_config *config, struct coop_problems *problems);
static inline void assert_printed(const char *text, check_read *check, const char *expected)
{
    struct coop_config config;
    struct coop_problems problems = {0};
    coop_config_parse(&config, "x.yaml", text, strlen(text), &problems);
    check(&config, &problems);
    coop_config_free(&config);
    coop_problems_sort(&problems);
    char *found = printed(&problems);
    assert_string_equal(found, expected);
    free(found);
}

#endif
