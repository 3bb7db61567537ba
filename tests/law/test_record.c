/* coopsim - GPL-3.0-or-later
 *
 * The record: which weeks are recorded; means and deviations over organisations, and over the last
 * 52 weeks within an organisation first, computed again from the values of organisations. */
#include "tests/law/configurations.h"
#include "tests/law/village.h"

enum { YEAR = 52 };

static double value_of(const struct coop_record *record, size_t measure, size_t time,
                       size_t organisation)
{
    return (double)record
        ->organisation[(measure * record->times + time) * record->organisations + organisation];
}

static void expect(const struct coop_model *model, size_t measure, const char *what, double found,
                   double expected)
{
    if (!(fabs(found - expected) <= 2e-6 * fmax(1, fabs(expected))) &&
        !(isnan(found) && isnan(expected)))
        fail_msg("%s of %s is %.9g and not %.9g", what, coop_model_measure(model, measure)->name,
                 found, expected);
}

/* Mean, deviation with divisor n and number of the values that are there. */
struct summary {
    double total, squares, count;
};

static void add(struct summary *summary, double value)
{
    if (isnan(value))
        return;
    summary->total += value;
    summary->squares += value * value;
    summary->count++;
}

static double mean_of(struct summary summary)
{
    return summary.count > 0 ? summary.total / summary.count : NAN;
}

static double deviation_of(struct summary summary)
{
    double mean = mean_of(summary);
    return summary.count > 0 ? sqrt(fmax(0, summary.squares / summary.count - mean * mean)) : NAN;
}

static void check_times(const struct coop_model *model, const struct coop_record *record, size_t m)
{
    for (size_t t = 0; t < record->times; t++) {
        struct summary over = {0};
        for (size_t o = 0; o < record->organisations; o++)
            add(&over, value_of(record, m, t, o));
        expect(model, m, "mean", record->pooled[m * record->times + t], mean_of(over));
        double spread = record->spread[m * record->times + t], exact = deviation_of(over);
        /* The difference of squares loses half of the digits. */
        assert_true(fabs(spread - exact) <= 1e-4 * (1 + exact) || (isnan(spread) && isnan(exact)));
    }
}

/* The start is not of the last year, however short the run. */
static bool is_final(const struct coop_measure *measure, int64_t week, int64_t end)
{
    if (measure->of_whole_run)
        return week == end;
    return week == end || (week > 0 && week > end - YEAR);
}

static void check_last_year(const struct coop_model *model, const struct coop_record *record,
                            size_t m, int64_t end)
{
    struct summary over = {0};
    for (size_t o = 0; o < record->organisations; o++) {
        struct summary year = {0};
        for (size_t t = 0; t < record->times; t++)
            if (is_final(coop_model_measure(model, m), record->week[t], end))
                add(&year, value_of(record, m, t, o));
        add(&over, mean_of(year));
    }
    expect(model, m, "last year's mean", record->final_mean[m], mean_of(over));
    double error = record->final_error[m];
    assert_true(over.count > 1
                    ? fabs(error - deviation_of(over) / sqrt(over.count - 1)) <= 1e-4 * (1 + error)
                    : isnan(error));
}

static void check_weeks(const struct coop_record *record, int64_t every, int64_t end)
{
    for (size_t t = 0; t + 1 < record->times; t++)
        assert_int_equal(record->week[t], (int64_t)t * every);
    assert_int_equal(record->week[record->times - 1], end);
    assert_true(record->times == 1 || record->week[record->times - 2] < end);
}

/* Records every `every` weeks and at the end, which need not be a multiple. */
static void check_record(const struct coop_model *model, const char *configuration, int64_t every,
                         int64_t end)
{
    char set[128];
    struct village v;
    struct coop_record record;
    snprintf(set, sizeof set, "record.organisations=true; run.weeks=%d; record.every=%d", (int)end,
             (int)every);
    village_set_up(&v, model, configuration);
    village_assign(&v, set);
    village_record(&v, 1, &record);
    check_weeks(&record, every, end);
    for (size_t m = 0; m < record.measures; m++)
        if (coop_model_measure(model, m)->pool == NULL) {
            check_times(model, &record, m);
            check_last_year(model, &record, m, end);
        }
    coop_record_free(&record);
    village_end(&v);
}

static void records_are_means(void **state)
{
    const struct coop_model *model;
    (void)state;
    for (size_t i = 0; (model = coop_registry_model(coop_registry_best_isa(), i)) != NULL; i++) {
        const char *configuration;
        for (size_t c = 0; (configuration = configuration_of(model, c)) != NULL; c++) {
            check_record(model, configuration, 4, 104);
            check_record(model, configuration, 13, 97);
            check_record(model, configuration, 1, 6);
            check_record(model, configuration, 3, 0);
        }
    }
}

/* Theil's index over all workers is the sum of what is within and between organisations. */
static void theil_adds_up(void **state)
{
    struct village v;
    struct coop_record record;
    (void)state;
    village_set_up(&v, village_seo(),
                   "economy.organisations=20; economy.sizes=lognormal; record.workers=1000000;"
                   "record.every=52; run.weeks=104");
    village_record(&v, 1, &record);
    size_t within = (size_t)coop_model_measure_find(v.model, "autonomy_theil_within");
    size_t between = (size_t)coop_model_measure_find(v.model, "autonomy_theil_between");
    for (size_t t = 0; t < record.times; t++) {
        double n = (double)record.panel_workers, mean = 0, theil = 0;
        for (size_t c = 0; c < record.columns; c++) {
            const float *value = (const float *)record.column[c].value + t * record.panel_workers;
            if (strcmp(record.column[c].name, "autonomy") != 0)
                continue;
            for (size_t i = 0; i < record.panel_workers; i++)
                mean += (double)value[i] / n;
            for (size_t i = 0; i < record.panel_workers; i++)
                theil += (double)value[i] / mean * log((double)value[i] / mean) / n;
        }
        assert_true(theil > 1e-3);
        assert_true(fabs(record.pooled[within * record.times + t] +
                         record.pooled[between * record.times + t] - theil) < 1e-6);
    }
    coop_record_free(&record);
    village_end(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_are_means),
        cmocka_unit_test(theil_adds_up),
    };
    return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
