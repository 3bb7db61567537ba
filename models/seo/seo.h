/* coopsim - GPL-3.0-or-later
 *
 * The seo model: workers in social economy organisations (ODD 1-5 and 7). This
 * header is what its mechanisms share: the organisation variables, the shared parameters and the
 * shared state. */
#ifndef COOP_MODELS_SEO_SEO_H
#define COOP_MODELS_SEO_SEO_H

#include "sim/base/fmath.h"
#include "sim/engine/mechanism.h"
#include "sim/engine/observer.h"
#include "sim/state/reduce.h"

#include "models/seo/status_params.h"
#include "seo_list.h"

enum { SEO_KINDS_MAX = 8, SEO_FACETS = 3 };

/* The governed variables of an organisation, each in [0,1], as V(X, ...) rows: name, start
 * (takeover), intercept c, interest s, pressure k, ideals of the kinds of outsiders in their order,
 * irreversibility. */
#define SEO_VARIABLES(V, X)                                                                        \
    V(X, mechanisation, 0.4, -0.5, 0.3, 0.8, 0.6, 0.6, 0.5, 0.4, 0.8)                              \
    V(X, formalisation, 0.3, -1.0, 0.5, 0.8, 0.7, 0.6, 0.9, 0.4, 0.0)                              \
    V(X, hierarchy, 0.3, -2.5, 1.0, 0.8, 0.7, 0.5, 0.7, 0.3, 0.0)                                  \
    V(X, division, 0.8, -2.0, 1.5, 0.8, 0.9, 0.7, 0.8, 0.5, 0.8)                                   \
    V(X, pay_spread, 0.3, -2.0, 2.0, 0.5, 0.7, 0.3, 0.5, 0.2, 0.0)                                 \
    V(X, product, 0.5, -0.5, 0.5, 1.0, 0.9, 0.3, 0.4, 0.1, 0.0)

enum seo_variable {
#define SEO_VARIABLE_ENUM(X, name, ...) SEO_##name,
    SEO_VARIABLES(SEO_VARIABLE_ENUM, )
#undef SEO_VARIABLE_ENUM
        SEO_VARIABLE_COUNT
};

/* Outsiders come in kinds, each with its share of the outsiders' rights and ideals of its own. */
enum seo_outsider { SEO_OWNERS, SEO_CONSUMERS, SEO_FUNDERS, SEO_COMMUNITY, SEO_OUTSIDER_COUNT };

/* What outsiders want: their own ideals, what the workers' unweighted mean wants, or its opposite
 * (one minus it). */
enum seo_will { SEO_OWN_WILL, SEO_NEUTRAL, SEO_OPPOSITE };

struct seo_variable_params {
    double start, intercept, interest, pressure, ideal[SEO_OUTSIDER_COUNT], irreversibility;
    int32_t open;
};

/* The causal arrows as V(X, ...) rows: name, whether the exposure twin cuts it (the arrows by
 * which power returns to its causes), what a cut does. */
#define SEO_ARROWS(V, X)                                                                           \
    V(X, job_skill, 0, "the job in the learning of skills by the mean job")                        \
    V(X, autonomy_know, 1, "autonomy in the growth of know-how by the mean")                       \
    V(X, skill_voice, 0, "skill in the voice by the mean")                                         \
    V(X, know_voice, 0, "know-how in the voice by the mean")                                       \
    V(X, rank_voice, 0, "formal authority in the voice by the mean")                               \
    V(X, office_voice, 1, "settled authority in the voice by equality")                            \
    V(X, standing_autonomy, 1, "standing in autonomy by equality")                                 \
    V(X, standing_attend, 1, "standing in attendance by equality")                                 \
    V(X, standing_jobs, 1, "standing in who gets which job by equality")                           \
    V(X, power_org, 1, "say in decisions by the mean say")                                         \
    V(X, skill_jobs, 1, "fit in who gets which job by the mean fit")                               \
    V(X, autonomy_attend, 1, "autonomy in attendance by the mean")                                 \
    V(X, power_solidarity, 1, "the inequality of power that erodes solidarity by none")

