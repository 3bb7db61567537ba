/* coopsim - GPL-3.0-or-later
 *
 * A user's text: what is plain UTF-8, and how it is shown in a message. */
#include "sim/param/text.h"

#include <string.h>

/* The length of the well-formed UTF-8 sequence at `at`, 0 if there is none (RFC 3629: no overlong
 * form, no surrogate, nothing above U+10FFFF). */
static size_t sequence_length(const unsigned char *at, size_t left)
{
    static const struct {
        unsigned char first, last, second_min, second_max, length;
    } form[] = {
        {0x00, 0x7f, 0x00, 0x00, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
        {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
    };
    size_t i = 0;
    while (i < sizeof form / sizeof form[0] && (at[0] < form[i].first || at[0] > form[i].last))
        i++;
    if (i == sizeof form / sizeof form[0] || form[i].length > left)
        return 0;
    if (form[i].length > 1 && (at[1] < form[i].second_min || at[1] > form[i].second_max))
        return 0;
    for (size_t k = 2; k < form[i].length; k++)
        if (at[k] < 0x80 || at[k] > 0xbf)
            return 0;
    return form[i].length;
}

/* C0 but tab and line ends, DEL, and C1, which is 0xc2 0x80 to 0xc2 0x9f in UTF-8. */
static bool is_control(const unsigned char *at)
{
    if (at[0] < 0x20)
        return at[0] != '\t' && at[0] != '\n' && at[0] != '\r';
    return at[0] == 0x7f || (at[0] == 0xc2 && at[1] < 0xa0);
}

const char *coop_text_fault(const char *text, size_t length, size_t *ret_offset)
{
    const unsigned char *bytes = (const unsigned char *)text;
    for (size_t i = 0, step; i < length; i += step) {
        *ret_offset = i;
        step = sequence_length(bytes + i, length - i);
        if (step == 0)
            return "a byte that is not UTF-8";
        if (bytes[i] == 0)
            return "a NUL byte";
        if (is_control(bytes + i))
            return "a control character";
    }
    return NULL;
}

/* One character as shown: itself, a backslash pair, or '?'. Returns the bytes read. */
static size_t show_character(const unsigned char *at, size_t left, char *ret, size_t *ret_length)
{
    const size_t step = sequence_length(at, left);
    const bool line = at[0] == '\n' || at[0] == '\t' || at[0] == '\r';
    if (line) {
        ret[0] = '\\';
        ret[1] = (char)(at[0] == '\n' ? 'n' : at[0] == '\t' ? 't' : 'r');
    } else if (step == 0 || is_control(at)) {
        ret[0] = '?';
    } else {
        memcpy(ret, at, step);
    }
    *ret_length = line ? 2 : step == 0 || is_control(at) ? 1 : step;
    return step == 0 ? 1 : step;
}

struct coop_shown coop_show(const char *text)
{
    struct coop_shown shown;
    const unsigned char *bytes = (const unsigned char *)text;
    const size_t length = strlen(text);
    size_t out = 0;
    for (size_t i = 0; i < length;) {
        size_t more;
        i += show_character(bytes + i, length - i, shown.text + out, &more);
        out += more;
        if (out > sizeof shown.text - 8 && i < length) {
            memcpy(shown.text + out, "...", 3);
            out += 3;
            break;
        }
    }
    shown.text[out] = '\0';
    return shown;
}
