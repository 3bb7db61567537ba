/* coopsim - GPL-3.0-or-later
 *
 * Signals that ask the program to stop: SIGTERM, SIGUSR1 (which batch systems send before a job's
 * time is over) and SIGINT. The first asks, the second ends the process. */
#ifndef COOP_CLI_SIGNALS_H
#define COOP_CLI_SIGNALS_H

void coop_signals_catch(void);
int coop_signals_stop(void); /* the signal that came, or 0 */

#endif
