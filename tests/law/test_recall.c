/* coopsim - GPL-3.0-or-later
 *
 * Recall: how many it takes, who may stand again, what comes after an employed manager. */
#include "tests/law/mandates.h"

static size_t dissatisfied;

/* Those with a mandate and all others want everything, but for some others who want nothing. */
static void some_want_nothing(const struct coop_batch *b)
{
    for (size_t o = 0; o < b->organisations; o++) {
        size_t left = dissatisfied;
        for (size_t p = 0; p < b->size[o]; p++) {
            size_t i = coop_slot(b, o, p);
            bool nothing = left > 0 && coop_worker_u32(b, SEO_MANDATE)[i] == 0;
            left -= nothing;
            for (size_t y = 0; y < SEO_VARIABLE_COUNT; y++)
                coop_worker(b, SEO_IDEAL, y)[i] = nothing ? 0.0f : 1.0f;
        }
    }
}

/* Exactly half is not most. */
static void most_recall(void **state)
{
    const struct coop_mechanism before = {.name = "before", .act = some_want_nothing};
    struct village_model model;
    (void)state;
    village_surround(&model, village_seo(), "recall", &before, NULL);
    for (dissatisfied = 0; dissatisfied < 6; dissatisfied++) {
        struct village v;
        village_begin(&v, &model.model,
                      STILL "economy.size=6; governance.rule=board; board.seats=1; board.term=500;"
                            "recall.on=true; recall.every=4; recall.tolerance=.5");
        coop_run_live(&v.run, 4);
        for (size_t o = 0; o < 12; o++)
            assert_int_equal(value_of(&v, "mandate_rule", o) == 0, dissatisfied > 3);
        village_end(&v);
    }
}

/* Nothing is judged with full tolerance; without any the board goes, and none of it comes back. */
static void recalled_members_cannot_stand(void **state)
{
    struct village v;
    bool was[12][20] = {{false}};
    (void)state;
    village_begin_seo(&v, STILL BOARD "board.term=500; recall.on=true; recall.every=8;"
                                      "recall.tolerance=0");
    coop_run_live(&v.run, 4);
    for (size_t o = 0; o < 12; o++)
        for (size_t p = 0; p < 20; p++)
            was[o][p] = mandate_of(&v, o, p) == 500;
    coop_run_live(&v.run, 4);
    for (size_t o = 0; o < 12; o++)
        for (size_t p = 0; p < 20; p++)
            assert_int_equal(mandate_of(&v, o, p), was[o][p] ? (uint32_t)BARRED : 0);
    coop_run_live(&v.run, 4);
    for (size_t o = 0; o < 12; o++) {
        assert_int_equal(holders(&v, o, 508), 3);
        for (size_t p = 0; p < 20; p++)
            assert_false(was[o][p] && mandate_of(&v, o, p) > 0);
    }
    village_end(&v);
}

/* A small organisation that recalls everybody elects again, whoever there is. */
static void everybody_may_be_recalled(void **state)
{
    struct village v;
    (void)state;
    village_begin_seo(&v, STILL BOARD "economy.size=3; board.term=500; recall.on=true;"
                                      "recall.every=8; recall.tolerance=0");
    coop_run_live(&v.run, 12);
    for (size_t o = 0; o < 12; o++)
        assert_int_equal(holders(&v, o, 508), 3);
    village_end(&v);
}

static void tolerance_of_everything_recalls_nobody(void **state)
{
    (void)state;
    assert_int_equal(
        village_hash_after(village_seo(), STILL BOARD "recall.on=false", 40),
        village_hash_after(village_seo(),
                           STILL BOARD "recall.on=true; recall.every=4; recall.tolerance=1", 40));
    assert_int_not_equal(
        village_hash_after(village_seo(), STILL BOARD "recall.on=false", 40),
        village_hash_after(village_seo(),
                           STILL BOARD "recall.on=true; recall.every=4; recall.tolerance=.02", 40));
}

/* Another manager is hired with what the members want then. */
static void a_recalled_manager_is_replaced(void **state)
{
    struct village v;
    (void)state;
    village_begin_seo(&v, STILL OUTSIDE "manager.drift=1; manager.ideal=[1, 1, 1, 1, 1, 1];"
                                        "recall.on=true; recall.every=12; recall.tolerance=.05");
    coop_run_live(&v.run, 8);
    for (size_t o = 0; o < 12; o++)
        assert_true(wish_of(&v, o) == 1);
    coop_run_live(&v.run, 4);
    for (size_t o = 0; o < 12; o++)
        assert_true(value_of(&v, "mandate_rule", o) == 0);
    coop_run_live(&v.run, 4);
    for (size_t o = 0; o < 12; o++)
        assert_true(value_of(&v, "mandate_rule", o) > 0 && wish_of(&v, o) < .7);
    village_end(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(most_recall),
        cmocka_unit_test(recalled_members_cannot_stand),
        cmocka_unit_test(everybody_may_be_recalled),
        cmocka_unit_test(tolerance_of_everything_recalls_nobody),
        cmocka_unit_test(a_recalled_manager_is_replaced),
    };
    return cmocka_run_group_tests_name("recall", tests, NULL, NULL);
}
