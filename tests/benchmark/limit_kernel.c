/* coopsim - GPL-3.0-or-later
 *
 * The default week of the seo model (ODD 1, 2 and 7) for eight organisations at a time. Beside
 * the layout it saves what a compiler may not: sums of W and U are known before W and U change,
 * three quotients are brought over one denominator, jobs are weighed by sums over the five edges
 * between kinds instead of six kinds, exponentials and logarithms are to base 2 with the constants
 * in the coefficients, and the voice needs no largest value, since it cannot overflow. */
#include "tests/benchmark/limit_kernel.h"

#if defined(__AVX2__)

#include "tests/benchmark/limit_group.h"

#include <stdlib.h>
#include <string.h>

/* In one function the steps' constants would compete for registers. */
#define LIMIT_STEP __attribute__((noinline))

struct limit_economy {
    size_t groups;
    int64_t week;
    struct limit_group *group;
};

static const double empowerment[LIMIT_KINDS] = {.95, .80, .60, .35, .15, .05};
static const double autonomy[LIMIT_FACETS][LIMIT_KINDS] = {
    {.90, .80, .65, .40, .20, .30}, {.85, .70, .60, .45, .25, .30}, {.95, .75, .70, .50, .20, .25}};
static const double onerousness[LIMIT_KINDS] = {.20, .25, .35, .50, .70, .90};
static const double training[LIMIT_KINDS] = {52, 26, 52, 8, 3, 1};
static const double hours[LIMIT_KINDS] = {.08, .07, .20, .20, .35, .10};
static const double shift_mechanisation[LIMIT_KINDS] = {.3, .6, .2, 0, -.4, 0};
static const double shift_formalisation[LIMIT_KINDS] = {.5, .8, 0, 0, 0, 0};
static const double technology[LIMIT_FACETS] = {1.5, 1.2, .8};
static const double rules[LIMIT_FACETS] = {.6, .6, 1.4};
static const double orders[LIMIT_FACETS] = {.8, .8, .8};
static const double start[LIMIT_VARIABLES] = {.4, .3, .3, .8, .3, .5};
static const double intercept[LIMIT_VARIABLES] = {-.5, -1, -2.5, -2, -2, -.5};
static const double interest[LIMIT_VARIABLES] = {.3, .5, 1, 1.5, 2, .5};
static const double irreversibility[LIMIT_VARIABLES] = {.8, 0, 0, .8, 0, 0};

/* Span 5 makes three levels of 1, 5 and 14. */
static const float rank[LIMIT_SIZE] = {1, .5, .5, .5, .5, .5};

/* Hours of the kinds, and the edges between the kinds in jobs from the top. */
static void find_hours(const struct limit_group *g, __m256 ret_hours[], __m256 ret_edge[])
{
    __m256 m = g->voted[LIMIT_MECHANISATION], f = g->voted[LIMIT_FORMALISATION];
    __m256 total = _mm256_setzero_ps(), laid = _mm256_setzero_ps();
    for (int k = 0; k < LIMIT_KINDS; k++) {
        ret_hours[k] =
            limit_all(hours[k]) * limit_exp2(limit_all(LIMIT_LOG2E * shift_mechanisation[k]) * m +
                                             limit_all(LIMIT_LOG2E * shift_formalisation[k]) * f);
        total += ret_hours[k];
    }
    __m256 inverse = limit_inverse(total);
    for (int k = 0; k < LIMIT_KINDS; k++) {
        ret_hours[k] *= inverse;
        laid += ret_hours[k] * limit_all(LIMIT_SIZE);
        ret_edge[k] = laid;
    }
}

/* Sum of x_k weight_k, from what is balanced and the part of the job before each edge. */
static inline __m256 weigh(__m256 balanced, const __m256 before[], const double weight[])
{
    for (int k = 0; k + 1 < LIMIT_KINDS; k++)
        balanced += before[k] * limit_all(weight[k] - weight[k + 1]);
    return balanced;
}

/* What weigh begins with: the balanced part, and all of the corporate part in the last kind. */
static __m256 balance(const __m256 job[], __m256 division, const double weight[])
{
    __m256 total = division * limit_all(weight[LIMIT_KINDS - 1]);
    for (int k = 0; k < LIMIT_KINDS; k++)
        total += job[k] * limit_all(weight[k]);
    return total;
}

