/* coopsim - GPL-3.0-or-later
 *
 * The part of HDF5 that the store uses: a file in memory, and variables that describe themselves
 * (axes with dimension scales, CF attributes, fill values). A variable is written a few rows at a
 * time, a row being everything of one run, so that no variable is ever held in memory whole.
 *
 * Strings are of variable length: netCDF 4 crashes on arrays of fixed-length ones. */
#ifndef COOP_IO_H5_H
#define COOP_IO_H5_H

#include "sim/base/status.h"

#include <hdf5.h>
#include <stdbool.h>
#include <stddef.h>

/* No unsigned 64-bit integers (R has none) and no enumerations (netCDF and R differ on them). */
enum coop_h5_type { COOP_H5_F64, COOP_H5_F32, COOP_H5_I64, COOP_H5_I8, COOP_H5_TEXT };

enum { COOP_H5_RANK_MAX = 4, COOP_H5_NOTES_MAX = 12 };

struct coop_h5_axis {
    hid_t scale; /* 0: none, which is so only while the scale itself is being made */
    hsize_t size;
};

/* An attribute: a text, or a number stored in the variable's own type. */
struct coop_h5_note {
    const char *name;
    const char *text;
    double number;
};

struct coop_h5_variable {
    hid_t place; /* file or group */
    const char *name;
    enum coop_h5_type type;
    int rank; /* 0: a scalar */
    struct coop_h5_axis axis[COOP_H5_RANK_MAX];
    bool padded;         /* it has missing values (NaN, -1), so it gets `_FillValue` */
    const char *choices; /* "first|second": what the values 0, 1 ... of an I8 mean; NULL: numbers */
    struct coop_h5_note note[COOP_H5_NOTES_MAX];
    size_t notes;
    /* Writes the values at `row` of the first axis; what it leaves is missing ("" for a text,
     * which is a const char * that must live until the row is written). */
    void (*fill_row)(const void *context, size_t row, void *ret_row);
    const void *context;
};

/* Adds an attribute; a NULL or empty text or a number that is not finite adds nothing. */
void coop_h5_note_text(struct coop_h5_variable *variable, const char *name, const char *text);
void coop_h5_note_number(struct coop_h5_variable *variable, const char *name, double number);
/* The attributes that every variable has. */
void coop_h5_describe(struct coop_h5_variable *variable, const char *units, const char *long_name);

enum coop_status coop_h5_write(const struct coop_h5_variable *variable);

/* A dimension scale of whole numbers: those of `value`, or 0, 1, 2 ... if NULL. */
enum coop_status coop_h5_scale(hid_t place, const char *name, size_t size, const int64_t *value,
                               const char *units, const char *long_name, struct coop_h5_axis *ret);
enum coop_status coop_h5_scale_open(hid_t place, const char *name, struct coop_h5_axis *ret);
bool coop_h5_exists(hid_t place, const char *name);
void coop_h5_axis_close(struct coop_h5_axis *axis); /* safe on a zeroed struct */

/* On a variable or a group; `text` must not be empty. */
enum coop_status coop_h5_text_attribute(hid_t object, const char *name, const char *text);

enum coop_status coop_h5_group(hid_t file, const char *name, hid_t *ret);

/* A file that lives in memory; it must stay where it is while it is open. Closing gives its bytes
 * (to be freed by the caller), or drops them if `ret_bytes` is NULL. */
struct coop_h5_file {
    hid_t id;
    char *image;
};
enum coop_status coop_h5_file_open(struct coop_h5_file *ret);
/* Such a file again, to add to it; `bytes` (without a seal) are copied. */
enum coop_status coop_h5_file_reopen(struct coop_h5_file *ret, void *bytes, size_t size);
enum coop_status coop_h5_file_close(struct coop_h5_file *file, void **ret_bytes, size_t *ret_size);

/* Between the files of this module: creation order tracked and no times, for any object; the type
 * of a number in the file or in memory (not to be closed); all attributes and scales. */
herr_t coop_h5_set_order(hid_t properties);
hid_t coop_h5_number_type(enum coop_h5_type type, bool stored);
enum coop_status coop_h5_write_attributes(hid_t dataset, const struct coop_h5_variable *variable);

/* Records HDF5's own sentence for its last failure; `what` is what was being done. */
enum coop_status coop_h5_fail(const char *place, const char *what, const char *name);

/* HDF5 would print every failure on stderr. The caller's own setting is put back. */
struct coop_h5_quiet {
    H5E_auto2_t print;
    void *context;
};
void coop_h5_quiet_begin(struct coop_h5_quiet *ret);
void coop_h5_quiet_end(const struct coop_h5_quiet *quiet);

/* For functions with a `status` and the exit label `done`. */
#define COOP_H5_TRY(call, what, name)                                                              \
    do {                                                                                           \
        if ((call) < 0) {                                                                          \
            status = coop_h5_fail(__FILE__ ":" COOP_STRINGIFY(__LINE__), what, name);              \
            goto done;                                                                             \
        }                                                                                          \
    } while (0)

#endif
