/* coopsim - GPL-3.0-or-later
 *
 * Allocation (ODD 2, step 6, and 7, persons). A worker leaves with a weekly hazard. The
 * vacancy is filled from strictly below, by Gumbel-max over
 *
 *     3 fit + 1 ln(n W_i) + status,   fit = sum over k of x_jk s_ik,
 *
 * which leaves a vacancy in turn, for at most three moves; a newcomer with fresh traits and half
 * the mean of know-how and standing takes the end of the chain, with the mean formal power until the
 * next decision. All leavers of a week are drawn
 * first, candidates are those who stay, the best vacancy is filled first. */
#include "models/seo/jobs.h"
#include "models/seo/person.h"
#include "models/seo/status.h"
#include "sim/base/fill.h"

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

enum { LEAVES, AWAY, SCORE, INDEX, ANYBODY };
static const struct coop_field allocation_fields[] = {
    {"allocation_leaves", COOP_WORKER_SCRATCH, COOP_F32, COOP_MONTH, "1",
     "1: leaves in a week of the month"},
    {"allocation_away", COOP_WORKER_SCRATCH, COOP_U32, 1, "1",
     "1: vacant, or held by a newcomer of this week"},
    {"allocation_score", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Score of a candidate"},
    {"allocation_index", COOP_WORKER_SCRATCH, COOP_U32, 2, "1", "Positions, and organisation"},
    {"allocation_anybody", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "1", "1: somebody leaves"}};

static void allocation_month(const struct coop_batch *b)
{
    const struct allocation_params *params = b->params;
    float *leaves[COOP_MONTH], hazard = (float)params->leave;
    for (size_t week = 0; week < COOP_MONTH; week++)
        leaves[week] = coop_worker(b, b->own + LEAVES, week);
    coop_fill_uniform(b->streams.dynamics, b->position, b->organisation_of, b->lanes,
                      (uint32_t)(b->week / COOP_MONTH), coop_purpose("allocation.leave"), 0,
                      leaves);
    for (size_t week = 0; week < COOP_MONTH; week++) {
        float *draw = leaves[week];
        COOP_LANEWISE (i, b->lanes)
            draw[i] = draw[i] < hazard ? 1.0f : 0.0f;
    }
}

/* The candidates are in positions [begin, n): work is laid out in falling empowerment, so nobody
 * above the vacancy is below it in empowerment. Their scores, but for chance: 3 fit + ln(n W) +
 * status. */
static void score_merit(const struct coop_batch *b, size_t o, size_t vacancy, size_t begin,
                        float *score)
{
    const struct allocation_params *params = b->params;
    const struct seo_params *shared = seo_shared(b);
    float fit = seo_is_cut(shared, SEO_ARROW_skill_jobs) ? 0 : (float)params->fit;
    float weight = seo_is_cut(shared, SEO_ARROW_standing_jobs) ? 0 : (float)params->standing;
    const float *standing = coop_worker(b, SEO_STANDING, 0);
    for (size_t p = begin; p < b->size[o]; p++)
        score[p - begin] = coop_at_least(standing[coop_slot(b, o, p)], SEO_LOG_FLOOR);
    /* In whole vectors, over what stands behind. */
    COOP_LANEWISE (i, (b->size[o] - begin + COOP_LANES - 1) / COOP_LANES * COOP_LANES)
        score[i] = weight * coop_logf(score[i]);
    for (size_t k = 0; k < b->kinds; k++) {
        float content = fit * coop_worker(b, SEO_SHARE, k)[vacancy];
        const float *skill = coop_worker(b, SEO_SKILL, k);
        for (size_t p = begin; p < b->size[o]; p++)
            score[p - begin] += content * skill[coop_slot(b, o, p)];
    }
    float bias[SEO_GROUPS];
    if (seo_status_bias(b, SEO_BIAS_ALLOCATION, bias))
        for (size_t p = begin; p < b->size[o]; p++)
            score[p - begin] += bias[seo_group(b, coop_slot(b, o, p))];
}

/* Adds a Gumbel draw to each score; `fills` numbers the vacancies of the week. */
static void add_chance(const struct coop_batch *b, size_t o, uint32_t fills, size_t begin,
                       float *score)
{
    uint32_t *index = coop_worker_u32(b, b->own + INDEX);
    uint32_t *organisation = index + b->stride[b->own + INDEX];
    size_t count = b->size[o] - begin;
    for (size_t i = 0; i < count; i++) {
        index[i] = (uint32_t)(begin + i);
        organisation[i] = b->first_organisation + (uint32_t)o;
    }
    for (size_t done = 0; done < count; done += COOP_FILL_BLOCK) {
        struct coop_fill_words words;
        size_t filled = coop_fill_block(b->streams.dynamics, index + done, organisation + done,
                                        (uint32_t)b->week, coop_purpose("allocation.candidate"),
                                        fills, count - done, &words);
        COOP_LANEWISE (i, filled)
            score[done + i] -= coop_logf(-coop_logf(coop_uniform(words.word[0][i])));
    }
}

/* The slot of the one who gets the vacancy, or the vacancy itself if nobody is strictly below. */
static size_t choose(const struct coop_batch *b, size_t o, size_t vacancy, uint32_t fills)
{
    const uint32_t *away = coop_worker_u32(b, b->own + AWAY);
    const float *empowerment = coop_worker(b, SEO_EMPOWERMENT, 0);
    float *score = coop_worker(b, b->own + SCORE, 0);
    float best_score = -INFINITY, limit = empowerment[vacancy] - SEO_LEVEL;
    size_t best = vacancy, begin = b->position[vacancy] + 1;
    while (begin < b->size[o] && !(empowerment[coop_slot(b, o, begin)] < limit))
        begin++;
    if (begin == b->size[o])
        return vacancy;
    score_merit(b, o, vacancy, begin, score);
    add_chance(b, o, fills, begin, score);
    for (size_t p = begin; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        if (!away[i] && empowerment[i] < limit && score[p - begin] > best_score) {
            best_score = score[p - begin];
            best = i;
        }
    }
    return best;
}

static void welcome(const struct coop_batch *b, size_t o, size_t slot, uint32_t label,
                    float mean_know)
{
    seo_person_draw(b, b->streams.dynamics, b->first_organisation + (uint32_t)o, b->week, slot);
    coop_worker(b, SEO_KNOW, 0)[slot] = 0.5f * mean_know;
    coop_worker_u32(b, SEO_LABEL)[slot] = label;
    coop_worker_u32(b, SEO_JOINED)[slot] = (uint32_t)(b->week + 1);
    if (seo_has(b, SEO_OPTION_TENURE))
        coop_worker_u32(b, SEO_SINCE)[slot] = (uint32_t)(b->week + 1);
    if (seo_has(b, SEO_OPTION_FORCE))
        coop_worker(b, SEO_FORCE, 0)[slot] = seo_is_member(b, slot) ? 1.0f : 0.0f;
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
        struct coop_person person;
        coop_person_read(b, from, &person);
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
    const uint32_t *away = coop_worker_u32(b, b->own + AWAY);
    float *standing = coop_worker(b, SEO_STANDING, 0);
    double n = (double)b->size[o], staying = 0;
    for (size_t p = 0; p < b->size[o]; p++)
        staying += away[coop_slot(b, o, p)] ? 0 : (double)standing[coop_slot(b, o, p)];
    bool nobody = newcomers == b->size[o];
    float entry = nobody ? 1.0f : 0.5f;
    double scale = nobody ? 0 : (n - 0.5 * (double)newcomers) / staying;
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        standing[i] = away[i] ? entry : (float)((double)standing[i] * scale);
    }
}

