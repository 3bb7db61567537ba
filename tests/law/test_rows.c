/* coopsim - GPL-3.0-or-later
 *
 * Every parameter row of every model: its name, unit, sentence and source; that it takes its least,
 * its largest and its default value and its neutral one, and refuses what lies beyond. */
#include "tests/law/village.h"

#include <float.h>

static bool is_path(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    size_t group = strspn(name, letters);
    return group > 0 && name[group] == '.' && name[group + 1] != '\0' &&
           strspn(name + group + 1, letters) == strlen(name + group + 1);
}

static bool is_sentence(const char *text)
{
    size_t length = text != NULL ? strlen(text) : 0;
    return length > 0 && text[0] >= 'A' && text[0] <= 'Z' && text[length - 1] != '.' &&
           text[length - 1] != ' ' && strchr(text, '\n') == NULL;
}

static void check_documented(const struct coop_model *model, const struct coop_param *row,
                             void *user)
{
    (void)user;
    if (!is_path(row->name))
        fail_msg("'%s' of %s is not of the form group.parameter", row->name, model->name);
    if (!is_sentence(row->summary))
        fail_msg("%s: '%s' is no sentence without a period", row->name, row->summary);
    if (row->unit == NULL || row->unit[0] == '\0')
        fail_msg("%s has no unit", row->name);
    if (row->source == NULL || row->source[0] == '\0')
        fail_msg("%s has no source", row->name);
}

static void rows_are_documented(void **state)
{
    (void)state;
    village_each_row(check_documented, NULL);
}

static void names_are_unique(void **state)
{
    const struct coop_model *model;
    (void)state;
    for (size_t i = 0; (model = coop_registry_model(coop_registry_best_isa(), i)) != NULL; i++) {
        const struct coop_param_table *table[COOP_OWNERS_MAX];
        size_t tables = coop_model_tables(model, table);
        for (size_t t = 0; t < tables; t++)
            for (size_t r = 0; r < table[t]->rows; r++)
                for (size_t s = 0; s <= t; s++)
                    for (size_t q = 0; q < (s < t ? table[s]->rows : r); q++)
                        assert_string_not_equal(table[t]->row[r].name, table[s]->row[q].name);
    }
}

/* Sets the row and says whether it was taken; what is refused must leave the value alone. */
static bool takes(struct village *v, const struct coop_param *row, const char *text)
{
    char before[8192], after[8192];
    coop_param_format(&v->set, row->name, before, sizeof before);
    bool taken = coop_param_set_text(&v->set, row->name, text, "test") == COOP_OK;
    coop_param_format(&v->set, row->name, after, sizeof after);
    if (!taken && strcmp(before, after) != 0)
        fail_msg("%s refuses %s, and yet takes it", row->name, text);
    if (!taken && strstr(coop_status_message(), " - ") == NULL)
        fail_msg("%s refuses without a remedy: %s", row->name, coop_status_message());
    return taken;
}

static void must_take(struct village *v, const struct coop_param *row, const char *text)
{
    if (!takes(v, row, text))
        fail_msg("%s: %s", row->name, coop_status_message());
}

static void must_refuse(struct village *v, const struct coop_param *row, const char *text)
{
    if (takes(v, row, text))
        fail_msg("%s takes %s", row->name, text);
}

static void check_number(struct village *v, const struct coop_param *row, const char *format)
{
    bool whole = row->type == COOP_PARAM_INTEGER;
    char text[128];
    snprintf(text, sizeof text, format, row->min);
    must_take(v, row, text);
    snprintf(text, sizeof text, format, row->max);
    must_take(v, row, text);
    assert_true(row->min < row->max);
    snprintf(text, sizeof text, format, whole ? row->min - 1 : nextafter(row->min, -INFINITY));
    must_refuse(v, row, text);
    /* Beyond 2^53 the next whole number is two further. */
    snprintf(text, sizeof text, format, whole ? row->max + 2 : nextafter(row->max, INFINITY));
    must_refuse(v, row, text);
    must_refuse(v, row, "nan");
    must_refuse(v, row, "inf");
    must_refuse(v, row, "much");
    must_refuse(v, row, "");
    if (whole)
        must_refuse(v, row, "1.5");
}

static void check_choice(struct village *v, const struct coop_param *row)
{
    char *choices = strdup(row->choices), *rest = choices;
    size_t count = 0;
    for (char *choice = strsep(&rest, "|"); choice != NULL; choice = strsep(&rest, "|")) {
        must_take(v, row, choice);
        assert_int_equal((int)coop_param_real(&v->set, row->name), count);
        count++;
    }
    assert_int_equal(count, (size_t)row->max + 1);
    assert_true(row->initial >= 0 && row->initial <= row->max);
    must_refuse(v, row, "neither");
    must_refuse(v, row, "");
    free(choices);
}

static void check_list(struct village *v, const struct coop_param *row)
{
    size_t room = row->list_max * 2 + 8;
    char *text = calloc(room, 1);
    assert_non_null(text);
    for (size_t i = 0; i < row->list_max; i++)
        strcat(text, i == 0 ? "1" : ",1");
    if (row->type == COOP_PARAM_TEXT_LIST || (row->min <= 1 && row->max >= 1))
        must_take(v, row, text);
    must_refuse(v, row, strcat(text, ",1"));
    must_refuse(v, row, "[]");
    must_refuse(v, row, "[1");
    free(text);
    must_take(v, row, row->list);
}

static void check_bounds(const struct coop_model *model, const struct coop_param *row, void *user)
{
    struct village v;
    char initial[8192];
    (void)user;
    village_set_up(&v, model, "");
    coop_param_format(&v.set, row->name, initial, sizeof initial);
    if (row->type == COOP_PARAM_CHOICE)
        check_choice(&v, row);
    else if (row->type == COOP_PARAM_TEXT_LIST)
        check_list(&v, row);
    else if (row->type == COOP_PARAM_BOOLEAN)
        must_refuse(&v, row, "2");
    else
        check_number(&v, row, row->type == COOP_PARAM_INTEGER ? "%.0f" : "%.17g");
    if (row->type == COOP_PARAM_REAL_LIST)
        check_list(&v, row);
    must_take(&v, row, initial);
    if (row->neutral != NULL)
        must_take(&v, row, row->neutral);
    village_end(&v);
}

static void rows_take_their_range(void **state)
{
    (void)state;
    village_each_row(check_bounds, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_documented),
        cmocka_unit_test(names_are_unique),
        cmocka_unit_test(rows_take_their_range),
    };
    return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
