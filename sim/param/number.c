/* coopsim - GPL-3.0-or-later
 *
 * Numbers from and to text. The grammar is the project's own, [sign] digits [. digits] [e [sign]
 * digits], since strtod also takes hexadecimal, "nan" and "inf". */
#include "sim/param/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A decimal number taken apart: sign, the digits without the point, and a power of ten. */
struct decimal {
    bool negative;
    const char *digits, *end; /* with at most one point between them */
    long point;               /* digits after the point */
    long exponent;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Clamped: beyond it a double is 0 or infinite whatever the digits of a 64 KiB file. */
static const char *read_exponent(const char *at, long *ret)
{
    enum { CLAMP = 1000000 };
    const bool negative = *at == '-';
    if (*at == '-' || *at == '+')
        at++;
    if (!is_digit(*at))
        return NULL;
    for (; is_digit(*at); at++)
        if (*ret < CLAMP)
            *ret = 10 * *ret + (*at - '0');
    if (negative)
        *ret = -*ret;
    return at;
}

static bool read_decimal(const char *word, struct decimal *ret)
{
    *ret = (struct decimal){.negative = *word == '-'};
    if (*word == '-' || *word == '+')
        word++;
    ret->digits = word;
    size_t digits = 0;
    bool point = false;
    for (; is_digit(*word) || (*word == '.' && !point); word++) {
        ret->point += point;
        digits += *word != '.';
        point |= *word == '.';
    }
    ret->end = word;
    if (digits > 0 && (*word == 'e' || *word == 'E'))
        word = read_exponent(word + 1, &ret->exponent);
    return digits > 0 && word && *word == '\0';
}

static bool is_named_not_finite(const char *word)
{
    static const char *const name[] = {"nan", "inf", "infinity", ".nan", ".inf"};
    if (*word == '-' || *word == '+')
        word++;
    for (size_t i = 0; i < sizeof name / sizeof name[0]; i++)
        if (strcasecmp(word, name[i]) == 0)
            return true;
    return strncasecmp(word, "nan(", 4) == 0;
}

enum coop_number coop_read_real(const char *word, double *ret)
{
    struct decimal decimal;
    if (is_named_not_finite(word))
        return COOP_NUMBER_NOT_FINITE;
    if (!read_decimal(word, &decimal))
        return COOP_NUMBER_NONE;
    *ret = strtod(word, NULL);
    return isfinite(*ret) ? COOP_NUMBER_FINE : COOP_NUMBER_NOT_FINITE;
}

/* The digits times 10^power, exactly; a digit below the units must be 0. */
static enum coop_number whole_value(const struct decimal *decimal, int64_t *ret)
{
    long power = decimal->exponent - decimal->point - 1;
    for (const char *at = decimal->digits; at < decimal->end; at++)
        power += *at != '.';
    int64_t value = 0;
    bool large = false;
    for (const char *at = decimal->digits; at < decimal->end; at++) {
        if (*at == '.')
            continue;
        if (power-- < 0 && *at != '0')
            return COOP_NUMBER_FRACTION;
        if (power >= -1 && !large)
            value = 10 * value + (*at - '0');
        large |= value > COOP_WHOLE_MAX;
    }
    for (; power >= 0 && value > 0 && !large; power--) {
        value *= 10;
        large = value > COOP_WHOLE_MAX;
    }
    *ret = decimal->negative ? -value : value;
    return large ? COOP_NUMBER_TOO_LARGE : COOP_NUMBER_FINE;
}

enum coop_number coop_read_whole(const char *word, int64_t *ret)
{
    struct decimal decimal;
    if (is_named_not_finite(word))
        return COOP_NUMBER_NOT_FINITE;
    if (!read_decimal(word, &decimal))
        return COOP_NUMBER_NONE;
    return whole_value(&decimal, ret);
}

/* Plain digits up to ten of them before the point, since %g turns 20 into 2e+01 as soon as one
 * digit is enough. */
const char *coop_real_text(double value, char buffer[COOP_REAL_TEXT_SIZE])
{
    enum { DIGITS_MAX = 17, PLAIN_MAX = 10 };
    if (isnan(value))
        return strcpy(buffer, "unset");
    for (int digits = 1; digits <= DIGITS_MAX; digits++) {
        snprintf(buffer, COOP_REAL_TEXT_SIZE, "%.*e", digits - 1, value);
        if (strtod(buffer, NULL) != value)
            continue;
        const char *e = strchr(buffer, 'e');
        const long exponent = e ? strtol(e + 1, NULL, 10) : 0;
        const int plain = exponent >= digits && exponent < PLAIN_MAX ? (int)exponent + 1 : digits;
        snprintf(buffer, COOP_REAL_TEXT_SIZE, "%.*g", plain, value);
        break;
    }
    return buffer;
}
