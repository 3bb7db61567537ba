/* coopsim - GPL-3.0-or-later
 *
 * The parts of merging, inside sim/io: attributes, rows, variables. */
#ifndef COOP_IO_MERGE_PARTS_H
#define COOP_IO_MERGE_PARTS_H

#include "sim/io/h5_read.h"
#include "sim/io/merge.h"
#include "sim/io/read_parts.h"

enum { COOP_MERGE_NAME_MAX = 200 };

/* Variables whose rows of all runs are in memory. */
struct coop_merge_batch {
    struct coop_rows *rows;
    size_t variables;
};

struct coop_merge {
    struct coop_reader *reader;
    hid_t from; /* the first source, which tells what there is */
    hid_t to;
    struct coop_merge_batch batch;
};

/* The path of the scale of an axis, "/run" or "/workers/worker"; "" if it has none. */
enum coop_status coop_merge_scale(hid_t dataset, int axis, char ret[COOP_MERGE_NAME_MAX]);
/* Whether it has a row a run; else it is a scale, or said once of all runs. */
bool coop_merge_is_by_run(hid_t place, const char *name);

/* Reads variable `first` of a group and as many of those after it as fit, unless it is there. A
 * variable too large for that is left to coop_merge_rows. */
enum coop_status coop_merge_batch_load(struct coop_merge *merge, hid_t from, const char *group,
                                       const struct coop_h5_names *names, size_t first);
struct coop_rows *coop_merge_batch_find(const struct coop_merge *merge, const char *group,
                                        const char *name);
void coop_merge_batch_free(struct coop_merge_batch *batch, size_t runs);

/* What is read of the attributes of a variable, until it has been written. */
struct coop_merge_attributes {
    struct coop_h5_variable *variable;
    char *text[COOP_H5_NOTES_MAX + 1]; /* to be freed */
    size_t texts;
    char name[COOP_H5_NOTES_MAX][48];
};

/* Reads the attributes of a variable into its notes; to be freed after it was written. */
enum coop_status coop_merge_attributes(hid_t dataset, struct coop_merge_attributes *ret);
void coop_merge_attributes_free(struct coop_merge_attributes *all);

/* Writes the rows of all runs; `group` is "" or "workers/". */
enum coop_status coop_merge_rows(struct coop_merge *merge, struct coop_h5_variable *variable,
                                 const char *group, const struct coop_h5_shape *shape);

/* Copies a variable of the group that is open as `from` in the first source and as `to` in the
 * copy. */
enum coop_status coop_merge_variable(struct coop_merge *merge, hid_t from, hid_t to,
                                     const char *group, const char *name);

#endif
