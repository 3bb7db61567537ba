/* coopsim - GPL-3.0-or-later
 *
 * The default week for organisations of 20, tuned by hand for AVX2 and with nothing around it: no
 * parameters, mechanisms, sizes, records or bits to keep. It shows what the machine could give. */
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

/* Whether this machine and this build have the kernel. */
bool limit_runs(void);
/* At week 0, the organisations rounded up to a multiple of 8; NULL without memory. */
struct limit_economy *limit_new(size_t organisations, uint64_t seed);
void limit_live(struct limit_economy *economy, int64_t weeks);
void limit_look(const struct limit_economy *economy, size_t organisation,
                struct limit_organisation *ret);
void limit_free(struct limit_economy *economy);

#endif