enum seo_arrow {
#define SEO_ARROW_ENUM(X, name, ...) SEO_ARROW_##name,
    SEO_ARROWS(SEO_ARROW_ENUM, )
#undef SEO_ARROW_ENUM
        SEO_ARROW_COUNT
};

/* Options of the state (COOP_IF_OPTION). */
enum seo_option {
    SEO_OPTION_FORCE,
    SEO_OPTION_DECIDE,
    SEO_OPTION_TENURE,
    SEO_OPTION_MANDATE,
    SEO_OPTION_WISH,
    SEO_OPTION_RULE,
    SEO_OPTION_STATUS,
    SEO_OPTION_INTERVENTION,
    SEO_OPTION_TALENT
};

/* The place of a proposal beside the governed variables in SEO_IDEAL. */
enum { SEO_PROPOSAL = SEO_VARIABLE_COUNT };

/* The arrays of SEO_BALLOT. */
enum {
    SEO_BALLOT_OPINION,
    SEO_BALLOT_VOTE,
    SEO_BALLOT_RANK,
    SEO_BALLOT_SUM,
    SEO_BALLOT_RANGE,
    SEO_BALLOT_ARRAYS
};

enum seo_twin { SEO_TWIN_NONE, SEO_TWIN_EXPOSURE, SEO_TWIN_VOICELESS, SEO_TWIN_TALENT };

/* What is done to a running economy, in one week (intervention.c). */
enum seo_act {
    SEO_ACT_NONE,
    SEO_ACT_SWAP,
    SEO_ACT_SWAP_CONTROL,
    SEO_ACT_REASSIGN,
    SEO_ACT_RESET,
    SEO_ACT_IMPULSE
};

struct seo_tasks {
    struct coop_text_list name;
    struct coop_real_list empowerment, speed, intensity, means, onerousness, training_weeks,
        education, hours, shift_mechanisation, shift_formalisation;
};

/* The counter-mechanisms, by name, from the list in meson.build. */
#define SEO_COUNTER_ENUM(X, name) SEO_COUNTER_##name,
enum seo_counter { SEO_COUNTER_LIST(SEO_COUNTER_ENUM, ) SEO_COUNTER_COUNT };
#undef SEO_COUNTER_ENUM

/* What all counter-mechanisms have in common. */
struct seo_counter_params {
    int32_t on, vote;   /* 1: it is planned; it is put to the vote */
    int64_t start, end; /* first week, and first week after it */
    double cost;        /* share of the output that it takes while it acts */
};

struct seo_params {
    struct seo_variable_params variable[SEO_VARIABLE_COUNT];
    int32_t cut[SEO_ARROW_COUNT]; /* 1: cut */
    struct seo_counter_params counter[SEO_COUNTER_COUNT];
    int32_t twin; /* enum seo_twin */
    int32_t act;  /* enum seo_act */
    struct seo_tasks tasks;
    int64_t span;   /* of control, c */
    double workers; /* rho: share of the rights that the workers hold */
    double left;    /* kappa_d: share of theirs that outsiders leave to whoever convinces */
    double outsider[SEO_OUTSIDER_COUNT]; /* shares of the outsiders' rights, sum 1 */
    int32_t formal;                      /* 1: outsiders leave say by votes, 0: by voice */
    int32_t will;                        /* enum seo_will of the outsiders */
    int32_t rule;                        /* enum seo_rule_number: how the assembly decides */
    int32_t proxy;                       /* 1: the absent keep their formal votes */
    double susceptibility;               /* xi: how far one is convinced by others */
    double interest_unit;                /* difference of empowerment that makes an interest of 1 */
    double culture, outlook;             /* standard deviations of C and u */
    double keep;                         /* share of know-how kept at a change of position */
    double voice_skill, voice_know;      /* theta_R, theta_Z */
    double building_attendance;          /* logits that association_building adds to readiness */
    struct seo_status_params status;
};

