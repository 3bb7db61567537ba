/* coopsim - GPL-3.0-or-later */
#include "sim/cli/study.h"

#include "sim/design/arrows.h"
#include "sim/engine/expect.h"
#include "sim/engine/registry.h"
#include "sim/engine/verify.h"
#include "sim/hypothesis/verify.h"
#include "sim/sensitivity/analysis.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

enum { MODELS_MAX = 64, SAMPLES_MAX = 512 };

enum coop_status coop_study_find_model(const char *isa, const char *name,
                                       const struct coop_model **ret)
{
    const char *known[MODELS_MAX + 1] = {NULL};
    *ret = name != NULL ? coop_registry_find(isa, name) : coop_registry_model(isa, 0);
    if (*ret != NULL)
        return COOP_OK;
    for (size_t i = 0; i < MODELS_MAX && coop_registry_model(isa, i) != NULL; i++)
        known[i] = coop_registry_model(isa, i)->name;
    return coop_cli_fail_unknown("model", name, known, "see coopsim models");
}

enum coop_status coop_study_add_settings(struct coop_config *config,
                                         const struct coop_arguments *arguments,
                                         struct coop_problems *problems)
{
    enum coop_status status = COOP_OK;
    for (size_t i = 0; i < arguments->sets && status != COOP_MEMORY; i++)
        status = coop_config_set(config, arguments->set[i], problems);
    if (arguments->seed >= 0 && status != COOP_MEMORY) {
        char setting[64];
        snprintf(setting, sizeof setting, "run.seed=%lld", (long long)arguments->seed);
        status = coop_config_set(config, setting, problems);
    }
    return status == COOP_MEMORY ? status : COOP_OK;
}

static void verify_measures(const struct coop_study *study, struct coop_problems *problems)
{
    const struct coop_words *measures = &study->config.scheme.measures;
    for (size_t m = 0; m < measures->count; m++)
        coop_expect_verify_measure(study->model, measures->item[m], measures->at[m], problems);
}

/* Errors go to `problems`; a failure that is none of the user's is returned. */
static enum coop_status make_design(struct coop_study *study, const char *isa,
                                    struct coop_problems *problems)
{
    if (coop_study_find_model(isa, study->config.model, &study->model) != COOP_OK) {
        coop_problems_add(problems, study->config.model_place, "%s", coop_status_message());
        return COOP_OK;
    }
    coop_expect_verify(study->model, &study->config, problems);
    coop_hypothesis_verify_names(study->model, &study->config, problems);
    verify_measures(study, problems);
    COOP_TRY(coop_arrows_resolve(&study->config, study->model, problems));
    study->tables = coop_model_tables(study->model, study->table);
    enum coop_status status = coop_design_init(&study->design, &study->config, study->table,
                                               study->tables, study->model->twin, problems);
    if (status == COOP_OK)
        status = coop_design_verify(study->model, &study->design, problems);
    if (status == COOP_OK)
        coop_arrows_verify(&study->config, &study->design, problems);
    if (status == COOP_OK)
        coop_sensitivity_verify(&study->config, &study->design, problems);
    if (status == COOP_OK)
        coop_hypothesis_verify_runs(study->model, &study->config, &study->design, problems);
    return status == COOP_USAGE ? COOP_OK : status;
}

/* What is read, and how it is changed. */
struct source {
    const struct coop_arguments *arguments;
    const char *text;      /* NULL: of the file */
    coop_study_edit *edit; /* NULL: by the --set's */
    void *user;
};

static enum coop_status read_all(struct coop_study *study, const struct source *source,
                                 struct coop_problems *problems)
{
    const char *file = source->arguments->operand[0], *text = source->text;
    const enum coop_status status =
        text == NULL ? coop_config_read(&study->config, file, problems)
                     : coop_config_parse(&study->config, file, text, strlen(text), problems);
    if (status != COOP_OK && status != COOP_USAGE)
        return status;
    /* Of a file that could not be read nothing more can be said. */
    if (study->config.text == NULL)
        return COOP_OK;
    COOP_TRY(source->edit != NULL
                 ? source->edit(source->user, &study->config, problems)
                 : coop_study_add_settings(&study->config, source->arguments, problems));
    return make_design(study, source->arguments->isa, problems);
}

