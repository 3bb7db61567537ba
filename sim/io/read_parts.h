/* coopsim - GPL-3.0-or-later
 *
 * The parts of the reader, inside sim/io: its sources, and rows of a variable across them. */
#ifndef COOP_IO_READ_PARTS_H
#define COOP_IO_READ_PARTS_H

#include "sim/io/h5_read.h"
#include "sim/io/read.h"

struct coop_sealed_file *coop_reader_add_source(struct coop_reader *reader, const char *path);
/* Opens the file, after comparing its checksum, and reads which runs it has. */
enum coop_status coop_source_open(struct coop_sealed_file *source);
void coop_source_free(struct coop_sealed_file *source);
enum coop_status coop_reader_make_index(struct coop_reader *reader, size_t runs);
/* Adds a file in memory, sealed; borrowed. */
enum coop_status coop_reader_add_image(struct coop_reader *reader, const void *bytes, size_t size);
/* Enters the runs of a source in the index. */
enum coop_status coop_reader_index(struct coop_reader *reader, size_t number);
/* All shards of the directory; those at fault are noted. */
enum coop_status coop_reader_open_sweep(struct coop_reader *reader);

/* Closes the files that were not used for longest, so that few are open. */
void coop_reader_rest(struct coop_reader *reader);

/* What is read into: `cells` values of `shape`'s type a row. */
struct coop_rows {
    const char *group; /* "" at the root, or "workers/" ... */
    const char *name;
    struct coop_h5_shape shape; /* its first size does not count */
    char *cells;
};
/* Fills the rows of runs [first, first + count), one after the other, of each of the variables; those
 * of missing runs stay as they are. Each source is opened once, so many variables at a time are
 * read in less time. A text that is put there is to be freed with coop_h5_free_texts. COOP_REFUSED
 * if a source has a variable in another shape. */
enum coop_status coop_reader_rows(struct coop_reader *reader, struct coop_rows *rows,
                                  size_t variables, size_t first, size_t count);

#endif
