/* coopsim - GPL-3.0-or-later
 *
 * Neutral values: at its neutral value a parameter's mechanism is absent, and at another value it
 * is not. Absence shows in one of these ways:
 *
 *   NO_EFFECT  an experiment with its cause has no effect
 *   IDLE       other values of its companions, or another seed, change no bit of the state
 *   FIXED      a field stays as it began
 *   ZERO       a field is 0 throughout
 *
 * Every row with a neutral value needs a law here; "*.open" is the law of all rows with this ending
 * that have none of their own. */
#include "tests/law/experiment.h"

#include "tests/law/variables.h"

enum kind { NO_EFFECT, IDLE, FIXED, ZERO, ELSEWHERE };

struct law {
    const char *row;
    enum kind kind;
    const char *set;    /* the configuration */
    const char *what;   /* NO_EFFECT: the cause; IDLE: other values; FIXED, ZERO: the field;
                           ELSEWHERE: where the law is */
    const char *effect; /* NO_EFFECT */
    const char *mechanism;
    enum experiment_hook hook;
    const char *active; /* a value at which the law must fail; NULL: the default, or true */
};

/* In these texts $ is the row's group and # its number among the governed variables. */
#define STATE                                                                                      \
    "economy.organisations=40; attendance.mode=expected; allocation.leave=.3; governance.every=1;" \
    "rights.workers=.7;"
#define STILL "economy.organisations=5; allocation.leave=0; run.population_seed=5;"
/* Every counter-mechanism, quick. */
#define COUNTERS                                                                                   \
    "rotation.every=2; rotation.on=true; job_balance.on=true; term_limit.on=true;"                 \
    "term_limit.weeks=2; open_book.on=true; training.on=true; association_building.on=true;"       \
    "recall.on=true; sortition.on=true;"
#define VOICE(row, cause, hook)                                                                    \
    {                                                                                              \
        row, NO_EFFECT, STATE, cause, "power standing", "influence", EXPERIMENT_##hook, NULL       \
    }
#define ATTEND(row, cause, hook)                                                                   \
    {                                                                                              \
        row, NO_EFFECT, STATE, cause, "present", "association", EXPERIMENT_##hook, NULL            \
    }
#define LOSS(row, cause, facet)                                                                    \
    {                                                                                              \
        row, NO_EFFECT, STATE, cause, "odds:" #facet, "autonomy", EXPERIMENT_MONTH, NULL           \
    }
#define JOBS(row, cause)                                                                           \
    {                                                                                              \
        row, NO_EFFECT, STATE, cause, "label", "allocation", EXPERIMENT_ACT, NULL                  \
    }
#define PLAIN(row, kind, set, what, active)                                                        \
    {                                                                                              \
        row, kind, set, what, NULL, NULL, EXPERIMENT_ACT, active                                   \
    }

