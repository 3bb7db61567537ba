/* coopsim - GPL-3.0-or-later
 *
 * The talent twin (ODD 5). All return arrows are cut, and what convinces in the place of know-how z
 * is a talent that a person brings along and that nothing in the organisation changes:
 *
 *     talent_i = spread (sqrt(fixed) (1 - 2^(-t/growth)) F_i + sqrt(1 - fixed) X_i)
 *                - novice 2^(-t/growth) [not there from the beginning]
 *     X_i     += (2^(-1/slow) - 1) X_i + sqrt(1 - 2^(-2/slow)) N(0,1) every week,  X_i = 0 at first
 *
 * with F_i ~ N(0,1) and t the weeks since the person came. At calibrated values
 * (analysis/calibrate_talent.py) the paths of ln(nW) have nearly the mean, the variance and the
 * autocorrelation of the process in which power returns to its causes: what tells the two apart is not
 * the history but an intervention. */
#include "models/seo/seo.h"
#include "sim/base/fill.h"

#define COOP_OWNER talent
#define SOURCE "ODD 5, talent twin"
#define TALENT_PARAMS(X)                                                                           \
    X(REAL, spread, "talent.spread", 2.4, 0, 10, "1", NULL,                                        \
      "Standard deviation of talent on the scale of know-how z, once it has shown itself", SOURCE) \
    X(REAL, fixed, "talent.fixed", .94, 0, 1, "1", NULL,                                           \
      "Share of the variance of talent that never changes", SOURCE)                                \
    X(REAL, slow, "talent.slow", 2570, 1, 100000, "week", NULL,                                    \
      "Half-life of the part of talent that changes by itself", SOURCE)                            \
    X(REAL, growth, "talent.growth", 240, 1, 100000, "week", NULL,                                 \
      "Half-life in which talent shows itself", SOURCE)                                            \
    X(REAL, novice, "talent.novice", .128, 0, 10, "1", NULL,                                       \
      "What newcomers are short of at first, on the scale of know-how z", SOURCE)
COOP_PARAMS(TALENT_PARAMS)

enum { DRAWN, UNUSED };
static const struct coop_field talent_fields[] = {
    {"talent_drawn", COOP_WORKER_SCRATCH, COOP_F32, COOP_IF_OPTION(SEO_OPTION_TALENT), "1",
     "Standard normals of the week"},
    {"talent_unused", COOP_WORKER_SCRATCH, COOP_F32, COOP_IF_OPTION(SEO_OPTION_TALENT), "1",
     "The other normals of the same draws"}};

/* Talent of those who have come since the last week: they have zeros. */
static void draw_fixed(const struct coop_batch *b)
{
    float *fixed = coop_worker(b, SEO_TALENT_FIXED, 0);
    for (size_t i = 0; i < b->workers; i++)
        if (fixed[i] == 0.0f) {
            float first, second;
            struct coop_block block = coop_draw(b->streams.dynamics, coop_purpose("talent.fixed"),
                                                b->organisation_of[i], b->week, b->position[i], 0);
            coop_normal_pair(block.word[0], block.word[1], &first, &second);
            fixed[i] = first;
        }
}

static void change_slowly(const struct coop_batch *b)
{
    const struct talent_params *params = b->params;
    float *drawn = coop_worker(b, b->own + DRAWN, 0);
    float *normal[4] = {drawn, coop_worker(b, b->own + UNUSED, 0)};
    float *slow = coop_worker(b, SEO_TALENT_SLOW, 0);
    double kept = coop_exp(-coop_log(2) / params->slow);
    float keep = (float)kept, step = (float)sqrt(1 - kept * kept);
    coop_fill_normal(b->streams.dynamics, b->position, b->organisation_of, b->lanes,
                     (uint32_t)b->week, coop_purpose("talent.slow"), 0, 1, normal);
    COOP_LANEWISE (i, b->lanes)
        slow[i] = keep * slow[i] + step * drawn[i];
}

static void talent_act(const struct coop_batch *b)
{
    const struct talent_params *params = b->params;
    if (seo_shared(b)->twin != SEO_TWIN_TALENT)
        return;
    draw_fixed(b);
    change_slowly(b);
    float by_fixed = (float)(params->spread * sqrt(params->fixed));
    float by_slow = (float)(params->spread * sqrt(1 - params->fixed));
    float rate = (float)(coop_log(2) / params->growth), novice = (float)params->novice;
    const uint32_t *joined = coop_worker_u32(b, SEO_JOINED);
    const float *fixed = coop_worker(b, SEO_TALENT_FIXED, 0);
    const float *slow = coop_worker(b, SEO_TALENT_SLOW, 0);
    float *talent = coop_worker(b, SEO_TALENT, 0);
    float week = (float)b->week;
    COOP_LANEWISE (i, b->lanes) {
        float hidden = coop_expf(-rate * (week - (float)joined[i]));
        talent[i] = by_fixed * (1.0f - hidden) * fixed[i] + by_slow * slow[i] -
                    (joined[i] > 0 ? novice * hidden : 0.0f);
    }
}

static uint32_t talent_options(const void *shared, const void *params)
{
    (void)params;
    return ((const struct seo_params *)shared)->twin == SEO_TWIN_TALENT ? 1u << SEO_OPTION_TALENT
                                                                        : 0;
}

COOP_MECHANISM(talent) = {
    .name = "talent",
    .summary = "In the talent twin, persons convince by what they brought along",
    .source = SOURCE,
    .params = &talent_table,
    .fields = talent_fields,
    .field_count = sizeof talent_fields / sizeof *talent_fields,
    .options = talent_options,
    .act = talent_act,
};
