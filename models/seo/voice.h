/* coopsim - GPL-3.0-or-later
 *
 * What the voice is made of (ODD 2, step 4), for the mechanisms that share in it. */
#ifndef COOP_MODELS_SEO_VOICE_H
#define COOP_MODELS_SEO_VOICE_H

#include "models/seo/counter.h"

/* What convinces as know-how: z, or talent in the talent twin. */
static inline const float *seo_known(const struct coop_batch *b)
{
    return coop_worker(b, seo_shared(b)->twin == SEO_TWIN_TALENT ? SEO_TALENT : SEO_KNOW, 0);
}

/* Whether some mechanism may add to SEO_VOICE_EXTRA. */
static inline bool seo_voice_is_changed(const struct seo_params *params)
{
    for (size_t c = 0; c < SEO_CATEGORIES; c++)
        if (params->status.category[c].bias[SEO_BIAS_VOICE] != 0)
            return true;
    return seo_counter_planned(params, SEO_COUNTER_open_book);
}

/* The weight of a source of voice. A cut replaces the source by its mean, the same for everybody,
 * which the share v / sum v does not feel: weight 0. */
static inline float seo_voice_weight(const struct seo_params *params, double theta,
                                     enum seo_arrow arrow)
{
    bool silent = params->twin == SEO_TWIN_VOICELESS || seo_is_cut(params, arrow);
    return silent ? 0.0f : (float)theta;
}

#endif
