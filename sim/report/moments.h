/* coopsim - GPL-3.0-or-later
 *
 * Inside sim/report: mean and variance of many numbers that come one by one (Welford 1962,
 * doi:10.1080/00401706.1962.10490022). NAN does not count. */
#ifndef COOP_REPORT_MOMENTS_H
#define COOP_REPORT_MOMENTS_H

#include <math.h>

struct coop_moments {
    double count, mean, squares; /* squares of the deviations */
};

static inline void coop_moments_add(struct coop_moments *moments, double value)
{
    if (!isfinite(value))
        return;
    const double before = value - moments->mean;
    moments->count += 1;
    moments->mean += before / moments->count;
    moments->squares += before * (value - moments->mean);
}

static inline double coop_moments_mean(const struct coop_moments *moments)
{
    return moments->count > 0 ? moments->mean : NAN;
}

/* Divisor count - 1; NAN below 2. */
static inline double coop_moments_deviation(const struct coop_moments *moments)
{
    return moments->count > 1 ? sqrt(moments->squares / (moments->count - 1)) : NAN;
}

#endif
