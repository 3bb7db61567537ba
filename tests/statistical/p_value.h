/* coopsim - GPL-3.0-or-later
 *
 * Tests of a sample as p-values, two-sided wherever the statistic can also be too small. */
#ifndef COOP_TESTS_STATISTICAL_P_VALUE_H
#define COOP_TESTS_STATISTICAL_P_VALUE_H

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stddef.h>

enum { COOP_CHESSBOARD_SIDE = 16 };

static inline double two_sided(double lower, double upper)
{
    return fmin(1, 2 * fmin(lower, upper));
}

static inline double p_of_z(double z)
{
    return 2 * gsl_cdf_ugaussian_Q(fabs(z));
}

static inline double p_of_poisson(double count, double expected)
{
    return two_sided(gsl_cdf_poisson_P((unsigned)count, expected),
                     count < 1 ? 1 : gsl_cdf_poisson_Q((unsigned)count - 1, expected));
}

/* Pearson's test that all cells are equally likely. */
static inline double p_of_equal_cells(const double *count, size_t cells)
{
    double total = 0, chi2 = 0;
    for (size_t i = 0; i < cells; i++)
        total += count[i];
    double expected = total / (double)cells;
    for (size_t i = 0; i < cells; i++)
        chi2 += (count[i] - expected) * (count[i] - expected) / expected;
    return two_sided(gsl_cdf_chisq_P(chi2, (double)cells - 1),
                     gsl_cdf_chisq_Q(chi2, (double)cells - 1));
}

/* Kolmogorov's distribution beyond `distance`, with Stephens' correction for finite samples. */
static inline double p_of_distance(double distance, double count)
{
    double scaled = distance * (sqrt(count) + 0.12 + 0.11 / sqrt(count)), p = 0;
    if (scaled < 0.3)
        return 1;
    for (int k = 1; k <= 20; k++)
        p += (k % 2 ? 2 : -2) * exp(-2.0 * k * k * scaled * scaled);
    return fmin(1, fmax(0, p));
}

/* Kolmogorov and Smirnov's test of a sample, which it sorts, against a distribution function. */
static inline double p_of_distribution(double *x, size_t n, double (*cdf)(double value))
{
    double distance = 0;
    gsl_sort(x, 1, n);
    for (size_t i = 0; i < n; i++) {
        double at = cdf(x[i]), above = (double)(i + 1) / (double)n, below = (double)i / (double)n;
        distance = fmax(distance, fmax(above - at, at - below));
    }
    return p_of_distance(distance, (double)n);
}

/* x and y have mean 0 and variance `variance` if the null holds. */
static inline double p_of_correlation(const double *x, const double *y, size_t n, double variance)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i] * y[i];
    return p_of_z(sum / variance / sqrt((double)n));
}

/* The pair as a chessboard of equally likely cells; x and y in (0, 1). */
static inline double p_of_chessboard(const double *x, const double *y, size_t n)
{
    double count[COOP_CHESSBOARD_SIDE * COOP_CHESSBOARD_SIDE] = {0};
    for (size_t i = 0; i < n; i++)
        count[(size_t)(x[i] * COOP_CHESSBOARD_SIDE) * COOP_CHESSBOARD_SIDE +
              (size_t)(y[i] * COOP_CHESSBOARD_SIDE)]++;
    return p_of_equal_cells(count, COOP_CHESSBOARD_SIDE * COOP_CHESSBOARD_SIDE);
}

#endif
