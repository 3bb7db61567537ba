/* coopsim - GPL-3.0-or-later
 *
 * Who leaves, moves up and joins: rare, so one organisation at a time. Gumbel-max over
 * 3 fit + ln(n W) is a choice with probabilities in proportion to e^(3 fit) n W, which takes one
 * draw instead of one for each candidate. */
#include "tests/benchmark/limit_group.h"

#if defined(__AVX2__) && defined(__FMA__)

#include <string.h>

enum { STRIDE = sizeof(struct limit_seat) / sizeof(float), BLOCKS = LIMIT_PLACES / 8 };

/* The second smallest of nine uniforms is 1 - a^(1/9) b^(1/8) for uniform a and b. */
void limit_person_draw(const __m256i word[4], struct limit_person *ret)
{
    __m256 power = limit_log2(limit_uniform(word[0])) * limit_all(1.0 / 9) +
                   limit_log2(limit_uniform(word[1])) * limit_all(1.0 / 8);
    __m256 skill = limit_all(1) - limit_exp2(power), first, second;
    limit_normals(word[2], word[3], -2 * 0.6931471805599453, &first, &second);
    for (int k = 0; k < LIMIT_KINDS; k++)
        ret->skill[k] = skill[k];
    for (int y = 0; y < LIMIT_VARIABLES; y++)
        ret->outlook[y] = (float)(-LIMIT_LOG2E * .5) * first[y];
    ret->persuasion = (float)(LIMIT_LOG2E * .3) * first[LIMIT_VARIABLES];
}

void limit_person_write(struct limit_seat *seat, int lane, const struct limit_person *person)
{
    for (int k = 0; k < LIMIT_KINDS; k++)
        seat->skill[k][lane] = person->skill[k];
    for (int y = 0; y < LIMIT_VARIABLES; y++)
        seat->outlook[y][lane] = person->outlook[y];
    seat->know[lane] = person->know;
    seat->standing[lane] = person->standing;
    seat->persuasion[lane] = person->persuasion;
    memcpy((int32_t *)&seat->label + lane, &person->label, sizeof person->label);
    memcpy((int32_t *)&seat->joined + lane, &person->joined, sizeof person->joined);
}

/* From one seat to another, with the loss of know-how that is bound to the job. */
static void move(const struct limit_seat *from, struct limit_seat *to, int lane)
{
    for (int k = 0; k < LIMIT_KINDS; k++)
        to->skill[k][lane] = from->skill[k][lane];
    for (int y = 0; y < LIMIT_VARIABLES; y++)
        to->outlook[y][lane] = from->outlook[y][lane];
    to->know[lane] = .5f * from->know[lane];
    to->standing[lane] = from->standing[lane];
    to->persuasion[lane] = from->persuasion[lane];
    memcpy((int32_t *)&to->label + lane, (const int32_t *)&from->label + lane, sizeof(int32_t));
    memcpy((int32_t *)&to->joined + lane, (const int32_t *)&from->joined + lane, sizeof(int32_t));
}

/* One value of all seats in a lane. */
static inline void gather(const __m256 *of_first_seat, int lane, __m256 ret[BLOCKS])
{
    const float *base = (const float *)of_first_seat + lane;
    __m256i index = _mm256_mullo_epi32(_mm256_set_epi32(7, 6, 5, 4, 3, 2, 1, 0),
                                       _mm256_set1_epi32(STRIDE));
    for (int block = 0; block < BLOCKS; block++)
        ret[block] = _mm256_i32gather_ps(base + (size_t)block * 8 * STRIDE, index, 4);
}

/* The workers of an organisation, by position. */
struct staff {
    __m256 skill[LIMIT_KINDS][BLOCKS], standing[BLOCKS], empowerment[BLOCKS], here[BLOCKS];
};

static void read_staff(const struct limit_group *g, int lane, struct staff *ret)
{
    for (int k = 0; k < LIMIT_KINDS; k++)
        gather(&g->seat[0].skill[k], lane, ret->skill[k]);
    gather(&g->seat[0].standing, lane, ret->standing);
    gather(&g->seat[0].empowerment, lane, ret->empowerment);
}

