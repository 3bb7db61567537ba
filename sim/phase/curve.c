/* coopsim - GPL-3.0-or-later
 *
 * Marching squares on a net (Lorensen and Cline 1987, in two dimensions), its crossings found by
 * bisection. */
#include "sim/phase/curve.h"

#include "sim/param/grow.h"

#include <math.h>
#include <stdlib.h>

struct point {
    double x, y;
};

struct net {
    const struct coop_plane *plane;
    double *value; /* [lines][lines], the row of the least y first */
    struct coop_curve_segment *segment;
    size_t segments;
};

static double place(const struct net *net, size_t line)
{
    return (double)line / (double)(net->plane->lines - 1);
}

static struct point knot(const struct net *net, size_t column, size_t row)
{
    return (struct point){place(net, column), place(net, row)};
}

static double value_at(const struct net *net, struct point at)
{
    return net->plane->of(net->plane->context, at.x, at.y) - 1;
}

/* The crossing between a place below 0 and one not below, 2^-40 of their distance exactly. */
static struct point bisect(const struct net *net, struct point below, struct point above)
{
    enum { HALVINGS = 40 };
    for (int i = 0; i < HALVINGS; i++) {
        const struct point middle = {(below.x + above.x) / 2, (below.y + above.y) / 2};
        if (value_at(net, middle) < 0)
            below = middle;
        else
            above = middle;
    }
    return (struct point){(below.x + above.x) / 2, (below.y + above.y) / 2};
}

/* A mesh's corners, counterclockwise from the one with the least coordinates. */
struct mesh {
    struct point corner[4];
    double value[4];
};

static enum coop_status join(struct net *net, struct point from, struct point to)
{
    if (!coop_grow(&net->segment, net->segments, sizeof *net->segment))
        return COOP_FAIL(COOP_MEMORY, "out of memory for the curve of the critical gain");
    net->segment[net->segments++] = (struct coop_curve_segment){{from.x, to.x}, {from.y, to.y}};
    return COOP_OK;
}

/* The crossings of the sides that have one, in the order of the sides; a side's ends are taken in one
 * order, so that its crossing is the same in both of its meshes. */
static size_t find_crossings(const struct net *net, const struct mesh *mesh, struct point ret[4])
{
    size_t crossings = 0;
    for (size_t side = 0; side < 4; side++) {
        const size_t next = (side + 1) % 4;
        const bool below = mesh->value[side] < 0;
        if (below == (mesh->value[next] < 0))
            continue;
        ret[crossings++] =
            bisect(net, mesh->corner[below ? side : next], mesh->corner[below ? next : side]);
    }
    return crossings;
}

/* Four crossings: the middle tells which corners belong together. */
static enum coop_status cross_mesh(struct net *net, const struct mesh *mesh)
{
    struct point crossing[4];
    for (size_t i = 0; i < 4; i++)
        if (isnan(mesh->value[i]))
            return COOP_OK;
    const size_t crossings = find_crossings(net, mesh, crossing);
    if (crossings == 2)
        return join(net, crossing[0], crossing[1]);
    if (crossings == 0)
        return COOP_OK;
    const struct point middle = {(mesh->corner[0].x + mesh->corner[2].x) / 2,
                                 (mesh->corner[0].y + mesh->corner[2].y) / 2};
    const bool with_first = (value_at(net, middle) < 0) == (mesh->value[0] < 0);
    COOP_TRY(join(net, crossing[0], crossing[with_first ? 1 : 3]));
    return join(net, crossing[2], crossing[with_first ? 3 : 1]);
}

static enum coop_status cross_all(struct net *net)
{
    const size_t lines = net->plane->lines;
    for (size_t row = 0; row + 1 < lines; row++)
        for (size_t column = 0; column + 1 < lines; column++) {
            const double *low = net->value + row * lines + column, *high = low + lines;
            const struct mesh mesh = {.corner = {knot(net, column, row), knot(net, column + 1, row),
                                                 knot(net, column + 1, row + 1),
                                                 knot(net, column, row + 1)},
                                      .value = {low[0], low[1], high[1], high[0]}};
            COOP_TRY(cross_mesh(net, &mesh));
        }
    return COOP_OK;
}

enum coop_status coop_curve_find(const struct coop_plane *plane, struct coop_curve_segment **ret,
                                 size_t *ret_count, double *ret_low, double *ret_high)
{
    const size_t knots = plane->lines * plane->lines;
    struct net net = {.plane = plane, .value = calloc(knots, sizeof *net.value)};
    if (net.value == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the curve of the critical gain");
    *ret_low = *ret_high = (double)NAN;
    for (size_t k = 0; k < knots; k++) {
        net.value[k] = value_at(&net, knot(&net, k % plane->lines, k / plane->lines));
        *ret_low = fmin(*ret_low, net.value[k] + 1);
        *ret_high = fmax(*ret_high, net.value[k] + 1);
    }
    const enum coop_status status = cross_all(&net);
    free(net.value);
    *ret = net.segment;
    *ret_count = net.segments;
    return status;
}
