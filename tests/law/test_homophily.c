/* coopsim - GPL-3.0-or-later
 *
 * Homophily (ODD 2, step 4): power in every week against p = (1 - xi) w + xi Lambda' p, solved for all
 * workers of an organisation at once, with the matrix Lambda written out. */
#include "tests/law/village.h"

#include "models/seo/status.h"
#include "sim/engine/verify.h"

#include <gsl/gsl_linalg.h>

#define SIZES                                                                                      \
    "economy.sizes=list; economy.size_list=[2, 3, 5, 12, 20, 33, 9, 9, 9, 9, 9, 9, 9, 9];"         \
    "economy.organisations=28; gender.share=.4; race.share=.3; allocation.leave=.02;"
#define LIKE SIZES "homophily.gender=1.5; homophily.race=.8;"

enum { LARGEST = 33 };

/* The exponents of the running case, and the largest difference found. */
static double same_gender, same_race, largest_difference, largest_power;

static double tie(size_t one, size_t other)
{
    return exp((((one ^ other) & 1) == 0 ? same_gender : 0) +
               (((one ^ other) & 2) == 0 ? same_race : 0));
}

/* Solves p = (1 - xi) w + xi Lambda' p; the last equation gives way to sum p = 1, which follows from
 * all of them together, so that xi = 1 has a solution too. Overwrites w with p. */
static void solve(size_t n, const double *voice, const size_t *group, double xi, double *w)
{
    gsl_matrix *a = gsl_matrix_alloc(n, n);
    gsl_vector *right = gsl_vector_alloc(n), *p = gsl_vector_alloc(n);
    gsl_permutation *order = gsl_permutation_alloc(n);
    int sign;
    for (size_t i = 0; i < n; i++) {
        double heard = 0;
        for (size_t l = 0; l < n; l++)
            heard += voice[l] * tie(group[i], group[l]);
        for (size_t l = 0; l < n; l++)
            gsl_matrix_set(a, l, i,
                           l + 1 == n ? 1
                                      : (l == i ? 1 : 0) -
                                            xi * voice[l] * tie(group[i], group[l]) / heard);
        gsl_vector_set(right, i, i + 1 == n ? 1 : (1 - xi) * w[i]);
    }
    gsl_linalg_LU_decomp(a, order, &sign);
    gsl_linalg_LU_solve(a, order, right, p);
    for (size_t i = 0; i < n; i++)
        w[i] = gsl_vector_get(p, i);
    gsl_matrix_free(a);
    gsl_vector_free(right);
    gsl_vector_free(p);
    gsl_permutation_free(order);
}

static void check_power(const struct coop_batch *b, size_t o)
{
    const struct seo_params *shared = seo_shared(b);
    double rho = shared->workers, left = (1 - rho) * shared->left, n = (double)b->size[o];
    double voice[LARGEST], votes[LARGEST], p[LARGEST], all_votes = 0, voices = 0;
    size_t group[LARGEST];
    for (size_t i = 0; i < b->size[o]; i++) {
        size_t slot = coop_slot(b, o, i);
        bool hired = seo_is_hired(b, slot);
        voice[i] = (double)coop_worker(b, SEO_VOICE, 0)[slot];
        votes[i] = hired ? 0 : shared->proxy ? 1 : (double)coop_worker(b, SEO_PRESENT, 0)[slot];
        group[i] = seo_group(b, slot);
        all_votes += votes[i];
        voices += voice[i];
    }
    for (size_t i = 0; i < b->size[o]; i++)
        p[i] = votes[i] /= all_votes;
    solve(b->size[o], voice, group, shared->susceptibility, p);
    for (size_t i = 0; i < b->size[o]; i++) {
        double others = shared->formal ? votes[i] : voice[i] / voices;
        double expected = n * (rho * p[i] + left * others) / (rho + left);
        double found = (double)coop_worker(b, SEO_POWER, 0)[coop_slot(b, o, i)];
        largest_power = fmax(largest_power, found);
        largest_difference = fmax(largest_difference, fabs(found - expected) / fmax(1, expected));
    }
}

static void check_assembly(const struct coop_batch *b)
{
    for (size_t o = 0; o < b->organisations; o++)
        if (coop_organisation(b, SEO_ATTENDANCE, 0)[o] > 0)
            check_power(b, o);
}

