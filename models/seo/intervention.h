/* coopsim - GPL-3.0-or-later
 *
 * What an intervention leaves behind for those who observe it (ODD 2, interventions). */
#ifndef COOP_MODELS_SEO_INTERVENTION_H
#define COOP_MODELS_SEO_INTERVENTION_H

#include "models/seo/seo.h"

/* After how many weeks the gap of a swap is kept to the end: whole months. */
enum { SEO_GAP_YEAR = 52, SEO_GAP_LONG = 260 };

/* The mechanism's own fields, a value an organisation each. Zero means that nothing was done yet, so that
 * a state from before the intervention needs nothing but zeros. */
enum seo_intervention_field {
    SEO_INTERVENTION_DONE,   /* 1 + the week of the act */
    SEO_INTERVENTION_UPPER,  /* 1 + position: the pair's upper one, or that of an impulse */
    SEO_INTERVENTION_LOWER,  /* 1 + position: the pair's lower one; SEO_NO_PAIR: none was found */
    SEO_INTERVENTION_PERSON, /* 1 + label of the person who got an impulse */
    SEO_INTERVENTION_YEAR,   /* the gap after SEO_GAP_YEAR weeks */
    SEO_INTERVENTION_LONG    /* the gap after SEO_GAP_LONG weeks */
};

enum { SEO_NO_PAIR = -1 };

/* ln nW of whoever holds a position. */
static inline double seo_log_standing(const struct coop_batch *b, size_t o, double position)
{
    size_t slot = coop_slot(b, o, (size_t)position);
    float standing = coop_worker(b, SEO_STANDING, 0)[slot];
    return (double)coop_logf(coop_at_least(standing, SEO_LOG_FLOOR));
}

/* The pair's gap in power by position; `b` is the batch as the mechanism sees it, and there is a pair. */
static inline double seo_pair_gap(const struct coop_batch *b, size_t o)
{
    double upper = coop_organisation(b, b->own + SEO_INTERVENTION_UPPER, 0)[o] - 1;
    double lower = coop_organisation(b, b->own + SEO_INTERVENTION_LOWER, 0)[o] - 1;
    return seo_log_standing(b, o, upper) - seo_log_standing(b, o, lower);
}

#endif
