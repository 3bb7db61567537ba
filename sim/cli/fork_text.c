/* coopsim - GPL-3.0-or-later */
#include "sim/cli/fork_text.h"

#include "sim/io/provenance.h"

#include <stdlib.h>
#include <string.h>

enum { CHOICES_MAX = 32, CHOICES_TEXT = 512 };

/* The choices of a row, the first of which is nothing to apply. */
static enum coop_status find_act(const char *choices, const char *row, const char *act)
{
    char text[CHOICES_TEXT], remedy[CHOICES_TEXT] = "it is one of ", *rest = text;
    const char *known[CHOICES_MAX + 1] = {NULL};
    size_t count = 0, used = strlen(remedy);
    snprintf(text, sizeof text, "%s", choices);
    strsep(&rest, "|");
    while (rest != NULL && count < CHOICES_MAX) {
        known[count] = strsep(&rest, "|");
        if (strcmp(known[count], act) == 0)
            return COOP_OK;
        used += (size_t)snprintf(remedy + used, sizeof remedy - used, "%s%s", count > 0 ? ", " : "",
                                 known[count]);
        count++;
    }
    const char *near = coop_nearest_word(known, act);
    return COOP_FAIL(COOP_USAGE, "unknown intervention '%.40s' - %s%s%s%s (see coopsim params %s)",
                     act, near != NULL ? "did you mean '" : "", near != NULL ? near : "",
                     near != NULL ? "'? " : "", remedy, row);
}

static const struct coop_param *find_row(const struct coop_model *model, const char *name)
{
    const struct coop_param_table *table[COOP_OWNERS_MAX];
    const size_t tables = coop_model_tables(model, table);
    for (size_t t = 0; t < tables; t++)
        for (size_t r = 0; r < table[t]->rows; r++)
            if (strcmp(table[t]->row[r].name, name) == 0)
                return &table[t]->row[r];
    return NULL;
}

enum coop_status coop_change_plan_init(struct coop_change_plan *plan,
                                       const struct coop_model *model,
                                       const struct coop_arguments *arguments)
{
    plan->model = model;
    plan->arguments = arguments;
    plan->name = arguments->apply != NULL ? arguments->apply : "changed";
    if (arguments->apply == NULL)
        return COOP_OK;
    if (model->intervention == NULL)
        return COOP_FAIL(COOP_USAGE, "--apply: the model '%s' has no interventions", model->name);
    const struct coop_param *row = find_row(model, model->intervention);
    if (row == NULL || row->choices == NULL || model->intervention_week == NULL)
        return COOP_FAIL(COOP_INTERNAL, "'%s' is no choice row", model->intervention);
    return find_act(row->choices, row->name, arguments->apply);
}

/* Rows that --apply sets, those of the whole run and those that are read in week 0 only. */
static const char *fault_of(const struct coop_model *model, const char *setting)
{
    const size_t length = strcspn(setting, "= ");
    const char *const acts[] = {model->intervention, model->intervention_week};
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (acts[i] != NULL && strlen(acts[i]) == length && strncmp(acts[i], setting, length) == 0)
            return "is what --apply ACT sets, in the checkpoint's week - give that";
    for (size_t r = 0; r < coop_settings_table.rows; r++)
        if (strlen(coop_settings_table.row[r].name) == length &&
            strncmp(coop_settings_table.row[r].name, setting, length) == 0)
            return "holds for the whole run, so that a fork cannot change it";
    for (size_t i = 0; model->initial != NULL && model->initial[i] != NULL; i++)
        if (strlen(model->initial[i]) == length && strncmp(model->initial[i], setting, length) == 0)
            return "is read in week 0 only, so that a fork cannot change it";
    return NULL;
}

static void check_settings(const struct coop_change_plan *plan, struct coop_problems *problems)
{
    for (size_t i = 0; i < plan->arguments->sets; i++) {
        char place[256];
        const char *setting = plan->arguments->set[i];
        const char *fault = fault_of(plan->model, setting);
        snprintf(place, sizeof place, "--set %.200s", setting);
        if (fault != NULL)
            coop_problems_add(problems, (struct coop_place){place, 0, 0}, "'%.*s' %s",
                              (int)strcspn(setting, "= "), setting, fault);
    }
}

