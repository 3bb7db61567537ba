/* coopsim - GPL-3.0-or-later
 *
 * The result file, written for a model that exists only here. With a file name as argument the
 * program writes the example there, for the readers of other languages (open_results.py). */
#include "sim/io/h5.h"
#include "sim/io/seal.h"
#include "sim/io/store.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define COOP_OWNER village
#define VILLAGE_PARAMS(X)                                                                          \
    X(INTEGER, seed, "run.seed", 1, 0, 0x1p53, "1", NULL, "Seed of the dynamics.", "")               \
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
    {"voice_gini", "1", "sum |x_i - x_j| / (2 n^2 mean x)", "Gini index of voice.", 0, 1, 0, 0, NULL},
    {"income", "euro", "y", "Income a worker.", NAN, NAN, NAN, 0, NULL},
    {"joint", "1", "a / b", "A measure of two components.", 0, NAN, 1, 2, pool_largest},
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

/* A measure that has the name of a variable every file has. */
static const struct coop_measure bad_measures[] = {
    {"status", "1", "", "Clashes.", NAN, NAN, NAN, 0, NULL}};
static const struct coop_observer bad_observer = {
    .name = "bad", .summary = "", .measures = bad_measures, .measure_count = 1};
static const struct coop_observer *const bad_observers[] = {&bad_observer, NULL};

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
static struct coop_record record[RUNS];
static enum coop_run_status status_of[RUNS];
static char directory[] = "/tmp/coopsim-store-XXXXXX";

static void *filled(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (memory == NULL)
        abort();
    return memory;
}

static void fill_panel(struct coop_record *r)
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
static void fill_record(struct coop_record *r, size_t run, size_t times, size_t organisations)
{
    *r = (struct coop_record){
        .times = times, .measures = MEASURES, .organisations = organisations};
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
static int make_result(void **state)
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
    for (size_t run = 0; run < 3; run++)
        fill_record(&record[run], run, run == 2 ? 2 : 3, run == 2 ? 1 : 2);
    record[3] = (struct coop_record){0};
    status_of[3] = COOP_RUN_ERROR;
    return design.runs == RUNS ? 0 : 1;
}

static int make_all(void **state)
{
    return make_result(state) != 0 || mkdtemp(directory) == NULL;
}

static int free_result(void **state)
{
    (void)state;
    for (size_t run = 0; run < RUNS; run++)
        coop_record_free(&record[run]);
    coop_provenance_free(&provenance);
    coop_design_free(&design);
    coop_config_free(&config);
    return 0;
}

static int free_all(void **state)
{
    free_result(state);
    return rmdir(directory);
}

static enum coop_status write_result(const char *path, const struct coop_model *of, bool replace)
{
    struct coop_result result = {.model = of,
                                 .design = &design,
                                 .record = record,
                                 .status = status_of,
                                 .provenance = &provenance};
    return coop_store_write(path, &result, replace);
}

static const char *in_directory(const char *name)
{
    static char path[2][256];
    static int turn;
    turn = !turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", directory, name);
    return path[turn];
}

static hid_t open_result(void)
{
    const char *path = in_directory("out.h5");
    assert_int_equal(write_result(path, &model, false), COOP_OK);
    hid_t file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
    assert_true(file >= 0);
    return file;
}

static void close_result(hid_t file)
{
    assert_true(H5Fclose(file) >= 0);
    assert_int_equal(H5Fget_obj_count((hid_t)H5F_OBJ_ALL, H5F_OBJ_ALL), 0);
    unlink(in_directory("out.h5"));
}

/* Reads a whole variable and checks its shape, given as "4x3". */
static void read_variable(hid_t file, const char *name, const char *shape, hid_t type, void *ret)
{
    char found[64] = "";
    hsize_t size[4] = {0};
    hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT), space = H5Dget_space(dataset);
    assert_true(dataset >= 0 && space >= 0);
    int rank = H5Sget_simple_extent_dims(space, size, NULL);
    for (int axis = 0; axis < rank; axis++)
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%d", axis > 0 ? "x" : "",
                 (int)size[axis]);
    assert_string_equal(found, shape);
    assert_true(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, ret) >= 0);
    H5Sclose(space);
    H5Dclose(dataset);
}

