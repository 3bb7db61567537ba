/* coopsim - GPL-3.0-or-later
 *
 * Persons: fresh ones, and the change of position of those who are there. Slot = position, so a
 * person who changes position is moved, with every field of class COOP_PERSON. */
#ifndef COOP_MODELS_SEO_PERSON_H
#define COOP_MODELS_SEO_PERSON_H

#include "models/seo/seo.h"
#include "sim/base/fill.h"

struct seo_person {
    float skill[SEO_KINDS_MAX], know, standing, persuasiveness, outlook[SEO_VARIABLE_COUNT];
    uint32_t label, joined;
};

static inline void seo_person_read(const struct coop_batch *b, size_t slot, struct seo_person *ret)
{
    for (size_t kind = 0; kind < b->kinds; kind++)
        ret->skill[kind] = coop_worker(b, SEO_SKILL, kind)[slot];
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
        ret->outlook[y] = coop_worker(b, SEO_OUTLOOK, y)[slot];
    ret->know = coop_worker(b, SEO_KNOW, 0)[slot];
    ret->standing = coop_worker(b, SEO_STANDING, 0)[slot];
    ret->persuasiveness = coop_worker(b, SEO_PERSUASIVENESS, 0)[slot];
    ret->label = coop_worker_u32(b, SEO_LABEL)[slot];
    ret->joined = coop_worker_u32(b, SEO_JOINED)[slot];
}

static inline void seo_person_write(const struct coop_batch *b, size_t slot,
                                    const struct seo_person *person)
{
    for (size_t kind = 0; kind < b->kinds; kind++)
        coop_worker(b, SEO_SKILL, kind)[slot] = person->skill[kind];
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
        coop_worker(b, SEO_OUTLOOK, y)[slot] = person->outlook[y];
    coop_worker(b, SEO_KNOW, 0)[slot] = person->know;
    coop_worker(b, SEO_STANDING, 0)[slot] = person->standing;
    coop_worker(b, SEO_PERSUASIVENESS, 0)[slot] = person->persuasiveness;
    coop_worker_u32(b, SEO_LABEL)[slot] = person->label;
    coop_worker_u32(b, SEO_JOINED)[slot] = person->joined;
}

/* A person takes another position: the know-how bound to the old one fades at every single change
 * (ODD 7, persons). */
static inline void seo_person_change(const struct coop_batch *b, struct seo_person *person,
                                     size_t to)
{
    person->know *= (float)seo_shared(b)->keep;
    seo_person_write(b, to, person);
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

/* Beta(2,8) is the second smallest of nine uniforms: uniforms 9 kind ... 9 kind + 8 of a purpose,
 * four to a draw. */
static inline void seo_skill_draw(uint64_t stream, uint32_t organisation, int64_t time,
                                  uint32_t index, size_t kinds, float *ret_skill)
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

/* Fresh traits: s ~ Beta(2,8) in every kind, tau ~ N(0,1), u ~ N(0, outlook.spread), one draw a
 * variable (ODD 1). Know-how, standing, label and week of joining are the caller's. */
static inline void seo_person_draw(const struct coop_batch *b, uint64_t stream,
                                   uint32_t organisation, int64_t time, uint32_t position,
                                   struct seo_person *ret)
{
    float normal[8];
    _Static_assert(1 + SEO_VARIABLE_COUNT <= 8, "a person's normals come from two draws");
    seo_skill_draw(stream, organisation, time, position, b->kinds, ret->skill);
    seo_normals(stream, coop_purpose("person.traits"), organisation, time, position, normal);
    ret->persuasiveness = normal[0];
    for (uint32_t y = 0; y < SEO_VARIABLE_COUNT; y++)
        ret->outlook[y] = (float)seo_shared(b)->outlook * normal[1 + y];
}

#endif
