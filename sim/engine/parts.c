/* coopsim - GPL-3.0-or-later
 *
 * Lists of parts as memory. */
#include "sim/engine/parts_inside.h"

#include <stdlib.h>
#include <string.h>

size_t coop_part_bytes(enum coop_part_type type)
{
    switch (type) {
    case COOP_PART_F64:
    case COOP_PART_I64:
        return 8;
    case COOP_PART_F32:
    case COOP_PART_U32:
        return 4;
    case COOP_PART_U8:
    case COOP_PART_TYPES:
        break;
    }
    return 1;
}

size_t coop_part_elements(const struct coop_part *part)
{
    size_t elements = 1;
    for (int axis = 0; axis < part->rank; axis++)
        elements *= part->used[axis];
    return elements;
}

const struct coop_part *coop_parts_find(const struct coop_parts *parts, const char *name)
{
    for (size_t i = 0; i < parts->count; i++)
        if (strcmp(parts->item[i].name, name) == 0)
            return &parts->item[i];
    return NULL;
}

static size_t allocated(const struct coop_part *part)
{
    size_t bytes = coop_part_bytes(part->type);
    for (int axis = 0; axis < part->rank; axis++)
        bytes *= part->size[axis];
    return bytes;
}

enum coop_status coop_parts_add(struct coop_parts *parts, struct coop_part part)
{
    struct coop_part *grown = realloc(parts->item, (parts->count + 1) * sizeof *grown);
    if (grown != NULL)
        parts->item = grown;
    if (grown != NULL && part.data == NULL)
        part.data = part.own = calloc(allocated(&part) + 1, 1);
    if (grown == NULL || part.data == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the parts of a run");
    grown[parts->count++] = part;
    return COOP_OK;
}

void coop_parts_free(struct coop_parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        free(parts->item[i].own);
    free(parts->item);
    *parts = (struct coop_parts){0};
}

/* Of the part seen as one of full rank, with axes of one element in front. */
static size_t extent(const struct coop_part *part, const size_t *of, int axis)
{
    const int missing = COOP_PART_RANK - part->rank;
    return axis < missing ? 1 : of[axis - missing];
}

static char *row_of(const struct coop_part *part, size_t i, size_t k)
{
    const size_t row = i * extent(part, part->size, 1) + k;
    return (char *)part->data + row * extent(part, part->size, 2) * coop_part_bytes(part->type);
}

void coop_part_copy(const struct coop_part *to, const struct coop_part *from)
{
    const size_t bytes = extent(to, to->used, 2) * coop_part_bytes(to->type);
    for (size_t i = 0; i < extent(to, to->used, 0); i++)
        for (size_t k = 0; k < extent(to, to->used, 1) && bytes > 0; k++)
            memcpy(row_of(to, i, k), row_of(from, i, k), bytes);
}

enum coop_status coop_parts_copy(struct coop_parts *ret, const struct coop_parts *parts)
{
    enum coop_status status = COOP_OK;
    *ret = (struct coop_parts){0};
    for (size_t i = 0; i < parts->count && status == COOP_OK; i++) {
        struct coop_part part = parts->item[i];
        part.data = part.own = NULL;
        memcpy(part.size, part.used, sizeof part.size);
        status = coop_parts_add(ret, part);
        if (status == COOP_OK)
            coop_part_copy(&ret->item[i], &parts->item[i]);
    }
    if (status != COOP_OK)
        coop_parts_free(ret);
    return status;
}
