/* coopsim - GPL-3.0-or-later
 *
 * Configurations: what is read, and that every error is found, at its line and column. The
 * expected errors are written as they are printed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "sim/param/config.h"
#include "tests/unit/rows.h"

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

/* All problems as they are printed, of parsing and of applying the common and the cases' values
 * to the defaults. To be freed. */
static char *problems_of(const char *text, size_t length, const char *setting)
{
    struct coop_config config;
    struct coop_problems problems = {0};
    struct coop_param_set set;
    char *printed = NULL;
    size_t size = 0;
    const enum coop_status status = coop_config_parse(&config, "x.yaml", text, length, &problems);
    assert_int_equal(status, problems.count > 0 ? COOP_USAGE : COOP_OK);
    assert_true(config.cases > 0);
    assert_int_equal(coop_param_init(&set, rows_tables, ROWS_TABLES), COOP_OK);
    if (setting)
        coop_config_set(&config, setting, &problems);
    coop_config_apply(&config.common, &set, &problems);
    for (size_t c = 0; c < config.cases; c++)
        coop_config_apply(&config.item[c].set, &set, &problems);
    coop_config_apply(&config.override, &set, &problems);
    coop_param_free(&set);
    coop_config_free(&config);
    coop_problems_sort(&problems);
    FILE *stream = open_memstream(&printed, &size);
    coop_problems_print(&problems, stream);
    fclose(stream);
    coop_problems_free(&problems);
    return printed;
}

static void assert_problems(const char *text, const char *expected)
{
    char *printed = problems_of(text, strlen(text), NULL);
    assert_string_equal(printed, expected);
    free(printed);
}

/* One problem that begins with `start`. */
static void assert_problem_starts(const char *text, size_t length, const char *start)
{
    char *printed = problems_of(text, length, NULL);
    if (strncmp(printed, start, strlen(start)) != 0 || strchr(printed, '\n')[1] != '\0')
        fail_msg("'%s' is not one problem '%s'", printed, start);
    free(printed);
}

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

static void all_errors_are_found_at_once(void **state)
{
    (void)state;
    assert_problems(
        "titel: x\n"
        "voice:\n"
        "  know: 30\n"
        "  knwo: 3\n"
        "rotaton:\n"
        "  on: true\n"
        "  weeks: 3\n"
        "rotation.weeks: 2.5\n"
        "tasks.hours: [1, x, 2, -3]\n"
        "cases:\n"
        "  - name: a\n"
        "    set: {voice.skill: .nan}\n",
        "x.yaml:1:1: error: unknown key 'titel' - did you mean 'title'?\n"
        "x.yaml:3:9: error: 'voice.know' cannot be '30': above 20 - give a number from 0 to 20 "
        "(logit)\n"
        "x.yaml:4:3: error: unknown key 'knwo' in 'voice' - did you mean 'know'?\n"
        "x.yaml:5:1: error: unknown group 'rotaton' - did you mean 'rotation'?\n"
        "x.yaml:8:17: error: 'rotation.weeks' cannot be '2.5': not a whole number - give a whole "
        "number from 1 to 9007199254740992 (week)\n"
        "x.yaml:9:18: error: 'tasks.hours' cannot hold 'x' as element 2: not a number - give a "
        "list of 1 to 4 numbers, each from 0 to 1000 (hour)\n"
        "x.yaml:9:24: error: 'tasks.hours' cannot hold '-3' as element 4: below 0 - give a list "
        "of 1 to 4 numbers, each from 0 to 1000 (hour)\n"
        "x.yaml:12:24: error: 'voice.skill' cannot be '.nan': not finite - give a number from -20 "
        "to 20\n");
}

static void unknown_names_get_the_nearest(void **state)
{
    (void)state;
    assert_problems("rotaton.on: 1", "x.yaml:1:1: error: unknown group 'rotaton' - did you mean "
                                     "'rotation'?\n");
    assert_problems("voice: {weeks: 1}", "x.yaml:1:9: error: unknown key 'weeks' in 'voice' - did "
                                         "you mean 'rotation.weeks'?\n");
    assert_problems("abcdefg.weeks: 1", "x.yaml:1:1: error: unknown group 'abcdefg' - did you mean "
                                        "'rotation.weeks'?\n");
    assert_problems("abcdefg.hijk: 1", "x.yaml:1:1: error: unknown group 'abcdefg' - 'coopsim "
                                       "params' lists all parameters\n");
    assert_problems("twin: [exposure]", "x.yaml:1:1: error: unknown key 'twin' - did you mean "
                                        "'twins'?\n");
    assert_problems("know: 3", "x.yaml:1:1: error: unknown key 'know' - a parameter is written "
                               "'group.parameter: value', or as a key below its group\n");
    assert_problems("cases: [{name: a, set: {know: 3}}]",
                    "x.yaml:1:25: error: unknown key 'know' - did you mean 'voice.know'?\n");
    assert_problems("cases: [{name: a, set: {voice: 3}}]",
                    "x.yaml:1:25: error: 'voice' is a group - set the parameters in it\n");
    assert_problems("\"a\xc3\xa9\\e[31m\": 1", "x.yaml:1:1: error: a control character in a text\n");
}

