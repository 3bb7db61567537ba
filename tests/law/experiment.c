/* coopsim - GPL-3.0-or-later */
#include "tests/law/experiment.h"

/* What the hooks work on, which have no argument of the test's; one experiment runs at a time. */
static const struct experiment *present;
static enum experiment_change present_change;
static struct experiment_outcome *present_outcome;
static const struct coop_run *present_run;

/* The fields of a list one after the other; false at the end. */
static bool next_field(const char **list, int *ret_field, size_t *ret_first, size_t *ret_end)
{
    char name[64];
    size_t component;
    *list += strspn(*list, " ");
    size_t length = strcspn(*list, " ");
    if (length == 0)
        return false;
    snprintf(name, sizeof name, "%.*s", (int)length, *list);
    *list += length;
    char *colon = strchr(name, ':');
    if (colon != NULL)
        *colon = '\0';
    *ret_field = village_field(present_run, name);
    component = colon != NULL ? (size_t)atoi(colon + 1) : 0;
    size_t components = coop_field_components(present_run->economy.row[*ret_field],
                                              present_run->economy.dimensions);
    *ret_first = component;
    *ret_end = colon != NULL ? component + 1 : components;
    return true;
}

static bool is_of_organisations(int field)
{
    return present_run->economy.row[field]->type == COOP_F64;
}

static void exchange(const struct coop_batch *b, size_t o, float *value)
{
    size_t n = b->size[o];
    for (size_t i = 0; i < n / 2; i++) {
        float *one = &value[coop_slot(b, o, i)], *other = &value[coop_slot(b, o, n - 1 - i)];
        float kept = *other;
        *other = *one;
        *one = kept;
    }
}

static void level(const struct coop_batch *b, size_t o, float *value)
{
    double total = 0, n = (double)b->size[o];
    for (size_t i = 0; i < b->size[o]; i++)
        total += (double)value[coop_slot(b, o, i)];
    for (size_t i = 0; i < b->size[o]; i++)
        value[coop_slot(b, o, i)] = (float)(isnan(present->level) ? total / n : present->level);
}

/* Of an even number of positions, so that the mean stays. */
static void tilt(const struct coop_batch *b, size_t o, float *value)
{
    level(b, o, value);
    for (size_t i = 0; i < b->size[o]; i++)
        value[coop_slot(b, o, i)] *= 2 * i < b->size[o] ? 1.5f : 0.5f;
}

static void change_organisations(double *value, size_t n)
{
    for (size_t i = 0; i < n / 2 && present_change == EXPERIMENT_EXCHANGED; i++) {
        double other = value[n - 1 - i];
        value[n - 1 - i] = value[i];
        value[i] = other;
    }
    for (size_t i = 0; i < n && present_change == EXPERIMENT_LEVELLED; i++)
        value[i] = present->level;
    for (size_t i = 0; i < n && present_change == EXPERIMENT_RAISED; i++)
        value[i] += .05;
}

static void change(const struct coop_batch *b, int field, size_t component)
{
    if (is_of_organisations(field)) {
        change_organisations(coop_organisation(b, field, component), b->organisations);
        return;
    }
    for (size_t o = 0; o < b->organisations; o++) {
        if (present_change == EXPERIMENT_EXCHANGED)
            exchange(b, o, coop_worker(b, field, component));
        if (present_change == EXPERIMENT_LEVELLED)
            level(b, o, coop_worker(b, field, component));
        if (present_change == EXPERIMENT_TILTED)
            tilt(b, o, coop_worker(b, field, component));
        if (present_change == EXPERIMENT_RAISED)
            coop_worker(b, field, component)[coop_slot(b, o, b->size[o] - 1)] += .05f;
    }
}

/* The state is set up before the experiment begins; then nothing is changed yet. */
static bool under_way;

static void change_causes(const struct coop_batch *b)
{
    if (!under_way)
        return;
    const char *list = present->cause;
    size_t component, end;
    for (int field; b->week == 0 && next_field(&list, &field, &component, &end);)
        for (; component < end; component++)
            change(b, field, component);
}