static void read_texts(hid_t file, const char *name, const char *shape, size_t count,
                       const char *const *expected)
{
    char *text[16];
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    read_variable(file, name, shape, type, text);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(text[i], expected[i]);
        H5free_memory(text[i]);
    }
    H5Tclose(type);
}

static void assert_text_attribute(hid_t file, const char *object, const char *name,
                                  const char *expected)
{
    char text[512] = "";
    hid_t attribute = H5Aopen_by_name(file, object, name, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(attribute >= 0);
    hid_t type = H5Aget_type(attribute);
    assert_true(H5Tget_size(type) < sizeof text);
    assert_true(H5Aread(attribute, type, text) >= 0);
    assert_string_equal(text, expected);
    H5Tclose(type);
    H5Aclose(attribute);
}

static double number_attribute(hid_t file, const char *object, const char *name)
{
    double number[8] = {0};
    hid_t attribute = H5Aopen_by_name(file, object, name, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(attribute >= 0);
    assert_true(H5Aread(attribute, H5T_NATIVE_DOUBLE, number) >= 0);
    H5Aclose(attribute);
    return number[0];
}

static bool has_attribute(hid_t file, const char *object, const char *name)
{
    return H5Aexists_by_name(file, object, name, H5P_DEFAULT) > 0;
}

static void test_runs(void **state)
{
    (void)state;
    int64_t number[RUNS];
    int8_t ended[RUNS];
    hid_t file = open_result();
    read_texts(file, "case", "4", 4,
               (const char *const[]){"base", "base", "rotation", "rotation"});
    read_texts(file, "twin", "4", 4, (const char *const[]){"", "exposure", "", "exposure"});
    read_texts(file, "state_hash", "4", 4,
               (const char *const[]){"fedcba9876543210", "fedcba9876543211", "fedcba9876543212",
                                     ""});
    read_variable(file, "point", "4", H5T_NATIVE_INT64, number);
    assert_memory_equal(number, ((int64_t[]){0, 0, 1, 1}), sizeof number);
    read_variable(file, "self", "4", H5T_NATIVE_INT64, number);
    assert_memory_equal(number, ((int64_t[]){0, 0, 2, 2}), sizeof number);
    read_variable(file, "run", "4", H5T_NATIVE_INT64, number);
    assert_memory_equal(number, ((int64_t[]){0, 1, 2, 3}), sizeof number);
    read_variable(file, "time", "3", H5T_NATIVE_INT64, number);
    assert_memory_equal(number, ((int64_t[]){0, 52, 104}), 3 * sizeof *number);
    assert_text_attribute(file, "time", "units", "week");
    read_variable(file, "status", "4", H5T_NATIVE_INT8, ended);
    assert_memory_equal(ended, ((int8_t[]){0, 0, 0, 1}), sizeof ended);
    assert_text_attribute(file, "status", "flag_meanings", "done failed stopped");
    assert_text_attribute(file, ".", "Conventions", "CF-1.8");
    assert_text_attribute(file, ".", "title", "Runs of the model village: A village of workshops.");
    close_result(file);
}

static void test_params(void **state)
{
    (void)state;
    int64_t seed[RUNS];
    int8_t choice[RUNS];
    double real[RUNS], share[RUNS][3];
    hid_t file = open_result();
    read_variable(file, "p_run.seed", "4", H5T_NATIVE_INT64, seed);
    assert_true(seed[0] == 9007199254740991 && seed[3] == 9007199254740991);
    read_variable(file, "p_arrows.twin", "4", H5T_NATIVE_INT8, choice);
    assert_memory_equal(choice, ((int8_t[]){0, 1, 0, 1}), sizeof choice);
    assert_text_attribute(file, "p_arrows.twin", "flag_meanings", "none exposure voiceless");
    assert_text_attribute(file, "p_arrows.twin", "neutral_value", "none");
    read_variable(file, "p_rotation.on", "4", H5T_NATIVE_INT8, choice);
    assert_memory_equal(choice, ((int8_t[]){0, 0, 1, 1}), sizeof choice);
    read_variable(file, "p_voice.know", "4", H5T_NATIVE_DOUBLE, real);
    assert_true(real[0] == 9 && real[3] == 9);
    assert_text_attribute(file, "p_voice.know", "units", "logit");
    assert_text_attribute(file, "p_voice.know", "long_name", "Weight of know-how in voice.");
    assert_true(number_attribute(file, "p_voice.know", "valid_max") == 100);
    assert_true(number_attribute(file, "p_voice.know", "neutral_value") == 0);
    read_variable(file, "p_market.pressure", "4", H5T_NATIVE_DOUBLE, real);
    assert_true(isnan(real[0]) && isnan(real[1]) && real[2] == 0.1);
    assert_false(has_attribute(file, "p_market.pressure", "valid_max"));
    assert_text_attribute(file, "p_market.pressure", "neutral_value", "unset");
    read_variable(file, "p_tasks.share", "4x3", H5T_NATIVE_DOUBLE, share);
    assert_true(share[0][1] == 0.75 && isnan(share[0][2]) && share[2][2] == 0.7);
    read_texts(file, "p_tasks.name", "4x3", 12,
               (const char *const[]){"coordination", "craft", "", "coordination", "craft", "", "a",
                                     "b", "c", "a", "b", "c"});
    close_result(file);
}

static void test_measures(void **state)
{
    (void)state;
    double value[RUNS][3], final[RUNS];
    float by[RUNS][3][2];
    int64_t size[RUNS][2];
    hid_t file = open_result();
    read_variable(file, "income", "4x3", H5T_NATIVE_DOUBLE, value);
    for (size_t t = 0; t < 3; t++)
        assert_true(value[1][t] == 0.25 + 0.03125 * (double)(3 + t) && isnan(value[3][t]));
    assert_true(value[2][1] == 0.5 + 0.03125 * 3 && isnan(value[2][2]));
    read_variable(file, "voice_gini_sd", "4x3", H5T_NATIVE_DOUBLE, value);
    assert_true(value[0][0] == 0.5 && isnan(value[2][2]));
    read_variable(file, "income_final", "4", H5T_NATIVE_DOUBLE, final);
    assert_true(final[0] == 0.5 && isnan(final[3]));
    read_variable(file, "income_final_error", "4", H5T_NATIVE_DOUBLE, final);
    assert_true(isnan(final[0]));
    read_variable(file, "income_by_organisation", "4x3x2", H5T_NATIVE_FLOAT, by);
    assert_true(by[0][0][0] == 0.03125f * 6 && by[0][2][1] == 0.03125f * 11);
    assert_true(by[2][0][0] == 0.03125f * 2 && by[2][1][0] == 0.03125f * 3);
    assert_true(isnan(by[2][1][1]) && isnan(by[2][2][0]));
    read_variable(file, "size_by_organisation", "4x2", H5T_NATIVE_INT64, size);
    assert_memory_equal(size, ((int64_t[RUNS][2]){{5, 6}, {5, 6}, {5, -1}, {-1, -1}}), sizeof size);
    assert_true(H5Lexists(file, "joint", H5P_DEFAULT) > 0);
    assert_false(H5Lexists(file, "joint_by_organisation", H5P_DEFAULT) > 0);
    assert_text_attribute(file, "voice_gini", "formula", measures[0].formula);
    assert_text_attribute(file, "income", "units", "euro");
    assert_true(number_attribute(file, "voice_gini", "valid_max") == 1);
    assert_true(number_attribute(file, "voice_gini", "neutral_value") == 0);
    assert_false(has_attribute(file, "income", "valid_min"));
    assert_true(isnan(number_attribute(file, "income", "_FillValue")));
    close_result(file);
}

static void test_panel(void **state)
{
    (void)state;
    float skill[RUNS][3][WORKERS][2];
    int64_t tenure[RUNS][3][WORKERS], label[RUNS][WORKERS];
    hid_t file = open_result();
    read_variable(file, "workers/skill", "4x3x3x2", H5T_NATIVE_FLOAT, skill);
    assert_true(skill[0][2][1][0] == 7 && skill[0][2][1][1] == 107 && isnan(skill[2][2][0][0]));
    read_variable(file, "workers/tenure", "4x3x3", H5T_NATIVE_INT64, tenure);
    assert_true(tenure[1][1][0] == 4000000003 && tenure[3][0][0] == -1);
    assert_text_attribute(file, "workers/tenure", "units", "week");
    read_variable(file, "workers/label", "4x3", H5T_NATIVE_INT64, label);
    assert_true(label[0][2] == 12 && label[3][0] == -1);
    read_variable(file, "workers/organisation", "4x3", H5T_NATIVE_INT64, label);
    assert_true(label[0][2] == 1);
    close_result(file);
}

static void test_provenance(void **state)
{
    (void)state;
    hid_t file = open_result();
    read_texts(file, "provenance/config_text", "", 1, (const char *const[]){yaml});
    read_texts(file, "provenance/settings", "", 1, (const char *const[]){"voice.know=9\n"});
    read_texts(file, "provenance/resolved_config", "", 1,
               (const char *const[]){provenance.resolved_config});
    read_texts(file, "provenance/version", "", 1, (const char *const[]){provenance.version});
    assert_non_null(strstr(provenance.libraries, "HDF5 1."));
    assert_non_null(strstr(provenance.libraries, ", GSL "));
    assert_non_null(strstr(provenance.libraries, ", libyaml 0."));
    close_result(file);
}

/* The resolved configuration must give the same runs, now and without the --set's. */
static void test_resolved_config_gives_the_same_runs(void **state)
{
    (void)state;
    struct coop_problems problems = {0};
    struct coop_config again = {0};
    struct coop_design same = {0};
    const char *text = provenance.resolved_config;
    if (coop_config_parse(&again, "resolved", text, strlen(text), &problems) != COOP_OK ||
        coop_design_init(&same, &again, tables, 1, model.twin, &problems) != COOP_OK)
        fail_msg("%s in:\n%s", problems.count > 0 ? problems.item[0].text : "failed", text);
    assert_string_equal(again.title, "Who: speaks?");
    assert_int_equal(same.runs, design.runs);
    for (size_t run = 0; run < same.runs; run++) {
        assert_string_equal(same.run[run].name, design.run[run].name);
        assert_true(coop_param_hash(&same.run[run].set) == coop_param_hash(&design.run[run].set));
    }
    coop_design_free(&same);
    coop_config_free(&again);
    coop_problems_free(&problems);
}

struct walk {
    hid_t file;
    size_t variables;
    char error[256];
};

static void check_variable(struct walk *walk, const char *name, hid_t dataset)
{
    hid_t space = H5Dget_space(dataset), type = H5Dget_type(dataset),
          properties = H5Dget_create_plist(dataset);
    int rank = H5Sget_simple_extent_ndims(space);
    unsigned order = 0;
    bool is_text = H5Tget_class(type) == H5T_STRING;
    bool is_scale = has_attribute(walk->file, name, "CLASS");
    H5Pget_attr_creation_order(properties, &order);
    if (H5Tget_class(type) == H5T_ENUM || (H5Tget_class(type) == H5T_INTEGER &&
                                           H5Tget_sign(type) == H5T_SGN_NONE))
        snprintf(walk->error, sizeof walk->error, "%s has a type that R lacks", name);
    if (order != (H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED))
        snprintf(walk->error, sizeof walk->error, "%s keeps no order", name);
    if (rank > 0 && !is_scale && !has_attribute(walk->file, name, "DIMENSION_LIST"))
        snprintf(walk->error, sizeof walk->error, "%s has no scales", name);
    if (rank > 0 && !is_text && H5Pget_nfilters(properties) != 3)
        snprintf(walk->error, sizeof walk->error, "%s has no three filters", name);
    if (!has_attribute(walk->file, name, "long_name") ||
        has_attribute(walk->file, name, "units") == is_text)
        snprintf(walk->error, sizeof walk->error, "%s is not described", name);
    walk->variables++;
    H5Sclose(space);
    H5Tclose(type);
    H5Pclose(properties);
}

static herr_t visit(hid_t file, const char *name, const H5O_info_t *info, void *context)
{
    struct walk *walk = context;
    if (info->mtime != 0 || info->ctime != 0)
        snprintf(walk->error, sizeof walk->error, "%s has a time", name);
    if (info->type == H5O_TYPE_DATASET) {
        hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT);
        check_variable(walk, name, dataset);
        H5Dclose(dataset);
    }
    return 0;
}

static void test_every_variable_follows_the_conventions(void **state)
{
    (void)state;
    hid_t file = open_result();
    struct walk walk = {.file = file};
    assert_true(H5Ovisit1(file, H5_INDEX_CRT_ORDER, H5_ITER_INC, visit, &walk) >= 0);
    assert_string_equal(walk.error, "");
    assert_int_equal(walk.variables, 3 + 7 + 7 + 1 + 3 * 4 + 2 + 1 + 3 + 3 + 8);
    close_result(file);
}

static char *read_file(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *ret_size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*ret_size);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *ret_size, file), *ret_size);
    fclose(file);
    unlink(path);
    return bytes;
}

