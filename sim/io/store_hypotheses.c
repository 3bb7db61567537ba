/* coopsim - GPL-3.0-or-later
 *
 * The group /hypotheses: what was to be tested, and what came out. */
#include "sim/io/store_judged.h"
#include "sim/io/store_parts.h"

#include <math.h>

static const struct coop_hypothesis *claimed(const void *context, size_t row)
{
    return &((const struct coop_judged_result *)context)->hypothesis[row];
}

static const struct coop_judgement *judged(const void *context, size_t row)
{
    return &((const struct coop_judged_result *)context)->judgement[row];
}

static void fill_name(const void *context, size_t row, void *ret_row)
{
    *(const char **)ret_row = claimed(context, row)->name;
}

static void fill_claim(const void *context, size_t row, void *ret_row)
{
    *(const char **)ret_row = claimed(context, row)->claim;
}

static void fill_contrast(const void *context, size_t row, void *ret_row)
{
    *(const char **)ret_row = coop_contrast_words[claimed(context, row)->contrast];
}

static void fill_measure(const void *context, size_t row, void *ret_row)
{
    *(const char **)ret_row = claimed(context, row)->measure;
}

static void fill_expect(const void *context, size_t row, void *ret_row)
{
    *(int8_t *)ret_row = (int8_t)claimed(context, row)->expect;
}

static void fill_margin(const void *context, size_t row, void *ret_row)
{
    *(double *)ret_row = claimed(context, row)->margin;
}

static void fill_alpha(const void *context, size_t row, void *ret_row)
{
    *(double *)ret_row = claimed(context, row)->alpha;
}

static void fill_level(const void *context, size_t row, void *ret_row)
{
    *(double *)ret_row = claimed(context, row)->level;
}

static void fill_effect(const void *context, size_t row, void *ret_row)
{
    *(double *)ret_row = judged(context, row)->effect;
}

static void fill_error(const void *context, size_t row, void *ret_row)
{
    *(double *)ret_row = judged(context, row)->error;
}

static void fill_low(const void *context, size_t row, void *ret_row)
{
    *(double *)ret_row = judged(context, row)->low;
}

static void fill_high(const void *context, size_t row, void *ret_row)
{
    *(double *)ret_row = judged(context, row)->high;
}

static void fill_p(const void *context, size_t row, void *ret_row)
{
    *(double *)ret_row = judged(context, row)->p;
}

static void fill_holm(const void *context, size_t row, void *ret_row)
{
    *(double *)ret_row = judged(context, row)->holm;
}

static void fill_verdict(const void *context, size_t row, void *ret_row)
{
    *(int8_t *)ret_row = (int8_t)judged(context, row)->verdict;
}

static void fill_enough(const void *context, size_t row, void *ret_row)
{
    *(double *)ret_row = judged(context, row)->enough;
}

static void fill_units(const void *context, size_t row, void *ret_row)
{
    *(int64_t *)ret_row = (int64_t)judged(context, row)->clusters;
}

static void fill_unit(const void *context, size_t row, void *ret_row)
{
    *(int8_t *)ret_row = judged(context, row)->replicates ? 1 : 0;
}

static void fill_reason(const void *context, size_t row, void *ret_row)
{
    *(const char **)ret_row = judged(context, row)->reason;
}

/* An effect has the unit of its measure, or none if it is a correlation. */
static const struct {
    const char *name, *units, *long_name, *choices;
    enum coop_h5_type type;
    bool padded;
    void (*fill_row)(const void *context, size_t row, void *ret_row);
} item[] = {
    {"name", NULL, "name of the hypothesis", NULL, COOP_H5_TEXT, false, fill_name},
    {"claim", NULL, "what is claimed, as the author says", NULL, COOP_H5_TEXT, false, fill_claim},
    {"contrast", NULL, "what is compared", NULL, COOP_H5_TEXT, false, fill_contrast},
    {"measure", NULL, "measure, of which the mean over the last 52 weeks counts", NULL,
     COOP_H5_TEXT, false, fill_measure},
    {"expect", "1", "what is expected of the effect", "lower|higher|equal|none", COOP_H5_I8, false,
     fill_expect},
    {"margin", NULL, "smallest effect of interest; of equality the largest that is none", NULL,
     COOP_H5_F64, true, fill_margin},
    {"alpha", "1", "chance of a wrong verdict that is accepted in all hypotheses together", NULL,
     COOP_H5_F64, true, fill_alpha},
    {"level", "1", "level of the interval", NULL, COOP_H5_F64, true, fill_level},
    {"effect", NULL, "difference, slope, rank correlation, least step of an order, or mean", NULL,
     COOP_H5_F64, true, fill_effect},
    {"error", NULL, "standard error of the effect; of a correlation that of Fisher's z", NULL,
     COOP_H5_F64, true, fill_error},
    {"low", NULL, "lower end of the bootstrap interval", NULL, COOP_H5_F64, true, fill_low},
    {"high", NULL, "upper end of the bootstrap interval", NULL, COOP_H5_F64, true, fill_high},
    {"p", "1", "p value", NULL, COOP_H5_F64, true, fill_p},
    {"p_holm", "1", "p value corrected by Holm's method for all hypotheses that expect something",
     NULL, COOP_H5_F64, true, fill_holm},
    {"verdict", "1", "what came out", "supported|contradicted|undetermined|reported", COOP_H5_I8,
     false, fill_verdict},
    {"to_decide", "1",
     "units that would decide with probability 0.8; 0: decided; infinite: no number", NULL,
     COOP_H5_F64, true, fill_enough},
    {"units", "1", "units that were judged by", NULL, COOP_H5_I64, false, fill_units},
    {"unit", "1", "what a unit is", "organisation|replicate", COOP_H5_I8, false, fill_unit},
    {"reason", NULL, "why it cannot be judged; empty if it can", NULL, COOP_H5_TEXT, false,
     fill_reason},
};

static enum coop_status write_items(const struct coop_judged_result *result, hid_t group,
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
                                            .context = result};
        coop_h5_describe(&variable, item[i].units, item[i].long_name);
        COOP_TRY(coop_h5_write(&variable));
    }
    return COOP_OK;
}

enum coop_status coop_store_hypotheses(hid_t file, const struct coop_judged_result *result)
{
    hid_t group = -1;
    struct coop_h5_axis axis = {0};
    COOP_TRY(coop_h5_group(file, "hypotheses", &group));
    enum coop_status status = coop_h5_text_attribute(
        group, "long_name", "Hypotheses that were tested on the runs, and their verdicts.");
    if (status == COOP_OK)
        status = coop_h5_scale(group, "hypothesis", result->hypotheses, NULL, "1",
                               "number of the hypothesis", &axis);
    if (status == COOP_OK)
        status = write_items(result, group, &axis);
    coop_h5_axis_close(&axis);
    H5Gclose(group);
    return status;
}
