/* coopsim - GPL-3.0-or-later
 *
 * Parameters: defaults, text to value and back to the same bits, refusals that leave the value
 * alone, copies, hash, the nearest word. Laws are stated over all rows. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/rows.h"

static int take_defaults(void **state)
{
    *state = calloc(1, sizeof(struct coop_param_set));
    return *state ? (int)coop_param_init(*state, rows_tables, ROWS_TABLES) : -1;
}

static int give_back(void **state)
{
    coop_param_free(*state);
    coop_param_free(*state);
    free(*state);
    return 0;
}

static const struct voice_params *voice(const struct coop_param_set *set)
{
    return coop_param_values(set, 0);
}

static const struct market_params *market(const struct coop_param_set *set)
{
    return coop_param_values(set, 1);
}

static void assert_format(const struct coop_param_set *set, const char *name, const char *expected)
{
    char text[128];
    assert_int_equal(coop_param_format(set, name, text, sizeof text), strlen(expected));
    assert_string_equal(text, expected);
}

static void assert_set(struct coop_param_set *set, const char *name, const char *text,
                       const char *expected)
{
    if (coop_param_set_text(set, name, text, "--set") != COOP_OK)
        fail_msg("%s", coop_status_message());
    assert_format(set, name, expected);
}

/* The message must say all of `part`; the value must stay as it is. */
static void assert_refused(struct coop_param_set *set, const char *name, const char *text,
                           const char *part)
{
    const uint64_t before = coop_param_hash(set);
    assert_int_equal(coop_param_set_text(set, name, text, "--set"), COOP_USAGE);
    if (!strstr(coop_status_message(), part))
        fail_msg("'%s' lacks '%s'", coop_status_message(), part);
    assert_true(coop_param_hash(set) == before);
}

static void defaults_are_those_of_the_rows(void **state)
{
    const struct coop_param_set *set = *state;
    assert_true(voice(set)->know == 8 && voice(set)->skill == 0.3 && voice(set)->weeks == 4);
    assert_true(voice(set)->on == 0 && voice(set)->twin == 0 && market(set)->open == 1);
    assert_true(isnan(market(set)->pressure));
    assert_int_equal(market(set)->hours.count, 3);
    assert_true(market(set)->hours.value[1] == .2);
    assert_string_equal(market(set)->name.text[1], "shop floor");
    assert_int_equal((uintptr_t)market(set) % 16, 0);
    assert_null(coop_param_origin(set, "voice.know"));
}

static void every_value_reads_back(void **state)
{
    struct coop_param_set *set = *state;
    const uint64_t hash = coop_param_hash(set);
    for (size_t t = 0; t < set->tables; t++)
        for (size_t r = 0; r < set->table[t]->rows; r++) {
            const char *name = set->table[t]->row[r].name;
            char text[128];
            coop_param_format(set, name, text, sizeof text);
            assert_set(set, name, text, text);
            assert_string_equal(coop_param_origin(set, name), "--set");
        }
    assert_true(coop_param_hash(set) == hash);
}

/* Random bit patterns, scaled into the range of a row without losing their digits. */
static void reals_read_back_to_the_same_bits(void **state)
{
    struct coop_param_set *set = *state;
    uint64_t bits = 88172645463325252;
    for (int i = 0; i < 2000; i++) {
        char text[64];
        bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
        const double value = ldexp((double)(bits >> 11), -49 - (int)(bits % 300));
        snprintf(text, sizeof text, "%.17g", value);
        assert_int_equal(coop_param_set_text(set, "voice.know", text, NULL), COOP_OK);
        assert_true(voice(set)->know == value);
        coop_param_format(set, "voice.know", text, sizeof text);
        assert_int_equal(coop_param_set_text(set, "voice.know", text, NULL), COOP_OK);
        assert_true(voice(set)->know == value);
    }
}

