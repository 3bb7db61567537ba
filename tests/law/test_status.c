/* coopsim - GPL-3.0-or-later
 *
 * Status (ODD 1 and 2): who is in which group, what a bias does and that it does nothing at 0, what
 * a configuration may not ask for. */
#include "tests/law/village.h"

#include "models/seo/status.h"
#include "sim/engine/verify.h"

#define BASE "economy.organisations=40; allocation.leave=.02; rights.workers=.7;"
#define GROUPS "gender.share=.4; race.share=.3;"

static uint64_t hash_of(const char *set, const char *further)
{
    struct village v;
    village_set_up(&v, village_seo(), set);
    village_assign(&v, further);
    assert_int_equal(coop_run_init(&v.run, v.model, &v.set, 0, 1), COOP_OK);
    coop_run_live(&v.run, 60);
    uint64_t hash = village_hash(&v);
    village_end(&v);
    return hash;
}

/* Without groups what is said of them changes no bit; with groups each of it changes some. */
static void biases_need_groups(void **state)
{
    static const char *const said[] = {
        "gender.autonomy=-1", "gender.voice=-1", "gender.allocation=-9", "homophily.gender=2",
        "race.autonomy=1",    "race.voice=1",    "race.allocation=9",    "homophily.race=-2"};
    (void)state;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        assert_true(hash_of(BASE, said[i]) == hash_of(BASE, ""));
        assert_true(hash_of(BASE GROUPS, said[i]) != hash_of(BASE GROUPS, ""));
    }
}

/* Whether all of the state but status is the same. */
static bool same_but_status(const char *set, const char *other_set)
{
    struct village v, other;
    bool same = true;
    village_begin_seo(&v, set);
    village_begin_seo(&other, other_set);
    coop_run_live(&v.run, 60);
    coop_run_live(&other.run, 60);
    for (size_t f = 0; f < v.run.state_fields; f++) {
        const struct coop_field *field = v.run.economy.row[f];
        if (!village_is_kept(field) || strcmp(field->name, "status") == 0)
            continue;
        for (size_t c = 0; c < v.run.economy.components[f]; c++)
            for (size_t o = 0; o < v.run.economy.organisations; o++)
                for (size_t i = 0; i < village_values(&v.run, (int)f, o); i++)
                    same = same && memcmp(village_place(&v.run, (int)f, c, o, i),
                                          village_place(&other.run, (int)f, c, o, i),
                                          village_is_of_workers(field) ? 4 : 8) == 0;
    }
    village_end(&v);
    village_end(&other);
    return same;
}

static void groups_alone_change_nothing(void **state)
{
    (void)state;
    assert_true(same_but_status(BASE, BASE GROUPS));
    assert_true(same_but_status(BASE, BASE "gender.share=1"));
    assert_true(same_but_status(BASE, BASE "education.slowing=1; education.shares=[.5,.2,.2,.1]"));
    assert_false(same_but_status(BASE, BASE "education.shares=[.5,.2,.2,.1]"));
    assert_false(same_but_status(BASE, BASE "rights.hired=.3"));
}

/* Shares of persons with status & mask = value, after some weeks of a heavy turnover too. */
static double share_of(struct village *v, uint32_t mask, uint32_t value)
{
    int field = village_field(&v->run, "status");
    double found = 0;
    for (size_t o = 0; o < v->run.economy.organisations; o++)
        for (size_t i = 0; i < village_values(&v->run, field, o); i++) {
            uint32_t status;
            memcpy(&status, village_place(&v->run, field, 0, o, i), 4);
            found += (status & mask) == value;
        }
    return found / (double)v->run.economy.workers;
}

