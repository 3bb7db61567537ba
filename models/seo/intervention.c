/* coopsim - GPL-3.0-or-later
 *
 * Interventions (ODD 2, interventions, and 4): what histories cannot tell, since any path-dependent
 * process has a twin in which differences between persons make the same paths, an experiment can.
 * At the start of one month, in every organisation,
 *
 *     swap          of the pairs of members within the calipers on z and q, the two with the
 *                   largest difference in ln W exchange positions, z *= learning.keep for both
 *     swap_control  the same pair is chosen and loses the same know-how, and nobody moves
 *     reassign      all positions are given out by lot; z *= learning.keep for those who move
 *     reset         everybody's z becomes the organisation's mean
 *     impulse       one worker drawn by lot gets nW *= exp(impulse), renormalised
 *
 * It comes before everything else of the month, so that a record in its week shows what it has made,
 * as it shows a schedule's change. Draws are indexed by position and week. */
#include "models/seo/intervention.h"
#include "models/seo/jobs.h"
#include "models/seo/person.h"
#include "sim/engine/run.h"

#define COOP_OWNER intervention
#define SOURCE "ODD 2, interventions"
#define INTERVENTION_PARAMS(X)                                                                     \
    X(INTEGER, week, "intervention.week", 260, COOP_MONTH, 10000000, "week", NULL,                 \
      "Week at whose start it is done, the first of a month", SOURCE)                              \
    X(REAL, caliper, "intervention.caliper", .05, 0, 1, "1", NULL,                                 \
      "Largest difference in know-how z, and in competence q, of a pair to be swapped", SOURCE)    \
    X(REAL, impulse, "intervention.impulse", .7, 0, 5, "1", NULL,                                  \
      "Advantage in ln W that an impulse gives; 0 marks who would have got it", SOURCE)
COOP_PARAMS(INTERVENTION_PARAMS)

#define OF_ORGANISATION(name_, unit_, summary_)                                                    \
    {                                                                                              \
        .name = name_, .class = COOP_ORGANISATION, .type = COOP_F64,                               \
        .count = COOP_IF_OPTION(SEO_OPTION_INTERVENTION), .unit = unit_, .summary = summary_       \
    }
#define OF_WORKER(name_, type_, summary_)                                                          \
    {                                                                                              \
        .name = name_, .class = COOP_WORKER_SCRATCH, .type = type_,                                \
        .count = COOP_IF_OPTION(SEO_OPTION_INTERVENTION), .unit = "1", .summary = summary_         \
    }
enum { RANK = SEO_INTERVENTION_LONG + 1, ORDER, CYCLE };
static const struct coop_field intervention_fields[] = {
    OF_ORGANISATION("intervention_done", "week", "1 + week of the intervention; 0: none yet"),
    OF_ORGANISATION("intervention_upper", "1",
                    "1 + the pair's upper position, or the position of an impulse; 0: none"),
    OF_ORGANISATION("intervention_lower", "1",
                    "1 + the pair's lower position; -1: no pair was found; 0: none was sought"),
    OF_ORGANISATION("intervention_person", "1", "1 + label of who got an impulse; 0: nobody"),
    OF_ORGANISATION("intervention_year", "1", "The pair's gap in ln W after 52 weeks"),
    OF_ORGANISATION("intervention_long", "1", "The pair's gap in ln W after 260 weeks"),
    OF_WORKER("intervention_rank", COOP_F32, "Ranks by standing"),
    OF_WORKER("intervention_order", COOP_U32, "Positions in an order"),
    OF_WORKER("intervention_cycle", COOP_U32, "Slots of those who pass on positions in a cycle")};

static double *note(const struct coop_batch *b, enum seo_intervention_field field)
{
    return coop_organisation(b, b->own + (int)field, 0);
}

/* Whoever moves does so before the week begins: the month's first week is the first one in the new
 * position. */
static void pass_on(const struct coop_batch *b, const uint32_t *slot, size_t count)
{
    struct coop_batch before = *b;
    before.week = b->week - 1;
    seo_person_cycle(&before, slot, count);
}

/* Positions of the members in falling order of standing, and how many they are. */
static size_t order_by_standing(const struct coop_batch *b, size_t o, uint32_t *ret_position)
{
    const float *rank = coop_worker(b, b->own + RANK, 0);
    size_t n = b->size[o], members = 0;
    for (uint32_t p = 0; p < n; p++)
        ret_position[n - 1 - (size_t)rank[coop_slot(b, o, p)]] = p;
    for (size_t i = 0; i < n; i++)
        if (seo_is_member(b, coop_slot(b, o, ret_position[i])))
            ret_position[members++] = ret_position[i];
    return members;
}

static bool is_alike(const struct coop_batch *b, size_t slot, size_t other)
{
    const struct intervention_params *params = b->params;
    const float *know = coop_worker(b, SEO_KNOW, 0);
    const float *competence = coop_worker(b, SEO_COMPETENCE, 0);
    float caliper = (float)params->caliper;
    return fabsf(know[slot] - know[other]) <= caliper &&
           fabsf(competence[slot] - competence[other]) <= caliper;
}

