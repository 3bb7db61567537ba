/* coopsim - GPL-3.0-or-later
 *
 * Persons: fresh ones, and the change of position of those who are there. */
#ifndef COOP_MODELS_SEO_PERSON_H
#define COOP_MODELS_SEO_PERSON_H

#include "models/seo/status.h"
#include "sim/base/fill.h"
#include "sim/state/person.h"

/* A person takes another position: the know-how bound to the old one fades at every single change
 * (ODD 7, persons). */
static inline void seo_person_change(const struct coop_batch *b, const struct coop_person *person,
                                     size_t to)
{
    coop_person_write(b, to, person);
    coop_worker(b, SEO_KNOW, 0)[to] *= (float)seo_shared(b)->keep;
    if (seo_has(b, SEO_OPTION_TENURE))
        coop_worker_u32(b, SEO_SINCE)[to] = (uint32_t)(b->week + 1);
}

/* Persons pass on positions in one cycle: who holds slot[i] takes slot[i + 1], the last the first. */
static inline void seo_person_cycle(const struct coop_batch *b, const uint32_t *slot, size_t count)
{
    if (count < 2)
        return;
    struct coop_person moving, waiting;
    coop_person_read(b, slot[0], &moving);
    for (size_t i = 1; i <= count; i++) {
        size_t to = slot[i % count];
        coop_person_read(b, to, &waiting);
        seo_person_change(b, &moving, to);
        moving = waiting;
    }
}

/* Eight standard normals, numbers 0 to 7 of a purpose. */
static inline void seo_normals(uint64_t stream, uint32_t purpose, uint32_t organisation,
                               int64_t time, uint32_t index, float ret[8])
{
    uint32_t radius[4], angle[4];
    float first[4], second[4];
    for (uint32_t draw = 0; draw < 2; draw++) {
        struct coop_block block = coop_draw(stream, purpose, organisation, time, index, draw);
        for (uint32_t pair = 0; pair < 2; pair++) {
            radius[2 * draw + pair] = block.word[2 * pair];
            angle[2 * draw + pair] = block.word[2 * pair + 1];
        }
    }
    COOP_LANEWISE (pair, 4)
        coop_normal_pair(radius[pair], angle[pair], &first[pair], &second[pair]);
    for (size_t pair = 0; pair < 4; pair++) {
        ret[2 * pair] = first[pair];
        ret[2 * pair + 1] = second[pair];
    }
}

/* The first of them. */
static inline float seo_normal(uint64_t stream, uint32_t purpose, uint32_t organisation,
                               int64_t time, uint32_t index)
{
    struct coop_block block = coop_draw(stream, purpose, organisation, time, index, 0);
    float first, second;
    coop_normal_pair(block.word[0], block.word[1], &first, &second);
    return first;
}

/* Beta(2,8) is the second smallest of nine uniforms: uniforms 9 kind ... 9 kind + 8 of a purpose,
 * four to a draw. */
static inline void seo_skill_draw(uint64_t stream, uint32_t organisation, int64_t time,
                                  uint32_t index, size_t kinds, float ret_skill[SEO_KINDS_MAX])
{
    /* All draws of a person at once: the index holds the number of the draw in its upper bits. */
    enum { DRAWS = (9 * SEO_KINDS_MAX + 3) / 4, ROOM = (DRAWS + 15) / 16 * 16 };
    uint32_t indices[ROOM], organisations[ROOM];
    struct coop_fill_words words;
    for (uint32_t draw = 0; draw < ROOM; draw++) {
        indices[draw] = index | draw << COOP_INDEX_BITS;
        organisations[draw] = organisation;
    }
    coop_fill_block(stream, indices, organisations, (uint32_t)time, coop_purpose("person.skill"), 0,
                    (9 * kinds + 3) / 4, &words);
    for (uint32_t kind = 0; kind < kinds; kind++) {
        /* Uniforms are in the order of their words. */
        uint32_t smallest = UINT32_MAX, second = UINT32_MAX;
        for (uint32_t i = 9 * kind; i < 9 * kind + 9; i++) {
            uint32_t word = words.word[i % 4][i / 4], larger = word > smallest ? word : smallest;
            second = larger < second ? larger : second;
            smallest = word < smallest ? word : smallest;
        }
        ret_skill[kind] = coop_uniform(second);
    }
}

/* A fresh person at a position: s ~ Beta(2,8) in every kind, tau ~ N(0,1), u ~ N(0, outlook.spread),
 * one draw a variable (ODD 1), status, zero in every other field of persons. Know-how, standing,
 * label and the weeks of joining and of taking the position are the caller's. */
static inline void seo_person_draw(const struct coop_batch *b, uint64_t stream,
                                   uint32_t organisation, int64_t time, size_t slot)
{
    const struct coop_person nobody = {{0}};
    float normal[8], skill[SEO_KINDS_MAX];
    _Static_assert(1 + SEO_VARIABLE_COUNT <= 8, "a person's normals come from two draws");
    coop_person_write(b, slot, &nobody);
    seo_skill_draw(stream, organisation, time, b->position[slot], b->kinds, skill);
    seo_normals(stream, coop_purpose("person.traits"), organisation, time, b->position[slot],
                normal);
    for (size_t kind = 0; kind < b->kinds; kind++)
        coop_worker(b, SEO_SKILL, kind)[slot] = skill[kind];
    coop_worker(b, SEO_PERSUASIVENESS, 0)[slot] = normal[0];
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
        coop_worker(b, SEO_OUTLOOK, y)[slot] = (float)seo_shared(b)->outlook * normal[1 + y];
    if (seo_has(b, SEO_OPTION_STATUS))
        seo_status_draw(b, stream, organisation, time, slot);
}

#endif
