/* coopsim - GPL-3.0-or-later
 *
 * The arrows of a design, where the model is known. */
#include "sim/design/arrows.h"

#include "sim/param/assign.h"
#include "sim/param/grow.h"
#include "sim/param/hypothesis.h"
#include "sim/param/text.h"

#include <stdlib.h>
#include <string.h>

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the arrows of the design");
}

const char *coop_arrow_name(const char *row)
{
    const char *dot = strrchr(row, '.');
    return dot != NULL ? dot + 1 : row;
}

static const struct coop_param *row_of(const struct coop_model *model, const char *name)
{
    const struct coop_param_table *table[COOP_OWNERS_MAX];
    const size_t tables = coop_model_tables(model, table);
    for (size_t t = 0; t < tables; t++)
        for (size_t r = 0; r < table[t]->rows; r++)
            if (strcmp(table[t]->row[r].name, name) == 0)
                return &table[t]->row[r];
    return NULL;
}

static const struct coop_arrow *arrow_of(const struct coop_model *model, const char *name)
{
    for (const struct coop_arrow *arrow = model->arrows; arrow->row != NULL; arrow++)
        if (strcmp(arrow->row, name) == 0 || strcmp(coop_arrow_name(arrow->row), name) == 0)
            return arrow;
    return NULL;
}

static void refuse_unknown(const struct coop_model *model, const char *name,
                           struct coop_place place, struct coop_problems *problems)
{
    struct coop_nearest nearest = {.word = name};
    char known[256] = "";
    for (const struct coop_arrow *arrow = model->arrows; arrow->row != NULL; arrow++) {
        const char *word = coop_arrow_name(arrow->row);
        const size_t used = strlen(known);
        coop_nearest_consider(&nearest, word, strlen(word));
        coop_nearest_consider(&nearest, arrow->row, strlen(arrow->row));
        snprintf(known + used, sizeof known - used, "%s%s", used > 0 ? ", " : "", word);
    }
    coop_problems_add(problems, place, "unknown arrow '%s' - %s%s%s", coop_show(name).text,
                      nearest.best ? "did you mean '" : "the arrows are ",
                      nearest.best ? nearest.best : known, nearest.best ? "'?" : "");
}

/* The two choices of an arrow's row, the one that it has by default first. */
static enum coop_status add_values(struct coop_axis *axis, const struct coop_param *row)
{
    const char *bar = row->choices != NULL ? strchr(row->choices, '|') : NULL;
    if (bar == NULL || strchr(bar + 1, '|') != NULL)
        return COOP_FAIL(COOP_INTERNAL, "the arrow '%s' has other than two choices", row->name);
    const size_t intact = row->initial > 0;
    axis->value = calloc(2, sizeof *axis->value);
    axis->value_place = calloc(2, sizeof *axis->value_place);
    if (axis->value == NULL || axis->value_place == NULL)
        return no_memory();
    axis->values = 2;
    axis->value[intact] = strndup(row->choices, (size_t)(bar - row->choices));
    axis->value[1 - intact] = strdup(bar + 1);
    axis->value_place[0] = axis->value_place[1] = axis->values_place = axis->place;
    return axis->value[0] != NULL && axis->value[1] != NULL ? COOP_OK : no_memory();
}

static enum coop_status add_axis(struct coop_scheme *scheme, const struct coop_model *model,
                                 const char *name, struct coop_place place)
{
    const struct coop_param *row = row_of(model, name);
    if (row == NULL)
        return COOP_FAIL(COOP_INTERNAL, "the arrow '%s' has no row", name);
    if (!coop_grow(&scheme->axis, scheme->axes, sizeof *scheme->axis))
        return no_memory();
    struct coop_axis *axis = &scheme->axis[scheme->axes++];
    *axis = (struct coop_axis){.parameter = strdup(name), .place = place};
    return axis->parameter != NULL ? add_values(axis, row) : no_memory();
}

static enum coop_status add_named(struct coop_scheme *scheme, const struct coop_model *model,
                                  struct coop_problems *problems)
{
    for (size_t i = 0; i < scheme->arrows.count; i++) {
        const struct coop_arrow *arrow = arrow_of(model, scheme->arrows.item[i]);
        if (arrow == NULL)
            refuse_unknown(model, scheme->arrows.item[i], scheme->arrows.at[i], problems);
        else
            COOP_TRY(add_axis(scheme, model, arrow->row, scheme->arrows.at[i]));
    }
    return COOP_OK;
}

static enum coop_status add_returns(struct coop_scheme *scheme, const struct coop_model *model)
{
    for (const struct coop_arrow *arrow = model->arrows; arrow->row != NULL; arrow++)
        if (arrow->returns)
            COOP_TRY(add_axis(scheme, model, arrow->row, scheme->place));
    return COOP_OK;
}

static void settle_orders(struct coop_scheme *scheme, struct coop_problems *problems)
{
    const bool all = scheme->axes <= COOP_ARROWS_ALL;
    if (all && scheme->orders > 0)
        coop_problems_add(problems, scheme->orders_place,
                          "of up to %d arrows all %d sets are run and no orders drawn - remove "
                          "'orders'",
                          COOP_ARROWS_ALL, 1 << scheme->axes);
    if (!all && scheme->orders == 0)
        scheme->orders = COOP_ORDERS;
}

enum coop_status coop_arrows_resolve(struct coop_config *config, const struct coop_model *model,
                                     struct coop_problems *problems)
{
    struct coop_scheme *scheme = &config->scheme;
    const size_t before = problems->count;
    if (scheme->kind != COOP_ARROWS)
        return COOP_OK;
    if (model->arrows == NULL)
        coop_problems_add(problems, scheme->place,
                          "the model '%s' has no arrows to be cut - remove the design",
                          model->name);
    else if (scheme->arrows.place.file != NULL)
        COOP_TRY(add_named(scheme, model, problems));
    else
        COOP_TRY(add_returns(scheme, model));
    if (problems->count == before)
        settle_orders(scheme, problems);
    if (config->twins > 0)
        coop_problems_add(problems, config->twin_place[0],
                          "'twins' beside a design of arrows, which has the point where all of "
                          "them are cut itself - remove 'twins'");
    if (problems->count > before)
        scheme->kind = COOP_NO_SCHEME;
    return COOP_OK;
}

void coop_arrows_begin(struct coop_config *config)
{
    if (config->scheme.place.file != NULL)
        return;
    config->scheme =
        (struct coop_scheme){.kind = COOP_ARROWS, .seed = 1, .place = {.file = config->file}};
    for (; config->twins > 0; config->twins--)
        free(config->twin[config->twins - 1]);
    for (; config->expectations > 0; config->expectations--)
        coop_expectation_free(&config->expectation[config->expectations - 1]);
    for (; config->hypotheses > 0; config->hypotheses--)
        coop_hypothesis_free(&config->hypothesis[config->hypotheses - 1]);
}

void coop_arrows_verify(const struct coop_config *config, const struct coop_design *design,
                        struct coop_problems *problems)
{
    for (size_t c = 0; c < design->cases && design->kind == COOP_ARROWS; c++) {
        const struct coop_script *script = &design->script[c];
        bool is_twin = false;
        for (size_t i = 0; design->twin_row != NULL && i < script->epochs * script->regimes; i++)
            is_twin = is_twin || coop_param_real(&script->set[i], design->twin_row) != 0;
        if (is_twin)
            coop_problems_add(problems, config->scheme.place,
                              "a design of arrows, and the case '%s' is a twin itself - remove "
                              "its '%s'",
                              config->item[c].name, design->twin_row);
    }
}