static const struct law laws[] = {
    LOSS("technology.speed", "in_force:0", 0),
    LOSS("technology.intensity", "in_force:0", 1),
    LOSS("technology.means", "in_force:0", 2),
    LOSS("formalisation.speed", "in_force:1", 0),
    LOSS("formalisation.intensity", "in_force:1", 1),
    LOSS("formalisation.means", "in_force:1", 2),
    LOSS("hierarchy.speed", "in_force:2", 0),
    LOSS("hierarchy.intensity", "in_force:2", 1),
    LOSS("hierarchy.means", "in_force:2", 2),
    {"autonomy.standing", NO_EFFECT, STATE, "standing", "autonomy", "autonomy", EXPERIMENT_DERIVE,
     NULL},
    PLAIN("learning.pace", IDLE, STATE, "tasks.training_weeks=[1, 2, 3, 4, 5, 6]", NULL),
    PLAIN("learning.forgetting", FIXED, STILL "learning.pace=0", "skill", NULL),
    PLAIN("learning.keep", ELSEWHERE, "", "test_neutral_cases", NULL),
    ATTEND("attendance.standing", "log_standing", ACT),
    ATTEND("attendance.autonomy", "autonomy", ACT),
    ATTEND("attendance.onerousness", "onerousness", MONTH),
    ATTEND("attendance.solidarity", "solidarity", ACT),
    PLAIN("attendance.size", ELSEWHERE, "", "test_neutral_cases", NULL),
    PLAIN("solidarity.rate", FIXED, STILL "solidarity.erosion=0", "solidarity", NULL),
    {"solidarity.erosion", NO_EFFECT, STATE, "standing_gini", "solidarity", "association",
     EXPERIMENT_ACT, NULL},
    VOICE("voice.skill", "competence", ACT),
    VOICE("voice.know", "know", ACT),
    VOICE("voice.persuasiveness", "persuasiveness", ACT),
    VOICE("voice.rank", "rank", MONTH),
    VOICE("voice.office", "office", ACT),
    PLAIN("governance.on", FIXED, STILL, "voted", NULL),
    {"governance.agenda", NO_EFFECT, STATE, "standing", "voted", "governance", EXPERIMENT_ACT,
     "standing"},
    PLAIN("governance.rate", FIXED, STILL, "voted", NULL),
    PLAIN("governance.noise", IDLE, STILL "attendance.mode=all", "run.seed=9", NULL),
    {"*.interest", NO_EFFECT, STATE, "empowerment", "voted:#", "governance", EXPERIMENT_ACT, NULL},
    {"*.pressure", NO_EFFECT, STATE, "pressure", "voted:#", "governance", EXPERIMENT_ACT, NULL},
    PLAIN("*.irreversibility", ELSEWHERE, "", "test_neutral_cases", NULL),
    PLAIN("*.open", IDLE, STATE "market.pressure=1; run.weeks=8",
          "$.intercept=3; $.interest=-2; $.pressure=3; $.owners=.05; $.irreversibility=.4", NULL),
    PLAIN("allocation.leave", FIXED, STILL, "label", ".3"),
    JOBS("allocation.fit", "skill"),
    JOBS("allocation.standing", "standing"),
    JOBS("allocation.chain", "skill standing"),
    PLAIN("*.on", IDLE, STILL "market.competition=1;" COUNTERS, "$.start=9; $.cost=.5", "true"),
    PLAIN("*.cost", ELSEWHERE, "", "test_neutral_cases", NULL),
    PLAIN("intervention.act", IDLE,
          STILL "run.weeks=16; intervention.week=8; intervention.impulse=1",
          "intervention.week=12; intervention.caliper=1; intervention.impulse=2", "impulse"),
    PLAIN("decide.*", IDLE, STILL "market.competition=1;" COUNTERS,
          "decide.threshold=.9; decide.every=3", "true"),
    {"decide.interest", NO_EFFECT,
     STATE "rights.workers=1; rotation.on=true; decide.rotation=true; decide.threshold=.5;"
           "decide.intercept=0",
     "empowerment", "adopted", "decide", EXPERIMENT_ACT, NULL},
    {"decide.pressure", NO_EFFECT, STATE COUNTERS "rights.workers=1; decide.rotation=true",
     "pressure", "adopted", "decide", EXPERIMENT_ACT, "9"},
    PLAIN("decide.noise", IDLE,
          STILL "attendance.mode=all; governance.on=false; job_balance.on=true;"
                "decide.job_balance=true; decide.every=1; decide.threshold=.3",
          "run.seed=9", NULL),
    {"score.strategic", NO_EFFECT, STATE "governance.rule=score;", "label", "voted", "governance",
     EXPERIMENT_ACT, ".5"},
    {"board.standing", NO_EFFECT, STATE "governance.rule=board;", "log_standing", "mandate",
     "board", EXPERIMENT_ACT, NULL},
    {"manager.standing", NO_EFFECT, STATE "governance.rule=manager;", "log_standing", "mandate",
     "manager", EXPERIMENT_ACT, NULL},
    {"manager.discretion", NO_EFFECT, STATE "governance.rule=manager;", "mandate", "voted",
     "governance", EXPERIMENT_ACT, NULL},
    PLAIN("manager.drift", IDLE, STILL "governance.rule=manager; manager.from=outside",
          "manager.ideal=[0, 0, 0, 0, 0, 0]", NULL),
    PLAIN("job_balance.strength", IDLE, STATE "job_balance.on=true", "job_balance.start=9", NULL),
    {"rotation.refusal", NO_EFFECT, STATE "rotation.on=true; rotation.every=1", "empowerment",
     "label", "rotation", EXPERIMENT_ACT, ".5"},
    PLAIN("rotation.training_loss", ELSEWHERE, "", "test_rotation", NULL),
    PLAIN("open_book.openness", IDLE, STATE "open_book.on=true", "open_book.start=9", NULL),
    PLAIN("training.rate", IDLE, STATE "training.on=true", "training.start=9", NULL),
    PLAIN("association_building.rate", IDLE,
          STATE "association_building.on=true; association_building.attendance=0",
          "association_building.start=9", NULL),
    PLAIN("association_building.attendance", IDLE,
          STATE "association_building.on=true; association_building.rate=0",
          "association_building.start=9", NULL),
    PLAIN("market.competition", IDLE, STATE, "market.memory=.9", "1"),
    PLAIN("market.pressure", ZERO, STATE, "pressure", "1"),
    PLAIN("culture.spread", ZERO, STATE, "culture", NULL),
    PLAIN("outlook.spread", ZERO, STATE, "outlook", NULL),
    PLAIN("economy.size_spread", IDLE, STATE "economy.sizes=lognormal; run.population_seed=5",
          "economy.sizes=fixed", NULL),
    PLAIN("rights.workers", IDLE, STATE,
          "rights.left_inside=.7; rights.delegation=formal; rights.outsiders=neutral;"
          "division.owners=0; mechanisation.owners=1",
          ".5"),
    PLAIN("gender.share", IDLE, STATE, "$.autonomy=1; $.voice=1; $.allocation=1; homophily.$=1",
          ".5"),
    PLAIN("race.share", IDLE, STATE, "$.autonomy=1; $.voice=1; $.allocation=1; homophily.$=1",
          ".5"),
    PLAIN("gender.*", ELSEWHERE, "", "test_status", NULL),
    PLAIN("race.*", ELSEWHERE, "", "test_status", NULL),
    PLAIN("homophily.*", ELSEWHERE, "", "test_homophily", NULL),
    PLAIN("education.slowing", ELSEWHERE, "", "test_status", NULL),
    PLAIN("rights.hired", ELSEWHERE, "", "test_education", NULL),
    PLAIN("record.workers", ELSEWHERE, "", "test_same_bits", NULL),
    PLAIN("record.organisations", ELSEWHERE, "", "test_same_bits", NULL),
    PLAIN("arrows.twin", ELSEWHERE, "", "test_twins", NULL),
    PLAIN("arrows.*", ELSEWHERE, "", "test_arrows", NULL),
};
enum { LAWS = sizeof laws / sizeof *laws };

