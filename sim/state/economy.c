/* coopsim - GPL-3.0-or-later */
#include "sim/state/economy.h"

#include <stdbool.h>
#include <stdlib.h>

/* Worker arrays end this many slots behind the last batch: loops and draws go in whole blocks. */
enum { SLACK = 64 };

static size_t round_up(size_t n, size_t multiple)
{
    return (n + multiple - 1) / multiple * multiple;
}

static bool is_kept(enum coop_field_class class)
{
    return class == COOP_PERSON || class == COOP_POSITION || class == COOP_ORGANISATION ||
           class == COOP_TALLY;
}

static bool is_of_workers(enum coop_field_class class)
{
    return class == COOP_PERSON || class == COOP_POSITION || class == COOP_DERIVED ||
           class == COOP_WORKER_SCRATCH;
}

static size_t element_bytes(enum coop_field_class class)
{
    return is_of_workers(class) ? 4 : 8;
}

/* Zeroed memory that begins at a cache line, so that no vector lies across two; `ret_block` is what
 * to free. It is calloc's, since pages that nothing writes take no memory then. */
static void *calloc_aligned(size_t count, size_t each, void **ret_block)
{
    enum { LINE = 64 };
    *ret_block = calloc(count * each + LINE, 1);
    return *ret_block == NULL ? NULL : (void *)(((uintptr_t)*ret_block + LINE - 1) / LINE * LINE);
}

/* Organisations from `o` on that are laid out together: eight of one size, or one. */
static size_t unit_at(const uint32_t *size, size_t end, size_t o)
{
    if (o + COOP_ROW > end || (size_t)size[o] * COOP_ROW > COOP_BATCH_WORKERS)
        return 1;
    for (size_t i = 1; i < COOP_ROW; i++)
        if (size[o + i] != size[o])
            return 1;
    return COOP_ROW;
}

static void place_unit(struct coop_economy *economy, size_t o, size_t unit, size_t slot)
{
    for (size_t i = 0; economy->first != NULL && i < unit; i++) {
        economy->first[o + i] = (uint32_t)(slot + i);
        economy->step[o + i] = (uint32_t)unit;
    }
}

/* Closes the batch that holds `workers` in the organisations up to `end`. */
static void close_batch(struct coop_economy *economy, size_t end, size_t count, size_t workers)
{
    size_t lanes = round_up(workers, COOP_LANES);
    if (economy->plan != NULL)
        economy->plan[economy->batches] = (struct coop_batch_plan){
            (uint32_t)(end - count), (uint32_t)count, economy->slots, workers};
    economy->batches++;
    economy->largest_batch = lanes > economy->largest_batch ? lanes : economy->largest_batch;
    economy->largest_count = count > economy->largest_count ? count : economy->largest_count;
    economy->workers += workers;
    economy->slots += lanes;
}

/* Cuts the organisations of a block into batches. */
static void lay_out_block(struct coop_economy *economy, const uint32_t *size, size_t begin,
                          size_t end)
{
    size_t workers = 0, count = 0;
    for (size_t o = begin; o < end;) {
        size_t unit = unit_at(size, end, o);
        if (count > 0 && workers + unit * size[o] > COOP_BATCH_WORKERS) {
            close_batch(economy, o, count, workers);
            workers = count = 0;
        }
        place_unit(economy, o, unit, workers);
        workers += unit * size[o];
        count += unit;
        o += unit;
    }
    if (count > 0)
        close_batch(economy, end, count, workers);
}

/* Cuts all organisations into batches; without `plan` and `first` it only counts. */
static void lay_out(struct coop_economy *economy, const uint32_t *size, struct coop_blocks blocks)
{
    economy->batches = economy->largest_batch = economy->largest_count = 0;
    economy->workers = economy->slots = 0;
    economy->organisations = blocks.end[blocks.count - 1];
    for (size_t b = 0; b < blocks.count; b++)
        lay_out_block(economy, size, b > 0 ? blocks.end[b - 1] : 0, blocks.end[b]);
}

