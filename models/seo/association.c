/* coopsim - GPL-3.0-or-later
 *
 * Association (ODD 2, step 3). A member attends the weekly assembly with probability
 *
 *     sig(a0 + a1 ln(n W_i) + a2 (A_i - 1/2) - a3 (o_j - 1/2) + a4 (S - 1/2) - a5 ln(n/20))
 *
 * and solidarity follows: S += .02 (turnout - S) - .01 max(0, Gini(W) - .2), with the Gini of the
 * last month's start. An organisation of one has no meeting. Hired hands are no members: they do not
 * attend, and turnout is that of the members; where nobody is a member there is no meeting. */
#include "models/seo/counter.h"
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

enum {
    DRAW,
    BASE,
    SOLIDARITY,
    RANK_OR_TOP,
    SPARE,
    MEAN_AUTONOMY,
    TOP_COUNT,
    MEMBERS,
    MEMBERS_BELOW,
    TURNOUT,
    VALUE
};
static const struct coop_field association_fields[] = {
    {"association_draw", COOP_WORKER_SCRATCH, COOP_F32, COOP_MONTH, "1", "Draws of the month"},
    {"association_base", COOP_WORKER_SCRATCH, COOP_F32, 1, "logit", "What is fixed for a month"},
    {"association_solidarity", COOP_WORKER_SCRATCH, COOP_F32, 1, "logit", "a4 (S - 1/2)"},
    {"association_rank_or_top", COOP_WORKER_SCRATCH, COOP_F32, 1, "1",
     "Rank by standing at a month's start; 1: in the week's top fifth by standing"},
    {"association_spare", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Any values"},
    {"association_mean_autonomy", COOP_WORKER_SCRATCH, COOP_F32, 1, "1",
     "The autonomy that counts if autonomy_attend is cut"},
    {"association_top_count", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "worker",
     "How many are the top fifth"},
    {"association_members", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "worker", "Members"},
    {"association_members_below", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "worker",
     "Members of the bottom 80 %"},
    {"association_turnout", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "1", "The week's turnout"},
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

/* What building of the association adds, where it acts at the month's start. */
static double raised_readiness(const struct coop_batch *b, size_t o)
{
    return seo_counter_acts(b, o, SEO_COUNTER_association_building)
               ? seo_shared(b)->building_attendance
               : 0;
}

static void association_month(const struct coop_batch *b)
{
    const struct association_params *params = b->params;
    double *value = coop_organisation(b, b->own + VALUE, 0);
    seo_rank(b, coop_worker(b, SEO_STANDING, 0), coop_worker(b, b->own + RANK_OR_TOP, 0));
    coop_batch_gini(b, coop_worker(b, SEO_STANDING, 0), coop_worker(b, b->own + RANK_OR_TOP, 0),
                    coop_worker(b, b->own + SPARE, 0), value,
                    coop_organisation(b, SEO_STANDING_GINI, 0));
    for (size_t o = 0; o < b->organisations; o++) {
        size_t n = b->size[o], top = top_count(n);
        coop_organisation(b, b->own + TOP_COUNT, 0)[o] = (double)top;
        coop_organisation(b, b->own + MEMBERS, 0)[o] = (double)n;
        coop_organisation(b, b->own + MEMBERS_BELOW, 0)[o] = (double)(n - top);
    }
    for (size_t o = 0; o < b->organisations; o++)
        value[o] = params->intercept - params->size * coop_log((double)b->size[o] / 20) +
                   raised_readiness(b, o);
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
    for (size_t i = 0; seo_has(b, SEO_OPTION_STATUS) && i < b->workers; i++)
        present[i] = seo_is_hired(b, i) ? 0.0f : present[i];
}

/* Those present, all and of the bottom 80 % by standing at the week's start. */
static void count_turnout(const struct coop_batch *b, double *ret_present, double *ret_bottom)
{
    const float *present = coop_worker(b, SEO_PRESENT, 0);
    float *top = coop_worker(b, b->own + RANK_OR_TOP, 0);
    float *bottom = coop_worker(b, b->own + SPARE, 0);
    seo_top(b, coop_worker(b, SEO_STANDING, 0), coop_organisation(b, b->own + TOP_COUNT, 0), top);
    COOP_LANEWISE (i, b->lanes)
        bottom[i] = present[i] * (1.0f - top[i]);
    coop_batch_sum(b, present, ret_present);
    coop_batch_sum(b, bottom, ret_bottom);
}

/* Members, all and of the bottom 80 %: whom turnout is a share of. */
static void count_members(const struct coop_batch *b)
{
    const float *top = coop_worker(b, b->own + RANK_OR_TOP, 0);
    for (size_t o = 0; o < b->organisations; o++) {
        double *below = &coop_organisation(b, b->own + MEMBERS_BELOW, 0)[o];
        coop_organisation(b, b->own + MEMBERS, 0)[o] = (double)seo_members(b, o);
        *below = 0;
        for (size_t p = 0; p < b->size[o]; p++) {
            size_t i = coop_slot(b, o, p);
            *below += !seo_is_hired(b, i) && top[i] == 0 ? 1 : 0;
        }
    }
}

/* The week's turnouts, where there is a meeting, are added to the tallies. Among the bottom 80 % there
 * may be no member, where most are hired: then all members stand for them. */
static void note_turnout(const struct coop_batch *b, double *present, const double *bottom)
{
    const double *members = coop_organisation(b, b->own + MEMBERS, 0);
    const double *below = coop_organisation(b, b->own + MEMBERS_BELOW, 0);
    double *turnout = coop_organisation(b, b->own + TURNOUT, 0);
    double *turnout_sum = coop_organisation(b, SEO_TURNOUT_SUM, 0);
    double *bottom_sum = coop_organisation(b, SEO_TURNOUT_BOTTOM_SUM, 0);
    double *weeks = coop_organisation(b, SEO_TURNOUT_WEEKS, 0);
    COOP_LANEWISE (o, b->organisations) {
        bool meets = (int32_t)b->size[o] > 1 && members[o] > 0;
        present[o] = meets ? present[o] : 0;
        turnout[o] = meets ? present[o] / members[o] : 0;
        turnout_sum[o] += turnout[o];
        bottom_sum[o] += !meets ? 0 : below[o] > 0 ? bottom[o] / below[o] : turnout[o];
        weeks[o] += meets ? 1 : 0;
    }
}

static void move_solidarity(const struct coop_batch *b)
{
    const struct association_params *params = b->params;
    double rate = params->rate, tolerance = params->tolerance;
    bool cut = seo_is_cut(seo_shared(b), SEO_ARROW_power_solidarity);
    double erosion = cut ? 0 : params->erosion;
    const double *gini = coop_organisation(b, SEO_STANDING_GINI, 0);
    const double *members = coop_organisation(b, b->own + MEMBERS, 0);
    const double *turnout = coop_organisation(b, b->own + TURNOUT, 0);
    double *solidarity = coop_organisation(b, SEO_SOLIDARITY, 0);
    COOP_LANEWISE (o, b->organisations) {
        double now = solidarity[o];
        bool meets = (int32_t)b->size[o] > 1 && members[o] > 0;
        double excess = gini[o] > tolerance ? gini[o] - tolerance : 0;
        double moved = now + rate * (turnout[o] - now) - erosion * excess;
        solidarity[o] = meets ? coop_clip(moved, 0, 1) : now;
    }
}

static void association_act(const struct coop_batch *b)
{
    double *present = coop_organisation(b, SEO_ATTENDANCE, 0);
    double *bottom = coop_organisation(b, b->own + VALUE, 0);
    attend(b);
    count_turnout(b, present, bottom);
    if (seo_has(b, SEO_OPTION_STATUS))
        count_members(b);
    note_turnout(b, present, bottom);
    move_solidarity(b);
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