/* Notes the pair of organisation o, the position of the one with more power as the upper one. From the
 * most powerful down, each is compared with the weakest first, until nobody left can be farther. */
static void choose_pair(const struct coop_batch *b, size_t o)
{
    uint32_t *position = coop_worker_u32(b, b->own + ORDER);
    size_t members = order_by_standing(b, o, position);
    double widest = 0;
    note(b, SEO_INTERVENTION_LOWER)[o] = SEO_NO_PAIR;
    for (size_t i = 0; i < members; i++)
        for (size_t j = members - 1; j > i; j--) {
            double gap = seo_log_standing(b, o, position[i]) - seo_log_standing(b, o, position[j]);
            if (!(gap > widest))
                break;
            if (is_alike(b, coop_slot(b, o, position[i]), coop_slot(b, o, position[j]))) {
                widest = gap;
                note(b, SEO_INTERVENTION_UPPER)[o] = 1 + (double)position[i];
                note(b, SEO_INTERVENTION_LOWER)[o] = 1 + (double)position[j];
                break;
            }
        }
}

static void swap(const struct coop_batch *b, bool control)
{
    seo_competence(b, coop_worker(b, SEO_COMPETENCE, 0));
    seo_rank(b, coop_worker(b, SEO_STANDING, 0), coop_worker(b, b->own + RANK, 0));
    for (size_t o = 0; o < b->organisations; o++) {
        choose_pair(b, o);
        if (note(b, SEO_INTERVENTION_LOWER)[o] < 0)
            continue;
        uint32_t pair[2];
        pair[0] = (uint32_t)coop_slot(b, o, (size_t)note(b, SEO_INTERVENTION_UPPER)[o] - 1);
        pair[1] = (uint32_t)coop_slot(b, o, (size_t)note(b, SEO_INTERVENTION_LOWER)[o] - 1);
        if (!control)
            pass_on(b, pair, 2);
        for (size_t i = 0; control && i < 2; i++)
            coop_worker(b, SEO_KNOW, 0)[pair[i]] *= (float)seo_shared(b)->keep;
    }
}

/* The new position of each position's holder, all permutations alike (Fisher and Yates). */
static void draw_positions(const struct coop_batch *b, size_t o, uint32_t *ret_position)
{
    uint32_t n = b->size[o];
    for (uint32_t p = 0; p < n; p++)
        ret_position[p] = p;
    for (uint32_t p = 0; p + 1 < n; p++) {
        struct coop_block block =
            coop_draw(b->streams.dynamics, coop_purpose("intervention.reassign"),
                      b->first_organisation + (uint32_t)o, b->week, p, 0);
        uint32_t other = p + coop_below(block.word[0], n - p), kept = ret_position[p];
        ret_position[p] = ret_position[other];
        ret_position[other] = kept;
    }
}

/* Moves everybody by the permutation's cycles; whoever was followed has itself as the next. */
static void reassign(const struct coop_batch *b)
{
    uint32_t *next = coop_worker_u32(b, b->own + ORDER);
    uint32_t *cycle = coop_worker_u32(b, b->own + CYCLE);
    for (size_t o = 0; o < b->organisations; o++) {
        draw_positions(b, o, next);
        for (uint32_t p = 0; p < b->size[o]; p++) {
            size_t count = 0;
            for (uint32_t at = p; count == 0 || at != p; count++) {
                uint32_t to = next[at];
                cycle[count] = (uint32_t)coop_slot(b, o, at);
                next[at] = at;
                at = to;
            }
            pass_on(b, cycle, count);
        }
    }
}

static void reset(const struct coop_batch *b)
{
    float *know = coop_worker(b, SEO_KNOW, 0);
    for (size_t o = 0; o < b->organisations; o++) {
        double total = 0;
        for (size_t p = 0; p < b->size[o]; p++)
            total += (double)know[coop_slot(b, o, p)];
        float mean = (float)(total / (double)b->size[o]);
        for (size_t p = 0; p < b->size[o]; p++)
            know[coop_slot(b, o, p)] = mean;
    }
}

static void give_impulse(const struct coop_batch *b, size_t o)
{
    const struct intervention_params *params = b->params;
    uint32_t n = b->size[o];
    struct coop_block block = coop_draw(b->streams.dynamics, coop_purpose("intervention.impulse"),
                                        b->first_organisation + (uint32_t)o, b->week, 0, 0);
    uint32_t position = coop_below(block.word[0], n);
    size_t slot = coop_slot(b, o, position);
    float *standing = coop_worker(b, SEO_STANDING, 0);
    double before = (double)standing[slot], after = before * coop_exp(params->impulse);
    double scale = (double)n / ((double)n - before + after);
    note(b, SEO_INTERVENTION_UPPER)[o] = 1 + (double)position;
    note(b, SEO_INTERVENTION_PERSON)[o] = 1 + (double)coop_worker_u32(b, SEO_LABEL)[slot];
    /* An impulse of 0 is to leave every bit alone. */
    if (!(params->impulse > 0))
        return;
    standing[slot] = (float)after;
    for (size_t p = 0; p < n; p++) {
        size_t i = coop_slot(b, o, p);
        standing[i] = coop_at_least((float)((double)standing[i] * scale), SEO_SHARE_FLOOR);
    }
}

