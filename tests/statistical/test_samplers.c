/* coopsim - GPL-3.0-or-later
 *
 * The samplers of the model path against the distributions they claim, and draws with neighbouring
 * indices, weeks, organisations, purposes, replicates and seeds against each other.
 *
 * Every row is one test with a two-sided p-value. It runs twice: as it is, when p must be above
 * FALSE_ALARM / rows (Bonferroni: with seeds chosen at random, one run of the file in a million
 * would fail although nothing is wrong), and with a bias planted, when p must be below: so no test
 * is blind. Seeds are fixed, hence there are no retries. */
#include "sim/base/fmath.h"
#include "sim/base/rng.h"
#include "tests/statistical/p_value.h"

#include <gsl/gsl_cdf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define FALSE_ALARM 1e-6

enum { COUNT = 1 << 20, CELLS = 256 };

struct sampler_test {
    const char *name;
    double (*p_value)(double bias);
    double bias; /* what the test must detect; what it does is said in each p_value */
};

/* One static sample of pairs is enough, since the tests run one after the other. */
static double x[COUNT], y[COUNT];

/* Uniforms; the bias makes them smaller by that part, or raises them to the power 1 + bias. */

static void fill_uniform(void)
{
    uint32_t purpose = coop_purpose("test.uniform");
    for (uint32_t i = 0; i < COUNT; i++)
        x[i] = (double)coop_uniform(coop_draw(1, purpose, 0, 0, i, 0).word[0]);
}

static double uniform_cells(double bias)
{
    double count[CELLS] = {0};
    fill_uniform();
    for (size_t i = 0; i < COUNT; i++)
        count[(size_t)(x[i] * (1 - bias) * CELLS)]++;
    return p_of_equal_cells(count, CELLS);
}

static double uniform_cdf(double u)
{
    return u;
}

static double uniform_distribution(double bias)
{
    fill_uniform();
    for (size_t i = 0; i < COUNT; i++)
        x[i] = pow(x[i], 1 + bias);
    return p_of_distribution(x, COUNT, uniform_cdf);
}

/* The lowest bits of a uniform, which cells do not see; the bias turns a part of them even. */
static double uniform_low_bits(double bias)
{
    double count[CELLS] = {0};
    fill_uniform();
    for (size_t i = 0; i < COUNT; i++) {
        size_t low = (size_t)(x[i] * 0x1p23) % CELLS;
        count[(double)(i % 1000) < bias * 1000 ? low & ~(size_t)1 : low]++;
    }
    return p_of_equal_cells(count, CELLS);
}

/* A pair of normals: x the first, y the second. */

static void fill_normal(void)
{
    uint32_t purpose = coop_purpose("test.normal");
    for (uint32_t i = 0; i < COUNT; i++) {
        struct coop_block block = coop_draw(2, purpose, 0, 0, i, 0);
        float first, second;
        coop_normal_pair(block.word[0], block.word[1], &first, &second);
        x[i] = (double)first;
        y[i] = (double)second;
    }
}

/* Moments of all values of both; the bias is added to the moment's own direction. */
static double p_of_moment(double (*moment)(double z), double variance)
{
    double sum = 0;
    for (size_t i = 0; i < COUNT; i++)
        sum += moment(x[i]) + moment(y[i]);
    return p_of_z(sum / sqrt(2.0 * COUNT * variance));
}

/* Hermite polynomials: uncorrelated under the null, with variances 1, 2, 6, 24. */
static double hermite1(double z)
{
    return z;
}

static double hermite2(double z)
{
    return z * z - 1;
}

static double hermite3(double z)
{
    return z * z * z - 3 * z;
}

static double hermite4(double z)
{
    return z * z * z * z - 6 * z * z + 3;
}

static void bend_normals(double bias, double (*direction)(double z))
{
    fill_normal();
    for (size_t i = 0; i < COUNT; i++) {
        x[i] += bias * direction(x[i]);
        y[i] += bias * direction(y[i]);
    }
}

static double one(double z)
{
    (void)z;
    return 1;
}

static double normal_mean(double bias)
{
    bend_normals(bias, one);
    return p_of_moment(hermite1, 1);
}

static double normal_variance(double bias)
{
    bend_normals(bias, hermite1);
    return p_of_moment(hermite2, 2);
}

static double normal_skewness(double bias)
{
    bend_normals(bias, hermite2);
    return p_of_moment(hermite3, 6);
}

static double normal_kurtosis(double bias)
{
    bend_normals(bias, hermite3);
    return p_of_moment(hermite4, 24);
}

static double first_normal_distribution(double bias)
{
    bend_normals(bias, one);
    return p_of_distribution(x, COUNT, gsl_cdf_ugaussian_P);
}

static double second_normal_distribution(double bias)
{
    bend_normals(bias, one);
    memcpy(x, y, sizeof x);
    return p_of_distribution(x, COUNT, gsl_cdf_ugaussian_P);
}

