/* coopsim - GPL-3.0-or-later */
#include "tests/law/watch.h"

struct watch_sight watch_before[WATCHED];
uint32_t watch_since[WATCHED][WATCHED_SIZE];
size_t watch_moves;
static uint32_t holder[WATCHED][WATCHED_SIZE], holder_joined[WATCHED][WATCHED_SIZE];

float watch_value(const struct coop_batch *b, int field, size_t component, size_t o, size_t p)
{
    return coop_worker(b, field, component)[coop_slot(b, o, p)];
}

static uint32_t label_at(const struct coop_batch *b, size_t o, size_t p)
{
    return coop_worker_u32(b, SEO_LABEL)[coop_slot(b, o, p)];
}

void watch_follow(const struct coop_batch *b)
{
    for (size_t o = 0; o < b->organisations; o++)
        for (size_t p = 0; p < b->size[o]; p++) {
            uint32_t label = label_at(b, o, p);
            uint32_t joined = coop_worker_u32(b, SEO_JOINED)[coop_slot(b, o, p)];
            if (holder[o][p] != label || holder_joined[o][p] != joined)
                watch_since[o][p] = (uint32_t)b->week + 1;
            holder[o][p] = label;
            holder_joined[o][p] = joined;
        }
}

/* At the start the label is the position's number. */
static void follow_from_the_start(void)
{
    memset(holder_joined, 0, sizeof holder_joined);
    memset(watch_since, 0, sizeof watch_since);
    for (size_t o = 0; o < WATCHED; o++)
        for (uint32_t p = 0; p < WATCHED_SIZE; p++)
            holder[o][p] = p;
}

static void look(const struct coop_batch *b)
{
    assert_true(b->organisations == WATCHED);
    watch_follow(b);
    for (size_t o = 0; o < b->organisations; o++) {
        watch_before[o].solidarity = coop_organisation(b, SEO_SOLIDARITY, 0)[o];
        for (size_t p = 0; p < b->size[o]; p++) {
            watch_before[o].label[p] = label_at(b, o, p);
            for (size_t k = 0; k < b->kinds; k++)
                watch_before[o].skill[k][p] = watch_value(b, SEO_SKILL, k, o, p);
        }
    }
}

void watch_live(const char *counter, const char *set, int64_t weeks,
                void (*compare)(const struct coop_batch *b))
{
    const struct coop_mechanism first = {.name = "first", .act = look};
    const struct coop_mechanism last = {.name = "last", .act = compare};
    struct village_model model;
    struct village v;
    char all[1024];
    snprintf(all, sizeof all, "%s%s.on=true; %s", VARIED, counter, set);
    village_surround(&model, village_seo(), counter, &first, &last);
    village_begin(&v, &model.model, all);
    watch_moves = 0;
    follow_from_the_start();
    coop_run_live(&v.run, weeks);
    village_end(&v);
}

size_t watch_place(const struct coop_batch *b, size_t o, size_t position)
{
    for (size_t p = 0; p < b->size[o]; p++)
        if (label_at(b, o, p) == watch_before[o].label[position])
            return p;
    fail_msg("the holder of position %zu has left the organisation", position);
    return 0;
}

size_t watch_moved(const struct coop_batch *b, size_t o)
{
    size_t moved = 0;
    for (size_t p = 0; p < b->size[o]; p++)
        moved += watch_place(b, o, p) != p;
    watch_moves += moved;
    return moved;
}

void watch_count(const struct coop_batch *b)
{
    for (size_t o = 0; o < b->organisations; o++)
        watch_moved(b, o);
}

bool watch_is_empowered(const struct coop_batch *b, size_t o, size_t position)
{
    double total = 0;
    for (size_t p = 0; p < b->size[o]; p++)
        total += (double)watch_value(b, SEO_EMPOWERMENT, 0, o, p);
    return (double)watch_value(b, SEO_EMPOWERMENT, 0, o, position) >
           total / (double)b->size[o] + 1e-6;
}
