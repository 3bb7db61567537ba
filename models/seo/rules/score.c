/* coopsim - GPL-3.0-or-later
 *
 * Score voting (range voting): `score.options` proposals c_k lie evenly over [0,1], every ballot
 * gives each a score from 0 to 9, and the proposal with the largest sum of votes times score wins;
 * of equals the one nearest to what there is, then the lower. Somebody who wants x has the utility
 * u_k = -|x - c_k| of a proposal and scores, sincerely, round(9 (u_k - min u) / (max u - min u)): the
 * whole range is used. A share `score.strategic` of the workers exaggerates: 9 for every proposal
 * above its own mean utility, 0 for the others. Who does so is a lasting property of a person;
 * outsiders are sincere. A proposal that is put to the vote has the two options no and yes.
 *
 * Votes are counted in whole units of 2^-40, so that the sums do not depend on the order. */
#include "models/seo/rules/rule.h"

#define COOP_OWNER score
#define SOURCE "Smith (2000), Range Voting; ODD 2, step 5"
#define SCORE_PARAMS(X)                                                                            \
    X(INTEGER, options, "score.options", 5, 2, 100, "1", NULL,                                     \
      "Proposals on a variable under the rule score, evenly from 0 to 1", SOURCE)                  \
    X(REAL, strategic, "score.strategic", 0, 0, 1, "1", "0",                                       \
      "Share of the workers who exaggerate their scores", SOURCE)
COOP_PARAMS(SCORE_PARAMS)

enum { OPTIONS_MAX = 100, BEST = 9 };
static const double UNIT = 0x1p40;
/* Sums closer than this are equal: as far as 32-bit votes can tell. */
static const int64_t TIE = BEST * ((int64_t)1 << 20);

struct totals {
    size_t options;
    int64_t sum[OPTIONS_MAX];
};

static double place_of(size_t option, size_t options)
{
    return (double)option / (double)(options - 1);
}

/* Always the same draw for the same person, known by the place in the register and the week of
 * joining. */
static bool is_strategic(const struct coop_batch *b, size_t o, size_t holder, size_t workers)
{
    const struct score_params *params = b->params;
    if (params->strategic <= 0 || holder >= workers)
        return false;
    size_t slot = coop_slot(b, o, holder);
    struct coop_block block = coop_draw(
        b->streams.population, coop_purpose("score.strategic"), b->first_organisation + (uint32_t)o,
        coop_worker_u32(b, SEO_JOINED)[slot], coop_worker_u32(b, SEO_LABEL)[slot], 0);
    return (double)coop_uniform(block.word[0]) < params->strategic;
}

/* Adds `votes` times the scores of a ballot; a negative number takes them back. */
static void add_ballot(struct totals *totals, double opinion, bool strategic, int64_t votes)
{
    double utility[OPTIONS_MAX], mean = 0, least = 0, most = -1;
    for (size_t k = 0; k < totals->options; k++) {
        double distance = opinion - place_of(k, totals->options);
        utility[k] = distance < 0 ? distance : -distance;
        mean += utility[k] / (double)totals->options;
        least = utility[k] < least ? utility[k] : least;
        most = utility[k] > most ? utility[k] : most;
    }
    for (size_t k = 0; k < totals->options; k++) {
        int64_t score = utility[k] > mean + 1e-12 ? BEST : 0;
        if (!strategic && most > least)
            score = (int64_t)(BEST * (utility[k] - least) / (most - least) + 0.5);
        totals->sum[k] += votes * score;
    }
}

static int64_t votes_of(const struct seo_ballots *ballots, size_t holder)
{
    return (int64_t)((double)ballots->vote[holder] * UNIT + 0.5);
}

static double winner(const struct totals *totals, double now)
{
    int64_t most = totals->sum[0];
    double best = 0, nearest = INFINITY;
    for (size_t k = 1; k < totals->options; k++)
        most = totals->sum[k] > most ? totals->sum[k] : most;
    for (size_t k = 0; k < totals->options; k++) {
        double place = place_of(k, totals->options);
        double distance = place < now ? now - place : place - now;
        if (totals->sum[k] + TIE >= most && distance < nearest) {
            nearest = distance;
            best = place;
        }
    }
    return best;
}

static void count(const struct coop_batch *b, const struct seo_ballots *ballots, struct totals *ret)
{
    const struct score_params *params = b->params;
    *ret = (struct totals){.options = ballots->proposal ? 2 : (size_t)params->options};
    for (size_t h = 0; h < ballots->holders; h++) {
        ballots->order[h] = is_strategic(b, ballots->organisation, h, ballots->workers);
        add_ballot(ret, (double)ballots->opinion[h], ballots->order[h], votes_of(ballots, h));
    }
}

static double score_outcome(const struct coop_batch *b, const struct seo_ballots *ballots)
{
    struct totals totals;
    count(b, ballots, &totals);
    return winner(&totals, ballots->now);
}

static void score_ranges(const struct coop_batch *b, const struct seo_ballots *ballots,
                         float *ret_range)
{
    struct totals totals;
    count(b, ballots, &totals);
    for (size_t h = 0; h < ballots->holders; h++) {
        int64_t votes = votes_of(ballots, h);
        double outcome[2];
        for (size_t end = 0; end < 2; end++) {
            struct totals moved = totals;
            add_ballot(&moved, (double)ballots->opinion[h], ballots->order[h], -votes);
            add_ballot(&moved, (double)end, ballots->order[h], votes);
            outcome[end] = winner(&moved, ballots->now);
        }
        ret_range[h] = (float)(outcome[1] - outcome[0]);
    }
}

SEO_RULE(score) = {
    .mechanism = {.name = "score",
                  .summary = "Rule: the proposal with the largest sum of scores from 0 to 9",
                  .source = SOURCE,
                  .params = &score_table},
    .outcome = score_outcome,
    .ranges = score_ranges,
};
