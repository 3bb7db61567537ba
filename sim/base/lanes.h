/* coopsim - GPL-3.0-or-later
 *
 * Loops whose steps do not depend on each other. The compiler may take several at once without
 * asking at run time whether arrays overlap: they are the same array or do not. */
#ifndef COOP_BASE_LANES_H
#define COOP_BASE_LANES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#if defined(__clang__)
#define COOP_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#define COOP_UNROLL _Pragma("clang loop unroll_count(4)")
#else
#define COOP_INDEPENDENT _Pragma("GCC ivdep")
#define COOP_UNROLL _Pragma("GCC unroll 4")
#endif

/* COOP_LANEWISE(i, count) { ... x[i] ... } */
#define COOP_LANEWISE(i, count) COOP_INDEPENDENT for (size_t i = 0; i < (count); i++)

/* Vector types of the machine's width, an extension of gcc and clang, for what the compilers do not
 * vectorise by themselves. */
#if defined(__AVX512F__)
#define COOP_VECTOR_BYTES 64
#elif defined(__AVX2__)
#define COOP_VECTOR_BYTES 32
#else
#define COOP_VECTOR_BYTES 16
#endif
enum { COOP_INT_WIDTH = COOP_VECTOR_BYTES / 4 };
typedef int32_t coop_ints __attribute__((vector_size(COOP_VECTOR_BYTES)));
typedef float coop_singles __attribute__((vector_size(COOP_VECTOR_BYTES)));

/* A row of eight 32-bit values, in parts of at most the machine's width. */
enum { COOP_ROW_INTS = COOP_INT_WIDTH < 8 ? COOP_INT_WIDTH : 8 };
typedef int32_t coop_row_ints __attribute__((vector_size(COOP_ROW_INTS * sizeof(int32_t))));
typedef float coop_row_singles __attribute__((vector_size(COOP_ROW_INTS * sizeof(float))));

static inline coop_row_singles coop_row_load(const float *x)
{
    coop_row_singles ret;
    memcpy(&ret, x, sizeof ret);
    return ret;
}

/* a > b ? a : b and a < b ? a : b, lane by lane; gcc takes two instructions for these. */
#if defined(__AVX2__)
#define COOP_ROW_LARGER(a, b) (coop_row_singles) _mm256_max_ps((__m256)(a), (__m256)(b))
#define COOP_ROW_SMALLER(a, b) (coop_row_singles) _mm256_min_ps((__m256)(a), (__m256)(b))
#elif defined(__SSE2__)
#define COOP_ROW_LARGER(a, b) (coop_row_singles) _mm_max_ps((__m128)(a), (__m128)(b))
#define COOP_ROW_SMALLER(a, b) (coop_row_singles) _mm_min_ps((__m128)(a), (__m128)(b))
#else
#define COOP_ROW_CHOSEN(mask, a, b)                                                                \
    (coop_row_singles)(((mask) & (coop_row_ints)(a)) | (~(mask) & (coop_row_ints)(b)))
#define COOP_ROW_LARGER(a, b) COOP_ROW_CHOSEN((a) > (b), a, b)
#define COOP_ROW_SMALLER(a, b) COOP_ROW_CHOSEN((a) < (b), a, b)
#endif

/* A row of eight floats as doubles, in parts; gcc takes its own conversion to pieces. */
enum { COOP_WIDTH = COOP_VECTOR_BYTES / 8, COOP_SUM_PARTS = 8 / COOP_WIDTH };
typedef float coop_floats __attribute__((vector_size(COOP_WIDTH * sizeof(float))));
typedef double coop_doubles __attribute__((vector_size(COOP_WIDTH * sizeof(double))));
#if defined(__AVX512F__)
#define COOP_WIDEN(x) (coop_doubles) _mm512_cvtps_pd((__m256)(x))
#elif defined(__AVX2__)
#define COOP_WIDEN(x) (coop_doubles) _mm256_cvtps_pd((__m128)(x))
#else
#define COOP_WIDEN(x) __builtin_convertvector(x, coop_doubles)
#endif
#define COOP_LOAD(ret, x)                                                                          \
    do {                                                                                           \
        coop_floats coop_value;                                                                    \
        memcpy(&coop_value, x, sizeof coop_value);                                                 \
        (ret) = COOP_WIDEN(coop_value);                                                            \
    } while (0)

#endif
