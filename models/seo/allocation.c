/* coopsim - GPL-3.0-or-later
 *
 * Allocation (ODD 2, step 6, and 7, persons). A worker leaves with a weekly hazard. The
 * vacancy is filled from strictly below, by Gumbel-max over
 *
 *     3 fit + 1 ln(n W_i),   fit = sum over k of x_jk s_ik,
 *
 * which leaves a vacancy in turn, for at most three moves; a newcomer with fresh traits and half
 * the mean of know-how and standing takes the end of the chain. All leavers of a week are drawn
 * first, candidates are those who stay, the best vacancy is filled first. */
#include "models/seo/person.h"
#include "sim/base/fill.h"
#include "sim/base/measure.h"

#define COOP_OWNER allocation
#define SOURCE "ODD 2, step 6"
#define ALLOCATION_PARAMS(X)                                                                       \
    X(REAL, leave, "allocation.leave", .003, 0, 1, "1/week", "0",                                  \
      "Probability that a worker leaves in a week", SOURCE)                                        \
    X(REAL, fit, "allocation.fit", 3, 0, 100, "1", "0",                                            \
      "Weight of the fit of skills to the job in filling a vacancy", SOURCE)                       \
    X(REAL, standing, "allocation.standing", 1, 0, 100, "1", "0",                                  \
      "Weight of standing in filling a vacancy", SOURCE)                                           \
    X(INTEGER, chain, "allocation.chain", 3, 0, 1000, "move", "0",                                 \
      "Most moves from below that a vacancy sets off", SOURCE)
COOP_PARAMS(ALLOCATION_PARAMS)

/* Jobs within this of each other in empowerment are on one level: the specification's 1e-9, as far
 * as 32-bit floats below 1 can tell. */
#define LEVEL 3e-7f

