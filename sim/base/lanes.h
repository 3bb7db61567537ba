/* coopsim - GPL-3.0-or-later
 *
 * Loops whose steps do not depend on each other. The compiler may take several at once without
 * asking at run time whether arrays overlap: they are the same array or do not. */
#ifndef COOP_BASE_LANES_H
#define COOP_BASE_LANES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__clang__)
#define COOP_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define COOP_INDEPENDENT _Pragma("GCC ivdep")
#else
#define COOP_INDEPENDENT
#endif

/* COOP_LANEWISE(i, count) { ... x[i] ... } */
#define COOP_LANEWISE(i, count) COOP_INDEPENDENT for (size_t i = 0; i < (count); i++)

/* Sums run in eight lanes of doubles, joined in a fixed order, so that they are the same bits at
 * every width of the machine's vectors. The compilers do not vectorise them by themselves; these
 * are vector types (an extension of gcc and clang) of the machine's width. */
#if defined(__AVX512F__)
#define COOP_VECTOR_BYTES 64
#elif defined(__AVX2__)
#define COOP_VECTOR_BYTES 32
#else
#define COOP_VECTOR_BYTES 16
#endif
enum { COOP_WIDTH = COOP_VECTOR_BYTES / 8, COOP_INT_WIDTH = COOP_VECTOR_BYTES / 4 };
typedef int32_t coop_ints __attribute__((vector_size(COOP_VECTOR_BYTES)));
typedef float coop_singles __attribute__((vector_size(COOP_VECTOR_BYTES)));

enum { COOP_SUM_LANES = 8, COOP_SUM_PARTS = COOP_SUM_LANES / COOP_WIDTH };
typedef float coop_floats __attribute__((vector_size(COOP_WIDTH * sizeof(float))));
typedef double coop_doubles __attribute__((vector_size(COOP_WIDTH * sizeof(double))));
typedef int32_t coop_mask __attribute__((vector_size(COOP_WIDTH * sizeof(int32_t))));

/* -1 for the first eight, 0 for the others: read `eight - count` places on it masks all but the
 * first `count` lanes. */
static const int32_t coop_mask_window[2 * COOP_SUM_LANES] = {-1, -1, -1, -1, -1, -1, -1, -1};

/* Part number `part` of eight values, as doubles; of the eight those from place `count` on are 0. */
#define COOP_LOAD_FIRST(ret, x, count, part)                                                       \
    do {                                                                                           \
        coop_floats coop_value;                                                                    \
        coop_mask coop_first;                                                                      \
        memcpy(&coop_value, x, sizeof coop_value);                                                 \
        memcpy(&coop_first, coop_mask_window + COOP_SUM_LANES - (count) + (part)*COOP_WIDTH,       \
               sizeof coop_first);                                                                 \
        coop_value = (coop_floats)((coop_mask)coop_value & coop_first);                            \
        (ret) = __builtin_convertvector(coop_value, coop_doubles);                                 \
    } while (0)

/* COOP_WIDTH values of x as doubles. */
#define COOP_LOAD(ret, x)                                                                          \
    do {                                                                                           \
        coop_floats coop_value;                                                                    \
        memcpy(&coop_value, x, sizeof coop_value);                                                 \
        (ret) = __builtin_convertvector(coop_value, coop_doubles);                                 \
    } while (0)

#endif