static void shares_are_as_asked_for(void **state)
{
    static const struct {
        uint32_t mask, value;
        double share;
    } expected[] = {{1, 1, .4},   {2, 2, .3},    {3, 3, .12},   {12, 0, .1},
                    {12, 4, .2},  {12, 8, .3},   {12, 12, .4},  {16, 16, .25},
                    {17, 17, .1}, {13, 13, .16}, {18, 18, .075}};
    struct village v;
    (void)state;
    village_begin_seo(&v,
                      "economy.organisations=2000; allocation.leave=.5; rights.hired=.25;" GROUPS
                      "education.shares=[.1, .2, .3, .4]");
    for (int later = 0; later < 2; later++) {
        for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
            double p = expected[i].share, found = share_of(&v, expected[i].mask, expected[i].value);
            if (fabs(found - p) > 4 * sqrt(p * (1 - p) / 40000))
                fail_msg("%.4f instead of %.4f have %u of %u", found, p, expected[i].value,
                         expected[i].mask);
        }
        coop_run_live(&v.run, 20);
    }
    village_end(&v);
}

/* A measure's mean over organisations at the end. */
static double measured(const char *set, const char *measure)
{
    struct village v;
    struct coop_record record;
    village_set_up(&v, village_seo(), set);
    village_assign(&v, "run.weeks=104; record.every=52");
    village_record(&v, 1, &record);
    size_t number = (size_t)coop_model_measure_find(v.model, measure);
    double value = record.pooled[number * record.times + record.times - 1];
    coop_record_free(&record);
    village_end(&v);
    return value;
}

/* A bias moves the gap of its group to its side, against no bias. */
static void bias_moves_its_gap(void **state)
{
#define MANY "economy.organisations=300; allocation.leave=.02;" GROUPS
    static const char *const law[][3] = {
        {"autonomy", "autonomy_gap_gender", "autonomy_gap_race"},
        {"voice", "power_gap_gender", "power_gap_race"},
        {"allocation", "empowerment_gender1", "empowerment_race1"}};
    static const char *const category[] = {"gender", "race"};
    (void)state;
    for (size_t i = 0; i < sizeof law / sizeof *law; i++)
        for (size_t c = 0; c < 2; c++) {
            char low[256], high[256];
            snprintf(low, sizeof low, MANY "%s.%s=-1", category[c], law[i][0]);
            snprintf(high, sizeof high, MANY "%s.%s=1", category[c], law[i][0]);
            double without = measured(MANY, law[i][1 + c]);
            double below = measured(low, law[i][1 + c]) - without;
            double above = measured(high, law[i][1 + c]) - without;
            print_message("# %s: %.3f, %.3f\n", law[i][1 + c], below, above);
            assert_true(below < -.01 && above > .01);
        }
}

/* The odds of group 1 are divided by e^bias in the first week, when standing is equal: of the others
 * nothing changes. Potential autonomy is the same then, standing apart. */
static void bias_is_a_logit(void **state)
{
    struct village v, biased;
    size_t of_group_1 = 0;
    (void)state;
    village_begin_seo(&v, BASE GROUPS);
    village_begin_seo(&biased, BASE GROUPS "gender.autonomy=-.5; race.autonomy=.25");
    for (size_t batch = 0; batch < v.run.economy.batches; batch++) {
        const struct coop_batch *b = coop_run_look(&biased.run, batch);
        const float *unbiased = coop_worker(coop_run_look(&v.run, batch), SEO_AUTONOMY, 0);
        for (size_t i = 0; i < b->workers; i++) {
            uint32_t status = coop_worker_u32(b, SEO_STATUS)[i];
            double bias = (status & 1 ? -.5 : 0) + (status & 2 ? .25 : 0), expected = 0;
            for (size_t facet = 0; facet < SEO_FACETS; facet++)
                expected +=
                    1 / (1 + (double)coop_worker(b, SEO_ODDS, facet)[i] * exp(-bias)) / SEO_FACETS;
            assert_true(fabs((double)coop_worker(b, SEO_AUTONOMY, 0)[i] - expected) < 1e-6);
            assert_true((status & 3) != 0 || coop_worker(b, SEO_AUTONOMY, 0)[i] == unbiased[i]);
            of_group_1 += status & 1;
        }
    }
    assert_true(of_group_1 > 100);
    village_end(&v);
    village_end(&biased);
    double potential =
        measured(BASE GROUPS "autonomy.standing=0; gender.autonomy=-2", "potential_logit_sd");
    double whole =
        measured(BASE GROUPS "autonomy.standing=0; gender.autonomy=-2", "autonomy_logit_sd");
    assert_true(potential == whole);
    assert_true(potential > measured(BASE GROUPS "autonomy.standing=0", "potential_logit_sd") + .1);
}

