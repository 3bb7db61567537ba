/* coopsim - GPL-3.0-or-later
 *
 * Progress on stderr: a bar on a terminal, plain lines every few seconds in a log, JSON lines for
 * programs, or nothing. */
#ifndef COOP_IO_PROGRESS_H
#define COOP_IO_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

enum coop_progress_mode {
    COOP_PROGRESS_AUTO, /* bar if stderr is a terminal, else plain */
    COOP_PROGRESS_PLAIN,
    COOP_PROGRESS_JSON,
    COOP_PROGRESS_NONE
};

struct coop_progress {
    enum coop_progress_mode mode;
    bool bar;
    double started, printed; /* seconds of the monotonic clock */
};

void coop_progress_begin(struct coop_progress *progress, enum coop_progress_mode mode);
/* `done` of `total` units of work (worker-weeks); `label` is what is being run. Prints at most
 * every 0.1 s (bar) or 5 s (plain, JSON). */
void coop_progress_update(struct coop_progress *progress, double done, double total,
                          const char *label);
void coop_progress_end(struct coop_progress *progress);

#endif
