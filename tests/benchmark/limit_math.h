/* coopsim - GPL-3.0-or-later
 *
 * What the hand-tuned kernel is made of, eight lanes at a time: logarithm and exponential to base 2
 * by polynomials of least maximum error, quotients by an estimate and one Newton step, Philox and
 * normals. Nothing here has to give the same bits anywhere else. */
#ifndef COOP_TESTS_BENCHMARK_LIMIT_MATH_H
#define COOP_TESTS_BENCHMARK_LIMIT_MATH_H

#if defined(__AVX2__)

#include <immintrin.h>
#include <stdint.h>

#define LIMIT_LOG2E 1.4426950408889634

static inline __m256 limit_all(double x)
{
    return _mm256_set1_ps((float)x);
}

/* 2^x for x of moderate size. Relative error below 1e-7. */
static inline __m256 limit_exp2(__m256 x)
{
    const __m256 magic = limit_all(12582912);
    __m256 shifted = x + magic;
    __m256 f = x - (shifted - magic);
    __m256 p = limit_all(0.00132764718) * f + limit_all(0.00967554133);
    p = p * f + limit_all(0.0555071327);
    p = p * f + limit_all(0.240221197);
    p = p * f + limit_all(0.693146967);
    p = p * f + limit_all(1.00000007);
    __m256i exponent = _mm256_slli_epi32(_mm256_castps_si256(shifted), 23);
    return _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(p), exponent));
}

/* The logarithm to base 2 of normal positive numbers. Absolute error below 1e-7. */
static inline __m256 limit_log2(__m256 x)
{
    const __m256i root = _mm256_set1_epi32(0x3f3504f3);
    __m256i bits = _mm256_sub_epi32(_mm256_castps_si256(x), root);
    __m256 k = _mm256_cvtepi32_ps(_mm256_srai_epi32(bits, 23));
    __m256i mantissa = _mm256_and_si256(bits, _mm256_set1_epi32(0x007fffff));
    __m256 t = _mm256_castsi256_ps(_mm256_add_epi32(mantissa, root)) - limit_all(1);
    __m256 p = limit_all(-0.145744442) * t + limit_all(0.236890367);
    p = p * t + limit_all(-0.250069047);
    p = p * t + limit_all(0.286707457);
    p = p * t + limit_all(-0.360087216);
    p = p * t + limit_all(0.480939445);
    p = p * t + limit_all(-0.721357149);
    p = p * t + limit_all(1.44269477);
    return p * t + k;
}

static inline __m256 limit_inverse(__m256 x)
{
    __m256 estimate = _mm256_rcp_ps(x);
    return estimate * (limit_all(2) - x * estimate);
}

static inline __m256 limit_max(__m256 a, __m256 b)
{
    return _mm256_max_ps(a, b);
}

static inline __m256 limit_min(__m256 a, __m256 b)
{
    return _mm256_min_ps(a, b);
}

/* Uniform in (0, 1) from the upper 23 bits. */
static inline __m256 limit_uniform(__m256i word)
{
    return _mm256_cvtepi32_ps(_mm256_srli_epi32(word, 9)) * limit_all(0x1p-23) + limit_all(0x1p-24);
}

/* Two normals by Box and Muller, the radius from the first word. Half of the circle by polynomials,
 * the other half by a sign. `scale` is -2 ln 2 times the wanted variance. */
static inline void limit_normals(__m256i radius_word, __m256i angle_word, double scale,
                                 __m256 *ret_first, __m256 *ret_second)
{
    __m256 radius = _mm256_sqrt_ps(limit_all(scale) * limit_log2(limit_uniform(radius_word)));
    __m256 x = limit_uniform(angle_word) - limit_all(.5), z = x * x;
    __m256 sine = limit_all(0.0772201291) * z + limit_all(-0.598045174);
    sine = sine * z + limit_all(2.55003138);
    sine = sine * z + limit_all(-5.16770688);
    sine = sine * z + limit_all(3.14159258);
    __m256 cosine = limit_all(0.219696798) * z + limit_all(-1.33188016);
    cosine = cosine * z + limit_all(4.05841191);
    cosine = cosine * z + limit_all(-4.93479286);
    cosine = cosine * z + limit_all(0.999999953);
    __m256 sign = _mm256_castsi256_ps(_mm256_slli_epi32(angle_word, 31));
    radius = _mm256_xor_ps(radius, sign);
    *ret_first = radius * cosine;
    *ret_second = radius * (sine * x);
}

#define LIMIT_FACTOR0 0xD2511F53u
#define LIMIT_FACTOR1 0xCD9E8D57u

/* The keys of the rounds, ready to be read by eight lanes, and the eight organisations, those at
 * even and at odd places in the lower halves of 64-bit lanes. */
struct limit_stream {
    __m256i key0[10], key1[10], even, odd;
    uint32_t plain0[10], plain1[10];
};

