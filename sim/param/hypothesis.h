/* coopsim - GPL-3.0-or-later
 *
 * Hypotheses: what a configuration's author wants tested, as the list `hypotheses:` says it.
 *
 *     hypotheses:
 *       - {name: H3, claim: Power accumulates even among equals, contrast: paired,
 *          measure: power_gini, case: equals, against: twin, expect: higher, margin: .05}
 *       - {name: H2, contrast: correlation, measure: power_gini, with: potential_logit_sd,
 *          cases: [worker, consumer], lag: 52, expect: higher}
 *       - {name: H1, contrast: ordering, measure: autonomy_logit_sd,
 *          order: [[consumer], [solidarity, worker]], expect: lower, margin: .02}
 *       - {name: trend, contrast: trend, measure: power_gini, over: rights.workers,
 *          cases: [none, half, all], expect: lower}
 *       - {name: high, contrast: threshold, measure: power_gini, case: worker, value: .5,
 *          expect: higher}
 *       - {name: sticks, contrast: swap_share, measure: swap_gap_52, case: swap, against: control,
 *          value: .5, expect: higher}
 *
 * Values are those of the last 52 weeks. A case is named by its name or, if a twin is meant, by
 * CASE/TWIN. */
#ifndef COOP_PARAM_HYPOTHESIS_H
#define COOP_PARAM_HYPOTHESIS_H

#include "sim/param/config.h"

enum coop_contrast {
    COOP_PAIRED,      /* one case against another */
    COOP_TREND,       /* the slope over the value of a parameter in several cases */
    COOP_CORRELATION, /* of two measures across organisations */
    COOP_ORDERING,    /* groups of cases, each beyond the one before it */
    COOP_THRESHOLD,   /* one case against a number */
    COOP_SWAP_SHARE   /* the share of a gap that stays where it was when two change places, against
                         a number */
};
/* Whether it compares its case with another one, `against`. */
static inline bool coop_contrast_has_against(enum coop_contrast contrast)
{
    return contrast == COOP_PAIRED || contrast == COOP_SWAP_SHARE;
}
enum coop_expected {
    COOP_EXPECT_LOWER,
    COOP_EXPECT_HIGHER,
    COOP_EXPECT_EQUAL,
    COOP_EXPECT_NONE /* no direction is predicted: reported, without a verdict */
};

/* The words of the two, in their order, ending with NULL. */
extern const char *const coop_contrast_words[];
extern const char *const coop_expected_words[];

struct coop_hypothesis_case {
    char *name; /* CASE or CASE/TWIN */
    struct coop_place place;
    size_t group; /* of an ordering, from 0 */
};

/* Texts are "" where there is none or where they are at fault, which is among the problems. */
struct coop_hypothesis {
    char *name, *claim, *measure;
    enum coop_contrast contrast;
    enum coop_expected expect;
    struct coop_hypothesis_case *item; /* one of a paired contrast, a threshold, a swap */
    size_t cases;
    char *against; /* a case, "twin" (the item's own), or CASE/TWIN */
    char *with;    /* the other measure of a correlation */
    int64_t lag;   /* weeks that `with` is earlier than `measure`; negative: later */
    bool pooled;   /* a correlation over all cases as if they were one; else within each */
    char *over;    /* the parameter of a trend */
    double value;  /* of a threshold, in the measure's unit; of a swap's share */
    double margin; /* smallest effect of interest, >= 0; of `equal` the largest that is none, > 0 */
    double within; /* of an ordering: cases of a group differ by less than it; NAN: may differ */
    double alpha;  /* false alarms accepted in all hypotheses of the file together, 0 to .5 */
    double level;  /* of the interval, .5 to .999 */
    struct coop_place place, name_place, measure_place, against_place, with_place, over_place,
        lag_place;
};

#endif
