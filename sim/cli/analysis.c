/* coopsim - GPL-3.0-or-later */
#include "sim/cli/analysis.h"

#include "sim/cli/text.h"
#include "sim/param/grow.h"

#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RESAMPLES = 2000 };

static enum coop_status no_memory(void)
{
    return COOP_FAIL(COOP_MEMORY, "out of memory for the analysis");
}

static enum coop_status verify(const struct coop_analysis *analysis, const char *operand,
                               const struct coop_analysis_kind *kind)
{
    struct coop_problems problems = {0};
    enum coop_status status = COOP_OK;
    kind->verify(&analysis->results.study, &problems);
    coop_problems_sort(&problems);
    coop_problems_print(&problems, stderr);
    if (problems.count > 0)
        status = COOP_FAIL(COOP_USAGE, "%zu error%s in %s", problems.count,
                           problems.count == 1 ? "" : "s", operand);
    coop_problems_free(&problems);
    return status;
}

static enum coop_status add_measure(struct coop_analysis *analysis, const char *name)
{
    if (!coop_grow(&analysis->measure, analysis->measures, sizeof *analysis->measure))
        return no_memory();
    analysis->measure[analysis->measures++] = name;
    return COOP_OK;
}

static enum coop_status fail_measure(const struct coop_model *model, const char *word)
{
    const size_t count = coop_model_measure_count(model);
    const char **known = calloc(count + 1, sizeof *known);
    if (known == NULL)
        return no_memory();
    for (size_t m = 0; m < count; m++)
        known[m] = coop_model_measure(model, m)->name;
    const enum coop_status status =
        coop_cli_fail_unknown("measure", word, known, "see coopsim measures");
    free(known);
    return status;
}

/* Of --measure: names with commas between them. */
static enum coop_status add_named(struct coop_analysis *analysis, const char *list)
{
    const struct coop_model *model = analysis->results.study.model;
    while (*list != '\0') {
        char word[128];
        const size_t length = strcspn(list, ",");
        snprintf(word, sizeof word, "%.*s", (int)length, list);
        const int number = coop_model_measure_find(model, word);
        if (number < 0)
            return fail_measure(model, word);
        COOP_TRY(add_measure(analysis, coop_model_measure(model, (size_t)number)->name));
        list += length + (list[length] == ',');
    }
    return analysis->measures > 0 ? COOP_OK
                                  : COOP_FAIL(COOP_USAGE, "--measure without a name - give one, as "
                                                          "in --measure NAME,NAME");
}

static enum coop_status find_measures(struct coop_analysis *analysis,
                                      const struct coop_arguments *arguments,
                                      const struct coop_analysis_kind *kind)
{
    const struct coop_words *words = &analysis->results.study.config.scheme.measures;
    const struct coop_headline *headline = analysis->results.study.model->headline;
    if (arguments->measure != NULL)
        return add_named(analysis, arguments->measure);
    for (size_t i = 0; i < words->count; i++)
        COOP_TRY(add_measure(analysis, words->item[i]));
    for (; words->count == 0 && headline->measure != NULL; headline++)
        if (kind->takes == NULL || kind->takes(headline))
            COOP_TRY(add_measure(analysis, headline->measure));
    return COOP_OK;
}

static int remove_entry(const char *path, const struct stat *found, int type, struct FTW *level)
{
    (void)found, (void)type, (void)level;
    return remove(path);
}

static enum coop_status make_temporary(struct coop_analysis *analysis)
{
    const char *parent = getenv("TMPDIR");
    char *path;
    if (asprintf(&path, "%s/coopsim-XXXXXX", parent != NULL && *parent != '\0' ? parent : "/tmp") <
        0)
        return no_memory();
    if (mkdtemp(path) == NULL) {
        const enum coop_status status =
            COOP_FAIL(COOP_CANNOT_CREATE, "cannot create the directory '%s' for the runs: %s", path,
                      strerror(errno));
        free(path);
        return status;
    }
    analysis->temporary = path;
    return COOP_OK;
}

struct preparation {
    const struct coop_arguments *arguments;
    const struct coop_analysis_kind *kind;
};