static inline struct limit_stream limit_stream_of(uint64_t key, uint32_t first_organisation)
{
    struct limit_stream ret;
    uint32_t key0 = (uint32_t)key, key1 = (uint32_t)(key >> 32);
    for (int round = 0; round < 10; round++) {
        ret.plain0[round] = key0;
        ret.plain1[round] = key1;
        ret.key0[round] = _mm256_set1_epi64x(key0);
        ret.key1[round] = _mm256_set1_epi64x(key1);
        key0 += 0x9E3779B9u;
        key1 += 0xBB67AE85u;
    }
    ret.even =
        _mm256_add_epi64(_mm256_set1_epi64x(first_organisation), _mm256_set_epi64x(6, 4, 2, 0));
    ret.odd = _mm256_add_epi64(ret.even, _mm256_set1_epi64x(1));
    return ret;
}

static inline void limit_round(__m256i c[4], __m256i key0, __m256i key1)
{
    __m256i product0 = _mm256_mul_epu32(c[0], _mm256_set1_epi64x(LIMIT_FACTOR0));
    __m256i product1 = _mm256_mul_epu32(c[2], _mm256_set1_epi64x(LIMIT_FACTOR1));
    c[0] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product1, 32), c[1]), key0);
    c[2] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product0, 32), c[3]), key1);
    c[1] = product1;
    c[3] = product0;
}

static inline __m256i limit_zip(__m256i even, __m256i odd)
{
    return _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xAA);
}

/* Four words for each of the eight organisations. Index, time and purpose are the same in all
 * lanes, so that much of the first three rounds is the same too and is done once. */
static inline void limit_philox(const struct limit_stream *stream, uint32_t index, uint32_t time,
                                uint32_t purpose, __m256i ret[4])
{
    uint64_t first0 = (uint64_t)index * LIMIT_FACTOR0, first1 = (uint64_t)time * LIMIT_FACTOR1;
    uint32_t common2 = (uint32_t)(first0 >> 32) ^ purpose ^ stream->plain1[0];
    uint64_t second1 = (uint64_t)common2 * LIMIT_FACTOR1;
    uint32_t common0 = (uint32_t)(second1 >> 32) ^ (uint32_t)first1 ^ stream->plain0[1];
    uint64_t third0 = (uint64_t)common0 * LIMIT_FACTOR0;
    __m256i mask0 = _mm256_set1_epi64x((uint32_t)(first1 >> 32) ^ stream->plain0[0]);
    __m256i mask1 = _mm256_set1_epi64x((uint32_t)first0 ^ stream->plain1[1]);
    __m256i mask2 = _mm256_set1_epi64x((uint32_t)second1 ^ stream->plain0[2]);
    __m256i mask3 = _mm256_set1_epi64x((uint32_t)(third0 >> 32) ^ stream->plain1[2]);
    __m256i half[2][4];
    for (int h = 0; h < 2; h++) {
        __m256i *c = half[h];
        __m256i organisation = _mm256_xor_si256(h == 0 ? stream->even : stream->odd, mask0);
        __m256i product = _mm256_mul_epu32(organisation, _mm256_set1_epi64x(LIMIT_FACTOR0));
        __m256i two = _mm256_xor_si256(_mm256_srli_epi64(product, 32), mask1);
        c[1] = _mm256_mul_epu32(two, _mm256_set1_epi64x(LIMIT_FACTOR1));
        c[0] = _mm256_xor_si256(_mm256_srli_epi64(c[1], 32), mask2);
        c[2] = _mm256_xor_si256(product, mask3);
        c[3] = _mm256_set1_epi64x((uint32_t)third0);
    }
    for (int round = 3; round < 10; round++)
        for (int h = 0; h < 2; h++)
            limit_round(half[h], stream->key0[round], stream->key1[round]);
    for (int word = 0; word < 4; word++)
        ret[word] = limit_zip(half[0][word], half[1][word]);
}

/* Four words for each of draws 0 to 7 of one organisation and index. */
static inline void limit_philox_draws(const struct limit_stream *stream, uint32_t organisation,
                                      uint32_t index, uint32_t time, uint32_t purpose,
                                      __m256i ret[4])
{
    __m256i half[2][4];
    for (int h = 0; h < 2; h++) {
        __m256i draw = _mm256_set_epi64x(6 + h, 4 + h, 2 + h, h);
        half[h][0] = _mm256_or_si256(_mm256_slli_epi64(draw, 20), _mm256_set1_epi64x(index));
        half[h][1] = _mm256_set1_epi64x(organisation);
        half[h][2] = _mm256_set1_epi64x(time);
        half[h][3] = _mm256_set1_epi64x(purpose);
    }
    for (int round = 0; round < 10; round++)
        for (int h = 0; h < 2; h++)
            limit_round(half[h], stream->key0[round], stream->key1[round]);
    for (int word = 0; word < 4; word++)
        ret[word] = limit_zip(half[0][word], half[1][word]);
}

#endif

#endif
