/* coopsim - GPL-3.0-or-later
 *
 * The measures of groups (ODD 4) against their definitions, from the state at the end: means over the
 * workers of a group, which weighted by its size make up the whole; gaps; the part of the top fifth. */
#include "tests/law/village.h"

#include "models/seo/status.h"

#define SET                                                                                        \
    "gender.share=.4; race.share=.3; gender.voice=-1; race.autonomy=-.5; allocation.leave=.02;"    \
    "economy.sizes=list; economy.size_list=[1, 2, 4, 5, 7, 20, 20, 20, 20, 20, 20, 20, 20, 33,"    \
    "150]; economy.organisations=15; run.weeks=60; record.every=60; record.organisations=true"

/* The run at its end, and an organisation in it. */
struct view {
    struct village v;
    struct coop_record record;
    const struct coop_batch *b;
    size_t o;
};

static double recorded(const struct view *view, const char *measure)
{
    int number = coop_model_measure_find(view->v.model, measure);
    assert_true(number >= 0);
    size_t at = ((size_t)number + 1) * view->record.times - 1;
    size_t id = view->b->first_organisation + view->o;
    return (double)view->record.organisation[at * view->record.organisations + id];
}

static size_t group_of(const struct view *view, size_t position, size_t category)
{
    return coop_worker_u32(view->b, SEO_STATUS)[coop_slot(view->b, view->o, position)] >> category &
           1;
}

/* The mean of a field over a group, or of its logarithm from .001 up; NAN if nobody is in it. */
static double mean_of(const struct view *view, int field, bool log_of, size_t category,
                      size_t group)
{
    double total = 0, count = 0;
    for (size_t p = 0; p < view->b->size[view->o]; p++) {
        double value = (double)coop_worker(view->b, field, 0)[coop_slot(view->b, view->o, p)];
        if (group_of(view, p, category) != group)
            continue;
        total += log_of ? log(fmax(value, .001)) : value;
        count++;
    }
    return total / count;
}

static void expect(const struct view *view, const char *measure, double expected)
{
    double found = recorded(view, measure);
    if (!(fabs(found - expected) < 3e-6) && !(isnan(found) && isnan(expected)))
        fail_msg("%s of organisation %zu is %.9g and not %.9g", measure, view->o, found, expected);
}

/* The number of those of more standing, at equal standing those of lower number. */
static double part_of_top(const struct view *view, size_t position)
{
    const float *standing = coop_worker(view->b, SEO_STANDING, 0);
    double n = (double)view->b->size[view->o], before = 0;
    float own = standing[coop_slot(view->b, view->o, position)];
    for (size_t p = 0; p < view->b->size[view->o]; p++) {
        float other = standing[coop_slot(view->b, view->o, p)];
        before += other > own || (other == own && p < position);
    }
    return fmin(fmax(n / 5 - before, 0), 1);
}

static double top_share(const struct view *view, size_t category, size_t group)
{
    double total = 0, count = 0;
    for (size_t p = 0; p < view->b->size[view->o]; p++)
        if (group_of(view, p, category) == group) {
            total += part_of_top(view, p);
            count++;
        }
    return total / count;
}

static void check_category(const struct view *view, size_t category)
{
    static const char *const of_category[] = {"gender", "race"};
    char name[64];
    for (size_t group = 0; group < 2; group++) {
        snprintf(name, sizeof name, "power_%s%zu", of_category[category], group);
        expect(view, name, mean_of(view, SEO_STANDING, false, category, group));
        snprintf(name, sizeof name, "autonomy_%s%zu", of_category[category], group);
        expect(view, name, mean_of(view, SEO_AUTONOMY, false, category, group));
        snprintf(name, sizeof name, "empowerment_%s%zu", of_category[category], group);
        expect(view, name, mean_of(view, SEO_EMPOWERMENT, false, category, group));
        snprintf(name, sizeof name, "top20_%s%zu", of_category[category], group);
        expect(view, name, top_share(view, category, group));
    }
    snprintf(name, sizeof name, "power_gap_%s", of_category[category]);
    expect(view, name,
           mean_of(view, SEO_STANDING, true, category, 1) -
               mean_of(view, SEO_STANDING, true, category, 0));
    snprintf(name, sizeof name, "autonomy_gap_%s", of_category[category]);
    expect(view, name,
           mean_of(view, SEO_AUTONOMY, false, category, 1) -
               mean_of(view, SEO_AUTONOMY, false, category, 0));
}

/* The mean over both groups, weighted by their sizes. */
static double whole(const struct view *view, const char *quantity, size_t category)
{
    double size[2] = {0, 0}, total = 0;
    for (size_t p = 0; p < view->b->size[view->o]; p++)
        size[group_of(view, p, category)] += 1;
    for (size_t group = 0; group < 2; group++) {
        char name[64];
        snprintf(name, sizeof name, "%s_%s%zu", quantity, category == 0 ? "gender" : "race", group);
        total += size[group] > 0 ? size[group] * recorded(view, name) : 0;
    }
    return total / (size[0] + size[1]);
}

static void check_whole(const struct view *view, size_t category)
{
    assert_true(fabs(whole(view, "power", category) - 1) < 3e-6);
    assert_true(fabs(whole(view, "top20", category) - .2) < 3e-6);
    expect(view, "autonomy_mean", whole(view, "autonomy", category));
    expect(view, "skill_mean", whole(view, "skill", category));
}

static void each_organisation(void (*check)(const struct view *view, size_t category))
{
    struct view view;
    village_set_up(&view.v, village_seo(), SET);
    village_record(&view.v, 1, &view.record);
    size_t seen = 0;
    for (size_t batch = 0; batch < view.v.run.economy.batches; batch++) {
        view.b = coop_run_look(&view.v.run, batch);
        for (view.o = 0; view.o < view.b->organisations; view.o++, seen++)
            for (size_t category = 0; category < SEO_CATEGORIES; category++)
                check(&view, category);
    }
    assert_int_equal(seen, view.record.organisations);
    coop_record_free(&view.record);
    village_end(&view.v);
}

static void measures_are_of_their_group(void **state)
{
    (void)state;
    each_organisation(check_category);
}

static void groups_make_up_the_whole(void **state)
{
    (void)state;
    each_organisation(check_whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_are_of_their_group),
        cmocka_unit_test(groups_make_up_the_whole),
    };
    return cmocka_run_group_tests_name("groups", tests, NULL, NULL);
}
