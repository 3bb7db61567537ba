/* coopsim - GPL-3.0-or-later
 *
 * The generator: Philox4x32-10 against the known-answer vectors of Random123, the layout of the
 * counter, uniforms to the bit, and the vectorised fills against the draw of one word. */
#include "sim/base/fill.h"
#include "sim/base/rng.h"
#include "tests/unit/isa.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static void assert_block(struct coop_block block, uint32_t w0, uint32_t w1, uint32_t w2,
                         uint32_t w3)
{
    assert_int_equal(block.word[0], w0);
    assert_int_equal(block.word[1], w1);
    assert_int_equal(block.word[2], w2);
    assert_int_equal(block.word[3], w3);
}

/* From Random123's file of known answers, philox4x32, 10 rounds. */
static void philox_gives_known_answers(void **state)
{
    (void)state;
    struct coop_block ones = {{~0u, ~0u, ~0u, ~0u}};
    struct coop_block pi = {{0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u}};
    assert_block(coop_philox((struct coop_block){{0}}, 0), 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu,
                 0x9b00dbd8u);
    assert_block(coop_philox(ones, ~(uint64_t)0), 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u,
                 0x6d5451fdu);
    assert_block(coop_philox(pi, 0x299f31d0a4093822u), 0xd16cfe09u, 0x94fdccebu, 0x5001e420u,
                 0x24126ea1u);
}

/* From the reference page of FNV-1a, 32 bits. */
static void purposes_are_fnv1a(void **state)
{
    (void)state;
    assert_int_equal(coop_purpose(""), 0x811c9dc5u);
    assert_int_equal(coop_purpose("a"), 0xe40c292cu);
    assert_int_equal(coop_purpose("foobar"), 0xbf9cf968u);
}

/* The bit of the counter that makes coop_draw's block; -1 if it is not a single bit. */
static int counter_bit(struct coop_block block)
{
    for (int bit = 0; bit < 128; bit++) {
        struct coop_block counter = {{0}};
        counter.word[bit / 32] = 1u << bit % 32;
        struct coop_block ours = coop_philox(counter, 7);
        if (memcmp(&ours, &block, sizeof block) == 0)
            return bit;
    }
    return -1;
}

static void mark_bit(int seen[128], struct coop_block block)
{
    int bit = counter_bit(block);
    assert_in_range(bit, 0, 127);
    seen[bit]++;
}

/* Every bit of every argument moves one bit of the counter, and no two the same: so different
 * arguments have different counters, and a block under one key is never used twice. */
static void counter_fields_do_not_overlap(void **state)
{
    (void)state;
    int seen[128] = {0};
    for (int bit = 0; bit < 32; bit++) {
        mark_bit(seen, coop_draw(7, 1u << bit, 0, 0, 0, 0));
        mark_bit(seen, coop_draw(7, 0, 1u << bit, 0, 0, 0));
    }
    for (int bit = 0; bit < COOP_TIME_BITS; bit++)
        mark_bit(seen, coop_draw(7, 0, 0, (int64_t)1 << bit, 0, 0));
    for (int bit = 0; bit < COOP_INDEX_BITS; bit++) {
        mark_bit(seen, coop_draw(7, 0, 0, 0, 1u << bit, 0));
        mark_bit(seen, coop_draw(7, 0, 0, 0, 0, 1u << bit));
    }
    for (int bit = 0; bit < 128; bit++)
        assert_int_equal(seen[bit], 1);
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void streams_have_keys_of_their_own(void **state)
{
    (void)state;
    enum { SEEDS = 16, REPLICATES = 64, KEYS = 2 * SEEDS * REPLICATES };
    uint64_t key[KEYS];
    for (uint32_t i = 0; i < KEYS; i++)
        key[i] = coop_stream_key(i / 2 % SEEDS, i / 2 / SEEDS, i % 2 ? "population" : "dynamics");
    qsort(key, KEYS, sizeof *key, by_value);
    for (size_t i = 1; i < KEYS; i++)
        assert_true(key[i - 1] != key[i]);
}

/* All 2^23 of them; the lower 9 bits of the word must not matter. */
static void uniforms_are_odd_multiples(void **state)
{
    (void)state;
    for (uint32_t step = 0; step < 1u << 23; step++) {
        float u = coop_uniform(step << 9 | (step & 0x1ffu));
        double multiple = (double)u * 0x1p24;
        if (multiple != 2.0 * step + 1.0)
            fail_msg("step %u gives %.9g", step, (double)u);
    }
    assert_true(coop_uniform(0) == 0x1p-24f && coop_uniform(~0u) == 1.0f - 0x1p-24f);
}

static void normals_are_symmetric_and_bounded(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 100000; i++) {
        struct coop_block b = coop_draw(7, 8, 0, 0, i, 0);
        uint32_t radius = i == 0 ? 0 : i == 1 ? ~0u : b.word[0];
        float x[2], y[2];
        coop_normal_pair(radius, b.word[1], &x[0], &x[1]);
        coop_normal_pair(radius, b.word[1] ^ 6u, &y[0], &y[1]);
        assert_true(x[0] == -y[0] && x[1] == -y[1]);
        assert_true(fabsf(x[0]) <= 5.77f && fabsf(x[1]) <= 5.77f);
    }
}

