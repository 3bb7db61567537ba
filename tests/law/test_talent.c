/* coopsim - GPL-3.0-or-later
 *
 * The talent twin (ODD 5): its histories are nearly those of the real process - mean, variance and
 * autocorrelation of ln(nW) agree within the bounds that are stated here - and yet a swap tells the two
 * apart. Seeds are fixed. If the shares were alike, a difference as large as is asked for would come by
 * chance with a probability below 1e-6 (5 standard errors); if the twin's histories were as far off as
 * those of the exposure twin, the bounds would not hold, which is tested too. */
#include "tests/law/village.h"

#include <math.h>

#define ECONOMY "economy.organisations=600; economy.size=20; run.seed=21; run.population_seed=21;"
#define REAL "arrows.twin=none;"
#define TALENT "arrows.twin=talent;"
#define EXPOSURE "arrows.twin=exposure;"

enum { ORGANISATIONS = 600, SIZE = 20, WORKERS = ORGANISATIONS * SIZE };

/* ln(nW) of everybody by place in the register, and when they joined. */
struct look {
    double power[WORKERS];
    uint32_t joined[WORKERS];
};

static void look_at(const struct village *v, struct look *ret)
{
    int standing = village_field(&v->run, "standing"), label = village_field(&v->run, "label");
    int joined = village_field(&v->run, "joined");
    for (size_t o = 0; o < ORGANISATIONS; o++)
        for (size_t p = 0; p < SIZE; p++) {
            uint32_t place;
            float power;
            memcpy(&place, village_place(&v->run, label, 0, o, p), 4);
            memcpy(&power, village_place(&v->run, standing, 0, o, p), 4);
            ret->power[o * SIZE + place] = log((double)fmaxf(power, .001f));
            memcpy(&ret->joined[o * SIZE + place], village_place(&v->run, joined, 0, o, p), 4);
        }
}

struct history {
    double mean[3], variance[3]; /* in weeks 156, 260, 520 */
    double year, long_run;       /* autocorrelation of weeks 260 and 312, 260 and 520 */
};

static void find_moments(const struct look *look, double *ret_mean, double *ret_variance)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < WORKERS; i++) {
        sum += look->power[i];
        squares += look->power[i] * look->power[i];
    }
    *ret_mean = sum / WORKERS;
    *ret_variance = squares / WORKERS - *ret_mean * *ret_mean;
}

/* Of those who were there in both weeks. */
static double correlate(const struct look *first, const struct look *second, uint32_t week)
{
    double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < WORKERS; i++) {
        if (second->joined[i] > week)
            continue;
        n += 1;
        x += first->power[i];
        y += second->power[i];
        xx += first->power[i] * first->power[i];
        yy += second->power[i] * second->power[i];
        xy += first->power[i] * second->power[i];
    }
    return (n * xy - x * y) / sqrt((n * xx - x * x) * (n * yy - y * y));
}

static struct history history_of(const char *twin)
{
    static struct look early, middle, year, late;
    struct history ret;
    struct village v;
    char set[512];
    snprintf(set, sizeof set, ECONOMY "%s", twin);
    village_begin_seo(&v, set);
    coop_run_live(&v.run, 156);
    look_at(&v, &early);
    coop_run_live(&v.run, 104);
    look_at(&v, &middle);
    coop_run_live(&v.run, 52);
    look_at(&v, &year);
    coop_run_live(&v.run, 208);
    look_at(&v, &late);
    village_end(&v);
    find_moments(&early, &ret.mean[0], &ret.variance[0]);
    find_moments(&middle, &ret.mean[1], &ret.variance[1]);
    find_moments(&late, &ret.mean[2], &ret.variance[2]);
    ret.year = correlate(&middle, &year, 260);
    ret.long_run = correlate(&middle, &late, 260);
    return ret;
}

/* Means within .08, variances within 15 %, autocorrelations within .04: power among persons who differ
 * for good cannot be quite as unequal, since who has little of it comes as often as others do. */
static bool agree(const struct history *a, const struct history *b)
{
    bool ret = fabs(a->year - b->year) < .04 && fabs(a->long_run - b->long_run) < .04;
    for (size_t i = 0; i < 3; i++)
        ret = ret && fabs(a->mean[i] - b->mean[i]) < .08 &&
              fabs(a->variance[i] - b->variance[i]) < .15 * b->variance[i];
    return ret;
}

static void histories_agree(void **state)
{
    (void)state;
    const struct history real = history_of(REAL), talent = history_of(TALENT);
    const struct history exposure = history_of(EXPOSURE);
    for (size_t i = 0; i < 3; i++)
        print_message("# mean %.3f %.3f, variance %.3f %.3f\n", real.mean[i], talent.mean[i],
                      real.variance[i], talent.variance[i]);
    print_message("# autocorrelation %.3f %.3f, %.3f %.3f\n", real.year, talent.year, real.long_run,
                  talent.long_run);
    assert_true(agree(&talent, &real));
    assert_false(agree(&exposure, &real));
}

/* The gaps after a year, of each organisation. */
static void find_gaps(const char *twin, const char *act, double ret[ORGANISATIONS])
{
    struct village v;
    struct coop_record record;
    char set[512];
    snprintf(set, sizeof set,
             ECONOMY "%s intervention.act=%s; intervention.week=260; run.weeks=312;"
                     "record.every=52; record.organisations=true",
             twin, act);
    village_set_up(&v, village_seo(), set);
    village_record(&v, 1, &record);
    size_t measure = (size_t)coop_model_measure_find(village_seo(), "swap_gap_52");
    for (size_t o = 0; o < ORGANISATIONS; o++)
        ret[o] = (double)record.final_organisation[measure * ORGANISATIONS + o];
    coop_record_free(&record);
    village_end(&v);
}

struct share {
    double value, error;
};

/* 1/2 (1 + d_swap / d_control), with the standard error of a ratio of means. */
static struct share share_of(const char *twin)
{
    static double swap[ORGANISATIONS], control[ORGANISATIONS];
    double x = 0, y = 0, squares = 0;
    find_gaps(twin, "swap", swap);
    find_gaps(twin, "swap_control", control);
    for (size_t o = 0; o < ORGANISATIONS; o++)
        if (!isnan(swap[o]) && !isnan(control[o])) {
            x += swap[o];
            y += control[o];
        }
    for (size_t o = 0; o < ORGANISATIONS; o++)
        if (!isnan(swap[o]) && !isnan(control[o]))
            squares += pow(swap[o] - x / y * control[o], 2);
    return (struct share){(1 + x / y) / 2, sqrt(squares) / y / 2};
}

static void a_swap_tells_them_apart(void **state)
{
    (void)state;
    const struct share real = share_of(REAL), talent = share_of(TALENT);
    print_message(
        "# share of the gap that stays with positions: real %.3f +- %.3f, talent %.3f +- %.3f\n",
        real.value, real.error, talent.value, talent.error);
    assert_true(talent.value + 5 * talent.error < .15);
    assert_true(talent.value - 5 * talent.error > -.15);
    assert_true(real.value - talent.value > 5 * hypot(real.error, talent.error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(histories_agree),
        cmocka_unit_test(a_swap_tells_them_apart),
    };
    return cmocka_run_group_tests_name("talent", tests, NULL, NULL);
}
