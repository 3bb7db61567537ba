/* coopsim - GPL-3.0-or-later
 *
 * Randomness is a pure function of (seed, replicate, organisation, time, purpose, index, draw):
 * Philox4x32-10 (Salmon et al. 2011, doi:10.1145/2063384.2063405) as a keyed hash of a counter.
 * Nothing is drawn "next", so no draw depends on the order of execution, on the number of threads
 * or on whether another mechanism is present.
 *
 * counter word 0: index (20 bits, the position) | low 12 bits of draw << 20
 *              1: organisation
 *              2: time (24 bits) | next 8 bits of draw << 24
 *              3: purpose, the hash of "mechanism.draw"
 * key:            the stream, made of seed and replicate */
#ifndef COOP_BASE_RNG_H
#define COOP_BASE_RNG_H

#include "sim/base/fmath.h"

#include <stddef.h>
#include <stdint.h>

/* Keys of the two streams of a run: who the people are, and what happens to them. */
struct coop_streams {
    uint64_t population, dynamics;
};

struct coop_block {
    uint32_t word[4];
};

enum { COOP_INDEX_BITS = 20, COOP_TIME_BITS = 24 };

/* Purposes are constants of the source, hashed (FNV-1a, 32 bits) when compiled; that no two collide
 * is tested over all names in the models. */
static inline uint32_t coop_purpose(const char *name)
{
    uint32_t hash = 2166136261u;
    const size_t length = strlen(name);
#if !defined(__clang__)
#pragma GCC unroll 64
#endif
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (uint8_t)name[i]) * 16777619u;
    return hash;
}

static inline struct coop_block coop_philox(struct coop_block counter, uint64_t key)
{
    uint32_t key0 = (uint32_t)key, key1 = (uint32_t)(key >> 32);
    uint32_t c0 = counter.word[0], c1 = counter.word[1], c2 = counter.word[2], c3 = counter.word[3];
    for (int round = 0; round < 10; round++) {
        uint64_t product0 = (uint64_t)c0 * 0xD2511F53u, product1 = (uint64_t)c2 * 0xCD9E8D57u;
        c0 = (uint32_t)(product1 >> 32) ^ c1 ^ key0;
        c2 = (uint32_t)(product0 >> 32) ^ c3 ^ key1;
        c1 = (uint32_t)product1;
        c3 = (uint32_t)product0;
        key0 += 0x9E3779B9u;
        key1 += 0xBB67AE85u;
    }
    return (struct coop_block){{c0, c1, c2, c3}};
}

/* The key of a stream: its seed, hashed with the replicate and the stream's name. */
static inline uint64_t coop_stream_key(uint64_t seed, uint32_t replicate, const char *stream)
{
    struct coop_block counter = {{replicate, coop_purpose(stream), 0, 0}};
    struct coop_block block = coop_philox(counter, seed);
    return (uint64_t)block.word[1] << 32 | block.word[0];
}

static inline struct coop_block coop_draw(uint64_t stream, uint32_t purpose, uint32_t organisation,
                                          int64_t time, uint32_t index, uint32_t draw)
{
    struct coop_block counter = {{index | draw << COOP_INDEX_BITS, organisation,
                                  (uint32_t)time | (draw >> 12) << COOP_TIME_BITS, purpose}};
    return coop_philox(counter, stream);
}

/* Uniform in (0, 1) from the upper 23 bits of a word: an odd multiple of 2^-24, exact. */
static inline float coop_uniform(uint32_t word)
{
    return ((float)(int32_t)(word >> 9) + 0.5f) * 0x1p-23f;
}

/* Two standard normals from two words (Box and Muller): the radius from the first; from the second
 * the angle within an octant (upper 23 bits) and the octant (lowest 3 bits). |z| <= 5.77. */
static inline void coop_normal_pair(uint32_t radius_word, uint32_t angle_word, float *ret_first,
                                    float *ret_second)
{
    float radius = sqrtf(-2.0f * coop_logf(coop_uniform(radius_word)));
    float angle = coop_uniform(angle_word) * 0.785398163f;
    float sine = coop_sin_octant(angle), cosine = coop_cos_octant(angle);
    uint32_t sign_first = (angle_word & 2u) << 30, sign_second = (angle_word & 4u) << 29;
    float first = (angle_word & 1u) ? sine : cosine;
    float second = (angle_word & 1u) ? cosine : sine;
    *ret_first = coop_f32_of_bits(coop_bits_of_f32(radius * first) ^ sign_first);
    *ret_second = coop_f32_of_bits(coop_bits_of_f32(radius * second) ^ sign_second);
}

/* An integer in [0, range) from a word; the bias is below range / 2^32. */
static inline uint32_t coop_below(uint32_t word, uint32_t range)
{
    return (uint32_t)((uint64_t)word * range >> 32);
}

#endif
