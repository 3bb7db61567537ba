/* coopsim - GPL-3.0-or-later
 *
 * Arrays that grow by one item. The room doubles at powers of two, so that it follows from the
 * count and need not be kept. */
#ifndef COOP_PARAM_GROW_H
#define COOP_PARAM_GROW_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Room for item number `count`; `items` is the address of the pointer to the array. False, and
 * nothing changed, if there is no memory. */
static inline bool coop_grow(void *items, size_t count, size_t size)
{
    void *item;
    if ((count & (count - 1)) != 0)
        return true;
    memcpy(&item, items, sizeof item);
    item = realloc(item, (count > 0 ? 2 * count : 1) * size);
    if (item)
        memcpy(items, &item, sizeof item);
    return item != NULL;
}

#endif
