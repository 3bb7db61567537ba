/* coopsim - GPL-3.0-or-later */
#include "sim/engine/run.h"

#include <stdlib.h>

/* round(median exp(spread N)), clipped (ODD 7, measures). */
static uint32_t lognormal_size(const struct coop_settings *settings, uint64_t key,
                               uint32_t organisation)
{
    struct coop_block block = coop_draw(key, coop_purpose("economy.size"), organisation, 0, 0, 0);
    float normal, unused;
    coop_normal_pair(block.word[0], block.word[1], &normal, &unused);
    double size = (double)settings->size * coop_exp(settings->size_spread * (double)normal) + 0.5;
    return (uint32_t)coop_clip(size, (double)settings->size_min, (double)settings->size_max);
}

enum coop_status coop_run_sizes(const struct coop_settings *settings, uint64_t population_key,
                                uint32_t **ret_size, size_t *ret_count)
{
    size_t organisations = (size_t)settings->organisations;
    uint32_t *size = malloc(organisations * sizeof *size);
    if (size == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for %zu organisations", organisations);
    for (size_t o = 0; o < organisations; o++) {
        size[o] = (uint32_t)settings->size;
        if (settings->sizes == COOP_SIZES_LOGNORMAL)
            size[o] = lognormal_size(settings, population_key, (uint32_t)o);
        if (settings->sizes == COOP_SIZES_LIST)
            size[o] = (uint32_t)settings->size_list.value[o % settings->size_list.count];
    }
    *ret_size = size;
    *ret_count = organisations;
    return COOP_OK;
}
