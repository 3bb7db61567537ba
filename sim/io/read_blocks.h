/* coopsim - GPL-3.0-or-later
 *
 * Variables of a reader row by row, of which a block of rows at a time is in memory: some megabytes,
 * however many runs there are. */
#ifndef COOP_IO_READ_BLOCKS_H
#define COOP_IO_READ_BLOCKS_H

#include "sim/io/read.h"

enum { COOP_BLOCKS = 16, COOP_BLOCK_NAME = 200 };

struct coop_read_block {
    char name[COOP_BLOCK_NAME];
    bool there;        /* the results have the variable, with numbers in it */
    size_t cells;      /* numbers of a row */
    double *value;     /* [at_once][cells] */
    size_t at_once;    /* rows that there is room for */
    size_t first, end; /* runs whose rows are in memory */
    uint64_t used;     /* when it was last used */
};

/* Zeroed but for the reader, which must outlive it. */
struct coop_read_blocks {
    struct coop_reader *reader;
    struct coop_read_block block[COOP_BLOCKS];
    uint64_t clock;
};
void coop_blocks_free(struct coop_read_blocks *blocks);

/* The numbers of a run in a variable, valid until the next call; NAN where the run is missing.
 * `ret_row` is NULL if the results have no such variable. */
enum coop_status coop_blocks_row(struct coop_read_blocks *blocks, const char *variable, size_t run,
                                 const double **ret_row, size_t *ret_cells);

#endif