static void integers_fill_their_range(void **state)
{
    (void)state;
    for (uint32_t range = 1; range < 1000; range++) {
        assert_int_equal(coop_below(0, range), 0);
        assert_int_equal(coop_below(~0u, range), range - 1);
    }
    assert_int_equal(coop_below(0x12345678u, ~0u), 0x12345677u);
}

enum { LANES_MOST = 5 * COOP_FILL_BLOCK };

struct fill {
    uint32_t index[LANES_MOST], organisation[LANES_MOST];
    float ours[4][LANES_MOST], truth[4][LANES_MOST];
};

static const float untouched = -99;

/* Positions and organisations are spread over all their bits. What a fill of `lanes` must leave
 * alone is marked. */
static void prepare(struct fill *f)
{
    for (uint32_t i = 0; i < LANES_MOST; i++) {
        struct coop_block b = coop_draw(11, 12, 13, 14, i, 0);
        f->index[i] = b.word[0] >> (32 - COOP_INDEX_BITS);
        f->organisation[i] = b.word[1];
        for (int w = 0; w < 4; w++)
            f->ours[w][i] = f->truth[w][i] = untouched;
    }
}

static size_t whole_steps(size_t lanes)
{
    return (lanes + COOP_FILL_STEP - 1) / COOP_FILL_STEP * COOP_FILL_STEP;
}

static void assert_same_values(const struct fill *f)
{
    assert_memory_equal(f->ours, f->truth, sizeof f->ours);
}

static void assert_uniforms_equal_draws(size_t lanes, uint64_t key, uint32_t time, uint32_t draw)
{
    struct fill f;
    prepare(&f);
    coop_fill_uniform(key, f.index, f.organisation, lanes, time, 6, draw,
                      (float *const[4]){f.ours[0], f.ours[1], f.ours[2], f.ours[3]});
    for (size_t i = 0; i < whole_steps(lanes); i++) {
        struct coop_block b = coop_draw(key, 6, f.organisation[i], time, f.index[i], draw);
        for (int w = 0; w < 4; w++)
            f.truth[w][i] = coop_uniform(b.word[w]);
    }
    assert_same_values(&f);
}

static void assert_normals_equal_draws(size_t lanes, uint64_t key, uint32_t time, uint32_t draw)
{
    struct fill f;
    prepare(&f);
    coop_fill_normal(key, f.index, f.organisation, lanes, time, 6, draw, 2,
                     (float *const[4]){f.ours[0], f.ours[1], f.ours[2], f.ours[3]});
    for (size_t i = 0; i < whole_steps(lanes); i++) {
        struct coop_block b = coop_draw(key, 6, f.organisation[i], time, f.index[i], draw);
        for (int w = 0; w < 4; w += 2)
            coop_normal_pair(b.word[w], b.word[w + 1], &f.truth[w][i], &f.truth[w + 1][i]);
    }
    assert_same_values(&f);
}

/* For every length, and for the largest time and draw. */
static void fills_equal_draws(void **state)
{
    (void)state;
    const uint32_t last_time = (1u << COOP_TIME_BITS) - 1, last_draw = (1u << 20) - 1;
    const uint64_t key = 0x8badf00ddeadbeefu;
    for (size_t lanes = 0; lanes <= LANES_MOST; lanes++) {
        uint32_t time = (uint32_t)lanes * 991, draw = (uint32_t)lanes * 31;
        assert_uniforms_equal_draws(lanes, key + lanes, time, draw);
        assert_normals_equal_draws(lanes, key + lanes, time, draw);
    }
    assert_uniforms_equal_draws(LANES_MOST, ~key, last_time, last_draw);
    assert_normals_equal_draws(LANES_MOST, ~key, last_time, last_draw);
}

static void fill_words_equal_philox(void **state)
{
    (void)state;
    struct fill f;
    struct coop_fill_words words;
    prepare(&f);
    size_t count =
        coop_fill_block(3, f.index, f.organisation, 4, 5, 6, COOP_FILL_BLOCK + 1, &words);
    assert_int_equal(count, COOP_FILL_BLOCK);
    for (size_t i = 0; i < count; i++) {
        struct coop_block b = coop_draw(3, 5, f.organisation[i], 4, f.index[i], 6);
        assert_block(b, words.word[0][i], words.word[1][i], words.word[2][i], words.word[3][i]);
    }
}

int main(void)
{
    if (!machine_has_isa())
        return skip_all();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(philox_gives_known_answers),
        cmocka_unit_test(purposes_are_fnv1a),
        cmocka_unit_test(counter_fields_do_not_overlap),
        cmocka_unit_test(streams_have_keys_of_their_own),
        cmocka_unit_test(uniforms_are_odd_multiples),
        cmocka_unit_test(normals_are_symmetric_and_bounded),
        cmocka_unit_test(integers_fill_their_range),
        cmocka_unit_test(fill_words_equal_philox),
        cmocka_unit_test(fills_equal_draws),
    };
    return cmocka_run_group_tests_name("rng", tests, NULL, NULL);
}
