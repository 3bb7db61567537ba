/* coopsim - GPL-3.0-or-later
 *
 * Formal power realised in a decision by a rule, which holds until the next decision: the ranges of
 * outcomes that the holders of votes commanded, summed over the variables that the meeting took up.
 * Where nobody's ballot alone would have changed anything it is as the votes are. If power_org is cut, power is as without
 * the cut, and only the outcome is that of equals. */
#ifndef COOP_MODELS_SEO_FORCE_H
#define COOP_MODELS_SEO_FORCE_H

#include "models/seo/rules/list.h"

/* A function of one name for each instruction set level that the models are compiled for. */
#define seo_force_reset COOP_ISA_NAME(seo_force_reset)
#define seo_force_count COOP_ISA_NAME(seo_force_count)
#define seo_force_share COOP_ISA_NAME(seo_force_share)
#define seo_force_tally COOP_ISA_NAME(seo_force_tally)

/* The formal power of the mean rule in organisation o: equal among the workers. */
void seo_force_reset(const struct coop_batch *b, size_t o);

/* Counts the ballots of organisation o under a rule on the variables y whose bit `taken_up` has: y*
 * of every variable, the present value of those that are not taken up or that nobody has a vote on;
 * and the power of those who cast them. */
void seo_force_count(const struct coop_batch *b, size_t o, size_t rule, uint32_t taken_up,
                     double ret_target[SEO_VARIABLE_COUNT]);

/* Power nD of the week in organisation o, if its assembly met, under another rule than the mean:
 * formal power is what the last decision realised (its shares gamma), of which xi goes to those who
 * convince, as does what outsiders leave to voice:
 *     P_i = inside (1 - xi) gamma_i + (inside xi + left) v_i / sum v   (left gamma_i if formal). */
void seo_force_share(const struct coop_batch *b, size_t o);

/* Adds the inequality of the workers' formal votes to the tally of the record. */
void seo_force_tally(const struct coop_batch *b, size_t o, size_t rule);

#endif
