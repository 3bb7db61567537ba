/* coopsim - GPL-3.0-or-later
 *
 * Which sets of arrows a design of arrows cuts. */
#include "sim/design/points.h"

#include <stdlib.h>

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the points of the design");
}

static int by_number(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Puts them in order, each once; returns how many are left. */
static size_t unite(uint32_t *set, size_t count)
{
    size_t kept = 0;
    qsort(set, count, sizeof *set, by_number);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || set[i] != set[kept - 1])
            set[kept++] = set[i];
    return kept;
}

static void list_all(struct coop_design *design)
{
    design->points = (size_t)1 << design->axes;
    for (size_t p = 0; p < design->points; p++)
        design->cut[p] = (uint32_t)p;
}

/* What each arrow does alone, and where all others are cut, is of interest by itself. */
static size_t list_single(const struct coop_design *design, uint32_t *ret)
{
    const uint32_t all = (uint32_t)((UINT64_C(1) << design->axes) - 1);
    for (size_t a = 0; a < design->axes; a++) {
        ret[2 * a] = UINT32_C(1) << a;
        ret[2 * a + 1] = all & ~(UINT32_C(1) << a);
    }
    return 2 * design->axes;
}

static void list_ways(struct coop_design *design)
{
    size_t count = list_single(design, design->cut);
    for (size_t o = 0; o < design->orders; o++) {
        uint32_t cut = 0;
        design->cut[count++] = cut;
        for (size_t i = 0; i < design->axes; i++) {
            cut |= UINT32_C(1) << design->order[o * design->axes + i];
            design->cut[count++] = cut;
        }
    }
    design->points = unite(design->cut, count);
}

enum coop_status coop_points_arrows(struct coop_design *design, const struct coop_scheme *scheme)
{
    const size_t arrows = design->axes;
    design->orders = arrows > COOP_ARROWS_ALL ? (size_t)scheme->orders : 0;
    const size_t most =
        design->orders > 0 ? 2 * arrows + design->orders * (arrows + 1) : (size_t)1 << arrows;
    design->cut = calloc(most, sizeof *design->cut);
    design->order = calloc(design->orders * arrows + 1, sizeof *design->order);
    if (!design->cut || !design->order)
        return no_memory();
    if (design->orders == 0) {
        list_all(design);
        return COOP_OK;
    }
    coop_points_orders(design->order, design->orders, arrows, (uint64_t)scheme->seed);
    list_ways(design);
    return COOP_OK;
}
