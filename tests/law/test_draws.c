/* coopsim - GPL-3.0-or-later
 *
 * Draws belong to an organisation, a week and a purpose: what happens in an organisation does not
 * depend on who else is in the economy (as long as they do not meet in the market), a scenario is
 * identical to another until its intervention, and other seeds give other runs. */
#include "tests/law/configurations.h"
#include "tests/law/village.h"

/* No market, nobody else of consequence. */
#define APART "economy.sizes=list; run.weeks=104;"

static void begin(struct village *ret, const struct coop_model *model, const char *configuration,
                  const char *further)
{
    village_set_up(ret, model, configuration);
    size_t owner;
    if (coop_param_find(&ret->set, "market.competition", &owner) != NULL)
        village_assign(ret, "market.competition=0");
    village_assign(ret, further);
    if (coop_run_init(&ret->run, model, &ret->set, 0, 1) != COOP_OK)
        fail_msg("%s", coop_status_message());
    coop_run_live(&ret->run, 104);
}

/* Organisation 5 with the five before it, among many that fill other batches, and among others of
 * its size, with which it may be worked on together. */
static void check_alone(const struct coop_model *model, const char *configuration)
{
    static const char *const others[] = {
        APART "economy.size_list=[300, 1, 900, 2, 400, 20, 7, 7]; economy.organisations=24",
        APART "economy.size_list=[20]; economy.organisations=30"};
    struct village few, many;
    begin(&few, model, configuration,
          APART "economy.size_list=[3, 3, 3, 3, 3, 20]; economy.organisations=6");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        begin(&many, model, configuration, others[i]);
        if (!village_same(&few.run, &many.run, 5))
            fail_msg("others make a difference, with %s %s", configuration, others[i]);
        village_end(&many);
    }
    village_end(&few);
}

static void others_make_no_difference(void **state)
{
    const struct coop_model *model;
    const char *configuration;
    (void)state;
    for (size_t i = 0; (model = coop_registry_model(coop_registry_best_isa(), i)) != NULL; i++)
        for (size_t c = 0; (configuration = configuration_of(model, c)) != NULL; c++)
            check_alone(model, configuration);
}

/* What must be there for something to have an effect, and for the same state to be kept. */
static const char *company_of(const char *row)
{
    bool of_mandates = strncmp(row, "recall.", 7) == 0 || strncmp(row, "sortition.", 10) == 0;
    return of_mandates ? "governance.rule=board; recall.tolerance=.05;" : "";
}

/* Rows that say when something begins: whole numbers of weeks named *.start. */
static void check_start(const struct coop_model *model, const struct coop_param *row, void *user)
{
    const char *dot = strchr(row->name, '.');
    char off[256], later[256], now[256];
    size_t *rows = user;
    if (row->type != COOP_PARAM_INTEGER || strcmp(dot, ".start") != 0)
        return;
    int group = (int)(dot - row->name);
    const char *company = company_of(row->name);
    snprintf(off, sizeof off, "%s%.*s.on=false", company, group, row->name);
    snprintf(later, sizeof later, "%s%.*s.on=true; %s=104", company, group, row->name, row->name);
    snprintf(now, sizeof now, "%s%.*s.on=true; %s=0", company, group, row->name, row->name);
    if (!village_same_after(model, off, later, 104))
        fail_msg("%s acts before its start", row->name);
    if (village_same_after(model, off, now, 104) || village_same_after(model, off, later, 156))
        fail_msg("%s does nothing", row->name);
    *rows += 1;
}

static void alike_until_the_intervention(void **state)
{
    size_t rows = 0;
    (void)state;
    village_each_row(check_start, &rows);
    assert_true(rows >= 2);
}

static void seeds_matter(void **state)
{
    static const char *const set[] = {"run.seed=1", "run.seed=2", "run.seed=9007199254740992",
                                      "run.seed=1; run.population_seed=2",
                                      "run.seed=2; run.population_seed=1"};
    const struct coop_model *model = village_seo();
    (void)state;
    for (size_t i = 0; i < sizeof set / sizeof *set; i++)
        for (size_t j = 0; j < i; j++)
            assert_int_not_equal(village_hash_after(model, set[i], 8),
                                 village_hash_after(model, set[j], 8));
    assert_int_equal(village_hash_after(model, "run.seed=7", 8),
                     village_hash_after(model, "run.seed=7; run.population_seed=7", 8));
}

/* The comparison of organisations sees a difference where there is one. */
static void other_seeds_are_seen(void **state)
{
    struct village v, other;
    (void)state;
    begin(&v, village_seo(), "run.seed=1; run.population_seed=3", APART);
    begin(&other, village_seo(), "run.seed=2; run.population_seed=3", APART);
    assert_true(village_same(&v.run, &v.run, 5));
    assert_false(village_same(&v.run, &other.run, 5));
    village_end(&v);
    village_end(&other);
}

/* Who the people are depends on the population's seed alone, and replicates are other people. */
static void people_have_their_own_seed(void **state)
{
    struct village v, other;
    (void)state;
    village_begin_seo(&v, "run.seed=1; run.population_seed=5");
    village_begin_seo(&other, "run.seed=2; run.population_seed=5");
    assert_int_equal(village_hash(&v), village_hash(&other));
    coop_run_free(&other.run);
    assert_int_equal(coop_run_init(&other.run, other.model, &other.set, 1, 1), COOP_OK);
    assert_int_not_equal(village_hash(&v), village_hash(&other));
    village_end(&v);
    village_end(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(others_make_no_difference),
        cmocka_unit_test(alike_until_the_intervention),
        cmocka_unit_test(seeds_matter),
        cmocka_unit_test(other_seeds_are_seen),
        cmocka_unit_test(people_have_their_own_seed),
    };
    return cmocka_run_group_tests_name("draws", tests, NULL, NULL);
}
