/* coopsim - GPL-3.0-or-later
 *
 * Resumed = uninterrupted, bit for bit: every kept field with the observers' memory, everything
 * recorded, whatever the number of threads before and after. Of all models, in all configurations. */
#include "sim/engine/parts.h"
#include "tests/law/configurations.h"
#include "tests/law/village.h"

#define SETTINGS                                                                                   \
    "economy.organisations=150; record.organisations=true; record.workers=25;"                     \
    "record.look_back=always;"

/* A run of a village that is stopped, kept and gone on with by another run. */
struct life {
    struct village village;
    struct coop_script script; /* regimes 0: the village's set alone */
    struct coop_record record;
    struct coop_recording recording;
};

static void begin(struct life *life, int threads)
{
    const struct village *v = &life->village;
    const enum coop_status status =
        life->script.regimes > 0
            ? coop_run_init_script(&life->village.run, v->model, &life->script, 3, threads)
            : coop_run_init(&life->village.run, v->model, &v->set, 3, threads);
    if (status != COOP_OK ||
        coop_recording_begin(&life->recording, &life->village.run, &life->record) != COOP_OK)
        fail_msg("%s", coop_status_message());
}

static void live(struct life *life, int64_t until)
{
    while (life->village.run.week < until && !coop_recording_is_over(&life->recording))
        coop_recording_month(&life->recording);
}

static void end(struct life *life)
{
    coop_recording_free(&life->recording);
    coop_record_free(&life->record);
    coop_run_free(&life->village.run);
}

static void kept(struct life *life, struct coop_parts *ret)
{
    struct coop_parts parts;
    assert_int_equal(coop_recording_parts(&life->recording, &parts), COOP_OK);
    assert_int_equal(coop_parts_copy(ret, &parts), COOP_OK);
    coop_parts_free(&parts);
}

static void load(struct life *life, const struct coop_parts *parts)
{
    if (coop_recording_load(&life->recording, parts) != COOP_OK)
        fail_msg("%s", coop_status_message());
}

/* Slots that are nobody's hold what calculation left there. */
static bool same_workers(const struct coop_parts *layout, const struct coop_part *a,
                         const struct coop_part *b)
{
    const struct coop_part *sizes = coop_parts_find(layout, "layout/size");
    const uint32_t *size = sizes->data, *step = coop_parts_find(layout, "layout/step")->data;
    const int64_t *first = coop_parts_find(layout, "layout/first")->data;
    const size_t stride = a->used[a->rank - 1], components = coop_part_elements(a) / stride;
    for (size_t c = 0; c < components; c++)
        for (size_t o = 0; o < sizes->used[0]; o++)
            for (size_t p = 0; p < size[o]; p++) {
                const size_t at = c * stride + (size_t)first[o] + p * step[o];
                if (((uint32_t *)a->data)[at] != ((uint32_t *)b->data)[at])
                    return false;
            }
    return true;
}

static bool same_part(const struct coop_parts *layout, const struct coop_part *a,
                      const struct coop_part *b)
{
    const size_t bytes = coop_part_elements(a) * coop_part_bytes(a->type);
    if (bytes != coop_part_elements(b) * coop_part_bytes(b->type))
        return false;
    if (strncmp(a->name, "state/", 6) == 0 && a->type != COOP_PART_F64)
        return same_workers(layout, a, b);
    return bytes == 0 || memcmp(a->data, b->data, bytes) == 0;
}

static void assert_same(const struct coop_parts *a, const struct coop_parts *b, const char *what)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        const struct coop_part *one = &a->item[i], *other = coop_parts_find(b, one->name);
        assert_non_null(other);
        if (!same_part(a, one, other))
            fail_msg("%s differs when resumed, with %s", one->name, what);
    }
}

/* The state at the end, what had been recorded before the last record, and then the record. */
static void assert_same_end(struct life *life, const struct coop_parts *state,
                            const struct coop_parts *record, const char *what)
{
    struct coop_parts now, finished;
    kept(life, &now);
    assert_same(state, &now, what);
    coop_recording_finish(&life->recording);
    assert_int_equal(coop_record_parts(&life->record, &finished), COOP_OK);
    assert_same(record, &finished, what);
    coop_parts_free(&now);
    coop_parts_free(&finished);
}

