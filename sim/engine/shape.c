/* coopsim - GPL-3.0-or-later */
#include "sim/engine/shape.h"

#include "sim/engine/recorder.h"

#include <stdlib.h>

struct coop_streams coop_run_streams(const struct coop_settings *settings, uint32_t replicate)
{
    uint64_t seed = (uint64_t)settings->seed;
    uint64_t population =
        settings->population_seed < 0 ? seed : (uint64_t)settings->population_seed;
    return (struct coop_streams){coop_stream_key(population, replicate, "population"),
                                 coop_stream_key(seed, replicate, "dynamics")};
}

size_t coop_run_owners(const struct coop_model *model,
                       struct coop_field_owner ret_owner[COOP_OWNERS_MAX])
{
    size_t owners = 0;
    ret_owner[owners++] = (struct coop_field_owner){model->fields, model->field_count};
    for (size_t i = 0; model->mechanisms[i] != NULL; i++)
        ret_owner[owners++] = (struct coop_field_owner){model->mechanisms[i]->fields,
                                                        model->mechanisms[i]->field_count};
    for (size_t i = 0; model->observers[i] != NULL; i++)
        ret_owner[owners++] = (struct coop_field_owner){model->observers[i]->fields,
                                                        model->observers[i]->field_count};
    return owners;
}

static uint32_t options_of(const struct coop_model *model, const struct coop_param_set *set)
{
    const void *shared = coop_param_values(set, COOP_TABLE_MODEL);
    uint32_t options = 0;
    for (size_t i = 0; model->mechanisms[i] != NULL; i++)
        if (model->mechanisms[i]->options != NULL)
            options |= model->mechanisms[i]->options(
                shared, coop_param_values(set, COOP_TABLE_FIRST_MECHANISM + i));
    return options;
}

struct coop_dimensions coop_run_dimensions(const struct coop_model *model,
                                           const struct coop_script *script,
                                           const struct coop_param_set *first)
{
    const struct coop_settings *settings = coop_param_values(first, COOP_TABLE_ENGINE);
    const void *shared = coop_param_values(first, COOP_TABLE_MODEL);
    uint32_t options = options_of(model, first);
    for (size_t i = 0; script != NULL && i < script->epochs * script->regimes; i++)
        options |= options_of(model, &script->set[i]);
    return (struct coop_dimensions){.kinds = model->kinds != NULL ? model->kinds(shared) : 1,
                                    .year_records = 52 % settings->every != 0 ? 0
                                                    : settings->look_back
                                                        ? (size_t)(52 / settings->every)
                                                        : 1,
                                    .options = options};
}

enum coop_status coop_run_blocks(size_t organisations, const struct coop_script *script,
                                 size_t **ret_end, struct coop_blocks *ret_blocks)
{
    const size_t regimes = script != NULL ? script->regimes : 1;
    size_t *end = calloc(regimes, sizeof *end);
    if (end == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for %zu regimes", regimes);
    end[0] = organisations;
    for (size_t r = 0; script != NULL && r < regimes; r++)
        end[r] = coop_script_end(script, r, organisations);
    *ret_end = end;
    *ret_blocks = (struct coop_blocks){end, regimes};
    return COOP_OK;
}

enum coop_status coop_run_bytes(const struct coop_model *model, const struct coop_script *script,
                                int threads, struct coop_run_bytes *ret)
{
    const struct coop_settings *settings = coop_param_values(script->set, COOP_TABLE_ENGINE);
    struct coop_field_owner owner[COOP_OWNERS_MAX];
    size_t owners = coop_run_owners(model, owner), organisations, *end = NULL;
    struct coop_dimensions dimensions = coop_run_dimensions(model, script, script->set);
    struct coop_blocks blocks;
    /* What a short run never writes takes no memory. */
    if (dimensions.year_records > coop_recorder_times(settings))
        dimensions.year_records = coop_recorder_times(settings);
    uint32_t *size;
    COOP_TRY(
        coop_run_sizes(settings, coop_run_streams(settings, 0).population, &size, &organisations));
    const enum coop_status status = coop_run_blocks(organisations, script, &end, &blocks);
    if (status == COOP_OK) {
        ret->state = coop_economy_bytes(size, blocks, owner, owners, dimensions, (size_t)threads);
        coop_recorder_bytes(model, settings, blocks, dimensions, ret);
    }
    free(size);
    free(end);
    return status;
}
