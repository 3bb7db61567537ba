/* coopsim - GPL-3.0-or-later */
#include "sim/cli/text.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

size_t coop_cli_columns(const char *text)
{
    size_t columns = 0;
    for (; *text != '\0'; text++)
        columns += ((unsigned char)*text & 0xc0) != 0x80;
    return columns;
}

/* The length of a word; a number stays with its sign of per cent. */
static int word_length(const char *text)
{
    int length = (int)strcspn(text, " \n");
    if (strncmp(text + length, " %", 2) == 0)
        length += 2 + (int)strcspn(text + length + 2, " \n");
    return length;
}

/* The first line has its prefix already. */
static void print_wrapped(FILE *out, const char *prefix, const char *text)
{
    const size_t indent = coop_cli_columns(prefix);
    size_t used = indent;
    while (*text != '\0') {
        char word[256];
        const int length = word_length(text);
        snprintf(word, sizeof word, "%.*s", length, text);
        const size_t columns = coop_cli_columns(word);
        if (used > indent && used + 1 + columns > COOP_CLI_COLUMNS) {
            fprintf(out, "\n%s", prefix);
            used = indent;
        }
        fprintf(out, "%s%.*s", used > indent ? " " : "", length, text);
        used += columns + (used > indent);
        text += length;
        text += strspn(text, " \n");
    }
    fprintf(out, "\n");
}

void coop_cli_print_lines(FILE *out, const char *prefix, const char *text)
{
    fprintf(out, "%s", prefix);
    print_wrapped(out, prefix, text);
}

void coop_cli_print_behind(size_t column, const char *text)
{
    char prefix[COOP_CLI_COLUMNS];
    snprintf(prefix, sizeof prefix, "%*s", (int)column, "");
    print_wrapped(stdout, prefix, text);
}

void coop_cli_print_item(const char *head, size_t column, const char *text)
{
    const size_t columns = coop_cli_columns(head);
    printf("%s", head);
    if (columns + 2 > column)
        printf("\n%*s", (int)column, "");
    else
        printf("%*s", (int)(column - columns), "");
    coop_cli_print_behind(column, text);
}

void coop_cli_print_sentence(const char *text)
{
    char sentence[512];
    const size_t length = strlen(text);
    snprintf(sentence, sizeof sentence, "%c%s%s", toupper((unsigned char)text[0]), text + 1,
             length > 0 && text[length - 1] == '.' ? "" : ".");
    coop_cli_print_lines(stdout, "", sentence);
}

struct coop_cli_text coop_cli_bytes(double bytes)
{
    static const char *const unit[] = {"bytes", "kB", "MB", "GB", "TB", "PB"};
    struct coop_cli_text ret;
    size_t i = 0;
    for (; i < 5 && bytes >= 999.5; i++)
        bytes /= 1000;
    const int decimals = i < 2 || bytes >= 99.95 ? 0 : bytes >= 9.995 ? 1 : 2;
    snprintf(ret.text, sizeof ret.text, "%.*f %s", decimals, bytes, unit[i]);
    return ret;
}

struct coop_cli_text coop_cli_duration(double seconds)
{
    struct coop_cli_text ret;
    const double whole = round(seconds);
    if (seconds < 9.95)
        snprintf(ret.text, sizeof ret.text, "%.*f s", seconds < .995 ? 2 : 1, seconds);
    else if (whole < 120)
        snprintf(ret.text, sizeof ret.text, "%.0f s", whole);
    else if (whole < 7200)
        snprintf(ret.text, sizeof ret.text, "%.0f min %.0f s", floor(whole / 60), fmod(whole, 60));
    else if (whole < 2 * 86400)
        snprintf(ret.text, sizeof ret.text, "%.0f h %.0f min", floor(whole / 3600),
                 floor(fmod(whole, 3600) / 60));
    else
        snprintf(ret.text, sizeof ret.text, "%.1f days", whole / 86400);
    return ret;
}

struct coop_cli_text coop_cli_count(double count)
{
    struct coop_cli_text ret;
    if (count >= 1e12)
        snprintf(ret.text, sizeof ret.text, "%.3g trillion", count / 1e12);
    else if (count >= 1e9)
        snprintf(ret.text, sizeof ret.text, "%.*f billion", count < 1e10 ? 2 : 1, count / 1e9);
    else if (count >= 1e6)
        snprintf(ret.text, sizeof ret.text, "%.*f million", count < 1e7 ? 2 : 1, count / 1e6);
    else if (count >= 1e4)
        snprintf(ret.text, sizeof ret.text, "%.0f,%03.0f", floor(count / 1000),
                 fmod(floor(count), 1000));
    else
        snprintf(ret.text, sizeof ret.text, "%.0f", count);
    return ret;
}

struct coop_cli_text coop_cli_weeks(int64_t weeks)
{
    struct coop_cli_text ret;
    const long long number = (long long)(weeks > 0 && weeks % 52 == 0 ? weeks / 52 : weeks);
    snprintf(ret.text, sizeof ret.text, "%lld %s%s", number, number == weeks ? "week" : "year",
             number == 1 ? "" : "s");
    return ret;
}

double coop_cli_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

void coop_cli_print_json(const char *text)
{
    if (text == NULL) {
        printf("null");
        return;
    }
    putchar('"');
    for (; *text != '\0'; text++) {
        const unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c < 0x20)
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    putchar('"');
}

enum coop_status coop_cli_read_time(const char *option, const char *text, double *ret)
{
    const char *at = text;
    *ret = 0;
    while (*at >= '0' && *at <= '9' && *ret < 1e9) {
        char *end;
        const double number = strtod(at, &end);
        const char *units = "smhd", *unit = *end != '\0' ? strchr(units, *end) : NULL;
        static const double seconds[] = {1, 60, 3600, 86400};
        if (unit == NULL)
            break;
        *ret += number * seconds[unit - units];
        at = end + 1;
    }
    if (*at == '\0' && at > text && *ret > 0)
        return COOP_OK;
    return COOP_FAIL(COOP_USAGE, "%s cannot be '%.40s' - give a time like 3h50m or 90s", option,
                     text);
}
