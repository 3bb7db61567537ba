/* coopsim - GPL-3.0-or-later
 *
 * Interventions (ODD 2): until its week a run with one is, bit for bit, the one without, whatever the
 * configuration; each act changes what it is to change and nothing else; where there is nobody to act
 * on, nothing happens. */
#include "models/seo/seo.h"
#include "tests/law/configurations.h"
#include "tests/law/village.h"

#define WEEK 48
#define AT "; intervention.week=48; intervention.act="

static const char *const acts[] = {"swap", "swap_control", "reassign", "reset", "impulse"};
enum { ACTS = sizeof acts / sizeof *acts };

/* The state at the start of the month of the intervention, before and after it. */
struct pair {
    struct village without, with;
};

static void begin(struct pair *pair, const char *configuration, const char *act)
{
    char set[2048];
    snprintf(set, sizeof set, "%s" AT "%s", configuration, act);
    village_begin_seo(&pair->without, configuration);
    village_begin_seo(&pair->with, set);
}

static void live(struct pair *pair, int64_t weeks)
{
    coop_run_live(&pair->without.run, weeks);
    coop_run_live(&pair->with.run, weeks);
}

/* A look begins the month, and with it the intervention. */
static void intervene(struct pair *pair)
{
    live(pair, WEEK);
    for (size_t i = 0; i < pair->with.run.economy.batches; i++)
        coop_run_look(&pair->with.run, i);
}

static void end(struct pair *pair)
{
    village_end(&pair->without);
    village_end(&pair->with);
}

static bool configuration_meets_month(const char *configuration)
{
    return strstr(configuration, "intervention") == NULL;
}

static void nothing_happens_before_its_week(void **state)
{
    const char *configuration;
    (void)state;
    for (size_t c = 0; (configuration = configuration_of(village_seo(), c)) != NULL; c++)
        for (size_t a = 0; configuration_meets_month(configuration) && a < ACTS; a++) {
            struct pair pair;
            begin(&pair, configuration, acts[a]);
            live(&pair, WEEK);
            if (!village_all_same(&pair.without.run, &pair.with.run))
                fail_msg("%s before its week, with %s", acts[a], configuration);
            end(&pair);
        }
}

/* Whether the mechanism, once it came, changed any bit that it does not note for itself. */
static bool changes(const char *configuration, const char *act, int64_t further)
{
    struct pair pair;
    begin(&pair, configuration, act);
    intervene(&pair);
    live(&pair, further);
    bool changed = !village_all_same(&pair.without.run, &pair.with.run);
    end(&pair);
    return changed;
}

static void every_act_acts(void **state)
{
    (void)state;
    for (size_t a = 0; a < ACTS; a++) {
        assert_true(changes("economy.organisations=9", acts[a], 0));
        assert_true(changes("economy.organisations=9", acts[a], 40));
    }
}

/* One worker has nobody to be swapped with and all power; a pair may not be alike. */
static void nobody_to_act_on_is_left_alone(void **state)
{
    (void)state;
    for (size_t a = 0; a < ACTS; a++)
        assert_false(changes("economy.organisations=9; economy.size=1", acts[a], 40));
    assert_false(changes("economy.organisations=9; intervention.caliper=0", "swap", 40));
    assert_false(changes("economy.organisations=9; intervention.caliper=0", "swap_control", 40));
    assert_false(changes("economy.organisations=9; intervention.impulse=0", "impulse", 40));
}

static float value_of(const struct village *v, const char *field, size_t component, size_t o,
                      size_t position)
{
    float value;
    memcpy(&value, village_place(&v->run, village_field(&v->run, field), component, o, position),
           4);
    return value;
}

static uint32_t label_of(const struct village *v, size_t o, size_t position)
{
    uint32_t label;
    memcpy(&label, village_place(&v->run, village_field(&v->run, "label"), 0, o, position), 4);
    return label;
}

static double note_of(const struct village *v, const char *field, size_t o)
{
    double note;
    memcpy(&note, village_place(&v->run, village_field(&v->run, field), 0, o, 0), 8);
    return note;
}

static double competence_of(const struct village *v, size_t o, size_t position)
{
    struct coop_real_list empowerment = village_list(v, "tasks.empowerment");
    double sum = 0, weights = 0;
    for (size_t k = 0; k < empowerment.count; k++) {
        sum += empowerment.value[k] * (double)value_of(v, "skill", k, o, position);
        weights += empowerment.value[k];
    }
    return sum / weights;
}