static void test_equal_results_give_equal_bytes(void **state)
{
    size_t size[2];
    char *bytes[2];
    for (int i = 0; i < 2; i++) {
        const char *path = in_directory(i == 0 ? "first.h5" : "second.h5");
        /* Everything anew, and a missing value that another compiler might have made. */
        free_result(state);
        assert_int_equal(make_result(state), 0);
        record[1].final_error[0] = i == 0 ? NAN : -NAN;
        assert_int_equal(write_result(path, &model, false), COOP_OK);
        bytes[i] = read_file(path, &size[i]);
    }
    assert_int_equal(size[0], size[1]);
    assert_memory_equal(bytes[0], bytes[1], size[0]);
    free(bytes[0]);
    free(bytes[1]);
}

static void test_different_weeks_are_refused(void **state)
{
    (void)state;
    const char *path = in_directory("out.h5");
    record[2].week[1] = 51;
    assert_int_equal(write_result(path, &model, false), COOP_USAGE);
    record[2].week[1] = 52;
    assert_non_null(strstr(coop_status_message(), "runs `base` and `rotation` record different "
                                                  "weeks (record 2 is after week 52 in one, "
                                                  "after week 51 in the other)"));
    assert_true(access(path, F_OK) != 0);
}

/* HDF5 counts open files, groups and datasets only. It numbers the other objects upwards, so that
 * what was left open lies between two made before and after. */
