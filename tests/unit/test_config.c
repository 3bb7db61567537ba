/* coopsim - GPL-3.0-or-later
 *
 * Configurations: what is read and with which places, settings of the command line, files, and
 * that no input does harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/unit/problems.h"

static const char good[] = "# a comment\n"
                           "model: seo\n"
                           "title: \"The glass: factory\"\n"
                           "about: |\n"
                           "  Two\n"
                           "  lines\n"
                           "voice:\n"
                           "  know: 1e1\n"
                           "rotation.on: yes\n"
                           "tasks:\n"
                           "  name: [craft, 'shop floor']\n"
                           "  hours:\n"
                           "    - 1\n"
                           "    - 2.5\n"
                           "cases:\n"
                           "  - name: plain\n"
                           "  - name: rotation_2\n"
                           "    set: {rotation.weeks: 2, voice: {skill: -1}}\n"
                           "twins: [exposure, voiceless]\n";

static void assert_place(struct coop_place place, size_t line, size_t column)
{
    assert_string_equal(place.file, "x.yaml");
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

static void a_configuration_is_read_with_its_places(void **state)
{
    (void)state;
    struct coop_config config;
    struct coop_problems problems = {0};
    coop_config_parse(&config, "x.yaml", good, sizeof good - 1, &problems);
    assert_int_equal(problems.count, 0);
    assert_string_equal(config.text, good);
    assert_string_equal(config.model, "seo");
    assert_place(config.model_place, 2, 8);
    assert_string_equal(config.title, "The glass: factory");
    assert_string_equal(config.about, "Two\nlines\n");
    assert_int_equal(config.common.count, 4);
    assert_string_equal(config.common.item[0].path, "voice.know");
    assert_string_equal(config.common.item[0].text, "1e1");
    assert_place(config.common.item[0].group, 7, 1);
    assert_place(config.common.item[0].key, 8, 3);
    assert_place(config.common.item[0].value, 8, 9);
    assert_string_equal(config.common.item[2].text, "[craft, shop floor]");
    assert_place(config.common.item[2].element[1], 11, 17);
    assert_string_equal(config.common.item[3].text, "[1, 2.5]");
    assert_int_equal(config.common.item[3].elements, 2);
    assert_place(config.common.item[3].element[1], 14, 7);
    assert_int_equal(config.cases, 2);
    assert_string_equal(config.item[1].name, "rotation_2");
    assert_int_equal(config.item[1].set.count, 2);
    assert_string_equal(config.item[1].set.item[1].path, "voice.skill");
    assert_int_equal(config.twins, 2);
    assert_string_equal(config.twin[1], "voiceless");
    assert_place(config.twin_place[1], 19, 19);
    coop_config_free(&config);
    coop_config_free(&config);
}

static void without_cases_there_is_one_named_base(void **state)
{
    (void)state;
    struct coop_config config;
    struct coop_problems problems = {0};
    assert_int_equal(coop_config_parse(&config, "x.yaml", "{}", 2, &problems), COOP_OK);
    assert_int_equal(config.cases, 1);
    assert_string_equal(config.item[0].name, "base");
    assert_string_equal(config.model, "seo");
    assert_string_equal(config.title, "");
    coop_config_free(&config);
}

static void a_good_configuration_has_no_problems(void **state)
{
    (void)state;
    assert_problems(good, "");
    assert_problems("\xef\xbb\xbfvoice.know: 1\r\nvoice.skill: 2\r\n", "");
    assert_problems("%YAML 1.1\n---\nvoice.know: 1\n...\n", "");
    assert_problems("title: caf\xc3\xa9\ntwins: []\n", "");
    assert_problems("{voice: {know: 1}, rotation: {on: off}}", "");
    assert_problems("market.pressure: unset\nvoice.know: \"3\"", "");
}

static void settings_of_the_command_line_are_their_own_place(void **state)
{
    (void)state;
    static const char *const row[][2] = {
        {"voice.know=3", ""},
        {" tasks.name = [a, b=c] ", ""},
        {"voice.know=99", "--set voice.know=99: error: 'voice.know' cannot be '99': above 20 - "
                          "give a number from 0 to 20 (logit)\n"},
        {"voice.knwo=9", "--set voice.knwo=9: error: unknown key 'knwo' in 'voice' - did you mean "
                         "'know'?\n"},
        {"title=9", "--set title=9: error: unknown key 'title' - a parameter is written "
                    "group.parameter\n"},
        {"voice.know", "--set voice.know: error: no '=' in it - write group.parameter=value\n"},
        {" =3", "--set  =3: error: no parameter before the '=' - write group.parameter=value\n"},
        {"a.b= ", "--set a.b= : error: no value after the '=' - write group.parameter=value\n"},
        {"a.b=\xff", "--set a.b=?: error: a byte that is not UTF-8 - write "
                     "group.parameter=value\n"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        char *printed = problems_of("{}", 2, row[i][0]);
        assert_string_equal(printed, row[i][1]);
        free(printed);
    }
}

static void later_settings_win(void **state)
{
    (void)state;
    struct coop_config config = {0};
    struct coop_problems problems = {0};
    struct coop_param_set set;
    assert_int_equal(coop_config_set(&config, "voice.know=3", &problems), COOP_OK);
    assert_int_equal(coop_config_set(&config, "voice.know=4", &problems), COOP_OK);
    assert_int_equal(config.override.item[0].key.line, 0);
    assert_string_equal(config.override.item[0].key.file, "--set");
    assert_int_equal(coop_param_init(&set, rows_tables, ROWS_TABLES), COOP_OK);
    coop_config_apply(&config.override, &set, &problems);
    assert_int_equal(problems.count, 0);
    assert_true(coop_param_real(&set, "voice.know") == 4);
    assert_string_equal(coop_param_place(&set, "voice.know").file, "--set");
    assert_null(coop_param_place(&set, "voice.skill").file);
    coop_param_free(&set);
    coop_config_free(&config);
}

static void files_are_read(void **state)
{
    (void)state;
    char name[] = "/tmp/coopsim-test-config-XXXXXX";
    struct coop_config config;
    struct coop_problems problems = {0};
    const int file = mkstemp(name);
    assert_true(file >= 0);
    assert_int_equal(write(file, good, sizeof good - 1), sizeof good - 1);
    close(file);
    assert_int_equal(coop_config_read(&config, name, &problems), COOP_OK);
    assert_string_equal(config.text, good);
    assert_string_equal(config.file, name);
    coop_config_free(&config);
    unlink(name);
    assert_int_equal(coop_config_read(&config, name, &problems), COOP_USAGE);
    assert_string_equal(problems.item[0].text, "cannot open: No such file or directory");
    coop_config_free(&config);
    assert_string_equal(problems.item[0].place.file, name);
    coop_problems_free(&problems);
    assert_int_equal(coop_config_read(&config, "/tmp", &problems), COOP_USAGE);
    assert_string_equal(problems.item[0].text, "cannot read: Is a directory");
    coop_config_free(&config);
    coop_problems_free(&problems);
}

static void problems_are_sorted_and_named_once(void **state)
{
    (void)state;
    struct coop_problems problems = {0};
    char *printed = NULL;
    size_t size = 0;
    coop_problems_sort(&problems);
    for (int i = 0; i < 5; i++) {
        coop_problems_add(&problems, (struct coop_place){"b", 2, 1}, "x");
        coop_problems_add(&problems, (struct coop_place){"b", 1, 10}, "%d", i % 2);
        coop_problems_add(&problems, (struct coop_place){"b", 1, 9}, "x");
        coop_problems_add(&problems, (struct coop_place){"a", 3, 1}, "x");
        coop_problems_add(&problems, (struct coop_place){0}, "nowhere");
        coop_problems_sort(&problems);
    }
    FILE *stream = open_memstream(&printed, &size);
    coop_problems_print(&problems, stream);
    fclose(stream);
    assert_string_equal(printed, "error: nowhere\na:3:1: error: x\nb:1:9: error: x\n"
                                 "b:1:10: error: 0\nb:1:10: error: 1\nb:2:1: error: x\n");
    free(printed);
    coop_problems_free(&problems);
    coop_problems_free(&problems);
}

/* Bytes replaced, removed, doubled: whatever comes, parsing ends and gives everything back. */
static void mutated_configurations_do_no_harm(void **state)
{
    (void)state;
    static const char spice[] = "{}[]:,-&*!|>'\"%@`#?\n\t .0e\xff\x80\x01";
    char text[2 * sizeof good];
    uint64_t random = 20240229;
    for (int round = 0; round < 2000; round++) {
        size_t length = sizeof good - 1;
        memcpy(text, good, length);
        for (int change = 0; change <= round % 8; change++) {
            random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            const size_t at = (size_t)(random >> 33) % length, kind = (random >> 20) % 4;
            const size_t part = (size_t)(random >> 12) % 20 % (length - at);
            if (kind == 0) {
                memmove(text + at, text + at + part, length - at - part);
                length -= part;
            } else if (kind == 1 && length + part < sizeof text) {
                memmove(text + at + part, text + at, length - at);
                length += part;
            } else {
                text[at] = spice[(random >> 8) % (sizeof spice - 1)];
            }
        }
        free(problems_of(text, length, NULL));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_configuration_is_read_with_its_places),
        cmocka_unit_test(without_cases_there_is_one_named_base),
        cmocka_unit_test(a_good_configuration_has_no_problems),
        cmocka_unit_test(settings_of_the_command_line_are_their_own_place),
        cmocka_unit_test(later_settings_win),
        cmocka_unit_test(files_are_read),
        cmocka_unit_test(problems_are_sorted_and_named_once),
        cmocka_unit_test(mutated_configurations_do_no_harm),
    };
    return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