static LIMIT_STEP void lay_out(struct limit_group *g)
{
    __m256 job[LIMIT_KINDS], edge[LIMIT_KINDS], before[LIMIT_KINDS], loss[LIMIT_FACETS];
    __m256 division = g->voted[LIMIT_DIVISION], gift[LIMIT_FACETS];
    __m256 hierarchy = g->voted[LIMIT_HIERARCHY] * limit_all(LIMIT_LOG2E);
    __m256 machines = g->voted[LIMIT_MECHANISATION] * limit_all(LIMIT_LOG2E);
    find_hours(g, job, edge);
    for (int k = 0; k < LIMIT_KINDS; k++)
        job[k] *= limit_all(1) - division;
    __m256 power = balance(job, division, empowerment), load = balance(job, division, onerousness);
    for (int f = 0; f < LIMIT_FACETS; f++) {
        gift[f] = balance(job, division, autonomy[f]);
        loss[f] = g->voted[LIMIT_FORMALISATION] * limit_all(LIMIT_LOG2E * rules[f]);
    }
    for (int j = 0; j < LIMIT_SIZE; j++) {
        struct limit_seat *s = &g->seat[j];
        __m256 last = _mm256_setzero_ps(), zero = last;
        for (int k = 0; k + 1 < LIMIT_KINDS; k++) {
            before[k] = division * limit_min(limit_max(edge[k] - limit_all(j), zero), limit_all(1));
            s->share[k] = job[k] + (before[k] - last);
            last = before[k];
        }
        s->share[LIMIT_KINDS - 1] = job[LIMIT_KINDS - 1] + (division - last);
        __m256 e = weigh(power, before, empowerment);
        g->file[j].empowerment = e;
        /* -log2(e) (a0 - a3 (o - 1/2)), and the halves that belong to A and S. */
        s->unready = limit_all(-LIMIT_LOG2E * (1 + .25 - .5 - .5)) +
                     limit_all(LIMIT_LOG2E * .5) * weigh(load, before, onerousness);
        __m256 below = machines * (limit_all(1) - e);
        for (int f = 0; f < LIMIT_FACETS; f++) {
            __m256 a = weigh(gift[f], before, autonomy[f]);
            __m256 lost = loss[f] + limit_all(technology[f]) * below +
                          hierarchy * limit_all(orders[f] * (1 - (double)rank[j]));
            s->odds[f] = (limit_all(1) - a) * limit_inverse(a) * limit_exp2(lost);
        }
    }
    g->rank_voice = g->voted[LIMIT_HIERARCHY] * limit_all(1.5 * LIMIT_LOG2E);
    g->openness = (limit_all(1) - limit_all(.5) * g->voted[LIMIT_FORMALISATION]) *
                  limit_all(0.6931471805599453 / 52 / 3);
}

/* Gini = sum over pairs |W_i - W_j| / (n sum W), four rows of the table of pairs at a time. */
static LIMIT_STEP void find_gini(struct limit_group *g)
{
    const __m256 sign = limit_all(-0.0);
    __m256 total = _mm256_setzero_ps(), pairs[4] = {total, total, total, total};
    for (int i = 0; i < LIMIT_SIZE; i += 4) {
        __m256 mine[4];
        for (int r = 0; r < 4; r++) {
            mine[r] = g->seat[i + r].standing;
            total += mine[r];
            for (int q = 0; q < r; q++)
                pairs[r] += _mm256_andnot_ps(sign, mine[r] - mine[q]);
        }
        for (int j = i + 4; j < LIMIT_SIZE; j++)
            for (int r = 0; r < 4; r++)
                pairs[r] += _mm256_andnot_ps(sign, g->seat[j].standing - mine[r]);
    }
    g->gini = ((pairs[0] + pairs[1]) + (pairs[2] + pairs[3])) *
              limit_inverse(total * limit_all(LIMIT_SIZE));
}

