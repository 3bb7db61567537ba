/* coopsim - GPL-3.0-or-later */
#include "sim/report/ticks.h"

#include <math.h>
#include <stdio.h>

/* The round number nearest to a wanted step. */
static double round_step(double step)
{
    const double power = pow(10, floor(log10(step)));
    const double digit = step / power;
    return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
}

static double step_of(struct coop_scale scale, size_t wanted)
{
    return round_step((scale.high - scale.low) / (double)(wanted > 0 ? wanted : 1));
}

struct coop_scale coop_scale_round(double low, double high, bool log, size_t wanted)
{
    struct coop_scale scale = {low, high, log && low > 0};
    if (!isfinite(low) || !isfinite(high) || low > high)
        return (struct coop_scale){0, 1, false};
    if (low == high && scale.log)
        return (struct coop_scale){low / 2, high * 2, true};
    if (low == high)
        scale = (struct coop_scale){low - (low != 0 ? fabs(low) / 2 : 1),
                                    high + (low != 0 ? fabs(low) / 2 : 1), false};
    if (scale.log)
        return scale;
    /* A hair of rounding shall not cost a whole step; a wider scale may have wider steps. */
    const double hair = 1e-9;
    for (int round = 0; round < 4; round++) {
        const double step = step_of(scale, wanted);
        scale.low = step * floor(scale.low / step + hair);
        scale.high = step * ceil(scale.high / step - hair);
    }
    return scale;
}

static void add(struct coop_ticks *ticks, struct coop_scale scale, double value)
{
    const double hair = 1e-9 * (scale.high - scale.low);
    if (ticks->count < COOP_TICKS_MAX && value >= scale.low - hair && value <= scale.high + hair)
        ticks->value[ticks->count++] = value;
}

static struct coop_ticks linear(struct coop_scale scale, size_t wanted)
{
    struct coop_ticks ticks = {.count = 0};
    const double step = step_of(scale, wanted), first = ceil(scale.low / step - 1e-9);
    for (size_t i = 0; i < COOP_TICKS_MAX; i++)
        add(&ticks, scale, (first + (double)i) * step + 0.0);
    ticks.decimals = (int)-floor(log10(step) + 1e-9);
    if (ticks.decimals < 0)
        ticks.decimals = 0;
    if (ticks.decimals > 6)
        ticks.decimals = -1;
    return ticks;
}

/* Powers of ten, every so many of them where they are many, with 2 and 5 where they are few. */
static struct coop_ticks logarithmic(struct coop_scale scale, size_t wanted)
{
    struct coop_ticks ticks = {.count = 0, .decimals = -1};
    const double first = floor(log10(scale.low)), last = ceil(log10(scale.high));
    const double every = ceil((last - first) / (double)(wanted > 0 ? wanted : 1));
    const bool few = (last - first) * 2 <= (double)wanted;
    for (double power = first; power <= last; power += every) {
        add(&ticks, scale, pow(10, power));
        if (few) {
            add(&ticks, scale, 2 * pow(10, power));
            add(&ticks, scale, 5 * pow(10, power));
        }
    }
    return ticks.count >= 2 ? ticks
                            : linear((struct coop_scale){scale.low, scale.high, false}, wanted);
}

struct coop_ticks coop_ticks_of(struct coop_scale scale, size_t wanted)
{
    return scale.log ? logarithmic(scale, wanted) : linear(scale, wanted);
}

void coop_tick_text(const struct coop_ticks *ticks, double value, char ret[COOP_TICK_TEXT])
{
    if (ticks->decimals < 0)
        snprintf(ret, COOP_TICK_TEXT, "%g", value);
    else
        snprintf(ret, COOP_TICK_TEXT, "%s%.*f",
                 value < 0 && fabs(value) > 1e-12 ? "\xE2\x88\x92" : "", ticks->decimals,
                 fabs(value));
}

double coop_scale_place(struct coop_scale scale, double value)
{
    if (scale.log)
        return log(value / scale.low) / log(scale.high / scale.low);
    return (value - scale.low) / (scale.high - scale.low);
}
