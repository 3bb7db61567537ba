/* coopsim - GPL-3.0-or-later
 *
 * Designs that draw lots: Latin hypercubes, Morris's trajectories and orders of arrows. The lots are the project's own
 * (Philox), a pure function of the design's seed, the axis and the place. */
#include "sim/design/points.h"

#include "sim/base/rng.h"

/* A word of the stream for a purpose. */
static uint32_t draw(uint64_t stream, uint32_t purpose, size_t axis, size_t i)
{
    const struct coop_block counter = {{(uint32_t)i, (uint32_t)axis, purpose, 0}};
    return coop_philox(counter, stream).word[0];
}

/* A permutation of 0 to count - 1 (Fisher and Yates). */
static void shuffle(size_t *order, size_t count, uint64_t stream, uint32_t purpose, size_t axis)
{
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    for (size_t i = count; i > 1; i--) {
        const size_t k = coop_below(draw(stream, purpose, axis, i), (uint32_t)i);
        const size_t other = order[k];
        order[k] = order[i - 1];
        order[i - 1] = other;
    }
}

/* McKay, Beckman and Conover 1979: of each axis one point, anywhere, in each of `points` equal
 * parts. */
void coop_points_latin_hypercube(double *unit, size_t points, size_t axes, uint64_t seed,
                                 size_t *order)
{
    const uint64_t stream = coop_stream_key(seed, 0, "design.latin_hypercube");
    for (size_t a = 0; a < axes; a++) {
        shuffle(order, points, stream, coop_purpose("design.part"), a);
        for (size_t p = 0; p < points; p++) {
            const double within =
                (double)coop_uniform(draw(stream, coop_purpose("design.within"), a, p));
            unit[p * axes + a] = ((double)order[p] + within) / (double)points;
        }
    }
}

/* Morris 1991: from a random corner of a cube of side delta = p / (2 (p - 1)) on the grid of p levels
 * to the opposite one, along one axis after the other in random order. */
static void fill_trajectory(double *unit, size_t trajectory, size_t axes, size_t levels,
                            uint64_t stream)
{
    size_t order[COOP_AXES_MAX];
    const size_t half = levels / 2;
    shuffle(order, axes, stream, coop_purpose("design.order"), trajectory);
    for (size_t a = 0; a < axes; a++) {
        const uint32_t word = draw(stream, coop_purpose("design.level"), trajectory, a);
        const size_t low = coop_below(word, (uint32_t)half);
        const bool falls = draw(stream, coop_purpose("design.falls"), trajectory, a) & 1u;
        const double below = (double)low / (double)(levels - 1);
        const double above = (double)(low + half) / (double)(levels - 1);
        for (size_t step = 0; step <= axes; step++) {
            const bool moved = step > order[a];
            unit[step * axes + a] = moved == falls ? below : above;
        }
    }
}

void coop_points_morris(double *unit, size_t trajectories, size_t axes, size_t levels,
                        uint64_t seed)
{
    const uint64_t stream = coop_stream_key(seed, 0, "design.morris");
    for (size_t t = 0; t < trajectories; t++)
        fill_trajectory(unit + t * (axes + 1) * axes, t, axes, levels, stream);
}

/* A pair of opposite orders is less variable than two that are drawn by themselves: what an arrow does
 * first and what it does last are both in it. */
void coop_points_orders(uint8_t *order, size_t orders, size_t arrows, uint64_t seed)
{
    const uint64_t stream = coop_stream_key(seed, 0, "design.arrows");
    size_t sequence[COOP_ARROWS_MAX];
    for (size_t o = 0; o + 1 < orders; o += 2) {
        shuffle(sequence, arrows, stream, coop_purpose("design.order"), o / 2);
        for (size_t i = 0; i < arrows; i++) {
            order[o * arrows + i] = (uint8_t)sequence[i];
            order[(o + 1) * arrows + arrows - 1 - i] = (uint8_t)sequence[i];
        }
    }
}