static LIMIT_STEP void draw_month(struct limit_group *g, int64_t month)
{
    const __m256i hazard = _mm256_set1_epi32((int32_t)(.003 * 0x1p23 + .5));
    memset(g->lanes_left, 0, sizeof g->lanes_left);
    for (int j = 0; j < LIMIT_SIZE; j++) {
        __m256i word[4], leave[4];
        limit_philox(&g->stream, (uint32_t)j, (uint32_t)month, LIMIT_PURPOSE_ATTEND, word);
        limit_philox(&g->stream, (uint32_t)j, (uint32_t)month, LIMIT_PURPOSE_LEAVE, leave);
        for (int week = 0; week < LIMIT_MONTH; week++) {
            g->seat[j].draw[week] = limit_uniform(word[week]);
            __m256i goes = _mm256_cmpgt_epi32(hazard, _mm256_srli_epi32(leave[week], 9));
            uint8_t lanes = (uint8_t)_mm256_movemask_ps(_mm256_castsi256_ps(goes));
            g->leaves[week][j] = lanes;
            g->lanes_left[week] |= lanes;
        }
    }
}

static inline void order(__m256 *larger, __m256 *smaller)
{
    __m256 a = *larger, b = *smaller;
    *larger = limit_max(a, b);
    *smaller = limit_min(a, b);
}

/* Least standing of the top four: fours are sorted, and the best four of two fours are the larger
 * ones of the first in falling and the second in rising order. */
static LIMIT_STEP __m256 top_threshold(const struct limit_group *g)
{
    __m256 best[4], four[4];
    for (int i = 0; i < LIMIT_SIZE; i += 4) {
        __m256 *to = i == 0 ? best : four;
        for (int r = 0; r < 4; r++)
            to[r] = g->seat[i + r].standing;
        order(&to[0], &to[1]);
        order(&to[2], &to[3]);
        order(&to[0], &to[2]);
        order(&to[1], &to[3]);
        order(&to[1], &to[2]);
        if (i == 0)
            continue;
        for (int r = 0; r < 4; r++)
            best[r] = limit_max(best[r], four[3 - r]);
        if (i + 4 == LIMIT_SIZE)
            break;
        order(&best[0], &best[2]);
        order(&best[1], &best[3]);
        order(&best[0], &best[1]);
        order(&best[2], &best[3]);
    }
    return limit_min(limit_min(best[0], best[1]), limit_min(best[2], best[3]));
}

/* Standard skills of a week; returns competence q. Only a kind that is learnt in a week can pass 1,
 * none can pass 0. */
static inline __m256 learn(struct limit_seat *s)
{
    __m256 competence[2] = {_mm256_setzero_ps(), _mm256_setzero_ps()};
    double total = 0;
    for (int k = 0; k < LIMIT_KINDS; k++)
        total += empowerment[k];
    for (int k = 0; k < LIMIT_KINDS; k++) {
        double rate = 1.6094379124341003 / training[k], forgetting = .0025;
        __m256 keep = limit_all(1 - forgetting) - limit_all(rate - forgetting) * s->share[k];
        __m256 skill = s->skill[k] * keep + limit_all(rate) * s->share[k];
        if (rate > 1)
            skill = limit_min(skill, limit_all(1));
        s->skill[k] = skill;
        competence[k % 2] += skill * limit_all(3 * LIMIT_LOG2E * empowerment[k] / total);
    }
    return competence[0] + competence[1];
}

/* Three times autonomy; `log_standing` to base 2. */
static inline __m256 autonomy_of(const struct limit_seat *s, __m256 log_standing)
{
    __m256 r = limit_exp2(limit_all(-.5) * log_standing);
    __m256 a = limit_all(1) + s->odds[0] * r, b = limit_all(1) + s->odds[1] * r;
    __m256 c = limit_all(1) + s->odds[2] * r, ab = a * b;
    return (ab + c * (a + b)) * limit_inverse(ab * c);
}

/* The steps of everybody's week are loops of their own: short chains of operations, of which the
 * processor runs several at once. A single loop over all of them waits for its results instead. */