static float mean_know(const struct coop_batch *b, size_t o)
{
    const float *know = coop_worker(b, SEO_KNOW, 0);
    double total = 0;
    for (size_t p = 0; p < b->size[o]; p++)
        total += (double)know[coop_slot(b, o, p)];
    return (float)(total / (double)b->size[o]);
}

static void replace_leavers(const struct coop_batch *b, size_t o, const float *leaves)
{
    uint32_t *away = coop_worker_u32(b, b->own + AWAY), fills = 0;
    float know = mean_know(b, o);
    size_t newcomers = 0;
    for (size_t p = 0; p < b->size[o]; p++)
        away[coop_slot(b, o, p)] = leaves[coop_slot(b, o, p)] > 0.0f;
    for (size_t p = 0; p < b->size[o]; p++)
        if (leaves[coop_slot(b, o, p)] > 0.0f) {
            fill_vacancy(b, o, coop_slot(b, o, p), know, &fills);
            newcomers++;
        }
    share_standing(b, o, newcomers);
}

static void allocation_act(const struct coop_batch *b)
{
    const float *leaves = coop_worker(b, b->own + LEAVES, (size_t)(b->week % COOP_MONTH));
    double *anybody = coop_organisation(b, b->own + ANYBODY, 0);
    coop_batch_largest(b, leaves, anybody);
    for (size_t o = 0; o < b->organisations; o++)
        if (anybody[o] > 0)
            replace_leavers(b, o, leaves);
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