static void act(const struct coop_batch *b)
{
    const enum seo_act what = (enum seo_act)seo_shared(b)->act;
    for (int field = SEO_INTERVENTION_DONE; field <= SEO_INTERVENTION_LONG; field++)
        for (size_t o = 0; o < b->organisations; o++)
            note(b, (enum seo_intervention_field)field)[o] =
                field == SEO_INTERVENTION_DONE ? (double)(b->week + 1) : 0;
    if (what == SEO_ACT_SWAP || what == SEO_ACT_SWAP_CONTROL)
        swap(b, what == SEO_ACT_SWAP_CONTROL);
    if (what == SEO_ACT_REASSIGN)
        reassign(b);
    if (what == SEO_ACT_RESET)
        reset(b);
    for (size_t o = 0; what == SEO_ACT_IMPULSE && o < b->organisations; o++)
        give_impulse(b, o);
}

static void keep_gap(const struct coop_batch *b, enum seo_intervention_field field, int64_t weeks)
{
    for (size_t o = 0; o < b->organisations; o++)
        if (note(b, SEO_INTERVENTION_LOWER)[o] > 0 &&
            (double)(b->week + 1 - weeks) == note(b, SEO_INTERVENTION_DONE)[o])
            note(b, field)[o] = seo_pair_gap(b, o);
}

/* A month's start may be met twice, at a record that ends a run; what was done is done once. */
static void intervention_month(const struct coop_batch *b)
{
    const struct intervention_params *params = b->params;
    if (!seo_has(b, SEO_OPTION_INTERVENTION))
        return;
    keep_gap(b, SEO_INTERVENTION_YEAR, SEO_GAP_YEAR);
    keep_gap(b, SEO_INTERVENTION_LONG, SEO_GAP_LONG);
    if (seo_shared(b)->act != SEO_ACT_NONE && b->week == params->week &&
        note(b, SEO_INTERVENTION_DONE)[0] != (double)(b->week + 1))
        act(b);
}

static uint32_t intervention_options(const void *shared, const void *params)
{
    (void)params;
    return ((const struct seo_params *)shared)->act != SEO_ACT_NONE ? 1u << SEO_OPTION_INTERVENTION
                                                                    : 0;
}

static void verify_week(const struct coop_param_set *set, struct coop_problems *problems)
{
    const struct coop_settings *settings = coop_param_values(set, COOP_TABLE_ENGINE);
    int64_t week = (int64_t)coop_param_real(set, "intervention.week");
    if (coop_param_real(set, "intervention.act") == SEO_ACT_NONE)
        return;
    if (week % COOP_MONTH != 0)
        coop_problems_add(
            problems, coop_param_place(set, "intervention.week"),
            "intervention.week is %lld, and an intervention comes when a month begins "
            "- give a multiple of 4, such as %lld",
            (long long)week, (long long)((week + 2) / COOP_MONTH * COOP_MONTH));
    else if (week >= settings->weeks)
        coop_problems_add(problems, coop_param_place(set, "intervention.week"),
                          "intervention.week is %lld, and the run ends after %lld weeks - give an "
                          "earlier week, or a larger run.weeks",
                          (long long)week, (long long)settings->weeks);
}

/* An act is done if it is the one in force when its week comes. */
static bool is_done(const struct coop_script *script, size_t set, const void *what)
{
    const size_t epoch = set / script->regimes;
    const int64_t week = (int64_t)coop_param_real(&script->set[set], "intervention.week");
    (void)what;
    return week >= script->epoch[epoch].week && week < coop_script_epoch_end(script, epoch);
}

static void verify_is_done(const struct coop_script *script, struct coop_problems *problems)
{
    for (size_t s = 0; s < coop_script_set_count(script); s++)
        if (coop_param_real(&script->set[s], "intervention.act") != SEO_ACT_NONE &&
            !coop_script_acts(script, s, "intervention.act", is_done, NULL))
            coop_problems_add(problems, coop_param_place(&script->set[s], "intervention.act"),
                              "intervention.act would never be done, since it is not in force in "
                              "week %.0f - give an intervention.week from which on it is",
                              coop_param_real(&script->set[s], "intervention.week"));
}

COOP_MECHANISM(intervention) = {
    .name = "intervention",
    .summary = "What an experimenter does to a running economy in one week",
    .source = SOURCE "; on why histories alone do not tell path dependence from fixed differences: "
                     "Heckman (1981), Heterogeneity and state dependence",
    .params = &intervention_table,
    .fields = intervention_fields,
    .field_count = sizeof intervention_fields / sizeof *intervention_fields,
    .options = intervention_options,
    .verify = verify_week,
    .verify_script = verify_is_done,
    .month = intervention_month,
};
