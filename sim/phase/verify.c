/* coopsim - GPL-3.0-or-later */
#include "sim/phase/phase.h"

#include <math.h>

static bool is_unset_somewhere(const struct coop_design *design, size_t axis)
{
    for (size_t p = 0; p < design->points; p++)
        if (isnan(coop_design_axis_number(design, axis, p)))
            return true;
    return false;
}

/* An axis must be a number with room for a plane. */
static void verify_axis(const struct coop_axis *plan, const struct coop_design *design, size_t axis,
                        struct coop_problems *problems)
{
    const enum coop_param_type type = design->axis[axis].row->type;
    if (type != COOP_PARAM_REAL && type != COOP_PARAM_INTEGER)
        coop_problems_add(problems, plan->place,
                          "'%s' is no number, and the axes of a phase diagram are - give a number, "
                          "and make its values cases",
                          plan->parameter);
    else if (coop_design_axis_values(design, axis) < 2)
        coop_problems_add(problems, plan->place,
                          "'%s' has one value only, which makes no plane - give it two or more",
                          plan->parameter);
    else if (is_unset_somewhere(design, axis))
        coop_problems_add(problems, plan->place,
                          "'%s' is unset at a point, which has no place on an axis - give numbers",
                          plan->parameter);
}

void coop_phase_verify(const struct coop_config *config, const struct coop_design *design,
                       struct coop_problems *problems)
{
    const struct coop_scheme *scheme = &config->scheme;
    const struct coop_place file = {config->file, 0, 0};
    const struct coop_place place = scheme->place.file != NULL ? scheme->place : file;
    if (scheme->place.file == NULL)
        coop_problems_add(problems, place,
                          "a phase diagram needs a design - add 'design: {kind: factorial, axes: "
                          "[...]}' with two axes that are numbers");
    else if (design->kind != COOP_FACTORIAL)
        coop_problems_add(problems, place,
                          "a phase diagram needs every combination of two axes, and %s %s design "
                          "has not - give 'kind: factorial'",
                          design->kind == COOP_ARROWS ? "an" : "a", coop_scheme_word(design->kind));
    else if (design->axes != 2)
        coop_problems_add(problems, design->axes > 2 ? scheme->axis[2].place : place,
                          "a phase diagram has two axes, and here %s %zu - %s",
                          design->axes == 1 ? "is" : "are", design->axes,
                          design->axes == 1 ? "add another" : "make the others' values cases");
    else
        for (size_t a = 0; a < 2; a++)
            verify_axis(&scheme->axis[a], design, a, problems);
}
