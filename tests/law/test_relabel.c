/* coopsim - GPL-3.0-or-later
 *
 * Relabelling permutes (ODD 6): persons who change places among equal positions take their whole
 * future with them, and so do organisations among each other. Draws belong to places, so that
 * nothing is drawn here. Of persons the results are the same but for the order of sums; these are
 * sums of few floats in 64 bits, which seldom round differently, but power feeds back on itself: they
 * may differ by 2e-5 after five years (seen: 0). Of organisations they are the same bits. */
#include "tests/law/experiment.h"

#define UNDRAWN "allocation.leave=0; governance.noise=0; attendance.mode=expected;"
#define EQUAL_JOBS                                                                                 \
    UNDRAWN "division.start=0; division.open=false; hierarchy.start=0; hierarchy.open=false;"

/* The counter-mechanisms that do not look at the number of a position, or have nothing to do among
 * equal jobs. */
#define ALL_BUT_ROTATION                                                                           \
    "job_balance.on=true; term_limit.on=true; term_limit.weeks=9; open_book.on=true;"              \
    "open_book.openness=.1; training.on=true; association_building.on=true;"

enum { WEEKS = 260, SIZE = 23 };

/* The place that the person of place i takes. */
static size_t new_place(size_t i)
{
    return (5 * i + 3) % SIZE;
}

/* Moves what belongs to persons. */
static void permute_persons(struct village *v)
{
    for (size_t f = 0; f < v->run.state_fields; f++)
        for (size_t c = 0;
             v->run.economy.row[f]->class == COOP_PERSON && c < v->run.economy.components[f]; c++)
            for (size_t o = 0; o < v->run.economy.organisations; o++) {
                uint32_t before[SIZE];
                for (size_t i = 0; i < SIZE; i++)
                    memcpy(&before[i], village_place(&v->run, (int)f, c, o, i), 4);
                for (size_t i = 0; i < SIZE; i++)
                    memcpy(village_place(&v->run, (int)f, c, o, new_place(i)), &before[i], 4);
            }
}

/* The difference of a value at place i and its counterpart; relative where it is above 1. */
static double difference(const struct coop_field *field, const void *ours, const void *theirs)
{
    if (field->type == COOP_U32) {
        assert_memory_equal(ours, theirs, 4);
        return 0;
    }
    double a = (double)*(const float *)ours, b = (double)*(const float *)theirs;
    return fabs(a - b) / fmax(1, fabs(a));
}

/* The largest difference of persons and what settled on their positions. */
static double compare_persons(const struct village *v, const struct village *permuted)
{
    double largest = 0;
    for (size_t f = 0; f < v->run.state_fields; f++) {
        const struct coop_field *field = v->run.economy.row[f];
        bool compared = village_is_kept(field) && village_is_of_workers(field);
        for (size_t c = 0; compared && c < v->run.economy.components[f]; c++)
            for (size_t o = 0; o < v->run.economy.organisations; o++)
                for (size_t i = 0; i < SIZE; i++)
                    largest =
                        fmax(largest,
                             difference(field, village_place(&v->run, (int)f, c, o, i),
                                        village_place(&permuted->run, (int)f, c, o, new_place(i))));
    }
    return largest;
}

static double largest_gini(const struct village *v)
{
    const double *gini = v->run.economy.field[village_field(&v->run, "standing_gini")];
    double largest = 0;
    for (size_t o = 0; o < v->run.economy.organisations; o++)
        largest = fmax(largest, gini[o]);
    return largest;
}

static void persons_permute(void **state)
{
    char set[1024];
    struct village v, permuted;
    snprintf(set, sizeof set, EQUAL_JOBS "economy.organisations=20; economy.size=%d; %s", SIZE,
             (const char *)*state);
    village_begin_seo(&v, set);
    village_begin_seo(&permuted, set);
    permute_persons(&permuted);
    assert_true(compare_persons(&v, &permuted) == 0);
    coop_run_live(&v.run, WEEKS);
    coop_run_live(&permuted.run, WEEKS);
    double largest = compare_persons(&v, &permuted);
    print_message("# Gini of power up to %.2f, largest difference %.2g\n", largest_gini(&v),
                  largest);
    assert_true(largest_gini(&v) > .1);
    assert_true(largest < 2e-5);
    village_end(&v);
    village_end(&permuted);
}

