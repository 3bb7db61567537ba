/* coopsim - GPL-3.0-or-later
 *
 * The contract of a voting rule: one file in this folder ending in one `SEO_RULE(name) = {...}`, and
 * its name in models/seo/meson.build. A rule is a mechanism (it may have parameters, state and
 * hooks of its own, such as the election of a board) with two more functions: who has how many
 * votes, and what comes out of the ballots.
 *
 * The ballots are cast after the assembly has convinced (ODD 2, step 4): a worker's ballot is
 * (1 - xi) b_i + xi sum v b / sum v, so under the rule `mean` say is the specification's P_i. Power
 * is realised: a holder's is the range of outcomes that its ballot commands, the outcome with the
 * ballot at 1 minus the outcome with it at 0, others' ballots as cast. Under `mean` that range is
 * the vote itself. */
#ifndef COOP_MODELS_SEO_RULES_RULE_H
#define COOP_MODELS_SEO_RULES_RULE_H

#include "models/seo/seo.h"

/* The ballots on one variable in one organisation. Holders are the workers in the order of their
 * positions, then what outsiders leave to voice, then the outsiders by kind, then somebody employed
 * to decide. */
enum { SEO_HOLDERS_BESIDE = 1 + SEO_OUTSIDER_COUNT + 1 };
struct seo_ballots {
    size_t organisation; /* number in the batch */
    size_t holders;
    size_t workers; /* the first so many holders */
    float *opinion; /* [holders] what each wants, in [0,1] */
    float *vote;    /* [holders] votes >= 0, sum 1; 0: none */
    double now;     /* the variable as it is */
    bool proposal;  /* nothing lies between no and yes: all opinions are 0 or 1 */
    bool unelected; /* the last holder stands for a worker who is yet to be elected */
    float *rank;    /* [holders] room for a rule, as the two below */
    float *sum;
    uint32_t *order;
    uint32_t *spare[4]; /* for coop_rank */
};

#define SEO_UNELECTED (SIZE_MAX - 1)

struct seo_rule {
    struct coop_mechanism mechanism; /* name, summary, source, parameters, state, hooks, verify */

    /* Votes that the workers of organisation o are entitled to on variable y, >= 0, by position;
     * their scale does not matter. `b` is the batch as the rule's mechanism sees it, as below.
     * NULL: one each. */
    void (*votes)(const struct coop_batch *b, size_t o, size_t y, float *ret_vote);
    /* Whether votes do not depend on who comes to the assembly. */
    bool always;
    /* Somebody who decides with a share of all votes, which is returned: a worker, whose position
     * goes to *ret_position, or who wants *ret_opinion of y: somebody from outside the assembly,
     * who leaves the position at SIZE_MAX, or a worker yet to be elected, SEO_UNELECTED. NULL: there
     * is nobody. */
    double (*decider)(const struct coop_batch *b, size_t o, size_t y, size_t *ret_position,
                      double *ret_opinion);
    /* What the ballots come to, in [0,1]. */
    double (*outcome)(const struct coop_batch *b, const struct seo_ballots *ballots);
    /* Ranges of outcomes that the holders command, all at once; NULL: found by calling `outcome`
     * with every ballot at 0 and at 1. A quicker way must come to the same. */
    void (*ranges)(const struct coop_batch *b, const struct seo_ballots *ballots, float *ret_range);

    /* For rules that give mandates. Bits of the model's options that it needs where it may come
     * into force. */
    uint32_t options;
    /* Called after every decision of organisation o, while its ideal points hold; NULL: nothing. */
    void (*decided)(const struct coop_batch *b, size_t o);
    /* What those with a mandate want of variable y, while ideal points hold; false if nobody has
     * one. NULL: there is nobody who could be recalled. */
    bool (*wants)(const struct coop_batch *b, size_t o, size_t y, double *ret_wish);
};

#define SEO_RULE(name) const struct seo_rule COOP_ISA_NAME(seo_rule_##name)

#endif
