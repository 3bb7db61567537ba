/* coopsim - GPL-3.0-or-later
 *
 * Every arrow cut = its cause constant (ODD 5 and 6). In one and the same state,
 *  - with the arrow cut, to exchange the cause among the workers of an organisation changes no bit
 *    of the effect; intact, it does; and it does whatever other arrow is cut;
 *  - with the arrow cut, the effect is what it is intact when the cause is made the same for all by
 *    hand: the organisation's mean, or equality. */
#include "tests/law/experiment.h"

/* Everybody votes in part, many leave, and every week something is decided. */
#define STATE                                                                                      \
    "economy.organisations=40; economy.size=20; attendance.mode=expected; allocation.leave=.3;"    \
    "governance.every=1; rights.workers=.7;"

/* What a cut must stop, and what constant cause it must equal. */
struct law {
    const char *arrow;
    struct experiment experiment;
    const char *set; /* further assignments, NULL: none */
};

#define MEAN NAN
static const struct law laws[] = {
    {"arrows.job_skill", {"learning", EXPERIMENT_MONTH, "share", "skill", MEAN, false}, NULL},
    {"arrows.autonomy_know", {"learning", EXPERIMENT_ACT, "autonomy", "know", MEAN, false}, NULL},
    {"arrows.skill_voice",
     {"influence", EXPERIMENT_ACT, "competence", "power standing", MEAN, false},
     NULL},
    {"arrows.know_voice",
     {"influence", EXPERIMENT_ACT, "know", "power standing", MEAN, false},
     NULL},
    {"arrows.rank_voice",
     {"influence", EXPERIMENT_MONTH, "rank", "power standing", MEAN, false},
     NULL},
    {"arrows.office_voice",
     {"influence", EXPERIMENT_ACT, "office", "power standing", 1, false},
     NULL},
    {"arrows.standing_autonomy",
     {"autonomy", EXPERIMENT_DERIVE, "standing", "autonomy", 1, false},
     NULL},
    {"arrows.standing_attend",
     {"association", EXPERIMENT_ACT, "log_standing", "present", 0, false},
     NULL},
    {"arrows.standing_jobs", {"allocation", EXPERIMENT_ACT, "standing", "label", 1, false}, NULL},
    {"arrows.power_org", {"governance", EXPERIMENT_ACT, "power", "voted", 1, false}, NULL},
    {"arrows.power_org",
     {"governance", EXPERIMENT_ACT, "power standing", "voted", 1, false},
     "governance.agenda=standing;"},
    {"arrows.skill_jobs", {"allocation", EXPERIMENT_ACT, "skill", "label", MEAN, false}, NULL},
    {"arrows.autonomy_attend",
     {"association", EXPERIMENT_ACT, "autonomy", "present", MEAN, false},
     NULL},
    {"arrows.power_solidarity",
     {"association", EXPERIMENT_ACT, "standing_gini", "solidarity", 0, false},
     "solidarity.tolerance=0;"},
};
enum { LAWS = sizeof laws / sizeof *laws };

static double distance(const struct law *law, const char *cut, enum experiment_change change,
                       const char *other_cut, enum experiment_change other_change)
{
    static struct experiment_outcome outcome, other;
    char set[512];
    const char *further = law->set != NULL ? law->set : "";
    snprintf(set, sizeof set, STATE "%s%s", further, cut);
    experiment_run(&law->experiment, set, change, &outcome);
    snprintf(set, sizeof set, STATE "%s%s", further, other_cut);
    experiment_run(&law->experiment, set, other_change, &other);
    return experiment_distance(&outcome, &other);
}

static void cut_stops_the_cause(void **state)
{
    const struct law *law = *state;
    char cut[64];
    snprintf(cut, sizeof cut, "%s=cut", law->arrow);
    assert_true(distance(law, cut, EXPERIMENT_KEPT, cut, EXPERIMENT_EXCHANGED) == 0);
    assert_true(distance(law, "", EXPERIMENT_KEPT, "", EXPERIMENT_EXCHANGED) > 1e-4);
}

/* The sums have other summands, so floats of the effect may differ by some roundings. */
static void cut_is_a_constant_cause(void **state)
{
    const struct law *law = *state;
    char cut[64];
    snprintf(cut, sizeof cut, "%s=cut", law->arrow);
    assert_true(distance(law, cut, EXPERIMENT_KEPT, "", EXPERIMENT_LEVELLED) < 5e-6);
    assert_true(distance(law, cut, EXPERIMENT_KEPT, "", EXPERIMENT_KEPT) > 1e-4);
}

static void cut_stops_nothing_else(void **state)
{
    const struct law *law = *state;
    for (size_t i = 0; i < LAWS; i++) {
        char cut[64];
        snprintf(cut, sizeof cut, "%s=cut", laws[i].arrow);
        if (strcmp(laws[i].arrow, law->arrow) != 0 &&
            distance(law, cut, EXPERIMENT_KEPT, cut, EXPERIMENT_EXCHANGED) <= 1e-4)
            fail_msg("%s stops %s too", cut, law->arrow);
    }
}

static void find_law(const struct coop_model *model, const struct coop_param *row, void *user)
{
    (void)user;
    if (strncmp(row->name, "arrows.", 7) != 0 || strcmp(row->name, "arrows.twin") == 0)
        return;
    for (size_t i = 0; i < LAWS; i++)
        if (strcmp(laws[i].arrow, row->name) == 0)
            return;
    fail_msg("%s of %s has no law here", row->name, model->name);
}

static void every_arrow_has_a_law(void **state)
{
    (void)state;
    village_each_row(find_law, NULL);
}

int main(void)
{
    struct CMUnitTest tests[3 * LAWS + 1] = {cmocka_unit_test(every_arrow_has_a_law)};
    static char name[3 * LAWS][96];
    static const struct {
        const char *text;
        CMUnitTestFunction check;
    } kind[3] = {{"cut stops the cause", cut_stops_the_cause},
                 {"cut is a constant cause", cut_is_a_constant_cause},
                 {"cut stops nothing else", cut_stops_nothing_else}};
    for (size_t i = 0; i < 3 * LAWS; i++) {
        snprintf(name[i], sizeof name[i], "%s: %s", laws[i / 3].arrow, kind[i % 3].text);
        tests[1 + i] = (struct CMUnitTest){name[i], kind[i % 3].check, NULL, NULL,
                                           (void *)(uintptr_t)&laws[i / 3]};
    }
    return cmocka_run_group_tests_name("arrows", tests, NULL, NULL);
}