/* One star stands for the group or for the parameter. */
static bool fits(const char *pattern, const char *row)
{
    const char *star = strchr(pattern, '*');
    if (star == NULL)
        return strcmp(pattern, row) == 0;
    return star == pattern ? strcmp(pattern + 1, strchr(row, '.')) == 0
                           : strncmp(pattern, row, (size_t)(star - pattern)) == 0;
}

/* The row's own law, or else the one whose pattern fits. */
static const struct law *law_of(const char *row)
{
    const struct law *found = NULL;
    for (size_t i = 0; i < LAWS; i++)
        if (fits(laws[i].row, row) && (found == NULL || strchr(laws[i].row, '*') == NULL))
            found = &laws[i];
    return found;
}

/* The number of the row's group among the governed variables. */
static size_t variable_of(const char *row)
{
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
        if (strncmp(row, variable_name[y], strlen(variable_name[y])) == 0)
            return y;
    return 0;
}

static const char *fill_in(const char *text, const char *row, char *buffer)
{
    char *to = buffer;
    for (; text != NULL && *text != '\0'; text++)
        if (*text == '$')
            to += sprintf(to, "%.*s", (int)(strchr(row, '.') - row), row);
        else if (*text == '#')
            to += sprintf(to, "%zu", variable_of(row));
        else
            *to++ = *text;
    *to = '\0';
    return buffer;
}

