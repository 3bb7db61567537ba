/* coopsim - GPL-3.0-or-later
 *
 * What all counter-mechanisms have in common, whichever there are: off is as if the model did not
 * have it, before its first week and from its end on nothing happens, it acts only with the vote if
 * it is put to one, and the measures say when it acts and what it costs. */
#include "tests/law/village.h"

#include "models/seo/seo.h"
#include "sim/engine/verify.h"

/* Nobody is satisfied for long, so that every counter-mechanism has something to do. */
#define BUSY                                                                                       \
    "economy.sizes=list; economy.size_list=[2, 5, 20, 20, 20, 20, 20, 20, 20, 20, 33];"            \
    "economy.organisations=11; allocation.leave=.02; rotation.every=3; term_limit.weeks=5;"        \
    "governance.rule=board; recall.every=3; recall.tolerance=.05;"
enum { WEEKS = 52, START = 20, END = 32, SET_SIZE = 2048 };

#define COUNTER_NAME(X, name) #name,
static const char *const counter_name[] = {SEO_COUNTER_LIST(COUNTER_NAME, )};

/* Fills in the counter-mechanism's name for $. */
static const char *set_of(const char *text, const char *counter)
{
    static char set[SET_SIZE];
    size_t length = (size_t)snprintf(set, sizeof set, "%s", BUSY);
    for (; *text != '\0'; text++)
        length += (size_t)(*text == '$' ? snprintf(set + length, sizeof set - length, "%s", counter)
                                        : snprintf(set + length, sizeof set - length, "%c", *text));
    return set;
}

static void begin(struct village *ret, const char *text, const char *counter)
{
    village_begin_seo(ret, set_of(text, counter));
}

/* Set texts lie in one place, so that the first is copied. */
static bool same_after(const char *text, const char *other_text, const char *counter, int64_t weeks)
{
    char set[SET_SIZE];
    snprintf(set, sizeof set, "%s", set_of(text, counter));
    return village_same_after(village_seo(), set, set_of(other_text, counter), weeks);
}

static void each_counter(void (*check)(const char *counter))
{
    for (size_t i = 0; i < SEO_COUNTER_COUNT; i++)
        check(counter_name[i]);
}

/* The seo model without one of its mechanisms. */
static void leave_out(struct village_model *ret, const char *mechanism)
{
    const struct coop_model *seo = village_seo();
    size_t count = 0;
    ret->model = *seo;
    for (size_t i = 0; seo->mechanisms[i] != NULL; i++)
        if (strcmp(seo->mechanisms[i]->name, mechanism) != 0)
            ret->mechanism[count++] = seo->mechanisms[i];
    ret->mechanism[count] = NULL;
    ret->model.mechanisms = ret->mechanism;
}

static void check_absent(const char *counter)
{
    struct village_model model;
    struct village v, without;
    leave_out(&model, counter);
    begin(&v, "$.on=false; $.start=4; $.end=9; $.cost=.5; market.competition=1", counter);
    village_set_up(&without, &model.model,
                   "economy.sizes=list; economy.organisations=11; allocation.leave=.02;"
                   "economy.size_list=[2, 5, 20, 20, 20, 20, 20, 20, 20, 20, 33];"
                   "market.competition=1; governance.rule=board");
    assert_int_equal(coop_run_init(&without.run, without.model, &without.set, 0, 1), COOP_OK);
    coop_run_live(&v.run, WEEKS);
    coop_run_live(&without.run, WEEKS);
    if (village_hash(&v) != village_hash(&without))
        fail_msg("%s acts though it is off", counter);
    village_end(&v);
    village_end(&without);
}

static void off_is_absent(void **state)
{
    (void)state;
    each_counter(check_absent);
}

static void check_begin(const char *counter)
{
    if (!same_after("", "$.on=true; $.start=20", counter, START))
        fail_msg("%s acts before its first week", counter);
    if (same_after("", "$.on=true; $.start=20", counter, WEEKS))
        fail_msg("%s does nothing", counter);
    if (!same_after("", "$.on=true; $.start=20; $.end=20", counter, WEEKS))
        fail_msg("%s acts though it ends as it begins", counter);
}

