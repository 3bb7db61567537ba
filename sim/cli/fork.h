/* coopsim - GPL-3.0-or-later
 *
 * coopsim run --from: what an intervention does, from a checkpoint on. */
#ifndef COOP_CLI_FORK_H
#define COOP_CLI_FORK_H

#include "sim/cli/cli.h"

enum coop_status coop_cli_fork(const struct coop_arguments *arguments);

#endif
