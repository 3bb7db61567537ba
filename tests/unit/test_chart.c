/* coopsim - GPL-3.0-or-later
 *
 * The layer of charts: ticks, scales, escaping, coordinates of paths, labels, tables. */
#include "sim/report/chart.h"
#include "sim/report/colours.h"
#include "sim/report/frame.h"
#include "sim/report/markup.h"
#include "sim/report/moments.h"
#include "sim/report/sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What a function writes; to be freed. */
struct written {
    char *text;
    size_t size;
    FILE *out;
};

static FILE *begin(struct written *written)
{
    written->out = open_memstream(&written->text, &written->size);
    assert_non_null(written->out);
    return written->out;
}

static void expect_text(struct written *written, const char *text)
{
    assert_int_equal(fclose(written->out), 0);
    assert_string_equal(written->text, text);
    free(written->text);
}

static void expect_ticks(struct coop_scale scale, size_t wanted, const char *texts)
{
    char all[512] = "";
    const struct coop_ticks ticks = coop_ticks_of(scale, wanted);
    for (size_t i = 0; i < ticks.count; i++) {
        char text[COOP_TICK_TEXT];
        coop_tick_text(&ticks, ticks.value[i], text);
        strcat(strcat(all, i > 0 ? " " : ""), text);
    }
    assert_string_equal(all, texts);
}

static void ticks_are_round(void **state)
{
    (void)state;
    expect_ticks((struct coop_scale){0, 1, false}, 5, "0.0 0.2 0.4 0.6 0.8 1.0");
    expect_ticks((struct coop_scale){0, 10, false}, 10, "0 1 2 3 4 5 6 7 8 9 10");
    expect_ticks((struct coop_scale){-.4, .4, false}, 5, "−0.4 −0.2 0.0 0.2 0.4");
    expect_ticks((struct coop_scale){.13, .87, false}, 4, "0.2 0.4 0.6 0.8");
    expect_ticks((struct coop_scale){1, 1000, true}, 6, "1 2 5 10 20 50 100 200 500 1000");
    expect_ticks((struct coop_scale){.001, 1e6, true}, 4, "0.001 1 1000 1e+06");
    expect_ticks((struct coop_scale){0, 2e-9, false}, 4, "0 5e-10 1e-09 1.5e-09 2e-09");
}

static void scales_hold_their_values(void **state)
{
    (void)state;
    const double end[][2] = {{0, 1}, {.203, .692}, {0, 162.4},  {-3, 17},
                             {5, 5}, {0, 0},       {1e-7, 3e-7}};
    for (size_t i = 0; i < sizeof end / sizeof *end; i++) {
        const struct coop_scale scale = coop_scale_round(end[i][0], end[i][1], false, 5);
        const struct coop_ticks ticks = coop_ticks_of(scale, 5);
        assert_true(scale.low <= end[i][0] && scale.high >= end[i][1] && scale.low < scale.high);
        assert_true(ticks.count >= 3 && ticks.count <= 9);
        const double hair = 1e-6 * (scale.high - scale.low);
        assert_float_equal(ticks.value[0], scale.low, hair);
        assert_float_equal(ticks.value[ticks.count - 1], scale.high, hair);
    }
    const struct coop_scale none = coop_scale_round(NAN, NAN, false, 5);
    assert_true(none.low < none.high);
    assert_float_equal(coop_scale_place((struct coop_scale){1, 100, true}, 10), .5, 1e-12);
}

static void markup_is_escaped(void **state)
{
    (void)state;
    struct written written;
    coop_markup_text(begin(&written), "<a href=\"x\">'&'</a> ü – 中");
    expect_text(&written, "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt; ü – 中");
    coop_markup_text(begin(&written), "a\x01"
                                      "b\xff"
                                      "c\xc0\xaf"
                                      "d\xed\xa0\x80"
                                      "e\t\n");
    expect_text(&written, "a\xEF\xBF\xBD"
                          "b\xEF\xBF\xBD"
                          "c\xEF\xBF\xBD\xEF\xBF\xBD"
                          "d\xEF\xBF\xBD"
                          "e\t\n");
    assert_int_equal(coop_markup_length("ü中a"), 3);
}

static void numbers_are_readable(void **state)
{
    (void)state;
    assert_string_equal(coop_number_show(.6876).text, "0.688");
    assert_string_equal(coop_number_show(-.6876).text, "−0.688");
    assert_string_equal(coop_number_show(1234567).text, "1,234,567");
    assert_string_equal(coop_number_show(-1234).text, "−1,234");
    assert_string_equal(coop_number_show(12).text, "12");
    assert_string_equal(coop_number_show(NAN).text, "–");
    assert_string_equal(coop_number_show(INFINITY).text, "∞");
    assert_string_equal(coop_number_show(1e-7).text, "1e-07");
    assert_string_equal(coop_number_share(.688, 1).text, "69\xC2\xA0%");
    const double value[] = {.1, 1. / 3, 1e300, -0.0, 123456789.123456789};
    for (size_t i = 0; i < sizeof value / sizeof *value; i++)
        assert_true(strtod(coop_number_exact(value[i]).text, NULL) == value[i]);
    assert_string_equal(coop_number_exact(.1).text, "0.1");
    assert_string_equal(coop_number_exact(NAN).text, "");
}

