/* coopsim - GPL-3.0-or-later */
#include "models/seo/force.h"

#include "models/seo/ballots.h"
#include "models/seo/status.h"

/* Power of the workers, of what outsiders left to voice, and of all holders. */
struct powers {
    double inside, left, all;
};

/* Adds what the holders of the ballots on one variable command, by range or by vote. */
static void add_powers(const struct coop_batch *b, const struct seo_ballots *ballots,
                       const float *power, struct powers *powers)
{
    float *force = coop_worker(b, SEO_FORCE, 0);
    for (size_t p = 0; p < ballots->workers; p++) {
        force[coop_slot(b, ballots->organisation, p)] += power[p];
        powers->inside += (double)power[p];
        powers->all += (double)power[p];
    }
    for (size_t h = ballots->workers; h < ballots->holders; h++)
        powers->all += (double)power[h];
    powers->left += (double)power[ballots->workers];
}

/* Power over the variables taken up: realised, with the outcomes, or as the votes are. */
static struct powers find_powers(const struct coop_batch *b, size_t o, size_t rule,
                                 uint32_t taken_up, bool by_vote,
                                 double ret_target[SEO_VARIABLE_COUNT])
{
    float *range = coop_worker(b, SEO_BALLOT, SEO_BALLOT_RANGE);
    bool cut = seo_is_cut(seo_shared(b), SEO_ARROW_power_org);
    struct powers powers = {0, 0, 0};
    for (size_t p = 0; p < b->size[o]; p++)
        coop_worker(b, SEO_FORCE, 0)[coop_slot(b, o, p)] = 0;
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++) {
        struct seo_ballots ballots;
        if ((taken_up >> y & 1) == 0 || !seo_ballots_cast(b, o, y, rule, &ballots))
            continue;
        if (!by_vote)
            ret_target[y] = seo_ballots_count(b, rule, &ballots, range);
        add_powers(b, &ballots, by_vote ? ballots.vote : range, &powers);
        if (!by_vote && cut && seo_ballots_level(b, y, &ballots))
            ret_target[y] = seo_ballots_count(b, rule, &ballots, NULL);
    }
    return powers;
}

void seo_force_count(const struct coop_batch *b, size_t o, size_t rule, uint32_t taken_up,
                     double ret_target[SEO_VARIABLE_COUNT])
{
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
        ret_target[y] = coop_organisation(b, SEO_VOTED, y)[o];
    struct powers powers = find_powers(b, o, rule, taken_up, false, ret_target);
    if (!(powers.all > 0))
        powers = find_powers(b, o, rule, taken_up, true, ret_target);
    coop_organisation(b, SEO_FORCE_INSIDE, 0)[o] = powers.all > 0 ? powers.inside / powers.all : 0;
    coop_organisation(b, SEO_FORCE_LEFT, 0)[o] = powers.all > 0 ? powers.left / powers.all : 0;
    float *force = coop_worker(b, SEO_FORCE, 0);
    for (size_t p = 0; p < b->size[o] && powers.inside > 0; p++)
        force[coop_slot(b, o, p)] =
            (float)((double)force[coop_slot(b, o, p)] * (double)b->size[o] / powers.inside);
}

void seo_force_reset(const struct coop_batch *b, size_t o)
{
    const struct seo_params *shared = seo_shared(b);
    for (size_t p = 0; p < b->size[o]; p++)
        coop_worker(b, SEO_FORCE, 0)[coop_slot(b, o, p)] =
            seo_is_member(b, coop_slot(b, o, p)) ? 1.0f : 0.0f;
    coop_organisation(b, SEO_FORCE_INSIDE, 0)[o] = shared->workers;
    coop_organisation(b, SEO_FORCE_LEFT, 0)[o] = (1 - shared->workers) * shared->left;
}

void seo_force_tally(const struct coop_batch *b, size_t o, size_t rule)
{
    double ginis = 0, open = 0;
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++) {
        if (!seo_shared(b)->variable[y].open)
            continue;
        ginis += seo_ballots_gini(b, o, y, rule);
        open += 1;
    }
    coop_organisation(b, SEO_VOTES_GINI_SUM, 0)[o] += open > 0 ? ginis / open : 0;
    coop_organisation(b, SEO_VOTES_GINI_COUNT, 0)[o] += 1;
}

void seo_force_share(const struct coop_batch *b, size_t o)
{
    const float *force = coop_worker(b, SEO_FORCE, 0), *voice = coop_worker(b, SEO_VOICE, 0);
    double xi = seo_shared(b)->susceptibility, n = (double)b->size[o], forces = 0, voices = 0;
    double inside = coop_organisation(b, SEO_FORCE_INSIDE, 0)[o];
    double left = coop_organisation(b, SEO_FORCE_LEFT, 0)[o], say = inside + left;
    for (size_t p = 0; p < b->size[o]; p++) {
        forces += (double)force[coop_slot(b, o, p)];
        voices += (double)voice[coop_slot(b, o, p)];
    }
    if (!(coop_organisation(b, SEO_ATTENDANCE, 0)[o] > 0))
        return;
    coop_organisation(b, SEO_SAY, 0)[o] = say;
    double formal = inside * (1 - xi) + (seo_shared(b)->formal ? left : 0);
    double by_force = forces > 0 && say > 0 ? formal / say * n / forces : 0;
    double by_voice = say > 0 ? (forces > 0 ? say - formal : say) / say * n / voices : 0;
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        coop_worker(b, SEO_POWER, 0)[i] =
            say > 0 ? (float)(by_force * (double)force[i] + by_voice * (double)voice[i])
                    : coop_worker(b, SEO_STANDING, 0)[i];
    }
}
