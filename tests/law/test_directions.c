/* coopsim - GPL-3.0-or-later
 *
 * Directions: a cause that is raised a little, with everything else as it is, raises what the
 * equations say it raises, and lowers what they say it lowers, in the same week and for the same
 * worker or organisation. */
#include "tests/law/experiment.h"

#define STATE                                                                                      \
    "economy.organisations=40; economy.size=20; attendance.mode=expected; allocation.leave=0;"     \
    "governance.every=1; rights.workers=.7; solidarity.tolerance=0;"                               \
    "governance.noise=0"

enum direction { FALLS = -1, RISES = 1 };

struct law {
    struct experiment experiment;
    enum direction direction;
};

#define LAW(mechanism, hook, cause, effect, direction)                                             \
    {                                                                                              \
        {mechanism, EXPERIMENT_##hook, cause, effect, NAN, true}, direction                        \
    }

/* Mechanisation, formalisation and hierarchy in force are numbers 0 to 2 of the variables; odds are
 * those against autonomy. */
static const struct law laws[] = {
    LAW("autonomy", MONTH, "in_force:0", "odds", RISES),
    LAW("autonomy", MONTH, "in_force:1", "odds", RISES),
    LAW("autonomy", MONTH, "in_force:2", "odds", RISES),
    LAW("autonomy", MONTH, "empowerment", "odds", FALLS),
    LAW("autonomy", MONTH, "rank", "odds", FALLS),
    LAW("autonomy", DERIVE, "odds", "autonomy", FALLS),
    LAW("autonomy", DERIVE, "standing", "autonomy", RISES),
    LAW("learning", MONTH, "in_force:1", "know", FALLS),
    LAW("learning", MONTH, "share", "skill", RISES),
    LAW("learning", ACT, "autonomy", "know", RISES),
    LAW("association", ACT, "log_standing", "present", RISES),
    LAW("association", ACT, "autonomy", "present", RISES),
    LAW("association", MONTH, "onerousness", "present", FALLS),
    LAW("association", ACT, "solidarity", "present", RISES),
    LAW("association", ACT, "standing_gini", "solidarity", FALLS),
    LAW("influence", ACT, "competence", "power standing", RISES),
    LAW("influence", ACT, "know", "power standing", RISES),
    LAW("influence", ACT, "persuasiveness", "power standing", RISES),
    LAW("influence", MONTH, "rank", "power standing", RISES),
    LAW("influence", ACT, "office", "power standing office", RISES),
    LAW("influence", ACT, "present", "power standing", RISES),
    LAW("governance", ACT, "pressure", "voted", RISES),
    LAW("governance", ACT, "culture", "voted", RISES),
    LAW("governance", ACT, "outlook", "voted", RISES),
};
enum { LAWS = sizeof laws / sizeof *laws };

/* Every effect must move in the direction, or stay, from one outcome to the other. */
static void check_moves(const struct experiment_outcome *from, const struct experiment_outcome *to,
                        enum direction direction)
{
    double smallest = INFINITY, largest = -INFINITY;
    assert_true(from->count > 0 && from->count == to->count);
    for (size_t i = 0; i < from->count; i++) {
        double moved = (double)(int)direction * (to->value[i] - from->value[i]);
        smallest = fmin(smallest, moved);
        largest = fmax(largest, moved);
    }
    print_message("# moves by %.2g to %.2g\n", smallest, largest);
    assert_true(smallest >= 0 && largest > 1e-5);
}

static void effect_follows_cause(void **state)
{
    static struct experiment_outcome kept, raised;
    const struct law *law = *state;
    experiment_run(&law->experiment, STATE, EXPERIMENT_KEPT, &kept);
    experiment_run(&law->experiment, STATE, EXPERIMENT_RAISED, &raised);
    check_moves(&kept, &raised, law->direction);
}

/* Who holds the better jobs wants more of everything that has a positive interest: where these have
 * more of the same power, it rises. */
static void power_serves_its_interest(void **state)
{
    static struct experiment_outcome level, tilted;
    const struct experiment experiment = {"governance", EXPERIMENT_ACT, "power", "voted", 1, false};
    (void)state;
    experiment_run(&experiment, STATE "; outlook.spread=0", EXPERIMENT_LEVELLED, &level);
    experiment_run(&experiment, STATE "; outlook.spread=0", EXPERIMENT_TILTED, &tilted);
    check_moves(&level, &tilted, RISES);
}

int main(void)
{
    static char name[LAWS][96];
    struct CMUnitTest tests[LAWS + 1] = {cmocka_unit_test(power_serves_its_interest)};
    for (size_t i = 0; i < LAWS; i++) {
        const struct experiment *experiment = &laws[i].experiment;
        snprintf(name[i], sizeof name[i], "%s: %s with %s", experiment->mechanism,
                 experiment->effect, experiment->cause);
        tests[1 + i] = (struct CMUnitTest){name[i], effect_follows_cause, NULL, NULL,
                                           (void *)(uintptr_t)&laws[i]};
    }
    return cmocka_run_group_tests_name("directions", tests, NULL, NULL);
}
