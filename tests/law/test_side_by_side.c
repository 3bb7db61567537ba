/* coopsim - GPL-3.0-or-later
 *
 * Regimes side by side: who belongs to which, that a batch belongs to one and is shown its set, and
 * that an organisation lives the same life whoever its neighbours are. */
#include "tests/law/configurations.h"
#include "tests/law/village.h"

static const double shares[] = {.1, .27, .63};
enum { REGIMES = 3 };

/* Three regimes that differ in the weight of know-how, 3, 6 and 9, and otherwise are configured
 * alike; `spread` 0 makes them equal. */
struct mix {
    struct village village[REGIMES];
    struct coop_param_set set[REGIMES];
    struct coop_epoch epoch;
    struct coop_script_regime regime[REGIMES];
    struct coop_script script;
    struct coop_run run;
};

static void begin(struct mix *ret, const char *configuration, const char *further, bool equal)
{
    static char name[] = "regime";
    for (size_t r = 0; r < REGIMES; r++) {
        char know[32];
        snprintf(know, sizeof know, "voice.know=%zu", 3 * (r + 1));
        village_set_up(&ret->village[r], village_seo(), configuration);
        village_assign(&ret->village[r], further);
        if (!equal)
            village_assign(&ret->village[r], know);
        ret->set[r] = ret->village[r].set;
        ret->regime[r] = (struct coop_script_regime){.name = name, .share = shares[r]};
    }
    ret->epoch = (struct coop_epoch){.week = 0};
    ret->script = (struct coop_script){.regimes = REGIMES,
                                       .epochs = 1,
                                       .regime = ret->regime,
                                       .epoch = &ret->epoch,
                                       .set = ret->set};
    if (coop_run_init_script(&ret->run, village_seo(), &ret->script, 0, 2) != COOP_OK)
        fail_msg("%s: %s", configuration, coop_status_message());
}

static void end(struct mix *mix)
{
    coop_run_free(&mix->run);
    for (size_t r = 0; r < REGIMES; r++)
        village_end(&mix->village[r]);
}

/* The block of an organisation: floor(M share + 1/2) of the shares before it. */
static size_t regime_of(size_t organisation, size_t organisations)
{
    const double m = (double)organisations;
    const size_t first = (size_t)(m * .1 + .5), second = (size_t)(m * (.1 + .27) + .5);
    return organisation < first ? 0 : organisation < second ? 1 : 2;
}

static void check_batches(const char *configuration, const char *further)
{
    struct mix mix;
    begin(&mix, configuration, further, false);
    const struct coop_economy *economy = &mix.run.economy;
    size_t next = 0;
    for (size_t b = 0; b < economy->batches; b++) {
        const struct coop_batch_plan *plan = &economy->plan[b];
        const size_t last = plan->first_organisation + plan->organisations - 1;
        const size_t regime = regime_of(plan->first_organisation, economy->organisations);
        assert_int_equal(plan->first_organisation, next);
        assert_int_equal(regime_of(last, economy->organisations), regime);
        next = last + 1;
        struct coop_batch batch = *coop_run_look(&mix.run, b);
        for (size_t owner = 0; owner < mix.run.mechanism_count + mix.run.observer_count; owner++) {
            coop_run_set_owner(&mix.run, &batch, owner);
            assert_ptr_equal(batch.params, coop_param_values(&mix.set[regime],
                                                             COOP_TABLE_FIRST_MECHANISM + owner));
            assert_ptr_equal(batch.shared, coop_param_values(&mix.set[regime], COOP_TABLE_MODEL));
        }
    }
    assert_int_equal(next, economy->organisations);
    end(&mix);
}

static void batches_keep_to_their_regimes(void **state)
{
    const char *configuration;
    (void)state;
    for (size_t c = 0; (configuration = configuration_of(village_seo(), c)) != NULL; c++) {
        check_batches(configuration, "economy.organisations=400");
        check_batches(configuration, "economy.organisations=13");
    }
    check_batches("economy.organisations=1000", "economy.size=1");
}

/* All but the market, where organisations meet. */
static void organisations_live_as_in_their_regime_alone(void **state)
{
    const char *configuration;
    (void)state;
    for (size_t c = 0; (configuration = configuration_of(village_seo(), c)) != NULL; c++) {
        struct mix mix;
        begin(&mix, configuration, "economy.organisations=100; market.competition=0", false);
        coop_run_live(&mix.run, 28);
        for (size_t r = 0; r < REGIMES; r++) {
            struct coop_run *alone = &mix.village[r].run;
            assert_int_equal(coop_run_init(alone, village_seo(), &mix.set[r], 0, 1), COOP_OK);
            coop_run_live(alone, 28);
            for (size_t o = 0; o < 100; o++)
                if (regime_of(o, 100) == r && !village_same(&mix.run, alone, o))
                    fail_msg("organisation %zu differs, with %s", o, configuration);
        }
        end(&mix);
    }
}

static void equal_regimes_are_none(void **state)
{
    const char *configuration;
    (void)state;
    for (size_t c = 0; (configuration = configuration_of(village_seo(), c)) != NULL; c++) {
        struct mix mix;
        begin(&mix, configuration, "economy.organisations=150", true);
        coop_run_live(&mix.run, 28);
        struct village *plain = &mix.village[0];
        assert_int_equal(coop_run_init(&plain->run, village_seo(), &plain->set, 0, 1), COOP_OK);
        coop_run_live(&plain->run, 28);
        if (coop_economy_hash(&mix.run.economy, mix.run.state_fields) != village_hash(plain))
            fail_msg("equal regimes make a difference, with %s", configuration);
        end(&mix);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(batches_keep_to_their_regimes),
        cmocka_unit_test(organisations_live_as_in_their_regime_alone),
        cmocka_unit_test(equal_regimes_are_none),
    };
    return cmocka_run_group_tests_name("regimes", tests, NULL, NULL);
}
