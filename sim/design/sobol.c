/* coopsim - GPL-3.0-or-later */
#include "sim/design/points.h"

#include <gsl/gsl_qrng.h>
#include <stdlib.h>

enum coop_status coop_points_sobol(double *unit, size_t points, size_t dimensions)
{
    double skipped[COOP_SOBOL_DIMENSIONS_MAX];
    size_t first = 1;
    if (dimensions == 0 || dimensions > COOP_SOBOL_DIMENSIONS_MAX)
        return COOP_FAIL(COOP_INTERNAL, "a Sobol sequence of %zu dimensions", dimensions);
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)dimensions);
    if (sequence == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for a Sobol sequence");
    while (first < points)
        first *= 2;
    for (size_t i = 1; i < first; i++)
        gsl_qrng_get(sequence, skipped);
    for (size_t i = 0; i < points; i++)
        gsl_qrng_get(sequence, unit + i * dimensions);
    gsl_qrng_free(sequence);
    return COOP_OK;
}