static LIMIT_STEP void work(struct limit_group *g)
{
    const __m256 lowest = limit_all(.001);
    __m256 openness = g->openness;
    for (int j = 0; j < LIMIT_SIZE; j++) {
        struct limit_seat *s = &g->seat[j];
        s->autonomy = limit_log2(limit_max(s->standing, lowest));
        s->voice = limit_all(.5) * limit_log2(limit_max(s->office, lowest));
    }
    for (int j = 0; j < LIMIT_SIZE; j++) {
        struct limit_seat *s = &g->seat[j];
        __m256 a = autonomy_of(s, s->autonomy);
        s->present = s->unready - limit_all(.5) * s->autonomy - limit_all(LIMIT_LOG2E / 3) * a;
        s->autonomy = a;
    }
    for (int j = 0; j < LIMIT_SIZE; j++) {
        struct limit_seat *s = &g->seat[j];
        s->know = s->know * limit_all(1 - 0.6931471805599453 / 52) + s->autonomy * openness;
        s->voice += learn(s) + limit_all(8 * LIMIT_LOG2E) * s->know + s->persuasion +
                    g->rank_voice * _mm256_broadcast_ss(&rank[j]);
    }
}

/* Attendance and voice; then the factors of power, and those that renormalise what W and U will
 * be. */
static LIMIT_STEP void meet(struct limit_group *g, int week, __m256 *ret_standing,
                            __m256 *ret_office)
{
    const __m256 zero = _mm256_setzero_ps(), one = limit_all(1);
    __m256 present = zero, tops = zero, voices = zero, standing = zero, office = zero;
    __m256 threshold = top_threshold(g), drawn = g->solidarity * limit_all(-LIMIT_LOG2E);
    for (int j = 0; j < LIMIT_SIZE; j++) {
        struct limit_seat *s = &g->seat[j];
        __m256 odds = limit_exp2(s->present + drawn);
        __m256 here = _mm256_cmp_ps(s->draw[week] + s->draw[week] * odds, one, _CMP_LT_OQ);
        __m256 is_top = _mm256_cmp_ps(s->standing, threshold, _CMP_GE_OQ);
        s->present = _mm256_and_ps(here, one);
        s->voice = _mm256_and_ps(here, limit_exp2(s->voice));
        present += s->present;
        tops += _mm256_and_ps(s->present, is_top);
        voices += s->voice;
        standing += s->standing;
        office += s->office;
    }
    g->met = _mm256_cmp_ps(present, zero, _CMP_GT_OQ);
    g->by_vote = limit_all(LIMIT_SIZE * .4) * limit_inverse(limit_max(present, one));
    g->by_voice = _mm256_and_ps(g->met, limit_all(LIMIT_SIZE * .6) * limit_inverse(voices));
    g->turnout += present * limit_all(1.0 / LIMIT_SIZE);
    g->turnout_bottom += (present - tops) * limit_all(1.0 / (LIMIT_SIZE - LIMIT_TOP));
    g->say += _mm256_and_ps(g->met, one);
    g->weeks += one;
    __m256 moved = g->solidarity * limit_all(.98) + present * limit_all(.02 / LIMIT_SIZE) -
                   limit_all(.01) * limit_max(g->gini - limit_all(.2), zero);
    g->solidarity = limit_min(limit_max(moved, zero), one);
    __m256 all = limit_all(LIMIT_SIZE);
    *ret_standing = all * limit_inverse(standing + limit_all(.05) * (all - standing));
    *ret_office = all * limit_inverse(office + limit_all(.01) * (all - office));
}

static LIMIT_STEP void remember(struct limit_group *g, __m256 scale_standing, __m256 scale_office)
{
    __m256 rate = _mm256_and_ps(g->met, limit_all(.05)), lowest = limit_all(1e-12);
    __m256 keep = (limit_all(1) - rate) * scale_standing, learnt = rate * scale_standing;
    __m256 by_vote = g->by_vote * learnt, by_voice = g->by_voice * learnt;
    __m256 keep_office = limit_all(.99) * scale_office, settle = limit_all(.01) * scale_office;
    for (int j = 0; j < LIMIT_SIZE; j++) {
        struct limit_seat *s = &g->seat[j];
        __m256 w = s->standing * keep + (by_vote * s->present + by_voice * s->voice);
        s->standing = w = limit_max(w, lowest);
        s->office = limit_max(s->office * keep_office + w * settle, lowest);
    }
}

