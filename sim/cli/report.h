/* coopsim - GPL-3.0-or-later
 *
 * Inside sim/cli: a result opened for a report, by `report` and `export`. */
#ifndef COOP_CLI_REPORT_H
#define COOP_CLI_REPORT_H

#include "sim/cli/judge.h"
#include "sim/report/report.h"

struct coop_opened_report {
    struct coop_reader reader;
    struct coop_study study;
    struct coop_conclusions judged; /* of hypotheses, if all runs are done */
    struct coop_report report;
    char *name;
};
/* To be closed in any case; the struct must stay where it is. */
enum coop_status coop_cli_open_report(struct coop_opened_report *ret,
                                      const struct coop_arguments *arguments);
void coop_cli_close_report(struct coop_opened_report *opened);

/* The name of a result without directories and ending, with `ending` behind it; to be freed. */
char *coop_cli_name_of_result(const char *path, const char *ending);

#endif
