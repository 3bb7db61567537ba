/* coopsim - GPL-3.0-or-later
 *
 * The weights of what takes autonomy away (autonomy.c), for those who ask how much a change of it
 * would matter to somebody. */
#ifndef COOP_MODELS_SEO_AUTONOMY_H
#define COOP_MODELS_SEO_AUTONOMY_H

#include "models/seo/seo.h"

/* mu, phi and eta by facet, and psi. */
struct autonomy_params {
    double technology[SEO_FACETS], technology_enabling;
    double rules[SEO_FACETS], rules_enabling;
    double orders[SEO_FACETS];
    double standing;
};

extern COOP_MECHANISM(autonomy);

static inline const struct autonomy_params *seo_autonomy_params(const struct coop_batch *b)
{
    return coop_batch_of(b, &COOP_ISA_NAME(coop_mechanism_autonomy)).params;
}

#endif