static void numbers_are_read_as_written(void **state)
{
    static const struct {
        const char *name, *text, *expected;
    } row[] = {{"voice.know", "0.1", "0.1"},
               {"voice.know", "+1e1", "10"},
               {"voice.know", ".5", "0.5"},
               {"voice.know", "5.", "5"},
               {"voice.know", "1e-300", "1e-300"},
               {"voice.know", "20", "20"},
               {"voice.know", "0.1000000000000001", "0.1000000000000001"},
               {"voice.skill", "-2.5E-1", "-0.25"},
               {"rotation.weeks", "1e3", "1000"},
               {"rotation.weeks", "2.0", "2"},
               {"rotation.weeks", "150e-1", "15"},
               {"rotation.weeks", "1.5e1", "15"},
               {"rotation.weeks", "0.00012e5", "12"},
               {"rotation.weeks", "9007199254740992", "9007199254740992"},
               {"rotation.on", "YES", "true"},
               {"rotation.on", "On", "true"},
               {"rotation.on", "off", "false"},
               {"rotation.on", "no", "false"},
               {"arrows.twin", "voiceless", "voiceless"},
               {"market.pressure", "0.25", "0.25"},
               {"market.pressure", "unset", "unset"},
               {"tasks.hours", "1, 2", "[1, 2]"},
               {"tasks.hours", "[ 1e2 ]", "[100]"},
               {"tasks.hours", "7", "[7]"},
               {"tasks.hours", "[1,2,3,4]", "[1, 2, 3, 4]"},
               {"tasks.name", "[a, b c , d]", "[a, b c, d]"}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        assert_set(*state, row[i].name, row[i].text, row[i].expected);
}

static void what_is_no_value_is_refused(void **state)
{
    static const struct {
        const char *name, *text, *part;
    } row[] = {
        {"voice.know", "30",
         "'voice.know' cannot be '30': above 20 - give a number from 0 to 20 (logit)"},
        {"voice.know", "-1e-9", "below 0"},
        {"voice.know", "eight", "not a number"},
        {"voice.know", "", "empty"},
        {"voice.know", "unset", "not a number"},
        {"voice.know", "0x10", "not a number"},
        {"voice.know", "1e", "not a number"},
        {"voice.know", "1.2.3", "not a number"},
        {"voice.know", "8 ", "not a number"},
        {"voice.know", ".", "not a number"},
        {"voice.know", "0,5", "did you mean '0.5'?"},
        {"voice.know", "[8]", "a list where one value is expected"},
        {"voice.know", "nan", "not finite"},
        {"voice.know", "-.NaN", "not finite"},
        {"voice.know", ".inf", "not finite"},
        {"voice.know", "+Infinity", "not finite"},
        {"voice.know", "1e999", "not finite"},
        {"market.pressure", "nan", "or unset"},
        {"rotation.weeks", "2.5", "not a whole number - give a whole number from 1"},
        {"rotation.weeks", "1e-1", "not a whole number"},
        {"rotation.weeks", "0", "below 1"},
        {"rotation.weeks", "9007199254740993", "2^53"},
        {"rotation.weeks", "1e99999999999999999999", "2^53"},
        {"rotation.weeks", "inf", "not finite"},
        {"rotation.on", "1", "neither true nor false"},
        {"arrows.twin", "exposre",
         "did you mean 'exposure'? - give one of none, exposure, voiceless"},
        {"arrows.twin", "Exposure", "did you mean 'exposure'?"},
        {"arrows.twin", "none|exposure", "no such choice"},
        {"tasks.hours", "[]", "an empty list"},
        {"tasks.hours", "[1, 2", "one bracket"},
        {"tasks.hours", "1, , 2", "as element 2: empty"},
        {"tasks.hours", "[1, 2, 3, 4, 5]", "a list of 5"},
        {"tasks.hours", "[1, -1]", "'tasks.hours' cannot hold '-1' as element 2: below 0"},
        {"tasks.hours", "[1, [2]]", "a list where one value"},
        {"tasks.name", "[a, ]", "as element 2: empty"},
        {"tasks.name", "[a, \"b\"]", "quotes"},
        {"tasks.name", "a23456789012345678901234567890123", "longer than 31 bytes"},
        {"voice.knwo", "1", "unknown parameter 'voice.knwo' - did you mean 'voice.know'?"},
        {"\033[31m", "1", "unknown parameter '?[31m'"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        assert_refused(*state, row[i].name, row[i].text, row[i].part);
}

static void every_fault_of_a_list_is_found(void **state)
{
    const char *text = "[1, x, 2, -3]";
    size_t element = 0;
    assert_int_equal(coop_param_check(*state, "tasks.hours", text, &element), COOP_USAGE);
    assert_int_equal(element, 2);
    assert_int_equal(coop_param_check(*state, "tasks.hours", text, &element), COOP_USAGE);
    assert_int_equal(element, 4);
    assert_int_equal(coop_param_check(*state, "tasks.hours", text, &element), COOP_OK);
}

/* An element too long for the reader must not be cut to a number that is accepted. */
static void overlong_words_are_refused(void **state)
{
    char digits[1024];
    memset(digits, '0', sizeof digits);
    digits[sizeof digits - 1] = '\0';
    assert_set(*state, "voice.know", digits, "0");
    assert_refused(*state, "tasks.hours", digits, "not a number");
    assert_refused(*state, "tasks.name", digits, "longer");
}

static void a_copy_is_equal_and_apart(void **state)
{
    struct coop_param_set *set = *state, copy;
    assert_set(set, "tasks.hours", "[3, 4]", "[3, 4]");
    assert_int_equal(coop_param_copy(&copy, set), COOP_OK);
    assert_true(coop_param_hash(&copy) == coop_param_hash(set));
    assert_string_equal(coop_param_origin(&copy, "tasks.hours"), "--set");
    assert_set(&copy, "tasks.hours", "[5]", "[5]");
    assert_set(&copy, "tasks.name", "x", "[x]");
    assert_format(set, "tasks.hours", "[3, 4]");
    assert_true(coop_param_hash(&copy) != coop_param_hash(set));
    coop_param_free(&copy);
}

static void the_hash_depends_on_every_value(void **state)
{
    static const char *const change[][2] = {{"voice.know", "8.000000000000002"},
                                            {"voice.skill", "0"},
                                            {"rotation.on", "true"},
                                            {"rotation.weeks", "5"},
                                            {"arrows.twin", "exposure"},
                                            {"market.open", "false"},
                                            {"market.pressure", "0"},
                                            {"tasks.hours", "[.08, .2]"},
                                            {"tasks.name", "[craft, shopfloor]"}};
    struct coop_param_set *set = *state;
    for (size_t i = 0; i < sizeof change / sizeof *change; i++) {
        const uint64_t before = coop_param_hash(set);
        assert_int_equal(coop_param_set_text(set, change[i][0], change[i][1], NULL), COOP_OK);
        assert_true(coop_param_hash(set) != before);
    }
}

static void values_are_read_by_name(void **state)
{
    struct coop_value value;
    size_t table;
    assert_true(coop_param_real(*state, "rotation.weeks") == 4);
    assert_true(isnan(coop_param_real(*state, "rotation.week")));
    assert_int_equal(coop_param_get(*state, "tasks.name", &value), COOP_OK);
    assert_int_equal(value.texts.count, 2);
    assert_int_equal(coop_param_get(*state, "no.such", &value), COOP_INTERNAL);
    assert_non_null(coop_param_find(*state, "tasks.name", &table));
    assert_int_equal(table, 1);
    assert_null(coop_param_find(*state, "tasks", NULL));
}

static void format_counts_like_snprintf(void **state)
{
    char text[8] = "#######";
    assert_int_equal(coop_param_format(*state, "tasks.name", NULL, 0), 19);
    assert_int_equal(coop_param_format(*state, "tasks.name", text, 5), 19);
    assert_string_equal(text, "[cra");
    assert_int_equal(text[5], '#');
}

static void rows_that_contradict_themselves_are_refused(void **state)
{
    (void)state;
    struct coop_param good = voice_rows[0], bad[2] = {good, good};
    struct coop_param_set set;
    const struct coop_param_table pair = {bad, 2, sizeof(struct voice_params)}, one = {bad, 1, 64};
    const struct coop_param_table *const table_pair[] = {&pair}, *const table_one[] = {&one};
    assert_int_equal(coop_param_init(&set, table_pair, 1), COOP_INTERNAL);
    bad[0].initial = 21;
    assert_int_equal(coop_param_init(&set, table_one, 1), COOP_INTERNAL);
    bad[0] = good;
    bad[0].name = "know";
    assert_int_equal(coop_param_init(&set, table_one, 1), COOP_INTERNAL);
    bad[0] = voice_rows[4];
    bad[0].offset = 0;
    bad[0].max = 3;
    assert_int_equal(coop_param_init(&set, table_one, 1), COOP_INTERNAL);
    bad[0] = market_rows[2];
    bad[0].offset = 0;
    bad[0].list = "1, 1001";
    assert_int_equal(coop_param_init(&set, table_one, 1), COOP_INTERNAL);
    assert_null(set.values);
}

static void an_empty_owner_is_allowed(void **state)
{
    (void)state;
    static const struct coop_param_table none = {0};
    const struct coop_param_table *const table[] = {&none, &voice_table, &none};
    struct coop_param_set set;
    assert_int_equal(coop_param_init(&set, table, 3), COOP_OK);
    assert_true(coop_param_real(&set, "voice.know") == 8);
    coop_param_free(&set);
    assert_int_equal(coop_param_init(&set, NULL, 0), COOP_OK);
    coop_param_free(&set);
}

static void the_nearest_word_is_near(void **state)
{
    (void)state;
    static const char *const words[] = {"rotation", "rotations", "voice", "on", "pay_spread", NULL};
    assert_string_equal(coop_nearest_word(words, "rotaton"), "rotation");
    assert_string_equal(coop_nearest_word(words, "rotationss"), "rotations");
    assert_string_equal(coop_nearest_word(words, "vioce"), "voice");
    assert_string_equal(coop_nearest_word(words, "VOICE"), "voice");
    assert_string_equal(coop_nearest_word(words, "pay-spraed"), "pay_spread");
    assert_null(coop_nearest_word(words, "no"));
    assert_null(coop_nearest_word(words, "market"));
    assert_null(coop_nearest_word(words, ""));
}

#define WITH_SET(test) cmocka_unit_test_setup_teardown(test, take_defaults, give_back)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SET(defaults_are_those_of_the_rows),
        WITH_SET(every_value_reads_back),
        WITH_SET(reals_read_back_to_the_same_bits),
        WITH_SET(numbers_are_read_as_written),
        WITH_SET(what_is_no_value_is_refused),
        WITH_SET(every_fault_of_a_list_is_found),
        WITH_SET(overlong_words_are_refused),
        WITH_SET(a_copy_is_equal_and_apart),
        WITH_SET(the_hash_depends_on_every_value),
        WITH_SET(values_are_read_by_name),
        WITH_SET(format_counts_like_snprintf),
        cmocka_unit_test(rows_that_contradict_themselves_are_refused),
        cmocka_unit_test(an_empty_owner_is_allowed),
        cmocka_unit_test(the_nearest_word_is_near),
    };
    return cmocka_run_group_tests_name("param", tests, NULL, NULL);
}
