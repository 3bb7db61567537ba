/* coopsim - GPL-3.0-or-later
 *
 * One row and one text: is the text a value of the row, and if not, why. */
#include "sim/param/row.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool COOP_PRINTF(2, 3) refuse(struct coop_fault *fault, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(fault->reason, sizeof fault->reason, format, arguments);
    va_end(arguments);
    return false;
}

bool coop_row_is_list(const struct coop_param *row)
{
    return row->type == COOP_PARAM_REAL_LIST || row->type == COOP_PARAM_TEXT_LIST;
}

size_t coop_row_choices(const struct coop_param *row)
{
    size_t count = 1;
    for (const char *at = row->choices; *at; at++)
        count += *at == '|';
    return count;
}

static bool read_boolean(const char *word, double *ret, struct coop_fault *fault)
{
    static const char *const name[] = {"false", "true", "off", "on", "no", "yes"};
    for (size_t i = 0; i < sizeof name / sizeof name[0]; i++) {
        if (strcasecmp(word, name[i]) != 0)
            continue;
        *ret = (double)(i % 2);
        return true;
    }
    return refuse(fault, "neither true nor false");
}

static bool read_choice(const struct coop_param *row, const char *word, double *ret,
                        struct coop_fault *fault)
{
    struct coop_nearest nearest = {.word = word};
    const char *at = row->choices;
    for (size_t i = 0;; i++) {
        const size_t length = strcspn(at, "|");
        if (strlen(word) == length && memcmp(word, at, length) == 0) {
            *ret = (double)i;
            return true;
        }
        coop_nearest_consider(&nearest, at, length);
        if (at[length] == '\0')
            break;
        at += length + 1;
    }
    if (nearest.best)
        return refuse(fault, "no such choice, did you mean '%.*s'?", (int)nearest.length,
                      nearest.best);
    return refuse(fault, "no such choice");
}

/* Who writes a decimal comma is told so. */
static bool refuse_number(enum coop_number number, const char *word, struct coop_fault *fault)
{
    double ignored;
    char point[COOP_WORD_SIZE];
    const char *comma = strchr(word, ',');
    if (number == COOP_NUMBER_NOT_FINITE)
        return refuse(fault, "not finite");
    if (number == COOP_NUMBER_FRACTION)
        return refuse(fault, "not a whole number");
    if (number == COOP_NUMBER_TOO_LARGE)
        return refuse(fault, "beyond 2^53, where whole numbers stop being exact");
    if (comma && strlen(word) < sizeof point) {
        memcpy(point, word, strlen(word) + 1);
        point[comma - word] = '.';
        if (coop_read_real(point, &ignored) == COOP_NUMBER_FINE)
            return refuse(fault, "not a number, did you mean '%s'?", coop_show(point).text);
    }
    return refuse(fault, "not a number");
}

static bool read_number(const struct coop_param *row, const char *word, double *ret,
                        struct coop_fault *fault)
{
    char limit[COOP_REAL_TEXT_SIZE];
    enum coop_number number;
    if (row->type == COOP_PARAM_INTEGER) {
        int64_t whole = 0;
        number = coop_read_whole(word, &whole);
        *ret = (double)whole;
    } else {
        number = coop_read_real(word, ret);
    }
    if (number != COOP_NUMBER_FINE)
        return refuse_number(number, word, fault);
    if (*ret < row->min)
        return refuse(fault, "below %s", coop_real_text(row->min, limit));
    if (*ret > row->max)
        return refuse(fault, "above %s", coop_real_text(row->max, limit));
    return true;
}

bool coop_row_read(const struct coop_param *row, const char *word, double *ret,
                   struct coop_fault *fault)
{
    if (*word == '\0')
        return refuse(fault, "empty");
    if (*word == '[')
        return refuse(fault, "a list where one value is expected");
    if (row->type == COOP_PARAM_BOOLEAN)
        return read_boolean(word, ret, fault);
    if (row->type == COOP_PARAM_CHOICE)
        return read_choice(row, word, ret, fault);
    if (row->type == COOP_PARAM_REAL && isnan(row->initial) && strcmp(word, "unset") == 0) {
        *ret = NAN;
        return true;
    }
    return read_number(row, word, ret, fault);
}

/* What would not survive being written as "[a, b]" is refused. */
bool coop_row_read_text(const char *word, struct coop_fault *fault)
{
    size_t offset;
    if (*word == '\0')
        return refuse(fault, "empty");
    if (strlen(word) >= COOP_TEXT_MAX)
        return refuse(fault, "longer than %d bytes", COOP_TEXT_MAX - 1);
    if (word[strcspn(word, "[]{}\"'\n\t\r")] || coop_text_fault(word, strlen(word), &offset))
        return refuse(fault, "more than plain letters: brackets, quotes or unprintable characters");
    return true;
}

static bool check_list(const struct coop_param *row, const char *text, size_t from,
                       struct coop_fault *fault)
{
    struct coop_list_reader list;
    const size_t count = coop_list_count(text);
    if (!coop_list_open(&list, text))
        return from > 0 || refuse(fault, "a list with one bracket");
    if (from == 0 && count == 0)
        return refuse(fault, "an empty list");
    if (from == 0 && count > row->list_max)
        return refuse(fault, "a list of %zu, which is too many", count);
    for (size_t element = 1; coop_list_next(&list); element++) {
        double ignored;
        fault->element = element;
        fault->word = coop_show(list.word);
        if (element > from &&
            !(row->type == COOP_PARAM_TEXT_LIST ? coop_row_read_text(list.word, fault)
                                                : coop_row_read(row, list.word, &ignored, fault)))
            return false;
    }
    return true;
}

bool coop_row_check(const struct coop_param *row, const char *text, size_t from,
                    struct coop_fault *fault)
{
    double ignored;
    fault->element = 0;
    fault->word = coop_show(text);
    if (coop_row_is_list(row))
        return check_list(row, text, from, fault);
    return from > 0 || coop_row_read(row, text, &ignored, fault);
}
