/* coopsim - GPL-3.0-or-later
 *
 * Loops whose steps do not depend on each other. The compiler may take several at once without
 * asking at run time whether arrays overlap: they are the same array or do not. */
#ifndef COOP_BASE_LANES_H
#define COOP_BASE_LANES_H

#include <stddef.h>

#if defined(__clang__)
#define COOP_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define COOP_INDEPENDENT _Pragma("GCC ivdep")
#else
#define COOP_INDEPENDENT
#endif

/* COOP_LANEWISE(i, count) { ... x[i] ... } */
#define COOP_LANEWISE(i, count) COOP_INDEPENDENT for (size_t i = 0; i < (count); i++)

#endif