static void nothing_happens_before_the_first_week(void **state)
{
    (void)state;
    each_counter(check_begin);
}

/* Puts a run into the state of another, as far as both keep it. */
static void take_over(struct village *to, const struct village *from)
{
    const struct coop_economy *economy = &to->run.economy;
    for (size_t f = 0; f < to->run.state_fields; f++)
        for (size_t c = 0; village_is_kept(economy->row[f]) && c < economy->components[f] &&
                           c < from->run.economy.components[f];
             c++)
            for (size_t o = 0; o < economy->organisations; o++)
                for (size_t i = 0; i < village_values(&to->run, (int)f, o); i++)
                    memcpy(village_place(&to->run, (int)f, c, o, i),
                           village_place(&from->run, (int)f, c, o, i),
                           village_is_of_workers(economy->row[f]) ? 4 : 8);
}

/* From the end on the run goes on as one in which it is off goes on from the same state. */
static void check_end(const char *counter)
{
    struct village v, off;
    begin(&v, "$.on=true; $.start=20; $.end=32; $.cost=.3; market.competition=1", counter);
    begin(&off, "$.on=false; market.competition=1", counter);
    coop_run_live(&v.run, END);
    coop_run_live(&off.run, END);
    if (village_all_same(&v.run, &off.run))
        fail_msg("%s does nothing in twelve weeks", counter);
    take_over(&off, &v);
    coop_run_live(&v.run, WEEKS - END);
    coop_run_live(&off.run, WEEKS - END);
    if (!village_all_same(&v.run, &off.run))
        fail_msg("%s acts after its end", counter);
    village_end(&v);
    village_end(&off);
}

static void nothing_happens_after_the_end(void **state)
{
    (void)state;
    each_counter(check_end);
}

static size_t problems_of(const char *text, const char *counter)
{
    struct village v;
    struct coop_problems problems = {0};
    village_set_up(&v, village_seo(), set_of(text, counter));
    /* A board for recall and two workers for a council of one are there. */
    village_assign(&v, "board.seats=1; sortition.seats=1");
    coop_model_verify(v.model, &v.set, &problems);
    size_t count = problems.count;
    if (count > 0 && strstr(problems.item[0].text, "so that it never acts - raise") == NULL)
        fail_msg("%s", problems.item[0].text);
    coop_problems_free(&problems);
    village_end(&v);
    return count;
}

static void check_refusal(const char *counter)
{
    assert_int_equal(problems_of("$.on=true; $.start=20; $.end=20", counter), 1);
    assert_int_equal(problems_of("$.on=true; $.start=20; $.end=19", counter), 1);
    assert_int_equal(problems_of("$.on=true; $.start=20; $.end=21", counter), 0);
    assert_int_equal(problems_of("$.on=false; $.start=20; $.end=20", counter), 0);
}

static void an_end_before_the_start_is_refused(void **state)
{
    (void)state;
    each_counter(check_refusal);
}

/* Everybody is for what needs no agreement, nobody for what needs more than all. */
static void check_vote(const char *counter)
{
    if (!same_after("$.on=true", "$.on=true; decide.every=3; decide.threshold=1", counter, WEEKS))
        fail_msg("%s is voted on without being put to the vote", counter);
    if (!same_after("$.on=false", "$.on=true; decide.$=true; decide.threshold=1", counter, WEEKS))
        fail_msg("%s acts without the vote", counter);
    if (same_after("$.on=false", "$.on=true; decide.$=true; decide.threshold=0", counter, WEEKS))
        fail_msg("%s does not act with the vote", counter);
}

static void votes_decide(void **state)
{
    (void)state;
    each_counter(check_vote);
}

