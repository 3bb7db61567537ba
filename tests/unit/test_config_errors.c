/* coopsim - GPL-3.0-or-later
 *
 * Errors of configurations: every one is found, at its line and column, with what may have been
 * meant. The expected errors are written as they are printed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "tests/unit/problems.h"

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
    assert_problems("know: 3", "x.yaml:1:1: error: unknown key 'know' - did you mean "
                               "'voice.know'?\n");
    assert_problems("abcdefg: 3", "x.yaml:1:1: error: unknown key 'abcdefg' - a parameter is "
                                  "written group.parameter\n");
    assert_problems("cases: [{name: a, set: {know: 3}}]",
                    "x.yaml:1:25: error: unknown key 'know' - did you mean 'voice.know'?\n");
    assert_problems("cases: [{name: a, set: {voice: 3}}]",
                    "x.yaml:1:25: error: 'voice' is a group - set the parameters in it\n");
    assert_problems("\"a\xc3\xa9\\e[31m\": 1",
                    "x.yaml:1:1: error: a control character in a text\n");
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
        {"voice: [1]", "x.yaml:1:1: error: 'voice' is a group"},
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
        {"cases: [{name: a}, {name: a}]",
         "x.yaml:1:27: error: a second case is named 'a', first at x.yaml:1:16"},
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_errors_are_found_at_once),
        cmocka_unit_test(unknown_names_get_the_nearest),
        cmocka_unit_test(duplicates_name_the_first_place),
        cmocka_unit_test(what_is_no_configuration_is_refused),
        cmocka_unit_test(hostile_sizes_are_refused_fast),
        cmocka_unit_test(sixteen_levels_are_read),
    };
    return cmocka_run_group_tests_name("config_errors", tests, NULL, NULL);
}