struct probe {
    hid_t space, type, properties;
};

static struct probe make_probe(void)
{
    return (struct probe){H5Screate(H5S_SCALAR), H5Tcopy(H5T_C_S1),
                          H5Pcreate(H5P_DATASET_CREATE)};
}

static size_t count_open(hid_t first, hid_t last)
{
    size_t open = 0;
    assert_true(first > 0 && last > first);
    for (hid_t id = first + 1; id < last; id++)
        open += H5Iis_valid(id) > 0;
    return open;
}

static void assert_nothing_open_since(struct probe before)
{
    struct probe after = make_probe();
    assert_int_equal(count_open(before.space, after.space), 0);
    assert_int_equal(count_open(before.type, after.type), 0);
    assert_int_equal(count_open(before.properties, after.properties), 0);
    H5Sclose(before.space);
    H5Sclose(after.space);
    H5Tclose(before.type);
    H5Tclose(after.type);
    H5Pclose(before.properties);
    H5Pclose(after.properties);
    assert_int_equal(H5Fget_obj_count((hid_t)H5F_OBJ_ALL, H5F_OBJ_ALL), 0);
}

static void test_existing_file_is_refused(void **state)
{
    (void)state;
    const char *path = in_directory("out.h5");
    struct probe before = make_probe();
    assert_int_equal(write_result(path, &model, false), COOP_OK);
    assert_int_equal(write_result(path, &model, false), COOP_CANNOT_CREATE);
    assert_int_equal(write_result(path, &model, true), COOP_OK);
    unlink(path);
    assert_nothing_open_since(before);
}

