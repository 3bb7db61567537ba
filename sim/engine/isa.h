/* coopsim - GPL-3.0-or-later
 *
 * The models are compiled once for each instruction set level and chosen at run time, so that one
 * portable binary uses AVX2 or AVX-512 where the machine has them. COOP_ISA is set by meson. The
 * levels give the same bits: no contraction, no fast-math, the project's own elementary functions
 * and sums in a fixed order. */
#ifndef COOP_ENGINE_ISA_H
#define COOP_ENGINE_ISA_H

#ifndef COOP_ISA
#define COOP_ISA baseline
#endif

#define COOP_ISA_PASTE_(name, isa) name##_##isa
#define COOP_ISA_PASTE(name, isa) COOP_ISA_PASTE_(name, isa)
#define COOP_ISA_NAME(name) COOP_ISA_PASTE(name, COOP_ISA)

#endif
