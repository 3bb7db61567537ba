/* coopsim - GPL-3.0-or-later
 *
 * The group /expectations: what was expected of the runs, and what was found. */
#include "sim/io/store_judged.h"
#include "sim/io/store_parts.h"

#include <math.h>

static const struct coop_expectation *expected(const void *context, size_t row)
{
    return &((const struct coop_judged_result *)context)->expectation[row];
}

static const struct coop_finding *found(const void *context, size_t row)
{
    return &((const struct coop_judged_result *)context)->finding[row];
}

static void fill_measure(const void *context, size_t row, void *ret_row)
{
    *(const char **)ret_row = expected(context, row)->measure;
}

static void fill_unit(const void *context, size_t row, void *ret_row)
{
    const struct coop_model *model = ((const struct coop_judged_result *)context)->model;
    const int measure = coop_model_measure_find(model, expected(context, row)->measure);
    if (measure >= 0)
        *(const char **)ret_row = coop_model_measure(model, (size_t)measure)->unit;
}

static void fill_case(const void *context, size_t row, void *ret_row)
{
    *(const char **)ret_row = expected(context, row)->subject;
}

static void fill_against(const void *context, size_t row, void *ret_row)
{
    *(const char **)ret_row = expected(context, row)->against;
}

static void fill_run(const void *context, size_t row, void *ret_row)
{
    size_t run, other;
    coop_expect_runs(((const struct coop_judged_result *)context)->design, expected(context, row),
                     &run, &other);
    *(int64_t *)ret_row = (int64_t)run;
}

static void fill_against_run(const void *context, size_t row, void *ret_row)
{
    size_t run, other;
    coop_expect_runs(((const struct coop_judged_result *)context)->design, expected(context, row),
                     &run, &other);
    if (!coop_expect_is_value(expected(context, row)))
        *(int64_t *)ret_row = (int64_t)other;
}

static void fill_direction(const void *context, size_t row, void *ret_row)
{
    *(int8_t *)ret_row = (int8_t)expected(context, row)->direction;
}

static void fill_value(const void *context, size_t row, void *ret_row)
{
    if (coop_expect_is_value(expected(context, row)))
        *(double *)ret_row = expected(context, row)->value;
}

static void fill_margin(const void *context, size_t row, void *ret_row)
{
    *(double *)ret_row = expected(context, row)->margin;
}

static void fill_level(const void *context, size_t row, void *ret_row)
{
    *(double *)ret_row = expected(context, row)->level;
}

static void fill_because(const void *context, size_t row, void *ret_row)
{
    *(const char **)ret_row = expected(context, row)->because;
}

static void fill_verdict(const void *context, size_t row, void *ret_row)
{
    *(int8_t *)ret_row = (int8_t)found(context, row)->verdict;
}

static void fill_estimate(const void *context, size_t row, void *ret_row)
{
    *(double *)ret_row = found(context, row)->estimate;
}

static void fill_error(const void *context, size_t row, void *ret_row)
{
    *(double *)ret_row = found(context, row)->error;
}

static void fill_low(const void *context, size_t row, void *ret_row)
{
    *(double *)ret_row = found(context, row)->low;
}

static void fill_high(const void *context, size_t row, void *ret_row)
{
    *(double *)ret_row = found(context, row)->high;
}

static void fill_organisations(const void *context, size_t row, void *ret_row)
{
    *(int64_t *)ret_row = (int64_t)found(context, row)->organisations;
}

static void fill_reason(const void *context, size_t row, void *ret_row)
{
    *(const char **)ret_row = found(context, row)->reason;
}

/* Numbers in the measure's unit differ in it from row to row: the variable `unit` says which. */
static const char measures_unit[] = "unit of the measure";

static const struct {
    const char *name, *units, *long_name, *choices;
    enum coop_h5_type type;
    bool padded;
    void (*fill_row)(const void *context, size_t row, void *ret_row);
} item[] = {
    {"measure", NULL, "measure, of which the mean over the last 52 weeks counts", NULL,
     COOP_H5_TEXT, false, fill_measure},
    {"unit", NULL, "unit of the measure", NULL, COOP_H5_TEXT, false, fill_unit},
    {"case", NULL, "case that the expectation is about", NULL, COOP_H5_TEXT, false, fill_case},
    {"against", NULL, "what the case is compared with; empty: the value", NULL, COOP_H5_TEXT, false,
     fill_against},
    {"run", "1", "run of the case", NULL, COOP_H5_I64, false, fill_run},
    {"against_run", "1", "run that it is compared with", NULL, COOP_H5_I64, true, fill_against_run},
    {"direction", "1", "where the case is expected", "lower|higher|equal", COOP_H5_I8, false,
     fill_direction},
    {"value", measures_unit, "number that the case is compared with", NULL, COOP_H5_F64, true,
     fill_value},
    {"margin", measures_unit, "smallest difference of interest; of equality the largest", NULL,
     COOP_H5_F64, true, fill_margin},
    {"level", "1", "level of the interval", NULL, COOP_H5_F64, true, fill_level},
    {"verdict", "1", "what came out", "as_expected|not_as_expected|undetermined", COOP_H5_I8, false,
     fill_verdict},
    {"estimate", measures_unit,
     "mean difference over organisations, paired; against a value the mean itself", NULL,
     COOP_H5_F64, true, fill_estimate},
    {"error", measures_unit, "standard error of the estimate over organisations", NULL, COOP_H5_F64,
     true, fill_error},
    {"low", measures_unit, "lower end of the interval", NULL, COOP_H5_F64, true, fill_low},
    {"high", measures_unit, "upper end of the interval", NULL, COOP_H5_F64, true, fill_high},
    {"organisations", "1", "organisations that the estimate is taken over", NULL, COOP_H5_I64,
     false, fill_organisations},
    {"reason", NULL, "why there is no interval; empty if there is one", NULL, COOP_H5_TEXT, false,
     fill_reason},
    {"because", NULL, "why it is expected, as the author says", NULL, COOP_H5_TEXT, false,
     fill_because},
};

static enum coop_status write_items(const struct coop_judged_result *judged, hid_t group,
                                    const struct coop_h5_axis *axis)
{
    for (size_t i = 0; i < sizeof item / sizeof *item; i++) {
        struct coop_h5_variable variable = {.place = group,
                                            .name = item[i].name,
                                            .type = item[i].type,
                                            .rank = 1,
                                            .axis = {*axis},
                                            .padded = item[i].padded,
                                            .choices = item[i].choices,
                                            .fill_row = item[i].fill_row,
                                            .context = judged};
        coop_h5_describe(&variable, item[i].units, item[i].long_name);
        COOP_TRY(coop_h5_write(&variable));
    }
    return COOP_OK;
}

enum coop_status coop_store_expect(hid_t file, const struct coop_judged_result *judged)
{
    hid_t group = -1;
    struct coop_h5_axis axis = {0};
    COOP_TRY(coop_h5_group(file, "expectations", &group));
    enum coop_status status = coop_h5_text_attribute(
        group, "long_name", "What the author expected of the runs, and what was found.");
    if (status == COOP_OK)
        status = coop_h5_scale(group, "expectation", judged->expectations, NULL, "1",
                               "number of the expectation", &axis);
    if (status == COOP_OK)
        status = write_items(judged, group, &axis);
    coop_h5_axis_close(&axis);
    H5Gclose(group);
    return status;
}
