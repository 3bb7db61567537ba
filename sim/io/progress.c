/* coopsim - GPL-3.0-or-later */
#include "sim/io/progress.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { BAR_CELLS = 24, COLUMNS_USUAL = 80, LABEL_MAX = 120, LINE_MAX_LENGTH = 512 };

static const double bar_interval = 0.1, line_interval = 5;

static double now_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* A bar needs a terminal that understands control sequences; a log never sees one. */
static bool bar_is_possible(void)
{
    const char *terminal = getenv("TERM");
    return isatty(STDERR_FILENO) && terminal != NULL && strcmp(terminal, "dumb") != 0;
}

void coop_progress_begin(struct coop_progress *progress, enum coop_progress_mode mode)
{
    double now = now_seconds();
    *progress = (struct coop_progress){.mode = mode, .started = now, .printed = now};
    if (mode == COOP_PROGRESS_AUTO) {
        progress->bar = bar_is_possible();
        progress->mode = progress->bar ? COOP_PROGRESS_AUTO : COOP_PROGRESS_PLAIN;
    }
}

static double fraction_of(double done, double total)
{
    double fraction = total > 0 ? done / total : 0;
    return isfinite(fraction) ? fmin(fmax(fraction, 0), 1) : 0;
}

/* "1:02:03", "4:05" or "--:--" while nothing can be said. */
static void format_duration(char *ret, size_t size, double seconds)
{
    if (!(seconds >= 0 && seconds < 1e8)) {
        snprintf(ret, size, "--:--");
        return;
    }
    long whole = lround(seconds);
    if (whole >= 3600)
        snprintf(ret, size, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
    else
        snprintf(ret, size, "%ld:%02ld", whole / 60, whole % 60);
}

/* The first `room` bytes of the label at most, not ending within a UTF-8 character. */
static int label_length(const char *label, int room)
{
    int length = (int)strnlen(label, LABEL_MAX);
    length = length < room ? length : room;
    while (length > 0 && ((unsigned char)label[length] & 0xc0) == 0x80)
        length--;
    return length > 0 ? length : 0;
}

static void print_bar(double fraction, const char *remaining, const char *label)
{
    struct winsize window;
    char line[LINE_MAX_LENGTH], cells[BAR_CELLS + 1];
    int columns = ioctl(STDERR_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0
                      ? window.ws_col
                      : COLUMNS_USUAL;
    int filled = (int)(fraction * BAR_CELLS);
    for (int cell = 0; cell < BAR_CELLS; cell++)
        cells[cell] = cell < filled ? '#' : '.';
    cells[BAR_CELLS] = '\0';
    int used = snprintf(line, sizeof line, "\r[%s] %3d %%  ETA %s  ", cells, (int)(fraction * 100),
                        remaining);
    int room = columns - used; /* the carriage return makes up for the last column left free */
    snprintf(line + used, sizeof line - (size_t)used, "%.*s\033[K", label_length(label, room),
             label);
    fputs(line, stderr);
    fflush(stderr);
}

static void print_plain(double fraction, const char *remaining, const char *label)
{
    fprintf(stderr, "%3d %%  ETA %s  %.*s\n", (int)(fraction * 100), remaining,
            label_length(label, LABEL_MAX), label);
}

/* Every byte that JSON does not allow in a string is escaped. */
static void format_json_text(char *ret, size_t size, const char *text, int length)
{
    size_t used = 0;
    ret[0] = '\0';
    for (int i = 0; i < length && used + 8 < size; i++) {
        unsigned char c = (unsigned char)text[i];
        const char *format = c < 0x20 ? "\\u%04x" : c == '"' || c == '\\' ? "\\%c" : "%c";
        used += (size_t)snprintf(ret + used, size - used, format, c);
    }
}

static void print_json(double done, double total, const char *label, double seconds)
{
    char text[8 * LABEL_MAX];
    format_json_text(text, sizeof text, label, label_length(label, LABEL_MAX));
    fprintf(stderr, "{\"done\":%.15g,\"total\":%.15g,\"label\":\"%s\",\"seconds\":%.3f}\n",
            isfinite(done) ? done : 0, isfinite(total) ? total : 0, text, seconds);
}

void coop_progress_update(struct coop_progress *progress, double done, double total,
                          const char *label)
{
    char remaining[32];
    double now = now_seconds(), interval = progress->bar ? bar_interval : line_interval;
    double fraction = fraction_of(done, total), seconds = now - progress->started;
    /* The end is always told, so that also a short run leaves a line. */
    if (progress->mode == COOP_PROGRESS_NONE ||
        (now - progress->printed < interval && fraction < 1))
        return;
    progress->printed = now;
    format_duration(remaining, sizeof remaining,
                    fraction > 0 ? seconds * (1 - fraction) / fraction : NAN);
    if (progress->bar)
        print_bar(fraction, remaining, label);
    else if (progress->mode == COOP_PROGRESS_JSON)
        print_json(done, total, label, seconds);
    else
        print_plain(fraction, remaining, label);
}

void coop_progress_end(struct coop_progress *progress)
{
    if (progress->bar)
        fputs("\r\033[K", stderr);
    *progress = (struct coop_progress){.mode = COOP_PROGRESS_NONE};
}