static void duplicates_name_the_first_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *place, *key, *first;
    } row[] = {
        {"voice.know: 1\nvoice.know: 2", "2:1", "key 'voice.know'", "1:1"},
        {"voice.know: 1\nvoice: {know: 2}", "2:9", "key 'voice.know'", "1:1"},
        {"voice: {know: 1}\nvoice.know: 2", "2:1", "key 'voice.know'", "1:9"},
        {"voice: {know: 1, know: 1}", "1:18", "key 'voice.know'", "1:9"},
        {"voice: {know: 1}\nvoice: {skill: 1}", "2:1", "key 'voice'", "1:1"},
        {"title: a\ntitle: b", "2:1", "key 'title'", "1:1"},
        {"cases: [{name: a, set: {voice.know: 1, voice: {know: 2}}}]", "1:48", "key 'voice.know'",
         "1:25"},
        {"cases: [{name: a, name: b}]", "1:19", "key 'name'", "1:10"},
        {"twins: [exposure, exposure]", "1:19", "twin 'exposure'", "1:9"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        char expected[256];
        snprintf(expected, sizeof expected,
                 "x.yaml:%s: error: duplicate %s, first at x.yaml:%s - keep one of the two\n",
                 row[i].place, row[i].key, row[i].first);
        assert_problems(row[i].text, expected);
    }
}

