/* coopsim - GPL-3.0-or-later
 *
 * Twins (ODD 5): the exposure twin is the run in which all return arrows are cut by hand, the
 * voiceless twin the one in which all weights of the voice are 0, bit for bit; and a twin differs
 * from its case. */
#include "tests/law/configurations.h"
#include "tests/law/village.h"

#define SHORT "run.weeks=104; record.organisations=true; record.workers=9; arrows.twin=none;"

/* The arrows by which power returns to its causes, as the model's description lists them. */
#define RETURN_ARROWS                                                                              \
    "arrows.autonomy_know=cut; arrows.standing_autonomy=cut; arrows.standing_attend=cut;"          \
    "arrows.office_voice=cut; arrows.standing_jobs=cut; arrows.skill_jobs=cut;"                    \
    "arrows.power_org=cut; arrows.autonomy_attend=cut; arrows.power_solidarity=cut"

static uint64_t hash_of(const char *configuration, const char *change)
{
    struct village v;
    struct coop_record record;
    village_set_up(&v, village_seo(), configuration);
    village_assign(&v, SHORT);
    village_assign(&v, change);
    village_record(&v, 1, &record);
    uint64_t hash = village_record_hash(&record);
    coop_record_free(&record);
    village_end(&v);
    return hash;
}

static void exposure_cuts_the_return_arrows(void **state)
{
    const char *configuration;
    (void)state;
    for (size_t i = 0; (configuration = configuration_of(village_seo(), i)) != NULL; i++) {
        uint64_t twin = hash_of(configuration, "arrows.twin=exposure");
        assert_int_equal(twin, hash_of(configuration, RETURN_ARROWS));
        assert_int_not_equal(twin, hash_of(configuration, ""));
    }
}

static void silence(const struct coop_model *model, const struct coop_param *row, void *user)
{
    char *silent = user;
    if (strcmp(model->name, "seo") == 0 &&
        (strncmp(row->name, "voice.", 6) == 0 || strcmp(strchr(row->name, '.'), ".voice") == 0))
        sprintf(silent + strlen(silent), "%s=%s;", row->name, row->neutral);
}

static void voiceless_has_no_weights(void **state)
{
    const char *configuration;
    char silent[4096] = "";
    (void)state;
    village_each_row(silence, silent);
    for (size_t i = 0; (configuration = configuration_of(village_seo(), i)) != NULL; i++) {
        uint64_t twin = hash_of(configuration, "arrows.twin=voiceless");
        assert_int_equal(twin, hash_of(configuration, silent));
        /* Not where workers have no say at all, but in the first configuration they have. */
        if (i == 0)
            assert_int_not_equal(twin, hash_of(configuration, ""));
    }
}

/* Where know-how would have no voice, talent has none, and the talent twin is the exposure twin; where
 * it has, talents that differ are heard, and so is what newcomers are short of. */
static void talent_stands_in_for_know_how(void **state)
{
    struct village cut, twin;
    (void)state;
    village_begin_seo(&cut, "arrows.twin=exposure; voice.know=0; allocation.leave=.02");
    village_begin_seo(&twin, "arrows.twin=talent; voice.know=0; allocation.leave=.02");
    coop_run_live(&cut.run, 60);
    coop_run_live(&twin.run, 60);
    assert_true(village_all_same(&cut.run, &twin.run));
    village_end(&cut);
    village_end(&twin);
    const char *const some[] = {"arrows.twin=talent; talent.spread=.2; talent.novice=0",
                                "arrows.twin=talent; talent.spread=0; talent.novice=.2",
                                "arrows.twin=talent; talent.spread=0; talent.novice=0"};
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < i; j++)
            assert_int_not_equal(hash_of("allocation.leave=.02", some[i]),
                                 hash_of("allocation.leave=.02", some[j]));
}

/* Nothing changes a talent: it is the same whatever becomes of the organisation, until people leave. */
static void nothing_changes_a_talent(void **state)
{
    struct village one, other;
    (void)state;
    village_begin_seo(&one, "arrows.twin=talent; allocation.leave=0");
    village_begin_seo(&other, "arrows.twin=talent; allocation.leave=0; voice.skill=0;"
                              "attendance.mode=all; division.start=0; governance.rule=majority");
    coop_run_live(&one.run, 100);
    coop_run_live(&other.run, 100);
    const char *const field[] = {"talent_fixed", "talent_slow"};
    for (size_t f = 0; f < 2; f++)
        for (size_t p = 0; p < 20; p++)
            assert_memory_equal(
                village_place(&one.run, village_field(&one.run, field[f]), 0, 0, p),
                village_place(&other.run, village_field(&other.run, field[f]), 0, 0, p), 4);
    village_end(&one);
    village_end(&other);
}

/* Where nobody's voice counts, power is votes: with all present it is equal. */
static void voiceless_power_is_equal(void **state)
{
    struct village v;
    (void)state;
    village_begin_seo(&v, "arrows.twin=voiceless; attendance.mode=all; allocation.leave=0");
    coop_run_live(&v.run, 104);
    const struct coop_batch *b = coop_run_look(&v.run, 0);
    const float *standing = coop_worker(b, village_field(&v.run, "standing"), 0);
    for (size_t i = 0; i < b->workers; i++)
        assert_true(fabsf(standing[i] - 1) < 1e-6f);
    village_end(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exposure_cuts_the_return_arrows),
        cmocka_unit_test(voiceless_has_no_weights),
        cmocka_unit_test(talent_stands_in_for_know_how),
        cmocka_unit_test(nothing_changes_a_talent),
        cmocka_unit_test(voiceless_power_is_equal),
    };
    return cmocka_run_group_tests_name("twins", tests, NULL, NULL);
}