/* Who gets the vacancy, or the vacancy itself if nobody is strictly below. */
static int choose(const struct limit_group *g, int lane, const struct staff *staff, int vacancy,
                  float uniform)
{
    __m256 limit = limit_all((double)g->seat[vacancy].empowerment[lane] - 1e-9);
    float weight[LIMIT_PLACES], total = 0;
    for (int block = 0; block < BLOCKS; block++) {
        __m256 fit = _mm256_setzero_ps();
        for (int k = 0; k < LIMIT_KINDS; k++)
            fit += limit_all((double)g->seat[vacancy].share[k][lane]) * staff->skill[k][block];
        __m256 below = _mm256_cmp_ps(staff->empowerment[block], limit, _CMP_LT_OQ);
        __m256 value = limit_exp2(fit * limit_all(3 * LIMIT_LOG2E)) *
                       limit_max(staff->standing[block], limit_all(.001));
        value = _mm256_and_ps(_mm256_and_ps(value, below), staff->here[block]);
        _mm256_storeu_ps(weight + (size_t)block * 8, value);
    }
    for (int j = vacancy + 1; j < LIMIT_SIZE; j++)
        total += weight[j];
    float rest = uniform * total;
    int chosen = vacancy;
    for (int j = vacancy + 1; j < LIMIT_SIZE && rest >= 0; j++)
        if (weight[j] > 0) {
            chosen = j;
            rest -= weight[j];
        }
    return chosen;
}

/* Who stays, as masks. */
static void mark(struct staff *staff, const int32_t away[LIMIT_PLACES])
{
    for (int block = 0; block < BLOCKS; block++) {
        __m256i gone = _mm256_loadu_si256((const __m256i *)(const void *)(away + 8 * block));
        staff->here[block] =
            _mm256_castsi256_ps(_mm256_cmpeq_epi32(gone, _mm256_setzero_si256()));
    }
}

static void fill_vacancy(struct limit_group *g, int lane, int vacancy, float mean_know,
                         int64_t week, int32_t away[LIMIT_PLACES])
{
    struct staff staff;
    __m256i word[4];
    limit_philox_draws(&g->stream, g->first_organisation + (uint32_t)lane, (uint32_t)vacancy,
                       (uint32_t)week, LIMIT_PURPOSE_PERSON, word);
    struct limit_person person = {.know = .5f * mean_know, .standing = .5f,
                                  .joined = (int32_t)(week + 1)};
    memcpy(&person.label, (int32_t *)&g->seat[vacancy].label + lane, sizeof person.label);
    limit_person_draw(word, &person);
    __m256 chance = limit_uniform(word[0]);
    read_staff(g, lane, &staff);
    for (int moves = 0; moves < 3; moves++) {
        mark(&staff, away);
        int from = choose(g, lane, &staff, vacancy, chance[7 - moves % 2]);
        if (from == vacancy)
            break;
        move(&g->seat[from], &g->seat[vacancy], lane);
        away[vacancy] = 0;
        away[from] = 1;
        vacancy = from;
        if (moves == 1)
            chance = limit_uniform(word[1]);
    }
    limit_person_write(&g->seat[vacancy], lane, &person);
}

/* Newcomers have .5, those who stay are scaled to fill. */
static void share_standing(struct limit_group *g, int lane, const int32_t away[LIMIT_PLACES])
{
    float staying = 0, newcomers = 0;
    for (int j = 0; j < LIMIT_SIZE; j++) {
        newcomers += (float)away[j];
        staying += away[j] != 0 ? 0 : g->seat[j].standing[lane];
    }
    float scale = (LIMIT_SIZE - .5f * newcomers) / staying;
    for (int j = 0; j < LIMIT_SIZE && newcomers < LIMIT_SIZE; j++)
        if (away[j] == 0)
            g->seat[j].standing[lane] *= scale;
}

void limit_turnover(struct limit_group *g, int64_t week)
{
    const uint8_t *leaves = g->leaves[week % LIMIT_MONTH];
    for (int lanes = g->lanes_left[week % LIMIT_MONTH]; lanes != 0; lanes &= lanes - 1) {
        int lane = __builtin_ctz((unsigned)lanes);
        int32_t away[LIMIT_PLACES] = {0};
        float know = 0;
        for (int j = 0; j < LIMIT_SIZE; j++) {
            away[j] = leaves[j] >> lane & 1;
            know += g->seat[j].know[lane];
        }
        for (int j = 0; j < LIMIT_SIZE; j++)
            if (leaves[j] >> lane & 1)
                fill_vacancy(g, lane, j, know / LIMIT_SIZE, week, away);
        share_standing(g, lane, away);
    }
}

#endif
