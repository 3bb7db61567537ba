/* coopsim - GPL-3.0-or-later
 *
 * The attributes of variables, after the CF conventions. */
#include "sim/io/h5.h"

#include <hdf5_hl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHOICES_MAX = 128 /* values 0 to 127 of an int8 */ };

hid_t coop_h5_number_type(enum coop_h5_type type, bool stored)
{
    if (type == COOP_H5_F64)
        return stored ? H5T_IEEE_F64LE : H5T_NATIVE_DOUBLE;
    if (type == COOP_H5_F32)
        return stored ? H5T_IEEE_F32LE : H5T_NATIVE_FLOAT;
    if (type == COOP_H5_I64)
        return stored ? H5T_STD_I64LE : H5T_NATIVE_INT64;
    return stored ? H5T_STD_I8LE : H5T_NATIVE_INT8;
}

/* A fixed length, as netCDF itself writes its text attributes. */
enum coop_status coop_h5_text_attribute(hid_t object, const char *name, const char *text)
{
    enum coop_status status = COOP_OK;
    hid_t type = -1, space = -1, attribute = -1;
    COOP_H5_TRY(type = H5Tcopy(H5T_C_S1), "describe", name);
    COOP_H5_TRY(H5Tset_size(type, strlen(text)), "describe", name);
    COOP_H5_TRY(H5Tset_cset(type, H5T_CSET_UTF8), "describe", name);
    COOP_H5_TRY(H5Tset_strpad(type, H5T_STR_NULLPAD), "describe", name);
    COOP_H5_TRY(space = H5Screate(H5S_SCALAR), "describe", name);
    COOP_H5_TRY(attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT),
                "create", name);
    COOP_H5_TRY(H5Awrite(attribute, type, text), "write", name);
done:
    if (attribute >= 0)
        H5Aclose(attribute);
    if (space >= 0)
        H5Sclose(space);
    if (type >= 0)
        H5Tclose(type);
    return status;
}

void coop_h5_note_text(struct coop_h5_variable *variable, const char *name, const char *text)
{
    if (text != NULL && text[0] != '\0' && variable->notes < COOP_H5_NOTES_MAX)
        variable->note[variable->notes++] = (struct coop_h5_note){name, text, NAN};
}

void coop_h5_note_number(struct coop_h5_variable *variable, const char *name, double number)
{
    if (isfinite(number) && variable->notes < COOP_H5_NOTES_MAX)
        variable->note[variable->notes++] = (struct coop_h5_note){name, NULL, number};
}

void coop_h5_describe(struct coop_h5_variable *variable, const char *units, const char *long_name)
{
    coop_h5_note_text(variable, "long_name", long_name);
    coop_h5_note_text(variable, "units", units);
}

/* HDF5 converts the doubles to the type stored, clipping what does not fit. */
static enum coop_status write_numbers(hid_t dataset, const char *name, enum coop_h5_type type,
                                      size_t count, const double *value)
{
    enum coop_status status = COOP_OK;
    hid_t space = -1, attribute = -1;
    hsize_t size = count;
    COOP_H5_TRY(space = H5Screate_simple(1, &size, NULL), "describe", name);
    COOP_H5_TRY(attribute = H5Acreate2(dataset, name, coop_h5_number_type(type, true), space,
                                       H5P_DEFAULT, H5P_DEFAULT),
                "create", name);
    COOP_H5_TRY(H5Awrite(attribute, H5T_NATIVE_DOUBLE, value), "write", name);
done:
    if (attribute >= 0)
        H5Aclose(attribute);
    if (space >= 0)
        H5Sclose(space);
    return status;
}

/* CF's way to name the values of a choice: flag_values 0 1 2, flag_meanings "a b c". */
static enum coop_status write_choices(hid_t dataset, const struct coop_h5_variable *variable)
{
    double value[CHOICES_MAX];
    size_t count = 1;
    char *meanings = strdup(variable->choices);
    if (meanings == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory writing `%s`", variable->name);
    for (char *c = meanings; *c != '\0'; c++) {
        if (*c == '|') {
            *c = ' ';
            count++;
        }
    }
    for (size_t choice = 0; choice < count && choice < CHOICES_MAX; choice++)
        value[choice] = (double)choice;
    enum coop_status status =
        count > CHOICES_MAX
            ? COOP_FAIL(COOP_INTERNAL, "`%s` has more than %d choices", variable->name, CHOICES_MAX)
            : write_numbers(dataset, "flag_values", COOP_H5_I8, count, value);
    if (status == COOP_OK)
        status = coop_h5_text_attribute(dataset, "flag_meanings", meanings);
    free(meanings);
    return status;
}

enum coop_status coop_h5_write_attributes(hid_t dataset, const struct coop_h5_variable *variable)
{
    for (size_t n = 0; n < variable->notes; n++) {
        const struct coop_h5_note *note = &variable->note[n];
        if (note->text != NULL)
            COOP_TRY(coop_h5_text_attribute(dataset, note->name, note->text));
        else
            COOP_TRY(write_numbers(dataset, note->name, variable->type, 1, &note->number));
    }
    if (variable->choices != NULL)
        COOP_TRY(write_choices(dataset, variable));
    if (variable->padded && variable->type != COOP_H5_TEXT) {
        double fill = variable->type == COOP_H5_F64 || variable->type == COOP_H5_F32 ? NAN : -1;
        COOP_TRY(write_numbers(dataset, "_FillValue", variable->type, 1, &fill));
    }
    for (int axis = 0; axis < variable->rank; axis++)
        if (variable->axis[axis].scale > 0 &&
            H5DSattach_scale(dataset, variable->axis[axis].scale, (unsigned)axis) < 0)
            return coop_h5_fail(__FILE__, "attach a scale to", variable->name);
    return COOP_OK;
}