/* Stops in each of these weeks in turn, each time in a new run with another number of threads. */
static void check_life(struct life *life, const int64_t *stop, size_t stops, const char *what)
{
    static const int threads[] = {1, 3, 2, 8};
    struct coop_parts state, record, borrowed;
    begin(life, 2);
    live(life, INT64_MAX);
    kept(life, &state);
    coop_recording_finish(&life->recording);
    assert_int_equal(coop_record_parts(&life->record, &borrowed), COOP_OK);
    assert_int_equal(coop_parts_copy(&record, &borrowed), COOP_OK);
    coop_parts_free(&borrowed);
    end(life);
    begin(life, 1);
    for (size_t i = 0; i < stops; i++) {
        struct coop_parts parts;
        live(life, stop[i]);
        kept(life, &parts);
        end(life);
        begin(life, threads[i % 4]);
        load(life, &parts);
        coop_parts_free(&parts);
    }
    live(life, INT64_MAX);
    assert_same_end(life, &state, &record, what);
    end(life);
    /* A finished run needs its record alone. */
    begin(life, 1);
    load(life, &record);
    assert_true(coop_recording_is_over(&life->recording));
    coop_recording_finish(&life->recording);
    assert_int_equal(coop_record_parts(&life->record, &borrowed), COOP_OK);
    assert_same(&record, &borrowed, what);
    coop_parts_free(&borrowed);
    end(life);
    coop_parts_free(&state);
    coop_parts_free(&record);
}

static void check_configuration(const struct coop_model *model, const char *configuration,
                                const char *recording)
{
    static const int64_t stop[] = {4, 52, 88, 124};
    struct life life = {0};
    village_set_up(&life.village, model, configuration);
    village_assign(&life.village, SETTINGS);
    village_assign(&life.village, recording);
    check_life(&life, stop, sizeof stop / sizeof *stop, configuration);
    coop_param_free(&life.village.set);
}

/* The last one ends within a month. */
static void configurations_resume(void **state)
{
    static const char *const recording[] = {"run.weeks=140; record.every=4",
                                            "run.weeks=130; record.every=13",
                                            "run.weeks=131; record.every=1"};
    const struct coop_model *model;
    const char *configuration;
    (void)state;
    for (size_t i = 0; (model = coop_registry_model(coop_registry_best_isa(), i)) != NULL; i++)
        for (size_t c = 0; (configuration = configuration_of(model, c)) != NULL; c++)
            check_configuration(model, configuration, recording[c % 3]);
}

enum { REGIMES = 2, EPOCHS = 3 };

/* Two regimes, whose parameters change in weeks 24 and 60; stopped before, in and after them. */
static void regimes_and_schedules_resume(void **state)
{
    static const int64_t stop[] = {20, 24, 28, 60, 64, 96};
    static const char *const changed[EPOCHS][REGIMES] = {
        {"rights.workers=1", "rights.workers=.3"},
        {"rights.workers=1; voice.know=4", "rights.workers=.3; voice.know=9"},
        {"rights.workers=.8; rotation.on=true", "rights.workers=.3; allocation.leave=.05"}};
    struct village v[EPOCHS * REGIMES];
    struct coop_param_set set[EPOCHS * REGIMES];
    struct coop_epoch epoch[EPOCHS] = {{.week = 0}, {.week = 24}, {.week = 60}};
    struct coop_script_regime regime[REGIMES] = {{.share = .4}, {.share = .6}};
    struct life life = {.script = {REGIMES, EPOCHS, regime, epoch, set}};
    (void)state;
    for (size_t i = 0; i < EPOCHS * REGIMES; i++) {
        village_set_up(&v[i], village_seo(),
                       SETTINGS "run.weeks=110; record.every=4; market.competition=1;"
                                "economy.sizes=lognormal");
        village_assign(&v[i], changed[i / REGIMES][i % REGIMES]);
        set[i] = v[i].set;
    }
    life.village.model = village_seo();
    check_life(&life, stop, sizeof stop / sizeof *stop, "two regimes and a schedule");
    for (size_t i = 0; i < EPOCHS * REGIMES; i++)
        coop_param_free(&v[i].set);
}

