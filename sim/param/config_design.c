/* coopsim - GPL-3.0-or-later
 *
 * `replicates:` and `design:` of a configuration. What its parameters are is checked where their
 * rows are known. */
#include "sim/param/assign.h"
#include "sim/param/grow.h"
#include "sim/param/text.h"
#include "sim/param/yaml.h"

enum { USUAL_LEVELS = 4, LEVELS_MAX = 1000 };

static const char *const kind_word[COOP_SCHEME_KINDS] = {
    [COOP_NO_SCHEME] = "none",    [COOP_FACTORIAL] = "factorial",
    [COOP_LIST] = "list",         [COOP_ONE_AT_A_TIME] = "one_at_a_time",
    [COOP_ARROWS] = "arrows",     [COOP_LATIN_HYPERCUBE] = "latin_hypercube",
    [COOP_SOBOL] = "sobol",       [COOP_MORRIS] = "morris",
    [COOP_SALTELLI] = "saltelli",
};

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the design");
}

const char *coop_scheme_word(enum coop_scheme_kind kind)
{
    return kind_word[kind];
}

void coop_scheme_free(struct coop_scheme *scheme)
{
    for (size_t a = 0; a < scheme->axes; a++)
        coop_axis_free(&scheme->axis[a]);
    free(scheme->axis);
    coop_words_free(&scheme->arrows);
    coop_words_free(&scheme->measures);
    *scheme = (struct coop_scheme){0};
}

void coop_config_read_whole(const struct coop_yaml *value, const char *name, int64_t min,
                            int64_t max, int64_t *ret, struct coop_problems *problems)
{
    int64_t number = 0;
    if (value->kind == COOP_YAML_NONE)
        return;
    if (value->kind == COOP_YAML_WORD &&
        coop_read_whole(value->text, &number) == COOP_NUMBER_FINE && number >= min && number <= max)
        *ret = number;
    else
        coop_problems_add(problems, value->place, "'%s' is a whole number from %lld to %lld", name,
                          (long long)min, (long long)max);
}

enum coop_status coop_config_read_replicates(struct coop_config *config,
                                             const struct coop_yaml *value,
                                             struct coop_problems *problems)
{
    coop_config_read_whole(value, "replicates", 1, COOP_RUNS_MAX, &config->replicates, problems);
    return COOP_OK;
}

static void read_kind(struct coop_scheme *scheme, const struct coop_yaml *kind,
                      struct coop_problems *problems)
{
    if (kind->kind == COOP_YAML_NONE)
        return;
    if (kind->kind != COOP_YAML_WORD) {
        coop_problems_add(problems, kind->place, "a design's 'kind' is one word, as in factorial");
        return;
    }
    struct coop_nearest nearest = {.word = kind->text};
    for (size_t k = COOP_FACTORIAL; k < COOP_SCHEME_KINDS; k++) {
        if (strcmp(kind->text, kind_word[k]) == 0) {
            scheme->kind = (enum coop_scheme_kind)k;
            return;
        }
        coop_nearest_consider(&nearest, kind_word[k], strlen(kind_word[k]));
    }
    coop_problems_add(problems, kind->place, "unknown kind of design '%s' - %s%s%s",
                      coop_show(kind->text).text, nearest.best ? "did you mean '" : "",
                      nearest.best ? nearest.best
                                   : "give factorial, list, one_at_a_time, arrows, "
                                     "latin_hypercube, sobol, morris or saltelli",
                      nearest.best ? "'?" : "");
}

static void read_levels(struct coop_scheme *scheme, const struct coop_yaml *levels,
                        struct coop_problems *problems)
{
    scheme->levels_place = levels->place;
    coop_config_read_whole(levels, "levels", 2, LEVELS_MAX, &scheme->levels, problems);
    if (scheme->levels % 2 != 0)
        coop_problems_add(problems, levels->place,
                          "%lld levels: only with an even number are all levels met equally often "
                          "- give 4 or 6, for example",
                          (long long)scheme->levels);
}

