/* coopsim - GPL-3.0-or-later
 *
 * Ballots in the order of their opinions, for rules that count how many votes lie on either side
 * of an outcome. */
#ifndef COOP_MODELS_SEO_RULES_ORDER_H
#define COOP_MODELS_SEO_RULES_ORDER_H

#include "models/seo/rules/rule.h"
#include "sim/base/measure.h"

/* What 32-bit votes can tell of a share of all votes. */
#define SEO_VOTES_SLACK 1e-6

/* Puts the holders into `order` by rising opinion and the sums of their votes in that order into
 * `sum`. Returns the sum of all votes. */
static inline double seo_order_ballots(const struct seo_ballots *ballots)
{
    double sum = 0;
    coop_rank(ballots->opinion, ballots->holders, ballots->rank, ballots->spare);
    for (size_t h = 0; h < ballots->holders; h++)
        ballots->order[(size_t)ballots->rank[h]] = (uint32_t)h;
    for (size_t place = 0; place < ballots->holders; place++) {
        sum += (double)ballots->vote[ballots->order[place]];
        ballots->sum[place] = (float)sum;
    }
    return sum;
}

/* The opinion at which the votes counted from below exceed a level, when the holder at place `moved`
 * casts its ballot at 0 (`low`) or at 1 instead; SIZE_MAX: nobody moves. Found by bisection: votes
 * that move down count at every place, votes that move up at none. */
static inline double seo_order_crossing(const struct seo_ballots *ballots, double level,
                                        size_t moved, bool low)
{
    double vote = moved < SIZE_MAX ? (double)ballots->vote[ballots->order[moved]] : 0;
    size_t begin = 0, end = ballots->holders;
    if (low && vote > level)
        return 0;
    while (begin < end) {
        size_t place = begin + (end - begin) / 2;
        double counted = (double)ballots->sum[place];
        counted += low && place < moved ? vote : !low && place >= moved ? -vote : 0;
        if (counted > level)
            end = place;
        else
            begin = place + 1;
    }
    return begin == ballots->holders ? 1 : (double)ballots->opinion[ballots->order[begin]];
}

#endif
