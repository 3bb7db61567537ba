/* coopsim - GPL-3.0-or-later
 *
 * The result file, written for a model that exists only here. With a file name as argument the
 * program writes the example there, for the readers of other languages (open_results.py). */
#include "tests/unit/stored.h"

static void test_runs(void **state)
{
    (void)state;
    int64_t number[RUNS];
    int8_t ended[RUNS];
    hid_t file = open_result();
    read_texts(file, "case", "4", 4, (const char *const[]){"base", "base", "rotation", "rotation"});
    read_texts(file, "twin", "4", 4, (const char *const[]){"", "exposure", "", "exposure"});
    read_texts(
        file, "state_hash", "4", 4,
        (const char *const[]){"fedcba9876543210", "fedcba9876543211", "fedcba9876543212", ""});
    read_variable(file, "point", "4", H5T_NATIVE_INT64, number);
    assert_memory_equal(number, ((int64_t[]){0, 0, 0, 0}), sizeof number);
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
    assert_text_attribute(file, ".", "title", "Who: speaks?");
    close_result(file);
}

static void test_params(void **state)
{
    (void)state;
    int64_t seed;
    int8_t choice[RUNS];
    double real[RUNS], share[RUNS][3];
    hid_t file = open_result();
    read_variable(file, "fixed/p_run.seed", "", H5T_NATIVE_INT64, &seed);
    assert_true(seed == 9007199254740991);
    assert_false(H5Lexists(file, "p_run.seed", H5P_DEFAULT) > 0);
    assert_false(H5Lexists(file, "fixed/p_rotation.on", H5P_DEFAULT) > 0);
    read_variable(file, "p_arrows.twin", "4", H5T_NATIVE_INT8, choice);
    assert_memory_equal(choice, ((int8_t[]){0, 1, 0, 1}), sizeof choice);
    assert_text_attribute(file, "p_arrows.twin", "flag_meanings", "none exposure voiceless");
    assert_text_attribute(file, "p_arrows.twin", "neutral_value", "none");
    read_variable(file, "p_rotation.on", "4", H5T_NATIVE_INT8, choice);
    assert_memory_equal(choice, ((int8_t[]){0, 0, 1, 1}), sizeof choice);
    read_variable(file, "fixed/p_voice.know", "", H5T_NATIVE_DOUBLE, real);
    assert_true(real[0] == 9);
    assert_text_attribute(file, "fixed/p_voice.know", "units", "logit");
    assert_text_attribute(file, "fixed/p_voice.know", "long_name", "Weight of know-how in voice.");
    assert_true(number_attribute(file, "fixed/p_voice.know", "valid_max") == 100);
    assert_true(number_attribute(file, "fixed/p_voice.know", "neutral_value") == 0);
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
    read_variable(file, "organisation_size", "4x2", H5T_NATIVE_INT64, size);
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
        assert_string_equal(coop_design_plan(&same, run).name, coop_design_plan(&design, run).name);
        struct coop_script copy;
        assert_int_equal(coop_design_script(&same, run, &copy), COOP_OK);
        assert_true(coop_param_hash(copy.set) == coop_param_hash(script[run].set));
        coop_script_free(&copy);
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
    if (H5Tget_class(type) == H5T_ENUM ||
        (H5Tget_class(type) == H5T_INTEGER && H5Tget_sign(type) == H5T_SGN_NONE))
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
    assert_int_equal(walk.variables, 3 + 7 + 7 + 1 + 3 * 4 + 2 + 1 + 4 + 3 + 8);
    close_result(file);
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
        cmocka_unit_test(test_no_run_finished),
    };
    if (arguments < 2)
        return cmocka_run_group_tests(tests, make_all, free_all);
    bool failed = make_result(NULL) != 0 || write_result(argument[1], &model, true) != COOP_OK;
    if (failed)
        fprintf(stderr, "%s\n", coop_status_message());
    free_result(NULL);
    return failed;
}
