/* coopsim - GPL-3.0-or-later
 *
 * Expectations: which runs they speak of, and the verdict on them. */
#ifndef COOP_ENGINE_EXPECT_H
#define COOP_ENGINE_EXPECT_H

#include "sim/engine/model.h"
#include "sim/param/design.h"

enum coop_verdict { COOP_AS_EXPECTED, COOP_NOT_AS_EXPECTED, COOP_UNDETERMINED };

/* What came out for one expectation. */
struct coop_finding {
    enum coop_verdict verdict;
    double estimate;  /* difference from the other run, or without one the mean; NAN: undefined */
    double error;     /* its standard error over organisations */
    double low, high; /* its interval at the expectation's level */
    size_t organisations; /* that it is taken over */
    const char *reason;   /* why there is no interval; "" if there is one */
};

/* Measures that the model does not have, cases and twins that the configuration does not have. Not
 * what reading the configuration has already reported. */
void coop_expect_verify(const struct coop_model *model, const struct coop_config *config,
                        struct coop_problems *problems);

/* The parts of it: a measure; a case or CASE/TWIN; what a case is compared with. "" is passed over. */
void coop_expect_verify_measure(const struct coop_model *model, const char *measure,
                                struct coop_place place, struct coop_problems *problems);
void coop_expect_verify_run(const struct coop_config *config, const char *name,
                            struct coop_place place, struct coop_problems *problems);
void coop_expect_verify_against(const struct coop_config *config,
                                const struct coop_expectation *expectation,
                                struct coop_problems *problems);

/* The run that an expectation is about and the one to compare it with (the same run if it is
 * compared with a number), of a design that passed the check. */
void coop_expect_runs(const struct coop_design *design, const struct coop_expectation *expectation,
                      size_t *ret_run, size_t *ret_other);
bool coop_expect_is_value(const struct coop_expectation *expectation);

/* Higher: as expected if the whole interval is above the margin, not as expected if the whole
 * interval is below it; lower is its mirror image. Equal: as expected if the interval is inside
 * -margin to +margin, not as expected if it is wholly outside. Else undetermined, also without an
 * interval (NAN). Of an expectation against a number the interval is the mean's, and the number
 * takes the place of 0. */
enum coop_verdict coop_expect_judge(const struct coop_expectation *expectation, double low,
                                    double high);

#endif
