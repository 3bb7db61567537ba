/* coopsim - GPL-3.0-or-later
 *
 * Power, autonomy, skill and positions of the groups 0 and 1 of gender and race (ODD 4): means over
 * a group's workers in an organisation, and gaps of group 1 to group 0. Missing where nobody is in
 * the group. And how many of the workers are members. */
#include "models/seo/jobs.h"
#include "models/seo/status.h"

enum { RANKS, SKILLS };
static const struct coop_field group_fields[] = {
    {"group_rank", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Ranks by standing"},
    {"group_skill", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Competence q"}};

/* What is measured of a group, as X(name, formula, summary, most, among equals). */
#define GROUP_QUANTITIES(X)                                                                        \
    X(power, "mean n W of the group", "Mean power in units of 1/n", NAN, 1)                        \
    X(autonomy, "mean A of the group", "Mean autonomy", 1, NAN)                                    \
    X(skill, "mean q of the group", "Mean competence in standard skills", 1, NAN)                  \
    X(empowerment, "mean E of the positions held", "Mean empowerment of the positions held", 1,    \
      NAN)                                                                                         \
    X(top20, "share of the group in the top n/5 by W, the last in part",                           \
      "Share that belongs to the top 20 % by power", 1, NAN)

#define QUANTITY_ENUM(name, ...) QUANTITY_##name,
enum { GROUP_QUANTITIES(QUANTITY_ENUM) QUANTITIES };
enum { GAP_POWER = 2 * QUANTITIES, GAP_AUTONOMY, OF_CATEGORY };
enum { MEMBERS_SHARE = SEO_CATEGORIES * OF_CATEGORY };

#define QUANTITY_ROW(category, group, name_, formula_, summary_, most_, neutral_)                  \
    {.name = #name_ "_" #category #group,                                                          \
     .unit = "1",                                                                                  \
     .formula = formula_ " " #group,                                                               \
     .summary = summary_ " of " #category " group " #group,                                        \
     .min = 0,                                                                                     \
     .max = most_,                                                                                 \
     .neutral = neutral_,                                                                          \
     .absent = NAN},
#define GAP_ROW(category, name_, formula_, summary_)                                               \
    {.name = #name_ "_gap_" #category,                                                             \
     .unit = "1",                                                                                  \
     .formula = formula_ " of group 1 - of group 0",                                               \
     .summary = summary_ " of " #category " group 1 above that of group 0",                        \
     .min = NAN,                                                                                   \
     .max = NAN,                                                                                   \
     .neutral = 0,                                                                                 \
     .absent = NAN},
#define GENDER_0(...) QUANTITY_ROW(gender, 0, __VA_ARGS__)
#define GENDER_1(...) QUANTITY_ROW(gender, 1, __VA_ARGS__)
#define RACE_0(...) QUANTITY_ROW(race, 0, __VA_ARGS__)
#define RACE_1(...) QUANTITY_ROW(race, 1, __VA_ARGS__)
#define GAP_ROWS(category)                                                                         \
    GAP_ROW(category, power, "mean ln(n W)", "Mean log power")                                     \
    GAP_ROW(category, autonomy, "mean A", "Mean autonomy")

static const struct coop_measure group_measures[] = {GROUP_QUANTITIES(GENDER_0) GROUP_QUANTITIES(
    GENDER_1) GAP_ROWS(gender) GROUP_QUANTITIES(RACE_0) GROUP_QUANTITIES(RACE_1) GAP_ROWS(race){
    .name = "members_share",
    .unit = "1",
    .formula = "members / n",
    .summary = "Share of the workers who are members, others are hired hands",
    .min = 0,
    .max = 1,
    .neutral = 1,
    .absent = 1}};

/* Sums over the workers of a group. */
struct sums {
    double workers, log_power, quantity[QUANTITIES];
};

/* How much of a person of a rank belongs to the top fifth of n: the last of it in part. */
static double part_of_top(size_t n, float rank)
{
    double part = (double)rank - (double)(n - 1 - n / 5) + (double)(n % 5) / 5;
    return coop_clip(part, 0, 1);
}

static void add_worker(const struct coop_batch *b, size_t n, size_t slot, struct sums *sums)
{
    sums->workers += 1;
    sums->log_power += (double)coop_worker(b, SEO_LOG_STANDING, 0)[slot];
    sums->quantity[QUANTITY_power] += (double)coop_worker(b, SEO_STANDING, 0)[slot];
    sums->quantity[QUANTITY_autonomy] += (double)coop_worker(b, SEO_AUTONOMY, 0)[slot];
    sums->quantity[QUANTITY_skill] += (double)coop_worker(b, b->own + SKILLS, 0)[slot];
    sums->quantity[QUANTITY_empowerment] += (double)coop_worker(b, SEO_EMPOWERMENT, 0)[slot];
    sums->quantity[QUANTITY_top20] += part_of_top(n, coop_worker(b, b->own + RANKS, 0)[slot]);
}

static void observe_category(const struct coop_batch *b, size_t o, size_t category,
                             float *const *ret)
{
    struct sums group[2] = {{0}};
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t slot = coop_slot(b, o, p);
        add_worker(b, b->size[o], slot, &group[seo_group(b, slot) >> category & 1]);
    }
    /* Nobody is in the one group where there are no groups. */
    if (!(seo_shared(b)->status.category[category].share > 0) && group[1].workers == 0)
        return;
    for (size_t g = 0; g < 2; g++)
        for (size_t q = 0; q < QUANTITIES && group[g].workers > 0; q++)
            ret[g * QUANTITIES + q][o] = (float)(group[g].quantity[q] / group[g].workers);
    if (!(group[0].workers > 0 && group[1].workers > 0))
        return;
    ret[GAP_POWER][o] =
        (float)(group[1].log_power / group[1].workers - group[0].log_power / group[0].workers);
    ret[GAP_AUTONOMY][o] = (float)(group[1].quantity[QUANTITY_autonomy] / group[1].workers -
                                   group[0].quantity[QUANTITY_autonomy] / group[0].workers);
}

static void group_observe(const struct coop_batch *b, float *const *ret)
{
    for (size_t o = 0; o < b->organisations; o++)
        ret[MEMBERS_SHARE][o] = (float)((double)seo_members(b, o) / (double)b->size[o]);
    for (size_t m = 0; m < MEMBERS_SHARE; m++)
        for (size_t o = 0; o < b->organisations; o++)
            ret[m][o] = NAN;
    if (!seo_has(b, SEO_OPTION_STATUS))
        return;
    seo_rank(b, coop_worker(b, SEO_STANDING, 0), coop_worker(b, b->own + RANKS, 0));
    seo_competence(b, coop_worker(b, b->own + SKILLS, 0));
    for (size_t category = 0; category < SEO_CATEGORIES; category++)
        for (size_t o = 0; o < b->organisations; o++)
            observe_category(b, o, category, ret + category * OF_CATEGORY);
}

static bool status_is_asked(const void *shared)
{
    return seo_status_is_asked(shared);
}

COOP_OBSERVER(group_measures) = {
    .name = "group_measures",
    .summary = "Power, autonomy, skill and positions by gender and race",
    .fields = group_fields,
    .field_count = sizeof group_fields / sizeof *group_fields,
    .measures = group_measures,
    .measure_count = sizeof group_measures / sizeof *group_measures,
    .asked = status_is_asked,
    .observe = group_observe,
};
