/* coopsim - GPL-3.0-or-later
 *
 * A design planned from a text over the rows of rows.h, and its problems as they are printed. */
#ifndef COOP_TESTS_UNIT_PLANNED_H
#define COOP_TESTS_UNIT_PLANNED_H

#include "sim/param/design.h"
#include "tests/unit/printed.h"
#include "tests/unit/rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct planned {
    struct coop_config config;
    struct coop_design design;
    struct coop_problems problems;
    enum coop_status status;
};

/* `setting` is one of the command line, or NULL. */
static inline struct planned plan_text(const char *text, const char *setting)
{
    struct planned planned = {0};
    coop_config_parse(&planned.config, "x.yaml", text, strlen(text), &planned.problems);
    if (setting)
        coop_config_set(&planned.config, setting, &planned.problems);
    planned.status = coop_design_init(&planned.design, &planned.config, rows_tables, ROWS_TABLES,
                                      "arrows.twin", &planned.problems);
    return planned;
}

static inline void end_plan(struct planned *planned)
{
    coop_design_free(&planned->design);
    coop_config_free(&planned->config);
    coop_problems_free(&planned->problems);
}

static inline struct planned plan_good(const char *text)
{
    struct planned planned = plan_text(text, NULL);
    coop_problems_print(&planned.problems, stderr);
    assert_int_equal(planned.status, COOP_OK);
    return planned;
}

static inline void assert_refused(const char *text, const char *setting, const char *expected)
{
    struct planned planned = plan_text(text, setting);
    char *found = printed(&planned.problems);
    assert_string_equal(found, expected);
    assert_true(planned.status == COOP_USAGE || planned.config.scheme.kind == COOP_NO_SCHEME);
    assert_int_equal(planned.design.runs, planned.status == COOP_OK ? 1 : 0);
    free(found);
    end_plan(&planned);
}

/* The values of a point as "2, majority". */
static inline void assert_point(const struct planned *planned, size_t point, const char *expected)
{
    char text[256] = "", value[COOP_AXIS_TEXT_SIZE];
    size_t used = 0;
    for (size_t a = 0; a < planned->design.axes; a++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", a > 0 ? ", " : "",
                                 coop_design_axis_text(&planned->design, a, point, value));
    assert_string_equal(text, expected);
}

static inline double run_value(const struct planned *planned, size_t run, const char *name)
{
    struct coop_script script;
    assert_int_equal(coop_design_script(&planned->design, run, &script), COOP_OK);
    const double value = coop_param_real(script.set, name);
    coop_script_free(&script);
    return value;
}

#endif
