/* coopsim - GPL-3.0-or-later
 *
 * Association (ODD 2, step 3). A member attends the weekly assembly with probability
 *
 *     sig(a0 + a1 ln(n W_i) + a2 (A_i - 1/2) - a3 (o_j - 1/2) + a4 (S - 1/2) - a5 ln(n/20))
 *
 * and solidarity follows: S += .02 (turnout - S) - .01 max(0, Gini(W) - .2), with the Gini of the
 * last month's start. An organisation of one has no meeting. Hired hands are no members: they do not
 * attend, and turnout is that of the members; where nobody is a member there is no meeting. */
#include "models/seo/status.h"
#include "sim/base/fill.h"

#define COOP_OWNER association
#define SOURCE "ODD 2, step 3"
enum { ATTEND_DRAWN, ATTEND_EXPECTED, ATTEND_ALL };
#define ASSOCIATION_PARAMS(X)                                                                      \
    X(CHOICE, mode, "attendance.mode", 0, 2, "drawn|expected|all", NULL,                           \
      "Who attends: drawn by chance, everybody in part (the probability), or all", SOURCE)         \
    X(REAL, intercept, "attendance.intercept", 1, -20, 20, "logit", NULL,                          \
      "Readiness to attend apart from everything else, a0", SOURCE)                                \
    X(REAL, standing, "attendance.standing", .5, -20, 20, "logit", "0",                            \
      "How standing draws into the assembly, a1", SOURCE)                                          \
    X(REAL, autonomy, "attendance.autonomy", 1, -20, 20, "logit", "0",                             \
      "How autonomy at work draws into the assembly, a2", SOURCE)                                  \
    X(REAL, onerousness, "attendance.onerousness", .5, -20, 20, "logit", "0",                      \
      "How an onerous job keeps from the assembly, a3", SOURCE)                                    \
    X(REAL, solidarity, "attendance.solidarity", 1, -20, 20, "logit", "0",                         \
      "How solidarity draws into the assembly, a4", SOURCE)                                        \
    X(REAL, size, "attendance.size", .3, -20, 20, "logit", "0",                                    \
      "How the size of the organisation keeps from the assembly, a5", SOURCE)                      \
    X(REAL, start, "solidarity.start", .5, 0, 1, "1", NULL, "Solidarity S at week 0", SOURCE)      \
    X(REAL, rate, "solidarity.rate", .02, 0, 1, "1/week", "0",                                     \
      "Rate at which solidarity follows turnout", SOURCE)                                          \
    X(REAL, erosion, "solidarity.erosion", .01, 0, 1, "1/week", "0",                               \
      "Rate at which inequality of power erodes solidarity", SOURCE)                               \
    X(REAL, tolerance, "solidarity.tolerance", .2, 0, 1, "1", NULL,                                \
      "Gini of power that erodes nothing yet", SOURCE)
COOP_PARAMS(ASSOCIATION_PARAMS)

