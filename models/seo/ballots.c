/* coopsim - GPL-3.0-or-later */
#include "models/seo/ballots.h"
#include "models/seo/status.h"

#include "sim/base/measure.h"

/* Shares of all rights: of the workers' votes, and of what outsiders leave to voice or to votes. */
struct rights {
    double workers, left, outside;
};

static struct rights rights_of(const struct coop_batch *b)
{
    const struct seo_params *shared = seo_shared(b);
    return (struct rights){.workers = shared->workers,
                           .left = (1 - shared->workers) * shared->left,
                           .outside = (1 - shared->workers) * (1 - shared->left)};
}

/* Votes of the workers, those present or represented; sum 1. Returns false if none has one. */
static bool give_votes(const struct coop_batch *b, size_t o, size_t y, size_t rule, bool all,
                       float *ret_vote)
{
    const float *present = coop_worker(b, SEO_PRESENT, 0);
    const struct coop_batch as_rule = coop_batch_of(b, &seo_rule(rule)->mechanism);
    double total = 0;
    for (size_t p = 0; p < b->size[o]; p++)
        ret_vote[p] = 1;
    if (seo_rule(rule)->votes != NULL)
        seo_rule(rule)->votes(&as_rule, o, y, ret_vote);
    for (size_t p = 0; p < b->size[o]; p++) {
        ret_vote[p] *= all ? 1.0f : present[coop_slot(b, o, p)];
        if (!seo_is_member(b, coop_slot(b, o, p)))
            ret_vote[p] = 0;
        total += (double)ret_vote[p];
    }
    for (size_t p = 0; p < b->size[o] && total > 0; p++)
        ret_vote[p] = (float)((double)ret_vote[p] / total);
    return total > 0;
}

/* What the assembly is convinced of: sum v b / sum v. The unweighted mean goes to *ret_mean. */
static double find_conviction(const struct coop_batch *b, size_t o, size_t y, double *ret_mean)
{
    const float *ideal = coop_worker(b, SEO_IDEAL, y), *voice = coop_worker(b, SEO_VOICE, 0);
    double voices = 0, said = 0, sum = 0;
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        voices += (double)voice[i];
        said += (double)voice[i] * (double)ideal[i];
        sum += (double)ideal[i];
    }
    *ret_mean = sum / (double)b->size[o];
    return voices > 0 ? said / voices : *ret_mean;
}

/* The opinion of those who have what outsiders leave: those who convince, or those with votes. */
static double opinion_of_left(const struct coop_batch *b, size_t o, size_t y, const float *vote,
                              double conviction)
{
    double votes = 0, wanted = 0;
    for (size_t p = 0; p < b->size[o] && seo_shared(b)->formal; p++) {
        votes += (double)vote[p];
        wanted += (double)vote[p] * (double)coop_worker(b, SEO_IDEAL, y)[coop_slot(b, o, p)];
    }
    return votes > 0 ? wanted / votes : conviction;
}

static void add_holder(struct seo_ballots *ballots, double opinion, double vote)
{
    ballots->opinion[ballots->holders] = (float)opinion;
    ballots->vote[ballots->holders++] = (float)vote;
}

static void add_outsiders(const struct coop_batch *b, size_t y, double votes, double mean,
                          struct seo_ballots *ballots)
{
    const struct seo_params *shared = seo_shared(b);
    for (size_t kind = 0; kind < SEO_OUTSIDER_COUNT; kind++)
        add_holder(ballots, seo_will_of_outsider(shared, y, kind, mean),
                   votes * shared->outsider[kind]);
}

static void add_decider(const struct coop_batch *b, size_t o, size_t y, size_t rule,
                        struct seo_ballots *ballots)
{
    const struct coop_batch as_rule = coop_batch_of(b, &seo_rule(rule)->mechanism);
    double opinion = 0, share = 0;
    size_t position = SIZE_MAX;
    if (seo_rule(rule)->decider != NULL)
        share = seo_rule(rule)->decider(&as_rule, o, y, &position, &opinion);
    for (size_t h = 0; h < ballots->holders && share > 0; h++)
        ballots->vote[h] *= (float)(1 - share);
    if (position < ballots->workers)
        ballots->vote[position] += (float)share;
    ballots->unelected = position == SEO_UNELECTED;
    add_holder(ballots, opinion, position < ballots->workers ? 0 : share);
}

static bool scale_votes(struct seo_ballots *ballots)
{
    double total = 0;
    for (size_t h = 0; h < ballots->holders; h++)
        total += (double)ballots->vote[h];
    for (size_t h = 0; h < ballots->holders && total > 0; h++)
        ballots->vote[h] = (float)((double)ballots->vote[h] / total);
    return total > 0;
}