/* In pairs, each order with its reverse. */
static void read_orders(struct coop_scheme *scheme, const struct coop_yaml *orders,
                        struct coop_problems *problems)
{
    scheme->orders_place = orders->place;
    coop_config_read_whole(orders, "orders", 2, COOP_ORDERS_MAX, &scheme->orders, problems);
    if (scheme->orders % 2 != 0)
        coop_problems_add(problems, orders->place,
                          "%lld orders: they are drawn in pairs, each with its reverse - give %lld",
                          (long long)scheme->orders, (long long)scheme->orders + 1);
}

static enum coop_status read_axes(struct coop_scheme *scheme, const struct coop_yaml *list,
                                  struct coop_problems *problems)
{
    if (list->kind == COOP_YAML_NONE)
        return COOP_OK;
    if (list->kind != COOP_YAML_LIST || list->count == 0 || list->count > COOP_AXES_MAX) {
        coop_problems_add(problems, list->place,
                          "'axes' takes a list of 1 to %d, as in [{parameter: voice.know, values: "
                          "[4, 8]}]",
                          COOP_AXES_MAX);
        return COOP_OK;
    }
    for (size_t i = 0; i < list->count; i++) {
        const struct coop_yaml *node = &list->child[i];
        if (!coop_grow(&scheme->axis, scheme->axes, sizeof *scheme->axis))
            return no_memory();
        scheme->axis[scheme->axes++] = (struct coop_axis){.place = node->place};
        COOP_TRY(coop_axis_read(&scheme->axis[scheme->axes - 1], node, scheme->kind, problems));
    }
    return COOP_OK;
}

static const struct coop_yaml *find_value(const struct coop_yaml *mapping, const char *name)
{
    for (size_t i = 0; i + 1 < mapping->count; i += 2)
        if (mapping->child[i].kind == COOP_YAML_WORD && strcmp(mapping->child[i].text, name) == 0)
            return &mapping->child[i + 1];
    return NULL;
}

static void refuse_keys(const struct coop_yaml *design, struct coop_problems *problems)
{
    static const char *const known[] = {"kind",   "points", "seed",     "levels", "axes",
                                        "arrows", "orders", "measures", NULL};
    for (size_t i = 0; i + 1 < design->count; i += 2) {
        const struct coop_yaml *key = &design->child[i];
        bool found = key->kind != COOP_YAML_WORD || coop_assign_repeats(design, i, problems);
        for (size_t k = 0; known[k] && !found; k++)
            found = strcmp(known[k], key->text) == 0;
        if (found)
            continue;
        const char *near = coop_nearest_word(known, key->text);
        coop_problems_add(
            problems, key->place, "unknown key '%s' in 'design'%s%s%s", coop_show(key->text).text,
            near ? " - did you mean '"
                 : ", which has kind, axes, points, seed, levels, arrows, orders and measures",
            near ? near : "", near ? "'?" : "");
    }
}

/* Keys that have a meaning for some kinds only. */
static void check_keys(const struct coop_scheme *scheme, const struct coop_yaml *design,
                       struct coop_problems *problems)
{
    const struct coop_yaml *points = find_value(design, "points");
    const char *word = kind_word[scheme->kind];
    if (scheme->kind == COOP_NO_SCHEME)
        return;
    if (!points && coop_scheme_is_sampled(scheme->kind))
        coop_problems_add(problems, scheme->place, "a %s design without 'points' - add %s", word,
                          scheme->kind == COOP_MORRIS ? "'points: 20', the number of trajectories"
                          : scheme->kind == COOP_SALTELLI
                              ? "'points: 512', the size of its base sample"
                              : "'points: 64'");
    if (points && !coop_scheme_is_sampled(scheme->kind))
        coop_problems_add(problems, points->place,
                          "the points of %s %s design follow from its %s - remove 'points'",
                          scheme->kind == COOP_ARROWS ? "an" : "a", word,
                          scheme->kind == COOP_ARROWS ? "arrows" : "axes");
    if (find_value(design, "seed") && scheme->kind != COOP_LATIN_HYPERCUBE &&
        scheme->kind != COOP_MORRIS && scheme->kind != COOP_ARROWS)
        coop_problems_add(problems, find_value(design, "seed")->place,
                          "nothing is drawn by lot in a %s design - remove 'seed'", word);
    if (find_value(design, "levels") && scheme->kind != COOP_MORRIS)
        coop_problems_add(problems, scheme->levels_place,
                          "only a morris design has levels - remove 'levels'");
}

