/* coopsim - GPL-3.0-or-later
 *
 * Reading HDF5, inside sim/io: what a file that coopsim wrote may hold, and nothing else. What is
 * not so is COOP_REFUSED with the name of the variable. */
#ifndef COOP_IO_H5_READ_H
#define COOP_IO_H5_READ_H

#include "sim/io/h5.h"

struct coop_h5_shape {
    enum coop_h5_type type;
    int rank;
    size_t size[COOP_H5_RANK_MAX];
};

/* A file whose bytes have been verified, or a file in memory (`bytes` must live as long). */
enum coop_status coop_h5_open(const char *path, hid_t *ret);
enum coop_status coop_h5_open_image(const void *bytes, size_t size, hid_t *ret);

enum coop_status coop_h5_shape(hid_t place, const char *name, struct coop_h5_shape *ret);
/* Bytes of a value in memory; a text is a char *. */
size_t coop_h5_cell(enum coop_h5_type type);
/* Values of a row, which is everything of one number of the first axis. */
size_t coop_h5_row_cells(const struct coop_h5_shape *shape);

/* Reads `rows` rows from `first` on in the variable's own type (`shape` is coop_h5_shape's). Texts
 * are to be freed with coop_h5_free_texts, also after a failure. */
enum coop_status coop_h5_read(hid_t place, const char *name, const struct coop_h5_shape *shape,
                              size_t first, size_t rows, void *ret);
void coop_h5_free_texts(char **text, size_t count);

/* A text attribute, or a variable that is one text; to be freed. */
enum coop_status coop_h5_read_attribute(hid_t object, const char *name, char **ret);
enum coop_status coop_h5_read_text(hid_t place, const char *name, char **ret);

/* Names in a group, in the order of their creation. */
struct coop_h5_names {
    char **name;
    size_t count;
};
enum coop_status coop_h5_names(hid_t place, struct coop_h5_names *ret);
void coop_h5_names_free(struct coop_h5_names *names); /* safe on a zeroed struct */
bool coop_h5_is_group(hid_t place, const char *name);

/* COOP_REFUSED with HDF5's reason. */
enum coop_status coop_h5_refuse(const char *what, const char *name);
#define COOP_H5_GET(call, what, name)                                                              \
    do {                                                                                           \
        if ((call) < 0) {                                                                          \
            status = coop_h5_refuse(what, name);                                                   \
            goto done;                                                                             \
        }                                                                                          \
    } while (0)

#endif
