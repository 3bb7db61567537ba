/* coopsim - GPL-3.0-or-later
 *
 * coopsim verify: is a result what was written? */
#include "sim/cli/cli.h"
#include "sim/io/manifest.h"
#include "sim/io/read.h"
#include "sim/io/store.h"

#include <stdlib.h>

/* "failed: 3-5,9" */
static enum coop_status print_runs(const struct coop_reader *reader, const char *label,
                                   int8_t wanted, bool missing)
{
    int64_t *number = malloc((reader->runs + 1) * sizeof *number);
    int8_t *status = malloc(reader->runs + 1);
    char *text = NULL;
    for (size_t r = 0; number != NULL && status != NULL && r < reader->runs; r++) {
        const bool absent = reader->run[r].source == COOP_NO_SOURCE;
        number[r] = (int64_t)r;
        status[r] = absent == missing && (missing || reader->run[r].status == wanted);
    }
    if (number != NULL && status != NULL)
        text = coop_manifest_ranges(number, status, reader->runs, 1);
    free(number);
    free(status);
    if (text == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the runs");
    if (text[0] != '\0')
        printf("  %-9s %s\n", label, text);
    free(text);
    return COOP_OK;
}

static enum coop_status print_all(const struct coop_reader *reader)
{
    printf("%s: %zu runs in %zu file%s\n", reader->path, reader->runs, reader->sources,
           reader->sources == 1 ? "" : "s");
    COOP_TRY(print_runs(reader, "done", COOP_RUN_DONE, false));
    COOP_TRY(print_runs(reader, "failed", COOP_RUN_ERROR, false));
    COOP_TRY(print_runs(reader, "stopped", COOP_RUN_STOPPED, false));
    return print_runs(reader, "missing", 0, true);
}

static enum coop_status verify(struct coop_reader *reader)
{
    COOP_TRY(print_all(reader));
    for (size_t i = 0; i < reader->faults; i++)
        fprintf(stderr, "coopsim: %s: %s\n", reader->fault[i].path, reader->fault[i].text);
    if (reader->faults > 0)
        return COOP_FAIL(COOP_REFUSED, "%s: %zu shard%s at fault", reader->path, reader->faults,
                         reader->faults == 1 ? " is" : "s are");
    COOP_TRY(coop_reader_verify(reader));
    printf("  checksums, structure and settings are as they were written\n");
    return COOP_OK;
}

enum coop_status coop_cli_verify(const struct coop_arguments *arguments)
{
    struct coop_reader reader;
    enum coop_status status = coop_reader_open(&reader, arguments->operand[0]);
    if (status == COOP_OK)
        status = verify(&reader);
    coop_reader_close(&reader);
    return status;
}
