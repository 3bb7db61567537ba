/* coopsim - GPL-3.0-or-later
 *
 * Governance (ODD 2, step 5) in parts, between the files that share its parameters and its state:
 * what members want (ideals.c), what comes up (agenda.c), what is decided (governance.c). All take
 * the batch as the mechanism `governance` sees it. */
#ifndef COOP_MODELS_SEO_GOVERNANCE_H
#define COOP_MODELS_SEO_GOVERNANCE_H

#include "models/seo/seo.h"

/* A function of one name for each instruction set level that the models are compiled for. */
#define seo_ideals_prepare COOP_ISA_NAME(seo_ideals_prepare)
#define seo_ideals_find COOP_ISA_NAME(seo_ideals_find)
#define seo_agenda_weigh COOP_ISA_NAME(seo_agenda_weigh)
#define seo_agenda_draw COOP_ISA_NAME(seo_agenda_draw)

enum { SEO_AGENDA_ALL, SEO_AGENDA_STANDING };

struct governance_params {
    int32_t on, agenda; /* one of SEO_AGENDA_* */
    int64_t every;      /* weeks */
    double rate, inertia, noise;
};

/* Its fields, from `own` on. */
enum {
    SEO_GOVERNANCE_NOISE,
    SEO_GOVERNANCE_WEIGHT,
    SEO_GOVERNANCE_WEIGHTED,
    SEO_GOVERNANCE_BASE,
    SEO_GOVERNANCE_STAKE,
    SEO_GOVERNANCE_VALUE_BASE,
    SEO_GOVERNANCE_VALUE_STAKE,
    SEO_GOVERNANCE_TARGET,
    SEO_GOVERNANCE_ODDS,
    SEO_GOVERNANCE_GIVEN
};

/* zeta, and the weight nP in the decision: power, or equal weights of the members if power_org is
 * cut. Comes before ideal points. */
void seo_ideals_prepare(const struct coop_batch *b);
/* Ideal points b of a variable, with their weight. To be called for every variable in their order,
 * since four share a draw; false, and no ideal points, of a variable that is not open. */
bool seo_ideals_find(const struct coop_batch *b, size_t y);

/* The odds that an open variable comes up, once its ideal points are there. */
void seo_agenda_weigh(const struct coop_batch *b, size_t o, size_t y);
/* The variable that comes up; SEO_VARIABLE_COUNT if nobody wants a change. */
size_t seo_agenda_draw(const struct coop_batch *b, size_t o);

#endif
