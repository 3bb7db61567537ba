/* coopsim - GPL-3.0-or-later
 *
 * Some tests are compiled once for each instruction set level, as the models are. On a machine
 * without that level they skip. */
#ifndef COOP_TESTS_UNIT_ISA_H
#define COOP_TESTS_UNIT_ISA_H

#include <stdbool.h>
#include <stdio.h>

static inline bool machine_has_isa(void)
{
#if defined(__AVX512F__)
    return __builtin_cpu_supports("avx512f");
#elif defined(__AVX2__)
    return __builtin_cpu_supports("avx2");
#else
    return true;
#endif
}

/* In the test anything protocol. */
static inline int skip_all(void)
{
    puts("1..0 # SKIP this machine lacks the instruction set");
    return 0;
}

#endif
