/* coopsim - GPL-3.0-or-later
 *
 * A model that exists only in the tests of the result file, and results of it: four runs, of which
 * one is shorter and one failed. */
#ifndef COOP_TESTS_UNIT_VILLAGE_H
#define COOP_TESTS_UNIT_VILLAGE_H

#include "sim/io/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COOP_OWNER village
#define VILLAGE_PARAMS(X)                                                                          \
    X(INTEGER, seed, "run.seed", 1, 0, 0x1p53, "1", NULL, "Seed of the dynamics.", "")             \
    X(REAL, pressure, "market.pressure", NAN, 0, INFINITY, "1", "unset", "Pressure.", "Smith")     \
    X(BOOLEAN, rotation, "rotation.on", 0, "0", "Whether positions rotate.", "")                   \
    X(CHOICE, twin, "arrows.twin", 0, 2, "none|exposure|voiceless", "none", "Which arrows.", "")   \
    X(TEXTS, name, "tasks.name", "coordination, craft", 8, "Names of the tasks.", "")              \
    X(REALS, share, "tasks.share", "0.25, 0.75", 8, 0, 1, "1", "Time for each task.", "")          \
    X(REAL, know, "voice.know", 4, 0, 100, "logit", "0", "Weight of know-how in voice.", "")
COOP_PARAMS(VILLAGE_PARAMS)

static double pool_largest(const struct coop_pool *pool)
{
    return pool->value[0][0];
}

static const struct coop_measure measures[] = {
    {"voice_gini", "1", "sum |x_i - x_j| / (2 n^2 mean x)", "Gini index.", 0, 1, 0, 0, NULL, false,
     0},
    {"income", "euro", "y", "Income a worker.", NAN, NAN, NAN, 0, NULL, false, 0},
    {"joint", "1", "a / b", "A measure of two components.", 0, NAN, 1, 2, pool_largest, false, 0},
};
static const struct coop_observer observer = {
    .name = "village", .summary = "", .measures = measures, .measure_count = 3};
static const struct coop_observer *const observers[] = {&observer, NULL};
static const struct coop_mechanism *const mechanisms[] = {NULL};
static const struct coop_model model = {.name = "village",
                                        .summary = "A village of workshops.",
                                        .source = "Nobody 1999",
                                        .params = &village_table,
                                        .mechanisms = mechanisms,
                                        .observers = observers,
                                        .twin = "arrows.twin"};

static const char yaml[] = "model: village\n"
                           "title: \"Who: speaks?\"\n"
                           "voice: {know: 8}\n"
                           "run.seed: 9007199254740991\n"
                           "cases:\n"
                           "  - name: base\n"
                           "  - name: rotation\n"
                           "    set: {rotation.on: true, market.pressure: 0.1,\n"
                           "          tasks.name: [a, b, c], tasks.share: [0.1, 0.2, 0.7]}\n"
                           "twins: [exposure]\n";

enum { RUNS = 4, WORKERS = 3, MEASURES = 3 };

static const struct coop_param_table *const tables[] = {&village_table};
static struct coop_config config;
static struct coop_design design;
static struct coop_provenance provenance;
static struct coop_script script[RUNS];
static const struct coop_script *script_of[RUNS];
static struct coop_record record[RUNS];
static enum coop_run_status status_of[RUNS];
static char directory[] = "/tmp/coopsim-store-XXXXXX";

static inline void *filled(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (memory == NULL)
        abort();
    return memory;
}

static inline void fill_panel(struct coop_record *r)
{
    static const char *const name[] = {"skill", "skill", "tenure"};
    r->panel_workers = WORKERS;
    r->panel_organisation = filled(WORKERS, sizeof(uint32_t));
    r->panel_label = filled(WORKERS, sizeof(uint32_t));
    r->columns = 3;
    r->column = filled(r->columns, sizeof *r->column);
    for (size_t w = 0; w < WORKERS; w++) {
        r->panel_organisation[w] = (uint32_t)w / 2;
        r->panel_label[w] = (uint32_t)w + 10;
    }
    for (size_t c = 0; c < r->columns; c++) {
        struct coop_panel_column *column = &r->column[c];
        *column = (struct coop_panel_column){.name = name[c],
                                             .unit = c < 2 ? "1" : "week",
                                             .summary = "A field.",
                                             .component = c == 1,
                                             .components = c < 2 ? 2 : 1,
                                             .is_u32 = c == 2};
        column->value = filled(r->times * WORKERS, 4);
        for (size_t i = 0; i < r->times * WORKERS; i++)
            if (column->is_u32)
                ((uint32_t *)column->value)[i] = 4000000000u + (uint32_t)i;
            else
                ((float *)column->value)[i] = (float)(c * 100 + i);
    }
}

