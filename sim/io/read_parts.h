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
/* Fills the rows of runs [first, first + count) one after the other; those of missing runs stay as
 * they are. A text that is put there is to be freed with coop_h5_free_texts. COOP_REFUSED if a
 * source has the variable in another shape. */
enum coop_status coop_reader_rows(struct coop_reader *reader, struct coop_rows *rows, size_t first,
                                  size_t count);
/* The same of several variables: each source is opened once, so that many
 * variables together are read in less time. */
enum coop_status coop_reader_rows_of(struct coop_reader *reader, struct coop_rows *rows,
                                     size_t variables, size_t first, size_t count);
/* The shape that the first source has. */
enum coop_status coop_reader_shape(struct coop_reader *reader, const char *name,
                                   struct coop_h5_shape *ret);
/* Whether the first source, which is open, has a group. */
bool coop_reader_has_group(struct coop_reader *reader, const char *name);
/* Numbers of runs as doubles, `row` of them each; the variable has `rank` axes. */
struct coop_number_rows {
    const char *group, *name;
    int rank;
    size_t row;
};
enum coop_status coop_reader_numbers(struct coop_reader *reader, struct coop_number_rows rows,
                                     size_t first, size_t count, double *ret);

#endif