/* The organisations' state at week 0 in another order: organisation o as number (7 o + 4) mod 30.
 * Sixteen are of one size, which lie side by side in the one order and apart in the other; so all
 * fall into other batches and other places of a batch. */
enum { ORGANISATIONS = 30, ALIKE = 16 };

static size_t new_number(size_t organisation)
{
    return (7 * organisation + 4) % ORGANISATIONS;
}

static void begin_organisations(struct village *ret, bool permuted, const char *further)
{
    char set[2048] = UNDRAWN "economy.sizes=list; economy.organisations=30; economy.size_list=";
    size_t size[ORGANISATIONS];
    for (size_t o = 0; o < ORGANISATIONS; o++)
        size[permuted ? new_number(o) : o] = o < ALIKE ? 12
                                             : o < 27  ? o - ALIKE + 1
                                                       : 130 * (o - 26);
    for (size_t o = 0; o < ORGANISATIONS; o++)
        snprintf(set + strlen(set), sizeof set - strlen(set), "%s%zu", o == 0 ? "" : ",", size[o]);
    strcat(set, ";");
    strcat(set, further);
    village_begin_seo(ret, set);
}

/* Calls for every kept value of every organisation in both runs. */
static void each_value(const struct village *v, const struct village *permuted,
                       void (*act)(const void *ours, void *theirs, size_t bytes))
{
    for (size_t f = 0; f < v->run.state_fields; f++)
        for (size_t c = 0;
             village_is_kept(v->run.economy.row[f]) && c < v->run.economy.components[f]; c++)
            for (size_t o = 0; o < ORGANISATIONS; o++)
                for (size_t i = 0; i < village_values(&v->run, (int)f, o); i++)
                    act(village_place(&v->run, (int)f, c, o, i),
                        village_place(&permuted->run, (int)f, c, new_number(o), i),
                        village_is_of_workers(v->run.economy.row[f]) ? 4 : 8);
}

static void copy(const void *ours, void *theirs, size_t bytes)
{
    memcpy(theirs, ours, bytes);
}

static void compare(const void *ours, void *theirs, size_t bytes)
{
    assert_memory_equal(ours, theirs, bytes);
}

static void organisations_permute(void **state)
{
    struct village v, permuted;
    begin_organisations(&v, false, *state);
    begin_organisations(&permuted, true, *state);
    each_value(&v, &permuted, copy);
    coop_run_live(&v.run, WEEKS);
    coop_run_live(&permuted.run, WEEKS);
    each_value(&v, &permuted, compare);
    village_end(&v);
    village_end(&permuted);
}

#define CASE(check, set)                                                                           \
    {                                                                                              \
#check ": " set, check, NULL, NULL, (void *)(uintptr_t)set                                 \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(persons_permute, ""),
        CASE(persons_permute, "attendance.mode=all; voice.know=12; culture.spread=0"),
        CASE(persons_permute, "rights.workers=.4; association.absent=proxy; positions.span=2"),
        CASE(persons_permute, "rights.workers=.7; rights.delegation=formal; market.competition=1"),
        CASE(persons_permute,
             "gender.share=.4; gender.autonomy=-.5; gender.voice=-.5; race.share=.4;"
             "homophily.race=1; education.shares=[.3, .3, .2, .2]; rights.hired=.2"),
        CASE(persons_permute, ALL_BUT_ROTATION),
        CASE(organisations_permute, ALL_BUT_ROTATION "term_limit.on=false; rotation.on=true;"
                                                     "rotation.order=in_turn; rotation.share=.3;"
                                                     "rotation.training_loss=.1; rotation.every=3"),
        CASE(organisations_permute, ""),
        CASE(organisations_permute,
             "gender.share=.4; gender.voice=-.5; homophily.gender=1; rights.hired=.2"),
        CASE(organisations_permute, "rights.workers=.4; rights.outsiders=neutral"),
        CASE(organisations_permute, "job_balance.on=true; job_balance.strength=.5"),
        CASE(organisations_permute, "arrows.twin=exposure; attendance.mode=all"),
    };
    return cmocka_run_group_tests_name("relabelling", tests, NULL, NULL);
}