static void paths_have_their_coordinates(void **state)
{
    (void)state;
    struct written written;
    const struct coop_frame frame = {100, 50, 200, 100, {0, 10, false}, {0, 1, false}, false};
    const double x[] = {0, 5, 6, 8, 10}, y[] = {0, .5, NAN, 1, 2}, low[] = {0, .25, NAN, .5, 1},
                 high[] = {0, .75, NAN, 1, 1};
    coop_frame_path(begin(&written), &frame, x, y, 5);
    expect_text(&written, "M100.0 150.0L200.0 100.0M260.0 50.0L300.0 50.0");
    const struct coop_line line = {.x = x, .y = y, .low = low, .high = high, .points = 5};
    coop_frame_band(begin(&written), &frame, &line);
    expect_text(&written, "M100.0 150.0L200.0 75.0L200.0 125.0L100.0 150.0Z"
                          "M260.0 50.0L300.0 50.0L300.0 50.0L260.0 100.0Z");
}

static void labels_keep_clear(void **state)
{
    (void)state;
    double y[] = {100, 101, 99, 300, 100, 20};
    const double before[] = {100, 101, 99, 300, 100, 20};
    coop_labels_spread(y, 6, 20, 10, 310);
    for (size_t i = 0; i < 6; i++)
        for (size_t j = 0; j < 6; j++) {
            assert_true(i == j || fabs(y[i] - y[j]) > 19);
            assert_true(before[i] <= before[j] || y[i] > y[j]);
        }
    assert_float_equal(y[3], 300, .1);
    assert_float_equal(y[5], 20, .1);
    double crowd[30];
    for (size_t i = 0; i < 30; i++)
        crowd[i] = 50;
    coop_labels_spread(crowd, 30, 20, 0, 100); /* there is no room: they go on below */
    for (size_t i = 1; i < 30; i++)
        assert_true(fabs(crowd[i] - crowd[i - 1]) > 19);
}

static void tables_are_csv(void **state)
{
    (void)state;
    static const char *const column[] = {"case", "a \"b\", c"};
    struct coop_sheet table;
    struct written written;
    coop_sheet_init(&table, column, 2);
    coop_sheet_text(&table, "x, \"y\"\nz");
    coop_sheet_number(&table, .1);
    coop_sheet_text(&table, "plain");
    coop_sheet_number(&table, NAN);
    assert_int_equal(coop_sheet_rows(&table), 2);
    coop_sheet_csv(&table, begin(&written));
    expect_text(&written, "case,\"a \"\"b\"\", c\"\n\"x, \"\"y\"\"\nz\",0.1\nplain,\n");
    coop_sheet_free(&table);
}

static void colours_fall_in_lightness(void **state)
{
    (void)state;
    double before = 256;
    for (int i = 0; i <= 20; i++) {
        unsigned red, green, blue;
        const struct coop_colour colour = coop_colour_of(i / 20.0);
        assert_int_equal(sscanf(colour.text, "#%2x%2x%2x", &red, &green, &blue), 3);
        const double light = .299 * red + .587 * green + .114 * blue;
        assert_true(light < before);
        assert_int_equal(colour.dark, light < 140);
        before = light;
    }
    assert_string_equal(coop_colour_of(-1).text, coop_colour_of(0).text);
}

static void texts_fit(void **state)
{
    (void)state;
    char text[32];
    coop_svg_fit("short", 200, 16, text, sizeof text);
    assert_string_equal(text, "short");
    coop_svg_fit("üüüüüüüüüüüüüüüüüüüü", 60, 16, text, sizeof text);
    assert_string_equal(text, "üüüüü…");
    coop_svg_fit("a very long name that no array of this size can hold", 9999, 16, text,
                 sizeof text);
    assert_true(strlen(text) < sizeof text);
}