static inline const struct seo_params *seo_shared(const struct coop_batch *b)
{
    return b->shared;
}

/* An arrow is cut by its own row, or by a twin in which power does not return to its causes. */
static inline bool seo_is_cut(const struct seo_params *params, enum seo_arrow arrow)
{
#define SEO_ARROW_RETURN(X, name, returns, sentence) returns,
    static const bool is_return[] = {SEO_ARROWS(SEO_ARROW_RETURN, )};
#undef SEO_ARROW_RETURN
    bool returns_are_cut = params->twin == SEO_TWIN_EXPOSURE || params->twin == SEO_TWIN_TALENT;
    return params->cut[arrow] || (returns_are_cut && is_return[arrow]);
}

/* The shared state: enum name, class, type, components, name, unit, sentence. Standing and office
 * are kept as nW and nU, so that equality is 1. */
#define SEO_FIELDS(X)                                                                              \
    X(SKILL, PERSON, F32, COOP_EACH_KIND, "skill", "1", "Standard skill s in a task kind")         \
    X(KNOW, PERSON, F32, 1, "know", "1", "Non-standard know-how z, bound to the job")              \
    X(STANDING, PERSON, F32, 1, "standing", "1", "Standing nW: decision power as remembered")      \
    X(PERSUASIVENESS, PERSON, F32, 1, "persuasiveness", "1", "Persuasiveness tau")                 \
    X(OUTLOOK, PERSON, F32, SEO_VARIABLE_COUNT, "outlook", "logit",                                \
      "Persistent leaning u on a governed variable")                                               \
    X(LABEL, PERSON, U32, 1, "label", "1", "Number of the person's place in the register")         \
    X(JOINED, PERSON, U32, 1, "joined", "week", "Week in which the person joined")                 \
    X(STATUS, PERSON, U32, COOP_IF_OPTION(SEO_OPTION_STATUS), "status", "1",                       \
      "Gender group + 2 race group + 4 level of education + 16 if a hired hand")                   \
    X(TALENT_FIXED, PERSON, F32, COOP_IF_OPTION(SEO_OPTION_TALENT), "talent_fixed", "1",           \
      "Part of the person's talent that never changes, N(0,1)")                                    \
    X(TALENT_SLOW, PERSON, F32, COOP_IF_OPTION(SEO_OPTION_TALENT), "talent_slow", "1",             \
      "Part of the person's talent that changes slowly, by itself")                                \
    X(OFFICE, POSITION, F32, 1, "office", "1", "Authority nU settled on the position")             \
    X(VOTED, ORGANISATION, F64, SEO_VARIABLE_COUNT, "voted", "1", "Governed variables as voted")   \
    X(CULTURE, ORGANISATION, F64, SEO_VARIABLE_COUNT, "culture", "logit", "Culture C")             \
    X(RULE, ORGANISATION, F64, 1, "rule", "1", "Number of the rule by which the assembly decides") \
    X(FORCE, PERSON, F32, COOP_IF_OPTION(SEO_OPTION_FORCE), "force", "1",                          \
      "n times the share of the workers' realised formal power, at the last decision")             \
    X(FORCE_INSIDE, ORGANISATION, F64, COOP_IF_OPTION(SEO_OPTION_FORCE), "force_inside", "1",      \
      "Realised formal power of the workers' own votes at the last decision")                      \
    X(FORCE_LEFT, ORGANISATION, F64, COOP_IF_OPTION(SEO_OPTION_FORCE), "force_left", "1",          \
      "Realised formal power of what outsiders left to voice at the last decision")                \
    X(MANDATE, PERSON, U32, COOP_IF_OPTION(SEO_OPTION_MANDATE), "mandate", "week",                 \
      "Week before which the person's mandate ends; 2^32 - 1: recalled and barred")                \
    X(MANDATE_RULE, ORGANISATION, F64, COOP_IF_OPTION(SEO_OPTION_MANDATE), "mandate_rule", "1",    \
      "1 + number of the rule that the mandates are for; 0: there are none")                       \
    X(VOTED_RULE, ORGANISATION, F64, COOP_IF_OPTION(SEO_OPTION_RULE), "voted_rule", "1",           \
      "Number of the rule that the assembly has voted for")                                        \
    X(ADOPTED, ORGANISATION, F64, COOP_IF_OPTION(SEO_OPTION_DECIDE), "adopted", "1",               \
      "Sum of 2^number of the counter-mechanisms that passed their last vote")                     \
    X(SINCE, PERSON, U32, COOP_IF_OPTION(SEO_OPTION_TENURE), "since", "week",                      \
      "Week since which the person has held the position")                                         \
    X(SOLIDARITY, ORGANISATION, F64, 1, "solidarity", "1", "Solidarity S")                         \
    X(STANDING_GINI, ORGANISATION, F64, 1, "standing_gini", "1",                                   \
      "Gini of W at the last month's start")                                                       \
    X(PRESSURE, ORGANISATION, F64, 1, "pressure", "1", "Market pressure Pi")                       \
    X(TURNOUT_SUM, TALLY, F64, 1, "turnout_sum", "1", "Sum of weekly turnouts")                    \
    X(TURNOUT_BOTTOM_SUM, TALLY, F64, 1, "turnout_bottom_sum", "1",                                \
      "Sum of weekly turnouts of the bottom 80 % by standing")                                     \
    X(TURNOUT_WEEKS, TALLY, F64, 1, "turnout_weeks", "week", "Weeks in which turnout is defined")  \
    X(SAY_SUM, TALLY, F64, 1, "say_sum", "1", "Sum of the workers' say in weekly assemblies")      \
    X(SAY_WEEKS, TALLY, F64, 1, "say_weeks", "week", "Weeks in which an assembly met")             \
    X(VOTES_GINI_SUM, TALLY, F64, COOP_IF_OPTION(SEO_OPTION_FORCE), "votes_gini_sum", "1",         \
      "Sum over decisions of the mean Gini of the workers' votes")                                 \
    X(VOTES_GINI_COUNT, TALLY, F64, COOP_IF_OPTION(SEO_OPTION_FORCE), "votes_gini_count", "1",     \
      "Decisions in it")                                                                           \
    X(FIRST_VOTES, TALLY, F64, COOP_IF_OPTION(SEO_OPTION_DECIDE), "first_votes", "1",              \
      "Sum of 2^(2 number + passed) over the counter-mechanisms' first votes since the record")    \
    X(RULE_CHANGES, TALLY, F64, COOP_IF_OPTION(SEO_OPTION_RULE), "rule_changes", "1",              \
      "Changes of the rule by vote")                                                               \
    X(ATTENDANCE, ORGANISATION_SCRATCH, F64, 1, "attendance", "worker",                            \
      "Workers present in this week's assembly; 0: it did not meet")                               \
    X(SAY, ORGANISATION_SCRATCH, F64, 1, "say", "1",                                               \
      "Say of the workers together in this week's assembly; 0 if it did not meet")                 \
    X(IN_FORCE, ORGANISATION_SCRATCH, F64, SEO_VARIABLE_COUNT, "in_force", "1",                    \
      "Governed variables in force this month")                                                    \
    X(SHARE, DERIVED, F32, COOP_EACH_KIND, "share", "1", "Share x of hours in a task kind")        \
    X(EMPOWERMENT, DERIVED, F32, 1, "empowerment", "1", "Empowerment E of the position")           \
    X(ONEROUSNESS, DERIVED, F32, 1, "onerousness", "1", "Onerousness o of the position")           \
    X(RANK, DERIVED, F32, 1, "rank", "1", "Formal rank g of the position")                         \
    X(ODDS, DERIVED, F32, SEO_FACETS, "odds", "1",                                                 \
      "Odds B = exp(-l) against autonomy in a facet at nW = 1")                                    \
    X(LOG_STANDING, DERIVED, F32, 1, "log_standing", "1", "ln max(nW, .001)")                      \
    X(HINDRANCE, DERIVED, F32, 1, "hindrance", "1", "(nW)^-psi, which scales the odds")            \
    X(AUTONOMY, DERIVED, F32, 1, "autonomy", "1", "Autonomy A, the mean of the facets")            \
    X(COMPETENCE, WORKER_SCRATCH, F32, 1, "competence", "1", "Competence q")                       \
    X(TALENT, WORKER_SCRATCH, F32, COOP_IF_OPTION(SEO_OPTION_TALENT), "talent", "1",               \
      "Talent in the place of know-how z, on its scale")                                           \
    X(PRESENT, WORKER_SCRATCH, F32, 1, "present", "1", "Present in the assembly, 1 or 0")          \
    X(RANK_SPARE, WORKER_SCRATCH, U32, 4, "rank_spare", "1", "For coop_rank")                      \
    X(VOICE_EXTRA, WORKER_SCRATCH, F32, 1, "voice_extra", "1",                                     \
      "What mechanisms add to ln v this week; 0 but between them and influence")                   \
    X(VOICE, WORKER_SCRATCH, F32, 1, "voice", "1", "Voice v this week, the loudest has 1")         \
    X(BALLOT, WORKER_SCRATCH, F32, SEO_BALLOT_ARRAYS, "ballot", "1",                               \
      "What a decision of one organisation works with, by holder")                                 \
    X(BALLOT_ORDER, WORKER_SCRATCH, U32, 1, "ballot_order", "1", "Holders in some order")          \
    X(POWER, WORKER_SCRATCH, F32, 1, "power", "1", "Power nD of this week's assembly")             \
    X(INTEREST, WORKER_SCRATCH, F32, 1, "interest", "1", "Interest zeta of the position")          \
    X(IDEAL, WORKER_SCRATCH, F32, SEO_VARIABLE_COUNT + 1, "ideal", "1",                            \
      "Ideal points b of the governed variables, and of a proposal, in weeks of decision")

