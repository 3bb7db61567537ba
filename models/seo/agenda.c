/* coopsim - GPL-3.0-or-later
 *
 * What a meeting takes up (ODD 2, step 5). With `governance.agenda: standing` it is a single
 * variable, drawn with odds sum W_i |b_i - y|, how much those of standing want it changed; all W
 * are alike if power_org is cut. */
#include "models/seo/governance.h"

void seo_agenda_weigh(const struct coop_batch *b, size_t o, size_t y)
{
    bool cut = seo_is_cut(seo_shared(b), SEO_ARROW_power_org);
    const float *standing = coop_worker(b, SEO_STANDING, 0);
    const float *ideal = coop_worker(b, SEO_IDEAL, y);
    double now = coop_organisation(b, SEO_VOTED, y)[o], odds = 0;
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        double change = (double)ideal[i] - now;
        odds += (cut ? 1.0 : (double)standing[i]) * (change < 0 ? -change : change);
    }
    coop_organisation(b, b->own + SEO_GOVERNANCE_ODDS, y)[o] = odds;
}

size_t seo_agenda_draw(const struct coop_batch *b, size_t o)
{
    const struct seo_params *shared = seo_shared(b);
    struct coop_block block = coop_draw(b->streams.dynamics, coop_purpose("governance.agenda"),
                                        b->first_organisation + (uint32_t)o, b->week, 0, 0);
    double total = 0, passed = 0;
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
        total +=
            shared->variable[y].open ? coop_organisation(b, b->own + SEO_GOVERNANCE_ODDS, y)[o] : 0;
    double point = (double)coop_uniform(block.word[0]) * total;
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++) {
        passed +=
            shared->variable[y].open ? coop_organisation(b, b->own + SEO_GOVERNANCE_ODDS, y)[o] : 0;
        if (point < passed)
            return y;
    }
    return SEO_VARIABLE_COUNT;
}