static void what_is_no_configuration_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *start;
    } row[] = {
        {"", "x.yaml: error: the configuration is empty"},
        {"# only a comment\n\n", "x.yaml: error: the configuration is empty"},
        {"---\n", "x.yaml: error: the configuration is empty"},
        {"[a]", "x.yaml:1:1: error: the top level is a list, not a mapping"},
        {"\n word", "x.yaml:2:2: error: the top level is a text, not a mapping"},
        {"voice.know: 1\n---\nvoice.skill: 1", "x.yaml:2:1: error: a second YAML document"},
        {"voice.know: &a 1", "x.yaml:1:13: error: anchor '&a': anchors are not allowed"},
        {"voice.know: *a", "x.yaml:1:13: error: alias '*a': aliases are not allowed"},
        {"voice.know: !!int 1", "x.yaml:1:13: error: tag 'int': tags are not allowed"},
        {"voice: !x {know: 1}", "x.yaml:1:8: error: tag '!x': tags are not allowed"},
        {"? [a]\n: 1", "x.yaml:1:3: error: a key must be a word"},
        {"voice.know:", "x.yaml:1:12: error: 'voice.know' has no value"},
        {"voice.know: {a: 1}", "x.yaml:1:13: error: 'voice.know' takes a value, not a mapping"},
        {"voice: {know: {a: 1}}", "x.yaml:1:15: error: 'voice.know' takes a value, not a mapping"},
        {"voice: [1]", "x.yaml:1:1: error: unknown key 'voice'"},
        {"voice.know: [1]", "x.yaml:1:13: error: 'voice.know' cannot be '[1]': a list"},
        {"tasks.hours: []", "x.yaml:1:14: error: 'tasks.hours' cannot be '[]': an empty list"},
        {"tasks.hours: [1, [2]]", "x.yaml:1:18: error: a list inside a list"},
        {"tasks.hours: [1, {a: 2}]", "x.yaml:1:18: error: a mapping inside a list"},
        {"tasks.hours: [1, '']", "x.yaml:1:18: error: an empty element"},
        {"tasks.name: [a, 'b, c']", "x.yaml:1:17: error: an element of a list with a comma"},
        {"title: [a]", "x.yaml:1:8: error: 'title' takes a text, not a list"},
        {"model:", "x.yaml:1:7: error: 'model' has no value"},
        {"a: b: c", "x.yaml:1:5: error: invalid YAML: mapping values are not allowed"},
        {"a:\n\tb: 1", "x.yaml:2:1: error: invalid YAML: found character that cannot start"},
        {"a: [1", "x.yaml:1:6: error: invalid YAML: did not find expected ',' or ']'"},
        {"title: \"\\0\"", "x.yaml:1:8: error: a NUL byte in a text"},
        {"title: \"\\x9b\"", "x.yaml:1:8: error: a control character in a text"},
        {"title: \xc3\xa9\xff", "x.yaml:1:9: error: a byte that is not UTF-8"},
        {"title: \xed\xa0\x80", "x.yaml:1:8: error: a byte that is not UTF-8"},
        {"title: a\n\033[31m", "x.yaml:2:1: error: a control character"},
        {"cases: x", "x.yaml:1:8: error: 'cases' takes a list"},
        {"cases: []", "x.yaml:1:8: error: 'cases' takes a list"},
        {"cases: [x]", "x.yaml:1:9: error: a case is a mapping"},
        {"cases: [{set: {}}]", "x.yaml:1:9: error: a case without a name"},
        {"cases: [{name: A}]", "x.yaml:1:16: error: the case's 'name' may hold a-z"},
        {"cases: [{name: [a]}]", "x.yaml:1:16: error: the case's 'name' takes one word"},
        {"cases: [{name: ''}]", "x.yaml:1:16: error: the case's 'name' has no value"},
        {"cases: [{name: a, set: 3}]", "x.yaml:1:24: error: 'set' takes a mapping"},
        {"cases: [{name: a, sett: {}}]", "x.yaml:1:19: error: unknown key 'sett' in a case - did"},
        {"cases: [{name: a}, {name: a}]", "x.yaml:1:27: error: a second case is named 'a', first "
                                          "at x.yaml:1:16"},
        {"twins: exposure", "x.yaml:1:8: error: 'twins' takes a list"},
        {"twins: [[a]]", "x.yaml:1:9: error: a twin is one word"},
        {"voice.know: \"\\n\\ta\"", "x.yaml:1:13: error: 'voice.know' cannot be '\\n\\ta': not a"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        assert_problem_starts(row[i].text, strlen(row[i].text), row[i].start);
    assert_problem_starts("title: a\0b", 10, "x.yaml:1:9: error: a NUL byte");
}

/* Within milliseconds, also where libyaml would take time with the square of the depth. */
static void hostile_sizes_are_refused_fast(void **state)
{
    (void)state;
    enum { MANY = 20000, ROOM = 80000 };
    static const struct {
        const char *piece, *start;
    } row[] = {{"[", "x.yaml:1:17: error: nested deeper than 16 levels"},
               {"{a: ", "x.yaml: error: larger than 64 KiB"},
               {"- ", "x.yaml:1:33: error: nested deeper than 16 levels"},
               {"? ", "x.yaml:1:33: error: nested deeper than 16 levels"},
               {"{[", "x.yaml:1:17: error: nested deeper than 16 levels"}};
    char *text = malloc(ROOM + 1);
    const clock_t begin = clock();
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const size_t length = strlen(row[i].piece);
        for (size_t k = 0; k < MANY; k++)
            memcpy(text + k * length, row[i].piece, length);
        assert_problem_starts(text, MANY * length, row[i].start);
    }
    memset(text, 'a', ROOM);
    memcpy(text, "[a", 2);
    for (size_t k = 2; k + 1 < MANY; k += 2)
        text[k] = ',';
    text[MANY] = ']';
    assert_problem_starts(text, MANY + 1, "x.yaml:1:1: error: more than 4096 items");
    assert_true((double)(clock() - begin) / CLOCKS_PER_SEC < 1);
    free(text);
}

static void sixteen_levels_are_read(void **state)
{
    (void)state;
    assert_problem_starts("a.b: [[[[[[[[[[[[[[[]]]]]]]]]]]]]]]", 35,
                          "x.yaml:1:7: error: a list inside a list");
    assert_problem_starts("a.b: [[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", 37,
                          "x.yaml:1:21: error: nested deeper than 16 levels");
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
        cmocka_unit_test(all_errors_are_found_at_once),
        cmocka_unit_test(unknown_names_get_the_nearest),
        cmocka_unit_test(duplicates_name_the_first_place),
        cmocka_unit_test(what_is_no_configuration_is_refused),
        cmocka_unit_test(hostile_sizes_are_refused_fast),
        cmocka_unit_test(sixteen_levels_are_read),
        cmocka_unit_test(settings_of_the_command_line_are_their_own_place),
        cmocka_unit_test(later_settings_win),
        cmocka_unit_test(files_are_read),
        cmocka_unit_test(problems_are_sorted_and_named_once),
        cmocka_unit_test(mutated_configurations_do_no_harm),
    };
    return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