static void shortened_labels_differ(void **state)
{
    static const char *const prefix[] = {"arrows.office_voice of the first kind",
                                         "arrows.office_power of the first kind"};
    static const char *const alike[] = {"a very long beginning that goes on: one", "b",
                                        "a very long beginning that goes on: two"};
    static const char *const few[] = {"one", "two"};
    char text[3][COOP_LABEL_SIZE];
    (void)state;
    assert_true(coop_labels_fit(few, 2, 160, text));
    assert_string_equal(text[0], "one");
    assert_true(coop_labels_fit(prefix, 2, 140, text));
    assert_memory_equal(text[0], "…office_v", strlen("…office_v"));
    assert_memory_equal(text[1], "…office_p", strlen("…office_p"));
    assert_false(coop_labels_fit(alike, 3, 140, text));
    assert_memory_equal(text[0], "1 a very", strlen("1 a very"));
    assert_memory_equal(text[2], "3 a very", strlen("3 a very"));
}

static void moments_are_right(void **state)
{
    (void)state;
    struct coop_moments moments = {0};
    const double value[] = {1e9 + 4, NAN, 1e9 + 7, 1e9 + 13, INFINITY, 1e9 + 16};
    for (size_t i = 0; i < sizeof value / sizeof *value; i++)
        coop_moments_add(&moments, value[i]);
    assert_float_equal(coop_moments_mean(&moments), 1e9 + 10, 1e-5);
    assert_float_equal(coop_moments_deviation(&moments), sqrt(30), 1e-9);
    assert_true(isnan(coop_moments_deviation(&(struct coop_moments){1, 3, 0})));
}

/* Charts of nothing, of one point and of too much are drawn too: whole elements, no NAN in them. */
static void expect_whole(struct written *written)
{
    assert_int_equal(fclose(written->out), 0);
    assert_memory_equal(written->text, "<svg ", 5);
    assert_string_equal(written->text + written->size - 7, "</svg>\n");
    assert_null(strstr(written->text, "nan"));
    assert_null(strstr(written->text, "inf"));
    free(written->text);
}

static void odd_charts_are_whole(void **state)
{
    (void)state;
    struct written written;
    const struct coop_svg_head head = {"id", "A <title>", "words"};
    const double x[] = {3}, y[] = {NAN}, z[] = {7};
    struct coop_line line[COOP_SERIES_MAX];
    for (size_t i = 0; i < COOP_SERIES_MAX; i++)
        line[i] =
            (struct coop_line){.label = "label", .style = (int)i, .x = x, .y = z, .points = 1};
    struct coop_lines lines = {
        .head = head, .x_label = "x", .y_label = "y", .y_min = NAN, .y_max = NAN};
    coop_chart_lines(begin(&written), &lines);
    expect_whole(&written);
    lines.line = line;
    lines.lines = COOP_SERIES_MAX;
    coop_chart_lines(begin(&written), &lines);
    expect_whole(&written);
    line[0].y = y;
    lines.lines = 1;
    coop_chart_lines(begin(&written), &lines);
    expect_whole(&written);
    const char *const name[] = {"row"};
    const int style[] = {0};
    coop_chart_bars(begin(&written), &(struct coop_bars){.head = head,
                                                         .x_label = "x",
                                                         .row = name,
                                                         .series_name = name,
                                                         .style = style,
                                                         .value = y,
                                                         .low = y,
                                                         .high = y,
                                                         .rows = 1,
                                                         .series = 1});
    expect_whole(&written);
    coop_chart_heat(begin(&written), &(struct coop_heat){.head = head,
                                                         .x = {"x", name, x, 1, false},
                                                         .y = {"y", name, x, 1, false},
                                                         .value = y,
                                                         .value_label = "v",
                                                         .low = NAN,
                                                         .high = NAN});
    expect_whole(&written);
    const struct coop_effect effect = {"name", "", "undetermined", "unit", NAN, NAN, NAN, NAN,
                                       0,      1};
    coop_chart_forest(begin(&written), &(struct coop_forest){head, &effect, 1});
    expect_whole(&written);
    const struct coop_flow_panel panel = {"case", {{NAN, .2}, {.3, 0}}};
    const char *const group[] = {"up", "down"};
    coop_chart_flows(begin(&written), &(struct coop_flows){.head = head,
                                                           .before = "then",
                                                           .after = "now",
                                                           .from = group,
                                                           .to = group,
                                                           .from_groups = 2,
                                                           .to_groups = 2,
                                                           .panel = &panel,
                                                           .panels = 1});
    expect_whole(&written);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticks_are_round),
        cmocka_unit_test(scales_hold_their_values),
        cmocka_unit_test(markup_is_escaped),
        cmocka_unit_test(numbers_are_readable),
        cmocka_unit_test(paths_have_their_coordinates),
        cmocka_unit_test(labels_keep_clear),
        cmocka_unit_test(tables_are_csv),
        cmocka_unit_test(colours_fall_in_lightness),
        cmocka_unit_test(texts_fit),
        cmocka_unit_test(shortened_labels_differ),
        cmocka_unit_test(moments_are_right),
        cmocka_unit_test(odd_charts_are_whole),
    };
    return cmocka_run_group_tests_name("chart", tests, NULL, NULL);
}
