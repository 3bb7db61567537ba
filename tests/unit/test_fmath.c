/* coopsim - GPL-3.0-or-later
 *
 * The elementary functions against libm in long double: the error bounds that fmath.h promises,
 * over dense sweeps and random arguments, and the exact values that the model relies on. */
#include "sim/base/fmath.h"
#include "sim/base/rng.h"
#include "tests/unit/isa.h"

#include <float.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include <cmocka.h>

enum { SWEEP = 200000, SWEEPS = 6 };

#define SAMPLED_BITS 0x756afe2159e9c4dfu

/* The error is within bounds if the absolute or the relative one is; 0 is no bound. Arguments of
 * a `single` function are rounded to float first. */
struct function {
    const char *name;
    double (*ours)(double x);
    long double (*truth)(long double x);
    double low, high;
    bool single;
    double absolute, relative;
};

static double expf_ours(double x)
{
    return (double)coop_expf((float)x);
}

static double logf_ours(double x)
{
    return (double)coop_logf((float)x);
}

static double sigf_ours(double x)
{
    return (double)coop_sigf((float)x);
}

static double sin_ours(double x)
{
    return (double)coop_sin_octant((float)x);
}

static double cos_ours(double x)
{
    return (double)coop_cos_octant((float)x);
}

static long double sig_truth(long double x)
{
    return 1.0L / (1.0L + expl(-x));
}

static long double logit_truth(long double p)
{
    return logl(p) - log1pl(-p);
}

/* The logit's argument p/(1-p) is rounded, so that near p = 1/2 its error is absolute. */
static const struct function functions[] = {
    {"expf", expf_ours, expl, -87, 88, true, 0, 2e-7},
    {"logf", logf_ours, logl, FLT_MIN, FLT_MAX, true, 1e-7, 2e-7},
    {"sigf", sigf_ours, sig_truth, -87, 87, true, 0, 2.5e-7},
    {"sin_octant", sin_ours, sinl, 0, 0.785398163, true, 1.2e-7, 0},
    {"cos_octant", cos_ours, cosl, 0, 0.785398163, true, 1.2e-7, 0},
    {"exp", coop_exp, expl, -708, 709, false, 0, 1e-15},
    {"log", coop_log, logl, DBL_MIN, DBL_MAX, false, 0, 1e-15},
    {"sig", coop_sig, sig_truth, -708, 708, false, 0, 1e-15},
    {"logit", coop_logit, logit_truth, 1e-300, 1 - DBL_EPSILON, false, 1e-15, 1e-15},
};

static double unit_random(uint32_t index, uint32_t draw)
{
    struct coop_block block = coop_draw(2026, coop_purpose("fmath.argument"), 0, 0, index, draw);
    return ((double)block.word[0] + 0.5) * 0x1p-32;
}

/* Between low and high, both positive, at the fraction `at` on a logarithmic scale. */
static double geometric(double low, double high, double at)
{
    return exp(log(low) + at * (log(high) - log(low)));
}

/* Argument number i of a sweep: evenly spaced and random, plainly and in magnitude (of either
 * sign), and close to 1 on either side; clipped to the domain. */
static double argument(const struct function *f, int sweep, int i)
{
    double even = (double)(i / 2) / (SWEEP / 2 - 1), sign = i % 2 == 0 ? 1 : -1;
    double at = sweep % 2 == 0 ? even : unit_random((uint32_t)i, (uint32_t)sweep);
    double smallest = f->low > 0 ? f->low : 1e-30, x;
    if (sweep < 2)
        x = f->low + at * (f->high - f->low);
    else if (sweep < 4)
        x = sign * geometric(smallest, fmax(f->high, -f->low), at);
    else
        x = 1 + sign * geometric(DBL_EPSILON, 1, at);
    return coop_clip(x, f->low, f->high);
}

/* How large the error is as a part of what is allowed. */
static double used_bound(const struct function *f, double x)
{
    long double truth = f->truth((long double)x);
    double error = (double)fabsl((long double)f->ours(x) - truth);
    if (error == 0)
        return 0;
    double absolute = f->absolute > 0 ? error / f->absolute : INFINITY;
    double relative = f->relative > 0 ? error / (double)fabsl(truth) / f->relative : INFINITY;
    return fmin(absolute, relative);
}

static void errors_are_bounded(void **state)
{
    const struct function *f = *state;
    double worst = 0, worst_at = 0;
    for (int i = 0; i < SWEEPS * SWEEP; i++) {
        double x = argument(f, i / SWEEP, i % SWEEP);
        if (f->single)
            x = (double)(float)x;
        double used = used_bound(f, x);
        if (!(used <= worst)) {
            worst = used;
            worst_at = x;
        }
    }
    print_message("# %s: %.0f %% of the allowed error at %.17g\n", f->name, 100 * worst, worst_at);
    assert_true(worst < 1);
}

static void assert_rising(double (*f)(double x), double low, double high, double step)
{
    double previous = f(low);
    for (double x = low; x <= high; x += step) {
        assert_true(f(x) >= previous);
        previous = f(x);
    }
}

