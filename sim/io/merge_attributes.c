/* coopsim - GPL-3.0-or-later
 *
 * The attributes of a variable, read in the form in which they are written. */
#include "sim/io/merge_parts.h"

#include <stdlib.h>
#include <string.h>

/* HDF5's own, which come with the scales; and those that others stand for. */
static bool is_own(const char *name)
{
    static const char *const own[] = {"CLASS", "NAME", "REFERENCE_LIST", "DIMENSION_LIST",
                                      "flag_values"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(name, own[i]) == 0)
            return true;
    return false;
}

static herr_t take_number(hid_t attribute, struct coop_merge_attributes *all, const char *name)
{
    double number = 0;
    hid_t space = H5Aget_space(attribute);
    const hssize_t values = space >= 0 ? H5Sget_simple_extent_npoints(space) : -1;
    if (space >= 0)
        H5Sclose(space);
    if (values != 1 || H5Aread(attribute, H5T_NATIVE_DOUBLE, &number) < 0)
        return -1;
    coop_h5_note_number(all->variable, name, number);
    return 0;
}

static herr_t take_attribute(hid_t object, const char *name, const H5A_info_t *info, void *user)
{
    struct coop_merge_attributes *all = user;
    char *kept = all->name[all->variable->notes], *text;
    (void)info;
    if (is_own(name))
        return 0;
    if (strcmp(name, "_FillValue") == 0) {
        all->variable->padded = true;
        return 0;
    }
    if (all->variable->notes + 1 >= COOP_H5_NOTES_MAX || strlen(name) >= sizeof all->name[0])
        return -1;
    strcpy(kept, name);
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    hid_t type = attribute >= 0 ? H5Aget_type(attribute) : -1;
    herr_t result = type >= 0 ? 0 : -1;
    if (result == 0 && H5Tget_class(type) != H5T_STRING)
        result = take_number(attribute, all, kept);
    else if (result == 0 && coop_h5_read_attribute(object, name, &text) == COOP_OK) {
        all->text[all->texts++] = text;
        if (strcmp(name, "flag_meanings") == 0) {
            for (char *c = text; *c != '\0'; c++)
                *c = *c == ' ' ? '|' : *c;
            all->variable->choices = text;
        } else
            coop_h5_note_text(all->variable, kept, text);
    } else
        result = -1;
    if (type >= 0)
        H5Tclose(type);
    if (attribute >= 0)
        H5Aclose(attribute);
    return result;
}

enum coop_status coop_merge_attributes(hid_t dataset, struct coop_merge_attributes *ret)
{
    if (H5Aiterate2(dataset, H5_INDEX_CRT_ORDER, H5_ITER_INC, NULL, take_attribute, ret) < 0)
        return coop_h5_refuse("read the attributes of", ret->variable->name);
    return COOP_OK;
}

void coop_merge_attributes_free(struct coop_merge_attributes *all)
{
    for (size_t i = 0; i < all->texts; i++)
        free(all->text[i]);
}
