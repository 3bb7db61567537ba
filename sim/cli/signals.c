/* coopsim - GPL-3.0-or-later */
#include "sim/cli/signals.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t stop_signal;

/* The second signal finds its usual action, which ends the process. */
static void ask_to_stop(int number)
{
    stop_signal = number;
    signal(SIGTERM, SIG_DFL);
    signal(SIGUSR1, SIG_DFL);
    signal(SIGINT, SIG_DFL);
}

void coop_signals_catch(void)
{
    struct sigaction action = {.sa_handler = ask_to_stop, .sa_flags = SA_RESTART}, usual;
    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGUSR1, &action, NULL);
    /* A job in the background, or under nohup, may be meant to ignore it. */
    if (sigaction(SIGINT, NULL, &usual) == 0 && usual.sa_handler != SIG_IGN)
        sigaction(SIGINT, &action, NULL);
    /* Who reads the progress may go; the computation stays. */
    signal(SIGPIPE, SIG_IGN);
}

int coop_signals_stop(void)
{
    return stop_signal;
}