static void note(const struct coop_batch *b, int field, size_t component)
{
    bool whole = is_of_organisations(field);
    bool number = present_run->economy.row[field]->type == COOP_U32;
    for (size_t i = 0; i < (whole ? b->organisations : b->workers); i++) {
        if (present->last && !whole &&
            b->position[i] + 1 < b->size[b->organisation_of[i] - b->first_organisation])
            continue;
        double value = whole    ? coop_organisation(b, field, component)[i]
                       : number ? (double)coop_worker_u32(b, field)[i]
                                : (double)coop_worker(b, field, component)[i];
        assert_true(present_outcome->count < sizeof present_outcome->value / sizeof value);
        present_outcome->value[present_outcome->count++] = value;
    }
}

static void note_effects(const struct coop_batch *b)
{
    const char *list = present->effect;
    size_t component, end;
    for (int field; b->week == 0 && next_field(&list, &field, &component, &end);)
        for (; component < end; component++)
            note(b, field, component);
}

/* A value in (0, 1) for each place of each component of each field. */
static double draw(int field, size_t component, size_t place)
{
    struct coop_block block = coop_draw(1, coop_purpose("experiment.state"), (uint32_t)field,
                                        (int64_t)component, (uint32_t)place, 0);
    return (double)coop_uniform(block.word[0]);
}

/* Standing and office differ by a factor of up to 9, with a mean of 1 in every organisation. */
static void vary_shares(const struct coop_batch *b, int field)
{
    float *share = coop_worker(b, field, 0);
    for (size_t o = 0; o < b->organisations; o++) {
        double total = 0, n = (double)b->size[o];
        for (size_t p = 0; p < b->size[o]; p++) {
            float *value = &share[coop_slot(b, o, p)];
            *value = (float)(.25 + 2 * draw(field, 0, coop_slot(b, o, p)));
            total += (double)*value;
        }
        for (size_t p = 0; p < b->size[o]; p++) {
            float *value = &share[coop_slot(b, o, p)];
            *value = (float)((double)*value * n / total);
        }
    }
}

static void vary_worker(const struct coop_batch *b, int field, double from, double to)
{
    for (size_t i = 0; i < b->workers; i++)
        coop_worker(b, field, 0)[i] = (float)(from + (to - from) * draw(field, 0, i));
}

static void vary_organisation(const struct coop_batch *b, const struct coop_run *run,
                              const char *name, double from, double to)
{
    int field = village_field(run, name);
    for (size_t c = 0; c < run->economy.components[field]; c++)
        for (size_t o = 0; o < b->organisations; o++)
            coop_organisation(b, field, c)[o] = from + (to - from) * draw(field, c, o);
}

void experiment_set_up(struct coop_run *run)
{
    for (size_t batch = 0; batch < run->economy.batches; batch++) {
        const struct coop_batch *b = coop_run_look(run, batch);
        vary_shares(b, village_field(run, "standing"));
        vary_shares(b, village_field(run, "office"));
        vary_worker(b, village_field(run, "know"), .1, .6);
        vary_organisation(b, run, "voted", .1, .9);
        vary_organisation(b, run, "solidarity", .2, .8);
        vary_organisation(b, run, "pressure", -1, 1);
    }
}

void experiment_run(const struct experiment *experiment, const char *assignments,
                    enum experiment_change how, struct experiment_outcome *ret)
{
    const struct coop_mechanism before = {
        .name = "before",
        .month = experiment->hook == EXPERIMENT_MONTH ? change_causes : NULL,
        .derive = experiment->hook == EXPERIMENT_DERIVE ? change_causes : NULL,
        .act = experiment->hook == EXPERIMENT_ACT ? change_causes : NULL};
    const struct coop_mechanism after = {.name = "after", .act = note_effects};
    struct village_model model;
    struct village v;
    village_surround(&model, village_seo(), experiment->mechanism, &before, &after);
    village_begin(&v, &model.model, assignments);
    experiment_set_up(&v.run);
    present = experiment;
    present_change = how;
    present_outcome = ret;
    present_run = &v.run;
    ret->count = 0;
    under_way = true;
    coop_run_live(&v.run, 1);
    under_way = false;
    village_end(&v);
}

double experiment_distance(const struct experiment_outcome *a, const struct experiment_outcome *b)
{
    double largest = 0;
    assert_true(a->count > 0 && a->count == b->count);
    for (size_t i = 0; i < a->count; i++)
        largest = fmax(largest, fabs(a->value[i] - b->value[i]));
    return largest;
}