/* By trying all pairs: the gap of the farthest within the calipers; 0: there are none. */
static double widest_gap(const struct village *v, size_t o, double caliper)
{
    double widest = 0;
    for (size_t i = 0; i < v->run.economy.size[o]; i++)
        for (size_t j = 0; j < v->run.economy.size[o]; j++) {
            double know =
                (double)fabsf(value_of(v, "know", 0, o, i) - value_of(v, "know", 0, o, j));
            double skill = fabs(competence_of(v, o, i) - competence_of(v, o, j));
            double gap = log((double)fmaxf(value_of(v, "standing", 0, o, i), .001f)) -
                         log((double)fmaxf(value_of(v, "standing", 0, o, j), .001f));
            if (know <= caliper && skill <= caliper && gap > widest)
                widest = gap;
        }
    return widest;
}

#define SIZES                                                                                      \
    "economy.sizes=list; economy.size_list=[2, 3, 5, 20, 33, 140]; economy.organisations=24"

/* The two exchange positions with all that is theirs but half of their know-how, and nobody else does. */
static void swap_exchanges_the_farthest_pair(void **state)
{
    struct pair pair;
    size_t swapped = 0;
    (void)state;
    begin(&pair, SIZES, "swap");
    intervene(&pair);
    for (size_t o = 0; o < 24; o++) {
        const double widest = widest_gap(&pair.without, o, .05);
        const double lower = note_of(&pair.with, "intervention_lower", o) - 1;
        const double upper = note_of(&pair.with, "intervention_upper", o) - 1;
        assert_true((widest > 0) == (lower >= 0));
        for (size_t p = 0; p < pair.with.run.economy.size[o]; p++) {
            const bool one = lower >= 0 && (double)p == upper, other = (double)p == lower;
            const size_t from = one ? (size_t)lower : other ? (size_t)upper : p;
            const float kept = one || other ? .5f : 1;
            assert_int_equal(label_of(&pair.with, o, p), label_of(&pair.without, o, from));
            assert_true(value_of(&pair.with, "standing", 0, o, p) ==
                        value_of(&pair.without, "standing", 0, o, from));
            assert_true(value_of(&pair.with, "know", 0, o, p) ==
                        kept * value_of(&pair.without, "know", 0, o, from));
            assert_true(value_of(&pair.with, "office", 0, o, p) ==
                        value_of(&pair.without, "office", 0, o, p));
        }
        if (lower < 0)
            continue;
        const double gap = log((double)value_of(&pair.without, "standing", 0, o, (size_t)upper)) -
                           log((double)value_of(&pair.without, "standing", 0, o, (size_t)lower));
        assert_true(fabs(gap - widest) < 1e-5);
        swapped++;
    }
    assert_true(swapped >= 10);
    end(&pair);
}

/* The control notes the same pairs, halves the same know-how, and moves nobody. */
static void control_differs_by_the_exchange_alone(void **state)
{
    struct village swap, control;
    (void)state;
    village_begin_seo(&swap, SIZES AT "swap");
    village_begin_seo(&control, SIZES AT "swap_control");
    for (struct village *v = &swap; v != NULL; v = v == &swap ? &control : NULL) {
        coop_run_live(&v->run, WEEK);
        for (size_t i = 0; i < v->run.economy.batches; i++)
            coop_run_look(&v->run, i);
    }
    for (size_t o = 0; o < 24; o++) {
        const double upper = note_of(&swap, "intervention_upper", o) - 1;
        const double lower = note_of(&swap, "intervention_lower", o) - 1;
        assert_true(upper == note_of(&control, "intervention_upper", o) - 1);
        assert_true(lower == note_of(&control, "intervention_lower", o) - 1);
        for (size_t p = 0; p < swap.run.economy.size[o]; p++) {
            const bool one = lower >= 0 && (double)p == upper, other = (double)p == lower;
            const size_t from = one ? (size_t)lower : other ? (size_t)upper : p;
            assert_true(value_of(&swap, "know", 0, o, p) == value_of(&control, "know", 0, o, from));
            assert_int_equal(label_of(&swap, o, p), label_of(&control, o, from));
        }
    }
    village_end(&swap);
    village_end(&control);
}

/* Everybody is there once; know-how is halved for those who move, and kept by those who stay. In 240 draws
 * of three there are all six permutations, each 40 times but for chance (4.4 standard deviations). */