/* What the ideal points of a variable have in common, and how interests enter, times -log2(e). */
static void find_common(const struct limit_group *g, int y, __m256 *ret_common, __m256 *ret_stake)
{
    const __m256 one = limit_all(1);
    __m256 now = limit_min(limit_max(g->voted[y], limit_all(.01)), limit_all(.99));
    __m256 pull = limit_log2(now * limit_inverse(one - now));
    *ret_common = limit_all(-.5) * pull -
                  limit_all(LIMIT_LOG2E) * (g->culture[y] + limit_all(.5 * intercept[y]));
    *ret_stake = limit_all(-LIMIT_LOG2E * interest[y] / .3) * (one - g->solidarity);
}

/* Moves a variable towards the ideal points; `noise` is log2(e) N(0, .2). */
static inline void decide(struct limit_group *g, int y, const __m256 noise[LIMIT_SIZE],
                          __m256 mean_empowerment)
{
    const __m256 zero = _mm256_setzero_ps(), one = limit_all(1);
    __m256 common, stake, wanted = zero;
    find_common(g, y, &common, &stake);
    for (int j = 0; j < LIMIT_SIZE; j++) {
        const struct limit_file *file = &g->file[j];
        __m256 weight = g->by_vote * g->seat[j].present + g->by_voice * g->seat[j].voice;
        __m256 against =
            common + stake * (file->empowerment - mean_empowerment) + file->outlook[y] + noise[j];
        wanted += weight * limit_inverse(one + limit_exp2(against));
    }
    __m256 step = limit_all(.05) * (wanted * limit_all(1.0 / LIMIT_SIZE) - g->voted[y]);
    step = limit_max(step, step * limit_all(1 - irreversibility[y]));
    step = _mm256_and_ps(step, g->met);
    g->voted[y] = limit_min(limit_max(g->voted[y] + step, zero), one);
}

static LIMIT_STEP void govern(struct limit_group *g, int64_t week)
{
    const double scale = -2 * 0.6931471805599453 * (.2 * LIMIT_LOG2E) * (.2 * LIMIT_LOG2E);
    __m256i word[LIMIT_SIZE][4];
    __m256 mean = _mm256_setzero_ps(), noise[2][LIMIT_SIZE];
    for (int j = 0; j < LIMIT_SIZE; j++)
        mean += g->file[j].empowerment * limit_all(1.0 / LIMIT_SIZE);
    for (int y = 0; y < LIMIT_VARIABLES; y += 2) {
        for (int j = 0; j < LIMIT_SIZE && y % 4 == 0; j++)
            limit_philox(&g->stream, (uint32_t)j | (uint32_t)(y / 4) << 20, (uint32_t)week,
                         LIMIT_PURPOSE_NOISE, word[j]);
        for (int j = 0; j < LIMIT_SIZE; j++)
            limit_normals(word[j][y % 4], word[j][y % 4 + 1], scale, &noise[0][j], &noise[1][j]);
        decide(g, y, noise[0], mean);
        decide(g, y + 1, noise[1], mean);
    }
}

static void live_group(struct limit_group *g, int64_t begin, int64_t end)
{
    for (int64_t week = begin; week < end; week++) {
        __m256 standing, office;
        if (week % LIMIT_MONTH == 0) {
            lay_out(g);
            find_gini(g);
            draw_month(g, week / LIMIT_MONTH);
        }
        work(g);
        meet(g, (int)(week % LIMIT_MONTH), &standing, &office);
        remember(g, standing, office);
        if (week % LIMIT_MONTH == LIMIT_MONTH - 1)
            govern(g, week);
        limit_turnover(g, week);
    }
}