/* HDF5's own words, nothing on stderr, no object left open, and the caller's setting kept. */
static void test_failure_of_hdf5_is_told(void **state)
{
    (void)state;
    char printed[64];
    struct coop_model clashing = model;
    clashing.observers = bad_observers;
    const char *path = in_directory("out.h5");
    struct probe before = make_probe();
    FILE *log = tmpfile();
    int standard_error = dup(STDERR_FILENO);
    dup2(fileno(log), STDERR_FILENO);
    enum coop_status status = write_result(path, &clashing, false);
    dup2(standard_error, STDERR_FILENO);
    close(standard_error);
    assert_int_equal(status, COOP_INTERNAL);
    assert_string_equal(coop_status_message(),
                        "HDF5 cannot create `status`: name already exists");
    rewind(log);
    assert_int_equal(fread(printed, 1, sizeof printed, log), 0);
    fclose(log);
    assert_true(access(path, F_OK) != 0);
    assert_nothing_open_since(before);
    H5E_auto2_t print = NULL;
    H5Eget_auto2(H5E_DEFAULT, &print, NULL);
    assert_true(print != NULL);
}

struct shape {
    size_t runs, times, organisations;
};

static float cell_value(size_t run, size_t cell)
{
    return (float)(run * 7919 + cell % 104729);
}

