/* coopsim - GPL-3.0-or-later
 *
 * Elementary functions of the model path. glibc's differ between CPUs, these do not: only IEEE
 * additions, multiplications, divisions and square roots in a fixed order (the build sets
 * -ffp-contract=off). All are branch-free, so that loops over them vectorise. Polynomials of floats
 * have the coefficients of least maximum error, those of doubles are exact series; the error bounds
 * are tested against long double libm. */
#ifndef COOP_BASE_FMATH_H
#define COOP_BASE_FMATH_H

#include <math.h>
#include <stdint.h>
#include <string.h>

static inline uint32_t coop_bits_of_f32(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline float coop_f32_of_bits(uint32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static inline uint64_t coop_bits_of_f64(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double coop_f64_of_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static inline float coop_maxf(float a, float b)
{
    return a > b ? a : b;
}

/* min(x, limit) and max(x, limit) for a limit that is not negative, x not NAN. Floats are in the
 * order of their bits as signed integers unless both are negative, and vectors of integers have one
 * instruction for it where the compilers take two for floats. */
static inline float coop_at_most(float x, float limit)
{
    int32_t a = (int32_t)coop_bits_of_f32(x), b = (int32_t)coop_bits_of_f32(limit);
    return coop_f32_of_bits((uint32_t)(a < b ? a : b));
}

static inline float coop_at_least(float x, float limit)
{
    int32_t a = (int32_t)coop_bits_of_f32(x), b = (int32_t)coop_bits_of_f32(limit);
    return coop_f32_of_bits((uint32_t)(a > b ? a : b));
}

/* max(x, limit) for a negative limit: of negative floats the larger one has the smaller bits. */
static inline float coop_at_least_negative(float x, float limit)
{
    uint32_t a = coop_bits_of_f32(x), b = coop_bits_of_f32(limit);
    return coop_f32_of_bits(a < b ? a : b);
}

static inline double coop_clip(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

/* e^x for floats; x is clipped to [-87, 88]. Relative error below 2e-7. */
static inline float coop_expf(float x)
{
    x = coop_at_most(coop_at_least_negative(x, -87.0f), 88.0f);
    /* Adding and subtracting 1.5 * 2^23 rounds to an integer; its low bits are then that integer
     * in two's complement, ready to be an exponent. */
    float shifted = x * 1.44269504f + 12582912.0f;
    float k = shifted - 12582912.0f;
    float r = x - k * 0.693359375f - k * -2.12194440e-4f; /* ln 2 in two parts */
    float p = 8.31252408e-3f;
    p = p * r + 4.18901216e-2f;
    p = p * r + 1.66671145e-1f;
    p = p * r + 4.99992317e-1f;
    p = p * r * r + r + 1.0f;
    return coop_f32_of_bits(coop_bits_of_f32(p) + (coop_bits_of_f32(shifted) << 23));
}

/* ln x for normal positive floats. Absolute error below 1e-7 or relative below 2e-7. */
static inline float coop_logf(float x)
{
    /* x = 2^k m with m in [sqrt(1/2), sqrt(2)); ln m = 2 atanh((m - 1) / (m + 1)). */
    int32_t bits = (int32_t)(coop_bits_of_f32(x) - 0x3f3504f3u);
    int32_t k = bits >> 23;
    float m = coop_f32_of_bits((uint32_t)(bits & 0x007fffff) + 0x3f3504f3u);
    float s = (m - 1.0f) / (m + 1.0f);
    float z = s * s;
    float p = 2.98713676e-1f;
    p = p * z + 3.99775593e-1f;
    p = p * z + 6.66667762e-1f;
    p = p * z * s + 2.0f * s;
    return (float)k * 0.693147181f + p;
}

/* The logistic function 1/(1+e^-x). Relative error below 2.5e-7. */
static inline float coop_sigf(float x)
{
    return 1.0f / (1.0f + coop_expf(-x));
}

/* e^x; x is clipped to [-708, 709]. Relative error below 1e-15. */
static inline double coop_exp(double x)
{
    x = coop_clip(x, -708.0, 709.0);
    double shifted = x * 1.4426950408889634 + 6755399441055744.0;
    double k = shifted - 6755399441055744.0;
    double r = x - k * 0.693147180369123816490 - k * 1.90821492927058770002e-10;
    double p = 1.0 / 87178291200.0;
    p = p * r + 1.0 / 6227020800.0;
    p = p * r + 1.0 / 479001600.0;
    p = p * r + 1.0 / 39916800.0;
    p = p * r + 1.0 / 3628800.0;
    p = p * r + 1.0 / 362880.0;
    p = p * r + 1.0 / 40320.0;
    p = p * r + 1.0 / 5040.0;
    p = p * r + 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 0.5;
    p = p * r * r + r + 1.0;
    return coop_f64_of_bits(coop_bits_of_f64(p) + (coop_bits_of_f64(shifted) << 52));
}

/* ln x for normal positive doubles. Relative error below 1e-15. */
static inline double coop_log(double x)
{
    int64_t bits = (int64_t)(coop_bits_of_f64(x) - 0x3fe6a09e667f3bcdu);
    int64_t k = bits >> 52;
    double m = coop_f64_of_bits((uint64_t)(bits & 0x000fffffffffffff) + 0x3fe6a09e667f3bcdu);
    double s = (m - 1.0) / (m + 1.0);
    double z = s * s;
    double p = 2.0 / 23;
    for (int term = 21; term >= 3; term -= 2)
        p = p * z + 2.0 / term;
    p = p * z * s + 2.0 * s;
    return (double)k * 0.693147180559945309 + p;
}

static inline double coop_sig(double x)
{
    return 1.0 / (1.0 + coop_exp(-x));
}

static inline double coop_logit(double p)
{
    return coop_log(p / (1.0 - p));
}

/* Sine and cosine of t in [0, pi/4]. Absolute error below 1.2e-7. */
static inline float coop_sin_octant(float t)
{
    float z = t * t;
    float p = -1.94956351e-4f;
    p = p * z + 8.33197865e-3f;
    p = p * z - 1.66666507e-1f;
    return p * z * t + t;
}

static inline float coop_cos_octant(float t)
{
    float z = t * t;
    float p = -1.35978219e-3f;
    p = p * z + 4.16562945e-2f;
    p = p * z - 4.99998948e-1f;
    return p * z + 1.0f;
}

#endif
