/* coopsim - GPL-3.0-or-later
 *
 * Equality without a perturbation (ODD 6): where persons and jobs are equal and nothing is
 * drawn, whatever is equal at week 0 stays equal, bit for bit, at every size of organisation. */
#include "tests/law/village.h"

#define EQUALS                                                                                     \
    "economy.sizes=list; economy.size_list=[1, 2, 3, 5, 7, 8, 13, 20, 33, 129, 150, 6, 6,"         \
    "6, 6, 6, 6, 6, 6]; economy.organisations=38; division.start=0; division.open=false; "         \
    "hierarchy.start=0;"                                                                           \
    "hierarchy.open=false; allocation.leave=0; governance.noise=0; outlook.spread=0;"              \
    "voice.persuasiveness=0; record.every=13; run.weeks=520;"

static const char *const configurations[] = {
    EQUALS "attendance.mode=all",
    EQUALS "attendance.mode=expected",
    EQUALS "attendance.mode=expected; association.absent=proxy; rights.workers=.4",
    EQUALS "attendance.mode=all; rights.workers=.3; rights.delegation=formal",
    EQUALS "attendance.mode=all; rights.workers=0; rights.left_inside=0",
    EQUALS "attendance.mode=all; voice.know=40; influence.susceptibility=1",
    EQUALS "attendance.mode=expected; arrows.twin=exposure",
    EQUALS "attendance.mode=all; arrows.twin=voiceless",
    EQUALS "attendance.mode=all; governance.on=false; technology.enabling=1",
    EQUALS "attendance.mode=all; learning.forgetting=.1; learning.pace=5",
    EQUALS "attendance.mode=expected; market.competition=2; economy.organisations=40",
};
enum { CONFIGURATIONS = sizeof configurations / sizeof *configurations };

/* The persons differ in nothing but their labels. */
static void make_equal(struct village *v)
{
    for (size_t f = 0; f < v->run.state_fields; f++) {
        const struct coop_field *field = v->run.economy.row[f];
        for (size_t c = 0; c < v->run.economy.components[f]; c++)
            for (size_t o = 0; o < v->run.economy.organisations; o++)
                for (size_t i = 0; field->class == COOP_PERSON && field->type == COOP_F32 &&
                                   i < v->run.economy.size[o];
                     i++)
                    memcpy(village_place(&v->run, (int)f, c, o, i),
                           village_place(&v->run, (int)f, c, o, 0), 4);
    }
}

static bool shows_workers(const struct coop_field *field)
{
    return field->type == COOP_F32 &&
           (field->class == COOP_PERSON || field->class == COOP_POSITION ||
            field->class == COOP_DERIVED);
}

static bool is_equal(const struct coop_batch *b, int field, size_t component)
{
    const uint32_t *bits = (const uint32_t *)(const void *)coop_worker(b, field, component);
    for (size_t o = 0; o < b->organisations; o++)
        for (size_t p = 1; p < b->size[o]; p++)
            if (bits[coop_slot(b, o, p)] != bits[b->first[o]])
                return false;
    return true;
}

/* Fields that all workers of an organisation share, but for what cannot be equal: the formal rank,
 * which counts for nothing without a hierarchy. Returns how many. */
static size_t check_equal(struct village *v)
{
    size_t checked = 0;
    for (size_t batch = 0; batch < v->run.economy.batches; batch++) {
        const struct coop_batch *b = coop_run_look(&v->run, batch);
        for (size_t f = 0; f < v->run.model->field_count; f++)
            for (size_t c = 0; c < v->run.economy.components[f]; c++) {
                const struct coop_field *field = v->run.economy.row[f];
                if (!shows_workers(field) || strcmp(field->name, "rank") == 0)
                    continue;
                if (!is_equal(b, (int)f, c))
                    fail_msg("%s[%zu] differs in week %lld", field->name, c,
                             (long long)v->run.week);
                checked++;
            }
    }
    return checked;
}

static void equals_stay_equal(void **state)
{
    struct village v;
    village_begin_seo(&v, *state);
    make_equal(&v);
    for (int64_t week = 0; week < 520; week += 52) {
        assert_true(check_equal(&v) > 15);
        coop_run_live(&v.run, 52);
    }
    check_equal(&v);
    village_end(&v);
}

/* Among equals every measure that has a value among equals has it. */
static void measures_are_neutral(void **state)
{
    struct village v;
    struct coop_record record;
    village_begin_seo(&v, *state);
    make_equal(&v);
    if (coop_run_record(&v.run, &record, NULL, NULL) != COOP_OK)
        fail_msg("%s", coop_status_message());
    for (size_t m = 0; m < record.measures; m++) {
        const struct coop_measure *measure = coop_model_measure(v.model, m);
        bool outside = strcmp(measure->name, "market_pressure") == 0;
        for (size_t t = 0; t < record.times && !isnan(measure->neutral) && !outside; t++) {
            double value = record.pooled[m * record.times + t];
            /* Some are recorded at whole years only. */
            if (isnan(value) && record.week[t] % 52 != 0)
                continue;
            if (!(fabs(value - measure->neutral) < 1e-6))
                fail_msg("%s is %.9g in week %lld and not %g", measure->name, value,
                         (long long)record.week[t], measure->neutral);
        }
    }
    coop_record_free(&record);
    village_end(&v);
}

int main(void)
{
    struct CMUnitTest tests[CONFIGURATIONS + 1];
    for (size_t i = 0; i < CONFIGURATIONS; i++)
        tests[i] = (struct CMUnitTest){configurations[i] + sizeof EQUALS - 1, equals_stay_equal,
                                       NULL, NULL, (void *)(uintptr_t)configurations[i]};
    tests[CONFIGURATIONS] =
        (struct CMUnitTest){"measures_are_neutral", measures_are_neutral, NULL, NULL,
                            EQUALS "attendance.mode=all; governance.on=false; gender.share=.4;"
                                   "race.share=.3"};
    return cmocka_run_group_tests_name("equality", tests, NULL, NULL);
}