static enum coop_status copy_rows(struct coop_economy *economy,
                                  const struct coop_field_owner *owner, size_t owners)
{
    size_t fields = 0;
    for (size_t i = 0; i < owners; i++)
        fields += owner[i].count;
    economy->row = calloc(fields + 1, sizeof *economy->row);
    economy->field = calloc(fields + 1, sizeof *economy->field);
    economy->block = calloc(fields + 1, sizeof *economy->block);
    economy->stride = calloc(fields + 1, sizeof *economy->stride);
    economy->components = calloc(fields + 1, sizeof *economy->components);
    if (!economy->row || !economy->field || !economy->block || !economy->stride ||
        !economy->components)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the table of fields");
    for (size_t i = 0; i < owners; i++)
        for (size_t f = 0; f < owner[i].count; f++) {
            size_t components = coop_field_components(&owner[i].fields[f], economy->dimensions);
            economy->persons += owner[i].fields[f].class == COOP_PERSON ? components : 0;
            economy->components[economy->fields] = components;
            economy->row[economy->fields++] = &owner[i].fields[f];
        }
    return COOP_OK;
}

/* Elements of one component of a kept field. */
static size_t kept_elements(const struct coop_economy *economy, enum coop_field_class class)
{
    return is_of_workers(class) ? economy->slots + SLACK : economy->organisations;
}

static enum coop_status allocate_kept(struct coop_economy *economy)
{
    for (size_t f = 0; f < economy->fields; f++) {
        enum coop_field_class class = economy->row[f]->class;
        if (!is_kept(class))
            continue;
        economy->stride[f] = kept_elements(economy, class);
        size_t elements = economy->stride[f] * economy->components[f];
        economy->field[f] = calloc_aligned(elements, element_bytes(class), &economy->block[f]);
        if (economy->field[f] == NULL)
            return COOP_FAIL(COOP_MEMORY,
                             "out of memory for the state of %zu workers: choose fewer "
                             "organisations or smaller ones",
                             economy->workers);
        economy->kept_bytes += elements * element_bytes(class);
    }
    return COOP_OK;
}

enum coop_status coop_economy_init(struct coop_economy *ret, const uint32_t *size,
                                   struct coop_blocks blocks, const struct coop_field_owner *owner,
                                   size_t owners, struct coop_dimensions dimensions)
{
    *ret = (struct coop_economy){.dimensions = dimensions};
    lay_out(ret, size, blocks);
    const size_t organisations = ret->organisations;
    ret->size = malloc((organisations + 1) * sizeof *ret->size);
    ret->first = calloc(organisations + 1, sizeof *ret->first);
    ret->step = calloc(organisations + 1, sizeof *ret->step);
    ret->plan = calloc(ret->batches + 1, sizeof *ret->plan);
    if (!ret->size || !ret->first || !ret->step || !ret->plan)
        return COOP_FAIL(COOP_MEMORY, "out of memory for %zu organisations", organisations);
    memcpy(ret->size, size, organisations * sizeof *size);
    lay_out(ret, size, blocks);
    COOP_TRY(copy_rows(ret, owner, owners));
    return allocate_kept(ret);
}

void coop_economy_free(struct coop_economy *economy)
{
    for (size_t f = 0; economy->block != NULL && f < economy->fields; f++)
        free(economy->block[f]);
    free(economy->row);
    free(economy->field);
    free(economy->block);
    free(economy->stride);
    free(economy->components);
    free(economy->size);
    free(economy->first);
    free(economy->step);
    free(economy->plan);
    *economy = (struct coop_economy){0};
}

/* Elements of one component of a scratch field. */
static size_t scratch_elements(const struct coop_economy *economy, enum coop_field_class class)
{
    return is_of_workers(class) ? round_up(economy->largest_batch, SLACK) + SLACK
                                : economy->largest_count;
}