static void start_group(struct limit_group *g, uint64_t seed, uint32_t first)
{
    memset(g, 0, sizeof *g);
    g->first_organisation = first;
    g->stream = limit_stream_of(seed, first);
    g->solidarity = limit_all(.5);
    for (int j = 0; j < LIMIT_SIZE; j++)
        for (int lane = 0; lane < LIMIT_LANES; lane++) {
            __m256i word[4];
            struct limit_person person = {.standing = 1, .label = j};
            limit_philox_draws(&g->stream, first + (uint32_t)lane, (uint32_t)j, 0xffffffu,
                               LIMIT_PURPOSE_PERSON, word);
            limit_person_draw(word, &person);
            limit_person_write(g, j, lane, &person);
            g->seat[j].office[lane] = 1;
        }
    for (int y = 0; y < LIMIT_VARIABLES; y++) {
        __m256i word[4];
        __m256 unused;
        limit_philox(&g->stream, LIMIT_SIZE + (uint32_t)y, 0xffffffu, LIMIT_PURPOSE_PERSON, word);
        limit_normals(word[0], word[1], -2 * 0.6931471805599453 * .09, &g->culture[y], &unused);
        g->voted[y] = limit_all(start[y]);
    }
    lay_out(g);
    __m256 mean = _mm256_setzero_ps();
    for (int j = 0; j < LIMIT_SIZE; j++)
        mean += autonomy_of(&g->seat[j], _mm256_setzero_ps()) * limit_all(1.0 / 3 / LIMIT_SIZE);
    for (int j = 0; j < LIMIT_SIZE; j++)
        g->seat[j].know = mean * (limit_all(1) - limit_all(.5) * g->voted[LIMIT_FORMALISATION]);
}

static bool kernel_runs(void)
{
#if defined(__FMA__)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
    return __builtin_cpu_supports("avx2");
#endif
}

static struct limit_economy *kernel_new(size_t organisations, uint64_t seed)
{
    struct limit_economy *ret = calloc(1, sizeof *ret);
    if (ret == NULL)
        return NULL;
    ret->groups = (organisations + LIMIT_LANES - 1) / LIMIT_LANES;
    ret->group = aligned_alloc(64, (ret->groups * sizeof *ret->group + 63) / 64 * 64);
    for (size_t i = 0; ret->group != NULL && i < ret->groups; i++)
        start_group(&ret->group[i], seed, (uint32_t)(i * LIMIT_LANES));
    if (ret->group != NULL)
        return ret;
    free(ret);
    return NULL;
}

/* Organisations meet only in a market, which is off by default: each group lives all its weeks in
 * cache before the next one. */
static void kernel_live(struct limit_economy *economy, int64_t weeks)
{
    for (size_t i = 0; i < economy->groups; i++)
        live_group(&economy->group[i], economy->week, economy->week + weeks);
    economy->week += weeks;
}

static void kernel_look(const struct limit_economy *economy, size_t organisation,
                        struct limit_organisation *ret)
{
    struct limit_group group = economy->group[organisation / LIMIT_LANES];
    size_t lane = organisation % LIMIT_LANES;
    find_gini(&group);
    *ret = (struct limit_organisation){
        .gini = (double)group.gini[lane],
        .turnout = (double)(group.turnout[lane] / group.weeks[lane]),
        /* In week 0 all are equal, and all counted as tops. */
        .turnout_bottom = (double)(group.turnout_bottom[lane] / (group.weeks[lane] - 1)),
        .division = (double)group.voted[LIMIT_DIVISION][lane]};
}

static void kernel_free(struct limit_economy *economy)
{
    if (economy != NULL)
        free(economy->group);
    free(economy);
}

#else

static bool kernel_runs(void)
{
    return false;
}

static struct limit_economy *kernel_new(size_t organisations, uint64_t seed)
{
    (void)organisations;
    (void)seed;
    return NULL;
}

static void kernel_live(struct limit_economy *economy, int64_t weeks)
{
    (void)economy;
    (void)weeks;
}

static void kernel_look(const struct limit_economy *economy, size_t organisation,
                        struct limit_organisation *ret)
{
    (void)economy;
    (void)organisation;
    *ret = (struct limit_organisation){0};
}

static void kernel_free(struct limit_economy *economy)
{
    (void)economy;
}

#endif

const struct limit_kernel LIMIT_NAME(limit_kernel) = {.runs = kernel_runs,
                                                      .new = kernel_new,
                                                      .live = kernel_live,
                                                      .look = kernel_look,
                                                      .free = kernel_free};
