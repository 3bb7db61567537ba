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
        cmocka_unit_test(voiceless_power_is_equal),
    };
    return cmocka_run_group_tests_name("twins", tests, NULL, NULL);
}