/* The pooled value of a measure at a record. */
static double measured(const struct village *v, const struct coop_record *record, const char *name,
                       size_t time)
{
    int measure = coop_model_measure_find(v->model, name);
    if (measure < 0)
        fail_msg("there is no measure %s", name);
    return record->pooled[(size_t)measure * record->times + time];
}

static void check_measures(const char *counter)
{
    struct village v;
    struct coop_record record;
    char name[64];
    snprintf(name, sizeof name, "%s_acts", counter);
    village_set_up(&v, village_seo(),
                   set_of("$.on=true; $.start=20; $.end=32; $.cost=.3", counter));
    village_assign(&v, "run.weeks=52; record.every=4");
    village_record(&v, 1, &record);
    for (size_t t = 0; t < record.times; t++) {
        bool acts = record.week[t] >= START && record.week[t] < END;
        assert_true(measured(&v, &record, name, t) == (acts ? 1 : 0));
        assert_true(fabs(measured(&v, &record, "counter_cost", t) - (acts ? .3 : 0)) < 1e-7);
    }
    coop_record_free(&record);
    village_end(&v);
}

static void measures_say_when_they_act(void **state)
{
    (void)state;
    each_counter(check_measures);
}

/* Organisations differ: a measure of a proposal in dispute lies between none and all. */
static void measures_say_where_they_act(void **state)
{
    struct village v;
    struct coop_record record;
    bool disputed = false;
    (void)state;
    village_set_up(&v, village_seo(),
                   "rotation.on=true; decide.rotation=true; decide.every=4; run.weeks=52");
    village_record(&v, 1, &record);
    for (size_t t = 0; t < record.times; t++) {
        double share = measured(&v, &record, "rotation_acts", t);
        assert_true(t > 0 || share == 0);
        disputed = disputed || (share > 0 && share < 1);
    }
    assert_true(disputed);
    coop_record_free(&record);
    village_end(&v);
}

/* The share in which the first vote passed stays, whatever the next ones bring, and however seldom
 * there is a record; it is missing before that vote, and of what is not put to one. */
static void first_votes_are_kept(void **state)
{
#define DISPUTED                                                                                   \
    "rotation.on=true; decide.rotation=true; decide.every=4; rotation.start=8; training.on=true;"  \
    "run.weeks=52; economy.organisations=40;"
    struct village v;
    struct coop_record often, seldom;
    size_t last, changed = 0;
    (void)state;
    village_set_up(&v, village_seo(), DISPUTED "record.every=4");
    village_record(&v, 1, &often);
    last = often.times - 1;
    for (size_t t = 0; t <= last; t++) {
        double first = measured(&v, &often, "rotation_first_vote", t);
        assert_true(isnan(measured(&v, &often, "training_first_vote", t)));
        assert_true(often.week[t] <= 8 ? isnan(first)
                                       : first == measured(&v, &often, "rotation_first_vote", 3));
        if (often.week[t] == 12)
            assert_true(first == measured(&v, &often, "rotation_acts", t));
        changed += often.week[t] > 12 && first != measured(&v, &often, "rotation_acts", t);
    }
    double first = measured(&v, &often, "rotation_first_vote", last);
    print_message("# %g of the first votes passed\n", first);
    assert_true(first > 0 && first < 1 && changed > 0);
    village_end(&v);
    village_set_up(&v, village_seo(), DISPUTED "record.every=52");
    village_record(&v, 1, &seldom);
    assert_true(measured(&v, &seldom, "rotation_first_vote", seldom.times - 1) == first);
    coop_record_free(&often);
    coop_record_free(&seldom);
    village_end(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(off_is_absent),
        cmocka_unit_test(nothing_happens_before_the_first_week),
        cmocka_unit_test(nothing_happens_after_the_end),
        cmocka_unit_test(an_end_before_the_start_is_refused),
        cmocka_unit_test(votes_decide),
        cmocka_unit_test(measures_say_when_they_act),
        cmocka_unit_test(measures_say_where_they_act),
        cmocka_unit_test(first_votes_are_kept),
    };
    return cmocka_run_group_tests_name("counters", tests, NULL, NULL);
}
