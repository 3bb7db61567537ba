/* coopsim - GPL-3.0-or-later */
#include "sim/state/layout.h"

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
    size_t lanes = coop_round_up(workers, COOP_LANES);
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
    return coop_is_of_workers(class) ? economy->slots + COOP_SLACK : economy->organisations;
}

static enum coop_status allocate_kept(struct coop_economy *economy)
{
    for (size_t f = 0; f < economy->fields; f++) {
        enum coop_field_class class = economy->row[f]->class;
        if (!coop_is_kept(class))
            continue;
        economy->stride[f] = kept_elements(economy, class);
        size_t elements = economy->stride[f] * economy->components[f];
        economy->field[f] =
            coop_calloc_aligned(elements, coop_element_bytes(class), &economy->block[f]);
        if (economy->field[f] == NULL)
            return COOP_FAIL(COOP_MEMORY,
                             "out of memory for the state of %zu workers: choose fewer "
                             "organisations or smaller ones",
                             economy->workers);
        economy->kept_bytes += elements * coop_element_bytes(class);
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
                coop_field_components(&owner[i].fields[f], dimensions) * coop_element_bytes(class);
            bytes += coop_is_kept(class)
                         ? each * kept_elements(&layout, class)
                         : each * coop_scratch_elements(&layout, class) * workspaces;
        }
    return bytes;
}