/* Values that tell their own place. */
static inline void fill_record(struct coop_record *r, size_t run, size_t times,
                               size_t organisations)
{
    *r = (struct coop_record){.times = times, .measures = MEASURES, .organisations = organisations};
    r->week = filled(times, sizeof *r->week);
    r->pooled = filled(MEASURES * times, sizeof(double));
    r->spread = filled(MEASURES * times, sizeof(double));
    r->final_mean = filled(MEASURES, sizeof(double));
    r->final_error = filled(MEASURES, sizeof(double));
    r->organisation = filled(MEASURES * times * organisations, sizeof(float));
    r->size = filled(organisations, sizeof(uint32_t));
    for (size_t t = 0; t < times; t++)
        r->week[t] = (int64_t)(t * 52);
    for (size_t i = 0; i < MEASURES * times; i++) {
        r->pooled[i] = 0.25 * (double)run + 0.03125 * (double)i;
        r->spread[i] = 0.5;
    }
    for (size_t i = 0; i < MEASURES * times * organisations; i++)
        r->organisation[i] = 0.03125f * (float)i;
    for (size_t o = 0; o < organisations; o++)
        r->size[o] = (uint32_t)(o + 5);
    for (size_t m = 0; m < MEASURES; m++) {
        r->final_mean[m] = 0.25 * (double)(m + 1);
        r->final_error[m] = NAN;
    }
    r->state_hash = 0xfedcba9876543210u + run;
    fill_panel(r);
}

/* Runs 0 and 1 are `base` and its twin, 2 and 3 `rotation` and its twin; run 2 is shorter and
 * has fewer organisations, run 3 has failed. */
static inline int make_result(void **state)
{
    struct coop_problems problems = {0};
    (void)state;
    if (coop_config_parse(&config, "test.yaml", yaml, sizeof yaml - 1, &problems) != COOP_OK ||
        coop_config_set(&config, "voice.know=9", &problems) != COOP_OK ||
        coop_design_init(&design, &config, tables, 1, model.twin, &problems) != COOP_OK ||
        coop_provenance_init(&provenance, &config, &design) != COOP_OK) {
        for (size_t i = 0; i < problems.count; i++)
            fprintf(stderr, "# %s\n", problems.item[i].text);
        coop_problems_free(&problems);
        return 1;
    }
    coop_problems_free(&problems);
    for (size_t run = 0; run < RUNS; run++)
        if (coop_design_script(&design, run, &script[run]) == COOP_OK)
            script_of[run] = &script[run];
        else
            return 1;
    for (size_t run = 0; run < 3; run++)
        fill_record(&record[run], run, run == 2 ? 2 : 3, run == 2 ? 1 : 2);
    record[3] = (struct coop_record){0};
    status_of[3] = COOP_RUN_ERROR;
    return design.runs == RUNS ? 0 : 1;
}

static inline int make_all(void **state)
{
    return make_result(state) != 0 || mkdtemp(directory) == NULL;
}

static inline int free_result(void **state)
{
    (void)state;
    for (size_t run = 0; run < RUNS; run++) {
        coop_record_free(&record[run]);
        coop_script_free(&script[run]);
    }
    coop_provenance_free(&provenance);
    coop_design_free(&design);
    coop_config_free(&config);
    return 0;
}

static inline int free_all(void **state)
{
    free_result(state);
    return rmdir(directory);
}

static inline enum coop_status write_result(const char *path, const struct coop_model *of,
                                            bool replace)
{
    struct coop_result result = {.model = of,
                                 .design = &design,
                                 .runs = design.runs,
                                 .script = script_of,
                                 .record = record,
                                 .status = status_of,
                                 .provenance = &provenance};
    return coop_store_write(path, &result, replace);
}

static inline const char *in_directory(const char *name)
{
    static char path[2][256];
    static int turn;
    turn = !turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", directory, name);
    return path[turn];
}

#endif