/* Parts have the names of fields, which no two owners may share. */
static void names_are_unique(void **state)
{
    const struct coop_model *model;
    (void)state;
    for (size_t i = 0; (model = coop_registry_model(coop_registry_best_isa(), i)) != NULL; i++) {
        struct life life = {0};
        struct coop_parts parts;
        village_set_up(&life.village, model, configuration_of(model, 0));
        begin(&life, 1);
        const struct coop_economy *economy = &life.village.run.economy;
        for (size_t f = 0; f < economy->fields; f++)
            for (size_t g = 0; g < f; g++)
                if (strcmp(economy->row[f]->name, economy->row[g]->name) == 0)
                    fail_msg("two fields of %s are named %s", model->name, economy->row[f]->name);
        assert_int_equal(coop_recording_parts(&life.recording, &parts), COOP_OK);
        for (size_t p = 0; p < parts.count; p++)
            if (strncmp(parts.item[p].name, "panel/", 6) != 0)
                assert_non_null(parts.item[p].summary);
        coop_parts_free(&parts);
        end(&life);
        coop_param_free(&life.village.set);
    }
}

/* What is refused leaves the run where it was: at its beginning. */
static void refuse(struct coop_parts *parts, struct life *life, const char *reason)
{
    if (coop_recording_load(&life->recording, parts) != COOP_REFUSED)
        fail_msg("not refused: %s", reason);
    if (strstr(coop_status_message(), reason) == NULL)
        fail_msg("`%s` is not in: %s", reason, coop_status_message());
    assert_int_equal(life->village.run.week, 0);
    assert_int_equal(life->recording.recorder.recorded, 0);
}

static struct coop_part *part_of(struct coop_parts *parts, const char *name)
{
    for (size_t i = 0; i < parts->count; i++)
        if (strcmp(parts->item[i].name, name) == 0)
            return &parts->item[i];
    fail_msg("there is no part %s", name);
    return NULL;
}

static void other_parts_are_refused(void **state)
{
    struct life life = {0};
    struct coop_parts parts;
    (void)state;
    village_set_up(&life.village, village_seo(), SETTINGS "run.weeks=60; record.every=4");
    begin(&life, 1);
    live(&life, 20);
    kept(&life, &parts);
    end(&life);
    begin(&life, 1);
    int64_t *week = part_of(&parts, "week")->data;
    for (size_t i = 0; i < 3; i++) {
        *week = (const int64_t[]){-4, 21, 64}[i];
        refuse(&parts, &life, "month's start");
    }
    *week = 24;
    refuse(&parts, &life, "another shape");
    *week = 20;
    part_of(&parts, "state/know")->name[6] = 'K';
    refuse(&parts, &life, "does not hold `state/know`");
    part_of(&parts, "state/Know")->name[6] = 'k';
    part_of(&parts, "state/know")->used[0]--;
    refuse(&parts, &life, "`state/know` is of another shape");
    part_of(&parts, "state/know")->used[0]++;
    ((uint32_t *)part_of(&parts, "layout/size")->data)[7]++;
    refuse(&parts, &life, "`layout/size` has other values");
    ((uint32_t *)part_of(&parts, "layout/size")->data)[7]--;
    assert_int_equal(coop_parts_add(&parts, (struct coop_part){.name = "state/x"}), COOP_OK);
    refuse(&parts, &life, "holds `state/x`");
    parts.item[parts.count - 1].rank = 0;
    free(parts.item[--parts.count].own);
    load(&life, &parts);
    assert_int_equal(life.village.run.week, 20);
    coop_parts_free(&parts);
    end(&life);
    coop_param_free(&life.village.set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_unique),
        cmocka_unit_test(other_parts_are_refused),
        cmocka_unit_test(regimes_and_schedules_resume),
        cmocka_unit_test(configurations_resume),
    };
    return cmocka_run_group_tests_name("resume", tests, NULL, NULL);
}
