/* coopsim - GPL-3.0-or-later */
#include "sim/hypothesis/columns.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = 160 };

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for a hypothesis");
}

size_t coop_columns_axis(const struct coop_design *design, const char *name)
{
    size_t axis = 0;
    while (axis < design->axes && strcmp(coop_design_axis_name(design, axis), name) != 0)
        axis++;
    return axis;
}

static size_t measure_of(const struct coop_model *model, const char *name)
{
    return (size_t)coop_model_measure_find(model, name);
}

static size_t entry_of(const struct coop_design *design, const char *name)
{
    size_t entry = 0;
    while (entry + 1 < design->entries && strcmp(design->name[entry], name) != 0)
        entry++;
    return entry;
}

/* "twin" is the case's own, of which there is one. */
static size_t entry_against(const struct coop_hypothesis *hypothesis,
                            const struct coop_config *config, const struct coop_design *design)
{
    char name[NAME_SIZE];
    if (strcmp(hypothesis->against, "twin") != 0)
        return entry_of(design, hypothesis->against);
    snprintf(name, sizeof name, "%s/%s", hypothesis->item[0].name, config->twin[0]);
    return entry_of(design, name);
}

/* The measure is looked at first if the other one is said to be earlier, by a negative lag else. */
static void fill_cases(struct coop_columns *ret, const struct coop_hypothesis *hypothesis,
                       const struct coop_config *config, const struct coop_model *model,
                       const struct coop_design *design)
{
    const size_t cases = hypothesis->cases;
    const int64_t lag = hypothesis->lag;
    struct coop_column *item = ret->item;
    for (size_t c = 0; c < cases; c++) {
        item[c].entry = entry_of(design, hypothesis->item[c].name);
        item[c].measure = measure_of(model, hypothesis->measure);
        item[c].shift = lag < 0 ? -lag : 0;
        if (hypothesis->contrast != COOP_CORRELATION)
            continue;
        item[cases + c] = item[c];
        item[cases + c].measure = measure_of(model, hypothesis->with);
        item[cases + c].shift = lag > 0 ? lag : 0;
    }
    if (coop_contrast_has_against(hypothesis->contrast)) {
        item[1] = item[0];
        item[1].entry = entry_against(hypothesis, config, design);
    }
}

/* A design that varies one axis at a time has points at which this axis keeps the configuration's
 * own value; of these only the one at which all do belongs to the trend. */
static bool belongs(const struct coop_design *design, size_t axis, size_t point)
{
    for (size_t a = 0; a < design->axes; a++)
        if (a != axis && isnan(coop_design_unit(design, axis, point)) &&
            !isnan(coop_design_unit(design, a, point)))
            return false;
    return true;
}

/* The configuration's own value may be another one in this case. */
static double place_of(const struct coop_design *design, size_t axis, size_t point, size_t entry)
{
    if (!isnan(coop_design_unit(design, axis, point)))
        return coop_design_axis_number(design, axis, point);
    return coop_param_real(design->script[entry / (1 + design->twins)].set,
                           coop_design_axis_name(design, axis));
}

struct place {
    double value;
    size_t point;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *first = a, *second = b;
    if (first->value != second->value)
        return first->value < second->value ? -1 : 1;
    return first->point < second->point ? -1 : first->point > second->point;
}

/* Points with the same value of the axis are one column; columns stand in the order of the values. */
static void number_points(struct coop_columns *ret, const struct coop_design *design, size_t axis,
                          size_t entry, struct place *place)
{
    size_t places = 0;
    for (size_t p = 0; p < design->points; p++) {
        ret->of_point[p] = COOP_NO_COLUMN;
        if (belongs(design, axis, p))
            place[places++] = (struct place){place_of(design, axis, p, entry), p};
    }
    qsort(place, places, sizeof *place, compare_places);
    for (size_t i = 0; i < places; i++) {
        if (i == 0 || place[i].value != place[i - 1].value)
            ret->place[ret->count++] = place[i].value;
        ret->of_point[place[i].point] = ret->count - 1;
    }
}

static enum coop_status init_axis(struct coop_columns *ret,
                                  const struct coop_hypothesis *hypothesis,
                                  const struct coop_model *model, const struct coop_design *design,
                                  size_t axis)
{
    struct place *place = calloc(design->points + 1, sizeof *place);
    ret->of_point = calloc(design->points + 1, sizeof *ret->of_point);
    ret->place = calloc(design->points + 1, sizeof *ret->place);
    ret->item = calloc(design->points + 1, sizeof *ret->item);
    const size_t entry = entry_of(design, hypothesis->item[0].name);
    const bool room = place && ret->of_point && ret->place && ret->item;
    if (room)
        number_points(ret, design, axis, entry, place);
    free(place);
    for (size_t c = 0; room && c < ret->count; c++)
        ret->item[c] = (struct coop_column){entry, measure_of(model, hypothesis->measure), 0};
    return room ? COOP_OK : no_memory();
}

enum coop_status coop_columns_init(struct coop_columns *ret,
                                   const struct coop_hypothesis *hypothesis,
                                   const struct coop_config *config, const struct coop_model *model,
                                   const struct coop_design *design)
{
    const size_t axis = coop_columns_axis(design, hypothesis->over);
    *ret = (struct coop_columns){0};
    if (hypothesis->contrast == COOP_TREND && axis < design->axes)
        return init_axis(ret, hypothesis, model, design, axis);
    ret->count = hypothesis->cases * (hypothesis->contrast == COOP_CORRELATION ? 2 : 1) +
                 (coop_contrast_has_against(hypothesis->contrast) ? 1 : 0);
    ret->item = calloc(ret->count + 1, sizeof *ret->item);
    if (ret->item == NULL)
        return no_memory();
    fill_cases(ret, hypothesis, config, model, design);
    return COOP_OK;
}

void coop_columns_free(struct coop_columns *columns)
{
    free(columns->item);
    free(columns->of_point);
    free(columns->place);
    *columns = (struct coop_columns){0};
}