static enum coop_status change_case(const struct coop_change_plan *plan, struct coop_config *config,
                                    size_t number, struct coop_problems *problems)
{
    const struct coop_arguments *arguments = plan->arguments;
    char setting[256];
    if (arguments->apply != NULL) {
        snprintf(setting, sizeof setting, "%s=%s", plan->model->intervention, arguments->apply);
        COOP_TRY(coop_config_set_case(config, number, 0, setting, problems));
        snprintf(setting, sizeof setting, "%s=%lld", plan->model->intervention_week,
                 (long long)plan->week);
        COOP_TRY(coop_config_set_case(config, number, 0, setting, problems));
    }
    for (size_t i = 0; i < arguments->sets; i++) {
        const enum coop_status status =
            coop_config_set_case(config, number, plan->week, arguments->set[i], problems);
        if (status != COOP_OK && status != COOP_USAGE)
            return status;
    }
    return COOP_OK;
}

enum coop_status coop_change_plan_edit(void *user, struct coop_config *config,
                                       struct coop_problems *problems)
{
    const struct coop_change_plan *plan = user;
    const size_t before = problems->count;
    check_settings(plan, problems);
    for (size_t c = 1; c < config->cases && problems->count == before; c += 2)
        COOP_TRY(change_case(plan, config, c, problems));
    return COOP_OK;
}

/* The lines of a case, from behind its name on, up to the next case or what follows the cases. */
static size_t case_length(const char *lines)
{
    const char *at = lines;
    while (strncmp(at, "    ", 4) == 0)
        at += strcspn(at, "\n") + 1;
    return (size_t)(at - lines);
}

static void print_case(FILE *out, const char *name, const char *word, bool alone, const char *lines,
                       size_t length)
{
    if (alone)
        fprintf(out, "  - name: \"%s\"\n%.*s", word, (int)length, lines);
    else
        fprintf(out, "  - name: \"%s-%s\"\n%.*s", name, word, (int)length, lines);
}

/* `cases` is the first line of the list; returns what follows it. */
static const char *print_cases(FILE *out, const struct coop_study *original, int64_t only,
                               const char *changed, const char *cases)
{
    const struct coop_config *config = &original->config;
    for (size_t c = 0; c < config->cases; c++) {
        const char *lines = cases + strcspn(cases, "\n") + 1, *name = config->item[c].name;
        const size_t length = case_length(lines);
        const bool alone = only >= 0 || config->cases == 1;
        if (only < 0 || only == (int64_t)c) {
            print_case(out, name, "control", alone, lines, length);
            print_case(out, name, changed, alone, lines, length);
        }
        cases = lines + length;
    }
    return cases;
}

/* The lines before the first that is one of two. */
static size_t length_before(const char *lines, const char *one, const char *other)
{
    const char *at = lines;
    while (*at != '\0' && strncmp(at, one, strlen(one)) != 0 &&
           strncmp(at, other, strlen(other)) != 0)
        at += strcspn(at, "\n") + (at[strcspn(at, "\n")] == '\n');
    return (size_t)(at - lines);
}

enum coop_status coop_fork_text(const struct coop_study *original, int64_t only,
                                const char *changed, const char *resolved, char **ret)
{
    static const char key[] = "\ncases:\n";
    size_t size = 0;
    const char *cases = strstr(resolved, key);
    FILE *out = open_memstream(ret, &size);
    if (out == NULL || cases == NULL) {
        if (out != NULL)
            fclose(out);
        return COOP_FAIL(COOP_INTERNAL, "the checkpoint's configuration has no cases");
    }
    cases += sizeof key - 1;
    fprintf(out, "%.*s", (int)(cases - resolved), resolved);
    const char *rest = print_cases(out, original, only, changed, cases);
    fprintf(out, "%.*s", (int)length_before(rest, "expect:\n", "hypotheses:\n"), rest);
    return fclose(out) == 0 ? COOP_OK : COOP_FAIL(COOP_MEMORY, "out of memory for a fork");
}

enum coop_status coop_fork_tell_origin(struct coop_study *study)
{
    struct coop_provenance provenance;
    COOP_TRY(coop_provenance_init(&provenance, &study->config, &study->design));
    free(study->config.text);
    study->config.text = provenance.resolved_config;
    provenance.resolved_config = NULL;
    coop_provenance_free(&provenance);
    return COOP_OK;
}