/* How many values of both lie beyond +-limit, after multiplication by 1 + bias. */
static double p_of_tails(double limit, double bias)
{
    double count = 0;
    fill_normal();
    for (size_t i = 0; i < COUNT; i++)
        count += (fabs(x[i] * (1 + bias)) > limit) + (fabs(y[i] * (1 + bias)) > limit);
    double p = 2 * gsl_cdf_ugaussian_Q(limit), expected = 2.0 * COUNT * p;
    if (expected > 1e4)
        return p_of_z((count - expected) / sqrt(expected * (1 - p)));
    return p_of_poisson(count, expected);
}

static double normal_tail_2(double bias)
{
    return p_of_tails(2, bias);
}

static double normal_tail_3(double bias)
{
    return p_of_tails(3, bias);
}

static double normal_tail_4(double bias)
{
    return p_of_tails(4, bias);
}

static double normal_tail_5(double bias)
{
    return p_of_tails(5, bias);
}

/* The second normal takes a part of the first. */
static double normal_pair_correlation(double bias)
{
    fill_normal();
    for (size_t i = 0; i < COUNT; i++)
        y[i] += bias * x[i];
    return p_of_correlation(x, y, COUNT, 1);
}

/* Correlation of the squares: the second is larger where the first is. */
static double normal_pair_squares(double bias)
{
    fill_normal();
    for (size_t i = 0; i < COUNT; i++) {
        y[i] = hermite2(y[i] * (1 + bias * hermite2(x[i])));
        x[i] = hermite2(x[i]);
    }
    return p_of_correlation(x, y, COUNT, 2);
}

static double normal_pair_chessboard(double bias)
{
    fill_normal();
    for (size_t i = 0; i < COUNT; i++) {
        y[i] = gsl_cdf_ugaussian_P(y[i] + bias * x[i]);
        x[i] = gsl_cdf_ugaussian_P(x[i]);
    }
    return p_of_chessboard(x, y, COUNT);
}

/* The octants are equally likely. A part `bias` of the pairs has its signs made positive. */
static double normal_pair_octants(double bias)
{
    double count[8] = {0};
    fill_normal();
    for (size_t i = 0; i < COUNT; i++) {
        bool biased = (double)(i % 1000) < bias * 1000;
        size_t octant = (size_t)(fabs(x[i]) > fabs(y[i])) << 2;
        if (!biased)
            octant |= (size_t)(x[i] < 0) << 1 | (size_t)(y[i] < 0);
        count[octant]++;
    }
    return p_of_equal_cells(count, 8);
}

static double exponential_cdf(double t)
{
    return gsl_cdf_exponential_P(t, 1);
}

/* -ln u, as in waiting times and the choice of a successor; the bias lengthens it. */
static double exponential_distribution(double bias)
{
    fill_uniform();
    for (size_t i = 0; i < COUNT; i++)
        x[i] = -(double)coop_logf((float)x[i]) * (1 + bias);
    return p_of_distribution(x, COUNT, exponential_cdf);
}

static double second_smallest_of_nine(uint32_t index)
{
    double smallest = 1, second = 1;
    for (uint32_t k = 0; k < 9; k++) {
        uint32_t purpose = coop_purpose("test.beta");
        double u = (double)coop_uniform(coop_draw(3, purpose, 0, 0, index, k / 4).word[k % 4]);
        second = fmin(second, fmax(smallest, u));
        smallest = fmin(smallest, u);
    }
    return second;
}

static double beta_cdf(double s)
{
    return gsl_cdf_beta_P(s, 2, 8);
}

/* Beta(2, 8), the initial skill; the bias makes it smaller by that part. */
static double beta_distribution(double bias)
{
    for (uint32_t i = 0; i < COUNT; i++)
        x[i] = second_smallest_of_nine(i) * (1 - bias);
    return p_of_distribution(x, COUNT, beta_cdf);
}

/* Integers below 10; a part `bias` of the nines becomes zeros. */
static double integer_cells(double bias)
{
    double count[10] = {0};
    uint32_t purpose = coop_purpose("test.integer");
    for (uint32_t i = 0; i < COUNT; i++)
        count[coop_below(coop_draw(4, purpose, 0, 0, i, 0).word[0], 10)]++;
    double moved = bias * count[9];
    count[9] -= moved;
    count[0] += moved;
    return p_of_equal_cells(count, 10);
}

/* Independence of neighbouring draws: where a draw is. The bias is a part of the first that the
 * second takes. */
struct arguments {
    uint64_t stream;
    const char *purpose;
    uint32_t organisation, time, draw;
};

static const struct arguments base = {99, "test.a", 5, 8, 0};

/* x and y get the words of block i under `base` and of block i + shift under `other`; which words
 * are paired changes with i, so that all 16 pairs of words are covered. Centred. */
static void fill_neighbours(struct arguments other, uint32_t shift, double bias)
{
    uint32_t purpose = coop_purpose(base.purpose), other_purpose = coop_purpose(other.purpose);
    for (uint32_t i = 0; i < COUNT - 1; i++) {
        struct coop_block a = coop_draw(base.stream, purpose, base.organisation, base.time, i, 0);
        struct coop_block b = coop_draw(other.stream, other_purpose, other.organisation, other.time,
                                        i + shift, other.draw);
        x[i] = (double)coop_uniform(a.word[i % 4]) - 0.5;
        y[i] = (double)coop_uniform(b.word[i / 4 % 4]) - 0.5;
        y[i] += bias * (x[i] - y[i]);
    }
    x[COUNT - 1] = y[COUNT - 1] = 0;
}

