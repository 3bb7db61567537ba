/* coopsim - GPL-3.0-or-later
 *
 * Rows and values as text: what a row takes, what a value is, and the hash of all values, which is
 * the hash of their texts. */
#include "sim/param/row.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Text that goes to a buffer, to a hash, or to both; the length counts what does not fit too. */
struct writer {
    char *buffer;
    size_t size, length;
    uint64_t hash;
};

/* FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ (offset basis and prime of 64 bits). */
#define FNV_OFFSET UINT64_C(14695981039346656037)
#define FNV_PRIME UINT64_C(1099511628211)

static void put(struct writer *writer, const char *text)
{
    for (; *text; text++, writer->length++) {
        writer->hash = (writer->hash ^ (unsigned char)*text) * FNV_PRIME;
        if (writer->length + 1 < writer->size)
            writer->buffer[writer->length] = *text;
    }
}

static void COOP_PRINTF(2, 3) put_format(struct writer *writer, const char *format, ...)
{
    char text[128];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    put(writer, text);
}

static void put_real(struct writer *writer, double value)
{
    char text[COOP_REAL_TEXT_SIZE];
    put(writer, coop_real_text(value, text));
}

static int finish(struct writer *writer)
{
    if (writer->size > 0)
        writer->buffer[writer->length < writer->size ? writer->length : writer->size - 1] = '\0';
    return (int)writer->length;
}

/* The words of "first|second|third" one by one, with `separator` between them. */
static void put_choices(struct writer *writer, const char *choices, const char *separator)
{
    char letter[2] = "";
    for (; *choices; choices++) {
        letter[0] = *choices;
        put(writer, *choices == '|' ? separator : letter);
    }
}

static void put_choice(struct writer *writer, const char *choices, size_t index)
{
    for (; index > 0; index--)
        choices += strcspn(choices, "|") + 1;
    put_format(writer, "%.*s", (int)strcspn(choices, "|"), choices);
}

static void put_limits(struct writer *writer, const struct coop_param *row)
{
    const bool low = isfinite(row->min), high = isfinite(row->max);
    if (low) {
        put(writer, high ? " from " : " of at least ");
        put_real(writer, row->min);
    }
    if (high) {
        put(writer, low ? " to " : " of at most ");
        put_real(writer, row->max);
    }
    if (strcmp(row->unit, "1") != 0)
        put_format(writer, " (%s)", row->unit);
}

static void put_range(struct writer *writer, const struct coop_param *row)
{
    switch (row->type) {
    case COOP_PARAM_BOOLEAN:
        put(writer, "true or false");
        break;
    case COOP_PARAM_CHOICE:
        put(writer, "one of ");
        put_choices(writer, row->choices, ", ");
        break;
    case COOP_PARAM_TEXT_LIST:
        put_format(writer, "a list of 1 to %zu words of at most %d bytes", row->list_max,
                   COOP_TEXT_MAX - 1);
        break;
    case COOP_PARAM_REAL_LIST:
        put_format(writer, "a list of 1 to %zu numbers, each", row->list_max);
        put_limits(writer, row);
        break;
    case COOP_PARAM_INTEGER:
    case COOP_PARAM_REAL:
        put(writer, row->type == COOP_PARAM_REAL ? "a number" : "a whole number");
        put_limits(writer, row);
        put(writer, row->type == COOP_PARAM_REAL && isnan(row->initial) ? ", or unset" : "");
        break;
    }
}

int coop_param_range(const struct coop_param *row, char *buffer, size_t size)
{
    struct writer writer = {.buffer = buffer, .size = size};
    put_range(&writer, row);
    return finish(&writer);
}

enum coop_status coop_row_fail(const struct coop_param *row, const struct coop_fault *fault)
{
    char range[512], where[48] = "";
    coop_param_range(row, range, sizeof range);
    if (fault->element > 0)
        snprintf(where, sizeof where, " as element %zu", fault->element);
    return COOP_FAIL(COOP_USAGE, "'%s' cannot %s '%s'%s: %s - give %s", row->name,
                     fault->element > 0 ? "hold" : "be", fault->word.text, where, fault->reason,
                     range);
}

static void put_list(struct writer *writer, const struct coop_value *value)
{
    put(writer, "[");
    for (size_t i = 0; i < value->reals.count; i++) {
        put(writer, i > 0 ? ", " : "");
        put_real(writer, value->reals.value[i]);
    }
    for (size_t i = 0; i < value->texts.count; i++) {
        put(writer, i > 0 ? ", " : "");
        put(writer, value->texts.text[i]);
    }
    put(writer, "]");
}

static void put_value(struct writer *writer, const struct coop_param *row,
                      const struct coop_value *value)
{
    if (coop_row_is_list(row))
        put_list(writer, value);
    else if (row->type == COOP_PARAM_BOOLEAN)
        put(writer, value->real != 0 ? "true" : "false");
    else if (row->type == COOP_PARAM_CHOICE)
        put_choice(writer, row->choices, (size_t)value->real);
    else if (row->type == COOP_PARAM_INTEGER)
        put_format(writer, "%" PRId64, (int64_t)value->real);
    else
        put_real(writer, value->real);
}

int coop_param_format(const struct coop_param_set *set, const char *name, char *buffer, size_t size)
{
    struct writer writer = {.buffer = buffer, .size = size};
    struct coop_value value;
    if (coop_param_get(set, name, &value) == COOP_OK)
        put_value(&writer, coop_param_find(set, name, NULL), &value);
    return finish(&writer);
}

uint64_t coop_param_hash(const struct coop_param_set *set)
{
    struct writer writer = {.hash = FNV_OFFSET};
    for (size_t t = 0; t < set->tables; t++)
        for (size_t r = 0; r < set->table[t]->rows; r++) {
            const struct coop_param *row = &set->table[t]->row[r];
            struct coop_value value;
            if (coop_param_get(set, row->name, &value) != COOP_OK)
                continue;
            put(&writer, row->name);
            put(&writer, "=");
            put_value(&writer, row, &value);
            put(&writer, "\n");
        }
    return writer.hash;
}