enum { DRAW, BASE, SOLIDARITY, STANDING_RANK, TOP_RANK, SPARE, MEAN_AUTONOMY, VALUE };
static const struct coop_field association_fields[] = {
    {"association_draw", COOP_WORKER_SCRATCH, COOP_F32, COOP_MONTH, "1", "Draws of the month"},
    {"association_base", COOP_WORKER_SCRATCH, COOP_F32, 1, "logit", "What is fixed for a month"},
    {"association_solidarity", COOP_WORKER_SCRATCH, COOP_F32, 1, "logit", "a4 (S - 1/2)"},
    {"association_rank", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Rank by standing"},
    {"association_top_rank", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Lowest rank of the top fifth"},
    {"association_spare", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Any values"},
    {"association_mean_autonomy", COOP_WORKER_SCRATCH, COOP_F32, 1, "1",
     "The autonomy that counts if autonomy_attend is cut"},
    {"association_value", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "1", "A value to be spread"}};

static size_t top_count(size_t n)
{
    return n < 5 ? 1 : n / 5;
}

static void association_start(const struct coop_batch *b)
{
    const struct association_params *params = b->params;
    for (size_t o = 0; o < b->organisations; o++)
        coop_organisation(b, SEO_SOLIDARITY, 0)[o] = params->start;
}

static void association_month(const struct coop_batch *b)
{
    const struct association_params *params = b->params;
    double *value = coop_organisation(b, b->own + VALUE, 0);
    seo_rank(b, coop_worker(b, SEO_STANDING, 0), coop_worker(b, b->own + STANDING_RANK, 0));
    for (size_t o = 0; o < b->organisations; o++)
        value[o] = (double)(b->size[o] - top_count(b->size[o]));
    coop_batch_spread(b, value, coop_worker(b, b->own + TOP_RANK, 0));
    coop_batch_gini(b, coop_worker(b, SEO_STANDING, 0), coop_worker(b, b->own + STANDING_RANK, 0),
                    coop_worker(b, b->own + SPARE, 0), value,
                    coop_organisation(b, SEO_STANDING_GINI, 0));
    for (size_t o = 0; o < b->organisations; o++)
        value[o] = params->intercept - params->size * coop_log((double)b->size[o] / 20);
    coop_batch_spread(b, value, coop_worker(b, b->own + BASE, 0));
    float *base = coop_worker(b, b->own + BASE, 0);
    const float *onerousness = coop_worker(b, SEO_ONEROUSNESS, 0);
    float a3 = (float)params->onerousness;
    COOP_LANEWISE (i, b->lanes)
        base[i] -= a3 * (onerousness[i] - 0.5f);
    float *draw[COOP_MONTH];
    for (size_t week = 0; week < COOP_MONTH; week++)
        draw[week] = coop_worker(b, b->own + DRAW, week);
    coop_fill_uniform(b->streams.dynamics, b->position, b->organisation_of, b->lanes,
                      (uint32_t)(b->week / COOP_MONTH), coop_purpose("association.attend"), 0,
                      draw);
}

/* The autonomy that counts for attendance: one's own, or the mean if the arrow is cut. */
static const float *autonomy_that_counts(const struct coop_batch *b)
{
    const float *autonomy = coop_worker(b, SEO_AUTONOMY, 0);
    if (!seo_is_cut(seo_shared(b), SEO_ARROW_autonomy_attend))
        return autonomy;
    double *mean = coop_organisation(b, b->own + VALUE, 0);
    coop_batch_mean(b, autonomy, mean);
    coop_batch_spread(b, mean, coop_worker(b, b->own + MEAN_AUTONOMY, 0));
    return coop_worker(b, b->own + MEAN_AUTONOMY, 0);
}

static void attend(const struct coop_batch *b)
{
    const struct association_params *params = b->params;
    double *value = coop_organisation(b, b->own + VALUE, 0);
    const float *autonomy = autonomy_that_counts(b);
    for (size_t o = 0; o < b->organisations; o++)
        value[o] = params->solidarity * (coop_organisation(b, SEO_SOLIDARITY, 0)[o] - 0.5);
    coop_batch_spread(b, value, coop_worker(b, b->own + SOLIDARITY, 0));
    bool cut = seo_is_cut(seo_shared(b), SEO_ARROW_standing_attend);
    float a1 = cut ? 0.0f : (float)params->standing, a2 = (float)params->autonomy;
    const float *base = coop_worker(b, b->own + BASE, 0);
    const float *solidarity = coop_worker(b, b->own + SOLIDARITY, 0);
    const float *log_standing = coop_worker(b, SEO_LOG_STANDING, 0);
    const float *draw = coop_worker(b, b->own + DRAW, (size_t)(b->week % COOP_MONTH));
    float *present = coop_worker(b, SEO_PRESENT, 0);
    float *against = coop_worker(b, b->own + SPARE, 0);
    /* u < 1 / (1 + e^-readiness) without the division. */
    COOP_LANEWISE (i, b->lanes) {
        float readiness =
            base[i] + solidarity[i] + a1 * log_standing[i] + a2 * (autonomy[i] - 0.5f);
        against[i] = 1.0f + coop_expf(-readiness);
        present[i] = draw[i] * against[i] < 1.0f ? 1.0f : 0.0f;
    }
    if (params->mode != ATTEND_DRAWN)
        COOP_LANEWISE (i, b->lanes)
            present[i] = params->mode == ATTEND_ALL ? 1.0f : 1.0f / against[i];
    for (size_t i = 0; seo_hires(seo_shared(b)) && i < b->workers; i++)
        present[i] = seo_is_hired(b, i) ? 0.0f : present[i];
}

/* Those present, all and of the bottom 80 % by standing at the week's start. */
static void count_turnout(const struct coop_batch *b, double *ret_present, double *ret_bottom)
{
    const float *present = coop_worker(b, SEO_PRESENT, 0);
    const float *top_rank = coop_worker(b, b->own + TOP_RANK, 0);
    float *rank = coop_worker(b, b->own + STANDING_RANK, 0);
    float *bottom = coop_worker(b, b->own + SPARE, 0);
    /* At a month's start the ranks are there already. */
    if (b->week % COOP_MONTH != 0)
        seo_rank(b, coop_worker(b, SEO_STANDING, 0), rank);
    COOP_LANEWISE (i, b->lanes)
        bottom[i] = rank[i] < top_rank[i] ? present[i] : 0.0f;
    coop_batch_sum(b, present, ret_present);
    coop_batch_sum(b, bottom, ret_bottom);
}

/* Members, all and of the bottom 80 %: whom turnout is a share of. Among the latter there may be
 * none, where most are hired: then all members stand for them. */
static void count_members(const struct coop_batch *b, size_t o, double *ret_all, double *ret_bottom)
{
    const float *rank = coop_worker(b, b->own + STANDING_RANK, 0);
    size_t n = b->size[o], below = n - top_count(n), bottom = below;
    for (size_t p = 0; seo_hires(seo_shared(b)) && p < n; p++) {
        size_t i = coop_slot(b, o, p);
        bottom -= seo_is_hired(b, i) && rank[i] < (float)below;
    }
    *ret_all = (double)seo_members(b, o);
    *ret_bottom = (double)bottom;
}

static void move_solidarity(const struct coop_batch *b, size_t o, double turnout)
{
    const struct association_params *params = b->params;
    bool cut = seo_is_cut(seo_shared(b), SEO_ARROW_power_solidarity);
    double *solidarity = &coop_organisation(b, SEO_SOLIDARITY, 0)[o];
    double gini = cut ? 0 : coop_organisation(b, SEO_STANDING_GINI, 0)[o];
    double excess = gini > params->tolerance ? gini - params->tolerance : 0;
    double moved = *solidarity + params->rate * (turnout - *solidarity) - params->erosion * excess;
    *solidarity = coop_clip(moved, 0, 1);
}

static void association_act(const struct coop_batch *b)
{
    double *present = coop_organisation(b, SEO_ATTENDANCE, 0);
    double *bottom = coop_organisation(b, b->own + VALUE, 0);
    attend(b);
    count_turnout(b, present, bottom);
    for (size_t o = 0; o < b->organisations; o++) {
        double members, members_below;
        count_members(b, o, &members, &members_below);
        if (b->size[o] == 1 || members == 0) {
            present[o] = 0;
            continue;
        }
        coop_organisation(b, SEO_TURNOUT_SUM, 0)[o] += present[o] / members;
        coop_organisation(b, SEO_TURNOUT_BOTTOM_SUM, 0)[o] +=
            members_below > 0 ? bottom[o] / members_below : present[o] / members;
        coop_organisation(b, SEO_TURNOUT_WEEKS, 0)[o] += 1;
        move_solidarity(b, o, present[o] / members);
    }
}

COOP_MECHANISM(association) = {
    .name = "association",
    .summary = "Who attends the assembly, and the solidarity that follows",
    .source = SOURCE,
    .params = &association_table,
    .fields = association_fields,
    .field_count = sizeof association_fields / sizeof *association_fields,
    .start = association_start,
    .month = association_month,
    .act = association_act,
};
