/* coopsim - GPL-3.0-or-later
 *
 * Building of the association (ODD 2, step 7): meetings that are prepared, invited to and
 * celebrated. Every week after the assembly
 *
 *     S += rate (1 - S),
 *
 * and everybody's readiness to attend has `association_building.attendance` added in logits, which
 * step 3 does where it acts at a month's start, for the whole month. It counteracts that those of
 * little standing stay away and that unequal power erodes solidarity. Who works alone has nobody to
 * meet: there S stays. */
#include "models/seo/counter.h"

#define COOP_OWNER association_building
#define ASSOCIATION_BUILDING_PARAMS(X)                                                             \
    X(REAL, rate, "association_building.rate", .02, 0, 1, "1/week", "0",                           \
      "Share of what solidarity lacks that a week of building adds", "ODD 2, step 7")
COOP_PARAMS(ASSOCIATION_BUILDING_PARAMS)

static void association_building_act(const struct coop_batch *b)
{
    const struct association_building_params *params = b->params;
    double *solidarity = coop_organisation(b, SEO_SOLIDARITY, 0);
    if (!seo_counter_planned(seo_shared(b), SEO_COUNTER_association_building))
        return;
    for (size_t o = 0; o < b->organisations; o++)
        if (b->size[o] > 1 && seo_counter_acts(b, o, SEO_COUNTER_association_building))
            solidarity[o] += params->rate * (1 - solidarity[o]);
}

COOP_MECHANISM(association_building) = {
    .name = "association_building",
    .summary = "Building of the association raises solidarity and attendance",
    .source = "ODD 2, step 7; Putnam (2000), Bowling Alone; Ostrom (1990), Governing the Commons, "
              "on trust that meeting makes",
    .params = &association_building_table,
    .act = association_building_act,
};