static const struct coop_mechanism after = {.name = "after", .act = check_assembly};

static void power_solves_its_equation(void **state)
{
    struct village_model model;
    struct village v;
    village_surround(&model, village_seo(), "influence", NULL, &after);
    village_begin(&v, &model.model, *state);
    same_gender = coop_param_real(&v.set, "homophily.gender");
    same_race = coop_param_real(&v.set, "homophily.race");
    largest_difference = largest_power = 0;
    coop_run_live(&v.run, 40);
    print_message("# nD up to %.2f, largest difference %.2g\n", largest_power, largest_difference);
    assert_true(largest_power > 2);
    assert_true(largest_difference < 2e-6);
    village_end(&v);
}

/* The largest difference of nW after a few weeks. */
static double difference(const char *set, const char *other_set)
{
    struct village v, other;
    double largest = 0;
    village_begin_seo(&v, set);
    village_begin_seo(&other, other_set);
    coop_run_live(&v.run, 8);
    coop_run_live(&other.run, 8);
    int field = village_field(&v.run, "standing");
    for (size_t o = 0; o < v.run.economy.organisations; o++)
        for (size_t i = 0; i < village_values(&v.run, field, o); i++) {
            float ours, theirs;
            memcpy(&ours, village_place(&v.run, field, 0, o, i), 4);
            memcpy(&theirs, village_place(&other.run, field, 0, o, i), 4);
            largest = fmax(largest, fabs((double)ours - (double)theirs));
        }
    village_end(&v);
    village_end(&other);
    return largest;
}

/* Where all are alike, or nobody convinces, listening to one's like is listening to all. */
static void without_others_nothing_changes(void **state)
{
    (void)state;
    assert_true(difference(LIKE, SIZES) > .01);
    assert_true(difference(LIKE "gender.share=1; race.share=1", SIZES) < 2e-6);
    assert_true(difference(LIKE "influence.susceptibility=0", SIZES "influence.susceptibility=0") <
                2e-6);
}

/* Problems that say where listening to one's like would do nothing. */
static size_t refusals(const char *set)
{
    struct village v;
    struct coop_problems problems = {0};
    size_t found = 0;
    village_set_up(&v, village_seo(), set);
    coop_model_verify(v.model, &v.set, &problems);
    for (size_t i = 0; i < problems.count; i++)
        found += strstr(problems.item[i].text, "is for assemblies that decide by the mean") != NULL;
    coop_problems_free(&problems);
    village_end(&v);
    return found;
}

static void other_rules_are_refused(void **state)
{
    (void)state;
#define TIED "race.share=.3; homophily.race=1;"
    assert_int_equal(refusals(TIED), 0);
    assert_int_equal(refusals(TIED "decide.rule=true; decide.rules=[mean]"), 0);
    assert_int_equal(refusals(TIED "decide.rules=[mean, board]"), 0);
    assert_int_equal(refusals(TIED "governance.rule=majority"), 1);
    assert_int_equal(refusals(TIED "decide.rule=true; decide.rules=[mean, majority]"), 1);
    assert_int_equal(refusals(TIED "sortition.on=true"), 1);
    assert_int_equal(refusals(TIED "rotation.on=true; decide.rotation=true"), 1);
    assert_int_equal(refusals("sortition.on=true; race.share=.3"), 0);
}

#define CASE(set)                                                                                  \
    {                                                                                              \
#set, power_solves_its_equation, NULL, NULL, (void *)(uintptr_t)set                        \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(SIZES),
        CASE(LIKE),
        CASE(LIKE "homophily.gender=-2; homophily.race=4"),
        CASE(LIKE "influence.susceptibility=1"),
        CASE(LIKE "influence.susceptibility=.97; attendance.intercept=-1"),
        CASE(LIKE "rights.workers=.4; rights.delegation=formal; rights.hired=.3"),
        CASE(LIKE "rights.workers=.4; association.absent=proxy; rights.hired=.3"),
        CASE(LIKE "rights.workers=.1; attendance.mode=expected; gender.voice=-1"),
        CASE(LIKE "influence.susceptibility=1; association.absent=proxy; attendance.intercept=-2"),
        cmocka_unit_test(without_others_nothing_changes),
        cmocka_unit_test(other_rules_are_refused),
    };
    return cmocka_run_group_tests_name("homophily", tests, NULL, NULL);
}