static bool has_no_effect(const struct law *law, const char *row, const char *set)
{
    static struct experiment_outcome kept, exchanged;
    char effect[256];
    struct experiment experiment = {
        law->mechanism, law->hook, law->what, fill_in(law->effect, row, effect), NAN, false};
    experiment_run(&experiment, set, EXPERIMENT_KEPT, &kept);
    experiment_run(&experiment, set, EXPERIMENT_EXCHANGED, &exchanged);
    return experiment_distance(&kept, &exchanged) == 0;
}

static bool is_idle(const struct law *law, const char *row, const char *set)
{
    char further[512];
    struct village v, other;
    village_begin_seo(&v, set);
    village_set_up(&other, village_seo(), set);
    village_assign(&other, fill_in(law->what, row, further));
    assert_int_equal(coop_run_init(&other.run, other.model, &other.set, 0, 1), COOP_OK);
    coop_run_live(&v.run, 16);
    coop_run_live(&other.run, 16);
    bool idle = village_hash(&v) == village_hash(&other);
    village_end(&v);
    village_end(&other);
    return idle;
}

/* Whether a value is 0, of either sign, since it may be a product with something negative. */
static bool is_zero(const void *place, const struct coop_field *field)
{
    return village_is_of_workers(field) ? *(const float *)place == 0 : *(const double *)place == 0;
}

/* Whether a field is as it was at week 0, or 0. */
static bool is_still(const struct law *law, const char *set)
{
    struct village v, start;
    bool still = true;
    village_begin_seo(&v, set);
    village_begin_seo(&start, set);
    coop_run_live(&v.run, 16);
    int number = village_field(&v.run, law->what);
    const struct coop_field *field = v.run.economy.row[number];
    for (size_t o = 0; o < v.run.economy.organisations; o++)
        for (size_t c = 0; c < v.run.economy.components[number]; c++)
            for (size_t i = 0; i < village_values(&v.run, number, o); i++) {
                const void *now = village_place(&v.run, number, c, o, i);
                const void *then = village_place(&start.run, number, c, o, i);
                bool same = memcmp(now, then, field->type == COOP_F64 ? 8 : 4) == 0;
                still = still && (law->kind == ZERO ? is_zero(now, field) : same);
            }
    village_end(&v);
    village_end(&start);
    return still;
}

static bool holds(const struct law *law, const char *row, const char *value)
{
    char set[1024];
    snprintf(set, sizeof set, "%s; %s=%s", law->set, row, value);
    if (law->kind == NO_EFFECT)
        return has_no_effect(law, row, set);
    return law->kind == IDLE ? is_idle(law, row, set) : is_still(law, set);
}

static void check_row(const struct coop_model *model, const struct coop_param *row, void *user)
{
    (void)user;
    char active[64] = "true";
    if (row->neutral == NULL)
        return;
    const struct law *law = law_of(row->name);
    if (law == NULL)
        fail_msg("%s of %s has a neutral value and no law here", row->name, model->name);
    if (law == NULL || law->kind == ELSEWHERE)
        return;
    if (row->type != COOP_PARAM_BOOLEAN)
        snprintf(active, sizeof active, "%.17g", row->initial);
    if (!holds(law, row->name, row->neutral))
        fail_msg("%s: not absent at %s", row->name, row->neutral);
    if (holds(law, row->name, law->active != NULL ? law->active : active))
        fail_msg("%s: still absent at %s", row->name, law->active != NULL ? law->active : active);
}

static void every_neutral_value_is_absence(void **state)
{
    (void)state;
    village_each_row(check_row, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_neutral_value_is_absence),
    };
    return cmocka_run_group_tests_name("neutral", tests, NULL, NULL);
}