/* The smaller p-value of correlation and chessboard, twice: Bonferroni again. */
static double p_of_neighbours(struct arguments other, uint32_t shift, double bias)
{
    fill_neighbours(other, shift, bias);
    double p = p_of_correlation(x, y, COUNT, 1.0 / 12);
    for (size_t i = 0; i < COUNT; i++) {
        x[i] += 0.5;
        y[i] += 0.5;
    }
    return fmin(1, 2 * fmin(p, p_of_chessboard(x, y, COUNT)));
}

static double neighbours_in_index(double bias)
{
    return p_of_neighbours(base, 1, bias);
}

static double neighbours_in_time(double bias)
{
    struct arguments other = base;
    other.time++;
    return p_of_neighbours(other, 0, bias);
}

static double neighbours_in_organisation(double bias)
{
    struct arguments other = base;
    other.organisation++;
    return p_of_neighbours(other, 0, bias);
}

static double neighbours_in_purpose(double bias)
{
    struct arguments other = base;
    other.purpose = "test.b";
    return p_of_neighbours(other, 0, bias);
}

static double neighbours_in_draw(double bias)
{
    struct arguments other = base;
    other.draw++;
    return p_of_neighbours(other, 0, bias);
}

static double neighbours_in_stream(double bias)
{
    struct arguments other = base;
    other.stream++;
    return p_of_neighbours(other, 0, bias);
}

static double neighbours_in_replicate(double bias)
{
    struct arguments other = base;
    other.stream = coop_stream_key(base.stream, 1, "dynamics");
    return p_of_neighbours(other, 0, bias);
}

/* Words of the same block; the chessboard over words 0 and 1, 1 and 2, 2 and 3, 3 and 0. */
static double words_of_a_block(double bias)
{
    uint32_t purpose = coop_purpose("test.words");
    for (uint32_t i = 0; i < COUNT; i++) {
        struct coop_block block = coop_draw(6, purpose, 0, 0, i, 0);
        x[i] = (double)coop_uniform(block.word[i % 4]);
        y[i] = (double)coop_uniform(block.word[(i + 1) % 4]);
        y[i] += bias * (x[i] - y[i]);
    }
    return p_of_chessboard(x, y, COUNT);
}

static const struct sampler_test tests_of_samplers[] = {
    {"uniform: cells", uniform_cells, .001},
    {"uniform: distribution", uniform_distribution, .01},
    {"uniform: low bits", uniform_low_bits, .04},
    {"normal: mean", normal_mean, .01},
    {"normal: variance", normal_variance, .005},
    {"normal: skewness", normal_skewness, .005},
    {"normal: kurtosis", normal_kurtosis, .002},
    {"normal: first of the pair", first_normal_distribution, .01},
    {"normal: second of the pair", second_normal_distribution, .01},
    {"normal: beyond 2", normal_tail_2, .01},
    {"normal: beyond 3", normal_tail_3, .02},
    {"normal: beyond 4", normal_tail_4, .05},
    {"normal: beyond 5", normal_tail_5, .3},
    {"normal: correlation of the pair", normal_pair_correlation, .01},
    {"normal: squares of the pair", normal_pair_squares, .01},
    {"normal: chessboard of the pair", normal_pair_chessboard, .03},
    {"normal: octants", normal_pair_octants, .01},
    {"exponential: distribution", exponential_distribution, .01},
    {"Beta(2, 8): distribution", beta_distribution, .01},
    {"integers: cells", integer_cells, .03},
    {"neighbours in index", neighbours_in_index, .01},
    {"neighbours in time", neighbours_in_time, .01},
    {"neighbours in organisation", neighbours_in_organisation, .01},
    {"neighbours in purpose", neighbours_in_purpose, .01},
    {"neighbours in draw", neighbours_in_draw, .01},
    {"neighbours in stream", neighbours_in_stream, .01},
    {"neighbours in replicate", neighbours_in_replicate, .01},
    {"words of a block", words_of_a_block, .03},
};

enum { TESTS = sizeof tests_of_samplers / sizeof *tests_of_samplers };

static void sampler_is_right_and_bias_is_found(void **state)
{
    const struct sampler_test *test = *state;
    double p = test->p_value(0), p_biased = test->p_value(test->bias);
    print_message("# %s: p = %.3g, with bias %g p = %.3g\n", test->name, p, test->bias, p_biased);
    assert_true(p > FALSE_ALARM / TESTS);
    assert_true(p_biased < FALSE_ALARM / TESTS);
}

int main(void)
{
    struct CMUnitTest tests[TESTS];
    for (size_t i = 0; i < TESTS; i++)
        tests[i] = (struct CMUnitTest){.name = tests_of_samplers[i].name,
                                       .test_func = sampler_is_right_and_bias_is_found,
                                       .initial_state = (void *)&tests_of_samplers[i]};
    return cmocka_run_group_tests_name("samplers", tests, NULL, NULL);
}
