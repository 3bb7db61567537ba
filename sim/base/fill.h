/* coopsim - GPL-3.0-or-later
 *
 * Draws for all workers of a batch at once: coop_draw, lane by lane, word for word (tested). The
 * compilers do not find the 32 x 32 -> 64 bit product of vectors by themselves, so this one loop
 * is written with vector types (a GNU extension, of gcc and clang) and one product for each
 * instruction set. */
#ifndef COOP_BASE_FILL_H
#define COOP_BASE_FILL_H

#include "sim/base/lanes.h"
#include "sim/base/rng.h"

#if defined(__AVX512F__)
#define COOP_PRODUCT(a, b) (coop_wide) _mm512_mul_epu32((__m512i)(a), (__m512i)(b))
#elif defined(__AVX2__)
#define COOP_PRODUCT(a, b) (coop_wide) _mm256_mul_epu32((__m256i)(a), (__m256i)(b))
#elif defined(__SSE2__)
#define COOP_PRODUCT(a, b) (coop_wide) _mm_mul_epu32((__m128i)(a), (__m128i)(b))
#else
#define COOP_PRODUCT(a, b) (((a)&0xffffffffu) * (b))
#endif

typedef uint64_t coop_wide __attribute__((vector_size(COOP_VECTOR_BYTES)));
enum { COOP_VECTOR_WORDS = COOP_VECTOR_BYTES / 4, COOP_FILL_BLOCK = 64, COOP_FILL_STEP = 16 };

struct coop_fill_words {
    uint32_t word[4][COOP_FILL_BLOCK];
};

/* Ten rounds on the counters in the lower halves of the 64-bit lanes. The upper halves of the
 * second and fourth word hold rubbish, which nothing reads. */
static inline void coop_fill_rounds(coop_wide c[4], uint64_t key)
{
    const coop_wide factor0 = (coop_wide){0} + 0xD2511F53u, factor1 = (coop_wide){0} + 0xCD9E8D57u;
    uint32_t key0 = (uint32_t)key, key1 = (uint32_t)(key >> 32);
    for (int round = 0; round < 10; round++) {
        coop_wide product0 = COOP_PRODUCT(c[0], factor0), product1 = COOP_PRODUCT(c[2], factor1);
        c[0] = (product1 >> 32) ^ c[1] ^ key0;
        c[2] = (product0 >> 32) ^ c[3] ^ key1;
        c[1] = product1;
        c[3] = product0;
        key0 += 0x9E3779B9u;
        key1 += 0xBB67AE85u;
    }
}

/* The words of COOP_VECTOR_WORDS counters: those at even places in one set of lanes, those at odd
 * places in another, put together again at the end. */
static inline void coop_fill_vector(uint64_t key, const uint32_t *index,
                                    const uint32_t *organisation, uint32_t time, uint32_t purpose,
                                    uint32_t draw, struct coop_fill_words *ret, size_t at)
{
    const uint64_t low = 0xffffffffu;
    coop_wide indices, organisations;
    memcpy(&indices, index, sizeof indices);
    memcpy(&organisations, organisation, sizeof organisations);
    uint64_t high_draw = draw << COOP_INDEX_BITS;
    coop_wide times = (coop_wide){0} + (time | (draw >> 12) << COOP_TIME_BITS);
    coop_wide purposes = (coop_wide){0} + purpose;
    coop_wide even[4] = {(indices & low) | high_draw, organisations & low, times, purposes};
    coop_wide odd[4] = {(indices >> 32) | high_draw, organisations >> 32, times, purposes};
    coop_fill_rounds(even, key);
    coop_fill_rounds(odd, key);
    for (int word = 0; word < 4; word++) {
        coop_wide both = (even[word] & low) | (odd[word] << 32);
        memcpy(&ret->word[word][at], &both, sizeof both);
    }
}

/* The words of up to COOP_FILL_BLOCK counters, to a multiple of COOP_FILL_STEP; returns how many. */
static inline size_t coop_fill_block(uint64_t key, const uint32_t *index,
                                     const uint32_t *organisation, uint32_t time, uint32_t purpose,
                                     uint32_t draw, size_t wanted, struct coop_fill_words *ret)
{
    size_t count = (wanted + COOP_FILL_STEP - 1) / COOP_FILL_STEP * COOP_FILL_STEP;
    count = count < COOP_FILL_BLOCK ? count : COOP_FILL_BLOCK;
    for (size_t i = 0; i < count; i += COOP_VECTOR_WORDS)
        coop_fill_vector(key, index + i, organisation + i, time, purpose, draw, ret, i);
    return count;
}

/* Four uniforms for each of `lanes` counters, the block's words in order. All arrays are read and
 * written to the next multiple of COOP_FILL_STEP, which scratch arrays have room for. */
static inline void coop_fill_uniform(uint64_t key, const uint32_t *index,
                                     const uint32_t *organisation, size_t lanes, uint32_t time,
                                     uint32_t purpose, uint32_t draw, float *const ret[4])
{
    for (size_t i = 0; i < lanes; i += COOP_FILL_BLOCK) {
        struct coop_fill_words words;
        size_t count = coop_fill_block(key, index + i, organisation + i, time, purpose, draw,
                                       lanes - i, &words);
        for (int word = 0; word < 4; word++) {
            float *out = ret[word] + i;
            COOP_LANEWISE (lane, count)
                out[lane] = coop_uniform(words.word[word][lane]);
        }
    }
}

/* Two standard normals for each counter and pair asked for (1 or 2): from words 0, 1, then from
 * words 2, 3. */
static inline void coop_fill_normal(uint64_t key, const uint32_t *index,
                                    const uint32_t *organisation, size_t lanes, uint32_t time,
                                    uint32_t purpose, uint32_t draw, int pairs, float *const ret[4])
{
    for (size_t i = 0; i < lanes; i += COOP_FILL_BLOCK) {
        struct coop_fill_words words;
        size_t count = coop_fill_block(key, index + i, organisation + i, time, purpose, draw,
                                       lanes - i, &words);
        for (int pair = 0; pair < 2 * pairs; pair += 2) {
            float *first = ret[pair] + i, *second = ret[pair + 1] + i;
            COOP_LANEWISE (lane, count)
                coop_normal_pair(words.word[pair][lane], words.word[pair + 1][lane], &first[lane],
                                 &second[lane]);
        }
    }
}

#endif
