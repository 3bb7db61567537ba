/* coopsim - GPL-3.0-or-later
 *
 * Measures against their definitions: every worker is in the panel, and what is recorded of an
 * organisation is computed again from them, plainly and in 64 bits. */
#include "tests/law/village.h"

#include <math.h>

/* Eight of one size are worked on together, above 128 workers ranks are found in another way. */
#define EVERYBODY                                                                                  \
    "economy.sizes=list; economy.size_list=[1, 2, 4, 5, 7, 20, 20, 20, 20, 20, 20, 20, 20, 33,"    \
    "130]; economy.organisations=15; record.workers=1000; record.organisations=true;"              \
    "run.weeks=156; record.every=26; record.look_back=always; allocation.leave=.01; "              \
    "rotation.on=true; rotation.share=.2;"

enum { LARGEST = 130 };

struct view {
    const struct coop_model *model;
    const struct coop_record *record;
    size_t time, organisation, n;
    double value[LARGEST];
};

static const struct coop_panel_column *column_of(const struct coop_record *record, const char *name,
                                                 int component)
{
    for (size_t c = 0; c < record->columns; c++)
        if (strcmp(record->column[c].name, name) == 0 && record->column[c].component == component)
            return &record->column[c];
    fail_msg("the panel has no %s", name);
    return NULL;
}

/* A field of the organisation's workers at a time, in the order of the register. */
static void look(struct view *view, const char *name, int component, size_t time)
{
    const struct coop_record *record = view->record;
    const struct coop_panel_column *column = column_of(record, name, component);
    view->n = 0;
    for (size_t i = 0; i < record->panel_workers; i++)
        if (record->panel_organisation[i] == view->organisation) {
            size_t at = time * record->panel_workers + i;
            view->value[view->n++] = column->is_u32 ? (double)((const uint32_t *)column->value)[at]
                                                    : (double)((const float *)column->value)[at];
        }
    assert_int_equal(view->n, record->size[view->organisation]);
}

static double recorded(const struct view *view, const char *measure)
{
    const struct coop_record *record = view->record;
    int number = coop_model_measure_find(view->model, measure);
    assert_true(number >= 0);
    return (double)
        record->organisation[((size_t)number * record->times + view->time) * record->organisations +
                             view->organisation];
}

static void expect(const struct view *view, const char *measure, double expected)
{
    double found = recorded(view, measure);
    if (!(fabs(found - expected) < 2e-6) && !(isnan(found) && isnan(expected)))
        fail_msg("%s of organisation %zu (%zu workers) at record %zu is %.9g and not %.9g", measure,
                 view->organisation, view->n, view->time, found, expected);
}

static double mean(const struct view *view)
{
    double total = 0;
    for (size_t i = 0; i < view->n; i++)
        total += view->value[i];
    return total / (double)view->n;
}

static double deviation(const struct view *view)
{
    double squares = 0, center = mean(view);
    for (size_t i = 0; i < view->n; i++)
        squares += (view->value[i] - center) * (view->value[i] - center);
    return sqrt(squares / (double)view->n);
}

static double gini(const struct view *view)
{
    double differences = 0, n = (double)view->n;
    for (size_t i = 0; i < view->n; i++)
        for (size_t j = 0; j < view->n; j++)
            differences += fabs(view->value[i] - view->value[j]);
    return differences / (2 * n * n * mean(view));
}

