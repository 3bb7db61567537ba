/* coopsim - GPL-3.0-or-later
 *
 * The state of eight organisations of 20, one a lane: what is a sum over an organisation's workers
 * is then a sum of vectors, without tails and without adding up lanes. What a week
 * needs of a group is 17 kB, which stays in the first-level cache. */
#ifndef COOP_TESTS_BENCHMARK_LIMIT_GROUP_H
#define COOP_TESTS_BENCHMARK_LIMIT_GROUP_H

#if defined(__AVX2__)

#include "tests/benchmark/limit_kernel.h"
#include "tests/benchmark/limit_math.h"

enum { LIMIT_LANES = 8, LIMIT_KINDS = 6, LIMIT_FACETS = 3, LIMIT_VARIABLES = 6, LIMIT_MONTH = 4 };
enum { LIMIT_TOP = LIMIT_SIZE / 5 };
enum { LIMIT_MECHANISATION, LIMIT_FORMALISATION, LIMIT_HIERARCHY, LIMIT_DIVISION };
enum { LIMIT_PURPOSE_ATTEND = 1, LIMIT_PURPOSE_LEAVE, LIMIT_PURPOSE_NOISE, LIMIT_PURPOSE_PERSON };

/* A position in each of the eight organisations, and what every week needs of the person who holds
 * it. Persuasiveness is kept as it is used, theta_A log2(e) tau. */
struct limit_seat {
    __m256 skill[LIMIT_KINDS], know, standing, persuasion, office;
    /* Of the month. */
    __m256 share[LIMIT_KINDS], odds[LIMIT_FACETS], unready, draw[LIMIT_MONTH];
    /* Of the week: first ln(nW) to base 2, then three times autonomy; first what keeps from the
     * assembly, then presence, 1 or 0; first the words, then the voice. */
    __m256 autonomy, present, voice;
};

/* What is rarely needed: the outlook as -log2(e) u, and the register. */
struct limit_file {
    __m256 outlook[LIMIT_VARIABLES], empowerment;
    __m256i label, joined;
};

struct limit_group {
    struct limit_seat seat[LIMIT_SIZE];
    struct limit_file file[LIMIT_SIZE];
    __m256 voted[LIMIT_VARIABLES], culture[LIMIT_VARIABLES], solidarity;
    __m256 turnout, turnout_bottom, weeks, say; /* sums since week 0 */
    struct limit_stream stream;
    uint32_t first_organisation;

    /* Of the month. */
    __m256 rank_voice, openness, gini;
    uint8_t leaves[LIMIT_MONTH][LIMIT_SIZE]; /* a bit an organisation */
    uint8_t lanes_left[LIMIT_MONTH];
    /* Of the week: nD = by_vote present + by_voice v. */
    __m256 by_vote, by_voice, met;
};

/* The files are compiled once for each kernel. */
#define limit_person_draw LIMIT_NAME(limit_person_draw)
#define limit_person_write LIMIT_NAME(limit_person_write)
#define limit_turnover LIMIT_NAME(limit_turnover)

/* Traits of a newcomer; `word` are 32 words of its own, of which it takes all but three. */
struct limit_person {
    float skill[LIMIT_KINDS], know, standing, persuasion, outlook[LIMIT_VARIABLES];
    int32_t label, joined;
};
void limit_person_draw(const __m256i word[4], struct limit_person *ret);
void limit_person_write(struct limit_group *group, int seat, int lane,
                        const struct limit_person *person);

/* The organisations' workers leave, move up and join, in the lanes where somebody leaves. */
void limit_turnover(struct limit_group *group, int64_t week);

#endif

#endif