/* Keys of arrows, and of everything else. */
static void check_arrow_keys(const struct coop_scheme *scheme, const struct coop_yaml *design,
                             struct coop_problems *problems)
{
    static const char *const own[] = {"arrows", "orders"};
    const struct coop_yaml *axes = find_value(design, "axes");
    if (scheme->kind == COOP_ARROWS && axes)
        coop_problems_add(problems, axes->place,
                          "a design of arrows has no other axes - remove 'axes', and write what is "
                          "to be varied besides as cases");
    for (size_t i = 0; i < 2 && scheme->kind != COOP_ARROWS && scheme->kind != COOP_NO_SCHEME; i++)
        if (find_value(design, own[i]))
            coop_problems_add(problems, find_value(design, own[i])->place,
                              "only a design of kind arrows has '%s' - remove it, or give 'kind: "
                              "arrows' instead of the axes",
                              own[i]);
}

static enum coop_status read_names(struct coop_scheme *scheme, const struct coop_yaml *design,
                                   struct coop_problems *problems)
{
    enum { MEASURES_MAX = 64 };
    const struct coop_yaml *arrows = find_value(design, "arrows");
    const struct coop_yaml *measures = find_value(design, "measures");
    if (arrows)
        COOP_TRY(coop_config_read_words(&scheme->arrows, arrows, "arrow", "autonomy_know",
                                        COOP_ARROWS_MAX, problems));
    if (measures)
        COOP_TRY(coop_config_read_words(&scheme->measures, measures, "measure", "power_gini",
                                        MEASURES_MAX, problems));
    return COOP_OK;
}

/* What counts something. */
static void read_numbers(struct coop_scheme *scheme, const struct coop_yaml *design,
                         struct coop_problems *problems)
{
    const struct coop_yaml *points = find_value(design, "points");
    const struct coop_yaml *seed = find_value(design, "seed");
    if (points) {
        scheme->points_place = points->place;
        coop_config_read_whole(points, "points", scheme->kind == COOP_LATIN_HYPERCUBE ? 1 : 2,
                               COOP_RUNS_MAX, &scheme->points, problems);
    }
    if (seed)
        coop_config_read_whole(seed, "seed", 0, COOP_WHOLE_MAX, &scheme->seed, problems);
    if (find_value(design, "levels"))
        read_levels(scheme, find_value(design, "levels"), problems);
    if (find_value(design, "orders"))
        read_orders(scheme, find_value(design, "orders"), problems);
}

/* The kind comes first, whatever the order in the file, since it says what an axis needs. */
static enum coop_status read_entries(struct coop_scheme *scheme, const struct coop_yaml *design,
                                     struct coop_problems *problems)
{
    const struct coop_yaml *kind = find_value(design, "kind"), *axes = find_value(design, "axes");
    refuse_keys(design, problems);
    if (kind)
        read_kind(scheme, kind, problems);
    else
        coop_problems_add(problems, scheme->place,
                          "a design without a kind - add 'kind: factorial'");
    read_numbers(scheme, design, problems);
    check_keys(scheme, design, problems);
    check_arrow_keys(scheme, design, problems);
    COOP_TRY(read_names(scheme, design, problems));
    if (axes)
        return read_axes(scheme, axes, problems);
    if (scheme->kind != COOP_ARROWS)
        coop_problems_add(
            problems, scheme->place,
            "a design without axes - add 'axes: [{parameter: voice.know, values: [4, 8]}]'");
    return COOP_OK;
}

enum coop_status coop_config_read_design(struct coop_scheme *ret, const struct coop_yaml *key,
                                         struct coop_problems *problems)
{
    const struct coop_yaml *design = key + 1;
    if (ret->place.file)
        return COOP_OK; /* A second one, which has been reported. */
    *ret = (struct coop_scheme){.place = key->place, .seed = 1, .levels = USUAL_LEVELS};
    if (design->kind == COOP_YAML_NONE)
        return COOP_OK;
    const size_t before = problems->count;
    enum coop_status status = COOP_OK;
    if (design->kind == COOP_YAML_MAPPING)
        status = read_entries(ret, design, problems);
    else
        coop_problems_add(problems, design->place,
                          "'design' takes a mapping with 'kind' and 'axes'");
    if (problems->count > before)
        ret->kind = COOP_NO_SCHEME;
    return status;
}