enum seo_field {
#define SEO_FIELD_ENUM(id, ...) SEO_##id,
    SEO_FIELDS(SEO_FIELD_ENUM)
#undef SEO_FIELD_ENUM
        SEO_FIELD_COUNT
};

static inline void seo_rank_spares(const struct coop_batch *b, uint32_t *ret_spare[4])
{
    for (size_t i = 0; i < 4; i++)
        ret_spare[i] = coop_worker_u32(b, SEO_RANK_SPARE) + i * b->stride[SEO_RANK_SPARE];
}

/* Ranks of the workers by a value >= 0 within their organisations. */
static inline void seo_rank(const struct coop_batch *b, const float *value, float *ret)
{
    uint32_t *spare[4];
    seo_rank_spares(b, spare);
    coop_batch_rank(b, value, ret, spare);
}

/* What outsiders of a kind want of variable y, of proposals nothing, where the workers' unweighted
 * mean wants `mean`. */
static inline double seo_will_of_outsider(const struct seo_params *params, size_t y, size_t kind,
                                          double mean)
{
    return params->will == SEO_NEUTRAL    ? mean
           : params->will == SEO_OPPOSITE ? 1 - mean
           : y == SEO_PROPOSAL            ? 0
                                          : params->variable[y].ideal[kind];
}

static inline bool seo_has(const struct coop_batch *b, enum seo_option option)
{
    return (b->options >> option & 1) != 0;
}

/* Marks those with the largest values >= 0 in their organisations; see coop_batch_top. */
static inline void seo_top(const struct coop_batch *b, const float *value, const double *count,
                           float *ret)
{
    uint32_t *spare[4];
    seo_rank_spares(b, spare);
    coop_batch_top(b, value, count, ret, spare);
}

/* ln(nW) and ln(nU) read max(., .001); nW and nU stay above 1e-12. */
#define SEO_LOG_FLOOR 0.001f
#define SEO_SHARE_FLOOR 1e-12f

#endif
