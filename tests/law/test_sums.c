/* coopsim - GPL-3.0-or-later
 *
 * What sums to 1 and what is in order, every week and in very different organisations (ODD 6
 * and 7): standing, office, power, say; the hours of a job and the jobs of an organisation; the
 * empowerment and the rank of positions; the register. State
 * is kept in 32-bit floats, so that a sum of n values near 1 is right to about n 6e-8. */
#include "tests/law/village.h"

#include "models/seo/seo.h"

#include <math.h>

#define SIZES                                                                                      \
    "economy.sizes=list; economy.size_list=[1, 2, 3, 4, 5, 7, 20, 31, 129, 1500, 9, 9,"            \
    "9, 9, 9, 9, 9, 9];"
#define LIVELY                                                                                     \
    SIZES "economy.organisations=20; allocation.leave=.02; rotation.on=true; rotation.share=.3;"

static const char *const configurations[] = {
    LIVELY,
    LIVELY "attendance.mode=expected; rights.workers=.55; association.absent=proxy",
    LIVELY "attendance.mode=all; division.start=1; division.open=false; voice.know=60",
    LIVELY "rights.workers=.1; rights.delegation=formal; rights.outsiders=neutral",
    LIVELY "rights.workers=0",
    LIVELY "rights.workers=0; rights.left_inside=0",
    LIVELY "attendance.intercept=-20",
    LIVELY "attendance.intercept=-3; attendance.size=0",
    LIVELY "attendance.intercept=-3; attendance.mode=expected",
    LIVELY "division.start=0; division.open=false; hierarchy.start=1; positions.span=2",
    LIVELY "arrows.twin=exposure; market.pressure=3",
    LIVELY "arrows.twin=voiceless; job_balance.on=true; job_balance.strength=.6",
    LIVELY "gender.share=.4; race.share=.3; homophily.gender=2; homophily.race=-1; gender.voice=-2;"
           "rights.hired=.3; rights.workers=.6; association.absent=proxy",
    LIVELY "influence.susceptibility=1; gender.share=.2; homophily.gender=9; rights.hired=.9",
    LIVELY "influence.susceptibility=1; voice.skill=100; voice.know=100; standing.memory=1",
    LIVELY "office.memory=1; learning.keep=1; market.competition=3; allocation.leave=.9;"
           "economy.size_list=[1, 2, 3, 4, 5, 7, 20, 31, 129]",
    LIVELY "rotation.order=empowered; rotation.every=2; rotation.refusal=.3; term_limit.on=true;"
           "term_limit.weeks=3; open_book.on=true; training.on=true; association_building.on=true",
    LIVELY "tasks.name=[a, b, c]; tasks.empowerment=[.2, .9, .2]; tasks.speed=[.1, .9, .3];"
           "tasks.intensity=[.1, .9, .3]; tasks.means=[.1, .9, .3]; tasks.onerousness=[1, 0, .5];"
           "tasks.training_weeks=[1, 9, 3]; tasks.education=[0, 3, 1]; tasks.hours=[1, 0, 3];"
           "tasks.shift_mechanisation=[1, 0, -1]; tasks.shift_formalisation=[0, 2, -2]",
};
enum { CONFIGURATIONS = sizeof configurations / sizeof *configurations };

static void require(bool holds, const char *text, int64_t week, size_t organisation, double value)
{
    if (!holds)
        fail_msg("%s: %.9g in week %lld, organisation %zu", text, value, (long long)week,
                 organisation);
}

static double sum(const struct coop_batch *b, size_t o, int field, size_t component)
{
    double total = 0;
    for (size_t p = 0; p < b->size[o]; p++)
        total += (double)coop_worker(b, field, component)[coop_slot(b, o, p)];
    return total;
}

/* Standing as the assembly finds it. */
static float standing_before[4096];

static void keep_standing(const struct coop_batch *b)
{
    assert_true(b->workers <= 4096);
    memcpy(standing_before, coop_worker(b, SEO_STANDING, 0), b->workers * sizeof(float));
}

/* Power sums to 1 over the workers, say to rho + (1 - rho) kappa_d; outsiders have the rest, all
 * of it if nobody comes, and then power is standing. */
static void look_at_assembly(const struct coop_batch *b)
{
    const struct seo_params *params = seo_shared(b);
    double inside = params->workers + (1 - params->workers) * params->left;
    const float *power = coop_worker(b, SEO_POWER, 0);
    for (size_t o = 0; o < b->organisations; o++) {
        double n = (double)b->size[o], say = coop_organisation(b, SEO_SAY, 0)[o];
        bool met = coop_organisation(b, SEO_ATTENDANCE, 0)[o] > 0;
        require(fabs(sum(b, o, SEO_POWER, 0) / n - 1) < 2e-6, "sum D", b->week, o,
                sum(b, o, SEO_POWER, 0) / n);
        require(fabs(say - (met ? inside : 0)) < 1e-12, "sum P", b->week, o, say);
        for (size_t p = 0; p < b->size[o]; p++) {
            size_t i = coop_slot(b, o, p);
            require(power[i] >= 0, "D", b->week, o, (double)power[i]);
            require(say > 0 || power[i] == standing_before[i], "D without say", b->week, o,
                    (double)power[i]);
        }
    }
}

static const struct coop_mechanism before_assembly = {.name = "before", .act = keep_standing};
static const struct coop_mechanism after_assembly = {.name = "after", .act = look_at_assembly};

