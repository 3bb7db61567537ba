/* coopsim - GPL-3.0-or-later */
#include "sim/state/layout.h"

enum coop_status coop_workspace_init(struct coop_workspace *ret, const struct coop_economy *economy)
{
    *ret = (struct coop_workspace){0};
    size_t lanes = coop_scratch_elements(economy, COOP_WORKER_SCRATCH);
    ret->field = calloc(economy->fields + 1, sizeof *ret->field);
    ret->stride = calloc(economy->fields + 1, sizeof *ret->stride);
    ret->scratch = calloc(economy->fields + 1, sizeof *ret->scratch);
    ret->person = calloc(economy->persons + 1, sizeof *ret->person);
    ret->position = coop_calloc_aligned(2 * lanes, sizeof *ret->position, &ret->slots);
    if (!ret->field || !ret->stride || !ret->scratch || !ret->person || !ret->position)
        return COOP_FAIL(COOP_MEMORY, "out of memory for a thread's scratch");
    ret->organisation_of = ret->position + lanes;
    for (size_t f = 0; f < economy->fields; f++) {
        enum coop_field_class class = economy->row[f]->class;
        ret->stride[f] = economy->stride[f];
        if (coop_is_kept(class))
            continue;
        ret->stride[f] = coop_scratch_elements(economy, class);
        ret->field[f] = coop_calloc_aligned(ret->stride[f] * economy->components[f],
                                            coop_element_bytes(class), &ret->scratch[f]);
        if (ret->field[f] == NULL)
            return COOP_FAIL(COOP_MEMORY, "out of memory for a thread's scratch");
    }
    return COOP_OK;
}

void coop_workspace_free(struct coop_workspace *workspace, const struct coop_economy *economy)
{
    for (size_t f = 0; workspace->scratch != NULL && f < economy->fields; f++)
        free(workspace->scratch[f]);
    free(workspace->scratch);
    free(workspace->field);
    free(workspace->stride);
    free(workspace->person);
    free(workspace->slots);
    *workspace = (struct coop_workspace){0};
}

/* Who sits where in organisation o and those interleaved with it. */
static void name_slots(struct coop_workspace *workspace, uint32_t o)
{
    const struct coop_batch *batch = &workspace->batch;
    uint32_t step = batch->step[o], *position = workspace->position + batch->first[o];
    uint32_t *organisation_of = workspace->organisation_of + batch->first[o];
    for (uint32_t p = 0; p < batch->size[o]; p++)
        for (uint32_t i = 0; i < step; i++) {
            position[p * step + i] = p;
            organisation_of[p * step + i] = batch->first_organisation + o + i;
        }
}

/* The arrays that move with a person. */
static void gather_persons(struct coop_workspace *workspace, const struct coop_economy *economy)
{
    size_t persons = 0;
    for (size_t f = 0; f < economy->fields; f++)
        for (size_t c = 0; economy->row[f]->class == COOP_PERSON && c < economy->components[f]; c++)
            workspace->person[persons++] = (char *)workspace->field[f] +
                                           c * economy->stride[f] * coop_element_bytes(COOP_PERSON);
}

void coop_workspace_enter(struct coop_workspace *workspace, const struct coop_economy *economy,
                          size_t batch)
{
    const struct coop_batch_plan *plan = &economy->plan[batch];
    for (size_t f = 0; f < economy->fields; f++) {
        enum coop_field_class class = economy->row[f]->class;
        size_t begin = coop_is_of_workers(class) ? plan->first_slot : plan->first_organisation;
        if (coop_is_kept(class))
            workspace->field[f] = (char *)economy->field[f] + begin * coop_element_bytes(class);
    }
    gather_persons(workspace, economy);
    size_t begin = plan->first_organisation;
    workspace->batch = (struct coop_batch){.organisations = plan->organisations,
                                           .workers = plan->workers,
                                           .lanes = coop_round_up(plan->workers, COOP_LANES),
                                           .size = economy->size + begin,
                                           .first = economy->first + begin,
                                           .step = economy->step + begin,
                                           .first_organisation = plan->first_organisation,
                                           .position = workspace->position,
                                           .organisation_of = workspace->organisation_of,
                                           .streams = economy->streams,
                                           .field = workspace->field,
                                           .stride = workspace->stride,
                                           .kinds = economy->dimensions.kinds,
                                           .year_records = economy->dimensions.year_records,
                                           .options = economy->dimensions.options,
                                           .person = workspace->person,
                                           .persons = economy->persons};
    for (uint32_t o = 0; o < plan->organisations; o += workspace->batch.step[o])
        name_slots(workspace, o);
}
