/* coopsim - GPL-3.0-or-later */
#include "tests/reference/comparison.h"

#include "sim/engine/registry.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assign(struct coop_param_set *set, const char *assignments)
{
    char *text = strdup(assignments), *rest = text;
    assert_non_null(text);
    for (char *item = strsep(&rest, ";"); item != NULL; item = strsep(&rest, ";")) {
        char *name = item + strspn(item, " "), *value = strchr(name, '=');
        if (value == NULL)
            continue;
        *value++ = '\0';
        if (coop_param_set_text(set, name, value, "test") != COOP_OK)
            fail_msg("%s=%s: %s", name, value, coop_status_message());
    }
    free(text);
}

void comparison_set_up(struct comparison *ret, const char *name, const char *assignments,
                       double tolerance)
{
    const struct coop_model *model = coop_registry_find(coop_registry_best_isa(), "seo");
    size_t organisations;
    uint32_t *size;
    *ret = (struct comparison){.name = name, .tolerance = tolerance};
    size_t tables = coop_model_tables(model, ret->table);
    assert_int_equal(coop_param_init(&ret->set, ret->table, tables), COOP_OK);
    assign(&ret->set, assignments);
    assert_int_equal(coop_run_init(&ret->run, model, &ret->set, 0, 1), COOP_OK);
    ret->streams = coop_run_streams(ret->run.settings, 0);
    enum coop_status status =
        coop_run_sizes(ret->run.settings, ret->streams.population, &size, &organisations);
    assert_int_equal(status, COOP_OK);
    reference_init(&ret->reference, &ret->set, size, organisations,
                   reference_source_counter(&ret->streams));
    free(size);
}

void comparison_tear_down(struct comparison *c)
{
    reference_free(&c->reference);
    coop_run_free(&c->run);
    coop_param_free(&c->set);
}

static int field_named(const struct comparison *c, const char *name)
{
    for (size_t field = 0; field < c->run.economy.fields; field++)
        if (strcmp(c->run.economy.row[field]->name, name) == 0)
            return (int)field;
    fail_msg("the model has no field %s", name);
    return -1;
}

/* A worker, or (position -1) an organisation as a whole, and its number in the batch's arrays. */
struct place {
    const struct reference_organisation *organisation;
    size_t slot;
    long position;
};

static void compare(struct comparison *c, const struct place *place, const char *field,
                    size_t component, double engine, double reference)
{
    double difference = fabs(engine - reference) / fmax(1, fabs(reference));
    if (difference <= c->largest)
        return;
    c->largest = difference;
    snprintf(c->where, sizeof c->where,
             "%s[%zu] in week %lld, organisation %u of %zu, position %ld: %.9g, reference %.9g",
             field, component, (long long)c->reference.week, place->organisation->id,
             place->organisation->size, place->position, engine, reference);
    if (!(difference <= c->tolerance))
        fail_msg("%s: %s", c->name, c->where);
}

static void compare_worker(struct comparison *c, const struct place *place, const char *name,
                           const double *reference, size_t components)
{
    int field = field_named(c, name);
    for (size_t i = 0; i < components; i++)
        compare(c, place, name, i, (double)coop_worker(c->batch, field, i)[place->slot],
                reference[i]);
}

static void compare_number(struct comparison *c, const struct place *place, const char *name,
                           uint32_t reference)
{
    compare(c, place, name, 0, coop_worker_u32(c->batch, field_named(c, name))[place->slot],
            reference);
}

static void compare_organisation(struct comparison *c, const struct place *place, const char *name,
                                 const double *reference, size_t components)
{
    int field = field_named(c, name);
    for (size_t i = 0; i < components; i++)
        compare(c, place, name, i, coop_organisation(c->batch, field, i)[place->slot],
                reference[i]);
}

static void compare_person(struct comparison *c, const struct place *place,
                           const struct reference_person *person)
{
    compare_number(c, place, "label", person->label);
    compare_number(c, place, "joined", person->joined);
    compare_worker(c, place, "persuasiveness", &person->persuasiveness, 1);
    compare_worker(c, place, "outlook", person->outlook, REFERENCE_VARIABLES);
    compare_worker(c, place, "skill", person->skill, c->reference.parameters.kinds);
    compare_worker(c, place, "know", &person->know, 1);
    compare_worker(c, place, "standing", &person->standing, 1);
    compare_worker(c, place, "autonomy", &person->autonomy, 1);
}

static void compare_position(struct comparison *c, const struct place *place,
                             const struct reference_position *position)
{
    compare_worker(c, place, "office", &position->office, 1);
    compare_worker(c, place, "share", position->share, c->reference.parameters.kinds);
    compare_worker(c, place, "empowerment", &position->empowerment, 1);
    compare_worker(c, place, "onerousness", &position->onerousness, 1);
    compare_worker(c, place, "rank", &position->rank, 1);
}

static void compare_whole(struct comparison *c, const struct place *place)
{
    const struct reference_organisation *o = place->organisation;
    compare_organisation(c, place, "voted", o->voted, REFERENCE_VARIABLES);
    compare_organisation(c, place, "in_force", o->in_force, REFERENCE_VARIABLES);
    compare_organisation(c, place, "culture", o->culture, REFERENCE_VARIABLES);
    compare_organisation(c, place, "solidarity", &o->solidarity, 1);
    compare_organisation(c, place, "standing_gini", &o->standing_gini, 1);
    compare_organisation(c, place, "pressure", &o->pressure, 1);
    compare_organisation(c, place, "turnout_sum", &o->turnout_sum, 1);
    compare_organisation(c, place, "turnout_bottom_sum", &o->turnout_bottom_sum, 1);
    compare_organisation(c, place, "turnout_weeks", &o->turnout_weeks, 1);
    compare_organisation(c, place, "say_sum", &o->say_sum, 1);
    compare_organisation(c, place, "say_weeks", &o->say_weeks, 1);
}

static void compare_batch(struct comparison *c)
{
    for (size_t i = 0; i < c->batch->organisations; i++) {
        const struct reference_organisation *o =
            &c->reference.organisation[c->batch->first_organisation + i];
        assert_int_equal(c->batch->size[i], o->size);
        compare_whole(c, &(struct place){o, i, -1});
        for (size_t j = 0; j < o->size; j++) {
            struct place place = {o, coop_slot(c->batch, i, j), (long)j};
            compare_person(c, &place, &o->person[j]);
            compare_position(c, &place, &o->position[j]);
        }
    }
}

static void compare_all(struct comparison *c)
{
    reference_look(&c->reference);
    for (size_t batch = 0; batch < c->run.economy.batches; batch++) {
        c->batch = coop_run_look(&c->run, batch);
        compare_batch(c);
    }
}

void comparison_live(struct comparison *c, int64_t weeks)
{
    compare_all(c);
    for (int64_t end = c->reference.week + weeks; c->reference.week < end;) {
        coop_run_live(&c->run, COOP_MONTH);
        reference_live(&c->reference, COOP_MONTH);
        compare_all(c);
    }
}