static void fill_cells(const void *context, size_t run, void *ret_row)
{
    const struct shape *shape = context;
    for (size_t i = 0; i < shape->times * shape->organisations; i++)
        ((float *)ret_row)[i] = cell_value(run, i);
}

static void write_shape(const char *path, const struct shape *shape)
{
    struct coop_h5_file file;
    void *bytes = NULL;
    size_t size = 0;
    assert_int_equal(coop_h5_file_open(&file), COOP_OK);
    struct coop_h5_variable variable = {
        .place = file.id,
        .name = "cells",
        .type = COOP_H5_F32,
        .rank = 3,
        .axis = {{0, shape->runs}, {0, shape->times}, {0, shape->organisations}},
        .fill_row = fill_cells,
        .context = shape};
    assert_int_equal(coop_h5_write(&variable), COOP_OK);
    assert_int_equal(coop_h5_file_close(&file, &bytes, &size), COOP_OK);
    assert_int_equal(coop_seal_write(path, bytes, size, false), COOP_OK);
    free(bytes);
}

/* More runs than a chunk has, and a run that needs more than one chunk. */
static void test_many_chunks(void **state)
{
    (void)state;
    static const struct shape shapes[] = {{150, 10, 20}, {3, 70, 4300}};
    static const char *const text[] = {"150x10x20", "3x70x4300"};
    for (size_t s = 0; s < 2; s++) {
        size_t cells = shapes[s].times * shapes[s].organisations, wrong = 0;
        float *value = filled(shapes[s].runs * cells, sizeof *value);
        write_shape(in_directory("out.h5"), &shapes[s]);
        hid_t file = H5Fopen(in_directory("out.h5"), H5F_ACC_RDONLY, H5P_DEFAULT);
        read_variable(file, "cells", text[s], H5T_NATIVE_FLOAT, value);
        for (size_t i = 0; i < shapes[s].runs * cells; i++)
            wrong += value[i] != cell_value(i / cells, i % cells);
        assert_int_equal(wrong, 0);
        free(value);
        close_result(file);
    }
}

/* Without one finished run there is still a file that says so. */
static void test_no_run_finished(void **state)
{
    (void)state;
    struct coop_record kept[RUNS];
    const char *path = in_directory("out.h5");
    memcpy(kept, record, sizeof kept);
    memset(record, 0, sizeof record);
    assert_int_equal(write_result(path, &model, false), COOP_OK);
    memcpy(record, kept, sizeof kept);
    hid_t file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
    double final[RUNS];
    read_variable(file, "income", "4x0", H5T_NATIVE_DOUBLE, final);
    read_variable(file, "income_final", "4", H5T_NATIVE_DOUBLE, final);
    assert_true(isnan(final[0]));
    assert_false(H5Lexists(file, "workers", H5P_DEFAULT) > 0);
    assert_false(H5Lexists(file, "organisation", H5P_DEFAULT) > 0);
    close_result(file);
}

int main(int arguments, char **argument)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_runs),
        cmocka_unit_test(test_params),
        cmocka_unit_test(test_measures),
        cmocka_unit_test(test_panel),
        cmocka_unit_test(test_provenance),
        cmocka_unit_test(test_resolved_config_gives_the_same_runs),
        cmocka_unit_test(test_every_variable_follows_the_conventions),
        cmocka_unit_test(test_equal_results_give_equal_bytes),
        cmocka_unit_test(test_different_weeks_are_refused),
        cmocka_unit_test(test_existing_file_is_refused),
        cmocka_unit_test(test_failure_of_hdf5_is_told),
        cmocka_unit_test(test_no_run_finished),
        cmocka_unit_test(test_many_chunks),
    };
    if (arguments < 2)
        return cmocka_run_group_tests(tests, make_all, free_all);
    bool failed = make_result(NULL) != 0 || write_result(argument[1], &model, true) != COOP_OK;
    if (failed)
        fprintf(stderr, "%s\n", coop_status_message());
    free_result(NULL);
    return failed;
}
