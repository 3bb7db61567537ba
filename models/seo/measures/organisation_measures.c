/* coopsim - GPL-3.0-or-later
 *
 * What the organisation is like: participation, the governed variables, the division of labour,
 * productivity (ODD 4). */
#include "models/seo/jobs.h"
#include "models/seo/productivity.h"

enum { OUTPUT, RESULT, HOURS };
static const struct coop_field organisation_fields[] = {
    {"organisation_output", COOP_WORKER_SCRATCH, COOP_F32, 1, "1", "Output of a worker"},
    {"organisation_result", COOP_ORGANISATION_SCRATCH, COOP_F64, 1, "1", "A measure"},
    {"organisation_hours", COOP_ORGANISATION_SCRATCH, COOP_F64, COOP_EACH_KIND, "1",
     "The organisation's hours: x averaged over positions"}};

#define SHARE(name_, formula_, summary_)                                                           \
    {                                                                                              \
        .name = name_, .unit = "1", .formula = formula_, .summary = summary_, .min = 0, .max = 1,  \
        .neutral = NAN                                                                             \
    }
#define AMOUNT(name_, unit_, formula_, summary_)                                                   \
    {                                                                                              \
        .name = name_, .unit = unit_, .formula = formula_, .summary = summary_, .min = 0,          \
        .max = NAN, .neutral = NAN                                                                 \
    }

enum {
    TURNOUT,
    TURNOUT_BOTTOM80,
    SOLIDARITY,
    VOTED,
    DIVISION_IN_FORCE = VOTED + SEO_VARIABLE_COUNT,
    HIERARCHY_IN_FORCE,
    LEVELS,
    ADMINISTRATIVE_SHARE,
    EDUCATION,
    TRAINING,
    PRESSURE,
    PRODUCTIVITY,
    SIZE
};
static const struct coop_measure organisation_measures[] = {
    SHARE("turnout", "mean of n_present / n since the last record", "Turnout of the assembly"),
    SHARE("turnout_bottom80", "turnout of all but the max(1, floor(n/5)) largest W",
          "Turnout of the bottom 80 % by power"),
    SHARE("solidarity", "S", "Solidarity"),
    SHARE("mechanisation", "m", "Mechanisation"),
    SHARE("formalisation", "f", "Formalisation"),
    SHARE("hierarchy", "H as voted", "Hierarchy as voted"),
    SHARE("division", "D as voted", "Division of labour as voted"),
    SHARE("pay_spread", "pay spread", "Spread of pay as voted"),
    SHARE("product", "product", "Production for the market (1) or for use and mission (0)"),
    SHARE("division_in_force", "D in force", "Division of labour in force this month"),
    SHARE("hierarchy_in_force", "H in force", "Hierarchy in force this month"),
    AMOUNT("levels", "1", "1 + H (L - 1)", "Reported hierarchical levels"),
    SHARE("administrative_share", "share of hours in the two kinds of most empowerment",
          "Administrative share of the hours"),
    AMOUNT("required_education", "1", "mean over positions of sum x education",
           "Education that a position requires on average"),
    AMOUNT("training_time", "week", "mean over positions of sum x T",
           "Training time that a position requires on average"),
    {.name = "market_pressure",
     .unit = "1",
     .formula = "Pi",
     .summary = "Market pressure",
     .min = NAN,
     .max = NAN,
     .neutral = 0},
    AMOUNT("productivity", "1", "mean of sum x (1/2 + s/2) (1 + .3 m)(1 + .2 (z - .2))",
           "Output of a worker; rises with machines, division and skill by construction"),
    AMOUNT("size", "worker", "n", "Workers in the organisation"),
};

static double weigh(const struct coop_batch *b, size_t o, const double *weight)
{
    double total = 0;
    for (size_t k = 0; k < b->kinds; k++)
        total += coop_organisation(b, b->own + HOURS, k)[o] * weight[k];
    return total;
}

/* Coordination and information, or whatever the two kinds of most empowerment are called. */
static void administrative_kinds(const struct coop_batch *b, double *ret_weight)
{
    const double *empowerment = seo_shared(b)->tasks.empowerment.value;
    for (size_t k = 0; k < b->kinds; k++) {
        size_t above = 0;
        for (size_t other = 0; other < b->kinds; other++)
            above += empowerment[other] > empowerment[k] ||
                     (empowerment[other] == empowerment[k] && other < k);
        ret_weight[k] = above < 2 ? 1 : 0;
    }
}

static double reported_levels(const struct coop_batch *b, size_t o)
{
    size_t levels = seo_tree_levels(b->size[o], (size_t)seo_shared(b)->span);
    return 1 + coop_organisation(b, SEO_IN_FORCE, SEO_hierarchy)[o] * (double)(levels - 1);
}

static void observe_structure(const struct coop_batch *b, float *const *ret, size_t o,
                              const double *administrative)
{
    const struct seo_tasks *tasks = &seo_shared(b)->tasks;
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
        ret[VOTED + y][o] = (float)coop_organisation(b, SEO_VOTED, y)[o];
    ret[DIVISION_IN_FORCE][o] = (float)coop_organisation(b, SEO_IN_FORCE, SEO_division)[o];
    ret[HIERARCHY_IN_FORCE][o] = (float)coop_organisation(b, SEO_IN_FORCE, SEO_hierarchy)[o];
    ret[LEVELS][o] = (float)reported_levels(b, o);
    ret[ADMINISTRATIVE_SHARE][o] = (float)weigh(b, o, administrative);
    ret[EDUCATION][o] = (float)weigh(b, o, tasks->education.value);
    ret[TRAINING][o] = (float)weigh(b, o, tasks->training_weeks.value);
}

static void organisation_observe(const struct coop_batch *b, float *const *ret)
{
    double *productivity = coop_organisation(b, b->own + RESULT, 0);
    double administrative[SEO_KINDS_MAX];
    administrative_kinds(b, administrative);
    seo_productivity(b, coop_worker(b, b->own + OUTPUT, 0), productivity);
    for (size_t k = 0; k < b->kinds; k++)
        coop_batch_mean(b, coop_worker(b, SEO_SHARE, k), coop_organisation(b, b->own + HOURS, k));
    for (size_t o = 0; o < b->organisations; o++) {
        double weeks = coop_organisation(b, SEO_TURNOUT_WEEKS, 0)[o];
        double turnout = coop_organisation(b, SEO_TURNOUT_SUM, 0)[o];
        double bottom = coop_organisation(b, SEO_TURNOUT_BOTTOM_SUM, 0)[o];
        ret[TURNOUT][o] = weeks > 0 ? (float)(turnout / weeks) : NAN;
        ret[TURNOUT_BOTTOM80][o] = weeks > 0 ? (float)(bottom / weeks) : NAN;
        ret[SOLIDARITY][o] = (float)coop_organisation(b, SEO_SOLIDARITY, 0)[o];
        observe_structure(b, ret, o, administrative);
        ret[PRESSURE][o] = (float)coop_organisation(b, SEO_PRESSURE, 0)[o];
        ret[PRODUCTIVITY][o] = (float)productivity[o];
        ret[SIZE][o] = (float)b->size[o];
    }
}

COOP_OBSERVER(organisation_measures) = {
    .name = "organisation_measures",
    .summary = "Participation, structure and productivity",
    .fields = organisation_fields,
    .field_count = sizeof organisation_fields / sizeof *organisation_fields,
    .measures = organisation_measures,
    .measure_count = sizeof organisation_measures / sizeof *organisation_measures,
    .observe = organisation_observe,
};