enum { DRAW, AWAY, SCORE, CHANCE };
static const struct coop_field allocation_fields[] = {
    {"allocation_draw", COOP_WORKER_SCRATCH, COOP_F32, COOP_MONTH, "1", "Draws of the month"},
    {"allocation_away", COOP_WORKER_SCRATCH, COOP_U32, 1, "1",
     "1: vacant, or held by a newcomer of this week"},
    {"allocation_score", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Score of a candidate"},
    {"allocation_chance", COOP_WORKER_SCRATCH, COOP_F32, 4, "1", "Draws of a vacancy"}};

static void allocation_month(const struct coop_batch *b)
{
    float *draw[COOP_MONTH];
    for (size_t week = 0; week < COOP_MONTH; week++)
        draw[week] = coop_worker(b, b->own + DRAW, week);
    coop_fill_uniform(b->streams.dynamics, b->position, b->organisation_of, b->lanes,
                      (uint32_t)(b->week / COOP_MONTH), coop_purpose("allocation.leave"), 0, draw);
}

/* The candidates' scores but for chance: 3 fit + ln(n W). */
static void score_merit(const struct coop_batch *b, size_t o, size_t vacancy, float *score)
{
    const struct allocation_params *params = b->params;
    const struct seo_params *shared = seo_shared(b);
    size_t n = coop_batch_size(b, o), first = b->first[o];
    float fit = seo_is_cut(shared, SEO_ARROW_skill_jobs) ? 0 : (float)params->fit;
    float weight = seo_is_cut(shared, SEO_ARROW_standing_jobs) ? 0 : (float)params->standing;
    const float *standing = coop_worker(b, SEO_STANDING, 0) + first;
    COOP_LANEWISE (i, n)
        score[i] = weight * coop_logf(coop_maxf(standing[i], SEO_LOG_FLOOR));
    for (size_t k = 0; k < b->kinds; k++) {
        float content = fit * coop_worker(b, SEO_SHARE, k)[vacancy];
        const float *skill = coop_worker(b, SEO_SKILL, k) + first;
        COOP_LANEWISE (i, n)
            score[i] += content * skill[i];
    }
}

/* The slot of the one who gets the vacancy, or the vacancy itself if nobody is strictly below.
 * `fills` numbers the vacancies of the week, for the draws. */
static size_t choose(const struct coop_batch *b, size_t o, size_t vacancy, uint32_t fills)
{
    size_t n = coop_batch_size(b, o), first = b->first[o], best = vacancy;
    const uint32_t *away = coop_worker_u32(b, b->own + AWAY) + first;
    const float *empowerment = coop_worker(b, SEO_EMPOWERMENT, 0) + first;
    float *score = coop_worker(b, b->own + SCORE, 0);
    float *chance[4], best_score = -INFINITY;
    for (size_t word = 0; word < 4; word++)
        chance[word] = coop_worker(b, b->own + CHANCE, word);
    coop_fill_uniform(b->streams.dynamics, b->position + first, b->organisation_of + first, n,
                      (uint32_t)b->week, coop_purpose("allocation.candidate"), fills, chance);
    score_merit(b, o, vacancy, score);
    COOP_LANEWISE (i, n)
        score[i] -= coop_logf(-coop_logf(chance[0][i]));
    float limit = coop_worker(b, SEO_EMPOWERMENT, 0)[vacancy] - LEVEL;
    for (size_t i = 0; i < n; i++)
        if (!away[i] && empowerment[i] < limit && score[i] > best_score) {
            best_score = score[i];
            best = first + i;
        }
    return best;
}

static void welcome(const struct coop_batch *b, size_t o, size_t slot, uint32_t label,
                    float mean_know)
{
    struct seo_person person = {
        .know = 0.5f * mean_know, .label = label, .joined = (uint32_t)(b->week + 1)};
    seo_person_draw(b, b->streams.dynamics, b->first_organisation + (uint32_t)o, b->week,
                    b->position[slot], &person);
    seo_person_write(b, slot, &person);
}

static void fill_vacancy(const struct coop_batch *b, size_t o, size_t vacancy, float mean_know,
                         uint32_t *fills)
{
    const struct allocation_params *params = b->params;
    uint32_t *away = coop_worker_u32(b, b->own + AWAY);
    uint32_t label = coop_worker_u32(b, SEO_LABEL)[vacancy];
    for (int64_t move = 0; move < params->chain; move++) {
        size_t from = choose(b, o, vacancy, (*fills)++);
        if (from == vacancy)
            break;
        struct seo_person person;
        seo_person_read(b, from, &person);
        seo_person_change(b, &person, vacancy);
        away[vacancy] = 0;
        away[from] = 1;
        vacancy = from;
    }
    welcome(b, o, vacancy, label, mean_know);
}

/* A newcomer's W is .5/n, those who stay are scaled to fill; if nobody stays it is 1/n. */
static void share_standing(const struct coop_batch *b, size_t o, size_t newcomers)
{
    size_t n = coop_batch_size(b, o);
    const uint32_t *away = coop_worker_u32(b, b->own + AWAY);
    float *standing = coop_worker(b, SEO_STANDING, 0);
    double staying = 0;
    for (size_t i = b->first[o]; i < b->first[o + 1]; i++)
        staying += away[i] ? 0 : (double)standing[i];
    float entry = newcomers == n ? 1.0f : 0.5f;
    double scale = newcomers == n ? 0 : ((double)n - 0.5 * (double)newcomers) / staying;
    for (size_t i = b->first[o]; i < b->first[o + 1]; i++)
        standing[i] = away[i] ? entry : (float)((double)standing[i] * scale);
}

static void replace_leavers(const struct coop_batch *b, size_t o, const float *draw, float hazard)
{
    size_t n = coop_batch_size(b, o), newcomers = 0;
    uint32_t *away = coop_worker_u32(b, b->own + AWAY), fills = 0;
    float mean_know = (float)(coop_sum(coop_worker(b, SEO_KNOW, 0) + b->first[o], n) / (double)n);
    for (size_t i = b->first[o]; i < b->first[o + 1]; i++)
        away[i] = draw[i] < hazard;
    for (size_t i = b->first[o]; i < b->first[o + 1]; i++)
        if (draw[i] < hazard) {
            fill_vacancy(b, o, i, mean_know, &fills);
            newcomers++;
        }
    share_standing(b, o, newcomers);
}

static void allocation_act(const struct coop_batch *b)
{
    const struct allocation_params *params = b->params;
    const float *draw = coop_worker(b, b->own + DRAW, (size_t)(b->week % COOP_MONTH));
    float hazard = (float)params->leave;
    /* Leavers are rare: look for them in whole blocks, then in the organisations of these. */
    size_t done = 0;
    for (size_t block = 0; block < b->lanes; block += COOP_LANES) {
        int32_t leavers = 0;
        for (size_t lane = 0; lane < COOP_LANES; lane++)
            leavers += draw[block + lane] < hazard;
        for (size_t i = block; leavers > 0 && i < block + COOP_LANES; i++)
            if (i >= done && i < b->workers && draw[i] < hazard) {
                size_t o = b->organisation_of[i] - b->first_organisation;
                replace_leavers(b, o, draw, hazard);
                done = b->first[o + 1];
            }
    }
}

COOP_MECHANISM(allocation) = {
    .name = "allocation",
    .summary = "Who leaves, who moves up, who joins",
    .source = SOURCE,
    .params = &allocation_table,
    .fields = allocation_fields,
    .field_count = sizeof allocation_fields / sizeof *allocation_fields,
    .month = allocation_month,
    .act = allocation_act,
};