static size_t voices_of_group_1;

/* Every week ln v - theta_R q - theta_Z z - theta_A tau - bias is the same for all who are there. */
static void check_voices(const struct coop_batch *b)
{
    for (size_t o = 0; o < b->organisations; o++) {
        double least = INFINITY, most = -INFINITY;
        for (size_t p = 0; p < b->size[o]; p++) {
            size_t i = coop_slot(b, o, p);
            uint32_t status = coop_worker_u32(b, SEO_STATUS)[i];
            if (coop_worker(b, SEO_PRESENT, 0)[i] == 0)
                continue;
            double rest = log((double)coop_worker(b, SEO_VOICE, 0)[i]) -
                          3 * (double)coop_worker(b, SEO_COMPETENCE, 0)[i] -
                          8 * (double)coop_worker(b, SEO_KNOW, 0)[i] -
                          .3 * (double)coop_worker(b, SEO_PERSUASIVENESS, 0)[i] +
                          (status & 1 ? .7 : 0) - (status & 2 ? .4 : 0);
            least = fmin(least, rest);
            most = fmax(most, rest);
            voices_of_group_1 += status & 1;
        }
        assert_true(!(most - least > 1e-5));
    }
}

static void bias_is_a_log_voice(void **state)
{
    static const struct coop_mechanism after = {.name = "after", .act = check_voices};
    struct village_model model;
    struct village v;
    (void)state;
    village_surround(&model, village_seo(), "influence", NULL, &after);
    village_begin(&v, &model.model,
                  BASE GROUPS "voice.rank=0; voice.office=0; gender.voice=-.7; race.voice=.4;"
                              "economy.sizes=list; economy.size_list=[20, 300, 7, 33, 900, 12]");
    voices_of_group_1 = 0;
    coop_run_live(&v.run, 12);
    assert_true(voices_of_group_1 > 1000);
    village_end(&v);
}

static void contradictions_are_refused(void **state)
{
    static const struct {
        const char *set;
        size_t problems;
    } law[] = {{"", 0},
               {GROUPS "gender.voice=1; race.allocation=-1; homophily.race=1", 0},
               {"gender.voice=1", 1},
               {"race.share=.5; gender.voice=1; gender.autonomy=1; gender.allocation=1", 3},
               {"homophily.race=1", 1},
               {GROUPS "homophily.race=1; governance.rule=majority", 1},
               {GROUPS "homophily.race=1; rotation.on=true; decide.rotation=true", 1},
               {"education.shares=[.5, .5]", 1},
               {"education.shares=[.5, .5, .1, 0]", 1},
               {"education.shares=[.5, .5, 0, 0]", 0}};
    (void)state;
    for (size_t i = 0; i < sizeof law / sizeof *law; i++) {
        struct coop_problems problems = {0};
        struct village v;
        village_set_up(&v, village_seo(), law[i].set);
        coop_model_verify(v.model, &v.set, &problems);
        if (problems.count != law[i].problems)
            fail_msg("%zu problems with %s", problems.count, law[i].set);
        for (size_t p = 0; p < problems.count; p++)
            assert_non_null(strstr(problems.item[p].text, " - "));
        coop_problems_free(&problems);
        village_end(&v);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(biases_need_groups),
        cmocka_unit_test(groups_alone_change_nothing),
        cmocka_unit_test(shares_are_as_asked_for),
        cmocka_unit_test(bias_moves_its_gap),
        cmocka_unit_test(bias_is_a_logit),
        cmocka_unit_test(bias_is_a_log_voice),
        cmocka_unit_test(contradictions_are_refused),
    };
    return cmocka_run_group_tests_name("status", tests, NULL, NULL);
}