static enum coop_status prepare(void *user, struct coop_config *config,
                                struct coop_problems *problems)
{
    const struct preparation *preparation = user;
    COOP_TRY(coop_study_add_settings(config, preparation->arguments, problems));
    if (preparation->kind->prepare != NULL)
        preparation->kind->prepare(config);
    return COOP_OK;
}

/* All that can be refused is refused before anything is computed. */
static enum coop_status compute(struct coop_analysis *ret, const struct coop_arguments *arguments,
                                const struct coop_analysis_kind *kind)
{
    struct coop_results *results = &ret->results;
    struct preparation preparation = {arguments, kind};
    COOP_TRY(coop_study_open_edited(&results->study, arguments, NULL, prepare, &preparation));
    COOP_TRY(verify(ret, arguments->operand[0], kind));
    COOP_TRY(find_measures(ret, arguments, kind));
    if (arguments->output == NULL)
        COOP_TRY(make_temporary(ret));
    const enum coop_status status = coop_complete(
        &results->study, arguments->output != NULL ? arguments->output : ret->temporary,
        (enum coop_progress_mode)arguments->progress, &results->reader);
    if (status == COOP_STOPPED && ret->temporary != NULL)
        return COOP_FAIL(status,
                         "stopped, and nothing was kept - with -o DIR the same command goes "
                         "on where it stopped");
    return status;
}

static enum coop_status open_finished(struct coop_analysis *ret,
                                      const struct coop_arguments *arguments,
                                      const struct coop_analysis_kind *kind)
{
    if (arguments->output != NULL)
        return COOP_FAIL(COOP_USAGE,
                         "%s has its runs already, and nothing is computed - remove -o %s",
                         arguments->operand[0], arguments->output);
    COOP_TRY(coop_results_open(&ret->results, arguments->operand[0], arguments));
    COOP_TRY(verify(ret, arguments->operand[0], kind));
    return find_measures(ret, arguments, kind);
}

enum coop_status coop_analysis_open(struct coop_analysis *ret,
                                    const struct coop_arguments *arguments,
                                    const struct coop_analysis_kind *kind)
{
    *ret = (struct coop_analysis){0};
    COOP_TRY(coop_results_are_at(arguments->operand[0]) ? open_finished(ret, arguments, kind)
                                                        : compute(ret, arguments, kind));
    const struct coop_settings *settings =
        coop_study_settings(&ret->results.study.design.script[0]);
    ret->bootstrap = (struct coop_bootstrap){RESAMPLES, (uint64_t)settings->seed, .95};
    return COOP_OK;
}

void coop_analysis_close(struct coop_analysis *analysis)
{
    enum { OPEN_DIRECTORIES = 16 };
    coop_results_close(&analysis->results);
    free(analysis->measure);
    if (analysis->temporary != NULL)
        nftw(analysis->temporary, remove_entry, OPEN_DIRECTORIES, FTW_DEPTH | FTW_PHYS);
    free(analysis->temporary);
    *analysis = (struct coop_analysis){0};
}

enum coop_status coop_analysis_finals(struct coop_analysis *analysis, const char *measure,
                                      double **ret)
{
    struct coop_reader *reader = &analysis->results.reader;
    size_t number;
    *ret = NULL;
    COOP_TRY(coop_reader_measure(reader, measure, &number));
    *ret = calloc(reader->runs, sizeof **ret);
    if (*ret == NULL)
        return no_memory();
    const enum coop_status status = coop_reader_finals(reader, number, 0, reader->runs, *ret, NULL);
    if (status == COOP_OK)
        return COOP_OK;
    free(*ret);
    *ret = NULL;
    return status;
}

void coop_analysis_print_head(const struct coop_analysis *analysis)
{
    const struct coop_study *study = &analysis->results.study;
    const struct coop_settings *settings = coop_study_settings(&study->design.script[0]);
    if (*study->config.title != '\0')
        coop_cli_print_lines(stdout, "", study->config.title);
    printf("Means of the last %lld of %lld weeks; seed %lld; ",
           (long long)coop_cli_last_weeks(settings), (long long)settings->weeks,
           (long long)settings->seed);
    printf("%zu replicate%s of %zu points\n", study->design.replicates,
           study->design.replicates == 1 ? "" : "s", study->design.points);
}
