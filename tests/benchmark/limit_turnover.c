/* coopsim - GPL-3.0-or-later
 *
 * Who leaves, moves up and joins: rare, so one organisation at a time. Gumbel-max over
 * 3 fit + ln(n W) is a choice with probabilities in proportion to e^(3 fit) n W, which takes one
 * draw instead of one for each candidate. */
#include "tests/benchmark/limit_group.h"

#if defined(__AVX2__)

#include <string.h>

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

static void write_word(__m256i *to, int lane, int32_t value)
{
    memcpy((int32_t *)to + lane, &value, sizeof value);
}

static int32_t read_word(const __m256i *from, int lane)
{
    int32_t value;
    memcpy(&value, (const int32_t *)from + lane, sizeof value);
    return value;
}

void limit_person_write(struct limit_group *group, int seat, int lane,
                        const struct limit_person *person)
{
    struct limit_seat *s = &group->seat[seat];
    struct limit_file *file = &group->file[seat];
    for (int k = 0; k < LIMIT_KINDS; k++)
        s->skill[k][lane] = person->skill[k];
    for (int y = 0; y < LIMIT_VARIABLES; y++)
        file->outlook[y][lane] = person->outlook[y];
    s->know[lane] = person->know;
    s->standing[lane] = person->standing;
    s->persuasion[lane] = person->persuasion;
    write_word(&file->label, lane, person->label);
    write_word(&file->joined, lane, person->joined);
}

/* From one seat to another, with the loss of know-how that is bound to the job. */
static void move(struct limit_group *g, int from, int to, int lane)
{
    const struct limit_seat *source = &g->seat[from];
    struct limit_seat *target = &g->seat[to];
    for (int k = 0; k < LIMIT_KINDS; k++)
        target->skill[k][lane] = source->skill[k][lane];
    for (int y = 0; y < LIMIT_VARIABLES; y++)
        g->file[to].outlook[y][lane] = g->file[from].outlook[y][lane];
    target->know[lane] = .5f * source->know[lane];
    target->standing[lane] = source->standing[lane];
    target->persuasion[lane] = source->persuasion[lane];
    write_word(&g->file[to].label, lane, read_word(&g->file[from].label, lane));
    write_word(&g->file[to].joined, lane, read_word(&g->file[from].joined, lane));
}

/* Who gets the vacancy, or LIMIT_SIZE if nobody is strictly below. All lanes are reckoned, which is
 * quicker than to collect one; bit j of `away` is set if nobody stays on seat j. */
static int choose(const struct limit_group *g, int lane, int vacancy, uint32_t away, float uniform)
{
    const struct limit_seat *vacant = &g->seat[vacancy];
    __m256 share[LIMIT_KINDS], upto[LIMIT_SIZE], total = _mm256_setzero_ps();
    __m256 limit = limit_all((double)g->file[vacancy].empowerment[lane]);
    for (int k = 0; k < LIMIT_KINDS; k++)
        share[k] = limit_all(3 * LIMIT_LOG2E * (double)vacant->share[k][lane]);
    for (int j = vacancy + 1; j < LIMIT_SIZE; j++) {
        const struct limit_seat *s = &g->seat[j];
        __m256 fit = (share[0] * s->skill[0] + share[1] * s->skill[1]) +
                     (share[2] * s->skill[2] + share[3] * s->skill[3]) +
                     (share[4] * s->skill[4] + share[5] * s->skill[5]);
        __m256 weight = limit_exp2(fit) * limit_max(s->standing, limit_all(.001));
        __m256 below = _mm256_cmp_ps(g->file[j].empowerment, limit, _CMP_LT_OQ);
        if ((away >> j & 1) == 0)
            total += _mm256_and_ps(weight, below);
        upto[j] = total;
    }
    __m256 target = total * limit_all((double)uniform), passed = _mm256_setzero_ps();
    for (int j = vacancy + 1; j < LIMIT_SIZE; j++)
        passed += _mm256_and_ps(_mm256_cmp_ps(upto[j], target, _CMP_LE_OQ), limit_all(1));
    return vacancy + 1 + (int)passed[lane];
}

/* Fills a vacancy in a chain of at most three moves from below; returns who is away then. */
static uint32_t fill_vacancy(struct limit_group *g, int lane, int vacancy, float mean_know,
                             int64_t week, uint32_t away)
{
    __m256i word[4];
    limit_philox_draws(&g->stream, g->first_organisation + (uint32_t)lane, (uint32_t)vacancy,
                       (uint32_t)week, LIMIT_PURPOSE_PERSON, word);
    struct limit_person person = {.know = .5f * mean_know,
                                  .standing = .5f,
                                  .label = read_word(&g->file[vacancy].label, lane),
                                  .joined = (int32_t)(week + 1)};
    limit_person_draw(word, &person);
    __m256 chance = limit_uniform(word[0]), third = limit_uniform(word[1]);
    for (int moves = 0; moves < 3; moves++) {
        float uniform = moves < 2 ? chance[6 + moves] : third[7];
        int from = choose(g, lane, vacancy, away, uniform);
        if (from == LIMIT_SIZE)
            break;
        move(g, from, vacancy, lane);
        away = (away & ~(1u << vacancy)) | 1u << from;
        vacancy = from;
    }
    limit_person_write(g, vacancy, lane, &person);
    return away;
}

/* Newcomers have .5, those who stay are scaled to fill. */
static void share_standing(struct limit_group *g, int lane, uint32_t away)
{
    int newcomers = __builtin_popcount(away);
    __m256 staying[2] = {_mm256_setzero_ps(), _mm256_setzero_ps()}, scale = limit_all(1);
    for (int j = 0; j < LIMIT_SIZE; j++)
        if ((away >> j & 1) == 0)
            staying[j % 2] += g->seat[j].standing;
    scale[lane] =
        ((float)LIMIT_SIZE - .5f * (float)newcomers) / (staying[0][lane] + staying[1][lane]);
    for (int j = 0; j < LIMIT_SIZE && newcomers < LIMIT_SIZE; j++)
        if ((away >> j & 1) == 0)
            g->seat[j].standing *= scale;
}

void limit_turnover(struct limit_group *g, int64_t week)
{
    const uint8_t *leaves = g->leaves[week % LIMIT_MONTH];
    for (int lanes = g->lanes_left[week % LIMIT_MONTH]; lanes != 0; lanes &= lanes - 1) {
        int lane = __builtin_ctz((unsigned)lanes);
        uint32_t away = 0;
        __m256 know[2] = {_mm256_setzero_ps(), _mm256_setzero_ps()};
        for (int j = 0; j < LIMIT_SIZE; j++) {
            away |= (uint32_t)(leaves[j] >> lane & 1) << j;
            know[j % 2] += g->seat[j].know;
        }
        float mean_know = (know[0][lane] + know[1][lane]) / LIMIT_SIZE;
        for (uint32_t left = away; left != 0; left &= left - 1)
            away = fill_vacancy(g, lane, __builtin_ctz(left), mean_know, week, away);
        share_standing(g, lane, away);
    }
}

#endif
