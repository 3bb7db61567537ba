/* coopsim - GPL-3.0-or-later
 *
 * The ballots of an assembly that decides by a rule (rules/rule.h), and the power that its holders
 * realise. Needs this week's presence, voices and ideal points. */
#ifndef COOP_MODELS_SEO_BALLOTS_H
#define COOP_MODELS_SEO_BALLOTS_H

#include "models/seo/rules/list.h"

/* A function of one name for each instruction set level that the models are compiled for. */
#define seo_ballots_cast COOP_ISA_NAME(seo_ballots_cast)
#define seo_ballots_level COOP_ISA_NAME(seo_ballots_level)
#define seo_ballots_collect COOP_ISA_NAME(seo_ballots_collect)
#define seo_ballots_collect_votes COOP_ISA_NAME(seo_ballots_collect_votes)
#define seo_ballots_count COOP_ISA_NAME(seo_ballots_count)
#define seo_ballots_gini COOP_ISA_NAME(seo_ballots_gini)

/* The ballots on variable y of organisation o under a rule, or on a proposal (SEO_PROPOSAL), which
 * no outsider wants; in the scratch arrays of the model. Whether or not power_org is cut. Returns
 * false if nobody has a vote. */
bool seo_ballots_cast(const struct coop_batch *b, size_t o, size_t y, size_t rule,
                      struct seo_ballots *ret);

/* Makes ballots on y that were cast those of equals: the members, the absent too, share the votes
 * of the workers, with a manager among them, and of what outsiders left to them, nobody is
 * convinced, and what others hold stays. Returns false if nobody has a vote. */
bool seo_ballots_level(const struct coop_batch *b, size_t y, struct seo_ballots *ballots);

/* The ballots that decide: as they were cast, or those of equals if power_org is cut. */
bool seo_ballots_collect(const struct coop_batch *b, size_t o, size_t y, size_t rule,
                         struct seo_ballots *ret);

/* The ballots that decide on a proposal, each turned into no (0) or yes (1): yes is to want more than
 * `threshold` of it. To want the opposite of a wish is not to vote against it, so outsiders who want
 * the opposite of what the workers' unweighted mean wants vote the other way than it would. */
bool seo_ballots_collect_votes(const struct coop_batch *b, size_t o, double threshold, size_t rule,
                               struct seo_ballots *ret);

/* What the ballots come to under a rule, and if `ret_range` is not NULL the range of outcomes that
 * each holder commands, [holders]. */
double seo_ballots_count(const struct coop_batch *b, size_t rule, struct seo_ballots *ballots,
                         float *ret_range);

/* Gini of the votes on y that the workers of organisation o are entitled to under a rule, whether
 * or not they come; 0 for equal votes. */
double seo_ballots_gini(const struct coop_batch *b, size_t o, size_t y, size_t rule);

#endif