enum coop_status coop_workspace_init(struct coop_workspace *ret, const struct coop_economy *economy)
{
    *ret = (struct coop_workspace){0};
    size_t lanes = scratch_elements(economy, COOP_WORKER_SCRATCH);
    ret->field = calloc(economy->fields + 1, sizeof *ret->field);
    ret->stride = calloc(economy->fields + 1, sizeof *ret->stride);
    ret->scratch = calloc(economy->fields + 1, sizeof *ret->scratch);
    ret->person = calloc(economy->persons + 1, sizeof *ret->person);
    ret->position = calloc_aligned(2 * lanes, sizeof *ret->position, &ret->slots);
    if (!ret->field || !ret->stride || !ret->scratch || !ret->person || !ret->position)
        return COOP_FAIL(COOP_MEMORY, "out of memory for a thread's scratch");
    ret->organisation_of = ret->position + lanes;
    for (size_t f = 0; f < economy->fields; f++) {
        enum coop_field_class class = economy->row[f]->class;
        ret->stride[f] = economy->stride[f];
        if (is_kept(class))
            continue;
        ret->stride[f] = scratch_elements(economy, class);
        ret->field[f] = calloc_aligned(ret->stride[f] * economy->components[f],
                                       element_bytes(class), &ret->scratch[f]);
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
            workspace->person[persons++] =
                (char *)workspace->field[f] + c * economy->stride[f] * element_bytes(COOP_PERSON);
}

void coop_workspace_enter(struct coop_workspace *workspace, const struct coop_economy *economy,
                          size_t batch)
{
    const struct coop_batch_plan *plan = &economy->plan[batch];
    for (size_t f = 0; f < economy->fields; f++) {
        enum coop_field_class class = economy->row[f]->class;
        size_t begin = is_of_workers(class) ? plan->first_slot : plan->first_organisation;
        if (is_kept(class))
            workspace->field[f] = (char *)economy->field[f] + begin * element_bytes(class);
    }
    gather_persons(workspace, economy);
    size_t begin = plan->first_organisation;
    workspace->batch = (struct coop_batch){.organisations = plan->organisations,
                                           .workers = plan->workers,
                                           .lanes = round_up(plan->workers, COOP_LANES),
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

static uint64_t hash_word(uint64_t hash, const char *bytes)
{
    uint32_t word;
    memcpy(&word, bytes, sizeof word);
    return (hash ^ word) * 0x100000001b3u;
}

/* The workers' values in the order of organisations and positions, whatever the lay-out. */
static uint64_t hash_workers(uint64_t hash, const struct coop_economy *economy, const char *array)
{
    for (size_t i = 0; i < economy->batches; i++) {
        const struct coop_batch_plan *plan = &economy->plan[i];
        for (size_t o = plan->first_organisation;
             o < (size_t)plan->first_organisation + plan->organisations; o++)
            for (size_t p = 0; p < economy->size[o]; p++)
                hash = hash_word(hash, array + 4 * (plan->first_slot + economy->first[o] +
                                                    p * economy->step[o]));
    }
    return hash;
}

uint64_t coop_economy_hash(const struct coop_economy *economy, size_t fields)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t f = 0; f < fields; f++) {
        enum coop_field_class class = economy->row[f]->class;
        if (!is_kept(class) || class == COOP_TALLY)
            continue;
        for (size_t c = 0; c < economy->components[f]; c++) {
            const char *array =
                (char *)economy->field[f] + c * economy->stride[f] * element_bytes(class);
            for (size_t i = 0; class == COOP_ORGANISATION && i < 2 * economy->organisations; i++)
                hash = hash_word(hash, array + 4 * i);
            if (class != COOP_ORGANISATION)
                hash = hash_workers(hash, economy, array);
        }
    }
    return hash;
}

size_t coop_economy_bytes(const uint32_t *size, struct coop_blocks blocks,
                          const struct coop_field_owner *owner, size_t owners,
                          struct coop_dimensions dimensions, size_t workspaces)
{
    struct coop_economy layout = {0};
    lay_out(&layout, size, blocks);
    size_t bytes =
        3 * layout.organisations * sizeof *layout.first + layout.batches * sizeof *layout.plan;
    for (size_t i = 0; i < owners; i++)
        for (size_t f = 0; f < owner[i].count; f++) {
            enum coop_field_class class = owner[i].fields[f].class;
            size_t each =
                coop_field_components(&owner[i].fields[f], dimensions) * element_bytes(class);
            bytes += is_kept(class) ? each * kept_elements(&layout, class)
                                    : each * scratch_elements(&layout, class) * workspaces;
        }
    return bytes;
}
