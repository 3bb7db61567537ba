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

#include "models/seo/seo.h"

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
    PLAIN("learning.keep", ELSEWHERE, "", "know_how_is_kept_at_one", NULL),
    ATTEND("attendance.standing", "log_standing", ACT),
    ATTEND("attendance.autonomy", "autonomy", ACT),
    ATTEND("attendance.onerousness", "onerousness", MONTH),
    ATTEND("attendance.solidarity", "solidarity", ACT),
    PLAIN("attendance.size", ELSEWHERE, "", "size_does_not_keep_away_at_zero", NULL),
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
    PLAIN("*.irreversibility", ELSEWHERE, "", "falls_are_slowed", NULL),
    PLAIN("*.open", IDLE, STATE "market.pressure=1; run.weeks=8",
          "$.intercept=3; $.interest=-2; $.pressure=3; $.owners=.05; $.irreversibility=.4", NULL),
    PLAIN("allocation.leave", FIXED, STILL, "label", ".3"),
    JOBS("allocation.fit", "skill"),
    JOBS("allocation.standing", "standing"),
    JOBS("allocation.chain", "skill standing"),
    PLAIN("rotation.on", IDLE, STILL, "rotation.every=2; rotation.share=.3; rotation.start=3",
          NULL),
    PLAIN("job_balance.on", IDLE, STATE, "job_balance.strength=.3; job_balance.start=9", NULL),
    PLAIN("job_balance.strength", IDLE, STATE "job_balance.on=true", "job_balance.start=9", NULL),
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
#define VARIABLE_NAME(X, name, ...) #name,
    static const char *const variable[] = {SEO_VARIABLES(VARIABLE_NAME, )};
#undef VARIABLE_NAME
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
        if (strncmp(row, variable[y], strlen(variable[y])) == 0)
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
    struct experiment experiment = {law->mechanism, law->hook, law->what,
                                    fill_in(law->effect, row, effect), NAN};
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

/* All bits but the sign, since 0 may be a product with something negative. */
static bool is_zero(const void *place, const struct coop_field *field, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (village_is_of_workers(field) ? ((const float *)place)[i] != 0
                                         : ((const double *)place)[i] != 0)
            return false;
    return true;
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
        for (size_t c = 0; c < v.run.economy.components[number]; c++) {
            size_t count = village_is_of_workers(field) ? v.run.economy.size[o] : 1;
            const void *now = village_place(&v.run, number, c, o);
            const void *then = village_place(&start.run, number, c, o);
            bool same = memcmp(now, then, count * (field->type == COOP_F64 ? 8 : 4)) == 0;
            still = still && (law->kind == ZERO ? is_zero(now, field, count) : same);
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

/* The first decision's move of every variable, from the same place in every organisation. */
static double first_move(const char *start, const char *irreversibility, size_t y)
{
    char set[1024] = STILL "arrows.power_org=cut;";
    struct village v;
    for (size_t i = 0; i < SEO_VARIABLE_COUNT; i++) {
        static const char *const name[] = {"mechanisation", "formalisation", "hierarchy",
                                           "division",      "pay_spread",    "product"};
        snprintf(set + strlen(set), sizeof set - strlen(set), "%s.start=%s; %s.irreversibility=%s;",
                 name[i], start, name[i], irreversibility);
    }
    village_begin_seo(&v, set);
    double *voted = village_place(&v.run, village_field(&v.run, "voted"), y, 3), before = *voted;
    coop_run_live(&v.run, COOP_MONTH);
    double move = *voted - before;
    village_end(&v);
    return move;
}

/* A fall goes 1 - irreversibility of its way, a rise all of it. */
static void falls_are_slowed(void **state)
{
    (void)state;
    for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++) {
        double fall = first_move(".99", "0", y), rise = first_move(".01", "0", y);
        assert_true(fall < -1e-4 && rise > 1e-4);
        assert_true(fabs(first_move(".99", ".75", y) - fall / 4) < 1e-12);
        assert_true(first_move(".99", "1", y) == 0);
        assert_true(first_move(".01", "1", y) == rise);
    }
}

/* Everybody knows the same when jobs rotate: who keeps the whole of it knows it afterwards. */
static bool know_how_is_kept(const char *keep)
{
    static struct experiment_outcome rotated, stayed;
    const struct experiment experiment = {"rotation", EXPERIMENT_ACT, "know", "know", .4};
    char set[512];
    snprintf(set, sizeof set, STILL "rotation.every=1; rotation.on=true; learning.keep=%s", keep);
    experiment_run(&experiment, set, EXPERIMENT_LEVELLED, &rotated);
    experiment_run(&experiment, STILL "rotation.on=false", EXPERIMENT_LEVELLED, &stayed);
    return experiment_distance(&rotated, &stayed) == 0;
}

static void know_how_is_kept_at_one(void **state)
{
    (void)state;
    assert_true(know_how_is_kept("1"));
    assert_false(know_how_is_kept(".5"));
}

/* Equal members of a small and of a large organisation come with the same probability. */
static bool sizes_attend_alike(const char *size)
{
    char set[512];
    struct village v;
    snprintf(set, sizeof set,
             STILL "economy.sizes=list; economy.size_list=[5, 50]; attendance.mode=expected;"
                   "division.start=0; hierarchy.start=0; attendance.size=%s",
             size);
    village_begin_seo(&v, set);
    coop_run_live(&v.run, 1);
    const double *turnout = village_place(&v.run, village_field(&v.run, "turnout_sum"), 0, 0);
    bool alike = turnout[0] == turnout[1];
    village_end(&v);
    return alike;
}

static void size_does_not_keep_away_at_zero(void **state)
{
    (void)state;
    assert_true(sizes_attend_alike("0"));
    assert_false(sizes_attend_alike(".3"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(falls_are_slowed),
        cmocka_unit_test(know_how_is_kept_at_one),
        cmocka_unit_test(size_does_not_keep_away_at_zero),
        cmocka_unit_test(every_neutral_value_is_absence),
    };
    return cmocka_run_group_tests_name("neutral", tests, NULL, NULL);
}
