/* coopsim - GPL-3.0-or-later
 *
 * Hypotheses judged. Every claim is a set of effects, all of which must be as claimed: one of all
 * contrasts but the ordering, which has one for each two cases of neighbouring groups and, with
 * `within`, one for each two cases of a group.
 *
 * For the claim speaks the largest of their p values (intersection-union: Berger 1982,
 * doi:10.1080/00401706.1982.10487790), against it the smallest times their number. The p of a
 * hypothesis is twice the smaller of the two, so that it is the usual two-sided p of the bound
 * between claim and opposite: of 0 without a margin, of the margin with one. The p values of all
 * hypotheses of a file that expect something are corrected by Holm's method (1979). With a corrected
 * p of at most alpha a hypothesis is supported or contradicted, whichever had the smaller p; so the
 * chance of any wrong verdict in a file is at most alpha. Else it is undetermined. One that expects
 * nothing is reported, with its two-sided p of no effect. */
#ifndef COOP_HYPOTHESIS_JUDGE_H
#define COOP_HYPOTHESIS_JUDGE_H

#include "sim/hypothesis/source.h"
#include "sim/engine/model.h"
#include "sim/param/hypothesis.h"

enum coop_judged { COOP_SUPPORTED, COOP_CONTRADICTED, COOP_UNDECIDED, COOP_REPORTED };
/* "supported", ... in the order of the enum. */
extern const char *const coop_judged_words[];

struct coop_judgement {
    enum coop_judged verdict;
    double effect; /* difference, slope, Spearman's r, least step of an order, mean or share; NAN:
                         undefined */
    double error;  /* its standard error; of a correlation that of Fisher's z */
    double low, high;     /* its bootstrap interval at the hypothesis's level */
    size_t first, second; /* of an ordering: the cases that speak least for it */
    double p, holm;       /* NAN: undefined; holm is also NAN where nothing is expected */
    double
        enough; /* clusters that would decide with probability .8 if the effect and its spread are
                      as observed; 0: decided; INFINITY: no number; NAN: cannot be told */
    size_t clusters; /* organisations or replicates that were judged by */
    bool replicates;
    const char *reason; /* why it cannot be judged; "" if it can */
};

/* Judges all hypotheses of the configuration, which passed coop_hypothesis_verify. `ret`
 * [hypotheses]. `seed` decides the draws of the bootstrap. */
enum coop_status coop_judge(const struct coop_config *config, const struct coop_model *model,
                            const struct coop_source *source, uint64_t seed,
                            struct coop_judgement *ret);

/* Holm's correction of `count` p values: `ret_holm` [count]. NAN counts as 1. */
enum coop_status coop_holm(const double *p, size_t count, double *ret_holm);

#endif
