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
                uint32_t *place = village_place(&v->run, (int)f, c, o), before[SIZE];
                memcpy(before, place, sizeof before);
                for (size_t i = 0; i < SIZE; i++)
                    place[new_place(i)] = before[i];
            }
}

static double difference(const float *ours, const float *theirs)
{
    double largest = 0;
    for (size_t i = 0; i < SIZE; i++) {
        double a = (double)ours[i], b = (double)theirs[new_place(i)];
        largest = fmax(largest, fabs(a - b) / fmax(1, fabs(a)));
    }
    return largest;
}

/* The largest difference of persons and what settled on their positions. */
static double compare_persons(const struct village *v, const struct village *permuted)
{
    double largest = 0;
    for (size_t f = 0; f < v->run.state_fields; f++) {
        const struct coop_field *field = v->run.economy.row[f];
        bool compared = village_is_kept(field) && village_is_of_workers(field);
        for (size_t c = 0; compared && c < v->run.economy.components[f]; c++)
            for (size_t o = 0; o < v->run.economy.organisations; o++) {
                const void *ours = village_place(&v->run, (int)f, c, o);
                const void *theirs = village_place(&permuted->run, (int)f, c, o);
                if (field->type == COOP_F32)
                    largest = fmax(largest, difference(ours, theirs));
                for (size_t i = 0; field->type == COOP_U32 && i < SIZE; i++)
                    assert_int_equal(((const uint32_t *)ours)[i],
                                     ((const uint32_t *)theirs)[new_place(i)]);
            }
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
 * Their sizes are 1 to 30, so that they fall into other batches and places of a batch. */
enum { ORGANISATIONS = 30 };

static size_t new_number(size_t organisation)
{
    return (7 * organisation + 4) % ORGANISATIONS;
}

static void begin_organisations(struct village *ret, bool permuted, const char *further)
{
    char set[2048] = UNDRAWN "economy.sizes=list; economy.organisations=30; economy.size_list=";
    size_t size[ORGANISATIONS];
    for (size_t o = 0; o < ORGANISATIONS; o++)
        size[permuted ? new_number(o) : o] = o < 27 ? o + 1 : 130 * (o - 26);
    for (size_t o = 0; o < ORGANISATIONS; o++)
        snprintf(set + strlen(set), sizeof set - strlen(set), "%s%zu", o == 0 ? "" : ",", size[o]);
    strcat(set, ";");
    strcat(set, further);
    village_begin_seo(ret, set);
}

static void copy_organisation(struct village *to, size_t number, const struct village *from,
                              size_t organisation)
{
    for (size_t f = 0; f < from->run.state_fields; f++) {
        const struct coop_field *field = from->run.economy.row[f];
        size_t n = from->run.economy.size[organisation];
        for (size_t c = 0; village_is_kept(field) && c < from->run.economy.components[f]; c++)
            memcpy(village_place(&to->run, (int)f, c, number),
                   village_place(&from->run, (int)f, c, organisation),
                   village_is_of_workers(field) ? 4 * n : 8);
    }
}

static void organisations_permute(void **state)
{
    struct village v, permuted;
    begin_organisations(&v, false, *state);
    begin_organisations(&permuted, true, *state);
    for (size_t o = 0; o < ORGANISATIONS; o++)
        copy_organisation(&permuted, new_number(o), &v, o);
    coop_run_live(&v.run, WEEKS);
    coop_run_live(&permuted.run, WEEKS);
    for (size_t o = 0; o < ORGANISATIONS; o++)
        if (!village_same(&v.run, o, &permuted.run, new_number(o)))
            fail_msg("organisation %zu is another as number %zu", o, new_number(o));
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
        CASE(organisations_permute, ""),
        CASE(organisations_permute, "rights.workers=.4; rights.outsiders=neutral"),
        CASE(organisations_permute, "job_balance.on=true; job_balance.strength=.5"),
        CASE(organisations_permute, "arrows.twin=exposure; attendance.mode=all"),
    };
    return cmocka_run_group_tests_name("relabelling", tests, NULL, NULL);
}