bool seo_ballots_cast(const struct coop_batch *b, size_t o, size_t y, size_t rule,
                      struct seo_ballots *ret)
{
    const float susceptibility = (float)seo_shared(b)->susceptibility;
    const struct rights rights = rights_of(b);
    const float *ideal = coop_worker(b, SEO_IDEAL, y);
    *ret = (struct seo_ballots){.organisation = o,
                                .workers = b->size[o],
                                .holders = b->size[o],
                                .opinion = coop_worker(b, SEO_BALLOT, SEO_BALLOT_OPINION),
                                .vote = coop_worker(b, SEO_BALLOT, SEO_BALLOT_VOTE),
                                .now = y < SEO_PROPOSAL ? coop_organisation(b, SEO_VOTED, y)[o] : 0,
                                .rank = coop_worker(b, SEO_BALLOT, SEO_BALLOT_RANK),
                                .sum = coop_worker(b, SEO_BALLOT, SEO_BALLOT_SUM),
                                .order = coop_worker_u32(b, SEO_BALLOT_ORDER)};
    seo_rank_spares(b, ret->spare);
    double mean, conviction = find_conviction(b, o, y, &mean);
    bool all = seo_shared(b)->proxy || seo_rule(rule)->always;
    bool met = give_votes(b, o, y, rule, all, ret->vote);
    double left = opinion_of_left(b, o, y, ret->vote, conviction);
    for (size_t p = 0; p < b->size[o]; p++) {
        float own = ideal[coop_slot(b, o, p)];
        ret->opinion[p] = own + susceptibility * ((float)conviction - own);
        ret->vote[p] = met ? ret->vote[p] * (float)rights.workers : 0.0f;
    }
    add_holder(ret, left, rights.left);
    add_outsiders(b, y, rights.outside, mean, ret);
    add_decider(b, o, y, rule, ret);
    return scale_votes(ret);
}

bool seo_ballots_level(const struct coop_batch *b, size_t y, struct seo_ballots *ballots)
{
    const float *ideal = coop_worker(b, SEO_IDEAL, y);
    size_t o = ballots->organisation, members = seo_members(b, o);
    double say = ballots->unelected ? (double)ballots->vote[ballots->holders - 1] : 0;
    for (size_t h = 0; h <= ballots->workers; h++)
        say += (double)ballots->vote[h];
    for (size_t p = 0; p < ballots->workers; p++) {
        size_t i = coop_slot(b, o, p);
        ballots->opinion[p] = ideal[i];
        ballots->vote[p] = seo_is_member(b, i) ? (float)(say / (double)members) : 0.0f;
    }
    ballots->vote[ballots->workers] = 0;
    if (ballots->unelected)
        ballots->vote[ballots->holders - 1] = 0;
    return scale_votes(ballots);
}

bool seo_ballots_collect(const struct coop_batch *b, size_t o, size_t y, size_t rule,
                         struct seo_ballots *ret)
{
    return seo_ballots_cast(b, o, y, rule, ret) &&
           (!seo_is_cut(seo_shared(b), SEO_ARROW_power_org) || seo_ballots_level(b, y, ret));
}

bool seo_ballots_collect_votes(const struct coop_batch *b, size_t o, double threshold, size_t rule,
                               struct seo_ballots *ret)
{
    double mean;
    if (!seo_ballots_collect(b, o, SEO_PROPOSAL, rule, ret))
        return false;
    for (size_t h = 0; h < ret->holders; h++)
        ret->opinion[h] = (double)ret->opinion[h] > threshold ? 1.0f : 0.0f;
    find_conviction(b, o, SEO_PROPOSAL, &mean);
    for (size_t kind = 0; seo_shared(b)->will == SEO_OPPOSITE && kind < SEO_OUTSIDER_COUNT; kind++)
        ret->opinion[ret->workers + 1 + kind] = mean > threshold ? 0.0f : 1.0f;
    ret->proposal = true;
    return true;
}

static void find_ranges(const struct coop_batch *as_rule, const struct seo_rule *rule,
                        struct seo_ballots *ballots, float *ret_range)
{
    for (size_t h = 0; h < ballots->holders; h++) {
        float cast = ballots->opinion[h];
        double outcome[2] = {0, 0};
        for (size_t end = 0; end < 2 && ballots->vote[h] > 0; end++) {
            ballots->opinion[h] = (float)end;
            outcome[end] = rule->outcome(as_rule, ballots);
        }
        ballots->opinion[h] = cast;
        ret_range[h] = (float)(outcome[1] - outcome[0]);
    }
}

double seo_ballots_count(const struct coop_batch *b, size_t rule, struct seo_ballots *ballots,
                         float *ret_range)
{
    const struct seo_rule *contract = seo_rule(rule);
    const struct coop_batch as_rule = coop_batch_of(b, &seo_rule(rule)->mechanism);
    if (ret_range != NULL && contract->ranges != NULL)
        contract->ranges(&as_rule, ballots, ret_range);
    else if (ret_range != NULL)
        find_ranges(&as_rule, contract, ballots, ret_range);
    return contract->outcome(&as_rule, ballots);
}

double seo_ballots_gini(const struct coop_batch *b, size_t o, size_t y, size_t rule)
{
    uint32_t *spare[4];
    float *vote = coop_worker(b, SEO_BALLOT, SEO_BALLOT_VOTE);
    float *rank = coop_worker(b, SEO_BALLOT, SEO_BALLOT_RANK);
    double n = (double)b->size[o], sum = 0;
    if (seo_rule(rule)->votes == NULL || !give_votes(b, o, y, rule, true, vote))
        return 0;
    seo_rank_spares(b, spare);
    coop_rank(vote, b->size[o], rank, spare);
    for (size_t p = 0; p < b->size[o]; p++)
        sum += (2 * (double)rank[p] + 1 - n) * (double)vote[p];
    return coop_clip(sum / n, 0, 1);
}
