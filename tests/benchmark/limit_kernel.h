/* coopsim - GPL-3.0-or-later
 *
 * The default week for organisations of 20, tuned by hand for AVX2 and with nothing around it: no
 * parameters, mechanisms, sizes, records or bits to keep. It shows what the machine could give.
 *
 * The kernel is compiled twice: with fused products and sums, and without, as the product has to be
 * for the sake of its bits. */
#ifndef COOP_TESTS_BENCHMARK_LIMIT_KERNEL_H
#define COOP_TESTS_BENCHMARK_LIMIT_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LIMIT_SIZE = 20 };

/* What an organisation has come to; turnout is the mean since week 0. */
struct limit_organisation {
    double gini, turnout, turnout_bottom, division;
};

struct limit_economy;

struct limit_kernel {
    /* Whether this machine and this build have the kernel. */
    bool (*runs)(void);
    /* At week 0, the organisations rounded up to a multiple of 8; NULL without memory. */
    struct limit_economy *(*new)(size_t organisations, uint64_t seed);
    void (*live)(struct limit_economy *economy, int64_t weeks);
    void (*look)(const struct limit_economy *economy, size_t organisation,
                 struct limit_organisation *ret);
    void (*free)(struct limit_economy *economy);
};
extern const struct limit_kernel limit_kernel_fused, limit_kernel_plain;

/* NAME_fused or NAME_plain, in the files of the kernel. */
#define LIMIT_NAME(name) LIMIT_JOIN(name, LIMIT_VARIANT)
#define LIMIT_JOIN(name, variant) LIMIT_PASTE(name, variant)
#define LIMIT_PASTE(name, variant) name##_##variant

#endif