static enum coop_status open_study(struct coop_study *ret, const struct source *source)
{
    struct coop_problems problems = {0};
    const struct coop_arguments *arguments = source->arguments;
    *ret = (struct coop_study){.threads = arguments->threads > 0 ? (int)arguments->threads
                                                                 : omp_get_max_threads()};
    enum coop_status status = read_all(ret, source, &problems);
    coop_problems_sort(&problems);
    coop_problems_print(&problems, stderr);
    if (status == COOP_OK && problems.count > 0)
        status = COOP_FAIL(COOP_USAGE, "%zu error%s in %s", problems.count,
                           problems.count == 1 ? "" : "s", arguments->operand[0]);
    coop_problems_free(&problems);
    return status;
}

enum coop_status coop_study_open(struct coop_study *ret, const struct coop_arguments *arguments)
{
    return open_study(ret, &(struct source){.arguments = arguments});
}

enum coop_status coop_study_open_text(struct coop_study *ret,
                                      const struct coop_arguments *arguments, const char *text)
{
    return open_study(ret, &(struct source){.arguments = arguments, .text = text});
}

enum coop_status coop_study_open_edited(struct coop_study *ret,
                                        const struct coop_arguments *arguments, const char *text,
                                        coop_study_edit *edit, void *user)
{
    return open_study(ret, &(struct source){arguments, text, edit, user});
}

void coop_study_close(struct coop_study *study)
{
    coop_design_free(&study->design);
    coop_config_free(&study->config);
}

const struct coop_settings *coop_study_settings(const struct coop_script *script)
{
    return coop_param_values(script->set, COOP_TABLE_ENGINE);
}

static void keep(const struct coop_model *model, const char *measure, bool *ret, bool *ret_any)
{
    const int number = coop_model_measure_find(model, measure);
    if (number < 0 || coop_model_measure(model, (size_t)number)->pool != NULL)
        return;
    ret[number] = true;
    *ret_any = true;
}

/* Of one replicate the organisations tell how certain the shares of arrows are. */
static void keep_accounted(const struct coop_study *study, bool *ret, bool *ret_any)
{
    const struct coop_scheme *scheme = &study->config.scheme;
    const struct coop_headline *headline = study->model->headline;
    if (scheme->kind != COOP_ARROWS || study->config.replicates > 1)
        return;
    for (size_t m = 0; m < scheme->measures.count; m++)
        keep(study->model, scheme->measures.item[m], ret, ret_any);
    for (; headline->measure != NULL && scheme->measures.count == 0; headline++)
        keep(study->model, headline->measure, ret, ret_any);
}

/* With replicates only correlations look at organisations. */
enum coop_status coop_study_kept(const struct coop_study *study, bool **ret)
{
    const struct coop_config *config = &study->config;
    bool any = false;
    *ret = calloc(coop_model_measure_count(study->model) + 1, sizeof **ret);
    if (*ret == NULL)
        return COOP_FAIL(COOP_MEMORY, "out of memory for the measures");
    for (size_t e = 0; e < config->expectations; e++)
        keep(study->model, config->expectation[e].measure, *ret, &any);
    for (size_t h = 0; h < config->hypotheses; h++)
        if (config->replicates == 1 || config->hypothesis[h].contrast == COOP_CORRELATION) {
            keep(study->model, config->hypothesis[h].measure, *ret, &any);
            keep(study->model, config->hypothesis[h].with, *ret, &any);
        }
    keep_accounted(study, *ret, &any);
    if (any)
        return COOP_OK;
    free(*ret);
    *ret = NULL;
    return COOP_OK;
}

size_t coop_study_samples(const struct coop_study *study)
{
    const size_t runs = study->design.points * study->design.entries;
    return runs < SAMPLES_MAX ? runs : SAMPLES_MAX;
}

size_t coop_study_sample(const struct coop_study *study, size_t number)
{
    return number * study->design.points * study->design.entries / coop_study_samples(study);
}

int64_t coop_cli_last_weeks(const struct coop_settings *settings)
{
    return settings->weeks < 52 ? settings->weeks : 52;
}

enum coop_status coop_study_workers(const struct coop_study *study, size_t run,
                                    const struct coop_script *script, double *ret)
{
    const struct coop_settings *settings = coop_study_settings(script);
    const struct coop_streams streams =
        coop_run_streams(settings, coop_design_plan(&study->design, run).replicate);
    uint32_t *size;
    size_t organisations;
    COOP_TRY(coop_run_sizes(settings, streams.population, &size, &organisations));
    *ret = 0;
    for (size_t o = 0; o < organisations; o++)
        *ret += (double)size[o];
    free(size);
    return COOP_OK;
}