/* Hours h_k ~ h0_k exp(shift_m m + shift_f f) of the organisation. */
static double hours(const struct coop_batch *b, size_t o, size_t kind)
{
    const struct seo_tasks *tasks = &seo_shared(b)->tasks;
    double m = coop_organisation(b, SEO_IN_FORCE, SEO_mechanisation)[o];
    double f = coop_organisation(b, SEO_IN_FORCE, SEO_formalisation)[o], total = 0, mine = 0;
    for (size_t k = 0; k < b->kinds; k++) {
        double h = tasks->hours.value[k] * exp(tasks->shift_mechanisation.value[k] * m +
                                               tasks->shift_formalisation.value[k] * f);
        total += h;
        mine = k == kind ? h : mine;
    }
    return mine / total;
}

/* Every job is full, together they are the organisation's hours; jobs go down in empowerment. */
static void check_jobs(const struct coop_batch *b, size_t o)
{
    size_t n = b->size[o];
    const float *empowerment = coop_worker(b, SEO_EMPOWERMENT, 0);
    for (size_t k = 0; k < b->kinds; k++)
        require(fabs(sum(b, o, SEO_SHARE, k) / (double)n - hours(b, o, k)) < 1e-6, "mean x",
                b->week, o, sum(b, o, SEO_SHARE, k) / (double)n);
    for (size_t p = 0; p < n; p++) {
        size_t i = coop_slot(b, o, p);
        double full = 0;
        for (size_t k = 0; k < b->kinds; k++) {
            double share = (double)coop_worker(b, SEO_SHARE, k)[i];
            require(share >= -1e-7 && share <= 1 + 1e-7, "x", b->week, o, share);
            full += share;
        }
        require(fabs(full - 1) < 1e-6, "sum x of a job", b->week, o, full);
        require(p == 0 || empowerment[i] <= empowerment[i - b->step[o]] + 1e-6f, "E rises", b->week,
                o, (double)empowerment[i]);
    }
}

/* The level of a position by its definition: the largest l with c^l <= 1 + j (c - 1). */
static double level_of(const struct coop_batch *b, size_t position)
{
    double span = (double)seo_shared(b)->span, level = 0;
    for (double power = span; power <= 1 + (double)position * (span - 1); power *= span)
        level++;
    return level;
}

static void check_ranks(const struct coop_batch *b, size_t o)
{
    size_t n = b->size[o];
    const float *rank = coop_worker(b, SEO_RANK, 0);
    double lowest = level_of(b, n - 1);
    for (size_t j = 0; j < n; j++) {
        double expected = lowest > 0 ? 1 - level_of(b, j) / lowest : 1;
        double found = (double)rank[coop_slot(b, o, j)];
        require(fabs(found - expected) < 1e-6, "g", b->week, o, found);
    }
    assert_true(rank[b->first[o]] == 1 && rank[coop_slot(b, o, n - 1)] == (n == 1 ? 1 : 0));
}

/* Everybody holds one place of the register, and nobody joins in the future. */
static void check_register(const struct coop_batch *b, size_t o)
{
    bool held[1500] = {false};
    for (size_t p = 0; p < b->size[o]; p++) {
        uint32_t label = coop_worker_u32(b, SEO_LABEL)[coop_slot(b, o, p)];
        uint32_t joined = coop_worker_u32(b, SEO_JOINED)[coop_slot(b, o, p)];
        require(label < b->size[o] && !held[label], "label", b->week, o, label);
        require((int64_t)joined <= b->week, "joined", b->week, o, joined);
        held[label] = true;
    }
}

static void check_organisation(const struct coop_batch *b, size_t o)
{
    double n = (double)b->size[o];
    const float *standing = coop_worker(b, SEO_STANDING, 0);
    const float *office = coop_worker(b, SEO_OFFICE, 0);
    require(fabs(sum(b, o, SEO_STANDING, 0) / n - 1) < 2e-6, "sum W", b->week, o,
            sum(b, o, SEO_STANDING, 0) / n);
    require(fabs(sum(b, o, SEO_OFFICE, 0) / n - 1) < 2e-6, "sum U", b->week, o,
            sum(b, o, SEO_OFFICE, 0) / n);
    for (size_t p = 0; p < b->size[o]; p++) {
        size_t i = coop_slot(b, o, p);
        require(standing[i] > 0, "W", b->week, o, (double)standing[i]);
        require(office[i] > 0, "U", b->week, o, (double)office[i]);
        require(n > 1 || (standing[i] == 1 && office[i] == 1), "W or U of one", b->week, o,
                (double)standing[i]);
    }
    check_jobs(b, o);
    check_ranks(b, o);
    check_register(b, o);
}

static void sums_hold(void **state)
{
    struct village_model model;
    struct village v;
    village_surround(&model, village_seo(), "influence", &before_assembly, &after_assembly);
    village_begin(&v, &model.model, *state);
    for (int64_t week = 0; week <= 52; week += COOP_MONTH) {
        for (size_t batch = 0; batch < v.run.economy.batches; batch++) {
            const struct coop_batch *b = coop_run_look(&v.run, batch);
            for (size_t o = 0; o < b->organisations; o++)
                check_organisation(b, o);
        }
        coop_run_live(&v.run, COOP_MONTH);
    }
    village_end(&v);
}

int main(void)
{
    struct CMUnitTest tests[CONFIGURATIONS];
    for (size_t i = 0; i < CONFIGURATIONS; i++) {
        const char *name = configurations[i] + sizeof LIVELY - 1;
        tests[i] = (struct CMUnitTest){*name != '\0' ? name : "defaults", sums_hold, NULL, NULL,
                                       (void *)(uintptr_t)configurations[i]};
    }
    return cmocka_run_group_tests_name("sums", tests, NULL, NULL);
}