static void reassignment_is_any_permutation(void **state)
{
    struct pair pair;
    size_t seen[27] = {0};
    (void)state;
    begin(&pair, "economy.size=3; economy.organisations=240; allocation.leave=0", "reassign");
    intervene(&pair);
    for (size_t o = 0; o < 240; o++) {
        size_t code = 0, found = 0;
        for (size_t p = 0; p < 3; p++)
            for (size_t from = 0; from < 3; from++)
                if (label_of(&pair.with, o, p) == label_of(&pair.without, o, from)) {
                    code = 3 * code + from;
                    found |= (size_t)1 << from;
                    assert_true(value_of(&pair.with, "know", 0, o, p) ==
                                (from == p ? 1 : .5f) *
                                    value_of(&pair.without, "know", 0, o, from));
                }
        assert_int_equal(found, 7);
        seen[code]++;
    }
    size_t kinds = 0;
    for (size_t i = 0; i < 27; i++) {
        kinds += seen[i] > 0;
        assert_true(seen[i] == 0 || (seen[i] >= 15 && seen[i] <= 65));
    }
    assert_int_equal(kinds, 6);
    end(&pair);
}

static void reset_makes_know_how_equal(void **state)
{
    struct pair pair;
    (void)state;
    begin(&pair, SIZES, "reset");
    intervene(&pair);
    for (size_t o = 0; o < 24; o++) {
        double before = 0, n = (double)pair.with.run.economy.size[o];
        for (size_t p = 0; p < pair.with.run.economy.size[o]; p++) {
            before += (double)value_of(&pair.without, "know", 0, o, p) / n;
            assert_true(value_of(&pair.with, "know", 0, o, p) ==
                        value_of(&pair.with, "know", 0, o, 0));
            assert_true(value_of(&pair.with, "standing", 0, o, p) ==
                        value_of(&pair.without, "standing", 0, o, p));
        }
        assert_true(fabs(before - (double)value_of(&pair.with, "know", 0, o, 0)) < 1e-6);
    }
    end(&pair);
}

/* The noted person's share grows by the factor against every other one's, and all is renormalised. */
static void impulse_is_an_advantage_of_one(void **state)
{
    struct pair pair;
    (void)state;
    begin(&pair, SIZES, "impulse");
    intervene(&pair);
    for (size_t o = 0; o < 24; o++) {
        const size_t at = (size_t)note_of(&pair.with, "intervention_upper", o) - 1;
        const size_t n = pair.with.run.economy.size[o];
        double sum = 0;
        assert_true(note_of(&pair.with, "intervention_person", o) - 1 ==
                    (double)label_of(&pair.with, o, at));
        for (size_t p = 0; p < n; p++) {
            const double now = (double)value_of(&pair.with, "standing", 0, o, p);
            const double then = (double)value_of(&pair.without, "standing", 0, o, p);
            const double own = (double)value_of(&pair.without, "standing", 0, o, at);
            const double whole = (double)n - own + own * exp(.7);
            assert_true(fabs(now - then * (p == at ? exp(.7) : 1) * (double)n / whole) <
                        2e-6 * now);
            sum += now;
        }
        assert_true(fabs(sum - (double)n) < 1e-5 * (double)n);
    }
    end(&pair);
}

/* Of two regimes only the one that asks for it has it; a second one by schedule begins anew. */
static void a_second_intervention_begins_anew(void **state)
{
    struct pair pair;
    (void)state;
    begin(&pair, "economy.organisations=9", "swap");
    intervene(&pair);
    const double done = note_of(&pair.with, "intervention_done", 0);
    coop_run_live(&pair.with.run, 4);
    assert_true(done == WEEK + 1 && note_of(&pair.with, "intervention_done", 0) == done);
    village_assign(&pair.with, "intervention.week=56; intervention.act=reset");
    coop_run_live(&pair.with.run, 8);
    assert_true(note_of(&pair.with, "intervention_done", 0) == 57);
    assert_true(note_of(&pair.with, "intervention_lower", 0) == 0);
    end(&pair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_happens_before_its_week),
        cmocka_unit_test(every_act_acts),
        cmocka_unit_test(nobody_to_act_on_is_left_alone),
        cmocka_unit_test(swap_exchanges_the_farthest_pair),
        cmocka_unit_test(control_differs_by_the_exchange_alone),
        cmocka_unit_test(reassignment_is_any_permutation),
        cmocka_unit_test(reset_makes_know_how_equal),
        cmocka_unit_test(impulse_is_an_advantage_of_one),
        cmocka_unit_test(a_second_intervention_begins_anew),
    };
    return cmocka_run_group_tests_name("interventions", tests, NULL, NULL);
}