static int falling(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

/* The largest floor(n/5) and the fraction of the next. */
static double top_fifth(const struct view *view)
{
    double sorted[LARGEST], fifth = (double)view->n / 5, top = 0;
    memcpy(sorted, view->value, sizeof sorted);
    qsort(sorted, view->n, sizeof *sorted, falling);
    for (size_t i = 0; i < view->n; i++)
        top += fmin(fmax(fifth - (double)i, 0), 1) * sorted[i];
    return view->n == 1 ? .2 : top / ((double)view->n * mean(view));
}

static void check_power(struct view *view)
{
    double n = (double)view->record->size[view->organisation];
    look(view, "standing", 0, view->time);
    expect(view, "power_gini", gini(view));
    expect(view, "power_gini_corrected", n > 1 ? gini(view) * n / (n - 1) : NAN);
    expect(view, "power_top20", top_fifth(view));
    look(view, "office", 0, view->time);
    expect(view, "office_gini", gini(view));
}

static void to_logits(struct view *view)
{
    for (size_t i = 0; i < view->n; i++)
        view->value[i] = log(view->value[i] / (1 - view->value[i]));
}

/* Autonomy from the facets' odds against it, which standing scales. */
static void look_at_facets(struct view *view, bool potential, int facet)
{
    double hindrance[LARGEST];
    look(view, "hindrance", 0, view->time);
    memcpy(hindrance, view->value, sizeof hindrance);
    look(view, "odds", facet, view->time);
    for (size_t i = 0; i < view->n; i++)
        view->value[i] = 1 / (1 + view->value[i] * (potential ? 1 : hindrance[i]));
}

static void check_autonomy(struct view *view)
{
    static const char *const facet[] = {"speed_logit_sd", "intensity_logit_sd", "means_logit_sd"};
    double potential[LARGEST] = {0};
    look(view, "autonomy", 0, view->time);
    expect(view, "autonomy_mean", mean(view));
    expect(view, "autonomy_sd", deviation(view));
    expect(view, "autonomy_gini", gini(view));
    to_logits(view);
    expect(view, "autonomy_logit_sd", deviation(view));
    for (int f = 0; f < 3; f++) {
        look_at_facets(view, false, f);
        to_logits(view);
        expect(view, facet[f], deviation(view));
        look_at_facets(view, true, f);
        for (size_t i = 0; i < view->n; i++)
            potential[i] += view->value[i] / 3;
    }
    memcpy(view->value, potential, sizeof potential);
    to_logits(view);
    expect(view, "potential_logit_sd", deviation(view));
}

static void check_know(struct view *view)
{
    double know[LARGEST], gap = 0;
    look(view, "know", 0, view->time);
    expect(view, "know_mean", mean(view));
    expect(view, "know_gini", gini(view));
    double center = mean(view), n = (double)view->n;
    memcpy(know, view->value, sizeof know);
    look(view, "standing", 0, view->time);
    for (size_t i = 0; i < view->n; i++)
        gap += fabs(know[i] / center - view->value[i]) / (2 * n);
    expect(view, "know_power_gap", gap);
}

/* Whether the worker is of the top floor(n/5), where no two have the same standing. */
static bool is_top(const double *standing, size_t n, size_t i)
{
    size_t above = 0;
    for (size_t j = 0; j < n; j++)
        above += standing[j] > standing[i];
    return above < n / 5;
}

static int sign(double x)
{
    return (x > 0) - (x < 0);
}

/* tau_b over those who had joined at `then`; newcomers of one week have equal standing. */
static double tau_b(const double *past, const double *now, const double *joined, size_t n,
                    double then)
{
    double score = 0, in_past = 0, in_now = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            if (joined[i] <= then && joined[j] <= then) {
                int before = sign(past[i] - past[j]), after = sign(now[i] - now[j]);
                score += before * after;
                in_past += before != 0;
                in_now += after != 0;
            }
    return in_past > 0 && in_now > 0 ? score / sqrt(in_past * in_now) : NAN;
}

/* Against a year ago, two records before. */
static void check_persistence(struct view *view)
{
    double joined[LARGEST], past[LARGEST], now[LARGEST], stayed = 0;
    if (view->time < 3)
        return;
    look(view, "joined", 0, view->time);
    memcpy(joined, view->value, sizeof joined);
    look(view, "standing", 0, view->time - 2);
    memcpy(past, view->value, sizeof past);
    look(view, "standing", 0, view->time);
    memcpy(now, view->value, sizeof now);
    double then = (double)view->record->week[view->time - 2];
    for (size_t i = 0; i < view->n; i++)
        stayed += joined[i] <= then && is_top(past, view->n, i) && is_top(now, view->n, i);
    expect(view, "power_tau", tau_b(past, now, joined, view->n, then));
    expect(view, "top_stays", view->n < 5 ? NAN : stayed / (double)(view->n / 5));
}

/* The rank of those between which others stand is known; equals at a border may be on either side. */
static bool tied_at(const double *standing, size_t n, size_t border)
{
    double sorted[LARGEST];
    memcpy(sorted, standing, n * sizeof *sorted);
    for (size_t i = 1; i < n; i++)
        for (size_t j = i; j > 0 && sorted[j - 1] > sorted[j]; j--) {
            double other = sorted[j];
            sorted[j] = sorted[j - 1];
            sorted[j - 1] = other;
        }
    return border > 0 && sorted[border - 1] == sorted[border];
}

static size_t group_of(const double *standing, size_t n, size_t i)
{
    size_t below = 0;
    for (size_t j = 0; j < n; j++)
        below += standing[j] < standing[i];
    return below >= n - n / 5 ? 0 : below < 2 * n / 5 ? 2 : 1;
}

static void check_moves(struct view *view)
{
    static const char *const group[] = {"top", "middle", "low", "gone"};
    double joined[LARGEST], past[LARGEST], now[LARGEST], moved[3][4] = {{0}};
    if (view->time < 3)
        return;
    look(view, "joined", 0, view->time);
    memcpy(joined, view->value, sizeof joined);
    look(view, "standing", 0, view->time - 2);
    memcpy(past, view->value, sizeof past);
    look(view, "standing", 0, view->time);
    memcpy(now, view->value, sizeof now);
    const size_t n = view->n, top = n - n / 5, low = 2 * n / 5;
    const double then = (double)view->record->week[view->time - 2];
    for (size_t i = 0; i < n; i++)
        moved[group_of(past, n, i)][joined[i] <= then ? group_of(now, n, i) : 3] += 1 / (double)n;
    const bool tied = n >= 5 && (tied_at(past, n, top) || tied_at(past, n, low) ||
                                 tied_at(now, n, top) || tied_at(now, n, low));
    double size[] = {(double)(n - top), (double)(top - low), (double)low};
    for (size_t from = 0; from < 3; from++) {
        double all = 0;
        for (size_t to = 0; to < 4; to++) {
            char name[32];
            snprintf(name, sizeof name, "%s_to_%s", group[from], group[to]);
            all += recorded(view, name);
            if (!tied)
                expect(view, name, n < 5 ? NAN : moved[from][to]);
        }
        if (n >= 5)
            assert_float_equal(all, (size[from] / (double)n), 1e-6);
    }
}

/* What the lowest hold, from the standing of everybody. */
static void check_lorenz(struct view *view)
{
    static const int percent[] = {20, 40, 60, 80, 90};
    look(view, "standing", 0, view->time);
    const double n = (double)view->n, total = mean(view) * n;
    for (size_t point = 0; point < 5; point++) {
        char name[32];
        double held = 0;
        for (size_t i = 0; i < view->n; i++) {
            double below = 0;
            for (size_t j = 0; j < view->n; j++)
                below +=
                    view->value[j] < view->value[i] || (view->value[j] == view->value[i] && j < i);
            held += view->value[i] * fmin(fmax(n * percent[point] / 100 - below, 0), 1);
        }
        snprintf(name, sizeof name, "power_low%d", percent[point]);
        if (view->record->week[view->time] <= 52 || view->record->week[view->time] % 52 == 0)
            expect(view, name, held / total);
        else
            assert_true(isnan(recorded(view, name)));
    }
}

/* Weights of the facets in the loss of autonomy by m, f and H, at the defaults. */
static const double loss[3][3] = {{1.5, 1.2, .8}, {.6, .6, 1.4}, {.8, .8, .8}};

/* Adds sixths of the shares in what a variable affects, from any measure of it. */
static void add_affected(const double *affected, size_t n, double *ret_share)
{
    double total = 0;
    for (size_t i = 0; i < n; i++)
        total += affected[i];
    for (size_t i = 0; i < n; i++)
        ret_share[i] += total > 0 ? affected[i] / total / 6 : 1 / (double)n / 6;
}

/* How much more of variable y (m, f, H) would move mean autonomy: sum over facets of A (1 - A). */
static void affected_autonomy(struct view *view, size_t y, double *ret)
{
    double hindrance[LARGEST], exposed[LARGEST];
    look(view, y == 0 ? "empowerment" : "rank", 0, view->time);
    for (size_t i = 0; i < view->n; i++)
        exposed[i] = y == 1 ? 1 : 1 - view->value[i];
    look(view, "hindrance", 0, view->time);
    memcpy(hindrance, view->value, sizeof hindrance);
    memset(ret, 0, view->n * sizeof *ret);
    for (int f = 0; f < 3; f++) {
        look(view, "odds", f, view->time);
        for (size_t i = 0; i < view->n; i++) {
            double autonomy = 1 / (1 + view->value[i] * hindrance[i]);
            ret[i] += loss[y][f] * autonomy * (1 - autonomy) * exposed[i];
        }
    }
}

static void check_affected(struct view *view)
{
    double affected[LARGEST], share[LARGEST] = {0}, gap = 0;
    for (size_t y = 0; y < 3; y++) {
        affected_autonomy(view, y, affected);
        add_affected(affected, view->n, share);
    }
    look(view, "empowerment", 0, view->time);
    double n = (double)view->n, center = mean(view);
    for (size_t i = 0; i < view->n; i++)
        affected[i] = fabs(view->value[i] - center) < 3e-7 ? 0 : fabs(view->value[i] - center);
    add_affected(affected, view->n, share);
    add_affected(affected, view->n, share);
    look(view, "standing", 0, view->time);
    for (size_t i = 0; i < view->n; i++)
        gap += fabs(view->value[i] / n - share[i] - 1 / n / 6) / 2;
    expect(view, "say_affected_gap", gap);
    expect(view, "formal_gini", 0);
    expect(view, "mandate_holders", 0);
    expect(view, "rule_changes", 0);
}

static void check_all(void (*check)(struct view *view))
{
    struct village v;
    struct coop_record record;
    village_set_up(&v, village_seo(), EVERYBODY);
    village_record(&v, 1, &record);
    for (size_t time = 0; time < record.times; time++)
        for (size_t o = 0; o < record.organisations; o++) {
            struct view view = {
                .model = v.model, .record = &record, .time = time, .organisation = o};
            check(&view);
        }
    coop_record_free(&record);
    village_end(&v);
}

static void measures_are_what_they_say(void **state)
{
    check_all(*(void (**)(struct view *)) * state);
}

int main(void)
{
    static void (*check[])(struct view *) = {check_power,       check_autonomy, check_know,
                                             check_persistence, check_affected, check_moves,
                                             check_lorenz};
    const struct CMUnitTest tests[] = {
        {"power", measures_are_what_they_say, NULL, NULL, &check[0]},
        {"autonomy", measures_are_what_they_say, NULL, NULL, &check[1]},
        {"know-how", measures_are_what_they_say, NULL, NULL, &check[2]},
        {"persistence", measures_are_what_they_say, NULL, NULL, &check[3]},
        {"affectedness", measures_are_what_they_say, NULL, NULL, &check[4]},
        {"moves", measures_are_what_they_say, NULL, NULL, &check[5]},
        {"lorenz", measures_are_what_they_say, NULL, NULL, &check[6]},
    };
    return cmocka_run_group_tests_name("measures", tests, NULL, NULL);
}
