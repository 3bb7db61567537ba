/* coopsim - GPL-3.0-or-later */
#include "sim/report/markup.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char replacement[] = "\xEF\xBF\xBD";

/* Bytes of the UTF-8 sequence that begins here, 0 if it is none. */
static size_t sequence(const unsigned char *byte, uint32_t *ret_character)
{
    static const struct {
        unsigned char mask, head;
        uint32_t least;
    } form[] = {{0x80, 0x00, 0}, {0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}};
    for (size_t length = 1; length <= 4; length++) {
        if ((byte[0] & form[length - 1].mask) != form[length - 1].head)
            continue;
        uint32_t character = (uint32_t)(byte[0] & ~form[length - 1].mask);
        for (size_t i = 1; i < length; i++) {
            if ((byte[i] & 0xC0) != 0x80)
                return 0;
            character = character << 6 | (uint32_t)(byte[i] & 0x3F);
        }
        *ret_character = character;
        return character >= form[length - 1].least ? length : 0;
    }
    return 0;
}

static int is_allowed(uint32_t c)
{
    return c == '\t' || c == '\n' || (c >= 0x20 && c < 0x7F) || (c >= 0xA0 && c < 0xD800) ||
           (c >= 0xE000 && c < 0xFFFE) || (c >= 0x10000 && c <= 0x10FFFF);
}

static const char *entity(uint32_t character)
{
    switch (character) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void coop_markup_text(FILE *out, const char *text)
{
    const unsigned char *byte = (const unsigned char *)text;
    while (*byte != '\0') {
        uint32_t character = 0;
        const size_t length = sequence(byte, &character);
        const char *escape = length > 0 ? entity(character) : NULL;
        if (escape != NULL)
            fputs(escape, out);
        else if (length == 0 || !is_allowed(character))
            fputs(replacement, out);
        else
            fwrite(byte, 1, length, out);
        byte += length > 0 ? length : 1;
    }
}

size_t coop_markup_length(const char *text)
{
    size_t length = 0;
    for (; *text != '\0'; text++)
        length += ((unsigned char)*text & 0xC0) != 0x80;
    return length;
}

/* Thousands apart: 1234567 as 1,234,567. */
static struct coop_number grouped(double whole)
{
    struct coop_number ret;
    char digits[COOP_NUMBER_SIZE];
    size_t used = 0;
    const size_t length = (size_t)snprintf(digits, sizeof digits, "%.0f", fabs(whole));
    if (whole < 0)
        used += (size_t)snprintf(ret.text, sizeof ret.text, "\xE2\x88\x92");
    for (size_t i = 0; i < length && used + 2 < sizeof ret.text; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            ret.text[used++] = ',';
        ret.text[used++] = digits[i];
    }
    ret.text[used] = '\0';
    return ret;
}

struct coop_number coop_number_show(double value)
{
    struct coop_number ret = {"\xE2\x80\x93"};
    const double size = fabs(value);
    if (isnan(value))
        return ret;
    if (isinf(value)) {
        snprintf(ret.text, sizeof ret.text, "%s", value < 0 ? "\xE2\x88\x92∞" : "∞");
        return ret;
    }
    if (size >= 1e15 || (size > 0 && size < 5e-4)) {
        snprintf(ret.text, sizeof ret.text, "%.2g", value);
        return ret;
    }
    if (size >= 1000 || (size >= 1 && value == floor(value)))
        return grouped(value);
    snprintf(ret.text, sizeof ret.text, "%s%.*f", value < 0 ? "\xE2\x88\x92" : "",
             size < 10    ? 3
             : size < 100 ? 2
                          : 1,
             size);
    return ret;
}

struct coop_number coop_number_exact(double value)
{
    struct coop_number ret = {""};
    if (isnan(value))
        return ret;
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(ret.text, sizeof ret.text, "%.*g", digits, value);
        if (strtod(ret.text, NULL) == value)
            break;
    }
    return ret;
}

struct coop_number coop_number_share(double value, int is_share)
{
    struct coop_number ret;
    if (!is_share || !isfinite(value))
        return coop_number_show(value);
    const double percent = 100 * value;
    snprintf(ret.text, sizeof ret.text, "%.*f\xC2\xA0%%", fabs(percent) < 9.95 ? 1 : 0, percent);
    return ret;
}
