/* coopsim - GPL-3.0-or-later
 *
 * The seo model's shared parameters and state, and its registration. */
#include "models/seo/gain.h"
#include "models/seo/rules/list.h"
#include "models/seo/seo.h"
#include "sim/engine/model.h"

#include <string.h>

#define SOURCE_TASKS "ODD 1, table of task kinds"
#define SOURCE_GOVERNANCE "ODD 2, step 5"
#define SOURCE_REGIMES "ODD 3"
#define SOURCE_COUNTERS "ODD 2, step 7"

#define SEO_IDEAL_ROW(X, name, kind, whose, ideal_)                                                \
    X(REAL, variable[SEO_##name].ideal[SEO_##kind], #name "." whose, ideal_, 0, 1, "1", NULL,      \
      "Ideal of " #name " of outsiders of the kind " whose, SOURCE_GOVERNANCE)

#define SEO_VARIABLE_ROWS(X, name, start_, intercept_, interest_, pressure_, owners_, consumers_,  \
                          funders_, community_, fixed_)                                            \
    X(REAL, variable[SEO_##name].start, #name ".start", start_, 0, 1, "1", NULL,                   \
      "Value of " #name " at week 0", SOURCE_GOVERNANCE)                                           \
    X(REAL, variable[SEO_##name].intercept, #name ".intercept", intercept_, -10, 10, "logit",      \
      NULL, "Members' ideal of " #name " apart from everything else, c", SOURCE_GOVERNANCE)        \
    X(REAL, variable[SEO_##name].interest, #name ".interest", interest_, -10, 10, "logit", "0",    \
      "Weight of the position's interest in the ideal of " #name ", s", SOURCE_GOVERNANCE)         \
    X(REAL, variable[SEO_##name].pressure, #name ".pressure", pressure_, -10, 10, "logit", "0",    \
      "Weight of market pressure in the ideal of " #name ", k", SOURCE_GOVERNANCE)                 \
    SEO_IDEAL_ROW(X, name, OWNERS, "owners", owners_)                                              \
    SEO_IDEAL_ROW(X, name, CONSUMERS, "consumers", consumers_)                                     \
    SEO_IDEAL_ROW(X, name, FUNDERS, "funders", funders_)                                           \
    SEO_IDEAL_ROW(X, name, COMMUNITY, "community", community_)                                     \
    X(REAL, variable[SEO_##name].irreversibility, #name ".irreversibility", fixed_, 0, 1, "1",     \
      "0", "How much slower " #name " falls than it rises", SOURCE_GOVERNANCE)                     \
    X(BOOLEAN, variable[SEO_##name].open, #name ".open", 1, "false",                               \
      "Whether " #name " is open to decision", SOURCE_GOVERNANCE)

#define SEO_ARROW_ROW(X, name, returns, sentence)                                                  \
    X(CHOICE, cut[SEO_ARROW_##name], "arrows." #name, 0, 1, "intact|cut", "intact",                \
      "A cut replaces " sentence, "ODD 5")

#define SEO_COUNTER_ROWS(X, name)                                                                  \
    X(BOOLEAN, counter[SEO_COUNTER_##name].on, #name ".on", 0, "false",                            \
      "Whether the counter-mechanism " #name " acts", SOURCE_COUNTERS)                             \
    X(INTEGER, counter[SEO_COUNTER_##name].start, #name ".start", 0, 0, 10000000, "week", NULL,    \
      "First week of " #name ", or of the vote on it", SOURCE_COUNTERS)                            \
    X(INTEGER, counter[SEO_COUNTER_##name].end, #name ".end", 10000000, 0, 10000000, "week", NULL, \
      "Week in which " #name " ends", SOURCE_COUNTERS)                                             \
    X(REAL, counter[SEO_COUNTER_##name].cost, #name ".cost", 0, 0, 1, "1", "0",                    \
      "Share of the output that " #name " takes while it acts", SOURCE_COUNTERS)                   \
    X(BOOLEAN, counter[SEO_COUNTER_##name].vote, "decide." #name, 0, "false",                      \
      "Whether " #name " is put to the vote, from its first week on", SOURCE_COUNTERS)

#define SEO_PARAMS(X)                                                                              \
    X(CHOICE, twin, "arrows.twin", 0, SEO_TWIN_TALENT, "none|exposure|voiceless|talent", "none",   \
      "Exposure cuts all return arrows, voiceless sets the weights of the voice to 0, talent "     \
      "cuts "                                                                                      \
      "all return arrows and lets a talent that nothing changes convince in the place of "         \
      "know-how",                                                                                  \
      "ODD 5")                                                                                     \
    X(CHOICE, act, "intervention.act", SEO_ACT_NONE, SEO_ACT_IMPULSE,                              \
      "none|swap|swap_control|reassign|reset|impulse", "none",                                     \
      "What is done to every organisation, once", "ODD 2, interventions")                          \
    SEO_COUNTER_LIST(SEO_COUNTER_ROWS, X)                                                          \
    SEO_ARROWS(SEO_ARROW_ROW, X)                                                                   \
    X(TEXTS, tasks.name, "tasks.name",                                                             \
      "coordination, information, craft, service, routine, support", SEO_KINDS_MAX,                \
      "Task kinds, in falling empowerment", SOURCE_TASKS)                                          \
    X(REALS, tasks.empowerment, "tasks.empowerment", ".95, .80, .60, .35, .15, .05",               \
      SEO_KINDS_MAX, 0, 1, "1", "Empowerment e of a task kind", SOURCE_TASKS)                      \
    X(REALS, tasks.speed, "tasks.speed", ".90, .80, .65, .40, .20, .30", SEO_KINDS_MAX, .001,      \
      .999, "1", "Autonomy over the speed of work in a task kind", SOURCE_TASKS)                   \
    X(REALS, tasks.intensity, "tasks.intensity", ".85, .70, .60, .45, .25, .30", SEO_KINDS_MAX,    \
      .001, .999, "1", "Autonomy over the intensity of work in a task kind", SOURCE_TASKS)         \
    X(REALS, tasks.means, "tasks.means", ".95, .75, .70, .50, .20, .25", SEO_KINDS_MAX, .001,      \
      .999, "1", "Autonomy over the means of work in a task kind", SOURCE_TASKS)                   \
    X(REALS, tasks.onerousness, "tasks.onerousness", ".20, .25, .35, .50, .70, .90",               \
      SEO_KINDS_MAX, 0, 1, "1", "Onerousness of a task kind", SOURCE_TASKS)                        \
    X(REALS, tasks.training_weeks, "tasks.training_weeks", "52, 26, 52, 8, 3, 1", SEO_KINDS_MAX,   \
      1, 1000, "week", "Training weeks T of a task kind", SOURCE_TASKS)                            \
    X(REALS, tasks.education, "tasks.education", "3, 2, 1, 1, 0, 0", SEO_KINDS_MAX, 0, 3, "1",     \
      "Education that a task kind requires (0 high school ... 3 graduate)", SOURCE_TASKS)          \
    X(REALS, tasks.hours, "tasks.hours", ".08, .07, .20, .20, .35, .10", SEO_KINDS_MAX, 0, 1000,   \
      "1", "Share of the hours h0 of a task kind, before normalisation", SOURCE_TASKS)             \
    X(REALS, tasks.shift_mechanisation, "tasks.shift_mechanisation", ".3, .6, .2, 0, -.4, 0",      \
      SEO_KINDS_MAX, -5, 5, "1", "Shift of the log hours with mechanisation", SOURCE_TASKS)        \
    X(REALS, tasks.shift_formalisation, "tasks.shift_formalisation", ".5, .8, 0, 0, 0, 0",         \
      SEO_KINDS_MAX, -5, 5, "1", "Shift of the log hours with formalisation", SOURCE_TASKS)        \
    X(INTEGER, span, "positions.span", 5, 2, 1000, "worker", NULL,                                 \
      "Span of control c of the formal tree", "ODD 1 and 7")                                       \
    X(REAL, workers, "rights.workers", 1, 0, 1, "1", "1",                                          \
      "Share of the decision rights that the workers hold, rho", SOURCE_REGIMES)                   \
    X(REAL, left, "rights.left_inside", .2, 0, 1, "1", NULL,                                       \
      "Share of the outsiders' rights left to whoever convinces inside, kappa_d", "ODD 2, step 4") \
    X(CHOICE, formal, "rights.delegation", 0, 1, "voice|formal", NULL,                             \
      "Whether outsiders leave say in proportion to voice or to formal votes",                     \
      "ODD 2, step 5 and 7")                                                                       \
    X(CHOICE, will, "rights.outsiders", 0, 2, "own|neutral|opposite", NULL,                        \
      "Whether outsiders want their own ideals, what the workers' unweighted mean wants, or its "  \
      "opposite",                                                                                  \
      "ODD 0")                                                                                     \
    X(REAL, outsider[SEO_OWNERS], "outsiders.owners", 1, 0, 1, "1", NULL,                          \
      "Owners' share of the outsiders' rights", SOURCE_REGIMES)                                    \
    X(REAL, outsider[SEO_CONSUMERS], "outsiders.consumers", 0, 0, 1, "1", NULL,                    \
      "Consumers' share of the outsiders' rights", SOURCE_REGIMES)                                 \
    X(REAL, outsider[SEO_FUNDERS], "outsiders.funders", 0, 0, 1, "1", NULL,                        \
      "Funders' share of the outsiders' rights", SOURCE_REGIMES)                                   \
    X(REAL, outsider[SEO_COMMUNITY], "outsiders.community", 0, 0, 1, "1", NULL,                    \
      "The community's share of the outsiders' rights", SOURCE_REGIMES)                            \
    X(CHOICE, rule, "governance.rule", 0, SEO_RULE_COUNT - 1, SEO_RULE_NAMES, NULL,                \
      "How the assembly decides", SOURCE_GOVERNANCE)                                               \
    X(CHOICE, proxy, "association.absent", 0, 1, "zero|proxy", NULL,                               \
      "Formal votes of the absent: none, or their own by proxy", "ODD 7, assembly")                \
    X(REAL, susceptibility, "influence.susceptibility", .6, 0, 1, "1", NULL,                       \
      "How far one is convinced by others, xi", "ODD 2, step 4")                                   \
    X(REAL, voice_skill, "voice.skill", 3, 0, 100, "1", "0", "Weight of competence, theta_R",      \
      "ODD 2, step 4")                                                                             \
    X(REAL, voice_know, "voice.know", 8, 0, 100, "1", "0", "Weight of know-how, theta_Z",          \
      "ODD 2, step 4")                                                                             \
    X(REAL, building_attendance, "association_building.attendance", .5, -20, 20, "logit", "0",     \
      "What building of the association adds to everybody's readiness to attend", SOURCE_COUNTERS) \
    X(REAL, interest_unit, "governance.interest_unit", .3, .01, 10, "1", NULL,                     \
      "Difference of empowerment that makes an interest zeta of 1", SOURCE_GOVERNANCE)             \
    X(REAL, culture, "culture.spread", .3, 0, 5, "logit", "0",                                     \
      "Standard deviation of the organisations' culture C, one draw a variable",                   \
      SOURCE_GOVERNANCE)                                                                           \
    X(REAL, outlook, "outlook.spread", .5, 0, 5, "logit", "0",                                     \
      "Standard deviation of the persons' persistent leaning u", "ODD 1")                          \
    X(REAL, keep, "learning.keep", .5, 0, 1, "1", "1",                                             \
      "Share of non-standard know-how kept at a change of position", "ODD 2, step 2")              \
    SEO_STATUS_ROWS(X)                                                                             \
    SEO_VARIABLES(SEO_VARIABLE_ROWS, X)

#define COOP_OWNER seo
COOP_PARAM_TABLE(SEO_PARAMS)

#define SEO_FIELD_ROW(id, class_, type_, count_, name_, unit_, summary_)                           \
    {.name = name_,                                                                                \
     .class = COOP_##class_,                                                                       \
     .type = COOP_##type_,                                                                         \
     .count = count_,                                                                              \
     .unit = unit_,                                                                                \
     .summary = summary_},
static const struct coop_field seo_fields[] = {SEO_FIELDS(SEO_FIELD_ROW)};

#define SEO_SKIP(name)
#define SEO_EXTERN_MECHANISM(name) extern COOP_MECHANISM(name);
#define SEO_EXTERN_OBSERVER(name) extern COOP_OBSERVER(name);
#define SEO_MECHANISM_ADDRESS(name) &COOP_ISA_NAME(coop_mechanism_##name),
#define SEO_RULE_MECHANISM(name) &COOP_ISA_NAME(seo_rule_##name).mechanism,
#define SEO_OBSERVER_ADDRESS(name) &COOP_ISA_NAME(coop_observer_##name),
SEO_MECHANISM_LIST(SEO_EXTERN_MECHANISM, SEO_SKIP)
SEO_OBSERVER_LIST(SEO_EXTERN_OBSERVER)
static const struct coop_mechanism *const seo_mechanisms[] = {
    SEO_MECHANISM_LIST(SEO_MECHANISM_ADDRESS, SEO_RULE_MECHANISM) NULL};
static const struct coop_observer *const seo_observers[] = {SEO_OBSERVER_LIST(SEO_OBSERVER_ADDRESS)
                                                                NULL};

static const struct coop_headline seo_headline[] = {
    {"power_top20", "top-20 % share of power", true, true, "the top 20 % hold {} of the power"},
    {"power_gini", "Gini of power", true, true, NULL},
    {"autonomy_logit_sd", "dispersion of autonomy (sd of logit A)", true, true, NULL},
    {"turnout_bottom80", "turnout of the bottom 80 %", false, false, NULL},
    {NULL, NULL, false, false, NULL}};

static const struct coop_picture seo_pictures[] = {
    {.kind = COOP_PICTURE_COURSE,
     .title = "How much of the power the top fifth holds",
     .measure = {"power_top20"},
     .caption = "Among equals the top 20 % hold 20 % of the power."},
    {.kind = COOP_PICTURE_COURSE,
     .title = "How unequal power is",
     .measure = {"power_gini"},
     .caption = "The Gini coefficient is 0 among equals and near 1 where one holds everything."},
    {.kind = COOP_PICTURE_COURSE,
     .title = "How far jobs differ in autonomy",
     .measure = {"autonomy_logit_sd"},
     .caption = "The dispersion of the control that workers have over their work: 0 where all "
                "have the same."},
    {.kind = COOP_PICTURE_COURSE,
     .title = "How divided work is",
     .measure = {"division"},
     .caption = "0: every job holds its share of every kind of task; 1: the corporate division of "
                "labour."},
    {.kind = COOP_PICTURE_COURSE,
     .title = "What is left of the gap in power of two who were swapped",
     .measure = {"swap_gap"},
     .caption =
         "The power of whoever holds the one position less that of whoever holds the other, in "
         "logarithms: above 0 the position that had more power has it still, below 0 the "
         "person has taken it along."},
    {.kind = COOP_PICTURE_COURSE,
     .title = "What is left of an impulse: the person",
     .measure = {"impulse_person"},
     .caption = "The power of the person who got it, against an equal share and in logarithms; it "
                "ends where the person leaves."},
    {.kind = COOP_PICTURE_COURSE,
     .title = "What is left of an impulse: the position",
     .measure = {"impulse_position"},
     .caption =
         "The power of whoever holds the position in which it was got, against an equal share "
         "and in logarithms."},
    {.kind = COOP_PICTURE_LORENZ,
     .title = "Who holds how much power",
     .measure = {"power_low20", "power_low40", "power_low60", "power_low80", "power_low90"},
     .place = {.2, .4, .6, .8, .9},
     .caption = "The farther a curve hangs below the straight line, the more unequal power is."},
    {.kind = COOP_PICTURE_FLOWS,
     .title = "Where those who held power a year ago are now",
     .measure = {"top_to_top", "top_to_middle", "top_to_low", "top_to_gone", "middle_to_top",
                 "middle_to_middle", "middle_to_low", "middle_to_gone", "low_to_top",
                 "low_to_middle", "low_to_low", "low_to_gone"},
     .caption = "The top fifth by power, the low two fifths, and the middle between them.",
     .group = {"top fifth", "middle", "low"},
     .before = "a year ago",
     .after = "now"},
    {.kind = COOP_PICTURE_PERSISTENCE,
     .title = "How far power has settled on positions",
     .measure = {"office_gini"},
     .caption = "The Gini coefficient of the authority that has settled on positions, apart from "
                "the persons in them: 0 where all positions count the same."},
    {.kind = COOP_PICTURE_PERSISTENCE,
     .title = "How far the order of power is that of a year ago",
     .measure = {"power_tau"},
     .caption =
         "Kendall's tau of power now and a year ago: 1 if nobody has overtaken anybody, 0 if "
         "the order then says nothing about now."},
    {.kind = COOP_PICTURE_PERSISTENCE,
     .title = "How many of the top fifth stay in it for a year",
     .measure = {"top_stays"},
     .caption = "Those who left the organisation count as gone."},
    {.kind = COOP_PICTURE_PERSISTENCE,
     .title = "How many weeks it takes until half of the top fifth is gone",
     .measure = {"power_half_life"},
     .caption = "Computed from how many stay for a year; not shown where nobody leaves or nobody "
                "stays."},
    {.kind = COOP_PICTURE_PERSISTENCE,
     .title = "In how many organisations power is locked in",
     .measure = {"locked_in"},
     .plain = true,
     .caption = "Locked in: the top fifth has held half of the power or more for a year without a "
                "break, up to the week shown."},
    {.title = NULL}};

#define SEO_START_NAME(unused, name, ...) #name ".start",
static const char *const seo_initial[] = {SEO_VARIABLES(SEO_START_NAME, unused) "culture.spread",
                                          "solidarity.start", "tasks.name", NULL};

#define SEO_ARROW_ITEM(unused, name, returns, sentence) {"arrows." #name, returns},
static const struct coop_arrow seo_arrows[] = {SEO_ARROWS(SEO_ARROW_ITEM, unused){NULL, false}};

static const struct coop_stability seo_stability = {
    .inequality = "power_gini",
    .locked = "locked_in",
    .gain = seo_gain,
    .law = "the critical gain (ODD 6): how much of a small difference in "
           "standing comes back to it, among equals with equal jobs"};

static size_t seo_kinds(const void *shared)
{
    return ((const struct seo_params *)shared)->tasks.name.count;
}

/* Every column of the table of kinds must have one value a kind. */
static void verify_columns(const struct coop_param_set *set, struct coop_problems *problems)
{
    const struct seo_params *params = coop_param_values(set, COOP_TABLE_MODEL);
    const size_t kinds = params->tasks.name.count;
    for (size_t r = 0; r < seo_table.rows; r++) {
        const struct coop_param *row = &seo_table.row[r];
        const struct coop_real_list *column =
            (const void *)((const char *)(const void *)params + row->offset);
        if (strncmp(row->name, "tasks.", 6) != 0 || row->type != COOP_PARAM_REAL_LIST ||
            column->count == kinds)
            continue;
        coop_problems_add(problems, coop_param_first_place(set, row->name, "tasks.name"),
                          "tasks.name has %zu kinds of task and %s %zu values - give one value a "
                          "kind",
                          kinds, row->name, column->count);
    }
}

static double sum_of(const struct coop_real_list *list)
{
    double total = 0;
    for (size_t i = 0; i < list->count; i++)
        total += list->value[i];
    return total;
}

/* The kinds of outsiders share all of the outsiders' rights. */
static void verify_outsiders(const struct coop_param_set *set, struct coop_problems *problems)
{
    static const char *const name[SEO_OUTSIDER_COUNT] = {
        "outsiders.owners", "outsiders.consumers", "outsiders.funders", "outsiders.community"};
    const struct seo_params *params = coop_param_values(set, COOP_TABLE_MODEL);
    struct coop_place place = {0};
    double total = 0;
    for (size_t kind = 0; kind < SEO_OUTSIDER_COUNT; kind++) {
        total += params->outsider[kind];
        if (place.file == NULL)
            place = coop_param_place(set, name[kind]);
    }
    if (total < 1 - 1e-9 || total > 1 + 1e-9)
        coop_problems_add(problems, place,
                          "the shares outsiders.owners, .consumers, .funders and .community sum to "
                          "%.10g - they share all of the outsiders' rights: let them sum to 1",
                          total);
}

static void seo_verify(const struct coop_param_set *set, struct coop_problems *problems)
{
    const struct seo_params *params = coop_param_values(set, COOP_TABLE_MODEL);
    verify_outsiders(set, problems);
    verify_columns(set, problems);
    if (!(sum_of(&params->tasks.hours) > 0))
        coop_problems_add(problems, coop_param_place(set, "tasks.hours"),
                          "tasks.hours are all 0 - give at least one kind of task some hours");
    if (!(sum_of(&params->tasks.empowerment) > 0))
        coop_problems_add(problems, coop_param_place(set, "tasks.empowerment"),
                          "tasks.empowerment is 0 for all kinds, and competence is weighted by it "
                          "- give at least one kind some");
}

COOP_MODEL(seo) = {
    .name = "seo",
    .summary = "Workers in social economy organisations: equal rights, unequal power over work",
    .source = "ODD 1-5 and 7",
    .params = &seo_table,
    .fields = seo_fields,
    .field_count = SEO_FIELD_COUNT,
    .mechanisms = seo_mechanisms,
    .observers = seo_observers,
    .twin = "arrows.twin",
    .intervention = "intervention.act",
    .intervention_week = "intervention.week",
    .arrows = seo_arrows,
    .stability = &seo_stability,
    .initial = seo_initial,
    .headline = seo_headline,
    .picture = seo_pictures,
    .kinds = seo_kinds,
    .verify = seo_verify,
};