static double log_of_exp_ours(double x)
{
    return coop_log(exp(x));
}

static double logf_of_exp_ours(double x)
{
    return logf_ours(exp(x));
}

static void functions_rise(void **state)
{
    (void)state;
    assert_rising(expf_ours, -90, 90, 0x1p-13);
    assert_rising(sigf_ours, -90, 90, 0x1p-13);
    assert_rising(logf_of_exp_ours, -87, 88, 0x1p-13);
    assert_rising(coop_exp, -710, 710, 0x1p-10);
    assert_rising(coop_sig, -710, 710, 0x1p-10);
    assert_rising(log_of_exp_ours, -708, 709, 0x1p-10);
    assert_rising(coop_logit, 0x1p-20, 1 - 0x1p-20, 0x1p-20);
}

/* Neutral values leave a state unchanged only if these are exact. */
static void neutral_values_are_exact(void **state)
{
    (void)state;
    assert_true(coop_expf(0.0f) == 1.0f && coop_expf(-0.0f) == 1.0f);
    assert_true(coop_exp(0.0) == 1.0 && coop_exp(-0.0) == 1.0);
    assert_true(coop_logf(1.0f) == 0.0f && coop_log(1.0) == 0.0);
    assert_true(coop_sigf(0.0f) == 0.5f && coop_sig(0.0) == 0.5 && coop_logit(0.5) == 0.0);
    assert_true(coop_sin_octant(0.0f) == 0.0f && coop_cos_octant(0.0f) == 1.0f);
}

static void limits_are_finite(void **state)
{
    (void)state;
    assert_true(isnormal(coop_expf(-87.0f)) && isnormal(coop_expf(88.0f)));
    assert_true(coop_expf(-1e30f) == coop_expf(-87.0f));
    assert_true(coop_expf(INFINITY) == coop_expf(88.0f));
    assert_true(isnormal(coop_exp(-708.0)) && isnormal(coop_exp(709.0)));
    assert_true(coop_exp(-1e300) == coop_exp(-708.0));
    assert_true(coop_exp(INFINITY) == coop_exp(709.0));
    assert_true(isfinite(coop_logf(FLT_MIN)) && isfinite(coop_logf(FLT_MAX)));
    assert_true(isfinite(coop_log(DBL_MIN)) && isfinite(coop_log(DBL_MAX)));
    assert_true(coop_sigf(1e30f) == 1.0f && coop_sig(1e300) == 1.0);
    assert_true(coop_sigf(-1e30f) > 0.0f && coop_sig(-1e300) > 0.0);
}

static uint64_t hash_of(uint64_t hash, uint64_t bits)
{
    for (int byte = 0; byte < 64; byte += 8)
        hash = (hash ^ (bits >> byte & 0xff)) * 1099511628211u;
    return hash;
}

/* A contraction, another order of operations or a call of libm would show here, whatever compiler
 * and instruction set. The value was computed with gcc 12 and clang 14 and must never change
 * without a new version of the model, since every result changes with it. */
static void bits_are_the_same_everywhere(void **state)
{
    (void)state;
    enum { COUNT = 4096 };
    static float single[5][COUNT];
    static double both[4][COUNT];
    for (int i = 0; i < COUNT; i++) {
        float x = (float)(i - COUNT / 2) / 31, t = (float)i * 0x1.8p-13f;
        single[0][i] = coop_expf(x);
        single[1][i] = coop_logf(t + 0x1p-20f);
        single[2][i] = coop_sigf(x);
        single[3][i] = coop_sin_octant(t);
        single[4][i] = coop_cos_octant(t);
        both[0][i] = coop_exp((double)(i - COUNT / 2) / 3);
        both[1][i] = coop_log((double)i / 37 + 0x1p-40);
        both[2][i] = coop_sig((double)(i - COUNT / 2) / 61);
        both[3][i] = coop_logit((i + 0.5) / COUNT);
    }
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < sizeof single / sizeof **single; i++)
        hash = hash_of(hash, coop_bits_of_f32((&single[0][0])[i]));
    for (size_t i = 0; i < sizeof both / sizeof **both; i++)
        hash = hash_of(hash, coop_bits_of_f64((&both[0][0])[i]));
    print_message("# hash of the sampled values: 0x%016jx\n", (uintmax_t)hash);
    assert_true(hash == SAMPLED_BITS);
}

enum { FUNCTIONS = sizeof functions / sizeof *functions };

int main(void)
{
    if (!machine_has_isa())
        return skip_all();
    struct CMUnitTest tests[FUNCTIONS + 4] = {
        cmocka_unit_test(functions_rise),
        cmocka_unit_test(neutral_values_are_exact),
        cmocka_unit_test(limits_are_finite),
        cmocka_unit_test(bits_are_the_same_everywhere),
    };
    for (int i = 0; i < FUNCTIONS; i++)
        tests[4 + i] = (struct CMUnitTest){.name = functions[i].name,
                                           .test_func = errors_are_bounded,
                                           .initial_state = (void *)&functions[i]};
    return cmocka_run_group_tests_name("fmath", tests, NULL, NULL);
}
