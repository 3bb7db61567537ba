/* coopsim - GPL-3.0-or-later
 *
 * The market (ODD 2, step 8), of the whole economy: organisations meet every four weeks.
 * Those behind the unweighted mean of productivity y* feel pressure,
 *
 *     Pi += (4/13)(kappa max(0, (y* - y) / sd_y) - Pi),
 *
 * or all feel a constant one. Until costs exist output rises with machines, division and skill by
 * construction. */
#include "models/seo/productivity.h"
#include "sim/base/block.h"

#define COOP_OWNER market
#define SOURCE "ODD 2, step 8"
#define MARKET_PARAMS(X)                                                                           \
    X(REAL, competition, "market.competition", 0, 0, 100, "1", "0",                                \
      "Pressure on an organisation one standard deviation behind the mean, kappa", SOURCE)         \
    X(REAL, memory, "market.memory", 4.0 / 13, 0, 1, "1/month", NULL,                              \
      "Rate at which pressure follows the gap, a month", SOURCE)                                   \
    X(REAL, pressure, "market.pressure", NAN, -10, 10, "1", "unset",                               \
      "A constant pressure Pi on all instead of the market; unset: the market", SOURCE)
COOP_PARAMS(MARKET_PARAMS)

enum { PRODUCTIVITY, OUTPUT };
static const struct coop_field market_fields[] = {
    {"market_productivity", COOP_ORGANISATION, COOP_F64, 1, "1", "Productivity of the last month"},
    {"market_output", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Output of a worker"}};

/* A constant pressure, which a schedule may set or unset in any month. */
static void market_month(const struct coop_batch *b)
{
    const struct market_params *params = b->params;
    for (size_t o = 0; o < b->organisations && !isnan(params->pressure); o++)
        coop_organisation(b, SEO_PRESSURE, 0)[o] = params->pressure;
}

static bool competes(const struct market_params *params)
{
    return params->competition > 0 && isnan(params->pressure);
}

static void market_signal(const struct coop_batch *b)
{
    if (!competes(b->params))
        return;
    seo_productivity(b, coop_worker(b, b->own + OUTPUT, 0),
                     coop_organisation(b, b->own + PRODUCTIVITY, 0));
}

/* Without competition nothing is felt, and what is left of earlier pressure fades. */
static void market_meet(const struct coop_meeting *meeting)
{
    const struct market_params *params = meeting->params;
    if (!isnan(params->pressure))
        return;
    const double *y = coop_meeting_organisation(meeting, meeting->own + PRODUCTIVITY, 0);
    double *pressure = coop_meeting_organisation(meeting, SEO_PRESSURE, 0);
    size_t organisations = meeting->organisations;
    double mean = coop_block_sum(y, organisations) / (double)organisations;
    double deviation = sqrt(coop_block_sum_squares(y, mean, organisations) / (double)organisations);
    for (size_t o = 0; o < organisations; o++) {
        double gap = deviation > 0 ? (mean - y[o]) / deviation : 0;
        double felt = gap > 0 ? params->competition * gap : 0;
        pressure[o] += params->memory * (felt - pressure[o]);
    }
}

COOP_MECHANISM(market) = {
    .name = "market",
    .summary = "Organisations that fall behind the others feel market pressure",
    .source = SOURCE,
    .params = &market_table,
    .fields = market_fields,
    .field_count = sizeof market_fields / sizeof *market_fields,
    .month = market_month,
    .signal = market_signal,
    .meet = market_meet,
};
