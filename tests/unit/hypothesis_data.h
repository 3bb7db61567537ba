/* coopsim - GPL-3.0-or-later
 *
 * Constructed data for the tests of hypotheses: two measures, cases a to d, and what each case,
 * replicate and organisation has of them. */
#ifndef COOP_TESTS_UNIT_HYPOTHESIS_DATA_H
#define COOP_TESTS_UNIT_HYPOTHESIS_DATA_H

#include "sim/base/rng.h"
#include "sim/hypothesis/judge.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { DATA_CASES = 4, DATA_MEASURES = 2, DATA_MOST = 4000 };

struct data {
    size_t replicates, organisations; /* of each replicate */
    double place[DATA_CASES];         /* of the parameter that a trend is over */
    /* The last measures are those of a year before. */
    double value[DATA_CASES][2 * DATA_MEASURES][DATA_MOST]; /* [replicates][organisations] */
};

static const struct coop_measure data_measures[] = {{.name = "x", .unit = "1"},
                                                    {.name = "y", .unit = "1"}};
static const struct coop_observer data_observer = {
    .name = "data", .measures = data_measures, .measure_count = DATA_MEASURES};
static const struct coop_observer *const data_observers[] = {&data_observer, NULL};
static const struct coop_model data_model = {.name = "data", .observers = data_observers};

static inline size_t data_case(size_t run)
{
    return run % DATA_CASES;
}

static inline bool data_finished(void *user, size_t run)
{
    (void)user;
    (void)run;
    return true;
}

static inline enum coop_status data_organisations(void *user, size_t run, size_t *ret)
{
    (void)run;
    *ret = ((const struct data *)user)->organisations;
    return COOP_OK;
}

static inline const double *data_values_of(const struct data *data, size_t run, size_t measure,
                                           int64_t shift)
{
    return data->value[data_case(run)][measure + (shift > 0 ? DATA_MEASURES : 0)] +
           run / DATA_CASES * data->organisations;
}

static inline enum coop_status data_values(void *user, size_t run, size_t measure, int64_t shift,
                                           size_t organisations, double *ret, bool *ret_there)
{
    memcpy(ret, data_values_of(user, run, measure, shift), organisations * sizeof *ret);
    *ret_there = true;
    return COOP_OK;
}

static inline enum coop_status data_value(void *user, size_t run, size_t measure, double *ret)
{
    const struct data *data = user;
    const double *value = data_values_of(data, run, measure, 0);
    *ret = 0;
    for (size_t o = 0; o < data->organisations; o++)
        *ret += value[o] / (double)data->organisations;
    return COOP_OK;
}

static inline enum coop_status data_parameter(void *user, size_t run, const char *name, double *ret)
{
    (void)name;
    *ret = ((const struct data *)user)->place[data_case(run)];
    return COOP_OK;
}

/* Every replicate has the cases a to d at one point. */
static inline struct coop_design data_design(const struct data *data)
{
    static char names[DATA_CASES][2] = {"a", "b", "c", "d"};
    static char *name[DATA_CASES] = {names[0], names[1], names[2], names[3]};
    return (struct coop_design){.runs = data->replicates * DATA_CASES,
                                .replicates = data->replicates,
                                .points = 1,
                                .entries = DATA_CASES,
                                .cases = DATA_CASES,
                                .name = name};
}

static inline struct coop_source data_source(struct data *data, const struct coop_design *design)
{
    return (struct coop_source){.user = data,
                                .design = design,
                                .finished = data_finished,
                                .organisations = data_organisations,
                                .values = data_values,
                                .value = data_value,
                                .parameter = data_parameter};
}

/* A standard normal, a pure function of its arguments. */
static inline double data_normal(uint64_t seed, uint32_t variable, uint32_t number)
{
    float first, second;
    const struct coop_block block =
        coop_draw(seed, coop_purpose("test.data"), variable, 0, number, 0);
    coop_normal_pair(block.word[0], block.word[1], &first, &second);
    return (double)first;
}

/* Judges the hypotheses of a YAML list on the data; `ret` has room for all of them. */
static inline void data_judge(struct data *data, const char *hypotheses, struct coop_judgement *ret)
{
    struct coop_config config;
    struct coop_problems problems = {0};
    char text[2048];
    snprintf(text, sizeof text,
             "cases: [{name: a}, {name: b}, {name: c}, {name: d}]\nhypotheses:\n%s", hypotheses);
    const enum coop_status read =
        coop_config_parse(&config, "x.yaml", text, strlen(text), &problems);
    coop_problems_print(&problems, stderr);
    assert_int_equal(read, COOP_OK);
    const struct coop_design design = data_design(data);
    const struct coop_source source = data_source(data, &design);
    assert_int_equal(coop_judge(&config, &data_model, &source, 1, ret), COOP_OK);
    coop_problems_free(&problems);
    coop_config_free(&config);
}

#endif
